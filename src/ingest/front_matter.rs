//! The lines above a Markdown text that say what it is: YAML between `---`, TOML between `+++`.
//!
//! Of YAML, the top level of a block mapping with text values is read, which is what front matter
//! is made of: plain, quoted, folded and literal scalars. Nested values, anchors and tags are
//! passed over. A YAML parser would not do, since none tells where the characters inside a
//! scalar stand.

use crate::ingest::draft::Run;
use crate::ingest::entity;
use serde::de::IgnoredAny;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;

/// What a front matter says, and where.
#[derive(Debug, Default)]
pub(crate) struct FrontMatter<'a> {
    /// How many bytes it takes at the start of the text.
    pub(crate) len: usize,
    fields: Vec<Field<'a>>,
}

/// Where and why a front matter cannot be understood.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) at: usize,
    pub(crate) why: String,
}

#[derive(Debug)]
struct Field<'a> {
    key: String,
    value: Vec<Run<'a>>,
}

impl<'a> FrontMatter<'a> {
    /// The front matter at the start of `text`; an empty one if there is none.
    pub(crate) fn read(text: &'a str) -> Result<Self, Fault> {
        let Some(fence) = Fence::at_start(text) else { return Ok(Self::default()) };
        let Some((inner, len)) = fence.inner(text) else {
            let has_fields = text.lines().nth(1).is_some_and(|line| fence.is_field(line));
            let why = format!("the front matter has no closing {}", fence.mark());
            return if has_fields { Err(Fault { at: 0, why }) } else { Ok(Self::default()) };
        };
        let fields = match fence {
            Fence::Yaml => yaml(text, inner)?,
            Fence::Toml => toml(text, inner)?,
        };
        Ok(Self { len, fields })
    }

    /// The first field of one of the names, earlier names first, that is not blank.
    pub(crate) fn field(&self, names: &[&str]) -> Option<&[Run<'a>]> {
        names.iter().find_map(|name| {
            let named = self.fields.iter().find(|field| field.key.eq_ignore_ascii_case(name));
            let value = named.map(|field| field.value.as_slice());
            value.filter(|runs| runs.iter().any(|run| !run.text().trim().is_empty()))
        })
    }

    /// The same as a text.
    pub(crate) fn text(&self, names: &[&str]) -> Option<String> {
        let text: String = self.field(names)?.iter().map(Run::text).collect();
        Some(text.trim().to_owned())
    }
}

/// Whether `text` starts with a front matter.
pub(crate) fn is_at_start(text: &str) -> bool {
    Fence::at_start(text).is_some_and(|fence| {
        let inner = fence.inner(text).and_then(|(inner, _)| text.get(inner));
        inner.is_some_and(|inner| inner.lines().any(|line| fence.is_field(line)))
    })
}

#[derive(Debug, Clone, Copy)]
enum Fence {
    Yaml,
    Toml,
}

impl Fence {
    fn at_start(text: &str) -> Option<Self> {
        let first = text.lines().next()?.trim_end();
        [Self::Yaml, Self::Toml].into_iter().find(|fence| fence.mark() == first)
    }

    const fn mark(self) -> &'static str {
        match self {
            Self::Yaml => "---",
            Self::Toml => "+++",
        }
    }

    /// What stands between the fences, and where the text behind them begins.
    fn inner(self, text: &str) -> Option<(Range<usize>, usize)> {
        let start = text.find('\n')? + 1;
        let mut at = start;
        while let Some((line, next)) = line_at(text, at, text.len()) {
            if line.trim_end() == self.mark() {
                return Some((start..at, next));
            }
            at = next;
        }
        None
    }

    /// Whether a line between the fences gives a field.
    fn is_field(self, line: &str) -> bool {
        match self {
            Self::Yaml => key(line).is_some(),
            Self::Toml => line.contains('='),
        }
    }
}

/// The line that begins at `at` without its line break, and where the next one begins.
fn line_at(text: &str, at: usize, end: usize) -> Option<(&str, usize)> {
    let rest = text.get(at..end).filter(|rest| !rest.is_empty())?;
    let len = memchr::memchr(b'\n', rest.as_bytes());
    let line = rest.get(..len.unwrap_or(rest.len()))?;
    Some((line.strip_suffix('\r').unwrap_or(line), at + len.map_or(rest.len(), |len| len + 1)))
}

