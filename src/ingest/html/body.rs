//! Where on a page the article is: by what elements and their names say, and by how much text
//! stands where and how little of it is links.

use crate::ingest::date;
use crate::ingest::html::head::words;
use crate::ingest::html::tokens::BLOCKS;
use crate::ingest::tree::{Id, ROOT, Tree, UNSAID};
use std::collections::BTreeMap;

/// The elements that are no part of an article.
const NOT: &[&str] = &["aside", "nav", "footer", "form", "menu", "dialog", "fieldset"];

/// The roles that say the same.
const NOT_ROLES: &[&str] = &[
    "alert",
    "alertdialog",
    "banner",
    "complementary",
    "contentinfo",
    "dialog",
    "menu",
    "menubar",
    "navigation",
    "search",
    "toolbar",
];

/// Words of classes and ids that say the same. A word is what stands between hyphens, underscores
/// and changes of case; the most common endings count.
const NOT_WORDS: &[&str] = &[
    "ad",
    "ads",
    "advert",
    "advertisement",
    "adverts",
    "affiliate",
    "alsoread",
    "banner",
    "bio",
    "biography",
    "breadcrumb",
    "breadcrumbs",
    "comment",
    "commentlist",
    "comments",
    "consent",
    "cookie",
    "cookies",
    "copyright",
    "cta",
    "disqus",
    "donate",
    "donation",
    "dropdown",
    "facebook",
    "flyout",
    "footer",
    "gdpr",
    "hidden",
    "livefyre",
    "login",
    "marketing",
    "masthead",
    "menu",
    "modal",
    "more",
    "morestories",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "newsletters",
    "noprint",
    "outbrain",
    "overlay",
    "pager",
    "pagination",
    "paywall",
    "popular",
    "popup",
    "print",
    "promo",
    "promos",
    "promoted",
    "promotion",
    "read-more",
    "readmore",
    "recirc",
    "recirculation",
    "recommend",
    "recommendation",
    "recommendations",
    "recommended",
    "related",
    "relatedarticles",
    "relatedcontent",
    "relatedlinks",
    "respond",
    "rss",
    "search",
    "share",
    "sharebar",
    "sharing",
    "shoutbox",
    "sidebar",
    "signin",
    "signup",
    "skip",
    "skyscraper",
    "social",
    "sponsor",
    "sponsored",
    "sponsors",
    "subscribe",
    "subscription",
    "tab",
    "tabs",
    "taboola",
    "tags",
    "tagcloud",
    "taxonomy",
    "teaser",
    "teasers",
    "toolbar",
    "tools",
    "toplinks",
    "trending",
    "twitter",
    "upsell",
    "utility",
    "widget",
    "widgets",
];

/// Names that an article's own elements have, whatever else they are called.
const OWN_WORDS: &[&str] =
    &["article", "articlebody", "body", "content", "entry", "main", "post", "story", "text"];

/// A paragraph has at least that many characters.
const SHORTEST: usize = 25;

/// A paragraph of an article mostly has that many, and a line of what is around it has not.
const LONG: usize = 80;

/// A text has at least that many, to be taken for an article for what its element is called.
const ENOUGH: usize = 200;

/// Which nodes are the article's, and how much text they hold.
#[derive(Debug)]
pub(crate) struct Body {
    /// The elements that hold the text, in their order.
    pub(crate) roots: Vec<Id>,
    /// Which nodes are no part of an article, wherever they stand.
    aside: Vec<bool>,
    /// Which nodes are left out.
    without: Vec<bool>,
    /// How many characters it has.
    pub(crate) chars: usize,
}

impl Body {
    /// Whether a node is left out, with all it holds.
    pub(crate) fn is_without(&self, id: Id) -> bool {
        self.without.get(id).copied().unwrap_or_default()
    }

    /// Whether a node, or one around it, is no part of an article wherever it stands.
    pub(crate) fn is_aside(&self, id: Id) -> bool {
        self.aside.get(id).copied().unwrap_or_default()
    }

    /// Leaves a node out.
    pub(crate) fn leave_out(&mut self, id: Id) {
        if let Some(without) = self.without.get_mut(id) {
            *without = true;
        }
    }
}

/// How much text stands in and below every node.
struct Sizes {
    /// Characters, white space at the ends of lines aside.
    text: Vec<usize>,
    /// Those of them that are a link.
    links: Vec<usize>,
    /// Commas, which sentences have and menus have not.
    commas: Vec<usize>,
    /// Characters that stand in an element itself and in no block in it.
    own: Vec<usize>,
    own_links: Vec<usize>,
    /// Characters of paragraphs that are long and no links.
    prose: Vec<usize>,
}

