//! What the XML formats share: a document that is written element by element.

use crate::report::fit::printable;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::io;

/// An XML document in the making. Characters that XML cannot hold are replaced.
pub(crate) struct Document<'a> {
    to: Writer<&'a mut dyn io::Write>,
}

/// The attributes of an element, in order.
pub(crate) type Attributes<'a> = &'a [(&'a str, &'a str)];

impl<'a> Document<'a> {
    /// A document with its declaration.
    pub(crate) fn begin(out: &'a mut dyn io::Write) -> io::Result<Self> {
        let mut to = Writer::new_with_indent(out, b' ', 2);
        to.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        Ok(Self { to })
    }

    /// Opens an element.
    pub(crate) fn open(&mut self, name: &str, attributes: Attributes<'_>) -> io::Result<()> {
        self.to.write_event(Event::Start(element(name, attributes)))
    }

    /// Writes an element without content.
    pub(crate) fn empty(&mut self, name: &str, attributes: Attributes<'_>) -> io::Result<()> {
        self.to.write_event(Event::Empty(element(name, attributes)))
    }

    /// Writes an element with text in it.
    pub(crate) fn text(
        &mut self,
        name: &str,
        attributes: Attributes<'_>,
        text: &str,
    ) -> io::Result<()> {
        self.open(name, attributes)?;
        self.to.write_event(Event::Text(BytesText::new(&printable(text))))?;
        self.close(name)
    }

    /// Closes the element of that name.
    pub(crate) fn close(&mut self, name: &str) -> io::Result<()> {
        self.to.write_event(Event::End(BytesEnd::new(name)))
    }

    /// Ends the document.
    pub(crate) fn end(self) -> io::Result<()> {
        self.to.into_inner().write_all(b"\n")
    }
}

fn element<'a>(name: &'a str, attributes: Attributes<'_>) -> BytesStart<'a> {
    let mut element = BytesStart::new(name);
    for (key, value) in attributes {
        element.push_attribute((*key, &*printable(value)));
    }
    element
}
