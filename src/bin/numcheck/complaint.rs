//! What could not be done, why, and what to do about it.

use numcheck::report::printable;
use numcheck::{archive, ingest, reference};
use std::fmt;
use std::io::{self, Write as _};

/// What could not be done.
#[derive(Debug)]
pub(crate) struct Complaint {
    what: String,
    help: Option<String>,
}

/// Files found in folders that are no articles: a few are named, the rest are counted.
#[derive(Debug, Default)]
pub(crate) struct LeftOut {
    files: usize,
}

impl LeftOut {
    /// How many are named.
    const NAMED: usize = 5;

    /// Says that a file was left out, and why.
    pub(crate) fn say(&mut self, error: &ingest::Error) {
        self.files += 1;
        if self.files <= Self::NAMED {
            Complaint::new(error.left_out()).say();
        }
    }

    /// Says how many were not named.
    pub(crate) fn say_rest(&self) {
        if let Some(rest) = self.files.checked_sub(Self::NAMED).filter(|rest| *rest > 0) {
            Complaint::new(format!("left out {rest} more files that are no articles")).say();
        }
    }

    /// How many there are.
    pub(crate) fn files(&self) -> usize {
        self.files
    }
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

impl From<archive::Error> for Complaint {
    fn from(error: archive::Error) -> Self {
        Self { what: error.to_string(), help: error.help() }
    }
}

impl From<reference::Error> for Complaint {
    fn from(error: reference::Error) -> Self {
        Self { what: error.to_string(), help: error.help() }
    }
}
