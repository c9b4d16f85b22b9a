//! An article as printed: every number underlined by its status, its card beside its paragraph.

use crate::compare::Status;
use crate::ingest::{Article, Block, BlockKind};
use crate::report::Tally;
use crate::report::html::desk::{Desk, status};
use crate::report::html::markup::{Html, put, web_address};
use crate::report::html::{card, finding, sheet};
use crate::text::{Prose, Span};

/// Whether an article stands open from the start, or behind a line that opens it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    Open,
    Folded,
}

/// Writes an article.
pub(crate) fn article(desk: &Desk<'_>, index: usize, shown: Shown, to: &mut Html) {
    let Some(about) = desk.review.articles.get(index) else { return };
    let tally = Tally::of_article(desk.review, index);
    match shown {
        Shown::Open => put!(to, "<article class='story' data-a='" {about.name} "'>"),
        Shown::Folded => {
            put!(to, "<details class='story' data-a='" {about.name} "' id='a-" {index + 1} "'><summary>");
            line(desk, index, &tally, to);
            put!(to, "</summary>");
        }
    }
    by_line(about, to);
    body(desk, index, about, to);
    match shown {
        Shown::Open => put!(to, "</article>"),
        Shown::Folded => put!(to, "</details>"),
    }
}

/// An article in a line: what it is called, who printed it when, and how its numbers stand.
pub(crate) fn line(desk: &Desk<'_>, index: usize, tally: &Tally, to: &mut Html) {
    let Some(about) = desk.review.articles.get(index) else { return };
    put!(to, "<span class='title'>" {desk.title(index)} "</span> <span class='from'>");
    source(about, to);
    put!(to, "</span> ");
    sheet::bar(tally, to);
    put!(to, " <span class='counts'>");
    sheet::counts(tally, to);
    put!(to, "</span>");
}

fn source(about: &Article, to: &mut Html) {
    let day = about.published.map(|day| day.to_string());
    put!(to, {about.outlet.as_deref().unwrap_or(&about.name)} " · "
        {day.as_deref().unwrap_or("undated")});
}

/// Where an article is from.
fn by_line(about: &Article, to: &mut Html) {
    put!(to, "<p class='by'>");
    source(about, to);
    if about.outlet.is_some() {
        put!(to, " · <code>" {about.name} "</code>");
    }
    if let Some(url) = about.url.as_deref().and_then(web_address) {
        put!(to, " · <a href='" {url} "' rel='noreferrer'>as published</a>");
    }
    put!(to, "</p>");
}

/// The blocks of an article, each with the cards of its numbers.
pub(crate) fn body(desk: &Desk<'_>, index: usize, about: &Article, to: &mut Html) {
    let claims = &desk.review.claims;
    let mut next = claims.partition_point(|claim| claim.article < index);
    for block in &about.blocks {
        let first = next;
        let within = |claim: usize| {
            desk.claim(claim).is_some_and(|claim| {
                claim.article == index && claim.quantity.span.start() < block.span.end()
            })
        };
        while within(next) {
            next += 1;
        }
        put!(to, "\n<div class='row'>");
        printed(desk, about, block, first..next, to);
        cards(desk, index, block, first..next, to);
        put!(to, "</div>");
    }
}

/// The text of a block with its numbers marked.
fn printed(
    desk: &Desk<'_>,
    about: &Article,
    block: &Block,
    claims: std::ops::Range<usize>,
    to: &mut Html,
) {
    let mut done = block.span.start();
    let text = |from: usize, until: usize| Span::<Prose>::new(from, until).of(&about.prose);
    match block.kind {
        BlockKind::Headline => put!(to, "<h3 class='text headline'>"),
        BlockKind::Standfirst => put!(to, "<p class='text standfirst'>"),
        BlockKind::Body => put!(to, "<p class='text'>"),
        BlockKind::Caption => put!(to, "<p class='text caption'>"),
        BlockKind::Table => put!(to, "<p class='text tabular'>"),
    }
    for index in claims {
        let (Some(claim), Some(verdict)) = (desk.claim(index), desk.review.verdicts.get(index))
        else {
            continue;
        };
        let span = claim.quantity.span;
        if span.start() < done {
            continue;
        }
        put!(to, {text(done, span.start())} "<a class='n " {verdict.status.name()} "' href='#"
            {desk.anchor(index)} "' title='" {status(verdict.status).0} "'>"
            {text(span.start(), span.end())});
        if verdict.status != Status::Unchecked {
            put!(to, "<span class='vh'> (" {status(verdict.status).0} ")</span>");
        }
        put!(to, "</a>");
        done = span.end();
    }
    put!(to, { text(done, block.span.end()) });
    match block.kind {
        BlockKind::Headline => put!(to, "</h3>"),
        _ => put!(to, "</p>"),
    }
}

/// The cards of the numbers of a block, and the findings about it that name no number.
fn cards(
    desk: &Desk<'_>,
    article: usize,
    block: &Block,
    claims: std::ops::Range<usize>,
    to: &mut Html,
) {
    let here = desk.review.articles.get(article).map(|about| about.locate(block.span));
    let stands = |at: crate::text::At| {
        here.is_some_and(|here| here.source == at.source && here.span.contains(at.span))
    };
    let loose = || desk.loose(article).filter(|note| stands(note.finding.primary.at));
    if claims.is_empty() && loose().next().is_none() {
        return;
    }
    put!(to, "<div class='cards'>");
    for index in claims {
        card::card(desk, index, to);
    }
    for note in loose() {
        let finding = note.finding;
        put!(to, "<details class='card loose' data-r='" {finding.rule.name} "'><summary>"
            "<span class='sign' aria-hidden='true'>" {finding::sign(finding.severity)} "</span> <b>"
            {finding.primary.at.span.of(desk.review.sources.get(finding.primary.at.source).text())}
            "</b> <span class='why " {finding.severity.name()} "'><span class='sev'>"
            {finding.severity.name()} "</span> " {finding.message} "</span></summary><div class='in'>");
        finding::whole(desk, note, to);
        put!(to, "</div></details>");
    }
    put!(to, "</div>");
}
