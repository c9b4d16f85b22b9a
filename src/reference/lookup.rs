//! What the words of a foreign table stand for, each looked up once.

use crate::number::Decimal;
use crate::quantity::{Hedge, Kind};
use crate::reference::catalog::{Catalog, offer};
use crate::reference::cells::Row;
use crate::reference::entity::EntityId;
use crate::reference::fault::{TableFault, nearest};
use crate::reference::keyed::WordMap;
use crate::reference::measure::{MeasureId, Subject};
use crate::reference::place::PlaceId;
use crate::reference::publisher::PublisherId;
use crate::reference::reading::{UNITS, measured};
use crate::reference::table::{Column, Text};
use crate::reference::vocabulary::{RowKind, RowStatus, Vocabulary};
use crate::text::At;
use std::collections::BTreeMap;

/// The word among those for a status that says that a row has no value.
const MISSING: &str = "missing";

/// How many names that match nothing are shown.
const SHOWN: usize = 12;

/// What a word may stand for.
pub(crate) trait Meant: Clone {
    /// The key of the mapping that gives it.
    const KEY: &'static str;

    /// Whether rows in which it is unknown are many in tables that are sound: totals of regions,
    /// series that nobody asked for.
    const OFTEN_UNKNOWN: bool = false;

    /// What the word stands for.
    fn of(word: &str, catalog: &mut Catalog) -> Option<Self>;

    /// What to write instead of a word that stands for nothing.
    fn help(word: &str, catalog: &Catalog) -> String;
}

impl Meant for EntityId {
    const KEY: &'static str = "entity";
    const OFTEN_UNKNOWN: bool = true;

    fn of(word: &str, catalog: &mut Catalog) -> Option<Self> {
        catalog.entity_called(word)
    }

    fn help(word: &str, catalog: &Catalog) -> String {
        let known = catalog.entities().flat_map(|(_, entity)| {
            std::iter::once(&*entity.id).chain(entity.names.iter().map(|name| &**name))
        });
        offer(nearest(word, known), "entities.csv")
    }
}

impl Meant for PlaceId {
    const KEY: &'static str = "place";
    const OFTEN_UNKNOWN: bool = true;

    fn of(word: &str, catalog: &mut Catalog) -> Option<Self> {
        catalog.place_called(word)
    }

    fn help(word: &str, catalog: &Catalog) -> String {
        let known = catalog.places().flat_map(|(_, place)| [&*place.id, &*place.name]);
        offer(nearest(word, known), "places.csv")
    }
}

impl Meant for MeasureId {
    const KEY: &'static str = "indicator";
    const OFTEN_UNKNOWN: bool = true;

    fn of(word: &str, catalog: &mut Catalog) -> Option<Self> {
        catalog.measure_named(word)
    }

    fn help(word: &str, catalog: &Catalog) -> String {
        offer(nearest(word, catalog.measures().map(|(_, one)| &*one.key)), "indicators.csv")
    }
}

impl Meant for Subject {
    const KEY: &'static str = "subject";

    fn of(word: &str, catalog: &mut Catalog) -> Option<Self> {
        catalog.subject_called(word)
    }

    fn help(word: &str, catalog: &Catalog) -> String {
        offer(nearest(word, catalog.subjects().map(|(_, one)| &*one.key)), "subjects.csv")
    }
}

impl Meant for (PublisherId, Text) {
    const KEY: &'static str = "publisher";

    fn of(word: &str, catalog: &mut Catalog) -> Option<Self> {
        catalog.publisher_named(word).map(|id| (id, catalog.publisher(id).name.clone()))
    }

    fn help(word: &str, catalog: &Catalog) -> String {
        offer(nearest(word, catalog.publishers().map(|(_, one)| &*one.name)), "sources.csv")
    }
}

impl Meant for (Text, Kind) {
    const KEY: &'static str = "unit";

    fn of(word: &str, _: &mut Catalog) -> Option<Self> {
        measured(word).map(|kind| (Text::Owned(word.to_owned()), kind))
    }

    fn help(_: &str, _: &Catalog) -> String {
        UNITS.to_owned()
    }
}

/// The factor that values are times, from its power of ten.
impl Meant for Decimal {
    const KEY: &'static str = "scale";

    fn of(word: &str, _: &mut Catalog) -> Option<Self> {
        let power: i32 = word.strip_suffix(".0").unwrap_or(word).parse().ok()?;
        let step = if power < 0 { Self::new(1, 1) } else { Self::TEN };
        (power.unsigned_abs() <= 15).then(|| (0..power.abs()).fold(Self::ONE, |all, _| all * step))
    }

    fn help(_: &str, _: &Catalog) -> String {
        "write a power of ten: 0 for ones, 3 for thousands, 6 for millions, 9 for billions".into()
    }
}

/// What a row is, or nothing for a row without a value.
impl Meant for Option<RowStatus> {
    const KEY: &'static str = "status";

    fn of(word: &str, _: &mut Catalog) -> Option<Self> {
        if word == MISSING { Some(None) } else { RowStatus::named(word).map(Some) }
    }

    fn help(word: &str, _: &Catalog) -> String {
        word_of::<RowStatus>(word)
    }
}

