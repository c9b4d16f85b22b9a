//! What can be read in a table but is hardly meant: it shows only beside the row's own measure, or
//! beside the other rows of its series.

use crate::reference::catalog::Catalog;
use crate::reference::cells::Row;
use crate::reference::date::PartialDate;
use crate::reference::entity::{self, EntityId};
use crate::reference::fault::TableFault;
use crate::reference::measure::{Measure, MeasureId};
use crate::reference::observation::{Observation, ObservationId};
use crate::reference::place::PlaceId;
use crate::reference::publisher::PublisherId;
use crate::reference::reading::{Columns, measured};
use crate::reference::store::Store;
use crate::reference::table::{Column, Table};
use crate::reference::vocabulary::{RowColumn, RowKind};
use crate::text::{SourceId, Sources};
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// The years of which news and its tables speak.
const YEARS: RangeInclusive<i32> = 1500..=2150;

/// How many rows back the one before is looked for.
const REACH: usize = 8;

/// The rows of a table of observations, looked at once more with the whole store at hand.
pub(crate) fn rows(store: &Store, table: &Table<'_>, faults: &mut Vec<TableFault>) {
    let Ok(columns) = Columns::of(table) else { return };
    let of_table = store.ids().filter(|id| store.observation(*id).at.source == table.source);
    let by_line: BTreeMap<usize, ObservationId> =
        of_table.map(|id| (store.observation(id).line, id)).collect();
    table.each(&mut Vec::new(), |row| {
        if let Some(id) = by_line.get(&row.line()) {
            look(row, &columns, store.observation(*id), store, faults);
        }
    });
}

/// Names that two entities share: rows that write them mean one of the two, and nobody says which.
pub(crate) fn names(catalog: &Catalog, table: &Table<'_>, faults: &mut Vec<TableFault>) {
    let Ok(columns) = entity::Columns::of(table) else { return };
    let mut first: BTreeMap<&str, EntityId> = BTreeMap::new();
    for (id, entity) in catalog.entities() {
        for name in &entity.names {
            first.entry(name).or_insert(id);
        }
    }
    table.each(&mut Vec::new(), |row| {
        let Some(owner) = catalog.entity_named(&row.text(columns.id)) else { return };
        for name in row.list(columns.names, '|') {
            if let Some(other) = first.get(&*name).filter(|other| **other != owner) {
                let message = format!("`{name}` is a name of {} too", catalog.entity(*other).id);
                let at = row.at(columns.names);
                faults.push(TableFault::new(at, message, "leave it with one of the two"));
            }
        }
    });
}

/// Looks at one row that could be read.
fn look(
    row: &Row<'_, '_>,
    columns: &Columns,
    found: &Observation,
    store: &Store,
    faults: &mut Vec<TableFault>,
) {
    let measure = store.catalog.measure(found.measure);
    let mut doubt = |column: Column, message: String, help: &str| {
        faults.push(TableFault::new(row.at(column), message, help));
    };
    if found.kind == RowKind::Cumulative && found.period_start.is_none() {
        let help = "write from when on it counts, or another `kind`";
        doubt(columns.period_start, "a running total has no `period_start`".to_owned(), help);
    }
    if measured(&measure.unit).is_some_and(|kind| kind != found.quantity) {
        let (unit, key) = (&found.unit, &measure.key);
        let message = format!("`{unit}` is no unit of `{key}`, which is in {}", measure.unit);
        doubt(columns.unit, message, "look at the unit and at the indicator");
    }
    for (column, date) in [
        (columns.period_start, found.period_start),
        (columns.as_of, Some(found.as_of)),
        (columns.published, found.published),
    ] {
        if let Some(date) = date.filter(|date| !YEARS.contains(&date.first_day().year())) {
            let message = format!("{date} is not of our time");
            doubt(column, message, "look at the year");
        }
    }
    let url = row.text(columns.url);
    if !(url.is_empty() || url.starts_with("https://") || url.starts_with("http://")) {
        let message = format!("`{url}` is no address");
        doubt(columns.url, message, "write it from https:// on");
    }
    for side in [measure.whose, measure.place].into_iter().flatten() {
        if let Some((column, name)) = missing(side, columns, found) {
            let message = format!("`{}` needs {name}, and the row has none", measure.key);
            doubt(column, message, "say whose or where: no claim can meet the row without it");
        }
    }
}

/// The cell that a claim's subject or place is held against, if it is empty.
fn missing(
    side: RowColumn,
    columns: &Columns,
    found: &Observation,
) -> Option<(Column, &'static str)> {
    match side {
        RowColumn::Entity => found.entity.is_none().then_some((columns.entity, "an entity")),
        RowColumn::Place => found.place.is_none().then_some((columns.place, "a place")),
        RowColumn::Subject => found.subject.is_empty().then_some((columns.subject, "a subject")),
    }
}

