//! From, to and by: sizes and directions of changes.

use crate::compare::arithmetic::line::Line;
use crate::compare::arithmetic::pattern::{Direction, Match, Role};
use crate::compare::arithmetic::reckon::{bounded, minus, over, result};
use crate::compare::arithmetic::relation::{Misfit, Relation, bounds};
use crate::number::Decimal;
use crate::quantity::{Hedge, Interval, Kind, Quantity};

/// How far a multiple in a word (`doubled`) may lie from what it stands for, in hundredths of it.
const LOOSE: Decimal = Decimal::from_parts(15, 0, 0, false, 2);

/// A change as the text gives it.
struct Change<'l, 't, 'a> {
    line: &'l Line<'t, 'a>,
    from: (usize, &'a Quantity),
    to: (usize, &'a Quantity),
    direction: Option<Direction>,
}

/// `from FROM to TO`, `by BY`
pub(crate) fn change(line: &Line<'_, '_>, fits: &Match) -> Option<Relation> {
    let ends = line.in_role(fits, Role::From).zip(line.in_role(fits, Role::To));
    let by = line.in_role(fits, Role::By);
    let Some((from, to)) = ends else {
        return if fits.role(Role::From).is_some() { None } else { below_nothing(line, fits, by?) };
    };
    // `from 18 to 24 weeks`: the unit is written once.
    let bare = from.1.kind == Kind::Count && from.1.phrase == from.1.span;
    let shared = Quantity { kind: to.1.kind, unit: to.1.unit.clone(), ..from.1.clone() };
    let from = if bare { (from.0, &shared) } else { from };
    if !is_one_thing(from.1, to.1) || line.has(0, line.items.len(), "other-scale") {
        return None;
    }
    // Only a multiple says by itself that something changed.
    if fits.direction.is_none() && by.is_none_or(|(_, by)| by.kind != Kind::Ratio) {
        return None;
    }
    let change = Change { line, from, to, direction: fits.direction };
    match by {
        Some(by) if line.is_one_voice(&[from.0, to.0, by.0]) => change.by(by),
        None if fits.role(Role::By).is_none() && line.is_one_voice(&[from.0, to.0]) => {
            change.one_way()
        }
        _ => None,
    }
}

/// Whether two numbers may be the same thing at two times.
fn is_one_thing(a: &Quantity, b: &Quantity) -> bool {
    let bare = |q: &Quantity| q.noun.as_ref().is_none_or(|noun| noun.phrase.is_empty());
    let counted = a.unit == b.unit || bare(a) || bare(b) || a.is_people() && b.is_people();
    a.kind == b.kind
        && (a.kind == Kind::Count && counted || a.kind != Kind::Count && a.unit == b.unit)
        && !matches!(a.kind, Kind::Ratio | Kind::Temperature)
}

impl Change<'_, '_, '_> {
    fn by(&self, (at, by): (usize, &Quantity)) -> Option<Relation> {
        let (from, to) = (bounds(self.from.1), bounds(self.to.1));
        let (misfit, got, said, shown) = match by.kind {
            Kind::Percent if self.from.1.kind == Kind::Percent => return self.of_shares(at, by),
            Kind::Percent => {
                let got = self.relative(from, to)?;
                (Misfit::Change, got, bounds(by), bounded(self.percent()?, got, "%"))
            }
            Kind::Ratio => {
                let got = over(to, from)?;
                let value = self.to.1.lower.checked_div(self.from.1.lower)?;
                (Misfit::Change, got, multiple(by), bounded(value, got, " times"))
            }
            Kind::Points if self.from.1.kind == Kind::Percent => {
                let got = self.absolute(from, to);
                (Misfit::Change, got, bounds(by), bounded(self.difference()?, got, " points"))
            }
            _ if is_one_thing(self.to.1, by) && is_one_thing(self.from.1, by) => {
                let got = self.absolute(from, to);
                (Misfit::Change, got, bounds(by), bounded(self.difference()?, got, ""))
            }
            _ => return None,
        };
        let holds = got.overlaps(said);
        let not = if holds { String::new() } else { format!(", not {}", self.line.words(at)) };
        let text = format!("{}: {shown}{not}", self.ends());
        let recomputes = by.kind != Kind::Ratio && got.overlaps(by.written().supports());
        Some(self.relation(misfit, at, text, holds, recomputes))
    }

    /// Both ends in percent and the change too: it is one of the shares, or points are meant.
    fn of_shares(&self, at: usize, by: &Quantity) -> Option<Relation> {
        // `4 percent to 4.5 percent`: who writes one to a tenth means the other to a tenth.
        let step = self.from.1.steps.0.min(self.to.1.steps.0);
        let fine = |q: &Quantity| bounds(&Quantity { steps: (step, step), ..q.clone() });
        let (from, to) = (fine(self.from.1), fine(self.to.1));
        let said = bounds(by);
        let relative = self.relative(from, to)?;
        let points = self.absolute(from, to);
        let holds = relative.overlaps(said);
        let (misfit, text) = if holds || !points.overlaps(said) {
            let shown = bounded(self.percent()?, relative, "%");
            let not = if holds { String::new() } else { format!(", not {}", self.line.words(at)) };
            (Misfit::Change, format!("{}: {shown}{not}", self.ends()))
        } else {
            let (points, percent) = (result(self.difference()?), result(self.percent()?));
            let text = format!("{}: {points} percentage points, or {percent}%", self.ends());
            (Misfit::Points, text)
        };
        Some(self.relation(misfit, at, text, holds, relative.overlaps(by.written().supports())))
    }

    /// Only the two ends: whether they go the way the verb says.
    fn one_way(&self) -> Option<Relation> {
        let (from, to) = (bounds(self.from.1), bounds(self.to.1));
        let (lower, upper) = match self.direction? {
            Direction::Up => (from.lower?, to.upper?),
            Direction::Down => (to.lower?, from.upper?),
        };
        let holds = lower <= upper;
        let way = match self.direction? {
            Direction::Up => "down, not up",
            Direction::Down => "up, not down",
        };
        let text = format!("{} is {way}", self.ends());
        Some(self.relation(Misfit::Change, self.to.0, text, holds, false))
    }

    fn relation(
        &self,
        misfit: Misfit,
        at: usize,
        text: String,
        holds: bool,
        recomputes: bool,
    ) -> Relation {
        let ends = [(self.from.0, "before"), (self.to.0, "after")];
        let beside = ends.into_iter().filter(|(number, _)| *number != at);
        let beside = beside.map(|(number, what)| (self.line.index(number), what)).collect();
        Relation { misfit, claim: self.line.index(at), beside, text, holds, recomputes }
    }

    fn ends(&self) -> String {
        format!("{} → {}", self.line.text(self.from.0), self.line.text(self.to.0))
    }

    /// The change in percent of where it began, along its direction.
    fn relative(&self, from: Interval, to: Interval) -> Option<Interval> {
        let one = Interval::new(Decimal::ONE, Decimal::ONE);
        let share = over(to, from)?;
        let grown = match self.direction {
            Some(Direction::Up) => minus(share, one),
            Some(Direction::Down) => minus(one, share),
            None => sized(minus(share, one)),
        };
        Some(grown.scaled(Decimal::ONE_HUNDRED))
    }

    /// The difference along the direction.
    fn absolute(&self, from: Interval, to: Interval) -> Interval {
        match self.direction {
            Some(Direction::Up) => minus(to, from),
            Some(Direction::Down) => minus(from, to),
            None => sized(minus(to, from)),
        }
    }

    fn difference(&self) -> Option<Decimal> {
        let grown = self.to.1.lower.checked_sub(self.from.1.lower)?;
        Some(if self.direction == Some(Direction::Down) { -grown } else { grown })
    }

    fn percent(&self) -> Option<Decimal> {
        self.difference()?.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(self.from.1.lower)
    }
}

