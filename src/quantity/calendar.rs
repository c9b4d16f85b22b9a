//! Dates: numbers that count nothing. Years and times of day have files of their own.

use crate::quantity::lexicon::{WordClass, is, is_before};
use crate::quantity::noun::is_plural_at;
use crate::quantity::{clock, year};
use crate::segment::{Gap, Kind, Tokens};

/// Whether the word at token `i` names a month: capital, so that `may` and `march` do not.
pub(crate) fn is_month(tokens: &Tokens, i: usize) -> bool {
    tokens.get(i).is_some_and(|t| t.capital) && is(tokens, i, WordClass::Month)
}

/// The value of the digits at token `i`.
pub(crate) fn number(tokens: &Tokens, i: usize) -> Option<u64> {
    if tokens.kind(i) == Some(Kind::Digits) { tokens.lower(i).parse().ok() } else { None }
}

fn is_day(tokens: &Tokens, i: usize) -> bool {
    tokens.get(i).is_some_and(|t| t.span.len() <= 2)
        && number(tokens, i).is_some_and(|n| (1..=31).contains(&n))
}

/// Whether the token joins two days or hours: `5-8`, `5 and 6`.
pub(crate) fn is_joint(tokens: &Tokens, i: usize) -> bool {
    matches!(tokens.kind(i), Some(Kind::Sign('-' | '–' | '/' | '—' | '&' | ',')))
        || is(tokens, i, WordClass::Joint)
}

/// `st`, `nd`, `rd`, `th` right behind digits.
fn is_ordinal(tokens: &Tokens, i: usize) -> bool {
    tokens.touches(i + 1) && is(tokens, i + 1, WordClass::OrdinalEnding)
}

/// The end of the date, year or time of day that the digits at token `i` belong to.
pub(crate) fn end(tokens: &Tokens, i: usize) -> Option<usize> {
    if is_ordinal(tokens, i) {
        return Some(i + 2);
    }
    day(tokens, i)
        .or_else(|| numeric_date(tokens, i))
        .or_else(|| clock::time(tokens, i))
        .or_else(|| year::year(tokens, i))
}

/// `May 5`, `Jan. 5-8`, `14 March`, `5 and 6 June`, with the year if it follows.
fn day(tokens: &Tokens, i: usize) -> Option<usize> {
    if !is_day(tokens, i) {
        return None;
    }
    let dotted = tokens.is_sign(i.wrapping_sub(1), '.') && i > 1 && is_month(tokens, i - 2);
    if dotted || i > 0 && is_month(tokens, i - 1) {
        // `In March 20 people were killed`: a counted noun behind it, and no day in sight.
        let month = if dotted { i - 2 } else { i - 1 };
        let counted = !dotted
            && is_before(tokens, month, 1, WordClass::MonthLead)
            && is_plural_at(tokens, i + 1);
        let decimal = tokens.is_sign(i + 1, '%') || is(tokens, i + 1, WordClass::Scaling);
        return (!counted && !decimal).then(|| days_go_on(tokens, i + 1));
    }
    let mut end = i + 1;
    for _ in 0..3 {
        if is_month(tokens, end)
            && tokens.get(end).is_some_and(|t| t.gap != Gap::None || tokens.is_sign(end - 1, '-'))
        {
            return Some(year_behind(tokens, end + 1));
        }
        if tokens.is_sign(end, '-') && is_month(tokens, end + 1) {
            return Some(year_behind(tokens, end + 2));
        }
        if is_joint(tokens, end) && is_day(tokens, end + 1) && !tokens.is_sign(end, ',') {
            end += 2;
        } else {
            return None;
        }
    }
    None
}

/// `-8`, `and 6`, `, 2014` behind the day of a date.
fn days_go_on(tokens: &Tokens, mut end: usize) -> usize {
    while is_joint(tokens, end) && !tokens.is_sign(end, ',') && is_day(tokens, end + 1) {
        let counts = is_plural_at(tokens, end + 2) || is(tokens, end + 2, WordClass::State);
        if counts && tokens.kind(end).is_some_and(|k| k == Kind::Word) {
            break;
        }
        end += 2;
    }
    year_behind(tokens, end)
}

fn year_behind(tokens: &Tokens, end: usize) -> usize {
    let comma = usize::from(tokens.is_sign(end, ',') || tokens.is_sign(end, '.'));
    let at = end + comma;
    let plural = is_plural_at(tokens, at + 1) && comma == 0;
    if year::is_year_number(tokens, at) && !plural && !tokens.is_sign(at + 1, '%') {
        at + 1
    } else {
        end
    }
}

/// `2022-01-28`, `28/01/2022`, `28.1.22`.
fn numeric_date(tokens: &Tokens, i: usize) -> Option<usize> {
    let Some(Kind::Sign(sign @ ('-' | '/' | '.' | '–'))) = tokens.kind(i + 1) else {
        return None;
    };
    let joined = |k: usize| {
        tokens.touches(k) && tokens.touches(k + 1) && tokens.kind(k + 1) == Some(Kind::Digits)
    };
    if !joined(i + 1) || !tokens.is_sign(i + 3, sign) || !joined(i + 3) {
        return None;
    }
    let width = |k: usize| tokens.get(k).map_or(0, |t| t.span.len());
    let shaped = width(i + 2) <= 2
        && (width(i) == 4 && width(i + 4) <= 2 || width(i) <= 2 && matches!(width(i + 4), 2 | 4));
    if !shaped {
        return None;
    }
    Some(i + 5)
}
