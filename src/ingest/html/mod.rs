//! HTML pages of news stories: the story without what is around it.

mod body;
mod head;
mod linked;
mod titles;
mod tokens;

pub(crate) use crate::ingest::html::tokens::tree;

use crate::ingest::draft::{About, Draft};
use crate::ingest::flow::{self, flow};
use crate::ingest::html::body::{Body, body, has_property};
use crate::ingest::html::head::{Head, words};
use crate::ingest::html::linked::linked;
use crate::ingest::html::titles::{headline, standfirst};
use crate::ingest::plain::of_name;
use crate::ingest::tree::{Id, ROOT, Tree};
use crate::ingest::unescaped::Unescaped;
use crate::ingest::{Article, BlockKind, Error, Format, Input, Limit, Read};
use crate::text::Sources;

/// HTML.
pub(crate) static FORMAT: Format = Format {
    name: "html",
    extensions: &["html", "htm", "xhtml"],
    limit: Limit::File,
    fits,
    read: Read::Text(read),
};

/// How much of a text is looked at to tell whether it is a page, in bytes.
const BEGINNING: usize = 2_000;

/// Words of classes and ids that pictures' texts have, outside of `figcaption`.
const CAPTION_WORDS: &[&str] =
    &["caption", "captions", "wp-caption-text", "cutline", "photocredit"];

/// Words of classes and ids of bylines, which are none of the text.
const BYLINE_WORDS: &[&str] =
    &["byline", "bylines", "author", "authors", "timestamp", "dateline", "datestamp", "pubdate"];

/// The longest byline, in bytes.
const LONGEST_BYLINE: usize = 200;

/// A text may be taken from JSON-LD where the page shows less than this, in characters.
const LITTLE: usize = 140;

fn fits(text: &str) -> bool {
    let start = text.trim_start();
    let len = start.char_indices().nth(BEGINNING).map_or(start.len(), |(at, _)| at);
    let start = start.get(..len).unwrap_or_default().to_ascii_lowercase();
    let begins = |mark: &str| start.starts_with(mark);
    let is_markup = begins("<!--") || begins("<?xml") || begins("<!doctype html");
    begins("<!doctype html")
        || begins("<html")
        || begins("<head")
        || (is_markup && start.contains("<html"))
}

fn read(input: Input<'_>, sources: &mut Sources) -> Result<Vec<Article>, Error> {
    let Input { name, text } = input;
    let source = sources.add(text.source(name));
    let tree = tree(sources.get(source).text(), None);
    let linked = linked(&tree);
    let head = Head::new(&tree);
    let mut body = body(&tree);
    let first = body.roots.first().copied().unwrap_or(ROOT);
    let headline = headline(&tree, &head.titles(&linked), &body);
    let url = head.url(&linked);
    let published =
        head.published(&linked, headline, first, &|id| body.is_aside(id), url.as_deref());
    let mut draft = Draft::new(source);
    if let Some(headline) = headline {
        // What the reader may press is no part of it.
        let is_button = |id: Id| {
            tree.is(id, &["a"])
                && tree.attribute(id, "href").is_some_and(|to| to.raw.starts_with('#'))
        };
        let without = |id: Id| body.is_aside(id) || is_button(id);
        flow(&tree, headline, &mut draft, BlockKind::Headline, &without, &|_| None);
    } else {
        let mut runs = head.title_runs();
        if let (true, Some(told)) = (runs.is_empty(), &linked.headline) {
            runs = told.runs().into_iter().collect();
        }
        flow::block(BlockKind::Headline, runs, &mut draft);
    }
    leave_out_head(&tree, headline, &mut body);
    let told = linked.body.as_ref().filter(|told| is_better(told, &body));
    if let Some(told) = told {
        markup_or_lines(told, BlockKind::Body, &mut draft);
    } else {
        let standfirst = standfirst(&tree, &head, &linked, headline, &body);
        if let Some(standfirst) = standfirst {
            flow::block(BlockKind::Standfirst, tree.runs(standfirst), &mut draft);
            body.leave_out(standfirst);
        }
        for root in &body.roots {
            let without = |id: Id| body.is_without(id);
            let kind_of = |id: Id| is_caption(&tree, id).then_some(BlockKind::Caption);
            flow(&tree, *root, &mut draft, BlockKind::Body, &without, &kind_of);
        }
    }
    let about = About {
        name: name.to_owned(),
        id: name.to_owned(),
        published: published.or_else(|| of_name(name)),
        outlet: head.outlet(&linked, url.as_deref()),
        url,
    };
    Ok(vec![draft.finish(about)?])
}

/// Whether the text in JSON-LD is the article rather than what the page shows.
fn is_better(told: &Unescaped, body: &Body) -> bool {
    let chars = told.as_str().chars().count();
    chars > body.chars * 2 || (body.chars < LITTLE && chars > body.chars)
}

/// Whether a text is markup.
pub(crate) fn is_markup(text: &str) -> bool {
    ["</", "<p>", "<p ", "<br", "/>"].iter().any(|mark| text.contains(mark))
}

/// Adds a text that is markup if it looks so, or else blocks of `kind`, one a line.
pub(crate) fn markup_or_lines(text: &Unescaped, kind: BlockKind, draft: &mut Draft) {
    let tree = tree(text.as_str(), Some(text));
    if is_markup(text.as_str()) {
        flow(&tree, ROOT, draft, kind, &|_| false, &|_| None);
    } else {
        flow::lines(kind, tree.runs(ROOT), draft);
    }
}

/// Leaves the headline out of the text, and what else is no text of the story: bylines, days.
fn leave_out_head(tree: &Tree<'_>, headline: Option<Id>, body: &mut Body) {
    if let Some(headline) = headline {
        body.leave_out(headline);
    }
    for root in body.roots.clone() {
        for id in tree.inside(root) {
            let is_byline = tree.run(id).is_none()
                && (words(tree, id).iter().any(|word| BYLINE_WORDS.contains(&&**word))
                    || has_property(tree, id, "author")
                    || has_property(tree, id, "datePublished")
                    || has_property(tree, id, "dateModified"));
            if is_byline && tree.short_text(id, LONGEST_BYLINE).is_some() {
                body.leave_out(id);
            }
        }
    }
}

fn is_caption(tree: &Tree<'_>, id: Id) -> bool {
    let is_called = words(tree, id).iter().any(|word| {
        CAPTION_WORDS.contains(&&**word)
            || word.ends_with("-caption")
            || word.ends_with("__caption")
    });
    is_called && tree.run(id).is_none()
}
