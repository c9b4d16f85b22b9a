//! Measures, which are the series that tables hold, and the subjects within them.

use crate::number::Decimal;
use crate::reference::cells::Row;
use crate::reference::error::Error;
use crate::reference::table::{Column, Table, Text};
use crate::reference::vocabulary::{Aspect, Indicator, RowColumn, RowKind};
use std::sync::Arc;

/// Names one measure of the catalog.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MeasureId(pub(crate) usize);

/// What a series measures: a row of the table of indicators.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    /// Its key: `conflict_deaths`.
    pub key: Text,
    /// What it is called.
    pub title: Text,
    /// The unit most of its rows are in.
    pub unit: Text,
    /// What most of its rows count over time.
    pub kind: RowKind,
    /// The indicator of claims that may meet it.
    pub claim_indicator: Indicator,
    /// The aspects of claims that may meet it; any if empty.
    pub claim_aspects: Vec<Aspect>,
    /// The row's column that the claim's subject has to equal.
    pub whose: Option<RowColumn>,
    /// The row's column that the claim's place has to equal; `where` in the table.
    pub place: Option<RowColumn>,
    /// After how many days a row is too old to judge by.
    pub max_age_days: u32,
    /// No value is less.
    pub plausible_min: Decimal,
    /// No value is more.
    pub plausible_max: Decimal,
    /// Whether it never falls.
    pub monotone: bool,
    /// Words in a claim's sentence that speak for the measure.
    pub words: Vec<Text>,
    /// Whether one of the words has to be there: the column `needs_words`.
    pub needs_words: bool,
    /// The keys of the measures that count more, of which this is a part.
    pub part_of: Vec<Text>,
    /// The keys of the measures that are a later stage of this.
    pub leads_to: Vec<Text>,
    /// The keys of the measures that count something else and are taken for this.
    pub unlike: Vec<Text>,
}

/// Names one subject of the catalog.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SubjectId(pub(crate) usize);

/// Who or what is counted in some rows of a measure: a row of the table of subjects.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subject {
    /// Its key: `russian_forces`.
    pub key: Text,
    /// What it is called.
    pub title: Text,
    /// The slug of the entity it stands for; empty if it stands for nobody in particular.
    pub entity: Text,
    /// The indicator of claims that may meet its rows, where that is not the measure's.
    pub claim_indicator: Option<Indicator>,
    /// Words of which one has to be in the claim's sentence; none if empty.
    pub words: Arc<[Text]>,
}

/// The columns of a table of indicators.
#[derive(Debug)]
pub(crate) struct MeasureColumns {
    pub(crate) key: Column,
    title: Column,
    unit: Column,
    kind: Column,
    claim_indicator: Column,
    claim_aspects: Column,
    whose: Column,
    place: Column,
    max_age_days: Column,
    plausible_min: Column,
    plausible_max: Column,
    monotone: Column,
    words: Column,
    needs_words: Column,
    part_of: Column,
    leads_to: Column,
    unlike: Column,
}

impl MeasureColumns {
    pub(crate) fn of(table: &Table<'_>) -> Result<Self, Error> {
        Ok(Self {
            key: table.needs("indicator")?,
            title: table.needs("title")?,
            unit: table.needs("unit")?,
            kind: table.needs("kind")?,
            claim_indicator: table.needs("claim_indicator")?,
            claim_aspects: table.needs("claim_aspect")?,
            whose: table.needs("whose")?,
            place: table.needs("where")?,
            max_age_days: table.needs("max_age_days")?,
            plausible_min: table.needs("plausible_min")?,
            plausible_max: table.needs("plausible_max")?,
            monotone: table.needs("monotone")?,
            words: table.needs("words")?,
            needs_words: table.column("needs_words"),
            part_of: table.column("part_of"),
            leads_to: table.column("leads_to"),
            unlike: table.column("unlike"),
        })
    }

    /// The measure of a row.
    pub(crate) fn measure(&self, row: &mut Row<'_, '_>) -> Option<Measure> {
        let kind = row.needed_word(self.kind);
        let claim_indicator = row.needed_word(self.claim_indicator);
        let max_age_days = row.whole(self.max_age_days, "a number of days");
        let ends = (row.needed_number(self.plausible_min), row.needed_number(self.plausible_max));
        if let (Some(least), Some(most)) = ends
            && least.value > most.value
        {
            let message = format!("{} is less than `plausible_min`", most.value);
            row.fault(self.plausible_max, message, "write the greater of the two here".to_owned());
        }
        let measure = Measure {
            key: row.filled(self.key),
            title: row.filled(self.title),
            unit: row.filled(self.unit),
            kind: kind?,
            claim_indicator: claim_indicator?,
            claim_aspects: row.words(self.claim_aspects),
            whose: row.word(self.whose),
            place: row.word(self.place),
            max_age_days: max_age_days?,
            plausible_min: ends.0?.value,
            plausible_max: ends.1?.value,
            monotone: row.yes(self.monotone),
            words: row.list(self.words, ';'),
            needs_words: row.yes(self.needs_words),
            part_of: row.list(self.part_of, '|'),
            leads_to: row.list(self.leads_to, '|'),
            unlike: row.list(self.unlike, '|'),
        };
        row.is_sound().then_some(measure)
    }

    /// The keys of other measures that a row names, each with its column.
    pub(crate) fn relations(&self, row: &Row<'_, '_>) -> Vec<(Column, Text)> {
        let keys = |column| row.list(column, '|').into_iter().map(move |key| (column, key));
        [self.part_of, self.leads_to, self.unlike].into_iter().flat_map(keys).collect()
    }
}

/// The columns of a table of subjects.
#[derive(Debug)]
pub(crate) struct SubjectColumns {
    pub(crate) key: Column,
    title: Column,
    pub(crate) entity: Column,
    claim_indicator: Column,
    words: Column,
}

impl SubjectColumns {
    pub(crate) fn of(table: &Table<'_>) -> Result<Self, Error> {
        Ok(Self {
            key: table.needs("subject")?,
            title: table.needs("title")?,
            entity: table.needs("entity")?,
            claim_indicator: table.column("claim_indicator"),
            words: table.column("words"),
        })
    }

    /// The subject of a row.
    pub(crate) fn subject(&self, row: &mut Row<'_, '_>) -> Option<Subject> {
        let subject = Subject {
            key: row.filled(self.key),
            title: row.kept(self.title),
            entity: row.kept(self.entity),
            claim_indicator: row.word(self.claim_indicator),
            words: row.list(self.words, ';').into(),
        };
        row.is_sound().then_some(subject)
    }
}
