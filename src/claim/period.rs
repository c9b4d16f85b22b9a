//! Time words at one place of a sentence, and the stretch of days they mean.

use crate::claim::frame::Frame;
use crate::claim::lexicon::{Word, is, is_any};
use crate::number::{NumberWord, number_word};
use crate::quantity::{WordClass, is_class};
use crate::segment::Kind;
use chrono::{Datelike, Days, Months, NaiveDate};

/// Time words, and what they mean on the day the article was published.
pub(crate) struct Period {
    pub(crate) first: usize,
    pub(crate) end: usize,
    pub(crate) start: Option<String>,
    pub(crate) until: Option<NaiveDate>,
    /// Whether the count runs from the start rather than lies within.
    pub(crate) since: bool,
    pub(crate) by: &'static str,
}

/// Words that words of time start with, beside names of days.
const OPENERS: &[Word] = &[Word::Time, Word::Over, Word::Dated, Word::UpTo, Word::Today];

/// The time words that start at token `k`.
pub(crate) fn period(frame: &Frame<'_>, k: usize, published: Option<NaiveDate>) -> Option<Period> {
    let capital = frame.tokens.get(k)?.capital;
    if !(capital || is_any(frame.tokens, k, OPENERS)) {
        return None;
    }
    since(frame, k, published)
        .or_else(|| past(frame, k, published))
        .or_else(|| part_of_year(frame, k, published))
        .or_else(|| stretch(frame, k, published))
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
    let capital = frame.tokens.get(k)?.capital;
    if capital { crate::ingest::month(frame.tokens.word(k)) } else { None }
}

fn digits(frame: &Frame<'_>, k: usize) -> Option<u32> {
    if frame.tokens.kind(k) == Some(Kind::Digits) {
        frame.tokens.lower(k).parse().ok()
    } else {
        None
    }
}

fn year(frame: &Frame<'_>, k: usize) -> Option<i32> {
    let four = frame.tokens.lower(k).len() == 4;
    let number = digits(frame, k).filter(|n| four && (1000..2200).contains(n))?;
    i32::try_from(number).ok()
}

/// The date that starts at token `k`; a month without a year is the last one before `published`.
fn dated(frame: &Frame<'_>, k: usize, published: Option<NaiveDate>) -> Option<Dated> {
    if let Some(y) = year(frame, k) {
        let decade = frame.tokens.word(k + 1) == "s" && frame.tokens.touches(k + 1);
        let last = if decade { y + 9 } else { y };
        let last = NaiveDate::from_ymd_opt(last, 12, 31);
        return Some(Dated { end: k + 1 + usize::from(decade), text: y.to_string(), last });
    }
    let (day, at) = match day_of_month(frame, k) {
        Some((day, end)) if month(frame, end).is_some() => (Some(day), end),
        _ => (None, k),
    };
    let month = month(frame, at)?;
    let mut end = at + 1;
    // `Feb. 18`
    let dot = frame.tokens.is_sign(end, '.') && frame.tokens.touches(end);
    let mut day = day;
    if day.is_none()
        && let Some((d, behind)) = day_of_month(frame, end + usize::from(dot))
    {
        day = Some(d);
        end = behind;
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
    Some(Dated { end, text: format!("{y:04}-{month:02}"), last: end_of_month(y, month) })
}

/// A day of a month in digits, also `13th`, and the token behind it.
fn day_of_month(frame: &Frame<'_>, k: usize) -> Option<(u32, usize)> {
    let day = digits(frame, k).filter(|d| (1..=31).contains(d))?;
    let ordinal = frame.tokens.touches(k + 1)
        && matches!(frame.tokens.word(k + 1), "st" | "nd" | "rd" | "th");
    Some((day, k + 1 + usize::from(ordinal)))
}

fn end_of_month(year: i32, month: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, 1)?.checked_add_months(Months::new(1))?.pred_opt()
}

