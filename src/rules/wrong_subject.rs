//! Right numbers with the wrong owner.

use crate::claim::Claim;
use crate::compare::{Slip, shown};
use crate::finding::Confidence;
use crate::rule_info;
use crate::rules::reference_mismatch::bounds;
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
    let Some(Slip::Subject(row)) = comparison.slip else { return };
    let observation = facts.store.observation(row);
    let reference = shown(facts.store, row);
    let catalog = &facts.store.catalog;
    let own = comparison.against();
    let same_owner = own.is_some_and(|held| {
        let own = facts.store.observation(held.row);
        (own.subject_entity, own.entity) == (observation.subject_entity, observation.entity)
    });
    let entity = observation.subject_entity.or(observation.entity);
    let owner = match (observation.place, entity) {
        (Some(place), _) if same_owner => &*catalog.place(place).name,
        (_, Some(entity)) => catalog.entity(entity).name(),
        _ => &*observation.subject,
    };
    let subject = claim.subject.as_ref().map(|slot| slot.span.of(facts.prose(claim)));
    let own_place = own.and_then(|held| facts.store.observation(held.row).place);
    let named = match (own_place, subject) {
        (Some(place), _) if same_owner => &*catalog.place(place).name,
        (_, subject) => subject.unwrap_or("another"),
    };
    let say = Say::new(format!(
        "the text gives {} to {named}, but the reference has this figure for {owner}: {reference}",
        facts.shown(claim),
    ))
    .beside(facts.at_row(row, format!("{owner}: {reference}")))
    .confidence(Confidence::Medium);
    let say = match own {
        Some(held) => say
            .beside(facts.at_row(held.row, shown(facts.store, held.row)))
            .computed(bounds(facts, claim, held)),
        None => say,
    };
    sink.report(index, say);
}
