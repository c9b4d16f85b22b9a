//! A text as it is meant, with the way back to where it is written with escapes: a JSON string, an
//! attribute, HTML inside XML.

use crate::ingest::draft::Run;
use std::borrow::Cow;

/// A text as it is meant.
#[derive(Debug, Clone, Default)]
pub(crate) struct Unescaped {
    text: String,
    parts: Vec<Part>,
}

/// A stretch of it, up to the start of the next one.
#[derive(Debug, Clone, Copy)]
struct Part {
    /// Where it begins in the text.
    start: usize,
    /// Where it begins in the file.
    at: usize,
    /// How many bytes of the file it stands for, if they are not its own.
    len: Option<usize>,
}

impl Unescaped {
    /// The text that `runs` make.
    pub(crate) fn new<'r>(runs: impl IntoIterator<Item = Run<'r>>) -> Self {
        let mut unescaped = Self::default();
        for run in runs {
            unescaped.push(&run);
        }
        unescaped
    }

    /// Adds a stretch.
    pub(crate) fn push(&mut self, run: &Run<'_>) {
        let start = self.text.len();
        self.parts.push(match run {
            Run::Copied { at, .. } => Part { start, at: *at, len: None },
            Run::Replaced { at, len, .. } => Part { start, at: *at, len: Some(*len) },
        });
        self.text.push_str(run.text());
    }

    /// The text.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// All of it as runs of the file.
    pub(crate) fn runs(&self) -> Vec<Run<'_>> {
        self.outward(&Run::Copied { at: 0, text: &self.text })
    }

    /// A run of this text as runs of the file.
    pub(crate) fn outward<'r>(&self, run: &Run<'r>) -> Vec<Run<'r>> {
        match run {
            Run::Copied { at, text } => self.copied(*at, text),
            Run::Replaced { at, len, text } => {
                let (start, end) = (self.start(*at), self.end(at + len));
                let len = end.saturating_sub(start);
                vec![Run::Replaced { at: start, len, text: text.clone() }]
            }
        }
    }

    fn copied<'r>(&self, at: usize, text: &'r str) -> Vec<Run<'r>> {
        let mut runs = Vec::new();
        let first = self.parts.partition_point(|part| part.start <= at).saturating_sub(1);
        let mut done = at;
        let end = at + text.len();
        for (i, part) in self.parts.iter().enumerate().skip(first) {
            if done >= end {
                break;
            }
            let next = self.parts.get(i + 1).map_or(self.text.len(), |next| next.start);
            let upto = next.min(end);
            let piece = text.get(done - at..upto.max(done) - at).unwrap_or_default();
            if piece.is_empty() {
                continue;
            }
            runs.push(match part.len {
                None => Run::Copied { at: part.at + (done - part.start), text: piece },
                Some(len) => Run::Replaced { at: part.at, len, text: Cow::Borrowed(piece) },
            });
            done = upto;
        }
        runs
    }

    /// Where in the file what stands at `at` begins.
    fn start(&self, at: usize) -> usize {
        let i = self.parts.partition_point(|part| part.start <= at).saturating_sub(1);
        self.parts.get(i).map_or(0, |part| match part.len {
            None => part.at + (at - part.start),
            Some(_) => part.at,
        })
    }

    /// Where in the file what stands before `at` ends.
    fn end(&self, at: usize) -> usize {
        let i = self.parts.partition_point(|part| part.start < at).saturating_sub(1);
        self.parts.get(i).map_or(0, |part| match part.len {
            None => part.at + (at - part.start),
            Some(len) => part.at + len,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Unescaped;
    use crate::ingest::draft::Run;
    use std::borrow::Cow;

    #[test]
    fn runs_within_lead_out() {
        // In the file from 10 on: up\u00a04&amp;5
        let inner = Unescaped::new([
            Run::Copied { at: 10, text: "up" },
            Run::Replaced { at: 12, len: 6, text: Cow::Borrowed("\u{a0}") },
            Run::Copied { at: 18, text: "4&amp;5" },
        ]);
        assert_eq!(inner.as_str(), "up\u{a0}4&amp;5");
        let runs = inner.outward(&Run::Copied { at: 1, text: "p\u{a0}4" });
        assert_eq!(
            runs,
            [
                Run::Copied { at: 11, text: "p" },
                Run::Replaced { at: 12, len: 6, text: Cow::Borrowed("\u{a0}") },
                Run::Copied { at: 18, text: "4" },
            ]
        );
        let and = Run::Replaced { at: 5, len: 5, text: Cow::Borrowed("&") };
        let meant = Run::Replaced { at: 19, len: 5, text: Cow::Borrowed("&") };
        assert_eq!(inner.outward(&and), [meant]);
    }
}
