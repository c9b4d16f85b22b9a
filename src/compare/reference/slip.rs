//! When a claim fits no row of its series: the row that it would fit, and by which slip.

use crate::compare::reference::matching::Matcher;
use crate::compare::reference::misprint::{Misprint, significant};
use crate::compare::reference::standing::Stand;
use crate::compare::reference::{Comparison, Held};
use crate::number::{Decimal, Exact};
use crate::quantity::{Hedge, Interval, Kind, Written};
use crate::reference::{
    EntityId, Observation, ObservationId, PlaceId, Relation, RowColumn, RowKind,
};
use chrono::{Days, NaiveDate};
use std::ops::RangeInclusive;

/// How far from a claim's day a row of another subject may lie to explain it.
const NEAR_DAYS: Days = Days::new(14);

/// The one thing that would explain a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slip {
    /// It is the figure of another country, force or body, or of another place.
    Subject(ObservationId),
    /// It is the figure of a neighbour category; without relation, of the same thing counted
    /// otherwise: a total for a month's figure.
    Category(ObservationId, Option<Relation>),
    /// It is the figure in another currency.
    Unit(ObservationId),
    /// It is the figure if it is moved by so many places.
    Power(ObservationId, i8),
    /// It is a figure of before.
    Older(ObservationId),
    /// It is the figure with its digits misprinted.
    Misprint(ObservationId, Misprint),
    /// It is a figure that its publisher took back.
    Withdrawn(ObservationId),
}

impl Slip {
    /// The row that it would fit.
    pub fn row(self) -> ObservationId {
        match self {
            Self::Subject(row)
            | Self::Category(row, _)
            | Self::Unit(row)
            | Self::Power(row, _)
            | Self::Older(row)
            | Self::Misprint(row, _)
            | Self::Withdrawn(row) => row,
        }
    }
}

