//! Markup that cannot be forgotten to be escaped: literals of the program are markup, everything
//! else is text.

use crate::report::fit;
use std::fmt::{self, Write as _};

/// HTML in the making.
///
/// `put!` is the one way to write to it: pieces in quotes are markup of the program, pieces in
/// braces are text and are escaped, whatever they come from.
#[derive(Debug, Default)]
pub(crate) struct Html {
    text: String,
}

/// Something that is put into a page as text.
pub(crate) trait Text {
    /// Writes it, escaped.
    fn put(&self, to: &mut Html);
}

/// Writes to a page: `put!(to, "<b>" {words} "</b>")`.
macro_rules! put {
    ($to:expr, $($piece:tt)+) => {{
        $($crate::report::html::markup::piece!($to, $piece);)+
    }};
}

/// A piece of what `put!` writes.
macro_rules! piece {
    ($to:expr, $markup:literal) => {
        $to.markup(concat!($markup))
    };
    ($to:expr, {$($text:tt)+}) => {
        $crate::report::html::markup::Text::put(&($($text)+), &mut *$to)
    };
}
pub(crate) use {piece, put};

impl Html {
    /// Adds markup that stands in the program.
    pub(crate) fn markup(&mut self, markup: &'static str) {
        self.text.push_str(markup);
    }

    /// Adds text: what means something in markup is escaped, what turns the direction of writing
    /// or has no shape is replaced.
    fn escaped(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut done = 0;
        let mut at = 0;
        while let Some(found) =
            bytes.get(at..).and_then(|rest| rest.iter().position(|byte| is_special(*byte)))
        {
            at += found;
            let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
            let next = at + c.len_utf8();
            if let Some(instead) = instead(c) {
                self.text.push_str(text.get(done..at).unwrap_or_default());
                self.text.push_str(instead);
                done = next;
            }
            at = next;
        }
        self.text.push_str(text.get(done..).unwrap_or_default());
    }

    /// The page.
    pub(crate) fn into_string(self) -> String {
        self.text
    }
}

/// Whether a byte begins a character that may have to be replaced.
fn is_special(byte: u8) -> bool {
    matches!(byte, 0..=0x1f | b'"' | b'&' | b'\'' | b'<' | b'>' | 0x7f | 0xc2 | 0xd8 | 0xe2)
}

/// What stands for a character that cannot stand for itself.
fn instead(c: char) -> Option<&'static str> {
    Some(match c {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\'' => "&#39;",
        '\u{61c}' => "\u{fffd}",
        _ => match fit::shown(c) {
            Some(' ') if c != ' ' => " ",
            Some('\u{fffd}') => "\u{fffd}",
            _ => return None,
        },
    })
}

impl fmt::Write for Html {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.escaped(text);
        Ok(())
    }
}

impl Text for str {
    fn put(&self, to: &mut Html) {
        to.escaped(self);
    }
}

impl Text for String {
    fn put(&self, to: &mut Html) {
        to.escaped(self);
    }
}

impl<T: Text + ?Sized> Text for &T {
    fn put(&self, to: &mut Html) {
        (**self).put(to);
    }
}

impl<T: Text> Text for Option<T> {
    fn put(&self, to: &mut Html) {
        if let Some(text) = self {
            text.put(to);
        }
    }
}

impl Text for usize {
    fn put(&self, to: &mut Html) {
        to.put_display(self);
    }
}

impl Text for fmt::Arguments<'_> {
    fn put(&self, to: &mut Html) {
        to.put_display(self);
    }
}

impl Html {
    fn put_display(&mut self, shown: impl fmt::Display) {
        // Writing into a string cannot fail.
        let _ = write!(self, "{shown}");
    }
}

/// An address that a reader may follow: of the web, and of nothing that runs.
pub(crate) fn web_address(url: &str) -> Option<&str> {
    let scheme = url.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase())?;
    let plain = !url.chars().any(|c| c.is_whitespace() || c.is_control());
    (matches!(&*scheme, "http" | "https") && plain).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::{Html, web_address};

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let mut html = Html::default();
        put!(&mut html, { text });
        assert_eq!(html.into_string(), expected);
    }

    #[test]
    fn text_is_no_markup() {
        check("<b onclick='x'>&\"", "&lt;b onclick=&#39;x&#39;&gt;&amp;&quot;");
        check("a\u{202e}b\u{2066}c\u{61c}d\0e", "a\u{fffd}b\u{fffd}c\u{fffd}d\u{fffd}e");
        check("one\ntwo\u{2028}three", "one two three");
        check("“14” – €5 · 14\u{a0}km", "“14” – €5 · 14\u{a0}km");
        check("", "");
    }

    #[test]
    fn pieces_in_quotes_are_markup() {
        let mut html = Html::default();
        let (id, count) = ("a'b", 3_usize);
        put!(&mut html, "<i id='" {id} "'>" {count} {format_args!("<{count}>")} "</i>");
        assert_eq!(html.into_string(), "<i id='a&#39;b'>3&lt;3&gt;</i>");
    }

    #[test]
    fn only_addresses_of_the_web_are_followed() {
        assert_eq!(web_address("https://example.org/a?b=1"), Some("https://example.org/a?b=1"));
        for bad in ["javascript:alert(1)//://", "data:text/html,x", "JAVASCRIPT://%0aalert(1)", ""]
        {
            assert_eq!(web_address(bad), None, "{bad}");
        }
    }
}
