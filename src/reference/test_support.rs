//! Stores for tests: the program's catalog with a few rows planted.

use crate::reference::error::Error;
use crate::reference::observation::Observation;
use crate::reference::store::Store;
use crate::text::{Source, Sources};

const CELLS: [(&str, &str); 16] = [
    ("id", "r"),
    ("indicator", "conflict_deaths"),
    ("subject", "deaths"),
    ("entity", "UKR"),
    ("place", "UKR-Donbas"),
    ("value", "13000"),
    ("lower", ""),
    ("upper", ""),
    ("bound", "exact"),
    ("unit", "person"),
    ("kind", "cumulative"),
    ("period_start", "2014-04"),
    ("as_of", "2022-01-01"),
    ("published", "2022-01-02"),
    ("status", "official"),
    ("publisher", "OHCHR"),
];

/// The row above with other cells planted: `value=5,unit=EUR`.
fn planted(row: &str) -> String {
    let mut changes: Vec<(String, String)> = Vec::new();
    for part in row.split(',').filter(|part| !part.is_empty()) {
        match (part.split_once('='), changes.last_mut()) {
            (Some((name, cell)), _) => changes.push((name.to_owned(), cell.to_owned())),
            (None, Some((_, cell))) => *cell = format!("{cell},{part}"),
            (None, None) => panic!("{row}"),
        }
    }
    let cells = CELLS.iter().map(|(name, cell)| {
        let change = changes.iter().find(|(changed, _)| changed == name);
        change.map_or_else(|| (*cell).to_owned(), |(_, cell)| cell.clone())
    });
    cells.collect::<Vec<_>>().join(",")
}

/// A store with the program's catalog and one table, `t/rows.csv`, that holds these rows.
pub(crate) fn table_of(rows: &[&str]) -> (Store, Sources) {
    let header: Vec<_> = CELLS.iter().map(|(name, _)| *name).collect();
    let mut text = header.join(",") + "\n";
    for row in rows {
        text.push_str(&planted(row));
        text.push('\n');
    }
    with(&[("t/rows.csv", &text)]).unwrap()
}

/// The one observation of a table with one row.
pub(crate) fn observation(row: &str) -> Observation {
    let (store, _) = table_of(&[row]);
    assert_eq!(store.faults, [], "{row}");
    store.observations().next().unwrap().clone()
}

/// A store with the program's catalog and these tables.
pub(crate) fn with(tables: &[(&str, &str)]) -> Result<(Store, Sources), Error> {
    let mut sources = Sources::new();
    let add = |(name, text): &(&str, &str)| sources.add(Source::new(*name, *text));
    let added: Vec<_> = tables.iter().map(add).collect();
    Ok((Store::planted(&added, &mut sources)?, sources))
}
