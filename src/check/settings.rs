//! What a run is asked to do.

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
    /// Only these rules; all if empty.
    pub select: Vec<String>,
    /// Not these rules.
    pub ignore: Vec<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { as_of: AsOf::Published, across: true, select: Vec::new(), ignore: Vec::new() }
    }
}
