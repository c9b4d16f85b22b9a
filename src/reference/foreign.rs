//! Foreign tables as they are: their cells make observations in the way that the package says.

use crate::number::{Decimal, Exact};
use crate::quantity::{Kind, Written};
use crate::reference::catalog::Catalog;
use crate::reference::cells::Row;
use crate::reference::date::PartialDate;
use crate::reference::entity::EntityId;
use crate::reference::fault::TableFault;
use crate::reference::measure::{Measure, MeasureId};
use crate::reference::observation::Observation;
use crate::reference::package::Layout;
use crate::reference::place::PlaceId;
use crate::reference::plan::{Plan, Release, Source, day_of};
use crate::reference::publisher::PublisherId;
use crate::reference::table::{Table, Text};
use crate::reference::vocabulary::{RowColumn, RowStatus};
use crate::text::At;
use std::collections::BTreeMap;

/// Where one of so many values of a column is larger than its measure can be, it is no outlier:
/// the column is read in a wrong scale, and none of its values can be trusted.
const OUTLIERS: usize = 100;

/// What is wrong with foreign tables.
#[derive(Debug, Default)]
pub(crate) struct Remarks {
    /// Slips of the description, for which a whole table is not read.
    pub(crate) slips: Vec<TableFault>,
    /// What leaves figures out.
    pub(crate) faults: Vec<TableFault>,
    /// What is only remarkable.
    pub(crate) doubts: Vec<TableFault>,
}

/// Hands every observation of the table to `take`.
pub(crate) fn observations(
    table: &Table<'_>,
    layout: &Layout,
    catalog: &mut Catalog,
    remarks: &mut Remarks,
    take: impl FnMut(Observation),
) {
    if !layout.is_sound {
        return;
    }
    let Some(mut plan) = Plan::of(table, layout, catalog, &mut remarks.slips) else { return };
    plan.hints(layout, catalog, &mut remarks.doubts);
    let sources = std::mem::take(&mut plan.sources);
    let sizes = vec![Sizes::default(); plan.meanings.len()];
    let (found, no_numbers) = (Vec::new(), BTreeMap::new());
    let mut reading = Reading { table, plan, catalog, sizes, found, no_numbers };
    table.each(&mut remarks.faults, |row| reading.row(row, &sources));
    reading.remarks(remarks);
    reading.hand_over(take);
}

/// Where a figure of an entity holds, if its measure is about places and the table has none: a
/// country's population is that of the place that the country is.
fn place_of(measure: &Measure, entity: EntityId, catalog: &Catalog) -> Option<PlaceId> {
    if measure.place != Some(RowColumn::Place) || measure.whose == Some(RowColumn::Entity) {
        return None;
    }
    let is_everybody = catalog.everybody() == Some(entity);
    if is_everybody { catalog.world() } else { catalog.country_place(entity) }
}

/// How the values of a meaning lie to what its measure can be.
#[derive(Debug, Clone, Default)]
struct Sizes {
    all: usize,
    small: usize,
    large: usize,
    first_large: Option<(At, Decimal, MeasureId)>,
    first_small: Option<(At, Decimal, MeasureId)>,
}

impl Sizes {
    /// Whether so many values are too large that it is the scale.
    fn is_too_large(&self) -> bool {
        self.large > 1 && self.large * OUTLIERS >= self.all
    }

    /// Whether most values are too small.
    fn is_too_small(&self) -> bool {
        self.small > 1 && self.small * 2 > self.all
    }
}

/// What a row says of all its values.
#[derive(Debug, Clone, Copy)]
struct Around<'p> {
    entity: Option<EntityId>,
    place: Option<PlaceId>,
    status: RowStatus,
    day: Option<PartialDate>,
    published: Option<PartialDate>,
    publisher: &'p (PublisherId, Text),
}

struct Reading<'x, 'a> {
    table: &'x Table<'a>,
    plan: Plan,
    catalog: &'x mut Catalog,
    sizes: Vec<Sizes>,
    found: Vec<(usize, Observation)>,
    /// Cells that hold no number: by what they hold, where it first stands, and how often.
    no_numbers: BTreeMap<String, (At, usize)>,
}

