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
use crate::compare::package;
use crate::compare::scene::{Reach, Scenes};
use crate::compare::{Evidence, Point, Series, SeriesKey, SeriesVerdict};
use crate::ingest::Article;
use crate::quantity::{Hedge, Interval, Kind};
use crate::reference::{Aspect, Indicator, ObservationId, Store};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Reports of one event follow each other; after a longer pause, in days, it is another event.
pub(crate) const PAUSE: i64 = 10;

/// How many articles of one time each article is held against.
const NEIGHBOURS: usize = 64;

/// How many sources are named in support of a claim.
const SUPPORTERS: usize = 8;

/// Words for sources that name nobody.
const NOBODY: &[&str] =
    &["figures", "reports", "data", "statistics", "media", "sources", "officials", "authorities"];

/// A claim on its way into a series.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    claim: usize,
    rank: usize,
    pub(crate) date: Option<NaiveDate>,
    measure: Option<String>,
    aspect: Option<Aspect>,
    event: Option<&'static str>,
}

/// What ties a claim to the claims of other articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    /// What they have in common.
    pub key: SeriesKey,
    /// Of an event at a spot: what it is called where only the state or the country is known.
    pub wide: Vec<String>,
    /// Whether only the state or the country of the event is known.
    pub is_wide: bool,
    /// The country of an event.
    pub country: Option<String>,
}

/// The articles that are held against each other, with their claims.
#[derive(Debug, Clone, Copy)]
pub struct Corpus<'a> {
    /// The articles: those that are checked, then those of the archive.
    pub articles: &'a [Article],
    /// How many of them are checked.
    pub given: usize,
    /// Their claims, article after article.
    pub claims: &'a [Claim],
}

/// What ties each claim of an article to the claims of others; `None` where nothing does.
pub fn ties(article: &Article, own: &[(usize, &Claim)], store: &Store) -> Vec<Option<Tie>> {
    let about = Event::of(article, own, store);
    let tie = |claim: &Claim| tie(claim, article, &about, store);
    own.iter().map(|(_, claim)| tie(claim).filter(|tie| is_particular(&tie.key))).collect()
}

