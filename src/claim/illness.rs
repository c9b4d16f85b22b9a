//! Whether a text speaks of an illness, so that its deaths and cases are of a disease.

use crate::claim::frame::Frame;
use crate::claim::lexicon::{Word, lists};
use std::cell::OnceCell;

/// Whether deaths and cases are of an illness: the sentence has one word of it, or the article
/// two. Looked for only where a reading turns on it.
#[derive(Debug)]
pub(crate) struct Illness<'a> {
    prose: &'a str,
    everywhere: OnceCell<bool>,
}

impl<'a> Illness<'a> {
    /// Of the article with this prose.
    pub(crate) fn of(prose: &'a str) -> Self {
        Self { prose, everywhere: OnceCell::new() }
    }

    /// Whether the sentence itself speaks of one.
    pub(crate) fn is_named(frame: &Frame<'_>) -> bool {
        has_words_of_illness(frame.sentence.of(frame.prose), 1)
    }

    pub(crate) fn is_meant(&self, frame: &Frame<'_>) -> bool {
        Self::is_named(frame)
            || *self.everywhere.get_or_init(|| has_words_of_illness(self.prose, 2))
    }
}

fn has_words_of_illness(text: &str, needed: usize) -> bool {
    let words = text.as_bytes().split(|b| !b.is_ascii_alphanumeric());
    let words = words.filter_map(|word| std::str::from_utf8(word).ok());
    words.filter(|word| lists(word, Word::Illness)).take(needed).count() == needed
}
