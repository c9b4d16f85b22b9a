//! What the description of a foreign table means in its columns, held against the table and the
//! catalog.

use crate::number::{Decimal, Exact};
use crate::quantity::{Hedge, Kind};
use crate::reference::catalog::Catalog;
use crate::reference::cells::Row;
use crate::reference::date::PartialDate;
use crate::reference::entity::EntityId;
use crate::reference::fault::{TableFault, nearest};
use crate::reference::foreign_date::{Format, joined};
use crate::reference::json::Word;
use crate::reference::lookup::{Lookup, Meant, Taken, unknown};
use crate::reference::mapping::{Filter, Measured, Published, Slot, Time};
use crate::reference::measure::{MeasureId, Subject};
use crate::reference::package::Layout;
use crate::reference::place::PlaceId;
use crate::reference::publisher::PublisherId;
use crate::reference::reading::measured;
use crate::reference::table::{Column, Table, Text};
use crate::reference::vocabulary::{RowColumn, RowKind, RowStatus};
use crate::text::At;
use regex::RegexBuilder;

/// No column.
const NONE: Column = Column(None);

/// What the values of one or more columns measure.
#[derive(Debug)]
pub(crate) struct Meaning {
    pub(crate) measure: Taken<MeasureId>,
    pub(crate) subject: Taken<Subject>,
    /// The measure's own where there is none.
    pub(crate) unit: Option<Taken<(Text, Kind)>>,
    pub(crate) scale: Taken<Decimal>,
    /// The measure's own where there is none.
    pub(crate) kind: Option<Taken<RowKind>>,
}

impl Meaning {
    /// The unit of a row, and what it measures.
    pub(crate) fn unit_of(
        &mut self,
        id: MeasureId,
        row: &Row<'_, '_>,
        catalog: &mut Catalog,
    ) -> Option<(Text, Kind)> {
        if let Some(unit) = &mut self.unit {
            return unit.of(row, catalog);
        }
        let unit = &catalog.measure(id).unit;
        Some((unit.clone(), measured(unit)?))
    }

    /// What a row counts over time.
    pub(crate) fn kind_of(
        &mut self,
        id: MeasureId,
        row: &Row<'_, '_>,
        catalog: &mut Catalog,
    ) -> Option<RowKind> {
        match &mut self.kind {
            Some(kind) => kind.of(row, catalog),
            None => Some(catalog.measure(id).kind),
        }
    }
}

/// A column of values.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) column: Column,
    /// The day that the column's name is, in a table that is wide by time.
    pub(crate) day: Option<PartialDate>,
    /// Which of the meanings it has.
    pub(crate) meaning: usize,
}

/// Rows that are passed over.
#[derive(Debug)]
pub(crate) struct Sieve {
    column: Column,
    not: Vec<String>,
    is: Vec<String>,
}

impl Sieve {
    pub(crate) fn leaves_out(&self, row: &Row<'_, '_>) -> bool {
        let text = row.text(self.column);
        let among = |words: &[String]| words.iter().any(|word| **word == *text);
        among(&self.not) || !self.is.is_empty() && !among(&self.is)
    }
}

/// Running totals that are made of the rows.
#[derive(Debug)]
pub(crate) struct Totals {
    pub(crate) kind: RowKind,
    pub(crate) from: PartialDate,
}

/// When the rows were published.
#[derive(Debug)]
pub(crate) enum Release {
    Unknown,
    On(PartialDate),
    Column(Column),
}

/// How numbers are written.
#[derive(Debug)]
pub(crate) struct Digits {
    pub(crate) decimal: char,
    pub(crate) group: Option<char>,
}

impl Digits {
    /// A number as other programs write it: `5373185.0`, `-3.2e6`. A nought behind the point is
    /// theirs and tells nothing of how finely it was counted.
    pub(crate) fn number(&self, text: &str) -> Option<Exact> {
        let plain = text.bytes().all(|b| b.is_ascii_digit() || b == b'-' || b == b'.');
        let value: Decimal = if plain && self.decimal == '.' {
            text.parse().ok()?
        } else {
            let ours = |sign: char| match sign {
                sign if sign == self.decimal => Some('.'),
                sign if self.group == Some(sign) => None,
                // A point that is not said to be one would make 1 of 1.000.
                '.' => Some(' '),
                sign => Some(sign),
            };
            let text: String = text.chars().filter_map(ours).collect();
            if text.contains(['e', 'E']) {
                Decimal::from_scientific(&text).ok()?
            } else {
                text.parse().ok().filter(|_| !text.contains(['_', '+']))?
            }
        };
        let value = value.normalize();
        Some(Exact { value, step: Decimal::new(1, value.scale()) })
    }
}

