//! What a number is about, by the cue words around it.

use crate::claim::Slot;
use crate::claim::cue::{About, Look};
use crate::claim::frame::Frame;
use crate::claim::illness::Illness;
use crate::claim::joined::join;
use crate::claim::lexicon::{Word, is};
use crate::quantity::{Kind, singular};
use crate::reference::Indicator;

/// What all quantities of the frame are about. A number without a cue of its own takes the one of
/// the number it is joined to.
pub(crate) fn abouts(frame: &Frame<'_>, illness: &Illness<'_>) -> Vec<Slot<About>> {
    let mut found: Vec<_> = (0..frame.quantities.len()).map(|q| about(frame, q, illness)).collect();
    join(frame, &mut found);
    found
}

/// What the quantity `q` of the frame is about.
fn about(frame: &Frame<'_>, q: usize, illness: &Illness<'_>) -> Slot<About> {
    let look = Look::new(frame, q);
    let found = read(&look, illness).or_else(|| look.by_unit());
    let Some(mut slot) = found else {
        let value = About::only(Indicator::Other);
        return Slot { value, span: look.quantity.span, by: "no cue".to_owned() };
    };
    match slot.value.indicator {
        Indicator::Killed if look.has(slot.span, Word::Kills) && !Illness::is_named(frame) => {}
        Indicator::Killed if look.is_of_another_cause() && !Illness::is_named(frame) => {}
        Indicator::Killed if illness.is_meant(frame) => {
            slot.value = About::only(Indicator::DiseaseDeaths);
            slot.by += ", of a disease";
        }
        Indicator::Wounded if look.has(slot.span, Word::InHospital) && illness.is_meant(frame) => {
            slot.value = About::only(Indicator::Other);
            slot.by += ", for a disease";
        }
        _ => {}
    }
    slot
}

fn read(look: &Look<'_, '_>, illness: &Illness<'_>) -> Option<Slot<About>> {
    match look.quantity.kind {
        Kind::Count => counted(look, illness),
        Kind::Money => look.near(14).or_else(|| lent(look)).or_else(|| granted(look)),
        Kind::Percent | Kind::Points => share(look),
        Kind::Energy => energy(look),
        Kind::Volume
            if look
                .quantity
                .unit
                .as_deref()
                .is_some_and(|u| u.starts_with("bbl") || u == "bcm") =>
        {
            energy(look)
        }
        Kind::Volume | Kind::Other => look.near(6),
        Kind::Ratio => look
            .near_state(8)
            .filter(|slot| {
                matches!(slot.value.indicator, Indicator::Displaced | Indicator::Refugees)
            })
            .or_else(|| subject_noun(look)),
        _ => None,
    }
}

fn share(look: &Look<'_, '_>) -> Option<Slot<About>> {
    let group = || {
        let slot = look.right()?;
        matches!(slot.value.indicator, Indicator::Displaced | Indicator::Votes).then_some(slot)
    };
    look.near(10).or_else(group).or_else(|| subject_noun(look))
}

fn energy(look: &Look<'_, '_>) -> Option<Slot<About>> {
    let unit = look.quantity.unit.as_deref();
    (unit != Some("kcal")).then(|| Slot {
        value: About::only(Indicator::Energy),
        span: look.quantity.span,
        by: format!("measured in {}", unit.unwrap_or("a unit of energy")),
    })
}

/// The counted noun a change or a share speaks of, before it: `refugees rose by 35%`.
fn subject_noun(look: &Look<'_, '_>) -> Option<Slot<About>> {
    let (frame, tokens, spot) = (look.frame, look.frame.tokens, look.spot);
    let from = spot.hedge.saturating_sub(12);
    let stop = (from..spot.hedge).rev().find(|k| frame.breaks(*k)).map_or(from, |k| k + 1);
    (stop..spot.hedge).rev().find_map(|k| {
        let word = tokens.word(k);
        let value = if word == "displaced" {
            About::only(Indicator::Displaced)
        } else {
            let noun = singular(word);
            look.head_called(&noun).filter(|_| word != noun)?.value
        };
        let counted = matches!(
            value.indicator,
            Indicator::Refugees
                | Indicator::Displaced
                | Indicator::Killed
                | Indicator::Wounded
                | Indicator::Casualties
                | Indicator::Votes
                | Indicator::Evacuated
        );
        let span = tokens.span(k, k + 1);
        counted.then(|| Slot { value, span, by: format!("is about {word:?}") })
    })
}

