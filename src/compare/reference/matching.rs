//! Which rows speak of what a claim speaks of, and were known when it was made.

use crate::claim::{Claim, Subject};
use crate::compare::reference::Surroundings;
use crate::compare::reference::wording::Wording;
use crate::ingest::address;
use crate::number::Decimal;
use crate::quantity::{Kind, Written, factor_between};
use crate::reference::{
    Aspect, EntityId, EntityKind, Measure, MeasureId, Observation, ObservationId, Owner,
    PartialDate, PlaceId, PlaceKind, RowColumn, RowKind, Store,
};
use chrono::{Datelike, Days, NaiveDate};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// Among so many series a figure fits another's by chance. Of the built-in measures none has a
/// quarter as many.
const CROWD: usize = 1000;

/// Rows of all days.
pub(crate) const ALWAYS: RangeInclusive<NaiveDate> = NaiveDate::MIN..=NaiveDate::MAX;

/// So many days behind a claim's day the last day of a row may lie that begins on it: a year's.
const LONGEST: u64 = 367;

/// Rows of one publisher that replace each other: of one subject and place, of one kind, counted
/// from the same year; flows of the same stretch.
type Series<'a> = (&'a str, &'a str, Option<PlaceId>, RowKind, Option<i32>, Option<NaiveDate>);

/// A claim and one measure it may belong to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Matcher<'a> {
    pub(crate) store: &'a Store,
    pub(crate) claim: &'a Claim,
    pub(crate) around: Surroundings<'a>,
    pub(crate) wording: &'a Wording,
    /// The day the article is judged by.
    pub(crate) day: NaiveDate,
    pub(crate) id: MeasureId,
    pub(crate) measure: &'a Measure,
}

impl<'a> Matcher<'a> {
    /// The same claim beside another measure.
    pub(crate) fn beside(self, id: MeasureId) -> Self {
        Self { id, measure: self.store.catalog.measure(id), ..self }
    }

