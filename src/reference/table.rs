//! CSV tables in which every cell knows where it stands.
//!
//! Cells are slices of the text, and a row is read when its turn comes: nothing is copied, and the
//! place of a cell is never searched for. A test holds this reader to what the `csv` crate reads.

use crate::reference::cells::Row;
use crate::reference::error::Error;
use crate::reference::fault::{TableFault, nearest};
use crate::text::{At, SourceId, Span};
use memchr::{memchr, memchr_iter, memchr3};
use std::borrow::Cow;
use std::sync::Arc;

/// A text of a table: a slice of a built-in one, or a copy out of any other.
pub type Text = Cow<'static, str>;

/// Takes a slice of a table over, so that it may outlive the table.
pub(crate) type Keep<'a> = fn(&'a str) -> Text;

/// How a cell is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Its text stands there as it is.
    Plain,
    /// Between quotation marks, with doubled ones inside.
    Doubled,
    /// Something follows its closing quotation mark.
    Trailing,
    /// Its quotation mark is never closed.
    Unclosed,
}

/// The place of a cell's text, without its quotation marks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cell {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) shape: Shape,
}

/// A column of a table, or of one that the table does without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Column(pub(crate) Option<usize>);

/// How a table is read, without its text.
#[derive(Debug, Clone)]
pub(crate) struct Head {
    name: Text,
    pub(crate) source: SourceId,
    header: Arc<[Cell]>,
    delimiter: u8,
}

/// A table: its column names, and its rows still to be read.
#[derive(Debug, Clone)]
pub(crate) struct Table<'a> {
    pub(crate) name: Text,
    pub(crate) source: SourceId,
    pub(crate) text: &'a str,
    pub(crate) keep: Keep<'a>,
    /// Whether what a wrong name most likely stands for is worth looking for.
    pub(crate) guesses: bool,
    header: Arc<[Cell]>,
    body: Cursor<'a>,
}

impl<'a> Table<'a> {
    /// Reads the first line, which names the columns. Rows are cut at commas, or at the semicolons
    /// or tabs that the first line has more of.
    pub(crate) fn open(
        name: Text,
        source: SourceId,
        text: &'a str,
        keep: Keep<'a>,
    ) -> Result<Self, Error> {
        Self::open_at(name, source, text, keep, (1, None))
    }

    /// The same, where the line that names the columns is not the first (it counts from 1), or the
    /// sign between cells is known.
    pub(crate) fn open_at(
        name: Text,
        source: SourceId,
        text: &'a str,
        keep: Keep<'a>,
        (line, delimiter): (usize, Option<u8>),
    ) -> Result<Self, Error> {
        let before = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
        let rest = text.get(before..).unwrap_or_default();
        let first = rest.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        let count = |sign: u8| first.bytes().filter(|byte| *byte == sign).count();
        let delimiter = delimiter.unwrap_or_else(|| {
            let signs = [b';', b'\t'].into_iter();
            signs.fold(b',', |best, sign| if count(sign) > count(best) { sign } else { best })
        });
        let mut body = Cursor { text, at: before, line, delimiter, cells: Vec::new() };
        if body.record().is_none() {
            return Err(Error::NoHeader { path: name.into_owned() });
        }
        let header = body.cells.as_slice().into();
        Ok(Self { name, source, text, keep, guesses: true, header, body })
    }

    /// How it is read.
    pub(crate) fn head(&self) -> Head {
        Head {
            name: self.name.clone(),
            source: self.source,
            header: Arc::clone(&self.header),
            delimiter: self.body.delimiter,
        }
    }

    /// The table that is read that way, over its text.
    pub(crate) fn over(head: &Head, text: &'a str, keep: Keep<'a>) -> Self {
        let Head { name, source, header, delimiter } = head.clone();
        let body = Cursor { text, at: 0, line: 1, delimiter, cells: Vec::new() };
        Self { name, source, text, keep, guesses: false, header, body }
    }

