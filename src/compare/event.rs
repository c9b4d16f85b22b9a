//! What an article is about: the event whose victims it counts, by word and place.

use crate::claim::{Claim, Where};
use crate::ingest::{Article, BlockKind, month};
use crate::reference::{Aspect, Indicator, PlaceKind, Store};
use crate::text::{Prose, Span};
use chrono::{Datelike, Days, NaiveDate};
use std::collections::BTreeMap;

/// Words for an event, under the name it gets. The first of a row is the name.
const EVENTS: &[&[&str]] = &[
    &["earthquake", "earthquakes", "quake", "quakes", "tremor", "tremors"],
    &["flood", "floods", "flooding", "deluge"],
    &["hurricane", "hurricanes"],
    &["tornado", "tornadoes", "twister"],
    &["storm", "storms", "cyclone", "typhoon"],
    &["wildfire", "wildfires", "bushfire", "bushfires"],
    &["landslide", "landslides", "mudslide", "avalanche"],
    &["shooting", "shootings", "gunman", "gunmen", "shooter"],
    &["bombing", "bombings", "blast", "blasts", "explosion", "explosions"],
    &["crash", "crashed", "crashes", "derailment", "derailed"],
    &["fire", "fires", "blaze"],
    &[
        "attack",
        "attacks",
        "strike",
        "strikes",
        "airstrike",
        "airstrikes",
        "shelling",
        "missile",
        "missiles",
        "drone",
        "drones",
        "war",
        "fighting",
        "offensive",
    ],
    &["outbreak", "epidemic", "pandemic", "virus"],
];

/// Events that happen again and again in one place: nothing but a date tells two of them apart.
const RECURRING: &[&str] = &["attack", "outbreak", "bombing", "fire", "crash", "storm"];

/// How long before its article an event may lie to be the one that the article is about.
const RECENT: Days = Days::new(30);

/// What an article is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Event {
    /// The event's name, if a word gives it: `earthquake`.
    pub(crate) name: Option<&'static str>,
    /// The spot where most of its victims are: its key.
    pub(crate) spot: Option<String>,
    /// The country that most of its numbers belong to.
    pub(crate) country: Option<String>,
}

impl Event {
    /// What the article with these claims is about.
    pub(crate) fn of(article: &Article, claims: &[(usize, &Claim)], store: &Store) -> Self {
        let places = claims.iter().filter_map(|(_, claim)| claim.place.as_ref());
        let country = commonest(places.filter_map(|place| place.value.country.clone()));
        Self { name: name(article), spot: spot(article, claims, store), country }
    }
}

/// Whether the event comes again and again, or is not named.
pub(crate) fn is_recurring(name: Option<&str>) -> bool {
    name.is_none_or(|name| RECURRING.contains(&name))
}

/// The event that the article's words speak of most; its headline and its opening count more.
fn name(article: &Article) -> Option<&'static str> {
    let mut counts = vec![0_u32; EVENTS.len()];
    for (nth, block) in article.blocks.iter().enumerate() {
        let weight = match block.kind {
            BlockKind::Headline => 6,
            _ if nth < 4 => 2,
            _ => 1,
        };
        let text = block.span.of(&article.prose);
        for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() > 2) {
            let is_known =
                |words: &[&str]| words.iter().any(|known| known.eq_ignore_ascii_case(word));
            let found = EVENTS.iter().position(|words| is_known(words));
            if let Some(count) = found.and_then(|at| counts.get_mut(at)) {
                *count += weight;
            }
        }
    }
    let most = counts.iter().copied().max().filter(|most| *most > 1)?;
    let at = counts.iter().position(|count| *count == most)?;
    EVENTS.get(at)?.first().copied()
}

/// The spot that most of the article's victims are counted at.
fn spot(article: &Article, claims: &[(usize, &Claim)], store: &Store) -> Option<String> {
    let victims = claims.iter().filter(|(_, claim)| counts_victims(claim, article.published));
    let places = victims.filter_map(|(_, claim)| claim.place.as_ref());
    let spots = places.filter(|place| is_spot(&place.value, store));
    commonest(spots.map(|place| key(&place.value, store)))
}

/// The value that comes most often, and the least of those that come equally often.
pub(crate) fn commonest<T: Ord>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    let most = counts.values().copied().max()?;
    counts.into_iter().find(|(_, count)| *count == most).map(|(value, _)| value)
}

/// Words by which a sentence counts the victims of several events together.
const SEVERAL: &[&str] = &[
    "attacks",
    "shootings",
    "bombings",
    "strikes",
    "massacres",
    "blasts",
    "explosions",
    "rampages",
    "killings",
    "fires",
    "crashes",
    "storms",
    "both",
    "combined",
    "altogether",
    "cities",
    "incidents",
];

/// Words for a part of the place, or of the victims, that other sentences may not mean.
const SCOPES: &[&str] = &[
    "county",
    "province",
    "district",
    "village",
    "hospital",
    "hospitals",
    "hospitalized",
    "hospitalised",
    "school",
    "university",
    "scene",
    "suburb",
    "neighborhood",
    "neighbourhood",
];

/// Phrases by which a sentence counts those who did it as well.
const WITH_CULPRIT: &[&str] = &[
    "including himself",
    "and himself",
    "including the gunman",
    "including the shooter",
    "including the attacker",
    "including the suspect",
    "and the gunman",
    "gunmen",
];

/// What a sentence counts the victims of: two that differ here may both be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Scope {
    several: bool,
    with_culprit: bool,
    parts: Vec<&'static str>,
    noun: Option<String>,
}

