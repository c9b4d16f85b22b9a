//! What there is to say, and where. This layer knows places, not the domain.

mod fingerprint;
mod waiver;

pub use crate::finding::fingerprint::fingerprint;
pub use crate::finding::waiver::{WaivedBy, Waiver};

use crate::text::At;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Worth a look.
    Warning,
    /// A contradiction that holds under every reading.
    Error,
}

impl Severity {
    /// Its name in outputs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// How sure the rule is of its reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// The reading rests on weak cues.
    Low,
    /// The reading is likely.
    Medium,
    /// The reading is plain.
    High,
}

impl Confidence {
    /// Its name in outputs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// A rule's name and manual.
#[derive(Debug)]
pub struct RuleInfo {
    /// Kebab-case, naming the defect.
    pub name: &'static str,
    /// One line.
    pub summary: &'static str,
    /// The severity it has unless the settings say otherwise.
    pub severity: Severity,
    /// The version it came with.
    pub since: &'static str,
    /// The rule's manual page in Markdown: its doc comment.
    pub explanation: &'static str,
}

impl RuleInfo {
    /// The manual page as a Markdown document: the doc comment without the blank that each of its
    /// lines begins with.
    pub fn page(&self) -> String {
        let lines = self.explanation.lines();
        let lines: Vec<_> = lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
        lines.join("\n")
    }
}

/// Builds a [`RuleInfo`] from a doc comment, so that no rule can be without a page.
#[macro_export]
macro_rules! rule_info {
    ($(#[doc = $line:literal])+ $name:literal, $summary:literal, $severity:ident, since $since:literal) => {
        $crate::finding::RuleInfo {
            name: $name,
            summary: $summary,
            severity: $crate::finding::Severity::$severity,
            since: $since,
            explanation: concat!($($line, "\n"),+),
        }
    };
}

/// A place with something to say about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub at: At,
    /// What is said.
    pub message: String,
}

/// A better text for the primary place, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// What should stand there.
    pub replacement: String,
    /// Why.
    pub why: String,
}

/// One thing to say about an article or a table.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule that says it.
    pub rule: &'static RuleInfo,
    /// How grave.
    pub severity: Severity,
    /// How sure.
    pub confidence: Confidence,
    /// One sentence or two.
    pub message: String,
    /// Index of the article in the review; `None` for a finding in a table.
    pub article: Option<usize>,
    /// Index of the claim in the review, where one is meant.
    pub claim: Option<usize>,
    /// Where.
    pub primary: Label,
    /// Where the evidence stands: the other number, the reference cell.
    pub related: Vec<Label>,
    /// The calculation in signs: `14 + 31 = 45, not 54`.
    pub arithmetic: Option<String>,
    /// Only where the right text is certain.
    pub suggestion: Option<Suggestion>,
    /// Stable identity without offsets.
    pub fingerprint: String,
}
