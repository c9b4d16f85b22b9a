//! Whether a number is said to be so, to come, to be possible, or not to be so.

use crate::claim::frame::{Frame, Spot};
use crate::claim::{Modality, Slot};
use crate::quantity::Kind;

const PLANNED: &[&str] = &[
    "will",
    "plans",
    "plan",
    "planned",
    "planning",
    "intends",
    "intend",
    "aims",
    "aim",
    "vowed",
    "vows",
    "pledged",
    "expected",
    "expects",
    "scheduled",
    "set",
    "due",
    "going",
    "proposes",
    "proposed",
    "shall",
    "'ll",
    "projected",
    "forecast",
    "forecasts",
    "slated",
    "target",
    "targets",
    "hopes",
    "estimated",
    "projects",
    "promises",
    "to",
];
const POSSIBLE: &[&str] = &[
    "could",
    "would",
    "might",
    "may",
    "if",
    "unless",
    "should",
    "whether",
    "potentially",
    "hypothetical",
    "possible",
    "possibly",
    "risk",
    "threatened",
    "threatens",
    "fears",
    "feared",
    "warned",
];
const DENIED: &[&str] = &[
    "denied",
    "denies",
    "deny",
    "denying",
    "refuted",
    "rejected",
    "dismissed",
    "untrue",
    "false",
    "falsely",
    "incorrect",
];

/// The modality of quantity `q`, from the verbs of its clause.
pub(crate) fn modality(frame: &Frame<'_>, q: usize) -> Slot<Modality> {
    let asserted = |by: &str| Slot {
        value: Modality::Asserted,
        span: frame.quantities[q].span,
        by: by.to_owned(),
    };
    if is_given(frame, q) {
        return asserted("a figure that the text takes as known");
    }
    let spot = frame.spots[q];
    let from = clause_start(frame, spot.hedge);
    let found = before(frame, spot, from)
        .or_else(|| behind(frame, spot, is_reported(frame, from, spot.hedge)))
        .or_else(|| upcoming(frame, spot));
    found.map_or_else(
        || asserted("nothing says otherwise"),
        |(value, k)| Slot {
            value,
            span: frame.tokens.span(k, k + 1),
            by: format!("governed by {:?}", frame.text(k, k + 1)),
        },
    )
}

/// Whether somebody says the clause: a `would` behind it is a `will` that is told.
fn is_reported(frame: &Frame<'_>, from: usize, to: usize) -> bool {
    (from..to).any(|k| {
        matches!(
            frame.tokens.word(k),
            "said"
                | "announced"
                | "told"
                | "promised"
                | "vowed"
                | "pledged"
                | "says"
                | "plan"
                | "plans"
                | "confirmed"
        )
    })
}

/// A verb before the number: the nearest one that governs it.
fn before(frame: &Frame<'_>, spot: Spot, from: usize) -> Option<(Modality, usize)> {
    let tokens = frame.tokens;
    for k in (from..spot.hedge).rev() {
        let word = tokens.word(k);
        if DENIED.contains(&word) && !after_speech(frame, k, spot.hedge) && k + 12 > spot.hedge {
            return Some((Modality::Denied, k));
        }
        if is_finite_past(word) && k + 1 < spot.hedge
            || tokens.is_sign(k, ',') && crosses_comma(frame, k, spot.hedge)
        {
            return None;
        }
        if POSSIBLE.contains(&word) && is_modal(frame, k) {
            let doubt = (from..spot.hedge).any(|j| tokens.word(j) == "if");
            let told = word == "would" && !doubt && is_reported(frame, from, spot.hedge);
            return Some((if told { Modality::Planned } else { Modality::Hypothetical }, k));
        }
        if PLANNED.contains(&word) && is_future(frame, k) {
            return Some((Modality::Planned, k));
        }
    }
    None
}

/// A verb behind the number: `3,000 troops will be sent`, `tens of thousands could die`.
fn behind(frame: &Frame<'_>, spot: Spot, reported: bool) -> Option<(Modality, usize)> {
    let tokens = frame.tokens;
    for k in spot.behind..(spot.behind + 4).min(tokens.len()) {
        if frame.breaks(k) || tokens.is_sign(k, ',') || frame.quantity_at(k).is_some() {
            return None;
        }
        match tokens.word(k) {
            "will" | "shall" => return Some((Modality::Planned, k)),
            "would" if reported => return Some((Modality::Planned, k)),
            "could" | "would" | "might" | "may" => return Some((Modality::Hypothetical, k)),
            "of" | "what" | "that" | "which" | "to" | "as" | "for" | "from" | "at" | "were"
            | "was" | "have" | "has" | "had" | "are" | "is" | "in" | "on" | "by" | "and"
            | "including" | "who" => return None,
            _ => {}
        }
    }
    None
}

