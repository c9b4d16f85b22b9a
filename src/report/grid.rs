//! Rows of text in columns; the last column is wrapped and hangs.

use crate::report::View;
use crate::report::fit::{cut, width, wrapped};
use annotate_snippets::renderer::Style;
use std::io;

/// A cell: its text and how it looks.
pub(crate) type Cell<'a> = (&'a str, Style);

/// The blanks before the first column.
const INDENT: usize = 2;

/// The blanks between two columns.
const GAP: usize = 2;

/// The narrowest that the last column gets, where that makes a line wider than the view.
const NARROWEST: usize = 16;

/// Writes a row: `cells` in columns of `widths`, then `last` in what is left of the line.
pub(crate) fn row(
    view: &View,
    widths: &[usize],
    cells: &[Cell<'_>],
    last: &str,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    write!(out, "{:INDENT$}", "")?;
    let mut taken = INDENT;
    for (i, ((text, style), columns)) in cells.iter().zip(widths).enumerate() {
        let shown = cut(text, *columns);
        let ends_line = last.is_empty() && i + 1 == cells.len();
        let gap = if ends_line { 0 } else { (columns + GAP).saturating_sub(width(&shown)) };
        write!(out, "{style}{shown}{style:#}{:gap$}", "")?;
        taken += columns + GAP;
    }
    let room = view.width.saturating_sub(taken).max(NARROWEST);
    for (i, line) in wrapped(last, room).iter().enumerate() {
        let indent = if i == 0 { 0 } else { taken };
        writeln!(out, "{:indent$}{line}", "")?;
    }
    Ok(())
}

/// The width of a column: that of its widest cell, but at most `most`.
pub(crate) fn column<'a>(cells: impl Iterator<Item = &'a str>, most: usize) -> usize {
    cells.map(width).max().unwrap_or(0).min(most)
}
