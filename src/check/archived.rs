//! What an article puts into an archive, and what it asks of one: both by the keys that tie claims
//! into series.

use crate::archive::{Bond, Entry, Filed, Key, Wanted};
use crate::claim::Claim;
use crate::compare::{SeriesKey, Tie, ties};
use crate::ingest::Article;
use crate::reference::Store;
use chrono::{Days, NaiveDate};

/// How far back, in days, the reports of one event are looked for.
const EVENT: Days = Days::new(30);

/// The article as an archive keeps it.
pub fn entry<'a>(article: &'a Article, claims: &'a [Claim], store: &Store) -> Entry<'a> {
    let own: Vec<(usize, &Claim)> = claims.iter().enumerate().collect();
    let filed = claims.iter().zip(ties(article, &own, store)).map(|(claim, tie)| {
        let measure =
            claim.measure.as_ref().map(|m| store.catalog.measure(m.value).key.to_string());
        let at = place(claim, store);
        let at_spot = |tie: &Tie| tie.key.place.clone().filter(|_| tie.key.event.is_some());
        let at = tie.as_ref().and_then(at_spot).or(at);
        match tie {
            Some(tie) => Filed { claim, key: key(&tie), measure, at, bond: Some(bond(tie)) },
            None => Filed { claim, key: untied(claim, at.clone()), measure, at, bond: None },
        }
    });
    Entry { article, claims: filed.collect() }
}

/// Which claims of an archive the article may be held against: those tied to its own that came out
/// no later.
pub(crate) fn wanted(article: &Article, claims: &[Claim], store: &Store) -> Vec<Wanted> {
    let Some(to) = article.published else { return Vec::new() };
    let own: Vec<(usize, &Claim)> = claims.iter().enumerate().collect();
    let mut wanted = Vec::new();
    for tie in ties(article, &own, store).into_iter().flatten() {
        let is_event = tie.key.event.is_some();
        let start = if is_event { to.checked_sub_days(EVENT) } else { None };
        let from = start.or(NaiveDate::from_ymd_opt(1, 1, 1)).unwrap_or(to);
        let (key, bond) = (key(&tie), bond(tie));
        if is_event && !key.place.is_empty() {
            // Others may not have said in which country it was.
            let nowhere = Key { place: String::new(), ..key.clone() };
            wanted.push(Wanted { key: nowhere, bond: bond.clone(), from, to });
        }
        wanted.push(Wanted { key, bond, from, to });
    }
    wanted
}

/// What a tied claim is filed under: where an event ties it, its country.
fn key(tie: &Tie) -> Key {
    let SeriesKey { indicator, place, kind, unit, event, .. } = tie.key.clone();
    let place = if event.is_some() { tie.country.clone() } else { place };
    let (place, unit) = (place.unwrap_or_default(), unit.unwrap_or_default());
    Key { indicator, place, kind, unit }
}

/// What else ties it: the event, or all that its key leaves out.
fn bond(tie: Tie) -> Bond {
    let Tie { key, wide, .. } = tie;
    if let Some(own) = key.event {
        let mut wide = wide.into_iter();
        return Bond { own, state: wide.next(), country: wide.next() };
    }
    let parts = [key.measure, key.subject, key.aspect, key.period];
    let own = parts.map(Option::unwrap_or_default).join("|");
    Bond { own, ..Bond::default() }
}

/// The key of a claim that nothing ties to others.
fn untied(claim: &Claim, at: Option<String>) -> Key {
    Key {
        indicator: claim.indicator.value.name().to_owned(),
        place: at.unwrap_or_default(),
        kind: claim.quantity.kind.name().to_owned(),
        unit: claim.quantity.unit.as_deref().unwrap_or_default().to_owned(),
    }
}

fn place(claim: &Claim, store: &Store) -> Option<String> {
    claim.place.as_ref().map(|place| match place.value.id {
        Some(id) => store.catalog.place(id).id.to_string(),
        None => place.value.shown.clone(),
    })
}
