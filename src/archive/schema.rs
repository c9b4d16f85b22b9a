//! How an archive is laid out in its file, and how an older layout becomes the present one.

use crate::archive::{Archive, Error};
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};
use std::path::Path;
use std::time::Duration;

/// Marks the file as an archive of numcheck: `numc` in its header.
const APPLICATION: i64 = 0x6e75_6d63;

/// How long a writer waits for another one.
const PATIENCE: Duration = Duration::from_secs(30);

/// What makes schema `n` out of schema `n - 1`, in order.
const STEPS: &[&str] = &[ARTICLES_AND_CLAIMS, WORDS];

/// Claims stand in the order of their keys and days, so that what is said of one thing lies on
/// neighbouring pages.
const ARTICLES_AND_CLAIMS: &str = "
CREATE TABLE article (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    identity TEXT NOT NULL,
    content BLOB NOT NULL UNIQUE,
    published TEXT NOT NULL,
    outlet TEXT,
    url TEXT,
    numbers INTEGER NOT NULL,
    keys TEXT NOT NULL,
    replaced_by INTEGER
);
CREATE INDEX article_identity ON article (identity);
CREATE INDEX article_name ON article (name);
CREATE TABLE prose (id INTEGER PRIMARY KEY, title TEXT, text TEXT NOT NULL, blocks TEXT NOT NULL);
CREATE TABLE claim (
    indicator TEXT NOT NULL,
    place TEXT NOT NULL,
    kind TEXT NOT NULL,
    unit TEXT NOT NULL,
    day TEXT NOT NULL,
    article INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    sentence_start INTEGER NOT NULL,
    sentence_end INTEGER NOT NULL,
    id TEXT NOT NULL,
    subject TEXT,
    measure TEXT,
    lower TEXT NOT NULL,
    upper TEXT NOT NULL,
    hedge TEXT NOT NULL,
    at TEXT,
    tie TEXT,
    state TEXT,
    country TEXT,
    PRIMARY KEY (indicator, place, kind, unit, day, article, start)
) WITHOUT ROWID;
";

/// The words of the articles, for search.
const WORDS: &str = "
CREATE VIRTUAL TABLE word USING fts5 (title, text, content = 'prose', content_rowid = 'id', \
detail = 'none', tokenize = 'unicode61 remove_diacritics 2');
INSERT INTO word (rowid, title, text)
    SELECT prose.id, prose.title, prose.text FROM prose JOIN article USING (id)
    WHERE replaced_by IS NULL;
";

/// What an archive is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// To look something up.
    Read,
    /// To take something out.
    Change,
    /// To put something in; there may be none yet.
    Write,
}

/// The archive at `path`.
pub(crate) fn opened(path: &Path, purpose: Use) -> Result<Archive, Error> {
    let name = path.display().to_string();
    if purpose != Use::Write && !path.try_exists().unwrap_or(true) {
        return Err(Error::Missing { path: name });
    }
    let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    if purpose == Use::Write {
        flags |= OpenFlags::SQLITE_OPEN_CREATE;
    }
    let opened = Connection::open_with_flags(path, flags)
        .and_then(|db| prepared(db, purpose))
        .or_else(|error| match error.sqlite_error_code() {
            // In a folder that may not be written, the file is read as it is.
            Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly) if purpose == Use::Read => {
                as_it_is(path, error)
            }
            _ => Err(error),
        });
    let db = opened.map_err(|error| Error::of(&name, error))?;
    let mut archive = Archive { db, name };
    archive.bring_up_to_date(purpose)?;
    Ok(archive)
}

/// The database, set up for its use.
fn prepared(db: Connection, purpose: Use) -> rusqlite::Result<Connection> {
    db.busy_timeout(PATIENCE)?;
    db.pragma_update(None, "cache_size", -65_536)?;
    if purpose == Use::Write && version(&db)? == (0, 0) && is_empty(&db)? {
        // A page holds some forty claims.
        db.pragma_update(None, "page_size", 8_192)?;
    }
    if purpose != Use::Read && is_ours(&db)? {
        // Readers and a writer do not wait for each other.
        db.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
        db.pragma_update(None, "synchronous", "full")?;
        db.pragma_update(None, "wal_autocheckpoint", 4_000)?;
    }
    is_ours(&db)?;
    Ok(db)
}

/// A database that nobody writes, opened without the files that writers need beside it.
fn as_it_is(path: &Path, error: rusqlite::Error) -> rusqlite::Result<Connection> {
    let Some(path) = path.to_str() else { return Err(error) };
    let escaped = path.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_URI
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(format!("file:{escaped}?immutable=1"), flags)?;
    is_ours(&db)?;
    Ok(db)
}

