//! Parts and totals: which numbers the text says are parts of which, and whether they can be.
//!
//! Every comparison is interval against interval, and where the text leaves open what a part
//! belongs to, against all of it: silence unless no reading reconciles them.

use crate::claim::{Claim, Modality};
use crate::compare::arithmetic::sentence::{
    Indexed, Sentence, ends_with_words, starts_with_words, words,
};
use crate::compare::arithmetic::sort::{MORE, Sort, can_hold, is_being};
use crate::compare::arithmetic::{allowed, sum};
use crate::number::Decimal;
use crate::quantity::{Hedge, Kind, WordClass, is_class};
use std::collections::BTreeSet;

/// Parts that no reading fits into their total. Claims are given by their indices in the review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excess {
    /// The total.
    pub total: usize,
    /// Its parts.
    pub parts: Vec<usize>,
    /// What the parts come to, as written.
    pub sum: String,
    /// The calculation in signs: `1,700 + 800 = 2,500, more than 2,000`.
    pub text: String,
}

/// Words behind a total that say that what follows is part of it.
const PARTS_FOLLOW: &[&str] =
    &["including", "among them", "among whom", "among which", "of whom", "of which", "of them"];

/// Verbs whose subject is the total, if that stands right before them: `the 14 dead include 3 …`.
const INCLUDES: &[&str] = &["include", "includes", "included"];

/// Words behind a part that say that the total stands before it.
const TOTAL_PRECEDES: &[&str] = &["of them", "of whom", "of which"];

/// Words between a part and the total that follows it: `15 of the 14 victims`.
const TOTAL_FOLLOWS: &[&str] = &[
    "of",
    "of the",
    "of its",
    "of their",
    "of his",
    "of her",
    "of our",
    "of those",
    "of these",
    "of all",
    "of all the",
    "of a total of",
    "out of",
    "out of the",
    "out of a total of",
];

/// A sentence that opens so names the total first: `Of the 95 dead, 40 …`.
const OPENINGS: &[&str] = &[
    "of the",
    "of",
    "of those",
    "of these",
    "of its",
    "of their",
    "out of the",
    "out of",
    "among the",
    "of a total of",
    "of all the",
    "of the total",
    "out of a total of",
];

/// Changes and balances, whose parts may outgrow them: a profit of 3 with a gain of 5 in it.
const BALANCES: &[&str] = &[
    "net",
    "profit",
    "profits",
    "loss",
    "losses",
    "earnings",
    "income",
    "earned",
    "surplus",
    "deficit",
    "balance",
    "gain",
    "gains",
    "gained",
    "rise",
    "rises",
    "rose",
    "rising",
    "increase",
    "increases",
    "increased",
    "growth",
    "grew",
    "added",
    "adding",
    "fall",
    "fell",
    "falls",
    "drop",
    "dropped",
    "decline",
    "declined",
    "decrease",
    "decreased",
    "change",
    "changed",
    "swing",
    "difference",
    "cut",
    "cuts",
    "margin",
    "jumped",
    "reduced",
    "reduction",
    "percent",
    "average",
    "worth",
    "value",
    "valued",
    "up",
    "down",
    "per",
    "each",
    "averaging",
];

/// The parts of an article that exceed their totals; `claims` are the article's, in text order,
/// with their indices in the review.
pub fn excesses(prose: &str, claims: &[(usize, &Claim)]) -> Vec<Excess> {
    let mut found: Vec<Excess> = Vec::new();
    let mut before = Sentence { prose, claims: &[] };
    for group in claims.chunk_by(|(_, a), (_, b)| same_sentence(a, b)) {
        let sentence = Sentence { prose, claims: group };
        for at in 0..group.len() {
            let readings = [
                sentence.following(at, &before),
                sentence.preceding(at, &before),
                sentence.out_of(at),
                sentence.opening(at),
            ];
            for excess in readings.into_iter().flatten().filter_map(|parts| parts.excess(prose)) {
                if found.iter().all(|known| known.parts.first() != excess.parts.first()) {
                    found.push(excess);
                }
            }
        }
        before = sentence;
    }
    found
}

