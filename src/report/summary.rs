//! What `check` says beside the findings: how many numbers have which status, and what speaks for
//! them.

use crate::check::Review;
use crate::compare::Status;
use crate::finding::Severity;
use crate::report::fit::printable;
use crate::report::grid::{self, Cell};
use crate::report::reading::place;
use crate::report::{Detail, Tally, View, entries_of, prose};
use annotate_snippets::renderer::Style;
use std::collections::BTreeSet;
use std::io;

/// The widest that the column of numbers gets.
const WIDEST: usize = 24;

/// Writes one line for an article, then one for each number that stands (with [`Detail::Every`],
/// for each).
pub(crate) fn article(
    review: &Review,
    article: usize,
    view: &View,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let name = review.articles.get(article).map_or("", |article| &article.name);
    let bold = view.bold();
    writeln!(out, "{bold}{}{bold:#}: {}", printable(name), Tally::of_article(review, article))?;
    let shown = |status| {
        view.detail == Detail::Every || matches!(status, Status::Supported | Status::Disputed)
    };
    let entries: Vec<_> =
        entries_of(review, article).filter(|entry| shown(entry.verdict.status)).collect();
    let places: Vec<_> = entries.iter().map(|entry| place(review, *entry)).collect();
    let words: Vec<_> = entries
        .iter()
        .map(|entry| entry.claim.quantity.span.of(prose(review, entry.claim)))
        .collect();
    let statuses = entries.iter().map(|entry| entry.verdict.status.name());
    let widths = [
        grid::column(places.iter().map(String::as_str), usize::MAX),
        grid::column(words.iter().copied(), WIDEST),
        grid::column(statuses, usize::MAX),
    ];
    for ((entry, place), words) in entries.iter().zip(&places).zip(words) {
        let status = entry.verdict.status;
        let cells: [Cell<'_>; 3] =
            [(place, view.dim()), (words, Style::new()), (status.name(), view.status(status))];
        grid::row(view, &widths, &cells, &entry.verdict.reason, out)?;
    }
    Ok(())
}

/// Writes how many numbers and findings there are, and where to read why.
pub(crate) fn totals(review: &Review, view: &View, out: &mut dyn io::Write) -> io::Result<()> {
    let tally = Tally::of(review);
    if review.given > 1 {
        writeln!(out, "{} articles: {tally}", review.given)?;
    }
    let count = |severity| review.findings.iter().filter(|f| f.severity == severity).count();
    let [errors, warnings, notes] =
        [Severity::Error, Severity::Warning, Severity::Note].map(|severity| {
            let style = if count(severity) == 0 { Style::new() } else { view.severity(severity) };
            format!("{style}{}{style:#}", counted(count(severity), severity.name()))
        });
    let hidden = review.findings.iter().filter(|finding| !view.shows(finding)).count();
    let hidden = if hidden == 0 { String::new() } else { format!(" ({hidden} not shown)") };
    let waived = review.waived.len();
    let waived = if waived == 0 { String::new() } else { format!(", {waived} waived") };
    write!(out, "{errors}, {warnings}, {notes}{hidden}{waived}")?;
    if tally.total > 0 {
        write!(out, "; {}% of the numbers are checked", tally.coverage())?;
    }
    writeln!(out)?;
    let wrong = review.findings.iter().filter(|finding| finding.severity == Severity::Error);
    let rules: BTreeSet<_> = wrong.map(|finding| finding.rule.name).collect();
    for rule in rules {
        writeln!(out, "  numcheck explain {rule}")?;
    }
    Ok(())
}

fn counted(count: usize, what: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {what}{ending}")
}
