//! Articles that say different things of one fact at one time.

use crate::compare::conflicts;
use crate::rule_info;
use crate::rules::{Check, Facts, Rule, Say, Sink};

pub(super) static RULE: Rule = Rule {
    info: rule_info! {
        /// Articles that disagree.
        "articles-disagree", "articles give different figures for one fact", Warning, since "0.1.0"
    },
    check: Check::Run(check),
};

fn check(facts: &Facts<'_>, sink: &mut Sink<'_>) {
    for series in facts.series {
        for (index, against) in conflicts(series, facts.articles, facts.claims) {
            let Some(claim) = facts.claim(index) else { continue };
            let others: Vec<_> = against
                .iter()
                .filter_map(|other| {
                    let claim = facts.claim(*other)?;
                    let article = facts.article(claim)?;
                    facts.at_claim(*other, format!("{} says {}", article.name, facts.shown(claim)))
                })
                .collect();
            let message = format!("{} here, {:?}", facts.shown(claim), series.key);
            sink.report(index, Say::new(message).beside(others));
        }
    }
}
