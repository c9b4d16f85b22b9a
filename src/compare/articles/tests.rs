//! Series over a few articles, in every order.

use crate::claim::{Claim, claims};
use crate::compare::{
    Confusion, Corpus, Decrease, Evidence, Series, SeriesVerdict, conflicts, confusions, decreases,
    series, supporters,
};
use crate::ingest::{Article, read};
use crate::reference::Store;
use crate::text::Sources;

/// A few articles, read and compared.
struct Run {
    articles: Vec<Article>,
    claims: Vec<Claim>,
    series: Vec<Series>,
    store: Store,
}

impl Run {
    /// Of name, date and body.
    fn of(articles: &[(&str, &str, &str)]) -> Self {
        let mut sources = Sources::new();
        let store = Store::builtin(&mut sources);
        let articles: Vec<Article> = articles
            .iter()
            .flat_map(|(name, date, text)| {
                let address = format!("https://example.org/{name}");
                let text = format!("News from the region\n{date}\n{address}\n{text}");
                read(name, text.as_bytes(), Some("txt"), &mut sources).unwrap()
            })
            .collect();
        let read = |(index, article)| claims(article, index, &store.catalog);
        let claims: Vec<_> = articles.iter().enumerate().flat_map(read).collect();
        let corpus = Corpus { articles: &articles, given: articles.len(), claims: &claims };
        let series = series(corpus, &store);
        Self { articles, claims, series, store }
    }

    fn named(&self, claim: usize) -> &str {
        &self.articles[self.claims[claim].article].name
    }

    /// The claim's article and its number.
    fn told(&self, claim: usize) -> String {
        format!("{} {}", self.named(claim), self.claims[claim].quantity.lower)
    }

    fn decreases(&self, series: &Series) -> Vec<String> {
        let falls = decreases(series, &self.articles, &self.claims, &self.store);
        let told =
            |fall: Decrease| format!("{} after {}", self.told(fall.claim), self.told(fall.before));
        falls.into_iter().map(told).collect()
    }

    fn confusions(&self) -> Vec<String> {
        let found = confusions(&self.articles, &self.claims, &self.store);
        let told = |found: Confusion| {
            format!("{} under {}", self.told(found.casualties), self.told(found.killed))
        };
        found.into_iter().map(told).collect()
    }
}

/// What is said of `articles` (name, date and body): each series with its verdict and its points,
/// then who is contradicted by how many, then who is supported by how many.
fn told(articles: &[(&str, &str, &str)]) -> String {
    let run = Run::of(articles);
    let mut out = String::new();
    for series in &run.series {
        let points: Vec<_> = series.points.iter().map(|point| run.told(point.claim)).collect();
        let event = series.key.event.as_deref().unwrap_or("-");
        let line = format!("{event}: {}: {}\n", series.verdict.name(), points.join(", "));
        out.push_str(&line);
        let mut against: Vec<_> = conflicts(series, &run.articles, &run.claims)
            .into_iter()
            .map(|(claim, others)| format!("{} against {}", run.named(claim), others.len()))
            .collect();
        against.sort();
        out.extend(against.into_iter().map(|line| line + "\n"));
        assert_eq!(series.verdict == SeriesVerdict::Conflict, out.contains("against"));
    }
    let mut borne_out: Vec<_> = supporters(&run.series, &run.claims)
        .into_iter()
        .map(|(claim, by)| {
            assert!(by.iter().all(|by| matches!(by, Evidence::Articles { .. })));
            format!("{} by {}\n", run.named(claim), by.len())
        })
        .collect();
    borne_out.sort();
    out + &borne_out.concat()
}

#[track_caller]
fn check(articles: &[(&str, &str, &str)], expected: &str) {
    let mut articles = articles.to_vec();
    for _ in 0..articles.len() {
        assert_eq!(told(&articles), expected);
        articles.rotate_left(1);
    }
    articles.reverse();
    assert_eq!(told(&articles), expected);
}

#[test]
fn one_day_two_figures() {
    check(
        &[
            (
                "a",
                "20230912",
                "The earthquake has killed 2,901 people in Morocco, state media said.",
            ),
            ("b", "20230912", "In Morocco 2,901 people were killed by the earthquake on Friday."),
            (
                "c",
                "20230912",
                "The earthquake killed 2,091 people in Morocco and shook its capital.",
            ),
        ],
        "earthquake MAR 2023-09-12: conflict: a 2901, b 2901, c 2091\n\
         a against 1\nb against 1\nc against 2\n",
    );
}

#[test]
fn tolls_grow() {
    check(
        &[
            ("a", "20230909", "The earthquake has killed at least 820 people in Morocco."),
            ("b", "20230910", "In Morocco 2,012 people were killed by the earthquake on Friday."),
            (
                "c",
                "20230912",
                "The earthquake killed 2,901 people in Morocco and shook its capital.",
            ),
        ],
        "earthquake MAR 2023-09-09: grow: a 820, b 2012, c 2901\n",
    );
}

#[test]
fn three_sources_bear_each_other_out() {
    check(
        &[
            ("a", "20180215", "The school shooting left 17 people dead in Parkland, Florida."),
            (
                "b",
                "20180216",
                "A gunman killed 17 people in Parkland on Wednesday, the shooting began at noon.",
            ),
            (
                "c",
                "20180217",
                "Seventeen people were killed in Parkland in a shooting that shook the nation.",
            ),
            ("d", "20180217", "The attack in Kabul killed 19 people."),
        ],
        "shooting USA-Parkland 2018-02-15: agree: a 17, b 17, c 17\na by 2\nb by 2\nc by 2\n",
    );
}