/// `since 2014`, `since the war began in April 2014`, `so far`.
fn since(frame: &Frame<'_>, k: usize, published: Option<NaiveDate>) -> Option<Period> {
    let tokens = frame.tokens;
    if tokens.word(k) != "since" {
        let words = match (tokens.word(k), tokens.word(k + 1)) {
            ("so", "far") | ("to", "date") | ("until", "now") => 2,
            _ => return None,
        };
        return Some(counted_from(k, k + words, None, "counts up to now"));
    }
    let by = "runs from the date behind `since`";
    let mid = usize::from(tokens.word(k + 1) == "mid") * 2;
    let lead = (k + 1 + mid..k + 5 + mid)
        .take_while(|j| *j == k + 1 + mid || is(tokens, j - 1, Word::Part))
        .find_map(|j| dated(frame, j, published));
    let day = || weekday(frame, k + 1, published).map(|day| (day.end, day.start));
    if let Some((end, start)) = lead.map(|date| (date.end, Some(date.text))).or_else(day) {
        return Some(counted_from(k, end, start, by));
    }
    let date =
        (k + 2..k + 12).take_while(|j| !frame.breaks(*j)).find_map(|j| dated(frame, j, published));
    let end = date.as_ref().map_or_else(|| clause_end(frame, k + 1), |d| d.end);
    Some(counted_from(k, end, date.map(|d| d.text), by))
}

fn counted_from(first: usize, end: usize, start: Option<String>, by: &'static str) -> Period {
    Period { first, end, start, until: None, since: true, by }
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
    let end = (from..from + 9).find(|k| ends(*k)).unwrap_or(from + 4);
    // `since the war began`
    end + usize::from(is_class(frame.tokens.word(end), WordClass::Verb))
}

/// `over the past year`, `in the last two months`, `in recent days`, `in the next six months`.
fn past(frame: &Frame<'_>, k: usize, published: Option<NaiveDate>) -> Option<Period> {
    let tokens = frame.tokens;
    if !is(tokens, k, Word::Over) {
        return None;
    }
    let recent = tokens.word(k + 1) == "recent";
    let coming = is(tokens, k + 2, Word::Coming);
    let known = tokens.word(k + 1) == "the" && (is(tokens, k + 2, Word::Past) || coming);
    if !(recent || known) {
        return None;
    }
    let from = if recent { k + 2 } else { k + 3 };
    let end = (from..from + 5).find(|j| is(tokens, *j, Word::Unit))?;
    if !(from..end).all(|j| is_counting(frame, j)) {
        return None;
    }
    let counted = from == end || digits(frame, from).or_else(|| small(tokens.word(from))).is_some();
    let count = digits(frame, from).or_else(|| small(tokens.word(from))).unwrap_or(1);
    let start = published.filter(|_| counted && !recent && !coming);
    Some(Period {
        first: k,
        end: end + 1,
        start: start.and_then(|p| back(p, count, tokens.word(end))).map(|d| d.to_string()),
        until: None,
        since: false,
        by: "counts from the article's date",
    })
}

/// Words between `the past` and its unit: `24`, `few`, `three to six`.
fn is_counting(frame: &Frame<'_>, k: usize) -> bool {
    let word = frame.tokens.word(k);
    frame.tokens.kind(k) == Some(Kind::Digits)
        || number_word(word).is_some()
        || frame.tokens.is_sign(k, '-')
        || matches!(word, "few" | "several" | "couple" | "of" | "to" | "and" | "a" | "half")
}

fn small(word: &str) -> Option<u32> {
    match number_word(word)? {
        NumberWord::Unit(n) | NumberWord::Teen(n) => u32::try_from(n).ok(),
        _ => None,
    }
}

fn back(from: NaiveDate, count: u32, unit: &str) -> Option<NaiveDate> {
    match unit.trim_end_matches('s') {
        "year" => from.checked_sub_months(Months::new(12 * count)),
        "decade" => from.checked_sub_months(Months::new(120 * count)),
        "quarter" => from.checked_sub_months(Months::new(3 * count)),
        "month" => from.checked_sub_months(Months::new(count)),
        "week" => from.checked_sub_days(Days::new(u64::from(count) * 7)),
        "weekend" => {
            from.checked_sub_days(Days::new(u64::from(from.weekday().num_days_from_sunday() + 1)))
        }
        "day" => from.checked_sub_days(Days::new(u64::from(count))),
        _ => from.checked_sub_days(Days::new(u64::from(count.div_ceil(24)))),
    }
}