/// The description of a table, held against the table and the catalog.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) entity: Option<Taken<EntityId>>,
    pub(crate) place: Option<Taken<PlaceId>>,
    pub(crate) status: Taken<Option<RowStatus>>,
    pub(crate) bound: Taken<Hedge>,
    pub(crate) publisher: Taken<(PublisherId, Text)>,
    /// The columns of a row's day; none in a table that is wide by time.
    pub(crate) day: Vec<Column>,
    pub(crate) format: Format,
    pub(crate) filters: Vec<Sieve>,
    pub(crate) sources: Vec<Source>,
    pub(crate) meanings: Vec<Meaning>,
    pub(crate) digits: Digits,
    pub(crate) missing: Vec<String>,
    pub(crate) drop_zero: bool,
    pub(crate) period_start: Option<PartialDate>,
    pub(crate) accumulate: Option<Totals>,
    pub(crate) published: Release,
    pub(crate) url: Text,
}

impl Plan {
    /// The plan; `None` if the description has a fault, which is named in the package.
    pub(crate) fn of(
        table: &Table<'_>,
        layout: &Layout,
        catalog: &mut Catalog,
        faults: &mut Vec<TableFault>,
    ) -> Option<Self> {
        let before = faults.len();
        let mut planner = Planner { table, layout, catalog, faults };
        let plan = planner.plan();
        plan.filter(|_| planner.faults.len() == before)
    }
}

impl Plan {
    /// Names what can be read but is hardly meant, as far as it shows without the rows.
    pub(crate) fn hints(&self, layout: &Layout, catalog: &Catalog, hints: &mut Vec<TableFault>) {
        let mut hint = |message: String, help: &str| {
            let fault = TableFault::new(layout.mapping.at, message, help);
            if !hints.contains(&fault) {
                hints.push(fault);
            }
        };
        let same = |meaning: &Meaning| match &meaning.measure {
            Taken::Same(id) => Some(*id),
            Taken::Row(_) => None,
        };
        for meaning in &self.meanings {
            let Some(measure) = same(meaning).map(|id| catalog.measure(id)) else { continue };
            let key = &measure.key;
            let needs = |column| [measure.whose, measure.place].contains(&Some(column));
            let whose = self.entity.is_none() && needs(RowColumn::Entity);
            let is_where = self.entity.is_some() && measure.whose != Some(RowColumn::Entity);
            if whose || self.place.is_none() && needs(RowColumn::Place) && !is_where {
                let lacks = if whose { "entity" } else { "place" };
                let help = "add it: no claim can meet the rows without it";
                hint(format!("`{key}` needs `{lacks}`, and the mapping has none"), help);
            }
            if let Some(Taken::Same((unit, kind))) = &meaning.unit
                && measured(&measure.unit).is_some_and(|own| own != *kind)
            {
                let message =
                    format!("`{unit}` is no unit of `{key}`, which is in {}", measure.unit);
                hint(message, "look at `unit` and at `indicator`");
            }
            let kind = match &meaning.kind {
                Some(Taken::Same(kind)) => Some(*kind),
                Some(Taken::Row(_)) => None,
                None => Some(measure.kind),
            };
            if kind == Some(RowKind::Cumulative) && self.period_start.is_none() {
                let message =
                    format!("`{key}` is a running total, and the mapping has no `period_start`");
                hint(message, "write from when on it counts, or another `kind`");
            }
        }
    }
}

struct Planner<'x, 'a> {
    table: &'x Table<'a>,
    layout: &'x Layout,
    catalog: &'x mut Catalog,
    faults: &'x mut Vec<TableFault>,
}

