//! A rounded figure that is not round.

use crate::claim::Claim;
use crate::quantity::{Hedge, Kind};
use crate::rule_info;
use crate::rules::{Check, Facts, Rule, Say, Sink};

pub(super) static RULE: Rule = Rule {
    info: rule_info! {
        /// "About", "nearly" or "some" before a figure that is given to the last digit.
        ///
        /// Either the figure is exact and the word is wrong, or it is rounded and the digits
        /// promise what nobody knows.
        ///
        /// ```article
        /// The guards counted about 41,357 people at the northern post.
        ///                          ^^^^^^ false-precision
        /// ```
        ///
        /// ```article
        /// About 41,400 people live in the town, and nearly 1,250 of them signed.
        /// An estimated 12,345 people have the disease, according to the model.
        /// More than 41,357 people applied.
        /// ```
        ///
        /// How it reads the numbers: the last digits that are not zero say how exact a figure is.
        /// Up to three such digits are round enough, and so is every figure of less than 1,000.
        ///
        /// Limits: bounds ("more than 41,357", "at least", "up to"), estimates, ages, shares and
        /// conversions in brackets are left alone, and so are ranges.
        ///
        /// Measured: on 6,140 real articles 57 notes, of which 54 read the figure and its word
        /// rightly ("about 2014 midterms" and "roughly 400 737 Max jets" are among the others).
        "false-precision", "a rounded figure that is not round", Note, since "0.2.0"
    },
    check: Check::Claim(check),
};

/// How many digits a rounded figure may have before its zeros.
const DIGITS: usize = 3;

fn check(facts: &Facts<'_>, index: usize, claim: &Claim, sink: &mut Sink<'_>) {
    let quantity = &claim.quantity;
    let Some(hedge) = quantity.hedge_span else { return };
    let rounds = matches!(quantity.hedge, Hedge::About | Hedge::Nearly);
    let counts = !matches!(quantity.kind, Kind::Age | Kind::Percent | Kind::Points | Kind::Ratio);
    if !rounds || !counts || quantity.lower != quantity.upper || quantity.lower < 1000.into() {
        return;
    }
    let digits = quantity.lower.normalize().mantissa().unsigned_abs().to_string();
    let exact = digits.trim_end_matches('0').len();
    let hedge = hedge.of(facts.prose(claim));
    if exact > DIGITS && !hedge.to_lowercase().contains("estimat") {
        let shown = facts.shown(claim);
        let message = format!("{shown}: “{}” rounds a figure of {exact} digits", hedge.trim());
        sink.report(index, Say::new(message));
    }
}
