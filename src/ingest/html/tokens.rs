//! From the bytes of HTML to a tree, with the place of every text: a tokenizer that follows the
//! standard, and as much of the standard's tree as reading needs.

use crate::ingest::draft::Run;
use crate::ingest::tree::{Attribute, Tree, TreeBuilder};
use crate::ingest::unescaped::Unescaped;
use html5gum::{Emitter, Error, State, Tokenizer, naive_next_state};
use std::borrow::Cow;
use std::convert::Infallible;
use std::ops::Range;

/// The elements that hold nothing.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// The elements that end an open paragraph.
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
    "figcaption",
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
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "ul",
];

/// The elements that end others which are still open, how those are called, and which elements
/// keep what is around them from being ended.
const ENDED_BY: &[(&[&str], &[&str], &[&str])] = &[
    (BLOCKS, &["p"], &["button", "caption", "table", "td", "th", "template"]),
    (&["li"], &["li"], &["ol", "ul", "table"]),
    (&["dd", "dt"], &["dd", "dt"], &["dl", "table"]),
    (&["td", "th"], &["td", "th"], &["tr", "table"]),
    (&["tr"], &["tr"], &["table"]),
    (&["tbody", "tfoot", "thead"], &["tbody", "tfoot", "thead"], &["table"]),
    (&["option", "optgroup"], &["option"], &["select"]),
    (&["a"], &["a"], &["table", "td"]),
];

/// The tree of an HTML text, which is written in the file as `within` says.
pub(crate) fn tree<'a>(text: &'a str, within: Option<&'a Unescaped>) -> Tree<'a> {
    let mut builder = TreeBuilder::new(within);
    let tokens = Tokens {
        text,
        to: &mut builder,
        position: 0,
        done: 0,
        copied: 0..0,
        closes: false,
        empty: false,
        name: Vec::new(),
        written: 0..0,
        last: Vec::new(),
        attributes: Vec::new(),
        attribute: None,
    };
    // Reading a text from memory does not fail.
    let _ = Tokenizer::new_with_emitter(text, tokens).finish();
    builder.finish()
}

/// What the tokenizer speaks to.
struct Tokens<'t, 'a> {
    text: &'a str,
    to: &'t mut TreeBuilder<'a>,
    /// How far the tokenizer has read.
    position: usize,
    /// Where what was taken in last ends.
    done: usize,
    /// Text that stands as it is and was not handed on yet.
    copied: Range<usize>,
    /// Whether the tag closes an element.
    closes: bool,
    /// Whether the tag ends in `/>`.
    empty: bool,
    /// The name of the tag in lower case, and where it is written.
    name: Vec<u8>,
    written: Range<usize>,
    /// The name of the last opening tag.
    last: Vec<u8>,
    attributes: Vec<Attribute<'a>>,
    /// Where name and value of the open attribute are written.
    attribute: Option<(Range<usize>, Range<usize>)>,
}

impl<'a> Tokens<'_, 'a> {
    fn slice(&self, range: &Range<usize>) -> &'a str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    fn flush(&mut self) {
        if !Range::is_empty(&self.copied) {
            let run = Run::Copied { at: self.copied.start, text: self.slice(&self.copied) };
            self.to.text(run);
            self.copied = 0..0;
        }
    }

    fn end_attribute(&mut self) {
        if let Some((name, value)) = self.attribute.take() {
            let (name, raw) = (self.slice(&name), self.slice(&value));
            self.attributes.push(Attribute { name, at: value.start, raw });
        }
    }

    fn open(&mut self, name: &'a str) {
        for (starts, ends, kept) in ENDED_BY {
            if !is(starts, name) {
                continue;
            }
            let mut open = self.to.open().take_while(|(_, around)| !is(kept, around));
            let ended = open.find(|(_, around)| is(ends, around)).map(|(depth, _)| depth);
            drop(open);
            if let Some(depth) = ended {
                self.to.close_to(depth);
            }
        }
        if is(VOID, name) {
            self.to.empty(name, &self.attributes);
        } else {
            self.to.start(name, &self.attributes);
        }
    }

    /// Ends the element of that name, if it is open and not around a block that is.
    fn close(&mut self, name: &str) {
        let is_block = is(BLOCKS, name) || is(&["td", "th", "tr", "tbody", "html"], name);
        let holds = |around: &str| {
            if is_block { is(&["td", "th"], around) } else { is(BLOCKS, around) }
        };
        let mut found = None;
        for (depth, around) in self.to.open() {
            if around.eq_ignore_ascii_case(name) {
                found = Some(depth);
                break;
            }
            if holds(around) && !is(&["table", "tr", "tbody"], name) {
                break;
            }
        }
        if let Some(depth) = found {
            self.to.close_to(depth);
        }
    }
}