impl Planner<'_, '_> {
    fn plan(&mut self) -> Option<Plan> {
        let layout = self.layout;
        let mapping = &layout.mapping;
        let entity = self.optional(mapping.entity.as_ref());
        let place = self.optional(mapping.place.as_ref());
        let status = self.needed(mapping.status.as_ref());
        let publisher = self.needed(mapping.publisher.as_ref());
        let bound = self.usual(mapping.bound.as_ref(), Hedge::Exact);
        let filters = mapping.filters.iter().map(|filter| self.sieve(filter)).collect();
        let format = self.format(mapping.time.as_ref());
        let period_start = mapping.period_start.as_ref().map(|day| self.date(day));
        let accumulate = mapping.accumulate.as_ref().map(|totals| {
            let kind = self.meant(&totals.kind);
            Some(Totals { from: self.date(&totals.from)?, kind: kind? })
        });
        let published = self.release(mapping.published.as_ref());
        let (meanings, sources, day) = self.values(&format);
        let sign = |word: &Option<Word>| word.as_ref().and_then(|word| word.text.chars().next());
        Some(Plan {
            entity,
            place,
            status: status?,
            bound: bound?,
            publisher: publisher?,
            day,
            format,
            filters,
            sources,
            meanings,
            digits: Digits {
                decimal: sign(&mapping.decimal).unwrap_or('.'),
                group: sign(&mapping.group),
            },
            missing: mapping.missing.clone(),
            drop_zero: mapping.drop_zero,
            period_start: period_start.flatten(),
            accumulate: accumulate.flatten(),
            published,
            url: mapping.source_url.clone().map(|word| word.text).unwrap_or_default().into(),
        })
    }

    fn fault(&mut self, at: At, message: impl Into<String>, help: impl Into<String>) {
        self.faults.push(TableFault::new(at, message, help));
    }

    /// A key that a description cannot go without.
    fn lacks(&mut self, key: &str, help: &str) {
        self.fault(self.layout.mapping.at, format!("the mapping has no `{key}`"), help);
    }

    /// What a word of the package stands for.
    fn meant<T: Meant>(&mut self, word: &Word) -> Option<T> {
        let found = T::of(&word.text, self.catalog);
        if found.is_none() {
            let help = T::help(&word.text, self.catalog);
            self.fault(word.at, unknown::<T>(&word.text), help);
        }
        found
    }

    fn taken<T: Meant>(&mut self, slot: &Slot) -> Option<Taken<T>> {
        match slot {
            Slot::Same(word) => self.meant(word).map(Taken::Same),
            Slot::Column { column, other, map } => {
                for (_, word) in map {
                    self.meant::<T>(word);
                }
                let pair = |(key, word): &(Word, Word)| (key.text.clone(), word.text.clone());
                let other = other.as_ref().map_or(NONE, |other| self.column(other));
                let map = map.iter().map(pair).collect();
                Some(Taken::Row(Lookup::new(self.column(column), other, map)))
            }
        }
    }

    fn optional<T: Meant>(&mut self, slot: Option<&Slot>) -> Option<Taken<T>> {
        slot.and_then(|slot| self.taken(slot))
    }

    fn usual<T: Meant>(&mut self, slot: Option<&Slot>, usual: T) -> Option<Taken<T>> {
        slot.map_or(Some(Taken::Same(usual)), |slot| self.taken(slot))
    }

    fn needed<T: Meant>(&mut self, slot: Option<&Slot>) -> Option<Taken<T>> {
        if slot.is_none() {
            let help = format!("add `{}`: a word, or the column that says it", T::KEY);
            self.lacks(T::KEY, &help);
        }
        self.optional(slot)
    }

    fn date(&mut self, word: &Word) -> Option<PartialDate> {
        let date = PartialDate::parse(&word.text);
        if date.is_none() {
            let help = "write year-month-day as 2022-02-24, or 2022-02, or 2022";
            self.fault(word.at, format!("`{}` is no date", word.text), help);
        }
        date
    }

    /// The column of that name.
    fn column(&mut self, name: &Word) -> Column {
        let found = self.table.column(&name.text);
        if found == NONE {
            let titles = self.table.columns().map(|(_, title, _)| title);
            let help = match nearest(&name.text, titles) {
                Some(near) => format!("write `{near}`"),
                None => format!(
                    "write a column that line {} of {} names",
                    self.layout.header_row, self.table.name
                ),
            };
            self.fault(name.at, format!("the table has no column `{}`", name.text), help);
        }
        found
    }

    fn sieve(&mut self, filter: &Filter) -> Sieve {
        let (not, is) = (filter.not.clone(), filter.is.clone());
        Sieve { column: self.column(&filter.column), not, is }
    }

    fn format(&mut self, time: Option<&Time>) -> Format {
        let Some(word) = time.and_then(|time| time.format.as_ref()) else { return Format::Ours };
        Format::read(&word.text).unwrap_or_else(|| {
            let message = format!("`{}` is no way to write dates", word.text);
            self.fault(word.at, message, "write it as %d.%m.%Y or %m/%d/%y or %B %Y");
            Format::Ours
        })
    }

