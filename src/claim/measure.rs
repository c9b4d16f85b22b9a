//! Which series of the reference tables a claim belongs to.

use crate::claim::frame::Frame;
use crate::claim::{Claim, Slot};
use crate::quantity::{Kind, is_currency};
use crate::reference::{Indicator, Measure, MeasureId};

/// The measure of the claim: of those for its indicator, aspect and unit, the one that most of
/// the sentence's words speak for; `None` where none fits.
pub(crate) fn measure(frame: &Frame<'_>, q: usize, claim: &Claim) -> Option<Slot<MeasureId>> {
    let catalog = frame.catalog;
    let fits = |m: &Measure| {
        m.claim_indicator == claim.indicator.value && aspect_fits(m, claim) && unit_fits(m, claim)
    };
    let mut best: Option<(usize, MeasureId)> = None;
    for (id, measure) in catalog.measures() {
        if !fits(measure) {
            continue;
        }
        let words = score(frame, measure);
        if measure.needs_words && words == 0 {
            continue;
        }
        let score = words * 2 + usize::from(place_fits(measure, claim));
        if best.is_none_or(|(top, _)| score > top) {
            best = Some((score, id));
        }
    }
    let (_, id) = best?;
    let by = format!("{} in indicators.csv", catalog.measure(id).key);
    Some(Slot { value: id, span: frame.quantities[q].span, by })
}

fn aspect_fits(measure: &Measure, claim: &Claim) -> bool {
    measure.claim_aspects.is_empty()
        || claim.aspect.as_ref().is_some_and(|a| measure.claim_aspects.contains(&a.value))
}

/// People compare as `person`; money by being money; other units by name.
fn unit_fits(measure: &Measure, claim: &Claim) -> bool {
    let quantity = &claim.quantity;
    match quantity.kind {
        Kind::Count => match &*measure.unit {
            "person" => quantity.is_people() || quantity.noun.is_none() || counts_people(claim.indicator.value),
            "item" | "unit" | "case" | "crossing" => !quantity.is_people(),
            unit => quantity.unit.as_deref() == Some(unit),
        },
        Kind::Money => is_currency(&measure.unit),
        _ => quantity.unit.as_deref() == Some(&*measure.unit),
    }
}

/// Whether what the indicator counts is people, also where the noun does not say so.
fn counts_people(indicator: Indicator) -> bool {
    matches!(
        indicator,
        Indicator::Killed | Indicator::Wounded | Indicator::Casualties | Indicator::Troops
            | Indicator::Displaced | Indicator::Refugees | Indicator::DiseaseDeaths | Indicator::Population
    )
}

fn place_fits(measure: &Measure, claim: &Claim) -> bool {
    measure.place.is_some() && claim.place.is_some()
}

/// How many of the measure's words the sentence holds.
fn score(frame: &Frame<'_>, measure: &Measure) -> usize {
    let text = frame.sentence.of(frame.prose).to_ascii_lowercase();
    measure.words.iter().filter(|word| holds(&text, word)).count()
}

/// Whether `word` stands in `text` as a word of its own.
fn holds(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        edge(text.get(..at).and_then(|t| t.chars().next_back()))
            && edge(text.get(at + word.len()..).and_then(|t| t.chars().next()))
    })
}
