//! Rows of reference tables, with everything that they say.

use crate::compare::figure_shown;
use crate::quantity::Kind;
use crate::reference::{Observation, ObservationId, Party, Store};
use crate::report::View;
use crate::report::fit::{printable, wrapped};
use crate::report::grid::{self, Cell};
use crate::report::row_json::{WholeRowJson, frame};
use crate::text::Sources;
use annotate_snippets::renderer::Style;
use serde::Serialize;
use std::io;

/// The version of the shape, which changes when a field's name or meaning does.
const SCHEMA: &str = "numcheck/reference-rows/v1";

#[derive(Serialize)]
struct RowsJson<'a> {
    schema: &'static str,
    version: &'static str,
    rows: Vec<WholeRowJson<'a>>,
}

/// Writes rows for people: under their measure, each with its day, its value and where it stands.
///
/// # Errors
/// When `out` does not take it.
pub fn rows(
    store: &Store,
    ids: &[ObservationId],
    view: &View,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let mut before = None;
    let values: Vec<String> = ids.iter().map(|id| value(store.observation(*id))).collect();
    let days: Vec<String> = ids.iter().map(|id| store.observation(*id).as_of.to_string()).collect();
    let widths = [
        grid::column(days.iter().map(String::as_str), usize::MAX),
        grid::column(values.iter().map(String::as_str), view.width * 3 / 8),
    ];
    for ((id, day), value) in ids.iter().zip(&days).zip(&values) {
        let row = store.observation(*id);
        if before != Some(row.measure) {
            if before.is_some() {
                writeln!(out)?;
            }
            heading(store, row, view, out)?;
            before = Some(row.measure);
        }
        let cells: [Cell<'_>; 2] = [(day, view.dim()), (value, view.bold())];
        grid::row(view, &widths, &cells, &said(store, row), out)?;
        let empty: [Cell<'_>; 2] = [("", Style::new()), ("", Style::new())];
        grid::row(view, &widths, &empty, &format!("{}:{}", row.table, row.line), out)?;
        if !row.url.is_empty() {
            grid::row(view, &widths, &empty, &row.url, out)?;
        }
        if !row.note.is_empty() {
            grid::row(view, &widths, &empty, &row.note, out)?;
        }
    }
    Ok(())
}

/// Writes rows as one JSON object.
///
/// # Errors
/// When `out` does not take it.
pub fn rows_json(
    store: &Store,
    sources: &Sources,
    ids: &[ObservationId],
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let rows = ids.iter().map(|id| WholeRowJson::of(store, sources, *id)).collect();
    let shown = RowsJson { schema: SCHEMA, version: env!("CARGO_PKG_VERSION"), rows };
    serde_json::to_writer_pretty(&mut *out, &shown)?;
    writeln!(out)
}

/// The measure of the rows that follow.
fn heading(
    store: &Store,
    row: &Observation,
    view: &View,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let measure = store.catalog.measure(row.measure);
    let bold = view.bold();
    let title = format!(": {}", printable(&measure.title));
    for (i, line) in
        wrapped(&title, view.width.saturating_sub(measure.key.len())).iter().enumerate()
    {
        if i == 0 {
            writeln!(out, "{bold}{}{bold:#}{line}", printable(&measure.key))?;
        } else {
            writeln!(out, "  {line}")?;
        }
    }
    Ok(())
}

/// The value with its bound and its unit.
pub(crate) fn value(row: &Observation) -> String {
    match row.quantity {
        Kind::Percent => format!("{}%", figure_shown(row)),
        Kind::Count if row.unit == "person" => format!("{} people", figure_shown(row)),
        _ => format!("{} {}", figure_shown(row), row.unit),
    }
}

/// Whose it is and where, what it counts over time, how firm it is, who says so and when.
pub(crate) fn said(store: &Store, row: &Observation) -> String {
    let since = row.period_start.map_or(String::new(), |day| format!(" since {day}"));
    let side = if store.side(row) == Party::Party { ", a party" } else { "" };
    let published = row.published.map_or(String::new(), |day| format!(", published {day}"));
    let kind = row.kind.name();
    let status = row.status.name().replace('_', " ");
    let frame = frame(store, row);
    let frame = if frame.is_empty() { frame } else { format!("{frame}; ") };
    format!("{frame}{kind}{since}, {status}; {}{side}{published}", row.publisher)
}