/// Whether the noun alone says what is counted, whatever stands around it.
fn says_all(indicator: Indicator) -> bool {
    matches!(
        indicator,
        Indicator::Killed
            | Indicator::Wounded
            | Indicator::Casualties
            | Indicator::Refugees
            | Indicator::Evacuated
            | Indicator::Votes
            | Indicator::Attacks
            | Indicator::Displaced
    )
}

/// Counts: the noun itself where it says what is counted, else a verb before or behind it.
fn counted(look: &Look<'_, '_>, illness: &Illness<'_>) -> Option<Slot<About>> {
    let head = look.head();
    let said = match look.noun() {
        "life" => look.has_around(Word::TakesLives, 6),
        "body" => look.has_around(Word::FindsBodies, 8),
        _ => true,
    };
    if let Some(slot) = head.as_ref().filter(|slot| said && says_all(slot.value.indicator)) {
        return Some(slot.clone());
    }
    if let Some(slot) = head.as_ref().filter(|slot| slot.value.of_disease)
        && illness.is_meant(look.frame)
    {
        // A noun that is only meant gives way to a verb that says more: `and 40 have died`.
        let bare = look.is_bare().then(|| look.of_people());
        let verb = bare.and_then(|look| look.right());
        let died = verb.filter(|slot| slot.value.indicator == Indicator::Killed);
        return died.or_else(|| Some(slot.clone()));
    }
    if look.people
        && let Some(slot) = look.right().or_else(|| look.left()).or_else(|| look.tallied())
    {
        let ill = !slot.value.of_disease || illness.is_meant(look.frame);
        return ill.then_some(slot);
    }
    let weak = head.filter(|slot| !says_all(slot.value.indicator) && !slot.value.of_disease);
    let arms = weak.as_ref().is_none_or(|slot| slot.value.indicator == Indicator::Equipment);
    if arms && let Some(slot) = look.fired().or_else(|| given(look)) {
        return Some(slot);
    }
    weak.or_else(|| if look.is_bare() { subject_noun(look).or_else(|| look.left()) } else { None })
}

/// Money in a facility for a country is financial aid: `a €50 billion facility for Ukraine`.
fn lent(look: &Look<'_, '_>) -> Option<Slot<About>> {
    let (tokens, spot) = (look.frame.tokens, look.spot);
    let at = (spot.end..spot.end + 4).find(|k| is(tokens, *k, Word::Facility))?;
    let given = matches!(tokens.word(at + 1), "for" | "to") && look.is_state_at(at + 2);
    given.then(|| Slot {
        value: About::only(Indicator::AidFinancial),
        span: tokens.span(at, at + 1),
        by: format!("{:?} for a country", look.frame.text(at, at + 1)),
    })
}

/// Money that somebody commits to a country is aid: `has committed €9 billion to Ukraine`.
fn granted(look: &Look<'_, '_>) -> Option<Slot<About>> {
    let (tokens, spot) = (look.frame.tokens, look.spot);
    // `paid out`
    let out = usize::from(tokens.word_before(spot.hedge, 1) == "out");
    let verb = spot.hedge.checked_sub(1 + out).filter(|k| is(tokens, *k, Word::Commits))?;
    let given = tokens.word(spot.behind) == "to" && look.is_state_at(spot.behind + 1);
    let lent = look.word_near(Word::Facility, 0, 9).is_some();
    given.then(|| Slot {
        value: About::only(if lent { Indicator::AidFinancial } else { Indicator::AidOther }),
        span: tokens.span(verb, verb + 1),
        by: format!("{:?} to a country", look.frame.text(verb, verb + 1)),
    })
}

/// Goods that somebody gives to a country are aid: `provided two generators to Ukraine`.
fn given(look: &Look<'_, '_>) -> Option<Slot<About>> {
    let (frame, tokens) = (look.frame, look.frame.tokens);
    let is_arms = || look.head().is_some_and(|s| s.value.indicator == Indicator::Equipment);
    if look.people || is_arms() {
        return None;
    }
    let verb = look.word_near(Word::Gives, 14, 9)?;
    let to = frame.mentions.iter().any(|m| matches!(tokens.word_before(m.first, 1), "to" | "for"));
    to.then(|| Slot {
        value: About::only(Indicator::AidOther),
        span: tokens.span(verb, verb + 1),
        by: format!("{:?} to a country", frame.text(verb, verb + 1)),
    })
}
