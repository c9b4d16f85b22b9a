//! Figures on which publishers disagree.

use crate::claim::Claim;
use crate::compare::{Stand, shown};
use crate::rule_info;
use crate::rules::{Check, Facts, Rule, Say, Sink};

pub(super) static RULE: Rule = Rule {
    info: rule_info! {
        /// The figure agrees with one publisher and not with another.
        ///
        /// Nothing is averaged and nobody is declared right. Readers who know the other figure
        /// will ask, so it may be worth saying whose this one is.
        ///
        /// ```article
        /// Build-up goes on
        /// 20220128
        /// https://example.org/a
        /// Russia has deployed some 100,000 troops on Ukraine's borders.
        ///                          ^^^^^^^ reference-disputed
        /// ```
        ///
        /// ```article
        /// Clashes near the border
        /// 20220128
        /// https://example.org/a
        /// The conflict in eastern Ukraine has killed more than 13,000 people since 2014.
        /// ```
        ///
        /// How it reads the numbers: as `reference-mismatch` does, of each publisher the latest
        /// row known on the article's day. A figure of a party to the conflict counts as another
        /// voice here, though it can neither support nor contradict alone.
        ///
        /// Limits: it says nothing where the text itself names another source than the row's.
        ///
        /// Measured: on 6,201 real articles nine notes, all of them read: the figure is read right
        /// in all nine. In five the publisher who does not agree has a row that is ten days older or
        /// more, of a build-up that went on.
        "reference-disputed", "a figure on which publishers disagree", Note, since "0.2.0"
    },
    check: Check::Claim(check),
};

fn check(facts: &Facts<'_>, index: usize, claim: &Claim, sink: &mut Sink<'_>) {
    let Some(comparison) = facts.comparison(index) else { return };
    if comparison.verdict.status != crate::compare::Status::Disputed {
        return;
    }
    let labels = comparison.rows.iter().filter_map(|held| {
        let says = match held.stand {
            Stand::Agrees => "agrees",
            Stand::Contradicts => "does not agree",
            Stand::Loose | Stand::Above | Stand::Far => return None,
        };
        facts.at_row(held.row, format!("{says}: {}", shown(facts.store, held.row)))
    });
    sink.report(
        index,
        Say::new(format!(
            "publishers disagree: {} {}",
            facts.shown(claim),
            comparison.verdict.reason
        ))
        .beside(labels),
    );
}
