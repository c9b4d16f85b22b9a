//! A stretch of values laid along a stretch of a picture, in exact numbers.

use crate::compare::grouped;
use crate::number::Decimal;
use chrono::{Datelike as _, NaiveDate};

/// Values from `low` to `high`, drawn from `from` to `until`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Axis {
    low: Decimal,
    high: Decimal,
    from: Decimal,
    until: Decimal,
}

impl Axis {
    /// An axis that holds the values, with a little room at both ends; `None` without values.
    pub(crate) fn over(
        values: impl Iterator<Item = Decimal>,
        from: i32,
        until: i32,
    ) -> Option<Self> {
        let (low, high) = values.fold(None, |ends, value| match ends {
            None => Some((value, value)),
            Some((low, high)) => Some((value.min(low), value.max(high))),
        })?;
        let span = high.checked_sub(low)?;
        let room = if span.is_zero() { low.abs() } else { span };
        let room = room.checked_div(Decimal::from(20))?.max(Decimal::new(1, 6));
        let (low, high) = (low.checked_sub(room)?, high.checked_add(room)?);
        Some(Self { low, high, from: Decimal::from(from), until: Decimal::from(until) })
    }

    /// The days as an axis.
    pub(crate) fn over_days(
        days: impl Iterator<Item = NaiveDate>,
        from: i32,
        until: i32,
    ) -> Option<Self> {
        Self::over(days.map(count), from, until)
    }

    /// Where a value is drawn: within the picture, to a tenth of its unit.
    pub(crate) fn at(&self, value: Decimal) -> Decimal {
        let share = value.checked_sub(self.low).zip(self.high.checked_sub(self.low));
        let share = share.and_then(|(part, whole)| part.checked_div(whole)).unwrap_or_default();
        let share = share.clamp(Decimal::ZERO, Decimal::ONE);
        let drawn = (self.until - self.from).checked_mul(share).unwrap_or_default() + self.from;
        drawn.round_dp(1).normalize()
    }

    /// Where a day is drawn.
    pub(crate) fn at_day(&self, day: NaiveDate) -> Decimal {
        self.at(count(day))
    }

    /// The first place of the picture.
    pub(crate) fn from(&self) -> Decimal {
        self.from
    }

    /// The last place of the picture.
    pub(crate) fn until(&self) -> Decimal {
        self.until
    }

    /// A few round values within it.
    pub(crate) fn ticks(&self) -> Vec<Decimal> {
        let Some(step) = self.high.checked_sub(self.low).and_then(round_step) else {
            return Vec::new();
        };
        let first = self.low.checked_div(step).map(|low| low.ceil());
        let mut next = first.and_then(|first| first.checked_mul(step));
        let mut ticks = Vec::new();
        while let Some(tick) = next.filter(|tick| *tick <= self.high && ticks.len() < 12) {
            ticks.push(tick.normalize());
            next = tick.checked_add(step);
        }
        ticks
    }

    /// A few days within it, the first of months or years where it is long.
    pub(crate) fn days(&self) -> Vec<NaiveDate> {
        let day = |value: Decimal| {
            let days = i32::try_from(value.trunc().mantissa()).ok()?;
            NaiveDate::from_num_days_from_ce_opt(days)
        };
        let (Some(first), Some(last)) = (day(self.low.ceil()), day(self.high)) else {
            return Vec::new();
        };
        let span = (last - first).num_days();
        let months = match span {
            ..=90 => return spread(first, last, (span / 3).max(1)),
            91..=400 => 3,
            401..=1_600 => 12,
            _ => 60,
        };
        let from = i64::from(first.year()) * 12 + i64::from(first.month0());
        let until = i64::from(last.year()) * 12 + i64::from(last.month0());
        let starts = (from..=until).filter(|month| month % months == 0);
        let starts = starts.filter_map(|month| {
            let year = i32::try_from(month / 12).ok()?;
            NaiveDate::from_ymd_opt(year, u32::try_from(month % 12).ok()? + 1, 1)
        });
        starts.filter(|day| *day >= first).take(8).collect()
    }
}

fn count(day: NaiveDate) -> Decimal {
    Decimal::from(day.num_days_from_ce())
}

