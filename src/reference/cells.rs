//! Cells read as what their column holds; what cannot be read becomes a fault that says what to
//! write instead.

use crate::number::{Decimal, Exact, numeral};
use crate::reference::date::PartialDate;
use crate::reference::fault::{TableFault, nearest};
use crate::reference::table::{Cell, Column, Shape, Table, Text};
use crate::reference::vocabulary::Vocabulary;
use crate::segment::Tokens;
use crate::text::{At, Span};
use std::borrow::Cow;

/// With more faults than this, no names are guessed any more.
const GUESSES: usize = 100;

/// A row of a table on its way to become something.
#[derive(Debug)]
pub(crate) struct Row<'r, 'a> {
    table: &'r Table<'a>,
    line: usize,
    cells: &'r [Cell],
    faults: &'r mut Vec<TableFault>,
    sound: bool,
}

impl<'r, 'a> Row<'r, 'a> {
    pub(crate) fn new(
        table: &'r Table<'a>,
        line: usize,
        cells: &'r [Cell],
        faults: &'r mut Vec<TableFault>,
    ) -> Self {
        Self { table, line, cells, faults, sound: true }
    }

    /// The line it starts on, from 1.
    pub(crate) fn line(&self) -> usize {
        self.line
    }

    /// The byte it starts at.
    pub(crate) fn start(&self) -> usize {
        let first = self.cells.first().map_or(0, |cell| cell.start);
        let before = first.checked_sub(1);
        let marked = before.and_then(|at| self.table.text.as_bytes().get(at)) == Some(&b'"');
        if marked { first - 1 } else { first }
    }

    /// The table it stands in.
    pub(crate) fn table(&self) -> &'r Table<'a> {
        self.table
    }

    /// Whether no fault was found in it so far.
    pub(crate) fn is_sound(&self) -> bool {
        self.sound
    }

    /// Notes what is wrong with a cell.
    pub(crate) fn fault(&mut self, column: Column, message: String, help: String) {
        let at = self.at(column);
        self.faults.push(TableFault::new(at, message, help).leaving_out());
        self.sound = false;
    }

