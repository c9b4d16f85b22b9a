//! Where things are: spans, the way back from prose to the file, and every text of a run.
//!
//! This layer knows no domain. Two rules are kept by types: a span of the prose and a span of a
//! file do not mix, and the way from one to the other is recorded, never searched for.

mod offset_map;
mod rows;
mod sources;
mod span;

pub use crate::text::offset_map::{OffsetMap, ProseBuilder};
#[cfg(test)]
pub(crate) use crate::text::rows::rows_written;
pub use crate::text::rows::{parts, rows};
pub use crate::text::sources::{At, Place, Source, SourceId, Sources};
pub use crate::text::span::{File, Prose, Span};
