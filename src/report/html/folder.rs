//! A folder of pages: an index, and a page for each article.

use crate::report::Tally;
use crate::report::html::article::{self, Shown};
use crate::report::html::desk::Desk;
use crate::report::html::markup::{Html, put};
use crate::report::html::{finding, page, toolbar};
use std::collections::HashSet;
use std::ops::ControlFlow;

/// The page to open first.
const INDEX: &str = "index.html";

/// The longest name of a page, in characters, without what tells it from others.
const LONGEST: usize = 80;

/// Hands the pages out one by one, with their names.
pub(crate) fn pages(
    mut desk: Desk<'_>,
    take: &mut dyn FnMut(&str, &str) -> ControlFlow<()>,
) -> ControlFlow<()> {
    desk.pages = names(&desk);
    take(INDEX, &index(&desk).into_string())?;
    for article in 0..desk.review.articles.len() {
        desk.here = Some(article);
        let page = of_article(&desk, article).into_string();
        take(desk.pages.get(article).map_or("", String::as_str), &page)?;
    }
    ControlFlow::Continue(())
}

/// The pages of the articles, by their names: what would be the same is counted.
fn names(desk: &Desk<'_>) -> Vec<String> {
    let mut taken = HashSet::from([INDEX.to_owned()]);
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
    desk.review.articles.iter().map(name).collect()
}

fn index(desk: &Desk<'_>) -> Html {
    let mut html = Html::default();
    let to = &mut html;
    let review = desk.review;
    let tally = Tally::of(review);
    let count = review.articles.len();
    let what = format!("{count} article{}", if count == 1 { "" } else { "s" });
    page::begin(&format!("{what} – numcheck"), to);
    page::top(desk, &what, &tally, to);
    toolbar::toolbar(desk, &tally, to);
    put!(to, "<main>");
    finding::section(desk, to);
    finding::of_tables(desk, to);
    put!(to, "<section aria-labelledby='articles'><h2 id='articles'>The articles</h2>"
        "<ol class='index'>");
    for article in 0..count {
        let tally = Tally::of_article(review, article);
        let name = review.articles.get(article).map(|about| about.name.as_str());
        put!(to, "\n<li data-a='" {name} "'><a href='" {desk.page_of(Some(article))} "'>");
        article::line(desk, article, &tally, to);
        put!(to, "</a></li>");
    }
    put!(to, "</ol></section></main>");
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
    put!(to, "</main>");
    page::end(desk, to);
    html
}