    fn release(&mut self, published: Option<&Published>) -> Release {
        let day = match published {
            None => return Release::Unknown,
            Some(Published::Column(name)) => return Release::Column(self.column(name)),
            Some(Published::On(day)) => self.date(day),
            Some(Published::Cell { at, row, column }) => {
                let cell = self.table.cell_at(*row, *column).unwrap_or_default();
                let day = Format::Ours.date(cell);
                if day.is_none() {
                    let message = format!("cell {column} of line {row} has no date but `{cell}`");
                    self.fault(*at, message, "name the cell that says when the table is from");
                }
                day
            }
        };
        day.map_or(Release::Unknown, Release::On)
    }

    /// What is measured, in which columns, and where the day of a row stands.
    fn values(&mut self, format: &Format) -> (Vec<Meaning>, Vec<Source>, Vec<Column>) {
        let mapping = &self.layout.mapping;
        let Some(time) = &mapping.time else {
            self.lacks("time", "add `time` with the `columns` of the date");
            return (Vec::new(), Vec::new(), Vec::new());
        };
        let (mut meanings, mut sources) = (Vec::new(), Vec::new());
        if let Some(pattern) = &time.headers {
            for (column, day) in self.wide(pattern, format) {
                sources.push(Source { column, day: Some(day), meaning: 0 });
            }
            meanings.extend(self.meaning(None));
            for one in &mapping.measures {
                let help = "leave `measures` out: in a table that is wide by time, the columns \
                            that `headers` fits are those of the values";
                self.fault(one.column.at, "a column of values beside `headers`", help);
            }
            return (meanings, sources, Vec::new());
        }
        let day = time.columns.iter().map(|name| self.column(name)).collect();
        if let Some(name) = &mapping.value {
            sources.push(Source { column: self.column(name), day: None, meaning: 0 });
            meanings.extend(self.meaning(None));
        }
        for one in &mapping.measures {
            let column = self.column(&one.column);
            sources.push(Source { column, day: None, meaning: meanings.len() });
            meanings.extend(self.meaning(Some(one)));
        }
        if sources.is_empty() {
            self.lacks("value", "add `value` with its column, or `measures` with several");
        }
        (meanings, sources, day)
    }

    /// The columns whose names are dates.
    fn wide(&mut self, pattern: &Word, format: &Format) -> Vec<(Column, PartialDate)> {
        let Ok(fits) = RegexBuilder::new(&pattern.text).unicode(false).build() else {
            let message = format!("`{}` is no pattern", pattern.text);
            self.fault(pattern.at, message, r"write it as ^[0-9]{4}$");
            return Vec::new();
        };
        let table = self.table;
        let mut found = Vec::new();
        for (column, title, at) in table.columns().filter(|(_, title, _)| fits.is_match(title)) {
            if let Some(day) = format.date(title) {
                found.push((column, day));
            } else {
                let help = "let `headers` fit names of columns that are dates only, or say in \
                            `format` how they are written";
                self.fault(at, format!("`{title}` is no date"), help);
            }
        }
        if found.is_empty() {
            let message = format!("no column has a name that fits `{}`", pattern.text);
            self.fault(pattern.at, message, "look at the pattern and at the line of the names");
        }
        found
    }

    fn meaning(&mut self, own: Option<&Measured>) -> Option<Meaning> {
        let mapping = &self.layout.mapping;
        let own = |slot: fn(&Measured) -> &Option<Slot>, all| {
            own.and_then(|own| slot(own).as_ref()).or(all)
        };
        let measure = self.needed(own(|own| &own.indicator, mapping.indicator.as_ref()));
        let nobody = Subject::default();
        let subject = self.usual(own(|own| &own.subject, mapping.subject.as_ref()), nobody);
        let scale = self.usual(own(|own| &own.scale, mapping.scale.as_ref()), Decimal::ONE);
        let unit = self.optional(own(|own| &own.unit, mapping.unit.as_ref()));
        let kind = self.optional(own(|own| &own.kind, mapping.kind.as_ref()));
        Some(Meaning { measure: measure?, subject: subject?, unit, scale: scale?, kind })
    }
}

/// The date in the columns of a row; nothing, and a fault in the row, where there is none.
pub(crate) fn day_of(row: &mut Row<'_, '_>, plan: &Plan) -> Option<PartialDate> {
    let day = joined(row, &plan.day, &plan.format);
    if day.is_none()
        && let Some(column) = plan.day.first()
    {
        let text: Vec<_> = plan.day.iter().map(|column| row.text(*column).into_owned()).collect();
        let help = "say in `format` of `time` how dates are written, or leave the row out with \
                    `where`";
        row.fault(*column, format!("`{}` is no date", text.join(" ")), help.to_owned());
    }
    day
}
