//! Part, whole and share: `48 of the 120 members, or 40 percent`, and shares of one whole.

use crate::compare::arithmetic::line::{Item, Line};
use crate::compare::arithmetic::pattern::{Match, Role, direction, is_in};
use crate::compare::arithmetic::reckon::{bounded, over, plus, result};
use crate::compare::arithmetic::relation::{Misfit, Relation, bounds};
use crate::number::Decimal;
use crate::quantity::{Hedge, Interval, Kind, Quantity};
use rust_decimal::prelude::ToPrimitive;

/// How far a fraction word (`half`, `a third`) may lie from what it stands for, in hundredths of
/// it: newspapers say "half" of 46 percent.
const LOOSE: Decimal = Decimal::from_parts(12, 0, 0, false, 2);

/// How far below it a fraction may lie that is nearly reached.
const NEARLY: Decimal = Decimal::from_parts(15, 0, 0, false, 2);

/// `PART of WHOLE is SHARE`
pub(crate) fn share(line: &Line<'_, '_>, fits: &Match) -> Option<Relation> {
    let (at, share) = line.in_role(fits, Role::Share)?;
    let (whole_at, whole) = line.in_role(fits, Role::Whole)?;
    if share.kind != Kind::Percent || !is_whole(whole) {
        return None;
    }
    let Some((part_at, part)) = line.in_role(fits, Role::Part) else {
        return if fits.role(Role::Part).is_some() {
            None
        } else {
            impossible(line, (at, share), (whole_at, whole))
        };
    };
    let again = part.lower == whole.lower && line.text(part_at) == line.text(whole_at);
    if again && fits.role(Role::Share).is_some_and(|share| share < part_at && share > whole_at) {
        // `seven appeals … 57 percent of the seven`
        return impossible(line, (at, share), (whole_at, whole));
    }
    // `Of the 120 pupils, 31, or …`: a bare number between commas reads like an age.
    let part = &Quantity { kind: counted_as(part, whole), ..part.clone() };
    if part.kind != whole.kind || part.kind != Kind::Count && part.unit != whole.unit {
        return None;
    }
    if !line.is_one_voice(&[at, part_at, whole_at]) || part.lower > whole.upper {
        return None;
    }
    let got = over(bounds(part), bounds(whole))?.scaled(Decimal::ONE_HUNDRED);
    let value = percent(part.lower, whole.lower)?;
    let one_sided = !matches!(share.hedge, Hedge::Exact | Hedge::About | Hedge::Range);
    // `a little less than half` weighs the numbers as they are written, with a point to spare.
    let got = if is_word(line, at) && one_sided {
        Interval::new(value - Decimal::ONE, value + Decimal::ONE)
    } else {
        got
    };
    let (said, misfit) = if is_word(line, at) {
        (loose(share), Misfit::Fraction)
    } else {
        (cut_short(share), Misfit::Percent)
    };
    let holds = got.overlaps(said);
    let calculation = format!("{} ÷ {}", line.text(part_at), line.text(whole_at));
    let not = if holds { String::new() } else { format!(", not {}", line.words(at)) };
    Some(Relation {
        misfit,
        claim: line.index(at),
        beside: vec![(line.index(part_at), "the part"), (line.index(whole_at), "the whole")],
        text: format!("{calculation} = {}{not}", bounded(value, got, "%")),
        holds,
        recomputes: got.overlaps(share.written().supports()),
    })
}

/// The kind of the part, where that is a bare number that was taken for an age.
fn counted_as(part: &Quantity, whole: &Quantity) -> Kind {
    let bare = part.kind == Kind::Age && part.phrase == part.span;
    if bare && whole.kind == Kind::Count { Kind::Count } else { part.kind }
}

/// What a percentage leaves open, which may have been cut short instead of rounded: 70.9 as 70.
fn cut_short(share: &Quantity) -> Interval {
    let said = bounds(share);
    let next = share.upper.checked_add(share.steps.1);
    Interval { lower: said.lower, upper: said.upper.and_then(|upper| Some(upper.max(next?))) }
}

/// Whether something of that size can be a whole: more than one thing, a sum, a measure.
fn is_whole(quantity: &Quantity) -> bool {
    matches!(
        quantity.kind,
        Kind::Count
            | Kind::Money
            | Kind::Area
            | Kind::Mass
            | Kind::Volume
            | Kind::Length
            | Kind::Energy
            | Kind::Duration
    ) && quantity.lower > Decimal::ONE
}

/// Whether the share is a fraction word: `half`, `two-thirds`.
fn is_word(line: &Line<'_, '_>, number: usize) -> bool {
    let text = line.text(number).to_lowercase();
    !text.contains('%') && !text.contains("per") && !text.contains("pc")
}

/// What a fraction word does not exclude.
fn loose(share: &Quantity) -> Interval {
    let times = |value: Decimal, by: Decimal| value.checked_mul(by);
    let (low, high) = (share.lower, share.upper);
    match share.hedge {
        Hedge::MoreThan | Hedge::AtLeast => Interval { lower: Some(low), upper: None },
        Hedge::LessThan | Hedge::UpTo => Interval { lower: None, upper: Some(high) },
        Hedge::Nearly => {
            Interval { lower: times(low, Decimal::ONE - NEARLY), upper: times(high, Decimal::ONE) }
        }
        Hedge::Exact | Hedge::About | Hedge::Range | Hedge::Vague => Interval {
            lower: times(low, Decimal::ONE - LOOSE),
            upper: times(high, Decimal::ONE + LOOSE),
        },
    }
}

