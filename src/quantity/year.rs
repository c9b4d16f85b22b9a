//! Years: four digits that count nothing.

use crate::quantity::calendar::{is_month, number};
use crate::quantity::lexicon::{WordClass, is, is_before};
use crate::quantity::noun::is_plural_at;
use crate::segment::{Kind, Tokens};

/// Whether the token is four digits that a year may have.
pub(crate) fn is_year_number(tokens: &Tokens, i: usize) -> bool {
    tokens.get(i).is_some_and(|t| t.span.len() == 4)
        && number(tokens, i).is_some_and(|n| (1000..=2199).contains(&n))
        && !joins_digits(tokens, i + 1, ',')
}

/// Whether the sign at `i` joins the digits before it to others.
fn joins_digits(tokens: &Tokens, i: usize, sign: char) -> bool {
    tokens.is_sign(i, sign)
        && tokens.touches(i)
        && tokens.touches(i + 1)
        && tokens.kind(i + 1) == Some(Kind::Digits)
}

/// The end of a four-digit number that is a year: `in 2014`, `the 2018 elections`, `2019-20`,
/// `1990s`, `'90s`.
pub(crate) fn year(tokens: &Tokens, i: usize) -> Option<usize> {
    if let Some(end) = shortened(tokens, i) {
        return Some(end);
    }
    let value = number(tokens, i)?;
    let plural = (tokens.word(i + 1) == "s" || tokens.kind(i + 1) == Some(Kind::Possessive))
        && tokens.touches(i + 1);
    if plural && value % 10 == 0 && (value < 100 || (1000..2200).contains(&value)) {
        return Some(i + 2);
    }
    if !is_year_number(tokens, i) {
        return None;
    }
    let ranged = ['-', '–', '/'].iter().any(|sign| joins_digits(tokens, i + 1, *sign));
    if ranged && (tokens.get(i + 2)?.span.len() == 2 || is_year_number(tokens, i + 2)) {
        let money = i > 0 && matches!(tokens.kind(i - 1), Some(Kind::Sign('$' | '£' | '€')));
        return (!money).then_some(i + 3);
    }
    (!is_measured(tokens, i) && is_timely(tokens, i, value)).then_some(i + 1)
}

/// `'90`, `'90s`: two digits behind an apostrophe that opens no quotation.
fn shortened(tokens: &Tokens, i: usize) -> Option<usize> {
    let quoted = i > 1 && tokens.is_sign(i - 2, '\'');
    let opened = i > 0 && tokens.is_sign(i - 1, '\'') && tokens.touches(i) && !quoted;
    if !opened || tokens.get(i)?.span.len() != 2 {
        return None;
    }
    let stop = tokens.is_sign(i + 1, '.') || tokens.is_sign(i + 1, ',');
    let goes_on = stop && tokens.touches(i + 2)
        || tokens.is_sign(i + 1, '%')
        || is(tokens, i + 1, WordClass::Scaling)
        || matches!(tokens.word(i + 1), "people" | "years");
    let plural = tokens.word(i + 1) == "s" && tokens.touches(i + 1);
    (!goes_on).then_some(i + 1 + usize::from(plural))
}

/// Whether a sign, a unit or decimals at the four digits make them a quantity.
fn is_measured(tokens: &Tokens, i: usize) -> bool {
    if tokens.word_before(i, 1) == "of" && is_before(tokens, i, 2, WordClass::YearPart) {
        return false;
    }
    let money = i > 0
        && tokens.touches(i)
        && matches!(tokens.kind(i - 1), Some(Kind::Sign('$' | '£' | '€' | '¥' | '₹' | '#')));
    money
        || tokens.touches(i + 1) && tokens.kind(i + 1) == Some(Kind::Word)
        || tokens.is_sign(i + 1, '%')
        || tokens.is_sign(i + 1, '°')
        || tokens.is_sign(i + 1, '.')
            && tokens.touches(i + 2)
            && tokens.kind(i + 2) == Some(Kind::Digits)
}

/// Whether the words around a four-digit number let it be a year.
fn is_timely(tokens: &Tokens, i: usize, value: u64) -> bool {
    if tokens.word_before(i, 1) == "of" && is_before(tokens, i, 2, WordClass::YearPart) {
        return true;
    }
    let unit = is(tokens, i + 1, WordClass::YearCounted)
        || tokens.word(i + 1) == "year" && tokens.word(i + 2) == "old";
    let led = is_before(tokens, i, 1, WordClass::YearLead) || i > 0 && is_month(tokens, i - 1);
    if led && !(unit && tokens.word_before(i, 1) == "by") {
        return true;
    }
    let plural = is_plural_at(tokens, i + 1);
    let hedged = is_before(tokens, i, 1, WordClass::YearHedge);
    if unit || hedged && (value < 1900 || plural) {
        return false;
    }
    // `the 2019 and 2020 findings`
    let listed = is(tokens, i.wrapping_sub(1), WordClass::Joint)
        && i > 1
        && is_year_number(tokens, i - 2)
        && !is_measured(tokens, i - 2)
        && value.abs_diff(number(tokens, i - 2).unwrap_or_default()) < 30;
    if listed && value > 1900 {
        return true;
    }
    let capital = |at: usize| tokens.get(at).is_some_and(|t| t.capital);
    let counted = plural && !is(tokens, i + 1, WordClass::Event) && !capital(i + 1);
    let named = i > 1 && capital(i - 1) && value > 1900;
    if named && counted {
        return true;
    }
    let owned = is_before(tokens, i, 1, WordClass::Definite)
        || i > 0 && tokens.kind(i - 1) == Some(Kind::Possessive);
    (owned || !counted) && (1400..=2100).contains(&value)
}
