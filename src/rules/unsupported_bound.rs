//! Bounds that the reference does not reach.

use crate::claim::Claim;
use crate::compare::{Comparison, Held, Stand, shown};
use crate::finding::Severity;
use crate::quantity::Hedge;
use crate::rule_info;
use crate::rules::reference_mismatch::{bounds, near_miss};
use crate::rules::{Check, Facts, Rule, Say, Sink};

pub(super) static RULE: Rule = Rule {
    info: rule_info! {
        /// "More than 50" where the reference is 48: the number is near, the bound is wrong.
        ///
        /// A hedge makes a promise. "More than", "over" and "at least" say that the true figure
        /// is not lower; "less than", "under" and "up to" that it is not higher. When the
        /// reference lies on the other side, by no more than a fifth, the number may be a fair
        /// rounding, but the word before it is not.
        ///
        /// ```article
        /// Clashes near the border
        /// 20220128
        /// https://example.org/a
        /// The conflict in eastern Ukraine has killed more than 15,000 people since 2014.
        ///                                                      ^^^^^^ unsupported-bound
        /// ```
        ///
        /// ```article
        /// Clashes near the border
        /// 20220128
        /// https://example.org/a
        /// The conflict in eastern Ukraine has killed about 14,000 people since 2014.
        /// ```
        ///
        /// How it reads the numbers: as `reference-mismatch` does. A row that is a minimum has no
        /// upper end: it excludes an upper bound below it, but a lower bound above it is only not
        /// carried by it, which is a warning. So is a bound that takes the wrong end of an interval:
        /// "at least 8,500" where the reference has up to 8,500.
        ///
        /// Limits: it is silent where a running total may have reached the bound since the row.
        ///
        /// Measured: on 6,202 real articles it spoke not once, so its precision on real text is not
        /// known. Its level rests on sentences of our own only; `[rules]` in `numcheck.toml` lowers
        /// it.
        "unsupported-bound", "a bound that the reference does not reach", Error, since "0.1.0"
    },
    check: Check::Claim(check),
};

fn check(facts: &Facts<'_>, index: usize, claim: &Claim, sink: &mut Sink<'_>) {
    let Some(comparison) = facts.comparison(index) else { return };
    let (word, side) = match claim.quantity.hedge {
        Hedge::MoreThan | Hedge::AtLeast => ("is lower", "at least"),
        Hedge::LessThan | Hedge::UpTo => ("is higher", "at most"),
        _ => return,
    };
    if comparison.older.is_some() || comparison.slip.is_some() {
        return;
    }
    if let Some((held, end)) = other_end(facts, claim, comparison) {
        let reference = shown(facts.store, held.row);
        sink.report(
            index,
            Say::new(format!(
                "{} promises {side} that, but that is the {end} end of what the reference gives: \
                 {reference}",
                facts.shown(claim)
            ))
            .beside(facts.at_row(held.row, reference))
            .computed(bounds(facts, claim, held))
            .at_most(Severity::Warning),
        );
        return;
    }
    let above = above_minimum(comparison);
    let (held, grave) = match (comparison.against(), above) {
        (Some(held), _) if comparison.contradicts() => (held, Severity::Error),
        (_, Some(held)) => (held, Severity::Warning),
        _ => return,
    };
    if !near_miss(facts, held) {
        return;
    }
    let reference = shown(facts.store, held.row);
    sink.report(
        index,
        Say::new(format!(
            "{} promises {side} that, but the reference {word}: {reference}",
            facts.shown(claim)
        ))
        .beside(facts.at_row(held.row, reference))
        .computed(bounds(facts, claim, held))
        .at_most(grave),
    );
}

/// The newest independent row of which the bound takes the wrong end: `at least` for the most of an
/// interval, `up to` for its least. What grows may have gone on past its upper end.
fn other_end(
    facts: &Facts<'_>,
    claim: &Claim,
    comparison: &Comparison,
) -> Option<(Held, &'static str)> {
    let least = matches!(claim.quantity.hedge, Hedge::MoreThan | Hedge::AtLeast);
    let turned = |held: &Held| {
        let row = facts.store.observation(held.row);
        let value = held.claimed.lower.value;
        let range = row.lower() < row.upper();
        if held.stand != Stand::Agrees {
            return false;
        }
        if least {
            let most = range || matches!(row.hedge(), Hedge::UpTo | Hedge::LessThan);
            most && value >= row.upper() && !facts.store.catalog.measure(row.measure).monotone
        } else {
            range && value <= row.lower()
        }
    };
    let mut own = comparison.rows.iter().filter(|held| !held.party);
    let all = !comparison.inferred && own.clone().all(turned);
    let held = own.next().filter(|_| all)?;
    Some((*held, if least { "upper" } else { "lower" }))
}

/// The newest independent row, where the claim is above the minima of all.
fn above_minimum(comparison: &Comparison) -> Option<Held> {
    let rows = &comparison.rows;
    let all = !comparison.inferred && rows.iter().all(|held| held.stand == Stand::Above);
    rows.iter().find(|held| all && !held.party).copied()
}
