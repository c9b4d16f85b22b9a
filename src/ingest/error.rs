//! Why an input could not be read, and what to do about it.

use crate::ingest::{FORMATS, LIMIT};
use std::{error, fmt, io};

/// Why an input could not be read. Every case names the input.
#[derive(Debug)]
pub enum Error {
    /// There is nothing of that name.
    Missing {
        /// The input.
        path: String,
        /// What the system said.
        cause: io::Error,
    },
    /// It is there, but the system does not hand it out.
    Unreadable {
        /// The input.
        path: String,
        /// What the system said.
        cause: io::Error,
    },
    /// A folder with nothing to read in it.
    NoArticles {
        /// The input.
        path: String,
    },
    /// Nothing but white space, dates and addresses.
    Empty {
        /// The input.
        path: String,
    },
    /// A byte that no text has.
    Binary {
        /// The input.
        path: String,
        /// Where the byte stands.
        offset: usize,
        /// The byte, or the character in UTF-16.
        value: u32,
    },
    /// Bytes that are text in no known encoding.
    Undecodable {
        /// The input.
        path: String,
        /// Where the first such byte stands.
        offset: usize,
        /// The encoding it does not follow.
        encoding: &'static str,
    },
    /// More than [`LIMIT`] bytes in one article.
    TooLarge {
        /// The input.
        path: String,
        /// The line, where every line is an article.
        line: Option<usize>,
    },
    /// A line that is no JSON object of the expected shape.
    Row {
        /// The input.
        path: String,
        /// The line, from 1.
        line: usize,
        /// The column, from 1, in characters.
        column: usize,
        /// What is wrong there.
        why: String,
    },
    /// A row without a text.
    NoText {
        /// The input.
        path: String,
        /// The line, from 1.
        line: usize,
    },
    /// A front matter that cannot be understood.
    FrontMatter {
        /// The input.
        path: String,
        /// The line, from 1.
        line: usize,
        /// The column, from 1, in characters.
        column: usize,
        /// What is wrong there.
        why: String,
    },
    /// Markup or JSON that does not follow its own rules.
    Markup {
        /// The input.
        path: String,
        /// The line, from 1.
        line: usize,
        /// The column, from 1, in characters.
        column: usize,
        /// What is wrong there.
        why: String,
    },
    /// A packed file that cannot be unpacked.
    Damaged {
        /// The input.
        path: String,
        /// What is wrong with it.
        why: String,
    },
    /// Something that can be read and is no article.
    NoArticle {
        /// The input.
        path: String,
        /// What it is, with its article.
        what: String,
    },
    /// A format that is not known.
    UnknownFormat {
        /// The input.
        path: String,
        /// The name that was given.
        format: String,
    },
}

impl Error {
    /// The error for what the system said about `path`.
    pub(crate) fn io(path: &str, cause: io::Error) -> Self {
        let path = path.to_owned();
        match cause.kind() {
            io::ErrorKind::NotFound => Self::Missing { path, cause },
            _ => Self::Unreadable { path, cause },
        }
    }

    /// The input that could not be read.
    pub fn path(&self) -> &str {
        match self {
            Self::Missing { path, .. }
            | Self::Unreadable { path, .. }
            | Self::NoArticles { path }
            | Self::Empty { path }
            | Self::Binary { path, .. }
            | Self::Undecodable { path, .. }
            | Self::TooLarge { path, .. }
            | Self::Row { path, .. }
            | Self::NoText { path, .. }
            | Self::FrontMatter { path, .. }
            | Self::Markup { path, .. }
            | Self::Damaged { path, .. }
            | Self::NoArticle { path, .. }
            | Self::UnknownFormat { path, .. } => path,
        }
    }

    /// Whether the input is sound and no article, as a folder's `package.json` is.
    pub fn is_no_article(&self) -> bool {
        matches!(self, Self::NoArticle { .. })
    }

    /// The note that the input was passed over.
    pub fn left_out(&self) -> String {
        match self {
            Self::NoArticle { path, what } => format!("left out {path}: it is {what}, no article"),
            error => format!("left out {}: {error}", error.path()),
        }
    }