impl Sizes {
    fn of(tree: &Tree<'_>, without: &[bool]) -> Self {
        let none = || vec![0; tree.len()];
        let (mut text, mut links, mut commas) = (none(), none(), none());
        let (mut own, mut own_links) = (none(), none());
        let mut linked = vec![false; tree.len()];
        let mut left = vec![false; tree.len()];
        for id in tree.all() {
            let parent = tree.parent(id);
            let flag = |flags: &[bool]| flags.get(parent).copied().unwrap_or_default();
            let is_left =
                flag(&left) || without.get(id).copied().unwrap_or_default() || tree.is(id, UNSAID);
            let is_linked = flag(&linked) || tree.is(id, &["a"]);
            set(&mut left, id, is_left);
            set(&mut linked, id, is_linked);
            let Some(run) = tree.run(id).filter(|_| !is_left) else { continue };
            let chars = characters(run.text());
            let count = run.text().matches([',', '،', '、']).count();
            let block = tree.around(id).find(|around| is_block(tree, *around)).unwrap_or(ROOT);
            for (sums, at, more) in [
                (&mut text, id, chars),
                (&mut commas, id, count),
                (&mut own, block, chars),
                (&mut links, id, if is_linked { chars } else { 0 }),
                (&mut own_links, block, if is_linked { chars } else { 0 }),
            ] {
                add(sums, at, more);
            }
        }
        for id in tree.all().rev() {
            for sums in [&mut text, &mut links, &mut commas] {
                let more = get(sums, id);
                add(sums, tree.parent(id), more);
            }
        }
        let mut prose = none();
        for id in tree.all().rev() {
            let (chars, linked) = (get(&own, id), get(&own_links, id));
            if chars >= LONG && linked * 3 < chars {
                add(&mut prose, id, chars);
            }
            let more = get(&prose, id);
            add(&mut prose, tree.parent(id), more);
        }
        Self { text, links, commas, own, own_links, prose }
    }

    /// The part of an element's text that is no link, in hundredths.
    fn unlinked(&self, id: Id) -> usize {
        let text = get(&self.text, id);
        (text.saturating_sub(get(&self.links, id)) * 100).checked_div(text).unwrap_or(0)
    }
}

fn get(of: &[usize], id: Id) -> usize {
    of.get(id).copied().unwrap_or_default()
}

fn add(to: &mut [usize], id: Id, more: usize) {
    if let Some(sum) = to.get_mut(id) {
        *sum += more;
    }
}

fn set(flags: &mut [bool], id: Id, flag: bool) {
    if let Some(place) = flags.get_mut(id) {
        *place = flag;
    }
}

/// How many characters a text has, where white space between words is one.
fn characters(text: &str) -> usize {
    let words = text.split_whitespace().map(|word| word.chars().count() + 1);
    words.sum::<usize>().saturating_sub(1)
}

fn is_block(tree: &Tree<'_>, id: Id) -> bool {
    tree.is(id, BLOCKS) || tree.is(id, &["td", "th", "tr", "caption"])
}

/// Where the article of a page is.
pub(crate) fn body(tree: &Tree<'_>) -> Body {
    let without = left_out(tree);
    let sizes = Sizes::of(tree, &without);
    let roots = marked(tree, &sizes).unwrap_or_else(|| scored(tree, &sizes));
    let mut body = Body { roots, aside: without.clone(), without, chars: 0 };
    clean(tree, &sizes, &mut body);
    let sizes = Sizes::of(tree, &body.without);
    body.chars = body.roots.iter().map(|root| get(&sizes.text, *root)).sum();
    body
}

/// What is no part of an article wherever it stands.
fn left_out(tree: &Tree<'_>) -> Vec<bool> {
    let nothing = vec![false; tree.len()];
    let sizes = Sizes::of(tree, &nothing);
    let all = get(&sizes.prose, ROOT);
    let mut without = nothing;
    for id in tree.all() {
        if without.get(tree.parent(id)).copied().unwrap_or_default() {
            set(&mut without, id, true);
            continue;
        }
        if tree.run(id).is_some() || tree.is(id, &["html", "body", "main", "article"]) {
            continue;
        }
        let is_hidden = is_hidden(tree, id);
        let is_not = tree.is(id, NOT) || has_role(tree, id, NOT_ROLES) || is_called_not(tree, id);
        // A name that holds most of the page's prose is no name for what it holds, other than
        // readers' comments, which may be longer than the article.
        let is_most = get(&sizes.prose, id) * 5 > all * 2 && !is_of_readers(tree, id);
        if is_hidden || (is_not && !is_most) {
            set(&mut without, id, true);
        }
    }
    without
}

