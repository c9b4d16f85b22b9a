//! JSON whose strings know where they are written.

use crate::ingest::draft::Run;
use crate::ingest::unescaped::Unescaped;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// A value as it is written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Json<'a> {
    /// Where it stands.
    at: usize,
    raw: &'a str,
}

impl<'a> Json<'a> {
    /// The value that `text` is, which stands at `at`.
    pub(crate) fn new(at: usize, text: &'a str) -> Result<Self, serde_json::Error> {
        let raw: &RawValue = serde_json::from_str(text)?;
        Ok(Self { at, raw: text }.inner(raw))
    }

    fn inner(self, raw: &'a RawValue) -> Self {
        let raw = raw.get();
        // A raw value is a slice of what it was read from.
        let start = raw.as_ptr().addr().saturating_sub(self.raw.as_ptr().addr());
        Self { at: self.at + start, raw }
    }

    /// The fields of an object in their order; none of anything else.
    pub(crate) fn fields(self) -> Vec<(String, Self)> {
        let fields: Option<Fields<'a>> = serde_json::from_str(self.raw).ok();
        let fields = fields.map(|fields| fields.0).unwrap_or_default();
        fields.into_iter().map(|(name, raw)| (name, self.inner(raw))).collect()
    }

    /// A field of an object.
    pub(crate) fn field(self, name: &str) -> Option<Self> {
        self.fields().into_iter().find(|(found, _)| found == name).map(|(_, value)| value)
    }

    /// The values of an array; a value that is none is the only one, and `null` is nothing.
    pub(crate) fn each(self) -> Vec<Self> {
        if self.raw.starts_with('[') {
            let all: Vec<&RawValue> = serde_json::from_str(self.raw).unwrap_or_default();
            return all.into_iter().map(|raw| self.inner(raw)).collect();
        }
        if self.raw == "null" { Vec::new() } else { vec![self] }
    }

    /// Whether it is an object.
    pub(crate) fn is_object(self) -> bool {
        self.raw.starts_with('{')
    }

    /// The string that it is.
    pub(crate) fn string(self) -> Option<Unescaped> {
        let inner = self.raw.strip_prefix('"')?.strip_suffix('"')?;
        Some(unescaped(self.at + 1, inner))
    }

    /// The string or number that it is, if it says something.
    pub(crate) fn text(self) -> Option<String> {
        let text = match self.string() {
            Some(string) => string.as_str().trim().to_owned(),
            None if self.raw.starts_with(|c: char| c.is_ascii_digit()) => self.raw.to_owned(),
            None => return None,
        };
        (!text.is_empty()).then_some(text)
    }
}

/// The fields of an object in the order in which they are written.
struct Fields<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Fields<'a> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Visit;
        impl<'de> Visitor<'de> for Visit {
            type Value = Vec<(String, &'de RawValue)>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(fields)
            }
        }
        from.deserialize_map(Visit).map(Self)
    }
}

/// The text that the inside of a string literal means.
fn unescaped(at: usize, inner: &str) -> Unescaped {
    let mut text = Unescaped::default();
    let mut done = 0;
    while let Some(found) = memchr::memchr(b'\\', inner.as_bytes().get(done..).unwrap_or_default())
    {
        let start = done + found;
        copy(&mut text, at + done, inner.get(done..start).unwrap_or_default());
        let rest = inner.get(start..).unwrap_or_default();
        let (len, meant) = escape(rest);
        let meant = Cow::Owned(meant.to_string());
        text.push(&Run::Replaced { at: at + start, len, text: meant });
        done = start + len;
    }
    copy(&mut text, at + done, inner.get(done..).unwrap_or_default());
    text
}

fn copy(text: &mut Unescaped, at: usize, piece: &str) {
    if !piece.is_empty() {
        text.push(&Run::Copied { at, text: piece });
    }
}

/// The length and meaning of the escape at the start of `text`.
fn escape(text: &str) -> (usize, char) {
    let unit = |at: usize| {
        let digits = text.get(at..).and_then(|rest| rest.strip_prefix("\\u"))?.get(..4)?;
        u16::from_str_radix(digits, 16).ok()
    };
    match text.as_bytes().get(1) {
        Some(b'n') => (2, '\n'),
        Some(b't') => (2, '\t'),
        Some(b'r') => (2, '\r'),
        Some(b'b' | b'f') => (2, ' '),
        Some(b'u') => {
            let units = [unit(0), unit(6)];
            let read = char::decode_utf16(units.into_iter().map_while(|unit| unit)).next();
            match read {
                Some(Ok(c)) => (6 * c.len_utf16(), c),
                _ => (6, char::REPLACEMENT_CHARACTER),
            }
        }
        Some(mark) => (2, char::from(*mark)),
        None => (1, '\\'),
    }
}

#[cfg(test)]
mod tests {
    use super::Json;
    use crate::ingest::draft::Run;

    #[test]
    fn strings_know_where_they_are_written() {
        let text = " {\"a\": [1, {\"b\": \"up\\u00a04\\n\\ud83d\\ude00\\\"5%\"}], \"c\": null}";
        let json = Json::new(100, text).unwrap();
        let inner = json.field("a").unwrap().each().pop().unwrap().field("b").unwrap();
        let string = inner.string().unwrap();
        assert_eq!(string.as_str(), "up\u{a0}4\n😀\"5%");
        let runs = string.runs();
        let stands = |run: &Run<'_>| match run {
            Run::Copied { at, text } => (*at - 100, text.len()),
            Run::Replaced { at, len, .. } => (*at - 100, *len),
        };
        let stands: Vec<_> =
            runs.iter().map(stands).map(|(at, len)| text.get(at..at + len).unwrap()).collect();
        assert_eq!(stands, ["up", "\\u00a0", "4", "\\n", "\\ud83d\\ude00", "\\\"", "5%"]);
        assert!(json.field("c").unwrap().each().is_empty());
        assert_eq!(json.field("a").unwrap().each().first().unwrap().text().as_deref(), Some("1"));
    }

    #[test]
    fn deep_nesting_is_read() {
        let text = "[".repeat(100_000) + &"]".repeat(100_000);
        assert!(Json::new(0, &text).is_ok_and(|json| json.each().len() == 1));
    }
}
