//! Digits in another order, one lost, or one changed: how a figure becomes another on its way.

use crate::number::{Decimal, Exact};

/// What happened to the digits of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misprint {
    /// Two neighbours changed places: 8,137 for 8,173.
    Swapped,
    /// One was left out: 1,074 for 10,074.
    Lost,
    /// One was put in: 10,074 for 1,074.
    Added,
    /// One became another: 6,285 for 6,275.
    Changed,
}

impl Misprint {
    /// What it is called in messages.
    pub fn words(self) -> &'static str {
        match self {
            Self::Swapped => "two of its digits in another order",
            Self::Lost => "one of its digits left out",
            Self::Added => "one digit too many",
            Self::Changed => "one of its digits changed",
        }
    }

    /// How `written` differs from the figure `meant`, which is first rounded to its precision;
    /// `None` where more than one digit differs, or where there are too few for that to say
    /// anything.
    pub(crate) fn of(written: Exact, meant: Decimal) -> Option<Self> {
        let step = last_digit(written);
        let own = digits(written.value, step)?;
        let other = digits(meant, step)?;
        let (short, long) = (own.len().min(other.len()), own.len().max(other.len()));
        if own == other || short < 3 {
            return None;
        }
        if short == long {
            let apart: Vec<usize> = (0..long).filter(|i| own.get(*i) != other.get(*i)).collect();
            return match apart[..] {
                [_] if long >= 4 => Some(Self::Changed),
                [a, b]
                    if b == a + 1 && own.get(a) == other.get(b) && own.get(b) == other.get(a) =>
                {
                    Some(Self::Swapped)
                }
                _ => None,
            };
        }
        if long != short + 1 {
            return None;
        }
        let lost = |longer: &[u8], shorter: &[u8]| {
            (0..longer.len()).any(|i| {
                let rest = longer.iter().enumerate().filter(|(k, _)| *k != i).map(|(_, d)| d);
                rest.eq(shorter)
            })
        };
        if own.len() < other.len() {
            lost(&other, &own).then_some(Self::Lost)
        } else {
            lost(&own, &other).then_some(Self::Added)
        }
    }
}

/// One unit of the last digit that is not zero.
fn last_digit(exact: Exact) -> Decimal {
    let value = exact.value.normalize();
    let mut unit = exact.step;
    while let Some(next) = unit.checked_mul(Decimal::TEN) {
        if value.is_zero() || !value.checked_rem(next).is_some_and(|rest| rest.is_zero()) {
            break;
        }
        unit = next;
    }
    unit
}

/// The digits of a value, in units of `step`.
fn digits(value: Decimal, step: Decimal) -> Option<Vec<u8>> {
    let whole = value.checked_div(step)?.round();
    Some(whole.normalize().to_string().bytes().filter(u8::is_ascii_digit).collect())
}

/// How many significant digits a value has.
pub(crate) fn significant(value: Decimal) -> usize {
    let digits = value.normalize().mantissa().unsigned_abs().to_string();
    digits.trim_end_matches('0').len()
}

#[cfg(test)]
mod tests {
    use super::{Misprint, significant};
    use crate::number::Exact;

    #[track_caller]
    fn check(written: &str, step: &str, meant: &str, expected: Option<Misprint>) {
        let exact = Exact { value: written.parse().unwrap(), step: step.parse().unwrap() };
        assert_eq!(Misprint::of(exact, meant.parse().unwrap()), expected, "{written}, {meant}");
    }

    #[test]
    fn one_slip_of_the_finger_is_named() {
        check("8137", "1", "8173", Some(Misprint::Swapped));
        check("757000000", "1000000", "775000000", Some(Misprint::Swapped));
        check("51.6", "0.1", "15.6", Some(Misprint::Swapped));
        check("1074", "1", "10074", Some(Misprint::Lost));
        check("10074", "1", "1074", Some(Misprint::Added));
        check("6285000", "1000", "6275000", Some(Misprint::Changed));
        check("7318000", "1000", "7138715", None);
        check("7139000", "1000", "7138715", None);
    }

    #[test]
    fn few_digits_or_many_slips_say_nothing() {
        check("38", "1", "83", None);
        check("753", "1", "755", None);
        check("8731", "1", "8173", None);
        check("8173", "1", "8173", None);
        check("8500", "1", "85000", None);
        check("656", "1", "6557", None);
    }

    #[test]
    fn zeros_at_the_end_are_not_significant() {
        assert_eq!(significant("8500".parse().unwrap()), 2);
        assert_eq!(significant("100000".parse().unwrap()), 1);
        assert_eq!(significant("44.0".parse().unwrap()), 2);
    }
}
