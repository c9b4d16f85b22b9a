//! Claims against the claims of other articles: series of one fact, and how their points agree.

mod categories;
mod decrease;

pub use crate::compare::articles::categories::{Confusion, confusions};
pub use crate::compare::articles::decrease::{Decrease, decreases};

use crate::claim::{Claim, Modality};
use crate::compare::arithmetic::{allowed, part_numbers};
use crate::compare::copies::{ranks, source_groups};
use crate::compare::event::{self, Event, Scope, commonest};
use crate::compare::fact::is_near;
use crate::compare::{Evidence, Point, Series, SeriesKey, SeriesVerdict};
use crate::ingest::{Article, address};
use crate::quantity::{Hedge, Interval, Kind};
use crate::reference::{Aspect, Indicator, ObservationId, Store};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Reports of one event follow each other; after a longer pause, in days, it is another event.
const PAUSE: i64 = 10;

/// How many articles of one time each article is held against.
const NEIGHBOURS: usize = 64;

/// How many sources are named in support of a claim.
const SUPPORTERS: usize = 8;

/// Words for sources that name nobody.
const NOBODY: &[&str] =
    &["figures", "reports", "data", "statistics", "media", "sources", "officials", "authorities"];

/// A claim on its way into a series.
#[derive(Debug, Clone)]
struct Told {
    claim: usize,
    rank: usize,
    date: Option<NaiveDate>,
    measure: Option<String>,
    aspect: Option<Aspect>,
    event: Option<&'static str>,
}

/// For each article the addresses it is found at: its own, and those of its copies that some row
/// was drawn from.
pub fn addresses<'a>(articles: &'a [Article], store: &Store) -> Vec<Vec<&'a str>> {
    let own = |article: &'a Article| article.url.as_deref().map(address);
    let mut found: Vec<Vec<&str>> = articles.iter().map(|a| own(a).into_iter().collect()).collect();
    if articles.len() < 2 {
        return found;
    }
    let all: BTreeSet<&str> = articles.iter().filter_map(own).collect();
    let drawn: BTreeSet<&str> =
        (store.observations()).filter_map(|row| all.get(address(&row.url)).copied()).collect();
    if drawn.is_empty() {
        return found;
    }
    let groups = source_groups(articles, &ranks(articles));
    for (at, group) in groups.iter().enumerate() {
        let copies = articles.iter().zip(&groups).filter(|(_, other)| *other == group);
        let copied = copies.filter_map(|(other, _)| own(other)).filter(|a| drawn.contains(a));
        if let Some(slot) = found.get_mut(at) {
            slot.extend(copied);
        }
    }
    found
}

/// What the articles say of the same things, series by series: those that two articles or more
/// speak of.
pub fn series(articles: &[Article], claims: &[Claim], store: &Store) -> Vec<Series> {
    let ranks = ranks(articles);
    let groups = source_groups(articles, &ranks);
    let mut told: BTreeMap<SeriesKey, Vec<Told>> = BTreeMap::new();
    for own in by_article(claims) {
        let Some((_, first)) = own.first() else { continue };
        let Some(article) = articles.get(first.article) else { continue };
        let about = Event::of(article, &own, store);
        let parts = part_numbers(&article.prose, &own);
        let rank = ranks.get(first.article).copied().unwrap_or_default();
        for (index, claim) in own.iter().filter(|(index, _)| !parts.contains(index)) {
            let Some((key, event)) = key(claim, article, &about, store) else { continue };
            if event::looks_back(claim, &article.prose, article.published) && key.event.is_some() {
                continue;
            }
            let measure = claim.measure.as_ref();
            told.entry(key).or_default().push(Told {
                claim: *index,
                rank,
                date: article.published,
                measure: measure.map(|m| store.catalog.measure(m.value).key.to_string()),
                aspect: claim.aspect.as_ref().map(|aspect| aspect.value),
                event,
            });
        }
    }
    let mut found = Vec::new();
    for (key, mut told) in told.into_iter().filter(|(key, _)| is_particular(key)) {
        told.sort_by_key(|told| (told.date.is_none(), told.date, told.rank, told.claim));
        let pause = |a: &Told, b: &Told| match (a.date, b.date) {
            (Some(a), Some(b)) => key.event.is_none() || (b - a).num_days() <= PAUSE,
            _ => a.date == b.date,
        };
        for told in told.chunk_by(pause) {
            found.extend(finished(&key, told, claims, &groups, store));
        }
    }
    for series in &mut found {
        series.verdict = verdict(series, articles, claims);
    }
    found.sort_by(|a, b| a.key.cmp(&b.key));
    found
}