fn is_hidden(tree: &Tree<'_>, id: Id) -> bool {
    let style = tree.attribute(id, "style").map(|style| style.raw.to_ascii_lowercase());
    let style: String = style.unwrap_or_default().split_whitespace().collect();
    style.contains("display:none")
        || style.contains("visibility:hidden")
        || tree.attribute(id, "hidden").is_some()
        || tree.attribute(id, "aria-hidden").is_some_and(|is| is.raw == "true")
}

fn has_role(tree: &Tree<'_>, id: Id, roles: &[&str]) -> bool {
    tree.attribute(id, "role").is_some_and(|role| roles.contains(&role.raw.trim()))
}

/// Whether class or id say that an element holds what readers write.
fn is_of_readers(tree: &Tree<'_>, id: Id) -> bool {
    let words = words(tree, id);
    words.iter().any(|word| ["comment", "disqus", "respond"].iter().any(|of| word.starts_with(of)))
}

/// Whether class or id say that an element is no part of an article.
fn is_called_not(tree: &Tree<'_>, id: Id) -> bool {
    if has_property(tree, id, "articleBody") {
        return false;
    }
    let mut names = words(tree, id);
    names.dedup();
    names.iter().any(|name| {
        let parts: Vec<_> = name.split(['-', '_', ':']).collect();
        // `has-sidebar`, `no-ads`, `content-with-related` speak of what is around.
        let is_about =
            parts.iter().any(|part| ["has", "no", "with", "is", "js", "not"].contains(part));
        let is_own = parts.last().is_some_and(|last| OWN_WORDS.contains(last)) && parts.len() > 1;
        !is_about && !is_own && parts.iter().any(|part| NOT_WORDS.contains(part))
    })
}

/// Whether an element has this property (microdata and its like).
pub(crate) fn has_property(tree: &Tree<'_>, id: Id, name: &str) -> bool {
    ["itemprop", "property"].iter().filter_map(|kind| tree.attribute(id, kind)).any(|value| {
        value
            .raw
            .split_whitespace()
            .any(|word| word.rsplit(':').next().is_some_and(|word| word.eq_ignore_ascii_case(name)))
    })
}

/// The elements that say they are the article's body, if they hold enough.
fn marked(tree: &Tree<'_>, sizes: &Sizes) -> Option<Vec<Id>> {
    let is_marked = |id: &Id| has_property(tree, *id, "articleBody") && !tree.is(*id, &["meta"]);
    let mut roots: Vec<Id> = Vec::new();
    for id in tree.all().filter(is_marked) {
        if roots.last().is_none_or(|last| tree.end(*last) <= id) {
            roots.push(id);
        }
    }
    let text: usize = roots.iter().map(|root| get(&sizes.text, *root)).sum();
    let is_text = roots.iter().any(|root| sizes.unlinked(*root) > 50);
    (text >= ENOUGH && is_text).then_some(roots)
}

/// The elements with the best text.
fn scored(tree: &Tree<'_>, sizes: &Sizes) -> Vec<Id> {
    let scores = scores(tree, sizes);
    let best = scores.iter().max_by_key(|(id, score)| (**score, std::cmp::Reverse(**id)));
    let Some((&top, &most)) = best.filter(|(_, score)| **score > 0) else {
        let whole = tree.all().find(|id| tree.is(*id, &["body"]));
        return vec![whole.unwrap_or(ROOT)];
    };
    let top = around_all(tree, sizes, &scores, top, most);
    let parent = tree.parent(top);
    if parent == ROOT {
        return vec![top];
    }
    // Texts are often split in two by a picture or an advertisement.
    let belongs = |id: &Id| {
        if *id == top {
            return true;
        }
        if tree.run(*id).is_some() {
            return false;
        }
        let is_like_it = scores.get(id).is_some_and(|score| *score * 5 >= most.max(50));
        let is_prose =
            tree.is(*id, &["p"]) && get(&sizes.text, *id) > 80 && sizes.unlinked(*id) >= 75;
        is_like_it || is_prose
    };
    tree.children(parent).filter(belongs).collect()
}

