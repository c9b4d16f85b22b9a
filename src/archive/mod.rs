//! The articles that were published, with their claims, in one file that outlives a run.
//!
//! An archive is an `SQLite` database. What it promises:
//!
//! - What [`Archive::add`] has returned is on the disk; a run that is killed loses nothing of it,
//!   and leaves nothing half-written.
//! - An article whose content is known is not added again. One that is known under the same
//!   address, or without one under the same name, and whose content has changed, takes the older
//!   one's place: the older version is kept, and its claims count no longer.
//! - Many may read while one writes.

mod add;
mod content;
mod error;
mod find;
mod kept;
mod schema;

pub use crate::archive::add::{Added, Bond, Entry, Filed};
pub use crate::archive::content::identity;
pub use crate::archive::error::Error;
pub use crate::archive::find::{Query, Wanted};
pub use crate::archive::kept::{KeptArticle, KeptClaim};

use rusqlite::Connection;
use std::path::Path;

/// An open archive.
#[derive(Debug)]
pub struct Archive {
    db: Connection,
    /// The file as the user named it.
    name: String,
}

/// What ties kept claims together; empty where a text does not say. An archive keeps claims of one
/// key side by side, in the order of their days.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// What is counted: an indicator.
    pub indicator: String,
    /// Where: a place's key, or its name where the catalog does not know it; the country where an
    /// event ties the claims.
    pub place: String,
    /// What the number measures.
    pub kind: String,
    /// Its unit.
    pub unit: String,
}

impl Archive {
    /// The archive at `path`, to be read. One of an older schema is brought up to date first.
    ///
    /// # Errors
    /// When there is none, or it cannot be read.
    pub fn open(path: &Path) -> Result<Self, Error> {
        schema::opened(path, schema::Use::Read)
    }

    /// The archive at `path`, to be written; begins one if there is none.
    ///
    /// # Errors
    /// When the file is something else, or cannot be written.
    pub fn create(path: &Path) -> Result<Self, Error> {
        schema::opened(path, schema::Use::Write)
    }

    /// The archive at `path`, to be changed.
    ///
    /// # Errors
    /// When there is none, or it cannot be written.
    pub fn change(path: &Path) -> Result<Self, Error> {
        schema::opened(path, schema::Use::Change)
    }

    /// Its file, as it was named.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How many articles there are, older versions aside, and how many claims they make.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn size(&self) -> Result<(u64, u64), Error> {
        let sql =
            "SELECT count(*), coalesce(sum(numbers), 0) FROM article WHERE replaced_by IS NULL";
        let row =
            self.db.query_row(sql, (), |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)));
        let (articles, claims) = row.map_err(|error| self.failed(error))?;
        Ok((articles.try_into().unwrap_or_default(), claims.try_into().unwrap_or_default()))
    }

    /// Everything that does not hold of the file, in `SQLite`'s words; empty for a sound one.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn faults(&self) -> Result<Vec<String>, Error> {
        let mut faults = Vec::new();
        let checks = [
            "SELECT * FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
            "SELECT 'article ' || id || ' has no text' FROM article \
             WHERE id NOT IN (SELECT id FROM prose)",
            "SELECT 'article ' || id || ' lacks claims' FROM article LEFT JOIN \
             (SELECT article AS id, count(*) AS there FROM claim GROUP BY article) USING (id) \
             WHERE replaced_by IS NULL AND numbers <> coalesce(there, 0)",
            "SELECT 'a claim of no article: ' || id FROM claim \
             WHERE article NOT IN (SELECT id FROM article WHERE replaced_by IS NULL)",
        ];
        for sql in checks {
            let mut query = self.db.prepare(sql).map_err(|error| self.failed(error))?;
            let rows = query.query_map((), |row| row.get(0)).map_err(|error| self.failed(error))?;
            for row in rows {
                faults.push(row.map_err(|error| self.failed(error))?);
            }
        }
        Ok(faults)
    }

    fn failed(&self, cause: rusqlite::Error) -> Error {
        Error::of(&self.name, cause)
    }
}

#[cfg(test)]
mod tests;
