//! `NewsML`, version 1 and G2: news in XML (IPTC). A message of several items is several articles.

use crate::ingest::address::{is_url, outlet};
use crate::ingest::draft::{About, Draft};
use crate::ingest::flow::{self, flow};
use crate::ingest::html::{self, is_markup, markup_or_lines};
use crate::ingest::tree::{Id, ROOT, Tree};
use crate::ingest::unescaped::Unescaped;
use crate::ingest::{Article, BlockKind, Error, Format, Input, Limit, Read, date, nitf, xml};
use crate::text::{SourceId, Sources};

/// `NewsML`.
pub(crate) static FORMAT: Format = Format {
    name: "newsml",
    extensions: &["xml", "newsml"],
    limit: Limit::File,
    fits,
    read: Read::Text(read),
};

/// The elements that a document of the family begins with; the first three may hold articles.
const ROOTS: &[&str] = &[
    "newsMessage",
    "newsItem",
    "NewsML",
    "packageItem",
    "conceptItem",
    "knowledgeItem",
    "planningItem",
    "catalogItem",
    "hopItem",
];

/// The elements that inline XML begins with if it is a text.
const TEXTS: &[&str] = &["nitf", "html", "body", "body.content", "div", "article", "section", "p"];

fn fits(text: &str) -> bool {
    xml::root(text).is_some_and(|root| ROOTS.contains(&root))
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
    let items: Vec<_> = (top..tree.end(top)).filter(|id| tree.is(*id, &["newsItem"])).collect();
    let mut articles = Vec::new();
    for item in &items {
        if let Some(draft) = draft(&tree, *item, source) {
            articles.push(draft.finish(about(&tree, *item, name, items.len() > 1))?);
        }
    }
    if !articles.is_empty() {
        return Ok(articles);
    }
    let root = tree.name(top);
    let what = match items.as_slice() {
        [] => format!("a NewsML <{root}>"),
        _ => format!("a NewsML <{root}> without a text"),
    };
    Err(Error::NoArticle { path: name.to_owned(), what })
}

/// One form of an item's body.
enum Form {
    /// NITF, and its element.
    Nitf(Id),
    /// XHTML or the like.
    Markup(Id),
    /// Text, with markup that is written with references, or without.
    Text(Unescaped),
}

impl Form {
    fn of(tree: &Tree<'_>, holder: Id) -> Option<Self> {
        let first = tree.children(holder).find(|id| tree.run(*id).is_none());
        if let Some(first) = first {
            if !tree.is(first, TEXTS) || tree.text(first).is_empty() {
                return None;
            }
            let is_nitf = tree.is(first, &["nitf"]);
            return Some(if is_nitf { Self::Nitf(first) } else { Self::Markup(holder) });
        }
        let text = Unescaped::new(tree.runs(holder));
        (!text.as_str().trim().is_empty()).then_some(Self::Text(text))
    }

    /// All of its text, white space as single spaces.
    fn text(&self, tree: &Tree<'_>) -> String {
        match self {
            Self::Nitf(nitf) => {
                let content = tree.find(*nitf, &["body.content"]);
                content.map(|id| tree.text(id)).unwrap_or_default()
            }
            Self::Markup(id) => tree.text(*id),
            Self::Text(text) => html::tree(text.as_str(), None).text(ROOT),
        }
    }

    fn length(&self, tree: &Tree<'_>) -> usize {
        self.text(tree).chars().filter(|c| c.is_alphanumeric()).count()
    }

    fn is_plain(&self) -> bool {
        matches!(self, Self::Text(text) if !is_markup(text.as_str()))
    }
}