    /// Reads the one row that starts at byte `at` and on `line`.
    pub(crate) fn one<T>(
        self,
        at: usize,
        line: usize,
        read: impl FnOnce(&mut Row<'_, 'a>) -> T,
    ) -> T {
        let mut row = Cursor { at, line, ..self.body.clone() };
        row.record();
        read(&mut Row::new(&self, line, &row.cells, &mut Vec::new()))
    }

    /// The table in parts of about `size` bytes, cut between rows.
    pub(crate) fn parts(&self, size: usize) -> Vec<Self> {
        let Cursor { text, at, line, delimiter, .. } = self.body;
        let mut parts = Vec::new();
        let (mut start, mut line) = (at, line);
        for end in cuts(text, at, delimiter, size) {
            let part = text.get(..end).unwrap_or(text);
            let body = Cursor { text: part, at: start, line, delimiter, cells: Vec::new() };
            parts.push(Self { guesses: parts.is_empty(), body, ..self.clone() });
            let within = text.as_bytes().get(start..end).unwrap_or_default();
            line += memchr_iter(b'\n', within).count();
            start = end;
        }
        parts
    }

    /// The column of that name, if the table has it.
    pub(crate) fn column(&self, name: &str) -> Column {
        Column((0..self.header.len()).find(|i| self.title(*i).eq_ignore_ascii_case(name)))
    }

    /// The column of that name, without which the table is of no use.
    pub(crate) fn needs(&self, name: &'static str) -> Result<Column, Error> {
        let column = self.column(name);
        if column.0.is_some() {
            return Ok(column);
        }
        let titles = (0..self.header.len()).map(|i| self.title(i));
        let nearest = nearest(name, titles).map(str::to_owned);
        Err(Error::NoColumn { path: self.name.clone().into_owned(), column: name, nearest })
    }

    /// The name of column `i`.
    pub(crate) fn title(&self, i: usize) -> &'a str {
        let cell = self.header.get(i).map_or(0..0, |cell| cell.start..cell.end);
        self.text.get(cell).unwrap_or_default()
    }

    /// All columns, with their names and where those stand.
    pub(crate) fn columns(&self) -> impl Iterator<Item = (Column, &'a str, At)> {
        let one = |(i, cell): (usize, &Cell)| {
            (Column(Some(i)), self.title(i), self.at(cell.start, cell.end))
        };
        self.header.iter().enumerate().map(one)
    }

    /// The cell at that line and place in it, both from 1, wherever the column names stand.
    pub(crate) fn cell_at(&self, line: usize, column: usize) -> Option<&'a str> {
        let start = self.text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
        let mut row = Cursor { at: start, line, cells: Vec::new(), ..self.body.clone() };
        row.record().filter(|found| *found == line)?;
        let cell = row.cells.get(column.checked_sub(1)?)?;
        self.text.get(cell.start..cell.end)
    }

    /// A place in the table.
    pub(crate) fn at(&self, start: usize, end: usize) -> At {
        At { source: self.source, span: Span::new(start, end) }
    }

    /// Columns with a name that is nearly one of `known`: the slip would go unseen, for other
    /// columns are free.
    pub(crate) fn slips(&self, known: &[&str], faults: &mut Vec<TableFault>) {
        for (i, cell) in self.header.iter().enumerate() {
            let title = self.title(i);
            if known.iter().any(|name| name.eq_ignore_ascii_case(title)) {
                continue;
            }
            let missing = known.iter().copied().filter(|name| self.column(name).0.is_none());
            if let Some(near) = nearest(title, missing) {
                let at = self.at(cell.start, cell.end);
                let message = format!("`{title}` is no column that is read");
                faults.push(TableFault::new(at, message, format!("write `{near}`")));
            }
        }
    }

    /// Columns with the name of an earlier one: only the first of them is read.
    pub(crate) fn twins(&self, faults: &mut Vec<TableFault>) {
        for (i, title, at) in (0..).zip(self.columns()).map(|(i, (_, title, at))| (i, title, at)) {
            let earlier = self.column(title).0.is_some_and(|first| first < i);
            if earlier && !title.is_empty() {
                let message = format!("`{title}` is the name of two columns");
                faults.push(TableFault::new(at, message, "give one of the two another name"));
            }
        }
    }

    /// Hands every row to `read`. Blank rows are passed over, and rows that do not fit the first
    /// line are faults.
    pub(crate) fn each(
        &self,
        faults: &mut Vec<TableFault>,
        mut read: impl FnMut(&mut Row<'_, 'a>),
    ) {
        let mut body = self.body.clone();
        while let Some(line) = body.record() {
            if body.cells.iter().all(|cell| cell.start == cell.end) {
                continue;
            }
            match self.misfit(&body.cells) {
                Some(fault) => faults.push(fault),
                None => read(&mut Row::new(self, line, &body.cells, faults)),
            }
        }
    }

    fn misfit(&self, cells: &[Cell]) -> Option<TableFault> {
        let fault = |cell: &Cell, message: String, help: &str| {
            let at = self.at(cell.start, cell.end);
            Some(TableFault::new(at, message, help).leaving_out())
        };
        for cell in cells {
            match cell.shape {
                Shape::Plain | Shape::Doubled => {}
                Shape::Unclosed => {
                    let text = self.text.get(cell.start..cell.end).unwrap_or_default();
                    let first_line = text.lines().next().unwrap_or_default().len();
                    let opened = Cell { end: cell.start + first_line, ..*cell };
                    let message = "the quotation mark before it is never closed".to_owned();
                    return fault(&opened, message, "close it, or take it out");
                }
                Shape::Trailing => {
                    let message = "something follows the closing quotation mark".to_owned();
                    return fault(cell, message, "double every quotation mark inside a cell");
                }
            }
        }
        let (found, expected) = (cells.len(), self.header.len());
        if found == expected {
            return None;
        }
        let last = cells.get(expected.min(found).saturating_sub(1))?;
        let message = format!("the row has {found} cells where the first line has {expected}");
        let more = "put a cell that has a comma in it between quotation marks";
        fault(
            last,
            message,
            if found > expected { more } else { "leave a cell empty, but not out" },
        )
    }
}