/// Days from the first to the last, so many apart.
fn spread(first: NaiveDate, last: NaiveDate, apart: i64) -> Vec<NaiveDate> {
    let mut days = Vec::new();
    let mut next = Some(first);
    while let Some(day) = next.filter(|day| *day <= last && days.len() < 8) {
        days.push(day);
        next = day.checked_add_signed(chrono::Duration::days(apart));
    }
    days
}

/// The step of 1, 2 or 5 times a power of ten that divides a span into three or a few more.
fn round_step(span: Decimal) -> Option<Decimal> {
    let wanted = span.checked_div(Decimal::from(4)).filter(|wanted| *wanted > Decimal::ZERO)?;
    let mut unit = Decimal::ONE;
    while unit > wanted {
        unit = unit.checked_div(Decimal::TEN).filter(|unit| !unit.is_zero())?;
    }
    while unit.checked_mul(Decimal::TEN)? <= wanted {
        unit = unit.checked_mul(Decimal::TEN)?;
    }
    let steps = [1, 2, 5, 10].map(|times| unit.checked_mul(Decimal::from(times)));
    steps.into_iter().flatten().find(|step| *step >= wanted)
}

/// A value in few characters: `13,000`, `1.2m`, `358bn`.
pub(crate) fn short(value: Decimal) -> String {
    let scales = [("tn", 1_000_000_000_000_i64), ("bn", 1_000_000_000), ("m", 1_000_000)];
    let scale = scales.into_iter().find(|(_, size)| value.abs() >= Decimal::from(*size));
    match scale {
        Some((name, size)) => {
            let scaled = value.checked_div(Decimal::from(size)).unwrap_or_default();
            format!("{}{name}", grouped(scaled.round_dp(2)))
        }
        None => grouped(value),
    }
}

#[cfg(test)]
mod tests {
    use super::{Axis, short};
    use crate::number::Decimal;

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[track_caller]
    fn check(values: &[&str], ticks: &[&str]) {
        let axis = Axis::over(values.iter().map(|value| dec(value)), 0, 100).unwrap();
        let shown: Vec<_> = axis.ticks().into_iter().map(|tick| tick.to_string()).collect();
        assert_eq!(shown, ticks, "{values:?}");
        for value in values {
            let at = axis.at(dec(value));
            assert!((Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&at), "{value} at {at}");
        }
    }

    #[test]
    fn ticks_are_round() {
        check(&["13000", "13400"], &["13000", "13200", "13400"]);
        check(&["46", "64"], &["50", "55", "60"]);
        check(&["0.1", "0.35"], &["0.1", "0.2", "0.3"]);
        check(&["5"], &["4.8", "5", "5.2"]);
        check(&["0"], &["-0.000001", "-0.0000005", "0", "0.0000005", "0.000001"]);
    }

    #[test]
    fn values_that_are_too_large_to_reckon_with_have_no_axis() {
        assert!(Axis::over([Decimal::MIN, Decimal::MAX].into_iter(), 0, 100).is_none());
        assert!(Axis::over(std::iter::empty(), 0, 100).is_none());
    }

    #[test]
    fn what_lies_outside_is_drawn_at_the_edge() {
        let axis = Axis::over([dec("10"), dec("20")].into_iter(), 0, 100).unwrap();
        assert_eq!((axis.at(dec("-99")), axis.at(dec("99"))), (dec("0"), dec("100")));
        assert_eq!(axis.at(dec("15")), dec("50"));
    }

    #[test]
    fn days_are_few_and_within() {
        for (first, last) in [
            ("2023-09-09", "2023-09-14"),
            ("2021-01-01", "2022-02-01"),
            ("1990-05-01", "2026-01-01"),
        ] {
            let (first, last) = (first.parse().unwrap(), last.parse().unwrap());
            let axis = Axis::over_days([first, last].into_iter(), 0, 100).unwrap();
            let days = axis.days();
            assert!((2..=8).contains(&days.len()), "{first} to {last}: {days:?}");
        }
    }

    #[test]
    fn large_values_are_short() {
        assert_eq!(short(dec("358400000000")), "358.4bn");
        assert_eq!(short(dec("1200000")), "1.2m");
        assert_eq!(short(dec("13000")), "13,000");
        assert_eq!(short(dec("-2000000")), "-2m");
    }
}
