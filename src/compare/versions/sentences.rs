//! Which sentence of a later version is which sentence of the earlier one.

use crate::ingest::{Article, BlockKind};
use crate::segment::sentences;
use crate::text::{Prose, Span};
use std::collections::{BTreeMap, HashMap};

/// How many percent of the words of two sentences must be the same for one to be the other.
const ALIKE: usize = 50;

/// The same, where both stand between the same unchanged sentences.
const ALIKE_IN_PLACE: usize = 30;

/// A word that so many changed sentences have tells none of them from another.
const FREQUENT: usize = 64;

/// A sentence or a line of an article.
#[derive(Debug, Clone)]
pub(crate) struct Sentence {
    pub(crate) kind: BlockKind,
    pub(crate) span: Span<Prose>,
    /// Lower-case words; every number is the same word.
    words: Vec<String>,
    /// The words as they are, apart from spacing.
    text: String,
}

/// The sentences of an article.
pub(crate) fn of(article: &Article) -> Vec<Sentence> {
    let prose = article.prose.as_str();
    let of_block = |block: &crate::ingest::Block| {
        let kind = block.kind;
        sentences(prose, block.span).into_iter().map(move |span| (kind, span))
    };
    let read = |(kind, span): (BlockKind, Span<Prose>)| {
        let text = span.of(prose);
        let words = words_of(text);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        Sentence { kind, span, words, text }
    };
    article.blocks.iter().flat_map(of_block).map(read).collect()
}

/// The words of a text in lower case; every number is the same word.
pub(crate) fn words_of(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let masked = |word: &str| {
        let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
        if is_number { "0".to_owned() } else { word.to_lowercase() }
    };
    words.map(masked).collect()
}

/// For each sentence of the earlier version, its place in the later one, if it is still there in
/// the same or in other words. No two have the same place.
pub(crate) fn pairs(old: &[Sentence], new: &[Sentence]) -> Vec<Option<usize>> {
    let mut found = unchanged(old, new);
    let mut taken = vec![false; new.len()];
    for place in found.iter().flatten() {
        if let Some(taken) = taken.get_mut(*place) {
            *taken = true;
        }
    }
    let mut candidates = candidates(old, new, &found, &taken);
    candidates.sort_unstable();
    for Candidate { old, new, .. } in candidates {
        let (Some(place), Some(taken)) = (found.get_mut(old), taken.get_mut(new)) else { continue };
        if place.is_none() && !*taken {
            *place = Some(new);
            *taken = true;
        }
    }
    found
}

/// The sentences whose words did not change, wherever they stand now; in their order where
/// several have the same words.
fn unchanged(old: &[Sentence], new: &[Sentence]) -> Vec<Option<usize>> {
    let mut places: HashMap<(BlockKind, &str), Vec<usize>> = HashMap::new();
    for (place, sentence) in new.iter().enumerate().rev() {
        places.entry((sentence.kind, &sentence.text)).or_default().push(place);
    }
    old.iter().map(|old| places.get_mut(&(old.kind, old.text.as_str()))?.pop()).collect()
}

/// Two sentences that may be one; the best come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    unlike: usize,
    /// Whether one is a headline and the other is not, and so on.
    of_other_kinds: bool,
    away: usize,
    old: usize,
    new: usize,
}

fn candidates(
    old: &[Sentence],
    new: &[Sentence],
    found: &[Option<usize>],
    taken: &[bool],
) -> Vec<Candidate> {
    let mut with_word: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let open = |place: &usize| taken.get(*place) == Some(&false);
    for (place, sentence) in new.iter().enumerate().filter(|(place, _)| open(place)) {
        for word in &sentence.words {
            let places = with_word.entry(word).or_default();
            if places.last() != Some(&place) {
                places.push(place);
            }
        }
    }
    with_word.retain(|_, places| places.len() <= FREQUENT);
    let mut candidates = Vec::new();
    for (at, sentence) in old.iter().enumerate() {
        if found.get(at).copied().flatten().is_some() {
            continue;
        }
        let in_place = neighbour(at, found).filter(|place| open(place));
        let mut places: Vec<usize> = sentence
            .words
            .iter()
            .filter_map(|w| with_word.get(w.as_str()))
            .flatten()
            .copied()
            .collect();
        places.extend(in_place);
        if sentence.kind == BlockKind::Headline {
            // There is one headline, whatever became of it.
            places.extend(new.iter().position(|new| new.kind == sentence.kind).filter(open));
        }
        places.sort_unstable();
        places.dedup();
        for place in places {
            let Some(other) = new.get(place) else { continue };
            let alike = alike(&sentence.words, &other.words);
            let headlines =
                (sentence.kind, other.kind) == (BlockKind::Headline, BlockKind::Headline);
            let least = if in_place == Some(place) { ALIKE_IN_PLACE } else { ALIKE };
            if headlines || alike >= least {
                candidates.push(Candidate {
                    unlike: 100 - alike.min(100),
                    of_other_kinds: sentence.kind != other.kind,
                    away: place.abs_diff(at),
                    old: at,
                    new: place,
                });
            }
        }
    }
    candidates
}

/// The place right behind that of the sentence before, or right before that of the one behind.
fn neighbour(at: usize, found: &[Option<usize>]) -> Option<usize> {
    let place = |at: usize| found.get(at).copied().flatten();
    match at.checked_sub(1) {
        None => place(1).and_then(|behind| behind.checked_sub(1)).or(Some(0)),
        Some(before) => place(before)
            .map(|before| before + 1)
            .or_else(|| place(at + 1).and_then(|behind| behind.checked_sub(1))),
    }
}

/// How many percent of the words of both are the same.
pub(crate) fn alike(a: &[String], b: &[String]) -> usize {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for word in a {
        *counts.entry(word).or_default() += 1;
    }
    let mut both = 0;
    for word in b {
        if let Some(left) = counts.get_mut(word.as_str()).filter(|left| **left > 0) {
            *left -= 1;
            both += 1;
        }
    }
    200 * both / (a.len() + b.len()).max(1)
}