#[test]
fn speakers_may_differ() {
    check(
        &[
            ("a", "20180215", "The ministry said the shooting killed 17 people in Parkland."),
            ("b", "20180215", "The hospital said the shooting killed 21 people in Parkland."),
        ],
        "shooting USA-Parkland 2018-02-15: agree: a 17, b 21\n",
    );
}

/// Which article's total is lower than which earlier one's.
#[track_caller]
fn check_falls(articles: &[(&str, &str, &str)], expected: &str) {
    let mut articles = articles.to_vec();
    for _ in 0..articles.len() {
        let run = Run::of(&articles);
        let mut found: Vec<_> = run.series.iter().flat_map(|s| run.decreases(s)).collect();
        found.sort();
        assert_eq!(found.join(", "), expected);
        articles.rotate_left(1);
    }
}

const MONDAY: (&str, &str, &str) =
    ("a", "20240909", "The earthquake has killed 41 people in Medan, officials said.");

#[test]
fn a_toll_that_falls_is_found() {
    let later =
        "With bare hands they dug. The earthquake killed 36 people in Medan, officials said.";
    check_falls(&[MONDAY, ("b", "20240910", later)], "b 36 after a 41");
    check_falls(&[MONDAY, ("b", "20240913", later)], "b 36 after a 41");
    check_falls(&[MONDAY, ("b", "20240909", later)], "");
    check_falls(&[MONDAY, ("b", "20240908", later)], "");
}

#[test]
fn a_fall_is_told_once() {
    let b = "With bare hands they dug. The earthquake killed 36 people in Medan, officials said.";
    let c =
        "Roads to the hills stay shut. In Medan the earthquake killed 36 people, officials said.";
    check_falls(&[MONDAY, ("b", "20240911", b), ("c", "20240912", c)], "b 36 after a 41");
    // Whoever tells the toll of the day before is late.
    check_falls(&[("b", "20240908", b), MONDAY, ("c", "20240910", c)], "");
}

#[test]
fn a_word_of_revision_is_enough() {
    let revisions = [
        "The earthquake killed 36 people in Medan, officials said, lowering an earlier count.",
        "The earthquake killed 36 people in Medan, officials said. Some had been counted twice.",
        "The earthquake killed 36 people in Medan, officials said, down from 41.",
        "Officials revised the toll. The earthquake killed 36 people in Medan, they said.",
    ];
    for later in revisions {
        check_falls(&[MONDAY, ("b", "20240910", later)], "");
    }
}

#[test]
fn another_way_of_counting_is_no_fall() {
    let others = [
        "With bare hands they dug. The earthquake killed at least 36 people in Medan, officials said.",
        "With bare hands they dug. The earthquake killed about 40 people in Medan, officials said.",
        "With bare hands they dug. Police have confirmed that the earthquake killed 36 people in Medan.",
        "With bare hands they dug. The earthquake killed 36 children in Medan, officials said.",
        "With bare hands they dug. The earthquake killed 36 people in Binjai, officials said.",
        "With bare hands they dug. The earthquake injured 36 people in Medan, officials said.",
    ];
    for later in others {
        check_falls(&[MONDAY, ("b", "20240910", later)], "");
    }
    let police = "The earthquake killed 41 people in Medan, the police said.";
    let nurses = "With bare hands they dug. The earthquake killed 36 people in Medan, the Red Cross \
                  said.";
    check_falls(&[("a", "20240909", police), ("b", "20240910", nurses)], "");
}

#[test]
fn of_two_shootings_in_one_country_neither_has_fewer_dead() {
    let first = "The shooting has killed 14 people in the United States this week, officials said.";
    let other = "Few remember the shooting that killed 11 people in the United States, and the mourning \
                 for them.";
    check_falls(&[("a", "20151208", first), ("b", "20151210", other)], "");
}

/// Which article's casualties are fewer than which other one's dead.
#[track_caller]
fn check_confusions(articles: &[(&str, &str, &str)], expected: &str) {
    let mut articles = articles.to_vec();
    for _ in 0..articles.len() {
        let run = Run::of(&articles);
        assert_eq!(run.confusions().join(", "), expected);
        articles.rotate_left(1);
    }
}

#[test]
fn casualties_are_not_fewer_than_the_dead() {
    let killed = ("a", "20240909", "The earthquake has killed 60 people in Medan, officials said.");
    let casualties = |many: &str| {
        format!(
            "With bare hands they dug. The earthquake caused {many} casualties in Medan, officials said."
        )
    };
    check_confusions(&[killed, ("b", "20240909", &casualties("50"))], "b 50 under a 60");
    check_confusions(&[killed, ("b", "20240910", &casualties("50"))], "b 50 under a 60");
    // The day before there may have been fewer.
    check_confusions(&[killed, ("b", "20240908", &casualties("50"))], "");
    check_confusions(&[killed, ("b", "20240909", &casualties("60"))], "");
    check_confusions(&[killed, ("b", "20240909", &casualties("140"))], "");
    check_confusions(&[killed, ("b", "20240909", &casualties("at least 50"))], "");
    let elsewhere = casualties("50").replace("Medan", "Padang");
    check_confusions(&[killed, ("b", "20240909", &elsewhere)], "");
    let both = casualties("50") + " It killed 30 people in Medan.";
    check_confusions(&[killed, ("b", "20240909", &both)], "");
}