/// What the articles say of the same things, series by series: those that two articles or more
/// speak of, and at least one that is checked.
pub fn series(corpus: Corpus<'_>, store: &Store) -> Vec<Series> {
    let Corpus { articles, claims, .. } = corpus;
    let ranks = ranks(articles);
    let groups = source_groups(articles, &ranks);
    let mut all: Vec<(Tie, Told)> = Vec::new();
    let mut scenes = Scenes::default();
    for own in by_article(claims) {
        let Some((_, first)) = own.first() else { continue };
        let Some(article) = articles.get(first.article) else { continue };
        let about = Event::of(article, &own, store);
        let parts = part_numbers(&article.prose, &own);
        let rank = ranks.get(first.article).copied().unwrap_or_default();
        scenes.add(&about, article, rank);
        for (index, claim) in own.iter().filter(|(index, _)| !parts.contains(index)) {
            let Some(tie) = tie(claim, article, &about, store) else { continue };
            let is_event = tie.key.event.is_some();
            if is_event && event::looks_back(claim, &article.prose, article.published) {
                continue;
            }
            let measure = claim.measure.as_ref();
            let told = Told {
                claim: *index,
                rank,
                date: article.published,
                measure: measure.map(|m| store.catalog.measure(m.value).key.to_string()),
                aspect: claim.aspect.as_ref().map(|aspect| aspect.value),
                event: about.name.filter(|_| is_event && tie.key.kind == Kind::Count.name()),
            };
            all.push((tie, told));
        }
    }
    scenes.sort();
    let mut told: BTreeMap<SeriesKey, Vec<Told>> = BTreeMap::new();
    for (mut tie, one) in all {
        if let Some((event, place)) = scenes.spot(&tie, &one) {
            (tie.key.event, tie.key.place) = (Some(event), place);
        }
        told.entry(tie.key).or_default().push(one);
    }
    let mut found = Vec::new();
    for (key, mut told) in told.into_iter().filter(|(key, _)| is_particular(key)) {
        told.sort_by_key(|told| (told.date.is_none(), told.date, told.rank, told.claim));
        let pause = |a: &Told, b: &Told| match (a.date, b.date) {
            (Some(a), Some(b)) => key.event.is_none() || (b - a).num_days() <= PAUSE,
            _ => a.date == b.date,
        };
        for told in told.chunk_by(pause) {
            found.extend(finished(&key, told, corpus, &groups, store));
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

/// What ties a claim to others; `None` for a claim that nothing ties. The measure is left out where
/// an event tells the claims apart, and so is its date.
fn tie(claim: &Claim, article: &Article, about: &Event, store: &Store) -> Option<Tie> {
    if let Some(key) = package::key(claim, article) {
        return Some(Tie { key, wide: Vec::new(), is_wide: false, country: None });
    }
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
    if event::counts_victims(claim, article.published)
        && claim.quantity.kind == Kind::Count
        && !event::counts_several(claim, &article.prose)
        && let Some((reach, at)) = about.scene.anchor(claim, article, &store.catalog)
    {
        let event = if reach == Reach::Spot { Some(at.clone()) } else { about.wide(&at) };
        let is_narrow = event.is_some() && event == about.narrow().map(|(event, _)| event);
        let is_wide = reach != Reach::Spot && !is_narrow;
        let is_storm = is_narrow && about.scene.is_storm;
        if event.is_some() {
            key.subject = event::victims(claim, &article.prose);
            key.unit = Some("person".to_owned());
            (key.event, key.place) = (event, Some(at).filter(|_| !is_storm));
            let wide = if is_wide { Vec::new() } else { about.wide_names() };
            return Some(Tie { key, wide, is_wide, country: about.scene.country.clone() });
        }
    }
    key.measure = measure;
    key.aspect = claim.aspect.as_ref().map(|aspect| aspect.value.name().to_owned());
    key.period = period(claim, article.published);
    Some(Tie { key, wide: Vec::new(), is_wide: false, country: None })
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
    corpus: Corpus<'_>,
    groups: &[usize],
    store: &Store,
) -> Option<Series> {
    let Corpus { claims, given, .. } = corpus;
    let is_archived = |told: &Told| claims.get(told.claim).is_some_and(|c| c.article >= given);
    // What came out after everything that is checked tells of nothing that could be known.
    let last = told.iter().filter(|told| !is_archived(told)).map(|told| told.date).max()?;
    let counts = |told: &&Told| !is_archived(told) || told.date <= last;
    let told: Vec<Told> = told.iter().filter(counts).cloned().collect();
    let told = &told;
    let first = told.first()?;
    if told.iter().all(|other| other.rank == first.rank) {
        return None;
    }
    let mut key = key.clone();
    if let Some(place) = &key.event {
        let name = commonest(told.iter().filter_map(|told| told.event));
        // Of a wide event the family stands first; its name says more.
        let at = place.rsplit(' ').next().filter(|at| key.place.as_deref() == Some(at));
        let at = at.unwrap_or(place);
        let named = name.map_or_else(|| at.to_owned(), |name| format!("{name} {at}"));
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
        let archived = claim.article >= given;
        Some(Point { claim: told.claim, lower, upper, source_group, date: told.date, archived })
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
    // In the order of the series, which is the same in whatever order the articles were given.
    let turn = |claim: &usize| series.points.iter().position(|point| point.claim == *claim);
    let in_turn = |against: BTreeSet<usize>| {
        let mut against: Vec<usize> = against.into_iter().collect();
        against.sort_by_key(turn);
        against
    };
    found.into_iter().map(|(claim, against)| (claim, in_turn(against))).collect()
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
    archived: bool,
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
            let Point { source_group: group, archived, .. } = *point;
            found.push(Story { prose, date, group, archived, claims: Vec::new() });
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
    if a.group == b.group || (a.archived && b.archived) || b.archived && b.date > a.date {
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
    date: Option<NaiveDate>,
    archived: bool,
    supports: Interval,
    allows: Interval,
}

fn supported(series: &Series, claims: &[Claim]) -> Vec<(usize, Vec<Evidence>)> {
    let voice = |point: &Point| {
        let claim = claims.get(point.claim).filter(|c| c.quantity.hedge != Hedge::Vague)?;
        let (supports, allows) = (claim.interval(), allowed(&claim.quantity));
        let Point { claim, source_group: group, date, archived, .. } = *point;
        Some(Voice { claim, group, date, archived, supports, allows })
    };
    let voices: Vec<Voice> = series.points.iter().filter_map(voice).collect();
    let evidence = |own: &Voice| {
        let mut agreeing: BTreeMap<usize, usize> = BTreeMap::new();
        let could_be_known = |other: &&Voice| !other.archived || other.date <= own.date;
        let others = voices.iter().filter(|other| other.group != own.group);
        for other in others.filter(could_be_known) {
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
    voices.iter().filter(|own| !own.archived).filter_map(evidence).collect()
}

#[cfg(test)]
mod tests;