impl Meant for RowKind {
    const KEY: &'static str = "kind";

    fn of(word: &str, _: &mut Catalog) -> Option<Self> {
        Self::named(word)
    }

    fn help(word: &str, _: &Catalog) -> String {
        word_of::<Self>(word)
    }
}

impl Meant for Hedge {
    const KEY: &'static str = "bound";

    fn of(word: &str, _: &mut Catalog) -> Option<Self> {
        // A range has two cells, and a value here has one.
        Self::named(word).filter(|hedge| *hedge != Self::Range)
    }

    fn help(word: &str, _: &Catalog) -> String {
        word_of::<Self>(word)
    }
}

fn word_of<T: Vocabulary>(word: &str) -> String {
    match nearest(word, T::NAMES.iter().copied()) {
        Some(near) => format!("write `{near}`"),
        None => format!("write one of: {}", T::NAMES.join(", ")),
    }
}

/// What is wrong with a word that stands for nothing.
pub(crate) fn unknown<T: Meant>(word: &str) -> String {
    match T::KEY {
        "unit" | "scale" | "kind" | "status" | "bound" => format!("`{word}` is no `{}`", T::KEY),
        key => format!("no {key} is called `{word}`"),
    }
}

/// The same for all rows, or looked up in each.
#[derive(Debug, Clone)]
pub(crate) enum Taken<T> {
    Same(T),
    Row(Lookup<T>),
}

impl<T: Meant> Taken<T> {
    /// What it is in this row; nothing where the row's word is unknown, which is remembered.
    pub(crate) fn of(&mut self, row: &Row<'_, '_>, catalog: &mut Catalog) -> Option<T> {
        match self {
            Self::Same(same) => Some(same.clone()),
            Self::Row(lookup) => lookup.of(row, catalog),
        }
    }

    /// Names the words that stood for nothing.
    pub(crate) fn unknown(
        &self,
        catalog: &Catalog,
        faults: &mut Vec<TableFault>,
        doubts: &mut Vec<TableFault>,
    ) {
        let Self::Row(lookup) = self else { return };
        if T::OFTEN_UNKNOWN {
            doubts.extend(lookup.all_unknown());
        } else {
            faults.extend(lookup.each_unknown(catalog));
        }
    }
}

/// A column of words.
#[derive(Debug, Clone)]
pub(crate) struct Lookup<T> {
    column: Column,
    /// The column that is read where the first says nothing that is known.
    other: Column,
    map: BTreeMap<String, String>,
    looked: WordMap<String, Option<T>>,
    /// Words that stand for nothing: where first, and in how many rows.
    missed: BTreeMap<String, (At, usize)>,
}

impl<T: Meant> Lookup<T> {
    pub(crate) fn new(column: Column, other: Column, map: BTreeMap<String, String>) -> Self {
        Self { column, other, map, looked: WordMap::default(), missed: BTreeMap::new() }
    }

    fn of(&mut self, row: &Row<'_, '_>, catalog: &mut Catalog) -> Option<T> {
        let word = row.text(self.column);
        let found = self.look(&word, catalog).or_else(|| {
            let second = row.text(self.other);
            self.look(&second, catalog)
        });
        if found.is_none() {
            let at = row.at(self.column);
            self.missed.entry(word.into_owned()).or_insert((at, 0)).1 += 1;
        }
        found
    }

    fn look(&mut self, word: &str, catalog: &mut Catalog) -> Option<T> {
        if let Some(known) = self.looked.get(word) {
            return known.clone();
        }
        let meant = self.map.get(word).map_or(word, String::as_str);
        let found = if meant.is_empty() { None } else { T::of(meant, catalog) };
        self.looked.insert(word.to_owned(), found.clone());
        found
    }

    /// Every unknown word, where it first stands.
    fn each_unknown(&self, catalog: &Catalog) -> Vec<TableFault> {
        let fault = |(word, (at, rows)): (&String, &(At, usize))| {
            let (message, help) = if word.is_empty() {
                (format!("the row has no `{}`", T::KEY), "fill the cell".to_owned())
            } else {
                let help =
                    format!("{}, or say in `map` what it stands for", T::help(word, catalog));
                (unknown::<T>(word), help)
            };
            TableFault::new(*at, format!("{message}{}", left_out(*rows)), help)
        };
        self.missed.iter().map(fault).collect()
    }

    /// All unknown words together, where the first of them stands.
    fn all_unknown(&self) -> Option<TableFault> {
        let at = self.missed.values().map(|(at, _)| *at).min()?;
        let rows = self.missed.values().map(|(_, rows)| rows).sum();
        let mut names: Vec<_> = self.missed.keys().take(SHOWN).map(|n| format!("`{n}`")).collect();
        if self.missed.len() > SHOWN {
            names.push(format!("{} more", self.missed.len() - SHOWN));
        }
        let message = format!("no {} is called {}{}", T::KEY, names.join(", "), left_out(rows));
        let help = "say in `map` what the names stand for, or leave their rows out with `where`";
        Some(TableFault::new(at, message, help).doubted())
    }
}

fn left_out(rows: usize) -> String {
    if rows == 1 {
        ", so 1 row is left out".into()
    } else {
        format!(", so {rows} rows are left out")
    }
}
