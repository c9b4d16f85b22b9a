//! Parts of a whole: `½`, `2 1/2`, `half`, `two-thirds`, `a quarter`.

use crate::number::words::{NumberWord, decimal, word_at};
use crate::number::{Amount, Exact, Form, Numeral};
use crate::segment::{Dictionary, Kind, Tokens};
use crate::text::{parts, rows};
use rust_decimal::Decimal;
use serde::Deserialize;
use std::sync::LazyLock;

const VULGAR_TABLE: &str = include_str!("vulgar.csv");
const AROUND_TABLE: &str = include_str!("around.csv");

#[derive(Debug, Deserialize)]
struct VulgarRow {
    sign: char,
    parts: u64,
    whole: u64,
    #[cfg_attr(not(test), expect(dead_code, reason = "the example runs as a test"))]
    example: String,
}

static VULGAR: LazyLock<Vec<VulgarRow>> = LazyLock::new(|| rows(VULGAR_TABLE));

/// What a word beside a part says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Around {
    /// Before `three quarters`: they are parts of a year.
    Year,
    /// Before `half`: it is one of two, of a game or a pair.
    Ordinal,
    /// Behind `half`: both together name something.
    Name,
    /// Behind a singular `third` or `quarter`: nothing is counted.
    Close,
}

#[derive(Debug, Deserialize)]
struct AroundRow {
    class: Around,
    words: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "the example runs as a test"))]
    example: String,
}

static AROUND: LazyLock<Dictionary<Vec<Around>>> = LazyLock::new(|| {
    let table = rows::<AroundRow>(AROUND_TABLE);
    let words = table.iter().flat_map(|row| parts(&row.words).map(|word| (word, vec![row.class])));
    Dictionary::merged(words, Vec::extend)
});

/// Whether the token at `i` is a word of this class.
fn is(tokens: &Tokens, i: usize, class: Around) -> bool {
    tokens.look_up(i, &AROUND).is_some_and(|classes| classes.contains(&class))
}

/// Denominators that `3/4` may have in prose; others are dates, scores and names (`9/11`, `24/7`).
pub(crate) fn is_denominator(whole: u64) -> bool {
    matches!(whole, 2 | 3 | 4 | 5 | 8 | 16)
}

/// The signs that are a fraction each: `½`.
pub(crate) fn vulgar_signs() -> impl Iterator<Item = char> {
    VULGAR.iter().map(|row| row.sign)
}

/// The share `parts` of `whole` as a plain number, to four places where it does not end.
pub(crate) fn quotient(parts: u64, whole: u64) -> Option<Decimal> {
    let value = decimal(parts).checked_div(decimal(whole))?;
    Some(value.round_dp(4).normalize())
}

/// A share in percent of the whole, to two places as the guide writes it.
pub(crate) fn share(parts: u64, whole: u64) -> Option<Exact> {
    let value = decimal(parts.checked_mul(100)?).checked_div(decimal(whole))?.round_dp(2);
    let step = if value.fract().is_zero() { Decimal::ONE } else { Decimal::new(1, 2) };
    Some(Exact { value: value.normalize(), step })
}

/// A vulgar fraction sign at token `i`.
pub(crate) fn vulgar(tokens: &Tokens, i: usize) -> Option<Decimal> {
    let Some(Kind::Sign(sign)) = tokens.kind(i) else { return None };
    if sign.is_ascii() {
        return None;
    }
    let row = VULGAR.iter().find(|row| row.sign == sign)?;
    quotient(row.parts, row.whole)
}

/// `1/2` at tokens `i..i + 3`.
pub(crate) fn slashed(tokens: &Tokens, i: usize) -> Option<Decimal> {
    let joined = tokens.is_sign(i + 1, '/') && tokens.touches(i + 1) && tokens.touches(i + 2);
    let more = tokens.is_sign(i + 3, '/') && tokens.touches(i + 3);
    if !joined || more || tokens.kind(i) != Some(Kind::Digits) {
        return None;
    }
    let (parts, whole): (u64, u64) =
        (tokens.lower(i).parse().ok()?, tokens.lower(i + 2).parse().ok()?);
    let proper = is_denominator(whole) && (1..whole).contains(&parts);
    if proper { quotient(parts, whole) } else { None }
}

