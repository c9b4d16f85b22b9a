//! A claim against the reference tables, judged by what was known then.

use crate::claim::{Claim, Modality, Subject};
use crate::compare::figure::shown;
use crate::compare::{By, Evidence, Reason, Status, Verdict};
use crate::number::Decimal;
use crate::quantity::{Hedge, Kind};
use crate::reference::{
    Aspect, EntityId, Measure, MeasureId, Observation, ObservationId, PartialDate, Party,
    PlaceKind, RowColumn, RowKind, Store,
};
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeMap;

/// How far from a claim's day a row of another subject may lie to explain it.
const NEAR_DAYS: i64 = 14;

/// Beyond this ratio two figures are taken to be about different things; measured on real
/// articles, where nearly all contradictions beyond it were misread frames.
const FAR: Decimal = Decimal::from_parts(3, 0, 0, false, 0);

/// How a claim and one row stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    /// What the two support overlaps.
    Agrees,
    /// Neither overlapping support nor contradiction.
    Loose,
    /// No reading of the one is a reading of the other.
    Contradicts,
}

/// A row that speaks of the claim's own series, and how the two stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// The row.
    pub row: ObservationId,
    /// How they stand.
    pub stand: Stand,
    /// Whether its publisher is a party to the conflict.
    pub party: bool,
}

/// What the tables say of one claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The latest row of each publisher that speaks of the claim's series, newest first.
    pub rows: Vec<Held>,
    /// An older row, superseded before the claim was made, that would fit.
    pub older: Option<ObservationId>,
    /// The one row of another subject that fits, where there is exactly one.
    pub elsewhere: Option<ObservationId>,
    /// The series it was held against; the claim's own guess where no row speaks of it.
    pub measure: Option<MeasureId>,
    /// Whether the claim's frame rests on the article as a whole: it may agree, not contradict.
    pub inferred: bool,
    /// What follows from the rows alone.
    pub verdict: Verdict,
}

impl Comparison {
    /// Whether independent rows contradict the claim and none agrees.
    pub fn contradicts(&self) -> bool {
        let independent = || self.rows.iter().filter(|held| !held.party);
        !self.inferred
            && independent().any(|held| held.stand == Stand::Contradicts)
            && self.rows.iter().all(|held| held.stand == Stand::Contradicts)
    }

    /// The newest row that contradicts.
    pub fn contradicting(&self) -> Option<ObservationId> {
        self.rows.iter().find(|h| !h.party && h.stand == Stand::Contradicts).map(|h| h.row)
    }
}

/// What is known of the claim's article and sentence beside the claim.
#[derive(Debug, Clone, Copy)]
pub struct Surroundings<'a> {
    /// The claim's sentence.
    pub sentence: &'a str,
    /// The day the article is judged by; `None` where it has none.
    pub day: Option<NaiveDate>,
    /// With hindsight: rows published later count as well.
    pub hindsight: bool,
}

/// Holds `claim` against the tables.
pub fn comparison(store: &Store, claim: &Claim, around: Surroundings<'_>) -> Comparison {
    let unchecked = |reason| Comparison {
        rows: Vec::new(),
        older: None,
        elsewhere: None,
        measure: claim.measure.as_ref().map(|slot| slot.value),
        inferred: false,
        verdict: Verdict::unchecked(reason),
    };
    if claim.modality.value != Modality::Asserted {
        return unchecked(Reason::NotAsserted);
    }
    if claim.quantity.other.is_some() {
        return unchecked(Reason::SeveralReadings);
    }
    let none = if claim.quantity.hedge == Hedge::Vague {
        Reason::Vague
    } else {
        Reason::NoReferenceSeries
    };
    let Some(first) = claim.measure.as_ref().map(|slot| slot.value) else { return unchecked(none) };
    let Some(day) = around.day else { return unchecked(Reason::Undated) };
    let all: Vec<_> = std::iter::once(first).chain(claim.rivals.iter().copied()).collect();
    let held: Vec<_> =
        all.iter().map(|id| held_against(store, claim, around, day, *id, none)).collect();
    let best = held.iter().position(|c| !c.rows.is_empty());
    let best = best.or_else(|| held.iter().position(|c| c.elsewhere.is_some()));
    let best = best
        .or_else(|| held.iter().position(|c| c.verdict.reason == Reason::ReferenceTooOld.name()));
    held.into_iter().nth(best.unwrap_or(0)).unwrap_or_else(|| unchecked(none))
}

