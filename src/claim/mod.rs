//! Quantities in, claims out: what a number counts, whose it is, where, when, who says so, and
//! whether it is asserted at all.
//!
//! Every slot is filled by a pattern that says so and remembers which; else it stays empty.

mod aspect;
mod carry;
mod cue;
mod example;
mod frame;
mod identity;
mod illness;
mod indicator;
mod joined;
mod lexicon;
mod measure;
mod modality;
mod passed_over;
mod period;
mod place;
mod reading;
mod speaker;
mod subject;
mod topic;
mod when;

pub use crate::claim::example::untrue_examples;
pub use crate::claim::passed_over::passed_over;
pub use crate::claim::reading::claims;

use crate::ingest::BlockKind;
use crate::quantity::{Interval, Quantity};
use crate::reference::{Aspect, EntityId, Indicator, MeasureId, PlaceId};
use crate::text::{Prose, Span};
use chrono::NaiveDate;

/// A slot's value, the words that gave it, and the pattern that read them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot<T> {
    /// The value.
    pub value: T,
    /// The words.
    pub span: Span<Prose>,
    /// Which pattern or row says so; shown by `explain`.
    pub by: String,
}

/// Whether the number is said to be so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Modality {
    /// It is said to be so.
    Asserted,
    /// It is to come: `will`, `plans to`.
    Planned,
    /// It might be: `could`, `if`.
    Hypothetical,
    /// It is said not to be so.
    Denied,
}

impl Modality {
    /// Its name in claims.
    pub fn name(self) -> &'static str {
        match self {
            Self::Asserted => "asserted",
            Self::Planned => "planned",
            Self::Hypothetical => "hypothetical",
            Self::Denied => "denied",
        }
    }
}

/// Whose the number is: an entity of the catalog, or a group that only the text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// An entity of the catalog.
    Entity(EntityId, String),
    /// A slug made from the text: `WORLD_VISION`.
    Named(String),
}

impl Subject {
    /// Alpha-3 for a country, else an upper-case slug.
    pub fn slug(&self) -> &str {
        match self {
            Self::Entity(_, slug) | Self::Named(slug) => slug,
        }
    }
}

/// Where: as the text says it, and the place or country of the catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Where {
    /// Alpha-3 for a country, else the place's name as in the text.
    pub shown: String,
    /// The place's key, if the catalog knows it: a country's alpha-3 or `UKR-Donbas`.
    pub id: Option<PlaceId>,
    /// The country it lies in, as alpha-3.
    pub country: Option<String>,
    /// Whether a country is meant as a whole, not a part of it: `eastern Ukraine` is shown as its
    /// country too.
    pub whole: bool,
    /// Whether only the article as a whole says so, not the sentence: enough to agree with a row,
    /// never enough to contradict one.
    pub inferred: bool,
}

/// When, as far as the text says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When {
    /// The time words, if any.
    pub text: Option<Span<Prose>>,
    /// The start of the period as a short or full date (`2014`, `2022-01-28`).
    pub start: Option<String>,
    /// Its end.
    pub end: Option<NaiveDate>,
    /// Whether the count runs from the start (`since 2014`) rather than lies within.
    pub since: bool,
}

/// A number of an article with everything the text says about it.
#[derive(Debug, Clone)]
pub struct Claim {
    /// Index of its article in the review.
    pub article: usize,
    /// Stable under edits elsewhere in the article.
    pub id: String,
    /// Which part of the article it stands in.
    pub block: BlockKind,
    /// Its sentence.
    pub sentence: Span<Prose>,
    /// The number and what it measures.
    pub quantity: Quantity,
    /// What it is about, from the closed vocabulary.
    pub indicator: Slot<Indicator>,
    /// The series it belongs to, by the indicators table.
    pub measure: Option<Slot<MeasureId>>,
    /// Other series it may belong to, the likelier first.
    pub rivals: Vec<MeasureId>,
    /// Whose.
    pub subject: Option<Slot<Subject>>,
    /// Where, or the recipient of aid.
    pub place: Option<Slot<Where>>,
    /// How far along, or over which stretch.
    pub aspect: Option<Slot<Aspect>>,
    /// When.
    pub when: Option<Slot<When>>,
    /// Whether it is said to be so.
    pub modality: Slot<Modality>,
    /// Who says it, as in the text, and the entity that is.
    pub attributed_to: Option<Slot<(String, Option<EntityId>)>>,
    /// Whether it stands inside quotation marks.
    pub quoted: bool,
}

impl Claim {
    /// The values it supports.
    pub fn interval(&self) -> Interval {
        self.quantity.written().supports()
    }

    /// The number as people name it in a message: the number's text with its hedge and noun.
    pub fn shown<'a>(&self, prose: &'a str) -> &'a str {
        self.quantity.phrase.of(prose)
    }
}

#[cfg(test)]
pub(crate) mod test_support {
    use crate::claim::{Claim, claims};
    use crate::ingest::{Article, read};
    use crate::reference::Store;
    use crate::text::Sources;
    use std::sync::LazyLock;

    static STORE: LazyLock<Store> = LazyLock::new(|| Store::builtin(&mut Sources::new()));

    /// The claim whose number stands between `[` and `]`, in a text of 28 January 2022.
    pub(crate) fn claim_marked(marked: &str) -> Option<Claim> {
        read_marked(marked, false).map(|(claim, _)| claim)
    }

    /// The same, and the prose it stands in: the body's, or as a headline.
    pub(crate) fn read_marked(marked: &str, headline: bool) -> Option<(Claim, String)> {
        let number = marked.split(['[', ']']).nth(1)?;
        let turn = marked.split('[').next()?.matches(number).count();
        let text = marked.replace(['[', ']'], "");
        let (title, body) =
            if headline { (&*text, "It was so.") } else { ("No numbers here", &*text) };
        let article = article_of(title, body)?;
        let named = |c: &Claim| c.quantity.span.len() == number.len();
        let found = claims(&article, 0, &STORE.catalog).into_iter().filter(named).nth(turn)?;
        Some((found, article.prose))
    }

    /// All claims of an article.
    pub(crate) fn claims_in(title: &str, body: &str) -> Vec<Claim> {
        article_of(title, body).map_or_else(Vec::new, |a| claims(&a, 0, &STORE.catalog))
    }

    fn article_of(title: &str, body: &str) -> Option<Article> {
        let file = format!("{title}\n20220128\nhttps://example.org/a\n{body}\n");
        let mut sources = Sources::new();
        read("a.txt", file.as_bytes(), None, &mut sources).ok()?.into_iter().next()
    }
}
