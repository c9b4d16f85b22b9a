//! Markdown, as a comment on a change or a page of a wiki.
//!
//! It opens with a mark that programs find their own comment by. Words of articles cannot become
//! markup, links or mentions.

use crate::check::Review;
use crate::finding::{Finding, Severity};
use crate::report::fit::printable;
use crate::report::spoken::{by_gravity, spoken};
use crate::report::{Renderer, Tally, View};
use std::io;

/// A review in Markdown.
pub(crate) static RENDERER: Renderer =
    Renderer { name: "markdown", media_type: "text/markdown; charset=utf-8", render };

/// The mark by which a program finds the comment it wrote before.
const MARK: &str = "<!-- numcheck -->";

/// How many findings are shown: comments on GitHub end at 65,536 characters.
const SHOWN: usize = 80;

fn render(review: &Review, view: &View, out: &mut dyn io::Write) -> io::Result<()> {
    let findings = by_gravity(review, view);
    let count = |severity| findings.iter().filter(|f| f.severity == severity).count();
    writeln!(out, "{MARK}\n## numcheck\n")?;
    writeln!(
        out,
        "{}, {}, {}; {}, {}% checked.",
        counted(count(Severity::Error), "error"),
        counted(count(Severity::Warning), "warning"),
        counted(count(Severity::Note), "note"),
        Tally::of(review),
        Tally::of(review).coverage(),
    )?;
    for error in &review.errors {
        writeln!(out, "\n> **could not be done:** {}", escaped(error))?;
    }
    if !findings.is_empty() {
        writeln!(out, "\n| | where | what |\n| --- | --- | --- |")?;
    }
    for finding in findings.iter().take(SHOWN) {
        row(review, finding, out)?;
    }
    if let Some(more) = findings.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        writeln!(out, "\n… and {more} more.")?;
    }
    articles(review, out)
}

fn row(review: &Review, finding: &Finding, out: &mut dyn io::Write) -> io::Result<()> {
    let place = review.sources.place(finding.primary.at);
    let suggestion = finding.suggestion.as_ref().map_or(String::new(), |suggestion| {
        format!(" Write “{}”: {}.", escaped(&suggestion.replacement), escaped(&suggestion.why))
    });
    writeln!(
        out,
        "| **{}** `{}` | {}:{}:{} | **{}**: {}.{suggestion} |",
        finding.severity.name(),
        finding.rule.name,
        escaped(&place.path),
        place.line,
        place.column,
        escaped(&place.text),
        escaped(&spoken(review, finding)),
    )
}

/// How many numbers of each article have which status.
fn articles(review: &Review, out: &mut dyn io::Write) -> io::Result<()> {
    if review.checked().is_empty() {
        return Ok(());
    }
    writeln!(out, "\n<details><summary>Every article</summary>\n")?;
    writeln!(
        out,
        "| article | numbers | supported | contradicted | outdated | disputed | unchecked |\n\
         | --- | --: | --: | --: | --: | --: | --: |"
    )?;
    for (i, article) in review.checked().iter().enumerate().take(SHOWN) {
        let Tally { total, supported, contradicted, outdated, disputed, unchecked } =
            Tally::of_article(review, i);
        let name = escaped(&article.name);
        writeln!(
            out,
            "| {name} | {total} | {supported} | {contradicted} | {outdated} | {disputed} | \
             {unchecked} |"
        )?;
    }
    if let Some(more) = review.given.checked_sub(SHOWN).filter(|more| *more > 0) {
        writeln!(out, "\n… and {more} more.")?;
    }
    writeln!(out, "\n</details>")
}

fn counted(count: usize, what: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {what}{ending}")
}

/// `text` as nothing but text. An invisible character keeps mentions and references apart.
pub(crate) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in printable(text).chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '@' | '#' => {
                safe.push(c);
                safe.push('\u{2060}');
            }
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '|' | '~' | '$' => {
                safe.push('\\');
                safe.push(c);
            }
            _ => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn nothing_of_an_article_is_markup() {
        assert_eq!(escaped("a|b <img> [x](y)"), "a\\|b &lt;img&gt; \\[x\\](y)");
        assert_eq!(escaped("@team #1"), "@\u{2060}team #\u{2060}1");
    }
}
