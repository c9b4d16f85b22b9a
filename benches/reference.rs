//! How a large folder of reference tables is opened, and how fast a claim is held against it.
//!
//! `cargo bench --bench reference -- [ROWS [FILES]]`; by default a million rows, in one file and
//! in eight. Rows are daily populations of all places by three publishers; claims ask for one of a
//! country on some day. What is written stands in a folder of temporary files.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench writes and reads files, times and prints"
)]

use chrono::{Days, NaiveDate};
use numcheck::claim::{Claim, claims};
use numcheck::compare::{Status, Surroundings, comparison};
use numcheck::ingest::{Article, read};
use numcheck::reference::{PlaceKind, Store};
use numcheck::text::Sources;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How many claims are held against the rows.
const CLAIMS: usize = 2000;

const PUBLISHERS: [&str; 3] = ["UNHCR", "IOM", "OHCHR"];

const HEADER: &str = "indicator,subject,entity,place,value,bound,unit,kind,as_of,published,\
                      status,publisher,source_url\n";

/// The places of the tables: key, name, and whether it is a country that a text may name.
fn places(store: &Store) -> Vec<(String, String, bool)> {
    let one = |place: &numcheck::reference::Place| {
        let named = place.kind == PlaceKind::Country && place.country.is_some();
        (place.id.to_string(), place.name.to_string(), named)
    };
    store.catalog.places().map(|(_, place)| one(place)).collect()
}

/// A day of the table, counted from its first.
fn day(number: usize) -> NaiveDate {
    let first = NaiveDate::from_ymd_opt(2010, 1, 1).unwrap();
    first + Days::new(u64::try_from(number).unwrap())
}

/// The population of a place on a day: it depends on nothing else.
fn value(place: usize, day: usize) -> usize {
    10_000 + (place * 7919 + day * 104_729) % 900_000
}

/// Writes the tables; returns how many days each place has.
fn write(dir: &Path, rows: usize, files: usize, places: &[(String, String, bool)]) -> usize {
    let _ = fs::remove_dir_all(dir);
    fs::create_dir_all(dir).unwrap();
    let days = rows / places.len() + 1;
    let mut text = String::from(HEADER);
    let (mut written, mut file) = (0, 0);
    'all: for number in 0..days {
        for (i, (key, _, _)) in places.iter().enumerate() {
            let (day, value) = (day(number), value(i, number));
            let publisher = PUBLISHERS[i % PUBLISHERS.len()];
            writeln!(
                text,
                "population,all,,{key},{value},exact,person,stock,{day},{day},official,\
                 {publisher},https://example.org/population/{key}/{day}"
            )
            .unwrap();
            written += 1;
            if written % (rows / files) == 0 || written == rows {
                fs::write(dir.join(format!("rows-{file}.csv")), &text).unwrap();
                text.truncate(HEADER.len());
                file += 1;
            }
            if written == rows {
                break 'all;
            }
        }
    }
    days
}

/// Claims about countries on some days, half of them right; each an article of its own.
fn articles(places: &[(String, String, bool)], days: usize) -> Vec<Article> {
    let named: Vec<_> = places.iter().enumerate().filter(|(_, (_, _, named))| *named).collect();
    let mut found = Vec::new();
    for turn in 0..CLAIMS {
        let (place, (_, name, _)) = named[turn * 31 % named.len()];
        let number = turn * 17 % days.max(2).saturating_sub(1);
        let wrong = if turn % 2 == 0 { 0 } else { 333_000 };
        let value = value(place, number) + wrong;
        let text = format!(
            "What is known\n{}\nhttps://example.org/a\n{name} has a population of {value}.\n",
            day(number).format("%Y%m%d")
        );
        found.extend(read("a.txt", text.as_bytes(), None, &mut Sources::new()).unwrap());
    }
    found
}

/// The most memory that the process has taken so far, in megabytes.
fn peak() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse().ok());
    kilobytes.unwrap_or(0) / 1024
}

/// Opens the tables, and holds every claim against them.
fn ask(dir: &Path, articles: &[Article]) {
    let start = Instant::now();
    let store = Store::open(&[dir], true, &mut Sources::new()).unwrap();
    let opened = start.elapsed();
    assert!(store.faults.is_empty(), "{:?}", store.faults.first());
    println!(
        "  opened {} rows in {} ms, {} MB at most",
        store.ids().count(),
        opened.as_millis(),
        peak()
    );
    let read: Vec<(&Article, Claim)> = articles
        .iter()
        .flat_map(|a| claims(a, 0, &store.catalog).into_iter().map(move |claim| (a, claim)))
        .collect();
    for turn in ["first", "second"] {
        let mut times: Vec<Duration> = Vec::with_capacity(read.len());
        let mut supported = 0;
        for (article, claim) in &read {
            let sentence = claim.sentence.of(&article.prose);
            let around =
                Surroundings { addresses: &[], sentence, day: article.published, hindsight: false };
            let start = Instant::now();
            let found = comparison(&store, claim, around);
            times.push(start.elapsed());
            supported += usize::from(found.verdict.status == Status::Supported);
        }
        times.sort();
        let at = |share: usize| times[(times.len() - 1) * share / 100].as_micros();
        let mean =
            times.iter().sum::<Duration>().as_micros() / u128::try_from(times.len()).unwrap();
        println!(
            "  {turn} time: {} claims, {supported} supported; a lookup {mean} µs on average, \
             half within {} µs, 99% within {} µs",
            read.len(),
            at(50),
            at(99)
        );
    }
    println!("  {} MB at most", peak());
}

fn main() {
    // `cargo test --benches` only asks whether it runs.
    let words: Vec<String> = std::env::args().skip(1).collect();
    if !words.iter().any(|word| word == "--bench") {
        return;
    }
    let mut numbers = words.iter().filter_map(|word| word.parse::<usize>().ok());
    let rows = numbers.next().unwrap_or(1_000_000);
    let files = numbers.next().map_or_else(|| vec![1, 8], |files| vec![files]);
    let dir: PathBuf = std::env::temp_dir().join(format!("numcheck-rows-{}", std::process::id()));
    let places = places(&Store::builtin(&mut Sources::new()));
    for files in files {
        let days = write(&dir, rows, files, &places);
        let articles = articles(&places, days);
        println!("{rows} rows in {files} files, {days} days of {} places", places.len());
        ask(&dir, &articles);
    }
    let _ = fs::remove_dir_all(&dir);
}
