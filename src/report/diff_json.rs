//! Two versions of an article as one JSON object; `docs/numcheck-diff.schema.json` describes it.

use crate::check::Review;
use crate::compare::Spot;
use crate::ingest::Article;
use crate::report::claim_json::{block, decimal};
use crate::report::correction::{correction, corrections};
use crate::report::revised::{Count, Figure, Mention, Passage, Revised, one_line, revised};
use crate::report::{Renderer, View};
use serde::Serialize;
use std::io;

/// Two versions as one object.
pub(crate) static RENDERER: Renderer =
    Renderer { name: "json", media_type: "application/json", render };

/// The version of the shape, which changes when a field's name or meaning does.
const SCHEMA: &str = "numcheck/diff/v1";

#[derive(Serialize)]
struct DiffJson<'a> {
    schema: &'static str,
    version: &'static str,
    articles: Vec<RevisedJson<'a>>,
    /// Articles without an earlier version.
    unpaired: Vec<&'a str>,
    errors: &'a [String],
}

#[derive(Serialize)]
struct RevisedJson<'a> {
    old: ArticleJson<'a>,
    new: ArticleJson<'a>,
    counts: CountJson,
    sentences: Vec<SentenceJson<'a>>,
    corrections: Vec<String>,
}

#[derive(Serialize)]
struct ArticleJson<'a> {
    path: &'a str,
    id: &'a str,
    title: Option<&'a str>,
    published: Option<String>,
}

#[derive(Serialize)]
struct CountJson {
    changed: usize,
    added: usize,
    removed: usize,
    left_behind: usize,
    reworded: usize,
}

#[derive(Serialize)]
struct SentenceJson<'a> {
    old: Option<String>,
    new: Option<String>,
    figures: Vec<FigureJson<'a>>,
}

#[derive(Serialize)]
struct FigureJson<'a> {
    change: &'static str,
    correction: Option<String>,
    old: Option<MentionJson<'a>>,
    new: Option<MentionJson<'a>>,
    left_behind: Vec<MentionJson<'a>>,
}

#[derive(Serialize)]
struct MentionJson<'a> {
    claim: &'a str,
    text: String,
    number: &'a str,
    sentence: String,
    path: &'a str,
    start: usize,
    end: usize,
    line: usize,
    column: usize,
    block: &'static str,
    paragraph: Option<usize>,
    lower: String,
    upper: String,
    hedge: &'static str,
    kind: &'static str,
    unit: Option<&'a str>,
    indicator: &'static str,
}

fn render(review: &Review, _: &View, out: &mut dyn io::Write) -> io::Result<()> {
    let revised = revised(review);
    let is_paired = |now: usize| review.earlier.iter().any(|earlier| earlier.now == now);
    let alone = review.checked().iter().enumerate().filter(|(now, _)| !is_paired(*now));
    let shown = DiffJson {
        schema: SCHEMA,
        version: env!("CARGO_PKG_VERSION"),
        articles: revised.iter().map(RevisedJson::of).collect(),
        unpaired: alone.map(|(_, article)| &*article.name).collect(),
        errors: &review.errors,
    };
    serde_json::to_writer_pretty(&mut *out, &shown)?;
    out.write_all(b"\n")
}

impl<'a> RevisedJson<'a> {
    fn of(revised: &'a Revised<'a>) -> Self {
        let Count { changed, added, removed, left } = Count::of(revised);
        let reworded = revised.reworded;
        Self {
            old: ArticleJson::of(revised.old),
            new: ArticleJson::of(revised.new),
            counts: CountJson { changed, added, removed, left_behind: left, reworded },
            sentences: revised.passages.iter().map(SentenceJson::of).collect(),
            corrections: corrections(revised),
        }
    }
}

impl<'a> ArticleJson<'a> {
    fn of(article: &'a Article) -> Self {
        let published = article.published.map(|day| day.to_string());
        Self { path: &article.name, id: &article.id, title: article.title.as_deref(), published }
    }
}

impl<'a> SentenceJson<'a> {
    fn of(passage: &'a Passage<'a>) -> Self {
        let figures = passage.figures.iter().map(FigureJson::of).collect();
        Self { old: passage.old.map(one_line), new: passage.new.map(one_line), figures }
    }
}

impl<'a> FigureJson<'a> {
    fn of(figure: &'a Figure<'a>) -> Self {
        let change = match (&figure.old, &figure.new) {
            (Some(_), Some(_)) => "changed",
            (None, _) => "added",
            (_, None) => "removed",
        };
        Self {
            change,
            correction: correction(figure)
                .map(|(line, spot)| format!("{line} {}.", spot.located())),
            old: figure.old.as_ref().map(MentionJson::of),
            new: figure.new.as_ref().map(MentionJson::of),
            left_behind: figure.left.iter().map(MentionJson::of).collect(),
        }
    }
}

impl<'a> MentionJson<'a> {
    fn of(mention: &'a Mention<'a>) -> Self {
        let (claim, quantity) = (mention.claim, &mention.claim.quantity);
        let paragraph = match mention.spot {
            Spot::Paragraph(nth) => Some(nth),
            _ => None,
        };
        Self {
            claim: &claim.id,
            text: mention.shown(),
            number: quantity.span.of(&mention.article.prose),
            sentence: mention.sentence(),
            path: mention.path,
            start: mention.start,
            end: mention.end,
            line: mention.line,
            column: mention.column,
            block: block(claim.block),
            paragraph,
            lower: decimal(quantity.lower),
            upper: decimal(quantity.upper),
            hedge: quantity.hedge.name(),
            kind: quantity.kind.name(),
            unit: quantity.unit.as_deref(),
            indicator: claim.indicator.value.name(),
        }
    }
}