/// `in the first quarter`, `in the second half of 2021`, `in the third quarter of last year`; of a
/// fiscal year the words alone, for it starts where its country says.
fn part_of_year(frame: &Frame<'_>, k: usize, published: Option<NaiveDate>) -> Option<Period> {
    let tokens = frame.tokens;
    let lead = usize::from(is(tokens, k, Word::Over));
    let the = usize::from(tokens.word(k + lead) == "the");
    let at = k + lead + the;
    let fiscal = usize::from(matches!(tokens.word(at), "fiscal" | "financial"));
    let by = "names the part of the year";
    if fiscal == 1 {
        let named = at + 1 + usize::from(tokens.word(at + 1) == "year");
        let end = if year(frame, named).is_some() { named + 1 } else { named };
        let found = end > at + 1;
        let empty = || Period { first: k, end, start: None, until: None, since: false, by };
        return found.then(empty);
    }
    let turn = match tokens.word(at) {
        "first" => 1,
        "second" => 2,
        "third" => 3,
        "fourth" => 4,
        _ => return None,
    };
    let months = match tokens.word(at + 1) {
        "quarter" => 3,
        "half" if turn < 3 => 6,
        _ => return None,
    };
    if lead + the == 0 {
        return None;
    }
    let mut end = at + 2;
    let mut stated = None;
    if tokens.word(end) == "of" {
        let (y, behind) = match (year(frame, end + 1), tokens.word(end + 1), tokens.word(end + 2)) {
            (Some(y), ..) => (Some(y), end + 2),
            (_, "last", "year") => (published.map(|p| p.year() - 1), end + 3),
            (_, "this", "year") => (published.map(|p| p.year()), end + 3),
            _ => (None, end),
        };
        // `the second half of the match`
        if y.is_none() && !matches!(tokens.word(end + 2), "year") {
            return None;
        }
        (stated, end) = (y, behind);
    } else if let Some(y) = year(frame, end) {
        (stated, end) = (Some(y), end + 1);
    }
    let span = |y: i32| {
        let first = NaiveDate::from_ymd_opt(y, (turn - 1) * months + 1, 1)?;
        Some((first, first.checked_add_months(Months::new(months))?.pred_opt()?))
    };
    // Without a year, the last such part that was over when the article came out.
    let open = || {
        let p = published?;
        let over = span(p.year()).filter(|(_, end)| *end < p);
        over.or_else(|| span(p.year() - 1))
    };
    let found = match stated {
        Some(y) => span(y),
        None => open(),
    };
    let start = found.map(|(first, _)| first.format("%Y-%m").to_string());
    Some(Period { first: k, end, start, until: found.map(|(_, last)| last), since: false, by })
}

/// `from 1932 to 1933`, `between 2009 and 2017`, `in the 12 months to July`.
fn stretch(frame: &Frame<'_>, k: usize, published: Option<NaiveDate>) -> Option<Period> {
    let tokens = frame.tokens;
    let by = "names both ends";
    let joint = match tokens.word(k) {
        "from" => &["to", "until", "through"][..],
        "between" => &["and"][..],
        "in" | "over" | "for" => return ended(frame, k, published),
        _ => return None,
    };
    let from = dated(frame, k + 1, published)?;
    if !(joint.contains(&tokens.word(from.end)) || tokens.is_sign(from.end, '-')) {
        return None;
    }
    let to = dated(frame, from.end + 1, published)?;
    Some(Period { first: k, end: to.end, start: Some(from.text), until: to.last, since: false, by })
}

/// `in the year to March`, `in the three months ended June 30`.
fn ended(frame: &Frame<'_>, k: usize, published: Option<NaiveDate>) -> Option<Period> {
    let tokens = frame.tokens;
    let from = k + 1 + usize::from(tokens.word(k + 1) == "the");
    let unit = (from..from + 3).find(|j| is(tokens, *j, Word::Unit))?;
    if !(from..unit).all(|j| is_counting(frame, j)) {
        return None;
    }
    let behind = match (tokens.word(unit + 1), tokens.word(unit + 2)) {
        ("ended" | "ending", "on" | "in") => unit + 3,
        ("to" | "through" | "ended" | "ending", _) => unit + 2,
        _ => return None,
    };
    let to = dated(frame, behind, published)?;
    let count = digits(frame, from).or_else(|| small(tokens.word(from))).unwrap_or(1);
    let start = to.last.and_then(|last| back(last, count, tokens.word(unit)));
    Some(Period {
        first: k,
        end: to.end,
        start: start.and_then(|d| d.succ_opt()).map(|d| d.to_string()),
        until: to.last,
        since: false,
        by: "counts back from the date it names",
    })
}