/// Whether the key says of what the figures are: "84 percent" here and "77 percent" there are of
/// nothing in common.
fn is_particular(key: &SeriesKey) -> bool {
    let of_something = key.place.is_some() || key.subject.is_some();
    key.event.is_some() || key.measure.is_some() && of_something
}

fn by_article(claims: &[Claim]) -> Vec<Vec<(usize, &Claim)>> {
    let indexed: Vec<(usize, &Claim)> = claims.iter().enumerate().collect();
    indexed.chunk_by(|(_, a), (_, b)| a.article == b.article).map(<[_]>::to_vec).collect()
}

/// What ties a claim to others, and the event it belongs to; `None` for a claim that nothing ties.
/// The measure is left out where an event tells the claims apart, and so is its date.
fn key(
    claim: &Claim,
    article: &Article,
    about: &Event,
    store: &Store,
) -> Option<(SeriesKey, Option<&'static str>)> {
    let measure = claim.measure.as_ref().map(|m| store.catalog.measure(m.value).key.to_string());
    let indicator = claim.indicator.value;
    if indicator == Indicator::Other && measure.is_none()
        || claim.modality.value != Modality::Asserted
        || matches!(claim.quantity.kind, Kind::Age | Kind::Duration)
        || claim.quantity.other.is_some()
    {
        return None;
    }
    let unit = if claim.quantity.is_people() {
        Some("person".to_owned())
    } else {
        claim.quantity.unit.as_deref().map(str::to_owned)
    };
    let place = claim.place.as_ref().map(|place| &place.value);
    let mut key = SeriesKey {
        indicator: indicator.name().to_owned(),
        subject: claim.subject.as_ref().map(|subject| subject.value.slug().to_owned()),
        place: place.map(|place| event::key(place, store)),
        kind: claim.quantity.kind.name().to_owned(),
        unit,
        ..SeriesKey::default()
    };
    if event::counts_victims(claim, article.published) {
        let at = place.filter(|place| event::is_spot(place, store));
        let spot = at.map(|place| event::key(place, store)).or_else(|| about.spot.clone());
        let country = match place {
            Some(place) => place.country.clone(),
            None => about.country.clone(),
        };
        (key.event, key.place) = match (spot, about.name, country) {
            (Some(spot), ..) => (Some(spot.clone()), Some(spot)),
            (None, Some(name), Some(country)) => (Some(format!("{name} {country}")), Some(country)),
            _ => (None, key.place),
        };
        if key.event.is_some() {
            return Some((key, about.name));
        }
    }
    key.measure = measure;
    key.aspect = claim.aspect.as_ref().map(|aspect| aspect.value.name().to_owned());
    key.period = period(claim, article.published);
    Some((key, None))
}

/// The stretch of time that a claim counts over, where it is not the time of its article.
fn period(claim: &Claim, published: Option<NaiveDate>) -> Option<String> {
    let when = &claim.when.as_ref()?.value;
    match (&when.start, when.end) {
        (Some(start), _) if when.since => Some(format!("{start}/")),
        (Some(start), Some(end)) if !event::is_recent(claim, published) || start.len() < 10 => {
            Some(format!("{start}/{end}"))
        }
        (None, Some(end)) if !event::is_recent(claim, published) => Some(format!("/{end}")),
        _ => None,
    }
}

/// The series of claims that belong together, if two articles or more speak of it.
fn finished(
    key: &SeriesKey,
    told: &[Told],
    claims: &[Claim],
    groups: &[usize],
    store: &Store,
) -> Option<Series> {
    let first = told.first()?;
    if told.iter().all(|other| other.rank == first.rank) {
        return None;
    }
    let mut key = key.clone();
    if let Some(place) = &key.event {
        let name = commonest(told.iter().filter_map(|told| told.event));
        let named = match name {
            Some(name) if !place.starts_with(name) => format!("{name} {place}"),
            _ => place.clone(),
        };
        let date = first.date.map(|date| format!(" {date}")).unwrap_or_default();
        key.event = Some(format!("{named}{date}"));
        key.measure = commonest(told.iter().filter_map(|told| told.measure.clone()));
        let aspect = commonest(told.iter().filter_map(|told| told.aspect));
        key.aspect = aspect.map(|aspect| aspect.name().to_owned());
    }
    let point = |told: &Told| {
        let claim = claims.get(told.claim)?;
        let source_group = groups.get(claim.article).copied().unwrap_or_default();
        let (lower, upper) = (claim.quantity.lower, claim.quantity.upper);
        Some(Point { claim: told.claim, lower, upper, source_group })
    };
    let points: Vec<Point> = told.iter().filter_map(point).collect();
    let reference = rows(&key, told, store);
    Some(Series { key, points, reference, verdict: SeriesVerdict::Agree })
}

