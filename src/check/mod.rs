//! The pipeline: the one place that knows every layer.

mod affected;
mod against;
mod archived;
mod levels;
mod question;
mod reading;
mod remark;
mod settings;
mod soundness;
mod waivers;

pub use crate::check::affected::{Affected, affected};
pub use crate::check::archived::entry;
pub use crate::check::levels::{Level, Levels};
pub use crate::check::question::{Answer, Looked};
pub use crate::check::reading::{Beside, Reading, read};
pub use crate::check::settings::{AsOf, Settings};
pub use crate::check::waivers::{Accepted, UNUSED_WAIVER, Waived};

use crate::claim::Claim;
use crate::compare::{
    By, Comparison, Earlier, Evidence, Series, Slip, Status, Verdict, supporters,
};
use crate::finding::{Finding, Severity};
use crate::ingest::Article;
use crate::reference::Store;
use crate::rules::Facts;
use crate::text::Sources;
use std::sync::Arc;

/// Everything there is to say about the articles of one run.
#[derive(Debug)]
pub struct Review {
    /// What the run was asked to do.
    pub settings: Settings,
    /// Every text: articles and tables.
    pub sources: Sources,
    /// The reference tables it was held against.
    pub store: Arc<Store>,
    /// The articles, in the order given; behind them those of the archive that they are held
    /// against.
    pub articles: Vec<Article>,
    /// How many articles are checked; the others are evidence.
    pub given: usize,
    /// Their claims, article after article, in text order.
    pub claims: Vec<Claim>,
    /// What is said of each claim of the articles that are checked.
    pub verdicts: Vec<Verdict>,
    /// What the reference tables say of each claim of the articles that are checked.
    pub comparisons: Vec<Comparison>,
    /// What there is to say, in text order; then the waivers that silence nothing.
    pub findings: Vec<Finding>,
    /// What would have been said, had nobody waived it.
    pub waived: Vec<Waived>,
    /// What the articles say of the same things.
    pub series: Vec<Series>,
    /// The earlier versions of the articles that have one, in the order of the articles.
    pub earlier: Vec<Earlier>,
    /// What could not be done, one sentence each.
    pub errors: Vec<String>,
}

/// Reads the claims of `articles`, holds them against the article itself, the tables and each
/// other, and says what there is to say.
pub fn check(
    articles: Vec<Article>,
    sources: Sources,
    store: Arc<Store>,
    settings: &Settings,
) -> Review {
    check_against(articles, Vec::new(), sources, store, settings)
}

/// The same, with earlier versions of the articles, so that figures that stayed behind are found.
/// Which is whose is told by id, address and file name.
pub fn check_against(
    articles: Vec<Article>,
    before: Vec<Article>,
    sources: Sources,
    store: Arc<Store>,
    settings: &Settings,
) -> Review {
    let beside = Beside { before, ..Beside::default() };
    read(articles, &store, settings).judged(beside, sources, store, settings)
}

impl Review {
    /// The articles that are checked.
    pub fn checked(&self) -> &[Article] {
        self.articles.get(..self.given).unwrap_or(&self.articles)
    }
}

/// The status of each claim: contradicted where an error finding stands against it, else what the
/// tables, then the other articles, and then the article's own arithmetic say.
fn verdicts(facts: &Facts<'_>, findings: &[Finding]) -> Vec<Verdict> {
    let mut verdicts: Vec<Verdict> =
        facts.comparisons.iter().map(|comparison| comparison.verdict.clone()).collect();
    for (index, evidence) in supporters(facts.series, facts.claims) {
        if let Some(verdict) = verdicts.get_mut(index).filter(|v| v.status == Status::Unchecked) {
            let count = evidence.len();
            *verdict = Verdict {
                status: Status::Supported,
                by: Some(By::Articles),
                reason: format!("{count} other articles agree"),
                evidence,
            };
        }
    }
    for relation in facts.relations.iter().flatten() {
        let verdict = verdicts.get_mut(relation.claim).filter(|v| v.status == Status::Unchecked);
        if let Some(verdict) = verdict.filter(|_| relation.holds && relation.recomputes) {
            let claims = relation.beside.iter().map(|(index, _)| *index).collect();
            let text = relation.text.clone();
            *verdict = Verdict {
                status: Status::Supported,
                by: Some(By::Arithmetic),
                reason: text.clone(),
                evidence: vec![Evidence::Arithmetic { claims, text }],
            };
        }
    }
    for finding in findings.iter().filter(|f| f.severity == Severity::Error) {
        let Some(verdict) = finding.claim.and_then(|index| verdicts.get_mut(index)) else {
            continue;
        };
        if verdict.evidence.is_empty()
            && let Some(row) =
                finding.claim.and_then(|i| facts.comparison(i)).and_then(|c| c.slip).map(Slip::row)
        {
            verdict.evidence.push(Evidence::Reference(row));
        }
        verdict.status = Status::Contradicted;
        verdict.reason.clone_from(&finding.message);
        verdict.by = Some(if finding.rule.name.starts_with("articles") {
            By::Articles
        } else if verdict.evidence.is_empty() {
            By::Arithmetic
        } else {
            By::Reference
        });
    }
    verdicts
}
