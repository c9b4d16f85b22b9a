//! The dead of an event in one article against its casualties in another: casualties are the dead
//! and the wounded together, so they cannot be fewer.

use crate::claim::Claim;
use crate::compare::arithmetic::{allowed, part_numbers};
use crate::compare::articles::{are_of_other_days, are_of_other_speakers, by_article, speaks, tie};
use crate::compare::copies::{ranks, source_groups};
use crate::compare::event::{self, Event, Scope};
use crate::compare::fact::is_near;
use crate::ingest::Article;
use crate::reference::{Indicator, Store};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// So many articles of one event are held against each other.
const MOST: usize = 64;

/// A count of casualties and a greater one of the dead among them, by their places among the
/// claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Confusion {
    /// The casualties.
    pub casualties: usize,
    /// The dead, in another article.
    pub killed: usize,
}

/// What one article says of the victims of an event.
#[derive(Debug, Default)]
struct Victims<'a> {
    article: usize,
    date: Option<NaiveDate>,
    name: Option<&'static str>,
    killed: Vec<(usize, &'a Claim)>,
    casualties: Vec<(usize, &'a Claim)>,
}

/// Casualties that are fewer than the dead that another article counts of the same event, at the
/// same time or earlier.
pub fn confusions(articles: &[Article], claims: &[Claim], store: &Store) -> Vec<Confusion> {
    let is_count = |claim: &Claim| claim.indicator.value == Indicator::Casualties;
    if !claims.iter().any(is_count) {
        return Vec::new();
    }
    let mut events: BTreeMap<String, Vec<Victims<'_>>> = BTreeMap::new();
    for own in by_article(claims) {
        let Some((_, first)) = own.first() else { continue };
        let Some(article) = articles.get(first.article) else { continue };
        for (event, victims) in victims(article, &own, store) {
            events.entry(event).or_default().push(victims);
        }
    }
    let mut found = Vec::new();
    for told in events.values_mut().filter(|told| told.len() > 1) {
        told.sort_by_key(|told| (told.date, articles.get(told.article).map(|a| &a.name)));
        let counted = told.iter().filter(|told| !told.casualties.is_empty());
        for b in counted.filter(|told| told.killed.is_empty()).take(MOST) {
            let killed = told.iter().filter(|a| a.article != b.article && !a.killed.is_empty());
            // One article that counts more dead is enough to say so.
            let mut near = killed.filter(|a| is_same_time_or_before(a, b)).take(MOST);
            found.extend(near.find_map(|a| confusion(articles, a, b)));
        }
    }
    found
}

/// What the article says of victims, by the event's place.
fn victims<'a>(
    article: &Article,
    own: &[(usize, &'a Claim)],
    store: &Store,
) -> BTreeMap<String, Victims<'a>> {
    let counts =
        |claim: &Claim| matches!(claim.indicator.value, Indicator::Killed | Indicator::Casualties);
    let mut found: BTreeMap<String, Victims<'a>> = BTreeMap::new();
    if !own.iter().any(|(_, claim)| counts(claim)) {
        return found;
    }
    let about = Event::of(article, own, store);
    let parts = part_numbers(&article.prose, own);
    for (index, claim) in own.iter().filter(|(index, c)| counts(c) && !parts.contains(index)) {
        let Some(tie) = tie(claim, article, &about, store) else { continue };
        let Some(event) = tie.key.event else { continue };
        if event::looks_back(claim, &article.prose, article.published) {
            continue;
        }
        let victims = found.entry(event).or_insert_with(|| Victims {
            article: claim.article,
            date: article.published,
            name: about.name,
            ..Victims::default()
        });
        if claim.indicator.value == Indicator::Killed {
            victims.killed.push((*index, claim));
        } else {
            victims.casualties.push((*index, claim));
        }
    }
    found
}

/// Whether the dead were counted on the day of the casualties, or some days before.
fn is_same_time_or_before(killed: &Victims<'_>, casualties: &Victims<'_>) -> bool {
    let (Some(a), Some(b)) = (killed.date, casualties.date) else { return false };
    (0..=2).contains(&(b - a).num_days()) && killed.name == casualties.name
}

/// The casualties of `b` that are fewer than the dead of `a`, if nothing else explains them.
fn confusion(articles: &[Article], a: &Victims<'_>, b: &Victims<'_>) -> Option<Confusion> {
    let prose = |claim: &Claim| articles.get(claim.article).map_or("", |a| a.prose.as_str());
    let fewer = |counted: &Claim, killed: &Claim| {
        let (most, least) = (allowed(&counted.quantity).upper, allowed(&killed.quantity).lower);
        most.zip(least).is_some_and(|(most, least)| most < least)
    };
    let recurring = event::is_recurring(a.name);
    let pairs = || b.casualties.iter().flat_map(|x| a.killed.iter().map(move |y| (x, y)));
    let all_fewer = pairs().all(|((_, x), (_, y))| fewer(x, y));
    let (counted, killed) = pairs().find(|((_, x), (_, y))| {
        let scope = |claim: &Claim| Scope::of(claim, prose(claim)).without_noun();
        speaks(x)
            && speaks(y)
            && is_near(x, y)
            && scope(x) == scope(y)
            && !are_of_other_days(x, y, recurring)
            && !are_of_other_speakers(x, y)
    })?;
    let two: Vec<Article> =
        [a, b].iter().filter_map(|told| articles.get(told.article)).cloned().collect();
    let groups = source_groups(&two, &ranks(&two));
    let are_copies = groups.first() == groups.last();
    (all_fewer && !are_copies).then_some(Confusion { casualties: counted.0, killed: killed.0 })
}
