//! What an article is about: the event whose victims it counts, by word and place.

use crate::claim::{Claim, Where};
use crate::compare::scene::Scene;
use crate::ingest::{Article, BlockKind, month};
use crate::quantity::singular;
use crate::reference::{Aspect, Indicator, Store};
use crate::text::{Prose, Span};
use chrono::{Datelike, Days, NaiveDate};
use std::collections::BTreeMap;

/// Words for an event, under the name it gets, and the family of events that one teller takes for
/// another. The first of a row is the name.
const EVENTS: &[(&str, &[&str])] = &[
    ("quake", &["earthquake", "earthquakes", "quake", "quakes", "tremor", "tremors", "tsunami"]),
    ("water", &["flood", "floods", "flooding", "deluge"]),
    ("water", &["hurricane", "hurricanes"]),
    ("water", &["tornado", "tornadoes", "twister", "twisters"]),
    ("water", &["storm", "storms", "cyclone", "typhoon"]),
    ("fire", &["wildfire", "wildfires", "bushfire", "bushfires"]),
    ("slide", &["landslide", "landslides", "mudslide", "avalanche"]),
    ("violence", &["shooting", "shootings", "gunman", "gunmen", "shooter"]),
    ("violence", &["bombing", "bombings", "blast", "blasts", "explosion", "explosions"]),
    ("crash", &["crash", "crashed", "crashes", "derailment", "derailed", "collapse", "collapsed"]),
    ("fire", &["fire", "fires", "blaze"]),
    (
        "violence",
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
    ),
    ("outbreak", &["outbreak", "epidemic", "pandemic", "virus"]),
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
    /// Its family: `quake`.
    pub(crate) family: Option<&'static str>,
    /// Where it took place.
    pub(crate) scene: Scene,
}

impl Event {
    /// What the article with these claims is about.
    pub(crate) fn of(article: &Article, claims: &[(usize, &Claim)], store: &Store) -> Self {
        if !claims.iter().any(|(_, claim)| counts_victims(claim, article.published)) {
            return Self::default();
        }
        let (family, name) = name(article).unzip();
        Self { name, family, scene: Scene::of(article, family, &store.catalog) }
    }

    /// The narrowest that is known of the event, and its place: a spot, or the state of one that
    /// comes to many towns. A storm that has a name is in no place.
    pub(crate) fn narrow(&self) -> Option<(String, Option<String>)> {
        let Scene { spot, state, is_area, is_storm, .. } = &self.scene;
        if let Some(spot) = spot {
            return Some((spot.clone(), Some(spot.clone()).filter(|_| !is_storm)));
        }
        let state = state.as_ref().filter(|_| *is_area)?;
        Some((self.wide(state)?, Some(state.clone())))
    }

    /// What the event at the scene's spot is called where only its state or country is known.
    pub(crate) fn wide_names(&self) -> Vec<String> {
        let places = [&self.scene.state, &self.scene.country];
        places.into_iter().flatten().filter_map(|place| self.wide(place)).collect()
    }

    /// What an event is called that only a state or a country is known of.
    pub(crate) fn wide(&self, place: &str) -> Option<String> {
        self.family.map(|family| format!("{family} {place}"))
    }
}

/// Whether the event comes again and again, or is not named.
pub(crate) fn is_recurring(name: Option<&str>) -> bool {
    name.is_none_or(|name| RECURRING.contains(&name))
}

/// The event that the article's words speak of most; its headline and its opening count more.
fn name(article: &Article) -> Option<(&'static str, &'static str)> {
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
            let found = EVENTS.iter().position(|(_, words)| is_known(words));
            if let Some(count) = found.and_then(|at| counts.get_mut(at)) {
                *count += weight;
            }
        }
    }
    let most = counts.iter().copied().max().filter(|most| *most > 1)?;
    let at = counts.iter().position(|count| *count == most)?;
    EVENTS.get(at).and_then(|(family, words)| Some((*family, *words.first()?)))
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

/// Words by which a sentence goes on about the event of the sentence before it.
const SAME_EVENT: &[&str] = &[
    "that ",
    "it ",
    "those ",
    "the storm",
    "the tornado",
    "the quake",
    "the attack",
    "the blast",
    "the shooting",
    "the gunman",
    "the flood",
    "the crash",
    "the fire",
    "the hurricane",
];

/// Whether the sentence looks back on another year, or goes on about an event of another year, or
/// speaks of all of a group just named.
pub(crate) fn looks_back(claim: &Claim, prose: &str, published: Option<NaiveDate>) -> bool {
    let sentence = claim.sentence.of(prose).to_lowercase();
    let all = Span::<Prose>::new(claim.sentence.start(), claim.quantity.phrase.start());
    let all = all.of(prose).trim_end().to_lowercase();
    let goes_on = SAME_EVENT.iter().any(|words| sentence.starts_with(words));
    is_of_before(&sentence, published)
        || all.ends_with("all")
        || goes_on && is_of_before(&before(claim, prose), published)
}

