//! The words of dates: months, weekdays, and what stands around a date in its line.

use crate::text::{parts, rows};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

pub(crate) const TABLE: &str = include_str!("calendar.csv");

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Class {
    Month,
    Weekday,
    Around,
    Zone,
}

#[derive(Debug, Deserialize)]
struct Row {
    class: Class,
    number: Option<u32>,
    words: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "the example runs as a test"))]
    example: String,
}

static WORDS: LazyLock<BTreeMap<String, (Class, u32)>> = LazyLock::new(|| {
    let table = rows::<Row>(TABLE);
    let of = |row: &Row| (row.class, row.number.unwrap_or_default());
    let words =
        table.iter().flat_map(|row| parts(&row.words).map(move |w| (w.to_owned(), of(row))));
    words.collect()
});

fn of_class(word: &str, class: Class) -> Option<u32> {
    WORDS.get(word).filter(|(found, _)| *found == class).map(|(_, number)| *number)
}

/// Which month a word in lower case names, from 1: `january`, `jan`.
pub fn month(word: &str) -> Option<u32> {
    of_class(word, Class::Month)
}

/// Which day of the week a word in lower case names, from Monday as 1.
pub fn weekday(word: &str) -> Option<u32> {
    of_class(word, Class::Weekday)
}

/// The day of the week of that number, from Monday as 1, as it is written in a sentence.
pub fn weekday_named(number: u32) -> String {
    let names = WORDS.iter().filter(|(_, (class, of))| *class == Class::Weekday && *of == number);
    let longest = names.map(|(word, _)| word.as_str()).max_by_key(|word| word.len());
    let name = longest.unwrap_or_default();
    let first = name.chars().take(1).map(|c| c.to_ascii_uppercase());
    first.chain(name.chars().skip(1)).collect()
}

/// Whether a word may stand around a date in its line: `Published`, `Mon`, `GMT`.
pub(crate) fn is_around(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    of_class(word, Class::Zone).is_some()
        || weekday(&lower).is_some()
        || of_class(&lower, Class::Around).is_some()
}

#[cfg(test)]
mod tests {
    use super::{Class, Row, TABLE, month, weekday, weekday_named};
    use crate::ingest::date::line;
    use crate::text::{parts, rows, rows_written};
    use chrono::Datelike;

    #[test]
    fn weekdays_have_their_full_names() {
        assert_eq!(weekday_named(1), "Monday");
        assert_eq!(weekday_named(7), "Sunday");
    }

    #[test]
    fn every_word_is_part_of_the_date_line_it_shows() {
        let table = rows::<Row>(TABLE);
        assert_eq!(table.len(), rows_written(TABLE), "a row does not parse");
        for row in &table {
            for word in parts(&row.words) {
                let shown = row.example.replace('*', word);
                let day = line(&shown).and_then(|line| line.day);
                let day = day.unwrap_or_else(|| panic!("{shown}"));
                match row.class {
                    Class::Month => {
                        assert_eq!((Some(day.month()), month(word)), (row.number, row.number));
                    }
                    Class::Weekday => {
                        let number = day.weekday().number_from_monday();
                        assert_eq!((Some(number), weekday(word)), (row.number, row.number));
                    }
                    Class::Around | Class::Zone => assert_eq!(day.to_string(), "2016-06-20"),
                }
            }
        }
    }
}
