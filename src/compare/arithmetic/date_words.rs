//! Dates as articles write them, read from tokens: `14 March 2023`, `March 14th`, `14/03/2023`.

use crate::ingest::month;
use crate::segment::{Kind, Token, Tokens};
use chrono::NaiveDate;

/// A month with its day and its year, as far as they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DateWords {
    pub(crate) year: Option<i32>,
    pub(crate) month: u32,
    pub(crate) day: Option<u32>,
    /// Whether day and month may be the other way round.
    pub(crate) swaps: bool,
    /// Whether more days of the month follow: `March 4-6`.
    pub(crate) goes_on: bool,
    /// The token behind.
    pub(crate) end: usize,
}

impl DateWords {
    /// Whether both name one day of the year.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        (self.month, self.day) == (other.month, other.day)
    }

    /// The days it may be in a year that is not written.
    pub(crate) fn days(&self, year: i32) -> impl Iterator<Item = NaiveDate> + use<> {
        let (month, day) = (self.month, self.day.unwrap_or(1));
        let one = NaiveDate::from_ymd_opt(year, month, day);
        let other = NaiveDate::from_ymd_opt(year, day, month).filter(|_| self.swaps);
        one.into_iter().chain(other)
    }
}

/// The date that starts at token `i`, with its day.
pub(crate) fn date_at(tokens: &Tokens, i: usize) -> Option<DateWords> {
    let i = if tokens.word(i) == "the" { i + 1 } else { i };
    let date =
        numeric(tokens, i).or_else(|| month_first(tokens, i)).or_else(|| day_first(tokens, i))?;
    date.day.is_some().then_some(date)
}

/// The year that token `i` is.
pub(crate) fn year_at(tokens: &Tokens, i: usize) -> Option<i32> {
    let year = four_digits(tokens, i)?;
    let joined = |at: usize| {
        matches!(tokens.kind(at), Some(Kind::Sign(',' | '.' | '/' | ':' | '%')))
            && tokens.touches(at)
            && tokens.touches(at + 1)
            && tokens.kind(at + 1) == Some(Kind::Digits)
    };
    let money = i > 0
        && tokens.touches(i)
        && matches!(tokens.kind(i - 1), Some(Kind::Sign('$' | '£' | '€' | '#' | '.' | ',' | '-')));
    (!joined(i + 1) && !money).then_some(year)
}

/// The month at token `i` and the token behind, over the full stop of an abbreviation.
pub(crate) fn month_at(tokens: &Tokens, i: usize) -> Option<(u32, usize)> {
    let month = tokens.get(i).filter(|t| t.capital).and_then(|_| month(tokens.word(i)))?;
    let short = tokens.word(i).len() <= 4;
    Some((month, i + 1 + usize::from(short && tokens.is_sign(i + 1, '.'))))
}

/// The day of a month at token `i` and the token behind, over `th` and its like.
fn day_number(tokens: &Tokens, i: usize) -> Option<(u32, usize)> {
    let day = number(tokens, i, 2).filter(|day| (1..=31).contains(day))?;
    let ordinal = tokens.touches(i + 1) && matches!(tokens.word(i + 1), "st" | "nd" | "rd" | "th");
    let touched = tokens.touches(i + 1) && !ordinal;
    // `4%`, `4.5`, `4,000`, `4:30`, `4pm`
    let goes_on = touched
        && (tokens.kind(i + 1) == Some(Kind::Word)
            || tokens.is_sign(i + 1, '%')
            || tokens.touches(i + 2)
                && tokens.kind(i + 2) == Some(Kind::Digits)
                && !is_dash(tokens, i + 1));
    (!goes_on).then_some((day, i + 1 + usize::from(ordinal)))
}

fn number(tokens: &Tokens, i: usize, width: usize) -> Option<u32> {
    let is_number = |t: &&Token| t.kind == Kind::Digits && t.span.len() <= width;
    tokens.get(i).filter(is_number).and_then(|_| tokens.lower(i).parse().ok())
}

fn is_dash(tokens: &Tokens, i: usize) -> bool {
    matches!(tokens.kind(i), Some(Kind::Sign('-' | '–' | '—')))
}

/// More days behind one: `-6`, `and 5`, `to 12`.
fn more_days(tokens: &Tokens, i: usize) -> Option<usize> {
    let joint = is_dash(tokens, i)
        || tokens.is_sign(i, '&')
        || matches!(tokens.word(i), "and" | "to" | "or" | "through" | "until");
    day_number(tokens, i + 1).filter(|_| joint).map(|(_, end)| end)
}

