//! An announced count and a list of another length.

use crate::compare::{Misfit, series_scores};
use crate::rule_info;
use crate::rules::{Check, Facts, Rule, Say, Sink};

pub(super) static RULE: Rule = Rule {
    info: rule_info! {
        /// An announced count and a list of another length.
        ///
        /// "Five people were charged" and four names follow: a name was cut, or the count is old. The same
        /// goes for a series whose score and last game disagree.
        ///
        /// ```article
        /// Five people were named in the charge: Anna Keller, Tom Reid, Paul Okoro and Maria Lindt.
        /// ^^^^ count-list-mismatch
        /// ```
        ///
        /// ```article
        /// The team won the final series 3-2 in game seven.
        ///                               ^^^ count-list-mismatch
        /// ```
        ///
        /// Lists that say they are not complete, or hold more than names, are not counted:
        ///
        /// ```article
        /// Five people were named in the charge, including Anna Keller, Tom Reid and Paul Okoro.
        /// The scheme covers three towns: Ashford, Barwell and the two Corleys.
        /// ```
        ///
        /// How it reads the numbers: the members between commas and one "and" are counted, if every one of
        /// them is a name in capitals.
        ///
        /// Limits: the list stands behind a colon, or right behind the noun between commas or dashes, and ends
        /// with "and". Lists of pairs (town and state) and names that hold an "and" are left alone.
        ///
        /// Measured: on 6,202 real articles no finding; the rule was tuned on these same articles, so
        /// its precision on others is not known. `tests/arithmetic/count-list-mismatch.txt` has
        /// planted faults and sound passages of our own.
        "count-list-mismatch", "a count that the names behind it do not make", Warning, since "0.2.0"
    },
    check: Check::Article(check),
};

fn check(facts: &Facts<'_>, article: usize, sink: &mut Sink<'_>) {
    for relation in facts.misfits(article, Misfit::List) {
        let say = Say::reckoned(facts, "the list has another number of names", relation);
        sink.report(relation.claim, say);
    }
    let prose = facts.articles.get(article).map_or("", |article| article.prose.as_str());
    for score in series_scores(prose) {
        let what = "the score of the series is not that of its last game";
        let say = Say::new(format!("{what}: {}", score.text)).computed(score.text);
        sink.report_words(article, &score.at, say);
    }
}
