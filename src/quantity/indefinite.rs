//! Lengths with an article for their number: `a decade`, `nearly a month`, `a year and a half`.

use crate::number::{Decimal, Exact};
use crate::quantity::hedge::{self, Hedge};
use crate::quantity::lexicon::{WordClass, is_before};
use crate::quantity::piece::Piece;
use crate::quantity::unit::unit;
use crate::segment::{Dictionary, Tokens};
use crate::text::{parts, rows};
use serde::Deserialize;
use std::sync::LazyLock;

const TABLE: &str = include_str!("indefinite.csv");

#[derive(Debug, Clone, Deserialize)]
struct Row {
    noun: String,
    value: u64,
    unit: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "the example runs as a test"))]
    example: String,
}

static NOUNS: LazyLock<Dictionary<Row>> = LazyLock::new(|| {
    let table = rows::<Row>(TABLE);
    Dictionary::new(table.iter().flat_map(|row| parts(&row.noun).map(|noun| (noun, row.clone()))))
});

/// The nouns that an article may count.
pub(crate) fn nouns() -> impl Iterator<Item = &'static str> {
    NOUNS.iter().map(|(noun, _)| noun)
}

/// Whether the token at `i` is one of them.
pub(crate) fn is_noun(tokens: &Tokens, i: usize) -> bool {
    tokens.look_up(i, &NOUNS).is_some()
}

/// The article `i` and the noun behind it as one of that length.
pub(crate) fn one(tokens: &Tokens, i: usize) -> Option<Piece> {
    if !matches!(tokens.word(i), "a" | "an") {
        return None;
    }
    let row = tokens.look_up(i + 1, &NOUNS)?;
    measured(tokens, i, i + 2, row, Decimal::from(row.value))
}

/// So many percent of the length that the noun at token `at` names: `half a century`.
pub(crate) fn part(tokens: &Tokens, first: usize, at: usize, percent: Decimal) -> Option<Piece> {
    let row = tokens.look_up(at, &NOUNS)?;
    let value = Decimal::from(row.value).checked_mul(percent)?.checked_div(Decimal::ONE_HUNDRED)?;
    let mut piece = measured(tokens, first, at + 1, row, value)?;
    piece.noun = Some(tokens.word(at).to_owned());
    piece.low.step = value.normalize();
    piece.high.step = value.normalize();
    Some(piece)
}

/// The piece in tokens `first..end` that is so many of the row's unit.
fn measured(
    tokens: &Tokens,
    first: usize,
    end: usize,
    row: &'static Row,
    value: Decimal,
) -> Option<Piece> {
    let exact = Exact { value: value.normalize(), step: Decimal::ONE };
    let mut piece = Piece::ratio(first, end, exact);
    piece.measure(unit(&row.unit)?.kind, &row.unit, end);
    piece.noun = Some(tokens.word(first + 1).to_owned());
    Some(piece)
}

/// The length at the article `i`: decades and centuries always, shorter ones only behind a hedge
/// or before `and a half`.
pub(crate) fn length(tokens: &Tokens, i: usize) -> Option<Piece> {
    if !matches!(tokens.word(i), "a" | "an") {
        return None;
    }
    let row = tokens.look_up(i + 1, &NOUNS)?;
    let half =
        tokens.word(i + 2) == "and" && tokens.word(i + 3) == "a" && tokens.word(i + 4) == "half";
    let long = row.value >= 10;
    let rate = is_before(tokens, i, 1, WordClass::RateLead) || i == 0 && !long;
    let part = matches!(tokens.word_before(i, 1), "half" | "quarter");
    let counted = long && !rate && !part;
    if !(half || counted || is_hedged(tokens, i)) || tokens.is_sign(i + 2, '-') {
        return None;
    }
    let end = if half { i + 5 } else { i + 2 };
    let whole = Decimal::from(row.value);
    let value = if half { whole.checked_mul(Decimal::new(15, 1))? } else { whole };
    measured(tokens, i, end, row, value)
}

/// Whether a hedge before the article makes it a number: `more than a year`, not `only a year`,
/// `within a year`, `rather than a year`, `over a year`.
fn is_hedged(tokens: &Tokens, i: usize) -> bool {
    let Some((at, hedge)) = hedge::before(tokens, i) else { return false };
    if hedge == Hedge::Exact && tokens.word(at) == "only"
        || is_before(tokens, i, 1, WordClass::WeakHedge)
    {
        return false;
    }
    match tokens.word_before(i, 1) {
        "than" => matches!(tokens.word_before(i, 2), "more" | "less" | "fewer"),
        "over" => is_before(tokens, i, 2, WordClass::OverLead),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::{Row, TABLE};
    use crate::quantity::test_support::{marked, read_marked};
    use crate::text::{rows, rows_written};

    #[test]
    fn every_length_is_read_from_its_example() {
        let table = rows::<Row>(TABLE);
        assert_eq!(table.len(), rows_written(TABLE), "a row does not parse");
        for row in table {
            assert_eq!(marked(&row.example), row.example);
            let found = read_marked(&row.example).1.unwrap();
            assert_eq!(
                (found.lower, found.unit.as_deref()),
                (row.value.into(), Some(row.unit.as_str()))
            );
        }
    }
}
