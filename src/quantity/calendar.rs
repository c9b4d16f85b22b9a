//! Dates, years and times of day: numbers that count nothing.

use crate::quantity::lexicon::{WordClass, is, is_before};
use crate::quantity::noun::is_plural_at;
use crate::segment::{Gap, Kind, Tokens};

/// Whether the word at token `i` names a month: capital, so that `may` and `march` do not.
pub(crate) fn is_month(tokens: &Tokens, i: usize) -> bool {
    tokens.get(i).is_some_and(|t| t.capital) && is(tokens, i, WordClass::Month)
}

fn number(tokens: &Tokens, i: usize) -> Option<u64> {
    if tokens.kind(i) == Some(Kind::Digits) { tokens.lower(i).parse().ok() } else { None }
}

fn is_day(tokens: &Tokens, i: usize) -> bool {
    tokens.get(i).is_some_and(|t| t.span.len() <= 2) && number(tokens, i).is_some_and(|n| (1..=31).contains(&n))
}

fn is_joint(tokens: &Tokens, i: usize) -> bool {
    matches!(tokens.kind(i), Some(Kind::Sign('-' | '–' | '/' | '—' | '&' | ','))) || is(tokens, i, WordClass::Joint)
}

/// `st`, `nd`, `rd`, `th` right behind digits.
pub(crate) fn is_ordinal(tokens: &Tokens, i: usize) -> bool {
    tokens.touches(i + 1) && is(tokens, i + 1, WordClass::OrdinalEnding)
}

/// `five o'clock`, `quarter to six`, `44 BC`: the number at token `i` in digits or words.
pub(crate) fn clock_words(tokens: &Tokens, i: usize) -> Option<usize> {
    let oclock = tokens.word(i + 1) == "o'clock";
    let past = matches!(tokens.word_before(i, 1), "past" | "to") && matches!(tokens.word_before(i, 2), "quarter" | "half");
    let era = is(tokens, i + 1, WordClass::Era) && tokens.get(i + 1).is_some_and(|t| t.upper);
    (oclock || past || era).then_some(i + 2 - usize::from(past && !oclock))
}

