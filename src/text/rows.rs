//! Rows of the tables that are part of the program.

use serde::de::DeserializeOwned;

/// The rows of a built-in CSV table. A row that does not parse is left out; the test beside each
/// table holds that there is none.
pub fn rows<T: DeserializeOwned>(table: &str) -> Vec<T> {
    csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_reader(table.as_bytes())
        .deserialize()
        .filter_map(Result::ok)
        .collect()
}

/// How many rows a built-in table ought to have; for the tests beside the tables.
#[cfg(test)]
pub(crate) fn rows_written(table: &str) -> usize {
    csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .flexible(true)
        .from_reader(table.as_bytes())
        .records()
        .count()
}

/// The parts of a cell that holds several, separated by `|`.
pub fn parts(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').map(str::trim).filter(|part| !part.is_empty())
}
