//! Tables in, one after the other, a store out.

use crate::reference::builtin::BUILTIN;
use crate::reference::catalog::Catalog;
use crate::reference::error::Error;
use crate::reference::fault::TableFault;
use crate::reference::foreign::{self, Remarks};
use crate::reference::package::Layout;
use crate::reference::packed::{Part, part};
use crate::reference::rates::Rates;
use crate::reference::reading::{Columns, slips};
use crate::reference::shelf::{Held, Shelf};
use crate::reference::slots::Slots;
use crate::reference::store::Store;
use crate::reference::table::{Keep, Table, Text};
use crate::text::{At, Source, SourceId, Sources, Span};
use rayon::prelude::*;
use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

/// So many bytes of a table are read by one thread in one go.
const PART: usize = 1 << 20;

/// So many parts for each thread are read before they are taken in.
const WAVE: usize = 4;

/// What a table is about. Tables are read in this order, for each refers to those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum About {
    Entities,
    Places,
    Measures,
    Cues,
    Subjects,
    Publishers,
    Rates,
    Observations,
}

impl About {
    pub(crate) const ORDER: [Self; 8] = [
        Self::Entities,
        Self::Places,
        Self::Measures,
        Self::Cues,
        Self::Subjects,
        Self::Publishers,
        Self::Rates,
        Self::Observations,
    ];

    /// What a table is about, by its file name.
    pub(crate) fn of(name: &str) -> Self {
        match name.rsplit(['/', '\\']).next().unwrap_or_default() {
            "entities.csv" => Self::Entities,
            "places.csv" => Self::Places,
            "indicators.csv" => Self::Measures,
            "cues.csv" => Self::Cues,
            "subjects.csv" => Self::Subjects,
            "sources.csv" => Self::Publishers,
            "exchange-rates.csv" => Self::Rates,
            _ => Self::Observations,
        }
    }
}

/// A table that is still to be read.
#[derive(Debug, Clone)]
pub(crate) struct Input<'a> {
    pub(crate) name: Text,
    pub(crate) source: SourceId,
    pub(crate) text: &'a str,
    pub(crate) keep: Keep<'a>,
    /// The way to read it, where it is not one of our own.
    pub(crate) layout: Option<Arc<Layout>>,
    /// The same text, to stay.
    pub(crate) held: Held,
}

impl<'a> Input<'a> {
    /// What it is about: a foreign table, whatever its name, is one of observations.
    pub(crate) fn about(&self) -> About {
        match self.layout {
            Some(_) => About::Observations,
            None => About::of(&self.name),
        }
    }

    pub(crate) fn table(&self) -> Result<Table<'a>, Error> {
        let (name, source) = (self.name.clone(), self.source);
        match &self.layout {
            None => Table::open(name, source, self.text, self.keep),
            Some(layout) => {
                let shape = (layout.header_row, layout.delimiter);
                Table::open_at(name, source, self.text, self.keep, shape)
            }
        }
    }
}

/// The tables that are part of the program. Their texts are put to the sources.
pub(crate) fn builtin_tables(sources: &mut Sources) -> Vec<Input<'static>> {
    let input = |(name, text): &(&'static str, &'static str)| Input {
        name: Cow::Borrowed(name),
        source: sources.add(Source::of_program(name, text)),
        text,
        keep: Cow::Borrowed,
        layout: None,
        held: Held::Program(text),
    };
    BUILTIN.iter().map(input).collect()
}

/// How a table that cannot be read at all is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Care {
    /// Nothing can be done without it.
    Usual,
    /// It is a fault like others, and the rest is read.
    Thorough,
}

/// Reads tables one after the other.
#[derive(Debug)]
pub(crate) struct Reader {
    care: Care,
    pub(crate) catalog: Catalog,
    pub(crate) faults: Vec<TableFault>,
    /// What is wrong with foreign tables and their descriptions.
    pub(crate) remarks: Remarks,
    observations: Slots,
    tables: Vec<SourceId>,
}

impl Reader {
    pub(crate) fn new(care: Care) -> Self {
        Self {
            care,
            catalog: Catalog::new(),
            faults: Vec::new(),
            remarks: Remarks::default(),
            observations: Slots::default(),
            tables: Vec::new(),
        }
    }

