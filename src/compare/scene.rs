//! Where an article's event took place, by the places its text names: for the tolls whose own
//! sentence does not say, and for those whose sentence speaks of another event.

use crate::claim::Claim;
use crate::compare::articles::{PAUSE, Tie, Told};
use crate::compare::event::{Event, is_of_before};
use crate::ingest::{Article, BlockKind, month, weekday};
use crate::reference::{
    Catalog, EntityKind, EntityMatch, NameForm, PlaceId, PlaceKind, PlaceMatch,
};
use crate::segment::{Kind, Tokens};
use crate::text::{Prose, Span};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// How much of the world a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reach {
    /// A town, a building, a storm with a name: one event at a time.
    Spot,
    /// A state or a region.
    State,
    /// A country.
    Country,
}

/// A place that a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mention {
    reach: Reach,
    /// Its key, or its name where the catalog does not know it.
    key: String,
    country: Option<String>,
    /// Whether it is a state of a country, whose name alone says where something was.
    is_state: bool,
    /// Where its name begins in the prose.
    at: usize,
}

/// Where an article's event took place, as far as its text says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Scene {
    pub(crate) spot: Option<String>,
    pub(crate) state: Option<String>,
    pub(crate) country: Option<String>,
    /// Whether it is an event of a whole state or country, which comes to many towns at once.
    pub(crate) is_area: bool,
    /// Whether the spot is a storm that has a name.
    pub(crate) is_storm: bool,
}

/// How often the places in the headline count, and those in the opening.
const HEADLINE: u32 = 6;
const OPENING: u32 = 3;

/// Families of events that come to many towns at once.
const AREAS: &[&str] = &["quake", "water", "outbreak"];

/// How many bytes behind the headline are the opening.
const LEAD: usize = 700;

/// What a spot needs to be the scene: to be named in the opening, or several times.
const ENOUGH: u32 = 3;

/// How many articles of one time are asked where an event took place.
const WINDOW: usize = 256;

/// Words for storms that are given names.
const STORMS: &[&str] = &["hurricane", "typhoon", "cyclone", "storm"];

/// Words before the name of a place where something happened.
const WHERE: &[&str] = &["in", "at", "near", "outside", "of", "from", "to", "around"];

impl Scene {
    /// The scene of an article.
    pub(crate) fn of(article: &Article, family: Option<&str>, catalog: &Catalog) -> Self {
        let mut spots: BTreeMap<String, (u32, Option<String>)> = BTreeMap::new();
        let mut states: BTreeMap<(bool, String), u32> = BTreeMap::new();
        let mut countries: BTreeMap<String, u32> = BTreeMap::new();
        let body = article.blocks.iter().find(|block| block.kind != BlockKind::Headline);
        let body = body.map_or(0, |block| block.span.start());
        for block in &article.blocks {
            for mention in mentions(&article.prose, block.span, catalog) {
                let around = sentence_around(&article.prose, block.span, mention.at);
                if is_of_before(&around.to_lowercase(), article.published) {
                    continue;
                }
                let weight = match block.kind {
                    BlockKind::Headline => HEADLINE,
                    // A dateline says where the reporter was.
                    _ if mention.at == block.span.start() => 1,
                    _ if mention.at < body + LEAD => OPENING,
                    _ => 1,
                };
                if let Some(country) = &mention.country {
                    *countries.entry(country.clone()).or_default() += weight;
                }
                match mention.reach {
                    Reach::Spot => {
                        spots.entry(mention.key).or_insert((0, mention.country)).0 += weight;
                    }
                    Reach::State => {
                        *states.entry((mention.is_state, mention.key)).or_default() += weight;
                    }
                    Reach::Country => {}
                }
            }
        }
        let country = most(countries);
        spots.retain(|_, (score, at)| *score >= ENOUGH && (at.is_none() || *at == country));
        // A storm that has a name is the event, wherever it goes.
        let is_storm = spots.values().any(|(_, at)| at.is_none());
        let is_area = !is_storm && family.is_some_and(|family| AREAS.contains(&family));
        spots.retain(|_, (_, at)| if is_storm { at.is_none() } else { !is_area });
        states.retain(|(is_state, _), _| *is_state || !is_area);
        let spot = most(spots.into_iter().map(|(key, (score, _))| (key, score)));
        let state = most(states.into_iter().map(|((_, key), score)| (key, score)));
        Self { spot, state, country, is_area, is_storm }
    }

