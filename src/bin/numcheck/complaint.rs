//! What could not be done, why, and what to do about it.

use numcheck::report::printable;
use numcheck::{ingest, reference};
use std::fmt;
use std::io::{self, Write as _};

/// What could not be done.
#[derive(Debug)]
pub(crate) struct Complaint {
    what: String,
    help: Option<String>,
}

impl Complaint {
    /// What could not be done, where and why, in one clause.
    pub(crate) fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), help: None }
    }

    /// The same with what to do about it.
    #[must_use]
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says it on standard error. Where that is closed, nobody listens, and nothing is lost.
    pub(crate) fn say(&self) {
        let mut to = io::stderr().lock();
        let _ = writeln!(to, "numcheck: {}", printable(&self.what));
        if let Some(help) = &self.help {
            let _ = writeln!(to, "  help: {}", printable(help));
        }
    }
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl From<ingest::Error> for Complaint {
    fn from(error: ingest::Error) -> Self {
        Self { what: error.to_string(), help: error.help() }
    }
}

impl From<reference::Error> for Complaint {
    fn from(error: reference::Error) -> Self {
        Self { what: error.to_string(), help: error.help() }
    }
}
