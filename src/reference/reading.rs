//! Rows in, observations out: every cell is held against the catalog, and a row with a cell that
//! does not hold is left out and named.

use crate::number::{Decimal, Exact};
use crate::quantity::{Hedge, Kind, Written, is_currency, unit};
use crate::reference::catalog::{Catalog, offer};
use crate::reference::cells::Row;
use crate::reference::date::PartialDate;
use crate::reference::entity::EntityId;
use crate::reference::error::Error;
use crate::reference::fault::TableFault;
use crate::reference::measure::{Measure, MeasureId, Subject};
use crate::reference::observation::{Observation, written};
use crate::reference::place::PlaceId;
use crate::reference::publisher::PublisherId;
use crate::reference::table::{Column, Table, Text};
use crate::reference::vocabulary::{RowKind, RowStatus};
use chrono::NaiveDate;

/// Units that are counted one by one.
const COUNTED: &[&str] = &["person", "item", "case", "crossing", "unit"];

/// What to write where a unit is wanted.
pub(crate) const UNITS: &str =
    "write person, item, case, crossing, unit, %, a currency's code as USD, or a unit as km";

/// The columns of a table of observations.
#[derive(Debug, Clone)]
pub(crate) struct Columns {
    pub(crate) id: Column,
    indicator: Column,
    pub(crate) subject: Column,
    pub(crate) entity: Column,
    pub(crate) place: Column,
    value: Column,
    lower: Column,
    upper: Column,
    bound: Column,
    pub(crate) unit: Column,
    pub(crate) kind: Column,
    pub(crate) period_start: Column,
    pub(crate) as_of: Column,
    pub(crate) published: Column,
    pub(crate) status: Column,
    publisher: Column,
    pub(crate) url: Column,
    note: Column,
}

impl Columns {
    pub(crate) fn of(table: &Table<'_>) -> Result<Self, Error> {
        let value = table.column("value");
        let (lower, upper) = (table.column("lower"), table.column("upper"));
        if lower.0.is_none() && upper.0.is_none() {
            table.needs("value")?;
        }
        Ok(Self {
            id: table.column("id"),
            indicator: table.needs("indicator")?,
            subject: table.column("subject"),
            entity: table.needs("entity")?,
            place: table.column("place"),
            value,
            lower,
            upper,
            bound: table.needs("bound")?,
            unit: table.needs("unit")?,
            kind: table.needs("kind")?,
            period_start: table.column("period_start"),
            as_of: table.needs("as_of")?,
            published: table.column("published"),
            status: table.needs("status")?,
            publisher: table.needs("publisher")?,
            url: table.column("source_url"),
            note: table.column("note"),
        })
    }

    /// The columns in which the rows of a series do not differ.
    pub(crate) fn frame(&self) -> [Column; 8] {
        [
            self.indicator,
            self.subject,
            self.entity,
            self.place,
            self.unit,
            self.kind,
            self.status,
            self.publisher,
        ]
    }
}

/// The names of all columns that are read.
const KNOWN: &[&str] = &[
    "id",
    "indicator",
    "subject",
    "entity",
    "place",
    "value",
    "lower",
    "upper",
    "bound",
    "unit",
    "kind",
    "period_start",
    "as_of",
    "published",
    "status",
    "publisher",
    "source_url",
    "note",
];

/// Columns whose names nearly are those of columns that are read.
pub(crate) fn slips(table: &Table<'_>, faults: &mut Vec<TableFault>) {
    table.slips(KNOWN, faults);
}

/// The dates of a row.
pub(crate) struct Dates {
    pub(crate) period_start: Option<PartialDate>,
    pub(crate) as_of: Option<PartialDate>,
    pub(crate) published: Option<PartialDate>,
}

/// One row on its way to become an observation.
pub(crate) struct Reading<'x, 'r, 'a> {
    pub(crate) columns: &'x Columns,
    pub(crate) catalog: &'x Catalog,
    pub(crate) row: &'x mut Row<'r, 'a>,
    /// The entity that the row takes for a place, though it is none yet.
    pub(crate) unplaced: Option<EntityId>,
}

