//! Whose the number is: whose troops, who was killed, who gives the aid.

use crate::claim::frame::{Frame, Mention, Named, Spot};
use crate::claim::lexicon::{Word, is, is_before, lists};
use crate::claim::{Slot, Subject};
use crate::quantity::{Quantity, WordClass, is_class};
use crate::reference::{EntityId, EntityKind, Indicator, NameForm};
use crate::segment::Kind;

/// The subject of quantity `q`, by its indicator.
pub(crate) fn subject(frame: &Frame<'_>, q: usize, indicator: Indicator) -> Option<Slot<Subject>> {
    let (quantity, spot) = (&frame.quantities[q], frame.spots[q]);
    match indicator {
        Indicator::Killed
        | Indicator::Wounded
        | Indicator::Casualties
        | Indicator::Captured
        | Indicator::Missing
        | Indicator::Evacuated => group(frame, quantity, spot)
            .or_else(|| civilians(frame, quantity, spot))
            .or_else(|| elided(frame, quantity, spot))
            .or_else(|| sufferer(frame, quantity, spot, indicator)),
        Indicator::Refugees | Indicator::Displaced => {
            group(frame, quantity, spot).or_else(|| origin(frame, spot))
        }
        Indicator::Troops | Indicator::Equipment | Indicator::Attacks => {
            group(frame, quantity, spot)
                .or_else(|| owner(frame, spot))
                .or_else(|| agent(frame, spot, indicator))
                .or_else(|| behind(frame, spot))
        }
        Indicator::Trade | Indicator::Budget => {
            let found = owner(frame, spot).or_else(|| agent(frame, spot, indicator))?;
            Some(found).filter(|slot| is_state(frame, &slot.value))
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
    let listed = lists(&noun.singular, Word::Civilian);
    let id = frame.catalog.entity_named("CIVILIANS")?;
    listed.then(|| Slot {
        value: Subject::Entity(id, "CIVILIANS".to_owned()),
        span: frame.tokens.span(spot.end, spot.behind),
        by: format!("counts {:?}", noun.singular),
    })
}

/// `refugees have fled Ukraine`, `Ukrainian refugees`: the country they come from.
fn origin(frame: &Frame<'_>, spot: Spot) -> Option<Slot<Subject>> {
    let from = (spot.behind..spot.behind + 9)
        .take_while(|k| !frame.breaks(*k))
        .find(|k| frame.tokens.word(*k) == "from" || is(frame.tokens, *k, Word::Leaves))?;
    let at = (from + 1..from + 4).find_map(|k| frame.mention_at(k))?;
    matches!(at.named, Named::Entity(id, NameForm::Name) if is_country(frame, id))
        .then(|| slot(frame, at, "the country they left"))
        .flatten()
}

/// Whether it is a country or a union of countries, which have budgets and trade.
fn is_state(frame: &Frame<'_>, subject: &Subject) -> bool {
    let Subject::Entity(id, _) = subject else { return false };
    matches!(frame.catalog.entity(*id).kind, EntityKind::Country | EntityKind::Alliance)
}

fn is_country(frame: &Frame<'_>, id: EntityId) -> bool {
    frame.catalog.entity(id).kind == EntityKind::Country
}

/// The name that does what the verb before the number says: `Russia has deployed 100,000 troops`.
fn agent(frame: &Frame<'_>, spot: Spot, indicator: Indicator) -> Option<Slot<Subject>> {
    let tokens = frame.tokens;
    let verb =
        (spot.hedge.saturating_sub(7)..spot.hedge).rev().take_while(|k| !frame.breaks(*k)).find(
            |k| is(tokens, *k, Word::Acts) || is_class(tokens.word(*k), WordClass::Auxiliary),
        )?;
    doer(frame, verb, indicator)
}

/// `Russia has had 315,000 soldiers killed`, `Ukraine suffered 400 casualties`: who lost them.
fn sufferer(
    frame: &Frame<'_>,
    quantity: &Quantity,
    spot: Spot,
    indicator: Indicator,
) -> Option<Slot<Subject>> {
    let noun = quantity.noun.as_ref().map_or("", |noun| &*noun.singular);
    let casualties = indicator == Indicator::Casualties && noun == "casualty";
    let counted = casualties || counts_soldiers(frame, quantity);
    let suffers = |k: &usize| counted && is(frame.tokens, *k, Word::Suffers);
    // `has suffered between 290,000 and 350,000`
    let verb =
        (1..=2).filter_map(|back| spot.first.min(spot.hedge).checked_sub(back)).find(suffers);
    doer(frame, verb?, indicator)
}

/// Whether the counted noun is one for soldiers.
fn counts_soldiers(frame: &Frame<'_>, quantity: &Quantity) -> bool {
    let noun = quantity.noun.as_ref().map_or("", |noun| &*noun.singular);
    let cues = frame.catalog.cues().heads.get(noun);
    cues.is_some_and(|cues| cues.iter().any(|cue| cue.indicator == Indicator::Troops))
}

/// The name that does what the verb says: the nearest one before it that is neither the scene nor
/// a mere owner.
fn doer(frame: &Frame<'_>, verb: usize, indicator: Indicator) -> Option<Slot<Subject>> {
    let tokens = frame.tokens;
    let mut at = verb;
    while at > 0 {
        at -= 1;
        if frame.breaks(at) {
            return None;
        }
        if let Some(mention) = frame.mention_at(at) {
            // `Poland's armed forces` are Poland.
            let possessed = tokens.kind(mention.end) == Some(Kind::Possessive)
                && !(mention.end + 1..mention.end + 4).any(|k| is(tokens, k, Word::Force));
            let object = is_before(tokens, mention.first, 1, Word::Scene);
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

/// `Russia's new $117 billion deal`: whose it is stands before the number.
fn owner(frame: &Frame<'_>, spot: Spot) -> Option<Slot<Subject>> {
    let tokens = frame.tokens;
    let owner = (spot.hedge.saturating_sub(4)..spot.hedge)
        .rev()
        .take_while(|k| !frame.breaks(*k) && !tokens.is_sign(*k, ','))
        .find(|k| tokens.kind(*k) == Some(Kind::Possessive))?;
    let between = owner + 1..spot.hedge;
    let plain = between.clone().all(|k| !crate::quantity::ends_phrase(tokens.word(k)));
    // `Poland's army of 235,000`
    let joint =
        matches!(tokens.word_before(spot.hedge, 1), "of" | "numbers" | "numbering" | "number");
    let force = is_before(tokens, spot.hedge, 2, Word::Force) && joint;
    let plain = plain || force && between.len() >= 2;
    let mention = frame.mentions.iter().find(|m| m.end == owner).filter(|_| plain)?;
    slot(frame, mention, "owns what is counted")
}

/// `Ukrainian casualties, around 200 a day`: the number has no noun of its own.
fn elided(frame: &Frame<'_>, quantity: &Quantity, spot: Spot) -> Option<Slot<Subject>> {
    let bare = quantity.noun.as_ref().is_none_or(|noun| noun.phrase.is_empty());
    if !bare && !counts_soldiers(frame, quantity) {
        return None;
    }
    let tokens = frame.tokens;
    let lost = |m: &&Mention| {
        let owner = usize::from(tokens.kind(m.end) == Some(Kind::Possessive));
        let noun = m.end + owner;
        (m.end + 9 > spot.hedge && m.end <= spot.hedge)
            && is(tokens, noun, Word::Losses)
            && (noun..spot.hedge).all(|k| !frame.breaks(k) || tokens.is_sign(k, '"'))
    };
    slot(frame, frame.mentions.iter().rev().find(lost)?, "whose losses the number counts")
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
        let article = usize::from(tokens.word_before(m.first, 1) == "the");
        let receives = is_before(tokens, m.first, 1 + article, Word::Receives);
        let owner = tokens.kind(m.end) == Some(Kind::Possessive);
        let people = is_country(frame, id) && form == NameForm::Adjective;
        let office = is(tokens, m.end + usize::from(owner), Word::Office);
        if !receives && (!(people || owner) || office) {
            return slot(frame, m, "gives, before the verb");
        }
    }
    let from = (spot.end..(spot.end + 9).min(tokens.len()))
        .take_while(|k| !frame.breaks(*k) && !tokens.is_sign(*k, ','))
        .find(|k| tokens.word(*k) == "from")?;
    let m = frame.mention_at(from + 1).or_else(|| frame.mention_at(from + 2))?;
    slot(frame, m, "gives, behind `from`")
}

#[cfg(test)]
mod tests {
    use crate::claim::test_support::claim_marked;

    #[track_caller]
    fn check(marked: &str, expected: Option<&str>) {
        let claim = claim_marked(marked).unwrap();
        let subject = claim.subject.as_ref().map(|subject| subject.value.slug());
        assert_eq!(subject, expected, "{marked}");
    }

    #[test]
    fn forces_stand_for_whoever_owns_them() {
        check("Poland's armed forces have [40,000] soldiers there.", Some("POL"));
        check("Poland's army of [40,000] soldiers is there.", Some("POL"));
        check("Poland's forces killed [40] soldiers there.", None);
        check("'s [40] soldiers were there.", None);
    }

    #[test]
    fn who_suffers_losses_is_whose_they_are() {
        check("Poland has suffered between [300 and 400] casualties there.", Some("POL"));
        check("Poland has had [400] soldiers killed there.", Some("POL"));
        check("Poland has had [400] people killed in floods.", None);
    }
}
