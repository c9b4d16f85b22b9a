//! Feeds: RSS and Atom, also those that blogs export. Each item is an article `FILE#ID`.

use crate::ingest::address::{is_url, outlet};
use crate::ingest::draft::{About, Draft};
use crate::ingest::flow::{self, flow};
use crate::ingest::html::markup_or_lines;
use crate::ingest::tree::{Id, ROOT, Tree};
use crate::ingest::unescaped::Unescaped;
use crate::ingest::{Article, BlockKind, Error, Format, Input, Limit, Read, date, html, xml};
use crate::text::Sources;
use std::collections::HashSet;

/// Feeds.
pub(crate) static FORMAT: Format = Format {
    name: "feed",
    extensions: &["rss", "atom", "xml"],
    limit: Limit::File,
    fits,
    read: Read::Text(read),
};

/// Prefixes of elements that are about something else than the item's text.
const FOREIGN: &[&str] = &["media", "itunes", "excerpt", "source", "g", "yt", "podcast"];

fn fits(text: &str) -> bool {
    xml::root(text).is_some_and(|root| ["rss", "feed", "RDF"].contains(&root))
}

fn read(input: Input<'_>, sources: &mut Sources) -> Result<Vec<Article>, Error> {
    let Input { name, text } = input;
    let source = sources.add(text.source(name));
    let text = sources.get(source).text();
    if !fits(text) {
        return Err(xml::no_article(name, text));
    }
    let tree = xml::tree(text).map_err(|fault| fault.of(sources.get(source), name))?;
    let top = xml::top(&tree);
    let channel = tree.along(top, &["channel"]).unwrap_or(top);
    let outlet = tree.along(channel, &["title"]).map(|id| tree.text(id));
    let outlet = outlet.filter(|outlet| !outlet.is_empty());
    let mut given = HashSet::new();
    let mut articles = Vec::new();
    let items = tree.inside(top).filter(|id| tree.is(*id, &["item", "entry"]));
    for (turn, item) in (1..).zip(items.filter(|id| is_story(&tree, *id))) {
        let mut draft = Draft::new(source);
        if let Some(title) = child(&tree, item, &["title"]) {
            let title = Unescaped::new(tree.runs(title));
            let inner = html::tree(title.as_str(), Some(&title));
            flow::block(BlockKind::Headline, inner.runs(ROOT), &mut draft);
        }
        text_of(&tree, item, &mut draft);
        let mut about = about(&tree, item, turn, outlet.clone());
        while !given.insert(about.id.clone()) {
            about.id = format!("{}@{turn}", about.id);
        }
        about.name = format!("{name}#{}", about.id);
        // An item of nothing but an address is none.
        articles.extend(draft.finish(about).ok());
    }
    if articles.is_empty() {
        let what = "a feed without a story".to_owned();
        return Err(Error::NoArticle { path: name.to_owned(), what });
    }
    Ok(articles)
}

/// Whether an item is a story, rather than a picture or a menu in what a blog exports.
fn is_story(tree: &Tree<'_>, item: Id) -> bool {
    let kind = child(tree, item, &["post_type"]).map(|id| tree.text(id));
    kind.is_none_or(|kind| kind == "post" || kind == "page")
}

/// The child of an item of one of these names, in their order.
fn child(tree: &Tree<'_>, item: Id, names: &[&str]) -> Option<Id> {
    let is_own = |id: &Id| !FOREIGN.contains(&tree.prefix(*id));
    let of = |name: &&str| {
        let mut found = tree.children(item).filter(is_own);
        found.find(|id| tree.is(*id, &[name]) && !tree.text(*id).is_empty())
    };
    names.iter().find_map(of)
}

/// Adds the text of an item: its content, or else its summary.
fn text_of(tree: &Tree<'_>, item: Id, draft: &mut Draft) {
    let Some(content) = child(tree, item, &["encoded", "content", "description", "summary"]) else {
        return;
    };
    let is_inline = tree.children(content).any(|id| tree.run(id).is_none());
    if is_inline {
        flow(tree, content, draft, BlockKind::Body, &|_| false, &|_| None);
    } else {
        let text = Unescaped::new(tree.runs(content));
        markup_or_lines(&text, BlockKind::Body, draft);
    }
}

fn about(tree: &Tree<'_>, item: Id, turn: usize, feed: Option<String>) -> About {
    let text = |names: &[&str]| child(tree, item, names).map(|id| tree.text(id));
    let days = ["pubDate", "published", "date", "post_date", "updated", "issued"];
    let published = days.iter().find_map(|name| date::field(&text(&[name])?));
    let links = tree.children(item).filter(|id| tree.is(*id, &["link"]));
    let is_page = |id: &Id| tree.value(*id, "rel").is_none_or(|rel| rel == "alternate");
    let mut addresses = links
        .filter(is_page)
        .map(|id| tree.value(id, "href").unwrap_or_else(|| tree.text(id)).trim().to_owned());
    let url = addresses.find(|url| is_url(url));
    let id = text(&["guid", "id"]).or_else(|| url.clone()).unwrap_or_else(|| turn.to_string());
    let outlet = feed.or_else(|| url.as_deref().and_then(outlet));
    About { name: String::new(), id, published, outlet, url }
}
