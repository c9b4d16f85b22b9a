//! A figure that was changed in one place and not in another.

use crate::claim::Claim;
use crate::compare::{Change, Earlier, spot};
use crate::finding::Label;
use crate::rule_info;
use crate::rules::{Check, Facts, Rule, Say, Sink};

pub(super) static RULE: Rule = Rule {
    info: rule_info! {
        /// A figure that was changed in one place of the article and is still the old one in another.
        ///
        /// When a toll rises or an error is corrected, the paragraph is changed and the headline, the
        /// caption or a later paragraph is forgotten. `numcheck check --against OLD` holds an article
        /// against its earlier version and finds them. `numcheck diff OLD NEW` shows them among all
        /// that changed.
        ///
        /// ```article
        /// Dam bursts above port: 11,300 dead
        ///                        ^^^^^^ figure-left-behind
        ///                        ^^^^^^ headline-mismatch
        ///
        /// The relief office said on Sunday that 14,200 people have died in the port.
        ///
        /// Roads into the town remain cut on two sides.
        /// ```
        ///
        /// ```article before
        /// Dam bursts above port: 11,300 dead
        ///
        /// The relief office said on Sunday that 11,300 people have died in the port.
        ///
        /// Roads into the town remain cut.
        /// ```
        ///
        /// An old figure that is told as one is meant to stay, and so is one that the new figure
        /// still allows:
        ///
        /// ```article
        /// Dam bursts above port: more than 11,000 dead
        ///
        /// The relief office said on Sunday that 14,200 people have died in the port.
        ///
        /// On Friday it had put the number of people killed in the port at 11,300.
        /// ```
        ///
        /// ```article before
        /// Dam bursts above port: more than 11,000 dead
        ///
        /// The relief office said on Sunday that 11,300 people have died in the port.
        ///
        /// On Friday it had put the number of people killed in the port at 11,300.
        /// ```
        ///
        /// How it reads the numbers: sentences of the two versions are paired by their words, and
        /// the numbers in them in their order. A number that was changed so far that old and new
        /// exclude each other is looked for in the rest: the same value of the same thing, with no
        /// other subject, place, stage, day or speaker, that stood there before and still does. A
        /// value of few digits needs more: the same topic, the same telling words around it, a
        /// headline or a caption.
        ///
        /// Limits: a sentence that was written anew is a new one, and what it says is meant. Rounded
        /// mentions of the old figure are not seen, nor are figures that follow from it (sums,
        /// shares). Quotations and vague words are left alone. One value that became two is left
        /// alone as well.
        ///
        /// Measured: its precision on real versions of articles is not known; there were none to
        /// measure it on. In 2,030 real articles one of several equal figures was changed at random:
        /// 352 findings, of 100 of them 90 of one fact. Of the ten others four stood in lists of
        /// short lines, which are left alone since. Of 234 pairs of equal figures before the same two
        /// words, 85 were found when one was changed; many of the others are not of one fact. So it
        /// is a warning; `[rules]` in `numcheck.toml` raises its level.
        "figure-left-behind", "a figure changed in one place, not in another", Warning, since "0.3.0"
    },
    check: Check::Article(check),
};

fn check(facts: &Facts<'_>, article: usize, sink: &mut Sink<'_>) {
    let Some(earlier) = facts.earlier(article) else { return };
    for change in &earlier.revision.changes {
        for left in &change.left {
            say(facts, earlier, change, *left, sink);
        }
    }
}

fn say(facts: &Facts<'_>, earlier: &Earlier, change: &Change, left: usize, sink: &mut Sink<'_>) {
    let index = earlier.first + left;
    let new = change.new.map(|new| earlier.first + new);
    let claims = (facts.claim(index), new.and_then(|new| facts.claim(new)));
    let was = change.old.and_then(|old| earlier.claims.get(old));
    let ((Some(claim), Some(now)), Some(was)) = (claims, was) else { return };
    let Some(article) = facts.article(claim) else { return };
    let place = spot(article, now).located();
    let (here, there) = (facts.shown(claim), facts.shown(now));
    let before = Facts::shown_in(was, &earlier.article.prose);
    let at = earlier.article.locate(was.quantity.span);
    let old = Label { at, message: "in the earlier version".to_owned() };
    let number = |claim: &Claim| claim.quantity.span.of(&article.prose);
    let mut say =
        Say::new(format!("still {here} here, but {there} {place}, changed from {before}"))
            .beside(new.and_then(|new| facts.at_claim(new, format!("changed to {there}"))))
            .beside([old]);
    if number(claim) == was.quantity.span.of(&earlier.article.prose) {
        say = say.suggesting(number(now), format!("the figure was changed {place}"));
    }
    sink.report(index, say);
}
