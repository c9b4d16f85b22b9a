//! Total, count and average: `1,600 investors lost $4.69 billion, an average of $2.9 million`.

use crate::compare::arithmetic::line::Line;
use crate::compare::arithmetic::pattern::{Match, Role};
use crate::compare::arithmetic::reckon::{bounded, over, times};
use crate::compare::arithmetic::relation::{Misfit, Relation, bounds};
use crate::compare::arithmetic::sentence::words;
use crate::quantity::{Kind, Quantity};

/// COUNT times EACH is TOTAL, whichever of the two before EACH is the count.
pub(crate) fn rate(line: &Line<'_, '_>, fits: &Match) -> Option<Relation> {
    let each = line.in_role(fits, Role::Each)?;
    let total = line.in_role(fits, Role::Total)?;
    let count = line.in_role(fits, Role::Count)?;
    if !line.is_one_voice(&[each.0, total.0, count.0]) {
        return None;
    }
    // `an average of 0.75 a game`
    let per = line.each_of(each.0);
    let (total, count) = if is_rate(each.1, total.1, count.1, per) {
        (total, count)
    } else if each.1.kind != Kind::Count && is_rate(each.1, count.1, total.1, per) {
        (count, total)
    } else {
        return None;
    };
    let product = times(bounds(count.1), bounds(each.1));
    let holds = product.overlaps(bounds(total.1));
    let share = over(bounds(total.1), bounds(count.1))?;
    let value = total.1.lower.checked_div(count.1.lower)?;
    let not = if holds { String::new() } else { format!(", not {}", line.words(each.0)) };
    let (whole, parts) = (line.text(total.0), line.text(count.0));
    Some(Relation {
        misfit: Misfit::Ratio,
        claim: line.index(each.0),
        beside: vec![(line.index(total.0), "the total"), (line.index(count.0), "the count")],
        text: format!("{whole} ÷ {parts} = {}{not}", bounded(value, share, "")),
        holds,
        recomputes: false,
    })
}

impl Line<'_, '_> {
    /// Whether the number says what it is on each of: `a game`, `per head`, `each`.
    fn each_of(&self, number: usize) -> bool {
        let Some(quantity) = self.quantity(number) else { return false };
        let behind = self.prose.get(quantity.span.end()..).unwrap_or_default();
        ["a", "an", "per", "each", "apiece"].contains(&words(behind).next().unwrap_or_default())
    }
}

/// Whether so much of `total` comes on each of `count`.
fn is_rate(each: &Quantity, total: &Quantity, count: &Quantity, per: bool) -> bool {
    let speed = || {
        let per = |unit: &Quantity| unit.unit.as_deref().unwrap_or_default().to_owned();
        each.kind == Kind::Speed && format!("{}/{}", per(total), per(count)) == per(each)
    };
    let alike = each.kind == total.kind
        && match each.kind {
            Kind::Count => per || each.noun.is_none() || each.unit == total.unit,
            Kind::Money | Kind::Area | Kind::Mass | Kind::Volume | Kind::Length => {
                each.unit == total.unit
            }
            _ => false,
        };
    count.kind == Kind::Count && alike || speed()
}

/// PART in WHOLE is EACH in PER: `900 cases among 5 million people, or 18 per 100,000`.
pub(crate) fn capita(line: &Line<'_, '_>, fits: &Match) -> Option<Relation> {
    let part = line.in_role(fits, Role::Part)?;
    let whole = line.in_role(fits, Role::Whole)?;
    let each = line.in_role(fits, Role::Each)?;
    let per = line.in_role(fits, Role::Per)?;
    let all = [part, whole, each, per];
    if all.iter().any(|(_, quantity)| quantity.kind != Kind::Count) || per.1.lower > whole.1.lower {
        return None;
    }
    // `per 100,000` is no rounded number.
    let got = over(bounds(part.1), bounds(whole.1))?.scaled(per.1.lower);
    let holds = got.overlaps(bounds(each.1));
    let value = part.1.lower.checked_div(whole.1.lower)?.checked_mul(per.1.lower)?;
    let not = if holds { String::new() } else { format!(", not {}", line.text(each.0)) };
    let calculation =
        format!("{} ÷ {} × {}", line.text(part.0), line.text(whole.0), line.text(per.0));
    Some(Relation {
        misfit: Misfit::Ratio,
        claim: line.index(each.0),
        beside: vec![(line.index(part.0), "the part"), (line.index(whole.0), "the whole")],
        text: format!("{calculation} = {}{not}", bounded(value, got, "")),
        holds,
        recomputes: false,
    })
}
