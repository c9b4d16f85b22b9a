//! An article in the making: prose, blocks and the way back, piece by piece.

use crate::ingest::{Article, Block, BlockKind, Error};
use crate::text::{ProseBuilder, SourceId, Span};
use chrono::NaiveDate;
use std::borrow::Cow;

/// A stretch of text and where it stands in its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Run<'a> {
    /// The same bytes stand in the file from `at` on.
    Copied { at: usize, text: &'a str },
    /// The text stands for `len` bytes of the file.
    Replaced { at: usize, len: usize, text: Cow<'a, str> },
}

impl Run<'_> {
    /// The text.
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::Copied { text, .. } => text,
            Self::Replaced { text, .. } => text,
        }
    }
}

/// What an article says of itself beside its text.
#[derive(Debug, Clone, Default)]
pub(crate) struct About {
    pub(crate) name: String,
    pub(crate) id: String,
    pub(crate) published: Option<NaiveDate>,
    pub(crate) outlet: Option<String>,
    pub(crate) url: Option<String>,
}

/// An article in the making.
#[derive(Debug)]
pub(crate) struct Draft {
    source: SourceId,
    builder: ProseBuilder,
    blocks: Vec<Block>,
    kind: BlockKind,
    /// Where the open block begins in the prose, once it has text.
    start: Option<usize>,
    /// Where in the article's source the run that came last ends.
    until: usize,
}

impl Draft {
    /// An article whose text stands in `source`.
    pub(crate) fn new(source: SourceId) -> Self {
        let builder = ProseBuilder::new();
        Self { source, builder, blocks: Vec::new(), kind: BlockKind::Body, start: None, until: 0 }
    }

    /// Ends the open block; what comes next is of `kind`.
    pub(crate) fn open(&mut self, kind: BlockKind) {
        self.close();
        self.kind = kind;
    }

    /// Ends the open block; what comes next is body.
    pub(crate) fn close(&mut self) {
        if let Some(start) = self.start.take() {
            let text = self.builder.prose().get(start..).unwrap_or_default();
            let span = Span::new(start, start + text.trim_end().len());
            self.blocks.push(Block { kind: self.kind, span });
        }
        self.kind = BlockKind::Body;
    }

    /// Adds a stretch of the article's source to the open block.
    pub(crate) fn run(&mut self, run: &Run<'_>) {
        self.until = match run {
            Run::Copied { at, text } => at + text.len(),
            Run::Replaced { at, len, .. } => at + len,
        };
        match run {
            Run::Copied { at, text } => self.copied(self.source, *at, text),
            Run::Replaced { at, len, text } => {
                if !text.is_empty() && self.begins(*at, text) {
                    self.builder.replaced(self.source, *at, *len, text);
                }
            }
        }
    }

    /// Adds text that stands in `source` from `at` on to the open block.
    pub(crate) fn copied(&mut self, source: SourceId, at: usize, text: &str) {
        let trimmed = if self.start.is_none() { text.trim_start() } else { text };
        let at = at + (text.len() - trimmed.len());
        if self.begins(at, trimmed) {
            self.builder.copied(source, at, trimmed);
        }
    }

    /// Adds the white space `text`, which stands at `at`; all of it counts as one line break.
    pub(crate) fn white(&mut self, at: usize, text: &str) {
        match self.start {
            None => {}
            Some(_) if text == "\n" => drop(self.builder.copied(self.source, at, text)),
            Some(_) => drop(self.builder.replaced(self.source, at, text.len(), "\n")),
        }
    }

    /// Adds a whole block.
    pub(crate) fn block(&mut self, kind: BlockKind, source: SourceId, at: usize, text: &str) {
        self.open(kind);
        self.copied(source, at, text);
        self.close();
    }

    /// Whether there is no text yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.builder.is_empty()
    }

    /// Where in its source the text so far ends.
    pub(crate) fn until(&self) -> usize {
        self.until
    }

    /// The last character of the open block.
    pub(crate) fn last(&self) -> Option<char> {
        self.builder.prose().get(self.start?..)?.chars().next_back()
    }

    /// The article; an error if there is no text in it.
    pub(crate) fn finish(mut self, about: About) -> Result<Article, Error> {
        self.close();
        let (prose, map) = self.builder.finish();
        let headline = self.blocks.iter().find(|block| block.kind == BlockKind::Headline);
        let title = headline.map(|block| block.span.of(&prose).replace('\n', " "));
        let About { name, id, published, outlet, url } = about;
        if self.blocks.is_empty() {
            return Err(Error::Empty { path: name });
        }
        let (source, blocks) = (self.source, self.blocks);
        Ok(Article { name, id, source, title, published, outlet, url, prose, blocks, map })
    }

    /// Whether `text` belongs to a block; begins one if none has begun and it is not blank.
    fn begins(&mut self, at: usize, text: &str) -> bool {
        if self.start.is_none() && !text.trim_start().is_empty() {
            if !self.builder.is_empty() {
                self.builder.replaced(self.source, at, 0, "\n");
            }
            self.start = Some(self.builder.len());
        }
        self.start.is_some()
    }
}
