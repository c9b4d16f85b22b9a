//! How far along: deployed or on alert, pledged or delivered, new or all told.

use crate::claim::Slot;
use crate::claim::frame::{Frame, Spot};
use crate::reference::{Aspect, Indicator};
use crate::segment::Phrases;
use crate::text::{parts, rows};
use serde::Deserialize;
use std::sync::LazyLock;

pub(crate) const TABLE: &str = include_str!("aspects.csv");

/// The indicators an aspect word speaks to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum About {
    Troops,
    Aid,
    Equipment,
    People,
}

#[derive(Debug, Deserialize)]
struct Row {
    about: About,
    aspect: String,
    words: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "the example runs as a test"))]
    example: String,
}

static TROOPS: LazyLock<Phrases<Aspect>> = LazyLock::new(|| index(About::Troops));
static AID: LazyLock<Phrases<Aspect>> = LazyLock::new(|| index(About::Aid));
static EQUIPMENT: LazyLock<Phrases<Aspect>> = LazyLock::new(|| index(About::Equipment));
static PEOPLE: LazyLock<Phrases<Aspect>> = LazyLock::new(|| index(About::People));

fn index(about: About) -> Phrases<Aspect> {
    let table = rows::<Row>(TABLE);
    Phrases::new(table.iter().filter(|r| r.about == about).flat_map(|row| {
        let aspect = Aspect::from_name(&row.aspect).unwrap_or(Aspect::New);
        parts(&row.words).map(move |words| (words.to_owned(), aspect)).collect::<Vec<_>>()
    }))
}

/// The aspect of quantity `q`; `None` for indicators that have none.
pub(crate) fn aspect(
    frame: &Frame<'_>,
    q: usize,
    indicator: Indicator,
    planned: bool,
) -> Option<Slot<Aspect>> {
    let spot = frame.spots[q];
    match indicator {
        Indicator::Troops => {
            let default = if planned { Aspect::Planned } else { Aspect::Deployed };
            Some(nearest(frame, spot, &TROOPS).unwrap_or_else(|| assumed(frame, q, default)))
        }
        Indicator::AidMilitary
        | Indicator::AidHumanitarian
        | Indicator::AidFinancial
        | Indicator::AidOther => {
            let default = if planned { Aspect::Pledged } else { Aspect::Delivered };
            Some(nearest(frame, spot, &AID).unwrap_or_else(|| assumed(frame, q, default)))
        }
        Indicator::Equipment => Some(
            nearest(frame, spot, &EQUIPMENT)
                .unwrap_or_else(|| assumed(frame, q, Aspect::Delivered)),
        ),
        Indicator::Killed
        | Indicator::Wounded
        | Indicator::Casualties
        | Indicator::Missing
        | Indicator::Captured
        | Indicator::Displaced
        | Indicator::Refugees
        | Indicator::Evacuated
        | Indicator::DiseaseCases
        | Indicator::DiseaseDeaths => Some(people(frame, q, indicator)),
        _ => None,
    }
}

fn assumed(frame: &Frame<'_>, q: usize, value: Aspect) -> Slot<Aspect> {
    Slot { value, span: frame.quantities[q].span, by: "nothing says otherwise".to_owned() }
}

/// All told, where a word says so; else of this event. Tolls of a disease and people away from
/// home are all told unless a word says new.
fn people(frame: &Frame<'_>, q: usize, indicator: Indicator) -> Slot<Aspect> {
    let stock = matches!(
        indicator,
        Indicator::Refugees
            | Indicator::Displaced
            | Indicator::DiseaseCases
            | Indicator::DiseaseDeaths
    );
    let default = if stock { Aspect::Cumulative } else { Aspect::New };
    nearest(frame, frame.spots[q], &PEOPLE)
        .or_else(|| total(frame, frame.spots[q]))
        .unwrap_or_else(|| assumed(frame, q, default))
}

/// A word anywhere in the sentence that counts from a start: `4,677 so far and 5,829 injured`;
/// and the perfect without a day: `190 children have been killed`.
fn total(frame: &Frame<'_>, spot: Spot) -> Option<Slot<Aspect>> {
    let tokens = frame.tokens;
    let found = (0..tokens.len()).find(|k| {
        tokens.word(*k) == "since"
            || matches!(
                (tokens.word(*k), tokens.word(k + 1)),
                ("so", "far") | ("to", "date") | ("as", "of") | ("in", "total")
            )
    });
    let perfect = || {
        let at = (spot.behind..spot.behind + 4).find(|k| tokens.word(*k) == "have")?;
        (at + 1..at + 3).any(|k| tokens.word(k) == "been").then_some(at)
    };
    let k = found.or_else(perfect)?;
    let span = tokens.span(k, k + 1);
    Some(Slot { value: Aspect::Cumulative, span, by: format!("says {:?}", frame.text(k, k + 1)) })
}

/// The nearest aspect word of the number's clause.
fn nearest(frame: &Frame<'_>, spot: Spot, words: &Phrases<Aspect>) -> Option<Slot<Aspect>> {
    let tokens = frame.tokens;
    let found = |k: usize| words.at(tokens, k).map(|(end, aspect)| (k, end, *aspect));
    let behind = (spot.end..(spot.end + 16).min(tokens.len()))
        .take_while(|k| !frame.breaks(*k))
        .find_map(found);
    let before = (spot.hedge.saturating_sub(16)..spot.hedge)
        .rev()
        .take_while(|k| !frame.breaks(*k))
        .find_map(found);
    let far = |k: usize| if k >= spot.end { k - spot.end } else { spot.hedge - k };
    let (first, end, value) = match (behind, before) {
        (Some(b), Some(a)) => {
            if far(b.0) < far(a.0) {
                b
            } else {
                a
            }
        }
        (Some(b), None) => b,
        (None, a) => a?,
    };
    let span = tokens.span(first, end);
    Some(Slot { value, span, by: format!("says {:?}", frame.text(first, end)) })
}

#[cfg(test)]
mod tests {
    use super::{Row, TABLE};
    use crate::claim::test_support::claim_marked;
    use crate::text::{rows, rows_written};

    #[test]
    fn every_row_reads_its_example() {
        let table = rows::<Row>(TABLE);
        assert_eq!(table.len(), rows_written(TABLE), "a row does not parse");
        let wrong: Vec<String> = table
            .iter()
            .filter_map(|row| {
                let aspect = claim_marked(&row.example).and_then(|c| c.aspect);
                let found = aspect.map_or("nothing", |slot| slot.value.name());
                (found != row.aspect)
                    .then(|| format!("{}: want {}, got {found}", row.example, row.aspect))
            })
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
