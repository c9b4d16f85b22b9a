//! Archived claims that rows published since make wrong.

use crate::archive::{Archive, Error};
use crate::check::{AsOf, Settings, read};
use crate::claim::Claim;
use crate::compare::{Comparison, Slip, Stand};
use crate::ingest::Article;
use crate::reference::{ObservationId, Store};
use crate::text::Sources;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// How many articles are read at a time.
const AT_ONCE: usize = 256;

/// An archived claim that a row makes wrong.
#[derive(Debug, Clone)]
pub struct Affected {
    /// Its article.
    pub article: Article,
    /// The claim.
    pub claim: Claim,
    /// The row.
    pub row: ObservationId,
}

/// The claims of the archive that are wrong by what is known now, where a row says so that was
/// published on the day `since` or later; by any row without one. The oldest articles come first.
///
/// # Errors
/// When the archive cannot be read.
pub fn affected(
    archive: &Archive,
    store: &Store,
    since: Option<NaiveDate>,
) -> Result<Vec<Affected>, Error> {
    let is_new =
        |id: &ObservationId| since.is_none_or(|day| store.observation(*id).known_from() >= day);
    let changed: BTreeSet<ObservationId> = store.ids().filter(is_new).collect();
    let topics: BTreeSet<(&str, &str)> = changed
        .iter()
        .map(|id| store.observation(*id))
        .map(|row| (row.claim_indicator.name(), &*store.catalog.measure(row.measure).key))
        .collect();
    let settings = Settings { as_of: AsOf::Now, ..Settings::default() };
    let mut found = Vec::new();
    for ids in archive.about(&topics)?.chunks(AT_ONCE) {
        let reading = read(archive.articles(ids, &mut Sources::new())?, store, &settings);
        let judged = reading.claims.into_iter().zip(reading.comparisons);
        for (article, (claims, comparisons)) in reading.articles.iter().zip(judged) {
            for (claim, comparison) in claims.into_iter().zip(&comparisons) {
                if let Some(row) = against(comparison, &changed) {
                    found.push(Affected { article: article.clone(), claim, row });
                }
            }
        }
    }
    Ok(found)
}

/// The changed row by which a claim is wrong, or rests on what was withdrawn.
fn against(comparison: &Comparison, changed: &BTreeSet<ObservationId>) -> Option<ObservationId> {
    let withdrawn = match comparison.slip {
        Some(Slip::Withdrawn(row)) => Some(row),
        _ => None,
    };
    let against = comparison.rows.iter().filter(|held| !held.party);
    let mut against = against.filter(|held| held.stand == Stand::Contradicts).map(|h| h.row);
    let contradicting =
        if comparison.contradicts() { against.find(|row| changed.contains(row)) } else { None };
    contradicting.or(withdrawn.filter(|row| changed.contains(row)))
}