/// An interval of sizes: `-12…-10` as `10…12`.
fn sized(a: Interval) -> Interval {
    match a.upper {
        Some(upper) if upper < Decimal::ZERO => {
            Interval { lower: Some(-upper), upper: a.lower.map(|lower| -lower) }
        }
        _ => a,
    }
}

/// What a multiple does not exclude.
fn multiple(by: &Quantity) -> Interval {
    match by.hedge {
        Hedge::Exact | Hedge::About => Interval {
            lower: by.lower.checked_mul(Decimal::ONE - LOOSE),
            upper: by.upper.checked_mul(Decimal::ONE + LOOSE),
        },
        _ => bounds(by),
    }
}

/// `fell by 120 percent`: nothing falls by more than all of it, unless it may be negative.
fn below_nothing(
    line: &Line<'_, '_>,
    fits: &Match,
    (at, by): (usize, &Quantity),
) -> Option<Relation> {
    let falls = fits.direction == Some(Direction::Down);
    if !falls || by.kind != Kind::Percent || line.has(0, line.first, "signed") {
        return None;
    }
    let holds = bounds(by).lower.is_none_or(|least| least <= Decimal::ONE_HUNDRED);
    Some(Relation {
        misfit: Misfit::Impossible,
        claim: line.index(at),
        beside: Vec::new(),
        text: format!("100% − {} is less than nothing", line.text(at)),
        holds,
        recomputes: false,
    })
}