fn toml(text: &str, inner: Range<usize>) -> Result<Vec<Field<'_>>, Fault> {
    let start = inner.start;
    let inner = text.get(inner).unwrap_or_default();
    let table: BTreeMap<String, Spanned<IgnoredAny>> =
        toml::from_str(inner).map_err(|error| Fault {
            at: start + error.span().map_or(0, |span| span.start),
            why: format!("the front matter is not valid TOML: {}", error.message()),
        })?;
    let field = |(key, value): (String, Spanned<IgnoredAny>)| {
        let at = start + value.span().start;
        let value = scalar(at, inner.get(value.span())?)?;
        Some(Field { key, value })
    };
    Ok(table.into_iter().filter_map(field).collect())
}

/// The runs of a TOML string or date.
fn scalar(at: usize, raw: &str) -> Option<Vec<Run<'_>>> {
    let quotes = [("\"\"\"", Quote::Double), ("'''", Quote::Literal)];
    let quotes = quotes.into_iter().chain([("\"", Quote::Double), ("'", Quote::Literal)]);
    for (mark, quote) in quotes {
        let inner = raw.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark));
        if let Some(inner) = inner {
            return Some(quoted(at + mark.len(), inner, quote));
        }
    }
    raw.starts_with(|c: char| c.is_ascii_digit()).then(|| vec![Run::Copied { at, text: raw }])
}

fn yaml(text: &str, inner: Range<usize>) -> Result<Vec<Field<'_>>, Fault> {
    let mut fields = Vec::new();
    let mut at = inner.start;
    while let Some((line, next)) = line_at(text, at, inner.end) {
        let Some((key, value_at)) = key(line) else {
            at = next;
            continue;
        };
        let (value, next) = Yaml { text, end: inner.end }.value(at + value_at, next)?;
        fields.push(Field { key: key.to_owned(), value });
        at = next;
    }
    Ok(fields)
}

/// The key that a line at the top level begins with, and where its value begins.
fn key(line: &str) -> Option<(&str, usize)> {
    if line.starts_with(|c: char| c.is_whitespace() || "#-?[{".contains(c)) {
        return None;
    }
    let colon = line
        .match_indices(':')
        .map(|(at, _)| at)
        .find(|at| line.as_bytes().get(at + 1).is_none_or(u8::is_ascii_whitespace))?;
    let key = line.get(..colon)?.trim_end().trim_matches(['"', '\'']);
    let value = line.get(colon + 1..)?;
    Some((key, colon + 1 + (value.len() - value.trim_start().len())))
}

struct Yaml<'a> {
    text: &'a str,
    end: usize,
}

impl<'a> Yaml<'a> {
    /// The value that begins at `at`, and where the line behind it begins; `next` is where the
    /// line behind the key begins.
    fn value(&self, at: usize, next: usize) -> Result<(Vec<Run<'a>>, usize), Fault> {
        let rest = self.text.get(at..self.end).unwrap_or_default();
        match self.text.as_bytes().get(at..next).and_then(<[u8]>::first) {
            Some(mark @ (b'"' | b'\'')) => {
                let quote = if *mark == b'"' { Quote::Double } else { Quote::Single };
                let inner = rest.get(1..).unwrap_or_default();
                let Some(len) = quote.end(inner) else {
                    return Err(Fault { at, why: "the quoted text does not end".to_owned() });
                };
                let runs = quoted(at + 1, inner.get(..len).unwrap_or_default(), quote);
                let end = at + len + 2;
                Ok((runs, line_at(self.text, end, self.end).map_or(self.end, |(_, next)| next)))
            }
            Some(b'|' | b'>') => Ok(self.lines(None, next)),
            Some(b'[' | b'{' | b'&' | b'*' | b'!') => Ok((Vec::new(), next)),
            _ => Ok(self.lines(Some(at), next)),
        }
    }