/// The article of an item in the making; none if it has no text.
fn draft(tree: &Tree<'_>, item: Id, source: SourceId) -> Option<Draft> {
    let form = body(tree, item)?;
    let mut draft = Draft::new(source);
    let filled = |names: &[&str]| {
        let mut found = tree.inside(item).filter(|id| tree.is(*id, names));
        found.find(|id| !tree.text(*id).is_empty())
    };
    match (filled(&["headline"]), &form) {
        (Some(headline), _) => flow::block(BlockKind::Headline, tree.runs(headline), &mut draft),
        (None, Form::Nitf(nitf)) => nitf::headline(tree, *nitf, &mut draft),
        (None, _) => {}
    }
    // A line that the text begins with is no line of its own.
    let is_again = |id: Id| form.text(tree).contains(&tree.text(id));
    if let Some(under) = filled(&["SubHeadLine"]).filter(|id| !is_again(*id)) {
        flow::block(BlockKind::Standfirst, tree.runs(under), &mut draft);
    }
    match &form {
        Form::Nitf(nitf) => nitf::body(tree, *nitf, &mut draft),
        Form::Markup(id) => {
            // A page within the item may have its headline again.
            let headline = filled(&["headline"]).map(|id| tree.text(id)).unwrap_or_default();
            let is_again = |id: Id| tree.is(id, &["h1"]) && tree.text(id) == headline;
            flow(tree, *id, &mut draft, BlockKind::Body, &is_again, &|_| None);
        }
        Form::Text(text) => markup_or_lines(text, BlockKind::Body, &mut draft),
    }
    Some(draft)
}

/// The body of an item: the longest of its forms, rather with markup.
fn body(tree: &Tree<'_>, item: Id) -> Option<Form> {
    let holders = ["inlineXML", "inlineData", "DataContent"];
    let found = tree.inside(item).filter(|id| tree.is(*id, &holders));
    let forms: Vec<_> = found.filter_map(|id| Form::of(tree, id)).collect();
    let lengths: Vec<_> = forms.iter().map(|form| form.length(tree)).collect();
    let longest = lengths.iter().max().copied()?;
    let is_whole = |length: usize| length > 0 && length * 5 >= longest * 4;
    let whole = forms.into_iter().zip(lengths).filter(|(_, length)| is_whole(*length));
    whole.map(|(form, _)| form).min_by_key(Form::is_plain)
}

fn about(tree: &Tree<'_>, item: Id, path: &str, many: bool) -> About {
    let text = |names: &[&str]| {
        let found = tree.inside(item).filter(|id| tree.is(*id, names));
        found.map(|id| tree.text(id)).find(|text| !text.is_empty())
    };
    let days = [
        "versionCreated",
        "contentModified",
        "contentCreated",
        "firstCreated",
        "ThisRevisionCreated",
        "DateId",
    ];
    let published = days.iter().find_map(|name| date::field(&text(&[name])?));
    let named = |holder: &str, inner: &[&str]| {
        let found = tree.inside(item).filter(|id| tree.is(*id, &[holder]));
        found.filter_map(|id| tree.along(id, inner)).find_map(|id| {
            let name = tree.value(id, "FormalName").unwrap_or_else(|| tree.text(id));
            (!name.trim().is_empty()).then_some(name)
        })
    };
    let host = || {
        let mut holders = tree.inside(item).filter(|id| tree.is(*id, &["infoSource", "provider"]));
        holders.find_map(|id| outlet(&tree.value(id, "uri").filter(|uri| is_url(uri))?))
    };
    let outlet = named("infoSource", &["name"])
        .or_else(|| named("provider", &["name"]))
        .or_else(|| named("Provider", &["Party"]))
        .or_else(|| named("Source", &["Party"]))
        .or_else(|| named("copyrightHolder", &["name"]))
        .or_else(host)
        .or_else(|| text(&["ProviderId"]));
    let guid = tree.value(item, "guid").or_else(|| text(&["PublicIdentifier", "NewsItemId"]));
    let (name, id) = match guid {
        Some(guid) if many => (format!("{path}#{guid}"), guid),
        None if many => (format!("{path}#{item}"), item.to_string()),
        _ => (path.to_owned(), path.to_owned()),
    };
    About { name, id, published, outlet, url: None }
}
