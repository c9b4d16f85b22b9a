//! A belligerent's figure in the paper's own voice.

use crate::claim::Claim;
use crate::compare::{Reason, Stand, shown};
use crate::ingest::BlockKind;
use crate::rule_info;
use crate::rules::{Check, Facts, Rule, Say, Sink};

pub(super) static RULE: Rule = Rule {
    info: rule_info! {
        /// A figure that only a party to the conflict gives, told as a fact.
        ///
        /// In war each side counts the other's dead. Such a figure may be right; a reader has to
        /// know whose it is.
        ///
        /// ```article
        /// Third winter of war
        /// 20240226
        /// https://example.org/a
        /// Some 31,000 Ukrainian soldiers have been killed in Ukraine since February 2022.
        ///      ^^^^^^ party-claim-as-fact
        /// ```
        ///
        /// ```article
        /// Third winter of war
        /// 20240226
        /// https://example.org/a
        /// Some 31,000 Ukrainian soldiers have been killed in Ukraine since February 2022, Ukraine's president said.
        /// ```
        ///
        /// How it reads the numbers: as `reference-mismatch` does. Every row that speaks of the
        /// claim is a party's, one of them agrees with it, and neither its sentence nor the
        /// sentences right before and behind it name a source.
        ///
        /// Limits: it knows the claims of the tables alone, and leaves headlines and captions to
        /// the text below them.
        "party-claim-as-fact", "a party's figure in the paper's own voice", Warning, since "0.2.0"
    },
    check: Check::Claim(check),
};

fn check(facts: &Facts<'_>, index: usize, claim: &Claim, sink: &mut Sink<'_>) {
    let Some(comparison) = facts.comparison(index) else { return };
    let said = claim.attributed_to.is_some() || claim.quoted;
    if said || claim.block != BlockKind::Body {
        return;
    }
    if comparison.verdict.reason != Reason::PartyOnly.name() || facts.names_a_source(claim) {
        return;
    }
    let Some(held) = comparison.rows.iter().find(|held| held.stand == Stand::Agrees) else {
        return;
    };
    let publisher = &facts.store.observation(held.row).publisher;
    let reference = shown(facts.store, held.row);
    sink.report(
        index,
        Say::new(format!(
            "{} is told as a fact, but only a party to the conflict says so: {reference}; name \
             its source, {publisher}",
            facts.shown(claim)
        ))
        .beside(facts.at_row(held.row, reference)),
    );
}
