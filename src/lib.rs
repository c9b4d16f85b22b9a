//! numcheck finds every number in a news article, says what it claims, and holds it against the
//! rest of the article, reference tables and other articles.
//!
//! The pipeline, in reading order; a layer uses only layers above it:
//!
//! ```text
//!  bytes ─ ingest ─ segment ─ number ─ quantity ─┐
//!                                                ├─ claim ─ compare ─ rules ─ check ─ report ─ bytes
//!  tables ────────────────────────── reference ──┘             finding ┘
//!           (text under everything)
//! ```
//!
//! ```
//! use numcheck::{Settings, check};
//! use numcheck::{ingest, reference::Store, text::Sources};
//! use std::sync::Arc;
//!
//! let mut sources = Sources::new();
//! let store = Arc::new(Store::builtin(&mut sources));
//! let text = "Flood hits town\n20240703\nhttps://example.org/a\nThe flood killed 12 people.\n";
//! let articles = ingest::read("flood.txt", text.as_bytes(), None, &mut sources)?;
//! let review = check(articles, sources, store, &Settings::default());
//! assert_eq!(review.claims[0].quantity.lower.to_string(), "12");
//! assert_eq!(review.verdicts[0].reason, "no reference series");
//! # Ok::<(), ingest::Error>(())
//! ```

pub mod text;

pub mod ingest;

pub mod segment;

pub mod number;

pub mod quantity;

pub mod reference;

pub mod claim;

pub mod archive;

pub mod compare;

pub mod finding;

pub mod rules;

pub mod check;

pub mod report;

pub use crate::check::{Review, Settings, check};
