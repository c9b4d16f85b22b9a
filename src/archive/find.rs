//! Looking things up: by key and day, by words, by what a claim is about.

use crate::archive::add::keys_read;
use crate::archive::kept::{ARTICLE, CLAIM};
use crate::archive::{Archive, Bond, Error, KeptArticle, KeptClaim, Key};
use chrono::NaiveDate;
use rusqlite::{Connection, params};
use std::collections::BTreeSet;

/// Which claims an article may be held against.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wanted {
    /// What they are filed under.
    pub key: Key,
    /// What ties them to the article's claim.
    pub bond: Bond,
    /// The first day that counts.
    pub from: NaiveDate,
    /// The last day that counts.
    pub to: NaiveDate,
}

/// How many claims of one key are looked at, the newest first.
const NEWEST: i64 = 24;

/// What is looked for; what is not said may be anything.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// Words that stand in the claim's sentence or its article's headline.
    pub words: Vec<String>,
    /// An indicator, or a measure of the tables.
    pub measure: Option<String>,
    /// Whose.
    pub subject: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// The first day.
    pub since: Option<NaiveDate>,
    /// The last day.
    pub until: Option<NaiveDate>,
    /// How many claims at most.
    pub limit: usize,
}

impl Archive {
    /// The numbers of the articles that have such claims, oldest first.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn near(&self, wanted: &[Wanted]) -> Result<Vec<i64>, Error> {
        near(&self.db, wanted).map_err(|error| self.failed(error))
    }

    /// The numbers of the articles with claims of these indicators and measures, oldest first.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn about(&self, topics: &BTreeSet<(&str, &str)>) -> Result<Vec<i64>, Error> {
        about(&self.db, topics).map_err(|error| self.failed(error))
    }

    /// The articles, older versions included, in the order they were added.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn list(&self) -> Result<Vec<KeptArticle>, Error> {
        let sql =
            format!("SELECT {ARTICLE} FROM article JOIN prose USING (id) ORDER BY article.id");
        let list = || {
            let mut query = self.db.prepare(&sql)?;
            let rows = query.query_map((), KeptArticle::read)?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        list().map_err(|error| self.failed(error))
    }

    /// The claims that fit a query, newest first.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn query(&self, query: &Query) -> Result<Vec<KeptClaim>, Error> {
        let found = if query.words.is_empty() {
            by_slots(&self.db, query)
        } else {
            by_words(&self.db, query)
        };
        found.map_err(|error| self.failed(error))
    }
}

