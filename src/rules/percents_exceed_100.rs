//! Shares of one whole that come to more than all of it.

use crate::compare::Misfit;
use crate::rule_info;
use crate::rules::{Check, Facts, Rule, Say, Sink};

pub(super) static RULE: Rule = Rule {
    info: rule_info! {
        /// Shares of one whole that come to more than all of it.
        ///
        /// A whole has a hundred percent. One of the shares is of something else, or of another year.
        ///
        /// ```article
        /// In the end 48 percent voted for the mayor, 41 percent for his rival and 21 percent for the Greens.
        ///            ^^^^^^^^^^ percents-exceed-100
        /// ```
        ///
        /// Answers of which one could choose several, and shares of different wholes, are no shares of one:
        ///
        /// ```article
        /// Asked what kept them awake, 60 percent named noise, 48 percent heat and 31 percent worry.
        /// Turnout was 64 percent in the north, 58 percent in the south and 71 percent in the capital.
        /// ```
        ///
        /// How it reads the numbers: as intervals. The least that the shares come to, after rounding, must be
        /// more than 100.
        ///
        /// Limits: three shares or more in one list, whose sentence says that something is shared out
        /// ("voted", "account for", "come from"), or "the other", "the remaining" behind the rest.
        ///
        /// Measured: on 6,202 real articles no finding; the rule was tuned on these same articles, so
        /// its precision on others is not known. `tests/arithmetic/percents-exceed-100.txt` has
        /// planted faults and sound passages of our own.
        "percents-exceed-100", "shares of one whole come to more than 100%", Warning, since "0.2.0"
    },
    check: Check::Article(check),
};

fn check(facts: &Facts<'_>, article: usize, sink: &mut Sink<'_>) {
    for relation in facts.misfits(article, Misfit::Whole) {
        sink.report(
            relation.claim,
            Say::reckoned(facts, "the shares are more than their whole", relation),
        );
    }
}
