//! When: the time words that belong to a number, and the stretch of days they mean.

use crate::claim::frame::Frame;
use crate::claim::{Slot, When};
use crate::segment::Kind;
use chrono::{Datelike, Days, Months, NaiveDate};

const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: &[&str] =
    &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The time words of quantity `q` and their meaning on the day the article was `published`.
pub(crate) fn when(
    frame: &Frame<'_>,
    q: usize,
    published: Option<NaiveDate>,
) -> Option<Slot<When>> {
    let spot = frame.spots[q];
    let behind = (spot.end..frame.tokens.len()).find_map(|k| phrase(frame, k, published));
    let before = (0..spot.hedge)
        .rev()
        .find_map(|k| phrase(frame, k, published).filter(|p| p.end <= spot.hedge));
    let far =
        |p: &Phrase| if p.first >= spot.end { p.first - spot.end } else { spot.hedge - p.end + 3 };
    let found = match (behind, before) {
        (Some(a), Some(b)) => {
            if far(&a) <= far(&b) {
                a
            } else {
                b
            }
        }
        (Some(a), None) => a,
        (None, b) => b?,
    };
    let span = frame.tokens.span(found.first, found.end);
    let value = When {
        text: Some(span),
        start: found.start,
        end: found.until.or(published),
        since: found.since,
    };
    Some(Slot { value, span, by: found.by.to_owned() })
}

/// Time words at one place of the sentence.
struct Phrase {
    first: usize,
    end: usize,
    start: Option<String>,
    until: Option<NaiveDate>,
    since: bool,
    by: &'static str,
}

fn phrase(frame: &Frame<'_>, k: usize, published: Option<NaiveDate>) -> Option<Phrase> {
    since(frame, k, published)
        .or_else(|| past(frame, k, published))
        .or_else(|| weekday(frame, k, published))
        .or_else(|| within(frame, k, published))
        .or_else(|| last(frame, k, published))
}

/// A date in the text: year, month of a year, or day.
struct Dated {
    end: usize,
    text: String,
    last: Option<NaiveDate>,
}

fn month(frame: &Frame<'_>, k: usize) -> Option<u32> {
    let token = frame.tokens.get(k)?;
    let word = frame.tokens.word(k);
    let at = MONTHS
        .iter()
        .position(|m| *m == word || word.len() >= 3 && word.len() <= 4 && m.starts_with(word))?;
    token.capital.then(|| u32::try_from(at + 1).unwrap_or(1))
}

fn digits(frame: &Frame<'_>, k: usize) -> Option<u32> {
    if frame.tokens.kind(k) == Some(Kind::Digits) {
        frame.tokens.lower(k).parse().ok()
    } else {
        None
    }
}

fn year(frame: &Frame<'_>, k: usize) -> Option<i32> {
    digits(frame, k).filter(|n| (1000..2200).contains(n)).and_then(|n| i32::try_from(n).ok())
}

/// The date that starts at token `k`; a month without a year is the last one before `published`.
fn dated(frame: &Frame<'_>, k: usize, published: Option<NaiveDate>) -> Option<Dated> {
    if let Some(y) = year(frame, k) {
        return Some(Dated {
            end: k + 1,
            text: y.to_string(),
            last: NaiveDate::from_ymd_opt(y, 12, 31),
        });
    }
    let (day, at) = match digits(frame, k).filter(|d| (1..=31).contains(d)) {
        Some(day) if month(frame, k + 1).is_some() => (Some(day), k + 1),
        _ => (None, k),
    };
    let month = month(frame, at)?;
    let mut end = at + 1;
    let mut day = day;
    if day.is_none()
        && let Some(d) = digits(frame, end).filter(|d| (1..=31).contains(d))
    {
        day = Some(d);
        end += 1;
    }
    let comma = usize::from(frame.tokens.is_sign(end, ','));
    let stated = year(frame, end + comma);
    if stated.is_some() {
        end += comma + 1;
    }
    let y = stated
        .or_else(|| published.map(|p| if month <= p.month() { p.year() } else { p.year() - 1 }))?;
    if let Some(d) = day {
        let text = format!("{y:04}-{month:02}-{d:02}");
        return Some(Dated { end, text, last: NaiveDate::from_ymd_opt(y, month, d) });
    }
    let first = NaiveDate::from_ymd_opt(y, month, 1);
    let next = first.and_then(|f| f.checked_add_months(Months::new(1)));
    let last = next.and_then(|f| f.pred_opt());
    Some(Dated { end, text: format!("{y:04}-{month:02}"), last })
}

