//! Findings: in full where their number stands, and in a line each on top of the page.

use crate::finding::{Finding, Severity, WaivedBy};
use crate::report::evidence;
use crate::report::html::desk::{Desk, Noted};
use crate::report::html::held;
use crate::report::html::markup::{Html, put};
use crate::report::spoken::file_of;
use crate::text::At;

/// The sign of a severity, beside its word.
pub(crate) fn sign(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "■",
        Severity::Warning => "▲",
        Severity::Note => "●",
    }
}

/// A finding in full: what is wrong, the arithmetic, the other places, what would settle it.
pub(crate) fn whole(desk: &Desk<'_>, note: &Noted<'_>, to: &mut Html) {
    let finding = note.finding;
    put!(to, "\n<div class='finding " {finding.severity.name()} "' id='" {note.anchor()} "'>");
    head(note, to);
    put!(to, "<p class='msg'>" {finding.message} ".</p>");
    if let Some(arithmetic) = finding.arithmetic.as_ref().filter(|a| !finding.message.contains(*a))
    {
        put!(to, "<p class='sum'>" {arithmetic} "</p>");
    }
    places(desk, finding, to);
    if let Some(suggestion) = &finding.suggestion {
        put!(to, "<p class='help'>Write “" {suggestion.replacement} "”: " {suggestion.why} ".</p>");
    }
    waiver(note, to);
    put!(to, "<p class='small'><a href='#" {note.anchor()} "'>Link to this finding</a> · "
        "confidence " {finding.confidence.name()} " · <code>numcheck explain "
        {finding.rule.name} "</code></p></div>");
}

fn head(note: &Noted<'_>, to: &mut Html) {
    let Noted { finding, waived, .. } = note;
    put!(to, "<p class='head'><span class='sev'>" {sign(finding.severity)} " "
        {finding.severity.name()} "</span> <b class='rule'>" {finding.rule.name} "</b> <span>"
        {finding.rule.summary} "</span>");
    if waived.is_some() {
        put!(to, " <span class='waived'>waived</span>");
    }
    put!(to, "</p>");
}

/// The other places of a finding, each with what is said there; rows of tables are said in full
/// unless the message says them.
fn places(desk: &Desk<'_>, finding: &Finding, to: &mut Html) {
    // The rows that the number was held against stand in a table of their own.
    let shown = finding.claim.map_or_else(Vec::new, |claim| held::rows(desk, claim));
    let is_shown = |at: At| desk.row_at(at).is_some_and(|row| shown.contains(&row));
    let labels = finding.related.iter().filter(|label| !label.message.is_empty());
    let labels: Vec<_> = labels.filter(|label| !is_shown(label.at)).collect();
    if labels.is_empty() {
        return;
    }
    put!(to, "<ul class='places'>");
    for label in labels {
        let place = desk.review.sources.place(label.at);
        let row = desk.row_at(label.at);
        let said = row.map_or(label.message.clone(), |id| evidence::observed(desk.review, id));
        put!(to, "<li><b>" {place.text} "</b> ");
        if said != place.text {
            put!(to, {said} " ");
        }
        put!(to, "<span class='at'>" {file_of(&place.path)} ":" {place.line} ":" {place.column}
            "</span></li>");
    }
    put!(to, "</ul>");
}

/// Who waived a finding, how and why.
fn waiver(note: &Noted<'_>, to: &mut Html) {
    let Some(waived) = note.waived else { return };
    let waiver = &waived.waiver;
    let how = match waiver.by {
        WaivedBy::Remark => "by a remark in the article",
        WaivedBy::Sic => "by [sic] behind the number",
        WaivedBy::Decision => "by a decision",
        WaivedBy::Baseline => "by the baseline",
    };
    put!(to, "<p class='waiver'>Waived " {how});
    if !waiver.author.is_empty() {
        put!(to, ", by " {waiver.author});
    }
    if !waiver.reason.is_empty() {
        put!(to, ": “" {waiver.reason} "”");
    }
    put!(to, "</p>");
}

/// The findings of the page in a line each, the gravest first.
pub(crate) fn section(desk: &Desk<'_>, to: &mut Html) {
    put!(to, "<section class='front' aria-labelledby='findings'><h2 id='findings'>Findings</h2>");
    let here = desk.notes_here();
    let open = || here.iter().copied().filter(|note| note.waived.is_none());
    if open().next().is_none() {
        put!(to, "<p class='none'>Nothing was found. That a number is not checked does not make it "
            "right.</p>");
    }
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        let found = || open().filter(|note| note.finding.severity == severity);
        let count = found().count();
        if count == 0 {
            continue;
        }
        let name = severity.name();
        let ending = if count == 1 { "" } else { "s" };
        put!(to, "<h3 class='" {name} "'><span class='sev'>" {sign(severity)} " " {count} " "
            {name} {ending} "</span></h3><ol class='findings'>");
        for note in found() {
            line(desk, note, to);
        }
        put!(to, "</ol>");
    }
    match here.iter().filter(|note| note.waived.is_some()).count() {
        0 => {}
        1 => put!(to, "<p class='more'>One more is waived; it stands with its number.</p>"),
        count => put!(to, "<p class='more'>" {count} " more are waived; they stand with their "
            "numbers.</p>"),
    }
    put!(to, "</section>");
}

fn line(desk: &Desk<'_>, note: &Noted<'_>, to: &mut Html) {
    let finding = note.finding;
    let place = desk.review.sources.place(finding.primary.at);
    let indicator = finding.claim.and_then(|claim| desk.claim(claim));
    let indicator = indicator.map(|claim| claim.indicator.value.name());
    let status = finding.claim.and_then(|claim| desk.review.verdicts.get(claim));
    let page = desk.page_of(finding.article);
    put!(to, "\n<li data-r='" {finding.rule.name} "' data-i='" {indicator} "' data-s='"
        {status.map(|verdict| verdict.status.name())} "' data-a='" {place.path} "'><a href='" {page}
        "#" {note.anchor()} "'><b class='fig'>" {place.text} "</b> <span class='msg'>"
        {finding.message} "</span></a> <span class='from'><span class='rule'>" {finding.rule.name}
        "</span> · ");
    if desk.is_about_one() {
        put!(to, "line " {place.line});
    } else {
        put!(to, { title(desk, finding, &place.path) });
    }
    put!(to, "</span></li>");
}

fn title<'a>(desk: &Desk<'a>, finding: &Finding, path: &'a str) -> &'a str {
    finding.article.map_or(path, |article| desk.title(article))
}

/// Findings in the tables: they belong to no article.
pub(crate) fn of_tables(desk: &Desk<'_>, to: &mut Html) {
    let found = desk.notes.iter().filter(|note| note.finding.article.is_none());
    let found: Vec<_> = found.collect();
    if found.is_empty() {
        return;
    }
    put!(to, "<section class='tables'><h2>In the tables</h2>");
    for note in found {
        whole(desk, note, to);
    }
    put!(to, "</section>");
}
