//! One figure of a reference table, with who said it and when.

use crate::number::{Decimal, Exact};
use crate::quantity::{Hedge, Interval, Kind, Written};
use crate::reference::date::PartialDate;
use crate::reference::entity::EntityId;
use crate::reference::measure::MeasureId;
use crate::reference::place::PlaceId;
use crate::reference::publisher::PublisherId;
use crate::reference::table::Text;
use crate::reference::vocabulary::{Indicator, RowKind, RowStatus};
use crate::text::At;
use chrono::NaiveDate;
use std::sync::Arc;

/// Names one observation of the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObservationId(pub(crate) usize);

/// A row of a reference table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observation {
    /// The table's name as people see it; the source itself is in `at`.
    pub table: Text,
    /// The line in the table, from 1.
    pub line: usize,
    /// The cell with the value; of a range, both its cells and what is between them.
    pub at: At,
    /// Its key; the table's name and the line where the row has none.
    pub id: Text,
    /// The series it belongs to.
    pub measure: MeasureId,
    /// The indicator of claims that may meet it: its subject's, else its measure's.
    pub claim_indicator: Indicator,
    /// Who or what is counted, as in the table.
    pub subject: Text,
    /// The entity that the subject stands for; `None` for everybody.
    pub subject_entity: Option<EntityId>,
    /// Words of which one has to be in a claim's sentence; none if empty.
    pub subject_words: Arc<[Text]>,
    /// Whose figure it is.
    pub entity: Option<EntityId>,
    /// Where, or who receives.
    pub place: Option<PlaceId>,
    /// The value with its bound, as the row has it; see [`Self::hedge`] for how it is to be read.
    pub written: Written,
    /// What the value measures.
    pub quantity: Kind,
    /// The unit of the value: `person`, ISO 4217, `%`, `km` …
    pub unit: Text,
    /// What it counts over time.
    pub kind: RowKind,
    /// From when on it counts.
    pub period_start: Option<PartialDate>,
    /// Up to when it counts.
    pub as_of: PartialDate,
    /// When it was said.
    pub published: Option<PartialDate>,
    /// How firm it is.
    pub status: RowStatus,
    /// Who said it, as in the table.
    pub publisher: Text,
    /// Who said it.
    pub publisher_id: PublisherId,
    /// Where it was said.
    pub url: Text,
    /// What the table remarks.
    pub note: Text,
}

impl Observation {
    /// How the value is bounded: as it is written, but a verified minimum is at least so much.
    pub fn hedge(&self) -> Hedge {
        match (self.status, self.written.hedge) {
            (_, hedge @ (Hedge::MoreThan | Hedge::UpTo | Hedge::LessThan)) => hedge,
            (RowStatus::VerifiedMinimum, _) => Hedge::AtLeast,
            (_, hedge) => hedge,
        }
    }

    /// The values it supports. A withdrawn row supports none, see [`Self::is_withdrawn`].
    pub fn interval(&self) -> Interval {
        Written { hedge: self.hedge(), ..self.written }.supports()
    }

    /// The values it does not contradict: minima have no upper end, maxima no lower one, and what
    /// was withdrawn contradicts nothing.
    pub fn allows(&self) -> Interval {
        if self.is_withdrawn() {
            return Interval { lower: None, upper: None };
        }
        Written { hedge: self.hedge(), ..self.written }.allows()
    }

    /// The values it supports when it is taken as a count: a claim that says `verified`, or names
    /// the row's own publisher, speaks of the count and not of the truth behind it.
    pub fn counted(&self) -> Interval {
        let range = self.written.lower.value != self.written.upper.value;
        let hedge = if range { Hedge::Range } else { Hedge::Exact };
        Written { hedge, ..self.written }.supports()
    }

    /// The lower end as it is written.
    pub fn lower(&self) -> Decimal {
        self.written.lower.value
    }

    /// The upper end as it is written; equal to the lower one for a single value.
    pub fn upper(&self) -> Decimal {
        self.written.upper.value
    }

    /// Whether its publisher took it back: it is shown, and decides nothing.
    pub fn is_withdrawn(&self) -> bool {
        self.status == RowStatus::Withdrawn
    }

    /// The last day that `as_of` may mean.
    pub fn as_of_last_day(&self) -> NaiveDate {
        self.as_of.last_day()
    }

    /// The day it counts from: when it was published, else when the count ends.
    pub fn known_from(&self) -> NaiveDate {
        self.published.unwrap_or(self.as_of).last_day()
    }

    /// Whether it was known on `day`.
    pub fn known_on(&self, day: NaiveDate) -> bool {
        self.known_from() <= day
    }
}

