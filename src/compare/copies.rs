//! Which articles copy one story: reprints, cuts and light edits of one agency's text.
//!
//! Articles that share enough runs of words are candidates; a word-by-word comparison confirms
//! them. The cost grows with the text and with true copies, not with the square of the articles.

use crate::ingest::{Article, BlockKind, address};
use crate::reference::Store;
use rayon::prelude::*;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::BTreeSet;

/// How many words make a run.
const RUN: usize = 5;

/// One run in so many is kept.
const SAMPLE: u64 = 4;

/// A run that stands in more articles than this is boilerplate: neighbours in its list are still
/// looked at, but not every pair.
const COMMON: usize = 24;

/// How many percent of the shorter article's sampled runs the longer one must share to be looked
/// at.
const CANDIDATE: usize = 30;

/// How many percent make a copy without looking further, even where paragraphs changed places.
const CERTAIN: usize = 80;

/// How many percent of the shorter article's words must stand in the longer one, in order.
const CONFIRMED: usize = 60;

/// The longest stretch of an article that is compared, in words.
const LONGEST: usize = 1_500;

/// The place of every article in an order of their own: by date, name and text.
pub(crate) fn ranks(articles: &[Article]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..articles.len()).collect();
    order.sort_by_key(|at| articles.get(*at).map(|a| (a.published, &a.name, &a.prose)));
    let mut ranks = vec![0; articles.len()];
    for (rank, at) in order.into_iter().enumerate() {
        if let Some(slot) = ranks.get_mut(at) {
            *slot = rank;
        }
    }
    ranks
}

/// For each article the number of its source: the same for those that copy one story. The numbers
/// do not depend on the order in which the articles are given.
pub(crate) fn source_groups(articles: &[Article], ranks: &[usize]) -> Vec<usize> {
    let texts: Vec<Vec<u64>> = articles.par_iter().map(words).collect();
    let runs: Vec<Vec<u64>> = texts.par_iter().map(|words| sampled_runs(words)).collect();
    let mut groups = Groups((0..articles.len()).collect());
    for (a, b, shared) in candidates(&runs) {
        let (Some(x), Some(y)) = (runs.get(a), runs.get(b)) else { continue };
        let percent = shared * 100 / x.len().min(y.len()).max(1);
        if percent < CANDIDATE || shared < 3 || groups.root(a) == groups.root(b) {
            continue;
        }
        let (Some(left), Some(right)) = (texts.get(a), texts.get(b)) else { continue };
        if percent >= CERTAIN || in_order(left, right) >= CONFIRMED {
            groups.join(a, b);
        }
    }
    numbered(&mut groups, ranks)
}

/// For each article the addresses it is found at: its own, and those of its copies that some row
/// was drawn from.
pub fn addresses<'a>(articles: &'a [Article], store: &Store) -> Vec<Vec<&'a str>> {
    let own = |article: &'a Article| article.url.as_deref().map(address);
    let mut found: Vec<Vec<&str>> = articles.iter().map(|a| own(a).into_iter().collect()).collect();
    if articles.len() < 2 {
        return found;
    }
    let all: BTreeSet<&str> = articles.iter().filter_map(own).collect();
    let drawn: BTreeSet<&str> =
        (store.observations()).filter_map(|row| all.get(address(&row.url)).copied()).collect();
    if drawn.is_empty() {
        return found;
    }
    let groups = source_groups(articles, &ranks(articles));
    for (at, group) in groups.iter().enumerate() {
        let copies = articles.iter().zip(&groups).filter(|(_, other)| *other == group);
        let copied = copies.filter_map(|(other, _)| own(other)).filter(|a| drawn.contains(a));
        if let Some(slot) = found.get_mut(at) {
            slot.extend(copied);
        }
    }
    found
}

/// The words of an article below its headline, as hashes of their lower-case letters and digits.
fn words(article: &Article) -> Vec<u64> {
    let body = article.blocks.iter().filter(|block| block.kind != BlockKind::Headline);
    let text = body.map(|block| block.span.of(&article.prose));
    let words = text.flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    words.filter(|word| !word.is_empty()).take(LONGEST).map(hash).collect()
}

fn hash(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| mix(hash, u64::from(byte | 0x20)))
}

fn mix(hash: u64, more: u64) -> u64 {
    (hash ^ more).wrapping_mul(0x0000_0100_0000_01b3)
}

/// One run of words in [`SAMPLE`], sorted, each once. Which are kept depends on the run alone, so
/// that two articles keep the same ones.
fn sampled_runs(words: &[u64]) -> Vec<u64> {
    let run = |words: &[u64]| {
        let mixed = words.iter().fold(0, |hash, word| mix(hash, *word ^ (*word >> 29)));
        mixed ^ (mixed >> 32)
    };
    let mut runs: Vec<u64> =
        words.windows(RUN).map(run).filter(|run| run.is_multiple_of(SAMPLE)).collect();
    runs.sort_unstable();
    runs.dedup();
    runs
}

