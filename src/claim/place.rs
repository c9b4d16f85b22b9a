//! Where, or who receives: the place that belongs to a number.

use crate::claim::frame::{Frame, Mention, Named, Spot};
use crate::claim::lexicon::{Word, is, is_before};
use crate::claim::{Slot, Where};
use crate::quantity;
use crate::reference::{EntityKind, Indicator, NameForm, PlaceKind};
use crate::segment::Kind;

/// The place of quantity `q`.
pub(crate) fn place(frame: &Frame<'_>, q: usize, indicator: Indicator) -> Option<Slot<Where>> {
    let spot = frame.spots[q];
    if matches!(frame.quantities[q].kind, quantity::Kind::Age | quantity::Kind::Duration) {
        return None;
    }
    match indicator {
        Indicator::AidMilitary
        | Indicator::AidHumanitarian
        | Indicator::AidFinancial
        | Indicator::AidOther => recipient(frame, spot),
        Indicator::Refugees => left_behind(frame, spot).or_else(|| nearest(frame, spot)),
        Indicator::Displaced => {
            left_behind(frame, spot).or_else(|| nearest(frame, spot)).or_else(|| ruled(frame, spot))
        }
        Indicator::Population => inhabited(frame, spot).or_else(|| nearest(frame, spot)),
        Indicator::Killed
        | Indicator::Wounded
        | Indicator::Casualties
        | Indicator::Troops
        | Indicator::Equipment
        | Indicator::Attacks
        | Indicator::Captured
        | Indicator::Sanctions => nearest(frame, spot),
        _ => nearest(frame, spot).or_else(|| ruled(frame, spot)),
    }
}

fn slot(frame: &Frame<'_>, mention: &Mention, by: &str) -> Option<Slot<Where>> {
    if let Some((first, end)) = list(frame, mention) {
        let shown = frame.text(first, end).to_owned();
        let value = Where { shown, id: None, country: None, whole: false, inferred: false };
        return Some(Slot {
            value,
            span: frame.tokens.span(first, end),
            by: format!("{by}; several"),
        });
    }
    let value = match mention.named {
        Named::Entity(id, _) => {
            let entity = frame.catalog.entity(id);
            if entity.kind != EntityKind::Country {
                return None;
            }
            Where {
                shown: entity.id.to_string(),
                id: frame.catalog.country_place(id),
                country: Some(entity.id.to_string()),
                whole: true,
                inferred: false,
            }
        }
        Named::Place(id) => {
            let place = frame.catalog.place(id);
            let country = place.country.map(|c| frame.catalog.entity(c).id.to_string());
            // `eastern Ukraine` is a part of the country, and shown as the country.
            let named = (mention.first..mention.end)
                .filter_map(|k| frame.catalog.entity_at(frame.tokens, k))
                .any(|found| Some(found.entity) == place.country && place.kind != PlaceKind::City);
            let shown = country.clone().filter(|_| named);
            // `Paris, Texas` is another Paris than the catalog's.
            let beyond = frame.mentions.iter().find(|m| m.first == mention.end + 1);
            let beyond = beyond.filter(|_| frame.tokens.is_sign(mention.end, ','));
            let elsewhere = beyond.and_then(|m| match m.named {
                Named::Place(other) => Some(frame.catalog.place(other))
                    .filter(|other| other.kind == PlaceKind::State)
                    .and_then(|other| other.country),
                Named::Entity(..) => None,
            });
            if let Some(other) = elsewhere.filter(|other| Some(*other) != place.country) {
                let value = Where {
                    shown: frame.text(mention.first, mention.end).to_owned(),
                    id: None,
                    country: Some(frame.catalog.entity(other).id.to_string()),
                    whole: false,
                    inferred: false,
                };
                let span = frame.tokens.span(mention.first, mention.end);
                return Some(Slot { value, span, by: by.to_owned() });
            }
            Where {
                shown: shown.unwrap_or_else(|| frame.text(mention.first, mention.end).to_owned()),
                id: Some(id),
                country,
                whole: false,
                inferred: false,
            }
        }
    };
    let span = frame.tokens.span(mention.first, mention.end);
    Some(Slot { value, span, by: by.to_owned() })
}

