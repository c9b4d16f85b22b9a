//! XML as a tree. Entities that a document defines itself are never expanded, and nothing is
//! fetched: they stay as they are written.

use crate::ingest::draft::Run;
use crate::ingest::tree::{Attribute, DEEPEST, Id, ROOT, Tree, TreeBuilder};
use crate::ingest::{Error, entity};
use crate::text::Source;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;

/// Why a text is no XML, and where.
#[derive(Debug)]
pub(crate) struct Fault {
    at: usize,
    why: String,
}

impl Fault {
    /// The error for a source of that name.
    pub(crate) fn of(self, source: &Source, name: &str) -> Error {
        let (line, column) = source.line_column(self.at);
        Error::Markup { path: name.to_owned(), line, column, why: self.why }
    }
}

/// The name of the element that holds all others, without its prefix; none if there is none.
pub(crate) fn root(text: &str) -> Option<&str> {
    if !text.trim_start().starts_with('<') {
        return None;
    }
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) | Event::Empty(start) => {
                let name = start.local_name();
                return within(text, name.as_ref()).map(|(_, name)| name);
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

/// The one element that holds all others.
pub(crate) fn top(tree: &Tree<'_>) -> Id {
    tree.children(ROOT).find(|id| tree.run(*id).is_none()).unwrap_or(ROOT)
}

/// The error for XML that is none of the formats that are read.
pub(crate) fn no_article(name: &str, text: &str) -> Error {
    let what = match root(text) {
        Some(root) => format!("XML of <{root}>"),
        None => "XML without an element".to_owned(),
    };
    Error::NoArticle { path: name.to_owned(), what }
}

/// The tree of an XML text.
pub(crate) fn tree(text: &str) -> Result<Tree<'_>, Fault> {
    let mut builder = TreeBuilder::new(None);
    let mut reader = Reader::from_str(text);
    reader.config_mut().allow_dangling_amp = true;
    loop {
        let start = position(reader.buffer_position());
        let event = reader.read_event().map_err(|error| Fault {
            at: position(reader.error_position()),
            why: error.to_string(),
        })?;
        let end = position(reader.buffer_position());
        match event {
            Event::Start(tag) => {
                open(&mut builder, text, &tag, start)?;
            }
            Event::Empty(tag) => {
                let depth = builder.depth();
                open(&mut builder, text, &tag, start)?;
                builder.close_to(depth + 1);
            }
            Event::End(_) => {
                let depth = builder.depth();
                builder.close_to(depth);
            }
            Event::Text(_) => copied(&mut builder, text, start, end),
            Event::CData(_) => copied(&mut builder, text, start + 9, end.saturating_sub(3)),
            Event::GeneralRef(_) => {
                let written = text.get(start..end).unwrap_or_default();
                for run in entity::runs(start, written) {
                    builder.text(run);
                }
            }
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    if let Some((_, name)) = builder.open().next() {
        let why = format!("the element <{name}> does not end");
        return Err(Fault { at: text.len(), why });
    }
    Ok(builder.finish())
}

fn open<'a>(
    builder: &mut TreeBuilder<'a>,
    text: &'a str,
    tag: &BytesStart<'_>,
    at: usize,
) -> Result<(), Fault> {
    if builder.depth() >= DEEPEST {
        return Err(Fault { at, why: format!("elements stand {DEEPEST} deep in each other") });
    }
    let mut attributes = Vec::new();
    for attribute in tag.attributes().with_checks(false) {
        let attribute = attribute
            .map_err(|error| Fault { at, why: format!("an attribute is malformed: {error}") })?;
        let name = within(text, attribute.key.as_ref()).map(|(_, name)| name);
        let Cow::Borrowed(value) = attribute.value else { continue };
        if let (Some(name), Some((at, raw))) = (name, within(text, value)) {
            attributes.push(Attribute { name, at, raw });
        }
    }
    let name = within(text, tag.name().as_ref()).map_or("", |(_, name)| name);
    builder.start(name, &attributes);
    Ok(())
}

fn copied<'a>(builder: &mut TreeBuilder<'a>, text: &'a str, start: usize, end: usize) {
    let piece = text.get(start..end).unwrap_or_default();
    if !piece.is_empty() {
        builder.text(Run::Copied { at: start, text: piece });
    }
}

/// The slice of `text` that `piece` is, and where it stands.
fn within<'a>(text: &'a str, piece: &str) -> Option<(usize, &'a str)> {
    let at = piece.as_ptr().addr().checked_sub(text.as_ptr().addr())?;
    Some((at, text.get(at..at + piece.len())?))
}

fn position(at: u64) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::{root, top, tree};
    use crate::ingest::draft::Run;

    #[track_caller]
    fn check(xml: &str, expected: &str) {
        let tree = tree(xml).unwrap();
        for run in tree.runs(top(&tree)) {
            if let Run::Copied { at, text } = run {
                assert_eq!(xml.get(at..at + text.len()), Some(text));
            }
        }
        assert_eq!(tree.text(top(&tree)), expected);
    }

    #[track_caller]
    fn check_fault(xml: &str, at: usize, why: &str) {
        let fault = tree(xml).unwrap_err();
        assert_eq!((fault.at, fault.why.as_str()), (at, why));
    }

    #[test]
    fn texts_stand_where_they_say() {
        check(
            "<?xml version='1.0'?><a>é <b c='d'>4</b>&#37; <![CDATA[<5>]]> &amp; &nbsp;x</a>",
            "é 4% <5> & x",
        );
        check("<n:a xmlns:n='u'><n:b/>R & D</n:a>", "R & D");
        assert_eq!(root("<!-- x --><n:a/>"), Some("a"));
        assert_eq!(root("no"), None);
    }

    #[test]
    fn entities_of_the_document_are_not_expanded() {
        let bomb = "<!DOCTYPE a [<!ENTITY b 'ten'><!ENTITY c '&b;&b;'>]><a>&c; &c;</a>";
        check(bomb, "&c; &c;");
        check("<!DOCTYPE a SYSTEM 'file:///etc/passwd' [<!ENTITY b SYSTEM 'x'>]><a>&b;</a>", "&b;");
    }

    #[test]
    fn what_is_no_xml_has_a_place() {
        check_fault("<a><b></a>", 6, "ill-formed document: expected `</b>`, but `</a>` was found");
        check_fault("<a>", 3, "the element <a> does not end");
        let deep = "<a>".repeat(100_000);
        check_fault(&deep, 3 * 512, "elements stand 512 deep in each other");
    }
}
