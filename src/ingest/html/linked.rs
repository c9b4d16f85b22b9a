//! What a page says of its article in JSON-LD (schema.org).

use crate::ingest::json::Json;
use crate::ingest::tree::{Id, ROOT, Tree};
use crate::ingest::unescaped::Unescaped;

/// How many objects are looked through; pages have a handful.
const MOST: usize = 100;

/// What JSON-LD says of an article.
#[derive(Debug, Default)]
pub(crate) struct Linked {
    pub(crate) headline: Option<Unescaped>,
    pub(crate) standfirst: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) body: Option<Unescaped>,
}

/// What the scripts of a page say of its article. Scripts that are no JSON are passed over.
pub(crate) fn linked(tree: &Tree<'_>) -> Linked {
    let is_linked = |id: &Id| {
        let kind = tree.is(*id, &["script"]).then(|| tree.value(*id, "type")).flatten();
        kind.is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json"))
    };
    let mut found = Linked::default();
    for script in tree.inside(ROOT).filter(is_linked) {
        let text = Unescaped::new(tree.runs(script));
        let inner = bare(text.as_str());
        let at = inner.as_ptr().addr().saturating_sub(text.as_str().as_ptr().addr());
        let Ok(json) = Json::new(at, inner) else { continue };
        let mut left = vec![json];
        for _ in 0..MOST {
            let Some(next) = left.pop() else { break };
            look(next, &text, &mut left, &mut found);
        }
    }
    found
}

/// A script's text without the marks that hid it from old browsers, and without a stray semicolon.
fn bare(text: &str) -> &str {
    let text = text.trim();
    let text = ["<!--", "//<![CDATA[", "/*<![CDATA[*/", "<![CDATA["]
        .iter()
        .find_map(|mark| text.strip_prefix(mark))
        .unwrap_or(text);
    let text = ["-->", "//]]>", "/*]]>*/", "]]>", ";"]
        .iter()
        .find_map(|mark| text.strip_suffix(mark))
        .unwrap_or(text);
    text.trim()
}

/// Looks at a value; what it holds comes after it.
fn look<'a>(json: Json<'a>, script: &Unescaped, left: &mut Vec<Json<'a>>, found: &mut Linked) {
    if !json.is_object() {
        left.extend(json.each().into_iter().rev().filter(|inner| inner.is_object()));
        return;
    }
    let fields = json.fields();
    let of = |name: &str| fields.iter().find(|(found, _)| found == name).map(|(_, value)| *value);
    let types = of("@type").map(Json::each).unwrap_or_default();
    if types.iter().filter_map(|kind| kind.text()).any(|kind| is_article(&kind)) {
        let string = |name: &str| {
            let text = of(name)?.string().filter(|text| !text.as_str().trim().is_empty())?;
            let runs = text.runs().into_iter().flat_map(|run| script.outward(&run));
            Some(Unescaped::new(runs))
        };
        let text = |name: &str| of(name)?.text();
        let inner = |name: &str, inner: &str| of(name)?.each().first()?.field(inner)?.text();
        fill(&mut found.headline, || string("headline").or_else(|| string("name")));
        fill(&mut found.body, || string("articleBody").or_else(|| string("text")));
        fill(&mut found.standfirst, || text("description"));
        fill(&mut found.published, || text("datePublished").or_else(|| text("dateCreated")));
        fill(&mut found.outlet, || inner("publisher", "name").or_else(|| text("publisher")));
        fill(&mut found.url, || {
            let page = || text("mainEntityOfPage").or_else(|| inner("mainEntityOfPage", "@id"));
            text("url").or_else(page)
        });
        return;
    }
    let holders = ["@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"];
    left.extend(holders.iter().rev().filter_map(|name| of(name)));
}

fn fill<T>(slot: &mut Option<T>, value: impl FnOnce() -> Option<T>) {
    if slot.is_none() {
        *slot = value();
    }
}

/// The types of schema.org that are articles: `NewsArticle`, `ReportageNewsArticle`, `Report` …
fn is_article(kind: &str) -> bool {
    let kind = kind.rsplit(['/', ':', '#']).next().unwrap_or(kind);
    kind.ends_with("Article") || kind.ends_with("BlogPosting") || kind == "Report"
}
