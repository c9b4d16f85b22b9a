//! What reference tables hold: table by table and indicator by indicator, how many rows, whose,
//! where, from when to when, and who says so.

use crate::reference::{MeasureId, Observation, PartialDate, Store};
use crate::report::View;
use crate::report::fit::printable;
use crate::report::grid::{self, Cell};
use crate::text::{SourceId, Sources};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::io;

/// The version of the shape, which changes when a field's name or meaning does.
const SCHEMA: &str = "numcheck/reference-list/v1";

/// So many names are listed for people; programs get all.
const NAMES: usize = 12;

/// What some rows have in common.
#[derive(Debug, Default, Serialize)]
struct Holding<'a> {
    rows: usize,
    first: Option<String>,
    last: Option<String>,
    publishers: BTreeSet<&'a str>,
    subjects: BTreeSet<&'a str>,
    places: BTreeSet<&'a str>,
    #[serde(skip)]
    days: Option<(PartialDate, PartialDate)>,
}

#[derive(Debug, Serialize)]
struct TableJson<'a> {
    table: &'a str,
    #[serde(flatten)]
    whole: Holding<'a>,
    indicators: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
struct IndicatorJson<'a> {
    indicator: &'a str,
    title: &'a str,
    unit: &'a str,
    tables: Vec<&'a str>,
    #[serde(flatten)]
    whole: Holding<'a>,
}

#[derive(Debug, Serialize)]
struct ListJson<'a> {
    schema: &'static str,
    version: &'static str,
    rows: usize,
    faults: usize,
    tables: Vec<TableJson<'a>>,
    indicators: Vec<IndicatorJson<'a>>,
    /// Tables of names and rates, which hold no figures of their own.
    catalog: Vec<&'a str>,
}

impl<'a> Holding<'a> {
    fn add(&mut self, store: &'a Store, row: &'a Observation) {
        let catalog = &store.catalog;
        self.rows += 1;
        let (first, last) = self.days.get_or_insert((row.as_of, row.as_of));
        if row.as_of.first_day() < first.first_day() {
            *first = row.as_of;
        }
        if row.as_of.last_day() > last.last_day() {
            *last = row.as_of;
        }
        self.publishers.insert(&row.publisher);
        let subject = if row.subject.is_empty() {
            row.entity.map(|id| &*catalog.entity(id).id)
        } else {
            Some(&*row.subject)
        };
        self.subjects.extend(subject);
        let place = row.place.map(|id| &*catalog.place(id).id);
        self.places.extend(place);
    }

    /// The days as they are written.
    fn dated(mut self) -> Self {
        self.first = self.days.map(|(first, _)| first.to_string());
        self.last = self.days.map(|(_, last)| last.to_string());
        self
    }

    fn span(&self) -> String {
        match self.days {
            Some((first, last)) if first == last => first.to_string(),
            Some((first, last)) => format!("{first} to {last}"),
            None => String::new(),
        }
    }
}

/// Rows by table, and in it by measure.
type Held<'a> = BTreeMap<SourceId, BTreeMap<MeasureId, Holding<'a>>>;

fn held(store: &Store) -> Held<'_> {
    let mut held = Held::new();
    for row in store.observations() {
        let table = held.entry(row.at.source).or_default();
        table.entry(row.measure).or_default().add(store, row);
    }
    held
}

