//! What every part of a page looks up: which finding is about which number, where each has its
//! anchor, and on which page it stands.

use crate::check::{Review, Waived};
use crate::claim::Claim;
use crate::compare::{Series, SeriesVerdict, Status, conflicts};
use crate::finding::Finding;
use crate::reference::ObservationId;
use crate::report::html::markup::{Html, Text, put};
use crate::report::spoken::by_gravity;
use crate::report::{Entry, View, entries_from};
use crate::text::At;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A finding, and whether somebody has waived it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Noted<'a> {
    pub(crate) finding: &'a Finding,
    pub(crate) waived: Option<&'a Waived>,
    turn: usize,
}

/// Claims in conflict, each with those it is in conflict with.
pub(crate) type Opponents = BTreeMap<usize, Vec<usize>>;

/// A review made ready for its pages.
#[derive(Debug)]
pub(crate) struct Desk<'a> {
    pub(crate) review: &'a Review,
    pub(crate) view: &'a View,
    /// The findings to show, the gravest first, then those that are waived.
    pub(crate) notes: Vec<Noted<'a>>,
    by_claim: BTreeMap<usize, Vec<usize>>,
    by_article: BTreeMap<usize, Vec<usize>>,
    turns: Vec<usize>,
    series: BTreeMap<usize, usize>,
    /// Of each series the claims in conflict, each with those it is in conflict with.
    opponents: Vec<Opponents>,
    rows: BTreeMap<At, ObservationId>,
    /// The pages of the articles; none where everything stands on one.
    pub(crate) pages: Vec<String>,
    /// The article whose page is being written.
    pub(crate) here: Option<usize>,
    /// Whether the numbers have cards.
    pub(crate) links: Links,
}

/// Where a link from a number elsewhere leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Links {
    /// To the number's card.
    Cards,
    /// Nowhere: the articles are not part of the report.
    Nowhere,
}

impl<'a> Desk<'a> {
    /// A review for one page.
    pub(crate) fn new(review: &'a Review, view: &'a View) -> Self {
        let waived = review.waived.iter().filter(|waived| view.shows(&waived.finding));
        let waived = waived.map(|waived| (&waived.finding, Some(waived)));
        let open = by_gravity(review, view).into_iter().map(|finding| (finding, None));
        let mut prints = HashMap::new();
        let mut notes = Vec::new();
        for (finding, waived) in open.chain(waived) {
            notes.push(Noted { finding, waived, turn: turn(&mut prints, &finding.fingerprint) });
        }
        let (mut by_claim, mut by_article) =
            (BTreeMap::<_, Vec<_>>::new(), BTreeMap::<_, Vec<_>>::new());
        for (index, note) in notes.iter().enumerate() {
            if let Some(claim) = note.finding.claim {
                by_claim.entry(claim).or_default().push(index);
            }
            if let Some(article) = note.finding.article {
                by_article.entry(article).or_default().push(index);
            }
        }
        let mut ids = HashMap::new();
        let turns = review.claims.iter().map(|claim| turn(&mut ids, &claim.id)).collect();
        let points = review.series.iter().enumerate();
        let points = points.flat_map(|(i, series)| series.points.iter().map(move |p| (p.claim, i)));
        Self {
            review,
            view,
            by_claim,
            by_article,
            turns,
            series: points.collect(),
            opponents: review.series.iter().map(|series| opponents(review, series)).collect(),
            rows: rows(review, &notes),
            notes,
            pages: Vec::new(),
            here: None,
            links: Links::Cards,
        }
    }

    /// Whether the page being written is about one article.
    pub(crate) fn is_about_one(&self) -> bool {
        self.here.is_some() || self.review.given == 1
    }

    /// Whether the numbers have cards to which links may lead.
    pub(crate) fn is_linked(&self) -> bool {
        self.links == Links::Cards
    }

