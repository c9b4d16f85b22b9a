//! Putting articles in, and taking them out: whole batches, or nothing.

use crate::archive::content::{blocks_written, hash, identity};
use crate::archive::{Archive, Error, Key};
use crate::claim::Claim;
use crate::ingest::Article;
use rusqlite::{OptionalExtension as _, Statement, Transaction, TransactionBehavior, params};
use std::collections::BTreeSet;

/// An article on its way into the archive.
#[derive(Debug)]
pub struct Entry<'a> {
    /// The article.
    pub article: &'a Article,
    /// Its claims.
    pub claims: Vec<Filed<'a>>,
}

/// A claim with what it is filed under.
#[derive(Debug)]
pub struct Filed<'a> {
    /// The claim.
    pub claim: &'a Claim,
    /// What it is filed under.
    pub key: Key,
    /// The key of its measure.
    pub measure: Option<String>,
    /// Where, as far as it says: a place's key, or its name.
    pub at: Option<String>,
    /// What ties it to others of its key; nothing does without one.
    pub bond: Option<Bond>,
}

/// What ties claims of one key: they have it in common, or one knows only the state or the country
/// of the other's event.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bond {
    /// Their own.
    pub own: String,
    /// What their event is called where only its state is known.
    pub state: Option<String>,
    /// The same of its country.
    pub country: Option<String>,
}

/// What became of an article that was to be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// It is in the archive now, by this number.
    New(i64),
    /// It is, in the place of an older version.
    Changed(i64),
    /// It was there before, by this number.
    Known(i64),
}

/// What separates the parts of a key where keys are kept as one text; no article has it.
const UNIT_MARK: char = '\u{1f}';

/// A claim that waits to be written in its order.
struct Row<'a> {
    key: &'a Key,
    day: String,
    article: i64,
    filed: &'a Filed<'a>,
}

