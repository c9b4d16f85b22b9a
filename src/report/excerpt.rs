//! The stretch of a line that is shown for a finding.
//!
//! Prose is one paragraph a line, so a line is cut around what is marked, at the edges of words.

use crate::report::fit::{columns, printable};
use crate::text::{File, Span};
use std::ops::Range;

/// A piece of a source on one line, ready to be shown.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Excerpt {
    /// The text, with `…` where something is left out.
    pub(crate) text: String,
    /// Where the marks stand in `text`, in the order given.
    pub(crate) marks: Vec<Range<usize>>,
}

/// How far behind the last whole word a cut may lie before the word itself is cut.
const LONGEST_WORD: usize = 30;

/// Marks that are more bytes apart are not shown together.
const FAR: usize = 4096;

/// The piece of `text` around `marks` that takes at most `width` columns and leaves `reserve`
/// columns behind the marks for what is said of them.
///
/// The marks lie in the same line or in neighbouring ones; line breaks are shown as blanks.
pub(crate) fn excerpt(text: &str, marks: &[Span<File>], width: usize, reserve: usize) -> Excerpt {
    let core = core(marks);
    let line = line_around(text, core);
    let shown = if fits(text, line.clone(), width) && left_of(text, &line, core) + reserve <= width
    {
        line.clone()
    } else {
        window(text, &line, core, width.saturating_sub(2), reserve)
    };
    cut_out(text, marks, &line, &trimmed(text, shown))
}

/// The columns from the first mark to the last; nothing where they are far more than a line of
/// text can be wide.
pub(crate) fn core_width(text: &str, marks: &[Span<File>]) -> Option<usize> {
    let core = core(marks).range();
    if core.len() > FAR { None } else { Some(text.get(core)?.chars().map(columns).sum()) }
}

/// From the first mark to the last.
fn core(marks: &[Span<File>]) -> Span<File> {
    marks.iter().copied().reduce(Span::to).unwrap_or(Span::new(0, 0))
}

/// The lines that `core` touches, without the break behind them.
fn line_around(text: &str, core: Span<File>) -> Range<usize> {
    let bytes = text.as_bytes();
    let before = bytes.get(..core.start()).unwrap_or_default();
    let start = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
    let after = bytes.get(core.end()..).unwrap_or_default();
    let end = memchr::memchr(b'\n', after).map_or(text.len(), |at| core.end() + at);
    start..end
}

/// Whether a range is short enough to be shown whole.
fn fits(text: &str, range: Range<usize>, width: usize) -> bool {
    // A column takes at most four bytes, unless characters without width pile up.
    range.len() <= width.saturating_mul(4)
        && text.get(range).unwrap_or_default().chars().map(columns).sum::<usize>() <= width
}

fn left_of(text: &str, line: &Range<usize>, core: Span<File>) -> usize {
    text.get(line.start..core.end()).unwrap_or_default().chars().map(columns).sum()
}

/// The range of at most `width` columns around `core`, within `line`.
fn window(
    text: &str,
    line: &Range<usize>,
    core: Span<File>,
    width: usize,
    reserve: usize,
) -> Range<usize> {
    let inner = text.get(core.range()).unwrap_or_default();
    let (end_of_core, taken) = forward(inner, width);
    if end_of_core < inner.len() {
        return core.start()..core.start() + end_of_core;
    }
    let room = width - taken;
    let before = text.get(line.start..core.start()).unwrap_or_default();
    let after = text.get(core.end()..line.end).unwrap_or_default();
    let wanted = room.saturating_sub(reserve).max(room / 4);
    let (_, right) = forward(after, room / 2);
    let (start, left) = backward(before, wanted.min(room - right));
    let (end, _) = forward(after, room - left);
    let start = if start == 0 { 0 } else { word_behind(before, start) };
    let end = if end == after.len() { end } else { word_before(after, end) };
    line.start + start..core.end() + end
}

/// How far `text` reaches within `width` columns: bytes and columns.
fn forward(text: &str, width: usize) -> (usize, usize) {
    let mut taken = 0;
    for (at, c) in text.char_indices() {
        if taken + columns(c) > width {
            return (at, taken);
        }
        taken += columns(c);
    }
    (text.len(), taken)
}

/// Where the last `width` columns of `text` begin, and how many they are.
fn backward(text: &str, width: usize) -> (usize, usize) {
    let mut taken = 0;
    for (at, c) in text.char_indices().rev() {
        if taken + columns(c) > width {
            return (at + c.len_utf8(), taken);
        }
        taken += columns(c);
    }
    (0, taken)
}