    /// What to do about it, where that is known.
    pub fn help(&self) -> Option<String> {
        let help = match self {
            Self::Missing { .. } => "look at the spelling, and at the folder you are in",
            Self::Unreadable { cause, .. } => match cause.kind() {
                io::ErrorKind::PermissionDenied => "ask for the right to read it",
                _ => return None,
            },
            Self::NoArticles { .. } => return Some(extensions()),
            Self::Empty { .. } => "was the article saved?",
            Self::Binary { value: 0, .. } => {
                "save the article as plain text in UTF-8; UTF-16 needs its byte-order mark"
            }
            Self::Binary { .. } => "save the article as plain text in UTF-8",
            Self::Undecodable { .. } => "save the file as UTF-8",
            Self::TooLarge { line: None, .. } => {
                "put many articles in one file as JSONL, where the limit holds for each row"
            }
            Self::TooLarge { .. } => "give each article a row of its own",
            Self::Row { .. } => "every line is one whole object: {\"id\": …, \"text\": …}",
            Self::NoText { .. } => "give the row a \"text\", or take it out",
            Self::FrontMatter { .. } => "mend the lines between the fences at the file's start",
            Self::Markup { .. } => "mend the file there, or export it again",
            Self::Damaged { .. } => "save the document again, as .docx or as plain text",
            Self::NoArticle { .. } => {
                "name articles; in a folder, files that are none are left out with a note"
            }
            Self::UnknownFormat { .. } => return Some(formats()),
        };
        Some(help.to_owned())
    }

    fn why(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { .. } => f.write_str("no such file or folder"),
            Self::Unreadable { cause, .. } => match cause.kind() {
                io::ErrorKind::PermissionDenied => f.write_str("permission denied"),
                io::ErrorKind::IsADirectory => f.write_str("it is a folder"),
                _ => write!(f, "{cause}"),
            },
            Self::NoArticles { .. } => f.write_str("there is no article in the folder"),
            Self::Empty { .. } => f.write_str("it is empty"),
            Self::Binary { offset, value, .. } => {
                write!(f, "byte {offset} is {value:#04x}, which no text has")
            }
            Self::Undecodable { offset, encoding, .. } => {
                write!(f, "byte {offset} is not {encoding}")
            }
            Self::TooLarge { line, .. } => {
                let what = if line.is_some() { "the row" } else { "it" };
                write!(f, "{what} is larger than {} MiB", LIMIT >> 20)
            }
            Self::Row { why, .. } | Self::FrontMatter { why, .. } | Self::Markup { why, .. } => {
                f.write_str(why)
            }
            Self::Damaged { why, .. } => write!(f, "it cannot be unpacked: {why}"),
            Self::NoArticle { what, .. } => write!(f, "it is {what}, no article"),
            Self::NoText { .. } => f.write_str("the row has no text"),
            Self::UnknownFormat { format, .. } => write!(f, "{format} is no known format"),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot read {}", self.path())?;
        match self {
            Self::Row { line, column, .. }
            | Self::FrontMatter { line, column, .. }
            | Self::Markup { line, column, .. } => {
                write!(f, ":{line}:{column}")?;
            }
            Self::NoText { line, .. } | Self::TooLarge { line: Some(line), .. } => {
                write!(f, ":{line}")?;
            }
            _ => {}
        }
        f.write_str(": ")?;
        self.why(f)
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

fn extensions() -> String {
    let known = FORMATS.iter().flat_map(|format| format.extensions);
    let known: Vec<_> = known.map(|extension| format!(".{extension}")).collect();
    format!(
        "articles in a folder end in {}; hidden files, README files and what .gitignore names are \
         passed over; a file that is named itself is always read",
        known.join(", ")
    )
}

fn formats() -> String {
    let known: Vec<_> = FORMATS.iter().map(|format| format.name).collect();
    format!("the formats are {}", known.join(", "))
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
        let path = || "a.txt".to_owned();
        let missing = Error::io("a.txt", io::ErrorKind::NotFound.into());
        check(&missing, "cannot read a.txt: no such file or folder", "spelling");
        assert!(missing.source().is_some());
        let denied = Error::io("a.txt", io::ErrorKind::PermissionDenied.into());
        check(&denied, "cannot read a.txt: permission denied", "right to read");
        let folder = Error::NoArticles { path: path() };
        check(&folder, "cannot read a.txt: there is no article in the folder", ".jsonl, .ndjson");
        let empty = Error::Empty { path: path() };
        check(&empty, "cannot read a.txt: it is empty", "saved");
        let binary = Error::Binary { path: path(), offset: 17, value: 0 };
        check(&binary, "cannot read a.txt: byte 17 is 0x00, which no text has", "UTF-16");
        let large = Error::TooLarge { path: path(), line: Some(3) };
        check(&large, "cannot read a.txt:3: the row is larger than 4 MiB", "row of its own");
        let format = Error::UnknownFormat { path: path(), format: "rtf".to_owned() };
        check(
            &format,
            "cannot read a.txt: rtf is no known format",
            "docx, nitf, newsml, feed, ninjs, jsonl",
        );
    }
}