/// The reference rows of the series' measure, place and time.
fn rows(key: &SeriesKey, told: &[Told], store: &Store) -> Vec<ObservationId> {
    let Some(measure) = key.measure.as_deref().and_then(|m| store.catalog.measure_named(m)) else {
        return Vec::new();
    };
    let mut dates = told.iter().filter_map(|told| told.date);
    let Some(first) = dates.next() else { return Vec::new() };
    let last = dates.next_back().unwrap_or(first);
    let there = |rows: &&[ObservationId]| {
        let place = rows.last().and_then(|id| store.observation(*id).place);
        place.map(|place| &*store.catalog.place(place).id) == key.place.as_deref()
    };
    let then = |id: &ObservationId| {
        let day = store.days(*id).0;
        (day - first).num_days() >= -PAUSE && (day - last).num_days() <= PAUSE
    };
    let rows = store.series(measure).filter(there).flatten().copied().filter(then);
    let mut rows: Vec<ObservationId> = rows.collect();
    rows.sort_by_key(|id| (store.days(*id), *id));
    rows
}

/// How the points of a series agree.
fn verdict(series: &Series, articles: &[Article], claims: &[Claim]) -> SeriesVerdict {
    if !conflicts(series, articles, claims).is_empty() {
        return SeriesVerdict::Conflict;
    }
    let date = |claim: &Claim| articles.get(claim.article).and_then(|article| article.published);
    let told = series.points.iter().filter_map(|point| claims.get(point.claim));
    let told: Vec<&Claim> = told.filter(|claim| claim.quantity.hedge != Hedge::Vague).collect();
    let grows = told.windows(2).any(|pair| match pair {
        [a, b] => date(a) < date(b) && !fits(a, b) && a.quantity.lower < b.quantity.lower,
        _ => false,
    });
    if grows { SeriesVerdict::Grow } else { SeriesVerdict::Agree }
}

fn fits(a: &Claim, b: &Claim) -> bool {
    allowed(&a.quantity).overlaps(allowed(&b.quantity))
}

/// The claims of a series that other sources contradict, with those that do: same time, figures
/// apart, sources not the same copy, and nobody else named as the one who says so.
pub fn conflicts(
    series: &Series,
    articles: &[Article],
    claims: &[Claim],
) -> Vec<(usize, Vec<usize>)> {
    if !is_anchored(&series.key) {
        return Vec::new();
    }
    let stories = stories(series, articles, claims);
    let mut found: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (at, a) in stories.iter().enumerate() {
        let later = stories.iter().skip(at + 1).take(NEIGHBOURS);
        for b in later.take_while(|b| days_between(a, b).is_some_and(|days| days <= 1)) {
            if let Some((x, y)) = conflict(series, a, b) {
                found.entry(x).or_default().insert(y);
                found.entry(y).or_default().insert(x);
            }
        }
    }
    found.into_iter().map(|(claim, against)| (claim, against.into_iter().collect())).collect()
}

/// Whether the key says enough to take two claims for the same fact.
fn is_anchored(key: &SeriesKey) -> bool {
    key.event.is_some()
        || key.place.is_some()
            && key.indicator != Indicator::Other.name()
            && key.aspect.as_deref() == Some(Aspect::Cumulative.name())
            && key.period.is_some()
}

/// The claims of one article in a series.
struct Story<'a> {
    prose: &'a str,
    date: Option<NaiveDate>,
    group: usize,
    claims: Vec<(usize, &'a Claim)>,
}

fn stories<'a>(series: &Series, articles: &'a [Article], claims: &'a [Claim]) -> Vec<Story<'a>> {
    let mut found: Vec<Story<'a>> = Vec::new();
    let mut last = None;
    for point in &series.points {
        let Some(claim) = claims.get(point.claim) else { continue };
        if last != Some(claim.article) {
            let Some(article) = articles.get(claim.article) else { continue };
            let (prose, date) = (article.prose.as_str(), article.published);
            found.push(Story { prose, date, group: point.source_group, claims: Vec::new() });
            last = Some(claim.article);
        }
        if let Some(story) = found.last_mut() {
            story.claims.push((point.claim, claim));
        }
    }
    found
}

fn days_between(a: &Story<'_>, b: &Story<'_>) -> Option<i64> {
    Some((b.date? - a.date?).num_days().abs())
}