fn is(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

impl Emitter for Tokens<'_, '_> {
    type Token = Infallible;

    fn move_position(&mut self, offset: isize) {
        self.position = self.position.saturating_add_signed(offset);
    }

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn pop_token(&mut self) -> Option<Infallible> {
        None
    }

    fn emit_string(&mut self, c: &[u8]) {
        let start = self.position.saturating_sub(c.len());
        if self.text.as_bytes().get(start..self.position) == Some(c) && start >= self.done {
            if Range::is_empty(&self.copied) || self.copied.end != start {
                self.flush();
                self.copied = start..start;
            }
            self.copied.end = self.position;
        } else {
            self.flush();
            let text = Cow::Owned(String::from_utf8_lossy(c).into_owned());
            let len = self.position.saturating_sub(self.done);
            self.to.text(Run::Replaced { at: self.done, len, text });
        }
        self.done = self.position;
    }

    fn init_start_tag(&mut self) {
        self.name.clear();
        self.attributes.clear();
        (self.closes, self.empty, self.attribute) = (false, false, None);
    }

    fn init_end_tag(&mut self) {
        self.init_start_tag();
        self.closes = true;
    }

    fn push_tag_name(&mut self, s: &[u8]) {
        if self.name.is_empty() {
            self.written.start = self.position.saturating_sub(s.len());
        }
        self.name.extend(s);
        self.written.end = self.position;
    }

    fn init_attribute(&mut self) {
        self.end_attribute();
        self.attribute = Some((self.position..self.position, 0..0));
    }

    fn push_attribute_name(&mut self, s: &[u8]) {
        if let Some((name, _)) = &mut self.attribute {
            if Range::is_empty(name) {
                name.start = self.position.saturating_sub(s.len());
            }
            name.end = self.position;
        }
    }

    fn init_attribute_value(&mut self) {
        if let Some((_, value)) = &mut self.attribute {
            *value = self.position..self.position;
        }
    }

    fn push_attribute_value(&mut self, _: &[u8]) {
        if let Some((_, value)) = &mut self.attribute {
            value.end = self.position.max(value.start);
        }
    }

    fn set_self_closing(&mut self) {
        self.empty = true;
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        self.end_attribute();
        self.flush();
        self.done = self.position;
        let name = self.slice(&self.written);
        if self.closes {
            self.last.clear();
            self.close(name);
            return None;
        }
        self.last.clone_from(&self.name);
        self.open(name);
        naive_next_state(&self.last)
    }

    fn emit_current_comment(&mut self) {
        self.flush();
        self.done = self.position;
    }

    fn emit_current_doctype(&mut self) {
        self.flush();
        self.done = self.position;
    }

    fn emit_eof(&mut self) {
        self.flush();
    }

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.closes && !self.last.is_empty() && self.last == self.name
    }

    // What is of no use for reading.
    fn set_last_start_tag(&mut self, _: Option<&[u8]>) {}
    fn emit_error(&mut self, _: Error) {}
    fn init_comment(&mut self) {}
    fn push_comment(&mut self, _: &[u8]) {}
    fn init_doctype(&mut self) {}
    fn push_doctype_name(&mut self, _: &[u8]) {}
    fn set_force_quirks(&mut self) {}
    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}
}

