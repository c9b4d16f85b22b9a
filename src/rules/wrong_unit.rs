//! Figures in another currency.

use crate::claim::Claim;
use crate::compare::{Slip, shown};
use crate::rule_info;
use crate::rules::{Check, Facts, Rule, Say, Sink};

pub(super) static RULE: Rule = Rule {
    info: rule_info! {
        /// Dollars told as euros.
        ///
        /// The reference has this very number, but in another currency, and in the currency of
        /// the text it contradicts the figure. A table that was read in the wrong column, or a
        /// sign that was put by habit.
        ///
        /// ```article
        /// Facility agreed
        /// 20240202
        /// https://example.org/a
        /// The EU approved a $50 billion loan facility for Ukraine.
        ///                   ^^^^^^^^^^^ wrong-unit
        /// ```
        ///
        /// ```article
        /// Facility agreed
        /// 20240202
        /// https://example.org/a
        /// The EU approved a €50 billion loan facility for Ukraine.
        /// ```
        ///
        /// How it reads the numbers: the rows of the claim's own currency have to contradict it;
        /// where there are none, those of the other currency do, turned at the rate of the row's
        /// month and given a twentieth more on both sides. Then the numeral itself has to fit the
        /// row of the other currency.
        ///
        /// Limits: currencies near par are not told apart, and other units than money are not
        /// looked at.
        ///
        /// Measured: on 6,202 real articles it spoke not once, so its precision on real text is not
        /// known. Its level rests on sentences of our own only; `[rules]` in `numcheck.toml` lowers
        /// it.
        "wrong-unit", "a figure that fits in another currency", Error, since "0.2.0"
    },
    check: Check::Claim(check),
};

fn check(facts: &Facts<'_>, index: usize, claim: &Claim, sink: &mut Sink<'_>) {
    let Some(comparison) = facts.comparison(index) else { return };
    let Some(Slip::Unit(row)) = comparison.slip else { return };
    let unit = &facts.store.observation(row).unit;
    let reference = shown(facts.store, row);
    let own = comparison.against().map(|held| shown(facts.store, held.row));
    let written = claim.quantity.unit.as_deref().unwrap_or_default();
    let against = own.map_or_else(String::new, |own| format!("; in {written} it has {own}"));
    sink.report(
        index,
        Say::new(format!(
            "{} is the reference's figure in {unit}, not in {written}: {reference}{against}",
            facts.shown(claim)
        ))
        .beside(facts.at_row(row, format!("in {unit}: {reference}"))),
    );
}
