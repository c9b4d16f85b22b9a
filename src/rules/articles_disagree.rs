//! Articles that say different things of one fact at one time.

use crate::rule_info;
use crate::rules::{Check, Facts, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    info: rule_info! {
        /// Articles that disagree.
        "articles-disagree", "articles give different figures for one fact", Warning, since "0.1.0"
    },
    check: Check::Run(check),
};

fn check(_facts: &Facts<'_>, _sink: &mut Sink<'_>) {}
