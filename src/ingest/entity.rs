//! HTML entities in text that is not Markdown: front matter and raw HTML.

use crate::ingest::draft::Run;
use pulldown_cmark::{Event, Parser};
use std::borrow::Cow;

/// The longest name of an entity is `CounterClockwiseContourIntegral`.
const LONGEST: usize = 33;

/// `text`, which stands at `at`, as runs with its entities replaced.
pub(crate) fn runs(at: usize, text: &str) -> Vec<Run<'_>> {
    let mut runs = Vec::new();
    let mut done = 0;
    for found in memchr::memchr_iter(b'&', text.as_bytes()) {
        if found < done {
            continue;
        }
        let rest = text.get(found..).unwrap_or_default();
        if let Some((len, meant)) = entity(rest) {
            copy(&mut runs, at + done, text.get(done..found).unwrap_or_default());
            runs.push(Run::Replaced { at: at + found, len, text: Cow::Owned(meant) });
            done = found + len;
        }
    }
    copy(&mut runs, at + done, text.get(done..).unwrap_or_default());
    runs
}

fn copy<'a>(runs: &mut Vec<Run<'a>>, at: usize, text: &'a str) {
    if !text.is_empty() {
        runs.push(Run::Copied { at, text });
    }
}

/// The length and meaning of the entity at the start of `text`.
fn entity(text: &str) -> Option<(usize, String)> {
    let head = text.as_bytes().get(..text.len().min(LONGEST))?;
    let len = memchr::memchr(b';', head)? + 1;
    let written = text.get(..len)?;
    let name = written.get(1..len - 1)?.bytes();
    if !name.enumerate().all(|(at, b)| b.is_ascii_alphanumeric() || (at == 0 && b == b'#')) {
        return None;
    }
    // The Markdown parser knows all 2,231 names.
    Parser::new(written).find_map(|event| match event {
        Event::Text(meant) if *meant != *written => Some((len, meant.into_string())),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::runs;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let meant: String = runs(0, text).iter().map(|run| run.text().to_owned()).collect();
        assert_eq!(meant, expected);
    }

    #[test]
    fn entities_are_replaced() {
        check("Israel&apos;s 1&nbsp;000", "Israel's 1\u{a0}000");
        check("&#39;14&#x27;&hellip;", "'14'…");
        check("AT&T; R&D &nosuch; & &amp;", "AT&T; R&D &nosuch; & &");
        check("plain", "plain");
    }
}
