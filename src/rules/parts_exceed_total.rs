//! Parts that are more than the whole they belong to.

use crate::compare::excesses;
use crate::finding::Label;
use crate::rule_info;
use crate::rules::{Check, Facts, Rule, Say, Sink};

pub(super) static RULE: Rule = Rule {
    info: rule_info! {
        /// Parts that come to more than the total they belong to.
        "parts-exceed-total", "parts come to more than their total", Error, since "0.1.0"
    },
    check: Check::Article(check),
};

fn check(facts: &Facts<'_>, article: usize, sink: &mut Sink<'_>) {
    let Some(prose) = facts.articles.get(article).map(|article| article.prose.as_str()) else {
        return;
    };
    let claims: Vec<_> = facts.claims_of(article).collect();
    for excess in excesses(prose, &claims) {
        let [first, rest @ ..] = excess.parts.as_slice() else { continue };
        let message = if rest.is_empty() {
            format!("the part is larger than the whole: {}", excess.text)
        } else {
            format!("the parts come to {}, more than their total: {}", excess.sum, excess.text)
        };
        let parts: Vec<Label> =
            excess.parts.iter().filter_map(|part| facts.at_claim(*part, "a part")).collect();
        let _ = first;
        sink.report(excess.total, Say::new(message).beside(parts).computed(excess.text));
    }
}
