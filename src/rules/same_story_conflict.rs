//! One fact told twice with different figures.

use crate::compare::clashes;
use crate::rule_info;
use crate::rules::{Check, Facts, Rule, Say, Sink};

pub(super) static RULE: Rule = Rule {
    info: rule_info! {
        /// The same fact twice in one story, with figures that no reading reconciles.
        ///
        /// Stories grow: a paragraph is added on top, and the figure of this morning stays below.
        /// Readers see both and trust neither.
        ///
        /// ```article
        /// The ferry carried 412 passengers when it ran onto the rocks, the coast guard said.
        /// Divers went down at dawn.
        /// The ferry carried 421 passengers when it hit the rocks off the cape.
        ///                   ^^^ same-story-conflict
        /// ```
        ///
        /// Two who disagree, an update that says so, and other things pass:
        ///
        /// ```article
        /// The ferry carried 412 passengers, the coast guard said. The owner said the ferry carried 421 passengers.
        /// The ferry carried 40 cars on its car deck. Earlier reports said the ferry carried 38 cars.
        /// ```
        ///
        /// How it reads the numbers: as intervals, after rounding and with every hedge. Both must
        /// count the same noun or have the same unit, be near each other, and be said in the same
        /// voice, of the same time, place and people; and the two sentences must share three
        /// telling words, and half of those of the shorter one.
        ///
        /// Limits: an article that tells the fact a third time with a third figure is taken for a
        /// chronicle. Sentences that are the same but for their numbers, that name other people,
        /// days or places, or that hold a second figure of the kind are left alone. Whatever has a word of change, order or addition in its sentence ("another",
        /// "since", "earlier", "so far") is left alone, and so are parts, quotations, ages,
        /// multiples and vague words. The headline is another rule's.
        ///
        /// Measured: on 6,202 real articles one finding, a right one (wages that rise in 21 states in
        /// the text and in 23 in a line between its paragraphs). The rule was tuned on these same
        /// articles; its first version spoke 345 times, of chronicles, price targets and tables, and
        /// each of those became a guard.
        "same-story-conflict", "one fact twice, with different figures", Warning, since "0.3.0"
    },
    check: Check::Article(check),
};

fn check(facts: &Facts<'_>, article: usize, sink: &mut Sink<'_>) {
    let Some(text) = facts.articles.get(article) else { return };
    let claims: Vec<_> = facts.claims_of(article).collect();
    for twice in clashes(text, &claims) {
        let (Some(claim), Some(other)) = (facts.claim(twice.claim), facts.claim(twice.other))
        else {
            continue;
        };
        let (says, also) = (facts.shown(claim), facts.shown(other));
        let say = Say::new(format!("{says} here, {also} elsewhere in the story"))
            .beside(facts.at_claim(twice.other, format!("here it is {also}")));
        sink.report(twice.claim, say);
    }
}