/// The list of places the mention belongs to, if there are several: `Poland, Germany and Romania`.
/// A town and its country, `Kabul, Afghanistan`, are one place.
fn list(frame: &Frame<'_>, mention: &Mention) -> Option<(usize, usize)> {
    let at = frame.mentions.iter().position(|m| m.first == mention.first)?;
    let joined = |a: &Mention, b: &Mention| {
        let comma = usize::from(frame.tokens.is_sign(a.end, ','));
        let and = usize::from(frame.tokens.word(a.end + comma) == "and");
        let one = comma == 1 && and == 0 && narrower(frame, a, b);
        comma + and > 0 && a.end + comma + and == b.first && !one
    };
    let mut first = at;
    while first > 0 && joined(frame.mentions.get(first - 1)?, frame.mentions.get(first)?) {
        first -= 1;
    }
    let mut last = at;
    while frame.mentions.get(last + 1).is_some_and(|next| joined(&frame.mentions[last], next)) {
        last += 1;
    }
    let and =
        (first..last).any(|k| frame.tokens.word_before(frame.mentions[k + 1].first, 1) == "and");
    (last > first && and).then(|| (frame.mentions[first].first, frame.mentions[last].end))
}

/// Whether `a` is a place inside `b`.
fn narrower(frame: &Frame<'_>, a: &Mention, b: &Mention) -> bool {
    match (a.named, b.named) {
        (Named::Place(place), Named::Entity(country, _)) => {
            frame.catalog.place(place).country == Some(country)
        }
        (Named::Place(_), Named::Place(_)) => true,
        _ => false,
    }
}

/// Whether a preposition of place governs the name: `in Kabul`, `near the Ukrainian border`.
fn governed(frame: &Frame<'_>, mention: &Mention) -> bool {
    let tokens = frame.tokens;
    // `the conflict in eastern Ukraine`: the name holds its preposition.
    if (mention.first..mention.end).any(|k| tokens.word(k) == "in") {
        return true;
    }
    let mut at = mention.first;
    for _ in 0..5 {
        let Some(before) = at.checked_sub(1) else { return false };
        at = before;
        if is(tokens, at, Word::Into) {
            return true;
        }
        // `in Boulder, Colorado`, where the catalog knows the state alone.
        let town = tokens.is_sign(at + 1, ',') && tokens.get(at).is_some_and(|t| t.capital);
        let passes = frame.mention_at(at).is_some()
            || town
            || is(tokens, at, Word::Within)
            || matches!(tokens.kind(at), Some(Kind::Sign(',' | '-' | '.')));
        if !passes {
            return false;
        }
    }
    false
}

/// The nearest governed name in the number's sentence: behind it first, then before it; of a
/// region and its country the narrower.
fn nearest(frame: &Frame<'_>, spot: Spot) -> Option<Slot<Where>> {
    let fits = |m: &&Mention| match m.named {
        Named::Place(_) => governed(frame, m),
        Named::Entity(id, form) => {
            let owner = frame.tokens.kind(m.end) == Some(Kind::Possessive);
            let site = is(frame.tokens, m.end, Word::Site)
                || owner && is(frame.tokens, m.end + 1, Word::OwnSite);
            (form == NameForm::Name || site)
                && frame.catalog.entity(id).kind == EntityKind::Country
                && governed(frame, m)
        }
    };
    let behind = frame.mentions.iter().filter(|m| m.first >= spot.end).find(fits);
    let before = frame.mentions.iter().rev().filter(|m| m.end <= spot.hedge).find(fits);
    let far =
        |m: &Mention| if m.first >= spot.end { m.first - spot.end } else { spot.hedge - m.end + 4 };
    let mention = match (behind, before) {
        (Some(a), Some(b)) => {
            if far(a) <= far(b) {
                a
            } else {
                b
            }
        }
        (Some(a), None) => a,
        (None, b) => b?,
    };
    slot(frame, mention, "the nearest place that a preposition governs")
}

