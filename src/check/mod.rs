//! The pipeline: the one place that knows every layer.

mod against;
mod levels;
mod question;
mod remark;
mod settings;
mod soundness;
mod waivers;

pub use crate::check::levels::{Level, Levels};
pub use crate::check::question::{Answer, Looked};
pub use crate::check::settings::{AsOf, Settings};
pub use crate::check::waivers::{Accepted, UNUSED_WAIVER, Waived};

use crate::claim::{Claim, claims};
use crate::compare::{
    By, Comparison, Earlier, Evidence, Relation, Series, Slip, Status, Surroundings, Verdict,
    addresses, comparison, confusions, relations, series,
};
use crate::finding::{Finding, Severity};
use crate::ingest::Article;
use crate::reference::Store;
use crate::rules::{Facts, run};
use crate::text::Sources;
use chrono::NaiveDate;
use rayon::prelude::*;
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
    /// The articles, in the order given.
    pub articles: Vec<Article>,
    /// Their claims, article after article, in text order.
    pub claims: Vec<Claim>,
    /// What is said of each claim; as long as `claims`.
    pub verdicts: Vec<Verdict>,
    /// What the reference tables say of each claim; as long as `claims`.
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
    let (claims, comparisons, relations) = read(&articles, &store, settings);
    let (series, confusions) = if settings.across {
        (series(&articles, &claims, &store), confusions(&articles, &claims, &store))
    } else {
        (Vec::new(), Vec::new())
    };
    let earlier = against::earlier(&articles, &claims, before, &store.catalog);
    let facts = Facts {
        store: &store,
        articles: &articles,
        claims: &claims,
        comparisons: &comparisons,
        series: &series,
        confusions: &confusions,
        relations: &relations,
        earlier: &earlier,
    };
    let findings = run(&facts, (&settings.select, &settings.ignore), settings.alone);
    let findings = levels::graded(findings, &articles, &settings.levels);
    let verdicts = verdicts(&facts, &findings);
    let settings = settings.clone();
    let errors = Vec::new();
    let mut review = Review {
        settings,
        sources,
        store,
        articles,
        claims,
        verdicts,
        comparisons,
        findings,
        waived: Vec::new(),
        series,
        earlier,
        errors,
    };
    let Settings { accepted, today, .. } = review.settings.clone();
    review.waive(&accepted, today);
    review
}

/// The claims of all articles, what the tables say of each, and what the numbers of each article
/// say of each other.
fn read(
    articles: &[Article],
    store: &Store,
    settings: &Settings,
) -> (Vec<Claim>, Vec<Comparison>, Vec<Vec<Relation>>) {
    let addresses = addresses(articles, store);
    let one = |(index, article): (usize, &Article)| {
        let found_at = addresses.get(index).map_or(&[][..], Vec::as_slice);
        read_one(article, index, found_at, store, settings)
    };
    let parts: Vec<_> = articles.par_iter().enumerate().map(one).collect();
    let (mut claims, mut comparisons, mut relations) = (Vec::new(), Vec::new(), Vec::new());
    let mut known = 0;
    for (own, held, mut related) in parts {
        for relation in &mut related {
            relation.shift(known);
        }
        known += own.len();
        claims.push(own);
        comparisons.push(held);
        relations.push(related);
    }
    let claims = claims.into_iter().flatten().collect();
    (claims, comparisons.into_iter().flatten().collect(), relations)
}

/// The claims of one article, what the tables say of them, and its own arithmetic.
fn read_one(
    article: &Article,
    index: usize,
    addresses: &[&str],
    store: &Store,
    settings: &Settings,
) -> (Vec<Claim>, Vec<Comparison>, Vec<Relation>) {
    let mut claims = claims(article, index, &store.catalog);
    let held = |claim: &Claim| held(claim, article, addresses, store, settings);
    let held: Vec<_> = claims.iter().map(held).collect();
    claims.iter_mut().zip(&held).for_each(|(claim, held)| settle(claim, held, store));
    let own: Vec<(usize, &Claim)> = claims.iter().enumerate().collect();
    let relations = relations(&article.prose, &own);
    (claims, held, relations)
}

/// Gives the claim the series it was held against, where that is another than its first guess.
fn settle(claim: &mut Claim, comparison: &Comparison, store: &Store) {
    if let (Some(slot), Some(measure)) = (claim.measure.as_mut(), comparison.measure)
        && slot.value != measure
    {
        // The first guess is now one of those that were passed over.
        let guess = std::mem::replace(&mut slot.value, measure);
        claim.rivals.retain(|rival| *rival != measure && *rival != guess);
        claim.rivals.insert(0, guess);
        slot.by = format!(
            "{} in indicators.csv, whose rows speak of it",
            store.catalog.measure(measure).key
        );
    }
}

/// The claim against the tables, by the knowledge of the settings' day.
fn held(
    claim: &Claim,
    article: &Article,
    addresses: &[&str],
    store: &Store,
    settings: &Settings,
) -> Comparison {
    let published = article.published;
    let (day, hindsight) = match settings.as_of {
        AsOf::Published => (published, false),
        AsOf::Day(day) => (Some(day), false),
        AsOf::Now => (published.or(NaiveDate::MAX.pred_opt()), true),
    };
    let sentence = claim.sentence.of(&article.prose);
    comparison(store, claim, Surroundings { sentence, day, hindsight, addresses })
}

/// The status of each claim: contradicted where an error finding stands against it, else what the
/// tables, then the other articles, and then the article's own arithmetic say.
fn verdicts(facts: &Facts<'_>, findings: &[Finding]) -> Vec<Verdict> {
    let mut verdicts: Vec<Verdict> =
        facts.comparisons.iter().map(|comparison| comparison.verdict.clone()).collect();
    for (index, evidence) in crate::compare::supporters(facts.series, facts.claims) {
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