/// The numbers that the text calls parts of others, or more of them: `including [3] children`,
/// `[three] others`. They are no totals of their own.
pub fn part_numbers(prose: &str, claims: &[(usize, &Claim)]) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    for group in claims.chunk_by(|(_, a), (_, b)| same_sentence(a, b)) {
        let sentence = Sentence { prose, claims: group };
        for (at, (index, _)) in group.iter().enumerate() {
            let lead = sentence.lead(at);
            if PARTS_FOLLOW.iter().any(|cue| ends_with_words(&lead, cue)) {
                found.extend(sentence.list(at).iter().map(|(part, _)| *part));
            }
            if sentence.is_part(at, &lead) {
                found.insert(*index);
            }
        }
    }
    found
}

fn same_sentence(a: &Claim, b: &Claim) -> bool {
    a.sentence.start() == b.sentence.start()
}

/// What the text says are parts, and everything they may be parts of.
#[derive(Debug)]
struct Parts<'a> {
    totals: Vec<Indexed<'a>>,
    parts: Vec<Indexed<'a>>,
}

impl<'a> Parts<'a> {
    /// The parts with those of `candidates` that can hold them all; `None` if there is none.
    fn new(
        prose: &str,
        candidates: impl IntoIterator<Item = Indexed<'a>>,
        parts: Vec<Indexed<'a>>,
    ) -> Option<Self> {
        let holds = |total: &Claim| {
            parts.iter().all(|(_, part)| can_hold(prose, &total.quantity, &part.quantity))
        };
        let totals: Vec<_> = candidates.into_iter().filter(|(_, total)| holds(total)).collect();
        (!totals.is_empty() && !parts.is_empty()).then_some(Self { totals, parts })
    }

    /// The excess, if the least the parts come to is more than the most that all totals hold.
    fn excess(&self, prose: &str) -> Option<Excess> {
        let all = self.totals.iter().chain(&self.parts);
        let plain = |claim: &Claim| {
            claim.quantity.other.is_none()
                && claim.modality.value != Modality::Denied
                && claim.quantity.hedge != Hedge::Vague
        };
        let (_, nearest) = self.totals.last()?;
        let alike = |claim: &Claim| {
            claim.modality.value == nearest.modality.value && claim.quoted == nearest.quoted
        };
        if !all.clone().all(|(_, claim)| plain(claim) && alike(claim)) {
            return None;
        }
        let mut most = Decimal::ZERO;
        for (_, total) in &self.totals {
            most = most.checked_add(allowed(&total.quantity).upper?)?;
        }
        let mut least = Decimal::ZERO;
        for (_, part) in &self.parts {
            let lower = allowed(&part.quantity).lower.unwrap_or_default();
            least = least.checked_add(lower.max(Decimal::ZERO))?;
        }
        (least > most).then(|| self.told(prose)).flatten()
    }

    fn told(&self, prose: &str) -> Option<Excess> {
        let (total, whole) = self.totals.last()?;
        let parts: Vec<_> = self.parts.iter().map(|(_, claim)| &claim.quantity).collect();
        let sum = sum(prose, &parts)?;
        let addends: Vec<_> = parts.iter().map(|part| part.span.of(prose)).collect();
        let whole = whole.quantity.span.of(prose);
        let text = match addends.as_slice() {
            [only] => format!("{only} is more than {whole}"),
            _ => format!("{} = {sum}, more than {whole}", addends.join(" + ")),
        };
        let parts = self.parts.iter().map(|(index, _)| *index).collect();
        Some(Excess { total: *total, parts, sum, text })
    }
}

