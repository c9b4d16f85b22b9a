//! Which number of a later version is which number of the earlier one.

use crate::claim::Claim;
use crate::compare::fact::may_be_same;
use crate::compare::shared_words::{shared, stems};
use crate::compare::versions::{Change, Edit};
use crate::ingest::Article;
use crate::number::Decimal;
use crate::quantity::Kind;
use crate::reference::Indicator;
use std::collections::{BTreeMap, BTreeSet};

/// How many telling words two sentences share that are not each other, but may hold one figure.
const RETOLD: usize = 3;

/// So many figures of one value or one topic are not told from each other.
const CROWD: usize = 64;

/// The numbers of both versions, and which is which.
#[derive(Debug)]
pub(crate) struct Figures<'a> {
    pub(crate) was: &'a Article,
    pub(crate) is: &'a Article,
    pub(crate) old: &'a [Claim],
    pub(crate) new: &'a [Claim],
    /// In the order of the edits: what each number was and is.
    pairs: Vec<(Option<usize>, Option<usize>)>,
}

impl<'a> Figures<'a> {
    /// The numbers of two versions whose sentences are paired.
    pub(crate) fn of(
        (was, old): (&'a Article, &'a [Claim]),
        (is, new): (&'a Article, &'a [Claim]),
        edits: &[Edit],
    ) -> Self {
        let mut pairs = Vec::new();
        for edit in edits {
            let in_old = edit.old.map_or(0..0, |span| within(old, span.start(), span.end()));
            let in_new = edit.new.map_or(0..0, |span| within(new, span.start(), span.end()));
            aligned(old, new, in_old, in_new, &mut pairs);
        }
        let mut figures = Self { was, is, old, new, pairs };
        figures.join_moved();
        figures
    }

    /// Numbers that are there in both versions, with the same value.
    pub(crate) fn kept(&self) -> impl Iterator<Item = (usize, usize)> {
        let both = self.pairs.iter().filter_map(|(old, new)| Some(((*old)?, (*new)?)));
        both.filter(|(old, new)| !self.differ(*old, *new))
    }

    /// Numbers that are not what they were.
    pub(crate) fn changes(&self) -> Vec<Change> {
        let differs = |(old, new): &&(Option<usize>, Option<usize>)| match (old, new) {
            (Some(old), Some(new)) => self.differ(*old, *new),
            _ => true,
        };
        let change = |(old, new): &(Option<usize>, Option<usize>)| Change {
            old: *old,
            new: *new,
            left: Vec::new(),
        };
        self.pairs.iter().filter(differs).map(change).collect()
    }

    fn differ(&self, old: usize, new: usize) -> bool {
        match (self.old.get(old), self.new.get(new)) {
            (Some(old), Some(new)) => !is_same_figure(old, new),
            _ => true,
        }
    }

    /// Joins numbers that are gone with those that came, where a sentence was cut in two or told
    /// anew: the same figure of the same thing, or another of it in the same telling words.
    fn join_moved(&mut self) {
        let gone: Vec<usize> =
            self.pairs.iter().filter_map(|pair| pair.0.filter(|_| pair.1.is_none())).collect();
        let came: Vec<usize> =
            self.pairs.iter().filter_map(|pair| pair.1.filter(|_| pair.0.is_none())).collect();
        let mut joined: BTreeMap<usize, usize> = BTreeMap::new();
        let mut taken: BTreeSet<usize> = BTreeSet::new();
        let mut by_value: BTreeMap<Decimal, Vec<(usize, &Claim)>> = BTreeMap::new();
        let mut by_topic: BTreeMap<Indicator, Vec<(usize, &Claim)>> = BTreeMap::new();
        for (at, claim) in came.iter().filter_map(|at| Some((*at, self.new.get(*at)?))) {
            by_value.entry(claim.quantity.lower).or_default().push((at, claim));
            by_topic.entry(claim.indicator.value).or_default().push((at, claim));
        }
        let gone: Vec<(usize, &Claim)> =
            gone.into_iter().filter_map(|at| Some((at, self.old.get(at)?))).collect();
        for (at, old) in &gone {
            let alike = by_value.get(&old.quantity.lower).into_iter().flatten().take(CROWD);
            let mut alike =
                alike.filter(|(_, new)| is_same_figure(old, new) && may_be_same(old, new));
            if let Some((new, _)) = alike.find(|(new, _)| !taken.contains(new)) {
                joined.insert(*at, *new);
                taken.insert(*new);
            }
        }
        for (at, old) in gone.iter().filter(|(_, old)| old.indicator.value != Indicator::Other) {
            let alike = by_topic.get(&old.indicator.value).filter(|alike| alike.len() <= CROWD);
            let mut alike = alike.into_iter().flatten().filter(|(new, claim)| {
                !taken.contains(new) && !joined.contains_key(at) && self.is_retold(old, claim)
            });
            // Of two that it may be now, it is neither.
            if let (Some((new, _)), None) = (alike.next(), alike.next()) {
                joined.insert(*at, *new);
                taken.insert(*new);
            }
        }
        let was: BTreeMap<usize, usize> = joined.iter().map(|(old, new)| (*new, *old)).collect();
        self.pairs.retain(|pair| {
            pair.1.is_some() || !pair.0.is_some_and(|old| joined.contains_key(&old))
        });
        for pair in self.pairs.iter_mut().filter(|pair| pair.0.is_none()) {
            pair.0 = pair.1.and_then(|new| was.get(&new).copied());
        }
    }

