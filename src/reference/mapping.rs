//! What the description of a foreign table may say, `x-mapping`: a closed set of keys, each with
//! its place, so that every slip is named where it stands.

use crate::reference::fault::TableFault;
use crate::reference::json::{Node, Word};
use crate::text::At;

/// The key of a resource under which its mapping stands.
pub(crate) const MAPPING: &str = "x-mapping";

/// How the cells of a foreign table make observations.
#[derive(Debug, Clone)]
pub(crate) struct Mapping {
    pub(crate) at: At,
    pub(crate) entity: Option<Slot>,
    pub(crate) place: Option<Slot>,
    pub(crate) indicator: Option<Slot>,
    pub(crate) subject: Option<Slot>,
    pub(crate) unit: Option<Slot>,
    /// The power of ten that values are times.
    pub(crate) scale: Option<Slot>,
    pub(crate) kind: Option<Slot>,
    pub(crate) status: Option<Slot>,
    pub(crate) bound: Option<Slot>,
    pub(crate) publisher: Option<Slot>,
    pub(crate) time: Option<Time>,
    /// The column of values, where each row has one.
    pub(crate) value: Option<Word>,
    /// The columns of values, where a row has several.
    pub(crate) measures: Vec<Measured>,
    /// The rows that are read; all without one.
    pub(crate) filters: Vec<Filter>,
    /// What stands in a cell that holds no value, beside nothing.
    pub(crate) missing: Vec<String>,
    /// Whether a zero stands for nothing known.
    pub(crate) drop_zero: bool,
    /// The sign before decimals, where that is no point.
    pub(crate) decimal: Option<Word>,
    /// The sign between groups of three digits.
    pub(crate) group: Option<Word>,
    pub(crate) period_start: Option<Word>,
    pub(crate) accumulate: Option<Accumulate>,
    pub(crate) published: Option<Published>,
    pub(crate) source_url: Option<Word>,
}

const KEYS: &[&str] = &[
    "entity",
    "place",
    "indicator",
    "subject",
    "unit",
    "scale",
    "kind",
    "status",
    "bound",
    "publisher",
    "time",
    "value",
    "measures",
    "where",
    "missing",
    "drop_zero",
    "decimal",
    "group",
    "period_start",
    "accumulate",
    "published",
    "source_url",
];

/// Where something is taken from: a column, or the same for all rows.
#[derive(Debug, Clone)]
pub(crate) enum Slot {
    Same(Word),
    Column {
        column: Word,
        /// The column that is read where the first says nothing that is known.
        other: Option<Word>,
        /// What the table's words stand for.
        map: Vec<(Word, Word)>,
    },
}

/// Where the day of a value is taken from.
#[derive(Debug, Clone)]
pub(crate) struct Time {
    /// Columns of the row: a date, or a year, a month and a day.
    pub(crate) columns: Vec<Word>,
    /// A pattern of column names that are dates themselves: a table that is wide by time.
    pub(crate) headers: Option<Word>,
    /// How dates are written, as in `%d.%m.%Y`, where the year does not come first.
    pub(crate) format: Option<Word>,
}

/// A column of values, and what is its own beside what holds for all.
#[derive(Debug, Clone)]
pub(crate) struct Measured {
    pub(crate) column: Word,
    pub(crate) indicator: Option<Slot>,
    pub(crate) subject: Option<Slot>,
    pub(crate) unit: Option<Slot>,
    pub(crate) scale: Option<Slot>,
    pub(crate) kind: Option<Slot>,
}

/// Rows that are passed over.
#[derive(Debug, Clone)]
pub(crate) struct Filter {
    pub(crate) column: Word,
    /// Rows with one of these are left out.
    pub(crate) not: Vec<String>,
    /// Rows with none of these are left out, if there is any.
    pub(crate) is: Vec<String>,
}

/// Running totals of what the rows add.
#[derive(Debug, Clone)]
pub(crate) struct Accumulate {
    pub(crate) kind: Word,
    pub(crate) from: Word,
}

