//! Words of an article that are no number but may be wrong: a date, a year.

use crate::text::{Prose, Span};

/// A stretch of an article's prose, with what a finding about it has to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passage {
    /// The sentence.
    pub sentence: Span<Prose>,
    /// The words.
    pub span: Span<Prose>,
    /// Whether they stand inside quotation marks.
    pub quoted: bool,
}

/// Whether a span stands inside quotation marks of its block.
pub(crate) fn is_quoted(prose: &str, block: Span<Prose>, span: Span<Prose>) -> bool {
    let before = prose.get(block.start()..span.start()).unwrap_or_default();
    before.chars().fold(false, |open, c| match c {
        '“' | '„' | '«' => true,
        '”' | '»' => false,
        '"' => !open,
        _ => open,
    })
}