    fn is_retold(&self, old: &Claim, new: &Claim) -> bool {
        let telling = |claim: &Claim, prose: &str| stems(claim.sentence.of(prose));
        old.indicator.value == new.indicator.value
            && may_be_same(old, new)
            && shared(&telling(old, &self.was.prose), &telling(new, &self.is.prose)) >= RETOLD
    }
}

/// The claims that stand between two places.
fn within(claims: &[Claim], start: usize, end: usize) -> std::ops::Range<usize> {
    let from = claims.partition_point(|claim| claim.quantity.span.start() < start);
    let to = claims.partition_point(|claim| claim.quantity.span.start() < end);
    from..to
}

/// Whether the two say the same number with the same bounds, in digits or in words.
pub(crate) fn is_same_figure(a: &Claim, b: &Claim) -> bool {
    let (a, b) = (&a.quantity, &b.quantity);
    let thing = a.unit == b.unit || a.kind == Kind::Count;
    (a.lower, a.upper, a.hedge, a.kind) == (b.lower, b.upper, b.hedge, b.kind) && thing
}

/// How well two numbers of one sentence go together; nothing if they do not.
fn fit(a: &Claim, b: &Claim) -> u32 {
    let (x, y) = (&a.quantity, &b.quantity);
    let value = (x.lower, x.upper) == (y.lower, y.upper);
    let kind = x.kind == y.kind;
    let thing = kind && (x.unit == y.unit || may_be_same(a, b));
    let about = a.indicator.value == b.indicator.value;
    match (value, thing) {
        (true, true) => 8 + u32::from(about),
        (true, false) => 3 + u32::from(kind),
        (false, true) if about || kind => 4 + u32::from(about) * 2,
        _ => 0,
    }
}

/// Pairs the numbers of one sentence in their order, so that they fit best together.
fn aligned(
    old: &[Claim],
    new: &[Claim],
    in_old: std::ops::Range<usize>,
    in_new: std::ops::Range<usize>,
    pairs: &mut Vec<(Option<usize>, Option<usize>)>,
) {
    let (from, start) = (in_old.start, in_new.start);
    let a = old.get(in_old).unwrap_or_default();
    let b = new.get(in_new).unwrap_or_default();
    // best[i][j]: the best sum of fits of what stands from i and j on.
    let mut best = vec![vec![0_u32; b.len() + 1]; a.len() + 1];
    let at = |best: &[Vec<u32>], i: usize, j: usize| {
        best.get(i).and_then(|row| row.get(j)).copied().unwrap_or(0)
    };
    let fits = |i: usize, j: usize| match (a.get(i), b.get(j)) {
        (Some(x), Some(y)) => fit(x, y),
        _ => 0,
    };
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            let both = match fits(i, j) {
                0 => 0,
                fit => fit + at(&best, i + 1, j + 1),
            };
            let most = both.max(at(&best, i + 1, j)).max(at(&best, i, j + 1));
            if let Some(slot) = best.get_mut(i).and_then(|row| row.get_mut(j)) {
                *slot = most;
            }
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < a.len() || j < b.len() {
        let fit = fits(i, j);
        if fit > 0 && at(&best, i, j) == fit + at(&best, i + 1, j + 1) {
            pairs.push((Some(from + i), Some(start + j)));
            (i, j) = (i + 1, j + 1);
        } else if i < a.len() && (j == b.len() || at(&best, i, j) == at(&best, i + 1, j)) {
            pairs.push((Some(from + i), None));
            i += 1;
        } else {
            pairs.push((None, Some(start + j)));
            j += 1;
        }
    }
}