/// The start of the first whole word of `text` from `at` on; `at` itself inside a long word.
fn word_behind(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    if text.get(..at).is_some_and(|before| before.ends_with(is_edge)) {
        return at;
    }
    match rest.char_indices().find(|(_, c)| is_edge(*c)) {
        Some((edge, c)) if edge <= LONGEST_WORD => at + edge + c.len_utf8(),
        _ => at,
    }
}

/// The end of the last whole word of `text` before `at`; `at` itself inside a long word.
fn word_before(text: &str, at: usize) -> usize {
    let rest = text.get(..at).unwrap_or_default();
    if text.get(at..).is_some_and(|after| after.starts_with(is_edge)) {
        return at;
    }
    match rest.char_indices().rev().find(|(_, c)| is_edge(*c)) {
        Some((edge, _)) if at - edge <= LONGEST_WORD => edge,
        _ => at,
    }
}

/// Where a line may be cut: between words, or between the cells of a table.
fn is_edge(c: char) -> bool {
    c.is_whitespace() || c == ','
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let piece = text.get(range.clone()).unwrap_or_default();
    let start = range.start + (piece.len() - piece.trim_start().len());
    start..(start + piece.trim().len())
}

/// The text of `shown` made printable, with the marks moved along.
fn cut_out(text: &str, marks: &[Span<File>], line: &Range<usize>, shown: &Range<usize>) -> Excerpt {
    let within = |at: usize| at.clamp(shown.start, shown.end);
    let mut stops: Vec<usize> = marks
        .iter()
        .flat_map(|mark| [within(mark.start()), within(mark.end())])
        .chain([shown.start, shown.end])
        .collect();
    stops.sort_unstable();
    stops.dedup();

    let is_cut = |gap: Range<usize>| !text.get(gap).unwrap_or_default().trim().is_empty();
    let mut out = String::new();
    if is_cut(line.start..shown.start) {
        out.push('…');
    }
    let mut moved = Vec::with_capacity(stops.len());
    let mut last = shown.start;
    for stop in stops {
        out.push_str(&printable(text.get(last..stop).unwrap_or_default()));
        moved.push((stop, out.len()));
        last = stop;
    }
    if is_cut(shown.end..line.end) {
        out.push('…');
    }
    let place = |at: usize| {
        let found = moved.binary_search_by_key(&within(at), |(stop, _)| *stop);
        found.ok().and_then(|i| moved.get(i)).map_or(0, |(_, to)| *to)
    };
    let marks = marks.iter().map(|mark| place(mark.start())..place(mark.end())).collect();
    Excerpt { text: out, marks }
}

#[cfg(test)]
mod tests {
    use super::excerpt;
    use crate::report::fit::width;
    use crate::text::Span;

    /// The excerpt of a text, in which `[` and `]` stand around the marks.
    #[track_caller]
    fn check(marked: &str, most: usize, expected: &str) {
        let mut text = String::new();
        let mut marks = Vec::new();
        let mut open = 0;
        for c in marked.chars() {
            match c {
                '[' => open = text.len(),
                ']' => marks.push(Span::new(open, text.len())),
                _ => text.push(c),
            }
        }
        let found = excerpt(&text, &marks, most, 0);
        assert!(width(&found.text) <= most, "{}", found.text);
        let mut shown = found.text;
        let mut ends: Vec<_> =
            found.marks.iter().flat_map(|mark| [(mark.start, '['), (mark.end, ']')]).collect();
        ends.sort_unstable();
        for (at, bracket) in ends.into_iter().rev() {
            shown.insert(at, bracket);
        }
        assert_eq!(shown, expected);
    }

    #[test]
    fn short_lines_stand_whole() {
        check("a\n  killed [14] people.  \nb", 40, "killed [14] people.");
        check("“[14]” and “[31]”", 40, "“[14]” and “[31]”");
    }

    #[test]
    fn long_lines_are_cut_between_words() {
        let line = "The war that began long ago has killed [13,000] people and driven many out.";
        check(line, 40, "…ago has killed [13,000] people and…");
        check("[14] killed on the first day of the long war", 20, "[14] killed on the…");
        check("on the first day of the long war [14] killed", 20, "…long war [14] killed");
        check("aa,bb,cc,13,[14],dd,ee", 10, "…13,[14],dd…");
    }

    #[test]
    fn long_words_are_cut_inside() {
        let line = format!("{}[14]{}", "x".repeat(90), "y".repeat(90));
        check(&line, 12, "…xxxx[14]yyyy…");
        let wide = format!("[{}]", "7".repeat(90));
        check(&wide, 12, &format!("[{}]…", "7".repeat(10)));
    }

    #[test]
    fn breaks_and_controls_do_not_show() {
        check("about [13\n\tthousand] people\u{1b}[", 60, "about [13  thousand] people\u{fffd}");
        check("", 10, "");
    }
}
