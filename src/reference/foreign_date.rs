//! Dates as other programs write them.

use crate::reference::cells::Row;
use crate::reference::date::PartialDate;
use crate::reference::table::Column;
use chrono::NaiveDate;
use chrono::format::{Item, StrftimeItems};

/// How the dates of a table are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Format {
    /// The year first: `2022`, `2022-02`, `2022-02-24`, `2020-Q1`, `2021.0`, `2021-05-01T00:00`.
    Ours,
    /// As a pattern says: `%d.%m.%Y`. Without a day it is a month.
    Pattern(String),
}

impl Format {
    /// The format that a pattern is.
    pub(crate) fn read(pattern: &str) -> Option<Self> {
        let known = !StrftimeItems::new(pattern).any(|item| matches!(item, Item::Error));
        (known && pattern.contains('%')).then(|| Self::Pattern(pattern.to_owned()))
    }

    /// The date that a text is.
    pub(crate) fn date(&self, text: &str) -> Option<PartialDate> {
        let text = text.trim();
        match self {
            Self::Ours => dated(text),
            Self::Pattern(pattern) => {
                if let Ok(day) = NaiveDate::parse_from_str(text, pattern) {
                    return Some(day.into());
                }
                let first = format!("1 {text}");
                let month = NaiveDate::parse_from_str(&first, &format!("%d {pattern}")).ok()?;
                Some(PartialDate::from(month).without_day())
            }
        }
    }
}

fn dated(text: &str) -> Option<PartialDate> {
    let text = text.strip_suffix(".0").unwrap_or(text);
    let text = text.split_once(['T', ' ']).map_or(text, |(day, _)| day);
    if let Some((year, quarter)) = text.split_once("-Q") {
        let last: u32 = quarter.parse::<u32>().ok().filter(|q| (1..=4).contains(q))? * 3;
        return PartialDate::parse(&format!("{year}-{last:02}"));
    }
    PartialDate::parse(text)
}

/// The date in one column, or in those of the year, the month and the day.
pub(crate) fn joined(
    row: &Row<'_, '_>,
    columns: &[Column],
    format: &Format,
) -> Option<PartialDate> {
    if let [column] = columns {
        return format.date(&row.text(*column));
    }
    let mut text = String::new();
    for column in columns {
        let cell = row.text(*column);
        let part = cell.strip_suffix(".0").unwrap_or(&cell);
        if part.is_empty() {
            break;
        }
        if *format != Format::Ours {
            text.push_str(if text.is_empty() { "" } else { " " });
        } else if !text.is_empty() {
            text.push_str(if part.len() == 1 { "-0" } else { "-" });
        }
        text.push_str(part);
    }
    format.date(&text)
}

#[cfg(test)]
mod tests {
    use super::Format;

    #[track_caller]
    fn check(pattern: &str, text: &str, expected: Option<&str>) {
        let format = if pattern.is_empty() { Format::Ours } else { Format::read(pattern).unwrap() };
        let found = format.date(text).map(|date| date.to_string());
        assert_eq!(found.as_deref(), expected, "{pattern} {text}");
    }

    #[test]
    fn dates_are_read_as_other_programs_write_them() {
        check("", "2021.0", Some("2021"));
        check("", "2020-Q1", Some("2020-03"));
        check("", "2021-05-01T00:00:00Z", Some("2021-05-01"));
        check("", "01/05/2021", None);
        check("", "2020-Q7", None);
        check("%d.%m.%Y", "01.05.2021", Some("2021-05-01"));
        check("%m/%d/%y", "5/1/21", Some("2021-05-01"));
        check("%B %Y", "May 2021", Some("2021-05"));
        check("%b %Y", "May", None);
        assert_eq!(Format::read("%d.%Q"), None);
        assert_eq!(Format::read("day"), None);
    }
}
