//! A review for people: finding by finding, then what was checked and what was not.

use crate::check::Review;
use crate::finding::Finding;
use crate::report::annotated::annotated;
use crate::report::{Detail, Renderer, View, summary};
use std::io;

/// A review for people.
pub(crate) static RENDERER: Renderer =
    Renderer { name: "text", media_type: "text/plain; charset=utf-8", render };

fn render(review: &Review, view: &View, out: &mut dyn io::Write) -> io::Result<()> {
    let mut by_article: Vec<Vec<&Finding>> = vec![Vec::new(); review.given];
    let mut of_tables = Vec::new();
    for finding in review.findings.iter().filter(|finding| view.shows(finding)) {
        let article = finding.article.and_then(|article| by_article.get_mut(article));
        article.unwrap_or(&mut of_tables).push(finding);
    }
    for finding in of_tables {
        annotated(review, finding, view, out)?;
    }
    for (article, findings) in by_article.iter().enumerate() {
        for finding in findings {
            annotated(review, finding, view, out)?;
        }
        if view.detail > Detail::Findings {
            summary::article(review, article, view, out)?;
            writeln!(out)?;
        }
    }
    if view.detail > Detail::Findings && review.given > 0 {
        summary::totals(review, view, out)?;
    }
    Ok(())
}
