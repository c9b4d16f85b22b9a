//! Why an archive could not be used, and what to do about it.

use rusqlite::ErrorCode;
use std::{error, fmt};

/// Why an archive could not be used. Every case names the file.
#[derive(Debug)]
pub enum Error {
    /// There is no such file.
    Missing {
        /// The file.
        path: String,
    },
    /// It is something else.
    NoArchive {
        /// The file.
        path: String,
        /// What it is.
        what: &'static str,
    },
    /// A newer numcheck wrote it.
    Newer {
        /// The file.
        path: String,
        /// The version of its schema.
        found: i64,
        /// The newest that is known here.
        known: i64,
    },
    /// Nothing there goes by that name.
    Unknown {
        /// The file.
        path: String,
        /// What was asked for.
        wanted: String,
    },
    /// The database says no.
    Failed {
        /// The file.
        path: String,
        /// What it says.
        cause: rusqlite::Error,
    },
}

impl Error {
    pub(crate) fn of(path: &str, cause: rusqlite::Error) -> Self {
        let path = path.to_owned();
        match cause.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::NoArchive { path, what: "it is no database" },
            _ => Self::Failed { path, cause },
        }
    }

    fn code(&self) -> Option<ErrorCode> {
        match self {
            Self::Failed { cause, .. } => cause.sqlite_error_code(),
            _ => None,
        }
    }

    /// What to do about it, where that is known.
    pub fn help(&self) -> Option<String> {
        let help = match self {
            Self::Missing { .. } => "begin one: `numcheck archive add --archive FILE PATH…`",
            Self::NoArchive { .. } => "name a file that `numcheck archive add` has written",
            Self::Newer { .. } => "use the numcheck that wrote it, or a newer one",
            Self::Unknown { .. } => "`numcheck archive list` says what there is",
            Self::Failed { .. } => match self.code()? {
                ErrorCode::DiskFull => {
                    "make room and run it again: what was added before is safe, and is not added \
                     twice"
                }
                ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => {
                    "wait until the other process is done"
                }
                ErrorCode::ReadOnly | ErrorCode::PermissionDenied => {
                    "ask for the right to write the file and its folder"
                }
                ErrorCode::CannotOpen => "look at the spelling, the folder, and its rights",
                ErrorCode::DatabaseCorrupt => "bring it back from a copy, or build it anew",
                _ => return None,
            },
        };
        Some(help.to_owned())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { path } => write!(f, "cannot open the archive {path}: no such file"),
            Self::NoArchive { path, what } => write!(f, "cannot open the archive {path}: {what}"),
            Self::Newer { path, found, known } => write!(
                f,
                "cannot open the archive {path}: it has schema {found}, written by a newer \
                 numcheck; this one knows schema {known}"
            ),
            Self::Unknown { path, wanted } => {
                write!(f, "the archive {path} has no article {wanted}")
            }
            Self::Failed { path, cause } => {
                write!(f, "cannot use the archive {path}: ")?;
                match self.code() {
                    Some(ErrorCode::DiskFull) => f.write_str("the disk is full"),
                    Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                        f.write_str("another process is writing it")
                    }
                    Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
                        f.write_str("it may not be written")
                    }
                    Some(ErrorCode::CannotOpen) => f.write_str("the file cannot be opened"),
                    Some(ErrorCode::DatabaseCorrupt) => f.write_str("it is damaged"),
                    _ => write!(f, "{cause}"),
                }
            }
        }
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Failed { cause, .. } => Some(cause),
            _ => None,
        }
    }
}
