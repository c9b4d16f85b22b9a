//! Dates as articles write them above their text, in fields and in file names.

use crate::ingest::calendar;
use chrono::NaiveDate;

/// A line that is nothing but a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DateLine {
    /// The day, unless it can be read in two ways (`04/05/2019`).
    pub(crate) day: Option<NaiveDate>,
}

/// The longest line that is looked at; `Originally published on Wednesday, September 18, 2022 at
/// 6:25 a.m. ET` and an update of the same form fit in.
const LONGEST: usize = 140;

/// The date line that `text` is, if it is nothing else. The first of several dates counts.
pub(crate) fn line(text: &str) -> Option<DateLine> {
    if text.len() > LONGEST || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let words: Vec<_> = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | '(' | ')'))
        .map(|word| word.trim_end_matches(['.', ':']))
        .filter(|word| !word.is_empty())
        .collect();
    let mut found: Option<DateLine> = None;
    let mut at = 0;
    while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
        if let Some((len, day)) = date(rest) {
            found = found.or(Some(DateLine { day }));
            at += len;
        } else {
            at += around(rest)?;
        }
    }
    found
}

/// The day that a field gives: an ISO date with or without a time, or what a date line may be.
pub(crate) fn field(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    leading(text).or_else(|| line(text)?.day)
}

/// The day at the start of a file name or a field: `20240703_…`, `2024-07-03-…`.
pub(crate) fn leading(text: &str) -> Option<NaiveDate> {
    let ends_after = |len| !text.as_bytes().get(len).is_some_and(u8::is_ascii_digit);
    let iso = text.get(..10).filter(|_| ends_after(10)).and_then(iso);
    iso.or_else(|| text.get(..8).filter(|_| ends_after(8)).and_then(compact))
}

/// The date at the start of `words`: how many words it takes, and the day if it is certain.
fn date(words: &[&str]) -> Option<(usize, Option<NaiveDate>)> {
    let first = *words.first()?;
    if let Some(day) = compact(first).or_else(|| iso(first)).or_else(|| iso_with_time(first)) {
        return Some((1, Some(day)));
    }
    if let Some(line) = slashed(first) {
        return Some((1, line.day));
    }
    let second = *words.get(1)?;
    if let Some(month) = month(first) {
        return Some((3, Some(day(words.get(2)?, month, second)?)));
    }
    let (taken, second) = if second == "of" { (4, *words.get(2)?) } else { (3, second) };
    Some((taken, Some(day(words.get(taken - 1)?, month(second)?, first)?)))
}

/// How many words at the start of `words` may stand around a date.
fn around(words: &[&str]) -> Option<usize> {
    let first = *words.first()?;
    if calendar::is_around(first) || is_clock(first) || is_offset(first) {
        return Some(1);
    }
    let is_hour = first.len() <= 2 && first.bytes().all(|byte| byte.is_ascii_digit());
    let is_half = |word: &&str| half_day(word).is_some_and(str::is_empty);
    (is_hour && words.get(1).is_some_and(is_half)).then_some(2)
}

/// `10:30`, `10:30:00`, `6:56PM`, `9am`, `10.30am`.
fn is_clock(word: &str) -> bool {
    let (digits, half) = half_day(word).map_or((word, false), |digits| (digits, true));
    let is_figures = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.len() <= 12
        && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b':' || byte == b'.');
    is_figures && (half || digits.contains(':'))
}

/// `+0000`, `-04:00`, `-4`.
fn is_offset(word: &str) -> bool {
    word.strip_prefix(['+', '-']).is_some_and(|rest| {
        (1..=5).contains(&rest.len())
            && rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b':')
    })
}

/// What stands before `am` or `pm` in `word`.
fn half_day(word: &str) -> Option<&str> {
    ["am", "pm", "AM", "PM", "a.m", "p.m"].iter().find_map(|half| word.strip_suffix(half))
}

/// `20220128`.
fn compact(word: &str) -> Option<NaiveDate> {
    if word.len() != 8 {
        return None;
    }
    ymd(word.get(..4)?, word.get(4..6)?, word.get(6..)?)
}

/// `2022-01-28` or `2022/01/28`.
fn iso(word: &str) -> Option<NaiveDate> {
    let marks = (word.as_bytes().get(4)?, word.as_bytes().get(7)?);
    if word.len() != 10 || !matches!(marks, (b'-', b'-') | (b'/', b'/')) {
        return None;
    }
    ymd(word.get(..4)?, word.get(5..7)?, word.get(8..)?)
}

