//! What articles say of the same thing: who gives which figure, when, and who says so.

use crate::claim::Claim;
use crate::compare::{self, Series, SeriesVerdict};
use crate::number::Decimal;
use crate::reference::ObservationId;
use crate::report::comparison::named;
use crate::report::html::axis::Axis;
use crate::report::html::desk::Desk;
use crate::report::html::markup::{Html, put};
use crate::report::html::timeline::{self, Point, outlet};
use crate::report::prose;
use std::collections::{BTreeMap, BTreeSet};

/// The width of the strip on which a row's figure is drawn.
const STRIP: i32 = 120;

/// A row of the matrix: a figure that one source gives, and who copies it.
struct Row {
    claim: usize,
    copies: Vec<usize>,
    group: usize,
    figure: (Decimal, Decimal),
}

/// Writes every series of the review, those in conflict first.
pub(crate) fn section(desk: &Desk<'_>, to: &mut Html) {
    let all = &desk.review.series;
    if all.is_empty() {
        if !desk.is_linked() {
            put!(to, "<p class='none'>No two articles speak of the same thing.</p>");
        }
        return;
    }
    let count = |verdict| all.iter().filter(|series| series.verdict == verdict).count();
    let (conflict, grow) = (count(SeriesVerdict::Conflict), count(SeriesVerdict::Grow));
    put!(to, "<section class='across' aria-labelledby='across'><h2 id='across'>Across the articles"
        "</h2><p class='more'>" {all.len()} " series: " {conflict} " in conflict, " {grow}
        " grow with time, " {count(SeriesVerdict::Agree)} " agree.</p>");
    for (index, series) in ordered(all) {
        whole(desk, index, series, to);
    }
    put!(to, "</section>");
}

/// The series with their places in the review, those in conflict first.
pub(crate) fn ordered(all: &[Series]) -> Vec<(usize, &Series)> {
    let mut found: Vec<_> = all.iter().enumerate().collect();
    found.sort_by_key(|(_, series)| match series.verdict {
        SeriesVerdict::Conflict => 0,
        SeriesVerdict::Grow => 1,
        SeriesVerdict::Agree => 2,
    });
    found
}

/// The word and the sign of a series' verdict.
fn word(verdict: SeriesVerdict) -> (&'static str, &'static str) {
    match verdict {
        SeriesVerdict::Conflict => ("conflict", "≠"),
        SeriesVerdict::Grow => ("grow", "↗"),
        SeriesVerdict::Agree => ("agree", "✓"),
    }
}

/// A series in a line: its verdict, what it is of, how many speak of it.
pub(crate) fn line(desk: &Desk<'_>, series: &Series, to: &mut Html) {
    let (word, sign) = word(series.verdict);
    let article = |point: &compare::Point| desk.claim(point.claim).map(|claim| claim.article);
    let articles: BTreeSet<_> = series.points.iter().filter_map(article).collect();
    let groups: BTreeSet<_> = series.points.iter().map(|point| point.source_group).collect();
    let unit = series.key.unit.as_deref().map_or(String::new(), |unit| format!(" of {unit}"));
    put!(to, "<span class='verdict " {word} "'><span class='sign' aria-hidden='true'>" {sign}
        "</span> " {word} "</span> <b class='title'>" {named(series)} "</b> <span class='from'>" {series.key.kind} {unit} ", "
        {articles.len()} " articles, " {groups.len()} {if groups.len() == 1 { " source" } else { " sources" }}
        "</span>");
}

/// Writes a series: its timeline and its matrix.
fn whole(desk: &Desk<'_>, index: usize, series: &Series, to: &mut Html) {
    put!(to, "\n<details class='series' id='s-" {index + 1} "'");
    if series.verdict == SeriesVerdict::Conflict {
        put!(to, " open");
    }
    put!(to, "><summary>");
    line(desk, series, to);
    put!(to, "</summary>");
    picture(desk, index, series, to);
    matrix(desk, index, series, to);
    put!(to, "</details>");
}

/// Draws a series over time; the claims of the page's article are marked.
fn picture(desk: &Desk<'_>, index: usize, series: &Series, to: &mut Html) {
    let against = desk.opponents(index);
    let point = |point: &compare::Point| {
        let article = desk.claim(point.claim)?.article;
        let own = desk.here == Some(article);
        let drawn = Point::of(desk, point.claim, own)?;
        let against = against.is_some_and(|all| all.contains_key(&point.claim));
        Some(drawn.opposed(against))
    };
    let points: Vec<_> = series.points.iter().filter_map(point).collect();
    timeline::of_series(desk, &points, &series.reference, &named(series), to);
}

/// The series that the page's article belongs to, each as a picture.
pub(crate) fn of_article(desk: &Desk<'_>, page: &str, to: &mut Html) {
    let own = desk.series_here();
    let found = ordered(&desk.review.series).into_iter();
    let found: Vec<_> = found.filter(|(index, _)| own.contains(index)).collect();
    if found.is_empty() {
        return;
    }
    put!(to, "<section class='across' aria-labelledby='across'><h2 id='across'>Beside other articles"
        "</h2>");
    for (index, series) in found {
        put!(to, "<div class='series'><p class='line'>");
        line(desk, series, to);
        put!(to, " <a href='" {page} "#s-" {index + 1} "'>who says what</a></p>");
        picture(desk, index, series, to);
        put!(to, "</div>");
    }
    put!(to, "</section>");
}

/// The rows of a matrix: the points, those that repeat a figure of their own source folded.
fn rows(series: &Series) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for point in &series.points {
        let figure = (point.lower, point.upper);
        let same = |row: &&mut Row| row.group == point.source_group && row.figure == figure;
        match rows.iter_mut().find(same) {
            Some(row) => row.copies.push(point.claim),
            None => rows.push(Row {
                claim: point.claim,
                copies: Vec::new(),
                group: point.source_group,
                figure,
            }),
        }
    }
    rows
}

