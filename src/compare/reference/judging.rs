//! From rows and how a claim stands to them, to a verdict.

use crate::compare::figure::shown;
use crate::compare::reference::matching::Matcher;
use crate::compare::reference::misprint::significant;
use crate::compare::reference::standing::Stand;
use crate::compare::reference::{Comparison, Held};
use crate::compare::{By, Evidence, Reason, Status, Verdict};
use crate::quantity::Hedge;
use crate::reference::{Observation, ObservationId, Party, RowKind};
use std::collections::BTreeMap;

impl Matcher<'_> {
    /// What the tables say of the claim as one of this measure; `none` is why it is unchecked
    /// where no row speaks of it.
    pub(crate) fn judged(&self, none: Reason) -> Comparison {
        let latest = self.latest(&self.fresh());
        let rows = self.held(&latest);
        let inferred = self.claim.place.as_ref().is_some_and(|p| p.value.inferred);
        let mut comparison = Comparison {
            older: None,
            slip: None,
            measure: Some(self.id),
            inferred,
            verdict: Verdict::unchecked(if latest.is_empty() && !self.about_same().is_empty() {
                Reason::ReferenceTooOld
            } else {
                none
            }),
            rows,
        };
        let most = matches!(self.claim.quantity.hedge, Hedge::LessThan | Hedge::UpTo);
        if comparison.excludes() && self.is_rather_a_neighbour() {
            comparison.inferred = true;
        }
        let telling = comparison.contradicts() || significant(self.claim.quantity.lower) >= 3;
        // A bound from above fits every smaller figure of before, a round one too many.
        if comparison.leaves_no_room() && !most && telling {
            comparison.older = self.older(&latest);
        }
        if comparison.older.is_none() {
            comparison.slip = self.slip(&comparison, &latest);
        }
        if !comparison.rows.is_empty() {
            comparison.verdict = self.verdict(&comparison);
        }
        comparison
    }

    /// Each publisher by that row of its series which stands best, newest first.
    fn held(&self, latest: &[ObservationId]) -> Vec<Held> {
        let mut best: BTreeMap<&str, Held> = BTreeMap::new();
        for id in latest {
            let row = self.row(*id);
            let held = Held {
                row: *id,
                stand: self.stand(*id),
                party: self.is_party(row),
                aged: self.has_aged(row),
                allows: self.written(row).allows(),
                claimed: self.claimed(row),
            };
            let slot = best.entry(&row.publisher).or_insert(held);
            let gap = |held: &Held| {
                let row = self.row(held.row);
                (held.claimed.lower.value - row.lower()).abs()
                    + (held.claimed.upper.value - row.upper()).abs()
            };
            let nearer = held.stand == Stand::Agrees && gap(&held) < gap(slot);
            if held.stand < slot.stand || held.stand == slot.stand && nearer {
                *slot = held;
            }
        }
        let mut rows: Vec<_> = best.into_values().collect();
        // One-off events are told by their figures: another event's does not dispute this one.
        let event = |held: &Held| {
            let row = self.row(held.row);
            row.kind == RowKind::Flow && row.period_start.is_none()
        };
        if rows.iter().any(|held| event(held) && held.stand == Stand::Agrees) {
            rows.retain(|held| !event(held) || held.stand == Stand::Agrees);
        }
        // A figure that repeats one publisher is not excused by another who neither agrees with it
        // nor excludes it.
        let own = |held: &Held| self.is_said_by_publisher(self.row(held.row));
        let excludes = |held: &Held| matches!(held.stand, Stand::Contradicts | Stand::Far);
        if rows.iter().any(|held| own(held) && excludes(held)) {
            rows.retain(|held| own(held) || held.stand == Stand::Agrees);
        }
        rows.sort_by_key(|h| (std::cmp::Reverse(self.row(h.row).as_of_last_day()), h.row));
        rows
    }

    pub(crate) fn is_party(&self, row: &Observation) -> bool {
        self.store.side(row) == Party::Party
    }

    fn verdict(&self, comparison: &Comparison) -> Verdict {
        let rows = &comparison.rows;
        let has = |stand, party| rows.iter().any(|h| h.stand == stand && h.party == party);
        let (agree, against) = (has(Stand::Agrees, false), has(Stand::Contradicts, false));
        let (party_agree, party_against) =
            (has(Stand::Agrees, true), has(Stand::Contradicts, true));
        let evidence: Vec<_> = rows.iter().map(|h| Evidence::Reference(h.row)).collect();
        let by_tables = |status| Verdict {
            status,
            by: Some(By::Reference),
            reason: self.who_says_what(rows),
            evidence: evidence.clone(),
        };
        let open =
            |reason: Reason| Verdict { evidence: evidence.clone(), ..Verdict::unchecked(reason) };
        if agree && (against || party_against) || against && party_agree {
            by_tables(Status::Disputed)
        } else if agree {
            by_tables(Status::Supported)
        } else if comparison.older.is_some() {
            by_tables(Status::Outdated)
        } else if rows.iter().all(|h| h.party) {
            open(Reason::PartyOnly)
        } else {
            open(Reason::TooLoose)
        }
    }

    /// A row that fits and that a newer one of its series, published before the article, replaced.
    fn older(&self, latest: &[ObservationId]) -> Option<ObservationId> {
        let replaced = |row: &Observation| {
            latest
                .iter()
                .map(|id| self.row(*id))
                .any(|newer| newer.published.is_some() && Matcher::is_replaced(row, newer))
        };
        self.about_same().into_iter().rev().find(|id| {
            let row = self.row(*id);
            !latest.contains(id) && !self.is_party(row) && replaced(row) && self.fits(row)
        })
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