/// `March 14`, `March 14th, 2023`, `March 4-6`.
fn month_first(tokens: &Tokens, i: usize) -> Option<DateWords> {
    let (month, at) = month_at(tokens, i)?;
    let at = at + usize::from(tokens.word(at) == "the");
    let (day, mut end) = day_number(tokens, at)?;
    let more = more_days(tokens, end).filter(|more| !is_counted(tokens, *more));
    end = more.unwrap_or(end);
    let comma = usize::from(tokens.is_sign(end, ','));
    let year = year_at(tokens, end + comma);
    if year.is_some() {
        end += comma + 1;
    } else if is_counted(tokens, end) {
        return None;
    }
    Some(DateWords { year, month, day: Some(day), swaps: false, goes_on: more.is_some(), end })
}

/// `14 March 2023`, `14th of March`, `4 and 5 March`.
fn day_first(tokens: &Tokens, i: usize) -> Option<DateWords> {
    let (day, mut at) = day_number(tokens, i)?;
    let more = more_days(tokens, at);
    at = more.unwrap_or(at);
    at += usize::from(tokens.word(at) == "of" || is_dash(tokens, at));
    let (month, mut end) = month_at(tokens, at)?;
    let comma = usize::from(tokens.is_sign(end, ','));
    let year = year_at(tokens, end + comma);
    if year.is_some() {
        end += comma + 1;
    }
    Some(DateWords { year, month, day: Some(day), swaps: false, goes_on: more.is_some(), end })
}

/// Whether what stands at token `i` is counted by the number before it: `In March 20 people died`.
fn is_counted(tokens: &Tokens, i: usize) -> bool {
    let word = tokens.word(i);
    let light = matches!(word, "was" | "is" | "has" | "as" | "this" | "its" | "his" | "across");
    word.ends_with('s') && !light
        || matches!(word, "people" | "men" | "women" | "children" | "percent" | "per" | "million")
}

/// `2023-03-14`, `14/03/2023`, `14.3.2023`.
fn numeric(tokens: &Tokens, i: usize) -> Option<DateWords> {
    let Kind::Sign(sign @ ('-' | '/' | '.')) = tokens.kind(i + 1)? else { return None };
    let joined = (i + 1..=i + 4).all(|at| tokens.touches(at));
    if !joined || !tokens.is_sign(i + 3, sign) {
        return None;
    }
    let end = i + 5;
    if let Some(year) = four_digits(tokens, i) {
        let (month, day) = (number(tokens, i + 2, 2)?, number(tokens, i + 4, 2)?);
        return Some(DateWords {
            year: Some(year),
            month,
            day: Some(day),
            swaps: false,
            goes_on: false,
            end,
        });
    }
    let year = four_digits(tokens, i + 4)?;
    let (day, month) = (number(tokens, i, 2)?, number(tokens, i + 2, 2)?);
    Some(DateWords { year: Some(year), month, day: Some(day), swaps: true, goes_on: false, end })
}

/// Four digits that a year may have.
pub(crate) fn four_digits(tokens: &Tokens, i: usize) -> Option<i32> {
    let year = number(tokens, i, 4).and_then(|year| i32::try_from(year).ok());
    year.filter(|year| (1500..2100).contains(year))
}

#[cfg(test)]
mod tests {
    use super::date_at;
    use crate::segment::Tokens;
    use crate::text::Span;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let mut tokens = Tokens::new();
        tokens.read(text, Span::new(0, text.len()));
        let found = date_at(&tokens, 0).map_or_else(String::new, |date| {
            let year = date.year.map(|year| year.to_string()).unwrap_or_default();
            let day = date.day.unwrap_or_default();
            let marks = [(date.swaps, " either"), (date.goes_on, " and on")];
            let marks: String = marks.iter().filter(|(is, _)| *is).map(|(_, mark)| *mark).collect();
            format!("{year}-{}-{day}{marks}", date.month)
        });
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn dates_as_they_are_written() {
        check("14 March 2023", "2023-3-14");
        check("the 14th of March, 2023 was", "2023-3-14");
        check("March 14th, 2023", "2023-3-14");
        check("Sept. 4 was", "-9-4");
        check("March 4-6", "-3-4 and on");
        check("4 and 5 March", "-3-4 and on");
        check("2023-03-14", "2023-3-14");
        check("05/04/2018", "2018-4-5 either");
        check("March 20 people died", "");
        check("March 2019", "");
        check("May 5,000 came", "");
        check("may 5", "");
        check("March 4.5", "");
    }
}
