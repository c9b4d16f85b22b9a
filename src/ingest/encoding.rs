//! Bytes as text, with the way back to the bytes.

use crate::ingest::Error;
use crate::text::Source;
use std::borrow::Cow;

const UTF8_MARK: &[u8] = &[0xEF, 0xBB, 0xBF];
const LITTLE_MARK: &[u8] = &[0xFF, 0xFE];
const BIG_MARK: &[u8] = &[0xFE, 0xFF];

/// A decoded text that knows how its bytes were stored.
#[derive(Debug, Clone)]
pub(crate) struct Decoded<'a> {
    text: Cow<'a, str>,
    stored: Stored,
}

#[derive(Debug, Clone)]
enum Stored {
    Behind(usize),
    Anchors(Vec<(usize, usize)>),
}

/// The first byte that cannot be text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// A control character that no text has.
    Control { offset: usize, value: u32 },
    /// Bytes that do not follow the encoding.
    Stray { offset: usize, encoding: &'static str },
}

impl Fault {
    /// The error for an input of that name.
    pub(crate) fn of(self, path: &str) -> Error {
        let path = path.to_owned();
        match self {
            Self::Control { offset, value } => Error::Binary { path, offset, value },
            Self::Stray { offset, encoding } => Error::Undecodable { path, offset, encoding },
        }
    }
}

impl Decoded<'_> {
    /// The text.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// The text as a source of that name.
    pub(crate) fn source(self, name: &str) -> Source {
        let source = Source::new(name, self.text);
        match self.stored {
            Stored::Behind(len) => source.behind(len),
            Stored::Anchors(anchors) => source.decoded(anchors),
        }
    }
}

/// The text that `bytes` stand for: UTF-8, UTF-16 behind its mark, or Windows-1252.
pub(crate) fn decoded(bytes: &[u8]) -> Result<Decoded<'_>, Fault> {
    if let Some(rest) = bytes.strip_prefix(LITTLE_MARK) {
        return utf16(rest, u16::from_le_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(BIG_MARK) {
        return utf16(rest, u16::from_be_bytes);
    }
    if let Some(offset) = first_control(bytes) {
        let value = bytes.get(offset).copied().unwrap_or_default().into();
        return Err(Fault::Control { offset, value });
    }
    let (rest, mark) = match bytes.strip_prefix(UTF8_MARK) {
        Some(rest) => (rest, UTF8_MARK.len()),
        None => (bytes, 0),
    };
    match str::from_utf8(rest) {
        Ok(text) => Ok(Decoded { text: text.into(), stored: Stored::Behind(mark) }),
        Err(error) => {
            let offset = mark + error.valid_up_to();
            if mark > 0 || is_damaged_utf8(rest) {
                return Err(Fault::Stray { offset, encoding: "valid UTF-8" });
            }
            windows_1252(bytes, offset)
        }
    }
}

/// How the characters of a file are stored.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Encoding {
    Utf8,
    Utf16(fn(u16) -> [u8; 2]),
    Windows1252,
}

impl Encoding {
    /// The encoding of bytes that can be decoded.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        if bytes.starts_with(LITTLE_MARK) {
            Self::Utf16(u16::to_le_bytes)
        } else if bytes.starts_with(BIG_MARK) {
            Self::Utf16(u16::to_be_bytes)
        } else if str::from_utf8(bytes).is_ok() {
            Self::Utf8
        } else {
            Self::Windows1252
        }
    }

    /// Adds a character to bytes of this encoding, if it has that character.
    pub(crate) fn encode(self, c: char, to: &mut Vec<u8>) -> Option<()> {
        match self {
            Self::Utf8 => to.extend(c.encode_utf8(&mut [0; 4]).bytes()),
            Self::Utf16(bytes) => {
                to.extend(c.encode_utf16(&mut [0; 2]).iter().flat_map(|u| bytes(*u)));
            }
            Self::Windows1252 => {
                let mut buffer = [0; 4];
                let text = &*c.encode_utf8(&mut buffer);
                let (bytes, _, unmapped) = encoding_rs::WINDOWS_1252.encode(text);
                to.extend((!unmapped).then_some(bytes)?.iter());
            }
        }
        Some(())
    }
}

/// Whether a byte is a control character that no text has. Line breaks, tabs and form feeds are
/// text.
const fn is_control(byte: u8) -> bool {
    byte < b'\t' || (byte > b'\r' && byte < b' ')
}

fn first_control(bytes: &[u8]) -> Option<usize> {
    const CHUNK: usize = 4096;
    // Without an early way out inside, the compiler looks at many bytes at once.
    let has_one = |chunk: &[u8]| chunk.iter().fold(false, |found, byte| found | is_control(*byte));
    let chunk = bytes.chunks(CHUNK).position(has_one)?;
    let start = chunk * CHUNK;
    let within = bytes.get(start..)?.iter().position(|byte| is_control(*byte))?;
    Some(start + within)
}