/// When the table was published.
#[derive(Debug, Clone)]
pub(crate) enum Published {
    On(Word),
    /// The column that says it in each row.
    Column(Word),
    /// The cell that says it for the whole table: its line and its place in the line, from 1.
    Cell {
        at: At,
        row: usize,
        column: usize,
    },
}

impl Mapping {
    /// Reads a description. What cannot be read is named, and left out.
    pub(crate) fn read(node: &Node, faults: &mut Vec<TableFault>) -> Self {
        let mut reader = Reader { faults };
        node.keys(KEYS, reader.faults);
        let slots = ["entity", "place", "indicator", "subject", "unit", "scale", "kind", "status"];
        let [entity, place, indicator, subject, unit, scale, kind, status] =
            slots.map(|key| reader.slot(node.get(key)));
        Self {
            at: node.at,
            entity,
            place,
            indicator,
            subject,
            unit,
            scale,
            kind,
            status,
            bound: reader.slot(node.get("bound")),
            publisher: reader.slot(node.get("publisher")),
            time: node.get("time").map(|time| reader.time(time)),
            value: node.get("value").and_then(|value| reader.value(value)),
            measures: reader.each(node.get("measures"), Reader::measured),
            filters: reader.each(node.get("where"), Reader::filter),
            missing: reader.texts(node.get("missing")),
            drop_zero: node.get("drop_zero").is_some_and(|zero| reader.yes(zero)),
            decimal: reader.sign(node.get("decimal")),
            group: reader.sign(node.get("group")),
            period_start: reader.word(node.get("period_start")),
            accumulate: node.get("accumulate").and_then(|total| reader.accumulate(total)),
            published: node.get("published").and_then(|day| reader.published(day)),
            source_url: reader.word(node.get("source_url")),
        }
    }
}

struct Reader<'f> {
    faults: &'f mut Vec<TableFault>,
}

