//! A total, a count and an average or rate of which one is wrong.

use crate::compare::Misfit;
use crate::rule_info;
use crate::rules::{Check, Facts, Rule, Say, Sink};

pub(super) static RULE: Rule = Rule {
    info: rule_info! {
        /// A total, a count and an average or rate of which one is wrong.
        ///
        /// A slip of a thousand hides in big sums and shows in small ones: 1,600 investors who lost $4.69
        /// million lost $2,900 each, and not $2.9 million.
        ///
        /// ```article
        /// The 1,600 investors lost a total of $4.69 million, an average of $2.9 million each.
        ///                                                                  ^^^^^^^^^^^^ ratio-mismatch
        /// ```
        ///
        /// Averages of something else, and rounded ones, pass:
        ///
        /// ```article
        /// The 12 hospitals have 3,400 beds, an average of 283 each.
        /// He scored 27 goals in 36 matches and averaged 30 points a season.
        /// ```
        ///
        /// How it reads the numbers: as intervals. Count times average must miss everything that the total
        /// can be, with the rounding and the hedges of all three. The finding stands at the average; any of
        /// the three may be wrong.
        ///
        /// Limits: it reads "an average of … each", "at an average of", "to each of", "or … per", and rates
        /// per 100,000, in one sentence or two.
        ///
        /// Measured: on 6,202 real articles no finding; the rule was tuned on these same articles, so
        /// its precision on others is not known. `tests/arithmetic/ratio-mismatch.txt` has
        /// planted faults and sound passages of our own.
        "ratio-mismatch", "total, count and average do not multiply out", Warning, since "0.2.0"
    },
    check: Check::Article(check),
};

fn check(facts: &Facts<'_>, article: usize, sink: &mut Sink<'_>) {
    for relation in facts.misfits(article, Misfit::Ratio) {
        sink.report(
            relation.claim,
            Say::reckoned(facts, "total, count and average do not fit", relation),
        );
    }
}