/// Its mark and the version of its schema.
fn version(db: &Connection) -> rusqlite::Result<(i64, i64)> {
    let number = |name| db.pragma_query_value(None, name, |row| row.get(0));
    Ok((number("application_id")?, number("user_version")?))
}

fn is_empty(db: &Connection) -> rusqlite::Result<bool> {
    db.query_row("SELECT count(*) FROM sqlite_schema", (), |row| row.get(0)).map(|n: i64| n == 0)
}

/// Whether it is an archive, or may become one.
fn is_ours(db: &Connection) -> rusqlite::Result<bool> {
    Ok(version(db)?.0 == APPLICATION || is_empty(db)?)
}

impl Archive {
    /// Makes the present schema out of the one that is there, all of it or nothing.
    fn bring_up_to_date(&mut self, purpose: Use) -> Result<(), Error> {
        let known = i64::try_from(STEPS.len()).unwrap_or(i64::MAX);
        let path = || self.name.clone();
        let (application, found) = version(&self.db).map_err(|error| self.failed(error))?;
        let empty = is_empty(&self.db).map_err(|error| self.failed(error))?;
        if application != APPLICATION && !(empty && purpose == Use::Write) {
            let what = if empty { "it is empty" } else { "it is a database of something else" };
            return Err(Error::NoArchive { path: path(), what });
        }
        if found > known {
            return Err(Error::Newer { path: path(), found, known });
        }
        if found < known {
            let name = path();
            self.migrate(STEPS).map_err(|error| Error::of(&name, error))?;
        }
        if purpose == Use::Read {
            self.db.pragma_update(None, "query_only", true).map_err(|error| self.failed(error))?;
        }
        Ok(())
    }

    /// Takes the steps that are still to be taken, in one transaction.
    pub(crate) fn migrate(&mut self, steps: &[&str]) -> rusqlite::Result<()> {
        let change = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another process may have done it meanwhile.
        let (_, found) = version(&change)?;
        let done = usize::try_from(found).unwrap_or_default();
        for step in steps.iter().skip(done) {
            change.execute_batch(step)?;
        }
        if done < steps.len() {
            change.pragma_update(None, "application_id", APPLICATION)?;
            change.pragma_update(None, "user_version", i64::try_from(steps.len()).unwrap_or(0))?;
        }
        change.commit()
    }
}

#[cfg(test)]
mod tests {
    use super::{ARTICLES_AND_CLAIMS, Use, opened};
    use crate::archive::{Archive, Error};
    use rusqlite::Connection;
    use std::path::PathBuf;

    fn file(name: &str) -> PathBuf {
        crate::archive::tests::file(&format!("schema-{name}"))
    }

    #[test]
    fn an_older_archive_is_brought_up_to_date_with_what_is_in_it() {
        let path = file("older");
        let mut old = Archive { db: Connection::open(&path).unwrap(), name: String::new() };
        old.migrate(&[ARTICLES_AND_CLAIMS]).unwrap();
        let insert = "INSERT INTO article VALUES (7, 'a.txt', 'a.txt', x'00', '2024-01-02', NULL, \
                      NULL, 0, '', NULL); INSERT INTO prose VALUES (7, 'Flood', 'Water rose.', '')";
        old.db.execute_batch(insert).unwrap();
        drop(old);
        let new = opened(&path, Use::Read).unwrap();
        let found = "SELECT rowid FROM word WHERE word MATCH 'water'";
        assert_eq!(new.db.query_row(found, (), |row| row.get::<_, i64>(0)).unwrap(), 7);
        assert_eq!(new.size().unwrap(), (1, 0));
    }

    #[test]
    fn a_newer_archive_and_a_strange_file_are_refused() {
        let path = file("newer");
        drop(opened(&path, Use::Write).unwrap());
        let db = Connection::open(&path).unwrap();
        db.pragma_update(None, "user_version", 99).unwrap();
        let error = opened(&path, Use::Read).unwrap_err();
        assert!(matches!(error, Error::Newer { found: 99, .. }), "{error}");
        assert!(opened(&path, Use::Write).unwrap_err().to_string().contains("newer numcheck"));

        let path = file("other");
        Connection::open(&path).unwrap().execute_batch("CREATE TABLE t (a)").unwrap();
        for purpose in [Use::Read, Use::Change, Use::Write] {
            let error = opened(&path, purpose).unwrap_err().to_string();
            assert!(error.contains("a database of something else"), "{error}");
        }
    }
}
