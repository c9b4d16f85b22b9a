//! From a tree of elements to the blocks of an article.

use crate::ingest::BlockKind;
use crate::ingest::draft::{Draft, Run};
use crate::ingest::tree::{Id, Tree, UNSAID};
use std::borrow::Cow;

/// The elements that begin and end a block, those of news formats among them.
pub(crate) const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "ul",
    "block",
    "bq",
    "credit",
    "hl2",
    "media",
    "note",
];

/// The elements that hold the text beside a picture.
const CAPTIONS: &[&str] = &["figcaption", "caption", "media-caption", "media.caption"];

/// The longest cell of a table that is one, in bytes; pages that are laid out with tables have
/// longer ones.
const LONGEST_CELL: usize = 300;

/// One way through a tree.
pub(crate) struct Flow<'t, 'a> {
    tree: &'t Tree<'a>,
    draft: &'t mut Draft,
    /// What is left out.
    without: &'t dyn Fn(Id) -> bool,
    /// What an element's text is, where that is not plain.
    kind_of: &'t dyn Fn(Id) -> Option<BlockKind>,
    kind: BlockKind,
    /// Whether a table's row is open, where blocks are parts of cells.
    in_row: bool,
}

/// Adds what stands inside `id` to `draft` as blocks of `kind`, without what `without` names;
/// `kind_of` knows what some elements hold.
pub(crate) fn flow(
    tree: &Tree<'_>,
    id: Id,
    draft: &mut Draft,
    kind: BlockKind,
    without: &dyn Fn(Id) -> bool,
    kind_of: &dyn Fn(Id) -> Option<BlockKind>,
) {
    draft.open(kind);
    let mut flow = Flow { tree, draft, without, kind_of, kind, in_row: false };
    flow.node(id);
    flow.draft.close();
}

/// Adds `runs` to `draft` as one block.
pub(crate) fn block<'r>(
    kind: BlockKind,
    runs: impl IntoIterator<Item = Run<'r>>,
    draft: &mut Draft,
) {
    draft.open(kind);
    for run in runs {
        draft.spaced(&run);
    }
    draft.close();
}

/// Adds `runs` to `draft` as blocks of `kind`, one a line.
pub(crate) fn lines<'r>(
    kind: BlockKind,
    runs: impl IntoIterator<Item = Run<'r>>,
    draft: &mut Draft,
) {
    draft.open(kind);
    for run in runs {
        match run {
            Run::Copied { mut at, text } => {
                for line in text.split_inclusive(['\n', '\r']) {
                    draft.spaced(&Run::Copied { at, text: line });
                    at += line.len();
                    if line.ends_with(['\n', '\r']) {
                        draft.open(kind);
                    }
                }
            }
            Run::Replaced { .. } if run.text().contains(['\n', '\r']) => draft.open(kind),
            Run::Replaced { .. } => draft.spaced(&run),
        }
    }
    draft.close();
}

impl Draft {
    /// Adds a run whose white space counts as single spaces.
    pub(crate) fn spaced(&mut self, run: &Run<'_>) {
        match run {
            Run::Copied { at, text } => self.spaced_copy(*at, text),
            Run::Replaced { at, len, text } if text.trim_ascii().is_empty() => {
                self.space(*at, *len);
            }
            Run::Replaced { .. } => self.run(run),
        }
    }

    fn spaced_copy(&mut self, at: usize, text: &str) {
        let is_white = |byte: &u8| byte.is_ascii_whitespace();
        let bytes = text.as_bytes();
        let mut done = 0;
        let mut from = 0;
        // Single spaces between words stay in one stretch with them.
        while let Some(found) = bytes.get(from..).and_then(|rest| rest.iter().position(is_white)) {
            let start = from + found;
            let rest = bytes.get(start..).unwrap_or_default();
            let len = rest.iter().take_while(|byte| is_white(byte)).count();
            from = start + len;
            if len == 1 && rest.first() == Some(&b' ') && start > done {
                continue;
            }
            self.piece(at + done, text.get(done..start).unwrap_or_default());
            self.space(at + start, len);
            done = from;
        }
        self.piece(at + done, text.get(done..).unwrap_or_default());
    }

    fn piece(&mut self, at: usize, text: &str) {
        if !text.is_empty() {
            self.run(&Run::Copied { at, text });
        }
    }

    /// A space for the `len` bytes at `at`, unless there is one before.
    fn space(&mut self, at: usize, len: usize) {
        if self.last().is_some_and(|last| !last.is_whitespace()) {
            self.run(&Run::Replaced { at, len, text: Cow::Borrowed(" ") });
        }
    }
}