    /// The findings of the page being written.
    pub(crate) fn notes_here(&self) -> Vec<&Noted<'a>> {
        match self.here {
            None => self.notes.iter().collect(),
            Some(article) => self.notes_of(article).collect(),
        }
    }

    /// The numbers of the page being written.
    pub(crate) fn numbers(&self) -> impl Iterator<Item = Entry<'a>> {
        let here = self.here;
        let claims = &self.review.claims;
        let first = here.map_or(0, |here| claims.partition_point(|claim| claim.article < here));
        let is_here = move |entry: &Entry<'_>| here.is_none_or(|here| entry.claim.article == here);
        entries_from(self.review, first).take_while(is_here)
    }

    /// The findings about an article.
    pub(crate) fn notes_of(&self, article: usize) -> impl Iterator<Item = &Noted<'a>> {
        let found = self.by_article.get(&article).into_iter().flatten();
        found.filter_map(|index| self.notes.get(*index))
    }

    /// The findings about a number.
    pub(crate) fn about(&self, claim: usize) -> impl Iterator<Item = &Noted<'a>> {
        let found = self.by_claim.get(&claim).into_iter().flatten();
        found.filter_map(|index| self.notes.get(*index))
    }

    /// The findings about an article that name no number of it.
    pub(crate) fn loose(&self, article: usize) -> impl Iterator<Item = &Noted<'a>> {
        self.notes_of(article).filter(|note| note.finding.claim.is_none())
    }

    /// The series that a number belongs to, by its place in the review.
    pub(crate) fn series_of(&self, claim: usize) -> Option<usize> {
        self.series.get(&claim).copied()
    }

    /// The series that the numbers of the page being written belong to.
    pub(crate) fn series_here(&self) -> BTreeSet<usize> {
        let claims = &self.review.claims;
        let here = self.here.unwrap_or_default();
        let first = claims.partition_point(|claim| claim.article < here);
        (first..first + self.numbers().count()).filter_map(|claim| self.series_of(claim)).collect()
    }

    /// The claims of a series that are in conflict, each with those it is in conflict with.
    pub(crate) fn opponents(&self, series: usize) -> Option<&Opponents> {
        self.opponents.get(series)
    }

    /// The row of a reference table whose cell stands at `at`.
    pub(crate) fn row_at(&self, at: At) -> Option<ObservationId> {
        self.rows.get(&at).copied()
    }

    /// What an article is called.
    pub(crate) fn title(&self, article: usize) -> &'a str {
        let found = self.review.articles.get(article);
        found.map_or("", |article| article.title.as_deref().unwrap_or(&article.name))
    }

    /// The anchor of a number's card.
    pub(crate) fn anchor(&self, claim: usize) -> Anchor<'a> {
        let id = self.review.claims.get(claim).map_or("", |claim| &claim.id);
        Anchor { kind: "n", id, turn: self.turns.get(claim).copied().unwrap_or_default() }
    }

    /// The page that an article stands on, as a link from the page being written names it.
    pub(crate) fn page_of(&self, article: Option<usize>) -> &str {
        let page = article.filter(|_| article != self.here).and_then(|i| self.pages.get(i));
        page.map_or("", String::as_str)
    }

    /// A claim of the review.
    pub(crate) fn claim(&self, claim: usize) -> Option<&'a Claim> {
        self.review.claims.get(claim)
    }

    /// Puts a link to a number's card around `text`.
    pub(crate) fn link(&self, claim: usize, text: &dyn Fn(&mut Html), to: &mut Html) {
        let page = self.page_of(self.claim(claim).map(|claim| claim.article));
        put!(to, "<a href='" {page} "#" {self.anchor(claim)} "'>");
        text(to);
        put!(to, "</a>");
    }
}

impl Noted<'_> {
    /// The anchor of the finding.
    pub(crate) fn anchor(&self) -> Anchor<'_> {
        Anchor { kind: "f", id: &self.finding.fingerprint, turn: self.turn }
    }
}

/// The name of a place on a page: of a finding its fingerprint, of a number its id. Where several
/// have the same, all but the first are counted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Anchor<'a> {
    kind: &'static str,
    id: &'a str,
    turn: usize,
}

impl Text for Anchor<'_> {
    fn put(&self, to: &mut Html) {
        put!(to, {self.kind} "-" {self.id});
        if self.turn > 0 {
            put!(to, "-" {self.turn + 1});
        }
    }
}

fn opponents(review: &Review, series: &Series) -> Opponents {
    if series.verdict != SeriesVerdict::Conflict {
        return Opponents::new();
    }
    conflicts(series, &review.articles, &review.claims).into_iter().collect()
}

/// How many came before with that id.
fn turn<'a>(seen: &mut HashMap<&'a str, usize>, id: &'a str) -> usize {
    let count = seen.entry(id).or_default();
    *count += 1;
    *count - 1
}

/// The rows that the findings name. The tables are gone through once.
fn rows(review: &Review, notes: &[Noted<'_>]) -> BTreeMap<At, ObservationId> {
    let tables: BTreeSet<_> = review.store.tables().iter().copied().collect();
    let named = notes.iter().flat_map(|note| &note.finding.related).map(|label| label.at);
    let named: BTreeSet<At> = named.filter(|at| tables.contains(&at.source)).collect();
    if named.is_empty() {
        return BTreeMap::new();
    }
    let ids = review.store.ids().map(|id| (review.store.observation(id).at, id));
    ids.filter(|(at, _)| named.contains(at)).collect()
}

/// A status as people read it on a page: its word and its sign.
pub(crate) fn status(status: Status) -> (&'static str, &'static str) {
    match status {
        Status::Supported => ("supported", "✓"),
        Status::Contradicted => ("contradicted", "✕"),
        Status::Outdated => ("outdated", "↺"),
        Status::Disputed => ("disputed", "≠"),
        Status::Unchecked => ("not checked", "○"),
    }
}
