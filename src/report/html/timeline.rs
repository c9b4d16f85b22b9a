//! Figures over time: what articles say as points with their bounds, what the tables say as a step
//! line.

use crate::claim::Claim;
use crate::compare::grouped;
use crate::ingest::Article;
use crate::number::Decimal;
use crate::quantity::Interval;
use crate::reference::{Observation, ObservationId};
use crate::report::html::axis::{Axis, short};
use crate::report::html::desk::Desk;
use crate::report::html::markup::{Html, put};
use crate::report::prose;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// How many points and rows are drawn: those nearest to the article's own, or the first.
const MOST: usize = 80;

/// How many outlets have a shape of their own.
const SHAPES: usize = 5;

/// The size of a picture.
#[derive(Debug, Clone, Copy)]
struct Size {
    wide: i32,
    /// Where the scale of the days stands.
    bottom: i32,
}

/// A picture as wide as a page.
const PAGE: Size = Size { wide: 640, bottom: 182 };

/// A picture in a card.
const CARD: Size = Size { wide: 400, bottom: 132 };

/// The room for the scale of the values.
const LEFT: i32 = 64;

/// What an article says on a day.
#[derive(Debug)]
pub(crate) struct Point<'a> {
    claim: usize,
    day: NaiveDate,
    lower: Decimal,
    upper: Decimal,
    supports: Interval,
    outlet: &'a str,
    said: &'a str,
    /// Whether it stands in the article whose page is written, or is the claim that is asked for.
    own: bool,
    against: bool,
}

impl<'a> Point<'a> {
    /// A claim as a point; `None` where its article has no date.
    pub(crate) fn of(desk: &Desk<'a>, index: usize, own: bool) -> Option<Self> {
        let claim = desk.claim(index)?;
        let article = desk.review.articles.get(claim.article)?;
        let quantity = &claim.quantity;
        Some(Self {
            claim: index,
            day: article.published?,
            lower: quantity.lower,
            upper: quantity.upper,
            supports: quantity.written().supports(),
            outlet: outlet(article),
            said: claim.shown(prose(desk.review, claim)),
            own,
            against: false,
        })
    }
}

impl Point<'_> {
    /// The same, and whether it is in conflict with another.
    pub(crate) fn opposed(self, against: bool) -> Self {
        Self { against, ..self }
    }
}

/// Who printed an article.
pub(crate) fn outlet(article: &Article) -> &str {
    article.outlet.as_deref().unwrap_or(&article.id)
}

/// Draws the claim among the rows of the series it was held against, where there are several.
pub(crate) fn of_claim(desk: &Desk<'_>, index: usize, rows: &[ObservationId], to: &mut Html) {
    let (Some(first), Some(point)) = (rows.first(), Point::of(desk, index, true)) else {
        return;
    };
    let store = &desk.review.store;
    let one = store.observation(*first);
    let is_alike = |row: &Observation| {
        row.publisher == one.publisher
            && row.subject == one.subject
            && (row.entity, row.place, row.kind) == (one.entity, one.place, one.kind)
            && row.unit == one.unit
            && row.period_start == one.period_start
            && !row.is_withdrawn()
    };
    let same = store.rows(one.measure).iter().filter(|id| is_alike(store.observation(**id)));
    let rows: Vec<ObservationId> = same.copied().collect();
    let title = &store.catalog.measure(one.measure).title;
    let claim = desk.claim(index).filter(|claim| is_of_unit(claim, one));
    if claim.is_some() && rows.len() > 2 {
        draw(desk, &[point], &rows, (&format!("{title}, {}", one.publisher), CARD), to);
    }
}

fn is_of_unit(claim: &Claim, row: &Observation) -> bool {
    let unit = claim.quantity.unit.as_deref();
    row.quantity == claim.quantity.kind && (claim.quantity.is_people() || unit == Some(&*row.unit))
}

/// A row of a table as a step.
struct Step<'a> {
    day: NaiveDate,
    lower: Decimal,
    upper: Decimal,
    publisher: &'a str,
}

