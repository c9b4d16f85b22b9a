//! Claims against the claims of other articles.

use crate::claim::Claim;
use crate::compare::{Evidence, Series};
use crate::ingest::Article;
use crate::reference::Store;

/// What the articles say of the same things, series by series.
pub fn series(_articles: &[Article], _claims: &[Claim], _store: &Store) -> Vec<Series> {
    Vec::new()
}

/// The claims that other articles bear out, with those articles' claims.
pub fn supporters(_series: &[Series], _claims: &[Claim]) -> Vec<(usize, Vec<Evidence>)> {
    Vec::new()
}
