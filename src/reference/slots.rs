//! The rows of all tables: of each where it stands, its days and its series. The rest of a row is
//! read when it is asked for, so that a folder of many rows costs little more than its text.

use crate::reference::catalog::Catalog;
use crate::reference::entity::EntityId;
use crate::reference::fault::TableFault;
use crate::reference::keyed::{WordMap, hash};
use crate::reference::measure::MeasureId;
use crate::reference::observation::{Observation, ObservationId};
use crate::reference::packed::{Packed, Part, series_of};
use crate::reference::place::PlaceId;
use crate::reference::shelf::Shelf;
use crate::text::At;
use chrono::NaiveDate;
use rayon::prelude::*;
use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

/// With more rows than this, sorting them is worth all cores.
const MANY: usize = 50_000;

/// One row.
#[derive(Debug)]
struct Slot {
    read: OnceLock<Box<Observation>>,
    /// Its table with the byte and the line it starts at; none for a row that was not read as it
    /// stands there.
    stand: Option<Stand>,
    series: usize,
    /// The last day that its `as_of` may mean.
    until: NaiveDate,
    /// The day it is known from.
    known: NaiveDate,
}

#[derive(Debug, Clone, Copy, Default)]
struct Stand {
    shelf: usize,
    start: usize,
    line: usize,
}

/// Rows that differ in their figures and their days alone.
#[derive(Debug)]
struct Series {
    of: Owners,
    rows: Vec<ObservationId>,
}

/// What a series is of, and whose, and where.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Owners {
    pub(crate) measure: MeasureId,
    pub(crate) entity: Option<EntityId>,
    pub(crate) subject: Option<EntityId>,
    pub(crate) place: Option<PlaceId>,
}

/// Whom or which place a series has to do with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owner {
    /// It is the row's entity or subject, or acts for one of them, or its place lies there.
    Entity(EntityId),
    /// It is the row's place.
    Place(PlaceId),
}

/// All rows, in the order of the tables.
#[derive(Debug, Default)]
pub(crate) struct Slots {
    all: Vec<Slot>,
    /// By the hash of the keys that rows have of their own.
    by_key: WordMap<u64, usize>,
    shelves: Vec<Shelf>,
    series: Vec<Series>,
    by_series: WordMap<String, usize>,
    by_measure: Vec<Vec<usize>>,
    by_owner: HashMap<(MeasureId, Owner), Vec<usize>>,
    by_day: Vec<OnceLock<Vec<ObservationId>>>,
}

impl Slots {
    /// A table, whose rows are to be taken in.
    pub(crate) fn shelve(&mut self, shelf: Shelf) -> usize {
        self.shelves.push(shelf);
        self.shelves.len() - 1
    }

    /// Takes in what was read of a table. A row with the key of an earlier table's row takes its
    /// place; two of one table are a fault.
    pub(crate) fn take(&mut self, shelf: usize, part: Part, faults: &mut Vec<TableFault>) {
        let mut series = Vec::with_capacity(part.series.len());
        for (name, of) in part.series {
            series.push(self.series_called(name, of));
        }
        self.all.reserve(part.rows.len());
        for row in part.rows {
            let Packed { start, line, series: own, until, known, key } = row;
            let stand = Stand { shelf, start, line };
            let series = series.get(own).copied().unwrap_or_default();
            let read = OnceLock::new();
            let slot = Slot { read, stand: Some(stand), series, until, known };
            let Some(key) = key else {
                self.all.push(slot);
                continue;
            };
            match self.with_key(key, stand) {
                Some((_, earlier)) if earlier == Some(shelf) => {
                    faults.extend(self.shelves.get(shelf).and_then(|own| own.twice(start, line)));
                }
                Some((at, _)) => self.replace(at, slot),
                None => {
                    self.by_key.insert(key, self.all.len());
                    self.all.push(slot);
                }
            }
        }
    }

    /// Puts a row that is read already in place of the one with the same key, or behind the last.
    pub(crate) fn put(&mut self, row: Observation) {
        let Observation { measure, entity, subject_entity: subject, place, .. } = row;
        let of = Owners { measure, entity, subject, place };
        let series = self.series_called(series_of(&row), of);
        let (until, known, earlier) = (row.as_of_last_day(), row.known_from(), self.find(&row.id));
        let key = hash(&row.id);
        let read = OnceLock::from(Box::new(row));
        let slot = Slot { read, stand: None, series, until, known };
        if let Some(at) = earlier {
            self.replace(at, slot);
        } else {
            self.by_key.insert(key, self.all.len());
            self.all.push(slot);
        }
    }

    fn replace(&mut self, at: usize, slot: Slot) {
        if let Some(old) = self.all.get_mut(at) {
            *old = slot;
        }
    }

    fn series_called(&mut self, name: String, of: Owners) -> usize {
        let next = self.series.len();
        let at = *self.by_series.entry(name).or_insert(next);
        if at == next {
            self.series.push(Series { of, rows: Vec::new() });
        }
        at
    }

    /// The row that has the key of the row that stands there, and its table.
    fn with_key(&self, key: u64, stand: Stand) -> Option<(usize, Option<usize>)> {
        let at = *self.by_key.get(&key)?;
        let name = self.shelves.get(stand.shelf)?.key(stand.start, stand.line);
        let earlier = self.all.get(at)?.stand.map(|stand| stand.shelf);
        (self.key(at) == name).then_some((at, earlier))
    }

