//! What a CSV of unknown form looks like: where its column names stand, and what each column holds.

use crate::reference::catalog::Catalog;
use crate::reference::date::PartialDate;
use crate::reference::foreign_date::Format;
use crate::reference::plan::Digits;
use csv::{ReaderBuilder, StringRecord};
use std::collections::BTreeMap;

/// Signs that part cells.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// How many rows are looked at.
const ROWS: usize = 2000;

/// Words that people write where there is no value.
const NOTHING: &[&str] = &[
    "..",
    ". .",
    "...",
    "-",
    "–",
    "—",
    "n/a",
    "N/A",
    "NA",
    "na",
    "NaN",
    "nan",
    "#N/A",
    "null",
    "NULL",
    "None",
    "xxx",
    "x",
    ":",
    "n.a.",
    "not available",
    "missing",
    "unknown",
];

/// Ways to write dates, and how they read to people. Of two that both fit, neither is taken.
const FORMATS: &[&str] = &[
    "%d.%m.%Y",
    "%d.%m.%y",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d/%m/%y",
    "%m/%d/%y",
    "%d-%m-%Y",
    "%Y/%m/%d",
    "%Y%m%d",
    "%d %B %Y",
    "%d %b %Y",
    "%B %d, %Y",
    "%b %d, %Y",
    "%B %Y",
    "%b %Y",
    "%Y [YR%Y]",
];

/// What a column's cells are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Holds {
    /// Nothing at all.
    Nothing,
    /// Dates, written in one of these ways.
    Dates(Vec<Format>),
    /// Years, which are numbers too.
    Years,
    Numbers,
    /// Names or codes of countries, bodies or forces.
    Entities,
    /// Names of places that are no country.
    Places,
    Words,
}

/// A column.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub(crate) title: String,
    pub(crate) holds: Holds,
    /// How many of a hundred of its cells name an entity.
    pub(crate) known: usize,
    /// Its different cells, and in how many rows each is.
    pub(crate) cells: BTreeMap<String, usize>,
}

impl Seen {
    /// Whether one of the words of its title is one of these.
    pub(crate) fn is_called(&self, words: &[&str]) -> bool {
        words_of(&self.title).iter().any(|word| words.contains(&word.as_str()))
    }

    /// The words in it that say that there is no value.
    pub(crate) fn nothings(&self) -> Vec<&str> {
        self.cells.keys().map(String::as_str).filter(|cell| NOTHING.contains(cell)).collect()
    }
}

/// A table.
#[derive(Debug, Clone)]
pub(crate) struct Look {
    pub(crate) delimiter: u8,
    /// The line of the column names, from 1.
    pub(crate) header_row: usize,
    pub(crate) columns: Vec<Seen>,
    /// A cell above the column names that is a date: its line, its place in it, and the date.
    pub(crate) released: Option<(usize, usize, String)>,
    pub(crate) decimal: char,
    pub(crate) group: Option<char>,
    /// Rows below the column names that were looked at.
    pub(crate) rows: usize,
}

impl Look {
    /// Looks at a text; nothing where it has no table in it.
    pub(crate) fn at(text: &str, catalog: &Catalog) -> Option<Self> {
        let tables = DELIMITERS.map(|delimiter| (delimiter, records(text, delimiter)));
        let (delimiter, all) = tables.into_iter().max_by_key(|(_, all)| {
            let width = usual_width(all);
            (width > 1, all.iter().filter(|(_, row)| row.len() == width).count() * width)
        })?;
        let width = usual_width(&all);
        let at = all.iter().position(|(_, row)| row.len() == width)?;
        let (above, rest) = all.split_at(at);
        let ((header_row, header), rows) = rest.split_first()?;
        let rows: Vec<_> =
            rows.iter().map(|(_, row)| row).filter(|row| row.len() == width).collect();
        let (decimal, group) = signs(&rows);
        let digits = Digits { decimal, group };
        let column = |(i, title): (usize, &str)| {
            let mut cells = BTreeMap::new();
            for row in &rows {
                *cells.entry(row.get(i).unwrap_or_default().trim().to_owned()).or_insert(0) += 1;
            }
            cells.remove("");
            let holds = holds(&cells, &digits, catalog);
            let known = if holds == Holds::Entities { known(&cells, catalog) } else { 0 };
            Seen { title: title.trim().to_owned(), holds, known, cells }
        };
        Some(Self {
            delimiter,
            header_row: *header_row,
            columns: header.iter().enumerate().map(column).collect(),
            released: above.iter().find_map(|(line, row)| released(*line, row)),
            decimal,
            group,
            rows: rows.len(),
        })
    }

