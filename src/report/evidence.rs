//! What speaks for or against a number, in words.

use crate::check::Review;
use crate::compare::Evidence;
use crate::reference::Observation;
use crate::report::figures::between;
use crate::report::prose;
use crate::text::At;

/// The row of a reference table whose cell stands at `at`: its value, its publisher, its days and
/// its address.
pub(crate) fn row(review: &Review, at: At) -> Option<String> {
    let found = review.store.observations().find(|observation| observation.at == at)?;
    Some(observed(found))
}

/// A row in words.
pub(crate) fn observed(row: &Observation) -> String {
    let mut text = format!("{} ({}, as of {}", between(row.interval()), row.publisher, row.as_of);
    if let Some(published) = &row.published {
        text.push_str(&format!(", published {published}"));
    }
    text.push(')');
    if !row.url.is_empty() {
        text.push_str(&format!(" {}", row.url));
    }
    text
}

/// Where a piece of evidence stands, and what it says.
pub(crate) fn described(review: &Review, evidence: &Evidence) -> (String, String) {
    match evidence {
        Evidence::Reference(id) => {
            let row = review.store.observation(*id);
            (format!("{}:{}", row.table, row.line), observed(row))
        }
        Evidence::Articles { claim, .. } => {
            let Some(other) = review.claims.get(*claim) else { return <_>::default() };
            let Some(article) = review.articles.get(other.article) else {
                return <_>::default();
            };
            let place = review.sources.place(article.locate(other.quantity.span));
            let said = other.shown(prose(review, other)).to_owned();
            (format!("{}:{}:{}", article.name, place.line, place.column), said)
        }
        Evidence::Arithmetic { text, .. } => ("arithmetic".to_owned(), text.clone()),
    }
}
