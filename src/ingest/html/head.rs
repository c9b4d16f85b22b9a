//! What a page says of its article beside the text: titles, day, outlet, address.

use crate::ingest::address::{is_url, outlet};
use crate::ingest::date;
use crate::ingest::draft::Run;
use crate::ingest::html::linked::Linked;
use crate::ingest::html::tokens::BLOCKS;
use crate::ingest::tree::{Id, ROOT, Tree};
use chrono::NaiveDate;

/// The names of `meta` elements that give the day of publication, in lower case.
const DATES: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "article:published",
    "article.published",
    "datepublished",
    "date.published",
    "publishdate",
    "publish-date",
    "publish_date",
    "published",
    "published_date",
    "published-date",
    "pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dc.date",
    "dcterms.created",
    "dcterms.date",
    "dcterms.issued",
    "citation_publication_date",
    "originalpublicationdate",
    "cxenseparse:recs:publishtime",
    "rnews:datepublished",
    "article_date_original",
    "date",
];

/// Words of classes and ids that stand at days of publication.
const DATED: &[&str] = &[
    "date",
    "dateline",
    "datetime",
    "datestamp",
    "entry-date",
    "meta",
    "posted",
    "postdate",
    "pubdate",
    "published",
    "publish",
    "time",
    "timestamp",
    "byline",
    "info",
    "created",
];

/// The longest text that may hold a day beside other words, in bytes.
const LONGEST_DATED: usize = 200;

/// How many words of a class are looked at.
const MOST_WORDS: usize = 50;

/// What stands between a title and the name of its site.
const SEPARATORS: &[&str] = &[" | ", " - ", " – ", " — ", " :: ", " · ", " » ", " « "];

/// What a page says of its article.
#[derive(Debug)]
pub(crate) struct Head<'t, 'a> {
    tree: &'t Tree<'a>,
    /// Names and contents of the `meta` elements, in their order.
    metas: Vec<(String, Id)>,
}

impl<'t, 'a> Head<'t, 'a> {
    pub(crate) fn new(tree: &'t Tree<'a>) -> Self {
        let mut metas = Vec::new();
        for id in tree.all().filter(|id| tree.is(*id, &["meta"])) {
            for name in ["property", "name", "itemprop"] {
                let names = tree.value(id, name).unwrap_or_default().to_ascii_lowercase();
                metas.extend(names.split_whitespace().map(|name| (name.to_owned(), id)));
            }
        }
        Self { tree, metas }
    }

    /// The content of the first `meta` element of one of these names that says something.
    pub(crate) fn meta(&self, names: &[&str]) -> Option<String> {
        self.metas_of(names).find_map(|id| {
            let content = self.tree.value(id, "content")?.trim().to_owned();
            (!content.is_empty()).then_some(content)
        })
    }

    fn metas_of<'s>(&'s self, names: &'s [&str]) -> impl Iterator<Item = Id> + 's {
        let of = |wanted: &'s &str| self.metas.iter().filter(move |(name, _)| name == wanted);
        names.iter().flat_map(of).map(|(_, id)| *id)
    }

    /// The titles that the page gives its article outside of its text, the surest first.
    pub(crate) fn titles(&self, linked: &Linked) -> Vec<String> {
        let names = ["headline", "og:title", "twitter:title", "dc.title", "title"];
        let metas = names.iter().filter_map(|name| self.meta(&[name]));
        let linked = linked.headline.iter().map(|title| title.as_str().to_owned());
        linked.chain(metas).chain(self.title().map(|id| self.tree.text(id))).collect()
    }

    fn title(&self) -> Option<Id> {
        self.tree.all().find(|id| self.tree.is(*id, &["title"]) && !self.is_in_picture(*id))
    }

    fn is_in_picture(&self, id: Id) -> bool {
        self.tree.around(id).any(|around| self.tree.is(around, &["svg"]))
    }

