//! From a number as written to the values it supports and the values it contradicts.

use crate::number::{Decimal, Exact};
use crate::quantity::hedge::Hedge;

/// A set of values without gaps; `None` is an open end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// The least value, included.
    pub lower: Option<Decimal>,
    /// The greatest value, included.
    pub upper: Option<Decimal>,
}

impl Interval {
    /// From `lower` to `upper`.
    pub fn new(lower: Decimal, upper: Decimal) -> Self {
        Self { lower: Some(lower), upper: Some(upper) }
    }

    /// Whether the two share a value.
    pub fn overlaps(self, other: Self) -> bool {
        let below = |a: Option<Decimal>, b: Option<Decimal>| match (a, b) {
            (Some(upper), Some(lower)) => upper < lower,
            _ => false,
        };
        !below(self.upper, other.lower) && !below(other.upper, self.lower)
    }

    /// Both ends times `factor`, which is positive; open where it no longer fits.
    #[must_use]
    pub fn scaled(self, factor: Decimal) -> Self {
        let times =
            |end: Option<Decimal>| end.and_then(|e| e.checked_mul(factor)).map(|e| e.normalize());
        Self { lower: times(self.lower), upper: times(self.upper) }
    }
}

/// A number as written, ready to be compared: its ends, their precision, its hedge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// The lower end; for a single number the number itself.
    pub lower: Exact,
    /// The upper end; for a single number the number itself.
    pub upper: Exact,
    /// How it is bounded.
    pub hedge: Hedge,
    /// Whether it is a count, whose trailing zeros may be rounding.
    pub count: bool,
}

impl Written {
    /// The values it supports: `v−r…v+r` for an exact number, where r is half a unit of the last
    /// digit written or, for counts from 100 with trailing zeros, half a unit of the last digit
    /// that is not zero but at most a twentieth; wider or one-sided by the hedge.
    pub fn supports(self) -> Interval {
        let (lower, upper) = (self.lower.value, self.upper.value);
        let (down, up) = (self.rounding(self.lower), self.rounding(self.upper));
        let tenth = |value: Decimal| div(value.abs(), 10);
        match self.hedge {
            Hedge::Exact | Hedge::Range => Interval::new(sub(lower, down), add(upper, up)),
            Hedge::About => {
                Interval::new(sub(lower, down.max(tenth(lower))), add(upper, up.max(tenth(upper))))
            }
            Hedge::Nearly => Interval::new(sub(lower, tenth(lower)), upper),
            Hedge::MoreThan | Hedge::AtLeast => Interval::new(lower, add(upper, unit(self.lower))),
            Hedge::LessThan | Hedge::UpTo => Interval::new(sub(lower, unit(self.lower)), upper),
            Hedge::Vague => Interval::new(lower, upper),
        }
    }

    /// The values it does not contradict: as what it supports, but `more than`, `at least` and
    /// vague words have no upper end, `less than` and `up to` no lower one.
    pub fn allows(self) -> Interval {
        let supported = self.supports();
        match self.hedge {
            Hedge::MoreThan | Hedge::AtLeast | Hedge::Vague => {
                Interval { upper: None, ..supported }
            }
            Hedge::LessThan | Hedge::UpTo => Interval { lower: None, ..supported },
            Hedge::Exact | Hedge::Range | Hedge::About | Hedge::Nearly => supported,
        }
    }

    /// The same number in another unit, of which `factor` make one of its own. Nobody converts to
    /// the last digit, so that zeros at its end may be rounding.
    pub fn converted(self, factor: Decimal) -> Option<Self> {
        let turned = |exact: Exact| {
            let times = |value: Decimal| value.checked_mul(factor);
            Some(Exact { value: times(exact.value)?, step: times(exact.step)? })
        };
        let least = |exact: Exact| Exact { step: zeros(exact).max(exact.step), ..exact };
        let (lower, upper) = (turned(least(self.lower))?, turned(least(self.upper))?);
        Some(Self { lower, upper, count: false, ..self })
    }

