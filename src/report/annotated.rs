//! A finding as people read it: what is wrong, the place in the article, the evidence, and what
//! would settle it.

use crate::check::Review;
use crate::finding::{Finding, Label, Severity};
use crate::report::excerpt::{core_width, excerpt};
use crate::report::fit::{printable, width, wrapped};
use crate::report::{View, evidence};
use crate::text::{File, SourceId, Span};
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};
use std::borrow::Cow;
use std::io;

/// Labels on one line of a source that are shown in one excerpt.
struct Cluster<'a> {
    source: SourceId,
    line: usize,
    column: usize,
    labels: Vec<&'a Label>,
}

impl Cluster<'_> {
    fn marks(&self) -> Vec<Span<File>> {
        self.labels.iter().map(|label| label.at.span).collect()
    }
}

/// Writes a finding.
pub(crate) fn annotated(
    review: &Review,
    finding: &Finding,
    view: &View,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let renderer = if view.colour { Renderer::styled() } else { Renderer::plain() };
    // Every line is cut to the width here; the renderer need not cut again.
    let renderer = renderer.term_width(usize::MAX >> 8).hyperlink(false);
    let clusters = clusters(review, finding, view.width);
    let last = clusters.iter().map(|cluster| cluster.line).max().unwrap_or(1);
    let gutter = last.to_string().len() + 3;

    let name = finding.rule.name;
    let indent = finding.severity.name().len() + name.len() + "[]: ".len();
    let message = wrapped(&finding.message, view.width.saturating_sub(indent).max(20)).join("\n");
    let mut group = Group::with_title(level(finding.severity).primary_title(message).id(name));
    let room = view.width.saturating_sub(gutter + 1).max(20);
    for (i, cluster) in clusters.iter().enumerate() {
        group = group.element(excerpted(review, finding, cluster, (i, room)));
    }
    for note in notes(review, finding, room) {
        group = group.element(Level::NOTE.message(hanging(&note, view.width, gutter + 6)));
    }
    if let Some(suggestion) = &finding.suggestion {
        let text = format!("write “{}”: {}", suggestion.replacement, suggestion.why);
        group = group.element(Level::HELP.message(hanging(&text, view.width, gutter + 6)));
    }
    let text = with_places(renderer.render(&[group]), review, &clusters);
    writeln!(out, "{}\n", trimmed_lines(&text))
}

/// What stands for the place of an excerpt until it is rendered: the renderer would count the
/// column in the excerpt, not in the line.
fn stand_in(cluster: usize) -> String {
    format!("\u{e000}{cluster}\u{e000}")
}

/// `text` with the places of the excerpts.
fn with_places(mut text: String, review: &Review, clusters: &[Cluster<'_>]) -> String {
    for (i, cluster) in clusters.iter().enumerate() {
        let path = printable(review.sources.get(cluster.source).name());
        if let Some((before, behind)) = text.split_once(&stand_in(i)) {
            let behind = behind.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit());
            text = format!("{before}{path}:{}:{}{behind}", cluster.line, cluster.column);
        }
    }
    text
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}

fn hanging(text: &str, width: usize, indent: usize) -> String {
    wrapped(text, width.saturating_sub(indent).max(20)).join("\n")
}

/// The labels of a finding, the primary one first; those that can be seen together stand together.
fn clusters<'a>(review: &Review, finding: &'a Finding, width: usize) -> Vec<Cluster<'a>> {
    let mut clusters: Vec<Cluster<'a>> = Vec::new();
    for label in std::iter::once(&finding.primary).chain(&finding.related) {
        let source = review.sources.get(label.at.source);
        let (line, column) = source.line_column(label.at.span.start());
        let near = clusters.iter_mut().find(|cluster| {
            let mut marks = cluster.marks();
            marks.push(label.at.span);
            let same = cluster.source == label.at.source && cluster.line == line;
            same && core_width(source.text(), &marks).is_some_and(|core| core + 20 <= width)
        });
        match near {
            Some(cluster) => cluster.labels.push(label),
            None => clusters.push(Cluster {
                source: label.at.source,
                line,
                column,
                labels: vec![label],
            }),
        }
    }
    clusters
}

/// The excerpt of a cluster.
fn excerpted<'a>(
    review: &Review,
    finding: &'a Finding,
    cluster: &Cluster<'a>,
    (index, room): (usize, usize),
) -> Snippet<'a, Annotation<'a>> {
    let source = review.sources.get(cluster.source);
    let said = cluster.labels.iter().map(|label| beside(finding, label, room));
    let reserve = said.flatten().map(|text| width(&text) + 1).max().unwrap_or(0);
    let cut = excerpt(source.text(), &cluster.marks(), room, reserve);
    let marks = cluster.labels.iter().zip(cut.marks).enumerate();
    let annotations = marks.map(|(i, (label, mark))| {
        let primary = index == 0 && i == 0;
        let kind = if primary { AnnotationKind::Primary } else { AnnotationKind::Context };
        kind.span(mark).label(beside(finding, label, room))
    });
    let snippet = Snippet::source(cut.text).path(stand_in(index)).line_start(cluster.line);
    snippet.annotations(annotations)
}

/// What stands beside a mark: the label, unless it only repeats the finding's message or is too
/// long for its place.
fn beside<'a>(finding: &Finding, label: &'a Label, room: usize) -> Option<Cow<'a, str>> {
    let text = printable(&label.message);
    let is_news = !text.is_empty() && label.message != finding.message;
    Some(text).filter(|text| is_news && width(text) <= room * 2 / 3)
}

/// What is said below the excerpts, each thing once: labels that were too long, the arithmetic,
/// and the rows of the reference tables.
fn notes(review: &Review, finding: &Finding, room: usize) -> Vec<String> {
    let labels = std::iter::once(&finding.primary).chain(&finding.related);
    let said = labels.map(|label| match evidence::row(review, label.at) {
        Some(row) => Some(row),
        None if beside(finding, label, room).is_some() => None,
        None => Some(label.message.clone()),
    });
    let said = said.flatten().chain(finding.arithmetic.clone());
    let mut notes: Vec<String> = Vec::new();
    for text in said {
        if !finding.message.contains(&text) && !notes.contains(&text) {
            notes.push(text);
        }
    }
    notes
}

/// `text` without blanks at the ends of its lines.
fn trimmed_lines(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(str::trim_end).collect();
    lines.join("\n")
}
