//! One figure told twice with another number of zeros.

use crate::compare::zeros_apart;
use crate::finding::Severity;
use crate::rule_info;
use crate::rules::{Check, Facts, Rule, Say, Sink};

pub(super) static RULE: Rule = Rule {
    info: rule_info! {
        /// The same fact twice in one article, one of its figures a power of ten off.
        ///
        /// Million and billion are one letter apart, and the story makes sense with either. It is
        /// the commonest of the big slips: one newspaper counted 23 of them in three years.
        ///
        /// ```article
        /// The House voted for a relief package of $7.85 billion on Wednesday.
        /// It was the first of several votes.
        /// The relief package of $7.85 million now goes to the Senate.
        ///                       ^^^^^^^^^^^^^ internal-magnitude-slip
        /// ```
        ///
        /// ```article
        /// The rules will affect about 180 million travellers.
        /// Some 160 million live in the north.
        /// The rules, which affect about 180 travellers, start in May.
        ///                               ^^^ internal-magnitude-slip
        /// ```
        ///
        /// What each one gets, or what comes in a day, is another figure:
        ///
        /// ```article
        /// The scheme costs $1.25 million a day. Over three years it cost $1.25 billion.
        /// ```
        ///
        /// How it reads the numbers: kind, unit and digits must be the same, and the two exactly 3,
        /// 6, 9 or 1 powers of ten apart. With three digits or more, and at least a thousand
        /// between them, the sentences must share one telling word; else three, or half of the
        /// shorter sentence's, and at least two. The finding stands at the figure that comes but
        /// once where the other comes again, else at the headline's, else at the later one.
        ///
        /// It is an error with three digits or more, the same unit, and at least a thousand between
        /// the two; else a warning.
        ///
        /// Limits: figures of one digit ("$5 million", "$5 billion"), percentages, rates and
        /// figures in one sentence are left alone.
        ///
        /// Measured: on 6,202 real articles three findings in two of them, all right (a misspelt
        /// “billionn”, and a tweet of “138 million people” killed for 138); the rule was tuned on
        /// these same articles, where its first version spoke of daily and running counts.
        "internal-magnitude-slip", "one figure twice, a power of ten apart", Error, since "0.3.0"
    },
    check: Check::Article(check),
};

fn check(facts: &Facts<'_>, article: usize, sink: &mut Sink<'_>) {
    let Some(text) = facts.articles.get(article) else { return };
    let claims: Vec<_> = facts.claims_of(article).collect();
    for slip in zeros_apart(text, &claims) {
        let (Some(claim), Some(other)) =
            (facts.claim(slip.claims.claim), facts.claim(slip.claims.other))
        else {
            continue;
        };
        let (says, also) = (facts.shown(claim), facts.shown(other));
        let times = match slip.zeros {
            3 => "1,000",
            6 => "1,000,000",
            9 => "1,000,000,000",
            _ => "10",
        };
        let (high, low) = if claim.quantity.lower > other.quantity.lower {
            (&says, &also)
        } else {
            (&also, &says)
        };
        let say =
            Say::new(format!("{says} here, {also} elsewhere: one is {times} times the other"))
                .beside(facts.at_claim(slip.claims.other, format!("here it is {also}")))
                .computed(format!("{low} × {times} = {high}"))
                .at_most(if slip.is_plain { Severity::Error } else { Severity::Warning });
        sink.report(slip.claims.claim, say);
    }
}
