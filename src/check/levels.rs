//! How grave rules are where the settings say otherwise, for all articles or for some.

use crate::finding::{Finding, Severity};
use crate::ingest::Article;
use globset::{Glob, GlobSet, GlobSetBuilder};
use std::collections::BTreeMap;

/// How grave a rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// It says nothing.
    Off,
    /// That grave; less where a finding of its own is less certain than the rule.
    At(Severity),
}

/// How grave rules are in some articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Levels {
    /// Patterns of the articles' names as in `.gitignore`; all articles if there are none.
    pub paths: Vec<String>,
    /// What stands before a relative name as the patterns see it: `sport/` for a run that was
    /// started in a folder below the one that the patterns start from.
    pub below: String,
    /// The rules by name.
    pub rules: BTreeMap<String, Level>,
}

impl Levels {
    /// For all articles.
    pub fn everywhere(rules: BTreeMap<String, Level>) -> Self {
        Self { paths: Vec::new(), below: String::new(), rules }
    }
}

/// The findings as the settings grade them; of several levels that fit, the last counts.
pub(crate) fn graded(
    findings: Vec<Finding>,
    articles: &[Article],
    levels: &[Levels],
) -> Vec<Finding> {
    if levels.is_empty() {
        return findings;
    }
    let sets: Vec<_> = levels.iter().map(|level| (patterns(&level.paths), level)).collect();
    let graded = findings.into_iter().filter_map(|mut finding| {
        let article = finding.article.and_then(|article| articles.get(article));
        let name = article.map_or("", |article| article.name.trim_start_matches("./"));
        let fits = |(set, levels): &&(Option<GlobSet>, &Levels)| {
            let below = if name.starts_with('/') { "" } else { &levels.below };
            set.as_ref().is_none_or(|set| set.is_match(format!("{below}{name}")))
        };
        let mut fitting = sets.iter().rev().filter(fits);
        match fitting.find_map(|(_, levels)| levels.rules.get(finding.rule.name)) {
            None => Some(finding),
            Some(Level::Off) => None,
            Some(Level::At(severity)) => {
                let is_capped = finding.severity < finding.rule.severity;
                finding.severity =
                    if is_capped { finding.severity.min(*severity) } else { *severity };
                Some(finding)
            }
        }
    });
    graded.collect()
}

/// The articles that patterns mean. A pattern fits a whole name or its end, so that it does not
/// matter from where a run was started. What is no pattern fits nothing.
fn patterns(paths: &[String]) -> Option<GlobSet> {
    if paths.is_empty() {
        return None;
    }
    let mut set = GlobSetBuilder::new();
    for path in paths {
        let own = path.trim_start_matches("./").trim_start_matches('/');
        for pattern in
            [own.to_owned(), format!("**/{own}"), format!("{own}#*"), format!("**/{own}#*")]
        {
            if let Ok(glob) = Glob::new(&pattern) {
                set.add(glob);
            }
        }
    }
    Some(set.build().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::patterns;

    #[track_caller]
    fn check(pattern: &str, name: &str, expected: bool) {
        assert_eq!(patterns(&[pattern.to_owned()]).unwrap().is_match(name), expected, "{name}");
    }

    #[test]
    fn patterns_fit_names_and_their_ends() {
        check("sport/**", "sport/a.md", true);
        check("sport/**", "/srv/site/sport/x/a.md", true);
        check("sport/**", "sports/a.md", false);
        check("*.draft.md", "news/a.draft.md", true);
        check("wire.jsonl", "in/wire.jsonl#17", true);
        check("[", "a.md", false);
    }
}