    fn key(&self, at: usize) -> String {
        let Some(slot) = self.all.get(at) else { return String::new() };
        let stands = slot.stand.and_then(|stand| Some((stand, self.shelves.get(stand.shelf)?)));
        match (slot.read.get(), stands) {
            (Some(row), _) => row.id.to_string(),
            (None, Some((stand, shelf))) => shelf.key(stand.start, stand.line),
            (None, None) => String::new(),
        }
    }

    /// Puts the rows in the order in which they are looked for, when all tables are read.
    pub(crate) fn arrange(&mut self, catalog: &Catalog) {
        for (i, slot) in self.all.iter().enumerate() {
            if let Some(series) = self.series.get_mut(slot.series) {
                series.rows.push(ObservationId(i));
            }
        }
        let all = &self.all;
        let sort = |series: &mut Series| series.rows.sort_by_key(|id| days(all, *id));
        if all.len() > MANY {
            self.series.par_iter_mut().for_each(sort);
        } else {
            self.series.iter_mut().for_each(sort);
        }
        let measures = catalog.measures().count();
        self.by_measure = vec![Vec::new(); measures];
        for (i, series) in self.series.iter().enumerate().filter(|(_, s)| !s.rows.is_empty()) {
            let measure = series.of.measure;
            if let Some(all) = self.by_measure.get_mut(measure.0) {
                all.push(i);
            }
            for owner in series.of.all(catalog) {
                self.by_owner.entry((measure, owner)).or_default().push(i);
            }
        }
        self.by_day.resize_with(measures, OnceLock::new);
        self.by_series = WordMap::default();
    }

    /// The row of that number, read if it was not yet.
    pub(crate) fn get(&self, at: usize, catalog: &Catalog) -> &Observation {
        let slot = &self.all[at];
        slot.read.get_or_init(|| {
            let Stand { shelf, start, line } = slot.stand.unwrap_or_default();
            Box::new(self.shelves[shelf].observation(start, line, catalog))
        })
    }

    /// The number of the row with that key.
    pub(crate) fn find(&self, key: &str) -> Option<usize> {
        self.by_key.get(&hash(key)).copied().filter(|at| self.key(*at) == key)
    }

    /// The number of the row whose value stands at `at`: the last that starts before it.
    pub(crate) fn at(&self, at: At, catalog: &Catalog) -> Option<usize> {
        let start = |slot: &Slot| {
            let Stand { shelf, start, .. } = slot.stand?;
            let own = self.shelves.get(shelf)?.source() == at.source;
            (own && start <= at.span.start()).then_some(start)
        };
        let made =
            |slot: &Slot| slot.stand.is_none() && slot.read.get().is_some_and(|r| r.at == at);
        let near = self.all.iter().enumerate();
        let near = near.filter_map(|(i, slot)| Some((start(slot)?, i))).max();
        let found = near.map(|(_, i)| i).filter(|i| self.get(*i, catalog).at == at);
        found.or_else(|| self.all.iter().position(made))
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    /// The last day that the row's `as_of` may mean, and the day it is known from.
    pub(crate) fn days(&self, id: ObservationId) -> (NaiveDate, NaiveDate) {
        days(&self.all, id)
    }

    /// The series of a measure, each by its days.
    pub(crate) fn series(&self, measure: MeasureId) -> impl Iterator<Item = &[ObservationId]> {
        let all = self.by_measure.get(measure.0).into_iter().flatten();
        all.filter_map(|at| self.series.get(*at)).map(|series| &*series.rows)
    }

    /// The series of a measure that have to do with one of these, in the same order.
    pub(crate) fn series_of(
        &self,
        measure: MeasureId,
        owners: &[Owner],
    ) -> impl Iterator<Item = &[ObservationId]> {
        let of = |owner: &Owner| self.by_owner.get(&(measure, *owner));
        let found: BTreeSet<usize> = owners.iter().filter_map(of).flatten().copied().collect();
        found.into_iter().filter_map(|at| self.series.get(at)).map(|series| &*series.rows)
    }

    /// The rows of a measure by their days.
    pub(crate) fn by_day(&self, measure: MeasureId) -> &[ObservationId] {
        let Some(sorted) = self.by_day.get(measure.0) else { return &[] };
        sorted.get_or_init(|| {
            let mut rows: Vec<ObservationId> = self.series(measure).flatten().copied().collect();
            rows.sort_by_cached_key(|id| (self.days(*id), *id));
            rows
        })
    }
}

impl Owners {
    /// All whom or which it has to do with, each once.
    fn all(self, catalog: &Catalog) -> BTreeSet<Owner> {
        let country = self.place.and_then(|place| catalog.place(place).country);
        let named = [self.entity, self.subject, country].into_iter().flatten();
        let entities = named.flat_map(|id| [Some(id), catalog.entity(id).country]).flatten();
        entities.map(Owner::Entity).chain(self.place.map(Owner::Place)).collect()
    }
}

fn days(all: &[Slot], id: ObservationId) -> (NaiveDate, NaiveDate) {
    let slot = &all[id.0];
    (slot.until, slot.known)
}