/// `2022-01-28T10:30:00Z`.
fn iso_with_time(word: &str) -> Option<NaiveDate> {
    let time = word.get(10..)?.strip_prefix(['T', 't'])?;
    let is_time = |byte: u8| byte.is_ascii_digit() || b":.,+-Zz".contains(&byte);
    iso(word.get(..10)?).filter(|_| !time.is_empty() && time.bytes().all(is_time))
}

/// `04/22/2019`, `22/04/2019`; without a day where month and day may be swapped.
fn slashed(word: &str) -> Option<DateLine> {
    let mut parts = word.split('/');
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    match (ymd(year, first, second), ymd(year, second, first)) {
        (None, None) => None,
        (Some(one), Some(other)) if one != other => Some(DateLine { day: None }),
        (one, other) => Some(DateLine { day: one.or(other) }),
    }
}

fn month(word: &str) -> Option<u32> {
    calendar::month(&word.to_ascii_lowercase())
}

/// The day of that number, which may be an ordinal.
fn day(year: &str, month: u32, day: &str) -> Option<NaiveDate> {
    let day =
        ["st", "nd", "rd", "th"].iter().find_map(|ending| day.strip_suffix(ending)).unwrap_or(day);
    NaiveDate::from_ymd_opt(self::year(year)?, month, number(day)?)
}

fn ymd(year: &str, month: &str, day: &str) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(self::year(year)?, number(month)?, number(day)?)
}

/// Newspapers are as old as that, and eight digits with another start are no date.
fn year(text: &str) -> Option<i32> {
    let year = i32::try_from(number(text).filter(|_| text.len() == 4)?).ok()?;
    (1600..2200).contains(&year).then_some(year)
}

fn number(text: &str) -> Option<u32> {
    let is_number = (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::{field, leading, line};

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let day = line(text).map(|line| line.day.map(|day| day.to_string()));
        let day = day.as_ref().map(|day| day.as_deref().unwrap_or("either"));
        assert_eq!(day.unwrap_or("none"), expected, "{text}");
    }

    #[test]
    fn lines_that_are_dates() {
        check("20220128", "2022-01-28");
        check("2022-01-28", "2022-01-28");
        check("2022/01/28 10:30", "2022-01-28");
        check("2022-01-28T10:30:00+01:00", "2022-01-28");
        check("January 28, 2022", "2022-01-28");
        check("28 January 2022", "2022-01-28");
        check("the 28th of January 2022", "none");
        check("28th of January, 2022", "2022-01-28");
        check("Published June 20 2016", "2016-06-20");
        check("Published: Mon, 20 Jun 2016 10:00:00 GMT", "2016-06-20");
        check("Sept. 18, 2022 Updated Sept. 19, 2022, 6:25 a.m. ET", "2022-09-18");
        check("Updated Feb. 17, 2020, 11:29 p.m. ET", "2020-02-17");
        check("April 23, 2019 at 6:56PM", "2019-04-23");
        check("May 5, 2019 , 7:00 am", "2019-05-05");
        check("04/22/2019 10:22 AM EDT", "2019-04-22");
        check("04/05/2019", "either");
        check("4/27/2019 3:04:22 AM (GMT -4:00)", "2019-04-27");
        check("9 a.m. GMT | June 3, 2020", "2020-06-03");
    }

    #[test]
    fn lines_that_say_more_are_none() {
        check("By Holly Scheer April 8, 2019", "none");
        check("May 31, 2019 views", "none");
        check("In 2022 prices rose", "none");
        check("2022", "none");
        check("May 2022", "none");
        check("February 30, 2022", "none");
        check("20221301", "none");
        check("99999999", "none");
        check("14 killed", "none");
        check("", "none");
    }

    #[test]
    fn fields_and_names() {
        let day = |text: &str| field(text).map(|day| day.to_string());
        assert_eq!(day("2026-01-28T23:30:00-05:00").as_deref(), Some("2026-01-28"));
        assert_eq!(day(" 2026-01-28 10:00 ").as_deref(), Some("2026-01-28"));
        assert_eq!(day("Wed, 28 Jan 2026 10:00:00 +0000").as_deref(), Some("2026-01-28"));
        assert_eq!(day("soon"), None);
        assert!(leading("20240703_bbc.com_a.txt").is_some());
        assert!(leading("2024-07-03-a.md").is_some());
        assert!(leading("202407031_a.txt").is_none());
        assert!(leading("é0240703").is_none());
    }
}