    /// A plain scalar that begins at `first`, or a block scalar, with its indented lines from
    /// `at` on, folded into one.
    fn lines(&self, first: Option<usize>, mut at: usize) -> (Vec<Run<'a>>, usize) {
        let mut texts: Vec<(usize, &str)> = Vec::new();
        if let Some(first) = first {
            let line = line_at(self.text, first, self.end).map_or("", |(line, _)| line);
            let text = plain(line);
            if !text.is_empty() {
                texts.push((first, text));
            }
        }
        while let Some((line, next)) = line_at(self.text, at, self.end) {
            let text = line.trim_start();
            if !text.is_empty() {
                let is_nested = first.is_some()
                    && texts.is_empty()
                    && (text.starts_with("- ") || key(text).is_some());
                if text.len() == line.len() || is_nested {
                    break;
                }
                let indent = line.len() - text.len();
                let text = if first.is_some() { plain(text) } else { text.trim_end() };
                texts.push((at + indent, text));
            }
            at = next;
        }
        let mut runs = Vec::new();
        let mut end = None;
        for (at, text) in texts {
            if let Some(end) = end {
                runs.push(Run::Replaced { at: end, len: at - end, text: Cow::Borrowed(" ") });
            }
            runs.extend(entity::runs(at, text));
            end = Some(at + text.len());
        }
        (runs, at)
    }
}

/// A line of a plain scalar without its comment.
fn plain(line: &str) -> &str {
    let comment = line.match_indices('#').map(|(at, _)| at).find(|at| {
        line.get(..*at).is_some_and(|before| before.is_empty() || before.ends_with([' ', '\t']))
    });
    comment.and_then(|at| line.get(..at)).unwrap_or(line).trim_end()
}

/// How a quoted text says what it cannot write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quote {
    /// With a backslash.
    Double,
    /// Its own mark by doubling it.
    Single,
    /// Not at all.
    Literal,
}

impl Quote {
    /// Where the quoted text ends that `text` begins with.
    fn end(self, text: &str) -> Option<usize> {
        let bytes = text.as_bytes();
        let mut at = 0;
        loop {
            let rest = bytes.get(at..)?;
            match self {
                Self::Double => {
                    let found = memchr::memchr2(b'"', b'\\', rest)?;
                    at += found;
                    if rest.get(found) == Some(&b'"') {
                        return Some(at);
                    }
                    at += 2;
                }
                Self::Single | Self::Literal => {
                    at += memchr::memchr(b'\'', rest)?;
                    if bytes.get(at + 1) != Some(&b'\'') {
                        return Some(at);
                    }
                    at += 2;
                }
            }
        }
    }

    /// The length and meaning of what `rest` begins with, if that is not what it says.
    fn escape(self, rest: &str) -> Option<(usize, String)> {
        if rest.starts_with(['\r', '\n']) {
            return Some((rest.len() - rest.trim_start().len(), " ".to_owned()));
        }
        match self {
            Self::Single if rest.starts_with("''") => Some((2, "'".to_owned())),
            Self::Double => backslash(rest.strip_prefix('\\')?),
            Self::Single | Self::Literal => None,
        }
    }
}

/// The length and meaning of an escape, the backslash included in the length.
fn backslash(rest: &str) -> Option<(usize, String)> {
    let first = rest.chars().next()?;
    let digits = match first {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        '\r' | '\n' => return Some((1 + rest.len() - rest.trim_start().len(), String::new())),
        _ => 0,
    };
    if digits > 0 {
        let code = u32::from_str_radix(rest.get(1..=digits)?, 16).ok()?;
        return Some((2 + digits, char::from_u32(code)?.to_string()));
    }
    let meant = match first {
        'n' | 'r' | 't' | 'f' | 'v' => ' ',
        'N' | 'L' | 'P' => '\n',
        '_' => '\u{a0}',
        '"' | '\\' | '/' | ' ' => first,
        _ => return None,
    };
    Some((2, meant.to_string()))
}

/// A quoted text, which stands at `at`, as runs; escapes, line breaks and entities are replaced.
fn quoted(at: usize, text: &str, quote: Quote) -> Vec<Run<'_>> {
    let mut runs = Vec::new();
    let mut done = 0;
    let mut look = 0;
    while let Some(found) = text.get(look..).and_then(|rest| rest.find(['\\', '\'', '\r', '\n'])) {
        let found = look + found;
        if let Some((len, meant)) = quote.escape(text.get(found..).unwrap_or_default()) {
            runs.extend(entity::runs(at + done, text.get(done..found).unwrap_or_default()));
            runs.push(Run::Replaced { at: at + found, len, text: Cow::Owned(meant) });
            done = found + len;
            look = done;
        } else {
            look = found + 1;
        }
    }
    runs.extend(entity::runs(at + done, text.get(done..).unwrap_or_default()));
    runs
}