fn matrix(desk: &Desk<'_>, index: usize, series: &Series, to: &mut Html) {
    let against = desk.opponents(index);
    let rows = rows(series);
    let number = |claim: usize| {
        rows.iter().position(|row| row.claim == claim || row.copies.contains(&claim))
    };
    let ends = series.points.iter().flat_map(|point| [point.lower, point.upper]);
    let tables = series.reference.iter().map(|id| desk.review.store.observation(*id));
    let ends = ends.chain(tables.flat_map(|row| [row.lower(), row.upper()]));
    let axis = Axis::over(ends, 4, STRIP - 4);
    put!(to, "<div class='wide' tabindex='0' role='region' aria-label='Who says what'>"
        "<table class='matrix'><thead><tr><th>#</th><th>Date</th><th>Outlet</th><th>Figure</th>"
        "<th><span class='vh'>Where it lies</span></th><th>Who says so</th></tr></thead><tbody>");
    for (turn, row) in rows.iter().enumerate() {
        let Some(claim) = desk.claim(row.claim) else { continue };
        let numbers = against
            .and_then(|all| all.get(&row.claim))
            .into_iter()
            .flatten()
            .filter_map(|c| number(*c));
        let numbers: BTreeSet<_> = numbers.map(|number| number + 1).collect();
        told(desk, (turn, row, claim), &numbers, axis.as_ref(), to);
    }
    for id in &series.reference {
        table_row(desk, *id, axis.as_ref(), to);
    }
    put!(to, "</tbody></table></div>");
}

fn told(
    desk: &Desk<'_>,
    (turn, row, claim): (usize, &Row, &Claim),
    against: &BTreeSet<usize>,
    axis: Option<&Axis>,
    to: &mut Html,
) {
    let Some(article) = desk.review.articles.get(claim.article) else { return };
    let text = prose(desk.review, claim);
    let day = article.published.map(|day| day.to_string());
    let class = if against.is_empty() { "told" } else { "against" };
    put!(to, "\n<tr class='" {class} "'><td class='turn'>" {turn + 1} "</td><td class='day'>"
        {day.as_deref().unwrap_or("undated")} "</td><td>" {outlet(article)});
    copies(desk, row, to);
    put!(to, "</td><td class='fig'>");
    let words = |to: &mut Html| put!(to, { claim.shown(text) });
    if desk.is_linked() {
        desk.link(row.claim, &words, to);
    } else {
        words(to);
    }
    if !against.is_empty() {
        put!(to, "<span class='stand'>≠ row ");
        for (i, other) in against.iter().enumerate() {
            put!(to, {if i == 0 { "" } else { ", " }} {*other});
        }
        put!(to, "</span>");
    }
    put!(to, "</td><td>");
    strip(row.figure, axis, to);
    let said = claim.attributed_to.as_ref().map(|slot| &*slot.value.0);
    put!(to, "</td><td><details class='said'><summary>" {said.unwrap_or("nobody is named")}
        "</summary>" {claim.sentence.of(text)} "</details></td></tr>");
}

/// Those who print the same figure from the same source.
fn copies(desk: &Desk<'_>, row: &Row, to: &mut Html) {
    let Some(first) = desk.claim(row.claim).map(|claim| claim.article) else { return };
    let others = row.copies.iter().filter_map(|claim| Some((*claim, desk.claim(*claim)?.article)));
    let others: BTreeMap<_, _> =
        others.filter(|(_, article)| *article != first).map(|(claim, of)| (of, claim)).collect();
    if others.is_empty() {
        return;
    }
    put!(to, "<details class='copies'><summary>+ " {others.len()}
        {if others.len() == 1 { " copy" } else { " copies" }} "</summary><ul>");
    for (article, claim) in others {
        let Some(about) = desk.review.articles.get(article) else { continue };
        let day = about.published.map(|day| day.to_string());
        put!(to, "<li>");
        let words =
            |to: &mut Html| put!(to, {outlet(about)} ", " {day.as_deref().unwrap_or("undated")});
        if desk.is_linked() {
            desk.link(claim, &words, to);
        } else {
            words(to);
        }
        put!(to, "</li>");
    }
    put!(to, "</ul></details>");
}

fn table_row(desk: &Desk<'_>, id: ObservationId, axis: Option<&Axis>, to: &mut Html) {
    let row = desk.review.store.observation(id);
    put!(to, "\n<tr class='table'><td></td><td class='day'>" {format_args!("{}", row.as_of)}
        "</td><td>reference</td><td class='fig'>" {compare::figure_shown(row)} "</td><td>");
    strip((row.lower(), row.upper()), axis, to);
    put!(to, "</td><td>" {&*row.publisher} " <span class='at'>" {&*row.table} ":" {row.line}
        "</span></td></tr>");
}

/// Where a figure lies among the others of its series.
fn strip(figure: (Decimal, Decimal), axis: Option<&Axis>, to: &mut Html) {
    let Some(axis) = axis else { return };
    let (lower, upper) = (axis.at(figure.0), axis.at(figure.1));
    put!(to, "<svg class='strip' viewBox='0 0 120 12' aria-hidden='true'><line class='tick' x1='0' "
        "x2='120' y1='6' y2='6'/><line class='supports' x1='" {format_args!("{lower}")} "' x2='"
        {format_args!("{upper}")} "' y1='6' y2='6'/><circle r='3.5' cy='6' cx='"
        {format_args!("{lower}")} "'/>");
    if lower != upper {
        put!(to, "<circle r='3.5' cy='6' cx='" {format_args!("{upper}")} "'/>");
    }
    put!(to, "</svg>");
}