/// `over the next six months`
fn upcoming(frame: &Frame<'_>, spot: Spot) -> Option<(Modality, usize)> {
    let next = |back| matches!(frame.tokens.word_before(spot.first, back), "next" | "coming");
    let k = spot.first.checked_sub(1)?;
    (1..=3).any(next).then_some((Modality::Planned, k))
}

/// Figures a text takes as known, whatever is to come of them: ages, and those behind `the`,
/// `its` and their like: `one of its 11 libraries could close`.
fn is_given(frame: &Frame<'_>, q: usize) -> bool {
    let spot = frame.spots[q];
    let before = frame.tokens.word_before(spot.hedge, 1);
    let joined = frame.tokens.is_sign(spot.end, '-') && frame.tokens.touches(spot.end);
    let owned = matches!(
        before,
        "its" | "his" | "her" | "their" | "our" | "every" | "these" | "those" | "all"
    );
    frame.quantities[q].kind == Kind::Age
        || owned
        || joined && frame.quantities[q].kind != Kind::Money
}

/// Whether what stands between a comma and the number is a remark of its own: `would buy back $4
/// billion, double the $2 billion it had earmarked`.
fn crosses_comma(frame: &Frame<'_>, comma: usize, to: usize) -> bool {
    let numbers = frame.spots.iter().any(|s| s.end <= comma && s.end + 6 > comma);
    let joined = matches!(frame.tokens.word(comma + 1), "and" | "or")
        || frame.spots.iter().any(|s| s.hedge == comma + 1);
    numbers && !joined && to > comma + 1
}

fn clause_start(frame: &Frame<'_>, at: usize) -> usize {
    (at.saturating_sub(22)..at)
        .rev()
        .find(|k| frame.breaks(*k))
        .map_or(at.saturating_sub(22), |k| k + 1)
}

/// Verbs in the past between the modal and the number: what they say has happened.
fn is_finite_past(word: &str) -> bool {
    matches!(
        word,
        "killed"
            | "was"
            | "were"
            | "died"
            | "wounded"
            | "injured"
            | "had"
            | "has"
            | "rose"
            | "fell"
            | "sent"
            | "gave"
            | "provided"
            | "said"
            | "after"
            | "since"
            | "followed"
            | "where"
    )
}

fn after_speech(frame: &Frame<'_>, from: usize, to: usize) -> bool {
    (from + 1..to)
        .any(|k| matches!(frame.tokens.word(k), "but" | "said" | "after" | "which" | "while"))
}

fn is_modal(frame: &Frame<'_>, k: usize) -> bool {
    let tokens = frame.tokens;
    match tokens.word(k) {
        // The month, and `the may` of names, have capitals.
        "may" => !tokens.get(k).is_some_and(|t| t.capital),
        "fears" | "feared" | "warned" | "risk" | "should" | "possible" | "threatened"
        | "threatens" => false,
        _ => true,
    }
}

fn is_future(frame: &Frame<'_>, k: usize) -> bool {
    let tokens = frame.tokens;
    let to = tokens.word(k + 1) == "to";
    match tokens.word(k) {
        "will" | "shall" | "'ll" => {
            !matches!(tokens.word_before(k, 1), "free" | "the" | "his" | "her" | "their")
        }
        "to" => {
            matches!(
                tokens.word_before(k, 1),
                "plans"
                    | "plan"
                    | "planned"
                    | "intends"
                    | "aims"
                    | "vowed"
                    | "pledged"
                    | "expected"
                    | "set"
                    | "due"
                    | "going"
                    | "scheduled"
                    | "hopes"
                    | "wants"
                    | "agreed"
                    | "promised"
                    | "proposes"
                    | "ordered"
                    | "projected"
                    | "forecast"
                    | "slated"
                    | "poised"
                    | "likely"
                    | "prepared"
                    | "preparing"
                    | "need"
                    | "promises"
            ) || (1..7).contains(&k)
                && !tokens.is_sign(tokens.len() - 1, '.')
                && tokens.get(k - 1).is_some_and(|t| t.capital)
        }
        "set" | "due" | "going" | "expected" | "planned" | "projected" | "forecast" | "slated"
        | "scheduled" => to && tokens.word(k + 2) != "have",
        "plans" | "intends" | "aims" | "expects" | "proposes" | "proposed" | "forecasts"
        | "projects" | "hopes" => true,
        _ => false,
    }
}