/// Holds the claim against the rows of one measure.
fn held_against(
    store: &Store,
    claim: &Claim,
    around: Surroundings<'_>,
    day: NaiveDate,
    measure: MeasureId,
    none: Reason,
) -> Comparison {
    let matcher = Matcher { store, claim, around, day, measure: store.catalog.measure(measure) };
    let rows: Vec<_> =
        store.rows(measure).iter().copied().filter(|row| matcher.about_same(*row)).collect();
    let fresh: Vec<_> = rows.iter().copied().filter(|row| matcher.is_fresh(*row)).collect();
    let latest = matcher.latest(&fresh);
    let elsewhere = matcher.elsewhere(store.rows(measure));
    let mut result = matcher.judged(&latest, &rows);
    result.elsewhere = elsewhere;
    result.measure = Some(measure);
    if result.rows.is_empty() {
        let reason = if rows.is_empty() { none } else { Reason::ReferenceTooOld };
        result.verdict = Verdict::unchecked(reason);
    }
    result
}

struct Matcher<'a> {
    store: &'a Store,
    claim: &'a Claim,
    around: Surroundings<'a>,
    day: NaiveDate,
    measure: &'a Measure,
}

impl Matcher<'_> {
    fn row(&self, id: ObservationId) -> &Observation {
        self.store.observation(id)
    }

    /// The day the claim speaks of: its own date where it names one, else the article's.
    fn claim_day(&self) -> NaiveDate {
        let named = self.claim.when.as_ref().and_then(|w| w.value.end);
        named.map_or(self.day, |day| day.min(self.day))
    }

    /// Whether the row speaks of what the claim speaks of, and was known then.
    fn about_same(&self, id: ObservationId) -> bool {
        let row = self.row(id);
        self.comparable(row)
            && self.subject_fits(row)
            && self.place_fits(row)
            && self.period_fits(row)
    }

    /// Same indicator, unit and kind of row; known then; not taken back.
    fn comparable(&self, row: &Observation) -> bool {
        let known = self.around.hindsight || row.known_on(self.day);
        let unit = match self.claim.quantity.kind {
            Kind::Money => self.claim.quantity.unit.as_deref() == Some(&row.unit),
            _ => true,
        };
        known
            && unit
            && !row.is_withdrawn()
            && row.claim_indicator == self.claim.indicator.value
            && (row.subject_words.is_empty()
                || row.subject_words.iter().any(|word| self.says(word)))
    }

    fn says(&self, word: &str) -> bool {
        let text = self.around.sentence.to_lowercase();
        text.match_indices(&word.to_lowercase()).next().is_some()
    }

    fn subject(&self) -> Option<EntityId> {
        match self.claim.subject.as_ref().map(|slot| &slot.value) {
            Some(Subject::Entity(id, _)) => Some(*id),
            _ => None,
        }
    }

    fn subject_fits(&self, row: &Observation) -> bool {
        let named =
            matches!(self.claim.subject.as_ref().map(|s| &s.value), Some(Subject::Named(_)));
        match self.measure.whose {
            None | Some(RowColumn::Place) => true,
            Some(_) if named => false,
            Some(RowColumn::Subject) => row.subject_entity == self.subject(),
            Some(RowColumn::Entity) => match self.subject() {
                Some(subject) => row.entity == Some(subject),
                None => row.entity.is_some() && row.entity == self.store.catalog.everybody(),
            },
        }
    }

    /// The same place; or a part of the claim's country that the sentence's own words point to.
    fn place_fits(&self, row: &Observation) -> bool {
        match self.measure.place {
            None => true,
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
            // Without a place, the whole world is meant only where the text says so, or where
            // the row is about somebody wherever they are.
            let everywhere = self.says("world")
                || self.says("global")
                || self.subject().is_some() && self.measure.whose.is_some();
            return Some(place) == catalog.world() && everywhere;
        };
        if claimed.value.id == Some(place) {
            return true;
        }
        let part = catalog.place(place);
        let country = part.country.map(|c| &*catalog.entity(c).id);
        if !claimed.value.whole || country != claimed.value.country.as_deref() {
            return false;
        }
        let border = part.kind == PlaceKind::Border && self.says("border");
        border && part.id.ends_with("-border") || self.same_start(row)
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

    /// Cumulative rows meet claims that count from the same start, or name none; flow rows meet
    /// only claims of the same days.
    fn period_fits(&self, row: &Observation) -> bool {
        match (self.claim.aspect.as_ref().map(|a| a.value), row.kind) {
            (Some(Aspect::New), kind) if kind != RowKind::Flow => return false,
            (Some(Aspect::Cumulative), RowKind::Flow | RowKind::Rate) => return false,
            _ => {}
        }
        match row.kind {
            RowKind::Cumulative => self.since().is_none() || self.same_start(row),
            RowKind::Stock | RowKind::Rate => true,
            RowKind::Flow => {
                let Some(when) = self.claim.when.as_ref().map(|w| &w.value) else { return false };
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

    fn is_fresh(&self, id: ObservationId) -> bool {
        let row = self.row(id);
        let age = (self.claim_day() - row.as_of.first_day()).num_days();
        (-1..=i64::from(self.measure.max_age_days)).contains(&age)
    }

    /// The newest row of each publisher.
    fn latest(&self, rows: &[ObservationId]) -> Vec<ObservationId> {
        let mut newest: BTreeMap<&str, ObservationId> = BTreeMap::new();
        for id in rows {
            let row = self.row(*id);
            let key =
                |id: ObservationId| (self.row(id).as_of_last_day(), self.row(id).known_from(), id);
            let slot = newest.entry(&row.publisher).or_insert(*id);
            if key(*id) > key(*slot) {
                *slot = *id;
            }
        }
        let mut all: Vec<_> = newest.into_values().collect();
        all.sort_by_key(|id| (std::cmp::Reverse(self.row(*id).as_of_last_day()), *id));
        all
    }

    /// Whether the claim repeats the row's publisher or says the figure was counted.
    fn is_own_count(&self, row: &Observation) -> bool {
        let speaker = self.claim.attributed_to.as_ref().and_then(|s| s.value.1);
        let publisher = self.store.catalog.publisher_entity(row.publisher_id);
        let own = speaker.is_some() && speaker == publisher;
        own || ["recorded", "verified", "confirmed"].iter().any(|word| self.says(word))
    }

    fn stand(&self, id: ObservationId) -> Stand {
        let row = self.row(id);
        let written = self.claim.quantity.written();
        let (supports, allows) = if self.is_own_count(row) {
            (row.counted(), row.counted())
        } else {
            (row.interval(), row.allows())
        };
        if written.supports().overlaps(supports) {
            Stand::Agrees
        } else if written.allows().overlaps(allows)
            || self.may_have_grown(row)
            || self.is_another_thing(row)
            || self.speaks_of_the_past()
            || self.is_said_by_another(row)
        {
            Stand::Loose
        } else {
            Stand::Contradicts
        }
    }

    /// A running total may have grown since the row: by three times its last known pace, or at
    /// its last known ratio, whichever is more; by any amount where no older row tells a pace.
    fn may_have_grown(&self, row: &Observation) -> bool {
        let days = (self.claim_day() - row.as_of.first_day()).num_days();
        let claimed = self.claim.quantity.lower;
        if !self.measure.monotone || days < 1 || claimed <= row.upper() {
            return false;
        }
        self.pace(row).is_none_or(|(gap, before)| {
            let gained = row.upper().checked_sub(before).unwrap_or_default();
            let stretches =
                Decimal::from(days).checked_div(Decimal::from(gap)).unwrap_or(Decimal::ONE);
            let linear = gained.checked_mul(stretches).and_then(|g| g.checked_mul(FAR));
            let mut ratio = row.upper();
            for _ in 0..=days.div_euclid(gap).min(20) {
                let grown = ratio.checked_mul(row.upper()).and_then(|r| r.checked_div(before));
                ratio = grown.unwrap_or(Decimal::MAX);
            }
            let reach = linear.and_then(|g| g.checked_add(row.upper())).unwrap_or(Decimal::MAX);
            claimed <= reach.max(ratio)
        })
    }

    /// The publisher's row before `row` in the same series, at least a fortnight older: how many
    /// days earlier, and its figure.
    fn pace(&self, row: &Observation) -> Option<(i64, Decimal)> {
        let older = |other: &&Observation| {
            other.publisher == row.publisher
                && other.subject == row.subject
                && other.place == row.place
                && other.period_start == row.period_start
                && (row.as_of.last_day() - other.as_of.last_day()).num_days() >= 14
                && other.lower() > Decimal::ZERO
        };
        let rows = self.store.rows(row.measure).iter().map(|id| self.row(*id));
        let last = rows.filter(older).max_by_key(|other| other.as_of.last_day())?;
        Some(((row.as_of.last_day() - last.as_of.last_day()).num_days(), last.lower()))
    }

    /// Words by which the sentence speaks of another time than its own: nothing known today can
    /// contradict them.
    fn speaks_of_the_past(&self) -> bool {
        const PAST: &[&str] = &[
            "pre-war",
            "prewar",
            "pre-crisis",
            "before the war",
            "formerly",
            "once had",
            "at its peak",
            "at the time",
            "used to",
        ];
        PAST.iter().any(|words| self.says(words))
    }

    /// Whether somebody else than the row's publisher is named as the source: then the two
    /// disagree, and neither is the paper's own error.
    fn is_said_by_another(&self, row: &Observation) -> bool {
        let Some(speaker) = self.claim.attributed_to.as_ref().map(|slot| slot.value.1) else {
            return false;
        };
        let publisher = self.store.catalog.publisher_entity(row.publisher_id);
        speaker.is_some() && speaker != publisher
    }

    /// Figures that lie far apart, or far apart in time, are rather about different things than
    /// contradictions: the frame may be wrong, the number need not be.
    fn is_another_thing(&self, row: &Observation) -> bool {
        let age = (self.claim_day() - row.as_of.last_day()).num_days();
        let stale = age * 4 > i64::from(self.measure.max_age_days) * 3;
        let claimed = self.claim.quantity.lower.max(Decimal::ONE);
        let far = |a: Decimal, b: Decimal| a.checked_mul(FAR).is_none_or(|reach| reach < b);
        stale || far(claimed, row.lower()) || far(row.upper().max(Decimal::ONE), claimed)
    }

    fn is_party(&self, row: &Observation) -> bool {
        self.store.side(row) == Party::Party
    }

    fn judged(&self, latest: &[ObservationId], all: &[ObservationId]) -> Comparison {
        let rows: Vec<Held> = latest
            .iter()
            .map(|id| Held {
                row: *id,
                stand: self.stand(*id),
                party: self.is_party(self.row(*id)),
            })
            .collect();
        let count =
            |stand, party| rows.iter().filter(|h| h.stand == stand && h.party == party).count();
        let agree = count(Stand::Agrees, false);
        let against = count(Stand::Contradicts, false);
        let party_against = count(Stand::Contradicts, true);
        let party_agree = count(Stand::Agrees, true);
        let older = self.older(latest, all).filter(|_| agree == 0 && against > 0);
        let evidence: Vec<_> = rows.iter().map(|h| Evidence::Reference(h.row)).collect();
        let verdict = |status, reason: String| Verdict {
            status,
            by: Some(By::Reference),
            reason,
            evidence: evidence.clone(),
        };
        let loose =
            |reason: Reason| Verdict { evidence: evidence.clone(), ..Verdict::unchecked(reason) };
        let verdict = if agree > 0 && against + party_against > 0 || against > 0 && party_agree > 0
        {
            verdict(Status::Disputed, self.who_says_what(&rows))
        } else if agree > 0 {
            verdict(Status::Supported, self.who_says_what(&rows))
        } else if older.is_some() {
            verdict(Status::Outdated, self.who_says_what(&rows))
        } else if against > 0 {
            loose(Reason::TooLoose)
        } else if rows.iter().all(|h| h.party) && !rows.is_empty() {
            loose(Reason::PartyOnly)
        } else {
            loose(Reason::TooLoose)
        };
        let inferred = self.claim.place.as_ref().is_some_and(|p| p.value.inferred);
        Comparison { rows, older, elsewhere: None, measure: None, inferred, verdict }
    }

    /// A row that fits and that a newer one of its publisher, published before the article,
    /// superseded.
    fn older(&self, latest: &[ObservationId], all: &[ObservationId]) -> Option<ObservationId> {
        let superseded = |row: &Observation| {
            latest.iter().any(|id| {
                let newer = self.row(*id);
                newer.publisher == row.publisher
                    && newer.published.is_some()
                    && newer.as_of_last_day() > row.as_of_last_day()
            })
        };
        all.iter().rev().copied().find(|id| {
            let row = self.row(*id);
            !latest.contains(id) && superseded(row) && self.stand(*id) == Stand::Agrees
        })
    }

    /// The one row of another subject within two weeks that fits a figure of two digits or more.
    fn elsewhere(&self, rows: &[ObservationId]) -> Option<ObservationId> {
        self.subject()?;
        let written = self.claim.quantity.written();
        let exact = matches!(
            written.hedge,
            Hedge::Exact
                | Hedge::About
                | Hedge::MoreThan
                | Hedge::AtLeast
                | Hedge::Nearly
                | Hedge::UpTo
        );
        if !exact
            || self.claim.quantity.hedge == Hedge::Vague
            || significant(self.claim.quantity.lower) < 2
        {
            return None;
        }
        let fits = |id: &ObservationId| {
            let row = self.row(*id);
            let near = (row.as_of.last_day() - self.claim_day()).num_days().abs() <= NEAR_DAYS;
            near && self.comparable(row)
                && !self.subject_fits(row)
                && (self.place_fits(row)
                    || self.claim.place.is_none()
                    || self.measure.place.is_none())
                && written.supports().overlaps(row.interval())
        };
        let mut found = rows.iter().copied().filter(fits);
        let first = found.next()?;
        let other = self.row(first).subject_entity;
        found.all(|id| self.row(id).subject_entity == other).then_some(first)
    }

    /// `13,200–13,400 (OHCHR, as of 2021-06-30); against it 127,000 (…)`.
    fn who_says_what(&self, rows: &[Held]) -> String {
        let list = |stand: Stand| -> Vec<String> {
            rows.iter().filter(|h| h.stand == stand).map(|h| shown(self.store, h.row)).collect()
        };
        let (agree, against) = (list(Stand::Agrees), list(Stand::Contradicts));
        match (agree.is_empty(), against.is_empty()) {
            (false, true) => agree.join("; "),
            (false, false) => {
                format!("agrees with {}; not with {}", agree.join(", "), against.join(", "))
            }
            _ => format!("not with {}", against.join(", ")),
        }
    }
}

/// How many significant digits a value has.
fn significant(value: Decimal) -> usize {
    let digits = value.normalize().mantissa().unsigned_abs().to_string();
    digits.trim_end_matches('0').len()
}

#[cfg(test)]
mod tests {
    use super::significant;

    #[test]
    fn zeros_at_the_end_are_not_significant() {
        assert_eq!(significant("8500".parse().unwrap()), 2);
        assert_eq!(significant("100000".parse().unwrap()), 1);
    }
}