/// Writes what the tables hold, for people.
///
/// # Errors
/// When `out` does not take it.
pub fn inventory(
    store: &Store,
    sources: &Sources,
    view: &View,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let bold = view.bold();
    let held = held(store);
    for (table, measures) in &held {
        let rows: usize = measures.values().map(|holding| holding.rows).sum();
        let name = printable(sources.get(*table).name());
        writeln!(out, "{bold}{name}{bold:#}: {}", counted(rows, "row"))?;
        for (id, holding) in measures {
            let measure = store.catalog.measure(*id);
            let cells: [Cell<'_>; 1] = [(&measure.key, view.bold())];
            let about = format!("{}, {}", counted(holding.rows, "row"), holding.span());
            grid::row(view, &[measure.key.len()], &cells, &about, out)?;
            for (what, names) in
                [("by", &holding.publishers), ("of", &holding.subjects), ("in", &holding.places)]
            {
                if !names.is_empty() {
                    let cells: [Cell<'_>; 2] = [("", view.dim()), (what, view.dim())];
                    grid::row(view, &[0, 2], &cells, &some(names), out)?;
                }
            }
        }
        writeln!(out)?;
    }
    let others: Vec<&str> = catalog(store, sources, &held).collect();
    if !others.is_empty() {
        writeln!(out, "{bold}names and rates{bold:#}")?;
        grid::row(view, &[], &[], &others.join(", "), out)?;
        writeln!(out)?;
    }
    let measures: BTreeSet<_> = held.values().flat_map(BTreeMap::keys).collect();
    let rows = store.observations().count();
    let faults = match store.faults.len() {
        0 => String::new(),
        faults => format!("; {}, see `numcheck reference validate`", counted(faults, "bad cell")),
    };
    writeln!(
        out,
        "{}, {}, {}{faults}",
        counted(held.len(), "table"),
        counted(measures.len(), "indicator"),
        counted(rows, "row")
    )
}

/// Writes what the tables hold as one JSON object.
///
/// # Errors
/// When `out` does not take it.
pub fn inventory_json(store: &Store, sources: &Sources, out: &mut dyn io::Write) -> io::Result<()> {
    let held = held(store);
    let shown = ListJson {
        schema: SCHEMA,
        version: env!("CARGO_PKG_VERSION"),
        rows: store.observations().count(),
        faults: store.faults.len(),
        tables: tables(store, sources, &held),
        indicators: indicators(store),
        catalog: catalog(store, sources, &held).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &shown)?;
    writeln!(out)
}

/// The tables that hold rows.
fn tables<'a>(store: &'a Store, sources: &'a Sources, held: &Held<'_>) -> Vec<TableJson<'a>> {
    let mut wholes: BTreeMap<SourceId, Holding<'a>> = BTreeMap::new();
    for row in store.observations() {
        wholes.entry(row.at.source).or_default().add(store, row);
    }
    let mut tables = Vec::new();
    for (id, whole) in wholes {
        let measures = held.get(&id).into_iter().flat_map(BTreeMap::keys);
        let indicators = measures.map(|id| &*store.catalog.measure(*id).key).collect();
        let table = sources.get(id).name();
        tables.push(TableJson { table, whole: whole.dated(), indicators });
    }
    tables
}

/// The indicators that have rows.
fn indicators(store: &Store) -> Vec<IndicatorJson<'_>> {
    let mut indicators = Vec::new();
    for (id, measure) in store.catalog.measures() {
        let (mut tables, mut whole) = (BTreeSet::new(), Holding::default());
        for row in store.rows(id).iter().map(|row| store.observation(*row)) {
            tables.insert(&*row.table);
            whole.add(store, row);
        }
        if whole.rows > 0 {
            indicators.push(IndicatorJson {
                indicator: &measure.key,
                title: &measure.title,
                unit: &measure.unit,
                tables: tables.into_iter().collect(),
                whole: whole.dated(),
            });
        }
    }
    indicators
}

/// Tables without rows of their own: those of names and rates.
fn catalog<'s>(
    store: &Store,
    sources: &'s Sources,
    held: &Held<'_>,
) -> impl Iterator<Item = &'s str> {
    let others = store.tables().iter().filter(|table| !held.contains_key(table));
    others.map(|table| sources.get(*table).name())
}

/// Names in a line, with how many are left out.
fn some(names: &BTreeSet<&str>) -> String {
    let listed: Vec<&str> = names.iter().take(NAMES).copied().collect();
    let more = match names.len() - listed.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("{}{more}", listed.join(", "))
}

/// `1 row`, `12 rows`.
pub(crate) fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