    /// Whether what the two support overlaps. Two rounded numbers that only touch do not: 14 and
    /// 15 both reach to 14.5, and no value is both.
    pub fn agrees_with(self, other: Self) -> bool {
        self.meets(self.supports(), other, other.supports())
    }

    /// Whether no value is allowed by both.
    pub fn contradicts(self, other: Self) -> bool {
        !self.meets(self.allows(), other, other.allows())
    }

    /// Whether `own`, an interval of this number, shares a value with `theirs`, one of `other`.
    fn meets(self, own: Interval, other: Self, theirs: Interval) -> bool {
        let touch = |upper: Option<Decimal>, above: Self, lower: Option<Decimal>, below: Self| {
            let rounded = upper != Some(above.upper.value) && lower != Some(below.lower.value);
            rounded && upper.is_some() && upper == lower
        };
        own.overlaps(theirs)
            && !touch(own.upper, self, theirs.lower, other)
            && !touch(theirs.upper, other, own.lower, self)
    }

    /// How far rounding may have moved the number.
    fn rounding(self, exact: Exact) -> Decimal {
        let written = div(exact.step, 2);
        if self.count && exact.value >= Decimal::ONE_HUNDRED {
            let zeros = div(unit(exact), 2).min(div(exact.value, 20));
            written.max(zeros)
        } else {
            written
        }
    }
}

/// One unit of the last digit that is not zero, at most a quarter of the value: 1,000 for 13,000.
fn unit(exact: Exact) -> Decimal {
    let value = exact.value.abs();
    let quarter = div(value, 4);
    let mut unit = exact.step;
    let ten = Decimal::TEN;
    while let Some(next) = unit.checked_mul(ten) {
        let divides = value.checked_rem(next).is_some_and(|rest| rest.is_zero());
        if value.is_zero() || !divides {
            break;
        }
        unit = next;
    }
    if value.is_zero() { exact.step } else { unit.min(quarter) }
}

/// How coarse zeros at a number's end may make it: one unit of its last digit that is not zero, at
/// most a tenth of it.
fn zeros(exact: Exact) -> Decimal {
    if exact.value < Decimal::ONE_HUNDRED {
        return exact.step;
    }
    unit(exact).min(div(exact.value, 10))
}

fn add(a: Decimal, b: Decimal) -> Decimal {
    a.checked_add(b).unwrap_or(Decimal::MAX).normalize()
}

fn sub(a: Decimal, b: Decimal) -> Decimal {
    a.checked_sub(b).unwrap_or(Decimal::MIN).normalize()
}

