//! Bounds that the reference does not reach.

use crate::claim::Claim;
use crate::compare::shown;
use crate::finding::Severity;
use crate::quantity::Hedge;
use crate::reference::RowStatus;
use crate::rule_info;
use crate::rules::reference_mismatch::near_miss;
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
        /// How it reads the numbers: as `reference-mismatch` does. A row that is a verified
        /// minimum has no upper end, so only an upper bound below it is reported; against other
        /// bounds of such rows the rule is a warning.
        ///
        /// Limits: it is silent where a running total may have reached the bound since the row.
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
    if !comparison.contradicts() || comparison.older.is_some() || comparison.elsewhere.is_some() {
        return;
    }
    let Some(row) = comparison.contradicting() else { return };
    let observation = facts.store.observation(row);
    if !near_miss(claim, observation.lower(), observation.upper()) {
        return;
    }
    let reference = shown(facts.store, row);
    let minimum = observation.status == RowStatus::VerifiedMinimum;
    sink.report(
        index,
        Say::new(format!(
            "{} promises {side} that, but the reference {word}: {reference}",
            facts.shown(claim)
        ))
        .beside(facts.at_row(row, reference))
        .at_most(if minimum { Severity::Warning } else { Severity::Error }),
    );
}