/// `since 2014`, `since the war began in April 2014`.
fn since(frame: &Frame<'_>, k: usize, published: Option<NaiveDate>) -> Option<Phrase> {
    let tokens = frame.tokens;
    let by = "runs from the date behind `since`";
    if tokens.word(k) == "since" {
        if let Some(date) = dated(frame, k + 1, published) {
            return Some(Phrase {
                first: k,
                end: date.end,
                start: Some(date.text),
                until: None,
                since: true,
                by,
            });
        }
        let date = (k + 2..k + 12)
            .take_while(|j| !frame.breaks(*j))
            .find_map(|j| dated(frame, j, published));
        let end = date.as_ref().map_or_else(|| clause_end(frame, k + 1), |d| d.end);
        return Some(Phrase {
            first: k,
            end,
            start: date.map(|d| d.text),
            until: None,
            since: true,
            by,
        });
    }
    let words = match (tokens.word(k), tokens.word(k + 1)) {
        ("so", "far") | ("to", "date") | ("until", "now") => 2,
        _ => return None,
    };
    Some(Phrase {
        first: k,
        end: k + words,
        start: None,
        until: None,
        since: true,
        by: "counts up to now",
    })
}

fn clause_end(frame: &Frame<'_>, from: usize) -> usize {
    let ends = |k: usize| {
        let word = frame.tokens.word(k);
        frame.breaks(k)
            || frame.tokens.is_sign(k, ',')
            || frame.tokens.get(k).is_none()
            || k > from + 1
                && crate::quantity::ends_phrase(word)
                && !matches!(word, "of" | "the" | "a")
    };
    (from..from + 9).find(|k| ends(*k)).unwrap_or(from + 4)
}

/// `over the past year`, `in the last two months`, `in the past 24 hours`.
fn past(frame: &Frame<'_>, k: usize, published: Option<NaiveDate>) -> Option<Phrase> {
    let tokens = frame.tokens;
    if !matches!(tokens.word(k), "over" | "in" | "during" | "for" | "within")
        || tokens.word(k + 1) != "the"
        || !matches!(tokens.word(k + 2), "past" | "last" | "previous")
    {
        return None;
    }
    let mut end = k + 3;
    while end < k + 6 && !is_unit(tokens.word(end)) {
        end += 1;
    }
    if !is_unit(tokens.word(end)) {
        return None;
    }
    let count = digits(frame, k + 3).or_else(|| small(tokens.word(k + 3))).unwrap_or(1);
    let start = published.and_then(|p| back(p, count, tokens.word(end))).map(|d| d.to_string());
    Some(Phrase {
        first: k,
        end: end + 1,
        start,
        until: None,
        since: false,
        by: "counts back from the article's date",
    })
}

fn small(word: &str) -> Option<u32> {
    match crate::number::number_word(word)? {
        crate::number::NumberWord::Unit(n) | crate::number::NumberWord::Teen(n) => {
            u32::try_from(n).ok()
        }
        _ => None,
    }
}

fn is_unit(word: &str) -> bool {
    matches!(
        word,
        "year"
            | "years"
            | "month"
            | "months"
            | "week"
            | "weeks"
            | "day"
            | "days"
            | "hours"
            | "decade"
            | "quarter"
            | "hour"
    )
}

