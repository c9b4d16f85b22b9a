//! Two versions of an article for people: what became of the figures, the sentences side by side
//! or one above the other, and the correction in a line.

use crate::check::Review;
use crate::report::correction::corrections;
use crate::report::fit::{printable, width, wrapped};
use crate::report::revised::{Count, Figure, Passage, Revised, Word, revised, words};
use crate::report::{Renderer, View};
use annotate_snippets::renderer::{AnsiColor, Style};
use std::io;

/// Two versions for people.
pub(crate) static RENDERER: Renderer =
    Renderer { name: "text", media_type: "text/plain; charset=utf-8", render };

/// From this width on the two versions stand side by side.
const WIDE: usize = 100;

const GAP: &str = " │ ";

fn render(review: &Review, view: &View, out: &mut dyn io::Write) -> io::Result<()> {
    for revised in revised(review) {
        article(&revised, view, out)?;
    }
    let lone = review.given - review.earlier.len().min(review.given);
    if lone > 0 {
        let are = if lone == 1 { "article has" } else { "articles have" };
        writeln!(out, "{lone} {are} no earlier version")?;
    }
    Ok(())
}

fn article(revised: &Revised<'_>, view: &View, out: &mut dyn io::Write) -> io::Result<()> {
    let bold = view.bold();
    let (old, new) = (printable(&revised.old.name), printable(&revised.new.name));
    writeln!(out, "{bold}{old} → {new}{bold:#}: {}\n", Count::of(revised).words())?;
    for passage in &revised.passages {
        write_passage(passage, view, out)?;
    }
    if revised.reworded > 0 {
        let (count, ending) = match revised.reworded {
            1 => (1, " differs"),
            many => (many, "s differ"),
        };
        writeln!(out, "{count} other sentence{ending}, in no figure\n")?;
    }
    for line in corrections(revised) {
        for line in wrapped(&line, view.width) {
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}

fn write_passage(passage: &Passage<'_>, view: &View, out: &mut dyn io::Write) -> io::Result<()> {
    for figure in &passage.figures {
        heading(figure, view, out)?;
    }
    let (old, new) = (passage.old.unwrap_or_default(), passage.new.unwrap_or_default());
    let (was, is) = words(old, new);
    let (was, is) = (marked(&was, Side::Old, view), marked(&is, Side::New, view));
    if view.width >= WIDE {
        side_by_side(&was, &is, view, out)?;
    } else {
        above(&was, "- ", view, out)?;
        above(&is, "+ ", view, out)?;
    }
    writeln!(out)?;
    for figure in &passage.figures {
        left_behind(figure, view, out)?;
    }
    Ok(())
}

/// What became of a figure, and where it stands.
fn heading(figure: &Figure<'_>, view: &View, out: &mut dyn io::Write) -> io::Result<()> {
    let Some(at) = figure.new.as_ref().or(figure.old.as_ref()) else { return Ok(()) };
    let what = match (&figure.old, &figure.new) {
        (Some(old), Some(new)) => format!("changed: {} → {}", old.shown(), new.shown()),
        (None, Some(new)) => format!("added: {}", new.shown()),
        (Some(old), None) => format!("removed: {}", old.shown()),
        (None, None) => return Ok(()),
    };
    let (bold, dim) = (view.bold(), view.dim());
    let (what, place) = (printable(&what).into_owned(), printable(&at.place()).into_owned());
    let located = at.spot.located();
    writeln!(out, "{bold}{what}{bold:#}, {located}  {dim}{place}{dim:#}")
}

/// Where the old figure stayed behind.
fn left_behind(figure: &Figure<'_>, view: &View, out: &mut dyn io::Write) -> io::Result<()> {
    for left in &figure.left {
        let (style, dim) = (view.style(AnsiColor::BrightRed.on_default()), view.dim());
        let (shown, place) = (left.shown(), left.place());
        let (shown, place) = (printable(&shown), printable(&place));
        let located = left.spot.located();
        writeln!(out, "{style}left behind: {shown}{style:#}, {located}  {dim}{place}{dim:#}")?;
        for line in wrapped(&left.sentence(), view.width.saturating_sub(2)) {
            writeln!(out, "  {line}")?;
        }
        writeln!(out)?;
    }
    Ok(())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Old,
    New,
}

/// A word as it is shown: its text and its colour.
type Shown = (String, Style);

/// The words of a sentence with those marked that the other version has not: by colour, or by
/// `[-…-]` and `{+…+}`.
fn marked(words: &[Word<'_>], side: Side, view: &View) -> Vec<Shown> {
    let (open, close, colour) = match side {
        Side::Old => ("[-", "-]", AnsiColor::Red),
        Side::New => ("{+", "+}", AnsiColor::Green),
    };
    let differs = |at: Option<usize>| at.and_then(|at| words.get(at)).is_some_and(|word| word.1);
    let show = |(at, (word, own)): (usize, &Word<'_>)| {
        let word = printable(word);
        if !own {
            return (word.into_owned(), Style::new());
        }
        if view.colour {
            return (word.into_owned(), colour.on_default());
        }
        let open = if differs(at.checked_sub(1)) { "" } else { open };
        let close = if differs(Some(at + 1)) { "" } else { close };
        (format!("{open}{word}{close}"), Style::new())
    };
    words.iter().enumerate().map(show).collect()
}

/// The words in lines of at most `columns` columns.
fn lines(words: &[Shown], columns: usize) -> Vec<&[Shown]> {
    let mut lines = Vec::new();
    let (mut start, mut taken) = (0, 0);
    for (at, (word, _)) in words.iter().enumerate() {
        let wide = width(word) + usize::from(at > start);
        if at > start && taken + wide > columns {
            lines.extend(words.get(start..at));
            (start, taken) = (at, width(word));
        } else {
            taken += wide;
        }
    }
    lines.extend(words.get(start..).filter(|rest| !rest.is_empty()));
    lines
}

fn painted(line: &[Shown]) -> String {
    let words = line.iter().map(|(word, style)| format!("{style}{word}{style:#}"));
    words.collect::<Vec<_>>().join(" ")
}

fn above(words: &[Shown], mark: &str, view: &View, out: &mut dyn io::Write) -> io::Result<()> {
    for (nth, line) in lines(words, view.width.saturating_sub(4).max(20)).iter().enumerate() {
        let mark = if nth == 0 { mark } else { "  " };
        writeln!(out, "  {mark}{}", painted(line))?;
    }
    Ok(())
}

fn side_by_side(
    was: &[Shown],
    is: &[Shown],
    view: &View,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let column = (view.width - 2 - width(GAP)) / 2;
    let (left, right) = (lines(was, column), lines(is, column));
    for nth in 0..left.len().max(right.len()) {
        let line = |lines: &[&[Shown]]| lines.get(nth).copied().unwrap_or_default().to_vec();
        let (a, b) = (line(&left), line(&right));
        let taken: usize =
            a.iter().map(|(word, _)| width(word) + 1).sum::<usize>().saturating_sub(1);
        let pad = column.saturating_sub(taken);
        let text = format!("  {}{:pad$}{GAP}{}", painted(&a), "", painted(&b));
        writeln!(out, "{}", text.trim_end())?;
    }
    Ok(())
}
