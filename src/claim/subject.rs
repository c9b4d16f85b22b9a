//! Whose the number is: whose troops, who was killed, who gives the aid.

use crate::claim::frame::{Frame, Mention, Named, Spot};
use crate::claim::{Slot, Subject};
use crate::quantity::{Quantity, WordClass, is_class};
use crate::reference::{EntityId, EntityKind, Indicator, NameForm};

/// Nouns that make the dead and wounded civilians.
const CIVILIANS: &[&str] = &[
    "civilian",
    "child",
    "woman",
    "boy",
    "girl",
    "baby",
    "infant",
    "toddler",
    "schoolchild",
    "student",
    "pupil",
    "resident",
    "villager",
    "citizen",
    "tourist",
    "worshipper",
    "employee",
    "shopper",
    "passenger",
    "pilgrim",
];

/// The subject of quantity `q`, by its indicator.
pub(crate) fn subject(frame: &Frame<'_>, q: usize, indicator: Indicator) -> Option<Slot<Subject>> {
    let (quantity, spot) = (&frame.quantities[q], frame.spots[q]);
    match indicator {
        Indicator::Killed
        | Indicator::Wounded
        | Indicator::Casualties
        | Indicator::Captured
        | Indicator::Missing
        | Indicator::Evacuated => {
            group(frame, quantity, spot).or_else(|| civilians(frame, quantity, spot))
        }
        Indicator::Refugees | Indicator::Displaced => {
            group(frame, quantity, spot).or_else(|| origin(frame, spot))
        }
        Indicator::Troops | Indicator::Equipment | Indicator::Attacks => {
            group(frame, quantity, spot)
                .or_else(|| agent(frame, spot, indicator))
                .or_else(|| behind(frame, spot))
        }
        Indicator::AidMilitary
        | Indicator::AidHumanitarian
        | Indicator::AidFinancial
        | Indicator::AidOther => giver(frame, spot),
        Indicator::Sanctions => agent(frame, spot, indicator),
        _ => None,
    }
}

fn slot(frame: &Frame<'_>, mention: &Mention, by: &str) -> Option<Slot<Subject>> {
    let Named::Entity(id, _) = mention.named else { return None };
    let id = acts_for(frame, id);
    let slug = frame.catalog.entity(id).id.to_string();
    Some(Slot {
        value: Subject::Entity(id, slug),
        span: frame.tokens.span(mention.first, mention.end),
        by: by.to_owned(),
    })
}

/// An agency stands for its country.
fn acts_for(frame: &Frame<'_>, id: EntityId) -> EntityId {
    frame.catalog.entity(id).country.unwrap_or(id)
}

/// A people or group in the noun phrase: `10,000 Ukrainian soldiers`, `23 Hamas members`, `two
/// Britons`.
fn group(frame: &Frame<'_>, quantity: &Quantity, spot: Spot) -> Option<Slot<Subject>> {
    if quantity.noun.as_ref().is_some_and(|n| n.phrase.is_empty()) && spot.behind <= spot.end {
        return None;
    }
    frame.mentions.iter().filter(|m| spot.end <= m.first && m.first < spot.behind).find_map(|m| {
        match m.named {
            Named::Entity(..) => slot(frame, m, "the people or group that is counted"),
            Named::Place(_) => None,
        }
    })
}

fn civilians(frame: &Frame<'_>, quantity: &Quantity, spot: Spot) -> Option<Slot<Subject>> {
    let noun = quantity.noun.as_ref()?;
    let listed = CIVILIANS.contains(&noun.singular.as_str());
    let id = frame.catalog.entity_named("CIVILIANS")?;
    listed.then(|| Slot {
        value: Subject::Entity(id, "CIVILIANS".to_owned()),
        span: frame.tokens.span(spot.end, spot.behind),
        by: format!("counts {:?}", noun.singular),
    })
}

/// `refugees have fled Ukraine`, `Ukrainian refugees`: the country they come from.
fn origin(frame: &Frame<'_>, spot: Spot) -> Option<Slot<Subject>> {
    let from = (spot.behind..spot.behind + 9).take_while(|k| !frame.breaks(*k)).find(|k| {
        matches!(
            frame.tokens.word(*k),
            "fled" | "from" | "left" | "fleeing" | "leave" | "flee" | "escaped"
        )
    })?;
    let at = (from + 1..from + 4).find_map(|k| frame.mention_at(k))?;
    matches!(at.named, Named::Entity(id, NameForm::Name) if is_country(frame, id))
        .then(|| slot(frame, at, "the country they left"))
        .flatten()
}

fn is_country(frame: &Frame<'_>, id: EntityId) -> bool {
    frame.catalog.entity(id).kind == EntityKind::Country
}