fn back(from: NaiveDate, count: u32, unit: &str) -> Option<NaiveDate> {
    match unit.trim_end_matches('s') {
        "year" => from.checked_sub_months(Months::new(12 * count)),
        "decade" => from.checked_sub_months(Months::new(120 * count)),
        "quarter" => from.checked_sub_months(Months::new(3 * count)),
        "month" => from.checked_sub_months(Months::new(count)),
        "week" => from.checked_sub_days(Days::new(u64::from(count) * 7)),
        "day" => from.checked_sub_days(Days::new(u64::from(count))),
        _ => from.checked_sub_days(Days::new(u64::from(count.div_ceil(24)))),
    }
}

/// `on Friday`, `Friday`, `yesterday`, `today`: the last such day up to the article's date.
fn weekday(frame: &Frame<'_>, k: usize, published: Option<NaiveDate>) -> Option<Phrase> {
    let tokens = frame.tokens;
    let on = usize::from(tokens.word(k) == "on");
    let day = WEEKDAYS.iter().position(|d| *d == tokens.word(k + on));
    let until = match (day, tokens.word(k + on)) {
        (Some(day), _) => published.map(|p| {
            let today = u64::from(p.weekday().num_days_from_monday());
            let back = (today + 7 - u64::try_from(day).unwrap_or(0)) % 7;
            p.checked_sub_days(Days::new(back)).unwrap_or(p)
        }),
        (None, "yesterday") => published.and_then(|p| p.pred_opt()),
        (None, "today" | "overnight") => published,
        _ => return None,
    };
    let start = until.map(|d| d.to_string());
    Some(Phrase { first: k, end: k + on + 1, start, until, since: false, by: "names the day" })
}

/// `in 2013`, `in March`, `on 24 February 2022`, `by the end of 2022`, `as of 30 June`.
fn within(frame: &Frame<'_>, k: usize, published: Option<NaiveDate>) -> Option<Phrase> {
    let tokens = frame.tokens;
    let at = match (tokens.word(k), tokens.word(k + 1)) {
        ("in" | "on" | "during" | "by" | "between", _) => k + 1,
        ("as", "of") => k + 2,
        _ => return None,
    };
    let mut from = at;
    while from < at + 4
        && matches!(
            tokens.word(from),
            "the"
                | "end"
                | "of"
                | "early"
                | "late"
                | "mid"
                | "start"
                | "beginning"
                | "fiscal"
                | "year"
        )
    {
        from += 1;
    }
    let date = dated(frame, from, published)?;
    let so_far = matches!(tokens.word(k), "by" | "as");
    let start = (!so_far).then(|| date.text.clone());
    Some(Phrase {
        first: k,
        end: date.end,
        start,
        until: date.last,
        since: so_far,
        by: "names the date",
    })
}

/// `last month`, `this year`, `earlier this week`.
fn last(frame: &Frame<'_>, k: usize, published: Option<NaiveDate>) -> Option<Phrase> {
    let tokens = frame.tokens;
    let unit = tokens.word(k + 1);
    if !matches!(tokens.word(k), "last" | "this")
        || !is_unit(unit)
        || unit.ends_with('s')
        || tokens.word_before(k, 1) == "the"
    {
        return None;
    }
    let this = tokens.word(k) == "this";
    let start = match (unit, published) {
        ("year", Some(p)) => Some((p.year() - i32::from(!this)).to_string()),
        (_, Some(p)) if !this => back(p, 1, unit).map(|d| d.to_string()),
        _ => None,
    };
    let until = match (unit, this, published) {
        ("year", false, Some(p)) => NaiveDate::from_ymd_opt(p.year() - 1, 12, 31),
        _ => None,
    };
    Some(Phrase {
        first: k,
        end: k + 2,
        start,
        until,
        since: false,
        by: "counts back from the article's date",
    })
}
