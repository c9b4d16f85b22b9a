//! Claim against observation, claim against claim: one notion of equal.

mod arithmetic;
mod articles;
mod copies;
mod event;
mod fact;
mod package;
mod passage;
mod phrases;
mod scene;
mod shared_words;
mod twice;
mod versions;

pub use crate::compare::arithmetic::{
    Excess, Misfit, Relation, SeriesScore, allowed, excesses, part_numbers, relations,
    series_scores,
};
pub use crate::compare::arithmetic::{Market, Misconversion, misconversions};
pub use crate::compare::arithmetic::{WrongWeekday, wrong_weekdays};
pub use crate::compare::articles::{
    Confusion, Corpus, Decrease, Tie, conflicts, confusions, decreases, series, supporters, ties,
};
pub use crate::compare::copies::addresses;
pub use crate::compare::event::is_past;
pub use crate::compare::fact::{is_near, is_retold, is_wider, may_be_same, same_fact, stands};
pub use crate::compare::passage::Passage;
pub use crate::compare::versions::{Change, Earlier, Edit, Revision, Spot, revision, spot};

mod figure;
mod reference;
mod sourcing;

pub use crate::compare::arithmetic::{WrongTime, wrong_times};
pub use crate::compare::fact::{is_alike, is_of_before, is_told_again};
pub use crate::compare::figure::{figure_shown, grouped, interval_shown, shown};
pub use crate::compare::reference::{
    Candidate, Comparison, Held, Misprint, Role, Slip, Stand, Surroundings, candidates, comparison,
};
pub use crate::compare::sourcing::names_a_source;
pub use crate::compare::twice::{Twice, ZerosApart, clashes, zeros_apart};

use crate::number::Decimal;
use crate::reference::ObservationId;
use chrono::NaiveDate;

/// What numcheck can say of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// An error finding stands against it.
    Contradicted,
    /// It fits an older row only.
    Outdated,
    /// Publishers disagree and it agrees with some.
    Disputed,
    /// Evidence agrees.
    Supported,
    /// Nothing could be said; the reason tells why.
    Unchecked,
}

impl Status {
    /// Its name in claims.
    pub fn name(self) -> &'static str {
        match self {
            Self::Contradicted => "contradicted",
            Self::Outdated => "outdated",
            Self::Disputed => "disputed",
            Self::Supported => "supported",
            Self::Unchecked => "unchecked",
        }
    }
}

/// What a status rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum By {
    /// Reference tables.
    Reference,
    /// The article's own arithmetic.
    Arithmetic,
    /// Other articles.
    Articles,
}

impl By {
    /// Its name in claims.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reference => "reference",
            Self::Arithmetic => "arithmetic",
            Self::Articles => "articles",
        }
    }
}

/// Why a number is unchecked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// No table has such a series.
    NoReferenceSeries,
    /// Every row is too old to judge by.
    ReferenceTooOld,
    /// Only a party to the conflict says so.
    PartyOnly,
    /// The bounds neither meet nor exclude the reference.
    TooLoose,
    /// Planned, possible or denied.
    NotAsserted,
    /// The digits can be read in more than one way.
    SeveralReadings,
    /// A vague word.
    Vague,
    /// The article has no date.
    Undated,
}

impl Reason {
    /// Its words in claims.
    pub fn name(self) -> &'static str {
        match self {
            Self::NoReferenceSeries => "no reference series",
            Self::ReferenceTooOld => "reference too old",
            Self::PartyOnly => "party only",
            Self::TooLoose => "too loose",
            Self::NotAsserted => "not asserted",
            Self::SeveralReadings => "several readings",
            Self::Vague => "vague",
            Self::Undated => "undated",
        }
    }
}

/// What a verdict was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evidence {
    /// A row of a reference table.
    Reference(ObservationId),
    /// A claim of another article, by its index in the review.
    Articles {
        /// The other claim.
        claim: usize,
        /// Articles that copy one story share a group.
        source_group: usize,
    },
    /// A calculation over claims of the same article, by their indices.
    Arithmetic {
        /// The claims that went in.
        claims: Vec<usize>,
        /// The calculation in signs.
        text: String,
    },
}

/// What is said of one claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The status.
    pub status: Status,
    /// What it rests on; `None` only for unchecked.
    pub by: Option<By>,
    /// In words: bounds and publisher, or why it is unchecked.
    pub reason: String,
    /// What it was held against, also where that did not decide.
    pub evidence: Vec<Evidence>,
}

impl Verdict {
    /// Not checked, and why.
    pub fn unchecked(reason: Reason) -> Self {
        let reason = reason.name().to_owned();
        Self { status: Status::Unchecked, by: None, reason, evidence: Vec::new() }
    }
}

/// What articles say of one thing, over time.
#[derive(Debug, Clone)]
pub struct Series {
    /// What ties the claims together: names and values, in the order of the contract.
    pub key: SeriesKey,
    /// Claims in the order of their articles' dates.
    pub points: Vec<Point>,
    /// The rows that speak of the same.
    pub reference: Vec<ObservationId>,
    /// How the points agree.
    pub verdict: SeriesVerdict,
}

/// The key of a series; empty slots are `None`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[expect(missing_docs, reason = "the names are the contract's own")]
pub struct SeriesKey {
    pub indicator: String,
    pub measure: Option<String>,
    pub subject: Option<String>,
    pub place: Option<String>,
    pub kind: String,
    pub unit: Option<String>,
    pub aspect: Option<String>,
    pub period: Option<String>,
    pub event: Option<String>,
}

/// One claim in a series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// Index of the claim in the review.
    pub claim: usize,
    /// Its literal ends.
    pub lower: Decimal,
    /// Its literal ends.
    pub upper: Decimal,
    /// Articles that copy one story share a group.
    pub source_group: usize,
    /// The day of its article.
    pub date: Option<NaiveDate>,
    /// Whether its article is one of the archive's: evidence for those that are checked, and only
    /// for those that came out no earlier.
    pub archived: bool,
}

/// How the points of a series agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SeriesVerdict {
    /// All fit together.
    Agree,
    /// They rise with time.
    Grow,
    /// Same time, figures apart, different sources.
    Conflict,
}

impl SeriesVerdict {
    /// Its name in reviews.
    pub fn name(self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::Grow => "grow",
            Self::Conflict => "conflict",
        }
    }
}
