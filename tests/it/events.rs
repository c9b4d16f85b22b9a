//! Several outlets on one event, our own short articles: what is found, and what is left alone.
//!
//! Each file of `tests/events/` is one event. The first twelve have something to see, in the other
//! eight nothing is wrong.

use numcheck::check::{Review, Settings, check};
use numcheck::ingest::read;
use numcheck::reference::Store;
use numcheck::text::Sources;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::{Arc, LazyLock};

static STORE: LazyLock<(Arc<Store>, Sources)> = LazyLock::new(|| {
    let mut sources = Sources::new();
    (Arc::new(Store::builtin(&mut sources)), sources)
});

/// The rules that hold articles against each other.
const ACROSS: [&str; 2] = ["articles-disagree", "cumulative-decreased"];

/// The review of the rows of one file, whose articles are held against each other.
fn review(rows: &[String]) -> Review {
    let (store, sources) = &*STORE;
    let mut sources = sources.clone();
    let text = rows.join("\n");
    let articles = read("event.jsonl", text.as_bytes(), None, &mut sources).unwrap();
    let select = ACROSS.iter().map(|rule| (*rule).to_owned()).collect();
    check(articles, sources, Arc::clone(store), &Settings { select, ..Settings::default() })
}

fn outlet(review: &Review, claim: usize) -> &str {
    &review.articles[review.claims[claim].article].id
}

/// The series of a review with their points in order, and its findings.
fn told(review: &Review) -> String {
    let mut out = String::new();
    for series in &review.series {
        let key = &series.key;
        let subject = key.subject.as_ref().map_or(String::new(), |subject| format!(" {subject}"));
        let event = key.event.as_deref().or(key.place.as_deref()).unwrap_or("-");
        let points = series.points.iter().map(|point| {
            format!("{} {} ({})", outlet(review, point.claim), point.lower, point.source_group)
        });
        let points = points.collect::<Vec<_>>().join(", ");
        let _ = writeln!(
            out,
            "{}{subject} · {event}: {}: {points}",
            key.indicator,
            series.verdict.name()
        );
    }
    let mut findings: Vec<String> = review
        .findings
        .iter()
        .map(|finding| {
            let article = finding.article.map_or("", |article| &review.articles[article].id);
            let beside = finding.related.iter().map(|label| &*label.message);
            format!("{} {article}: {}\n", finding.rule.name, beside.collect::<Vec<_>>().join("; "))
        })
        .collect();
    findings.sort();
    out + &findings.concat()
}

/// The rows of every event, by the names of their files.
fn events() -> Vec<(String, Vec<String>)> {
    let mut files: Vec<_> =
        fs::read_dir("tests/events").unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
    files.sort();
    let rows = |path: &Path| fs::read_to_string(path).unwrap().lines().map(str::to_owned).collect();
    let name = |path: &Path| path.file_stem().unwrap().to_str().unwrap().to_owned();
    files.iter().map(|path| (name(path), rows(path))).collect()
}

#[test]
fn every_event_is_told_as_expected() {
    let events = events();
    assert_eq!(events.len(), 20);
    let mut all = String::new();
    for (name, rows) in &events {
        let _ = write!(all, "== {name}\n{}", told(&review(rows)));
    }
    let file = Path::new("tests/events/expected.txt");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(file, &all).unwrap();
    }
    let expected = fs::read_to_string(file).unwrap();
    assert!(expected == all, "tests/events/expected.txt is not what is found:\n{all}");
}

#[test]
fn where_nothing_is_wrong_nothing_is_said() {
    for (name, rows) in events().iter().skip(12) {
        let review = review(rows);
        let said: Vec<_> = review.findings.iter().map(|finding| &*finding.message).collect();
        assert!(said.is_empty(), "{name}: {said:?}");
    }
}

/// The next number of a sequence that looks like chance.
fn next(chance: &mut u64) -> usize {
    *chance =
        chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    usize::try_from(*chance >> 33).unwrap()
}

fn shuffled(rows: &[String], chance: &mut u64) -> Vec<String> {
    let mut rows = rows.to_vec();
    for last in (1..rows.len()).rev() {
        rows.swap(last, next(chance) % (last + 1));
    }
    rows
}

#[test]
fn the_order_of_the_articles_does_not_matter() {
    let mut all = Vec::new();
    for (name, rows) in events() {
        all.extend(rows.iter().map(|row| row.replace("\"id\": \"", &format!("\"id\": \"{name}-"))));
    }
    let expected = told(&review(&all));
    assert!(expected.contains("conflict") && expected.contains("grow"), "{expected}");
    let mut chance = 7;
    for _ in 0..12 {
        assert_eq!(told(&review(&shuffled(&all, &mut chance))), expected);
    }
    // The same on real articles, where they are there.
    let Ok(mixed) = fs::read_to_string("../shared/articles/mixed.jsonl") else {
        println!("skipped: ../shared/articles/mixed.jsonl is not there");
        return;
    };
    let rows: Vec<String> = mixed.lines().step_by(20).map(str::to_owned).collect();
    let expected = told(&review(&rows));
    for _ in 0..2 {
        assert_eq!(told(&review(&shuffled(&rows, &mut chance))), expected);
    }
}