    /// The name among `known` that `name` is most likely a slip of. Where most of a table is
    /// wrong, guessing at every cell would take long and help nobody.
    pub(crate) fn nearest<'n>(
        &self,
        name: &str,
        known: impl Iterator<Item = &'n str>,
    ) -> Option<&'n str> {
        if self.table.guesses && self.faults.len() < GUESSES { nearest(name, known) } else { None }
    }

    /// Where a cell stands; the start of the row for a column that is not there.
    pub(crate) fn at(&self, column: Column) -> At {
        match self.cell(column).or(self.cells.first().filter(|_| column.0.is_none())) {
            Some(cell) => self.table.at(cell.start, cell.end),
            None => self.table.at(0, 0),
        }
    }

    fn cell(&self, column: Column) -> Option<&'r Cell> {
        self.cells.get(column.0?)
    }

    /// A cell's text; empty where there is no such column.
    pub(crate) fn text(&self, column: Column) -> Cow<'a, str> {
        let Some(cell) = self.cell(column) else { return Cow::Borrowed("") };
        let text = self.table.text.get(cell.start..cell.end).unwrap_or_default();
        if cell.shape == Shape::Doubled {
            Cow::Owned(text.replace("\"\"", "\""))
        } else {
            Cow::Borrowed(text)
        }
    }

    /// A cell's text, to be kept.
    pub(crate) fn kept(&self, column: Column) -> Text {
        match self.text(column) {
            Cow::Borrowed(text) => (self.table.keep)(text),
            Cow::Owned(text) => Cow::Owned(text),
        }
    }

    /// A cell's text, to be kept; empty is a fault.
    pub(crate) fn filled(&mut self, column: Column) -> Text {
        self.need(column);
        self.kept(column)
    }

    /// The parts of a cell between `separator`s, to be kept.
    pub(crate) fn list(&self, column: Column, separator: char) -> Vec<Text> {
        fn parts(cell: &str, separator: char) -> impl Iterator<Item = &str> {
            cell.split(separator).map(str::trim).filter(|part| !part.is_empty())
        }
        match self.text(column) {
            Cow::Borrowed("") => Vec::new(),
            Cow::Borrowed(text) => parts(text, separator).map(self.table.keep).collect(),
            Cow::Owned(text) => {
                parts(&text, separator).map(|part| Cow::Owned(part.to_owned())).collect()
            }
        }
    }

    /// Notes a fault if the cell is empty.
    pub(crate) fn need(&mut self, column: Column) {
        if self.cell(column).is_none_or(|cell| cell.start == cell.end) {
            let title = column.0.map_or("", |i| self.table.title(i));
            let help = format!("give the row a `{title}`, or take it out");
            self.fault(column, format!("the row has no `{title}`"), help);
        }
    }

    /// The word of a closed vocabulary that the cell holds, if it holds any.
    pub(crate) fn word<T: Vocabulary>(&mut self, column: Column) -> Option<T> {
        let text = self.text(column);
        if text.is_empty() { None } else { self.known_word(column, &text) }
    }

    /// The word of a closed vocabulary that the cell holds; empty is a fault.
    pub(crate) fn needed_word<T: Vocabulary>(&mut self, column: Column) -> Option<T> {
        self.need(column);
        self.word(column)
    }

    /// The words of a closed vocabulary that the cell holds between `|`.
    pub(crate) fn words<T: Vocabulary>(&mut self, column: Column) -> Vec<T> {
        let parts = self.list(column, '|');
        parts.iter().filter_map(|part| self.known_word(column, part)).collect()
    }

    fn known_word<T: Vocabulary>(&mut self, column: Column, text: &str) -> Option<T> {
        let found = T::named(text);
        if found.is_none() {
            let title = column.0.map_or("", |i| self.table.title(i));
            let help = match self.nearest(text, T::NAMES.iter().copied()) {
                Some(near) => format!("write `{near}`"),
                None => format!("write one of: {}", T::NAMES.join(", ")),
            };
            self.fault(column, format!("`{text}` is no `{title}`"), help);
        }
        found
    }

    /// Whether the cell says `yes`; empty is no.
    pub(crate) fn yes(&mut self, column: Column) -> bool {
        let text = self.text(column);
        if !matches!(&*text, "" | "no" | "yes") {
            self.fault(column, format!("`{text}` is neither yes nor no"), "write yes or no".into());
        }
        text == "yes"
    }

    /// The date that the cell holds, if any.
    pub(crate) fn date(&mut self, column: Column) -> Option<PartialDate> {
        let text = self.text(column);
        let date = PartialDate::parse(&text);
        if date.is_none() && !text.is_empty() {
            let dashed = PartialDate::parse(&text.replace(['/', '.'], "-"));
            let help = match dashed {
                Some(date) => format!("write {date}"),
                None => "write year-month-day as 2022-02-24, or 2022-02, or 2022".to_owned(),
            };
            self.fault(column, format!("`{text}` is no date"), help);
        }
        date
    }

    /// The number that the cell holds, if any, and how finely it is written.
    pub(crate) fn number(&mut self, column: Column) -> Option<Exact> {
        let text = self.text(column);
        let plain = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
        let number = text.parse::<Decimal>().ok().filter(|_| plain);
        if number.is_none() && !text.is_empty() {
            let help = match meant(&text) {
                Some(value) => format!("write {value}: digits alone, the unit in its own column"),
                None => "write digits, with a point before decimals".to_owned(),
            };
            self.fault(column, format!("`{text}` is no plain number"), help);
        }
        number.map(|value| Exact { value, step: Decimal::new(1, value.scale()) })
    }

    /// The whole number that the cell holds; `write` says which ones it may be.
    pub(crate) fn whole<T: TryFrom<u64>>(&mut self, column: Column, write: &str) -> Option<T> {
        let number = self.needed_number(column)?;
        let whole = number.as_whole().and_then(|whole| T::try_from(whole).ok());
        if whole.is_none() {
            let message = format!("`{}` is out of reach", number.value);
            self.fault(column, message, format!("write {write}"));
        }
        whole
    }

    /// The number that the cell holds; empty is a fault.
    pub(crate) fn needed_number(&mut self, column: Column) -> Option<Exact> {
        self.need(column);
        self.number(column)
    }
}

/// The number that people would read where digits alone are wanted: `1,234`, `€650 million`.
fn meant(text: &str) -> Option<Decimal> {
    let mut tokens = Tokens::new();
    tokens.read(text, Span::new(0, text.len()));
    let found = (0..tokens.len()).find_map(|i| numeral(&tokens, text, i))?;
    let one = found.other.is_none() && found.end + 1 >= tokens.len();
    found.exact().filter(|_| one).map(|exact| exact.value.normalize())
}

#[cfg(test)]
mod tests {
    use super::{Row, meant};
    use crate::reference::date::PartialDate;
    use crate::reference::fault::TableFault;
    use crate::reference::table::{Column, Table};
    use crate::reference::vocabulary::{Aspect, Indicator};
    use crate::text::SourceId;
    use std::borrow::Cow;