impl Reading<'_, '_> {
    fn row(&mut self, row: &mut Row<'_, '_>, sources: &[Source]) {
        let plan = &mut self.plan;
        if plan.filters.iter().any(|filter| filter.leaves_out(row)) {
            return;
        }
        // A word that stands for no status says that there is no value.
        let Some(Some(status)) = plan.status.of(row, self.catalog) else { return };
        let (mut entity, mut place) = (None, None);
        if let Some(taken) = &mut plan.entity {
            entity = taken.of(row, self.catalog);
            if entity.is_none() {
                return;
            }
        }
        if let Some(taken) = &mut plan.place {
            place = taken.of(row, self.catalog);
            if place.is_none() {
                return;
            }
        }
        let Some(publisher) = plan.publisher.of(row, self.catalog) else { return };
        let published = match &plan.published {
            Release::Unknown => None,
            Release::On(day) => Some(*day),
            Release::Column(column) => plan.format.date(&row.text(*column)),
        };
        let has_values = sources.iter().any(|source| !self.is_missing(&row.text(source.column)));
        let day = if self.plan.day.is_empty() || !has_values {
            None
        } else {
            let Some(day) = day_of(row, &self.plan) else { return };
            Some(day)
        };
        let around = Around { entity, place, status, day, published, publisher: &publisher };
        for source in sources {
            let found = self.observation(row, source, around);
            self.found.extend(found.map(|found| (source.meaning, found)));
        }
    }

    fn is_missing(&self, text: &str) -> bool {
        text.is_empty() || self.plan.missing.iter().any(|word| word == text)
    }

    /// The value of a cell as an observation; nothing where the cell holds none.
    fn observation(
        &mut self,
        row: &Row<'_, '_>,
        source: &Source,
        around: Around<'_>,
    ) -> Option<Observation> {
        let text = row.text(source.column);
        if self.is_missing(&text) {
            return None;
        }
        let as_of = source.day.or(around.day)?;
        let at = row.at(source.column);
        let Some(written) = self.plan.digits.number(&text) else {
            self.no_numbers.entry(text.into_owned()).or_insert((at, 0)).1 += 1;
            return None;
        };
        let meaning = self.plan.meanings.get_mut(source.meaning)?;
        let id = meaning.measure.of(row, self.catalog)?;
        let subject = meaning.subject.of(row, self.catalog)?;
        let value = written.times(meaning.scale.of(row, self.catalog)?)?;
        if value.value.is_zero() && self.plan.drop_zero {
            return None;
        }
        let (unit, quantity) = meaning.unit_of(id, row, self.catalog)?;
        let kind = meaning.kind_of(id, row, self.catalog)?;
        let measure = self.catalog.measure(id);
        let place = around.place.or_else(|| place_of(measure, around.entity?, self.catalog));
        let hedge = self.plan.bound.of(row, self.catalog)?;
        let is_sized = self.size(source.meaning, id, value, at);
        let column = source.column.0.map_or("", |i| self.table.title(i));
        is_sized.then(|| Observation {
            table: self.table.name.clone(),
            line: row.line(),
            at,
            id: format!("{}:{}:{column}", self.table.name, row.line()).into(),
            measure: id,
            claim_indicator: subject
                .claim_indicator
                .unwrap_or(self.catalog.measure(id).claim_indicator),
            subject_entity: self.catalog.entity_named(&subject.entity),
            subject: subject.key,
            subject_words: subject.words,
            entity: around.entity,
            place,
            written: Written { lower: value, upper: value, hedge, count: quantity == Kind::Count },
            quantity,
            unit,
            kind,
            period_start: self.plan.period_start,
            as_of,
            // A table of today's forecasts and of years gone by has one day for all.
            published: around.published.filter(|day| day.last_day() >= as_of.first_day()),
            status: around.status,
            publisher: around.publisher.1.clone(),
            publisher_id: around.publisher.0,
            url: self.plan.url.clone(),
            note: Text::default(),
        })
    }

    /// Notes how a value lies to what its measure can be; says whether it can be.
    fn size(&mut self, meaning: usize, id: MeasureId, value: Exact, at: At) -> bool {
        let measure = self.catalog.measure(id);
        let Some(sizes) = self.sizes.get_mut(meaning) else { return false };
        let value = value.value;
        sizes.all += 1;
        if value > measure.plausible_max {
            sizes.large += 1;
            sizes.first_large.get_or_insert((at, value, id));
            return false;
        }
        // What is added up later may be small, and what is taken back is below nought.
        let is_part = self.plan.accumulate.is_some();
        if value < measure.plausible_min && !value.is_zero() && !is_part {
            sizes.small += 1;
            sizes.first_small.get_or_insert((at, value, id));
        }
        true
    }