impl<'x, 'r, 'a> Reading<'x, 'r, 'a> {
    pub(crate) fn new(
        columns: &'x Columns,
        catalog: &'x Catalog,
        row: &'x mut Row<'r, 'a>,
    ) -> Self {
        Self { columns, catalog, row, unplaced: None }
    }

    /// The row as an observation. It was held against the catalog before, so that nothing in it is
    /// missing; what were would be left empty.
    pub(crate) fn observation(&mut self) -> Observation {
        let columns = self.columns;
        let measure = self.measure();
        let subject = self.subject().unwrap_or_default();
        let entity = self.entity();
        let place = self.place(entity);
        let quantity = self.quantity();
        let value = self.written(measure, quantity);
        let kind = self.row.needed_word(columns.kind).unwrap_or(RowKind::Stock);
        let status = self.row.needed_word(columns.status);
        let dates = self.dates(status);
        let publisher = self.publisher();
        let zero = Exact::whole(0);
        let none = Written { lower: zero, upper: zero, hedge: Hedge::Exact, count: false };
        let Subject { key, entity: slug, claim_indicator, words, .. } = subject;
        let named = Some(&*slug).filter(|slug| !slug.is_empty());
        let measure = measure.unwrap_or(MeasureId(0));
        Observation {
            table: self.row.table().name.clone(),
            line: self.row.line(),
            at: self.value_at(),
            id: self.id(),
            measure,
            claim_indicator: claim_indicator
                .unwrap_or(self.catalog.measure(measure).claim_indicator),
            subject: key,
            subject_entity: named.and_then(|slug| self.catalog.entity_named(slug)),
            subject_words: words,
            entity: entity.ok(),
            place,
            written: value.unwrap_or(none),
            quantity: quantity.unwrap_or(Kind::Count),
            unit: self.row.kept(columns.unit),
            kind,
            period_start: dates.period_start,
            as_of: dates.as_of.unwrap_or(PartialDate::from(NaiveDate::MIN)),
            published: dates.published,
            status: status.unwrap_or(RowStatus::Official),
            publisher: self.row.kept(columns.publisher),
            publisher_id: publisher.unwrap_or(PublisherId(0)),
            url: self.row.kept(columns.url),
            note: self.row.kept(columns.note),
        }
    }

    fn id(&self) -> Text {
        let id = self.row.kept(self.columns.id);
        if id.is_empty() {
            format!("{}:{}", self.row.table().name, self.row.line()).into()
        } else {
            id
        }
    }

    /// The value's cell; for a range both its cells.
    fn value_at(&self) -> crate::text::At {
        let [value, lower, upper] = [self.columns.value, self.columns.lower, self.columns.upper];
        let mut filled = [lower, upper].into_iter().filter(|c| !self.row.text(*c).is_empty());
        let Some(first) = filled.next() else { return self.row.at(value) };
        let at = self.row.at(first);
        match filled.next() {
            Some(last) => crate::text::At { span: at.span.to(self.row.at(last).span), ..at },
            None => at,
        }
    }

    pub(crate) fn measure(&mut self) -> Option<MeasureId> {
        let column = self.columns.indicator;
        self.row.need(column);
        let key = self.row.text(column);
        let found = self.catalog.measure_named(&key);
        if found.is_none() && !key.is_empty() {
            let keys = self.catalog.measures().map(|(_, measure)| &*measure.key);
            let help = offer(self.row.nearest(&key, keys), "indicators.csv");
            self.row.fault(column, format!("no indicator is called `{key}`"), help);
        }
        found
    }

    /// The subject: of the table of subjects, or an entity; everybody if the cell is empty.
    pub(crate) fn subject(&mut self) -> Option<Subject> {
        let column = self.columns.subject;
        let key = self.row.text(column);
        let found = self.catalog.subject_called(&key);
        if found.is_none() {
            let keys = self.catalog.subjects().map(|(_, subject)| &*subject.key);
            let help = offer(self.row.nearest(&key, keys), "subjects.csv");
            self.row.fault(column, format!("no subject is called `{key}`"), help);
        }
        found
    }

