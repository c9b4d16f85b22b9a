//! The elements and texts of a text with markup, in the order in which they are written.

use crate::ingest::draft::Run;
use crate::ingest::entity;
use crate::ingest::unescaped::Unescaped;
use std::ops::Range;

/// How deep elements are kept inside each other, as in browsers; deeper ones stand side by side.
pub(crate) const DEEPEST: usize = 512;

/// The elements whose text is not said: struck out, not shown, or for the reader's hands.
pub(crate) const UNSAID: &[&str] = &[
    "audio", "button", "canvas", "datalist", "del", "embed", "head", "iframe", "input", "map",
    "math", "meter", "noembed", "noframes", "noscript", "object", "option", "progress", "s",
    "script", "select", "strike", "style", "svg", "template", "textarea", "title", "video",
];

/// A node by its turn. The root is 0 and holds all others.
pub(crate) type Id = usize;

/// The root, which is no element of the text.
pub(crate) const ROOT: Id = 0;

/// The elements and texts of one text.
#[derive(Debug)]
pub(crate) struct Tree<'a> {
    nodes: Vec<Node<'a>>,
    attributes: Vec<Attribute<'a>>,
    /// The way to the file, where the text is not written there as it is meant.
    within: Option<&'a Unescaped>,
}

#[derive(Debug)]
struct Node<'a> {
    parent: Id,
    /// The first node behind it and all it holds.
    end: Id,
    kind: Kind<'a>,
}

#[derive(Debug)]
enum Kind<'a> {
    Element { prefix: &'a str, name: &'a str, attributes: Range<usize> },
    Text(Run<'a>),
}

/// An attribute as it is written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Attribute<'a> {
    /// Its name.
    pub(crate) name: &'a str,
    /// Where its value stands.
    pub(crate) at: usize,
    /// Its value, with entities.
    pub(crate) raw: &'a str,
}

impl<'a> Tree<'a> {
    /// Every node but the root.
    pub(crate) fn all(&self) -> Range<Id> {
        1..self.nodes.len()
    }

    /// How many nodes there are, the root included.
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Everything inside a node.
    pub(crate) fn inside(&self, id: Id) -> Range<Id> {
        id + 1..self.end(id)
    }

    /// The first node behind `id` and all it holds.
    pub(crate) fn end(&self, id: Id) -> Id {
        self.nodes.get(id).map_or(id + 1, |node| node.end)
    }

    /// The nodes right inside a node.
    pub(crate) fn children(&self, id: Id) -> impl Iterator<Item = Id> {
        let range = self.inside(id);
        let mut next = range.start;
        std::iter::from_fn(move || {
            let child = next;
            (child < range.end).then(|| {
                next = self.end(child);
                child
            })
        })
    }

    /// The node around a node; the root's is itself.
    pub(crate) fn parent(&self, id: Id) -> Id {
        self.nodes.get(id).map_or(ROOT, |node| node.parent)
    }

    /// The nodes around a node, from the nearest to the root.
    pub(crate) fn around(&self, id: Id) -> impl Iterator<Item = Id> {
        let mut at = id;
        std::iter::from_fn(move || {
            (at != ROOT).then(|| {
                at = self.parent(at);
                at
            })
        })
    }