    /// What `read` makes of the one cell of a table, and the faults in it.
    fn cell<T>(
        text: &str,
        mut read: impl FnMut((&mut Row<'_, '_>, Column)) -> T,
    ) -> (T, Vec<TableFault>) {
        let text = format!("other,cell\nx,{text}\n");
        let keep = |s: &str| Cow::Owned(s.to_owned());
        let table = Table::open("t.csv".into(), SourceId::FIRST, &text, keep).unwrap();
        let (mut found, mut faults) = (None, Vec::new());
        table.each(&mut faults, |row| {
            found = Some(read((row, Column(Some(1)))));
            assert_eq!(row.line(), 2);
        });
        (found.unwrap(), faults)
    }

    #[track_caller]
    fn check_fault(faults: &[TableFault], message: &str, help: &str) {
        let [fault] = faults else { panic!("{faults:?}") };
        assert_eq!(fault.message, message);
        assert_eq!(fault.help, help);
    }

    #[test]
    fn numbers_are_digits_alone() {
        let (number, faults) = cell("3.50", |(row, column)| row.number(column).unwrap());
        assert_eq!(
            (number.value.to_string(), number.step.to_string()),
            ("3.50".into(), "0.01".into())
        );
        assert_eq!(faults, []);
        assert_eq!(cell("", |(row, column)| row.number(column)).0, None);
        let faults = cell("\"1,234\"", |(row, column)| row.number(column)).1;
        let help = "write 1234: digits alone, the unit in its own column";
        check_fault(&faults, "`1,234` is no plain number", help);
        let faults = cell("$650 million", |(row, column)| row.number(column)).1;
        let help = "write 650000000: digits alone, the unit in its own column";
        check_fault(&faults, "`$650 million` is no plain number", help);
        let faults = cell("n/a", |(row, column)| row.number(column)).1;
        let help = "write digits, with a point before decimals";
        check_fault(&faults, "`n/a` is no plain number", help);
        let faults = cell("", |(row, column)| row.needed_number(column)).1;
        check_fault(&faults, "the row has no `cell`", "give the row a `cell`, or take it out");
        for text in ["1e6", "+5", "1_000", "-", "."] {
            assert_eq!(cell(text, |(row, column)| row.number(column)).1.len(), 1, "{text}");
        }
    }

    #[test]
    fn a_meant_number_is_offered_only_if_it_is_sure() {
        assert_eq!(meant("48 of 120"), None);
        assert_eq!(meant("14 000").map(|v| v.to_string()).as_deref(), Some("14000"));
    }

    #[test]
    fn whole_numbers_fit_their_type() {
        let rank = |text: &str| cell(text, |(row, column)| row.whole::<u8>(column, "1, 2 or 3"));
        assert_eq!(rank("3").0, Some(3));
        check_fault(&rank("256").1, "`256` is out of reach", "write 1, 2 or 3");
        check_fault(&rank("1.5").1, "`1.5` is out of reach", "write 1, 2 or 3");
        check_fault(&rank("-1").1, "`-1` is out of reach", "write 1, 2 or 3");
    }

    #[test]
    fn dates_are_written_from_the_year_down() {
        let date = |text: &str| cell(text, |(row, column)| row.date(column));
        assert_eq!(date("2022-02").0, PartialDate::parse("2022-02"));
        check_fault(&date("2022/02/24").1, "`2022/02/24` is no date", "write 2022-02-24");
        let help = "write year-month-day as 2022-02-24, or 2022-02, or 2022";
        check_fault(&date("24.02.2022").1, "`24.02.2022` is no date", help);
    }

    #[test]
    fn words_are_of_their_vocabulary() {
        let (aspects, faults) =
            cell("pledged | approved", |(row, column)| row.words::<Aspect>(column));
        assert_eq!((aspects, faults), (vec![Aspect::Pledged, Aspect::Approved], Vec::new()));
        let faults = cell("kiled", |(row, column)| row.word::<Indicator>(column)).1;
        check_fault(&faults, "`kiled` is no `cell`", "write `killed`");
        let faults = cell("maybe", |(row, column)| row.yes(column)).1;
        check_fault(&faults, "`maybe` is neither yes nor no", "write yes or no");
    }

    #[test]
    fn doubled_quotation_marks_are_read_as_one() {
        let (parts, faults) = cell("\"a \"\"b\"\"|c\"", |(row, column)| row.list(column, '|'));
        assert_eq!(faults, []);
        assert_eq!(parts, ["a \"b\"", "c"]);
    }
}
