//! What a number is about, by the cue words around it.

use crate::claim::Slot;
use crate::claim::cue::{Cue, FIRED, HEADS, LEFT, MEASURE, MONEY, PERCENT, RIGHT};
use crate::claim::frame::{Frame, Mention, Named, Spot};
use crate::quantity::{Kind, Quantity, is_person};
use crate::reference::{EntityKind, Indicator, NameForm};
use crate::segment::{Dictionary, Kind as TokenKind, Phrases};
use std::cell::OnceCell;
use std::sync::LazyLock;

/// Words of illness: with them deaths and cases are of a disease.
const DISEASE: &[&str] = &[
    "virus",
    "disease",
    "outbreak",
    "epidemic",
    "pandemic",
    "cholera",
    "ebola",
    "covid",
    "coronavirus",
    "influenza",
    "flu",
    "measles",
    "malaria",
    "dengue",
    "zika",
    "mers",
    "sars",
    "polio",
    "hepatitis",
    "tuberculosis",
    "h1n1",
    "infections",
    "vaccine",
    "meningitis",
    "mpox",
    "plague",
    "infected",
    "infection",
    "diphtheria",
    "typhoid",
    "anthrax",
    "legionnaires",
];

static ILLNESSES: LazyLock<Dictionary<()>> =
    LazyLock::new(|| Dictionary::new(DISEASE.iter().map(|word| (word, ()))));

/// Whether deaths and cases are of an illness: the sentence has one word of it, or the article
/// two. Looked for only where a reading turns on it.
#[derive(Debug)]
pub(crate) struct Illness<'a> {
    prose: &'a str,
    everywhere: OnceCell<bool>,
}

impl<'a> Illness<'a> {
    /// Of the article with this prose.
    pub(crate) fn of(prose: &'a str) -> Self {
        Self { prose, everywhere: OnceCell::new() }
    }

    fn is_meant(&self, frame: &Frame<'_>) -> bool {
        has_words_of_illness(frame.sentence.of(frame.prose), 1)
            || *self.everywhere.get_or_init(|| has_words_of_illness(self.prose, 2))
    }
}

fn has_words_of_illness(text: &str, needed: usize) -> bool {
    let words = text.as_bytes().split(|b| !b.is_ascii_alphanumeric());
    let words = words.filter_map(|word| std::str::from_utf8(word).ok());
    words.filter(|word| ILLNESSES.get(word).is_some()).take(needed).count() == needed
}

/// The indicators of all quantities of the frame. A number without a cue of its own takes the one
/// of the number it is joined to: `rose from 41 to 53`, `60 of them`, `a record 35%, or 8.9m`.
pub(crate) fn indicators(frame: &Frame<'_>, illness: &Illness<'_>) -> Vec<Slot<Indicator>> {
    let count = frame.quantities.len();
    let mut found: Vec<_> = (0..count).map(|q| indicator(frame, q, illness)).collect();
    let order = (1..count).map(|q| (q - 1, q)).chain((1..count).rev().map(|q| (q, q - 1)));
    for (from, to) in order {
        let (Some(a), Some(b)) = (found.get(from), found.get(to)) else { continue };
        if a.value != Indicator::Other && b.value == Indicator::Other && leans_on(frame, from, to) {
            let by = format!("joined to a number that {}", a.by);
            let slot = Slot { value: a.value, span: a.span, by };
            if let Some(place) = found.get_mut(to) {
                *place = slot;
            }
        }
    }
    found
}

/// Whether the number `to` has nothing of its own to count and belongs to the number `from`.
fn leans_on(frame: &Frame<'_>, from: usize, to: usize) -> bool {
    let (a, b) = (&frame.quantities[from], &frame.quantities[to]);
    let (left, right) = (from.min(to), from.max(to));
    let gap = (frame.spots[left].end..frame.spots[right].first).collect::<Vec<_>>();
    let clause = gap.len() <= 9
        && !gap.iter().any(|k| {
            frame.breaks(*k)
                || matches!(
                    frame.tokens.word(*k),
                    "while" | "but" | "after" | "who" | "which" | "aged" | "where"
                )
        });
    let same = a.kind == b.kind && a.unit == b.unit;
    let bare = match b.kind {
        Kind::Count => {
            b.noun.as_ref().is_none_or(|n| n.phrase.is_empty()) && a.kind != Kind::Duration
        }
        Kind::Ratio | Kind::Percent => {
            matches!(a.kind, Kind::Count | Kind::Percent | Kind::Money) && from < to
        }
        Kind::Money | Kind::Volume | Kind::Energy => same,
        _ => false,
    };
    clause && bare
}

