//! "Half", "less than half", "two-thirds" beside numbers that say otherwise.

use crate::compare::Misfit;
use crate::rule_info;
use crate::rules::{Check, Facts, Rule, Say, Sink};

pub(super) static RULE: Rule = Rule {
    info: rule_info! {
        /// "Half", "less than half", "two-thirds" beside numbers that say otherwise.
        ///
        /// The slip is often one of direction: $667,000 of $1.3 million is more than half of it.
        ///
        /// ```article
        /// The charity spent $667,000 of its $1.3 million budget on lunch, a little less than half.
        ///                                                                                    ^^^^ fraction-mismatch
        /// ```
        ///
        /// Fractions in words are loose:
        ///
        /// ```article
        /// Some 52 of the 100 lots, just over half, have been sold.
        /// ```
        ///
        /// How it reads the numbers: the part divided by the whole. A bare fraction leaves an eighth
        /// around it ("half" is 44 to 56 percent), with the rounding of both numbers. "More than",
        /// "less than" and "nearly" weigh the numbers as they are written, with one percentage point
        /// to spare; "nearly" leaves 15 percent below it.
        ///
        /// Limits: as for `percent-of-mismatch`; a fraction that follows a comma must end its clause.
        ///
        /// Measured: on 6,202 real articles no finding; the rule was tuned on these same articles, so
        /// its precision on others is not known. `tests/arithmetic/fraction-mismatch.txt` has
        /// planted faults and sound passages of our own.
        "fraction-mismatch", "a fraction that its own numbers do not give", Warning, since "0.2.0"
    },
    check: Check::Article(check),
};

fn check(facts: &Facts<'_>, article: usize, sink: &mut Sink<'_>) {
    for relation in facts.misfits(article, Misfit::Fraction) {
        sink.report(relation.claim, Say::reckoned(facts, "the fraction is another", relation));
    }
}
