//! Who says the number.

use crate::claim::Slot;
use crate::claim::frame::{Frame, Named};
use crate::quantity::{WordClass, is_class};
use crate::reference::EntityId;
use crate::segment::Kind;

const SAYS: &[&str] = &[
    "said",
    "says",
    "say",
    "told",
    "reported",
    "reports",
    "report",
    "announced",
    "announces",
    "estimated",
    "estimates",
    "estimate",
    "claimed",
    "claims",
    "confirmed",
    "confirms",
    "added",
    "wrote",
    "stated",
    "states",
    "warned",
    "tweeted",
    "posted",
    "put",
    "adding",
    "saying",
    "citing",
    "acknowledged",
    "noted",
    "showed",
    "shows",
    "showing",
    "found",
    "revealed",
    "believes",
    "believe",
    "counted",
    "recorded",
    "quoted",
];

/// Who says it: `the ministry said`, `according to the UN`.
pub(crate) fn attributed_to(
    frame: &Frame<'_>,
    q: usize,
) -> Option<Slot<(String, Option<EntityId>)>> {
    let tokens = frame.tokens;
    if let Some(at) =
        (0..tokens.len()).find(|k| tokens.word(*k) == "according" && tokens.word(k + 1) == "to")
    {
        let end = phrase_end(frame, at + 2);
        return slot(frame, at + 2, end, "named behind `according to`");
    }
    let spot = frame.spots[q];
    let before = (0..spot.hedge).rev().find(|k| SAYS.contains(&tokens.word(*k)));
    let behind = (spot.end..tokens.len()).find(|k| SAYS.contains(&tokens.word(*k)));
    for verb in [before, behind].into_iter().flatten() {
        let inverted = verb > 0 && matches!(tokens.kind(verb - 1), Some(Kind::Sign(',' | '"')));
        if inverted
            && tokens.get(verb + 1).is_some_and(|t| {
                t.capital || is_class(tokens.word(verb + 1), WordClass::Determiner)
            })
        {
            let end = phrase_end(frame, verb + 1);
            if let Some(found) = slot(frame, verb + 1, end, "says it, behind the verb") {
                return Some(found);
            }
        }
        let first = phrase_start(frame, verb);
        if first < verb
            && !matches!(
                tokens.word(first),
                "that" | "which" | "who" | "it" | "he" | "she" | "they"
            )
        {
            return slot(frame, first, verb, "says it");
        }
    }
    None
}

/// The noun phrase that ends before token `end`.
fn phrase_start(frame: &Frame<'_>, end: usize) -> usize {
    let tokens = frame.tokens;
    let mut first = end;
    while first > 0 && end - first < 9 {
        let k = first - 1;
        let word = tokens.word(k);
        let sign = matches!(tokens.kind(k), Some(Kind::Sign('-' | '\'') | Kind::Possessive));
        let plain = tokens.kind(k) == Some(Kind::Word)
            && frame.quantity_at(k).is_none()
            && !(is_class(word, WordClass::Conjunction)
                || is_class(word, WordClass::Verb)
                || is_class(word, WordClass::Preposition) && !matches!(word, "of" | "for" | "in"));
        let adverb = is_class(word, WordClass::Auxiliary) || is_class(word, WordClass::Adverb);
        if !(plain || sign) || adverb && !tokens.get(k).is_some_and(|t| t.capital) {
            break;
        }
        first = k;
    }
    first
}

fn phrase_end(frame: &Frame<'_>, first: usize) -> usize {
    let tokens = frame.tokens;
    let mut end = first;
    while end < tokens.len() && end - first < 9 {
        let word = tokens.word(end);
        let sign = matches!(tokens.kind(end), Some(Kind::Sign('-' | '\'') | Kind::Possessive));
        let plain = tokens.kind(end) == Some(Kind::Word)
            && !(is_class(word, WordClass::Conjunction) && word != "and"
                || is_class(word, WordClass::Verb)
                || is_class(word, WordClass::Auxiliary)
                || is_class(word, WordClass::Preposition) && !matches!(word, "of" | "for"));
        if !(plain || sign) {
            break;
        }
        end += 1;
    }
    end
}

fn slot(
    frame: &Frame<'_>,
    first: usize,
    end: usize,
    by: &str,
) -> Option<Slot<(String, Option<EntityId>)>> {
    if end <= first {
        return None;
    }
    let text = frame.text(first, end).trim().to_owned();
    let entity =
        frame.mentions.iter().filter(|m| first <= m.first && m.first < end).find_map(|m| {
            match m.named {
                Named::Entity(id, _) => Some(id),
                Named::Place(_) => None,
            }
        });
    (!text.is_empty()).then(|| Slot {
        value: (text, entity),
        span: frame.tokens.span(first, end),
        by: by.to_owned(),
    })
}
