//! Which earlier version belongs to which article.

use crate::claim::{Claim, claims};
use crate::compare::Earlier;
use crate::compare::revision;
use crate::ingest::Article;
use crate::reference::Catalog;
use rayon::prelude::*;
use std::collections::HashMap;

/// The earlier versions of `articles` among `before`, in the order of the articles, each with what
/// is different now. Two single articles belong together whatever they are called; of several,
/// those of one id, one address or one file name do. What has no counterpart is left out.
pub(crate) fn earlier(
    articles: &[Article],
    claims_now: &[Claim],
    before: Vec<Article>,
    catalog: &Catalog,
) -> Vec<Earlier> {
    let pairs = pairs(articles, before);
    let read = |(now, article): (usize, Article)| {
        let first = claims_now.partition_point(|claim| claim.article < now);
        let end = claims_now.partition_point(|claim| claim.article <= now);
        let own = claims_now.get(first..end).unwrap_or_default();
        let claims = claims(&article, now, catalog);
        let is = articles.get(now)?;
        let revision = revision((&article, &claims), (is, own));
        Some(Earlier { now, article, claims, first, revision })
    };
    pairs.into_par_iter().filter_map(read).collect()
}

fn pairs(articles: &[Article], before: Vec<Article>) -> Vec<(usize, Article)> {
    if let ([_], [_]) = (articles, before.as_slice()) {
        return before.into_iter().map(|article| (0, article)).collect();
    }
    let mut places: HashMap<String, usize> = HashMap::new();
    for (place, article) in before.iter().enumerate().rev() {
        for name in names(article) {
            places.insert(name, place);
        }
    }
    let mut before: Vec<Option<Article>> = before.into_iter().map(Some).collect();
    let mut found = Vec::new();
    for (now, article) in articles.iter().enumerate() {
        let place = names(article).into_iter().find_map(|name| {
            let place = places.get(&name)?;
            before.get(*place)?.as_ref().map(|_| *place)
        });
        let was = place.and_then(|place| before.get_mut(place)?.take());
        found.extend(was.map(|was| (now, was)));
    }
    found
}

/// What an article goes by, the surest first.
fn names(article: &Article) -> Vec<String> {
    let file = article.id.rsplit(['/', '\\']).next().unwrap_or(&article.id);
    let address = article.url.iter().map(|url| format!("address {url}"));
    let ids = [format!("id {}", article.id), format!("file {file}")];
    ids.into_iter().take(1).chain(address).chain([format!("file {file}")]).collect()
}
