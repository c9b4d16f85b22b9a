//! How a claim and one row stand to each other.

use crate::compare::reference::matching::Matcher;
use crate::number::Decimal;
use crate::quantity::{Hedge, Written};
use crate::reference::{Catalog, EntityId, Observation, ObservationId, RowKind};
use chrono::{Days, NaiveDate};

/// Beyond this ratio two figures are taken to be about different things. On 6,201 real articles 18
/// figures lay beyond it whose sentence named subject, place and measure, and not one was wrong: a
/// package beside a total, a part of a country beside the whole, refugees of another year.
const FAR: Decimal = Decimal::from_parts(3, 0, 0, false, 0);

/// The days of a year.
const YEAR: i64 = 365;
/// The least time between two rows that tell a pace.
const FORTNIGHT: Days = Days::new(14);

/// How many steps of growth are followed; more is beyond every table.
const STEPS: i64 = 20;

/// How a claim and one row stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stand {
    /// What the two support overlaps.
    Agrees,
    /// Neither overlapping support nor contradiction.
    Loose,
    /// It promises more than a minimum that the row gives: nothing excludes it, and nothing
    /// carries it.
    Above,
    /// No reading of the one is a reading of the other, but they lie so far apart, or the row is so
    /// old, that they are rather about different things: only a slip that explains the distance makes it an error.
    Far,
    /// No reading of the one is a reading of the other.
    Contradicts,
}

impl Matcher<'_> {
    /// The row as it is to be read beside this claim: a claim that repeats its publisher, or says
    /// that the figure was counted, speaks of the count and not of the truth behind it.
    pub(crate) fn written(&self, row: &Observation) -> Written {
        let range = row.written.lower.value != row.written.upper.value;
        let hedge = match self.is_own_count(row) {
            true if range => Hedge::Range,
            true => Hedge::Exact,
            false => row.hedge(),
        };
        Written { hedge, ..row.written }
    }

    pub(crate) fn stand(&self, id: ObservationId) -> Stand {
        let row = self.row(id);
        let (written, row_written) = (self.claimed(row), self.written(row));
        if written.agrees_with(row_written) {
            Stand::Agrees
        } else if self.may_have_grown(row)
            || self.wording.speaks_of_the_past()
            || self.is_said_by_another(row)
        {
            Stand::Loose
        } else if !written.contradicts(row_written) {
            let least = |hedge| matches!(hedge, Hedge::AtLeast | Hedge::MoreThan);
            let above = least(written.hedge)
                && least(row_written.hedge)
                && written.lower.value > row_written.upper.value;
            if above { Stand::Above } else { Stand::Loose }
        } else if self.is_far(row)
            || self.is_stale(row)
            || self.is_some_event(row)
            || self.is_of_some_year(row)
            || self.comes_true(row)
        {
            Stand::Far
        } else {
            Stand::Contradicts
        }
    }

    /// Whether the claim repeats the row's publisher or says the figure was counted.
    fn is_own_count(&self, row: &Observation) -> bool {
        self.is_said_by_publisher(row) || self.wording.says_counted()
    }

    fn speaker(&self) -> Option<EntityId> {
        self.claim.attributed_to.as_ref().and_then(|slot| slot.value.1)
    }

    pub(crate) fn is_said_by_publisher(&self, row: &Observation) -> bool {
        let catalog = &self.store.catalog;
        let publisher = catalog.publisher_entity(row.publisher_id);
        match (self.speaker(), publisher) {
            (Some(speaker), Some(publisher)) => is_of(catalog, speaker, publisher),
            _ => false,
        }
    }

    /// Whether somebody else than the row's publisher is named as the source: then the two
    /// disagree, and neither is the paper's own error. Who announces his own deed is no source.
    fn is_said_by_another(&self, row: &Observation) -> bool {
        let own = self.subject().is_some() && self.subject() == self.speaker();
        self.speaker().is_some() && !own && !self.is_said_by_publisher(row)
    }

    /// A row so near its last day of use that the figure may well have moved since.
    fn is_stale(&self, row: &Observation) -> bool {
        let age = (self.claim_day() - row.as_of.last_day()).num_days();
        age * 4 > i64::from(self.measure.max_age_days) * 3
    }

    /// A quarter of its time of use on, what can fall or rise is no longer what it was; what was
    /// done once stays as it was.
    pub(crate) fn has_aged(&self, row: &Observation) -> bool {
        let age = (self.claim_day() - row.as_of.last_day()).num_days();
        let moves = !self.measure.monotone && row.kind != RowKind::Flow;
        moves && age * 4 > i64::from(self.measure.max_age_days)
    }

    fn is_far(&self, row: &Observation) -> bool {
        let claimed = self.claimed(row).lower.value.max(Decimal::ONE);
        let far = |a: Decimal, b: Decimal| a.checked_mul(FAR).is_none_or(|reach| reach < b);
        far(claimed, row.lower()) || far(row.upper().max(Decimal::ONE), claimed)
    }

    /// Whether the total reached the figure later, while the row still speaks: a page that was
    /// brought up to date under its first date says what its date cannot know.
    fn comes_true(&self, row: &Observation) -> bool {
        let claimed = self.claim.quantity.lower;
        if !self.measure.monotone || claimed <= row.upper() {
            return false;
        }
        let (day, last) = (self.claim_day(), i64::from(self.measure.max_age_days));
        let later = |other: &Observation| {
            let days = (other.as_of.last_day() - day).num_days();
            (1..=last).contains(&days)
                && other.subject == row.subject
                && other.place == row.place
                && other.period_start == row.period_start
                && other.kind == row.kind
                && other.upper() >= claimed
        };
        self.store.rows(row.measure).iter().any(|id| later(self.row(*id)))
    }

    /// A running total may have grown since the row: by three times its last known pace, or at
    /// its last known ratio, whichever is more: the publisher's own, else that since the count began,
    /// else that of others who count; by any amount where nothing tells a pace.
    fn may_have_grown(&self, row: &Observation) -> bool {
        let days = (self.claim_day() - row.as_of.first_day()).num_days();
        let claimed = self.claim.quantity.lower;
        if !self.measure.monotone || days < 1 || claimed <= row.upper() {
            return false;
        }
        let own = self.pace(row, |other| other.publisher == row.publisher);
        if own.is_none()
            && let Some(reach) = reach_since_start(row, days)
        {
            return claimed <= reach;
        }
        let counted = |other: &Observation| !self.is_party(other) && other.upper() <= row.lower();
        let pace = own.or_else(|| self.pace(row, counted));
        let reach = pace.and_then(|(gap, before)| grown(row.upper(), before, (days, gap)));
        reach.is_none_or(|reach| claimed <= reach)
    }

    /// The row before `row` in the same series, at least a fortnight older, of those for which `of`
    /// holds: how many days earlier, and its figure.
    fn pace(&self, row: &Observation, of: impl Fn(&Observation) -> bool) -> Option<(i64, Decimal)> {
        let same = |other: &Observation| {
            other.subject == row.subject && other.place == row.place && other.kind == row.kind
        };
        let until = row.as_of.last_day().checked_sub_days(FORTNIGHT)?;
        let rows = self.rows_of(same, &(NaiveDate::MIN..=until)).into_iter().rev();
        let last = rows.map(|id| self.row(id)).find(|other| {
            of(other) && other.period_start == row.period_start && other.lower() > Decimal::ZERO
        })?;
        Some(((row.as_of.last_day() - last.as_of.last_day()).num_days(), last.lower()))
    }
}

