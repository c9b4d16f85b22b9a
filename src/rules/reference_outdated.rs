//! Figures that were right once.

use crate::claim::Claim;
use crate::compare::shown;
use crate::rule_info;
use crate::rules::{Check, Facts, Rule, Say, Sink};

pub(super) static RULE: Rule = Rule {
    info: rule_info! {
        /// A figure that fits an older row, though a newer one had been published.
        ///
        /// The commonest way for a right number to become wrong: it was copied from last
        /// month's story. The finding names both rows and their dates.
        ///
        /// ```article
        /// Shelling goes on
        /// 20230310
        /// https://example.org/a
        /// The war in Ukraine has killed 7,155 civilians since February 2022, the UN human rights office says.
        ///                               ^^^^^ reference-outdated
        /// ```
        ///
        /// ```article
        /// Shelling goes on
        /// 20230210
        /// https://example.org/a
        /// The war in Ukraine has killed 7,155 civilians since February 2022, the UN human rights office says.
        /// ```
        ///
        /// How it reads the numbers: as `reference-mismatch` does. Only a row that says when it
        /// was published can make an older figure outdated, and only if that was before the
        /// article's date.
        ///
        /// Limits: a figure that the text itself calls last month's is taken for today's unless a
        /// date or a word such as "previously" stands beside it.
        "reference-outdated", "a figure that a newer one had replaced", Warning, since "0.1.0"
    },
    check: Check::Claim(check),
};

fn check(facts: &Facts<'_>, index: usize, claim: &Claim, sink: &mut Sink<'_>) {
    let Some(comparison) = facts.comparison(index) else { return };
    let (Some(older), Some(held)) = (comparison.older, comparison.against()) else { return };
    let newer = held.row;
    let (old, new) = (shown(facts.store, older), shown(facts.store, newer));
    sink.report(
        index,
        Say::new(format!("{} fits {old}, which {new} has replaced", facts.shown(claim)))
            .beside(facts.at_row(newer, new))
            .beside(facts.at_row(older, old)),
    );
}
