//! What articles say of the same things, series by series: who gives which figure, when, and who
//! says so.

use crate::check::Review;
use crate::compare::{Point, Series, SeriesVerdict};
use crate::report::fit::printable;
use crate::report::grid::{self, Cell};
use crate::report::{Renderer, View, evidence, prose};
use annotate_snippets::renderer::{AnsiColor, Effects, Style};
use std::collections::BTreeMap;
use std::io;

/// The series for people.
pub(crate) static RENDERER: Renderer =
    Renderer { name: "text", media_type: "text/plain; charset=utf-8", render };

/// The widest that the columns of outlets and figures get.
const WIDEST: usize = 32;

/// A line of a series.
struct Row {
    date: String,
    outlet: String,
    figure: String,
    rest: String,
}

fn render(review: &Review, view: &View, out: &mut dyn io::Write) -> io::Result<()> {
    for series in &review.series {
        heading(series, view, out)?;
        let mut rows = points(review, series);
        rows.extend(series.reference.iter().map(|id| {
            let (date, figure, rest) = evidence::row_in_columns(review, *id);
            Row { date, outlet: "reference".to_owned(), figure, rest }
        }));
        table(&rows, view, out)?;
        writeln!(out)?;
    }
    let count = |verdict| review.series.iter().filter(|s| s.verdict == verdict).count();
    let [agree, grow, conflict] =
        [SeriesVerdict::Agree, SeriesVerdict::Grow, SeriesVerdict::Conflict].map(count);
    let (articles, series) = (review.given, review.series.len());
    writeln!(
        out,
        "{articles} articles, {series} series: {agree} agree, {grow} grow, {conflict} conflict"
    )
}

/// What the series is of, and how its points agree.
fn heading(series: &Series, view: &View, out: &mut dyn io::Write) -> io::Result<()> {
    let (bold, style) = (view.bold(), view.style(style(series.verdict)));
    let (what, verdict) = (named(series), series.verdict.name());
    writeln!(out, "{bold}{}{bold:#}: {style}{verdict}{style:#}", printable(&what))
}

fn style(verdict: SeriesVerdict) -> Style {
    match verdict {
        SeriesVerdict::Agree => AnsiColor::Green.on_default(),
        SeriesVerdict::Grow => AnsiColor::Yellow.on_default(),
        SeriesVerdict::Conflict => AnsiColor::BrightRed.on_default().effects(Effects::BOLD),
    }
}

/// The slots of the key that are filled, in the order of the contract.
pub(crate) fn named(series: &Series) -> String {
    let key = &series.key;
    let measure = key.measure.as_deref().unwrap_or(&key.indicator).replace('_', " ");
    let indicator = key.indicator.replace('_', " ");
    let topic = if key.event.is_some() { indicator } else { measure };
    let slots = [&key.subject, &key.event, &key.place, &key.aspect, &key.period];
    let slots = slots.into_iter().flatten();
    let place_is_said = |slot: &&String| {
        let in_event = key.event.as_ref().is_some_and(|event| event.contains(slot.as_str()));
        !in_event || key.event.as_ref() == Some(slot)
    };
    let mut parts = vec![topic];
    parts.extend(slots.filter(place_is_said).cloned());
    parts.join(" · ")
}

fn points(review: &Review, series: &Series) -> Vec<Row> {
    let mut first_of: BTreeMap<usize, String> = BTreeMap::new();
    let mut rows = Vec::new();
    for point in &series.points {
        let Some(mut row) = row(review, point) else { continue };
        match first_of.get(&point.source_group) {
            Some(first) if *first != row.outlet => row.rest = format!("{}, as {first}", row.rest),
            Some(_) => {}
            None => {
                first_of.insert(point.source_group, row.outlet.clone());
            }
        }
        rows.push(row);
    }
    rows
}

fn row(review: &Review, point: &Point) -> Option<Row> {
    let claim = review.claims.get(point.claim)?;
    let article = review.articles.get(claim.article)?;
    let (line, column) = {
        let at = article.locate(claim.quantity.span);
        review.sources.get(at.source).line_column(at.span.start())
    };
    let place = format!("{}:{line}:{column}", article.name);
    let said = claim.attributed_to.as_ref().map(|slot| format!("{}, {place}", slot.value.0));
    Some(Row {
        date: article.published.map_or("undated".to_owned(), |day| day.to_string()),
        outlet: article.outlet.clone().unwrap_or_else(|| article.id.clone()),
        figure: claim.shown(prose(review, claim)).split_whitespace().collect::<Vec<_>>().join(" "),
        rest: said.unwrap_or(place),
    })
}

fn table(rows: &[Row], view: &View, out: &mut dyn io::Write) -> io::Result<()> {
    let widths = [
        grid::column(rows.iter().map(|row| &*row.date), usize::MAX),
        grid::column(rows.iter().map(|row| &*row.outlet), WIDEST),
        grid::column(rows.iter().map(|row| &*row.figure), WIDEST),
    ];
    for row in rows {
        let cells: [Cell<'_>; 3] =
            [(&row.date, view.dim()), (&row.outlet, Style::new()), (&row.figure, view.bold())];
        grid::row(view, &widths, &cells, &row.rest, out)?;
    }
    Ok(())
}
