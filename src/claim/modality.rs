//! Whether a number is said to be so, to come, to be possible, or not to be so.

use crate::claim::frame::{Frame, Spot};
use crate::claim::lexicon::{Word, is, is_before};
use crate::claim::{Modality, Slot};
use crate::quantity::{Kind, WordClass, is_class};

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
    (from..to).any(|k| is(frame.tokens, k, Word::Promised))
}

/// A verb before the number: the nearest one that governs it.
fn before(frame: &Frame<'_>, spot: Spot, from: usize) -> Option<(Modality, usize)> {
    let tokens = frame.tokens;
    for k in (from..spot.hedge).rev() {
        let word = tokens.word(k);
        let denied = is(tokens, k, Word::Denies) && k + 12 > spot.hedge;
        if denied && !(k + 1..spot.hedge).any(|j| is(tokens, j, Word::PastDenial)) {
            return Some((Modality::Denied, k));
        }
        if is(tokens, k, Word::Done)
            && let Some(denial) = denied_clause(frame, from, k)
        {
            return Some((Modality::Denied, denial));
        }
        if is(tokens, k, Word::Done) && k + 1 < spot.hedge
            || tokens.is_sign(k, ',') && crosses_comma(frame, k, spot.hedge)
            || matches!(word, "but" | "while" | "whereas" | "because" | "although")
        {
            return None;
        }
        if is(tokens, k, Word::Might) && !is_name(frame, k) {
            let doubt = (from..spot.hedge).any(|j| tokens.word(j) == "if");
            let told = word == "would" && !doubt && is_reported(frame, from, spot.hedge);
            return Some((if told { Modality::Planned } else { Modality::Hypothetical }, k));
        }
        if is_future(frame, k) {
            return Some((Modality::Planned, k));
        }
    }
    None
}

/// The denial whose that-clause the verb at `verb` belongs to: `denies that it has massed`.
fn denied_clause(frame: &Frame<'_>, from: usize, verb: usize) -> Option<usize> {
    let tokens = frame.tokens;
    let k = (from..verb)
        .rev()
        .take_while(|k| {
            !tokens.is_sign(*k, ',') && (tokens.word(*k) == "that" || !is(tokens, *k, Word::Clause))
        })
        .find(|k| is(tokens, *k, Word::Denies))?;
    (tokens.word(k + 1) == "that").then_some(k)
}

/// A verb behind the number: `3,000 troops will be sent`, `tens of thousands could die`.
fn behind(frame: &Frame<'_>, spot: Spot, reported: bool) -> Option<(Modality, usize)> {
    let tokens = frame.tokens;
    for k in spot.behind..(spot.behind + 4).min(tokens.len()) {
        if frame.breaks(k) || tokens.is_sign(k, ',') || frame.quantity_at(k).is_some() {
            return None;
        }
        if is(tokens, k, Word::Will) {
            return Some((Modality::Planned, k));
        }
        if is(tokens, k, Word::MightBehind) && !is_name(frame, k) {
            let told = reported && tokens.word(k) == "would";
            return Some((if told { Modality::Planned } else { Modality::Hypothetical }, k));
        }
        if is(tokens, k, Word::Closes) {
            return None;
        }
    }
    None
}

/// `over the next six months`
fn upcoming(frame: &Frame<'_>, spot: Spot) -> Option<(Modality, usize)> {
    let next = |back| is_before(frame.tokens, spot.first, back, Word::Coming);
    let k = spot.first.checked_sub(1)?;
    (1..=3).any(next).then_some((Modality::Planned, k))
}

/// Figures a text takes as known, whatever is to come of them: ages, and those behind `the`,
/// `its` and their like: `one of its 11 libraries could close`.
fn is_given(frame: &Frame<'_>, q: usize) -> bool {
    let spot = frame.spots[q];
    let joined = frame.tokens.is_sign(spot.end, '-') && frame.tokens.touches(spot.end);
    let owned = is_before(frame.tokens, spot.hedge, 1, Word::Known);
    // `will remember the 2,977 people killed`
    let done = frame.tokens.word_before(spot.hedge, 1) == "the"
        && is(frame.tokens, spot.behind, Word::Done);
    frame.quantities[q].kind == Kind::Age
        || owned
        || done
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

/// Whether the word is a name: the month of May, and a family of that name.
fn is_name(frame: &Frame<'_>, k: usize) -> bool {
    frame.tokens.word(k) == "may" && frame.tokens.get(k).is_some_and(|t| t.capital)
}

/// `will send`, `plans to send`, `is expected to send`; in headlines `Poland to send`.
fn is_future(frame: &Frame<'_>, k: usize) -> bool {
    let tokens = frame.tokens;
    if is(tokens, k, Word::Will) {
        return !matches!(tokens.word_before(k, 1), "free" | "the" | "his" | "her" | "their");
    }
    if tokens.word(k) == "to" {
        let heading = (1..7).contains(&k)
            && !tokens.is_sign(tokens.len() - 1, '.')
            && tokens.get(k - 1).is_some_and(|t| t.capital);
        // `those seeking to leave sent 40 letters`: without its auxiliary a participle only describes.
        let describes = tokens.word_before(k, 1).ends_with("ing")
            && !(2..4).any(|back| is_class(tokens.word_before(k, back), WordClass::Auxiliary));
        return heading || is_before(tokens, k, 1, Word::ToCome) && !describes;
    }
    let have = tokens.word(k + 1) == "to" && tokens.word(k + 2) != "have";
    is(tokens, k, Word::Plans) || is(tokens, k, Word::Set) && have
}

#[cfg(test)]
mod tests {
    use crate::claim::Modality;
    use crate::claim::test_support::claim_marked;

    #[track_caller]
    fn check(marked: &str, expected: Modality) {
        assert_eq!(claim_marked(marked).unwrap().modality.value, expected, "{marked}");
    }

    #[test]
    fn a_denial_reaches_over_the_verbs_of_its_own_clause_only() {
        check("Chad denies that it has moved [400] troops there.", Modality::Denied);
        check("Chad denied that it fought when it was leading [400] troops.", Modality::Asserted);
        check("Chad denied the report, as it was leading [400] troops.", Modality::Asserted);
    }

    #[test]
    fn a_participle_that_only_describes_makes_no_plan() {
        check("Chad is planning to have [400] troops there.", Modality::Planned);
        check("Members seeking to oust him handed in [400] letters.", Modality::Asserted);
    }
}
