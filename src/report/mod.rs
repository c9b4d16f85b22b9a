//! Review in, bytes out: one file per output format.
//!
//! A renderer sees the review and the reader's wishes, never the terminal or the environment; so
//! the same review gives the same bytes.

mod annotated;
mod answer;
mod checkstyle;
mod claim_json;
mod comparison;
mod correction;
mod csv;
mod derivation;
mod diff;
mod diff_json;
mod diff_markdown;
mod evidence;
mod excerpt;
mod finding_json;
mod fit;
mod github;
mod gitlab;
mod grid;
pub mod html;
mod inventory;
mod json;
mod jsonl;
mod junit;
mod manual;
mod markdown;
mod rdjson;
mod reading;
mod revised;
mod row_json;
mod rows;
mod sarif;
mod sheet;
mod spoken;
mod summary;
mod tally;
mod text;
mod xml;

pub use crate::report::answer::{answer, answer_json};
pub use crate::report::correction::correction_by;
pub use crate::report::derivation::{claims_at, derivation};
pub use crate::report::evidence::described as evidence_in_words;
pub use crate::report::fit::printable;
pub use crate::report::inventory::{inventory, inventory_json};
pub use crate::report::manual::{catalogue, manual};
pub use crate::report::rows::{rows, rows_json};
pub use crate::report::tally::Tally;

use crate::check::Review;
use crate::claim::Claim;
use crate::compare::{Status, Verdict};
use crate::finding::{Finding, Severity};
use annotate_snippets::renderer::{AnsiColor, Effects, Style};
use chrono::{DateTime, Utc};
use std::io;

/// An output format.
#[derive(Debug)]
pub struct Renderer {
    /// Its name, as `--format` takes it.
    pub name: &'static str,
    /// What it is, as a server says it.
    pub media_type: &'static str,
    /// Writes the review.
    pub render: fn(&Review, &View, &mut dyn io::Write) -> io::Result<()>,
}

impl Renderer {
    /// Whether the parts of a run, written one behind the other, are the whole run: formats of one
    /// object a line.
    pub fn joins(&self) -> bool {
        self.name == jsonl::RENDERER.name
    }
}

/// The formats of a review; the first is what a person gets who asks for none.
pub static RENDERERS: &[&Renderer] = &[
    &text::RENDERER,
    &json::RENDERER,
    &jsonl::RENDERER,
    &sarif::RENDERER,
    &github::RENDERER,
    &gitlab::RENDERER,
    &junit::RENDERER,
    &checkstyle::RENDERER,
    &rdjson::RENDERER,
    &markdown::RENDERER,
    &html::PAGE,
];

/// The formats of the number sheet; the first is what a person gets who asks for none.
pub static SHEETS: &[&Renderer] = &[&sheet::RENDERER, &jsonl::SHEET, &csv::SHEET];

/// The formats of a comparison; the first is what a person gets who asks for none.
pub static COMPARISONS: &[&Renderer] = &[&comparison::RENDERER, &json::RENDERER, &html::COMPARISON];

/// The formats of two versions of an article; the first is what a person gets who asks for none.
pub static DIFFS: &[&Renderer] = &[&diff::RENDERER, &diff_json::RENDERER, &diff_markdown::RENDERER];

/// What the reader wishes to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct View {
    /// How wide a line of text may be, in columns.
    pub width: usize,
    /// Whether text is coloured.
    pub colour: bool,
    /// How much text says beside the findings.
    pub detail: Detail,
    /// Findings below it are left out, in every format.
    pub min_severity: Severity,
    /// Findings at least that grave make the run fail; none does without one.
    pub fail_on: Option<Severity>,
    /// When the report was made, for formats that say so; unsaid without it.
    pub made_at: Option<DateTime<Utc>>,
}

impl Default for View {
    fn default() -> Self {
        Self {
            width: 80,
            colour: false,
            detail: Detail::Usual,
            min_severity: Severity::Note,
            fail_on: Some(Severity::Error),
            made_at: None,
        }
    }
}

/// How much text says beside the findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Detail {
    /// Nothing.
    Findings,
    /// How many numbers have which status, and what speaks for those that are supported.
    Usual,
    /// Every number with its status.
    Every,
}

impl View {
    /// Whether the reader wishes to see a finding.
    fn shows(&self, finding: &Finding) -> bool {
        finding.severity >= self.min_severity
    }

    /// `style`, if text is coloured.
    fn style(&self, style: Style) -> Style {
        if self.colour { style } else { Style::new() }
    }

    fn bold(&self) -> Style {
        self.style(Style::new().effects(Effects::BOLD))
    }

    fn dim(&self) -> Style {
        self.style(Style::new().effects(Effects::DIMMED))
    }

    fn severity(&self, severity: Severity) -> Style {
        self.style(match severity {
            Severity::Error => annotate_snippets::renderer::DEFAULT_ERROR_STYLE,
            Severity::Warning => annotate_snippets::renderer::DEFAULT_WARNING_STYLE,
            Severity::Note => annotate_snippets::renderer::DEFAULT_NOTE_STYLE,
        })
    }

    fn status(&self, status: Status) -> Style {
        self.style(match status {
            Status::Contradicted => AnsiColor::BrightRed.on_default().effects(Effects::BOLD),
            Status::Outdated | Status::Disputed => AnsiColor::Yellow.on_default(),
            Status::Supported => AnsiColor::Green.on_default(),
            Status::Unchecked => Style::new().effects(Effects::DIMMED),
        })
    }
}

/// A claim with its place in the review and what is said of it.
#[derive(Debug, Clone, Copy)]
struct Entry<'a> {
    claim: &'a Claim,
    verdict: &'a Verdict,
}

/// The claims of a review in order.
fn entries(review: &Review) -> impl Iterator<Item = Entry<'_>> {
    entries_from(review, 0)
}

/// The claims of one article.
fn entries_of(review: &Review, article: usize) -> impl Iterator<Item = Entry<'_>> {
    let first = review.claims.partition_point(|claim| claim.article < article);
    entries_from(review, first).take_while(move |entry| entry.claim.article == article)
}

fn entries_from(review: &Review, first: usize) -> impl Iterator<Item = Entry<'_>> {
    let judged = review.claims.iter().zip(&review.verdicts).skip(first);
    judged.map(|(claim, verdict)| Entry { claim, verdict })
}

/// The prose and the name of a claim's article; empty for a claim of no article of the review.
fn prose<'a>(review: &'a Review, claim: &Claim) -> &'a str {
    review.articles.get(claim.article).map_or("", |article| &article.prose)
}
