//! Weekdays beside dates: whether the day of that date is the day that is named.

use crate::compare::arithmetic::date_words::{DateWords, date_at, year_at};
use crate::compare::passage::{Passage, is_quoted};
use crate::ingest::{Article, weekday, weekday_named};
use crate::segment::{Kind, Tokens, sentences};
use chrono::{Datelike, Days, NaiveDate};

/// A date whose weekday is another than the one named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongWeekday {
    /// The words.
    pub at: Passage,
    /// Whether the year is written beside the date.
    pub dated: bool,
    /// What is so: `14 March 2023 is a Tuesday, not a Monday`.
    pub text: String,
}

/// Up to how many days from its article a date without a year is surely of the nearest year.
const NEAR: i64 = 45;

/// How often an article names the year before or behind its own if it is about that.
const OFTEN: usize = 3;

/// How many years an article may look back without naming the year.
const BACK: i32 = 12;

/// Until when Russia, Greece and others counted by the Julian calendar: dates up to this year are
/// read by both.
const JULIAN_UNTIL: i32 = 1923;

/// What may stand between a weekday and its date: `Monday night, March 4`.
const PARTS: &[&str] =
    &["morning", "afternoon", "evening", "night", "noon", "midnight", "lunchtime"];

/// What may stand between a date and its weekday: `14 March 2023 was a Tuesday`.
const LINKS: &[&str] =
    &["was", "is", "falls", "fell", "will", "be", "on", "a", "which", "being", "that"];

/// Words that make a date without a year one of another year, or another zone.
const ELSEWHEN: &[&str] = &[
    "last year",
    "next year",
    "year ago",
    "years ago",
    "year earlier",
    "local time",
    "gmt",
    "utc",
    "anniversary",
    "calendar",
];

/// The dates of an article that fall on another weekday than they say.
pub fn wrong_weekdays(article: &Article) -> Vec<WrongWeekday> {
    let prose = article.prose.as_str();
    let mut pairs = Vec::new();
    let mut tokens = Tokens::new();
    for block in &article.blocks {
        for sentence in sentences(prose, block.span) {
            if !may_hold(sentence.of(prose)) {
                continue;
            }
            tokens.read(prose, sentence);
            let text = sentence.of(prose).to_lowercase();
            let pair = |i| behind(&tokens, i).or_else(|| before(&tokens, i));
            for pair in (0..tokens.len()).filter_map(pair) {
                let span = tokens.span(pair.first, pair.end);
                let quoted = is_quoted(prose, block.span, span);
                let at = Passage { sentence, span, quoted };
                let date = tokens.span(pair.from, pair.date.end).of(prose).to_owned();
                let years = years(&tokens, &text, &pair, article.published);
                pairs.push(Found { pair, at, date, years });
            }
        }
    }
    let wrong = |found: &Found| {
        let (day, dated) = mismatch(&found.pair, &found.years)?;
        let elsewhen =
            !dated && (fits_other_year(prose, &found.pair, day) || are_of_other_year(&pairs, day));
        let text = told(&found.pair, &found.date, day, dated);
        (!elsewhen).then_some(WrongWeekday { at: found.at, dated, text })
    };
    pairs.iter().filter_map(wrong).collect()
}

/// A pair of a weekday and a date as the article has it.
#[derive(Debug)]
struct Found {
    pair: Pair,
    at: Passage,
    /// The date's words.
    date: String,
    /// The years it may be of, the likeliest first.
    years: Vec<i32>,
}

/// Whether the article speaks of a year in which the date falls on its weekday: of one far from
/// its own, or again and again of the one before or behind.
fn fits_other_year(prose: &str, pair: &Pair, day: NaiveDate) -> bool {
    let year = |word: &str| word.parse::<i32>().ok().filter(|year| (1500..2100).contains(year));
    let named =
        prose.split(|c: char| !c.is_ascii_digit()).filter(|word| word.len() == 4).filter_map(year);
    let named: Vec<i32> = named.collect();
    named.iter().any(|year| {
        let next = (year - day.year()).abs() == 1;
        let enough = !next || named.iter().filter(|other| *other == year).count() >= OFTEN;
        enough && mismatch(pair, &[*year]).is_none()
    })
}

/// Whether there is another year in which all dates of the article without a year, two at least,
/// fall on their weekdays: then it was written or is about that year.
fn are_of_other_year(pairs: &[Found], day: NaiveDate) -> bool {
    let yearless = || pairs.iter().map(|found| &found.pair).filter(|pair| pair.date.year.is_none());
    let different = yearless().any(|pair| yearless().any(|other| !pair.date.is_same(&other.date)));
    different
        && (day.year() - BACK..=day.year() + 2)
            .any(|year| yearless().all(|pair| mismatch(pair, &[year]).is_none()))
}

fn told(pair: &Pair, date: &str, day: NaiveDate, dated: bool) -> String {
    let date = date.split_whitespace().collect::<Vec<_>>().join(" ");
    let date = date.strip_prefix("the ").unwrap_or(&date);
    let date = if dated { date.to_owned() } else { format!("{date} {}", day.year()) };
    let is = weekday_named(day.weekday().number_from_monday());
    let not = weekday_named(pair.weekday);
    format!("{date} is a {is}, not a {not}")
}

/// Whether a sentence is worth its tokens: it has a digit and a weekday's ending.
fn may_hold(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_digit())
        && text.split(|c: char| !c.is_alphabetic()).any(|word| {
            word.starts_with(char::is_uppercase) && weekday(&word.to_lowercase()).is_some()
        })
}

/// A weekday with its date, from token `first` up to `end`; the date starts at `from`.
#[derive(Debug)]
struct Pair {
    weekday: u32,
    date: DateWords,
    from: usize,
    first: usize,
    end: usize,
}

