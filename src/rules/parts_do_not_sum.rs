//! Parts that the text calls all of it, and that come to another total.

use crate::compare::Misfit;
use crate::rule_info;
use crate::rules::{Check, Facts, Rule, Say, Sink};

pub(super) static RULE: Rule = Rule {
    info: rule_info! {
        /// Parts that the text calls all of it, and that come to another total.
        ///
        /// "Made up of", a colon, "a total of", "in all", "the other", "the remaining", or men and women
        /// together say that the parts are the whole. Then they must add up to it. Most often one of them
        /// was updated and the total was not, or two digits changed places.
        ///
        /// ```article
        /// The explosion left 54 casualties: 14 killed and 31 wounded, the hospital said.
        ///                    ^^ parts-do-not-sum
        /// ```
        ///
        /// ```article
        /// Of the 60 suspects, 38 were charged and the other 12 were released.
        ///        ^^ parts-do-not-sum
        /// ```
        ///
        /// Rounded parts may miss a rounded total, and parts that are only some of it say so:
        ///
        /// ```article
        /// Sales came to $12.3 billion: $7.1 billion in Europe and $5.3 billion in Asia.
        /// The fund holds £8.6 million, including £3.1 million for parks and £2.2 million for libraries.
        /// ```
        ///
        /// How it reads the numbers: as intervals. The parts with their rounding and hedges are added, and
        /// the sum must miss everything that the total can be. A total that holds is `supported` by
        /// arithmetic.
        ///
        /// Limits: the words that call parts the whole are rows of a table; other wordings are not read. Two
        /// sentences at most, of one paragraph. Vague parts ("a handful") end the check.
        ///
        /// Measured: in 6,086 real articles the 3 totals that it could recompute all
        /// held, and there and in 116 others it found nothing; it was tuned on these same articles,
        /// so its precision on others is not known. `tests/arithmetic/parts-do-not-sum.txt` has
        /// planted faults and sound passages of our own.
        "parts-do-not-sum", "parts that do not make their total", Error, since "0.2.0"
    },
    check: Check::Article(check),
};

fn check(facts: &Facts<'_>, article: usize, sink: &mut Sink<'_>) {
    for relation in facts.misfits(article, Misfit::Sum) {
        sink.report(
            relation.claim,
            Say::reckoned(facts, "the parts do not make the total", relation),
        );
    }
}
