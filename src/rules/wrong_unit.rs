//! Figures in another currency or unit.

use crate::claim::Claim;
use crate::compare::{Slip, shown};
use crate::rule_info;
use crate::rules::reference_mismatch::bounds;
use crate::rules::{Check, Facts, Rule, Say, Sink};

pub(super) static RULE: Rule = Rule {
    info: rule_info! {
        /// Dollars told as euros, miles as kilometres.
        ///
        /// The reference has this very number, but in another currency or unit, and in that of
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
        /// row of the other currency. A length, an area, a volume, a mass or a stretch of time is
        /// turned into the row's unit; where that contradicts the row and the bare numeral fits it,
        /// the unit is what is wrong.
        ///
        /// Limits: currencies near par are not told apart, and temperatures are not turned.
        ///
        /// Measured: on 6,202 real articles it spoke not once, so its precision on real text is not
        /// known. Its level rests on sentences of our own only; `[rules]` in `numcheck.toml` lowers
        /// it.
        "wrong-unit", "a figure that fits in another unit or currency", Error, since "0.2.0"
    },
    check: Check::Claim(check),
};

fn check(facts: &Facts<'_>, index: usize, claim: &Claim, sink: &mut Sink<'_>) {
    let Some(comparison) = facts.comparison(index) else { return };
    let Some(Slip::Unit(row)) = comparison.slip else { return };
    let unit = &facts.store.observation(row).unit;
    let reference = shown(facts.store, row);
    let written = claim.quantity.unit.as_deref().unwrap_or_default();
    let own = comparison.against();
    // A sum has a row in its own currency; a length is turned into the unit of the only one.
    let turned = own.filter(|held| held.row == row);
    let own = own.filter(|held| held.row != row).map(|held| shown(facts.store, held.row));
    let against = own.map_or_else(String::new, |own| format!("; in {written} it has {own}"));
    let say = Say::new(format!(
        "{} is the reference's figure in {unit}, not in {written}: {reference}{against}",
        facts.shown(claim)
    ))
    .beside(facts.at_row(row, format!("in {unit}: {reference}")));
    sink.report(
        index,
        match turned {
            Some(held) => say.computed(bounds(facts, claim, held)),
            None => say,
        },
    );
}
