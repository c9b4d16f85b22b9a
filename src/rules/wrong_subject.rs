//! Right numbers with the wrong owner.

use crate::claim::Claim;
use crate::compare::{Stand, shown};
use crate::finding::Confidence;
use crate::rule_info;
use crate::rules::{Check, Facts, Rule, Say, Sink};

pub(super) static RULE: Rule = Rule {
    info: rule_info! {
        /// The same figure belongs to another country, force or body.
        ///
        /// The claim names one subject; the reference has this very figure, within two weeks, for
        /// another one only. Allies, parent bodies and agencies are easily mistaken for each
        /// other in a hurry.
        ///
        /// ```article
        /// Alliance readies forces
        /// 20220128
        /// https://example.org/a
        /// NATO has put 8,500 troops on standby over the crisis in Ukraine.
        ///              ^^^^^ wrong-subject
        /// ```
        ///
        /// ```article
        /// Pentagon readies forces
        /// 20220128
        /// https://example.org/a
        /// The United States has put 8,500 troops on standby over the crisis in Ukraine.
        /// ```
        ///
        /// How it reads the numbers: a figure of at least two significant digits that one row of
        /// the same measure and unit supports, of another subject, as of at most fourteen days
        /// away, and no row of the claim's own subject agrees with. Several such subjects, or
        /// none, keep it silent.
        ///
        /// Limits: it knows only the subjects of the tables, and who the subject is only where a
        /// verb or an adjective says so.
        "wrong-subject", "a figure that belongs to another subject", Error, since "0.1.0"
    },
    check: Check::Claim(check),
};

fn check(facts: &Facts<'_>, index: usize, claim: &Claim, sink: &mut Sink<'_>) {
    let Some(comparison) = facts.comparison(index) else { return };
    let Some(row) = comparison.elsewhere else { return };
    let own = &comparison.rows;
    let fits_own = own.iter().any(|held| held.stand != Stand::Contradicts);
    let Some(subject) = claim.subject.as_ref().filter(|_| !fits_own) else { return };
    let observation = facts.store.observation(row);
    let reference = shown(facts.store, row);
    let owner = observation
        .subject_entity
        .or(observation.entity)
        .map_or(&*observation.subject, |entity| facts.store.catalog.entity(entity).name());
    sink.report(
        index,
        Say::new(format!(
            "the text gives {} to {}, but the reference has this figure for {owner}: {reference}",
            facts.shown(claim),
            subject.span.of(facts.prose(claim)),
        ))
        .beside(facts.at_row(row, format!("{owner}: {reference}")))
        .confidence(Confidence::Medium),
    );
}
