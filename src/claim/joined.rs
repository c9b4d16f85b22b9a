//! Numbers that have nothing of their own to count and belong to the number beside them: `rose from
//! 41 to 53`, `60 of them`, `a record 35%, or 8.9m`.

use crate::claim::Slot;
use crate::claim::cue::About;
use crate::claim::frame::Frame;
use crate::quantity::{Kind, WordClass, is_class};
use crate::reference::Indicator;

/// Gives every number that leans on a neighbour what the neighbour is about.
pub(crate) fn join(frame: &Frame<'_>, found: &mut [Slot<About>]) {
    let count = found.len();
    let order = (1..count).map(|q| (q - 1, q)).chain((1..count).rev().map(|q| (q, q - 1)));
    for (from, to) in order {
        let (Some(a), Some(b)) = (found.get(from), found.get(to)) else { continue };
        let known = a.value.indicator != Indicator::Other || a.value.measure.is_some();
        let bare = b.value.indicator == Indicator::Other && b.value.measure.is_none();
        if known && bare && (leans_on(frame, from, to) || is_listed(frame, from, to)) {
            let by = format!("joined to a number that {}", a.by);
            let slot = Slot { value: a.value, span: a.span, by };
            if let Some(place) = found.get_mut(to) {
                *place = slot;
            }
        }
    }
}

/// Whether the number `to` has nothing of its own to count and belongs to the number `from`.
fn leans_on(frame: &Frame<'_>, from: usize, to: usize) -> bool {
    let (a, b) = (&frame.quantities[from], &frame.quantities[to]);
    let (left, right) = (from.min(to), from.max(to));
    let gap = frame.spots[left].end..frame.spots[right].first;
    let clause = gap.len() <= 9
        && !gap.into_iter().any(|k| {
            frame.breaks(k)
                || matches!(
                    frame.tokens.word(k),
                    "while" | "but" | "after" | "who" | "which" | "aged" | "where"
                )
        });
    if has_its_own(frame, to) {
        return false;
    }
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

/// Whether both count people and stand in one list, or behind the colon that opens it: `11 died:
/// nine soldiers, three medics and a driver`.
fn is_listed(frame: &Frame<'_>, from: usize, to: usize) -> bool {
    let people = |q: usize| frame.quantities[q].is_people();
    let tokens = frame.tokens;
    let (left, right) = (from.min(to), from.max(to));
    let gap = frame.spots[left].behind..frame.spots[right].hedge;
    let joint = |k: usize| tokens.is_sign(k, ',') || tokens.word(k) == "and";
    let list = (1..=2).contains(&gap.len()) && gap.clone().all(joint);
    let colons = || gap.clone().filter(|k| frame.breaks(*k)).count();
    let opened =
        || gap.len() <= 12 && from < to && colons() == 1 && tokens.is_sign(gap.end.max(1) - 1, ':');
    people(to) && (people(from) && list || opened())
}

/// Whether a number says by its neighbours that it is of something else: `63% are idle`, `eight per
/// 10,000`, `2% of attacks`.
fn has_its_own(frame: &Frame<'_>, q: usize) -> bool {
    let (tokens, spot) = (frame.tokens, frame.spots[q]);
    let next = tokens.word(spot.end);
    let verb = is_class(next, WordClass::Auxiliary) && next != "to";
    let share = frame.quantities[q].kind == Kind::Percent && next == "of";
    let whole = share && !matches!(tokens.word(spot.end + 1), "them" | "those" | "these" | "whom");
    verb || whole || matches!(tokens.word_before(spot.hedge, 1), "per" | "every")
}
