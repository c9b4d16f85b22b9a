//! GitLab's code quality report.
//!
//! GitLab merges entries of one fingerprint and shows no rule name, so the path goes into the
//! fingerprint and the rule into the description.

use crate::check::Review;
use crate::finding::{Severity, fingerprint};
use crate::report::spoken::{file_of, spoken};
use crate::report::{Renderer, View};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io;

/// Findings as GitLab's code quality report.
pub(crate) static RENDERER: Renderer =
    Renderer { name: "gitlab", media_type: "application/json", render };

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
}

fn render(review: &Review, view: &View, out: &mut dyn io::Write) -> io::Result<()> {
    let mut turns: BTreeMap<(String, &str), usize> = BTreeMap::new();
    let shown = review.findings.iter().filter(|finding| view.shows(finding));
    let issues: Vec<_> = shown
        .map(|finding| {
            let place = review.sources.place(finding.primary.at);
            let turn = turns.entry((place.path.clone(), &finding.fingerprint)).or_default();
            *turn += 1;
            let identity = [&*finding.fingerprint, &*place.path, &*turn.to_string()];
            Issue {
                description: format!("{}: {}", finding.rule.name, spoken(review, finding)),
                check_name: finding.rule.name,
                fingerprint: fingerprint(identity),
                severity: match finding.severity {
                    Severity::Error => "major",
                    Severity::Warning => "minor",
                    Severity::Note => "info",
                },
                location: Location {
                    path: file_of(&place.path).to_owned(),
                    lines: Lines { begin: place.line },
                },
            }
        })
        .collect();
    serde_json::to_writer_pretty(&mut *out, &issues)?;
    out.write_all(b"\n")
}
