//! A table of observations whose rows stay where they stand.

use crate::reference::catalog::Catalog;
use crate::reference::cells::Row;
use crate::reference::fault::TableFault;
use crate::reference::observation::Observation;
use crate::reference::reading::{Columns, Reading};
use crate::reference::table::{Head, Keep, Table};
use crate::text::{Source, SourceId};
use std::borrow::Cow;
use std::sync::Arc;

/// The text of a table: the program's, or that of a source.
#[derive(Debug, Clone)]
pub(crate) enum Held {
    Program(&'static str),
    Given(Arc<Source>),
}

/// A table whose rows were held against the catalog when it was opened.
#[derive(Debug)]
pub(crate) struct Shelf {
    head: Head,
    held: Held,
    columns: Columns,
}

impl Shelf {
    pub(crate) fn new(table: &Table<'_>, held: Held, columns: Columns) -> Self {
        Self { head: table.head(), held, columns }
    }

    /// The source of its text.
    pub(crate) fn source(&self) -> SourceId {
        self.head.source
    }

    /// The row that starts there.
    pub(crate) fn observation(&self, start: usize, line: usize, catalog: &Catalog) -> Observation {
        let read = |row: &mut Row<'_, '_>| Reading::new(&self.columns, catalog, row).observation();
        match &self.held {
            Held::Program(text) => self.at(text, Cow::Borrowed, (start, line), read),
            Held::Given(source) => self.at(source.text(), kept, (start, line), read),
        }
    }

    /// The key of the row that starts there.
    pub(crate) fn key(&self, start: usize, line: usize) -> String {
        let key = |row: &mut Row<'_, '_>| row.text(self.columns.id).into_owned();
        self.at(self.text(), kept, (start, line), key)
    }

    /// The fault of a row whose key stands in the table twice.
    pub(crate) fn twice(&self, start: usize, line: usize) -> Option<TableFault> {
        self.at(self.text(), kept, (start, line), |row| {
            let message = format!("`{}` stands in the table twice", row.text(self.columns.id));
            let help = "give one of the two another key, or take it out";
            Some(TableFault::new(row.at(self.columns.id), message, help).leaving_out())
        })
    }

    fn text(&self) -> &str {
        match &self.held {
            Held::Program(text) => text,
            Held::Given(source) => source.text(),
        }
    }

    fn at<'a, T>(
        &self,
        text: &'a str,
        keep: Keep<'a>,
        (start, line): (usize, usize),
        read: impl FnOnce(&mut Row<'_, 'a>) -> T,
    ) -> T {
        Table::over(&self.head, text, keep).one(start, line, read)
    }
}

/// A copy out of a text that is not the program's.
pub(crate) fn kept(text: &str) -> Cow<'static, str> {
    Cow::Owned(text.to_owned())
}