    /// The name of an element, without a prefix; empty for a text.
    pub(crate) fn name(&self, id: Id) -> &'a str {
        match self.nodes.get(id) {
            Some(Node { kind: Kind::Element { name, .. }, .. }) => name,
            _ => "",
        }
    }

    /// The prefix of an element's name; empty where there is none.
    pub(crate) fn prefix(&self, id: Id) -> &'a str {
        match self.nodes.get(id) {
            Some(Node { kind: Kind::Element { prefix, .. }, .. }) => prefix,
            _ => "",
        }
    }

    /// Whether a node is an element of one of these names.
    pub(crate) fn is(&self, id: Id, names: &[&str]) -> bool {
        let name = self.name(id);
        !name.is_empty() && names.iter().any(|known| known.eq_ignore_ascii_case(name))
    }

    /// The text of a node that is one, as a run of the tree's text.
    pub(crate) fn run(&self, id: Id) -> Option<&Run<'a>> {
        match self.nodes.get(id) {
            Some(Node { kind: Kind::Text(run), .. }) => Some(run),
            _ => None,
        }
    }

    /// A run of the tree's text as runs of the file.
    pub(crate) fn outward<'r>(&self, run: &Run<'r>) -> Vec<Run<'r>> {
        self.within.map_or_else(|| vec![run.clone()], |within| within.outward(run))
    }

    /// The attributes of an element.
    pub(crate) fn attributes(&self, id: Id) -> &[Attribute<'a>] {
        match self.nodes.get(id) {
            Some(Node { kind: Kind::Element { attributes, .. }, .. }) => {
                self.attributes.get(attributes.clone()).unwrap_or_default()
            }
            _ => &[],
        }
    }

    /// An attribute of an element.
    pub(crate) fn attribute(&self, id: Id, name: &str) -> Option<Attribute<'a>> {
        self.attributes(id).iter().find(|found| found.name.eq_ignore_ascii_case(name)).copied()
    }

    /// The value of an attribute as it is meant.
    pub(crate) fn value(&self, id: Id, name: &str) -> Option<String> {
        let Attribute { at, raw, .. } = self.attribute(id, name)?;
        Some(entity::runs(at, raw).iter().map(Run::text).collect())
    }

    /// The value of an attribute as runs of the file.
    pub(crate) fn value_runs(&self, attribute: Attribute<'a>) -> Vec<Run<'a>> {
        let runs = entity::runs(attribute.at, attribute.raw);
        runs.into_iter().flat_map(|run| self.outward(&run)).collect()
    }

    /// The first element of one of these names inside a node.
    pub(crate) fn find(&self, id: Id, names: &[&str]) -> Option<Id> {
        self.inside(id).find(|inner| self.is(*inner, names))
    }

    /// The element that is reached by going from child to child along `path`.
    pub(crate) fn along(&self, id: Id, path: &[&str]) -> Option<Id> {
        path.iter()
            .try_fold(id, |at, name| self.children(at).find(|child| self.is(*child, &[name])))
    }

    /// The texts of a node, without those that are not said.
    fn texts(&self, id: Id) -> impl Iterator<Item = &Run<'a>> {
        let mut at = id;
        let end = self.end(id);
        std::iter::from_fn(move || {
            while at < end {
                let here = at;
                at = if here != id && self.is(here, UNSAID) { self.end(here) } else { here + 1 };
                if let Some(run) = self.run(here) {
                    return Some(run);
                }
            }
            None
        })
    }

    /// The texts of a node as runs of the file.
    pub(crate) fn runs(&self, id: Id) -> Vec<Run<'a>> {
        self.texts(id).flat_map(|run| self.outward(run)).collect()
    }

    /// The text of a node, white space as single spaces.
    pub(crate) fn text(&self, id: Id) -> String {
        self.short_text(id, usize::MAX).unwrap_or_default()
    }

    /// The same, if it has no more than `most` bytes.
    pub(crate) fn short_text(&self, id: Id, most: usize) -> Option<String> {
        // What holds that many elements has more to say.
        if self.inside(id).len() > most.saturating_mul(10) {
            return None;
        }
        let mut text = String::new();
        for run in self.texts(id) {
            let piece = run.text();
            let mut words = piece.split_whitespace().peekable();
            let joins = |text: &str| text.is_empty() || text.ends_with(' ');
            if piece.starts_with(char::is_whitespace) && !joins(&text) {
                text.push(' ');
            }
            while let Some(word) = words.next() {
                if text.len() + word.len() > most {
                    return None;
                }
                text.push_str(word);
                if words.peek().is_some() || piece.ends_with(char::is_whitespace) {
                    text.push(' ');
                }
            }
        }
        text.truncate(text.trim_end().len());
        Some(text)
    }
}

/// A tree in the making.
#[derive(Debug)]
pub(crate) struct TreeBuilder<'a> {
    tree: Tree<'a>,
    /// The open elements.
    open: Vec<Id>,
}

impl<'a> TreeBuilder<'a> {
    /// A tree of a text that is written in the file as `within` says.
    pub(crate) fn new(within: Option<&'a Unescaped>) -> Self {
        let kind = Kind::Element { prefix: "", name: "", attributes: 0..0 };
        let root = Node { parent: ROOT, end: 1, kind };
        let tree = Tree { nodes: vec![root], attributes: Vec::new(), within };
        Self { tree, open: vec![ROOT] }
    }

    /// The tree; what is open ends here.
    pub(crate) fn finish(mut self) -> Tree<'a> {
        self.close_to(0);
        self.tree
    }

    /// How many elements are open.
    pub(crate) fn depth(&self) -> usize {
        self.open.len() - 1
    }

    /// The names of the open elements with their depth, from the innermost.
    pub(crate) fn open(&self) -> impl Iterator<Item = (usize, &'a str)> {
        let names = self.open.iter().enumerate().skip(1).rev();
        names.map(|(depth, id)| (depth, self.tree.name(*id)))
    }

    /// Opens an element.
    pub(crate) fn start(&mut self, name: &'a str, attributes: &[Attribute<'a>]) {
        let first = self.tree.attributes.len();
        self.tree.attributes.extend_from_slice(attributes);
        let attributes = first..self.tree.attributes.len();
        let (prefix, name) = name.split_once(':').unwrap_or(("", name));
        let id = self.add(Kind::Element { prefix, name, attributes });
        if self.depth() < DEEPEST {
            self.open.push(id);
        }
    }

    /// Adds an element that holds nothing.
    pub(crate) fn empty(&mut self, name: &'a str, attributes: &[Attribute<'a>]) {
        let depth = self.open.len();
        self.start(name, attributes);
        self.close_to(depth);
    }

    /// Adds a text to the open element.
    pub(crate) fn text(&mut self, run: Run<'a>) {
        self.add(Kind::Text(run));
    }

    /// Ends the open elements of this depth and deeper.
    pub(crate) fn close_to(&mut self, depth: usize) {
        let end = self.tree.nodes.len();
        while self.open.len() > depth
            && let Some(id) = self.open.pop()
        {
            if let Some(node) = self.tree.nodes.get_mut(id) {
                node.end = end;
            }
        }
    }

    fn add(&mut self, kind: Kind<'a>) -> Id {
        let id = self.tree.nodes.len();
        let parent = self.open.last().copied().unwrap_or(ROOT);
        self.tree.nodes.push(Node { parent, end: id + 1, kind });
        id
    }
}
