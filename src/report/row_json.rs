//! A row of a reference table as programs read it, with every column.

use crate::reference::{Observation, ObservationId, Party, Store};
use crate::report::claim_json::decimal;
use crate::text::Sources;
use serde::Serialize;

/// A row with every column.
#[derive(Debug, Serialize)]
pub(crate) struct WholeRowJson<'a> {
    table: &'a str,
    line: usize,
    column: usize,
    id: &'a str,
    indicator: &'a str,
    subject: Option<&'a str>,
    entity: Option<&'a str>,
    place: Option<&'a str>,
    lower: String,
    upper: String,
    bound: &'static str,
    unit: &'a str,
    kind: &'static str,
    period_start: Option<String>,
    as_of: String,
    published: Option<String>,
    status: &'static str,
    publisher: &'a str,
    party: bool,
    url: Option<&'a str>,
    note: Option<&'a str>,
}

impl<'a> WholeRowJson<'a> {
    pub(crate) fn of(store: &'a Store, sources: &Sources, id: ObservationId) -> Self {
        let (row, catalog) = (store.observation(id), &store.catalog);
        let (_, column) = sources.get(row.at.source).line_column(row.at.span.start());
        Self {
            table: &row.table,
            line: row.line,
            column,
            id: &row.id,
            indicator: &catalog.measure(row.measure).key,
            subject: filled(&row.subject),
            entity: row.entity.map(|id| &*catalog.entity(id).id),
            place: row.place.map(|id| &*catalog.place(id).id),
            lower: decimal(row.lower()),
            upper: decimal(row.upper()),
            bound: row.written.hedge.name(),
            unit: &row.unit,
            kind: row.kind.name(),
            period_start: row.period_start.map(|day| day.to_string()),
            as_of: row.as_of.to_string(),
            published: row.published.map(|day| day.to_string()),
            status: row.status.name(),
            publisher: &row.publisher,
            party: store.side(row) == Party::Party,
            url: filled(&row.url),
            note: filled(&row.note),
        }
    }
}

fn filled(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

/// Whose figure a row is and where, as people read it: `RUS · UKR-border`, in each case once.
pub(crate) fn frame(store: &Store, row: &Observation) -> String {
    let catalog = &store.catalog;
    let entity = row.entity.map(|id| &*catalog.entity(id).id);
    let place = row.place.map(|id| &*catalog.place(id).id);
    let subject = filled(&row.subject);
    let mut parts: Vec<&str> = Vec::new();
    for part in [subject, entity, place].into_iter().flatten() {
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    parts.join(" · ")
}
