//! An age or a number of years that its dates do not give.

use crate::compare::wrong_times;
use crate::finding::Label;
use crate::rule_info;
use crate::rules::{Check, Facts, Rule, Say, Sink};

pub(super) static RULE: Rule = Rule {
    info: rule_info! {
        /// An age or a number of years that the dates beside it do not give.
        ///
        /// Readers subtract. Obituaries are read by people who knew the dead, and a wrong age is
        /// the first thing they write in about; a wrong number of years is often a date copied from
        /// the wrong line.
        ///
        /// ```article
        /// Maria Keller, who was born in Hamburg in 1950, died in London in 2011, aged 65.
        ///                                                                             ^^ duration-mismatch
        /// ```
        ///
        /// ```article
        /// Bridge to be pulled down
        /// 20190315
        /// https://example.org/bridge
        /// The old bridge was closed to lorries 12 years ago, in 2003.
        ///                                      ^^ duration-mismatch
        /// ```
        ///
        /// A birthday may come before or after the day, the first and the last year may both count,
        /// and a hedge stays a hedge:
        ///
        /// ```article
        /// Maria Keller was born in 1950. She died in 2011, aged 60.
        /// He was mayor from 1998 to 2005, eight years.
        /// In 2015, more than ten years after the flood of 2002, the last family moved back.
        /// ```
        ///
        /// How it reads the numbers: an age must be one that somebody born then can have on that
        /// day, before or after the birthday; of a date without its day every day is tried. A
        /// number of years may be one more or less than the years differ by, after its own
        /// rounding and hedge. "Ago", "since" and ages of the living are counted up to the date of
        /// the article.
        ///
        /// Limits: dates need their year. It reads a sentence and the next one of its paragraph,
        /// and only wordings that tie the years to the dates. Where a relative stands between
        /// ("whose son was born in 1980") or the sentence looks back ("had"), it is silent. Months,
        /// days, decades, seasons ("2003-04") and other calendars are not read.
        ///
        /// Measured: on 6,202 real articles no finding; three of its first version (“at age 4”, under
        /// a picture) became a guard. The rule was tuned on these same articles, so its precision on
        /// others is not known. `tests/arithmetic/duration-mismatch.txt` has planted faults and
        /// sound passages of our own.
        "duration-mismatch", "an age or a number of years is not what its dates give", Warning, since "0.3.0"
    },
    check: Check::Article(check),
};

fn check(facts: &Facts<'_>, article: usize, sink: &mut Sink<'_>) {
    let Some(text) = facts.articles.get(article) else { return };
    let claims: Vec<_> = facts.claims_of(article).collect();
    for wrong in wrong_times(text, &claims) {
        let dates = wrong.dates.iter();
        let dates =
            dates.map(|(span, says)| Label { at: text.locate(*span), message: (*says).to_owned() });
        let say = Say::new(wrong.text.clone()).beside(dates).computed(wrong.text.clone());
        sink.report(wrong.claim, say);
    }
}
