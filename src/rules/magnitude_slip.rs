//! Figures that are right but for a power of ten.

use crate::claim::Claim;
use crate::compare::{Slip, grouped, shown};
use crate::rule_info;
use crate::rules::reference_mismatch::bounds;
use crate::rules::{Check, Facts, Rule, Say, Sink};

pub(super) static RULE: Rule = Rule {
    info: rule_info! {
        /// Million for billion, or a nought too many.
        ///
        /// The reference contradicts the figure, and exactly one power of ten would make it fit.
        /// A thousand and a million are tried first, for they are slips of the scale word, then
        /// ten, which is a slip of one nought. It is among the commonest mistakes with figures in
        /// print, and among the dearest.
        ///
        /// ```article
        /// Loan agreed
        /// 20230401
        /// https://example.org/a
        /// The IMF approved a $15.6 million loan programme for Ukraine.
        ///                    ^^^^^^^^^^^^^ magnitude-slip
        /// ```
        ///
        /// ```article
        /// Loan agreed
        /// 20230401
        /// https://example.org/a
        /// The IMF approved a $15.6 billion loan programme for Ukraine.
        /// ```
        ///
        /// How it reads the numbers: the claim's own series has to contradict it as in
        /// `reference-mismatch`; then the values that the claim supports, moved by three, six or
        /// one places, are held against the same rows. A thousand and a million need a scale word
        /// in the number or three digits that are not noughts, ten needs two: fewer fit by chance.
        ///
        /// Limits: it is silent where two powers would fit, where another slip would explain the
        /// figure as well, and above rows that are minima, which have no upper end.
        ///
        /// Measured: on 6,202 real articles it spoke not once, so its precision on real text is not
        /// known. Its level rests on sentences of our own only; `[rules]` in `numcheck.toml` lowers
        /// it.
        "magnitude-slip", "a figure that is right but for a power of ten", Error, since "0.2.0"
    },
    check: Check::Claim(check),
};

fn check(facts: &Facts<'_>, index: usize, claim: &Claim, sink: &mut Sink<'_>) {
    let Some(comparison) = facts.comparison(index) else { return };
    let Some(Slip::Power(row, places)) = comparison.slip else { return };
    let Some(held) = comparison.against() else { return };
    let times = match places.unsigned_abs() {
        3 => "1,000",
        6 => "1,000,000",
        _ => "10",
    };
    let (side, sign) = if places > 0 { ("too small", '×') } else { ("too large", '÷') };
    let reference = shown(facts.store, row);
    sink.report(
        index,
        Say::new(format!(
            "{} is {side} by a factor of {times}: the reference says {reference}",
            facts.shown(claim)
        ))
        .beside(facts.at_row(row, reference))
        .computed(format!(
            "{} {sign} {times} fits; {}",
            grouped(claim.quantity.lower),
            bounds(facts, claim, held)
        )),
    );
}
