//! A finding as programs read it. Names and order of the fields are part of the contract.

use crate::check::Review;
use crate::finding::{Finding, Label};
use crate::text::Place;
use serde::Serialize;

/// A finding.
#[derive(Debug, Serialize)]
pub(crate) struct FindingJson<'a> {
    rule: &'static str,
    severity: &'static str,
    confidence: &'static str,
    message: &'a str,
    article: Option<&'a str>,
    claim: Option<&'a str>,
    primary: PlaceJson,
    related: Vec<LabelJson<'a>>,
    arithmetic: Option<&'a str>,
    suggestion: Option<SuggestionJson<'a>>,
    fingerprint: &'a str,
}

/// A place.
#[derive(Debug, Serialize)]
pub(crate) struct PlaceJson {
    path: String,
    start: usize,
    end: usize,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    text: String,
}

/// A place with something to say about it.
#[derive(Debug, Serialize)]
struct LabelJson<'a> {
    #[serde(flatten)]
    place: PlaceJson,
    message: &'a str,
}

/// A better text, and why.
#[derive(Debug, Serialize)]
struct SuggestionJson<'a> {
    replacement: &'a str,
    why: &'a str,
}

impl From<Place> for PlaceJson {
    fn from(place: Place) -> Self {
        let Place { path, start, end, line, column, end_line, end_column, text } = place;
        Self { path, start, end, line, column, end_line, end_column, text }
    }
}

impl<'a> FindingJson<'a> {
    pub(crate) fn of(review: &'a Review, finding: &'a Finding) -> Self {
        let article = finding.article.and_then(|article| review.articles.get(article));
        let claim = finding.claim.and_then(|claim| review.claims.get(claim));
        let place = |label: &Label| PlaceJson::from(review.sources.place(label.at));
        let related = finding.related.iter();
        let suggestion = finding.suggestion.as_ref();
        Self {
            rule: finding.rule.name,
            severity: finding.severity.name(),
            confidence: finding.confidence.name(),
            message: &finding.message,
            article: article.map(|article| &*article.name),
            claim: claim.map(|claim| &*claim.id),
            primary: place(&finding.primary),
            related: related
                .map(|label| LabelJson { place: place(label), message: &label.message })
                .collect(),
            arithmetic: finding.arithmetic.as_deref(),
            suggestion: suggestion
                .map(|s| SuggestionJson { replacement: &s.replacement, why: &s.why }),
            fingerprint: &finding.fingerprint,
        }
    }
}
