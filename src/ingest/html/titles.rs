//! Which elements of a page show the headline and the line under it.

use crate::ingest::html::body::{Body, has_property};
use crate::ingest::html::head::{Head, without_site_text, words};
use crate::ingest::html::linked::Linked;
use crate::ingest::tree::{Id, Tree};

/// Words of classes that lines under a headline have.
const STANDFIRST_WORDS: &[&str] = &[
    "standfirst",
    "dek",
    "deck",
    "subtitle",
    "sub-title",
    "subhead",
    "subheadline",
    "sub-headline",
    "subheading",
    "sub-heading",
    "subhed",
    "strapline",
    "summary",
    "intro",
    "lede",
    "excerpt",
    "article-summary",
    "article__subtitle",
    "article-subtitle",
    "article__standfirst",
    "article-description",
    "article__summary",
    "article__dek",
    "article-dek",
    "entry-summary",
    "description",
    "teaser-text",
    "leadtext",
    "story-body__introduction",
];

/// The longest line under a headline, in bytes.
const LONGEST_STANDFIRST: usize = 600;

/// The shortest one.
const SHORTEST_STANDFIRST: usize = 20;

/// The longest headline, in bytes.
const LONGEST_HEADLINE: usize = 1_000;

/// The element that shows the headline: one whose text is a title of the page, else the only `h1`.
pub(crate) fn headline(tree: &Tree<'_>, titles: &[String], body: &Body) -> Option<Id> {
    let titles: Vec<_> =
        titles.iter().map(|title| letters(title)).filter(|title| title.len() > 3).collect();
    let is_out = |id: Id| body.is_aside(id);
    let is_heading = |id: &Id| {
        tree.is(*id, &["h1", "h2", "h3", "h4"])
            || has_property(tree, *id, "headline")
            || words(tree, *id).iter().any(|word| word == "headline" || word == "entry-title")
    };
    let headings: Vec<_> =
        tree.all().filter(is_heading).filter(|id| !tree.is(*id, &["meta", "a"])).collect();
    let shown = |id: &Id| {
        let text = letters(&tree.short_text(*id, LONGEST_HEADLINE).unwrap_or_default());
        text.len() > 3
            && titles.iter().any(|title| {
                *title == text
                    || (text.len() > 10 && title.starts_with(&*text))
                    || (title.len() > 10 && text.starts_with(&**title))
                    || (text.len() * 2 > title.len() && text.len() > 20 && title.contains(&*text))
            })
    };
    let by_rank = |rank: &[&str]| {
        let mut of_rank =
            headings.iter().filter(|id| tree.is(**id, rank)).filter(|id| !is_out(**id));
        of_rank.find(|id| shown(id)).copied()
    };
    let matched = by_rank(&["h1"])
        .or_else(|| by_rank(&["h2"]))
        .or_else(|| headings.iter().filter(|id| !is_out(**id)).find(|id| shown(id)).copied());
    matched.or_else(|| {
        let mut own = headings.iter().filter(|id| tree.is(**id, &["h1"]) && !is_out(**id));
        let first = own.next().copied()?;
        (own.next().is_none()
            && letters(&tree.short_text(first, LONGEST_HEADLINE).unwrap_or_default()).len() > 15)
            .then_some(first)
    })
}

/// The element that shows the line under the headline.
pub(crate) fn standfirst(
    tree: &Tree<'_>,
    head: &Head<'_, '_>,
    linked: &Linked,
    headline: Option<Id>,
    body: &Body,
) -> Option<Id> {
    let headline = headline?;
    let first = *body.roots.first()?;
    let told = [linked.standfirst.clone(), head.meta(&["og:description", "description"])];
    let told: Vec<_> = told.into_iter().flatten().map(|text| letters(&text)).collect();
    let within =
        |id: Id| body.roots.iter().any(|root| *root == id || tree.inside(*root).contains(&id));
    // Up to the first quarter of the text; where the headline stands in it, from there.
    let end = tree.end(first);
    let start = first.max(headline).min(end);
    let near = headline..start + (end - start) / 4;
    let is_one = |id: &Id| {
        if !tree.is(*id, &["p", "h2", "h3", "h4", "div", "span", "section"])
            || body.is_aside(*id)
            || tree.inside(headline).contains(id)
            || body.roots.contains(id)
        {
            return false;
        }
        let is_called = words(tree, *id).iter().any(|word| STANDFIRST_WORDS.contains(&&**word))
            || has_property(tree, *id, "description")
            || has_property(tree, *id, "alternativeHeadline");
        if !is_called && within(*id) {
            return false;
        }
        let Some(text) = tree.short_text(*id, LONGEST_STANDFIRST) else { return false };
        let is_told = || told.iter().any(|told| *told == letters(&text));
        let is_elsewhere = || tree.around(*id).any(|at| tree.is(at, &["li", "figure", "a"]));
        text.len() > SHORTEST_STANDFIRST && (is_called || is_told()) && !is_elsewhere()
    };
    near.skip(1).find(is_one)
}

/// The letters and digits of a title without the name of the site, in lower case.
fn letters(title: &str) -> String {
    let title = without_site_text(title.trim());
    title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