/// Draws what articles say and what the tables say.
pub(crate) fn of_series(
    desk: &Desk<'_>,
    points: &[Point<'_>],
    rows: &[ObservationId],
    what: &str,
    to: &mut Html,
) {
    draw(desk, points, rows, (what, PAGE), to);
}

/// Draws points and rows; nothing where there are not at least two days.
fn draw(
    desk: &Desk<'_>,
    points: &[Point<'_>],
    rows: &[ObservationId],
    (what, size): (&str, Size),
    to: &mut Html,
) {
    let middle = points.iter().find(|point| point.own).or_else(|| points.first());
    let middle = middle.map(|point| point.day).unwrap_or_default();
    let mut points: Vec<_> = points.iter().collect();
    points.sort_by_key(|point| (!point.own, (point.day - middle).num_days().abs()));
    points.truncate(MOST);
    points.sort_by_key(|point| (point.day, point.claim));
    let steps = steps(desk, rows, middle);
    let days = || points.iter().map(|p| p.day).chain(steps.iter().map(|step| step.day));
    let ends = points.iter().flat_map(|point| {
        let supports = [point.supports.lower, point.supports.upper].into_iter().flatten();
        supports.chain([point.lower, point.upper])
    });
    let ends = ends.chain(steps.iter().flat_map(|step| [step.lower, step.upper]));
    let across = Axis::over_days(days(), LEFT, size.wide - 8);
    let (Some(across), Some(up)) = (across, Axis::over(ends, size.bottom, 8)) else { return };
    if days().min() == days().max() {
        return;
    }
    // A picture with links in it is a group: what is in an image cannot be reached.
    let role = if desk.is_linked() { "group" } else { "img" };
    put!(to, "\n<figure><svg class='time' role='" {role} "' viewBox='0 0 " {format_args!("{} {}", size.wide, size.bottom + 28)}
        "' aria-label='" {what} " over time: " {points.len()} " in articles, " {steps.len()}
        " in tables'>");
    scales(&across, &up, size, to);
    lines(&steps, &across, &up, to);
    let shapes = shapes(&points);
    for point in &points {
        mark(desk, point, shapes.get(point.outlet).copied(), (&across, &up), to);
    }
    put!(to, "</svg>");
    legend(&points, &steps, &shapes, to);
    put!(to, "</figure>");
}

/// The rows nearest to a day, in the order of time.
fn steps<'a>(desk: &Desk<'a>, rows: &[ObservationId], middle: NaiveDate) -> Vec<Step<'a>> {
    let step = |id: &ObservationId| {
        let row = desk.review.store.observation(*id);
        let (day, publisher) = (row.as_of_last_day(), &*row.publisher);
        Step { day, lower: row.lower(), upper: row.upper(), publisher }
    };
    let mut steps: Vec<_> = rows.iter().map(step).collect();
    steps.sort_by_key(|step| (step.day - middle).num_days().abs());
    steps.truncate(MOST);
    steps.sort_by(|a, b| (a.publisher, a.day).cmp(&(b.publisher, b.day)));
    steps
}

fn scales(across: &Axis, up: &Axis, size: Size, to: &mut Html) {
    let (wide, bottom) = (size.wide, size.bottom);
    for tick in up.ticks() {
        let y = up.at(tick);
        put!(to, "<line class='tick' x1='" {format_args!("{LEFT}")} "' x2='" {format_args!("{wide}")}
            "' y1='" {format_args!("{y}")} "' y2='" {format_args!("{y}")}
            "'/><text class='scale' text-anchor='end' x='" {format_args!("{}", LEFT - 8)} "' y='"
            {format_args!("{y}")} "' dy='4'>" {short(tick)} "</text>");
    }
    let days = across.days();
    let far = days.first().zip(days.last()).is_some_and(|(a, b)| (*b - *a).num_days() > 400);
    for day in days {
        let x = across.at_day(day);
        let shown = if far { day.format("%Y") } else { day.format("%-d %b %Y") };
        put!(to, "<line class='notch' x1='" {format_args!("{x}")} "' x2='" {format_args!("{x}")}
            "' y1='" {format_args!("{bottom}")} "' y2='" {format_args!("{}", bottom + 5)}
            "'/><text class='scale' text-anchor='middle' x='" {format_args!("{x}")} "' y='"
            {format_args!("{}", bottom + 19)} "'>" {format_args!("{shown}")} "</text>");
    }
}

/// One of the two values of a step.
type End = fn(&Step<'_>) -> Decimal;

/// What each publisher says, from the day of one row to that of the next; a range as two lines.
fn lines(steps: &[Step<'_>], across: &Axis, up: &Axis, to: &mut Html) {
    for one in steps.chunk_by(|a, b| a.publisher == b.publisher) {
        let ranged = one.iter().any(|step| step.lower != step.upper);
        let lower: End = |step| step.lower;
        let upper: End = |step| step.upper;
        for end in [Some(lower), ranged.then_some(upper)].into_iter().flatten() {
            put!(to, "<path class='steps' d='M");
            for (turn, step) in one.iter().enumerate() {
                let (x, y) = (across.at_day(step.day), up.at(end(step)));
                match turn {
                    0 => put!(to, { format_args!(" {x} {y}") }),
                    _ => put!(to, { format_args!(" H {x} V {y}") }),
                }
            }
            put!(to, {format_args!(" H {}", across.until())} "'/>");
        }
    }
}

/// The shapes of the outlets that say most.
fn shapes<'a>(points: &[&Point<'a>]) -> BTreeMap<&'a str, usize> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for point in points {
        *counts.entry(point.outlet).or_default() += 1;
    }
    let mut outlets: Vec<_> = counts.into_iter().collect();
    outlets.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
    let outlets = outlets.into_iter().take(SHAPES).enumerate();
    outlets.map(|(shape, (name, _))| (name, shape)).collect()
}

