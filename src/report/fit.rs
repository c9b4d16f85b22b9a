//! Text made fit for a terminal: nothing in it moves the cursor, and it is measured, cut and
//! wrapped by the columns it takes.

use std::borrow::Cow;
use unicode_width::UnicodeWidthChar;

/// `text` on one line and without characters that control a terminal or turn the direction of
/// writing: an article must not be able to repaint the screen.
pub fn printable(text: &str) -> Cow<'_, str> {
    let harmless = |c: char| shown(c) == Some(c);
    if text.chars().all(harmless) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().filter_map(shown).collect())
    }
}

/// What is shown for a character; nothing for the joiner, which changes how wide others are.
pub(crate) fn shown(c: char) -> Option<char> {
    match c {
        '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        '\u{200d}' => None,
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            Some('\u{fffd}')
        }
        _ if c.is_control() => Some('\u{fffd}'),
        _ => Some(c),
    }
}

/// How many columns `text` takes.
pub(crate) fn width(text: &str) -> usize {
    text.chars().map(columns).sum()
}

/// How many columns a character takes.
pub(crate) fn columns(c: char) -> usize {
    shown(c).and_then(UnicodeWidthChar::width).unwrap_or(0)
}

/// `text` on one line, cut at its end to `most` columns.
pub(crate) fn cut(text: &str, most: usize) -> Cow<'_, str> {
    let text = printable(text);
    let mut taken = 0;
    let mut end = 0;
    for (at, c) in text.char_indices() {
        if taken + columns(c) > most {
            let kept = text.get(..end).unwrap_or_default().trim_end();
            return Cow::Owned(format!("{kept}…"));
        }
        taken += columns(c);
        if taken < most {
            end = at + c.len_utf8();
        }
    }
    text
}

/// `text` in lines of at most `columns` columns, broken at blanks; a longer word keeps a line of
/// its own.
pub(crate) fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let text = printable(text);
    let mut lines = vec![String::new()];
    let mut taken = 0;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let wide = width(word);
        if taken > 0 && taken + 1 + wide > columns {
            lines.push(String::new());
            taken = 0;
        }
        if let Some(line) = lines.last_mut() {
            if taken > 0 {
                line.push(' ');
                taken += 1;
            }
            line.push_str(word);
            taken += wide;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{cut, printable, width, wrapped};

    #[test]
    fn nothing_moves_the_cursor() {
        assert_eq!(printable("\u{1b}[2J14\tkilled\r\n\u{202e}"), "\u{fffd}[2J14 killed  \u{fffd}");
        assert_eq!(printable("“14” – €5"), "“14” – €5");
    }

    #[test]
    fn cuts_by_columns() {
        assert_eq!(cut("13,000 people", 13), "13,000 people");
        assert_eq!(cut("13,000 people", 8), "13,000…");
        assert_eq!(width(&cut("死者一万三千人", 6)), 5);
        assert_eq!(cut("abc", 0), "…");
        assert_eq!(cut("", 0), "");
    }

    #[test]
    fn wraps_at_blanks() {
        assert_eq!(
            wrapped("13,200–13,400 (OHCHR, as of 2021-06-30)", 21),
            ["13,200–13,400 (OHCHR,", "as of 2021-06-30)"]
        );
        assert_eq!(wrapped("https://example.org/ a", 5), ["https://example.org/", "a"]);
        assert_eq!(wrapped("", 5), [""]);
    }
}
