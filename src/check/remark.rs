//! Remarks to numcheck in an article: which findings they silence, and on which lines.
//!
//! ```text
//! <!-- numcheck-disable-next-line wrong-subject -- quoted as said -->
//! <!-- numcheck-disable wrong-subject -- the ministry's own count --> … <!-- numcheck-enable -->
//! <!-- numcheck-disable-file articles-disagree -- an obituary -->
//! // numcheck-disable-next-line        (at the start of a line of plain text)
//! ```
//!
//! A remark without rules speaks of all of them.

use crate::text::{At, Source, SourceId, Span};
use regex::{Captures, Regex};
use std::ops::RangeInclusive;
use std::sync::LazyLock;

/// A remark that silences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Remark {
    /// The rules; all if empty.
    pub(crate) rules: Vec<String>,
    /// Why, if it says so.
    pub(crate) reason: String,
    /// The lines whose findings it silences, from 1.
    pub(crate) lines: RangeInclusive<usize>,
    /// Where it stands.
    pub(crate) at: At,
}

impl Remark {
    /// Whether it speaks of the rule.
    pub(crate) fn names(&self, rule: &str) -> bool {
        self.rules.is_empty() || self.rules.iter().any(|named| named == rule)
    }
}

/// The mark that every remark has.
const MARK: &str = "numcheck-";

/// The order matters: the longer words come first.
static REMARK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let what = "numcheck-(?<what>disable-next-line|disable-file|disable|enable)";
    let comment = format!("<!--[ \\t\\r\\n]*{what}(?<of>(?s:.*?))-->");
    let slashes = format!("(?m:^)[ \\t]*//[ \\t]*{}(?<rest>[^\\n]*)", what.replace("what", "word"));
    Regex::new(&format!("{comment}|{slashes}")).ok()
});

/// The remarks of a source in text order.
pub(crate) fn remarks(id: SourceId, source: &Source) -> Vec<Remark> {
    let text = source.text();
    if memchr::memmem::find(text.as_bytes(), MARK.as_bytes()).is_none() {
        return Vec::new();
    }
    let mut remarks: Vec<Remark> = Vec::new();
    // The blocks that no `enable` has closed yet, by their place in `remarks`.
    let mut open: Vec<usize> = Vec::new();
    for found in REMARK.iter().flat_map(|regex| regex.captures_iter(text)) {
        let Some((what, remark)) = read(id, source, &found) else { continue };
        match what {
            "enable" => {
                let end = *remark.lines.start();
                let is_meant =
                    |block: &Remark| remark.rules.is_empty() || block.rules == remark.rules;
                open.retain(|at| match remarks.get_mut(*at) {
                    Some(block) if is_meant(block) => {
                        block.lines = *block.lines.start()..=end;
                        false
                    }
                    _ => true,
                });
            }
            "disable" => {
                open.push(remarks.len());
                remarks.push(remark);
            }
            _ => remarks.push(remark),
        }
    }
    remarks
}

/// One remark, with the lines it would speak of if nothing came behind it.
fn read<'a>(id: SourceId, source: &'a Source, found: &Captures<'a>) -> Option<(&'a str, Remark)> {
    let what = found.name("what").or_else(|| found.name("word"))?.as_str();
    let said = found.name("of").or_else(|| found.name("rest"))?.as_str();
    let (rules, reason) = said.split_once("--").unwrap_or((said, ""));
    let names = rules.split([',', ' ', '\t', '\r', '\n']).filter(|name| !name.is_empty());
    let whole = found.get(0)?;
    let (first, last) = (source.line_column(whole.start()).0, source.line_column(whole.end()).0);
    let lines = match what {
        "disable-file" => 1..=usize::MAX,
        "disable-next-line" => {
            let next = next_line(source, last);
            next..=next
        }
        _ => first..=usize::MAX,
    };
    let at = At { source: id, span: Span::new(whole.start(), whole.end()) };
    let rules = names.map(ToOwned::to_owned).collect();
    Some((what, Remark { rules, reason: reason.trim().to_owned(), lines, at }))
}

/// The first line behind `line` that is not blank.
fn next_line(source: &Source, line: usize) -> usize {
    let (lines, _) = source.line_column(source.text().len());
    (line + 1..=lines).find(|line| !source.line(*line).trim().is_empty()).unwrap_or(line + 1)
}

#[cfg(test)]
mod tests {
    use super::remarks;
    use crate::text::{Source, SourceId};

    /// The remarks as `rules|reason|lines`.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found = remarks(SourceId::FIRST, &Source::new("a.md", text));
        let shown = found.iter().map(|remark| {
            let (start, end) = (remark.lines.start(), remark.lines.end());
            let end = if *end == usize::MAX { "end".to_owned() } else { end.to_string() };
            format!("{}|{}|{start}-{end}", remark.rules.join("+"), remark.reason)
        });
        assert_eq!(shown.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn the_next_line_is_the_next_with_text() {
        check("<!-- numcheck-disable-next-line a-b -- as said -->\n\nTen.\n", &["a-b|as said|3-3"]);
        check("// numcheck-disable-next-line a-b, c-d\nTen.\n", &["a-b+c-d||2-2"]);
        check("One // numcheck-disable-next-line a-b\nTen.\n", &[]);
    }

    #[test]
    fn blocks_end_where_they_are_enabled() {
        let text = "<!-- numcheck-disable a-b -->\nTen.\n<!-- numcheck-enable -->\nTwo.\n";
        check(text, &["a-b||1-3"]);
        let text = "<!-- numcheck-disable a-b -->\n<!-- numcheck-disable c-d -->\nTen.\n\
                    <!-- numcheck-enable a-b -->\nTwo.\n";
        check(text, &["a-b||1-4", "c-d||2-end"]);
        check("// numcheck-disable-file -- an obituary\r\n", &["|an obituary|1-end"]);
    }

    #[test]
    fn other_comments_are_none() {
        check("<!-- numbers -->\n<!-- numcheck: fine -->\nnumcheck-disable\n", &[]);
    }
}