/// The indicator of the quantity `q` of the frame.
fn indicator(frame: &Frame<'_>, q: usize, illness: &Illness<'_>) -> Slot<Indicator> {
    let nothing = || Slot {
        value: Indicator::Other,
        span: frame.quantities[q].span,
        by: "no cue".to_owned(),
    };
    let (quantity, spot) = (&frame.quantities[q], frame.spots[q]);
    let found = match quantity.kind {
        Kind::Count => counted(frame, quantity, spot, illness),
        Kind::Money => money(frame, spot),
        Kind::Percent | Kind::Points => share(frame, spot),
        Kind::Energy => energy(frame, quantity),
        Kind::Volume
            if quantity.unit.as_deref().is_some_and(|u| u.starts_with("bbl") || u == "bcm") =>
        {
            energy(frame, quantity)
        }
        Kind::Volume | Kind::Other => near(frame, spot, &MEASURE, 6),
        Kind::Ratio => near(frame, spot, &RIGHT, 8)
            .filter(|slot| matches!(slot.value, Indicator::Displaced | Indicator::Refugees))
            .or_else(|| subject_noun(frame, spot)),
        _ => None,
    };
    let found = found.unwrap_or_else(nothing);
    let ill = found.value == Indicator::Killed && illness.is_meant(frame);
    if ill { of_disease(found) } else { found }
}

fn energy(frame: &Frame<'_>, quantity: &Quantity) -> Option<Slot<Indicator>> {
    let by = format!("measured in {}", quantity.unit.as_deref().unwrap_or("a unit of energy"));
    let span = frame.quantities.iter().find(|q| q.span == quantity.span)?.span;
    (quantity.unit.as_deref() != Some("kcal")).then_some(Slot {
        value: Indicator::Energy,
        span,
        by,
    })
}

/// The counted noun a change or a share speaks of, before it: `refugees rose by 35%`.
fn subject_noun(frame: &Frame<'_>, spot: Spot) -> Option<Slot<Indicator>> {
    let tokens = frame.tokens;
    let from = spot.hedge.saturating_sub(12);
    let stop = (from..spot.hedge).rev().find(|k| frame.breaks(*k)).map_or(from, |k| k + 1);
    (stop..spot.hedge).rev().find_map(|k| {
        let word = tokens.word(k);
        let noun = crate::quantity::singular(word);
        let displaced = matches!(word, "displaced");
        let value = if displaced {
            Indicator::Displaced
        } else {
            head(frame, &noun, spot).map(|s| s.value)?
        };
        let counted = matches!(
            value,
            Indicator::Refugees
                | Indicator::Displaced
                | Indicator::Killed
                | Indicator::Wounded
                | Indicator::Casualties
                | Indicator::Votes
                | Indicator::Evacuated
        );
        let span = tokens.span(k, k + 1);
        (counted && (word != noun || displaced)).then(|| Slot {
            value,
            span,
            by: format!("is about {word:?}"),
        })
    })
}

fn of_disease(slot: Slot<Indicator>) -> Slot<Indicator> {
    Slot { value: Indicator::DiseaseDeaths, by: slot.by + ", of a disease", ..slot }
}