/// Whether most of what is beyond ASCII is sound UTF-8: then the rest is damage, since sound
/// sequences are all but unknown in other encodings.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut sound, mut stray) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        stray += usize::from(!chunk.invalid().is_empty());
    }
    sound >= stray
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Decoded<'static>, Fault> {
    let mark = LITTLE_MARK.len();
    let mut text = String::with_capacity(bytes.len());
    let mut anchors = vec![(0, mark)];
    let mut stored = mark;
    let (pairs, left) = bytes.as_chunks::<2>();
    for c in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        let Ok(c) = c else {
            return Err(Fault::Stray { offset: stored, encoding: "valid UTF-16" });
        };
        if u8::try_from(c).is_ok_and(is_control) {
            return Err(Fault::Control { offset: stored, value: c.into() });
        }
        text.push(c);
        stored += 2 * c.len_utf16();
        if c.len_utf8() != 2 * c.len_utf16() {
            anchors.push((text.len(), stored));
        }
    }
    if !left.is_empty() {
        return Err(Fault::Stray { offset: stored, encoding: "valid UTF-16" });
    }
    Ok(Decoded { text: text.into(), stored: Stored::Anchors(anchors) })
}

/// `stray` is the first byte that is not UTF-8.
fn windows_1252(bytes: &[u8], stray: usize) -> Result<Decoded<'static>, Fault> {
    let neither = |offset| Fault::Stray { offset, encoding: "UTF-8 or Windows-1252" };
    let high = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    // News in a Latin script is mostly ASCII; text in another script is not.
    if high * 3 > bytes.len() {
        return Err(neither(stray));
    }
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes);
    let mut anchors = vec![(0, 0)];
    for (stored, (at, c)) in text.char_indices().enumerate() {
        if c.is_control() && !c.is_ascii() {
            return Err(neither(stored));
        }
        if !c.is_ascii() {
            anchors.push((at + c.len_utf8(), stored + 1));
        }
    }
    Ok(Decoded { text: text.into_owned().into(), stored: Stored::Anchors(anchors) })
}

#[cfg(test)]
mod tests {
    use super::{Fault, decoded};

    /// Decodes and holds that every character start leads back to where it is stored.
    #[track_caller]
    fn check(bytes: &[u8], expected: &str, stored: &[usize]) {
        let text = decoded(bytes).unwrap();
        assert_eq!(text.as_str(), expected);
        let source = text.source("a.txt");
        let starts = expected.char_indices().map(|(at, _)| at).chain([expected.len()]);
        let found: Vec<_> = starts.map(|at| source.stored_offset(at)).collect();
        assert_eq!(found, stored);
    }

    #[track_caller]
    fn check_fault(bytes: &[u8], expected: Fault) {
        assert_eq!(decoded(bytes).unwrap_err(), expected);
    }

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        std::iter::once('\u{feff}')
            .chain(text.chars())
            .flat_map(|c| c.encode_utf16(&mut [0; 2]).to_vec())
            .flat_map(bytes)
            .collect()
    }

    #[test]
    fn utf8_with_and_without_mark() {
        check("€5\n".as_bytes(), "€5\n", &[0, 3, 4, 5]);
        check("\u{feff}€5".as_bytes(), "€5", &[3, 6, 7]);
    }

    #[test]
    fn utf16_in_both_orders() {
        let text = "a€😀é1";
        let offsets = [2, 4, 6, 10, 12, 14];
        check(&utf16(text, u16::to_le_bytes), text, &offsets);
        check(&utf16(text, u16::to_be_bytes), text, &offsets);
    }

    #[test]
    fn windows_1252_with_curly_quotes() {
        check(b"\x9314 killed\x94, \x80\x35", "“14 killed”, €5", &(0..=15).collect::<Vec<_>>());
    }

    #[test]
    fn what_is_no_text() {
        check_fault(b"ab\0", Fault::Control { offset: 2, value: 0 });
        check_fault(b"ab\x1b[0m", Fault::Control { offset: 2, value: 0x1b });
        let stray = |offset, encoding| Fault::Stray { offset, encoding };
        check_fault(
            "é, ü und \u{20ac}".as_bytes().split_last().unwrap().1,
            stray(11, "valid UTF-8"),
        );
        check_fault(b"ab\x81", stray(2, "UTF-8 or Windows-1252"));
        check_fault(b"\xcf\xf0\xe8\xe2\xe5\xf2", stray(0, "UTF-8 or Windows-1252"));
        check_fault(b"\xff\xfea\0b", stray(4, "valid UTF-16"));
        check_fault(b"\xff\xfea\0\0\xd8b\0", stray(4, "valid UTF-16"));
        check_fault(b"\xff\xfea\0\0\0", Fault::Control { offset: 4, value: 0 });
    }
}
