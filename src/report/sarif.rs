//! SARIF 2.1.0, as code scanning services read it. Columns count characters from 1.
//!
//! GitHub tells findings apart by path, rule and `primaryLocationLineHash`. Its own value hashes
//! the start of the line, and prose is one paragraph a line; so the finding's fingerprint stands
//! there, which no edit elsewhere changes.

use crate::check::Review;
use crate::finding::{Finding, Label, RuleInfo, Severity, WaivedBy, Waiver};
use crate::report::spoken::spoken;
use crate::report::{Renderer, Tally, View};
use crate::text::At;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;

/// Findings as SARIF.
pub(crate) static RENDERER: Renderer =
    Renderer { name: "sarif", media_type: "application/sarif+json", render };

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// GitHub's limit for a rule's full description, in characters.
const DESCRIPTION: usize = 1024;

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool,
    column_kind: &'static str,
    automation_details: Id,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    invocations: Vec<Invocation<'a>>,
    results: Vec<Outcome>,
    properties: Numbers,
}

#[derive(Serialize)]
struct Numbers {
    numbers: Tally,
}

#[derive(Serialize)]
struct Id {
    id: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation<'a> {
    execution_successful: bool,
    tool_execution_notifications: Vec<Notification<'a>>,
}

#[derive(Serialize)]
struct Notification<'a> {
    level: &'static str,
    message: Text<&'a str>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    name: String,
    short_description: Text<String>,
    full_description: Text<String>,
    help: Help,
    default_configuration: Configuration,
    properties: RuleProperties,
}

#[derive(Serialize)]
struct Text<T> {
    text: T,
}