/// Whether a sentence names another year, or a time long ago.
pub(crate) fn is_of_before(sentence: &str, published: Option<NaiveDate>) -> bool {
    let year = published.map(|day| day.year().to_string());
    let other_year = words(sentence).any(|word| {
        word.len() == 4
            && (word.starts_with("19") || word.starts_with("20"))
            && word.bytes().all(|byte| byte.is_ascii_digit())
            && year.as_deref() != Some(word)
    });
    // `last October` is not the month that the text is written in.
    let last_month = || {
        let mut before = words(sentence).zip(words(sentence).skip(1));
        before.any(|(last, name)| last == "last" && month(name).is_some())
    };
    other_year || last_month() || AGO.iter().any(|ago| sentence.contains(ago))
}

/// The sentence before a claim's, in lower case; empty at the start of a paragraph.
fn before(claim: &Claim, prose: &str) -> String {
    let text = prose.get(..claim.sentence.start()).unwrap_or_default();
    let text = text.rsplit('\n').next().unwrap_or_default().trim_end();
    let text = text.strip_suffix(['.', '!', '?']).unwrap_or(text);
    text.rsplit(". ").next().unwrap_or_default().to_lowercase()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Whether the claim counts the victims of something that has just happened.
pub(crate) fn counts_victims(claim: &Claim, published: Option<NaiveDate>) -> bool {
    let harmed = matches!(
        claim.indicator.value,
        Indicator::Killed | Indicator::Wounded | Indicator::Casualties | Indicator::Missing
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
        None if place.shown.contains(" and ") => listed(&place.shown),
        None => place.shown.clone(),
    }
}

/// Several places in the order of their names: `Poland, Germany and Romania` in any order.
fn listed(places: &str) -> String {
    let parts = places.split(", ").flat_map(|part| part.split(" and "));
    let mut names: Vec<&str> = parts.map(str::trim).filter(|name| !name.is_empty()).collect();
    names.sort_unstable();
    names.join(", ")
}

/// Nouns for victims, or for the dead, who are not counted with everybody.
const GROUPS: &[(&str, &[&str])] = &[
    (
        "CHILDREN",
        &[
            "child",
            "kid",
            "student",
            "pupil",
            "teen",
            "teenager",
            "boy",
            "girl",
            "baby",
            "infant",
            "toddler",
            "youngster",
            "schoolchild",
            "schoolgirl",
            "schoolboy",
        ],
    ),
    (
        "ATTACKERS",
        &[
            "suspect",
            "gunman",
            "shooter",
            "attacker",
            "assailant",
            "bomber",
            "terrorist",
            "militant",
            "hijacker",
            "insurgent",
        ],
    ),
    ("OFFICERS", &["officer", "policeman", "deputy", "firefighter", "rescuer", "cop"]),
    ("WOMEN", &["woman", "mother"]),
    ("MEN", &["man", "father"]),
];

/// What is said behind a number of wounded who are still treated.
const IN_HOSPITAL: &[&str] =
    &["hospitali", "critical condition", "critical injuries", "being treated", "been released"];

/// How far behind a number, in bytes, words may still be said of it.
const NEAR: usize = 60;

/// Whose victims a claim counts, as events are told: a group that its words name, else its subject;
/// civilians are everybody unless the text calls them so.
pub(crate) fn victims(claim: &Claim, prose: &str) -> Option<String> {
    let phrase = claim.shown(prose).to_lowercase();
    let named = |(_, nouns): &&(&str, &[&str])| {
        words(&phrase).any(|word| nouns.contains(&word) || nouns.contains(&&*singular(word)))
    };
    if let Some((group, _)) = GROUPS.iter().find(named) {
        return Some((*group).to_owned());
    }
    let behind = claim.quantity.span.end()..claim.sentence.end();
    let behind: String = prose.get(behind).unwrap_or_default().chars().take(NEAR).collect();
    let in_hospital = IN_HOSPITAL.iter().any(|words| behind.to_lowercase().contains(words));
    if claim.indicator.value == Indicator::Wounded && in_hospital {
        return Some("HOSPITALISED".to_owned());
    }
    let slug = claim.subject.as_ref()?.value.slug();
    let noun = claim.quantity.noun.as_ref().map_or("", |noun| noun.singular.as_str());
    (slug != "CIVILIANS" || noun == "civilian").then(|| slug.to_owned())
}

/// Phrases by which a sentence counts the victims of several events as one number.
const ALTOGETHER: &[&str] = &[
    "one of two ",
    " cities",
    "combined",
    "altogether",
    "mass shootings",
    "both shootings",
    "both attacks",
    "shootings this",
    "attacks this",
];

/// Whether a claim's sentence counts the victims of several events together.
pub(crate) fn counts_several(claim: &Claim, prose: &str) -> bool {
    let sentence = claim.sentence.of(prose).to_lowercase();
    ALTOGETHER.iter().any(|phrase| sentence.contains(phrase))
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