/// Where a text may be cut from byte `from` on: behind line ends outside of quotation marks, about
/// every `size` bytes, and at its end.
fn cuts(text: &str, from: usize, delimiter: u8, size: usize) -> Vec<usize> {
    let bytes = text.as_bytes();
    let find = |sign: u8, at: usize| {
        memchr(sign, bytes.get(at..).unwrap_or_default()).map_or(bytes.len(), |found| at + found)
    };
    // A mark opens a cell only at the cell's start; else it is one of its signs.
    let opens = |mark: usize| {
        let before = mark.checked_sub(1).and_then(|at| bytes.get(at));
        before.is_none_or(|sign| *sign == delimiter || matches!(sign, b'\n' | b'\r'))
    };
    let (mut cuts, mut mark) = (Vec::new(), find(b'"', from));
    let mut wanted = from + size;
    while wanted < bytes.len() {
        let mut end = find(b'\n', wanted) + 1;
        while mark < end.min(bytes.len()) {
            let mut behind = mark + 1;
            if opens(mark) {
                behind = find(b'"', behind) + 1;
                while bytes.get(behind) == Some(&b'"') {
                    behind = find(b'"', behind + 1) + 1;
                }
                if behind > end {
                    end = find(b'\n', behind) + 1;
                }
            }
            mark = find(b'"', behind);
        }
        cuts.push(end.min(bytes.len()));
        wanted = end + size;
    }
    if cuts.last().is_none_or(|last| *last < bytes.len()) {
        cuts.push(bytes.len());
    }
    cuts
}

/// What follows a cell.
enum Next {
    Cell,
    Row,
}

/// Reads a text row by row.
#[derive(Debug, Clone)]
struct Cursor<'a> {
    text: &'a str,
    at: usize,
    line: usize,
    delimiter: u8,
    cells: Vec<Cell>,
}