/// The claims in which two stories conflict, the earlier story's first.
fn conflict(series: &Series, a: &Story<'_>, b: &Story<'_>) -> Option<(usize, usize)> {
    if a.group == b.group {
        return None;
    }
    let pairs = || a.claims.iter().flat_map(|x| b.claims.iter().map(move |y| (x, y)));
    if pairs().any(|((_, x), (_, y))| fits(x, y)) {
        return None;
    }
    let recurring = is_recurring_event(&series.key);
    let found = pairs().find(|((_, x), (_, y))| {
        let grown = a.date != b.date && x.quantity.lower < y.quantity.lower;
        speaks(x)
            && speaks(y)
            && !grown
            && is_near(x, y)
            && Scope::of(x, a.prose) == Scope::of(y, b.prose)
            && !are_of_other_days(x, y, recurring)
            && !are_of_other_speakers(x, y)
    });
    let found = found.map(|((x, _), (y, _))| (*x, *y));
    found.filter(|_| !decrease::is_revised(a.prose) && !decrease::is_revised(b.prose))
}

/// Whether the claim gives a figure in the paper's own words.
fn speaks(claim: &Claim) -> bool {
    claim.quantity.hedge != Hedge::Vague && !claim.quoted
}

/// Whether the series is of an event of which nothing but a date tells two apart.
fn is_recurring_event(key: &SeriesKey) -> bool {
    let name = key.event.as_deref().and_then(|event| event.split(' ').next());
    key.event.is_some() && event::is_recurring(name)
}

/// Whether the claims speak of two days; of an event that recurs, unless both name the same day.
fn are_of_other_days(a: &Claim, b: &Claim, recurring: bool) -> bool {
    let day = |claim: &Claim| {
        let when = &claim.when.as_ref()?.value;
        let start = when.start.as_ref().filter(|start| start.len() == 10 && !when.since)?;
        Some(start.clone())
    };
    match (day(a), day(b)) {
        (Some(a), Some(b)) => a != b,
        _ => recurring,
    }
}

/// Whether each claim is attributed, and to someone else.
pub(crate) fn are_of_other_speakers(a: &Claim, b: &Claim) -> bool {
    let (Some(a), Some(b)) = (&a.attributed_to, &b.attributed_to) else { return false };
    let ((a, x), (b, y)) = (&a.value, &b.value);
    if x.is_some() && y.is_some() {
        return x != y;
    }
    let words = |text: &str| {
        let words = text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
        words.filter(|word| word.len() > 3).collect::<BTreeSet<_>>()
    };
    let (a, b) = (words(a), words(b));
    // Who says `according to figures` names nobody.
    let nobody =
        |words: &BTreeSet<String>| words.iter().all(|word| NOBODY.contains(&word.as_str()));
    a.is_disjoint(&b) && !nobody(&a) && !nobody(&b)
}

/// The claims that at least two other sources bear out and none contradicts, with those sources'
/// claims: one for each source.
pub fn supporters(series: &[Series], claims: &[Claim]) -> Vec<(usize, Vec<Evidence>)> {
    let anchored = series.iter().filter(|series| is_anchored(&series.key));
    let mut found: Vec<_> = anchored.flat_map(|series| supported(series, claims)).collect();
    found.sort_by_key(|(claim, _)| *claim);
    found
}

/// A claim's source and its values, ready to be compared many times.
struct Voice {
    claim: usize,
    group: usize,
    supports: Interval,
    allows: Interval,
}

fn supported(series: &Series, claims: &[Claim]) -> Vec<(usize, Vec<Evidence>)> {
    let voice = |point: &Point| {
        let claim = claims.get(point.claim).filter(|c| c.quantity.hedge != Hedge::Vague)?;
        let (supports, allows) = (claim.interval(), allowed(&claim.quantity));
        Some(Voice { claim: point.claim, group: point.source_group, supports, allows })
    };
    let voices: Vec<Voice> = series.points.iter().filter_map(voice).collect();
    let evidence = |own: &Voice| {
        let mut agreeing: BTreeMap<usize, usize> = BTreeMap::new();
        for other in voices.iter().filter(|other| other.group != own.group) {
            if !other.allows.overlaps(own.allows) {
                return None;
            }
            if agreeing.len() < SUPPORTERS && other.supports.overlaps(own.supports) {
                agreeing.entry(other.group).or_insert(other.claim);
            }
        }
        let agreeing = (agreeing.len() > 1).then_some(agreeing)?.into_iter();
        let evidence =
            agreeing.map(|(source_group, claim)| Evidence::Articles { claim, source_group });
        Some((own.claim, evidence.collect()))
    };
    voices.iter().filter_map(evidence).collect()
}

#[cfg(test)]
mod tests;