/// Counts: the noun itself where it says what is counted, else a verb before or behind it.
fn counted(
    frame: &Frame<'_>,
    quantity: &Quantity,
    spot: Spot,
    illness: &Illness<'_>,
) -> Option<Slot<Indicator>> {
    let noun = quantity.noun.as_ref().map_or("", |n| n.singular.as_str());
    let people = noun.is_empty() || is_person(noun) || is_people(frame, spot);
    let head = head(frame, noun, spot);
    let strong = |i: Indicator| {
        matches!(
            i,
            Indicator::Killed
                | Indicator::Wounded
                | Indicator::Casualties
                | Indicator::Refugees
                | Indicator::Evacuated
                | Indicator::Votes
                | Indicator::Attacks
                | Indicator::Displaced
        )
    };
    if let Some(slot) = head.as_ref().filter(|slot| {
        strong(slot.value)
            && (noun != "life" || takes_lives(frame, spot))
            && (noun != "body" || found_bodies(frame, spot))
    }) {
        return Some(slot.clone());
    }
    if let Some(slot) = head.as_ref().filter(|slot| slot.value == Indicator::DiseaseCases)
        && illness.is_meant(frame)
    {
        return Some(slot.clone());
    }
    if people && let Some(slot) = right(frame, spot).or_else(|| left(frame, spot)) {
        let ill = slot.value != Indicator::DiseaseCases || illness.is_meant(frame);
        return ill.then_some(slot);
    }
    let weak = head.filter(|slot| !strong(slot.value) && slot.value != Indicator::DiseaseCases);
    if matches!(weak.as_ref().map(|s| s.value), Some(Indicator::Equipment) | None)
        && let Some(slot) = fired(frame, noun, spot)
    {
        return Some(slot);
    }
    if matches!(weak.as_ref().map(|s| s.value), Some(Indicator::Equipment) | None)
        && !people
        && let Some(slot) = given(frame, spot)
    {
        return Some(slot);
    }
    weak.or_else(|| {
        quantity
            .noun
            .as_ref()
            .is_none_or(|n| n.phrase.is_empty())
            .then(|| subject_noun(frame, spot))
            .flatten()
    })
}

/// Goods that somebody gives to a country are aid: `provided two generators to Ukraine`.
fn given(frame: &Frame<'_>, spot: Spot) -> Option<Slot<Indicator>> {
    let tokens = frame.tokens;
    let near = (spot.hedge.saturating_sub(14)..spot.hedge).chain(spot.behind..spot.behind + 9);
    let verb = near.into_iter().find(|k| {
        matches!(
            tokens.word(*k),
            "provided"
                | "donated"
                | "delivered"
                | "delivery"
                | "donating"
                | "providing"
                | "delivering"
        )
    })?;
    let to = frame.mentions.iter().any(|m| matches!(tokens.word_before(m.first, 1), "to" | "for"));
    let arms = head(
        frame,
        frame
            .quantities
            .iter()
            .find(|q| tokens.at_or_after(q.span.start()) == spot.first)?
            .noun
            .as_ref()
            .map_or("", |n| n.singular.as_str()),
        spot,
    );
    let weapon = arms.is_some_and(|slot| slot.value == Indicator::Equipment);
    (to && !weapon).then(|| Slot {
        value: Indicator::AidOther,
        span: tokens.span(verb, verb + 1),
        by: format!("{:?} to a country", frame.text(verb, verb + 1)),
    })
}

/// Whether the counted noun is a people's name: `two Britons`, `11.6 million Ukrainians`.
fn is_people(frame: &Frame<'_>, spot: Spot) -> bool {
    let head = spot.behind.saturating_sub(1);
    head >= spot.end
        && frame
            .mention_at(head)
            .is_some_and(|m| matches!(m.named, Named::Entity(_, form) if form != NameForm::Agent))
}

fn takes_lives(frame: &Frame<'_>, spot: Spot) -> bool {
    (spot.first.saturating_sub(6)..spot.behind + 6).any(|k| {
        matches!(
            frame.tokens.word(k),
            "claimed"
                | "claim"
                | "claims"
                | "claiming"
                | "took"
                | "takes"
                | "take"
                | "taken"
                | "taking"
                | "lost"
                | "cost"
                | "loss"
                | "costing"
                | "costs"
        )
    })
}

fn found_bodies(frame: &Frame<'_>, spot: Spot) -> bool {
    (spot.first.saturating_sub(8)..spot.behind + 8).any(|k| {
        matches!(
            frame.tokens.word(k),
            "found"
                | "recovered"
                | "discovered"
                | "pulled"
                | "retrieved"
                | "buried"
                | "exhumed"
                | "showed"
                | "lying"
                | "morgue"
                | "mass"
                | "bodies"
                | "rubble"
                | "unearthed"
                | "collected"
                | "morgues"
        )
    })
}

