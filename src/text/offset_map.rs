//! The recorded way from prose back to the files it was taken from.

use crate::text::sources::{At, SourceId};
use crate::text::span::{Prose, Span};

/// How a stretch of prose came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Run {
    /// The same bytes stand in the file.
    Copied,
    /// The stretch stands for this many bytes of the file (an entity, an escape).
    Replaced(usize),
}

#[derive(Debug, Clone, Copy)]
struct Stretch {
    prose: usize,
    len: usize,
    source: SourceId,
    file: usize,
    run: Run,
}

/// Maps spans of the prose to places in the sources.
///
/// A start belongs to the stretch it opens and an end to the stretch it closes; so `**6.4%**` is
/// marked without its asterisks.
#[derive(Debug, Clone, Default)]
pub struct OffsetMap {
    stretches: Vec<Stretch>,
}

impl OffsetMap {
    /// Where `span` stands in the sources; `None` only for a prose made of nothing.
    pub fn locate(&self, span: Span<Prose>) -> Option<At> {
        let opens = self.opening(span.start())?;
        let start = match opens.run {
            Run::Copied => opens.file + (span.start().saturating_sub(opens.prose)).min(opens.len),
            Run::Replaced(_) => opens.file,
        };
        if span.is_empty() {
            return Some(At { source: opens.source, span: Span::new(start, start) });
        }
        let closes = self.closing(span.end())?;
        if closes.source != opens.source {
            let end = opens.file + opens.len;
            return Some(At { source: opens.source, span: Span::new(start, end) });
        }
        let end = match closes.run {
            Run::Copied => closes.file + (span.end().saturating_sub(closes.prose)).min(closes.len),
            Run::Replaced(len) => closes.file + len,
        };
        Some(At { source: opens.source, span: Span::new(start, end) })
    }

    fn opening(&self, at: usize) -> Option<&Stretch> {
        let i = self.stretches.partition_point(|s| s.prose <= at);
        self.stretches.get(i.saturating_sub(1))
    }

    fn closing(&self, at: usize) -> Option<&Stretch> {
        let i = self.stretches.partition_point(|s| s.prose < at);
        self.stretches.get(i.saturating_sub(1))
    }
}

/// Gathers prose and the way back from it, piece by piece.
#[derive(Debug, Clone, Default)]
pub struct ProseBuilder {
    prose: String,
    map: OffsetMap,
}

impl ProseBuilder {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The prose so far.
    pub fn prose(&self) -> &str {
        &self.prose
    }

    /// How long the prose is so far; the offset of what comes next.
    pub fn len(&self) -> usize {
        self.prose.len()
    }

    /// Whether there is no prose yet.
    pub fn is_empty(&self) -> bool {
        self.prose.is_empty()
    }

    /// Adds `text`, which stands in `source` from byte `file` on; returns its span.
    pub fn copied(&mut self, source: SourceId, file: usize, text: &str) -> Span<Prose> {
        let prose = self.prose.len();
        if let Some(last) = self.map.stretches.last_mut()
            && last.run == Run::Copied
            && last.source == source
            && last.file + last.len == file
            && last.prose + last.len == prose
        {
            last.len += text.len();
        } else if !text.is_empty() {
            let run = Run::Copied;
            self.map.stretches.push(Stretch { prose, len: text.len(), source, file, run });
        }
        self.prose.push_str(text);
        Span::new(prose, self.prose.len())
    }

    /// Adds `text`, which stands for `file_len` bytes of `source` from byte `file` on.
    pub fn replaced(
        &mut self,
        source: SourceId,
        file: usize,
        file_len: usize,
        text: &str,
    ) -> Span<Prose> {
        let prose = self.prose.len();
        if !text.is_empty() {
            let run = Run::Replaced(file_len);
            self.map.stretches.push(Stretch { prose, len: text.len(), source, file, run });
        }
        self.prose.push_str(text);
        Span::new(prose, self.prose.len())
    }

    /// The prose and its map.
    pub fn finish(self) -> (String, OffsetMap) {
        (self.prose, self.map)
    }
}

#[cfg(test)]
mod tests {
    use super::ProseBuilder;
    use crate::text::sources::SourceId;
    use crate::text::span::Span;

    #[test]
    fn marks_the_figure_without_its_markup() {
        // file: rose **6.4%** to 1&nbsp;000
        let id = SourceId::FIRST;
        let mut builder = ProseBuilder::new();
        builder.copied(id, 0, "rose ");
        builder.copied(id, 7, "6.4%");
        builder.copied(id, 13, " to 1");
        builder.replaced(id, 18, 6, "\u{a0}");
        builder.copied(id, 24, "000");
        let (prose, map) = builder.finish();
        let percent = prose.find("6.4%").map(|i| Span::new(i, i + 4)).unwrap();
        assert_eq!(map.locate(percent).unwrap().span, Span::new(7, 11));
        let start = prose.find("1\u{a0}000").unwrap();
        let grouped = Span::new(start, prose.len());
        assert_eq!(map.locate(grouped).unwrap().span, Span::new(17, 27));
        let space = Span::new(start + 1, start + 3);
        assert_eq!(map.locate(space).unwrap().span, Span::new(18, 24));
    }

    #[test]
    fn neighbours_join() {
        let id = SourceId::FIRST;
        let mut builder = ProseBuilder::new();
        builder.copied(id, 3, "ab");
        builder.copied(id, 5, "cd");
        assert_eq!(builder.map.stretches.len(), 1);
    }
}