/// A share in words at token `i`: `half`, `a third`, `two-thirds`, `one quarter`.
///
/// `third`, `quarter` and their like are ordinals, coins and parts of a year more often than
/// shares; so they need an article or a count before them and, in the singular, `of`, a hyphen or
/// the clause's end behind them.
pub(crate) fn share_words(tokens: &Tokens, i: usize) -> Option<Numeral> {
    let (count, at, article) = match (tokens.word(i), word_at(tokens, i)) {
        ("half", _) => return half(tokens, i, i),
        ("a" | "an", _) if tokens.word(i + 1) == "half" => return half(tokens, i, i + 1),
        ("a" | "an", _) => (1, i + 1, true),
        (_, Some(NumberWord::Unit(n) | NumberWord::Teen(n))) => (n, i + 1, false),
        _ => return None,
    };
    let at = if tokens.is_sign(at, '-') && !article { at + 1 } else { at };
    let Some(NumberWord::Part(whole, plural)) = word_at(tokens, at) else { return None };
    // `two quarters` are parts of a year unless something says what they are parts of.
    let joined = tokens.is_sign(at.wrapping_sub(1), '-')
        || tokens.word(at + 1) == "of"
        || count == 3 && !is(tokens, i.wrapping_sub(1), Around::Year);
    if whole == 4 && plural && tokens.word(at) == "quarters" && !joined {
        return None;
    }
    let fits = if plural { count > 1 } else { count == 1 };
    if !fits || count >= whole && whole > 2 || !plural && !stands_alone(tokens, at + 1, article) {
        return None;
    }
    let amount = Amount::Share(share(count, whole)?);
    Some(Numeral { first: i, end: at + 1, amount, form: Form::Loose, other: None })
}

fn half(tokens: &Tokens, first: usize, at: usize) -> Option<Numeral> {
    let ordinal = is(tokens, at.wrapping_sub(1), Around::Ordinal);
    let compound = tokens.is_sign(at + 1, '-') && tokens.touches(at + 1);
    let name = is(tokens, at + 1, Around::Name);
    if ordinal || compound || name || tokens.is_sign(at.wrapping_sub(1), '-') {
        return None;
    }
    let amount = Amount::Share(share(1, 2)?);
    Some(Numeral { first, end: at + 1, amount, form: Form::Loose, other: None })
}

/// Whether a singular `third` or `quarter` ends what it says at token `i`, rather than count the
/// noun behind it (`a third man`, `a quarter final`).
fn stands_alone(tokens: &Tokens, i: usize, article: bool) -> bool {
    match tokens.kind(i) {
        Some(Kind::Sign('-')) => !article && !tokens.touches(i),
        None | Some(Kind::Sign(_)) => true,
        Some(Kind::Word) => is(tokens, i, Around::Close),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{AROUND_TABLE, AroundRow, VULGAR_TABLE, VulgarRow};
    use crate::number::{Amount, numeral};
    use crate::segment::Tokens;
    use crate::text::{Span, rows, rows_written};

    /// Reads the numeral that starts at the `[` of the example.
    #[track_caller]
    fn check(example: &str) {
        let (marked, expected) = example.split_once(" = ").unwrap();
        let start = marked.find('[').unwrap();
        let text = marked.replace('[', "");
        let mut tokens = Tokens::new();
        tokens.read(&text, Span::new(0, text.len()));
        let found = numeral(&tokens, &text, tokens.at_or_after(start));
        let shown = match found.map(|n| n.amount) {
            Some(Amount::Exact(e)) => e.value.to_string(),
            Some(Amount::Vague(low, high)) => format!("{low}..{high}"),
            Some(Amount::Share(e)) => format!("{}%", e.value),
            None => "nothing".to_owned(),
        };
        assert_eq!(shown, expected, "{example}");
    }

    #[test]
    fn every_row_reads_as_its_example_says() {
        let signs = rows::<VulgarRow>(VULGAR_TABLE);
        assert_eq!(signs.len(), rows_written(VULGAR_TABLE), "a row does not parse");
        for row in &signs {
            check(&row.example);
        }
        let words = rows::<AroundRow>(AROUND_TABLE);
        assert_eq!(words.len(), rows_written(AROUND_TABLE), "a row does not parse");
        for row in &words {
            check(&row.example);
        }
    }
}