    /// Names what was wrong with the rows.
    fn remarks(&self, remarks: &mut Remarks) {
        let Remarks { faults, doubts, .. } = remarks;
        for (text, (at, cells)) in &self.no_numbers {
            let more = if *cells == 1 {
                String::new()
            } else {
                format!(", nor in {} more cells", cells - 1)
            };
            let help = "add the word to `missing`, or say in `decimal` and `group` which signs \
                        stand before decimals and between thousands";
            let message = format!("`{text}` is no number{more}");
            faults.push(TableFault::new(*at, message, help).leaving_out());
        }
        let plan = &self.plan;
        for sizes in &self.sizes {
            faults.extend(self.magnitude(sizes));
        }
        let catalog = &*self.catalog;
        plan.status.unknown(catalog, faults, doubts);
        plan.bound.unknown(catalog, faults, doubts);
        plan.publisher.unknown(catalog, faults, doubts);
        if let Some(entity) = &plan.entity {
            entity.unknown(catalog, faults, doubts);
        }
        if let Some(place) = &plan.place {
            place.unknown(catalog, faults, doubts);
        }
        for meaning in &plan.meanings {
            meaning.measure.unknown(catalog, faults, doubts);
            meaning.subject.unknown(catalog, faults, doubts);
            meaning.scale.unknown(catalog, faults, doubts);
            if let Some(unit) = &meaning.unit {
                unit.unknown(catalog, faults, doubts);
            }
            if let Some(kind) = &meaning.kind {
                kind.unknown(catalog, faults, doubts);
            }
        }
    }

    /// A slip of scale shows as values that their measure cannot have.
    fn magnitude(&self, sizes: &Sizes) -> Option<TableFault> {
        let first = sizes.first_large.or(sizes.first_small.filter(|_| sizes.is_too_small()));
        let (at, value, id) = first?;
        let measure = self.catalog.measure(id);
        let (least, most, key) = (measure.plausible_min, measure.plausible_max, &measure.key);
        let count = if sizes.large > 0 { sizes.large } else { sizes.small };
        let all = sizes.all;
        let message = format!("{value} is not between {least} and {most}, as `{key}` is");
        let help = "look at `scale` and `unit` in the mapping";
        Some(if sizes.is_too_large() || sizes.is_too_small() {
            let message = format!(
                "{message}, and so it is with {count} of {all} values, so none of them is read"
            );
            TableFault::new(at, message, help)
        } else if count > 1 {
            TableFault::new(at, format!("{message}, nor are {} more cells", count - 1), help)
                .leaving_out()
        } else {
            TableFault::new(at, message, help).leaving_out()
        })
    }

    /// Hands over what was found, and the running totals of it.
    fn hand_over(mut self, mut take: impl FnMut(Observation)) {
        let sizes = &self.sizes;
        let is_sound = |meaning: usize| {
            sizes.get(meaning).is_some_and(|sizes| !sizes.is_too_large() && !sizes.is_too_small())
        };
        let mut found = std::mem::take(&mut self.found);
        found.retain(|(meaning, _)| is_sound(*meaning));
        let totals = self.totals(&found);
        for one in found.into_iter().map(|(_, one)| one).chain(totals) {
            take(one);
        }
    }

    /// Running totals: a row for each day of a series, the figures up to it added up.
    fn totals(&self, found: &[(usize, Observation)]) -> Vec<Observation> {
        let Some(accumulate) = &self.plan.accumulate else { return Vec::new() };
        let mut series: BTreeMap<_, Vec<&Observation>> = BTreeMap::new();
        for (_, row) in found {
            let key = (row.measure, &row.subject, row.entity, row.place, &row.unit, &row.publisher);
            series.entry(key).or_default().push(row);
        }
        let mut totals = Vec::new();
        for mut rows in series.into_values() {
            rows.retain(|row| row.as_of_last_day() >= accumulate.from.first_day());
            rows.sort_by_key(|row| row.as_of_last_day());
            let mut sum: Option<Exact> = None;
            for (i, row) in rows.iter().enumerate() {
                let added = row.written.lower;
                let total = sum.map_or(added, |sum| Exact {
                    value: sum.value + added.value,
                    step: sum.step.min(added.step),
                });
                sum = Some(total);
                if rows.get(i + 1).is_some_and(|next| next.as_of == row.as_of) {
                    continue;
                }
                totals.push(Observation {
                    id: format!("{}:total", row.id).into(),
                    kind: accumulate.kind,
                    period_start: Some(accumulate.from),
                    written: Written { lower: total, upper: total, ..row.written },
                    ..(*row).clone()
                });
            }
        }
        totals
    }
}