/// `on Friday`, `Friday`, `yesterday`, `today`: the last such day up to the article's date.
fn weekday(frame: &Frame<'_>, k: usize, published: Option<NaiveDate>) -> Option<Period> {
    let tokens = frame.tokens;
    let on = usize::from(tokens.word(k) == "on");
    let last = usize::from(tokens.word(k + on) == "last");
    let at = k + on + last;
    let day = if tokens.get(at).is_some_and(|t| t.capital) {
        crate::ingest::weekday(tokens.word(at))
    } else {
        None
    };
    let until = match (day, tokens.word(at)) {
        (Some(day), _) => published.map(|p| {
            let days = (p.weekday().number_from_monday() + 7 - day) % 7;
            p.checked_sub_days(Days::new(u64::from(days))).unwrap_or(p)
        }),
        (None, "yesterday") => published.and_then(|p| p.pred_opt()),
        (None, _) if is(tokens, at, Word::Today) => published,
        _ => return None,
    };
    let daytime = usize::from(is(tokens, at + 1, Word::Daytime));
    let start = until.map(|d| d.to_string());
    let end = at + 1 + daytime;
    Some(Period { first: k, end, start, until, since: false, by: "names the day" })
}

/// `in 2013`, `in March`, `on 24 February 2022`, `by the end of 2022`, `as of 30 June`.
fn within(frame: &Frame<'_>, k: usize, published: Option<NaiveDate>) -> Option<Period> {
    let tokens = frame.tokens;
    let as_of = tokens.word(k) == "as" && tokens.word(k + 1) == "of";
    let up_to = as_of || is(tokens, k, Word::UpTo);
    let day_only = tokens.word(k) == "on";
    if !(up_to || is(tokens, k, Word::Dated)) {
        return None;
    }
    let at = k + 1 + usize::from(as_of);
    let mut from = at;
    while from < at + 5 && (is(tokens, from, Word::Part) || tokens.is_sign(from, '-')) {
        from += 1;
    }
    // `on the 1700 block`, `by the 2001 attacks`
    let named = tokens.word_before(from, 1) == "the" && tokens.word(from + 1) != "s";
    if (day_only || named) && year(frame, from).is_some() {
        return None;
    }
    let Some(date) = dated(frame, from, published) else {
        return end_of_this(frame, k, at, published);
    };
    let start = (!up_to).then(|| date.text.clone());
    let (until, since) = (date.last, up_to);
    Some(Period { first: k, end: date.end, start, until, since, by: "names the date" })
}

/// `by the end of the year`, `at the end of last month`, `by year-end`.
fn end_of_this(
    frame: &Frame<'_>,
    k: usize,
    at: usize,
    published: Option<NaiveDate>,
) -> Option<Period> {
    let tokens = frame.tokens;
    let the = usize::from(tokens.word(at) == "the");
    let by = "the end of the article's year";
    if tokens.word(at + the) == "year" && tokens.is_sign(at + the + 1, '-') {
        let until = published.and_then(|p| NaiveDate::from_ymd_opt(p.year(), 12, 31));
        let end = at + the + 3;
        return (tokens.word(end - 1) == "end").then_some(Period {
            first: k,
            end,
            start: None,
            until,
            since: true,
            by,
        });
    }
    let end_of = the == 1 && tokens.word(at + 1) == "end" && tokens.word(at + 2) == "of";
    let unit = at + 4;
    let which = tokens.word(at + 3);
    if !(end_of && is(tokens, unit, Word::Unit) && matches!(which, "the" | "this" | "last")) {
        return None;
    }
    let until = match (tokens.word(unit), which, published?) {
        ("year", "last", p) => NaiveDate::from_ymd_opt(p.year() - 1, 12, 31),
        ("year", "this", p) => NaiveDate::from_ymd_opt(p.year(), 12, 31),
        ("month", "last", p) => p.with_day(1).and_then(|first| first.pred_opt()),
        ("month", "this", p) => end_of_month(p.year(), p.month()),
        _ => None,
    };
    Some(Period { first: k, end: unit + 1, start: None, until, since: true, by })
}