impl Archive {
    /// Adds articles: all of them or, where that fails, none. When it returns, they are on the disk.
    ///
    /// # Errors
    /// When the archive cannot be written.
    pub fn add(&mut self, entries: &[Entry<'_>]) -> Result<Vec<Added>, Error> {
        let name = self.name.clone();
        self.added(entries).map_err(|error| Error::of(&name, error))
    }

    fn added(&mut self, entries: &[Entry<'_>]) -> rusqlite::Result<Vec<Added>> {
        let change = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut rows: Vec<Row<'_>> = Vec::new();
        let mut outcomes = Vec::with_capacity(entries.len());
        {
            let mut writer = Writer::new(&change)?;
            for entry in entries {
                let outcome = writer.article(entry)?;
                if let Added::New(id) | Added::Changed(id) = outcome {
                    let day = day(entry.article);
                    rows.extend(entry.claims.iter().map(|filed| Row {
                        key: &filed.key,
                        day: day.clone(),
                        article: id,
                        filed,
                    }));
                }
                outcomes.push(outcome);
            }
            // Neighbours go in one after the other: fewer pages are touched.
            rows.sort_by(|a, b| (a.key, &a.day, a.article).cmp(&(b.key, &b.day, b.article)));
            let replaced = std::mem::take(&mut writer.replaced);
            for row in rows.iter().filter(|row| !replaced.contains(&row.article)) {
                writer.claim(row)?;
            }
        }
        change.commit()?;
        Ok(outcomes)
    }

    /// Removes an article with all its versions: by its number, its name, or its address. Returns
    /// how many articles, versions included, are gone.
    ///
    /// # Errors
    /// When there is none, or the archive cannot be written.
    pub fn remove(&mut self, wanted: &str) -> Result<usize, Error> {
        let name = self.name.clone();
        let gone = self.removed(wanted).map_err(|error| Error::of(&name, error))?;
        if gone == 0 {
            return Err(Error::Unknown { path: name, wanted: wanted.to_owned() });
        }
        Ok(gone)
    }

    fn removed(&mut self, wanted: &str) -> rusqlite::Result<usize> {
        let change = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let number: Option<i64> = wanted.parse().ok();
        let meant: Vec<(i64, bool)> = {
            let sql = "SELECT id, replaced_by IS NULL FROM article WHERE identity IN \
                       (SELECT identity FROM article WHERE id = ?1 OR name = ?2 OR identity = ?2)";
            let mut query = change.prepare(sql)?;
            let rows = query.query_map(params![number, wanted], |r| Ok((r.get(0)?, r.get(1)?)))?;
            rows.collect::<rusqlite::Result<_>>()?
        };
        for (id, current) in &meant {
            if *current {
                withdraw(&change, *id)?;
            }
            change.execute("DELETE FROM prose WHERE id = ?1", [id])?;
            change.execute("DELETE FROM article WHERE id = ?1", [id])?;
        }
        change.commit()?;
        Ok(meant.len())
    }
}

/// The statements of one batch.
struct Writer<'c> {
    change: &'c Transaction<'c>,
    known: Statement<'c>,
    older: Statement<'c>,
    article: Statement<'c>,
    prose: Statement<'c>,
    words: Statement<'c>,
    claim: Statement<'c>,
    /// Articles of this batch that a later one of it has replaced.
    replaced: BTreeSet<i64>,
}

impl<'c> Writer<'c> {
    fn new(change: &'c Transaction<'c>) -> rusqlite::Result<Self> {
        Ok(Self {
            change,
            known: change.prepare("SELECT id FROM article WHERE content = ?1")?,
            older: change
                .prepare("SELECT id FROM article WHERE identity = ?1 AND replaced_by IS NULL")?,
            article: change.prepare(
                "INSERT INTO article (name, identity, content, published, outlet, url, numbers, \
                 keys) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?,
            prose: change
                .prepare("INSERT INTO prose (id, title, text, blocks) VALUES (?1, ?2, ?3, ?4)")?,
            words: change.prepare("INSERT INTO word (rowid, title, text) VALUES (?1, ?2, ?3)")?,
            claim: change.prepare(
                "INSERT INTO claim (indicator, place, kind, unit, day, article, start, end, \
                 sentence_start, sentence_end, id, subject, measure, lower, upper, hedge, at, tie, \
                 state, country) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, \
                 ?14, ?15, ?16, ?17, ?18, ?19, ?20)",
            )?,
            replaced: BTreeSet::new(),
        })
    }

    fn article(&mut self, entry: &Entry<'_>) -> rusqlite::Result<Added> {
        let Entry { article, claims } = entry;
        let content = hash(article);
        let known = self.known.query_row([&content[..]], |row| row.get(0)).optional()?;
        if let Some(id) = known {
            return Ok(Added::Known(id));
        }
        let identity = identity(article);
        let older: Option<i64> = self.older.query_row([identity], |row| row.get(0)).optional()?;
        let keys: BTreeSet<&Key> = claims.iter().map(|filed| &filed.key).collect();
        let id = self.article.insert(params![
            article.name,
            identity,
            &content[..],
            day(article),
            article.outlet,
            article.url,
            length(claims.len()),
            keys_written(&keys),
        ])?;
        self.prose.execute(params![
            id,
            article.title,
            article.prose,
            blocks_written(&article.blocks)
        ])?;
        self.words.execute(params![id, article.title, article.prose])?;
        let Some(older) = older else { return Ok(Added::New(id)) };
        withdraw(self.change, older)?;
        self.change.execute("UPDATE article SET replaced_by = ?2 WHERE id = ?1", [older, id])?;
        self.replaced.insert(older);
        Ok(Added::Changed(id))
    }

    fn claim(&mut self, row: &Row<'_>) -> rusqlite::Result<()> {
        let Filed { claim, key, measure, at, bond } = row.filed;
        let quantity = &claim.quantity;
        self.claim.execute(params![
            key.indicator,
            key.place,
            key.kind,
            key.unit,
            row.day,
            row.article,
            length(quantity.span.start()),
            length(quantity.span.end()),
            length(claim.sentence.start()),
            length(claim.sentence.end()),
            claim.id,
            claim.subject.as_ref().map(|subject| subject.value.slug()),
            measure,
            quantity.lower.normalize().to_string(),
            quantity.upper.normalize().to_string(),
            quantity.hedge.name(),
            at,
            bond.as_ref().map(|bond| &bond.own),
            bond.as_ref().and_then(|bond| bond.state.as_ref()),
            bond.as_ref().and_then(|bond| bond.country.as_ref()),
        ])?;
        Ok(())
    }
}

/// Takes the claims and the words of an article out; its text stays.
fn withdraw(change: &Transaction<'_>, id: i64) -> rusqlite::Result<()> {
    let (keys, day): (String, String) =
        change.query_row("SELECT keys, published FROM article WHERE id = ?1", [id], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    let mut delete = change.prepare(
        "DELETE FROM claim WHERE indicator = ?1 AND place = ?2 AND kind = ?3 AND unit = ?4 AND \
         day = ?5 AND article = ?6",
    )?;
    for Key { indicator, place, kind, unit } in keys_read(&keys) {
        delete.execute(params![indicator, place, kind, unit, day, id])?;
    }
    change.execute(
        "INSERT INTO word (word, rowid, title, text) SELECT 'delete', id, title, text FROM prose \
         WHERE id = ?1",
        [id],
    )?;
    Ok(())
}

/// The day an article is filed under; empty for one without a date.
fn day(article: &Article) -> String {
    article.published.map(|day| day.to_string()).unwrap_or_default()
}

fn length(of: usize) -> i64 {
    i64::try_from(of).unwrap_or(i64::MAX)
}

fn keys_written(keys: &BTreeSet<&Key>) -> String {
    let line = |key: &&Key| {
        let Key { indicator, place, kind, unit } = key;
        [indicator, place, kind, unit].map(String::as_str).join(&UNIT_MARK.to_string())
    };
    keys.iter().map(line).collect::<Vec<_>>().join("\n")
}

pub(crate) fn keys_read(text: &str) -> impl Iterator<Item = Key> {
    text.split('\n').filter_map(|line| {
        let mut parts = line.split(UNIT_MARK).map(str::to_owned);
        let (indicator, place) = (parts.next()?, parts.next()?);
        let (kind, unit) = (parts.next()?, parts.next()?);
        Some(Key { indicator, place, kind, unit })
    })
}
