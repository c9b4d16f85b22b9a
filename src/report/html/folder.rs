//! A folder of pages: an index, and a page for each article.

use crate::report::html::article::{self, Shown};
use crate::report::html::desk::Desk;
use crate::report::html::markup::{Html, put};
use crate::report::html::{finding, page, series, toolbar};
use crate::report::{Tally, entries_of};
use std::collections::{BTreeSet, HashSet};
use std::ops::ControlFlow;

/// The page to open first.
const INDEX: &str = "index.html";

/// The page of what articles say of the same things.
pub(crate) const SERIES: &str = "series.html";

/// How many series the index names.
const MOST: usize = 400;

/// The longest name of a page, in characters, without what tells it from others.
const LONGEST: usize = 80;

/// Hands the pages out one by one, with their names.
pub(crate) fn pages(
    mut desk: Desk<'_>,
    take: &mut dyn FnMut(&str, &str) -> ControlFlow<()>,
) -> ControlFlow<()> {
    desk.pages = names(&desk);
    take(INDEX, &index(&desk).into_string())?;
    if !desk.review.series.is_empty() {
        take(SERIES, &of_series(&desk).into_string())?;
    }
    for article in 0..desk.review.given {
        desk.here = Some(article);
        let page = of_article(&desk, article).into_string();
        take(desk.pages.get(article).map_or("", String::as_str), &page)?;
    }
    ControlFlow::Continue(())
}

/// The pages of the articles, by their names: what would be the same is counted.
fn names(desk: &Desk<'_>) -> Vec<String> {
    let mut taken = HashSet::from([INDEX, SERIES].map(str::to_owned));
    let name = |article: &crate::ingest::Article| {
        let words = article.name.split(|c: char| !c.is_ascii_alphanumeric());
        let slug = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-");
        let slug: String = slug.to_lowercase().chars().take(LONGEST).collect();
        let slug = if slug.is_empty() { "article".to_owned() } else { slug };
        let mut page = format!("{slug}.html");
        let mut turn = 1;
        while !taken.insert(page.clone()) {
            turn += 1;
            page = format!("{slug}-{turn}.html");
        }
        page
    };
    desk.review.checked().iter().map(name).collect()
}

fn index(desk: &Desk<'_>) -> Html {
    let mut html = Html::default();
    let to = &mut html;
    let review = desk.review;
    let tally = Tally::of(review);
    let count = review.given;
    let what = format!("{count} article{}", if count == 1 { "" } else { "s" });
    page::begin(&format!("{what} – numcheck"), to);
    page::top(desk, &what, &tally, to);
    toolbar::toolbar(desk, &tally, to);
    put!(to, "<main>");
    finding::section(desk, to);
    finding::of_tables(desk, to);
    listed(desk, to);
    put!(to, "<section aria-labelledby='articles'><h2 id='articles'>The articles</h2>"
        "<ol class='index'>");
    for article in 0..count {
        let tally = Tally::of_article(review, article);
        let name = review.articles.get(article).map(|about| about.name.as_str());
        put!(to, "\n<li data-a='" {name} "'" );
        known(desk, article, to);
        put!(to, "><a href='" {desk.page_of(Some(article))} "'>");
        article::line(desk, article, &tally, to);
        put!(to, "</a></li>");
    }
    put!(to, "</ol></section></main>");
    page::end(desk, to);
    html
}

/// What an article's line is found by: the statuses and indicators of its numbers, and the rules of
/// its findings.
fn known(desk: &Desk<'_>, article: usize, to: &mut Html) {
    let entries = || entries_of(desk.review, article);
    let statuses: BTreeSet<_> = entries().map(|entry| entry.verdict.status.name()).collect();
    let topics: BTreeSet<_> = entries().map(|entry| entry.claim.indicator.value.name()).collect();
    let rules: BTreeSet<_> = desk.notes_of(article).map(|note| note.finding.rule.name).collect();
    let listed = |names: BTreeSet<&'static str>| names.into_iter().collect::<Vec<_>>().join(" ");
    put!(to, " data-s='" {listed(statuses)} "' data-i='" {listed(topics)} "' data-r='"
        {listed(rules)} "'");
}

/// The series in a line each.
fn listed(desk: &Desk<'_>, to: &mut Html) {
    let all = &desk.review.series;
    if all.is_empty() {
        return;
    }
    put!(to, "<section aria-labelledby='across'><h2 id='across'>Across the articles</h2>"
        "<ul class='all-series'>");
    for (number, series) in series::ordered(all).into_iter().take(MOST) {
        put!(to, "\n<li><a href='" {SERIES} "#s-" {number + 1} "'>");
        series::line(desk, series, to);
        put!(to, "</a></li>");
    }
    put!(to, "</ul>");
    if let Some(more) = all.len().checked_sub(MOST).filter(|more| *more > 0) {
        put!(to, "<p class='more'>… and <a href='" {SERIES} "'>" {more} " more</a>.</p>");
    }
    put!(to, "</section>");
}

fn of_series(desk: &Desk<'_>) -> Html {
    let mut html = Html::default();
    let to = &mut html;
    page::begin("Across the articles – numcheck", to);
    put!(to, "<nav class='pages' aria-label='Articles'><a rel='up' href='" {INDEX}
        "'>All articles</a></nav>");
    page::top(desk, "across the articles", &Tally::of(desk.review), to);
    put!(to, "<main>");
    series::section(desk, to);
    put!(to, "</main>");
    page::end(desk, to);
    html
}

fn of_article(desk: &Desk<'_>, article: usize) -> Html {
    let mut html = Html::default();
    let to = &mut html;
    let tally = Tally::of_article(desk.review, article);
    let title = desk.title(article);
    page::begin(&format!("{title} – numcheck"), to);
    put!(to, "<nav class='pages' aria-label='Articles'><a rel='up' href='" {INDEX} "'>All articles</a>");
    let before = article.checked_sub(1).and_then(|before| desk.pages.get(before));
    if let Some(before) = before {
        put!(to, "<a rel='prev' href='" {before} "'>Previous</a>");
    }
    if let Some(next) = desk.pages.get(article + 1) {
        put!(to, "<a rel='next' href='" {next} "'>Next</a>");
    }
    put!(to, "</nav>");
    page::top(desk, "", &tally, to);
    toolbar::toolbar(desk, &tally, to);
    put!(to, "<main>");
    finding::section(desk, to);
    article::article(desk, article, Shown::Open, to);
    series::of_article(desk, SERIES, to);
    put!(to, "</main>");
    page::end(desk, to);
    html
}