    /// The title as runs, where the text has no headline.
    pub(crate) fn title_runs(&self) -> Vec<Run<'a>> {
        let metas = self.metas_of(&["headline", "og:title", "twitter:title"]);
        let mut values = metas.filter_map(|id| self.tree.attribute(id, "content"));
        let runs = match values.find(|value| !value.raw.trim().is_empty()) {
            Some(value) => self.tree.value_runs(value),
            None => self.title().map(|id| self.tree.runs(id)).unwrap_or_default(),
        };
        without_site(runs)
    }

    /// The name of the outlet, or the host of its address.
    pub(crate) fn outlet(&self, linked: &Linked, url: Option<&str>) -> Option<String> {
        let name = linked.outlet.clone().or_else(|| self.meta(&["og:site_name"]));
        let name = name.or_else(|| self.meta(&["dc.publisher"]));
        name.filter(|name| !is_url(name)).or_else(|| url.and_then(outlet))
    }

    /// The address of the page.
    pub(crate) fn url(&self, linked: &Linked) -> Option<String> {
        let canonical = || {
            let links = self.tree.all().filter(|id| self.tree.is(*id, &["link"]));
            let mut found = links.filter(|id| {
                let rel = self.tree.value(*id, "rel");
                rel.is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"))
            });
            found.find_map(|id| self.tree.value(id, "href"))
        };
        let addresses = [canonical(), self.meta(&["og:url", "twitter:url"]), linked.url.clone()];
        addresses.into_iter().flatten().map(|url| url.trim().to_owned()).find(|url| is_url(url))
    }

    /// The day of publication. `headline` and `body` are where the article begins.
    pub(crate) fn published(
        &self,
        linked: &Linked,
        headline: Option<Id>,
        body: Id,
        without: &dyn Fn(Id) -> bool,
        url: Option<&str>,
    ) -> Option<NaiveDate> {
        let told = linked.published.as_deref().and_then(day);
        let meta = || {
            let own = |id: &Id| !without(*id);
            self.metas_of(DATES).filter(own).find_map(|id| day(&self.tree.value(id, "content")?))
        };
        told.or_else(|| self.marked(without))
            .or_else(meta)
            .or_else(|| self.shown(headline, body, without))
            .or_else(|| self.in_same_article(body))
            .or_else(|| url.and_then(of_url))
    }

    /// The day in an element that is marked as the one of publication.
    fn marked(&self, without: &dyn Fn(Id) -> bool) -> Option<NaiveDate> {
        let tree = self.tree;
        let is_marked = |id: &Id| {
            let property = tree.value(*id, "itemprop").or_else(|| tree.value(*id, "property"));
            let is_property = property.is_some_and(|property| {
                property.split_whitespace().any(|word| {
                    word.rsplit(':')
                        .next()
                        .is_some_and(|word| word.eq_ignore_ascii_case("datePublished"))
                })
            });
            let is_pubdate = tree.is(*id, &["time"]) && tree.attribute(*id, "pubdate").is_some();
            (is_property || is_pubdate) && !without(*id)
        };
        tree.all().filter(is_marked).find_map(|id| self.of_element(id))
    }

    fn of_element(&self, id: Id) -> Option<NaiveDate> {
        let told =
            ["datetime", "content"].iter().find_map(|name| day(&self.tree.value(id, name)?));
        told.or_else(|| day(&self.tree.text(id)))
    }

    /// The day in the first `time` element, or in a short text, near the headline: behind it and
    /// before the second half of the article, else before it.
    fn shown(
        &self,
        headline: Option<Id>,
        body: Id,
        without: &dyn Fn(Id) -> bool,
    ) -> Option<NaiveDate> {
        let tree = self.tree;
        let end = tree.end(body);
        let first = headline.filter(|headline| *headline < end).unwrap_or(body.min(end));
        let is_own = |id: &Id| !without(*id);
        let ranges = [first..end, ROOT + 1..first, end..tree.len()];
        for range in ranges {
            let mut times = range.clone().filter(|id| tree.is(*id, &["time"])).filter(is_own);
            if let Some(day) = times.find_map(|id| self.of_element(id)) {
                return Some(day);
            }
            if let Some(day) = range.filter(is_own).find_map(|id| self.in_words(id)) {
                return Some(day);
            }
        }
        None
    }

    /// The day in a `time` element of the article around `body`, even where it is no text of it.
    fn in_same_article(&self, body: Id) -> Option<NaiveDate> {
        let tree = self.tree;
        let article = tree.around(body).chain([body]).find(|id| tree.is(*id, &["article"]))?;
        let mut times = tree.inside(article).filter(|id| tree.is(*id, &["time"]));
        times.find_map(|id| self.of_element(id))
    }

    /// The day that a short text is, or that stands in one whose class says so.
    fn in_words(&self, id: Id) -> Option<NaiveDate> {
        let tree = self.tree;
        if let Some(run) = tree.run(id) {
            return date::line(run.text().trim())?.day;
        }
        let is_dated = words(tree, id).iter().any(|word| DATED.contains(&&**word));
        let is_block = tree.is(id, BLOCKS);
        if !is_dated && !is_block {
            return None;
        }
        let text = tree.short_text(id, LONGEST_DATED)?;
        date::line(&text).and_then(|line| line.day).or_else(|| {
            is_dated.then(|| {
                let words: Vec<_> = text.split(' ').collect();
                (0..words.len()).find_map(|at| {
                    let rest = words.get(at..at + 3).or_else(|| words.get(at..at + 1))?;
                    date::line(&rest.join(" ")).or_else(|| date::line(rest.first()?))?.day
                })
            })?
        })
    }
}