fn near(db: &Connection, wanted: &[Wanted]) -> rusqlite::Result<Vec<i64>> {
    let mut query = db.prepare(
        "SELECT day, article FROM claim WHERE indicator = ?1 AND place = ?2 AND kind = ?3 AND \
         unit = ?4 AND day BETWEEN ?5 AND ?6 AND (tie IN (?8, ?9, ?10) OR state = ?8 OR \
         country = ?8) ORDER BY day DESC, article DESC LIMIT ?7",
    )?;
    let mut found: BTreeSet<(String, i64)> = BTreeSet::new();
    for Wanted { key, bond, from, to } in wanted {
        let Key { indicator, place, kind, unit } = key;
        let (from, to) = (from.to_string(), to.to_string());
        let Bond { own, state, country } = bond;
        let rows = query.query_map(
            params![indicator, place, kind, unit, from, to, NEWEST, own, state, country],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        for row in rows {
            found.extend([row?]);
        }
    }
    Ok(found.into_iter().map(|(_, article)| article).collect())
}

fn about(db: &Connection, topics: &BTreeSet<(&str, &str)>) -> rusqlite::Result<Vec<i64>> {
    // Claims that no indicator describes are told apart by their measure alone.
    let mut query = db.prepare(
        "SELECT DISTINCT day, article FROM claim WHERE indicator = ?1 AND \
         (indicator <> 'other' OR measure = ?2)",
    )?;
    let mut found: BTreeSet<(String, i64)> = BTreeSet::new();
    for (indicator, measure) in topics {
        let rows = query.query_map([indicator, measure], |row| Ok((row.get(0)?, row.get(1)?)))?;
        for row in rows {
            found.insert(row?);
        }
    }
    Ok(found.into_iter().map(|(_, article)| article).collect())
}

fn by_slots(db: &Connection, wanted: &Query) -> rusqlite::Result<Vec<KeptClaim>> {
    let sql = format!(
        "SELECT {ARTICLE}, {CLAIM} FROM (SELECT * FROM claim WHERE {SLOTS} \
         ORDER BY day DESC, article DESC, start LIMIT ?6) AS claim \
         JOIN article ON article.id = claim.article JOIN prose ON prose.id = claim.article \
         ORDER BY claim.day DESC, claim.article DESC, claim.start"
    );
    let mut query = db.prepare(&sql)?;
    let Query { measure, subject, place, since, until, limit, .. } = wanted;
    let (since, until) = (since.map(|day| day.to_string()), until.map(|day| day.to_string()));
    let limit = i64::try_from(*limit).unwrap_or(i64::MAX);
    let rows =
        query.query_map(params![measure, subject, place, since, until, limit], KeptClaim::read)?;
    rows.collect()
}

/// What is asked of a claim beside its words.
const SLOTS: &str = "(?1 IS NULL OR claim.indicator = ?1 OR claim.measure = ?1) AND \
     (?2 IS NULL OR claim.subject = ?2) AND (?3 IS NULL OR claim.at = ?3) AND \
     (?4 IS NULL OR claim.day >= ?4) AND (?5 IS NULL OR claim.day BETWEEN '0' AND ?5)";

/// The claims whose sentence has all the words, with those of the headline.
fn by_words(db: &Connection, wanted: &Query) -> rusqlite::Result<Vec<KeptClaim>> {
    let quoted = wanted.words.iter().map(|word| format!("\"{}\"", word.replace('"', "\"\"")));
    let matching = quoted.collect::<Vec<_>>().join(" AND ");
    let mut hits = db.prepare(
        "SELECT article.id, article.keys, article.published FROM word JOIN article ON article.id = \
         word.rowid WHERE word MATCH ?1 ORDER BY article.published DESC, article.id DESC",
    )?;
    let sql = format!(
        "SELECT {ARTICLE}, {CLAIM} FROM claim JOIN article ON article.id = claim.article \
         JOIN prose ON prose.id = claim.article WHERE claim.indicator = ?6 AND claim.place = ?7 AND \
         claim.kind = ?8 AND claim.unit = ?9 AND claim.day = ?10 AND claim.article = ?11 AND {SLOTS}"
    );
    let mut claims = db.prepare(&sql)?;
    let Query { words, measure, subject, place, since, until, limit } = wanted;
    let (since, until) = (since.map(|day| day.to_string()), until.map(|day| day.to_string()));
    let words: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let mut found = Vec::new();
    let mut rows = hits.query([matching])?;
    while let Some(row) = rows.next()? {
        let (id, keys, day): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let mut own = Vec::new();
        for key in keys_read(&keys) {
            let Key { indicator, place: at, kind, unit } = key;
            let asked =
                params![measure, subject, place, since, until, indicator, at, kind, unit, day, id];
            for claim in
                claims.query_map(asked, |row| Ok((row.get::<_, i64>(9)?, KeptClaim::read(row)?)))?
            {
                own.push(claim?);
            }
        }
        own.sort_by_key(|(start, _)| *start);
        found.extend(own.into_iter().map(|(_, claim)| claim).filter(|claim| says(claim, &words)));
        if found.len() >= *limit {
            break;
        }
    }
    found.truncate(*limit);
    Ok(found)
}

/// Whether the sentence and the headline together have all the words.
fn says(claim: &KeptClaim, words: &[String]) -> bool {
    let title = claim.article.title.as_deref().unwrap_or_default();
    let text = format!("{title} {}", claim.sentence).to_lowercase();
    words.iter().all(|word| text.contains(word.as_str()))
}
