//! Parts that make a total, and parts that are among it.

use crate::compare::arithmetic::line::{Item, Line};
use crate::compare::arithmetic::pattern::{Match, Role, Sort};
use crate::compare::arithmetic::reckon::plus;
use crate::compare::arithmetic::relation::{Misfit, Relation, bounds};
use crate::compare::arithmetic::sentence::head;
use crate::compare::arithmetic::sort::{counts_hold, sex_or_age};
use crate::compare::arithmetic::sum as shown;
use crate::number::Decimal;
use crate::quantity::{Interval, Kind, Noun, Quantity, is_person};

/// A total and its parts.
struct Parts<'l, 't, 'a> {
    line: &'l Line<'t, 'a>,
    total: (usize, &'a Quantity),
    numbers: Vec<usize>,
    quantities: Vec<&'a Quantity>,
}

impl<'l, 't, 'a> Parts<'l, 't, 'a> {
    fn new(line: &'l Line<'t, 'a>, fits: &Match) -> Option<Self> {
        let total = line.in_role(fits, Role::Total)?;
        let mut numbers = fits.all(Role::List);
        numbers.extend(fits.all(Role::Part));
        let parts: Vec<&Quantity> = numbers.iter().filter_map(|n| line.plain(*n)).collect();
        let all: Vec<usize> = numbers.iter().copied().chain([total.0]).collect();
        let fit = parts.len() == numbers.len()
            && line.is_one_voice(&all)
            && parts.iter().all(|part| can_hold(line.prose, total.1, part));
        fit.then_some(Self { line, total, numbers, quantities: parts })
    }

    fn sum(&self) -> Interval {
        let zero = Interval::new(Decimal::ZERO, Decimal::ZERO);
        self.quantities.iter().fold(zero, |sum, part| plus(sum, bounds(part)))
    }

    fn relation(&self, misfit: Misfit, holds: bool, but: &str) -> Option<Relation> {
        let addends: Vec<&str> = self.numbers.iter().map(|n| self.line.text(*n)).collect();
        let total = self.line.text(self.total.0);
        let text = if let [only] = addends.as_slice() {
            format!("{only} is more than {total}")
        } else {
            let sum = shown(self.line.prose, &self.quantities)?;
            let but = if holds { String::new() } else { format!(", {but} {total}") };
            format!("{} = {sum}{but}", addends.join(" + "))
        };
        let beside = self.numbers.iter().map(|n| (self.line.index(*n), "a part")).collect();
        let claim = self.line.index(self.total.0);
        let supports = self.total.1.written().supports();
        let recomputes = misfit == Misfit::Sum && self.sum().overlaps(supports);
        Some(Relation { misfit, claim, beside, text, holds, recomputes })
    }
}

/// Whether a part may be among the total: of one kind, and not other things by their own noun
/// (`28 states: 17 senators`).
fn can_hold(prose: &str, total: &Quantity, part: &Quantity) -> bool {
    // `nine medals: six gold`: what is no plural is no noun of its own.
    let own = |noun: &&Noun| {
        if noun.phrase.is_empty() {
            noun.singular != "person" && is_person(&noun.singular)
        } else {
            head(prose, noun) != noun.singular
        }
    };
    let other = part.noun.as_ref().as_ref().is_some_and(own) && total.kind == Kind::Count;
    if other && part.kind == Kind::Count && !counts_hold(prose, total, part) {
        return false;
    }
    let kinds = [
        Kind::Count,
        Kind::Money,
        Kind::Area,
        Kind::Mass,
        Kind::Volume,
        Kind::Length,
        Kind::Energy,
    ];
    let bare = part.kind == Kind::Count && part.noun.is_none() && part.lower > Decimal::ONE;
    kinds.contains(&total.kind)
        && (part.kind == total.kind && (total.kind == Kind::Count || part.unit == total.unit)
            || bare)
}

/// `45 casualties: 14 killed and 31 wounded`
pub(crate) fn sum(line: &Line<'_, '_>, fits: &Match) -> Option<Relation> {
    let parts = Parts::new(line, fits)?;
    if parts.quantities.len() < 2 || fits.sort == Sort::Sexes && !parts.are_sexes() {
        return None;
    }
    // A part that is more than the total by itself is a part of something else.
    let most = bounds(parts.total.1).upper;
    let greater = |part: &&Quantity| bounds(part).lower > most && most.is_some();
    if is_left_open(line, fits) || parts.quantities.iter().any(greater) {
        return None;
    }
    let holds = parts.sum().overlaps(bounds(parts.total.1));
    parts.relation(Misfit::Sum, holds, "not")
}

impl Parts<'_, '_, '_> {
    /// Whether the parts are the sexes, which are all there is: `820 people, 510 men and 310
    /// women`.
    fn are_sexes(&self) -> bool {
        let class = |quantity: &Quantity| sex_or_age(&quantity.noun.as_ref()?.singular);
        if class(self.total.1).is_some() {
            return false;
        }
        let classes: Vec<_> = self
            .quantities
            .iter()
            .filter_map(|part| sex_or_age(&part.noun.as_ref()?.singular))
            .collect();
        let both = |a, b| classes.contains(&a) && classes.contains(&b);
        classes.len() == self.quantities.len() && (both("man", "woman") || both("boy", "girl"))
    }
}

/// Whether the list has members that are no numbers: `four gold medals, one silver and two bronze`,
/// `and a handful of others`.
fn is_left_open(line: &Line<'_, '_>, fits: &Match) -> bool {
    let (start, end) = fits.items;
    let stop = (end..line.items.len())
        .find(|at| matches!(line.items.get(*at), Some(Item::Sign(';' | '.') | Item::Stop(_))))
        .unwrap_or(line.items.len());
    let one = (start..stop).any(|at| matches!(line.word(at), "one" | "another" | "none"));
    let more = (end..stop).any(|at| {
        line.word(at) == "and"
            && matches!(
                line.word(at + 1),
                "a" | "an" | "the" | "several" | "some" | "many" | "others" | "other" | "more"
            )
    });
    one || !fits.all(Role::List).is_empty()
        && more
        && fits.role(Role::Total) < fits.role(Role::List)
}

/// `21.4 million acres. Of that, 16.7 million …`
pub(crate) fn excess(line: &Line<'_, '_>, fits: &Match) -> Option<Relation> {
    let parts = Parts::new(line, fits)?;
    let most = bounds(parts.total.1).upper;
    let least = parts.sum().lower;
    let holds = match (least, most) {
        (Some(least), Some(most)) => least <= most,
        _ => true,
    };
    parts.relation(Misfit::Excess, holds, "more than")
}