/// Verbs by which somebody moves, fields or loses the troops and arms that are counted.
const ACTS: &[&str] = &[
    "deployed",
    "deploy",
    "deploys",
    "deploying",
    "sent",
    "send",
    "sends",
    "sending",
    "massed",
    "mass",
    "amassed",
    "amassing",
    "massing",
    "moved",
    "moving",
    "put",
    "placed",
    "placing",
    "stationed",
    "has",
    "have",
    "had",
    "keeps",
    "kept",
    "fired",
    "firing",
    "launched",
    "launching",
    "launches",
    "lost",
    "loses",
    "losing",
    "assembled",
    "gathered",
    "positioned",
    "built",
    "withdrew",
    "withdraw",
    "withdrawn",
    "pulled",
    "mobilised",
    "mobilized",
    "mobilise",
    "ordered",
    "concentrated",
    "imposed",
    "conducted",
    "carried",
    "intercepted",
    "stated",
    "bases",
    "dispatched",
    "committed",
    "holding",
    "holds",
    "froze",
    "frozen",
    "received",
    "supplied",
    "struck",
    "hit",
    "boost",
    "raised",
    "commands",
    "fields",
    "used",
    "dropped",
    "accumulated",
    "added",
    "will",
    "would",
    "is",
    "are",
    "was",
    "were",
    "to",
    "plans",
    "and",
    "also",
    "already",
    "now",
    "been",
];

/// The name that does what the verb before the number says: `Russia has deployed 100,000 troops`.
fn agent(frame: &Frame<'_>, spot: Spot, indicator: Indicator) -> Option<Slot<Subject>> {
    let tokens = frame.tokens;
    let verb = (spot.hedge.saturating_sub(7)..spot.hedge)
        .rev()
        .take_while(|k| !frame.breaks(*k))
        .find(|k| ACTS.contains(&tokens.word(*k)))?;
    let mut at = verb;
    while at > 0 {
        at -= 1;
        if frame.breaks(at) {
            return None;
        }
        if let Some(mention) = frame.mention_at(at) {
            let possessed =
                tokens.kind(mention.end).is_some_and(|k| k == crate::segment::Kind::Possessive);
            let object = matches!(
                tokens.word_before(mention.first, 1),
                "in" | "at"
                    | "near"
                    | "against"
                    | "of"
                    | "from"
                    | "on"
                    | "over"
                    | "into"
                    | "around"
            );
            match mention.named {
                Named::Entity(..) if !object && !possessed => {
                    return slot(frame, mention, "does what the verb before the number says");
                }
                _ => at = mention.first,
            }
        }
        let word = tokens.word(at);
        if at + 12 < verb
            || is_class(word, WordClass::Conjunction) && !matches!(word, "and" | "which" | "that")
            || indicator == Indicator::Attacks && word == "by"
        {
            return None;
        }
    }
    None
}

/// `100,000 troops from Russia`, `of the United States`.
fn behind(frame: &Frame<'_>, spot: Spot) -> Option<Slot<Subject>> {
    let tokens = frame.tokens;
    let of = matches!(tokens.word(spot.behind), "of" | "from" | "by");
    let at = (spot.behind + 1..spot.behind + 3).find_map(|k| frame.mention_at(k)).filter(|_| of)?;
    slot(frame, at, "stands behind the counted noun")
}

/// Who gives: the first name of the clause that is not the recipient.
fn giver(frame: &Frame<'_>, spot: Spot) -> Option<Slot<Subject>> {
    let tokens = frame.tokens;
    let adjective = frame.mentions.iter().find(|m| spot.end <= m.first && m.first < spot.end + 3);
    if let Some(m) = adjective.filter(|m| matches!(m.named, Named::Entity(_, NameForm::Adjective)))
    {
        return slot(frame, m, "describes the aid");
    }
    let by = (spot.end..spot.end + 12).find(|k| {
        tokens.word(*k) == "by" && frame.mention_at(k + 1).or(frame.mention_at(k + 2)).is_some()
    });
    if let Some(by) = by
        && let Some(m) = frame.mention_at(by + 1).or(frame.mention_at(by + 2))
    {
        return slot(frame, m, "gives, behind `by`");
    }
    let candidates = frame.mentions.iter().rev().filter(|m| m.end <= spot.hedge);
    for m in candidates {
        let Named::Entity(id, form) = m.named else { continue };
        let before = tokens.word_before(m.first, 1);
        let article = usize::from(before == "the");
        let governed = matches!(
            tokens.word_before(m.first, 1 + article),
            "to" | "for"
                | "in"
                | "with"
                | "against"
                | "from"
                | "and"
                | "given"
                | "gave"
                | "of"
                | "helping"
                | "sent"
                | "on"
        );
        let person = matches!(frame.catalog.entity(id).kind, EntityKind::Country)
            && form == NameForm::Adjective;
        if !governed && (!person || giver_noun(tokens.word(m.end))) {
            return slot(frame, m, "gives, before the verb");
        }
    }
    None
}

fn giver_noun(word: &str) -> bool {
    matches!(
        word,
        "government"
            | "administration"
            | "officials"
            | "president"
            | "ministry"
            | "parliament"
            | "congress"
            | "senate"
            | "aid"
            | "assistance"
            | "commission"
            | "lawmakers"
            | "military"
            | "support"
            | "embassy"
            | "taxpayers"
    )
}
