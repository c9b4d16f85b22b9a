//! Running totals that fall from one day to a later one without a word of revision.

use crate::claim::Claim;
use crate::compare::articles::{
    NEIGHBOURS, Story, are_of_other_days, are_of_other_speakers, days_between, fits, is_anchored,
    is_recurring_event, speaks, stories,
};
use crate::compare::event::Scope;
use crate::compare::fact::is_near;
use crate::compare::phrases::Phrases;
use crate::compare::{Series, SeriesKey};
use crate::ingest::Article;
use crate::reference::{Indicator, Store};
use std::sync::LazyLock;

const TABLE: &str = include_str!("revisions.csv");

/// Phrases by which an article says that a count was changed.
static REVISED: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(TABLE, "revised"));

/// Phrases by which a sentence says how it counts.
static WAYS: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(TABLE, "way"));

/// An article may tell what was known some days before: a total that was last given so many days
/// ago is not fallen, but old.
const LATE: i64 = 2;

/// A total that is lower than one of an earlier day: both by their places among the claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decrease {
    /// The later and lower one.
    pub claim: usize,
    /// The last one before it that is higher.
    pub before: usize,
}

/// The totals of a series that are lower than those of earlier days, where no article says that
/// the count was revised, and nothing says that the two count in different ways.
pub fn decreases(
    series: &Series,
    articles: &[Article],
    claims: &[Claim],
    store: &Store,
) -> Vec<Decrease> {
    if !is_anchored(&series.key) || !is_running(&series.key, store) {
        return Vec::new();
    }
    let stories = stories(series, articles, claims);
    let recurring = is_recurring_event(&series.key) || is_anywhere(&series.key);
    let mut found = Vec::new();
    for (at, b) in stories.iter().enumerate() {
        let before = stories.get(..at).unwrap_or_default().iter().rev().take(NEIGHBOURS);
        let mut fall = None;
        for a in before {
            let Some(days) = days_between(a, b) else { continue };
            if fall.is_some() && days > LATE {
                break;
            }
            if any_fits(a, b) {
                // Who else said so lately has not fallen; or it fell there, and that is said there.
                fall = None;
                break;
            }
            if fall.is_none() && days > 0 && a.group != b.group {
                fall = fallen(a, b, recurring);
            }
        }
        found.extend(fall.filter(|_| !is_revised(b.prose)));
    }
    found
}

/// Whether the event is a deed that may have been done anywhere in a country: of two shootings in
/// one country nothing but the day tells which is meant.
fn is_anywhere(key: &SeriesKey) -> bool {
    let deed = key.event.as_deref().is_some_and(|event| event.starts_with("shooting "));
    deed && key.place.as_deref().is_some_and(|place| place.len() == 3)
}

/// Whether a total of this kind only rises: the dead and the hurt of one event, and what the
/// indicators table says so of.
fn is_running(key: &SeriesKey, store: &Store) -> bool {
    if key.event.is_some() {
        let indicator = Indicator::from_name(&key.indicator);
        return matches!(indicator, Some(Indicator::Killed | Indicator::Casualties));
    }
    let measure = key.measure.as_deref().and_then(|name| store.catalog.measure_named(name));
    measure.is_some_and(|measure| store.catalog.measure(measure).monotone)
}

fn any_fits(a: &Story<'_>, b: &Story<'_>) -> bool {
    a.claims.iter().any(|(_, x)| b.claims.iter().any(|(_, y)| fits(x, y)))
}

/// The claims in which the later story's total is below the earlier one's.
fn fallen(a: &Story<'_>, b: &Story<'_>, recurring: bool) -> Option<Decrease> {
    let mut pairs = a.claims.iter().flat_map(|x| b.claims.iter().map(move |y| (x, y)));
    let found = pairs.find(|((_, x), (_, y))| {
        speaks(x)
            && speaks(y)
            && y.quantity.upper < x.quantity.lower
            && is_near(x, y)
            && Scope::of(x, a.prose) == Scope::of(y, b.prose)
            && way(x, a.prose) == way(y, b.prose)
            && !are_of_other_days(x, y, recurring)
            && !are_of_other_speakers(x, y)
    });
    found.map(|((before, _), (claim, _))| Decrease { claim: *claim, before: *before })
}

/// How the claim's sentence says that it counts.
fn way(claim: &Claim, prose: &str) -> Vec<&'static str> {
    WAYS.within(&claim.sentence.of(prose).to_lowercase())
}

/// Whether an article says that a count was changed.
pub(crate) fn is_revised(prose: &str) -> bool {
    REVISED.are_in(&prose.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::TABLE;
    use crate::compare::phrases::test_support::untrue;

    #[test]
    fn phrases_stand_in_the_sentences_of_their_rows() {
        let example = untrue(TABLE);
        assert!(example.is_empty(), "{example:?}");
    }
}
