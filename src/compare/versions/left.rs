//! Figures that stayed behind: changed in one place, and still the old one in another.

use crate::claim::Claim;
use crate::compare::arithmetic::{allowed, part_numbers};
use crate::compare::articles::are_of_other_speakers;
use crate::compare::event::looks_back;
use crate::compare::fact::{may_be_same, may_meet};
use crate::compare::phrases::Phrases;
use crate::compare::shared_words::{shared, stems};
use crate::compare::versions::Change;
use crate::compare::versions::figures::Figures;
use crate::compare::versions::sentences::{alike, words_of};
use crate::ingest::BlockKind;
use crate::number::Decimal;
use crate::quantity::{Hedge, Kind, ends_phrase};
use crate::reference::Indicator;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

const TABLE: &str = include_str!("on_purpose.csv");

/// Phrases of a sentence that gives an old figure as an old one.
static ON_PURPOSE: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(TABLE, "old"));

/// How much has to speak for two mentions of one value being one fact, where both are of one
/// topic or one of them repeats what the story says.
const ENOUGH: usize = 3;

/// The same for two mentions in the story that only the words around them tie.
const ENOUGH_IN_TEXT: usize = 4;

/// How many percent of the words of two sentences are the same where one repeats the other.
const REPEATED: usize = 80;

/// A line of fewer words is an item of a list: "Violations: 3" comes again and again.
const SENTENCE: usize = 8;

/// From how many percent on two sentences are built alike: items of a list, if their names differ.
const BUILT_ALIKE: usize = 50;

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
        .filter(|(_, (_, old, new))| are_apart(old, new))
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
                && are_apart(claim, new)
                && !is_on_purpose(claim, new, figures)
                && said.insert(place)
                && let Some(change) = changes.get_mut(at)
            {
                change.left.push(place);
            }
        }
    }
}

/// Whether two figures exclude each other; under one hedge, whether they are two figures: "more than
/// 1,400" was changed to "more than 3,400".
fn are_apart(a: &Claim, b: &Claim) -> bool {
    let same_hedge = a.quantity.hedge == b.quantity.hedge;
    !allowed(&a.quantity).overlaps(allowed(&b.quantity))
        || same_hedge && !a.interval().overlaps(b.interval())
}

/// Whether two mentions of one value in the earlier version are one fact, as far as can be told:
/// nothing keeps them apart, and enough speaks for it.
fn is_one_fact(a: &Claim, b: &Claim, figures: &Figures<'_>) -> bool {
    let (x, y) = (&a.quantity, &b.quantity);
    let named = a.indicator.value != Indicator::Other;
    let one_topic = named && a.indicator.value == b.indicator.value;
    let counts_people = |claim: &Claim| claim.quantity.is_people() || claim.quantity.unit.is_none();
    let counts = x.kind == Kind::Count && counts_people(a) && counts_people(b);
    let bare = x.unit.is_none() && y.unit.is_none();
    let same_thing = may_be_same(a, b) || (one_topic || bare) && counts && may_meet(a, b);
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
        && is_likely(a, b, one_topic, &figures.was.prose)
}

/// Whether enough speaks for two mentions of one value being one fact: a value that is rarely met
/// by chance, one topic, telling words around both, and a place that repeats what the story says.
fn is_likely(a: &Claim, b: &Claim, one_topic: bool, prose: &str) -> bool {
    let digits = a.quantity.lower.normalize().mantissa().unsigned_abs().to_string();
    let rare = digits.trim_end_matches('0').len().saturating_sub(1).min(3);
    let words = shared(&around(a, prose), &around(b, prose));
    let repeats = |claim: &Claim| !matches!(claim.block, BlockKind::Body | BlockKind::Table);
    let repeated = repeats(a) || repeats(b);
    if one_topic || repeated {
        return rare + words.min(2) + usize::from(one_topic) + usize::from(repeated) >= ENOUGH;
    }
    let (x, y) = (a.sentence.of(prose), b.sentence.of(prose));
    let (in_x, in_y) = (words_of(x), words_of(y));
    let alike = alike(&in_x, &in_y);
    let is_prose = in_x.len().min(in_y.len()) >= SENTENCE;
    if alike >= BUILT_ALIKE && names_differ(x, y) {
        return false;
    }
    // Of shares there are many of one size.
    let is_share = matches!(a.quantity.kind, Kind::Percent | Kind::Points | Kind::Ratio);
    alike >= REPEATED && is_prose
        || rare + words.min(3) >= ENOUGH_IN_TEXT && (!is_share || rare > 1)
}

/// The telling words of the claim's sentence, without the number and what it counts.
fn around(claim: &Claim, prose: &str) -> BTreeSet<String> {
    let number = claim.quantity.phrase;
    let before = prose.get(claim.sentence.start()..number.start()).unwrap_or_default();
    let behind = prose.get(number.end()..claim.sentence.end()).unwrap_or_default();
    stems(&format!("{before} {behind}"))
}

/// Whether each of two sentences has a name that the other has not.
fn names_differ(x: &str, y: &str) -> bool {
    let names = |text: &str| {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let names = words.filter(|word| {
            word.starts_with(char::is_uppercase) && !ends_phrase(&word.to_lowercase())
        });
        names.map(str::to_owned).collect::<BTreeSet<_>>()
    };
    let (x, y) = (names(x), names(y));
    x.difference(&y).next().is_some() && y.difference(&x).next().is_some()
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
        || ON_PURPOSE.are_in(&sentence)
        || figures.new.iter().any(has_new)
}

#[cfg(test)]
mod tests {
    use super::{ON_PURPOSE, TABLE};
    use crate::compare::phrases::test_support::untrue;

    #[test]
    fn phrases_mark_an_old_figure_in_their_examples() {
        let example = untrue(TABLE);
        assert!(example.is_empty(), "{example:?}");
        let now = "the flood has killed 13,000 people so far, 30 of them on thursday.";
        assert!(!ON_PURPOSE.are_in(now));
    }
}