impl<'a> Sentence<'a, '_> {
    /// The numbers before the one at `at` that may be totals.
    fn up_to(&self, at: usize) -> impl Iterator<Item = Indexed<'a>> {
        let before = self.claims.get(..at).unwrap_or_default().iter().copied();
        before.filter(|(_, claim)| self.stands_alone(claim))
    }

    /// Whether the words right around a number make it part of another, or one more.
    fn is_part(&self, at: usize, lead: &str) -> bool {
        let behind = self.behind(at);
        let of_them = TOTAL_PRECEDES.iter().any(|cue| starts_with_words(&behind, cue));
        let of_total = ["of the", "of those", "of these", "of its", "of their"]
            .iter()
            .any(|cue| starts_with_words(&behind, cue));
        let more = MORE.iter().any(|more| {
            starts_with_words(&behind, more) || ends_with_words(lead, more) && *more != "more"
        });
        of_them || of_total || more
    }

    /// `14 people, including [3 children and 2 women]`
    fn following(&self, at: usize, before: &Sentence<'a, '_>) -> Option<Parts<'a>> {
        let lead = self.lead(at);
        let lead = lead.trim_end_matches(" the").trim_end_matches(" all");
        let cue = PARTS_FOLLOW.iter().find(|cue| ends_with_words(lead, cue));
        if cue.is_none() && !INCLUDES.contains(&self.gap(at).as_str()) || is_balance(lead) {
            return None;
        }
        let parts = self.list(at);
        if at > 0 {
            let own = Parts::new(self.prose, self.up_to(at), parts)?;
            return self.is_nearest(&own, at).then_some(own);
        }
        let refers = matches!(lead, "of them" | "among them");
        if refers { self.after(before, parts) } else { None }
    }

    /// `14 people, [3] of them children`
    fn preceding(&self, at: usize, before: &Sentence<'a, '_>) -> Option<Parts<'a>> {
        let behind = self.behind(at);
        let cue = TOTAL_PRECEDES.iter().find(|cue| starts_with_words(&behind, cue))?;
        let lead = self.lead(at);
        // `the five of them` are all.
        let all = ends_with_words(&lead, "the") || ends_with_words(&lead, "all");
        if all || is_balance(&lead) || MORE.iter().any(|more| ends_with_words(&lead, more)) {
            return None;
        }
        let part = self.claims.get(at).copied()?;
        if at > 0 {
            let own = Parts::new(self.prose, self.up_to(at), vec![part])?;
            return (!self.has_other_between(own.totals.last()?.1, part.1)).then_some(own);
        }
        if lead.is_empty() && *cue == "of them" { self.after(before, vec![part]) } else { None }
    }

    /// Whether the number right before the parts at `at` is their total, and nothing that stands
    /// between may be meant instead.
    fn is_nearest(&self, parts: &Parts<'a>, at: usize) -> bool {
        let (Some(total), Some(part)) = (parts.totals.last(), parts.parts.first()) else {
            return false;
        };
        let nearest = at.checked_sub(1).and_then(|before| self.claims.get(before));
        nearest.is_some_and(|(index, _)| *index == total.0)
            && !self.has_other_between(total.1, part.1)
    }

    /// The parts with the total in the sentence right before, of the same paragraph, where that
    /// names exactly one number that can hold them.
    fn after(&self, before: &Sentence<'a, '_>, parts: Vec<Indexed<'a>>) -> Option<Parts<'a>> {
        let end = before.claims.first()?.1.sentence.end();
        let start = self.claims.first()?.1.sentence.start();
        let between = self.prose.get(end..start)?;
        if !between.trim().is_empty() || between.contains('\n') {
            return None;
        }
        let text = before.slice(before.claims.first()?.1.sentence.start(), end);
        let counts = before.claims.iter().filter(|(_, claim)| claim.quantity.kind == Kind::Count);
        if counts.count() > 1 || is_balance(&text) || words(&text).any(|word| MORE.contains(&word))
        {
            return None;
        }
        let found = Parts::new(self.prose, before.up_to(before.claims.len()), parts)?;
        let (_, total) = found.totals.last()?;
        let (_, part) = found.parts.first()?;
        let (sentence, phrase) = (total.sentence, total.quantity.phrase);
        let other = self.has_other(sentence.start(), phrase.start(), part)
            || self.has_other(phrase.end(), sentence.end(), part);
        (!other).then_some(found)
    }

    /// `[15] of the 14 victims`
    fn out_of(&self, at: usize) -> Option<Parts<'a>> {
        let (part, total) = (self.claims.get(at)?, self.claims.get(at + 1)?);
        let from = part.1.quantity.span.end();
        let to = total.1.quantity.phrase.start().max(from);
        let gap = self.slice(from, to.min(total.1.quantity.span.start()));
        let behind = self.prose.get(total.1.quantity.phrase.end()..)?;
        // `20 of the two countries' soldiers`, `six of the five-member teams`
        let owned = behind.starts_with(['\'', '’', '-', '‑']);
        let joined = self.behind(at + 1).starts_with(['-', '‑', '/', '–']);
        let named = total.1.quantity.noun.as_ref().is_some_and(|noun| !noun.phrase.is_empty());
        if owned || joined || !named || !TOTAL_FOLLOWS.contains(&gap.as_str()) {
            return None;
        }
        Parts::new(self.prose, [*total], vec![*part])
    }

    /// `Of the 95 dead, [40 were soldiers and 12 police]`
    fn opening(&self, at: usize) -> Option<Parts<'a>> {
        if at != 1 || !OPENINGS.contains(&self.gap(0).as_str()) {
            return None;
        }
        let behind = self.behind(0);
        let comma = behind.find(',')?;
        let part = self.quantity(1)?.phrase.start();
        let from = self.quantity(0)?.span.end();
        // The part follows the comma that closes the total's phrase.
        let next = self.slice(from, part);
        if next.trim_end() != behind.get(..=comma)? || is_balance(&next) {
            return None;
        }
        Parts::new(self.prose, self.claims.first().copied(), self.list(1))
    }

    /// The number at `at` and those that go on in one list with it.
    fn list(&self, at: usize) -> Vec<Indexed<'a>> {
        let Some(first) = self.claims.get(at) else { return Vec::new() };
        let mut parts = vec![*first];
        let sort = self.sort(at);
        let behind = self.behind_phrase(at);
        let stated = words(&behind).next().is_some_and(is_being);
        for next in at + 1..self.claims.len() {
            if !self.joined(next, stated) || sort == Sort::Alone || self.sort(next) != sort {
                break;
            }
            if self.overlapping(&parts, next) {
                break;
            }
            parts.extend(self.claims.get(next));
        }
        parts
    }

    /// Whether the number goes on with the list of the one before it; `stated` says that the list
    /// is one of statements (`40 were soldiers and 12 were police`).
    fn joined(&self, at: usize, stated: bool) -> bool {
        let gap = self.gap(at);
        let lists =
            ["and", ",", "&", "plus", "as well as"].iter().any(|joint| gap.ends_with(joint));
        let breaks =
            gap.contains([';', ':', '(', ')', '"', '“', '”', '—', '–']) || gap.contains(". ");
        let turns = words(&gap).any(|word| {
            is_class(word, WordClass::Auxiliary) && word != "to" && !(stated && is_being(word))
                || is_class(word, WordClass::Pronoun)
                || is_class(word, WordClass::Conjunction) && !matches!(word, "and" | "or")
                || matches!(
                    word,
                    "including" | "among" | "bringing" | "while" | "compared" | "with"
                )
        });
        let behind = self.behind_phrase(at);
        let directly = words(&behind).next().filter(|_| !behind.starts_with(','));
        let goes_on = directly.is_some_and(|word| {
            is_class(word, WordClass::Auxiliary) && word != "to" && !(stated && is_being(word))
                || MORE.contains(&word)
        });
        let own_parts = TOTAL_PRECEDES.iter().any(|cue| starts_with_words(&behind, cue))
            || behind.trim_start_matches([',', ' ']).starts_with("including");
        lists && !breaks && !turns && !goes_on && !own_parts && words(&gap).count() <= 12
    }
}

fn is_balance(text: &str) -> bool {
    words(text).any(|word| BALANCES.contains(&word))
}
