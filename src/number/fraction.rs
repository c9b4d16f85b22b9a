//! Parts of a whole: `½`, `2 1/2`, `half`, `two-thirds`, `a quarter`.

use crate::number::words::{NumberWord, decimal, number_word};
use crate::number::{Amount, Exact, Form, Numeral};
use crate::segment::{Kind, Tokens};
use rust_decimal::Decimal;

/// The vulgar fractions of Unicode: sign, numerator, denominator.
const VULGAR: &[(char, u64, u64)] = &[
    ('½', 1, 2),
    ('⅓', 1, 3),
    ('⅔', 2, 3),
    ('¼', 1, 4),
    ('¾', 3, 4),
    ('⅕', 1, 5),
    ('⅖', 2, 5),
    ('⅗', 3, 5),
    ('⅘', 4, 5),
    ('⅙', 1, 6),
    ('⅚', 5, 6),
    ('⅛', 1, 8),
    ('⅜', 3, 8),
    ('⅝', 5, 8),
    ('⅞', 7, 8),
];

/// Denominators that `3/4` may have in prose; others are dates, scores and names (`9/11`, `24/7`).
const WRITTEN: &[&str] = &["2", "3", "4", "5", "8", "16"];

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
    let (_, parts, whole) = VULGAR.iter().find(|(c, ..)| *c == sign)?;
    quotient(*parts, *whole)
}

/// `1/2` at tokens `i..i + 3`.
pub(crate) fn slashed(tokens: &Tokens, i: usize) -> Option<Decimal> {
    let joined = tokens.is_sign(i + 1, '/') && tokens.touches(i + 1) && tokens.touches(i + 2);
    let more = tokens.is_sign(i + 3, '/') && tokens.touches(i + 3);
    let whole = tokens.lower(i + 2);
    if !joined || more || !WRITTEN.contains(&whole) || tokens.kind(i) != Some(Kind::Digits) {
        return None;
    }
    let (parts, whole): (u64, u64) = (tokens.lower(i).parse().ok()?, whole.parse().ok()?);
    if parts == 0 || parts >= whole { None } else { quotient(parts, whole) }
}

/// A share in words at token `i`: `half`, `a third`, `two-thirds`, `one quarter`.
///
/// `third`, `quarter` and their like are ordinals, coins and parts of a year more often than
/// shares; so they need an article or a count before them and, in the singular, `of`, a hyphen or
/// the clause's end behind them.
pub(crate) fn share_words(tokens: &Tokens, i: usize) -> Option<Numeral> {
    let (count, at, article) = match (tokens.word(i), number_word(tokens.word(i))) {
        ("half", _) => return half(tokens, i, i),
        ("a" | "an", _) if tokens.word(i + 1) == "half" => return half(tokens, i, i + 1),
        ("a" | "an", _) => (1, i + 1, true),
        (_, Some(NumberWord::Unit(n) | NumberWord::Teen(n))) => (n, i + 1, false),
        _ => return None,
    };
    let at = if tokens.is_sign(at, '-') && !article { at + 1 } else { at };
    let Some(NumberWord::Part(whole, plural)) = number_word(tokens.word(at)) else { return None };
    // `two quarters` are parts of a year unless something says what they are parts of.
    let joined = tokens.is_sign(at.wrapping_sub(1), '-') || tokens.word(at + 1) == "of" || count == 3 && !matches!(tokens.word_before(i, 1), "last" | "past" | "first" | "next" | "previous");
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
    let ordinal = matches!(
        tokens.word_before(at, 1),
        "first" | "second" | "1st" | "2nd" | "latter" | "other" | "better" | "top" | "bottom"
            | "opening" | "this" | "each" | "either" | "lower" | "upper"
    );
    let compound = tokens.is_sign(at + 1, '-') && tokens.touches(at + 1);
    let word = tokens.word(at + 1);
    let name = matches!(word, "time" | "back" | "brother" | "sister" | "term" | "past" | "moon");
    if ordinal || compound || name || tokens.is_sign(at.wrapping_sub(1), '-') {
        return None;
    }
    let amount = Amount::Share(share(1, 2)?);
    Some(Numeral { first, end: at + 1, amount, form: Form::Loose, other: None })
}

/// Whether a singular `third` or `quarter` ends what it says at token `i`, rather than count the
/// noun behind it (`a third man`, `a quarter final`).
fn stands_alone(tokens: &Tokens, i: usize, article: bool) -> bool {
    let word = tokens.word(i);
    match tokens.kind(i) {
        None => true,
        Some(Kind::Sign('-')) => !article && !tokens.touches(i),
        Some(Kind::Sign(_)) => true,
        Some(Kind::Word) => {
            matches!(
                word,
                "of" | "off" | "percent" | "per" | "in" | "since" | "from" | "over" | "this" | "last" | "more" | "less"
                    | "to" | "as" | "for" | "on" | "by" | "after" | "between" | "while" | "and"
                    | "but" | "compared" | "during" | "within" | "were" | "are" | "have" | "said"
                    | "did" | "had" | "say" | "at" | "because" | "when" | "higher" | "lower"
                    | "fewer" | "larger" | "bigger" | "smaller" | "cheaper" | "who" | "voted"
            )
        }
        _ => false,
    }
}