/// Pairs of articles that share runs, and how many.
fn candidates(runs: &[Vec<u64>]) -> Vec<(usize, usize, usize)> {
    let mut places: Vec<(u64, usize)> = Vec::new();
    for (article, runs) in runs.iter().enumerate() {
        places.extend(runs.iter().map(|run| (*run, article)));
    }
    places.sort_unstable();
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for same in places.chunk_by(|a, b| a.0 == b.0) {
        let reach = if same.len() > COMMON { 1 } else { same.len() };
        for (i, (_, a)) in same.iter().enumerate() {
            pairs.extend(same.iter().skip(i + 1).take(reach).map(|(_, b)| (*a, *b)));
        }
    }
    pairs.sort_unstable();
    let counted = pairs.chunk_by(|a, b| a == b);
    counted.filter_map(|same| same.first().map(|(a, b)| (*a, *b, same.len()))).collect()
}

/// How many percent of the shorter text's words stand in the longer one in the same order.
fn in_order(a: &[u64], b: &[u64]) -> usize {
    let equal = |op: &DiffOp| match op {
        DiffOp::Equal { len, .. } => *len,
        _ => 0,
    };
    let kept: usize = capture_diff_slices(Algorithm::Myers, a, b).iter().map(equal).sum();
    kept * 100 / a.len().min(b.len()).max(1)
}

/// Articles joined into groups; each points to another of its group, the last to itself.
struct Groups(Vec<usize>);

impl Groups {
    fn root(&mut self, mut at: usize) -> usize {
        while let Some(up) = self.0.get(at).copied().filter(|up| *up != at) {
            let above = self.0.get(up).copied().unwrap_or(up);
            if let Some(slot) = self.0.get_mut(at) {
                *slot = above;
            }
            at = up;
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if let Some(slot) = self.0.get_mut(a.max(b)) {
            *slot = a.min(b);
        }
    }
}

/// Numbers the groups in the order of their first articles' ranks.
fn numbered(groups: &mut Groups, ranks: &[usize]) -> Vec<usize> {
    let mut order: Vec<(usize, usize)> =
        ranks.iter().enumerate().map(|(article, rank)| (*rank, article)).collect();
    order.sort_unstable();
    let mut number: Vec<Option<usize>> = vec![None; ranks.len()];
    let mut found = vec![0; ranks.len()];
    let mut next = 0;
    for (_, article) in order {
        let root = groups.root(article);
        let Some(known) = number.get_mut(root) else { continue };
        let group = *known.get_or_insert_with(|| {
            next += 1;
            next - 1
        });
        if let Some(slot) = found.get_mut(article) {
            *slot = group;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{ranks, source_groups};
    use crate::ingest::{Article, read};
    use crate::text::Sources;

    const WIRE: &str = "The number of people killed by Friday night's earthquake has risen to 2,901, \
        the state news agency reported on Tuesday, as soldiers reached the last villages cut off in \
        the mountains. The quake was the deadliest in the kingdom since a port was destroyed in 1960. \
        Teams from four countries have joined the search, but hopes of finding anyone alive are fading: \
        most houses are built of mud brick and leave no hollows when they collapse.";

    fn articles(texts: &[(&str, String)]) -> Vec<Article> {
        let mut sources = Sources::new();
        let read_one = |(name, text): &(&str, String)| {
            read(name, text.as_bytes(), Some("txt"), &mut sources).unwrap()
        };
        texts.iter().flat_map(read_one).collect()
    }

    fn groups(texts: &[(&str, String)]) -> Vec<usize> {
        let articles = articles(texts);
        source_groups(&articles, &ranks(&articles))
    }

    #[test]
    fn copies_share_a_group_and_others_do_not() {
        let cut: String = WIRE.split_inclusive(". ").take(2).collect();
        let edited = WIRE.replace("2,901", "2,960").replace("Teams", "Rescuers");
        let own = "With mules and bare hands the villagers dig on. The country has so far counted \
            2,901 people killed in the earthquake, according to figures carried by the state agency.";
        let texts = [
            ("c.txt", WIRE.to_owned()),
            ("b.txt", cut),
            ("d.txt", own.to_owned()),
            ("a.txt", edited),
        ];
        assert_eq!(groups(&texts), [0, 0, 1, 0]);
        let turned: Vec<_> = texts.iter().rev().cloned().collect();
        assert_eq!(groups(&turned), [0, 1, 0, 0]);
    }
}