fn head(frame: &Frame<'_>, noun: &str, spot: Spot) -> Option<Slot<Indicator>> {
    let mut tokens = crate::segment::Tokens::new();
    tokens.read(noun, crate::text::Span::new(0, noun.len()));
    let (_, cue) = HEADS.at(&tokens, 0).filter(|(end, _)| *end == tokens.len())?;
    let span = frame.tokens.span(spot.end, spot.behind);
    Some(Slot { value: cue.indicator, span, by: format!("counts {noun:?}") })
}

/// Weapons that are fired are attacks; else they are equipment.
fn fired(frame: &Frame<'_>, noun: &str, spot: Spot) -> Option<Slot<Indicator>> {
    let mut tokens = crate::segment::Tokens::new();
    tokens.read(noun, crate::text::Span::new(0, noun.len()));
    let (_, cue) = FIRED.at(&tokens, 0)?;
    let near = (spot.first.saturating_sub(7)..spot.first).chain(spot.behind..spot.behind + 6);
    let verb = near.into_iter().find(|k| {
        matches!(
            frame.tokens.word(*k),
            "fired"
                | "launched"
                | "firing"
                | "launching"
                | "launch"
                | "fire"
                | "dropped"
                | "rained"
                | "hit"
                | "struck"
                | "landed"
                | "intercepted"
                | "downed"
                | "slammed"
                | "barrage"
                | "attack"
                | "attacked"
                | "strike"
                | "dropping"
                | "fires"
                | "exploded"
        )
    })?;
    let span = frame.tokens.span(verb, verb + 1);
    Some(Slot { value: cue.indicator, span, by: "a weapon that is fired".to_owned() })
}

fn slot(frame: &Frame<'_>, first: usize, end: usize, cue: Cue, by: &str) -> Slot<Indicator> {
    let span = frame.tokens.span(first, end);
    Slot { value: cue.indicator, span, by: format!("{by} {:?}", frame.text(first, end)) }
}

/// A cue behind the noun phrase: `40 people [were] killed`, `20 civilians dead`.
fn right(frame: &Frame<'_>, spot: Spot) -> Option<Slot<Indicator>> {
    let tokens = frame.tokens;
    let mut at = spot.end;
    let mut steps = 0;
    while at < tokens.len() && steps < 9 {
        if at >= spot.end
            && let Some((end, cue)) =
                RIGHT.at(tokens, at).filter(|_| at >= spot.behind || is_state(frame, at))
        {
            let abroad = tokens.word(at) == "fled"
                && frame.mention_at(at + 1).is_some_and(|m| is_country(frame, m));
            let cue = if abroad { Cue { indicator: Indicator::Refugees } } else { *cue };
            return Some(slot(frame, at, end, cue, "is followed by"));
        }
        if at < spot.behind {
            at += 1;
            continue;
        }
        if let Some(jump) = parenthesis(frame, at) {
            at = jump;
        } else if frame.is_light(at)
            && !(tokens.word(at) == "and" && frame.quantity_at(at + 1).is_some())
            || is_of_place(frame, at)
        {
            at += 1;
        } else {
            return None;
        }
        steps += 1;
    }
    None
}

fn is_country(frame: &Frame<'_>, mention: &Mention) -> bool {
    matches!(mention.named, Named::Entity(id, NameForm::Name) if frame.catalog.entity(id).kind == EntityKind::Country)
}

fn is_state(frame: &Frame<'_>, at: usize) -> bool {
    crate::quantity::is_class(frame.tokens.word(at), crate::quantity::WordClass::State)
}

/// `including 11 children`, `, most of them women,`: what may stand between the noun and its verb.
fn parenthesis(frame: &Frame<'_>, at: usize) -> Option<usize> {
    let tokens = frame.tokens;
    let comma = usize::from(tokens.is_sign(at, ','));
    let word = tokens.word(at + comma);
    if word == "including" || word == "among" && tokens.word(at + comma + 1) == "them" {
        let mut end = at + comma + 1;
        while end < tokens.len()
            && !tokens.is_sign(end, ',')
            && !is_finite(frame, end)
            && !frame.breaks(end)
        {
            if RIGHT.at(tokens, end).is_some() && tokens.word(end) != "dead" {
                return Some(end);
            }
            end += 1;
        }
        return Some(end + usize::from(tokens.is_sign(end, ',')));
    }
    if comma == 1 {
        let close = (at + 1..at + 14).find(|k| tokens.is_sign(*k, ','))?;
        return is_finite(frame, close + 1).then_some(close + 1);
    }
    None
}

