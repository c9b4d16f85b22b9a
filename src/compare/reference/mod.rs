//! A claim against the reference tables, judged by what was known then.

mod candidates;
mod judging;
mod matching;
mod misprint;
mod slip;
mod standing;
mod wording;

pub use crate::compare::reference::candidates::{Candidate, Role, candidates};
pub use crate::compare::reference::misprint::Misprint;
pub use crate::compare::reference::slip::Slip;
pub use crate::compare::reference::standing::Stand;

use crate::claim::{Claim, Modality};
use crate::compare::reference::matching::Matcher;
use crate::compare::reference::wording::Wording;
use crate::compare::{Reason, Verdict};
use crate::quantity::{Hedge, Interval, Written};
use crate::reference::{MeasureId, ObservationId, Store};
use chrono::NaiveDate;

/// A row that speaks of the claim's own series, and how the two stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// The row.
    pub row: ObservationId,
    /// How they stand.
    pub stand: Stand,
    /// Whether it is said by a party to the conflict.
    pub party: bool,
    /// Whether the row is so old that what it counts has moved, if it can: enough to dispute a
    /// claim, too little to call it wrong.
    pub aged: bool,
    /// The values the row leaves room for, as it was read beside this claim.
    pub allows: Interval,
    /// The claim's number in the row's unit.
    pub claimed: Written,
}

/// What the tables say of one claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// Of each publisher the row known then that stands best, newest first.
    pub rows: Vec<Held>,
    /// An older row, replaced before the claim was made, that would fit.
    pub older: Option<ObservationId>,
    /// The one slip that explains the figure, where it fits none of the rows.
    pub slip: Option<Slip>,
    /// The series it was held against; the claim's own guess where no row speaks of it.
    pub measure: Option<MeasureId>,
    /// Whether the claim's frame rests on the article as a whole, or the sentence speaks of a
    /// neighbour too that the figure fits: it may agree, not contradict.
    pub inferred: bool,
    /// What follows from the rows alone.
    pub verdict: Verdict,
}

impl Comparison {
    /// Whether independent rows contradict the claim and none agrees.
    pub fn contradicts(&self) -> bool {
        self.excludes()
            && self.rows.iter().all(|held| held.stand == Stand::Contradicts)
            && self.rows.iter().any(|held| !held.party && !held.aged)
    }

    /// Whether no row has room for the claim, and an independent one is among them. It may still
    /// be so far away that it is rather about something else.
    pub fn excludes(&self) -> bool {
        !self.inferred && self.leaves_no_room()
    }

    /// The same, also where the frame is not sure enough to say so.
    fn leaves_no_room(&self) -> bool {
        self.rows.iter().any(|held| !held.party)
            && self.rows.iter().all(|held| matches!(held.stand, Stand::Contradicts | Stand::Far))
    }

    /// The newest independent row that has no room for the claim.
    pub fn against(&self) -> Option<Held> {
        let excludes = |held: &Held| matches!(held.stand, Stand::Contradicts | Stand::Far);
        self.rows.iter().filter(|held| !held.party).copied().find(excludes)
    }

    /// How much of a reading it is: the claim belongs to the series it agrees with; before it is
    /// wrong by one, it has to be wrong by all.
    fn rank(&self) -> u8 {
        let has = |stand| self.rows.iter().any(|held| held.stand == stand);
        match () {
            () if has(Stand::Agrees) => 0,
            () if has(Stand::Loose) || has(Stand::Above) => 1,
            () if self.older.is_some() => 2,
            () if self.slip.is_some() && !self.rows.is_empty() => 3,
            () if !self.rows.is_empty() => 4,
            () if self.slip.is_some() => 5,
            () if self.verdict.reason == Reason::ReferenceTooOld.name() => 6,
            () => 7,
        }
    }
}

/// What is known of the claim's article and sentence beside the claim.
#[derive(Debug, Clone, Copy)]
pub struct Surroundings<'a> {
    /// The claim's sentence.
    pub sentence: &'a str,
    /// The day the article is judged by; `None` where it has none.
    pub day: Option<NaiveDate>,
    /// With hindsight: rows published later count as well.
    pub hindsight: bool,
    /// The addresses of the article and its copies: a row drawn from one is no evidence.
    pub addresses: &'a [&'a str],
}

/// Holds `claim` against the tables.
pub fn comparison(store: &Store, claim: &Claim, around: Surroundings<'_>) -> Comparison {
    let unchecked = |reason| Comparison {
        rows: Vec::new(),
        older: None,
        slip: None,
        measure: claim.measure.as_ref().map(|slot| slot.value),
        inferred: false,
        verdict: Verdict::unchecked(reason),
    };
    if claim.modality.value != Modality::Asserted {
        return unchecked(Reason::NotAsserted);
    }
    let wording = Wording::new(claim, around.sentence);
    // With a scale word the digits have one reading: 7.979 billion.
    if claim.quantity.other.is_some() && !wording.has_scale() {
        return unchecked(Reason::SeveralReadings);
    }
    let none = if claim.quantity.hedge == Hedge::Vague {
        Reason::Vague
    } else {
        Reason::NoReferenceSeries
    };
    let Some(first) = claim.measure.as_ref().map(|slot| slot.value) else { return unchecked(none) };
    let Some(day) = around.day else { return unchecked(Reason::Undated) };
    let held = std::iter::once(first).chain(claim.rivals.iter().copied()).map(|id| {
        let measure = store.catalog.measure(id);
        Matcher { store, claim, around, wording: &wording, day, id, measure }.judged(none)
    });
    held.min_by_key(Comparison::rank).unwrap_or_else(|| unchecked(none))
}
