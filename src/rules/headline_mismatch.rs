//! A headline that the story under it contradicts.

use crate::rule_info;
use crate::rules::{Check, Facts, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    info: rule_info! {
        /// A figure in the headline that the story under it contradicts.
        "headline-mismatch", "the headline's figure is not the story's", Error, since "0.1.0"
    },
    check: Check::Article(check),
};

fn check(_facts: &Facts<'_>, _article: usize, _sink: &mut Sink<'_>) {}