    /// The entity, or else the place that stands in its cell.
    pub(crate) fn entity(&mut self) -> Result<EntityId, Option<PlaceId>> {
        let column = self.columns.entity;
        let name = self.row.text(column);
        if name.is_empty() {
            return Err(None);
        }
        if let Some(found) = self.catalog.entity_called(&name) {
            return Ok(found);
        }
        let place = self.placed(&name);
        if place.is_none() && self.unplaced.is_none() {
            let known = self.catalog.entities().flat_map(|(_, entity)| {
                std::iter::once(&*entity.id).chain(entity.names.iter().map(|name| &**name))
            });
            let help = offer(self.row.nearest(&name, known), "entities.csv");
            self.row.fault(column, format!("no entity is called `{name}`"), help);
        }
        Err(place)
    }

    pub(crate) fn place(&mut self, entity: Result<EntityId, Option<PlaceId>>) -> Option<PlaceId> {
        let column = self.columns.place;
        let name = self.row.text(column);
        if name.is_empty() {
            return entity.err().flatten();
        }
        let found = self.placed(&name);
        if found.is_none() && self.unplaced.is_none() {
            let known = self.catalog.places().flat_map(|(_, place)| [&*place.id, &*place.name]);
            let help = offer(self.row.nearest(&name, known), "places.csv");
            self.row.fault(column, format!("no place is called `{name}`"), help);
        }
        found
    }

    /// The place of that name. An entity that is none has to be made one first.
    fn placed(&mut self, name: &str) -> Option<PlaceId> {
        match self.catalog.place_known(name)? {
            Ok(place) => Some(place),
            Err(entity) => {
                self.unplaced = Some(entity);
                None
            }
        }
    }

    /// What the unit measures.
    pub(crate) fn quantity(&mut self) -> Option<Kind> {
        let column = self.columns.unit;
        self.row.need(column);
        let name = self.row.text(column);
        let found = measured(&name);
        if found.is_none() && !name.is_empty() {
            self.row.fault(column, format!("`{name}` is no unit"), UNITS.to_owned());
        }
        found
    }

    pub(crate) fn written(
        &mut self,
        measure: Option<MeasureId>,
        quantity: Option<Kind>,
    ) -> Option<Written> {
        let columns = self.columns;
        let bound: Option<Hedge> = self.row.needed_word(columns.bound);
        let cells = [columns.value, columns.lower, columns.upper];
        let [value, lower, upper] = cells.map(|column| self.row.number(column));
        if let Some(measure) = measure {
            let measure = self.catalog.measure(measure);
            for (column, number) in cells.into_iter().zip([value, lower, upper]) {
                plausible(self.row, column, measure, number);
            }
        }
        if !self.row.is_sound() {
            return None;
        }
        let (bound, count) = (bound?, quantity? == Kind::Count);
        let found = written(value, (lower, upper), bound, count);
        if found.is_none() {
            let column =
                if value.is_none() && lower.is_some() { columns.lower } else { columns.value };
            let message = format!("the value does not go with the bound `{}`", bound.name());
            let help =
                "write `value` alone, or `lower` and a greater `upper` with the bound `range`";
            self.row.fault(column, message, help.to_owned());
        }
        found
    }

    pub(crate) fn dates(&mut self, status: Option<RowStatus>) -> Dates {
        let columns = self.columns;
        self.row.need(columns.as_of);
        let dates = Dates {
            period_start: self.row.date(columns.period_start),
            as_of: self.row.date(columns.as_of),
            published: self.row.date(columns.published),
        };
        let ahead = |late: Option<PartialDate>, early: Option<PartialDate>| {
            let days = late.zip(early);
            days.is_some_and(|(late, early)| late.first_day() > early.last_day())
        };
        if ahead(dates.period_start, dates.as_of) {
            let help = "write the day from which the figure counts".to_owned();
            self.row.fault(columns.period_start, "it is later than `as_of`".to_owned(), help);
        }
        if ahead(dates.as_of, dates.published) && status != Some(RowStatus::Forecast) {
            let help = "write the day on which the figure was said, or the status `forecast`";
            let message = "it is earlier than `as_of`".to_owned();
            self.row.fault(columns.published, message, help.to_owned());
        }
        dates
    }

