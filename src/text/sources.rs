//! Every text of a run, articles and tables alike, and human places in them.

use crate::text::span::{File, Span};
use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

/// Names one source of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(usize);

impl SourceId {
    /// The first source of a run.
    pub const FIRST: Self = Self(0);
}

/// A stretch of one source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    /// Which source.
    pub source: SourceId,
    /// Where in its decoded text.
    pub span: Span<File>,
}

/// One text: its name as shown to people, and its content as UTF-8.
#[derive(Debug, Clone)]
pub struct Source {
    name: String,
    text: Cow<'static, str>,
    stored: Stored,
    lines: OnceLock<Vec<usize>>,
    columns: OnceLock<Vec<usize>>,
}

/// Bytes between two places of a text at which its characters are counted ahead.
const STRIDE: usize = 1024;

/// How the bytes on disk relate to the decoded text.
#[derive(Debug, Clone, Default)]
enum Stored {
    /// The same bytes, behind a byte-order mark of this length.
    #[default]
    Same,
    Shifted(usize),
    /// `(decoded, stored)` offsets of every place where the distance between the two changes.
    Mapped(Vec<(usize, usize)>),
}

impl Source {
    /// A text that is stored as UTF-8.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self::holding(name.into(), Cow::Owned(text.into()))
    }

    /// A text that is part of the program.
    pub fn of_program(name: &str, text: &'static str) -> Self {
        Self::holding(name.to_owned(), Cow::Borrowed(text))
    }

    fn holding(name: String, text: Cow<'static, str>) -> Self {
        Self { name, text, stored: Stored::Same, lines: OnceLock::new(), columns: OnceLock::new() }
    }

    /// A text that is stored behind `len` bytes which are not part of it (a byte-order mark).
    #[must_use]
    pub fn behind(mut self, len: usize) -> Self {
        self.stored = if len == 0 { Stored::Same } else { Stored::Shifted(len) };
        self
    }

    /// A text that was decoded: `anchors` pairs decoded with stored offsets, ascending, one for
    /// every character after which the distance between the two changes.
    #[must_use]
    pub fn decoded(mut self, anchors: Vec<(usize, usize)>) -> Self {
        self.stored = Stored::Mapped(anchors);
        self
    }

    /// The name shown to people: a path, or `FILE#ID` for one article of many in a file.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The decoded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The byte of the file as stored that belongs to byte `at` of the decoded text.
    pub fn stored_offset(&self, at: usize) -> usize {
        match &self.stored {
            Stored::Same => at,
            Stored::Shifted(by) => at + by,
            Stored::Mapped(anchors) => {
                let i = anchors.partition_point(|(decoded, _)| *decoded <= at);
                let (decoded, stored) =
                    i.checked_sub(1).and_then(|i| anchors.get(i)).copied().unwrap_or_default();
                stored + (at - decoded)
            }
        }
    }

    /// Line and column of byte `at`, both from 1; the column counts characters.
    pub fn line_column(&self, at: usize) -> (usize, usize) {
        let starts = self.line_starts();
        let line = starts.partition_point(|start| *start <= at).max(1);
        let start = starts.get(line - 1).copied().unwrap_or(0);
        (line, self.characters(at).saturating_sub(self.characters(start)) + 1)
    }

    /// Line and column of byte `at`, both from 1; the column counts bytes of the decoded text.
    pub fn line_byte_column(&self, at: usize) -> (usize, usize) {
        let starts = self.line_starts();
        let line = starts.partition_point(|start| *start <= at).max(1);
        let start = starts.get(line - 1).copied().unwrap_or(0);
        (line, at.saturating_sub(start) + 1)
    }

    /// How many characters stand before byte `at`; prose may be one line of many megabytes, so
    /// the counting starts from the nearest place counted ahead.
    fn characters(&self, at: usize) -> usize {
        let bytes = self.text.as_bytes();
        // Sums of bytes that cannot overflow, so that the compiler adds many in one step.
        let few = |piece: &[u8]| piece.iter().map(|b| u8::from((b & 0xc0) != 0x80)).sum::<u8>();
        let starts =
            |piece: &[u8]| piece.chunks(128).map(|part| usize::from(few(part))).sum::<usize>();
        let ahead = self.columns.get_or_init(|| {
            let pieces = bytes.chunks(STRIDE).scan(0, |sum, piece| {
                let before = *sum;
                *sum += starts(piece);
                Some(before)
            });
            pieces.collect()
        });
        let at = at.min(bytes.len());
        let stride = (at / STRIDE).min(ahead.len().saturating_sub(1));
        let counted = ahead.get(stride).copied().unwrap_or_default();
        counted + starts(bytes.get(stride * STRIDE..at).unwrap_or_default())
    }

    /// The text of a line (from 1) without its line break.
    pub fn line(&self, line: usize) -> &str {
        let starts = self.line_starts();
        let start = starts.get(line.saturating_sub(1)).copied().unwrap_or(self.text.len());
        let end = starts.get(line).copied().unwrap_or(self.text.len());
        self.text.get(start..end).unwrap_or_default().trim_end_matches(['\n', '\r'])
    }

    /// The byte at a line and column (both from 1, the column in characters), if it is there.
    pub fn offset(&self, line: usize, column: usize) -> Option<usize> {
        let start = *self.line_starts().get(line.checked_sub(1)?)?;
        let text = self.line(line);
        let skip = column.checked_sub(1)?;
        let within =
            text.char_indices().map(|(i, _)| i).chain(std::iter::once(text.len())).nth(skip)?;
        Some(start + within)
    }

    fn line_starts(&self) -> &[usize] {
        self.lines.get_or_init(|| {
            let breaks = memchr::memchr_iter(b'\n', self.text.as_bytes()).map(|i| i + 1);
            std::iter::once(0).chain(breaks).collect()
        })
    }
}