/// Where no older row tells a pace: how far a total that has run for a year and longer comes in a
/// part of that time, at three times its pace since it began.
fn reach_since_start(row: &Observation, days: i64) -> Option<Decimal> {
    let run = (row.as_of.first_day() - row.period_start?.last_day()).num_days();
    if run < YEAR || days * 4 > run {
        return None;
    }
    let gained = row.upper().checked_mul(Decimal::from(days))?.checked_div(Decimal::from(run))?;
    gained.checked_mul(FAR)?.checked_add(row.upper())
}

/// How far a total may have come in `days` that went from `before` to `now` in `gap` days: three
/// times the pace, or the same ratio for every `gap`, in proportion for a part of one.
fn grown(now: Decimal, before: Decimal, (days, gap): (i64, i64)) -> Option<Decimal> {
    let gained = now.checked_sub(before)?;
    let stretches = Decimal::from(days).checked_div(Decimal::from(gap))?;
    let linear = gained.checked_mul(stretches)?.checked_mul(FAR)?.checked_add(now)?;
    let mut ratio = now;
    for _ in 0..days.div_euclid(gap).min(STEPS) {
        ratio = ratio.checked_mul(now)?.checked_div(before)?;
    }
    let part = Decimal::from(days.rem_euclid(gap)).checked_div(Decimal::from(gap))?;
    let more = ratio.checked_mul(gained)?.checked_div(before)?.checked_mul(part)?;
    Some(linear.max(ratio.checked_add(more)?))
}

/// Whether the two are one, or one acts for the other: the UN and its agency, a state and its
/// ministry.
pub(crate) fn is_of(catalog: &Catalog, a: EntityId, b: EntityId) -> bool {
    let owner = |id: EntityId| catalog.entity(id).country;
    a == b || owner(a) == Some(b) || owner(b) == Some(a)
}

#[cfg(test)]
mod tests {
    use super::grown;
    use crate::number::Decimal;

    #[track_caller]
    fn check(before: u32, now: u32, days: i64, gap: i64, reach: &str) {
        let grown = grown(Decimal::from(now), Decimal::from(before), (days, gap)).unwrap();
        assert_eq!(grown.round().to_string(), reach, "{before} to {now}");
    }

    #[test]
    fn totals_grow_at_their_pace() {
        check(1000, 1100, 10, 100, "1130");
        check(1000, 1100, 100, 100, "1400");
        check(100, 1000, 100, 100, "10000");
        check(100, 1000, 50, 100, "5500");
        check(100, 1000, 150, 100, "55000");
    }
}