fn mark(
    desk: &Desk<'_>,
    point: &Point<'_>,
    shape: Option<usize>,
    (across, up): (&Axis, &Axis),
    to: &mut Html,
) {
    let x = across.at_day(point.day);
    let class = match (point.own, point.against) {
        (true, _) => "own",
        (false, true) => "against",
        (false, false) => "told",
    };
    let end = |end: Option<Decimal>, open: Decimal| end.map_or(open, |end| up.at(end));
    let (low, high) = (end(point.supports.lower, up.from()), end(point.supports.upper, up.until()));
    let is_linked = desk.is_linked();
    if is_linked {
        let article = desk.claim(point.claim).map(|claim| claim.article);
        put!(to, "<a href='" {desk.page_of(article)} "#" {desk.anchor(point.claim)} "' data-of='"
            {desk.anchor(point.claim)} "' class='" {class} "'>");
    } else {
        put!(to, "<g class='" {class} "'>");
    }
    put!(to, "<title>" {point.outlet} ", " {format_args!("{}", point.day)} ": " {point.said}
        "</title><line x1='" {format_args!("{x}")} "' x2='" {format_args!("{x}")} "' y1='"
        {format_args!("{low}")} "' y2='" {format_args!("{high}")} "'/>");
    let y = up.at(point.lower);
    if point.own {
        put!(to, "<circle class='ring' r='8' cx='" {format_args!("{x}")} "' cy='"
            {format_args!("{y}")} "'/>");
    }
    put!(to, "<path transform='translate(" {format_args!("{x} {y}")} ")' d='" {outline(shape)} "'/>");
    if is_linked {
        put!(to, "</a>");
    } else {
        put!(to, "</g>");
    }
}

/// The outline of a shape around the middle.
fn outline(shape: Option<usize>) -> &'static str {
    match shape {
        Some(0) => "M -4 0 a 4 4 0 1 0 8 0 a 4 4 0 1 0 -8 0 z",
        Some(1) => "M -3.6 -3.6 h 7.2 v 7.2 h -7.2 z",
        Some(2) => "M 0 -4.6 L 4.4 3.4 H -4.4 z",
        Some(3) => "M 0 -5 L 5 0 L 0 5 L -5 0 z",
        Some(4) => "M 0 4.6 L 4.4 -3.4 H -4.4 z",
        _ => "M -2.5 0 a 2.5 2.5 0 1 0 5 0 a 2.5 2.5 0 1 0 -5 0 z",
    }
}

/// What the shapes and lines mean.
fn legend(
    points: &[&Point<'_>],
    steps: &[Step<'_>],
    shapes: &BTreeMap<&str, usize>,
    to: &mut Html,
) {
    put!(to, "<figcaption>");
    let mut known: Vec<_> = shapes.iter().collect();
    known.sort_by_key(|(_, shape)| **shape);
    for (outlet, shape) in known {
        key(Some(*shape), outlet, to);
    }
    if points.iter().any(|point| !shapes.contains_key(point.outlet)) {
        key(None, "others", to);
    }
    let mut publishers: Vec<_> = steps.iter().map(|step| step.publisher).collect();
    publishers.dedup();
    if !publishers.is_empty() {
        put!(to, "<span class='key'><svg viewBox='0 0 20 12' aria-hidden='true'><path class='steps' "
            "d='M 1 9 H 10 V 3 H 19'/></svg> " {publishers.join(", ")} "</span>");
    }
    if let Some(own) = points.iter().find(|point| point.own) {
        put!(to, "<span class='key own'><svg viewBox='0 0 20 20' aria-hidden='true'><circle "
            "class='ring' r='8' cx='10' cy='10'/></svg> this article, " {grouped(own.lower)}
            "</span>");
    }
    put!(to, "</figcaption>");
}

fn key(shape: Option<usize>, name: &str, to: &mut Html) {
    put!(to, "<span class='key'><svg viewBox='-6 -6 12 12' aria-hidden='true'><path d='"
        {outline(shape)} "'/></svg> " {name} "</span>");
}
