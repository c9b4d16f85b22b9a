//! What a number was held against: rows of tables, other articles, the article's own arithmetic.

use crate::compare::{self, Comparison, Evidence, Misprint, Slip, Stand, Verdict};
use crate::reference::ObservationId;
use crate::report::html::desk::Desk;
use crate::report::html::markup::{Html, put, web_address};
use crate::report::html::{dots, timeline};
use crate::report::prose;

/// The evidence of a verdict.
pub(crate) fn held(desk: &Desk<'_>, claim: usize, verdict: &Verdict, to: &mut Html) {
    let comparison = desk.review.comparisons.get(claim);
    let rows = rows(desk, claim);
    dots::dots(desk, claim, &rows, to);
    if !rows.is_empty() {
        put!(to, "<h5>Held against</h5><table class='held'><thead><tr><th>Figure</th><th>Publisher"
            "</th><th>As of</th><th>Row</th></tr></thead><tbody>");
        for id in &rows {
            row(desk, *id, comparison, to);
        }
        put!(to, "</tbody></table>");
    }
    timeline::of_claim(desk, claim, &rows, to);
    articles(desk, verdict, to);
    arithmetic(desk, verdict, to);
    if let Some(slip) = comparison.and_then(|comparison| comparison.slip) {
        put!(to, "<p class='slip'><b>Probable slip:</b> " {slip_said(desk, slip)} ".</p>");
    }
}

/// The rows of tables that a number was held against: those of its verdict, the older one that it
/// fits, and the one that a slip would explain.
pub(crate) fn rows(desk: &Desk<'_>, claim: usize) -> Vec<ObservationId> {
    let evidence =
        desk.review.verdicts.get(claim).into_iter().flat_map(|verdict| &verdict.evidence);
    let mut rows: Vec<_> = evidence
        .filter_map(|evidence| match evidence {
            Evidence::Reference(id) => Some(*id),
            _ => None,
        })
        .collect();
    let comparison = desk.review.comparisons.get(claim);
    let others = comparison.map(|comparison| [comparison.older, comparison.slip.map(Slip::row)]);
    for other in others.into_iter().flatten().flatten() {
        if !rows.contains(&other) {
            rows.push(other);
        }
    }
    rows
}

fn row(desk: &Desk<'_>, id: ObservationId, comparison: Option<&Comparison>, to: &mut Html) {
    let row = desk.review.store.observation(id);
    put!(to, "<tr><td class='fig'>" {compare::figure_shown(row)} "<span class='stand'>"
        {stand(id, comparison)} "</span></td><td>" {row.publisher.as_ref()} "</td><td class='day'>"
        {format_args!("{}", row.as_of)});
    if let Some(day) = row.published {
        put!(to, "<span class='stand'>published " {format_args!("{day}")} "</span>");
    }
    let file = row.table.rsplit('/').next().unwrap_or_default();
    put!(to, "</td><td class='at' title='" {&*row.table} "'>" {file} ":" {row.line} " ");
    if let Some(url) = web_address(&row.url) {
        put!(to, "<a href='" {url} "' rel='noreferrer'>source</a>");
    }
    put!(to, "</td></tr>");
}

/// How a row and the number stand to each other, where that is known.
fn stand(id: ObservationId, comparison: Option<&Comparison>) -> &'static str {
    let Some(comparison) = comparison else { return "" };
    let Some(held) = comparison.rows.iter().find(|held| held.row == id) else {
        return match comparison.slip {
            _ if comparison.older == Some(id) => "agrees, but is out of date",
            Some(slip) if slip.row() == id => "would fit, see below",
            _ => "",
        };
    };
    match (held.stand, held.party) {
        (Stand::Agrees, false) => "agrees",
        (Stand::Agrees, true) => "agrees, but is a party’s",
        (Stand::Contradicts, false) => "contradicts",
        (Stand::Contradicts, true) => "contradicts, but is a party’s",
        (Stand::Far, _) => "too far away to be about the same for sure",
        (Stand::Above, _) => "a minimum that does not reach so far",
        (Stand::Loose, _) => "neither agrees nor contradicts",
    }
}

fn articles(desk: &Desk<'_>, verdict: &Verdict, to: &mut Html) {
    let others = verdict.evidence.iter().filter_map(|evidence| match evidence {
        Evidence::Articles { claim, .. } => Some(*claim),
        _ => None,
    });
    let others: Vec<_> = others.collect();
    if others.is_empty() {
        return;
    }
    put!(to, "<h5>In other articles</h5><ul class='others'>");
    for index in others {
        let Some(claim) = desk.claim(index) else { continue };
        let Some(article) = desk.review.articles.get(claim.article) else { continue };
        put!(to, "<li>");
        desk.link(index, &|to| put!(to, { claim.shown(prose(desk.review, claim)) }), to);
        let day = article.published.map(|day| day.to_string());
        put!(to, " " {article.outlet.as_deref().unwrap_or(&article.name)} ", "
            {day.as_deref().unwrap_or("undated")} "</li>");
    }
    put!(to, "</ul>");
}

fn arithmetic(desk: &Desk<'_>, verdict: &Verdict, to: &mut Html) {
    for evidence in &verdict.evidence {
        let Evidence::Arithmetic { claims, text } = evidence else { continue };
        put!(to, "<h5>Arithmetic of the article</h5><p class='sum'>" {text} "</p>");
        if claims.is_empty() {
            continue;
        }
        put!(to, "<p class='small'>From ");
        for (turn, index) in claims.iter().enumerate() {
            let Some(claim) = desk.claim(*index) else { continue };
            put!(to, { if turn == 0 { "" } else { ", " } });
            desk.link(*index, &|to| put!(to, { claim.shown(prose(desk.review, claim)) }), to);
        }
        put!(to, ".</p>");
    }
}

/// The one slip that would explain a figure.
fn slip_said(desk: &Desk<'_>, slip: Slip) -> String {
    let store = &desk.review.store;
    let row = store.observation(slip.row());
    let shown = compare::shown(store, slip.row());
    match slip {
        Slip::Subject(_) => {
            let whose = row.subject_entity.or(row.entity).map(|id| store.catalog.entity(id).name());
            format!("it is the figure of another, {}", whose.unwrap_or(&row.subject))
        }
        Slip::Category(..) => {
            format!("it is the figure for “{}”: {shown}", store.catalog.measure(row.measure).title)
        }
        Slip::Unit(_) => format!("it is the figure in another unit: {shown}"),
        Slip::Power(_, places) => {
            let by = match places.unsigned_abs() {
                1 => "ten",
                3 => "a thousand",
                6 => "a million",
                _ => "a power of ten",
            };
            format!("it is off by {by}: {shown}")
        }
        Slip::Older(_) => format!("it is the figure of an earlier day: {shown}"),
        Slip::Misprint(_, how) => {
            let how = match how {
                Misprint::Swapped => "two digits changed places",
                Misprint::Lost => "a digit is missing",
                Misprint::Added => "there is a digit too many",
                Misprint::Changed => "one digit is another",
            };
            format!("it is misprinted, {how}: {shown}")
        }
        Slip::Withdrawn(_) => format!("it is a figure that was taken back: {shown}"),
    }
}
