//! Which rows a claim would be held against, and why not against the others.

use crate::claim::Claim;
use crate::compare::reference::Surroundings;
use crate::compare::reference::matching::Matcher;
use crate::compare::reference::wording::Wording;
use crate::reference::{MeasureId, Observation, ObservationId, Store};
use std::cmp::Reverse;

/// What a row is to a claim: the nearer to counting, the earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// It speaks of the same and was the latest known of its publisher.
    Counts,
    /// The same, but it is said by a party to the conflict: it attributes and does not decide.
    PartyOnly,
    /// A later row of the same publisher took its place.
    Superseded,
    /// It is too old to judge by.
    TooOld,
    /// It speaks of days after the claim's.
    Later,
    /// It was published after the day the claim is judged by.
    NotYetPublished,
    /// Its publisher took it back.
    Withdrawn,
    /// It counts over another stretch, or another way: a running total for a month's figure.
    OtherPeriod,
    /// It counts another category of the measure.
    OtherCategory,
    /// It is in another unit.
    OtherUnit,
    /// It is about another place.
    OtherPlace,
    /// It is about another subject.
    OtherSubject,
}

impl Role {
    /// Its name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Counts => "counts",
            Self::PartyOnly => "party_only",
            Self::Superseded => "superseded",
            Self::TooOld => "too_old",
            Self::Later => "later",
            Self::NotYetPublished => "not_yet_published",
            Self::Withdrawn => "withdrawn",
            Self::OtherPeriod => "other_period",
            Self::OtherCategory => "other_category",
            Self::OtherUnit => "other_unit",
            Self::OtherPlace => "other_place",
            Self::OtherSubject => "other_subject",
        }
    }

    /// What it is called in text.
    pub fn words(self) -> &'static str {
        match self {
            Self::Counts => "counts",
            Self::PartyOnly => "party only",
            Self::Superseded => "superseded",
            Self::TooOld => "too old",
            Self::Later => "about later days",
            Self::NotYetPublished => "not yet published",
            Self::Withdrawn => "withdrawn",
            Self::OtherPeriod => "other period",
            Self::OtherCategory => "other category",
            Self::OtherUnit => "other unit",
            Self::OtherPlace => "other place",
            Self::OtherSubject => "other subject",
        }
    }

    /// Whether a claim is held against such a row.
    pub fn is_held(self) -> bool {
        matches!(self, Self::Counts | Self::PartyOnly)
    }
}

/// A row of the claim's measure, and what it is to the claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// The row.
    pub row: ObservationId,
    /// What it is to the claim.
    pub role: Role,
}

/// The rows of a measure in the order in which a claim would be held against them: those that
/// count, newest first, then the others, the nearer to counting the earlier. The claim's figure
/// plays no part. None without a day to judge by.
pub fn candidates(
    store: &Store,
    claim: &Claim,
    around: Surroundings<'_>,
    id: MeasureId,
) -> Vec<Candidate> {
    let Some(day) = around.day else { return Vec::new() };
    let wording = Wording::new(claim, around.sentence);
    let measure = store.catalog.measure(id);
    let matcher = Matcher { store, claim, around, wording: &wording, day, id, measure };
    let mut all: Vec<Candidate> =
        matcher.rows().map(|row| Candidate { row, role: matcher.role(matcher.row(row)) }).collect();
    let fresh: Vec<_> = all.iter().filter(|c| c.role.is_held()).map(|c| c.row).collect();
    let latest = matcher.latest(&fresh);
    for candidate in all.iter_mut().filter(|c| c.role.is_held()) {
        if !latest.contains(&candidate.row) {
            candidate.role = Role::Superseded;
        }
    }
    all.sort_by_key(|c| (c.role, Reverse(store.observation(c.row).as_of_last_day()), c.row));
    all
}

impl Matcher<'_> {
    /// What the row is to the claim, as far as the row alone tells.
    fn role(&self, row: &Observation) -> Role {
        let category = row.claim_indicator == self.claim.indicator.value;
        if !self.subject_fits(row) {
            Role::OtherSubject
        } else if !self.place_fits(row) {
            Role::OtherPlace
        } else if !self.unit_fits(row) {
            Role::OtherUnit
        } else if !category || !self.has_its_words(row) {
            Role::OtherCategory
        } else if !self.period_fits(row) {
            Role::OtherPeriod
        } else if row.is_withdrawn() {
            Role::Withdrawn
        } else if !self.was_known(row) {
            Role::NotYetPublished
        } else if !self.is_fresh(row) {
            let begun = (self.claim_day() - row.as_of.first_day()).num_days() >= -1;
            if begun { Role::TooOld } else { Role::Later }
        } else if self.is_party(row) {
            Role::PartyOnly
        } else {
            Role::Counts
        }
    }
}