fn percent(part: Decimal, whole: Decimal) -> Option<Decimal> {
    part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)
}

/// `48.9 percent of the 29 councillors`: no whole number of them is that share.
fn impossible(
    line: &Line<'_, '_>,
    (at, share): (usize, &Quantity),
    (whole_at, whole): (usize, &Quantity),
) -> Option<Relation> {
    // A region or a year is a whole that may be divided.
    let named = whole.noun.as_ref().is_some_and(|noun| !is_in(&noun.singular, "divided"));
    let exact = whole.kind == Kind::Count
        && whole.lower == whole.upper
        && matches!(whole.hedge, Hedge::Exact)
        && whole.lower.fract().is_zero();
    if !exact || !named || is_word(line, at) || share.lower > Decimal::ONE_HUNDRED {
        return None;
    }
    let size = whole.lower.to_u32().filter(|size| (2..1000).contains(size))?;
    let said = cut_short(share);
    let (low, high) = (said.lower?, said.upper?);
    // Where neighbouring shares lie nearer than the digits written can tell, every share occurs.
    let step = Decimal::ONE_HUNDRED.checked_div(whole.lower)?;
    if high.checked_sub(low)? >= step {
        return None;
    }
    let below = low.checked_mul(whole.lower)?.checked_div(Decimal::ONE_HUNDRED)?.ceil();
    let above = high.checked_mul(whole.lower)?.checked_div(Decimal::ONE_HUNDRED)?.floor();
    let (least, most) = (above, below);
    let shown = |part: Decimal| {
        let share = result(percent(part, whole.lower)?);
        Some(format!("{part} of {size} is {share}%"))
    };
    let holds = below <= above;
    let text = if holds {
        shown(below)?
    } else {
        format!("{} and {}; none is {}", shown(least)?, shown(most)?, line.text(at))
    };
    Some(Relation {
        misfit: Misfit::Impossible,
        claim: line.index(at),
        beside: vec![(line.index(whole_at), "the whole")],
        text,
        holds,
        recomputes: false,
    })
}

/// Shares of one whole: together at most all of it.
pub(crate) fn whole(line: &Line<'_, '_>, fits: &Match) -> Option<Relation> {
    let mut numbers = fits.all(Role::List);
    numbers.extend(fits.all(Role::Part));
    let shares: Vec<&Quantity> = numbers.iter().filter_map(|n| line.plain(*n)).collect();
    let percents = shares.iter().all(|share| share.kind == Kind::Percent);
    if shares.len() != numbers.len() || !percents || !line.is_one_voice(&numbers) {
        return None;
    }
    let (start, end) = fits.items;
    let listed = !fits.all(Role::List).is_empty();
    if listed && (shares.len() < 3 || !shares_one_whole(line, start, end)) {
        return None;
    }
    let before = line.items.get(..start).unwrap_or_default();
    let opens = before.iter().rposition(|item| matches!(item, Item::Stop(_))).unwrap_or(0);
    if line.has(opens, line.first.max(end), "several") {
        return None;
    }
    let zero = Interval::new(Decimal::ZERO, Decimal::ZERO);
    let sum = shares.iter().fold(zero, |sum, share| plus(sum, bounds(share)));
    let holds = sum.lower.is_none_or(|least| least <= Decimal::ONE_HUNDRED);
    let value = shares.iter().try_fold(Decimal::ZERO, |sum, q| sum.checked_add(q.lower))?;
    let addends: Vec<&str> = numbers.iter().map(|n| line.text(*n)).collect();
    let (first, rest) = numbers.split_first()?;
    Some(Relation {
        misfit: Misfit::Whole,
        claim: line.index(*first),
        beside: rest.iter().map(|n| (line.index(*n), "another share")).collect(),
        text: format!("{} = {}, more than 100%", addends.join(" + "), bounded(value, sum, "%")),
        holds,
        recomputes: false,
    })
}

/// Whether a list of percentages speaks of one whole: the sentence says what is shared out, no
/// member but the first names a whole of its own, and nothing rises or falls.
fn shares_one_whole(line: &Line<'_, '_>, start: usize, end: usize) -> bool {
    // Later members leave the verb out; where each has its own, they may speak of anything.
    let cues = (start..end).filter(|at| is_in(line.word(*at), "share-cue")).count();
    let cue = cues <= 1 && line.has(0, line.first, "share-cue");
    let members = (start..end).filter(|at| matches!(line.items.get(*at), Some(Item::Number(_))));
    let own_whole = members.skip(1).any(|at| line.word(at + 1) == "of");
    let moves = (0..line.first).any(|at| direction(line.word(at)).is_some());
    // `nearly half, 49 percent` is one share in two ways.
    let twice = (start..end).any(|at| {
        matches!(
            line.items.get(at..at + 3),
            Some([Item::Number(_), Item::Sign(','), Item::Number(_)])
        )
    });
    cue && !own_whole && !moves && !twice
}