#[cfg(test)]
mod tests {
    use super::{FrontMatter, is_at_start};
    use crate::ingest::draft::Run;

    /// Reads the `title` and holds that what was copied stands where it says.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let front = FrontMatter::read(text).unwrap();
        for run in front.field(&["title"]).unwrap_or_default() {
            match run {
                Run::Copied { at, text: copied } => {
                    assert_eq!(text.get(*at..at + copied.len()), Some(*copied));
                }
                Run::Replaced { at, len, .. } => assert!(text.get(*at..at + len).is_some()),
            }
        }
        assert_eq!(front.text(&["title"]).unwrap_or_default(), expected);
        assert_eq!(text.get(front.len..), Some("Body\n"));
        assert!(is_at_start(text));
    }

    #[track_caller]
    fn check_yaml(fields: &str, expected: &str) {
        check(&format!("---\nlang: en\n{fields}\ndate: 2022-01-28\n---\nBody\n"), expected);
    }

    #[track_caller]
    fn check_toml(fields: &str, expected: &str) {
        let text = format!("+++\ndate = 2022-01-28\n{fields}\n[params]\nx = 1\n+++\nBody\n");
        check(&text, expected);
    }

    #[track_caller]
    fn check_fault(text: &str, at: usize, why: &str) {
        let fault = FrontMatter::read(text).unwrap_err();
        assert_eq!(fault.at, at);
        assert!(fault.why.starts_with(why), "{}", fault.why);
    }

    #[test]
    fn yaml_scalars() {
        check_yaml("title: Up 4% # draft", "Up 4%");
        check_yaml("title: Aid: 4%#1 issue", "Aid: 4%#1 issue");
        check_yaml("title: \"\\\"Up\\\" 4\\u0025 \\U0001F600\"", "\"Up\" 4% 😀");
        check_yaml("'title' : 'It''s 4%: up' # draft", "It's 4%: up");
        check_yaml("title: Up 4%\n  in May", "Up 4% in May");
        check_yaml("title: \"Up 4%\n  in May\"", "Up 4% in May");
        check_yaml("title:\n  Up 4%", "Up 4%");
        check_yaml("title: >-\n  Up 4%\n\n  in May", "Up 4% in May");
        check_yaml("Title: |\n  Up # 4%\n", "Up # 4%");
        check_yaml("title: Israel&apos;s 4%", "Israel's 4%");
        check_yaml("title: 2022-01-28", "2022-01-28");
    }

    #[test]
    fn yaml_that_is_no_text_is_passed_over() {
        check_yaml("tags:\n- a\n- 'b'\nmore: [a,\n  b]\ntitle:\n  a: b", "");
        check_yaml("title: {a: b}", "");
        check_yaml("params:\n  title: No\ntitle: Yes", "Yes");
    }

    #[test]
    fn toml_scalars() {
        check_toml("title = \"Up 4\\u0025 \\\"in May\\\"\" # draft", "Up 4% \"in May\"");
        check_toml("title = 'Up 4\\'", "Up 4\\");
        check_toml("title = \"\"\"\nUp 4%\nin May\"\"\"", "Up 4% in May");
        check_toml("title = '''Up 'em'''", "Up 'em");
        check_toml("other = 1", "");
    }

    #[test]
    fn windows_line_breaks() {
        check("---\r\ntitle: \"Up 4%\"\r\n---\r\nBody\n", "Up 4%");
        check("---\r\ntitle: Up 4%\r\n---\r\nBody\n", "Up 4%");
    }

    #[test]
    fn faults_are_placed() {
        check_fault("---\ntitle: \"Up\n---\nBody", 11, "the quoted text does not end");
        check_fault("---\ntitle: Up\n\nBody", 0, "the front matter has no closing ---");
        check_fault("+++\na = 1\nb = \n+++\n", 14, "the front matter is not valid TOML");
    }

    #[test]
    fn a_rule_is_no_front_matter() {
        assert_eq!(FrontMatter::read("---\n\nBody").unwrap().len, 0);
        assert!(!is_at_start("---\nBody\n---\n"));
    }
}