    /// Where the victims of a claim were counted: where its sentence says, else where its article
    /// does.
    pub(crate) fn anchor(
        &self,
        claim: &Claim,
        article: &Article,
        catalog: &Catalog,
    ) -> Option<(Reach, String)> {
        let there = mentions(&article.prose, claim.sentence, catalog);
        let number = claim.quantity.span.start();
        let nearest = |reach| {
            let of = there.iter().filter(move |mention| mention.reach == reach);
            of.min_by_key(|mention| (mention.at.abs_diff(number), &mention.key))
        };
        let names = |reach, key: &Option<String>| {
            there.iter().any(|m| m.reach == reach && Some(&m.key) == key.as_ref())
        };
        let own = |reach: Reach, key: &String| Some((reach, key.clone()));
        if let Some(venue) = Self::other_venue(claim, article, catalog) {
            return own(Reach::Spot, &venue);
        }
        if names(Reach::Spot, &self.spot) {
            let here = claim.place.as_ref().filter(|place| claim.sentence.contains(place.span));
            let other = here.and_then(|place| reach_of(place.value.id?, catalog));
            let other = other.filter(|(reach, key)| match reach {
                Reach::Spot => true,
                Reach::State => Some(key) != self.state.as_ref(),
                Reach::Country => Some(key) != self.country.as_ref(),
            });
            return other.or_else(|| self.main());
        }
        let here = claim.place.as_ref().filter(|place| claim.sentence.contains(place.span));
        let here = here.and_then(|place| reach_of(place.value.id?, catalog));
        if let Some(spot) = nearest(Reach::Spot)
            && (!self.is_area || here == Some((Reach::Spot, spot.key.clone())))
        {
            return own(Reach::Spot, &spot.key);
        }
        if let Some(state) = nearest(Reach::State)
            && !names(Reach::State, &self.state)
        {
            return own(Reach::State, &state.key);
        }
        if let Some(country) = nearest(Reach::Country)
            && !names(Reach::Country, &self.country)
            && !names(Reach::State, &self.state)
        {
            return own(Reach::Country, &country.key);
        }
        self.main()
    }

    /// A building or a camp that the claim's victims are counted at, `killed 13 people at Fort
    /// Hood`, where the article names it only here: what it tells of it names more than once.
    fn other_venue(claim: &Claim, article: &Article, catalog: &Catalog) -> Option<String> {
        let prose = &article.prose;
        let behind = Span::<Prose>::new(claim.quantity.span.end(), claim.sentence.end());
        let mut tokens = Tokens::new();
        tokens.read(prose, behind);
        let at = (0..tokens.len().min(6)).find(|k| matches!(tokens.word(*k), "at" | "in"))?;
        let first = at + 1 + usize::from(tokens.word(at + 1) == "the");
        let is_name = |k: &usize| {
            tokens.get(*k).is_some_and(|t| t.capital && t.kind == Kind::Word)
                && month(tokens.word(*k)).is_none()
                && weekday(tokens.word(*k)).is_none()
        };
        let end = (first..tokens.len()).take_while(is_name).last()? + 1;
        if end - first < 2 || named(&tokens, first, catalog).is_some() {
            return None;
        }
        let name = tokens.span(first, end).of(prose);
        let known = tokens.span(first, first + 1).of(prose);
        (prose.matches(known).count() < 2).then(|| name.to_owned())
    }