/// The weekday at token `i` and the token behind it.
fn weekday_at(tokens: &Tokens, i: usize) -> Option<(u32, usize)> {
    let token = tokens.get(i).filter(|token| token.capital)?;
    let number = weekday(tokens.word(i))?;
    let short = token.span.len() < 6;
    let stop = tokens.is_sign(i + 1, '.');
    // `The Sun, 14 March` is a paper.
    let named = i > 0 && tokens.word(i - 1) == "the";
    let owned = tokens.kind(i + 1) == Some(Kind::Possessive);
    // `Robinson Friday`, `Super Tuesday`: behind a capital inside a sentence it is a name.
    let capital = |at: usize| tokens.get(at).is_some_and(|t| t.capital && t.kind == Kind::Word);
    let name = i > 1
        && capital(i - 1)
        && weekday(tokens.word(i - 1)).is_none()
        && !tokens.is_sign(i - 2, '.');
    let is_none = owned || name || short && named;
    (!is_none).then_some((number, i + 1 + usize::from(short && stop)))
}

/// Whether a weekday is one of a list: `Friday and Saturday, March 4 and 5`.
fn is_listed(tokens: &Tokens, i: usize) -> bool {
    let joint = |at: usize| {
        matches!(tokens.kind(at), Some(Kind::Sign('-' | '–' | '—' | '/' | '&' | ',')))
            || matches!(
                tokens.word(at),
                "and" | "or" | "to" | "through" | "until" | "into" | "till"
            )
    };
    let Some(mut at) = i.checked_sub(1).filter(|at| joint(*at)) else { return false };
    while at > 0 && (joint(at) || PARTS.contains(&tokens.word(at)) || tokens.is_sign(at, '.')) {
        at -= 1;
    }
    weekday_at(tokens, at).is_some()
}

/// `Tuesday, 14 March`, `Tuesday (March 14)`, `Tuesday night, the 14th of March`.
fn behind(tokens: &Tokens, i: usize) -> Option<Pair> {
    let (weekday, mut at) = weekday_at(tokens, i)?;
    if is_listed(tokens, i) {
        return None;
    }
    at += usize::from(PARTS.contains(&tokens.word(at)));
    at += usize::from(matches!(tokens.kind(at), Some(Kind::Sign(',' | '('))));
    let date = date_at(tokens, at)?;
    Some(Pair { weekday, date, from: at, first: i, end: date.end })
}

/// `14 March 2023 (Tuesday)`, `14 March 2023 was a Tuesday`.
fn before(tokens: &Tokens, i: usize) -> Option<Pair> {
    let date = date_at(tokens, i).filter(|date| !date.goes_on)?;
    // Days from the middle of a list, and dates that have a weekday before them.
    let inner =
        i > 0 && (weekday_at(tokens, i - 1).is_some() || tokens.kind(i - 1) == Some(Kind::Digits));
    let mut at = date.end;
    let bracket = tokens.is_sign(at, '(');
    let comma = tokens.is_sign(at, ',');
    at += usize::from(bracket || comma);
    let links = at;
    while LINKS.contains(&tokens.word(at)) {
        at += 1;
    }
    let article = at > links && matches!(tokens.word(at - 1), "a" | "on");
    let (weekday, end) = weekday_at(tokens, at)?;
    let closed = bracket && tokens.is_sign(end, ')');
    // `Spring opened on 3 March, on a Monday` but `3 March was on Monday's list`.
    let stated = article && !bracket && !(tokens.word(at - 1) == "on" && comma);
    (!inner && (closed || stated)).then_some(Pair { weekday, date, from: i, first: i, end })
}

/// The years that the date may be of, the likeliest first.
fn years(tokens: &Tokens, text: &str, pair: &Pair, published: Option<NaiveDate>) -> Vec<i32> {
    if let Some(year) = pair.date.year {
        return vec![year];
    }
    let Some(day) = published.filter(|_| ELSEWHEN.iter().all(|words| !text.contains(words))) else {
        return Vec::new();
    };
    let away = |year: &i32| {
        let days = pair.date.days(*year);
        days.map(|date| date.signed_duration_since(day).num_days().abs()).min()
    };
    let this = day.year();
    let nearest =
        [this, this - 1, this + 1].into_iter().min_by_key(|year| away(year).unwrap_or(i64::MAX));
    let Some(nearest) = nearest.filter(|year| away(year).is_some_and(|days| days <= NEAR)) else {
        return Vec::new();
    };
    let named = (0..tokens.len()).filter_map(|i| year_at(tokens, i));
    [nearest].into_iter().chain(named).collect()
}

/// The day of the date, if it falls on another weekday in all of `years`.
fn mismatch(pair: &Pair, years: &[i32]) -> Option<(NaiveDate, bool)> {
    let falls = |day: NaiveDate| day.weekday().number_from_monday() == pair.weekday;
    let fits = |day: NaiveDate| {
        let julian = (day.year() <= JULIAN_UNTIL).then(|| julian(day)).flatten();
        falls(day) || julian.is_some_and(falls)
    };
    let mut days = years.iter().flat_map(|year| pair.date.days(*year));
    let first = days.next()?;
    let all = std::iter::once(first).chain(days);
    let fits = all.into_iter().any(fits);
    (!fits).then_some((first, pair.date.year.is_some()))
}

/// The day that the Julian calendar calls so.
fn julian(day: NaiveDate) -> Option<NaiveDate> {
    // Ten days behind in 1582; 1700, 1800 and 1900 were leap years by the old count only.
    let behind = match day.year() {
        ..1700 => 10,
        1700..1800 => 11,
        1800..1900 => 12,
        _ => 13,
    };
    day.checked_add_days(Days::new(behind))
}