/// What the rows of a series have in common.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key<'a> {
    measure: MeasureId,
    publisher: PublisherId,
    entity: Option<EntityId>,
    place: Option<PlaceId>,
    subject: &'a str,
    unit: &'a str,
    kind: RowKind,
    start: Option<NaiveDate>,
}

/// The tables whose rows are looked at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Given<'t> {
    /// All of them.
    pub(crate) tables: &'t [SourceId],
    /// Those that are somebody else's, whose rows stay as they are.
    pub(crate) foreign: &'t [SourceId],
}

impl Given<'_> {
    /// Takes a fault of a row beside another one in. Nobody can mend a foreign table that another
    /// table does not go with: it is a doubt.
    fn fault(
        self,
        row: &Observation,
        other: &Observation,
        fault: TableFault,
        faults: &mut Vec<TableFault>,
    ) {
        let source = row.at.source;
        let is_theirs = source != other.at.source && self.foreign.contains(&source);
        faults.push(if is_theirs { fault.doubted() } else { fault });
    }
}

/// Rows that do not go with the other rows of their series; only those of `given` are named.
pub(crate) fn series(
    store: &Store,
    given: Given<'_>,
    sources: &Sources,
    faults: &mut Vec<TableFault>,
) {
    let mut all: BTreeMap<Key<'_>, Vec<&Observation>> = BTreeMap::new();
    for row in store.observations().filter(|row| !row.is_withdrawn()) {
        let key = Key {
            measure: row.measure,
            publisher: row.publisher_id,
            entity: row.entity,
            place: row.place,
            subject: &row.subject,
            unit: &row.unit,
            kind: row.kind,
            start: row.period_start.map(PartialDate::first_day),
        };
        all.entry(key).or_default().push(row);
    }
    for (key, mut rows) in all {
        rows.sort_by_key(|row| (row.as_of_last_day(), row.known_from()));
        let measure = store.catalog.measure(key.measure);
        twins(&rows, given, sources, faults);
        if key.kind == RowKind::Cumulative && measure.monotone {
            falls(&rows, measure, given, sources, faults);
        }
    }
}

/// Where a row stands, for people.
fn named(row: &Observation, sources: &Sources) -> String {
    let place = sources.place(row.at);
    format!("{}:{}", place.path, place.line)
}

/// Two rows of one publisher for the same day, said on the same day.
fn twins(rows: &[&Observation], given: Given<'_>, sources: &Sources, faults: &mut Vec<TableFault>) {
    for pair in rows.windows(2) {
        let [one, two] = pair else { continue };
        let same_day = one.as_of == two.as_of && one.published == two.published;
        let Some((found, other)) = ordered(one, two, given).filter(|_| same_day) else { continue };
        let (lower, upper) = (other.lower(), other.upper());
        let same = (found.lower(), found.upper()) == (lower, upper);
        let fault = if same && found.hedge() == other.hedge() {
            if given.foreign.contains(&found.at.source) && found.at.source != other.at.source {
                continue;
            }
            let message = format!("the row says the same as {}", named(other, sources));
            TableFault::new(found.at, message, "take one of the two out")
        } else if found.allows().overlaps(other.allows()) {
            continue;
        } else {
            let value =
                if lower == upper { lower.to_string() } else { format!("{lower}–{upper}") };
            let message = format!("{} says {value} for the same day", named(other, sources));
            let help = "look at both; a figure that was revised has a later `published`";
            TableFault::new(found.at, message, help)
        };
        given.fault(found, other, fault, faults);
    }
}

/// The row that is to be named, and the other one: of two rows the later in the tables.
fn ordered<'o>(
    one: &'o Observation,
    two: &'o Observation,
    given: Given<'_>,
) -> Option<(&'o Observation, &'o Observation)> {
    let (early, late) = if one.at < two.at { (one, two) } else { (two, one) };
    let is_given = |row: &Observation| given.tables.contains(&row.at.source);
    if is_given(late) { Some((late, early)) } else { is_given(early).then_some((early, late)) }
}

/// A running total that falls: its publisher had said more for an earlier day, and before.
fn falls(
    rows: &[&Observation],
    measure: &Measure,
    given: Given<'_>,
    sources: &Sources,
    faults: &mut Vec<TableFault>,
) {
    for (i, row) in rows.iter().enumerate().filter(|(_, row)| given.tables.contains(&row.at.source))
    {
        let is_before = |other: &&&Observation| {
            other.as_of != row.as_of && other.known_from() <= row.known_from()
        };
        let mut earlier = rows.iter().take(i).rev().take(REACH);
        let Some(before) = earlier.find(is_before) else { continue };
        let ends = row.interval().upper.zip(before.interval().lower);
        if ends.is_some_and(|(upper, lower)| upper < lower) {
            let (key, value) = (&measure.key, before.lower());
            let (place, day) = (named(before, sources), before.as_of);
            let message = format!("`{key}` never falls, and was {value} in {place} on {day}");
            let help =
                "look at the figure and its day; what its publisher took back is `withdrawn`";
            given.fault(row, before, TableFault::new(row.at, message, help), faults);
        }
    }
}