impl Flow<'_, '_> {
    fn node(&mut self, id: Id) {
        if let Some(run) = self.tree.run(id) {
            for run in self.tree.outward(run) {
                self.draft.spaced(&run);
            }
        } else {
            self.children(id);
        }
    }

    fn children(&mut self, id: Id) {
        let tree = self.tree;
        for child in tree.children(id) {
            if tree.run(child).is_some() {
                self.node(child);
            } else if !(self.without)(child) && !tree.is(child, UNSAID) {
                self.element(child);
            }
        }
    }

    fn element(&mut self, id: Id) {
        let tree = self.tree;
        let known = (self.kind_of)(id);
        if tree.is(id, &["br"]) {
            self.line_break(id);
        } else if tree.is(id, &["sup"]) && self.is_note(id) {
            // The mark of a note is no figure of the text.
        } else if known.is_some() || tree.is(id, CAPTIONS) {
            let kind = std::mem::replace(&mut self.kind, known.unwrap_or(BlockKind::Caption));
            let in_row = std::mem::take(&mut self.in_row);
            self.inside(id);
            self.kind = kind;
            self.in_row = in_row;
            self.edge();
        } else if tree.is(id, &["table"]) {
            self.table(id);
        } else if tree.is(id, BLOCKS) {
            self.inside(id);
        } else {
            self.children(id);
        }
    }

    fn inside(&mut self, id: Id) {
        self.edge();
        self.children(id);
        self.edge();
    }

    /// Where a block begins or ends.
    fn edge(&mut self) {
        if self.in_row {
            self.gap(" ");
        } else {
            self.draft.open(self.kind);
        }
    }

    /// Text between two pieces that stands for nothing in the file.
    fn gap(&mut self, text: &'static str) {
        if self.draft.last().is_some_and(|last| !last.is_whitespace() || text == "\t") {
            let at = self.draft.until();
            self.draft.run(&Run::Replaced { at, len: 0, text: Cow::Borrowed(text) });
        }
    }

    /// One break goes on with the paragraph, two end it.
    fn line_break(&mut self, id: Id) {
        let again = self.before(id).is_some_and(|before| self.tree.is(before, &["br"]));
        if again { self.edge() } else { self.gap(if self.in_row { " " } else { "\n" }) }
    }

    /// What stands before a node, blank text aside.
    fn before(&self, id: Id) -> Option<Id> {
        let tree = self.tree;
        let is_blank = |id: Id| tree.run(id).is_some_and(|run| run.text().trim().is_empty());
        (tree.parent(id)..id).rev().find(|before| !is_blank(*before))
    }

    /// A raised figure is the mark of a note and would run into the figure before it, as in
    /// `13,000<sup>2</sup>`; unless it is the power of a unit, as in `km<sup>2</sup>`.
    fn is_note(&self, id: Id) -> bool {
        let first = self.tree.inside(id).find_map(|inner| {
            self.tree.run(inner).and_then(|run| run.text().trim_start().chars().next())
        });
        first.is_some_and(|c| c.is_ascii_digit() || "[(*†".contains(c))
            && self.draft.last() != Some('m')
    }

    fn table(&mut self, id: Id) {
        let tree = self.tree;
        if self.in_row || self.is_layout(id) {
            self.inside(id);
            return;
        }
        self.edge();
        let kind = self.kind;
        for child in tree.children(id) {
            match child {
                child if (self.without)(child) || tree.run(child).is_some() => {}
                child if tree.is(child, &["tr"]) => self.row(child),
                child if tree.is(child, CAPTIONS) => self.element(child),
                child => {
                    for row in tree.children(child).filter(|row| tree.is(*row, &["tr"])) {
                        self.row(row);
                    }
                }
            }
        }
        self.kind = kind;
        self.edge();
    }

    fn row(&mut self, id: Id) {
        let tree = self.tree;
        self.draft.open(BlockKind::Table);
        self.in_row = true;
        for cell in tree.children(id).filter(|cell| tree.is(*cell, &["td", "th"])) {
            self.gap("\t");
            self.children(cell);
        }
        self.in_row = false;
        self.draft.close();
    }

    /// Whether a table only lays a page out.
    fn is_layout(&self, id: Id) -> bool {
        let tree = self.tree;
        let is_cell = |inner: Id| tree.is(inner, &["td", "th"]);
        let is_long = |cell: Id| {
            let texts = tree.inside(cell).filter_map(|inner| tree.run(inner));
            texts.map(|run| run.text().trim().len()).sum::<usize>() > LONGEST_CELL
        };
        tree.inside(id)
            .any(|inner| tree.is(inner, &["table"]) || (is_cell(inner) && is_long(inner)))
    }
}
