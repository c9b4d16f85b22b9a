//! Series over a few articles, in every order.

use crate::claim::claims;
use crate::compare::{Evidence, SeriesVerdict, conflicts, series, supporters};
use crate::ingest::{Article, read};
use crate::reference::Store;
use crate::text::Sources;

/// What is said of `articles` (name, date and body): each series with its verdict and its points,
/// then who is contradicted by how many, then who is supported by how many.
fn told(articles: &[(&str, &str, &str)]) -> String {
    let mut sources = Sources::new();
    let store = Store::builtin(&mut sources);
    let articles: Vec<Article> = articles
        .iter()
        .flat_map(|(name, date, text)| {
            let text = format!("News from the region\n{date}\nhttps://example.org/{name}\n{text}");
            read(name, text.as_bytes(), Some("txt"), &mut sources).unwrap()
        })
        .collect();
    let read = |(index, article)| claims(article, index, &store.catalog);
    let claims: Vec<_> = articles.iter().enumerate().flat_map(read).collect();
    let named = |claim: usize| &articles[claims[claim].article].name;
    let series = series(&articles, &claims, &store);
    let mut out = String::new();
    for series in &series {
        let points: Vec<_> = series
            .points
            .iter()
            .map(|point| format!("{} {}", named(point.claim), point.lower))
            .collect();
        let event = series.key.event.as_deref().unwrap_or("-");
        let line = format!("{event}: {}: {}\n", series.verdict.name(), points.join(", "));
        out.push_str(&line);
        let mut against: Vec<_> = conflicts(series, &articles, &claims)
            .into_iter()
            .map(|(claim, others)| format!("{} against {}", named(claim), others.len()))
            .collect();
        against.sort();
        out.extend(against.into_iter().map(|line| line + "\n"));
        assert_eq!(series.verdict == SeriesVerdict::Conflict, out.contains("against"));
    }
    let mut borne_out: Vec<_> = supporters(&series, &claims)
        .into_iter()
        .map(|(claim, by)| {
            assert!(by.iter().all(|by| matches!(by, Evidence::Articles { .. })));
            format!("{} by {}\n", named(claim), by.len())
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