/// The end of the date, year or time of day that the digits at token `i` belong to.
pub(crate) fn end(tokens: &Tokens, i: usize) -> Option<usize> {
    if is_ordinal(tokens, i) {
        return Some(i + 2);
    }
    day(tokens, i).or_else(|| numeric_date(tokens, i)).or_else(|| time(tokens, i)).or_else(|| year(tokens, i))
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
        let counted = !dotted && is_before(tokens, month, 1, WordClass::MonthLead) && is_plural_at(tokens, i + 1);
        let decimal = tokens.is_sign(i + 1, '%') || is(tokens, i + 1, WordClass::Scaling);
        return (!counted && !decimal).then(|| days_go_on(tokens, i + 1));
    }
    let mut end = i + 1;
    for _ in 0..3 {
        if is_month(tokens, end) && tokens.get(end).is_some_and(|t| t.gap != Gap::None || tokens.is_sign(end - 1, '-')) {
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
    if is_year_number(tokens, at) && !plural && !tokens.is_sign(at + 1, '%') { at + 1 } else { end }
}

/// `2022-01-28`, `28/01/2022`, `28.1.22`.
fn numeric_date(tokens: &Tokens, i: usize) -> Option<usize> {
    let Some(Kind::Sign(sign @ ('-' | '/' | '.' | '–'))) = tokens.kind(i + 1) else { return None };
    let joined = |k: usize| tokens.touches(k) && tokens.touches(k + 1) && tokens.kind(k + 1) == Some(Kind::Digits);
    if !joined(i + 1) || !tokens.is_sign(i + 3, sign) || !joined(i + 3) {
        return None;
    }
    let width = |k: usize| tokens.get(k).map_or(0, |t| t.span.len());
    let shaped = width(i + 2) <= 2 && (width(i) == 4 && width(i + 4) <= 2 || width(i) <= 2 && matches!(width(i + 4), 2 | 4));
    if !shaped {
        return None;
    }
    Some(i + 5)
}

/// `10:30`, `7.30pm`, `10 a.m.`, `0401 GMT`, `5 to 6 p.m.`, `5 o'clock`.
fn time(tokens: &Tokens, i: usize) -> Option<usize> {
    let width = tokens.get(i)?.span.len();
    if width > 4 {
        return None;
    }
    let mut end = i + 1;
    let split = matches!(tokens.kind(end), Some(Kind::Sign(':' | '.'))) && tokens.touches(end) && tokens.touches(end + 1) && tokens.kind(end + 1) == Some(Kind::Digits);
    let colon = split && tokens.is_sign(end, ':');
    if split {
        end += 2;
    }
    if colon && tokens.is_sign(end, ':') && tokens.touches(end) {
        end += 2;
    }
    if let Some(behind) = clock(tokens, end, width) {
        return Some(behind);
    }
    if colon {
        return Some(end);
    }
    // `5 to 6 p.m.`, `9-11 a.m.`
    let joint = is_joint(tokens, end) || matches!(tokens.word(end), "til" | "till");
    if joint && number(tokens, end + 1).is_some_and(|n| n <= 24) && !split {
        let minutes = if tokens.is_sign(end + 2, ':') { 2 } else { 0 };
        return clock(tokens, end + 2 + minutes, 2).map(|_| end);
    }
    None
}

fn clock(tokens: &Tokens, i: usize, width: usize) -> Option<usize> {
    let word = tokens.word(i);
    if is(tokens, i, WordClass::Zone) {
        return tokens.get(i).is_some_and(|t| t.upper).then_some(i + 1);
    }
    if !is(tokens, i, WordClass::Clock) {
        let military = width == 4 && is(tokens, i, WordClass::MilitaryHours) && !tokens.touches(i + 1);
        return military.then_some(i + 1);
    }
    let local = word == "local" && tokens.word(i + 1) != "time";
    let verb = word == "am" && !tokens.touches(i) && tokens.word_before(i, 2) == "i";
    (!local && !verb).then_some(i + 1)
}

fn is_year_number(tokens: &Tokens, i: usize) -> bool {
    let grouped = tokens.is_sign(i + 1, ',') && tokens.touches(i + 1) && tokens.touches(i + 2) && tokens.kind(i + 2) == Some(Kind::Digits);
    tokens.get(i).is_some_and(|t| t.span.len() == 4) && !grouped
        && number(tokens, i).is_some_and(|n| (1000..=2199).contains(&n))
}

/// A four-digit number that is a year: `in 2014`, `the 2018 elections`, `2019-20`, `1990s`.
fn year(tokens: &Tokens, i: usize) -> Option<usize> {
    let doubled = i > 1 && tokens.is_sign(i - 2, '\'');
    let goes_on = tokens.is_sign(i + 1, '.') && tokens.touches(i + 2) || tokens.is_sign(i + 1, ',') && tokens.touches(i + 2) || is(tokens, i + 1, WordClass::Scaling) || matches!(tokens.word(i + 1), "people" | "years") || tokens.is_sign(i + 1, '%');
    if tokens.is_sign(i.wrapping_sub(1), '\'') && tokens.touches(i) && tokens.get(i)?.span.len() == 2 && !doubled && !goes_on {
        let plural = tokens.word(i + 1) == "s" && tokens.touches(i + 1);
        return Some(i + 1 + usize::from(plural));
    }
    let plural = (tokens.word(i + 1) == "s" || tokens.kind(i + 1) == Some(Kind::Possessive)) && tokens.touches(i + 1);
    let value = number(tokens, i)?;
    if plural && value % 10 == 0 && (value < 100 || (1000..2200).contains(&value)) {
        return Some(i + 2);
    }
    if !is_year_number(tokens, i) {
        return None;
    }
    let ranged = matches!(tokens.kind(i + 1), Some(Kind::Sign('-' | '–' | '/'))) && tokens.touches(i + 1) && tokens.touches(i + 2) && tokens.kind(i + 2) == Some(Kind::Digits);
    if ranged && (tokens.get(i + 2)?.span.len() == 2 || is_year_number(tokens, i + 2)) {
        let money = matches!(tokens.kind(i.wrapping_sub(1)), Some(Kind::Sign('$' | '£' | '€')));
        return (!money).then_some(i + 3);
    }
    counts_years(tokens, i, value).then_some(i + 1)
}

/// Whether the context of a four-digit number lets it be a year.
fn counts_years(tokens: &Tokens, i: usize, value: u64) -> bool {
    if tokens.word_before(i, 1) == "of" && is_before(tokens, i, 2, WordClass::YearPart) {
        return true;
    }
    let before = tokens.word_before(i, 1);
    if matches!(tokens.kind(i.wrapping_sub(1)), Some(Kind::Sign('$' | '£' | '€' | '¥' | '₹' | '#'))) && tokens.touches(i)
        || tokens.touches(i + 1) && tokens.kind(i + 1) == Some(Kind::Word)
        || tokens.is_sign(i + 1, '%') || tokens.is_sign(i + 1, '°')
        || tokens.is_sign(i + 1, '.') && tokens.touches(i + 2) && tokens.kind(i + 2) == Some(Kind::Digits)
    {
        return false;
    }
    let hedged = is_before(tokens, i, 1, WordClass::YearHedge);
    let unit = is(tokens, i + 1, WordClass::YearCounted);
    let timely = is_before(tokens, i, 1, WordClass::YearLead)
        || i > 0 && is_month(tokens, i - 1);
    if timely && !(unit && before == "by") {
        return true;
    }
    if hedged && (value < 1900 || is_plural_at(tokens, i + 1) || unit) || unit {
        return false;
    }
    let counted = is_plural_at(tokens, i + 1) && !is(tokens, i + 1, WordClass::Event) && !tokens.get(i + 1).is_some_and(|t| t.capital);
    let named = i > 1 && tokens.get(i - 1).is_some_and(|t| t.capital) && value > 1900;
    if named && counted && tokens.kind(i + 1) == Some(Kind::Word) {
        return true;
    }
    let owned = is_before(tokens, i, 1, WordClass::Definite)
        || tokens.kind(i.wrapping_sub(1)) == Some(Kind::Possessive);
    !(counted && !owned) && (value >= 1400 || !counted) && (1400..=2100).contains(&value)
}
