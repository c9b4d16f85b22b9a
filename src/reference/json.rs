//! JSON in which every value knows where it stands, so that a mistake is named at its line.

use crate::reference::fault::{TableFault, nearest};
use crate::text::{At, SourceId, Span};
use jsonc_parser::ast::{ObjectPropName, Value};
use jsonc_parser::common::Range;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

/// A text with its place, without its quotation marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) at: At,
}

/// A value with its place.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) at: At,
    value: Json,
}

#[derive(Debug, Clone)]
enum Json {
    Null,
    Yes(bool),
    Number(String),
    Text(String),
    List(Vec<Node>),
    Fields(Vec<(Word, Node)>),
}

impl Node {
    /// Reads a text.
    ///
    /// # Errors
    /// What is no JSON, and where.
    pub(crate) fn parse(text: &str, source: SourceId) -> Result<Self, TableFault> {
        let strict = ParseOptions {
            allow_comments: false,
            allow_loose_object_property_names: false,
            allow_trailing_commas: false,
            allow_missing_commas: false,
            allow_single_quoted_strings: false,
            allow_hexadecimal_numbers: false,
            allow_unary_plus_numbers: false,
            allow_bare_decimal_point_numbers: false,
            allow_non_finite_numbers: false,
            allow_extended_string_escapes: false,
        };
        let help = "write it as JSON, or have a program write it";
        match parse_to_ast(text, &CollectOptions::default(), &strict) {
            Ok(found) => match found.value {
                Some(value) => Ok(node(value, source)),
                None => Err(TableFault::new(at(Range::new(0, 0), source), "it is empty", help)),
            },
            Err(error) => {
                let message = format!("it is no JSON: {}", error.kind()).to_lowercase();
                let message = message.replace("json", "JSON");
                Err(TableFault::new(at(error.range(), source), message, help))
            }
        }
    }

    /// The text or number that it is.
    pub(crate) fn word(&self) -> Option<Word> {
        match &self.value {
            Json::Text(text) | Json::Number(text) => Some(Word { text: text.clone(), at: self.at }),
            _ => None,
        }
    }

    /// The whole number that it is.
    pub(crate) fn whole(&self) -> Option<usize> {
        match &self.value {
            Json::Number(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// Whether it is `true`.
    pub(crate) fn yes(&self) -> Option<bool> {
        if let Json::Yes(yes) = self.value { Some(yes) } else { None }
    }

    /// The values of the list that it is.
    pub(crate) fn list(&self) -> Option<&[Self]> {
        if let Json::List(list) = &self.value { Some(list) } else { None }
    }

    /// The keys and values of the object that it is.
    pub(crate) fn fields(&self) -> Option<&[(Word, Self)]> {
        if let Json::Fields(fields) = &self.value { Some(fields) } else { None }
    }

    /// The value of a key, in an object.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        let field = self.fields()?.iter().find(|(name, _)| name.text == key)?;
        (!matches!(field.1.value, Json::Null)).then_some(&field.1)
    }

    /// Names keys that are none of `known`, and keys that are there twice. What is no object at
    /// all is named too.
    pub(crate) fn keys(&self, known: &[&str], faults: &mut Vec<TableFault>) {
        let Some(fields) = self.fields() else {
            let help = format!("write an object with some of: {}", known.join(", "));
            faults.push(TableFault::new(self.at, "it is no object", help));
            return;
        };
        for (i, (key, _)) in fields.iter().enumerate() {
            let Word { text, at } = key;
            if !known.contains(&text.as_str()) {
                let help = match nearest(text, known.iter().copied()) {
                    Some(near) => format!("write `{near}`"),
                    None => format!("write one of: {}", known.join(", ")),
                };
                faults.push(TableFault::new(*at, format!("no key is called `{text}`"), help));
            } else if fields.iter().take(i).any(|(earlier, _)| earlier.text == *text) {
                let message = format!("`{text}` stands here twice");
                faults.push(TableFault::new(*at, message, "take one of the two out"));
            }
        }
    }
}

fn at(range: Range, source: SourceId) -> At {
    At { source, span: Span::new(range.start, range.end) }
}

/// The place of a text without its quotation marks.
fn within(range: Range, source: SourceId) -> At {
    at(Range::new(range.start + 1, range.end.saturating_sub(1).max(range.start + 1)), source)
}

fn node(value: Value<'_>, source: SourceId) -> Node {
    match value {
        Value::StringLit(text) => {
            Node { at: within(text.range, source), value: Json::Text(text.value.into_owned()) }
        }
        Value::NumberLit(number) => {
            Node { at: at(number.range, source), value: Json::Number(number.value.to_owned()) }
        }
        Value::BooleanLit(yes) => Node { at: at(yes.range, source), value: Json::Yes(yes.value) },
        Value::NullKeyword(null) => Node { at: at(null.range, source), value: Json::Null },
        Value::Array(list) => {
            let elements = list.elements.into_iter().map(|one| node(one, source)).collect();
            Node { at: at(list.range, source), value: Json::List(elements) }
        }
        Value::Object(object) => {
            let fields = object.properties.into_iter().map(|field| {
                let range = match &field.name {
                    ObjectPropName::String(name) => name.range,
                    ObjectPropName::Word(name) => name.range,
                };
                let key = Word { text: field.name.into_string(), at: within(range, source) };
                (key, node(field.value, source))
            });
            Node { at: at(object.range, source), value: Json::Fields(fields.collect()) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Node;
    use crate::text::SourceId;

    #[test]
    fn values_know_where_they_stand() {
        let text = "{\"a\": [\"é\", 12, true],\n \"bee\": {\"c\": null, \"c\": \"x\"}}";
        let node = Node::parse(text, SourceId::FIRST).unwrap();
        let list = node.get("a").and_then(Node::list).unwrap();
        let word = list[0].word().unwrap();
        assert_eq!((word.text.as_str(), word.at.span.of(text)), ("é", "é"));
        assert_eq!((list[1].whole(), list[2].yes()), (Some(12), Some(true)));
        assert_eq!(list[1].at.span.of(text), "12");
        assert!(node.get("bee").unwrap().get("c").is_none(), "null is as if it were not there");
        let mut faults = Vec::new();
        node.keys(&["a", "beer"], &mut faults);
        node.get("bee").unwrap().keys(&["c"], &mut faults);
        list[0].keys(&["c"], &mut faults);
        let shown: Vec<_> = faults
            .iter()
            .map(|fault| format!("{}: {}; {}", fault.at.span.of(text), fault.message, fault.help))
            .collect();
        let expected = [
            "bee: no key is called `bee`; write `beer`",
            "c: `c` stands here twice; take one of the two out",
            "é: it is no object; write an object with some of: c",
        ];
        assert_eq!(shown, expected);
    }

    #[test]
    fn what_is_no_json_is_named_where_it_breaks() {
        for (text, at, message) in [
            ("{\"a\": 1,}", 7, "trailing commas are not allowed"),
            ("{\"a\" 1}", 5, "expected colon"),
            ("{'a': 1}", 1, "single-quoted"),
            ("", 0, "it is empty"),
        ] {
            let fault = Node::parse(text, SourceId::FIRST).unwrap_err();
            assert!(fault.message.contains(message), "{text}: {}", fault.message);
            assert_eq!(fault.at.span.start(), at, "{text}");
        }
    }
}
