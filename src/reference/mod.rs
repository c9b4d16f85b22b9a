//! Reference tables in, a store of observations out: what is known, from when on, and who says so.
//!
//! Tables come with the program or in folders that a run names. Every cell knows where it stands,
//! so that evidence can be shown; a cell that cannot be read is a [`TableFault`] there, and its row
//! is left out.

mod audit;
mod builtin;
mod catalog;
mod cells;
mod cue;
mod date;
mod draft;
mod draft_terms;
mod drafter;
mod entity;
mod error;
mod fault;
mod folder;
mod foreign;
mod foreign_date;
mod hints;
mod json;
mod keyed;
mod lattice;
mod look;
mod lookup;
mod mapping;
mod measure;
mod names;
mod observation;
mod package;
mod packed;
mod place;
mod plan;
mod publisher;
mod rates;
mod reader;
mod reading;
mod shelf;
mod slots;
mod store;
mod table;
#[cfg(test)]
mod test_support;
mod vocabulary;

pub use crate::reference::catalog::Catalog;
pub(crate) use crate::reference::cue::Cue;
pub use crate::reference::cue::{Counts, CueRow};
pub use crate::reference::date::PartialDate;
pub use crate::reference::draft::{Draft, Missing, Wishes};
pub use crate::reference::entity::{Entity, EntityId, EntityMatch, NameForm};
pub use crate::reference::error::Error;
pub use crate::reference::fault::TableFault;
pub use crate::reference::lattice::Relation;
pub use crate::reference::measure::{Measure, MeasureId, Subject, SubjectId};
pub use crate::reference::observation::{Observation, ObservationId};
pub use crate::reference::package::with_resource;
pub use crate::reference::place::{Place, PlaceId, PlaceMatch};
pub use crate::reference::publisher::{Publisher, PublisherId};
pub use crate::reference::rates::Rate;
pub use crate::reference::slots::Owner;
pub use crate::reference::store::Store;
pub use crate::reference::table::Text;
pub use crate::reference::vocabulary::{
    Aspect, CueRole, EntityKind, Indicator, Party, PlaceKind, RowColumn, RowKind, RowStatus,
};