fn is_finite(frame: &Frame<'_>, at: usize) -> bool {
    matches!(
        frame.tokens.word(at),
        "were" | "was" | "are" | "is" | "have" | "has" | "had" | "died" | "fled"
    )
}

/// `in the city`, `of them` between noun and verb: `40 people in Kabul were killed`.
fn is_of_place(frame: &Frame<'_>, at: usize) -> bool {
    let tokens = frame.tokens;
    matches!(
        tokens.word(at),
        "in" | "from"
            | "of"
            | "at"
            | "near"
            | "around"
            | "the"
            | "across"
            | "inside"
            | "on"
            | "aboard"
    ) || frame.mention_at(at).is_some()
        || matches!(
            tokens.word_before(at, 1),
            "in" | "from" | "the" | "at" | "near" | "aboard" | "on" | "inside" | "across"
        ) && tokens.kind(at) == Some(TokenKind::Word)
}

/// A cue before the number: `killing 40`, `the death toll rose to 40`; over other numbers joined
/// by commas and `and`.
fn left(frame: &Frame<'_>, spot: Spot) -> Option<Slot<Indicator>> {
    let tokens = frame.tokens;
    let mut at = spot.hedge;
    let mut steps = 0;
    while at > 0 && steps < 16 {
        if let Some((first, cue)) = LEFT.before(tokens, at) {
            return Some(slot(frame, first, at, *cue, "is governed by"));
        }
        at -= 1;
        steps += 1;
        let word = tokens.word(at);
        let speech = matches!(
            word,
            "said"
                | "says"
                | "saying"
                | "told"
                | "that"
                | "while"
                | "but"
                | "when"
                | "after"
                | "before"
                | "where"
                | "because"
                | "who"
                | "which"
                | "were"
                | "was"
                | "are"
                | "with"
                | "against"
                | "by"
                | "during"
                | "as"
                | "into"
                | "had"
                | "for"
                | "among"
                | "will"
                | "would"
        );
        if frame.breaks(at) || speech && frame.quantity_at(at).is_none() {
            return None;
        }
    }
    None
}

fn money(frame: &Frame<'_>, spot: Spot) -> Option<Slot<Indicator>> {
    near(frame, spot, &MONEY, 14)
}

fn share(frame: &Frame<'_>, spot: Spot) -> Option<Slot<Indicator>> {
    let group = right(frame, spot)
        .filter(|slot| matches!(slot.value, Indicator::Displaced | Indicator::Votes));
    near(frame, spot, &PERCENT, 10).or(group).or_else(|| subject_noun(frame, spot))
}

/// The nearest cue within `reach` tokens of the number in its clause; behind it before before it.
fn near(
    frame: &Frame<'_>,
    spot: Spot,
    cues: &Phrases<Cue>,
    reach: usize,
) -> Option<Slot<Indicator>> {
    let tokens = frame.tokens;
    let behind = (spot.end..(spot.end + reach).min(tokens.len()))
        .take_while(|k| !frame.breaks(*k))
        .find_map(|k| cues.at(tokens, k).map(|(end, cue)| (k - spot.end, k, end, *cue)));
    let before = (spot.hedge.saturating_sub(reach)..spot.hedge)
        .rev()
        .take_while(|k| !frame.breaks(*k))
        .find_map(|k| cues.at(tokens, k).map(|(end, cue)| (spot.hedge - k + 1, k, end, *cue)));
    let (_, first, end, cue) = match (behind, before) {
        (Some(b), Some(a)) => {
            if a.0 < b.0 {
                a
            } else {
                b
            }
        }
        (Some(b), None) => b,
        (None, a) => a?,
    };
    Some(slot(frame, first, end, cue, "stands near"))
}
