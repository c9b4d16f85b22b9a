//! HTML as it occurs inside Markdown: text and tags, one after the other.

/// The HTML elements whose content is no HTML.
const RAW: &[&str] = &["script", "style", "textarea", "title"];

/// A stretch of HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// Text; its entities are not replaced yet.
    Text { at: usize, text: &'a str },
    /// A tag.
    Tag(Tag<'a>),
}

/// An opening or closing tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tag<'a> {
    /// Where it begins.
    pub(crate) at: usize,
    /// All of it, from `<` to `>`.
    pub(crate) text: &'a str,
    /// The name of the element.
    pub(crate) name: &'a str,
    /// Whether it closes the element.
    pub(crate) closes: bool,
}

impl<'a> Tag<'a> {
    /// Whether it is a tag of one of these elements.
    pub(crate) fn is(&self, names: &[&str]) -> bool {
        names.iter().any(|name| name.eq_ignore_ascii_case(self.name))
    }

    /// The quoted value of an attribute and where it stands.
    pub(crate) fn attribute(&self, name: &str) -> Option<(usize, &'a str)> {
        let mut at = 1 + self.name.len();
        while let Some(rest) = self.text.get(at..) {
            let quote = at + rest.find(['"', '\''])?;
            let mark = self.text.get(quote..=quote)?;
            let len = self.text.get(quote + 1..)?.find(mark)?;
            let before = self.text.get(at..quote)?.trim_end().strip_suffix('=')?.trim_end();
            let found = before.rsplit(char::is_whitespace).next()?;
            if found.eq_ignore_ascii_case(name) {
                return Some((self.at + quote + 1, self.text.get(quote + 1..quote + 1 + len)?));
            }
            at = quote + len + 2;
        }
        None
    }
}

/// The pieces of `html`, which stands at `at`. Comments, declarations, scripts and styles are
/// passed over.
pub(crate) fn pieces(at: usize, html: &str) -> Pieces<'_> {
    let last = memchr::memrchr(b'>', html.as_bytes()).unwrap_or(0);
    Pieces { html, at, done: 0, last }
}

/// See [`pieces`].
#[derive(Debug)]
pub(crate) struct Pieces<'a> {
    html: &'a str,
    at: usize,
    done: usize,
    /// Where the last `>` stands; no tag begins behind it.
    last: usize,
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        loop {
            let rest = self.html.get(self.done..).filter(|rest| !rest.is_empty())?;
            if let Some(len) = self.passed_over(rest) {
                self.done += len;
            } else if let Some(tag) = self.tag(rest) {
                self.done += tag.text.len();
                if !tag.closes && tag.is(RAW) {
                    self.done += raw_len(self.html.get(self.done..).unwrap_or_default(), tag.name);
                }
                return Some(Piece::Tag(tag));
            } else {
                let first = usize::from(rest.starts_with('<'));
                let after = rest.as_bytes().get(first..).unwrap_or_default();
                let len = memchr::memchr(b'<', after).map_or(rest.len(), |len| first + len);
                let at = self.at + self.done;
                self.done += len;
                return Some(Piece::Text { at, text: rest.get(..len).unwrap_or_default() });
            }
        }
    }
}

impl<'a> Pieces<'a> {
    /// The length of the comment or declaration at the start of `rest`.
    fn passed_over(&self, rest: &str) -> Option<usize> {
        if let Some(comment) = rest.strip_prefix("<!--") {
            return Some(comment.find("-->").map_or(rest.len(), |len| len + 7));
        }
        let is_one = rest.starts_with("<!") || rest.starts_with("<?");
        if is_one && self.done < self.last { rest.find('>').map(|len| len + 1) } else { None }
    }

    /// The tag at the start of `rest`.
    fn tag(&self, rest: &'a str) -> Option<Tag<'a>> {
        let inner = rest.strip_prefix('<')?;
        let (inner, closes) = match inner.strip_prefix('/') {
            Some(inner) => (inner, true),
            None => (inner, false),
        };
        let len = inner.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'-').count();
        let name = inner.get(..len)?;
        if self.done > self.last || !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let mut quote = None;
        for (at, byte) in rest.bytes().enumerate().skip(1) {
            match (quote, byte) {
                (Some(open), _) if open == byte => quote = None,
                (None, b'"' | b'\'') => quote = Some(byte),
                (None, b'<') => return None,
                (None, b'>') => {
                    let text = rest.get(..=at)?;
                    return Some(Tag { at: self.at + self.done, text, name, closes });
                }
                _ => {}
            }
        }
        None
    }
}

/// How long the content of a raw element is at the start of `rest`.
fn raw_len(rest: &str, name: &str) -> usize {
    let closes = |at: &usize| {
        let tag = rest.get(at + 2..at + 2 + name.len());
        tag.is_some_and(|tag| tag.eq_ignore_ascii_case(name))
    };
    memchr::memmem::find_iter(rest.as_bytes(), "</").find(closes).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::{Piece, pieces};
    use std::fmt::Write;

    /// Writes the pieces of `html`: text as it is, tags as `[name]`.
    #[track_caller]
    fn check(html: &str, expected: &str) {
        let mut shown = String::new();
        for piece in pieces(5, html) {
            let (at, text) = match piece {
                Piece::Text { at, text } => (at, text),
                Piece::Tag(tag) => (tag.at, tag.text),
            };
            assert_eq!(html.get(at - 5..at - 5 + text.len()), Some(text));
            match piece {
                Piece::Text { text, .. } => shown.push_str(text),
                Piece::Tag(tag) if tag.closes => write!(shown, "[/{}]", tag.name).unwrap(),
                Piece::Tag(tag) => write!(shown, "[{}]", tag.name).unwrap(),
            }
        }
        assert_eq!(shown, expected);
    }

    #[test]
    fn tags_and_text() {
        check("<p>€ <a href=\"a>b\">14</a></p>", "[p]€ [a]14[/a][/p]");
        check("x<!-- 14 -->y<!DOCTYPE z>w<!-- 15", "xyw");
        check("<script>if (a</b) 14 < 15</SCRIPT>x", "[script][/SCRIPT]x");
        check("under <5% and a < b", "under <5% and a < b");
        check("a <b and <i>c</i>", "a <b and [i]c[/i]");
        check("a <b 'c", "a <b 'c");
        check("é<br/>", "é[br]");
    }

    #[test]
    fn attributes() {
        let html = r#"<img src='a' ALT = "14 dead" title="x">"#;
        let Some(Piece::Tag(tag)) = pieces(0, html).next() else { panic!() };
        assert_eq!(tag.attribute("alt"), Some((20, "14 dead")));
        assert_eq!(tag.attribute("src"), Some((10, "a")));
        assert_eq!(tag.attribute("rel"), None);
    }
}
