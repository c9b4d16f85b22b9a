//! What an archive hands out: articles and claims as they were put in.

use crate::archive::content::blocks_read;
use crate::archive::{Archive, Error};
use crate::ingest::{Article, Restored};
use crate::text::{Source, Sources};
use rusqlite::Row;

/// An article of the archive, without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptArticle {
    /// Its number.
    pub id: i64,
    /// The name it was added by.
    pub name: String,
    /// Its day, `2022-01-28`; empty if it has none.
    pub published: String,
    /// Its outlet.
    pub outlet: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// How many numbers it has.
    pub numbers: i64,
    /// The number of the version that has replaced it.
    pub replaced_by: Option<i64>,
}

/// A claim of the archive, with its article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptClaim {
    /// Its article.
    pub article: KeptArticle,
    /// Its id within the article.
    pub id: String,
    /// The number as it is written.
    pub number: String,
    /// Its sentence.
    pub sentence: String,
    /// What it is about.
    pub indicator: String,
    /// The key of its measure.
    pub measure: Option<String>,
    /// Whose it is.
    pub subject: Option<String>,
    /// Where, as far as it says.
    pub place: Option<String>,
    /// What the number measures.
    pub kind: String,
    /// Its unit.
    pub unit: Option<String>,
    /// The literal lower end.
    pub lower: String,
    /// The literal upper end.
    pub upper: String,
    /// How it is bounded.
    pub hedge: String,
}

/// The columns of a kept article, in their order.
pub(crate) const ARTICLE: &str = "article.id, article.name, article.published, article.outlet, \
     article.url, prose.title, article.numbers, article.replaced_by";

impl KeptArticle {
    pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            name: row.get(1)?,
            published: row.get(2)?,
            outlet: row.get(3)?,
            url: row.get(4)?,
            title: row.get(5)?,
            numbers: row.get(6)?,
            replaced_by: row.get(7)?,
        })
    }
}

/// The columns of a kept claim, behind those of its article.
pub(crate) const CLAIM: &str = "claim.id, claim.start, claim.end, claim.sentence_start, \
     claim.sentence_end, claim.indicator, claim.measure, claim.subject, claim.at, claim.kind, \
     claim.unit, claim.lower, claim.upper, claim.hedge, prose.text";

impl KeptClaim {
    pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let article = KeptArticle::read(row)?;
        let prose: String = row.get(22)?;
        let words = |from, to| -> rusqlite::Result<String> {
            let end = |at| row.get::<_, i64>(at).map(|n| usize::try_from(n).unwrap_or_default());
            Ok(prose.get(end(from)?..end(to)?).unwrap_or_default().to_owned())
        };
        let filled = |at| row.get::<_, String>(at).map(|text| Some(text).filter(|t| !t.is_empty()));
        Ok(Self {
            article,
            id: row.get(8)?,
            number: words(9, 10)?,
            sentence: words(11, 12)?,
            indicator: row.get(13)?,
            measure: row.get(14)?,
            subject: row.get(15)?,
            place: row.get(16)?,
            kind: row.get(17)?,
            unit: filled(18)?,
            lower: row.get(19)?,
            upper: row.get(20)?,
            hedge: row.get(21)?,
        })
    }
}

impl Archive {
    /// Articles by their numbers, as they were when they were added; in the order asked for. Their
    /// names are those of the archive with `#` and the number.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn articles(&self, ids: &[i64], sources: &mut Sources) -> Result<Vec<Article>, Error> {
        let sql = format!(
            "SELECT {ARTICLE}, prose.text, prose.blocks FROM article JOIN prose USING (id) WHERE \
             article.id = ?1"
        );
        let mut query = self.db.prepare(&sql).map_err(|error| self.failed(error))?;
        let mut articles = Vec::with_capacity(ids.len());
        for id in ids {
            let read = query.query_row([id], |row| {
                let about = KeptArticle::read(row)?;
                Ok((about, row.get::<_, String>(8)?, row.get::<_, String>(9)?))
            });
            let (about, prose, blocks) = read.map_err(|error| self.failed(error))?;
            let name = format!("{}#{id}", self.name);
            let source = sources.add(Source::new(name.as_str(), prose.as_str()));
            articles.push(Article::restored(Restored {
                name,
                id: id.to_string(),
                source,
                title: about.title,
                published: about.published.parse().ok(),
                outlet: about.outlet,
                url: about.url,
                prose,
                blocks: blocks_read(&blocks),
            }));
        }
        Ok(articles)
    }
}
