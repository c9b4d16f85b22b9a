//! Dates as tables give them: a day, a month, or a year.

use chrono::{Datelike, Months, NaiveDate};
use std::fmt;

/// How much of a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Precision {
    Year,
    Month,
    Day,
}

/// A day, a month or a year. A short date means some day in it, and counts from its last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PartialDate {
    first: NaiveDate,
    precision: Precision,
}

impl PartialDate {
    /// Reads `2022`, `2022-02` or `2022-02-24`; nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let shaped = text.bytes().enumerate().all(|(i, byte)| match i {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
        let precision = match text.len() {
            4 => Precision::Year,
            7 => Precision::Month,
            10 => Precision::Day,
            _ => return None,
        };
        let part = |from: usize, to: usize| text.get(from..to)?.parse::<u32>().ok();
        let year = text.get(..4).filter(|_| shaped)?.parse().ok()?;
        let month = if precision == Precision::Year { 1 } else { part(5, 7)? };
        let day = if precision == Precision::Day { part(8, 10)? } else { 1 };
        Some(Self { first: NaiveDate::from_ymd_opt(year, month, day)?, precision })
    }

    /// The first day it may mean.
    pub fn first_day(self) -> NaiveDate {
        self.first
    }

    /// The last day it may mean.
    pub fn last_day(self) -> NaiveDate {
        let months = match self.precision {
            Precision::Year => 12,
            Precision::Month => 1,
            Precision::Day => return self.first,
        };
        let next = self.first.checked_add_months(Months::new(months));
        next.and_then(|day| day.pred_opt()).unwrap_or(self.first)
    }

    /// The month that a day lies in; a month or a year as it is.
    #[must_use]
    pub fn without_day(self) -> Self {
        match self.precision {
            Precision::Day => Self {
                first: self.first.with_day(1).unwrap_or(self.first),
                precision: Precision::Month,
            },
            Precision::Month | Precision::Year => self,
        }
    }

    /// The first day of every month that it may lie in.
    pub fn months(self) -> impl Iterator<Item = NaiveDate> {
        let first = self.first.with_day(1).unwrap_or(self.first);
        let count = if self.precision == Precision::Year { 12 } else { 1 };
        (0..count).filter_map(move |i| first.checked_add_months(Months::new(i)))
    }

    /// Whether the day is known.
    pub fn is_day(self) -> bool {
        self.precision == Precision::Day
    }
}

impl From<NaiveDate> for PartialDate {
    fn from(day: NaiveDate) -> Self {
        Self { first: day, precision: Precision::Day }
    }
}

/// As it was written.
impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.first.year())?;
        if self.precision != Precision::Year {
            write!(f, "-{:02}", self.first.month())?;
        }
        if self.precision == Precision::Day {
            write!(f, "-{:02}", self.first.day())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::PartialDate;

    #[track_caller]
    fn check(text: &str, first: &str, last: &str) {
        let date = PartialDate::parse(text).unwrap();
        assert_eq!(date.to_string(), text);
        assert_eq!(date.first_day().to_string(), first);
        assert_eq!(date.last_day().to_string(), last);
        assert_eq!(date.is_day(), first == last);
    }

    #[test]
    fn short_dates_know_both_their_ends() {
        check("2022", "2022-01-01", "2022-12-31");
        check("2022-02", "2022-02-01", "2022-02-28");
        check("2024-02", "2024-02-01", "2024-02-29");
        check("2023-12", "2023-12-01", "2023-12-31");
        check("2022-02-24", "2022-02-24", "2022-02-24");
    }

    #[test]
    fn a_date_lies_in_its_months() {
        let months = |text: &str| PartialDate::parse(text).unwrap().months().collect::<Vec<_>>();
        assert_eq!(months("2022-02-24"), months("2022-02"));
        assert_eq!(months("2022").len(), 12);
        assert_eq!(months("2022").get(1..2), Some(&months("2022-02")[..]));
        let shown = |text: &str| PartialDate::parse(text).unwrap().without_day().to_string();
        assert_eq!((shown("2022-02-24"), shown("2022")), ("2022-02".into(), "2022".into()));
    }

    #[test]
    fn nothing_else_is_a_date() {
        for text in [
            "",
            "22",
            "2022-",
            "2022-13",
            "2022-02-30",
            "2022/02/24",
            "24.02.2022",
            "20220224",
            "2022-2-4",
            "+022",
            "2022-+2",
            "２０２２",
        ] {
            assert_eq!(PartialDate::parse(text), None, "{text}");
        }
    }
}