impl Scope {
    /// What the claim's sentence counts.
    pub(crate) fn of(claim: &Claim, prose: &str) -> Self {
        let sentence = claim.sentence.of(prose).to_lowercase();
        let says = |word: &&&str| words(&sentence).any(|said| said == **word);
        let generic = |noun: &str| {
            matches!(
                noun,
                "person" | "victim" | "death" | "life" | "casualty" | "fatality" | "dead"
            )
        };
        let noun = claim.quantity.noun.as_ref().map(|noun| noun.singular.clone());
        Self {
            several: SEVERAL.iter().any(|word| says(&word)) || sentence.contains("one of two "),
            with_culprit: WITH_CULPRIT.iter().any(|phrase| sentence.contains(phrase)),
            parts: SCOPES.iter().filter(says).copied().collect(),
            noun: noun.filter(|noun| !generic(noun)),
        }
    }
}

impl Scope {
    /// The same, whatever the noun: `casualties` are no `soldiers`.
    pub(crate) fn without_noun(self) -> Self {
        Self { noun: None, ..self }
    }
}

/// Phrases by which a sentence looks back.
const AGO: &[&str] = &[
    "year ago",
    "years ago",
    "months ago",
    "year after",
    "years after",
    "months after",
    "years later",
    "months later",
    "years earlier",
    "months earlier",
    "years before",
    "months before",
    "years prior",
    "months prior",
    "last year",
    "last spring",
    "last summer",
    "last autumn",
    "last fall",
    "last winter",
    "anniversary",
    "decade",
    "century",
    "world war",
    "civil war",
];

/// Whether the claim speaks of something that lies well before its article: history, or an event
/// that the text only recalls.
pub fn is_past(claim: &Claim, prose: &str, published: Option<NaiveDate>) -> bool {
    looks_back(claim, prose, published) || !is_recent(claim, published)
}

/// Whether the sentence looks back on another year, or speaks of all of a group just named.
pub(crate) fn looks_back(claim: &Claim, prose: &str, published: Option<NaiveDate>) -> bool {
    let sentence = claim.sentence.of(prose).to_lowercase();
    let year = published.map(|day| day.year().to_string());
    let other_year = words(&sentence).any(|word| {
        word.len() == 4
            && (word.starts_with("19") || word.starts_with("20"))
            && word.bytes().all(|byte| byte.is_ascii_digit())
            && year.as_deref() != Some(word)
    });
    // `last October` is not the month that the text is written in.
    let last_month = || {
        let mut before = words(&sentence).zip(words(&sentence).skip(1));
        before.any(|(last, name)| last == "last" && month(name).is_some())
    };
    let all = Span::<Prose>::new(claim.sentence.start(), claim.quantity.phrase.start());
    let all = all.of(prose).trim_end().to_lowercase();
    other_year
        || last_month()
        || AGO.iter().any(|ago| sentence.contains(ago))
        || all.ends_with("all")
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Whether the claim counts the victims of something that has just happened.
pub(crate) fn counts_victims(claim: &Claim, published: Option<NaiveDate>) -> bool {
    let harmed = matches!(
        claim.indicator.value,
        Indicator::Killed
            | Indicator::Wounded
            | Indicator::Casualties
            | Indicator::Missing
            | Indicator::Captured
            | Indicator::Evacuated
    );
    let aspect = claim.aspect.as_ref().map(|aspect| aspect.value);
    harmed
        && matches!(aspect, None | Some(Aspect::New | Aspect::Cumulative))
        && is_recent(claim, published)
}

/// Whether the claim's time, as far as it has one, is that of its article.
pub(crate) fn is_recent(claim: &Claim, published: Option<NaiveDate>) -> bool {
    let Some(when) = claim.when.as_ref().map(|when| &when.value) else { return true };
    let Some(day) = published.and_then(|day| day.checked_sub_days(RECENT)) else {
        return when.start.is_none();
    };
    let starts =
        when.start.as_deref().is_none_or(|start| !when.since || start >= &*day.to_string());
    when.end.is_none_or(|end| end >= day) && starts
}

/// The place's key, or its name where the catalog does not know it.
pub(crate) fn key(place: &Where, store: &Store) -> String {
    match place.id {
        Some(id) => store.catalog.place(id).id.to_string(),
        None => place.shown.clone(),
    }
}

/// Whether the place is a town, a building, a camp: small enough to stand for what happened there.
pub(crate) fn is_spot(place: &Where, store: &Store) -> bool {
    match place.id {
        // What only the article as a whole says, its other claims say better.
        _ if place.inferred => false,
        Some(id) => matches!(store.catalog.place(id).kind, PlaceKind::City | PlaceKind::Site),
        None => !place.whole,
    }
}

#[cfg(test)]
mod tests {
    use super::is_past;
    use crate::claim::test_support::read_marked;
    use chrono::NaiveDate;

    #[track_caller]
    fn check(marked: &str, past: bool) {
        let (claim, prose) = read_marked(marked, false).unwrap();
        let published = NaiveDate::from_ymd_opt(2022, 1, 28);
        assert_eq!(is_past(&claim, &prose, published), past, "{marked}");
    }

    #[test]
    fn what_a_text_recalls_is_past() {
        check("The blaze at the mill killed [40] people.", false);
        check("The blaze at the mill killed [40] people on Tuesday.", false);
        check("The blaze at the mill killed [40] people in 2011.", true);
        check("The blaze at the mill killed [40] people two years ago.", true);
        check("It was worse than the blaze that killed [40] people last October.", true);
        check("The mill burnt six months before this one and [40] people died.", true);
        check("They met on the anniversary of the blaze that killed [40] people.", true);
        check("The blaze killed [40] people in the last hours of the week.", false);
    }
}
