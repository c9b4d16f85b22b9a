//! Ages and years beside the dates that give them.

use crate::claim::Modality;
use crate::compare::arithmetic::allowed;
use crate::compare::arithmetic::line::Line;
use crate::compare::arithmetic::moment::Moment;
use crate::compare::arithmetic::pattern::{ELAPSED_BOOK, Match, Role, Sort};
use crate::compare::arithmetic::relation::tokens_of;
use crate::compare::arithmetic::sentence::Indexed;
use crate::ingest::Article;
use crate::number::Decimal;
use crate::quantity::{Interval, Kind, Quantity};
use crate::segment::sentences;
use crate::text::{Prose, Span};
use chrono::{Datelike, NaiveDate};

/// Words before an age of once.
const PAST_AGE: &[&str] = &["at", "age", "aged", "when", "then", "of"];

/// An age or a number of years that the dates beside it do not give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongTime {
    /// The claim, by its index in the review.
    pub claim: usize,
    /// The dates, and what they are.
    pub dates: Vec<(Span<Prose>, &'static str)>,
    /// What is so: `from 1998 to 2005 it is 7 years, not 12`.
    pub text: String,
}

/// What a match comes to.
#[derive(Debug)]
pub(crate) struct Reckoned {
    pub(crate) wrong: WrongTime,
    pub(crate) holds: bool,
}

/// The ages and years of an article that no reading of its dates gives. The claims are the
/// article's, in text order, with their indices in the review.
pub fn wrong_times(article: &Article, claims: &[Indexed<'_>]) -> Vec<WrongTime> {
    let prose = article.prose.as_str();
    let mut found: Vec<Reckoned> = Vec::new();
    for block in &article.blocks {
        let (start, end) = (block.span.start(), block.span.end());
        let own = slice(claims, start, end);
        if !own.iter().any(|(_, claim)| is_age(&claim.quantity)) {
            continue;
        }
        let spans = sentences(prose, block.span);
        let counted = |span: &Span<Prose>| slice(own, span.start(), span.end());
        for (at, span) in spans.iter().enumerate() {
            let next = spans.get(at + 1);
            let both = [Some(span), next].into_iter().flatten();
            let has_age =
                |span: &Span<Prose>| counted(span).iter().any(|(_, c)| is_age(&c.quantity));
            if !both.clone().any(has_age) || !both.clone().any(|span| has_year(span.of(prose))) {
                continue;
            }
            let tokens = (tokens_of(prose, *span), next.map(|next| tokens_of(prose, *next)));
            let behind = next.map(counted).zip(tokens.1.as_ref());
            let line = Line::dated(prose, (counted(span), &tokens.0), behind);
            let fits = ELAPSED_BOOK.matches(&line).into_iter();
            found.extend(fits.filter_map(|(_, fits)| reckoned(&line, &fits, article.published)));
        }
    }
    let held: Vec<usize> = found.iter().filter(|r| r.holds).map(|r| r.wrong.claim).collect();
    found.retain(|r| !held.contains(&r.wrong.claim));
    found.sort_by_key(|r| r.wrong.claim);
    found.dedup_by_key(|r| r.wrong.claim);
    found.into_iter().map(|r| r.wrong).collect()
}

/// Whether four digits stand in a row, as in a year.
fn has_year(text: &str) -> bool {
    text.as_bytes().windows(4).any(|four| four.iter().all(u8::is_ascii_digit))
}

/// The claims whose numbers stand between two places.
fn slice<'s, 'a>(claims: &'s [Indexed<'a>], start: usize, end: usize) -> &'s [Indexed<'a>] {
    let from = claims.partition_point(|(_, claim)| claim.quantity.span.start() < start);
    let to = claims.partition_point(|(_, claim)| claim.quantity.span.start() < end);
    claims.get(from..to).unwrap_or_default()
}

/// Whether the quantity is an age or a number of years.
fn is_time(quantity: &Quantity) -> bool {
    matches!(quantity.kind, Kind::Age | Kind::Duration) && quantity.unit.as_deref() == Some("y")
}

/// Whether the quantity is a number of years.
fn is_years(quantity: &Quantity) -> bool {
    quantity.kind == Kind::Duration && quantity.unit.as_deref() == Some("y")
}

/// Whether the quantity may be an age where a pattern asks for one: one that is bare, as in `she
/// is 58 and well`, or too great for a person's, as in `is 150 years old`.
fn is_age(quantity: &Quantity) -> bool {
    let bare = quantity.kind == Kind::Count
        && quantity.noun.as_ref().is_none_or(|noun| noun.phrase.is_empty())
        && quantity.lower >= Decimal::TEN
        && quantity.upper < Decimal::from(130);
    is_time(quantity) || bare
}

