//! NITF: news in XML (IPTC).

use crate::ingest::address::{is_url, outlet};
use crate::ingest::draft::{About, Draft};
use crate::ingest::flow::{self, flow};
use crate::ingest::tree::{Id, Tree};
use crate::ingest::{Article, BlockKind, Error, Format, Input, Limit, Read, date, xml};
use crate::text::Sources;

/// NITF.
pub(crate) static FORMAT: Format = Format {
    name: "nitf",
    extensions: &["nitf", "xml"],
    limit: Limit::File,
    fits: |text| xml::root(text) == Some("nitf"),
    read: Read::Text(read),
};

/// What stands in a text and is none of it.
const NOT: &[&str] =
    &["media-metadata", "media-reference", "media-producer", "media-object", "note", "tagline"];

fn read(input: Input<'_>, sources: &mut Sources) -> Result<Vec<Article>, Error> {
    let Input { name, text } = input;
    let source = sources.add(text.source(name));
    let text = sources.get(source).text();
    if !(FORMAT.fits)(text) {
        return Err(xml::no_article(name, text));
    }
    let tree = xml::tree(text).map_err(|fault| fault.of(sources.get(source), name))?;
    let top = xml::top(&tree);
    let mut draft = Draft::new(source);
    headline(&tree, top, &mut draft);
    body(&tree, top, &mut draft);
    if draft.is_empty() {
        let what = "NITF without a text".to_owned();
        return Err(Error::NoArticle { path: name.to_owned(), what });
    }
    Ok(vec![draft.finish(about(&tree, top, name))?])
}

/// Adds the headline and the lines under it.
pub(crate) fn headline(tree: &Tree<'_>, nitf: Id, draft: &mut Draft) {
    let line = |names: &[&str]| {
        let found = tree.inside(nitf).filter(|id| tree.is(*id, names));
        found.into_iter().find(|id| !tree.text(*id).is_empty())
    };
    let head = tree.along(nitf, &["head"]);
    let title = || tree.along(head?, &["title"]);
    if let Some(headline) = line(&["hl1"]).or_else(title) {
        flow::block(BlockKind::Headline, tree.runs(headline), draft);
    }
    let hedline = line(&["hedline"]);
    let under = hedline.and_then(|hedline| tree.find(hedline, &["hl2"]));
    if let Some(under) = under {
        flow::block(BlockKind::Standfirst, tree.runs(under), draft);
    }
}

/// Adds the text. An abstract that says what the text says is left out.
pub(crate) fn body(tree: &Tree<'_>, nitf: Id, draft: &mut Draft) {
    let content = tree.find(nitf, &["body.content"]);
    if let Some(short) = tree.find(nitf, &["abstract"]) {
        let said = content.map(|content| tree.text(content)).unwrap_or_default();
        if !said.contains(&tree.text(short)) {
            flow(tree, short, draft, BlockKind::Standfirst, &|_| false, &|_| None);
        }
    }
    if let Some(content) = content {
        flow(tree, content, draft, BlockKind::Body, &|id| tree.is(id, NOT), &|_| None);
    }
}

fn about(tree: &Tree<'_>, nitf: Id, name: &str) -> About {
    let value = |element: &str, attribute: &str| {
        let mut found = tree.inside(nitf).filter(|id| tree.is(*id, &[element]));
        found.find_map(|id| tree.value(id, attribute)).filter(|value| !value.trim().is_empty())
    };
    let days = [
        ("date.issue", "norm"),
        ("pubdata", "date.publication"),
        ("date.release", "norm"),
        ("story.date", "norm"),
    ];
    let published = days.iter().find_map(|(element, name)| date::field(&value(element, name)?));
    let distributor = tree.find(nitf, &["distributor"]).map(|id| tree.text(id));
    let distributor = distributor.filter(|name| !name.is_empty());
    let url = value("pubdata", "ex-ref").filter(|url| is_url(url));
    let outlet = distributor
        .or_else(|| value("doc.copyright", "holder"))
        .or_else(|| value("pubdata", "name"))
        .or_else(|| url.as_deref().and_then(outlet));
    About { name: name.to_owned(), id: name.to_owned(), published, outlet, url }
}