#[cfg(test)]
mod tests {
    use super::tree;
    use crate::ingest::draft::Run;
    use crate::ingest::tree::{Id, ROOT, Tree};
    use std::fmt::Write as _;

    /// Writes a tree: elements as `name(…)`, texts as they are meant. Every text that is copied
    /// must stand where it says.
    #[track_caller]
    fn check(html: &str, expected: &str) {
        let tree = tree(html, None);
        let mut shown = String::new();
        for child in tree.children(ROOT) {
            show(html, &tree, child, &mut shown);
        }
        assert_eq!(shown, expected);
    }

    fn show(html: &str, tree: &Tree<'_>, id: Id, shown: &mut String) {
        if let Some(run) = tree.run(id) {
            if let Run::Copied { at, text } = run {
                assert_eq!(html.get(*at..at + text.len()), Some(*text));
            }
            shown.push_str(run.text());
            return;
        }
        shown.push_str(tree.name(id));
        shown.push('(');
        for attribute in tree.attributes(id) {
            let stands = html.get(attribute.at..attribute.at + attribute.raw.len());
            assert_eq!(stands, Some(attribute.raw));
            write!(shown, "@{}={} ", attribute.name, attribute.raw).unwrap();
        }
        for child in tree.children(id) {
            show(html, tree, child, shown);
        }
        shown.push(')');
    }

    #[test]
    fn elements_that_nobody_closes_end() {
        check("<p>€ one<p>two<div>x</div></p>y", "p(€ one)p(two)div(x)y");
        check(
            "<ul><li>a<li>b<ul><li>c</ul></ul>d",
            "ul(li(a)li(b ul(li(c))))d".replace(' ', "").as_str(),
        );
        check("<table><tr><td>a<p>b<td>c<tr><td>d</table>e", "table(tr(td(ap(b))td(c))tr(td(d)))e");
        check("<p><b>a</p>b</b>c", "p(b(a))bc");
        check("a<br/>b<img src=x alt='y z'>c", "abr()bimg(@src=x @alt=y z )c");
    }

    #[test]
    fn references_are_meant() {
        check(
            "1&nbsp;000 &lt; AT&T &nosuch; &#8364;5 &nbsp5",
            "1\u{a0}000 < AT&T &nosuch; €5 \u{a0}5",
        );
        check("a\r\nb", "a\nb");
        check("under <5% and a < b", "under <5% and a < b");
        check("<i t=\"a&amp;b\" u>x</i>", "i(@t=a&amp;b @u= x)");
    }

    #[test]
    fn scripts_are_no_markup() {
        check("<script>if (a</b) 14 < 15 – é</SCRIPT>x", "script(if (a</b) 14 < 15 – é)x");
        check("<title>a &amp; <b></title>y<!-- <p> -->z", "title(a & <b>)yz");
        check(
            "<script><!-- é-é <script> </script> --></script>z",
            "script(<!-- é-é <script> </script> -->)z",
        );
    }

    #[test]
    fn references_know_their_place() {
        let html = "é1&nbsp;000 &euro;5";
        let tree = tree(html, None);
        let places: Vec<_> = tree
            .runs(ROOT)
            .iter()
            .map(|run| match run {
                Run::Copied { at, text } => (*at, text.len()),
                Run::Replaced { at, len, .. } => (*at, *len),
            })
            .collect();
        assert_eq!(places, [(0, 3), (3, 6), (9, 4), (13, 6), (19, 1)]);
    }

    #[test]
    fn a_hundred_thousand_open_tags_are_read() {
        let html = "<div><b>".repeat(50_000) + "4%";
        let tree = tree(&html, None);
        assert_eq!(tree.text(ROOT), "4%");
        assert!(tree.all().all(|id| tree.around(id).count() <= 513));
    }
}
