//! A headline that the story under it contradicts.

use crate::claim::{Claim, Modality};
use crate::compare::allowed;
use crate::ingest::BlockKind;
use crate::number::Decimal;
use crate::quantity::{Hedge, Kind};
use crate::rule_info;
use crate::rules::{Check, Facts, Rule, Say, Sink};

pub(super) static RULE: Rule = Rule {
    info: rule_info! {
        /// A figure in the headline that the story under it contradicts.
        "headline-mismatch", "the headline's figure is not the story's", Error, since "0.1.0"
    },
    check: Check::Article(check),
};

fn check(facts: &Facts<'_>, article: usize, sink: &mut Sink<'_>) {
    let claims: Vec<_> = facts.claims_of(article).collect();
    for (index, headline) in claims.iter().filter(|(_, c)| is_headline(c)) {
        if headline.quantity.hedge == Hedge::Vague || headline.modality.value != Modality::Asserted { continue }
        if matches!(headline.quantity.kind, Kind::Age|Kind::Duration) { continue }
        let body = || claims.iter().filter(|(_, c)| !is_headline(c));
        if body().any(|(_, b)| b.quantity.kind == headline.quantity.kind && b.interval().overlaps(headline.interval())) { continue }
        let same: Vec<_> = body().filter(|(_, b)| same(headline, b)).collect();
        if same.iter().any(|(_, b)| allowed(&b.quantity).overlaps(allowed(&headline.quantity))) { continue }
        let same: Vec<_> = same.into_iter().filter(|(_, b)| close(headline, b)).collect();
        if same.is_empty() { continue }
        let labels: Vec<_> = same.iter().filter_map(|(i, c)| facts.at_claim(*i, format!("the story says {} IN {}", facts.shown(c), c.sentence.of(facts.prose(c))))).collect();
        sink.report(*index, Say::new(format!("the headline {} {:?} {:?} {:?}", facts.shown(headline), headline.indicator.value, headline.subject.as_ref().map(|s| s.value.slug()), headline.place.as_ref().map(|s| &s.value.shown))).beside(labels));
    }
}

fn is_headline(claim: &Claim) -> bool {
    matches!(claim.block, BlockKind::Headline | BlockKind::Standfirst)
}

fn close(a: &Claim, b: &Claim) -> bool {
    let two = Decimal::TWO;
    let (a, b) = (a.quantity.lower, b.quantity.lower);
    if a.is_zero() || b.is_zero() { return false }
    a < b * two && b < a * two || digits(a) == digits(b)
}
fn digits(a: Decimal) -> String { a.normalize().to_string().chars().filter(|c| c.is_ascii_digit()).collect::<String>().trim_matches('0').to_owned() }

fn same(a: &Claim, b: &Claim) -> bool {
    a.indicator.value == b.indicator.value
        && a.quantity.kind == b.quantity.kind
        && (a.quantity.is_people() && b.quantity.is_people() || a.quantity.unit == b.quantity.unit)
        && b.modality.value == Modality::Asserted
        && b.quantity.hedge != Hedge::Vague
}
