//! Two versions of one article: which figures changed, which came and went, and which stayed
//! behind.

mod figures;
mod left;
mod sentences;
#[cfg(test)]
mod tests;

use crate::claim::Claim;
use crate::compare::versions::figures::Figures;
use crate::ingest::{Article, BlockKind};
use crate::text::{Prose, Span};

/// The earlier version of an article, and what became of it.
#[derive(Debug, Clone)]
pub struct Earlier {
    /// Index of the article, as it is now, in the review.
    pub now: usize,
    /// The article as it was.
    pub article: Article,
    /// Its claims then; their `article` is the index of the article as it is now.
    pub claims: Vec<Claim>,
    /// Index in the review of the first claim of the article as it is now.
    pub first: usize,
    /// What is different now.
    pub revision: Revision,
}

/// What differs between two versions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Revision {
    /// The sentences that differ, in the order of the later version; those that are gone stand
    /// where they stood.
    pub edits: Vec<Edit>,
    /// The figures that differ, in the order of the edits.
    pub changes: Vec<Change>,
}

/// A sentence as it was and as it is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edit {
    /// In the earlier version; `None` for a new sentence.
    pub old: Option<Span<Prose>>,
    /// In the later version; `None` for one that is gone.
    pub new: Option<Span<Prose>>,
}

/// A figure as it was and as it is now, each by its place among the claims of its version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// In the earlier version; `None` for a new figure.
    pub old: Option<usize>,
    /// In the later version; `None` for one that is gone.
    pub new: Option<usize>,
    /// Claims of the later version that still give the old figure for the same fact.
    pub left: Vec<usize>,
}

/// What differs between two versions, with the claims of each in text order.
pub fn revision(old: (&Article, &[Claim]), new: (&Article, &[Claim])) -> Revision {
    let (was, is) = (sentences::of(old.0), sentences::of(new.0));
    let pairs = sentences::pairs(&was, &is);
    let figures = Figures::of(old, new, &edits_of_all(&was, &is, &pairs));
    let mut changes = figures.changes();
    left::find(&mut changes, &figures);
    let differs = |edit: &Edit| match (edit.old, edit.new) {
        (Some(a), Some(b)) => words(a.of(&old.0.prose)) != words(b.of(&new.0.prose)),
        _ => true,
    };
    let edits = edits_of_all(&was, &is, &pairs).into_iter().filter(differs).collect();
    Revision { edits, changes }
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

/// Every sentence with what it was, in the order of the later version; those that are gone stand
/// behind the one they stood behind.
fn edits_of_all(
    was: &[sentences::Sentence],
    is: &[sentences::Sentence],
    pairs: &[Option<usize>],
) -> Vec<Edit> {
    let mut of: Vec<Option<usize>> = vec![None; is.len()];
    let mut gone: Vec<Vec<usize>> = vec![Vec::new(); is.len() + 1];
    let mut behind = 0;
    for (old, new) in pairs.iter().enumerate() {
        match new {
            Some(new) => {
                behind = new + 1;
                if let Some(slot) = of.get_mut(*new) {
                    *slot = Some(old);
                }
            }
            None => gone.get_mut(behind).into_iter().for_each(|gone| gone.push(old)),
        }
    }
    let old = |at: usize| was.get(at).map(|sentence| sentence.span);
    let mut edits = Vec::new();
    for place in 0..=is.len() {
        let lost = gone.get(place).into_iter().flatten();
        edits.extend(lost.map(|at| Edit { old: old(*at), new: None }));
        if let Some(sentence) = is.get(place) {
            let was = of.get(place).copied().flatten();
            edits.push(Edit { old: was.and_then(old), new: Some(sentence.span) });
        }
    }
    edits
}

/// The part of an article that a reader would name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Spot {
    /// The headline.
    Headline,
    /// The line under it.
    Standfirst,
    /// A paragraph, counted from 1.
    Paragraph(usize),
    /// The text beside a picture.
    Caption,
    /// A table.
    Table,
}

impl Spot {
    /// Where that is: `in the headline`, `in paragraph 3`.
    pub fn located(self) -> String {
        match self {
            Self::Headline => "in the headline".to_owned(),
            Self::Standfirst => "under the headline".to_owned(),
            Self::Paragraph(nth) => format!("in paragraph {nth}"),
            Self::Caption => "in a caption".to_owned(),
            Self::Table => "in a table".to_owned(),
        }
    }
}

/// Where in the article the claim stands.
pub fn spot(article: &Article, claim: &Claim) -> Spot {
    match claim.block {
        BlockKind::Headline => Spot::Headline,
        BlockKind::Standfirst => Spot::Standfirst,
        BlockKind::Caption => Spot::Caption,
        BlockKind::Table => Spot::Table,
        BlockKind::Body => {
            let body = article.blocks.iter().filter(|block| block.kind == BlockKind::Body);
            let start = claim.quantity.span.start();
            Spot::Paragraph(body.take_while(|block| block.span.start() <= start).count().max(1))
        }
    }
}