    /// Reads those of the tables that are about `about`.
    pub(crate) fn read(&mut self, about: About, inputs: &[Input<'_>]) -> Result<(), Error> {
        for input in inputs.iter().filter(|input| input.about() == about) {
            self.tables.push(input.source);
            if let Err(error) = self.read_one(about, input) {
                match fault(&error, input).filter(|_| self.care == Care::Thorough) {
                    Some(fault) => self.faults.push(fault),
                    None => return Err(error),
                }
            }
        }
        if about == About::Places {
            self.catalog.place_countries();
        }
        Ok(())
    }

    fn read_one(&mut self, about: About, input: &Input<'_>) -> Result<(), Error> {
        let table = input.table()?;
        table.twins(&mut self.faults);
        let (catalog, faults) = (&mut self.catalog, &mut self.faults);
        if let Some(layout) = &input.layout {
            let all = &mut self.observations;
            foreign::observations(&table, layout, catalog, &mut self.remarks, |observation| {
                all.put(observation);
            });
            return Ok(());
        }
        match about {
            About::Entities => catalog.read_entities(&table, faults),
            About::Places => catalog.read_places(&table, faults),
            About::Measures => catalog.read_measures(&table, faults),
            About::Cues => catalog.read_cues(&table, faults),
            About::Subjects => catalog.read_subjects(&table, faults),
            About::Publishers => catalog.read_publishers(&table, faults),
            // Read by `read_rates`, when the first rate is asked for.
            About::Rates => Ok(()),
            About::Observations => self.read_observations(&table, &input.held),
        }
    }

    fn read_observations(&mut self, table: &Table<'_>, held: &Held) -> Result<(), Error> {
        let columns = Columns::of(table)?;
        slips(table, &mut self.faults);
        let parts = table.parts(PART);
        let shelf = self.observations.shelve(Shelf::new(table, held.clone(), columns.clone()));
        for wave in parts.chunks(WAVE * rayon::current_num_threads()) {
            for read in self.read_parts(wave, &columns) {
                self.faults.extend_from_slice(&read.faults);
                self.observations.take(shelf, read, &mut self.faults);
            }
        }
        Ok(())
    }

    /// Reads parts of a table side by side. What of them is about entities that are no places yet
    /// is read again when they are.
    fn read_parts(&mut self, parts: &[Table<'_>], columns: &Columns) -> Vec<Part> {
        loop {
            let catalog = &self.catalog;
            let read: Vec<Part> = match parts {
                [one] => vec![part(one, columns, catalog)],
                many => many.par_iter().map(|one| part(one, columns, catalog)).collect(),
            };
            if read.iter().all(|part| part.unplaced.is_empty()) {
                return read;
            }
            for entity in read.iter().flat_map(|part| &part.unplaced) {
                self.catalog.entity_place(*entity);
            }
        }
    }

    /// What was read, with the rates that were, or are to be read from `own_rates` later.
    pub(crate) fn store(mut self, rates: OnceLock<Rates>, own_rates: Vec<Input<'static>>) -> Store {
        self.tables.sort_unstable();
        self.faults.sort_by_key(|fault| fault.at);
        self.observations.arrange(&self.catalog);
        Store {
            catalog: self.catalog,
            faults: self.faults,
            observations: self.observations,
            tables: self.tables,
            given: Vec::new(),
            rates,
            own_rates,
        }
    }
}

/// Adds the rates in these tables; their cells take the place of earlier ones.
pub(crate) fn read_rates(
    rates: &mut Rates,
    tables: &[Input<'_>],
    catalog: &Catalog,
    faults: &mut Vec<TableFault>,
) -> Result<(), Error> {
    tables.iter().try_for_each(|input| rates.read(&input.table()?, catalog, faults))
}

/// A table that lacks a column, as a fault of its first line.
fn fault(error: &Error, input: &Input<'_>) -> Option<TableFault> {
    let at = match error {
        Error::NoHeader { .. } => At { source: input.source, span: Span::new(0, 0) },
        Error::NoColumn { nearest, .. } => {
            let table = input.table().ok()?;
            let slip = |title: &str| nearest.as_ref().is_some_and(|near| near == title);
            let mut columns = table.columns();
            columns.find(|(_, title, _)| slip(title)).map_or(table.at(0, 0), |(_, _, at)| at)
        }
        _ => return None,
    };
    Some(TableFault::new(at, error.what(), error.help().unwrap_or_default()))
}