    pub(crate) fn row(&self, id: ObservationId) -> &'a Observation {
        self.store.observation(id)
    }

    /// All rows of the measure.
    pub(crate) fn rows(&self) -> impl Iterator<Item = ObservationId> + use<'a> {
        self.store.rows(self.id).iter().copied()
    }

    /// One row of each series of the measure: it stands for the others in all but figures and days.
    pub(crate) fn samples(&self) -> impl Iterator<Item = &'a Observation> + use<'a> {
        let store = self.store;
        store.series(self.id).filter_map(move |rows| Some(store.observation(*rows.last()?)))
    }

    /// Whether the measure has so many series that any figure is near one of them: then it says
    /// nothing that it is.
    pub(crate) fn is_crowded(&self) -> bool {
        self.store.series(self.id).nth(CROWD).is_some()
    }

    /// The rows, known then and of those days, of the series whose rows `fits` holds for; by their
    /// days.
    pub(crate) fn rows_of(
        &self,
        fits: impl Fn(&Observation) -> bool,
        days: &RangeInclusive<NaiveDate>,
    ) -> Vec<ObservationId> {
        self.known_rows(self.store.series(self.id), fits, days)
    }

    /// The same of the series that have to do with the claim's place or subject; `fits` holds for
    /// no others.
    pub(crate) fn own_rows_of(
        &self,
        fits: impl Fn(&Observation) -> bool,
        days: &RangeInclusive<NaiveDate>,
    ) -> Vec<ObservationId> {
        self.known_rows(self.own_series().into_iter(), fits, days)
    }

    fn known_rows(
        &self,
        series: impl Iterator<Item = &'a [ObservationId]>,
        fits: impl Fn(&Observation) -> bool,
        days: &RangeInclusive<NaiveDate>,
    ) -> Vec<ObservationId> {
        let fit = |rows: &&[ObservationId]| rows.last().is_some_and(|id| fits(self.row(*id)));
        let rows = series.filter(fit).flat_map(|rows| self.known_of(rows, days));
        let mut found: Vec<ObservationId> = rows.collect();
        found.sort_by_key(|id| (self.store.days(*id), *id));
        found
    }

    /// The series that have to do with the claim's place or subject.
    fn own_series(&self) -> Vec<&'a [ObservationId]> {
        match self.owners() {
            Some(owners) => self.store.series_of(self.id, &owners).collect(),
            None => self.store.series(self.id).collect(),
        }
    }

    /// Whom or which place a row has to have to do with that [`Self::place_fits`] and
    /// [`Self::subject_fits`] hold for; `None` where that cannot be told.
    fn owners(&self) -> Option<Vec<Owner>> {
        if self.measure.place.is_some() && self.claim.place.is_some() {
            let place = self.claim.place.as_ref().map(|slot| &slot.value);
            let country = place.and_then(|place| place.country.as_deref());
            let country = country.and_then(|slug| self.store.catalog.entity_named(slug));
            let place = place.and_then(|place| place.id).map(Owner::Place);
            return Some(country.map(Owner::Entity).into_iter().chain(place).collect());
        }
        let has_owner = matches!(self.measure.whose, Some(RowColumn::Entity));
        self.subject().filter(|_| has_owner).map(|subject| vec![Owner::Entity(subject)])
    }

    /// The rows of a series that were known then and are of those days.
    fn known_of(
        &self,
        rows: &'a [ObservationId],
        days: &RangeInclusive<NaiveDate>,
    ) -> impl DoubleEndedIterator<Item = ObservationId> + use<'a> {
        let (store, day, hindsight) = (self.store, self.day, self.around.hindsight);
        let from = rows.partition_point(|id| store.days(*id).0 < *days.start());
        let to = rows.partition_point(|id| store.days(*id).0 <= *days.end());
        let known = move |id: &ObservationId| hindsight || store.days(*id).1 <= day;
        rows.get(from..to).unwrap_or_default().iter().copied().filter(known)
    }

    /// The last days of rows that may be fresh, see [`Self::is_fresh`].
    pub(crate) fn fresh_days(&self) -> RangeInclusive<NaiveDate> {
        let day = self.claim_day();
        let oldest = day.checked_sub_days(Days::new(self.measure.max_age_days.into()));
        let newest = day.checked_add_days(Days::new(LONGEST));
        oldest.unwrap_or(NaiveDate::MIN)..=newest.unwrap_or(NaiveDate::MAX)
    }

    /// All rows that speak of what the claim speaks of, and were known then.
    pub(crate) fn about_same(&self) -> Vec<ObservationId> {
        let mut rows = self.own_rows_of(|row| self.is_of_same(row), &ALWAYS);
        rows.retain(|id| self.is_about_same(self.row(*id)));
        rows
    }

    /// The rows that speak of what the claim speaks of, were known then and are fresh, but for those
    /// that a later one of their series replaces.
    pub(crate) fn fresh(&self) -> Vec<ObservationId> {
        let (mut found, days) = (Vec::new(), self.fresh_days());
        for rows in self.own_series() {
            let Some(sample) = rows.last().map(|id| self.row(*id)) else { continue };
            if !self.is_of_same(sample) {
                continue;
            }
            let mut newest = None;
            for id in self.known_of(rows, &days).rev() {
                let days = self.store.days(id);
                // Flows of other days do not replace each other.
                let replaced = newest.is_some_and(|newest| newest != days);
                if replaced && sample.kind != RowKind::Flow {
                    break;
                }
                let row = self.row(id);
                if self.is_about_same(row) && self.is_fresh(row) {
                    newest = Some(days);
                    found.push(id);
                }
            }
        }
        found
    }

    /// The day the claim speaks of: its own date where it names one, else the article's.
    pub(crate) fn claim_day(&self) -> NaiveDate {
        let named = self.claim.when.as_ref().and_then(|w| w.value.end);
        named.map_or(self.day, |day| day.min(self.day))
    }

    /// Whether the row speaks of what the claim speaks of, and was known then.
    pub(crate) fn is_about_same(&self, row: &Observation) -> bool {
        self.was_known(row) && self.is_of_same(row) && self.period_fits(row)
    }

    /// The same as far as it does not depend on figures and days: it holds for all rows of a series
    /// or for none.
    fn is_of_same(&self, row: &Observation) -> bool {
        !row.is_withdrawn()
            && self.unit_fits(row)
            && row.claim_indicator == self.claim.indicator.value
            && self.subject_fits(row)
            && self.place_fits(row)
            && self.has_its_words(row)
    }

    /// Whether the sentence has one of the row's own words, if it asks for any.
    pub(crate) fn has_its_words(&self, row: &Observation) -> bool {
        row.subject_words.is_empty() || self.wording.says_one_of(&row.subject_words)
    }

    /// Whether the row was known then, and not from the article itself or a copy of it.
    pub(crate) fn was_known(&self, row: &Observation) -> bool {
        (self.around.hindsight || row.known_on(self.day))
            && !self.around.addresses.contains(&address(&row.url))
    }

    /// The claim's number in the row's unit: miles for a table in kilometres.
    pub(crate) fn claimed(&self, row: &Observation) -> Written {
        let written = self.claim.quantity.written();
        self.factor(row).and_then(|factor| written.converted(factor)).unwrap_or(written)
    }

    /// How many of the row's unit the claim's is, where the two are not the same.
    pub(crate) fn factor(&self, row: &Observation) -> Option<Decimal> {
        let quantity = &self.claim.quantity;
        if matches!(quantity.kind, Kind::Count | Kind::Money) {
            return None;
        }
        let to = row.unit.strip_suffix("/a").unwrap_or(&row.unit);
        let from = quantity.unit.as_deref().filter(|from| *from != to)?;
        factor_between(from, to)
    }

    /// Whether both are in the same currency; other units are the measure's.
    pub(crate) fn unit_fits(&self, row: &Observation) -> bool {
        match self.claim.quantity.kind {
            Kind::Money => self.claim.quantity.unit.as_deref() == Some(&row.unit),
            _ => row.quantity != Kind::Money,
        }
    }

    pub(crate) fn subject(&self) -> Option<EntityId> {
        match self.claim.subject.as_ref().map(|slot| &slot.value) {
            Some(Subject::Entity(id, _)) => Some(*id),
            _ => None,
        }
    }

    /// Whether it is the claim's subject's row; a claim without subject meets the rows of all.
    pub(crate) fn subject_fits(&self, row: &Observation) -> bool {
        let named =
            matches!(self.claim.subject.as_ref().map(|s| &s.value), Some(Subject::Named(_)));
        match self.measure.whose {
            None | Some(RowColumn::Place) => true,
            Some(_) if named => false,
            Some(RowColumn::Subject) if self.is_noun_of(row) => true,
            Some(RowColumn::Subject) if self.is_noun_of_a_subject() => false,
            Some(RowColumn::Subject) => row.subject_entity == self.subject(),
            Some(RowColumn::Entity) => match self.subject() {
                Some(subject) => {
                    row.entity == Some(subject)
                        || row.entity.is_some_and(|entity| {
                            self.store.catalog.entity(entity).country == Some(subject)
                                && self.is_only_thing(entity)
                        })
                }
                None => row.entity.is_some_and(|entity| {
                    Some(entity) == self.store.catalog.everybody() || self.is_only_thing(entity)
                }),
            },
        }
    }

    /// Whether the entity is a thing that has figures of its own, a pipeline or a fund, and the only
    /// one of the measure that the sentence names.
    fn is_only_thing(&self, entity: EntityId) -> bool {
        let catalog = &self.store.catalog;
        let named = |id: EntityId| {
            let things = matches!(catalog.entity(id).kind, EntityKind::Organisation);
            let names = catalog.entity(id).names.iter().filter(|_| things);
            names.filter(|name| self.wording.names(name)).max_by_key(|name| name.len())
        };
        let Some(own) = named(entity) else { return false };
        let others = self.samples().filter_map(|row| row.entity);
        // `Nord Stream 1` within `Nord Stream 1 and 2` is no thing of its own.
        others.filter(|other| *other != entity).filter_map(named).all(|name| own.contains(&**name))
    }

    /// Whether the counted noun is one of the words of the row's subject: children among civilians.
    fn is_noun_of(&self, row: &Observation) -> bool {
        let noun = self.claim.quantity.noun.as_ref().map(|noun| &*noun.singular);
        noun.is_some_and(|noun| row.subject_words.iter().any(|word| **word == *noun))
    }

    fn is_noun_of_a_subject(&self) -> bool {
        self.samples().any(|row| self.is_noun_of(row))
    }

    /// The same place; or a part of the claim's country that the sentence's own words point to.
    pub(crate) fn place_fits(&self, row: &Observation) -> bool {
        match self.measure.place {
            None => true,
            Some(RowColumn::Entity) if self.claim.place.is_none() => {
                row.entity.is_some() && row.entity == self.store.catalog.everybody()
            }
            Some(RowColumn::Entity) => {
                let country = self.claim.place.as_ref().and_then(|p| p.value.country.as_deref());
                row.entity.is_some_and(|e| country == Some(&self.store.catalog.entity(e).id))
            }
            Some(RowColumn::Place | RowColumn::Subject) => self.row_place_fits(row),
        }
    }

    fn row_place_fits(&self, row: &Observation) -> bool {
        let catalog = &self.store.catalog;
        let Some(place) = row.place else { return self.claim.place.is_none() };
        let Some(claimed) = self.claim.place.as_ref() else {
            if self.subject().is_some() && self.measure.whose.is_some() {
                return self.is_host(row, place);
            }
            // Without a place, the whole world is meant only where the text says so.
            let everywhere = ["world", "worldwide", "global", "globally"];
            return Some(place) == catalog.world() && self.wording.says_one_of(&everywhere);
        };
        if claimed.value.id == Some(place) {
            return true;
        }
        let owner = row.entity.map(|entity| &*catalog.entity(entity).id);
        if self.measure.whose == Some(RowColumn::Entity)
            && owner.is_some()
            && owner == claimed.value.country.as_deref()
        {
            return self.is_host(row, place);
        }
        let part = catalog.place(place);
        let country = part.country.map(|c| &*catalog.entity(c).id);
        if !claimed.value.whole || country != claimed.value.country.as_deref() {
            return false;
        }
        let border = part.kind == PlaceKind::Border && self.wording.says_one_of(BORDER);
        border && part.id.ends_with("-border") || self.same_start(row)
    }

    /// Whether the people of the row's entity are counted where the sentence says they are: in
    /// the place that it names, or, if it names none of the table's, in the world.
    fn is_host(&self, row: &Observation, place: PlaceId) -> bool {
        let world = self.store.catalog.world();
        if self.is_own(row, place) {
            return true;
        }
        if Some(place) != world {
            return self.names_place(place);
        }
        let others = self.samples().filter(|other| other.entity == row.entity);
        !others.filter_map(|other| other.place).any(|other| {
            Some(other) != world && other != place && !self.is_own(row, other) && {
                self.names_place(other)
            }
        })
    }

    /// Whether the place is the row's entity itself.
    fn is_own(&self, row: &Observation, place: PlaceId) -> bool {
        self.store.catalog.place(place).country == row.entity
    }

    /// Whether the sentence names the place.
    pub(crate) fn names_place(&self, id: PlaceId) -> bool {
        let place = self.store.catalog.place(id);
        let own = std::iter::once(&place.name).chain(&place.aliases);
        let country = place.country.filter(|_| place.kind == PlaceKind::Country);
        let country = country.map(|entity| self.store.catalog.entity(entity));
        let others = country.into_iter().flat_map(|entity| entity.names.iter());
        own.chain(others).any(|name| self.wording.names(name))
    }

    fn since(&self) -> Option<&str> {
        self.claim.when.as_ref().filter(|w| w.value.since)?.value.start.as_deref()
    }

    /// Whether the claim counts from the year the row counts from.
    fn same_start(&self, row: &Observation) -> bool {
        let row_year = row.period_start.map(|p| p.first_day().year().to_string());
        match (self.since(), row_year) {
            (Some(since), Some(year)) => since.starts_with(&year),
            _ => false,
        }
    }

    /// Whether both count over the same stretch, and the same way: what came anew meets flows,
    /// what has come so far meets running totals and what there is. A toll that is nobody's own is
    /// that of one event, whose new deaths are all its deaths.
    pub(crate) fn period_fits(&self, row: &Observation) -> bool {
        let aspect = self.claim.aspect.as_ref().map(|a| a.value);
        let event = self.measure.whose.is_none() && self.claim.when.is_none();
        match (aspect, row.kind) {
            (_, RowKind::Cumulative | RowKind::Stock) if self.wording.is_increment() => false,
            (Some(Aspect::New), RowKind::Cumulative) if event => true,
            (Some(Aspect::New), kind) if kind != RowKind::Flow => false,
            (Some(Aspect::Cumulative), RowKind::Flow | RowKind::Rate) => false,
            _ => self.stretch_fits(row),
        }
    }

    /// Whether the row is a one-off event, and the claim names no day by which to tell it from the
    /// next.
    pub(crate) fn is_some_event(&self, row: &Observation) -> bool {
        row.kind == RowKind::Flow && row.period_start.is_none() && self.claim.when.is_none()
    }

    /// Whether the row is a year's, and the claim names no time: `a GDP of $133 billion` is that of
    /// some year.
    pub(crate) fn is_of_some_year(&self, row: &Observation) -> bool {
        let days = |start: PartialDate| (row.as_of.last_day() - start.first_day()).num_days();
        row.kind == RowKind::Flow
            && row.period_start.is_some_and(|start| (360..=370).contains(&days(start)))
            && self.claim.when.is_none()
            && self.claim.aspect.is_none()
    }

    /// Running totals meet claims that count from the same start, or name none; flows meet claims
    /// of the same days, and one-off events also claims that name no day.
    pub(crate) fn stretch_fits(&self, row: &Observation) -> bool {
        match row.kind {
            RowKind::Cumulative => self.since().is_none() || self.same_start(row),
            RowKind::Stock | RowKind::Rate => true,
            RowKind::Flow => {
                let Some(when) = self.claim.when.as_ref().map(|w| &w.value) else {
                    return self.is_of_some_year(row)
                        || self.is_some_event(row)
                            && self.wording.says_one_of(&self.measure.words);
                };
                let (Some(start), Some(end)) = (when.start.as_deref(), when.end) else {
                    return false;
                };
                let first = row.period_start.map_or(row.as_of.first_day(), PartialDate::first_day);
                let same_end = (row.as_of.last_day() - end).num_days().abs() <= 1;
                same_end
                    && first
                        .to_string()
                        .starts_with(start.get(..start.len().min(10)).unwrap_or(start))
            }
        }
    }

    /// Whether the row is not too old to judge by. A short date counts from its last day, but no
    /// row speaks of the days after its first.
    pub(crate) fn is_fresh(&self, row: &Observation) -> bool {
        let age = (self.claim_day() - row.as_of.last_day()).num_days();
        let begun = (self.claim_day() - row.as_of.first_day()).num_days() >= -1;
        begun && age <= i64::from(self.measure.max_age_days)
    }

    fn series(row: &'a Observation) -> Series<'a> {
        let start = row.period_start.map(PartialDate::first_day);
        let flow = row.kind == RowKind::Flow;
        let end = flow.then(|| row.as_of.last_day());
        (
            &row.publisher,
            &row.subject,
            row.place,
            row.kind,
            start.filter(|_| !flow).map(|s| s.year()),
            end,
        )
    }

    /// The newest rows of each series: those that no later one replaces. Two rows of the same day
    /// stand side by side.
    pub(crate) fn latest(&self, rows: &[ObservationId]) -> Vec<ObservationId> {
        let age = |row: &Observation| (row.as_of_last_day(), row.known_from());
        let mut newest: BTreeMap<Series<'_>, (NaiveDate, NaiveDate)> = BTreeMap::new();
        for row in rows.iter().map(|id| self.row(*id)) {
            let slot = newest.entry(Self::series(row)).or_insert_with(|| age(row));
            *slot = age(row).max(*slot);
        }
        let is_newest = |id: &ObservationId| {
            let row = self.row(*id);
            newest.get(&Self::series(row)) == Some(&age(row))
        };
        let mut latest: Vec<_> = rows.iter().copied().filter(is_newest).collect();
        latest.sort_by_key(|id| (std::cmp::Reverse(self.row(*id).as_of_last_day()), *id));
        latest
    }

    /// Whether `newer` has replaced `row`: same series, later or revised.
    pub(crate) fn is_replaced(row: &'a Observation, newer: &'a Observation) -> bool {
        Self::series(row) == Self::series(newer)
            && (row.as_of_last_day(), row.known_from())
                < (newer.as_of_last_day(), newer.known_from())
    }
}

const BORDER: &[&str] = &["border", "borders", "frontier"];
