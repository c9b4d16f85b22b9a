//! What differs between two versions of an article, ready to be shown: sentence by sentence, each
//! with its figures.

use crate::check::Review;
use crate::claim::Claim;
use crate::compare::{Change, Earlier, Edit, Spot, spot};
use crate::ingest::Article;
use crate::text::{Prose, Span};
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::BTreeMap;

/// An article in two versions.
pub(crate) struct Revised<'a> {
    pub(crate) old: &'a Article,
    pub(crate) new: &'a Article,
    /// The sentences whose figures differ.
    pub(crate) passages: Vec<Passage<'a>>,
    /// How many sentences differ in other words.
    pub(crate) reworded: usize,
}

/// A sentence as it was and as it is, with the figures that differ.
pub(crate) struct Passage<'a> {
    pub(crate) old: Option<&'a str>,
    pub(crate) new: Option<&'a str>,
    pub(crate) figures: Vec<Figure<'a>>,
}

/// A figure that differs.
pub(crate) struct Figure<'a> {
    pub(crate) old: Option<Mention<'a>>,
    pub(crate) new: Option<Mention<'a>>,
    /// Where the old figure stayed behind.
    pub(crate) left: Vec<Mention<'a>>,
}

/// A figure where it stands.
pub(crate) struct Mention<'a> {
    pub(crate) article: &'a Article,
    pub(crate) claim: &'a Claim,
    pub(crate) spot: Spot,
    pub(crate) path: &'a str,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) line: usize,
    pub(crate) column: usize,
}

/// Every article of the review that has an earlier version.
pub(crate) fn revised(review: &Review) -> Vec<Revised<'_>> {
    review.earlier.iter().filter_map(|earlier| of(review, earlier)).collect()
}

fn of<'a>(review: &'a Review, earlier: &'a Earlier) -> Option<Revised<'a>> {
    let new = review.articles.get(earlier.now)?;
    let edits = &earlier.revision.edits;
    let starts = |side: fn(&Edit) -> Option<Span<Prose>>| {
        let start = |(at, edit): (usize, &Edit)| Some((side(edit)?.start(), at));
        edits.iter().enumerate().filter_map(start).collect::<BTreeMap<_, _>>()
    };
    let (in_old, in_new) = (starts(|edit| edit.old), starts(|edit| edit.new));
    let within = |starts: &BTreeMap<usize, usize>, claim: &Claim| {
        let before = starts.range(..=claim.quantity.span.start()).next_back();
        before.map(|(_, at)| *at)
    };
    let mut of_edit: Vec<Vec<&Change>> = vec![Vec::new(); edits.len()];
    for change in &earlier.revision.changes {
        let new = change.new.and_then(|new| review.claims.get(earlier.first + new));
        let old = change.old.and_then(|old| earlier.claims.get(old));
        let at = match (new, old) {
            (Some(claim), _) => within(&in_new, claim),
            (None, Some(claim)) => within(&in_old, claim),
            (None, None) => None,
        };
        if let Some(own) = at.and_then(|at| of_edit.get_mut(at)) {
            own.push(change);
        }
    }
    let (mut passages, mut reworded) = (Vec::new(), 0);
    for (edit, changes) in edits.iter().zip(&of_edit) {
        if changes.is_empty() {
            reworded += 1;
        } else {
            passages.push(passage(review, earlier, edit, changes));
        }
    }
    Some(Revised { old: &earlier.article, new, passages, reworded })
}

fn passage<'a>(
    review: &'a Review,
    earlier: &'a Earlier,
    edit: &Edit,
    changes: &[&Change],
) -> Passage<'a> {
    let new = review.articles.get(earlier.now);
    let now = |place: usize| Some(mention(review, new?, review.claims.get(earlier.first + place)?));
    let was = |place: usize| Some(mention(review, &earlier.article, earlier.claims.get(place)?));
    let figure = |change: &&Change| Figure {
        old: change.old.and_then(was),
        new: change.new.and_then(now),
        left: change.left.iter().filter_map(|left| now(*left)).collect(),
    };
    let figures: Vec<Figure<'_>> = changes.iter().map(figure).collect();
    // A figure that moved brings the sentence it stood in.
    let moved = figures.iter().find_map(|figure| figure.old.as_ref());
    let old = edit.old.map(|span| span.of(&earlier.article.prose));
    Passage {
        old: old.or_else(|| moved.map(|old| old.claim.sentence.of(&old.article.prose))),
        new: edit.new.and_then(|span| Some(span.of(&new?.prose))),
        figures,
    }
}

fn mention<'a>(review: &'a Review, article: &'a Article, claim: &'a Claim) -> Mention<'a> {
    let at = article.locate(claim.quantity.span);
    let source = review.sources.get(at.source);
    let (line, column) = source.line_column(at.span.start());
    let (start, end) = (at.span.start(), at.span.end());
    let spot = spot(article, claim);
    Mention { article, claim, spot, path: source.name(), start, end, line, column }
}

impl Mention<'_> {
    /// The number with its hedge and noun, on one line.
    pub(crate) fn shown(&self) -> String {
        one_line(self.claim.shown(&self.article.prose))
    }

    /// The sentence it stands in.
    pub(crate) fn sentence(&self) -> String {
        one_line(self.claim.sentence.of(&self.article.prose))
    }

    /// `FILE:LINE:COLUMN`.
    pub(crate) fn place(&self) -> String {
        format!("{}:{}:{}", self.path, self.line, self.column)
    }
}

/// `text` with every run of white space as one space.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How many figures changed, came, went, and stayed behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Count {
    pub(crate) changed: usize,
    pub(crate) added: usize,
    pub(crate) removed: usize,
    pub(crate) left: usize,
}

impl Count {
    /// What differs in one article.
    pub(crate) fn of(revised: &Revised<'_>) -> Self {
        let mut count = Self::default();
        for figure in revised.passages.iter().flat_map(|passage| &passage.figures) {
            match (&figure.old, &figure.new) {
                (Some(_), Some(_)) => count.changed += 1,
                (None, _) => count.added += 1,
                (_, None) => count.removed += 1,
            }
            count.left += figure.left.len();
        }
        count
    }

    /// In words: `1 figure changed, 2 added, 0 removed, 1 left behind`.
    pub(crate) fn words(self) -> String {
        let Self { changed, added, removed, left } = self;
        let ending = if changed == 1 { "" } else { "s" };
        format!(
            "{changed} figure{ending} changed, {added} added, {removed} removed, {left} left behind"
        )
    }
}

/// A word of a sentence, and whether the other version has it too.
pub(crate) type Word<'a> = (&'a str, bool);

/// The words of two sentences, each with whether it is only in its own.
pub(crate) fn words<'a>(old: &'a str, new: &'a str) -> (Vec<Word<'a>>, Vec<Word<'a>>) {
    let a: Vec<&str> = old.split_whitespace().collect();
    let b: Vec<&str> = new.split_whitespace().collect();
    let (mut was, mut is) = (Vec::new(), Vec::new());
    for op in capture_diff_slices(Algorithm::Patience, &a, &b) {
        let differs = !matches!(op, DiffOp::Equal { .. });
        was.extend(a.get(op.old_range()).unwrap_or_default().iter().map(|word| (*word, differs)));
        is.extend(b.get(op.new_range()).unwrap_or_default().iter().map(|word| (*word, differs)));
    }
    (was, is)
}
