//! A finding in one line of plain words, as the formats for machines carry it.

use crate::check::Review;
use crate::finding::{Finding, Severity};
use crate::report::View;
use crate::report::evidence;
use crate::report::fit::printable;

/// The findings that the reader wishes to see, the gravest first and else in text order: formats
/// that are cut somewhere lose the least grave.
pub(crate) fn by_gravity<'a>(review: &'a Review, view: &View) -> Vec<&'a Finding> {
    let mut findings: Vec<_> = review.findings.iter().filter(|f| view.shows(f)).collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    findings
}

/// The message with its arithmetic and the rows it rests on, each thing once.
pub(crate) fn spoken(review: &Review, finding: &Finding) -> String {
    let mut text = printable(&finding.message).into_owned();
    let rows = finding.related.iter();
    let rows = rows.filter_map(|label| evidence::row_beside(review, label.at, &finding.message));
    for part in finding.arithmetic.iter().cloned().chain(rows) {
        let part = printable(&part).into_owned();
        if !text.contains(&part) {
            text.push_str("; ");
            text.push_str(&part);
        }
    }
    text
}

/// The file that a source stands in: an article of many in a file is `FILE#ID`.
pub(crate) fn file_of(name: &str) -> &str {
    name.rsplit_once('#').map_or(name, |(file, _)| file)
}

/// A severity by the names of Checkstyle and its kin, which have no note.
pub(crate) fn info_for_note(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "info",
        other => other.name(),
    }
}
