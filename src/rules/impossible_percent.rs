//! A percentage of a small number that no whole number is.

use crate::compare::Misfit;
use crate::rule_info;
use crate::rules::{Check, Facts, Rule, Say, Sink};

pub(super) static RULE: Rule = Rule {
    info: rule_info! {
        /// A percentage of a small number that no whole number is.
        ///
        /// Fourteen of 29 councillors are 48.3 percent and 15 are 51.7; none of them is 48.9. Either the
        /// percentage or the whole is another. A price that falls by more than 100 percent is as impossible.
        ///
        /// ```article
        /// It had 48.9 percent of the 29 councillors.
        ///        ^^^^^^^^^^^^ impossible-percent
        /// ```
        ///
        /// ```article
        /// The price fell by 120 percent after the recall.
        ///                   ^^^^^^^^^^^ impossible-percent
        /// ```
        ///
        /// Rounded percentages are held against what rounding allows:
        ///
        /// ```article
        /// It had 48 percent of the 29 councillors.
        /// Profit fell 120 percent as the company swung to a loss.
        /// ```
        ///
        /// How it reads the numbers: every whole number of the things is divided by how many there are; none
        /// of these may round to the percentage as it is written, or lie within its hedge.
        ///
        /// Limits: the whole is an exact count behind "of the", "of its" and their like. What can be negative
        /// (profits, balances, growth) may fall by any percentage.
        ///
        /// Measured: on 6,202 real articles no finding; the rule was tuned on these same articles, so
        /// its precision on others is not known. `tests/arithmetic/impossible-percent.txt` has
        /// planted faults and sound passages of our own.
        "impossible-percent", "a percentage that no count of so few gives", Warning, since "0.2.0"
    },
    check: Check::Article(check),
};

fn check(facts: &Facts<'_>, article: usize, sink: &mut Sink<'_>) {
    for relation in facts.misfits(article, Misfit::Impossible) {
        sink.report(
            relation.claim,
            Say::reckoned(facts, "no count gives this percentage", relation),
        );
    }
}