/// The element around `top` that holds other texts as good as it.
fn around_all(
    tree: &Tree<'_>,
    sizes: &Sizes,
    scores: &BTreeMap<Id, usize>,
    top: Id,
    most: usize,
) -> Id {
    let mut chosen = top;
    let mut last = most;
    for around in tree.around(top) {
        let score = scores.get(&around).copied().unwrap_or_default();
        if around == ROOT || tree.is(around, &["body", "html"]) || score * 3 < most {
            break;
        }
        let is_article = tree.is(around, &["article"]) && sizes.unlinked(around) > 60;
        if score > last || is_article {
            chosen = around;
        }
        last = score;
    }
    chosen
}

/// How good the text of each element is that holds some.
fn scores(tree: &Tree<'_>, sizes: &Sizes) -> BTreeMap<Id, usize> {
    let mut scores: BTreeMap<Id, usize> = BTreeMap::new();
    for id in tree.all().filter(|id| is_block(tree, *id)) {
        let own = get(&sizes.own, id);
        if own < SHORTEST {
            continue;
        }
        let unlinked = own.saturating_sub(get(&sizes.own_links, id)) * 100 / own;
        let commas = if get(&sizes.text, id) == own { get(&sizes.commas, id) } else { own / 100 };
        let score = (100 + commas * 100 + own.min(300)) * unlinked / 100;
        let holds_itself =
            !tree.is(id, &["p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dd", "dt"]);
        if holds_itself && own >= ENOUGH {
            *scores.entry(id).or_default() += score;
        }
        for (level, around) in (1..).zip(tree.around(id)).take(5) {
            let share = match level {
                1 => score,
                2 => score / 2,
                level => score / (level * 3),
            };
            *scores.entry(around).or_default() += share;
        }
    }
    for (id, score) in &mut scores {
        let bonus =
            if tree.is(*id, &["article", "main"]) || has_role(tree, *id, &["main", "article"]) {
                130
            } else {
                100
            };
        *score = *score * sizes.unlinked(*id) * bonus / 10_000;
    }
    scores.remove(&ROOT);
    scores.retain(|id, _| !tree.is(*id, &["html"]));
    scores
}

/// What is left of pictures and boxes that are not shown, and labels of the page.
const LABELS: &[&str] = &[
    "ad",
    "advert",
    "advertisement",
    "comment",
    "comments",
    "continue reading",
    "continue reading below",
    "print",
    "read more",
    "related",
    "related articles",
    "related stories",
    "share",
    "share this",
    "share this article",
    "sponsored",
    "story continues",
    "story continues below",
    "watch",
    "watch now",
];

/// The elements that a reader fills in.
const CONTROLS: &[&str] = &["form", "input", "select", "textarea"];

/// A box around such elements has at most that many characters.
const LONGEST_BOX: usize = 600;

/// Leaves out what stands inside the article and is none of its text: lists of links, lone links
/// to other stories, boxes to fill in, labels, the day.
fn clean(tree: &Tree<'_>, sizes: &Sizes, body: &mut Body) {
    for root in body.roots.clone() {
        for id in tree.inside(root) {
            let text = get(&sizes.text, id);
            if text == 0 || !is_block(tree, id) {
                continue;
            }
            let unlinked = sizes.unlinked(id);
            let is_list =
                tree.is(id, &["ul", "ol", "dl", "div", "section", "table", "figure", "article"]);
            let is_of_links = is_list && unlinked < 50 && text < 1_000;
            let is_link = tree.is(id, &["p", "li", "h2", "h3", "h4", "h5", "h6", "blockquote"])
                && unlinked <= 10
                && text < 200;
            let is_box =
                tree.is(id, &["div", "section"]) && text < LONGEST_BOX && is_to_fill_in(tree, id);
            if is_of_links || is_link || is_box || is_label(tree, id) {
                body.leave_out(id);
            }
        }
    }
}

/// Whether an element is a box that the reader is to fill in; a picture with a field is none.
fn is_to_fill_in(tree: &Tree<'_>, id: Id) -> bool {
    let has = |names: &[&str]| tree.inside(id).take(LONGEST_BOX).any(|inner| tree.is(inner, names));
    has(CONTROLS) && !has(&["img", "picture", "figcaption", "video", "table"])
}

/// Whether a block is nothing but a label of the page, or a day.
fn is_label(tree: &Tree<'_>, id: Id) -> bool {
    let Some(text) = tree.short_text(id, 80) else { return false };
    let label = text.trim_end_matches(['.', ':', '…', '>', '»']).to_lowercase();
    let day = text.split_once(": ").map_or(&*text, |(_, day)| day);
    LABELS.contains(&&*label) || date::line(day).is_some()
}