    pub(crate) fn publisher(&mut self) -> Option<PublisherId> {
        let column = self.columns.publisher;
        self.row.need(column);
        let name = self.row.text(column);
        let found = self.catalog.publisher_named(&name);
        if found.is_none() && !name.is_empty() {
            let names = self.catalog.publishers().map(|(_, publisher)| &*publisher.name);
            let help = offer(self.row.nearest(&name, names), "sources.csv");
            self.row.fault(column, format!("no publisher is called `{name}`"), help);
        }
        found
    }
}

/// What a unit measures, if it is one; `/a` is a year's worth of it.
pub(crate) fn measured(name: &str) -> Option<Kind> {
    if COUNTED.contains(&name) {
        Some(Kind::Count)
    } else if name == "%" {
        Some(Kind::Percent)
    } else if is_currency(name) {
        Some(Kind::Money)
    } else {
        unit(name.strip_suffix("/a").unwrap_or(name)).map(|unit| unit.kind)
    }
}

/// A slip of scale shows as a value that its measure cannot have.
fn plausible(row: &mut Row<'_, '_>, column: Column, measure: &Measure, number: Option<Exact>) {
    let Some(value) = number.map(|number| number.value) else { return };
    let (least, most): (Decimal, Decimal) = (measure.plausible_min, measure.plausible_max);
    if value < least || value > most {
        let message = format!("{value} is not between {least} and {most}, as `{}` is", measure.key);
        let help = "look at the scale: values stand in their unit, without thousands or millions";
        row.fault(column, message, help.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::measured;
    use crate::quantity::Kind;
    use crate::reference::PartialDate;
    use crate::reference::test_support::{observation, table_of};
    use crate::reference::vocabulary::{Indicator, RowKind};

    /// The one fault in a row: its line and column, what it says, and what it offers.
    #[track_caller]
    fn check(row: &str, place: (usize, usize), message: &str, help: &str) {
        let (store, sources) = table_of(&[row]);
        let [fault] = &store.faults[..] else { panic!("{:?}", store.faults) };
        assert!(sources.holds(fault.at));
        let found = sources.place(fault.at);
        assert_eq!((found.line, found.column), place, "{row}: {found:?}");
        assert_eq!(fault.message, message);
        assert!(fault.help.contains(help), "{}", fault.help);
        assert_eq!(store.ids().count(), 0, "the row is left out");
    }

    // The header and the row that cells are planted in:
    // id,indicator,subject,entity,place,value,lower,upper,bound,unit,kind,period_start,as_of,published,status,publisher
    // r,conflict_deaths,deaths,UKR,UKR-Donbas,13000,,,exact,person,cumulative,2014-04,2022-01-01,2022-01-02,official,OHCHR

    #[test]
    fn bad_cells_are_named_with_their_place() {
        check("value=\"13,000\"", (2, 42), "`13,000` is no plain number", "write 13000:");
        check("value=1.3 million", (2, 41), "`1.3 million` is no plain number", "write 1300000:");
        check(
            "indicator=conflict_death",
            (2, 3),
            "no indicator is called `conflict_death`",
            "write `conflict_deaths`",
        );
        check(
            "subject=marsians",
            (2, 19),
            "no subject is called `marsians`",
            "add a row to subjects.csv",
        );
        check("entity=Ukrane", (2, 26), "no entity is called `Ukrane`", "write `Ukraine`");
        check(
            "place=UKR-Donbass",
            (2, 30),
            "no place is called `UKR-Donbass`",
            "write `UKR-Donbas`",
        );
        check("bound=circa", (2, 49), "`circa` is no `bound`", "write one of: exact, about");
        check("unit=people", (2, 55), "`people` is no unit", "write person");
        check("kind=stok", (2, 62), "`stok` is no `kind`", "write `stock`");
        check("as_of=1/1/2022", (2, 81), "`1/1/2022` is no date", "2022-02-24");
        check("status=offical", (2, 103), "`offical` is no `status`", "write `official`");
        check(
            "publisher=OHCRH",
            (2, 112),
            "no publisher is called `OHCRH`",
            "add a row to sources.csv",
        );
        check("as_of=", (2, 81), "the row has no `as_of`", "give the row");
    }

    #[test]
    fn cells_have_to_go_together() {
        check(
            "value=",
            (2, 41),
            "the value does not go with the bound `exact`",
            "write `value` alone",
        );
        check(
            "value=,lower=9,upper=5,bound=range",
            (2, 42),
            "the value does not go with the bound `range`",
            "a greater `upper`",
        );
        check(
            "value=77000000",
            (2, 41),
            "77000000 is not between 1 and 10000000, as `conflict_deaths` is",
            "scale",
        );
        check("published=2021-12-31", (2, 92), "it is earlier than `as_of`", "was said");
        check("period_start=2023", (2, 73), "it is later than `as_of`", "from which");
    }

    #[test]
    fn every_bad_cell_of_a_row_is_named() {
        let (store, _) = table_of(&["value=x,kind=y,publisher=z", "", "id=s,status=t"]);
        assert_eq!(store.faults.len(), 4);
        assert_eq!(store.ids().count(), 1);
    }

    #[test]
    fn forecasts_may_be_about_later_days() {
        assert_eq!(observation("published=2021-12-31,status=forecast").line, 2);
    }

    #[test]
    fn cells_resolve_by_key_by_name_and_as_a_place() {
        let (store, sources) = table_of(&[
            "id=a,entity=Ukraine,place=Donbass",
            "id=b,entity=Texas,place=",
            "id=c,entity=,place=Russia",
            "id=d,subject=RUS",
        ]);
        assert_eq!(store.faults, []);
        let rows: Vec<_> = store.observations().collect();
        let entity = |i: usize| rows[i].entity.map(|id| store.catalog.entity(id).id.to_string());
        let place = |i: usize| rows[i].place.map(|id| store.catalog.place(id).id.to_string());
        assert_eq!((entity(0).as_deref(), place(0).as_deref()), (Some("UKR"), Some("UKR-Donbas")));
        assert_eq!((entity(1).as_deref(), place(1).as_deref()), (None, Some("USA-Texas")));
        assert_eq!((entity(2).as_deref(), place(2).as_deref()), (None, Some("RUS")));
        assert_eq!(rows[3].subject_entity, store.catalog.entity_named("RUS"));
        assert_eq!(rows[0].subject_entity, None);
        assert_eq!(sources.place(rows[0].at).text, "13000");
    }

    #[test]
    fn a_row_is_read_whole() {
        let row = observation("id=,value=,lower=13000,upper=13200,bound=range,published=2022-01");
        assert_eq!(row.id, "t/rows.csv:2");
        assert_eq!(row.at.span.len(), "13000,13200".len());
        assert_eq!((row.kind, row.claim_indicator), (RowKind::Cumulative, Indicator::Killed));
        assert_eq!(row.period_start, PartialDate::parse("2014-04"));
        assert_eq!(
            (row.as_of.to_string(), row.published.unwrap().to_string()),
            ("2022-01-01".into(), "2022-01".into())
        );
        let row =
            observation("indicator=aid_allocations,subject=military,value=650000000,unit=USD");
        assert_eq!(row.claim_indicator, Indicator::AidMilitary);
        assert!(row.subject_words.iter().any(|word| word == "weapons"));
        assert_eq!(row.quantity, Kind::Money);
    }

    #[test]
    fn units_are_of_their_kind() {
        for (name, kind) in [
            ("person", Kind::Count),
            ("%", Kind::Percent),
            ("EUR", Kind::Money),
            ("km", Kind::Length),
            ("m3/a", Kind::Volume),
        ] {
            assert_eq!(measured(name), Some(kind), "{name}");
        }
        for name in ["", "people", "XYZ", "million", "/a"] {
            assert_eq!(measured(name), None, "{name}");
        }
    }
}
