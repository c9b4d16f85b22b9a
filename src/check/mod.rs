//! The pipeline: the one place that knows every layer.

mod settings;

pub use crate::check::settings::{AsOf, Settings};

use crate::claim::Claim;
use crate::compare::{Series, Verdict};
use crate::finding::Finding;
use crate::ingest::Article;
use crate::reference::Store;
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
    /// The articles, in the order given.
    pub articles: Vec<Article>,
    /// Their claims, article after article, in text order.
    pub claims: Vec<Claim>,
    /// What is said of each claim; as long as `claims`.
    pub verdicts: Vec<Verdict>,
    /// What there is to say, in text order.
    pub findings: Vec<Finding>,
    /// What the articles say of the same things.
    pub series: Vec<Series>,
    /// What could not be done, one sentence each.
    pub errors: Vec<String>,
}
