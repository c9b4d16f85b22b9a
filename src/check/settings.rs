//! What a run is asked to do.

use crate::check::{Accepted, Levels};
use chrono::NaiveDate;

/// The day whose knowledge an article is judged by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AsOf {
    /// The article's own date.
    #[default]
    Published,
    /// A given day.
    Day(NaiveDate),
    /// With hindsight: every row counts.
    Now,
}

/// What a run is asked to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The day whose knowledge counts.
    pub as_of: AsOf,
    /// Whether the articles are compared with each other.
    pub across: bool,
    /// Whether each of them is looked at alone as well.
    pub alone: bool,
    /// Only these rules; all if empty.
    pub select: Vec<String>,
    /// Not these rules.
    pub ignore: Vec<String>,
    /// How grave rules are, where that is not their default.
    pub levels: Vec<Levels>,
    /// Findings that were accepted earlier.
    pub accepted: Vec<Accepted>,
    /// The day by which waivers expire; none does without one.
    pub today: Option<NaiveDate>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            as_of: AsOf::Published,
            across: true,
            alone: true,
            select: Vec::new(),
            ignore: Vec::new(),
            levels: Vec::new(),
            accepted: Vec::new(),
            today: None,
        }
    }
}
