//! Figures that stayed behind: changed in one place, and still the old one in another.

use crate::claim::Claim;
use crate::compare::arithmetic::{allowed, part_numbers};
use crate::compare::articles::are_of_other_speakers;
use crate::compare::event::looks_back;
use crate::compare::fact::{may_be_same, may_meet};
use crate::compare::shared_words::{shared, stems};
use crate::compare::versions::Change;
use crate::compare::versions::figures::Figures;
use crate::ingest::BlockKind;
use crate::number::Decimal;
use crate::quantity::{Hedge, Kind};
use crate::reference::Indicator;
use crate::text::{parts, rows};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

const TABLE: &str = include_str!("on_purpose.csv");

#[derive(Debug, Deserialize)]
struct Row {
    phrases: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "the example runs as a test"))]
    example: String,
}

/// Phrases of a sentence that gives an old figure as an old one.
static ON_PURPOSE: LazyLock<Vec<String>> = LazyLock::new(|| {
    let table = rows::<Row>(TABLE);
    table.iter().flat_map(|row| parts(&row.phrases)).map(str::to_owned).collect()
});

/// How much has to speak for two mentions of one value being one fact.
const ENOUGH: usize = 3;

/// So many mentions of one value are looked at.
const CROWD: usize = 64;

/// Notes on each change the claims that still give the old figure.
pub(crate) fn find(changes: &mut [Change], figures: &Figures<'_>) {
    let of = |change: &Change| {
        let (was, is) = (change.old?, change.new?);
        Some((was, figures.old.get(was)?, figures.new.get(is)?))
    };
    let changed: Vec<(usize, (usize, &Claim, &Claim))> = changes
        .iter()
        .enumerate()
        .filter_map(|(at, change)| Some((at, of(change)?)))
        .filter(|(_, (_, old, new))| !allowed(&old.quantity).overlaps(allowed(&new.quantity)))
        .collect();
    if changed.is_empty() {
        return;
    }
    let own: Vec<(usize, &Claim)> = figures.old.iter().enumerate().collect();
    let parts = part_numbers(&figures.was.prose, &own);
    let mut kept: BTreeMap<Decimal, Vec<(usize, usize)>> = BTreeMap::new();
    for (was, is) in figures.kept() {
        if let Some(claim) = figures.old.get(was) {
            kept.entry(claim.quantity.lower).or_default().push((was, is));
        }
    }
    let mut said: BTreeSet<usize> = BTreeSet::new();
    for &(at, (was, old, new)) in &changed {
        // One old value that became two was two facts, or is being sorted out.
        let split = changed.iter().any(|(_, (_, other, now))| {
            other.quantity.lower == old.quantity.lower
                && now.quantity.lower != new.quantity.lower
                && is_one_fact(other, old, figures)
        });
        if split {
            continue;
        }
        let same_value = kept.get(&old.quantity.lower).into_iter().flatten().take(CROWD);
        for &(other, place) in same_value {
            let both = figures.old.get(other).zip(figures.new.get(place));
            if let Some((before, claim)) = both
                && parts.contains(&was) == parts.contains(&other)
                && is_one_fact(old, before, figures)
                && !allowed(&claim.quantity).overlaps(allowed(&new.quantity))
                && !is_on_purpose(claim, new, figures)
                && said.insert(place)
                && let Some(change) = changes.get_mut(at)
            {
                change.left.push(place);
            }
        }
    }
}

/// Whether two mentions of one value in the earlier version are one fact, as far as can be told:
/// nothing keeps them apart, and enough speaks for it.
fn is_one_fact(a: &Claim, b: &Claim, figures: &Figures<'_>) -> bool {
    let (x, y) = (&a.quantity, &b.quantity);
    let named = a.indicator.value != Indicator::Other;
    let one_topic = named && a.indicator.value == b.indicator.value;
    let counts_people = |claim: &Claim| claim.quantity.is_people() || claim.quantity.unit.is_none();
    let both_people = x.kind == Kind::Count && counts_people(a) && counts_people(b);
    let same_thing = may_be_same(a, b) || one_topic && both_people && may_meet(a, b);
    let time = |claim: &Claim| {
        let when = &claim.when.as_ref()?.value;
        when.start.as_ref().map(|start| (start.clone(), when.end))
    };
    let same_value = (x.lower, x.upper, x.kind) == (y.lower, y.upper, y.kind);
    same_value
        && same_thing
        && a.sentence != b.sentence
        && a.modality.value == b.modality.value
        && (time(a).is_none() || time(b).is_none() || time(a) == time(b))
        && !are_of_other_speakers(a, b)
        && evidence(a, b, one_topic, &figures.was.prose) >= ENOUGH
}

/// What speaks for two mentions of one value being one fact: a value that is rarely met by chance,
/// one topic, telling words around both, and a place that repeats what the story says.
fn evidence(a: &Claim, b: &Claim, one_topic: bool, prose: &str) -> usize {
    let digits = a.quantity.lower.normalize().mantissa().unsigned_abs().to_string();
    let digits = digits.trim_end_matches('0').len().saturating_sub(1).min(3);
    let words = shared(&around(a, prose), &around(b, prose)).min(2);
    let repeats = |claim: &Claim| !matches!(claim.block, BlockKind::Body | BlockKind::Table);
    digits + words + usize::from(one_topic) + usize::from(repeats(a) || repeats(b))
}

fn around(claim: &Claim, prose: &str) -> BTreeSet<String> {
    let number = claim.quantity.span;
    let before = prose.get(claim.sentence.start()..number.start()).unwrap_or_default();
    let behind = prose.get(number.end()..claim.sentence.end()).unwrap_or_default();
    stems(&format!("{before} {behind}"))
}

/// Whether the old figure stands in the later version as an old one, or as what somebody said.
fn is_on_purpose(claim: &Claim, new: &Claim, figures: &Figures<'_>) -> bool {
    let prose = figures.is.prose.as_str();
    let sentence = claim.sentence.of(prose).to_lowercase();
    let has_new = |other: &Claim| {
        other.sentence == claim.sentence
            && other.quantity.kind == new.quantity.kind
            && other.quantity.lower == new.quantity.lower
    };
    claim.quoted
        || claim.quantity.hedge == Hedge::Vague
        || claim.quantity.other.is_some()
        || looks_back(claim, prose, figures.is.published)
        || says_so(&sentence)
        || figures.new.iter().any(has_new)
}

fn says_so(sentence: &str) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    ON_PURPOSE.iter().any(|phrase| {
        sentence.match_indices(phrase.as_str()).any(|(at, found)| {
            let before = sentence.get(..at).and_then(|text| text.chars().next_back());
            let behind = sentence.get(at + found.len()..).and_then(|text| text.chars().next());
            !is_word(before) && !is_word(behind)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{Row, TABLE, parts, rows, says_so};

    #[test]
    fn phrases_mark_an_old_figure_in_their_examples() {
        for row in rows::<Row>(TABLE) {
            let example = row.example.to_lowercase();
            assert!(says_so(&example), "{}", row.example);
            for phrase in parts(&row.phrases) {
                assert!(says_so(phrase), "{phrase}");
            }
        }
        assert!(!says_so("the flood has killed 13,000 people so far, 30 of them on thursday."));
    }
}