/// A place as people and other tools name it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The source's name.
    pub path: String,
    /// First byte in the file as stored.
    pub start: usize,
    /// The byte behind the last one, in the file as stored.
    pub end: usize,
    /// Line of the start, from 1.
    pub line: usize,
    /// Column of the start, from 1, in characters.
    pub column: usize,
    /// Line of the end.
    pub end_line: usize,
    /// Column behind the last character.
    pub end_column: usize,
    /// The text that stands there.
    pub text: String,
}

/// Every text of a run. A copy shares the texts.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    all: Vec<Arc<Source>>,
}

impl Sources {
    /// No text yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a source in and names it.
    pub fn add(&mut self, source: Source) -> SourceId {
        self.all.push(Arc::new(source));
        SourceId(self.all.len() - 1)
    }

    /// The source of that name.
    ///
    /// # Panics
    /// Only for a name that another `Sources` gave out.
    pub fn get(&self, id: SourceId) -> &Source {
        &self.all[id.0]
    }

    /// The source of that name, to be held beside the sources.
    ///
    /// # Panics
    /// As [`Self::get`].
    pub fn shared(&self, id: SourceId) -> Arc<Source> {
        Arc::clone(&self.all[id.0])
    }

    /// Whether `at` lies inside its source, on character edges.
    pub fn holds(&self, at: At) -> bool {
        self.all.get(at.source.0).is_some_and(|s| s.text.get(at.span.range()).is_some())
    }

    /// The place as people name it.
    pub fn place(&self, at: At) -> Place {
        let source = self.get(at.source);
        let (line, column) = source.line_column(at.span.start());
        let (end_line, end_column) = source.line_column(at.span.end());
        Place {
            path: source.name.clone(),
            start: source.stored_offset(at.span.start()),
            end: source.stored_offset(at.span.end()),
            line,
            column,
            end_line,
            end_column,
            text: at.span.of(&source.text).to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{At, Source, Sources};
    use crate::text::span::Span;

    #[test]
    fn columns_count_characters_and_offsets_count_stored_bytes() {
        let mut sources = Sources::new();
        let id = sources.add(Source::new("a.txt", "one\n“14 killed”").behind(3));
        let start = sources.get(id).text().find("14").unwrap();
        let place = sources.place(At { source: id, span: Span::new(start, start + 2) });
        assert_eq!((place.line, place.column, place.end_column), (2, 2, 4));
        assert_eq!((place.start, place.end), (start + 3, start + 5));
        assert_eq!(sources.get(id).line_byte_column(start), (2, 4));
        assert_eq!(sources.get(id).offset(2, 2), Some(start));
    }

    #[test]
    fn decoded_text_maps_back() {
        // Windows-1252: 0x93 1 4 0x94 = “14”; each quote is 3 bytes decoded, 1 stored.
        let source = Source::new("b.txt", "“14”").decoded(vec![(0, 0), (3, 1), (8, 4)]);
        assert_eq!(source.stored_offset(3), 1);
        assert_eq!(source.stored_offset(5), 3);
        assert_eq!(source.stored_offset(8), 4);
    }
}
