//! Rows of a table held against the catalog, and kept by where they stand.

use crate::quantity::Kind;
use crate::reference::catalog::Catalog;
use crate::reference::entity::EntityId;
use crate::reference::fault::TableFault;
use crate::reference::keyed::{WordMap, hash};
use crate::reference::measure::MeasureId;
use crate::reference::observation::Observation;
use crate::reference::reading::{Columns, Reading};
use crate::reference::slots::Owners;
use crate::reference::table::Table;
use crate::reference::vocabulary::{RowKind, RowStatus};
use chrono::{Datelike, NaiveDate};

/// The letters of a year at the start of a date.
const YEAR: usize = 4;

/// A row that was held against the catalog: where it starts, and what is asked of it most.
#[derive(Debug)]
pub(crate) struct Packed {
    pub(crate) start: usize,
    pub(crate) line: usize,
    /// Its series, by its number in the part.
    pub(crate) series: usize,
    pub(crate) until: NaiveDate,
    pub(crate) known: NaiveDate,
    /// The hash of its key, if it has one of its own.
    pub(crate) key: Option<u64>,
}

/// What was read of a part of a table.
#[derive(Debug, Default)]
pub(crate) struct Part {
    pub(crate) rows: Vec<Packed>,
    /// The series by their names.
    pub(crate) series: Vec<(String, Owners)>,
    pub(crate) faults: Vec<TableFault>,
    /// Entities that rows take for places and that are none yet: they have to be made places, and
    /// the part read again.
    pub(crate) unplaced: Vec<EntityId>,
}

/// Holds the rows of a part of a table against the catalog.
pub(crate) fn part(table: &Table<'_>, columns: &Columns, catalog: &Catalog) -> Part {
    let mut part = Part::default();
    let (mut frames, mut faults) = (Frames::default(), Vec::new());
    table.each(&mut faults, |row| {
        let mut reading = Reading::new(columns, catalog, row);
        part.rows.extend(reading.packed(&mut frames));
        part.unplaced.extend(reading.unplaced);
    });
    Part { series: frames.series, faults, ..part }
}

/// The name of the series that a row belongs to which is no row of a table as it stands.
pub(crate) fn series_of(row: &Observation) -> String {
    let Observation { measure, subject, entity, place, unit, kind, status, publisher, .. } = row;
    let year = row.period_start.map(|start| start.first_day().year());
    let own = format!("{measure:?}{subject:?}{entity:?}{place:?}{unit:?}{kind:?}{status:?}");
    format!("{own}{publisher:?}{year:?}")
}

/// What the cells mean in which the rows of a series do not differ.
#[derive(Debug, Clone, Copy)]
struct Frame {
    series: usize,
    measure: Option<MeasureId>,
    quantity: Option<Kind>,
    status: Option<RowStatus>,
}

/// The frames that were met: most rows repeat one.
#[derive(Debug, Default)]
struct Frames {
    known: WordMap<String, Frame>,
    series: Vec<(String, Owners)>,
    name: String,
}

impl Reading<'_, '_, '_> {
    /// The row as it is kept, if every cell holds; else its faults are noted.
    fn packed(&mut self, frames: &mut Frames) -> Option<Packed> {
        let columns = self.columns;
        let frame = self.frame(frames);
        let written = self.written(frame.measure, frame.quantity);
        let dates = self.dates(frame.status);
        if !self.row.is_sound() || self.unplaced.is_some() || written.is_none() {
            return None;
        }
        let as_of = dates.as_of?;
        let key = self.row.text(columns.id);
        Some(Packed {
            start: self.row.start(),
            line: self.row.line(),
            series: frame.series,
            until: as_of.last_day(),
            known: dates.published.unwrap_or(as_of).last_day(),
            key: (!key.is_empty()).then(|| hash(&key)),
        })
    }

    /// What the cells of the frame mean, which most rows have in common with an earlier one.
    fn frame(&mut self, frames: &mut Frames) -> Frame {
        let columns = self.columns;
        frames.name.clear();
        for column in columns.frame() {
            frames.name.push_str(&self.row.text(column));
            frames.name.push('\u{1f}');
        }
        // Running totals from different years are no one series.
        frames.name.extend(self.row.text(columns.period_start).chars().take(YEAR));
        if let Some(known) = frames.known.get(&frames.name) {
            return *known;
        }
        let measure = self.measure();
        let subject = self.subject().map(|subject| subject.entity).unwrap_or_default();
        let entity = self.entity();
        let place = self.place(entity);
        let quantity = self.quantity();
        let kind: Option<RowKind> = self.row.needed_word(columns.kind);
        let status = self.row.needed_word(columns.status);
        self.publisher();
        let frame = Frame { series: frames.series.len(), measure, quantity, status };
        if let Some(measure) =
            measure.filter(|_| kind.is_some() && self.row.is_sound() && self.unplaced.is_none())
        {
            frames.known.insert(frames.name.clone(), frame);
            let (subject, entity) = (self.catalog.entity_named(&subject), entity.ok());
            frames.series.push((frames.name.clone(), Owners { measure, entity, subject, place }));
        }
        frame
    }
}