    /// The narrowest place that the article tells of.
    pub(crate) fn main(&self) -> Option<(Reach, String)> {
        let narrow = self.spot.as_ref().map(|key| (Reach::Spot, key));
        let narrow = narrow.or_else(|| self.state.as_ref().map(|key| (Reach::State, key)));
        let narrow = narrow.or_else(|| self.country.as_ref().map(|key| (Reach::Country, key)));
        narrow.map(|(reach, key)| (reach, key.clone()))
    }
}

/// The day of an article and its rank among all, what it calls the event, and the place of it.
type SpotOfDay = (NaiveDate, usize, String, Option<String>);

/// The spots that articles tell of, by what their events are called where only the state or the
/// country is known.
#[derive(Debug, Default)]
pub(crate) struct Scenes {
    spots: BTreeMap<String, Vec<SpotOfDay>>,
}

impl Scenes {
    /// Takes in what an article tells of.
    pub(crate) fn add(&mut self, about: &Event, article: &Article, rank: usize) {
        let Some(date) = article.published else { return };
        let Some((event, place)) = about.narrow() else { return };
        for wide in about.wide_names().into_iter().filter(|wide| *wide != event) {
            self.spots.entry(wide).or_default().push((date, rank, event.clone(), place.clone()));
        }
    }

    /// Puts them in the order of their days.
    pub(crate) fn sort(&mut self) {
        self.spots.values_mut().for_each(|spots| spots.sort());
    }

    /// The spot of an event of which a claim says the state or the country: the one that more
    /// articles of the time tell of than of all others together.
    pub(crate) fn spot(&self, tie: &Tie, told: &Told) -> Option<(String, Option<String>)> {
        let date = told.date.filter(|_| tie.is_wide)?;
        let spots = self.spots.get(tie.key.event.as_ref()?)?;
        let first = spots.partition_point(|(day, ..)| (date - *day).num_days() > PAUSE);
        let near = spots.iter().skip(first);
        let near = near.take_while(|(day, ..)| (*day - date).num_days() <= PAUSE).take(WINDOW);
        let mut counts: BTreeMap<(&String, &Option<String>), usize> = BTreeMap::new();
        for (.., event, place) in near {
            *counts.entry((event, place)).or_default() += 1;
        }
        let all: usize = counts.values().sum();
        let ((event, place), count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
        (count * 2 > all).then(|| (event.clone(), place.clone()))
    }
}

/// How much of the world a place of the catalog is, and its key.
fn reach_of(id: PlaceId, catalog: &Catalog) -> Option<(Reach, String)> {
    let place = catalog.place(id);
    let reach = match place.kind {
        PlaceKind::City | PlaceKind::Site => Reach::Spot,
        PlaceKind::State | PlaceKind::Region => Reach::State,
        PlaceKind::Country => Reach::Country,
        _ => return None,
    };
    Some((reach, place.id.to_string()))
}

/// The key with the highest score, and the least of those that have it.
fn most(scores: impl IntoIterator<Item = (String, u32)>) -> Option<String> {
    let best = |a: &(String, u32), b: &(String, u32)| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0));
    scores.into_iter().max_by(best).map(|(key, _)| key)
}

/// The sentence around a place of the prose, as far as full stops tell.
fn sentence_around(prose: &str, block: Span<Prose>, at: usize) -> &str {
    let before = prose.get(block.start()..at).unwrap_or_default();
    let behind = prose.get(at..block.end()).unwrap_or_default();
    let start = before.rfind(". ").map_or(block.start(), |stop| block.start() + stop + 2);
    let end = behind.find(". ").map_or(block.end(), |stop| at + stop);
    prose.get(start..end).unwrap_or_default()
}