impl Reader<'_> {
    fn fault(&mut self, at: At, message: &str, help: &str) {
        self.faults.push(TableFault::new(at, message, help));
    }

    fn word(&mut self, node: Option<&Node>) -> Option<Word> {
        let node = node?;
        let word = node.word();
        if word.is_none() {
            self.fault(node.at, "it is no text", "write a text between quotation marks");
        }
        word
    }

    /// A word that an object cannot go without.
    fn needed(&mut self, node: &Node, key: &str) -> Option<Word> {
        if node.fields().is_some() && node.get(key).is_none() {
            let message = format!("it has no `{key}`");
            self.fault(node.at, &message, &format!("add `{key}`"));
        }
        self.word(node.get(key))
    }

    fn sign(&mut self, node: Option<&Node>) -> Option<Word> {
        let word = self.word(node)?;
        if word.text.chars().count() == 1 {
            return Some(word);
        }
        self.fault(word.at, "it is no single sign", "write one sign, as a comma or a space");
        None
    }

    fn yes(&mut self, node: &Node) -> bool {
        if node.yes().is_none() {
            self.fault(node.at, "it is neither true nor false", "write true or false");
        }
        node.yes().unwrap_or_default()
    }

    fn each<T>(&mut self, node: Option<&Node>, one: fn(&mut Self, &Node) -> Option<T>) -> Vec<T> {
        let Some(node) = node else { return Vec::new() };
        let Some(list) = node.list() else {
            self.fault(node.at, "it is no list", "write a list between [ and ]");
            return Vec::new();
        };
        list.iter().filter_map(|node| one(self, node)).collect()
    }

    fn texts(&mut self, node: Option<&Node>) -> Vec<String> {
        self.each(node, |reader, node| Some(reader.word(Some(node))?.text))
    }

    fn slot(&mut self, node: Option<&Node>) -> Option<Slot> {
        let node = node?;
        if let Some(word) = node.word() {
            return Some(Slot::Same(word));
        }
        node.keys(&["column", "else_column", "const", "map", "by"], self.faults);
        if let Some(word) = self.word(node.get("const")) {
            if let Some(other) = node.get("column") {
                self.fault(other.at, "there is a `const` too", "take one of the two out");
            }
            return Some(Slot::Same(word));
        }
        let column = self.word(node.get("column"));
        if column.is_none() && node.fields().is_some() {
            self.fault(node.at, "it has neither `column` nor `const`", "add one of the two");
        }
        if let Some(by) = self.word(node.get("by"))
            && !matches!(by.text.as_str(), "name" | "code")
        {
            let message = format!("`{}` is neither name nor code", by.text);
            self.fault(by.at, &message, "leave `by` out: codes and names are both found");
        }
        let map = node.get("map").map(|map| self.map(map)).unwrap_or_default();
        let other = self.word(node.get("else_column"));
        Some(Slot::Column { column: column?, other, map })
    }

    fn map(&mut self, node: &Node) -> Vec<(Word, Word)> {
        let Some(fields) = node.fields() else {
            self.fault(node.at, "it is no object", "write {\"word of the table\": \"word\"}");
            return Vec::new();
        };
        let pair = |(key, value): &(Word, Node)| Some((key.clone(), self.word(Some(value))?));
        fields.iter().filter_map(pair).collect()
    }

    fn time(&mut self, node: &Node) -> Time {
        node.keys(&["columns", "headers", "format"], self.faults);
        let time = Time {
            columns: self.each(node.get("columns"), |reader, node| reader.word(Some(node))),
            headers: self.word(node.get("headers")),
            format: self.word(node.get("format")),
        };
        if time.columns.is_empty() == time.headers.is_none() && node.fields().is_some() {
            let help = "name the columns of the date in `columns`, or give the pattern of column \
                        names that are dates in `headers`";
            let message = "it needs one of `columns` and `headers`";
            self.fault(node.at, message, help);
        }
        time
    }

    /// `{"column": "value"}`, or the name of the column alone.
    fn value(&mut self, node: &Node) -> Option<Word> {
        if node.word().is_some() {
            return node.word();
        }
        node.keys(&["column"], self.faults);
        self.needed(node, "column")
    }

    fn measured(&mut self, node: &Node) -> Option<Measured> {
        let keys = ["column", "indicator", "subject", "unit", "scale", "kind"];
        node.keys(&keys, self.faults);
        let [indicator, subject, unit, scale, kind] =
            ["indicator", "subject", "unit", "scale", "kind"].map(|key| self.slot(node.get(key)));
        let column = self.needed(node, "column")?;
        Some(Measured { column, indicator, subject, unit, scale, kind })
    }

    fn filter(&mut self, node: &Node) -> Option<Filter> {
        node.keys(&["column", "is", "not"], self.faults);
        let [is, not] = ["is", "not"].map(|key| self.texts(node.get(key)));
        Some(Filter { column: self.needed(node, "column")?, not, is })
    }

    fn accumulate(&mut self, node: &Node) -> Option<Accumulate> {
        node.keys(&["as", "from"], self.faults);
        let (kind, from) = (self.needed(node, "as"), self.needed(node, "from"));
        Some(Accumulate { kind: kind?, from: from? })
    }

    fn published(&mut self, node: &Node) -> Option<Published> {
        if let Some(word) = node.word() {
            return Some(Published::On(word));
        }
        node.keys(&["row", "column"], self.faults);
        let column = node.get("column");
        let Some(row) = node.get("row") else {
            return self.needed(node, "column").map(Published::Column);
        };
        match (row.whole(), column.and_then(Node::whole)) {
            (Some(row), Some(column)) if row > 0 && column > 0 => {
                Some(Published::Cell { at: node.at, row, column })
            }
            _ => {
                let help = "write the number of the line and of the cell in it, both from 1";
                self.fault(node.at, "it names no cell", help);
                None
            }
        }
    }
}