/// The value of a row with only one end, or two, or a point.
pub(crate) fn written(
    value: Option<Exact>,
    ends: (Option<Exact>, Option<Exact>),
    bound: Hedge,
    count: bool,
) -> Option<Written> {
    let (lower, upper, hedge) = match (value, ends.0, ends.1) {
        (_, Some(lower), Some(upper)) if lower.value <= upper.value => (lower, upper, Hedge::Range),
        (Some(value), None, None) if bound != Hedge::Range => (value, value, bound),
        (None, Some(end), None) if matches!(bound, Hedge::AtLeast | Hedge::MoreThan) => {
            (end, end, bound)
        }
        (None, None, Some(end)) if matches!(bound, Hedge::UpTo | Hedge::LessThan) => {
            (end, end, bound)
        }
        _ => return None,
    };
    Some(Written { lower, upper, hedge, count })
}

#[cfg(test)]
mod tests {
    use super::written;
    use crate::number::Exact;
    use crate::quantity::Hedge;
    use crate::reference::test_support::observation;

    #[track_caller]
    fn check(row: &str, interval: &str, allows: &str, counted: &str) {
        let row = observation(row);
        let shown = |i: crate::quantity::Interval| {
            let end =
                |end: Option<crate::number::Decimal>| end.map_or("…".into(), |e| e.to_string());
            format!("{} to {}", end(i.lower), end(i.upper))
        };
        assert_eq!(shown(row.interval()), interval, "interval");
        assert_eq!(shown(row.allows()), allows, "allows");
        assert_eq!(shown(row.counted()), counted, "counted");
    }

    #[test]
    fn bounds_are_read_alike() {
        check("value=13000,bound=exact", "12500 to 13500", "12500 to 13500", "12500 to 13500");
        check("value=13000,bound=about", "11700 to 14300", "11700 to 14300", "12500 to 13500");
        check("value=13000,bound=at_least", "13000 to 14000", "13000 to …", "12500 to 13500");
        check("value=13000,bound=more_than", "13000 to 14000", "13000 to …", "12500 to 13500");
        check("value=40,bound=up_to", "30 to 40", "… to 40", "39.5 to 40.5");
        check(
            "lower=7000,upper=15000,bound=range",
            "6650 to 15500",
            "6650 to 15500",
            "6650 to 15500",
        );
        check("value=9,lower=7,upper=15,bound=range", "6.5 to 15.5", "6.5 to 15.5", "6.5 to 15.5");
        check("value=,lower=50,bound=at_least", "50 to 60", "50 to …", "49.5 to 50.5");
    }

    #[test]
    fn a_verified_minimum_is_at_least_so_much() {
        let status = "status=verified_minimum";
        check(
            &format!("value=3901,bound=exact,{status}"),
            "3901 to 3902",
            "3901 to …",
            "3900.5 to 3901.5",
        );
        check(&format!("value=40,bound=up_to,{status}"), "30 to 40", "… to 40", "39.5 to 40.5");
    }

    #[test]
    fn what_was_withdrawn_contradicts_nothing() {
        check("value=40,status=withdrawn", "39.5 to 40.5", "… to …", "39.5 to 40.5");
        assert!(observation("value=40,status=withdrawn").is_withdrawn());
    }

    #[test]
    fn money_is_as_exact_as_it_is_written_and_counts_may_be_rounded() {
        check(
            "indicator=appropriation,value=650000000,unit=USD",
            "649999999.5 to 650000000.5",
            "649999999.5 to 650000000.5",
            "649999999.5 to 650000000.5",
        );
        check("value=3.05,unit=%", "3.045 to 3.055", "3.045 to 3.055", "3.045 to 3.055");
        for (unit, count) in
            [("person", true), ("item", true), ("case", true), ("crossing", true), ("unit", true)]
        {
            assert_eq!(observation(&format!("unit={unit}")).written.count, count, "{unit}");
        }
        for unit in ["EUR", "USD", "%", "km", "m3", "m3/a"] {
            assert!(!observation(&format!("unit={unit}")).written.count, "{unit}");
        }
    }

    #[test]
    fn a_row_is_known_from_its_publication_else_from_its_last_day() {
        let day = |text: &str| text.parse().unwrap();
        let row = observation("as_of=2022-02,published=");
        assert_eq!(row.as_of_last_day(), day("2022-02-28"));
        assert!(!row.known_on(day("2022-02-27")));
        assert!(row.known_on(day("2022-02-28")));
        let row = observation("as_of=2021,published=2022-03-04");
        assert!(!row.known_on(day("2022-03-03")));
        assert!(row.known_on(day("2022-03-04")));
        assert_eq!(observation("published=2022-03").known_from(), day("2022-03-31"));
    }

    #[test]
    fn bounds_and_cells_have_to_agree() {
        let one = Some(Exact::whole(5));
        assert_eq!(written(None, (None, None), Hedge::Exact, true), None);
        assert_eq!(written(one, (None, None), Hedge::Range, true), None);
        assert_eq!(written(one, (one, None), Hedge::Exact, true), None);
        assert_eq!(written(None, (one, None), Hedge::UpTo, true), None);
        assert_eq!(written(None, (one, Some(Exact::whole(4))), Hedge::Range, true), None);
    }
}
