//! Figures that no reading of the reference explains.

use crate::claim::Claim;
use crate::compare::{interval_shown, shown};
use crate::quantity::Hedge;
use crate::rule_info;
use crate::rules::{Check, Facts, Rule, Say, Sink};

pub(super) static RULE: Rule = Rule {
    info: rule_info! {
        /// A figure that no rounding, no hedge and no publisher of the reference explains.
        ///
        /// The claim and the reference row speak of the same thing, place and time, and the
        /// values the words allow do not meet the values the row allows. Somebody mistyped, read
        /// the wrong line, or the reference is wrong: the finding shows the row, so that one
        /// look settles it.
        ///
        /// ```article
        /// Clashes near the border
        /// 20220128
        /// https://example.org/a
        /// The conflict in eastern Ukraine has killed more than 23,000 people since 2014.
        ///                                                      ^^^^^^ reference-mismatch
        /// ```
        ///
        /// Rounding is no contradiction, and neither is a bound that the row reaches:
        ///
        /// ```article
        /// Clashes near the border
        /// 20220128
        /// https://example.org/a
        /// The conflict in eastern Ukraine has killed more than 13,000 people since 2014.
        /// ```
        ///
        /// How it reads the numbers: as intervals, by hedge and by the last digit written; rows by
        /// their own bound. Only rows known on the article's day count, of each publisher the
        /// latest. Rows of a party to the conflict alone never contradict. Where publishers
        /// disagree and one agrees with the claim, the claim is disputed, not wrong.
        ///
        /// Limits: it is silent where the tables have no series for the claim, where the newest
        /// row is too old, and where a running total may simply have grown.
        "reference-mismatch", "a figure that the reference contradicts", Error, since "0.1.0"
    },
    check: Check::Claim(check),
};

fn check(facts: &Facts<'_>, index: usize, claim: &Claim, sink: &mut Sink<'_>) {
    let Some(comparison) = facts.comparison(index) else { return };
    let bounded = matches!(
        claim.quantity.hedge,
        Hedge::MoreThan | Hedge::AtLeast | Hedge::UpTo | Hedge::LessThan
    );
    if !comparison.contradicts() || comparison.older.is_some() || comparison.elsewhere.is_some() {
        return;
    }
    let Some(row) = comparison.contradicting() else { return };
    let observation = facts.store.observation(row);
    if bounded && near_miss(claim, observation.lower(), observation.upper()) {
        return;
    }
    let reference = shown(facts.store, row);
    let read = interval_shown(claim.quantity.written().allows());
    let allowed = interval_shown(observation.allows());
    sink.report(
        index,
        Say::new(format!("{} is not what the reference says: {reference}", facts.shown(claim)))
            .beside(facts.at_row(row, reference))
            .computed(format!("the text allows {read}; the row allows {allowed}")),
    );
}

/// Whether only the bound is wrong, by less than a fifth: that is `unsupported-bound`.
pub(super) fn near_miss(
    claim: &Claim,
    low: crate::number::Decimal,
    high: crate::number::Decimal,
) -> bool {
    let five = crate::number::Decimal::from(5);
    let value = claim.quantity.lower;
    let gap = if value > high { value - high } else { low - value };
    gap.checked_mul(five).is_some_and(|g| g <= value)
}