/// `Ukraine has a population of 44 million`, `Kramatorsk 210,000`: the last name before the number.
fn inhabited(frame: &Frame<'_>, spot: Spot) -> Option<Slot<Where>> {
    let last =
        frame.mentions.iter().rev().find(|m| m.end <= spot.hedge && m.end + 8 > spot.hedge)?;
    slot(frame, last, "the last place named before the population")
}

/// `Ohio reports 91% of corn planted`, `Brazil's 40 mines`: the place that the number's clause is
/// about.
fn ruled(frame: &Frame<'_>, spot: Spot) -> Option<Slot<Where>> {
    let tokens = frame.tokens;
    let from = (0..spot.hedge)
        .rev()
        .find(|k| frame.breaks(*k) || is(tokens, *k, Word::Clause))
        .map_or(0, |k| k + 1);
    let opens = |m: &&Mention| {
        let article = usize::from(is_before(tokens, m.first, 1, Word::Within));
        let at = m.first - article;
        let first =
            at == from || at > 0 && (tokens.is_sign(at - 1, ',') || tokens.word(at - 1) == "and");
        first && from <= m.first && m.end <= spot.hedge && m.end + 12 > spot.hedge
    };
    // A country acts more often than it is counted in.
    let is_place = |m: &&Mention| match m.named {
        Named::Place(_) => true,
        Named::Entity(id, form) => {
            let counts = matches!(
                tokens.word(m.end),
                "has" | "had" | "reported" | "recorded" | "remains" | "counts" | "hosts"
            ) || tokens.kind(m.end) == Some(Kind::Possessive);
            form == NameForm::Name && counts && frame.catalog.entity(id).kind == EntityKind::Country
        }
    };
    let found = frame.mentions.iter().rev().filter(opens).find(is_place)?;
    let acts = matches!(found.named, Named::Entity(..));
    let apart = (found.end..spot.hedge).any(|k| {
        let counted = frame.spots.iter().any(|s| found.end <= s.first && s.end <= k);
        tokens.is_sign(k, ',') && tokens.word(k + 1) != "with" && !counted
            || acts && is(tokens, k, Word::Says)
            || frame.mention_at(k).is_some()
    });
    if apart { None } else { slot(frame, found, "what the number's clause is about") }
}

/// `to Ukraine`, `for Kyiv`, `Ukraine aid`: who receives.
fn recipient(frame: &Frame<'_>, spot: Spot) -> Option<Slot<Where>> {
    let tokens = frame.tokens;
    let to = |m: &&Mention| {
        let article = usize::from(tokens.word_before(m.first, 1) == "the");
        let given = is_before(tokens, m.first, 1 + article, Word::For);
        let aided = is(tokens, m.end, Word::Aid);
        given || aided
    };
    let country = |m: &&Mention| {
        matches!(m.named, Named::Entity(id, form) if frame.catalog.entity(id).kind == EntityKind::Country && form != NameForm::Adjective)
            || matches!(m.named, Named::Place(_))
    };
    let found = frame
        .mentions
        .iter()
        .filter(|m| m.first >= spot.end)
        .filter(country)
        .find(to)
        .or_else(|| frame.mentions.iter().filter(country).find(to))?;
    slot(frame, found, "receives, behind `to` or `for`")
}

/// `fled Ukraine`, `left Syria`: where they come from.
fn left_behind(frame: &Frame<'_>, spot: Spot) -> Option<Slot<Where>> {
    let found = frame
        .mentions
        .iter()
        .find(|m| m.first >= spot.end && is_before(frame.tokens, m.first, 1, Word::Leaves))?;
    slot(frame, found, "the country they left")
}