impl Matcher<'_> {
    /// The one slip that explains the figure; `None` where none does, or more than one.
    pub(crate) fn slip(&self, comparison: &Comparison, latest: &[ObservationId]) -> Option<Slip> {
        if comparison.inferred || self.claim.quantity.hedge == Hedge::Vague {
            return None;
        }
        if let Some(row) = self.withdrawn(&comparison.rows) {
            return Some(Slip::Withdrawn(row));
        }
        if comparison.rows.is_empty() {
            let unit = self.unit(|row| self.excludes_turned(row).unwrap_or(false));
            return unit.or_else(|| self.subject_alone().map(Slip::Subject));
        }
        if !comparison.excludes() {
            return None;
        }
        let most = matches!(self.claim.quantity.hedge, Hedge::LessThan | Hedge::UpTo);
        if let Some(slip) = self.unpublished_older(latest).filter(|_| !most) {
            return Some(slip);
        }
        if comparison.rows.iter().all(|held| held.party || held.aged) {
            return None;
        }
        let own: Vec<ObservationId> =
            comparison.rows.iter().filter(|held| !held.party).map(|held| held.row).collect();
        let power = self.power(&own);
        let misprint = if power.is_none() { self.misprint(&own) } else { None };
        let found =
            [self.unit(|_| true), self.category(&own), self.other_subject(&own), power, misprint];
        let mut found = found.into_iter().flatten().chain(self.other_unit(&own));
        found.next().filter(|_| found.next().is_none())
    }

    /// Whether the claim agrees with the row.
    pub(crate) fn fits(&self, row: &Observation) -> bool {
        self.claimed(row).agrees_with(self.written(row))
    }

    /// A row that the claim repeats though its publisher took it back, where nothing else agrees.
    fn withdrawn(&self, rows: &[Held]) -> Option<ObservationId> {
        if rows.iter().any(|held| held.stand == Stand::Agrees) {
            return None;
        }
        let about = |row: &Observation| {
            row.is_withdrawn()
                && self.unit_fits(row)
                && row.claim_indicator == self.claim.indicator.value
                && self.subject_fits(row)
                && self.place_fits(row)
        };
        self.own_rows_of(about, &self.fresh_days()).into_iter().find(|id| {
            let row = self.row(*id);
            self.period_fits(row)
                && self.is_fresh(row)
                && self.claimed(row).agrees_with(row.written)
        })
    }

    /// Whose the row is, and where, as far as the measure asks.
    fn owner(&self, row: &Observation) -> (Option<EntityId>, Option<PlaceId>) {
        let whose = match self.measure.whose {
            Some(RowColumn::Subject) => row.subject_entity,
            Some(RowColumn::Entity) => row.entity,
            Some(RowColumn::Place) | None => None,
        };
        (whose, row.place.filter(|_| self.measure.place.is_some()))
    }

    /// Whether the figure can be told from others at all.
    fn is_telling(&self) -> bool {
        significant(self.claim.quantity.lower) >= 2
    }

    /// The one row of another subject within two weeks that fits, where the claim's own subject
    /// has none.
    fn subject_alone(&self) -> Option<ObservationId> {
        self.subject()?;
        if self.is_crowded() {
            return None;
        }
        if !self.is_telling() || matches!(self.claim.quantity.hedge, Hedge::Range | Hedge::LessThan)
        {
            return None;
        }
        let speaker = self.claim.attributed_to.as_ref().and_then(|slot| slot.value.1);
        let about = |row: &Observation| {
            !row.is_withdrawn()
                && self.has_its_words(row)
                && self.unit_fits(row)
                && row.claim_indicator == self.claim.indicator.value
                && !self.is_party(row)
                && !self.subject_fits(row)
                && (self.place_fits(row)
                    || self.claim.place.is_none()
                    || self.measure.place.is_none())
        };
        let fits = |id: &ObservationId| {
            (speaker.is_none() || self.stand(*id) == Stand::Agrees) && self.fits(self.row(*id))
        };
        let near = self.rows_of(about, &days_near(self.claim_day()));
        self.one_owner(near.into_iter().filter(fits))
    }

    /// The first of the rows, if all are of one owner.
    fn one_owner(&self, mut rows: impl Iterator<Item = ObservationId>) -> Option<ObservationId> {
        let first = rows.next()?;
        let owner = self.owner(self.row(first)).0;
        rows.all(|id| self.owner(self.row(id)).0 == owner).then_some(first)
    }

    /// The row of one other subject or place, of the same days as the claim's own, that fits.
    fn other_subject(&self, own: &[ObservationId]) -> Option<Slip> {
        if !self.is_telling() || self.is_crowded() {
            return None;
        }
        let about = |row: &Observation| {
            self.subject_fits(row) != self.place_fits(row)
                && !row.is_withdrawn()
                && self.has_its_words(row)
                && self.unit_fits(row)
                && !self.is_party(row)
                && row.claim_indicator == self.claim.indicator.value
        };
        let mut found: Vec<ObservationId> = Vec::new();
        for id in own {
            found.extend(self.rows_of(about, &days_near(self.row(*id).as_of.last_day())));
        }
        found.retain(|id| {
            let row = self.row(*id);
            self.period_fits(row) && self.fits(row)
        });
        found.sort_by_key(|id| (self.store.days(*id), *id));
        let owner = |id: &ObservationId| self.owner(self.row(*id));
        let first = *found.first()?;
        found.iter().all(|id| owner(id) == owner(&first)).then_some(Slip::Subject(first))
    }

    /// A row of one neighbour category that fits.
    fn category(&self, own: &[ObservationId]) -> Option<Slip> {
        if !self.is_telling() {
            return None;
        }
        let other_kind = |row: &Observation| {
            row.claim_indicator != self.claim.indicator.value
                || own.iter().all(|id| self.row(*id).kind != row.kind)
        };
        let same = self.fitting(other_kind).map(|row| Slip::Category(row, None));
        let relatives = self.store.catalog.relatives(self.id).iter();
        let others = relatives.filter_map(|(relation, id)| {
            let row = self.beside(*id).fitting(|_| true)?;
            Some(Slip::Category(row, Some(*relation)))
        });
        let mut found = same.into_iter().chain(others);
        found.next().filter(|_| found.next().is_none())
    }

    /// Whether the figure fits a neighbour category of which the sentence itself speaks: then it is
    /// the reading that is wrong, not the figure.
    pub(crate) fn is_rather_a_neighbour(&self) -> bool {
        self.store.catalog.relatives(self.id).iter().any(|(_, id)| {
            let other = self.beside(*id);
            let own = |word: &&crate::reference::Text| !self.measure.words.contains(word);
            other.measure.words.iter().filter(own).any(|word| self.wording.says(word))
                && other.fitting(|_| true).is_some()
        })
    }

    /// The newest row of the measure that fits the claim's subject, place, stretch and figure and
    /// for which `other` holds.
    fn fitting(&self, other: impl Fn(&Observation) -> bool) -> Option<ObservationId> {
        let about = |row: &Observation| {
            let another = row.claim_indicator != self.claim.indicator.value;
            other(row)
                && !row.is_withdrawn()
                && (another || self.has_its_words(row))
                && !self.is_party(row)
                && self.unit_fits(row)
                && self.subject_fits(row)
                && self.place_fits(row)
        };
        let mut rows = self.own_rows_of(about, &self.fresh_days());
        rows.retain(|id| {
            let row = self.row(*id);
            (row.kind == RowKind::Flow || self.stretch_fits(row)) && self.is_fresh(row)
        });
        self.latest(&rows).into_iter().find(|id| self.fits(self.row(*id)))
    }

    /// A row of the same thing in another currency whose numeral fits, and for which `against`
    /// holds.
    fn unit(&self, against: impl Fn(&Observation) -> bool) -> Option<Slip> {
        if self.claim.quantity.kind != Kind::Money {
            return None;
        }
        let about = |row: &Observation| {
            row.quantity == Kind::Money
                && !self.unit_fits(row)
                && !row.is_withdrawn()
                && self.has_its_words(row)
                && !self.is_party(row)
                && row.claim_indicator == self.claim.indicator.value
                && self.subject_fits(row)
                && self.place_fits(row)
        };
        let mut rows = self.own_rows_of(about, &self.fresh_days());
        rows.retain(|id| self.period_fits(self.row(*id)) && self.is_fresh(self.row(*id)));
        let fits = |id: &ObservationId| self.fits(self.row(*id)) && against(self.row(*id));
        self.latest(&rows).into_iter().find(fits).map(Slip::Unit)
    }

    /// One of the claim's own rows whose numeral it is, in another unit of length, area, volume …
    fn other_unit(&self, own: &[ObservationId]) -> Option<Slip> {
        let numeral = |id: &&ObservationId| {
            let row = self.row(**id);
            self.factor(row).is_some()
                && self.claim.quantity.written().agrees_with(self.written(row))
        };
        own.iter().find(numeral).map(|id| Slip::Unit(*id))
    }

    /// Whether the row, turned into the claim's currency at the rate of its month, has no room for
    /// the claim, not even with a twentieth more on both sides.
    fn excludes_turned(&self, row: &Observation) -> Option<bool> {
        let unit = self.claim.quantity.unit.as_deref()?;
        let rate = self.store.rate(&row.unit, unit, row.as_of)?;
        let margin = |end: Decimal| end.abs().checked_div(Decimal::from(20));
        let turned = |end: Option<Decimal>| end.and_then(|end| rate.turned(end));
        let allows = self.written(row).allows();
        let lower = turned(allows.lower).and_then(|end| end.checked_sub(margin(end)?));
        let upper = turned(allows.upper).and_then(|end| end.checked_add(margin(end)?));
        Some(!self.claim.quantity.written().allows().overlaps(Interval { lower, upper }))
    }

    /// Whether the sentence itself says whose figure it is, where, and of what.
    fn is_explicit(&self) -> bool {
        let whose = self.measure.whose.is_none() || self.claim.subject.is_some();
        let place = self.measure.place.is_none()
            || self.claim.place.as_ref().is_some_and(|place| !place.value.inferred);
        whose && place && self.wording.says_one_of(&self.measure.words)
    }

    /// The one power of ten, first of three places, then of six, then of one, that makes the
    /// figure fit.
    fn power(&self, own: &[ObservationId]) -> Option<Slip> {
        let digits = significant(self.claim.quantity.lower);
        for places in [3, 6, 1] {
            let telling = match places {
                1 => digits >= 2 || self.is_explicit(),
                _ => digits >= 3 || self.wording.has_scale(),
            };
            if !telling {
                continue;
            }
            let fitting = |exponent: i8| {
                let fits = |id: &&ObservationId| {
                    let row = self.row(**id);
                    let moved = moved(self.claimed(row), exponent);
                    moved.is_some_and(|moved| moved.agrees_with(self.written(row)))
                };
                own.iter().find(fits).map(|id| Slip::Power(*id, exponent))
            };
            match (fitting(places), fitting(-places)) {
                (Some(slip), None) | (None, Some(slip)) => return Some(slip),
                (Some(_), Some(_)) => return None,
                (None, None) => {}
            }
        }
        None
    }

    /// A row that fits and that a newer one replaced of which nobody knows when it was published:
    /// it may have been the latest known when the article was written.
    fn unpublished_older(&self, latest: &[ObservationId]) -> Option<Slip> {
        let found = self.about_same().into_iter().rev().find(|id| {
            let row = self.row(*id);
            !latest.contains(id)
                && !self.is_party(row)
                && latest.iter().any(|newer| Matcher::is_replaced(row, self.row(*newer)))
                && self.fits(row)
        });
        found.map(Slip::Older)
    }

    fn misprint(&self, own: &[ObservationId]) -> Option<Slip> {
        let quantity = &self.claim.quantity;
        if quantity.lower != quantity.upper {
            return None;
        }
        let written = quantity.written().lower;
        own.iter().find_map(|id| {
            let row = self.row(*id);
            let single = row.lower() == row.upper() && self.factor(row).is_none();
            let how = Misprint::of(written, row.lower()).filter(|_| single)?;
            Some(Slip::Misprint(*id, how))
        })
    }
}

/// The days within two weeks of one.
fn days_near(day: NaiveDate) -> RangeInclusive<NaiveDate> {
    let (from, to) = (day.checked_sub_days(NEAR_DAYS), day.checked_add_days(NEAR_DAYS));
    from.unwrap_or(NaiveDate::MIN)..=to.unwrap_or(NaiveDate::MAX)
}

/// The number with its point moved by so many places to the right.
pub(crate) fn moved(written: Written, places: i8) -> Option<Written> {
    let mut factor = Decimal::ONE;
    for _ in 0..places.unsigned_abs() {
        factor = factor.checked_mul(Decimal::TEN)?;
    }
    let scaled = |exact: Exact| {
        let times = |value: Decimal| {
            if places < 0 { value.checked_div(factor) } else { value.checked_mul(factor) }
        };
        Some(Exact { value: times(exact.value)?, step: times(exact.step)? })
    };
    Some(Written { lower: scaled(written.lower)?, upper: scaled(written.upper)?, ..written })
}