#[derive(Serialize)]
struct Help {
    text: String,
    markdown: String,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct RuleProperties {
    tags: [&'static str; 1],
    #[serde(rename = "problem.severity")]
    severity: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Text<String>,
    locations: [Located; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Located>,
    partial_fingerprints: Fingerprints,
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline_state: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suppressions: Vec<Suppression>,
}

#[derive(Serialize)]
struct Suppression {
    kind: &'static str,
    status: &'static str,
    #[serde(skip_serializing_if = "String::is_empty")]
    justification: String,
}

#[derive(Serialize)]
struct Fingerprints {
    #[serde(rename = "primaryLocationLineHash")]
    line: String,
    #[serde(rename = "numcheck/v1")]
    own: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Located {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text<String>>,
    physical_location: Physical,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    snippet: Option<Text<String>>,
}

fn render(review: &Review, view: &View, out: &mut dyn io::Write) -> io::Result<()> {
    let waived = review.waived.iter().map(|waived| (&waived.finding, Some(&waived.waiver)));
    let all = review.findings.iter().map(|finding| (finding, None)).chain(waived);
    let shown: Vec<_> = all.filter(|(finding, _)| view.shows(finding)).collect();
    let rules: BTreeMap<_, _> =
        shown.iter().map(|(finding, _)| (finding.rule.name, finding.rule)).collect();
    let order: Vec<_> = rules.keys().copied().collect();
    let mut turns: BTreeMap<(String, &str, &str), usize> = BTreeMap::new();
    let outcomes = shown.iter().map(|(finding, waiver)| {
        let path = review.sources.get(finding.primary.at.source).name().to_owned();
        let turn = turns.entry((path, finding.rule.name, &finding.fingerprint)).or_default();
        *turn += 1;
        Outcome::of(review, finding, &order, *turn).waived(review, *waiver)
    });
    let results = outcomes.collect();
    let run = Run {
        tool: Tool { driver: Driver::with(rules.into_values()) },
        column_kind: "unicodeCodePoints",
        automation_details: Id { id: "numcheck/".to_owned() },
        invocations: invocations(review),
        results,
        properties: Numbers { numbers: Tally::of(review) },
    };
    let log = Log { schema: SCHEMA, version: "2.1.0", runs: [run] };
    serde_json::to_writer_pretty(&mut *out, &log)?;
    out.write_all(b"\n")
}

/// What could not be done.
fn invocations(review: &Review) -> Vec<Invocation<'_>> {
    let notified = review.errors.iter();
    let notifications: Vec<_> = notified
        .map(|text| Notification { level: "error", message: Text { text: &**text } })
        .collect();
    if notifications.is_empty() {
        return Vec::new();
    }
    vec![Invocation { execution_successful: false, tool_execution_notifications: notifications }]
}

impl Driver {
    fn with(rules: impl Iterator<Item = &'static RuleInfo>) -> Self {
        Self {
            name: "numcheck",
            semantic_version: env!("CARGO_PKG_VERSION"),
            rules: rules.map(Rule::of).collect(),
        }
    }
}

impl Rule {
    fn of(rule: &'static RuleInfo) -> Self {
        let page = rule.page();
        let first = page.split("\n\n").next().unwrap_or(&page).replace('\n', " ");
        Self {
            id: rule.name,
            name: pascal(rule.name),
            short_description: Text { text: rule.summary.to_owned() },
            full_description: Text { text: first.chars().take(DESCRIPTION).collect() },
            help: Help { text: page.clone(), markdown: page },
            default_configuration: Configuration { level: rule.severity.name() },
            properties: RuleProperties {
                tags: ["numbers"],
                severity: match rule.severity {
                    Severity::Error => "error",
                    Severity::Warning => "warning",
                    Severity::Note => "recommendation",
                },
            },
        }
    }
}

/// `parts-exceed-total` as `PartsExceedTotal`.
fn pascal(name: &str) -> String {
    let words = name.split('-').map(|word| {
        let mut letters = word.chars();
        let first = letters.next().map(|c| c.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    });
    words.collect()
}

impl Outcome {
    fn of(review: &Review, finding: &Finding, rules: &[&str], turn: usize) -> Self {
        let related = finding.related.iter().enumerate();
        let mut primary = Located::of(review, finding.primary.at);
        primary.physical_location.region.snippet = snippet(review, finding.primary.at);
        Self {
            rule_id: finding.rule.name,
            rule_index: rules.iter().position(|rule| *rule == finding.rule.name).unwrap_or(0),
            level: finding.severity.name(),
            message: Text { text: spoken(review, finding) },
            locations: [primary],
            related_locations: related.map(|(i, label)| beside(review, label, i + 1)).collect(),
            partial_fingerprints: Fingerprints {
                line: format!("{}:{turn}", finding.fingerprint),
                own: finding.fingerprint.clone(),
            },
            baseline_state: None,
            suppressions: Vec::new(),
        }
    }

    /// The outcome with what was said of it; beside a baseline every outcome is new or known.
    fn waived(self, review: &Review, waiver: Option<&Waiver>) -> Self {
        let is_of_baseline = |waiver: &Waiver| waiver.by == WaivedBy::Baseline;
        let has_baseline = review.waived.iter().any(|waived| is_of_baseline(&waived.waiver));
        let known = waiver.is_some_and(is_of_baseline);
        let state = if known { "unchanged" } else { "new" };
        let suppression = waiver.filter(|_| !known).map(|waiver| Suppression {
            kind: if waiver.by.is_in_article() { "inSource" } else { "external" },
            status: "accepted",
            justification: waiver.reason.clone(),
        });
        Self {
            baseline_state: Some(state).filter(|_| has_baseline),
            suppressions: suppression.into_iter().collect(),
            ..self
        }
    }
}

fn beside(review: &Review, label: &Label, id: usize) -> Located {
    let message = Some(Text { text: label.message.clone() }).filter(|m| !m.text.is_empty());
    Located { id: Some(id), message, ..Located::of(review, label.at) }
}

fn snippet(review: &Review, at: At) -> Option<Text<String>> {
    let text = review.sources.place(at).text;
    Some(Text { text }).filter(|snippet| !snippet.text.is_empty())
}

impl Located {
    fn of(review: &Review, at: At) -> Self {
        let place = review.sources.place(at);
        let region = Region {
            start_line: place.line,
            start_column: place.column,
            end_line: place.end_line,
            end_column: place.end_column,
            snippet: None,
        };
        let artifact_location = Artifact { uri: uri(&place.path) };
        Self { id: None, message: None, physical_location: Physical { artifact_location, region } }
    }
}

/// A path as a URI reference: an absolute path as a `file:` address, an article of many in a file
/// as a fragment of it.
fn uri(path: &str) -> String {
    let (file, id) = path.rsplit_once('#').map_or((path, None), |(file, id)| (file, Some(id)));
    let file = file.strip_prefix("./").unwrap_or(file).replace('\\', "/");
    let mut uri = if file.starts_with('/') { "file://".to_owned() } else { String::new() };
    escape(&file, &mut uri);
    if let Some(id) = id {
        uri.push('#');
        escape(id, &mut uri);
    }
    uri
}

fn escape(text: &str, uri: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{pascal, uri};

    #[test]
    fn paths_become_addresses() {
        assert_eq!(uri("./a b/ü.md"), "a%20b/%C3%BC.md");
        assert_eq!(uri("/srv/a.txt"), "file:///srv/a.txt");
        assert_eq!(uri("a.jsonl#x:1"), "a.jsonl#x%3A1");
        assert_eq!(uri("<stdin>"), "%3Cstdin%3E");
    }

    #[test]
    fn names_are_in_pascal_case() {
        assert_eq!(pascal("parts-exceed-total"), "PartsExceedTotal");
    }
}
