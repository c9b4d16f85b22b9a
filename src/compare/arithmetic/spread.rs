//! Averages and the ranges they lie in.

use crate::claim::Modality;
use crate::compare::arithmetic::line::Line;
use crate::compare::arithmetic::pattern::{Match, Role};
use crate::compare::arithmetic::relation::{Misfit, Relation, bounds};
use crate::compare::arithmetic::sentence::{Indexed, words};
use crate::compare::figure::grouped;
use crate::number::Decimal;
use crate::quantity::{Hedge, Interval, Kind, Quantity};

/// MEAN lies between the ends of RANGE, or between FROM and TO.
pub(crate) fn mean(line: &Line<'_, '_>, fits: &Match) -> Option<Relation> {
    let (at, mean) = line.in_role(fits, Role::Mean)?;
    let (ends, numbers, text): (Interval, Vec<usize>, String) =
        if let Some((range_at, range)) = line.in_role(fits, Role::Range) {
            let (start, end) = fits.items;
            let of_ages = (start..end).any(|at| line.word(at) == "age");
            let years = range.kind == Kind::Age;
            let alike = is_alike(range, mean) || years && of_ages && is_bare(mean);
            // `22 to 28 pupils. Their average age is 12`
            if range.hedge != Hedge::Range || !alike || of_ages && !years {
                return None;
            }
            (bounds(range), vec![range_at], line.text(range_at).to_owned())
        } else {
            let (low_at, low) = line.in_role(fits, Role::From)?;
            let (high_at, high) = line.in_role(fits, Role::To)?;
            if !is_alike(low, mean) || !is_alike(high, mean) || low.lower > high.upper {
                return None;
            }
            let ends = Interval { lower: bounds(low).lower, upper: bounds(high).upper };
            let text = format!("{} to {}", line.text(low_at), line.text(high_at));
            (ends, vec![low_at, high_at], text)
        };
    let holds = ends.overlaps(bounds(mean));
    Some(Relation {
        misfit: Misfit::Average,
        claim: line.index(at),
        beside: numbers.iter().map(|n| (line.index(*n), "the range")).collect(),
        text: format!("{} is not in {text}", line.words(at)),
        holds,
        recomputes: false,
    })
}

/// Words before `between` that make its two numbers no range: `the gap between 12 and 8`.
const APART: &[&str] = &["difference", "gap", "margin", "split", "choice", "from", "tie"];

/// The hours of a day.
const DAY: Decimal = Decimal::from_parts(24, 0, 0, false, 0);

/// `between 300 and 200`
pub(crate) fn reversed(prose: &str, (index, claim): Indexed<'_>) -> Option<Relation> {
    let quantity = &claim.quantity;
    let lead = prose.get(claim.sentence.start()..quantity.span.start())?.to_lowercase();
    let before: Vec<&str> = words(&lead).collect();
    let between = before.iter().rposition(|word| *word == "between")?;
    let other = before.get(..between)?.iter().rev().take(3).any(|word| APART.contains(word));
    let asserted = claim.modality.value != Modality::Denied && quantity.other.is_none();
    // `between 9 and 5`: hours of the day; `between four and eight cents`: one unit for both.
    let hours = quantity.kind == Kind::Count && quantity.noun.is_none() && quantity.upper <= DAY;
    let text = quantity.span.of(prose);
    let cents = quantity.kind == Kind::Money && (text.contains("cent") || text.contains("pence"));
    if hours || cents || !quantity.reversed || other || !asserted || before.len() - between > 4 {
        return None;
    }
    let holds = bounds(quantity).lower >= bounds(quantity).upper;
    let text = format!("{} is more than {}", grouped(quantity.upper), grouped(quantity.lower));
    Some(Relation {
        misfit: Misfit::Reversed,
        claim: index,
        beside: Vec::new(),
        text,
        holds,
        recomputes: false,
    })
}

fn is_alike(a: &Quantity, b: &Quantity) -> bool {
    a.kind == b.kind && (a.unit == b.unit || is_bare(a) || is_bare(b))
}

fn is_bare(quantity: &Quantity) -> bool {
    quantity.noun.as_ref().is_none_or(|noun| noun.phrase.is_empty())
}
