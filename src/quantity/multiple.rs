//! Multiples: `doubled`, `twice as many`, `threefold`, `3.5 times`, `a 20-fold rise`.

use crate::number::{Decimal, Exact, Numeral};
use crate::quantity::lexicon::{WordClass, is, is_before};
use crate::segment::{Dictionary, Kind as TokenKind, Tokens};
use crate::text::rows;
use serde::Deserialize;
use std::sync::LazyLock;

pub(crate) const TABLE: &str = include_str!("multiples.csv");

/// What must stand around the word for it to be a multiple.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Needs {
    /// Nothing.
    Nothing,
    /// A comparison behind it: `as`, `the`, `that`.
    Comparison,
    /// A comparison behind it, or a hedge or a verb of change before it.
    Amount,
}

#[derive(Debug, Deserialize)]
struct Row {
    word: String,
    value: Decimal,
    needs: Needs,
    #[cfg_attr(not(test), expect(dead_code, reason = "the example runs as a test"))]
    example: String,
}

static WORDS: LazyLock<Dictionary<(Decimal, Needs)>> = LazyLock::new(|| {
    Dictionary::new(rows::<Row>(TABLE).into_iter().map(|row| (row.word, (row.value, row.needs))))
});

/// The multiple in one word at token `i`, or over a hyphen (`two-fold`): its factor, and the token
/// behind it.
pub(crate) fn word(tokens: &Tokens, i: usize) -> Option<(Exact, usize)> {
    let (value, needs) = tokens.look_up(i, &WORDS)?;
    let compares = compares(tokens, i + 1);
    let changes = is_before(tokens, i, 1, WordClass::MultipleLead);
    let name = tokens.get(i).is_some_and(|t| t.capital) && i > 0 && needs != &Needs::Nothing;
    let hyphen = tokens.is_sign(i + 1, '-') && tokens.touches(i + 1);
    // `double down`, `double up`, `doubled back`, `doubles as`, `men's doubles`
    let idiom = is(tokens, i + 1, WordClass::DoubleIdiom)
        || tokens.word(i) == "doubles"
            && (tokens.word(i + 1) == "as"
                || matches!(tokens.kind(i.wrapping_sub(1)), Some(TokenKind::Possessive))
                || is_before(tokens, i, 1, WordClass::DoublesLead));
    let fits = match needs {
        Needs::Nothing => true,
        Needs::Comparison => compares,
        Needs::Amount => compares || changes,
    };
    let exact = Exact { value: *value, step: Decimal::new(1, value.scale()) };
    (fits && !name && !hyphen && !idiom).then_some((exact, i + 1))
}

/// The word behind a numeral that makes it a multiple: `times as many`, `-fold`, `x`. Returns the
/// token behind it.
pub(crate) fn behind(tokens: &Tokens, numeral: &Numeral) -> Option<usize> {
    let at = numeral.end;
    let hyphen = usize::from(tokens.is_sign(at, '-') && tokens.touches(at));
    match tokens.word(at + hyphen) {
        "fold" => Some(at + hyphen + 1),
        "times" | "x" if hyphen == 0 && compares(tokens, at + 1) => Some(at + 1),
        _ => None,
    }
}

/// Whether a comparison starts at token `i`.
fn compares(tokens: &Tokens, i: usize) -> bool {
    let next = tokens.word(i + 1);
    match tokens.word(i) {
        "the" => !matches!(next, "night" | "day"),
        word => {
            is(tokens, i, WordClass::Comparison)
                || word.len() > 4 && word.ends_with("er") && next == "than"
        }
    }
}

/// The words that are multiples in themselves, for the gate before the grammar.
pub(crate) fn triggers() -> impl Iterator<Item = &'static str> {
    WORDS.iter().map(|(word, _)| word)
}

#[cfg(test)]
mod tests {
    use super::{Row, TABLE};
    use crate::quantity::Kind;
    use crate::quantity::test_support::read_marked;
    use crate::text::{rows, rows_written};

    #[test]
    fn every_multiple_is_read_from_its_example() {
        let table = rows::<Row>(TABLE);
        assert_eq!(table.len(), rows_written(TABLE), "a row does not parse");
        for row in table {
            let (text, found) = read_marked(&row.example);
            let found = found.unwrap_or_else(|| panic!("nothing in {text}"));
            assert_eq!((found.kind, found.lower), (Kind::Ratio, row.value), "{text}");
        }
    }
}