/// The places that a stretch of prose names, and the storms.
pub(crate) fn mentions(prose: &str, span: Span<Prose>, catalog: &Catalog) -> Vec<Mention> {
    let mut tokens = Tokens::new();
    tokens.read(prose, span);
    let mut found = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        let at = tokens.get(i).map_or(0, |token| token.span.start());
        if let Some(storm) = storm(prose, &tokens, i) {
            let (reach, key) = (Reach::Spot, storm);
            found.push(Mention { reach, key, country: None, is_state: false, at });
            i += 2;
            continue;
        }
        let Some((reach, kind, key, country, end)) = named(&tokens, i, catalog) else {
            i += 1;
            continue;
        };
        // `in Cedar Hollow, Texas`: the town is one that no table knows.
        if reach != Reach::Spot
            && tokens.is_sign(i.wrapping_sub(1), ',')
            && let Some((town, at)) = town(prose, &tokens, i - 1, &found)
        {
            let country = country.clone();
            let (reach, key) = (Reach::Spot, town);
            found.push(Mention { reach, key, country, is_state: false, at });
        }
        let is_state = matches!(kind, PlaceKind::State);
        found.push(Mention { reach, key, country, is_state, at });
        i = end.max(i + 1);
    }
    found
}

/// The place of the catalog whose name begins at token `i`.
fn named(
    tokens: &Tokens,
    i: usize,
    catalog: &Catalog,
) -> Option<(Reach, PlaceKind, String, Option<String>, usize)> {
    let (entity, place) = catalog.named_at(tokens, i);
    // A capital's name may stand for its government too; here it is a town.
    let hides = |e: EntityMatch, p: &PlaceMatch| {
        e.end > p.end || e.end == p.end && e.form == NameForm::Name
    };
    if let Some(found) = place.filter(|p| !entity.is_some_and(|e| hides(e, p))) {
        let place = catalog.place(found.place);
        let country = place.country.map(|id| catalog.entity(id).id.to_string());
        let reach = match place.kind {
            PlaceKind::City | PlaceKind::Site => Reach::Spot,
            PlaceKind::State | PlaceKind::Region => Reach::State,
            _ => return None,
        };
        return Some((reach, place.kind, place.id.to_string(), country, found.end));
    }
    let found = entity.filter(|e| e.form == NameForm::Name)?;
    let entity = catalog.entity(found.entity);
    let key = entity.id.to_string();
    let is_country = entity.kind == EntityKind::Country;
    let kind = PlaceKind::Country;
    is_country.then(|| (Reach::Country, kind, key.clone(), Some(key), found.end))
}

/// `Hurricane Harvey`, `Tropical Storm Ana`: the name of the storm whose kind stands at token `i`.
fn storm(prose: &str, tokens: &Tokens, i: usize) -> Option<String> {
    let name = tokens.get(i + 1).filter(|t| t.capital && t.kind == Kind::Word)?;
    let is_storm = STORMS.contains(&tokens.word(i)) && tokens.get(i)?.capital;
    let text = name.span.of(prose);
    (is_storm && text.len() > 2).then(|| capitalised(text))
}

/// The capitalised words that end before the comma at token `comma`, if a word for a place leads
/// to them or they begin the text; and where they begin.
fn town(prose: &str, tokens: &Tokens, comma: usize, found: &[Mention]) -> Option<(String, usize)> {
    let is_name = |k: usize| tokens.get(k).is_some_and(|t| t.capital && t.kind == Kind::Word);
    let mut first = comma;
    while first > 0 && comma - first < 3 && is_name(first - 1) {
        first -= 1;
    }
    let led = first == 0 || WHERE.contains(&tokens.word(first - 1));
    let span = tokens.span(first, comma);
    let is_known = found.iter().any(|mention| mention.at >= span.start());
    let name = span.of(prose).split_whitespace().map(capitalised).collect::<Vec<_>>().join(" ");
    (first < comma && led && !is_known).then_some((name, span.start()))
}

/// `MOORE` and `Moore` alike.
fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().into_iter();
    first.chain(letters.flat_map(char::to_lowercase)).collect()
}
