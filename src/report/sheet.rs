//! The number sheet for people: every number with its reading, its status and the reason.

use crate::check::Review;
use crate::report::fit::{cut, printable};
use crate::report::grid::{self, Cell};
use crate::report::reading::{place, reading};
use crate::report::{Renderer, Tally, View, entries_of, prose};
use annotate_snippets::renderer::Style;
use std::io;

/// The number sheet for people.
pub(crate) static RENDERER: Renderer =
    Renderer { name: "text", media_type: "text/plain; charset=utf-8", render };

fn render(review: &Review, view: &View, out: &mut dyn io::Write) -> io::Result<()> {
    for article in 0..review.given {
        if article > 0 {
            writeln!(out)?;
        }
        heading(review, article, view, out)?;
        numbers(review, article, view, out)?;
    }
    Ok(())
}

/// The article's name with its count, and its headline and day.
fn heading(
    review: &Review,
    article: usize,
    view: &View,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let Some(about) = review.articles.get(article) else { return Ok(()) };
    let (bold, dim) = (view.bold(), view.dim());
    let tally = Tally::of_article(review, article);
    writeln!(out, "{bold}{}{bold:#}: {tally}", printable(&about.name))?;
    let day = about.published.map(|day| day.to_string());
    let parts: Vec<_> = [about.title.clone(), day].into_iter().flatten().collect();
    if parts.is_empty() {
        return Ok(());
    }
    writeln!(out, "{dim}{}{dim:#}", cut(&parts.join(" · "), view.width))
}

/// Two lines a number: its place, its words and how they were read; its status and why.
fn numbers(
    review: &Review,
    article: usize,
    view: &View,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let entries: Vec<_> = entries_of(review, article).collect();
    let places: Vec<_> = entries.iter().map(|entry| place(review, *entry)).collect();
    let words = entries.iter().map(|entry| entry.claim.shown(prose(review, entry.claim)));
    let statuses = entries.iter().map(|entry| entry.verdict.status.name());
    let widths = [
        grid::column(places.iter().map(String::as_str), usize::MAX),
        grid::column(words.chain(statuses), view.width * 3 / 8),
    ];
    for (entry, place) in entries.into_iter().zip(&places) {
        writeln!(out)?;
        let plain = Style::new();
        let text = entry.claim.shown(prose(review, entry.claim));
        let read: [Cell<'_>; 2] = [(place, view.dim()), (text, view.bold())];
        grid::row(view, &widths, &read, &reading(review, entry), out)?;
        let status = entry.verdict.status;
        let judged: [Cell<'_>; 2] = [("", plain), (status.name(), view.status(status))];
        grid::row(view, &widths, &judged, &entry.verdict.reason, out)?;
    }
    Ok(())
}
