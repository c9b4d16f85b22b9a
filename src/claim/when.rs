//! When: the time words that belong to a number.

use crate::claim::frame::Frame;
use crate::claim::lexicon::{Word, is};
use crate::claim::period::{Period, period};
use crate::claim::{Slot, When};
use crate::quantity::Kind;
use chrono::NaiveDate;

/// The time words of the sentence, in its order.
pub(crate) fn periods(frame: &Frame<'_>, published: Option<NaiveDate>) -> Vec<Period> {
    let mut found: Vec<Period> = Vec::new();
    let mut k = 0;
    while k < frame.tokens.len() {
        match period(frame, k, published) {
            Some(period) => {
                k = period.end.max(k + 1);
                found.push(period);
            }
            None => k += 1,
        }
    }
    found
}

/// The time words of quantity `q`: those of its own clause, the nearest. Ages have none, and a day
/// that only dates what was said is none of the number's.
pub(crate) fn when(
    frame: &Frame<'_>,
    q: usize,
    periods: &[Period],
    published: Option<NaiveDate>,
) -> Option<Slot<When>> {
    let quantity = &frame.quantities[q];
    if matches!(quantity.kind, Kind::Age | Kind::Duration) {
        return None;
    }
    let spot = frame.spots[q];
    let fits = |p: &&Period| {
        !dates_speech(frame, p)
            && if p.first >= spot.end {
                reaches_behind(frame, spot.end, p)
            } else {
                p.end <= spot.hedge && reaches_before(frame, p, spot.hedge)
            }
    };
    let far = |p: &&Period| {
        if p.first >= spot.end { p.first - spot.end } else { spot.hedge.saturating_sub(p.end) + 3 }
    };
    let found = periods.iter().filter(fits).min_by_key(far)?;
    let span = frame.tokens.span(found.first, found.end);
    let value = When {
        text: Some(span),
        start: found.start.clone(),
        end: found.until.or(published),
        since: found.since,
    };
    Some(Slot { value, span, by: found.by.to_owned() })
}

/// `said on Friday`, `told CNN on Friday`, `in a statement on Friday`.
fn dates_speech(frame: &Frame<'_>, period: &Period) -> bool {
    let from = period.first.saturating_sub(6);
    let speaks = |k: usize| is(frame.tokens, k, Word::Says) || is(frame.tokens, k, Word::Quotes);
    (from..period.first)
        .rev()
        .take_while(|k| {
            let word = frame.tokens.word(*k);
            !frame.breaks(*k) && frame.quantity_at(*k).is_none() && word != "that"
        })
        .any(speaks)
        && !period.since
        // `Russia on Friday announced`
        || speaks(period.end) && !frame.tokens.word_before(period.first, 1).is_empty()
            && !frame.tokens.is_sign(period.end, ',')
            && announces(frame, period.end)
}

/// Verbs whose day is that of the words alone.
fn announces(frame: &Frame<'_>, k: usize) -> bool {
    matches!(
        frame.tokens.word(k),
        "said" | "told" | "warned" | "reported" | "claimed" | "confirmed"
    )
}

/// Whether time words behind a number stand in its clause.
fn reaches_behind(frame: &Frame<'_>, end: usize, period: &Period) -> bool {
    (end..period.first).all(|k| {
        let comma = frame.tokens.is_sign(k, ',')
            && k + 1 != period.first
            && frame.quantity_at(k + 1).is_none()
            && frame.spots.iter().all(|s| s.hedge != k + 1);
        !(frame.breaks(k) || comma || turns(frame, k))
    })
}

/// Whether time words before a number reach it: across commas only from the start of the sentence.
fn reaches_before(frame: &Frame<'_>, period: &Period, hedge: usize) -> bool {
    let opens = period.first <= 1
        || frame.breaks(period.first - 1)
        || frame.tokens.is_sign(period.first - 1, ',');
    (period.end..hedge).all(|k| {
        let comma = frame.tokens.is_sign(k, ',') && !opens;
        let purpose =
            frame.tokens.word(k) == "to" && !opens && frame.spots.iter().all(|s| s.hedge != k + 1);
        !(frame.breaks(k) || comma || purpose || turns(frame, k))
    })
}

/// Whether another clause, or a comparison, begins at the token.
fn turns(frame: &Frame<'_>, k: usize) -> bool {
    is(frame.tokens, k, Word::Clause) || is(frame.tokens, k, Word::Versus)
}
