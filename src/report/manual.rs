//! The rule catalogue, and a rule's page.

use crate::finding::RuleInfo;
use crate::report::View;
use crate::report::fit::wrapped;
use crate::report::grid::{self, Cell};
use std::io;

/// Writes one line a rule: name, severity, summary.
///
/// # Errors
/// When `out` does not take it.
pub fn catalogue(rules: &[&RuleInfo], view: &View, out: &mut dyn io::Write) -> io::Result<()> {
    let names = grid::column(rules.iter().map(|rule| rule.name), usize::MAX);
    let severities = grid::column(rules.iter().map(|rule| rule.severity.name()), usize::MAX);
    for rule in rules {
        let severity = (rule.severity.name(), view.severity(rule.severity));
        let cells: [Cell<'_>; 2] = [(rule.name, view.bold()), severity];
        grid::row(view, &[names, severities], &cells, rule.summary, out)?;
    }
    Ok(())
}

/// Writes a rule's page. Paragraphs are wrapped; examples, lists and tables stand as they are.
///
/// # Errors
/// When `out` does not take it.
pub fn manual(rule: &RuleInfo, view: &View, out: &mut dyn io::Write) -> io::Result<()> {
    let (bold, severity) = (view.bold(), view.severity(rule.severity));
    let level = rule.severity.name();
    writeln!(out, "{bold}{}{bold:#}: {}", rule.name, rule.summary)?;
    writeln!(
        out,
        "{severity}{level}{severity:#} unless the settings say otherwise, since {}",
        rule.since
    )?;
    writeln!(out)?;
    let mut paragraph = Vec::new();
    let mut fenced = false;
    let page = rule.page();
    for line in page.lines() {
        let is_fence = line.starts_with("```");
        if !fenced && !is_fence && is_running(line) {
            paragraph.push(line);
            continue;
        }
        flush(&mut paragraph, view, out)?;
        match (is_fence, fenced) {
            (true, _) => fenced = !fenced,
            (false, true) => writeln!(out, "    {line}")?,
            (false, false) => writeln!(out, "{line}")?,
        }
    }
    flush(&mut paragraph, view, out)
}

/// Whether a line is running text, which may be wrapped anew: no heading, list, table or gap.
fn is_running(line: &str) -> bool {
    let numbered = line.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(". ");
    let marked = ["#", "- ", "* ", "|", ">", " "].iter().any(|mark| line.starts_with(mark));
    !line.is_empty() && !numbered && !marked
}

fn flush(paragraph: &mut Vec<&str>, view: &View, out: &mut dyn io::Write) -> io::Result<()> {
    if !paragraph.is_empty() {
        for line in wrapped(&paragraph.join(" "), view.width) {
            writeln!(out, "{line}")?;
        }
        paragraph.clear();
    }
    Ok(())
}
