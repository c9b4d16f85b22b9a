//! What speaks for or against a number, in words.

use crate::check::Review;
use crate::compare::{self, Evidence};
use crate::quantity::{Hedge, Interval};
use crate::reference::{Observation, ObservationId};
use crate::report::prose;
use crate::text::At;

/// The row of a reference table whose cell stands at `at`: its value, its publisher, its days and
/// its address.
pub(crate) fn row(review: &Review, at: At) -> Option<String> {
    Some(observed(review, row_at(review, at)?))
}

/// The row of a reference table whose cell stands at `at`, for a text that may have named it: its
/// address alone where it has.
pub(crate) fn row_beside(review: &Review, at: At, text: &str) -> Option<String> {
    let id = row_at(review, at)?;
    let url = &review.store.observation(id).url;
    if !text.contains(&compare::shown(&review.store, id)) {
        return Some(observed(review, id));
    }
    Some(url.to_string()).filter(|url| !url.is_empty())
}

fn row_at(review: &Review, at: At) -> Option<ObservationId> {
    review.store.row_at(at)
}

/// The ends of a row's value as they are written; a bound leaves one of them open.
pub(crate) fn ends(row: &Observation) -> Interval {
    let (lower, upper) = (Some(row.lower()), Some(row.upper()));
    match row.hedge() {
        Hedge::MoreThan | Hedge::AtLeast => Interval { lower, upper: None },
        Hedge::LessThan | Hedge::UpTo => Interval { lower: None, upper },
        _ => Interval { lower, upper },
    }
}

/// A row in columns: its day, its value, and who says so where.
pub(crate) fn row_in_columns(review: &Review, id: ObservationId) -> (String, String, String) {
    let row = review.store.observation(id);
    let said = format!("{}, {}:{}", row.publisher, row.table, row.line);
    (row.as_of.to_string(), compare::figure_shown(row), said)
}

/// A row in words.
pub(crate) fn observed(review: &Review, id: ObservationId) -> String {
    let row = review.store.observation(id);
    let shown = compare::shown(&review.store, id);
    let published = row.published.map_or(String::new(), |day| format!(", published {day}"));
    let withdrawn = if row.is_withdrawn() { ", withdrawn since" } else { "" };
    let url = if row.url.is_empty() { String::new() } else { format!(": {}", row.url) };
    format!("{shown}{published}{withdrawn}{url}")
}

/// Where a piece of evidence stands, and what it says.
pub fn described(review: &Review, evidence: &Evidence) -> (String, String) {
    match evidence {
        Evidence::Reference(id) => {
            let row = review.store.observation(*id);
            (format!("{}:{}", row.table, row.line), observed(review, *id))
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
