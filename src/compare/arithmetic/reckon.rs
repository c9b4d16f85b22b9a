//! Reckoning with intervals, and how a result is written.

use crate::compare::figure::grouped;
use crate::number::Decimal;
use crate::quantity::Interval;

/// Both ends of `a` plus those of `b`.
pub(crate) fn plus(a: Interval, b: Interval) -> Interval {
    let add = |x: Option<Decimal>, y: Option<Decimal>| x?.checked_add(y?);
    Interval { lower: add(a.lower, b.lower), upper: add(a.upper, b.upper) }
}

/// Every difference of a value of `a` and one of `b`.
pub(crate) fn minus(a: Interval, b: Interval) -> Interval {
    let sub = |x: Option<Decimal>, y: Option<Decimal>| x?.checked_sub(y?);
    Interval { lower: sub(a.lower, b.upper), upper: sub(a.upper, b.lower) }
}

/// Every product of values that are not negative.
pub(crate) fn times(a: Interval, b: Interval) -> Interval {
    let mul = |x: Option<Decimal>, y: Option<Decimal>| x?.checked_mul(y?);
    Interval { lower: floor(a).checked_mul(floor(b)), upper: mul(a.upper, b.upper) }
}

/// Every quotient of values that are not negative; `None` if the divisor may be zero.
pub(crate) fn over(a: Interval, b: Interval) -> Option<Interval> {
    let least = Some(floor(b)).filter(|least| !least.is_zero())?;
    let upper = a.upper.and_then(|most| most.checked_div(least));
    let lower = match b.upper {
        Some(most) => floor(a).checked_div(most),
        None => Some(Decimal::ZERO),
    };
    Some(Interval { lower, upper })
}

/// The least value of things that are not negative.
fn floor(a: Interval) -> Decimal {
    a.lower.unwrap_or_default().max(Decimal::ZERO)
}

/// A result as people read it: with as many digits as tell it from its neighbours.
pub(crate) fn result(value: Decimal) -> String {
    let size = value.abs();
    let places = match size {
        size if size >= Decimal::ONE_HUNDRED => 0,
        size if size >= Decimal::TEN => 1,
        _ => 2,
    };
    grouped(value.round_dp(places))
}

/// A result with its bounds, where rounding and hedges leave it some: `40% (39.6–40.4)`.
pub(crate) fn bounded(value: Decimal, within: Interval, unit: &str) -> String {
    let shown = result(value);
    match (within.lower.map(result), within.upper.map(result)) {
        (Some(low), Some(high)) if low == high => format!("{shown}{unit}"),
        (Some(low), Some(high)) => format!("{shown}{unit} (between {low} and {high})"),
        (Some(low), None) => format!("{shown}{unit} ({low} or more)"),
        (None, Some(high)) => format!("{shown}{unit} ({high} or less)"),
        (None, None) => format!("{shown}{unit}"),
    }
}
