//! Which series of the reference tables a claim belongs to.

use crate::claim::frame::Frame;
use crate::claim::{Claim, Slot};
use crate::quantity::{Kind, factor_between, is_currency};
use crate::reference::{Indicator, Measure, MeasureId};
use std::cell::LazyCell;

/// The measures the claim may belong to, the likeliest first: those for its indicator, aspect and
/// unit, by how many of their words the sentence holds, if they have any; before them the one that a
/// cue `said`.
pub(crate) fn measures(
    frame: &Frame<'_>,
    claim: &Claim,
    said: Option<MeasureId>,
) -> Vec<MeasureId> {
    let own = |m: &Measure| m.claim_indicator == claim.indicator.value;
    // Rows of one kind of aid stand among those of all.
    let aid =
        |m: &Measure| m.claim_indicator == Indicator::AidOther && is_aid(claim.indicator.value);
    let fits = |m: &Measure| {
        (own(m) || aid(m)) && !m.words.is_empty() && aspect_fits(m, claim) && unit_fits(m, claim)
    };
    let text = LazyCell::new(|| frame.sentence.of(frame.prose).to_ascii_lowercase());
    let mut found: Vec<(usize, MeasureId)> = Vec::new();
    for (id, measure) in frame.catalog.measures().filter(|(_, m)| fits(m)) {
        let words = measure.words.iter().filter(|word| holds(&text, word)).count();
        // What is about anything else than the closed vocabulary is told by words alone.
        let other = claim.indicator.value == Indicator::Other;
        if words > 0 || !measure.needs_words && !other {
            let place = measure.place.is_some() && claim.place.is_some();
            found.push((words * 2 + usize::from(place), id));
        }
    }
    let other = |id: MeasureId| !own(frame.catalog.measure(id));
    found.sort_by_key(|(score, id)| (other(*id), std::cmp::Reverse(*score), *id));
    let by_words = found.into_iter().map(|(_, id)| id).filter(|id| Some(*id) != said);
    said.into_iter().chain(by_words).collect()
}

/// The measure as a slot of the claim, whose cue may have `said` it.
pub(crate) fn slot(
    frame: &Frame<'_>,
    claim: &Claim,
    id: MeasureId,
    said: Option<MeasureId>,
) -> Slot<MeasureId> {
    let key = &frame.catalog.measure(id).key;
    if said == Some(id) {
        let by = format!("{key}, by the same cue");
        return Slot { value: id, span: claim.indicator.span, by };
    }
    Slot { value: id, span: claim.quantity.span, by: format!("{key} in indicators.csv") }
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
            "person" => {
                quantity.is_people()
                    || quantity.noun.is_none()
                    || counts_people(claim.indicator.value)
            }
            // Who is infected is a case.
            "case" if claim.indicator.value == Indicator::DiseaseCases => true,
            "item" | "unit" | "case" | "crossing" => !quantity.is_people(),
            unit => quantity.unit.as_deref() == Some(unit),
        },
        Kind::Money => is_currency(&measure.unit),
        // `55 billion cubic metres a year`: the words of the measure say that it is a rate.
        _ => {
            let wanted = measure.unit.strip_suffix("/a").unwrap_or(&measure.unit);
            let unit = quantity.unit.as_deref();
            unit.is_some_and(|unit| unit == wanted || factor_between(unit, wanted).is_some())
        }
    }
}

/// Whether it is one kind of aid.
fn is_aid(indicator: Indicator) -> bool {
    matches!(
        indicator,
        Indicator::AidMilitary | Indicator::AidHumanitarian | Indicator::AidFinancial
    )
}

/// Whether what the indicator counts is people, also where the noun does not say so.
fn counts_people(indicator: Indicator) -> bool {
    matches!(
        indicator,
        Indicator::Killed
            | Indicator::Wounded
            | Indicator::Casualties
            | Indicator::Troops
            | Indicator::Displaced
            | Indicator::Refugees
            | Indicator::DiseaseDeaths
            | Indicator::Population
    )
}

/// Whether `word` stands in `text` as a word of its own.
fn holds(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        edge(text.get(..at).and_then(|t| t.chars().next_back()))
            && edge(text.get(at + word.len()..).and_then(|t| t.chars().next()))
    })
}