impl Cursor<'_> {
    /// Reads the next row into `cells`; returns its line, from 1.
    fn record(&mut self) -> Option<usize> {
        while let Some(byte @ (b'\n' | b'\r')) = self.byte() {
            self.line += usize::from(byte == b'\n');
            self.at += 1;
        }
        self.byte()?;
        let line = self.line;
        self.cells.clear();
        loop {
            let quoted = self.byte() == Some(b'"');
            if let Next::Row = if quoted { self.quoted() } else { self.bare() } {
                return Some(line);
            }
        }
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn rest(&self) -> &[u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// Goes on behind the next delimiter or line's end; returns where that stands.
    fn pass(&mut self) -> (usize, Next) {
        let rest = self.rest();
        let end = self.at + memchr3(self.delimiter, b'\n', b'\r', rest).unwrap_or(rest.len());
        self.at = end;
        let Some(byte) = self.byte() else { return (end, Next::Row) };
        self.at += 1;
        self.line += usize::from(byte == b'\n');
        (end, if byte == self.delimiter { Next::Cell } else { Next::Row })
    }

    fn bare(&mut self) -> Next {
        let start = self.at;
        let (end, next) = self.pass();
        let bytes = self.text.as_bytes().get(start..end).unwrap_or_default();
        let left = bytes.iter().take_while(|byte| **byte == b' ').count();
        let right = bytes.iter().skip(left).rev().take_while(|byte| **byte == b' ').count();
        self.cells.push(Cell { start: start + left, end: end - right, shape: Shape::Plain });
        next
    }

    fn quoted(&mut self) -> Next {
        let start = self.at + 1;
        self.at = start;
        let mut shape = Shape::Plain;
        loop {
            let Some(mark) = memchr(b'"', self.rest()) else {
                self.at = self.text.len();
                self.cells.push(Cell { start, end: self.at, shape: Shape::Unclosed });
                return Next::Row;
            };
            self.at += mark + 1;
            if self.byte() != Some(b'"') {
                break;
            }
            self.at += 1;
            shape = Shape::Doubled;
        }
        let end = self.at - 1;
        let within = self.text.as_bytes().get(start..end).unwrap_or_default();
        self.line += memchr_iter(b'\n', within).count();
        let (behind, next) = self.pass();
        let blank = self.text.get(end + 1..behind).unwrap_or_default().trim().is_empty();
        let (end, shape) = if blank { (end, shape) } else { (behind, Shape::Trailing) };
        self.cells.push(Cell { start, end, shape });
        next
    }
}

#[cfg(test)]
mod tests {
    use super::Table;
    use crate::reference::builtin::BUILTIN;
    use crate::reference::fault::TableFault;
    use crate::text::{Source, SourceId, Sources};
    use std::borrow::Cow;

    fn read(text: &str) -> (Vec<Vec<String>>, Vec<TableFault>) {
        let keep = |s: &str| Cow::Owned(s.to_owned());
        let table = Table::open("t.csv".into(), SourceId::FIRST, text, keep).unwrap();
        let (mut rows, mut faults) = (Vec::new(), Vec::new());
        table.each(&mut faults, |row| {
            let columns = (0..table.header.len()).map(|i| super::Column(Some(i)));
            rows.push(columns.map(|column| row.text(column).into_owned()).collect());
        });
        (rows, faults)
    }

    fn read_by_csv(text: &str) -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
        let records = reader.records().map(|record| record.unwrap());
        records.map(|record| record.iter().map(str::to_owned).collect()).collect()
    }

    #[test]
    fn reads_what_the_csv_crate_reads() {
        for (name, text) in BUILTIN {
            let (rows, faults) = read(text);
            assert_eq!(faults, [], "{name}");
            assert_eq!(rows, read_by_csv(text), "{name}");
        }
        for text in [
            "a,b\n1,2",
            "a,b\r\n1,\r\n\r\n,2\r\n",
            "a,b\n\"1,\n\"\"2\"\"\",\"\"\n\"\",x\n",
            "a\n\"1\"\n\n2\n",
            "a,b,\n1,2,\n",
            "å,b\n“1”,é \"x\"y\n",
        ] {
            let (rows, faults) = read(text);
            assert_eq!(faults, [], "{text}");
            let expected: Vec<_> = read_by_csv(text);
            let filled = expected.into_iter().filter(|row| row.iter().any(|c| !c.is_empty()));
            assert_eq!(rows, filled.collect::<Vec<_>>(), "{text}");
        }
    }

    #[test]
    fn parts_are_the_whole() {
        let text = "a,b\n1,2\n\"x\ny\",\"\"\"\n,\"\n5\" pipe,6\n\"7\nseven\",8\r\n9,10";
        let keep = |s: &str| Cow::Owned(s.to_owned());
        let table = Table::open("t.csv".into(), SourceId::FIRST, text, keep).unwrap();
        let whole = read(text).0;
        for size in 1..text.len() + 2 {
            let (mut rows, mut lines) = (Vec::new(), Vec::new());
            for part in table.parts(size) {
                part.each(&mut Vec::new(), |row| {
                    let columns = (0..2).map(|i| super::Column(Some(i)));
                    rows.push(columns.map(|column| row.text(column).into_owned()).collect());
                    lines.push((row.start(), row.line()));
                });
            }
            let rows: Vec<Vec<String>> = rows;
            assert_eq!(rows, whole, "{size}");
            for ((start, line), cells) in lines.into_iter().zip(&whole) {
                let first = table.clone().one(start, line, |row| row.text(super::Column(Some(0))));
                assert_eq!(first, cells[0], "{size}");
            }
        }
        assert!(table.parts(1).len() > 3);
    }

    #[test]
    fn semicolons_and_tabs_part_cells_where_the_first_line_has_them() {
        assert_eq!(read("a;b\n1,5;x").0, [["1,5", "x"]]);
        assert_eq!(read("a\tb\n1\tx").0, [["1", "x"]]);
        assert_eq!(read("a,b\nx;y;z,1").0, [["x;y;z", "1"]]);
    }

    #[track_caller]
    fn check(text: &str, place: (usize, usize), message: &str) {
        let mut sources = Sources::new();
        let id = sources.add(Source::new("t.csv", text));
        let faults = read(text).1;
        let [fault] = &faults[..] else { panic!("{faults:?}") };
        assert!(sources.holds(fault.at));
        assert_eq!(sources.get(id).line_column(fault.at.span.start()), place, "{fault:?}");
        assert!(fault.message.contains(message), "{}", fault.message);
    }

    #[test]
    fn rows_that_do_not_fit_are_faults() {
        check("a,b\n1,2\n1,234,5\n", (3, 3), "has 3 cells where the first line has 2");
        check("a,b\n\n1\n", (3, 1), "has 1 cells");
        check("a,b\n1,\"2\n3,4\n", (2, 4), "never closed");
        check("a,b\n\"x\ny\",2\n\"1\"2,3\n", (4, 2), "follows the closing");
    }

    #[test]
    fn lines_count_through_quoted_cells() {
        let text = "a,b\n\"x\ny\",2\r\n\r\n3,4\n";
        let keep = |s: &str| Cow::Owned(s.to_owned());
        let table = Table::open("t.csv".into(), SourceId::FIRST, text, keep).unwrap();
        let mut lines = Vec::new();
        table.each(&mut Vec::new(), |row| lines.push(row.line()));
        assert_eq!(lines, [2, 5]);
    }

    #[test]
    fn column_names_that_slipped_are_named() {
        let keep = |s: &str| Cow::Owned(s.to_owned());
        let text = "As_Of,publishd,topic\n";
        let table = Table::open("t.csv".into(), SourceId::FIRST, text, keep).unwrap();
        let mut faults = Vec::new();
        table.slips(&["as_of", "published", "note"], &mut faults);
        let [fault] = &faults[..] else { panic!("{faults:?}") };
        assert_eq!(fault.at.span.of(text), "publishd");
        assert_eq!(fault.help, "write `published`");
        assert!(table.needs("as_of").is_ok());
        let error = table.needs("published").unwrap_err();
        assert_eq!(error.help().unwrap(), "call the column `publishd` `published`");
    }
}
