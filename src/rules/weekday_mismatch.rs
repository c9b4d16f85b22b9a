//! A date on a day that it does not fall on.

use crate::compare::wrong_weekdays;
use crate::finding::Severity;
use crate::rule_info;
use crate::rules::{Check, Facts, Rule, Say, Sink};

pub(super) static RULE: Rule = Rule {
    info: rule_info! {
        /// A weekday beside a date that falls on another day.
        ///
        /// One of the two is wrong, and readers who want to be there do not know which. Often the
        /// date was copied from the year before, or the event was moved and one of the two stayed.
        ///
        /// ```article
        /// The hearing opened on Monday, 14 March 2023, and lasted until the evening.
        ///                       ^^^^^^^^^^^^^^^^^^^^^ weekday-mismatch
        /// ```
        ///
        /// ```article
        /// Voters go to the polls
        /// 20190603
        /// https://example.org/vote
        /// The town elects a new mayor on Friday, June 20.
        ///                                ^^^^^^^^^^^^^^^ weekday-mismatch
        /// ```
        ///
        /// ```article
        /// The treaty was signed on 7 May 1999, a Friday, in a school hall.
        /// The sailors rose on Wednesday, 25 October 1917, by the old calendar.
        /// The meeting is set for Thursday 05/04/2018.
        /// ```
        ///
        /// How it reads the numbers: a weekday right before or behind a date is held against the
        /// calendar. Without a year the date is taken in the year nearest to the article's date,
        /// and in every year that the sentence names; then it is a warning. Dates up to 1923 are
        /// read by the Julian calendar as well, and `05/04/2018` as April and as May.
        ///
        /// Limits: dates without a year are left alone if the article has no date, if they lie
        /// more than 45 days from it, if the sentence speaks of another year or time zone, or if
        /// the article speaks of a year in which the weekday is right. Lists of weekdays ("Friday
        /// and Saturday, March 4 and 5") are not read, nor weekdays that end a name ("Super
        /// Tuesday").
        ///
        /// Measured: on 6,202 real articles three findings, all right (a picture's caption twice
        /// in one article, with the year before in it, and a concert). All were dates with a year;
        /// what was found of dates without one was false and became guards, so those stay
        /// warnings. The rule was tuned on these same articles.
        "weekday-mismatch", "a date falls on another weekday", Error, since "0.2.0"
    },
    check: Check::Article(check),
};

fn check(facts: &Facts<'_>, article: usize, sink: &mut Sink<'_>) {
    let Some(text) = facts.articles.get(article) else { return };
    for wrong in wrong_weekdays(text) {
        let ceiling = if wrong.dated { Severity::Error } else { Severity::Warning };
        let say = Say::new(wrong.text.clone()).computed(wrong.text).at_most(ceiling);
        sink.report_words(article, &wrong.at, say);
    }
}
