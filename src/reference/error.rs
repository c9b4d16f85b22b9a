//! Why the reference tables could not be read, and what to do about it.

use crate::reference::fault::TableFault;
use crate::text::Sources;
use std::{error, fmt, io};

/// Why a table could not be read at all. Every case names the file or folder.
#[derive(Debug)]
pub enum Error {
    /// There is nothing of that name.
    Missing {
        /// The file or folder.
        path: String,
        /// What the system said.
        cause: io::Error,
    },
    /// It is there, but the system does not hand it out.
    Unreadable {
        /// The file or folder.
        path: String,
        /// What the system said.
        cause: io::Error,
    },
    /// A folder without tables.
    NoTables {
        /// The folder.
        path: String,
    },
    /// Bytes that are not UTF-8.
    NotUtf8 {
        /// The file.
        path: String,
        /// Where the first such byte stands.
        offset: usize,
    },
    /// A description of tables that is none.
    Package {
        /// The file.
        path: String,
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What is wrong there.
        what: String,
        /// What to write instead.
        help: String,
    },
    /// A file without a line of column names.
    NoHeader {
        /// The file.
        path: String,
    },
    /// A table without a column that it needs.
    NoColumn {
        /// The file.
        path: String,
        /// The column.
        column: &'static str,
        /// A column of the table whose name is nearly the same.
        nearest: Option<String>,
    },
}

impl Error {
    /// The error for what the system said about `path`.
    pub(crate) fn io(path: String, cause: io::Error) -> Self {
        match cause.kind() {
            io::ErrorKind::NotFound => Self::Missing { path, cause },
            _ => Self::Unreadable { path, cause },
        }
    }

    /// The error for what is wrong in the description of foreign tables.
    pub(crate) fn package(slip: &TableFault, sources: &Sources) -> Self {
        let place = sources.place(slip.at);
        let (what, help) = (slip.message.clone(), slip.help.clone());
        Self::Package { path: place.path, line: place.line, column: place.column, what, help }
    }

    /// The file or folder that could not be read.
    pub fn path(&self) -> &str {
        match self {
            Self::Missing { path, .. }
            | Self::Unreadable { path, .. }
            | Self::NoTables { path }
            | Self::NotUtf8 { path, .. }
            | Self::Package { path, .. }
            | Self::NoHeader { path }
            | Self::NoColumn { path, .. } => path,
        }
    }

    /// What stands against it, in one clause.
    pub(crate) fn what(&self) -> String {
        let what = match self {
            Self::Missing { .. } => "no such file or folder",
            Self::Unreadable { cause, .. } => match cause.kind() {
                io::ErrorKind::PermissionDenied => "permission denied",
                _ => return cause.to_string(),
            },
            Self::NoTables { .. } => "there is no table in the folder",
            Self::NotUtf8 { offset, .. } => return format!("byte {offset} is not UTF-8"),
            Self::Package { line, column, what, .. } => {
                return format!("line {line}, column {column}: {what}");
            }
            Self::NoHeader { .. } => "it has no line of column names",
            Self::NoColumn { column, .. } => return format!("it has no column `{column}`"),
        };
        what.to_owned()
    }

    /// What to do about it, where that is known.
    pub fn help(&self) -> Option<String> {
        let help = match self {
            Self::Missing { .. } => "look at the spelling, and at the folder you are in",
            Self::Unreadable { cause, .. } => match cause.kind() {
                io::ErrorKind::PermissionDenied => "ask for the right to read it",
                _ => return None,
            },
            Self::NoTables { .. } => "put tables in it as files that end in .csv",
            Self::NotUtf8 { .. } => "save the table as CSV in UTF-8",
            Self::Package { help, .. } => return Some(help.clone()),
            Self::NoHeader { .. } => "begin the table with a line of column names",
            Self::NoColumn { column, nearest: Some(nearest), .. } => {
                return Some(format!("call the column `{nearest}` `{column}`"));
            }
            Self::NoColumn { column, .. } => {
                return Some(format!("add a column `{column}` to the first line and to every row"));
            }
        };
        Some(help.to_owned())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot read {}: {}", self.path(), self.what())
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Missing { cause, .. } | Self::Unreadable { cause, .. } => Some(cause),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Error;
    use std::error::Error as _;
    use std::io;

    #[track_caller]
    fn check(error: &Error, expected: &str, help: &str) {
        assert_eq!(error.to_string(), expected);
        assert!(error.help().is_some_and(|text| text.contains(help)), "{:?}", error.help());
    }

    #[test]
    fn errors_say_what_where_and_why() {
        let path = || "ref/a.csv".to_owned();
        let missing = Error::io(path(), io::ErrorKind::NotFound.into());
        check(&missing, "cannot read ref/a.csv: no such file or folder", "spelling");
        assert!(missing.source().is_some());
        let denied = Error::io(path(), io::ErrorKind::PermissionDenied.into());
        check(&denied, "cannot read ref/a.csv: permission denied", "right to read");
        let empty = Error::NoTables { path: "ref".to_owned() };
        check(&empty, "cannot read ref: there is no table in the folder", ".csv");
        let bytes = Error::NotUtf8 { path: path(), offset: 7 };
        check(&bytes, "cannot read ref/a.csv: byte 7 is not UTF-8", "UTF-8");
        let nearest = Some("asof".to_owned());
        let column = Error::NoColumn { path: path(), column: "as_of", nearest };
        check(&column, "cannot read ref/a.csv: it has no column `as_of`", "`asof` `as_of`");
    }
}
