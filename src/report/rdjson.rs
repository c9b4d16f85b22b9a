//! Reviewdog's diagnostic format. Its columns count bytes of UTF-8 from 1.

use crate::check::Review;
use crate::finding::{Finding, Severity};
use crate::report::spoken::{file_of, spoken};
use crate::report::{Renderer, View};
use crate::text::At;
use serde::Serialize;
use std::io;

/// Findings as reviewdog reads them.
pub(crate) static RENDERER: Renderer =
    Renderer { name: "rdjson", media_type: "application/json", render };

#[derive(Serialize)]
struct Result<'a> {
    source: Tool,
    diagnostics: Vec<Diagnostic<'a>>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
}

#[derive(Serialize)]
struct Diagnostic<'a> {
    message: String,
    location: Location,
    severity: &'static str,
    code: Code,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Related<'a>>,
}

#[derive(Serialize)]
struct Code {
    value: &'static str,
}

#[derive(Serialize)]
struct Location {
    path: String,
    range: Range,
}

#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct Suggestion<'a> {
    range: Range,
    text: &'a str,
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    location: Location,
}

fn render(review: &Review, view: &View, out: &mut dyn io::Write) -> io::Result<()> {
    let shown = review.findings.iter().filter(|finding| view.shows(finding));
    let diagnostics = shown.map(|finding| Diagnostic::of(review, finding)).collect();
    serde_json::to_writer_pretty(
        &mut *out,
        &Result { source: Tool { name: "numcheck" }, diagnostics },
    )?;
    out.write_all(b"\n")
}

impl<'a> Diagnostic<'a> {
    fn of(review: &Review, finding: &'a Finding) -> Self {
        let suggestions = finding.suggestion.iter();
        let related = finding.related.iter();
        Self {
            message: spoken(review, finding),
            location: location(review, finding.primary.at),
            severity: match finding.severity {
                Severity::Error => "ERROR",
                Severity::Warning => "WARNING",
                Severity::Note => "INFO",
            },
            code: Code { value: finding.rule.name },
            suggestions: suggestions
                .map(|s| Suggestion {
                    range: range(review, finding.primary.at),
                    text: &s.replacement,
                })
                .collect(),
            related_locations: related
                .map(|label| Related {
                    message: &label.message,
                    location: location(review, label.at),
                })
                .collect(),
        }
    }
}

fn location(review: &Review, at: At) -> Location {
    let path = file_of(review.sources.get(at.source).name()).to_owned();
    Location { path, range: range(review, at) }
}

fn range(review: &Review, at: At) -> Range {
    let source = review.sources.get(at.source);
    let position = |byte| {
        let (line, column) = source.line_byte_column(byte);
        Position { line, column }
    };
    Range { start: position(at.span.start()), end: position(at.span.end()) }
}