/// `last month`, `this year`, `earlier this week`.
fn last(frame: &Frame<'_>, k: usize, published: Option<NaiveDate>) -> Option<Period> {
    let tokens = frame.tokens;
    let earlier = usize::from(matches!(tokens.word(k), "earlier" | "later"));
    let at = k + earlier;
    let unit = tokens.word(at + 1);
    let which = tokens.word(at);
    if !matches!(which, "last" | "this")
        || !is(tokens, at + 1, Word::Unit)
        || unit.ends_with('s')
        || tokens.word_before(k, 1) == "the"
    {
        return None;
    }
    let this = which == "this";
    let (start, until) = published.map_or((None, None), |p| stated(p, unit, this));
    Some(Period {
        first: k,
        end: at + 2,
        start,
        until: until.filter(|_| !this),
        since: false,
        by: "counts from the article's date",
    })
}

/// The start and the end of this or the last unit.
fn stated(p: NaiveDate, unit: &str, this: bool) -> (Option<String>, Option<NaiveDate>) {
    let monday = p.checked_sub_days(Days::new(u64::from(p.weekday().num_days_from_monday())));
    match (unit, this) {
        ("year", _) => {
            let year = p.year() - i32::from(!this);
            (Some(year.to_string()), NaiveDate::from_ymd_opt(year, 12, 31))
        }
        ("month", _) => {
            let first = p.with_day(1);
            let first =
                if this { first } else { first.and_then(|f| f.checked_sub_months(Months::new(1))) };
            let start = first.map(|f| f.format("%Y-%m").to_string());
            (start, first.and_then(|f| end_of_month(f.year(), f.month())))
        }
        ("week", true) => (monday.map(|d| d.to_string()), None),
        ("week", false) => {
            let first = monday.and_then(|d| d.checked_sub_days(Days::new(7)));
            (first.map(|d| d.to_string()), monday.and_then(|d| d.pred_opt()))
        }
        (_, true) => (None, None),
        (_, false) => (back(p, 1, unit).map(|d| d.to_string()), None),
    }
}

#[cfg(test)]
mod tests {
    use crate::claim::test_support::read_marked;

    /// The time words, the start and the end of the marked number, in a text of 28 January 2022, a
    /// Friday.
    #[track_caller]
    fn check(marked: &str, expected: &str) {
        let (claim, prose) = read_marked(marked, false).expect(marked);
        let found = claim.when.map_or_else(String::new, |when| {
            let text = when.value.text.map_or("", |text| text.of(&prose));
            let start = when.value.start.unwrap_or_default();
            let end = when.value.end.map_or_else(String::new, |end| end.to_string());
            format!("{text} | {start} | {end}")
        });
        assert_eq!(found, expected, "{marked}");
    }

    #[test]
    fn periods_are_resolved_against_the_article() {
        check("It has killed [40] people since 2014.", "since 2014 | 2014 | 2022-01-28");
        check("Some [40] people died last month.", "last month | 2021-12 | 2021-12-31");
        check("Some [40] people died last week.", "last week | 2022-01-17 | 2022-01-23");
        check(
            "Some [40] people died on Monday night.",
            "on Monday night | 2022-01-24 | 2022-01-24",
        );
        check(
            "It sold [40] cars in the third quarter.",
            "in the third quarter | 2021-07 | 2021-09-30",
        );
        check(
            "It sold [40] cars in the first half of 2020.",
            "in the first half of 2020 | 2020-01 | 2020-06-30",
        );
        check("It sold [40] cars in fiscal 2021.", "in fiscal 2021 |  | 2022-01-28");
        check(
            "It sold [40] cars in the year to March 2021.",
            "in the year to March 2021 | 2020-04-01 | 2021-03-31",
        );
        check("It killed [40] people from 1932 to 1933.", "from 1932 to 1933 | 1932 | 1933-12-31");
        check("As of 30 June, [40] people had died.", "As of 30 June |  | 2021-06-30");
    }

    #[test]
    fn another_clause_has_its_own_time() {
        check("Police said on Monday that [40] people died.", "");
        check("Some [40] people died, police said on Monday.", "");
        check("It won [40] more games than in May.", "");
        check("Mr Ford, [40], left on Monday.", "");
        check("They mourn the [40] people killed by the 2001 attacks.", "");
    }
}
