//! GitHub workflow commands: annotations beside the lines of a change.
//!
//! GitHub draws the first ten annotations of each kind that a step prints. So the gravest come
//! first, and what is beyond ten is printed as plain lines, which stay readable in the log.

use crate::check::Review;
use crate::finding::{Finding, Severity};
use crate::report::spoken::{by_gravity, file_of, spoken};
use crate::report::{Renderer, Tally, View};
use std::io;

/// Findings as GitHub workflow commands.
pub(crate) static RENDERER: Renderer =
    Renderer { name: "github", media_type: "text/plain; charset=utf-8", render };

/// How many annotations of a kind GitHub draws for a step.
const DRAWN: usize = 10;

fn render(review: &Review, view: &View, out: &mut dyn io::Write) -> io::Result<()> {
    let findings = by_gravity(review, view);
    let mut rest = Vec::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        let alike: Vec<_> = findings.iter().filter(|f| f.severity == severity).collect();
        let (drawn, beyond) = alike.split_at(alike.len().min(DRAWN));
        for finding in drawn {
            annotation(review, finding, out)?;
        }
        rest.extend_from_slice(beyond);
    }
    if !rest.is_empty() {
        writeln!(out, "{} more, beyond what is drawn beside the lines:", rest.len())?;
    }
    for finding in rest {
        let place = review.sources.place(finding.primary.at);
        let (severity, rule) = (finding.severity.name(), finding.rule.name);
        let says = harmless(&spoken(review, finding));
        writeln!(
            out,
            "{}:{}:{}: {severity}[{rule}]: {says}",
            place.path, place.line, place.column
        )?;
    }
    writeln!(out, "numcheck: {}", Tally::of(review))
}

fn annotation(review: &Review, finding: &Finding, out: &mut dyn io::Write) -> io::Result<()> {
    let place = review.sources.place(finding.primary.at);
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    write!(out, "::{command} file={},line={}", property(file_of(&place.path)), place.line)?;
    // Columns count only within one line.
    if place.line == place.end_line {
        write!(out, ",col={}", place.column)?;
    }
    write!(out, ",endLine={}", place.end_line)?;
    if place.line == place.end_line {
        write!(out, ",endColumn={}", place.end_column)?;
    }
    let title = property(&format!("numcheck ({})", finding.rule.name));
    writeln!(out, ",title={title}::{}", message(&spoken(review, finding)))
}

/// A message with what ends or changes a command escaped.
fn message(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property: colons and commas end it.
fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}

/// A line of the log that no runner takes for a command.
fn harmless(text: &str) -> String {
    text.replace("::", ": :")
}

#[cfg(test)]
mod tests {
    use super::{message, property};

    #[test]
    fn percents_colons_and_commas_survive() {
        assert_eq!(message("45% of 1,200: no"), "45%25 of 1,200: no");
        assert_eq!(property("a,b:c%\n.md"), "a%2Cb%3Ac%25%0A.md");
    }
}
