//! Dots and intervals: a figure and what it is held against on one axis.

use crate::claim::Claim;
use crate::compare::{Stand, Verdict, figure_shown, interval_shown};
use crate::number::Decimal;
use crate::quantity::{Interval, Kind};
use crate::reference::{Observation, ObservationId};
use crate::report::html::axis::{Axis, short};
use crate::report::html::desk::Desk;
use crate::report::html::markup::{Html, put};

/// How many rows are drawn.
const MOST: usize = 8;

/// How wide a picture is, and how much of it one line takes.
const WIDE: i32 = 340;
const LINE: usize = 32;

/// A line of the picture.
struct Line<'a> {
    label: String,
    class: &'a str,
    ends: (Decimal, Decimal),
    supports: Interval,
    allows: Interval,
}

/// Draws a claim above the rows it was held against.
pub(crate) fn dots(desk: &Desk<'_>, index: usize, rows: &[ObservationId], to: &mut Html) {
    let (Some(claim), Some(verdict)) = (desk.claim(index), desk.review.verdicts.get(index)) else {
        return;
    };
    let rows = rows.iter().filter(|id| {
        let row = desk.review.store.observation(**id);
        row.quantity == claim.quantity.kind && has_its_unit(claim, row)
    });
    let rows: Vec<_> = rows.take(MOST).collect();
    if rows.is_empty() {
        return;
    }
    let mut lines = vec![of_claim(claim, verdict)];
    lines.extend(rows.into_iter().map(|id| of_row(desk, index, *id)));
    draw(&lines, to);
}

fn has_its_unit(claim: &Claim, row: &Observation) -> bool {
    claim.quantity.kind != Kind::Money || claim.quantity.unit.as_deref() == Some(&*row.unit)
}

fn of_claim<'a>(claim: &Claim, verdict: &Verdict) -> Line<'a> {
    let quantity = &claim.quantity;
    let written = quantity.written();
    let figure = interval_shown(Interval::new(quantity.lower, quantity.upper));
    let hedge = match quantity.hedge.name() {
        "exact" | "range" => String::new(),
        name => name.replace('_', " ") + " ",
    };
    Line {
        label: format!("This article: {hedge}{figure}"),
        class: verdict.status.name(),
        ends: (quantity.lower, quantity.upper),
        supports: written.supports(),
        allows: written.allows(),
    }
}

fn of_row<'a>(desk: &Desk<'_>, claim: usize, id: ObservationId) -> Line<'a> {
    let row = desk.review.store.observation(id);
    let comparison = desk.review.comparisons.get(claim);
    let held = comparison.and_then(|comparison| comparison.rows.iter().find(|h| h.row == id));
    let class = match held.map(|held| held.stand) {
        Some(Stand::Agrees) => "agrees",
        Some(Stand::Contradicts | Stand::Far) => "against",
        _ => "beside",
    };
    Line {
        label: format!("{}, {}: {}", row.publisher, row.as_of, figure_shown(row)),
        class,
        ends: (row.lower(), row.upper()),
        supports: row.interval(),
        allows: held.map_or_else(|| row.allows(), |held| held.allows),
    }
}

fn draw(lines: &[Line<'_>], to: &mut Html) {
    let ends = lines.iter().flat_map(|line| {
        let Line { ends, supports, allows, .. } = line;
        let closed = [supports.lower, supports.upper, allows.lower, allows.upper];
        closed.into_iter().flatten().chain([ends.0, ends.1])
    });
    let Some(axis) = Axis::over(ends, 6, WIDE - 6) else { return };
    let bottom = lines.len() * LINE + 2;
    put!(to, "\n<figure><svg class='dots' role='img' viewBox='0 0 " {format_args!("{WIDE}")} " "
        {bottom + 18} "' aria-label='");
    for (turn, line) in lines.iter().enumerate() {
        put!(to, {if turn == 0 { "" } else { "; " }} {line.label} ", allows "
            {interval_shown(line.allows)});
    }
    put!(to, "'>");
    for tick in axis.ticks() {
        let at = axis.at(tick);
        put!(to, "<line class='tick' x1='" {format_args!("{at}")} "' x2='" {format_args!("{at}")}
            "' y1='0' y2='" {bottom} "'/><text class='scale' text-anchor='middle' x='"
            {format_args!("{at}")} "' y='" {bottom + 13} "'>" {short(tick)} "</text>");
    }
    for (turn, line) in lines.iter().enumerate() {
        lane(line, &axis, turn * LINE, to);
    }
    put!(to, "</svg></figure>");
}

/// A line of the picture: thin what it allows, thick what it supports, dots at what is written.
fn lane(line: &Line<'_>, axis: &Axis, top: usize, to: &mut Html) {
    let y = top + 23;
    let lower = |interval: Interval| interval.lower.map_or(axis.from(), |end| axis.at(end));
    let upper = |interval: Interval| interval.upper.map_or(axis.until(), |end| axis.at(end));
    put!(to, "<g class='" {line.class} "'><text x='0' y='" {top + 13} "'>" {line.label} "</text>");
    for (class, interval) in [("allows", line.allows), ("supports", line.supports)] {
        let (x1, x2) = (lower(interval), upper(interval));
        put!(to, "<line class='" {class} "' x1='" {format_args!("{x1}")} "' x2='"
            {format_args!("{x2}")} "' y1='" {y} "' y2='" {y} "'/>");
    }
    if line.allows.upper.is_none() {
        put!(to, "<path class='open' d='M " {format_args!("{}", axis.until())} " " {y - 4}
            " l 5 4 l -5 4'/>");
    }
    if line.allows.lower.is_none() {
        put!(to, "<path class='open' d='M " {format_args!("{}", axis.from())} " " {y - 4}
            " l -5 4 l 5 4'/>");
    }
    let (first, last) = (axis.at(line.ends.0), axis.at(line.ends.1));
    put!(to, "<circle r='4' cx='" {format_args!("{first}")} "' cy='" {y} "'/>");
    if last != first {
        put!(to, "<circle r='4' cx='" {format_args!("{last}")} "' cy='" {y} "'/>");
    }
    put!(to, "</g>");
}