/// What the dates of a match give, and whether its age or time can be that.
pub(crate) fn reckoned(
    line: &Line<'_, '_>,
    fits: &Match,
    published: Option<NaiveDate>,
) -> Option<Reckoned> {
    let aged = line.in_role(fits, Role::Age).filter(|(_, quantity)| is_age(quantity));
    let lasting = || line.in_role(fits, Role::Time).filter(|(_, quantity)| is_years(quantity));
    let (number, quantity) = aged.or_else(lasting)?;
    let (index, claim) = line.claims.get(number).copied()?;
    if claim.modality.value != Modality::Asserted || is_of_another(line, fits) {
        return None;
    }
    let moment = |role| line.moments.get(fits.role(role)?).copied();
    let today = published.map(Moment::day);
    let (start, end, kind) = match fits.sort {
        Sort::Life => (moment(Role::Born)?, moment(Role::Died)?, Kind::Age),
        Sort::Alive => (moment(Role::Born)?, today?, Kind::Age),
        Sort::Span => (moment(Role::Start)?, moment(Role::End)?, Kind::Duration),
        Sort::Ago => (moment(Role::Start)?, today?, Kind::Duration),
        _ => return None,
    };
    if end.last < start.first {
        return None;
    }
    let years = if kind == Kind::Age { age(start, end) } else { elapsed(start, end) };
    let holds = years.overlaps(allowed(quantity));
    let says = |moment: Moment| match moment.span.of(line.prose) {
        "" => format!("the article's {}", moment.first.year()),
        words => words.split_whitespace().collect::<Vec<_>>().join(" "),
    };
    let (from, to) = (says(start), says(end));
    let shown = line.words(number);
    let text = if kind == Kind::Age {
        format!("from {from} to {to} one turns {}, not {shown}", turned(start, end))
    } else {
        format!("from {from} to {to} it is {}, not {shown}", counted(start, end))
    };
    let dates = [(start, "from here"), (end, "to here")].into_iter();
    let dates = dates.filter(|(moment, _)| !moment.span.is_empty());
    let dates = dates.map(|(moment, says)| (moment.span, says)).collect();
    Some(Reckoned { wrong: WrongTime { claim: index, dates, text }, holds })
}

/// Whether somebody else comes between the dates and the age, or the sentence looks back from
/// another day than the article's.
fn is_of_another(line: &Line<'_, '_>, fits: &Match) -> bool {
    let (start, end) = fits.items;
    match fits.sort {
        Sort::Life => line.has(start, end, "kin"),
        // Of somebody who has died, the age is not that of today.
        Sort::Alive => {
            let age = fits.role(Role::Age).and_then(|number| line.quantity(number));
            // `a picture of her at age 4`
            let past = age.is_some_and(|age| {
                let before = line.prose.get(..age.span.start()).unwrap_or_default();
                let word = before.trim_end().rsplit(char::is_whitespace).next();
                word.is_some_and(|word| PAST_AGE.contains(&word.to_lowercase().as_str()))
            });
            past || line.has(start, end, "kin")
                || line.has(0, line.items.len(), "died")
                || line.moments.len() > 1
        }
        // `12 years ago, in 2007` says itself from when it counts.
        Sort::Ago if (start..end).any(|at| line.word(at) == "ago") => false,
        Sort::Ago => line.has(0, line.items.len(), "before") || line.moments.len() > 1,
        _ => line.has(start.saturating_sub(2), end, "again"),
    }
}

impl Moment {
    /// The day of the article, which no words give.
    fn day(day: NaiveDate) -> Self {
        Self { first: day, last: day, span: Span::new(0, 0) }
    }
}

/// Full years from one day to another.
fn full_years(from: NaiveDate, to: NaiveDate) -> i32 {
    let before = (to.month(), to.day()) < (from.month(), from.day());
    to.year() - from.year() - i32::from(before)
}

/// The ages that somebody born then may have, on either side of the birthday.
fn age(born: Moment, at: Moment) -> Interval {
    Interval::new(
        Decimal::from(full_years(born.last, at.first)),
        Decimal::from(full_years(born.first, at.last)),
    )
}

/// The years from one date to another: as many as the years differ by, and one more or less,
/// since the first and the last may count, and neither is given to the day.
fn elapsed(start: Moment, end: Moment) -> Interval {
    let years = end.first.year() - start.first.year();
    Interval::new(Decimal::from(years - 1), Decimal::from(years + 1))
}

fn turned(born: Moment, at: Moment) -> String {
    let (low, high) = (full_years(born.last, at.first), full_years(born.first, at.last));
    if low == high { high.to_string() } else { format!("{low} or {high}") }
}

fn counted(start: Moment, end: Moment) -> String {
    match end.first.year() - start.first.year() {
        1 => "1 year".to_owned(),
        years => format!("{years} years"),
    }
}
