//! A figure changed in a file that otherwise stays as it is, byte for byte.

use crate::ingest::encoding::{self, Encoding};
use crate::text::{File, Source, Span};

/// Why a text cannot be put into a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unwritable {
    /// The article's text is not the file's own: it was unpacked, or is one of many in the file.
    Extracted,
    /// It has a character that would be read as markup, or as more than one line.
    Markup(char),
    /// The file's encoding has no such character.
    Encoding(char),
}

/// The bytes of a file with the words at `span` replaced, in the encoding of the others; `source`
/// is the text that was read from `bytes`.
///
/// # Errors
/// When the words do not stand in the file as they are, or the new ones cannot stand there.
pub fn rewritten(
    bytes: &[u8],
    source: &Source,
    span: Span<File>,
    text: &str,
) -> Result<Vec<u8>, Unwritable> {
    let own = encoding::decoded(bytes).is_ok_and(|read| read.as_str() == source.text());
    let stored = source.stored_offset(span.start())..source.stored_offset(span.end());
    let around = bytes.get(..stored.start).zip(bytes.get(stored.end..));
    let (before, after) = around.filter(|_| own).ok_or(Unwritable::Extracted)?;
    let is_markup = |c: &char| matches!(c, '<' | '>' | '&' | '"' | '\\') || c.is_control();
    if let Some(c) = text.chars().find(is_markup) {
        return Err(Unwritable::Markup(c));
    }
    let encoding = Encoding::of(bytes);
    let mut all = before.to_vec();
    for c in text.chars() {
        encoding.encode(c, &mut all).ok_or(Unwritable::Encoding(c))?;
    }
    all.extend_from_slice(after);
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::{Unwritable, rewritten};
    use crate::ingest::encoding;
    use crate::text::Span;

    fn changed(bytes: &[u8], old: &str, new: &str) -> Result<Vec<u8>, Unwritable> {
        let source = encoding::decoded(bytes).unwrap().source("a.txt");
        let start = source.text().find(old).unwrap();
        rewritten(bytes, &source, Span::new(start, start + old.len()), new)
    }

    fn utf16(text: &str) -> Vec<u8> {
        let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
        units.flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn only_the_figure_changes_whatever_the_encoding() {
        let crlf = "“€5m” of – aid\r\n for 40 people \r\n";
        assert_eq!(
            changed(crlf.as_bytes(), "40", "1,400").unwrap(),
            crlf.replace("40", "1,400").into_bytes()
        );
        let marked = [b"\xEF\xBB\xBF", crlf.as_bytes()].concat();
        assert_eq!(
            changed(&marked, "€5m", "€6m").unwrap(),
            [b"\xEF\xBB\xBF", crlf.replace("€5m", "€6m").as_bytes()].concat()
        );
        assert_eq!(changed(&utf16(crlf), "40", "€1").unwrap(), utf16(&crlf.replace("40", "€1")));
        let windows = b"caf\xE9s sold \x803m of 40 cups";
        assert_eq!(changed(windows, "€3m", "€41m").unwrap(), b"caf\xE9s sold \x8041m of 40 cups");
    }

    #[test]
    fn what_cannot_stand_there_is_refused() {
        assert_eq!(changed(b"caf\xE9s sold 40", "40", "४०"), Err(Unwritable::Encoding('४')));
        assert_eq!(changed(b"sold 40", "40", "<b>"), Err(Unwritable::Markup('<')));
        assert_eq!(changed(b"sold 40", "40", "4\n0"), Err(Unwritable::Markup('\n')));
        let other = encoding::decoded(b"unpacked 40").unwrap().source("a.docx");
        assert_eq!(rewritten(b"PK", &other, Span::new(9, 11), "41"), Err(Unwritable::Extracted));
    }
}