    /// The column of that name.
    pub(crate) fn column(&self, title: &str) -> Option<&Seen> {
        self.columns.iter().find(|column| column.title.eq_ignore_ascii_case(title))
    }
}

fn records(text: &str, delimiter: u8) -> Vec<(usize, StringRecord)> {
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    // The reader's place is that before the blank lines above a row.
    let line = |row: &StringRecord| {
        let place = row.position().map(|at| (usize::try_from(at.byte()), at.line()));
        let (Some((Ok(byte), line)), bytes) = (place, text.as_bytes()) else { return 1 };
        let behind = bytes.get(byte..).unwrap_or_default().iter();
        let blank = behind.take_while(|byte| matches!(byte, b'\n' | b'\r'));
        usize::try_from(line).unwrap_or(1) + blank.filter(|byte| **byte == b'\n').count()
    };
    let rows = reader.records().take(ROWS).map_while(Result::ok);
    rows.map(|row| (line(&row), row)).collect()
}

/// How many cells most rows have.
fn usual_width(rows: &[(usize, StringRecord)]) -> usize {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for (_, row) in rows {
        *counts.entry(row.len()).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(width, count)| (*count, *width)).map_or(0, |(width, _)| width)
}

fn released(line: usize, row: &StringRecord) -> Option<(usize, usize, String)> {
    let dated = |cell: &str| Format::Ours.date(cell).is_some_and(PartialDate::is_day);
    let at = row.iter().position(dated)?;
    Some((line, at + 1, row.get(at)?.to_owned()))
}

/// The signs before decimals and between thousands, as far as the cells tell.
fn signs(rows: &[&StringRecord]) -> (char, Option<char>) {
    let shaped = |cell: &str, group: char, decimal: char| {
        let body = cell.trim_start_matches('-');
        let (whole, part) = body.split_once(decimal).unwrap_or((body, ""));
        let mut groups = whole.split(group);
        let first = groups.next().unwrap_or_default();
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let rest: Vec<&str> = groups.collect();
        (1..=3).contains(&first.len())
            && digits(first)
            && digits(part)
            && rest.iter().all(|group| group.len() == 3 && digits(group))
            && (rest.len() > 1 || !rest.is_empty() && body.contains(decimal))
    };
    let cells = || rows.iter().flat_map(|row| row.iter()).map(str::trim);
    let has = |group, decimal| cells().any(|cell| shaped(cell, group, decimal));
    for (group, decimal) in [(',', '.'), ('.', ','), (' ', '.'), (' ', ','), ('\u{a0}', ',')] {
        if has(group, decimal) {
            return (decimal, Some(group));
        }
    }
    // One comma with other than three digits behind it stands before decimals.
    let comma = |cell: &str| {
        let parts = cell.trim_start_matches('-').split_once(',');
        parts.is_some_and(|(whole, part)| {
            let digits =
                |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            digits(whole) && digits(part) && part.len() != 3
        })
    };
    if cells().any(comma) {
        return (',', None);
    }
    let thousands = |cell: &str| {
        let parts = cell.trim_start_matches('-').split_once(',');
        parts.is_some_and(|(whole, part)| {
            let digits =
                |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            digits(whole) && digits(part)
        })
    };
    ('.', cells().any(thousands).then_some(','))
}

