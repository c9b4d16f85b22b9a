//! The report that an editor leaves open: one page that holds everything, or a folder of pages.
//!
//! A page is whole without scripts, without a network and without its style; the script adds
//! filters, search and keys. What comes from articles and tables is text and never markup, see
//! `markup.rs`.

mod article;
mod axis;
mod card;
mod desk;
mod dots;
mod finding;
mod folder;
mod held;
mod markup;
mod page;
mod series;
mod sheet;
mod timeline;
mod toolbar;

use crate::check::Review;
use crate::report::html::article::Shown;
use crate::report::html::desk::{Desk, Links};
use crate::report::html::markup::{Html, put};
use crate::report::{Renderer, Tally, View};
use std::io;
use std::ops::ControlFlow;

/// The style of every page.
pub const STYLE: &str = include_str!("style.css");

/// The script of every page.
const SCRIPT: &str = include_str!("script.js");

/// The report as one page.
pub static PAGE: Renderer =
    Renderer { name: "html", media_type: "text/html; charset=utf-8", render };

/// What articles say against each other, as one page.
pub(crate) static COMPARISON: Renderer =
    Renderer { name: "html", media_type: "text/html; charset=utf-8", render: compare };

fn compare(review: &Review, view: &View, out: &mut dyn io::Write) -> io::Result<()> {
    let mut desk = Desk::new(review, view);
    desk.links = Links::Nowhere;
    let mut html = Html::default();
    let to = &mut html;
    let title = format!("{} articles compared", review.given);
    page::begin(&format!("{title} – numcheck"), to);
    put!(to, "<header class='top'><p class='brand'><b>numcheck</b></p>");
    put!(to, "<h1 class='sheet'><b>" {title} "</b></h1>");
    page::failures(&desk, to);
    put!(to, "</header><main>");
    series::section(&desk, to);
    put!(to, "</main>");
    page::end(&desk, to);
    out.write_all(html.into_string().as_bytes())
}

fn render(review: &Review, view: &View, out: &mut dyn io::Write) -> io::Result<()> {
    out.write_all(one_page(&Desk::new(review, view)).into_string().as_bytes())
}

/// The articles as marked text with the cards of their numbers, as a piece of a page that has
/// [`STYLE`].
pub fn article_html(review: &Review, view: &View, article: usize) -> String {
    let mut to = Html::default();
    article::article(&Desk::new(review, view), article, Shown::Open, &mut to);
    to.into_string()
}

/// The report as a folder of pages: hands out each page with its name, until there are no more or
/// `take` has enough.
pub fn pages(review: &Review, view: &View, take: &mut dyn FnMut(&str, &str) -> ControlFlow<()>) {
    // That somebody has enough is no failure.
    let _ = folder::pages(Desk::new(review, view), take);
}

/// Everything on one page.
fn one_page(desk: &Desk<'_>) -> Html {
    let mut html = Html::default();
    let to = &mut html;
    let review = desk.review;
    let tally = Tally::of(review);
    let is_one = review.given == 1;
    let title =
        if is_one { desk.title(0).to_owned() } else { format!("{} articles", review.given) };
    page::begin(&format!("{title} – numcheck"), to);
    page::top(desk, if is_one { "" } else { &title }, &tally, to);
    toolbar::toolbar(desk, &tally, to);
    put!(to, "<main>");
    finding::section(desk, to);
    finding::of_tables(desk, to);
    series::section(desk, to);
    if is_one {
        article::article(desk, 0, Shown::Open, to);
    } else {
        put!(to, "<section aria-labelledby='articles'><h2 id='articles'>The articles</h2>");
        for index in 0..review.given {
            article::article(desk, index, Shown::Folded, to);
        }
        put!(to, "</section>");
    }
    put!(to, "</main>");
    page::end(desk, to);
    html
}