/// The words of an element's class and id, in lower case; the first ones, if there are many.
pub(crate) fn words(tree: &Tree<'_>, id: Id) -> Vec<String> {
    let mut words = Vec::new();
    for name in ["class", "id"] {
        let Some(value) = tree.attribute(id, name) else { continue };
        let found = value.raw.split_whitespace().take(MOST_WORDS);
        words.extend(found.map(str::to_ascii_lowercase));
    }
    words
}

/// A day as pages give it to machines: also without zeros (`2014-9-5T12:00Z`).
fn day(text: &str) -> Option<NaiveDate> {
    let loose = || {
        let first = text.trim().split(['T', ' ']).next()?;
        let mut parts = first.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        if year.len() != 4 || parts.next().is_some() {
            return None;
        }
        date::field(&format!("{year}-{month:0>2}-{day:0>2}"))
    };
    date::field(text).or_else(loose)
}

/// The day in an address: `/2014/12/29/`, `/2014-12-29/`, `/20141229/`.
fn of_url(url: &str) -> Option<NaiveDate> {
    let parts: Vec<_> = url.split(['/', '?', '#']).skip(3).collect();
    let slashed = parts.windows(3).find_map(|parts| {
        let [year, month, day] = parts else { return None };
        date::field(&format!("{year:0>4}-{month:0>2}-{day:0>2}"))
    });
    slashed.or_else(|| parts.iter().find_map(|part| date::leading(part)))
}

/// A title without the name of the site behind it.
fn without_site(runs: Vec<Run<'_>>) -> Vec<Run<'_>> {
    let text: String = runs.iter().map(Run::text).collect();
    let keep = without_site_text(&text).len();
    let mut left = keep;
    let mut kept = Vec::new();
    for run in runs {
        let len = run.text().len();
        match run {
            _ if left == 0 => break,
            Run::Copied { at, text } => {
                let text = text.get(..left.min(len)).unwrap_or(text);
                kept.push(Run::Copied { at, text });
            }
            replaced @ Run::Replaced { .. } => kept.push(replaced),
        }
        left = left.saturating_sub(len);
    }
    kept
}

/// A title without the name of the site behind it, which is short.
pub(crate) fn without_site_text(title: &str) -> &str {
    let ends = SEPARATORS.iter().filter_map(|mark| Some((title.rfind(mark)?, mark.len())));
    let Some((at, len)) = ends.max() else { return title };
    let site = title.get(at + len..).unwrap_or_default();
    let before = title.get(..at).unwrap_or(title);
    let is_site = site.split_whitespace().count() <= 4 && site.len() < before.trim().len();
    if is_site { before } else { title }
}