/// How many of a hundred of the cells name an entity.
fn known(cells: &BTreeMap<String, usize>, catalog: &Catalog) -> usize {
    let found = cells.keys().filter(|cell| catalog.entity_called(cell).is_some()).count();
    found * 100 / cells.len().max(1)
}

fn holds(cells: &BTreeMap<String, usize>, digits: &Digits, catalog: &Catalog) -> Holds {
    let filled: Vec<&str> =
        cells.keys().map(String::as_str).filter(|cell| !NOTHING.contains(cell)).collect();
    if filled.is_empty() {
        return Holds::Nothing;
    }
    let all = |fits: &dyn Fn(&str) -> bool| filled.iter().all(|cell| fits(cell));
    let is_year = |cell: &str| {
        let year: Option<u32> = cell.strip_suffix(".0").unwrap_or(cell).parse().ok();
        cell.len() >= 4 && year.is_some_and(|year| (1500..=2150).contains(&year))
    };
    if all(&is_year) {
        return Holds::Years;
    }
    if all(&|cell| Format::Ours.date(cell).is_some()) {
        return Holds::Dates(vec![Format::Ours]);
    }
    let formats = FORMATS.iter().filter_map(|pattern| Format::read(pattern));
    let fitting: Vec<_> =
        formats.filter(|format| all(&|cell| format.date(cell).is_some())).collect();
    if !fitting.is_empty() {
        return Holds::Dates(fitting);
    }
    let share = |fits: &dyn Fn(&str) -> bool, percent: usize| {
        filled.iter().filter(|cell| fits(cell)).count() * 100 >= filled.len() * percent
    };
    if share(&|cell| digits.number(cell).is_some(), 90) {
        return Holds::Numbers;
    }
    if share(&|cell| catalog.entity_called(cell).is_some(), 50) {
        return Holds::Entities;
    }
    if share(&|cell| catalog.is_place(cell), 50) { Holds::Places } else { Holds::Words }
}

/// The words of a title or a key, in lower case.
pub(crate) fn words_of(title: &str) -> Vec<String> {
    let words = title.split(|sign: char| !sign.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::{Holds, Look};
    use crate::reference::Store;
    use crate::reference::foreign_date::Format;
    use crate::text::Sources;

    /// Delimiter, line of the names, decimals and groups, and what each column holds.
    #[track_caller]
    fn check(text: &str, shape: (u8, usize), signs: (char, Option<char>), holds: &[Holds]) {
        let look = Look::at(text, &Store::builtin(&mut Sources::new()).catalog).unwrap();
        assert_eq!((look.delimiter, look.header_row), shape, "{text}");
        assert_eq!((look.decimal, look.group), signs, "{text}");
        let found: Vec<_> = look.columns.into_iter().map(|column| column.holds).collect();
        assert_eq!(found, holds, "{text}");
    }

    #[test]
    fn a_table_tells_its_form() {
        let dates = |patterns: &[&str]| {
            Holds::Dates(patterns.iter().filter_map(|pattern| Format::read(pattern)).collect())
        };
        check(
            "Source;x\n\n\nLand;Jahr;Wert\nPoland;2020;1.234,5\nFrance;2021;7,5\n",
            (b';', 4),
            (',', Some('.')),
            &[Holds::Entities, Holds::Years, Holds::Numbers],
        );
        check(
            "a,b,c\n\"1,234\",n/a,25/12/2020\n12,3,24/12/2020\n",
            (b',', 1),
            ('.', Some(',')),
            &[Holds::Numbers, Holds::Numbers, dates(&["%d/%m/%Y"])],
        );
        check(
            "a|b\n01/02/2020|\n03/04/2020|\n",
            (b'|', 1),
            ('.', None),
            &[dates(&["%d/%m/%Y", "%m/%d/%Y"]), Holds::Nothing],
        );
    }
}