fn div(a: Decimal, by: u32) -> Decimal {
    a.checked_div(Decimal::from(by)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Interval, Written};
    use crate::number::{Decimal, Exact};
    use crate::quantity::hedge::Hedge;

    #[track_caller]
    fn check(value: &str, step: &str, hedge: Hedge, supports: (&str, &str)) {
        let exact = Exact { value: value.parse().unwrap(), step: step.parse().unwrap() };
        let written = Written { lower: exact, upper: exact, hedge, count: true };
        let expected = Interval::new(supports.0.parse().unwrap(), supports.1.parse().unwrap());
        assert_eq!(written.supports(), expected, "{hedge:?} {value}");
    }

    #[test]
    fn supports_as_the_contract_says() {
        check("13000", "1", Hedge::MoreThan, ("13000", "14000"));
        check("13000", "1", Hedge::Exact, ("12500", "13500"));
        check("8500", "1", Hedge::Exact, ("8450", "8550"));
        check("100000", "1", Hedge::About, ("90000", "110000"));
        check("100000", "1", Hedge::Exact, ("95000", "105000"));
        check("14", "1", Hedge::Exact, ("13.5", "14.5"));
        check("1500000", "100000", Hedge::Exact, ("1450000", "1550000"));
        check("50", "1", Hedge::AtLeast, ("50", "60"));
        check("40", "1", Hedge::UpTo, ("30", "40"));
        check("40", "1", Hedge::Nearly, ("36", "40"));
        check("60", "1", Hedge::LessThan, ("50", "60"));
        check("13000", "1", Hedge::AtLeast, ("13000", "14000"));
        check("45", "1", Hedge::About, ("40.5", "49.5"));
        check("45.2", "0.1", Hedge::Exact, ("45.15", "45.25"));
        check("120", "1", Hedge::Exact, ("115", "125"));
        // One unit is at most a quarter of the number, rounding at most a twentieth.
        check("3", "1", Hedge::MoreThan, ("3", "3.75"));
        check("200", "1", Hedge::Exact, ("190", "210"));
    }

    #[test]
    fn a_range_is_as_written_and_a_vague_word_as_the_table_says() {
        let (low, high) = (Exact::whole(5000), Exact::whole(6000));
        let range = Written { lower: low, upper: high, hedge: Hedge::Range, count: true };
        let to = |a: u32, b: u32| Interval::new(Decimal::from(a), Decimal::from(b));
        assert_eq!(range.supports(), to(4750, 6300));
        assert_eq!(range.allows(), range.supports());
        let vague = Written { hedge: Hedge::Vague, ..range };
        assert_eq!(vague.supports(), to(5000, 6000));
        assert_eq!(vague.allows(), Interval { lower: Some(Decimal::from(5000)), upper: None });
    }

    #[test]
    fn a_sum_is_as_exact_as_its_last_digit() {
        let million = |digits: &str, step: &str| {
            let exact = Exact { value: digits.parse().unwrap(), step: step.parse().unwrap() };
            Written { lower: exact, upper: exact, hedge: Hedge::Exact, count: false }.supports()
        };
        let to = |a: u32, b: u32| Interval::new(Decimal::from(a), Decimal::from(b));
        assert_eq!(million("2000000", "1000000"), to(1_500_000, 2_500_000));
        assert_eq!(million("775000000", "1000000"), to(774_500_000, 775_500_000));
    }

    #[test]
    fn zeros_of_a_converted_number_may_be_rounding() {
        let miles = Written { count: false, ..written(760, Hedge::Exact) };
        let kilometres = miles.converted("1.609344".parse().unwrap()).unwrap().supports();
        let ends = kilometres.lower.zip(kilometres.upper).map(|(a, b)| (a.round(), b.round()));
        assert_eq!(ends, Some((Decimal::from(1215), Decimal::from(1231))));
    }

    #[track_caller]
    fn written(value: u64, hedge: Hedge) -> Written {
        let exact = Exact::whole(value);
        Written { lower: exact, upper: exact, hedge, count: true }
    }

    #[test]
    fn rounded_numbers_that_touch_share_nothing() {
        let (fourteen, fifteen) = (written(14, Hedge::Exact), written(15, Hedge::Exact));
        assert!(!fourteen.agrees_with(fifteen) && fourteen.contradicts(fifteen));
        assert!(!fifteen.agrees_with(fourteen) && fifteen.contradicts(fourteen));
        assert!(fourteen.agrees_with(fourteen) && !fourteen.contradicts(fourteen));
        // A written end belongs to both.
        let (most, least) = (written(14, Hedge::UpTo), written(14, Hedge::AtLeast));
        assert!(most.agrees_with(least) && least.agrees_with(most) && !most.contradicts(least));
        assert!(written(15, Hedge::AtLeast).contradicts(fourteen));
    }

    #[test]
    fn bounds_open_one_end() {
        let exact = Exact::whole(50);
        let more = Written { lower: exact, upper: exact, hedge: Hedge::MoreThan, count: true };
        assert_eq!(more.allows().upper, None);
        assert!(!more.allows().overlaps(Interval::new(Decimal::from(48), Decimal::from(48))));
        assert!(more.allows().overlaps(Interval::new(Decimal::from(900), Decimal::from(901))));
    }
}
