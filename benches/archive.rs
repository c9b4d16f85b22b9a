//! How fast an archive takes claims in, and how fast one article is held against it.
//!
//! `cargo bench --bench archive -- 10000000` for ten million claims; a million without a number.
//! The articles are made up: tolls, troops and sums of some hundred towns over ten years.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench times and prints"
)]

use chrono::{Days, NaiveDate};
use numcheck::archive::Archive;
use numcheck::check::{Beside, Settings, entry, read};
use numcheck::ingest::{self, Article};
use numcheck::reference::Store;
use numcheck::text::Sources;
use rayon::prelude::*;
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How many claims where no number is given.
const CLAIMS: usize = 1_000_000;

/// How many articles are added at a time.
const BATCH: usize = 1_024;

/// How often one article is held against the archive.
const CHECKS: usize = 20;

const TOWNS: &[&str] = &[
    "Lagos",
    "Medan",
    "Kharkiv",
    "Dhaka",
    "Lima",
    "Boston",
    "Houston",
    "Manila",
    "Karachi",
    "Cairo",
    "Bogota",
    "Quito",
    "Izmir",
    "Aleppo",
    "Mosul",
    "Kabul",
    "Jakarta",
    "Osaka",
    "Marseille",
    "Naples",
];

const EVENTS: &[&str] = &["earthquake", "flood", "shooting", "crash", "blast", "fire", "storm"];

/// The story number `n`: a toll that is told again for some days, and what else is counted.
fn story(n: usize, sources: &mut Sources) -> Article {
    let (town, event) = (TOWNS[n / 3 % TOWNS.len()], EVENTS[n / 7 % EVENTS.len()]);
    let days = u64::try_from(n % 3_650).unwrap();
    let day = NaiveDate::from_ymd_opt(2015, 1, 1).unwrap() + Days::new(days);
    let mut text = format!("{event} in {town}\n{day}\nhttps://outlet{}.example/{n}\n", n % 97);
    text = text.replace('-', "");
    let toll = n % 400 + 3;
    let _ = writeln!(text, "The {event} killed {toll} people in {town}, officials said.");
    let _ =
        writeln!(text, "Another {} people were wounded and {} are missing.", toll * 3, n % 50 + 2);
    for k in 0..8 {
        let (a, b) = (n * 31 % 9_000 + k * 17 + 2, n * 7 % 900 + k + 2);
        let _ =
            writeln!(text, "Some {a} troops and {b} tanks were sent to {}.", TOWNS[(n + k) % 20]);
        let _ = writeln!(text, "The ministry paid ${b} million for {a} houses.");
    }
    ingest::read("story.txt", text.as_bytes(), Some("txt"), sources).unwrap().remove(0)
}

fn rate(count: usize, time: Duration) -> u128 {
    u128::try_from(count).unwrap() * 1_000 / time.as_millis().max(1)
}

fn main() {
    // `cargo test --benches` only asks whether it runs.
    if !std::env::args().any(|word| word == "--bench") {
        return;
    }
    let wanted = std::env::args().find_map(|word| word.parse().ok()).unwrap_or(CLAIMS);
    let path = std::env::temp_dir().join(format!("numcheck-bench-{}.db", std::process::id()));
    let mut archive = Archive::create(&path).unwrap();
    let mut sources = Sources::new();
    let store = Arc::new(Store::builtin(&mut sources));
    let (mut reading, mut writing, mut claims, mut n) = (Duration::ZERO, Duration::ZERO, 0, 0);
    while claims < wanted {
        let start = Instant::now();
        let stories = (n..n + BATCH).map(|n| story(n, &mut Sources::new())).collect();
        n += BATCH;
        let read = read(stories, &store, &Settings::default());
        let pairs = read.articles.par_iter().zip(&read.claims);
        let entries: Vec<_> =
            pairs.map(|(article, claims)| entry(article, claims, &store)).collect();
        reading += start.elapsed();
        claims += entries.iter().map(|entry| entry.claims.len()).sum::<usize>();
        let start = Instant::now();
        archive.add(&entries).unwrap();
        writing += start.elapsed();
    }
    let all = reading + writing;
    println!("{claims} claims of {n} articles");
    println!("read  {:>8} claims/s", rate(claims, reading));
    println!("write {:>8} claims/s", rate(claims, writing));
    println!("both  {:>8} claims/s in {} s", rate(claims, all), all.as_secs());
    println!("file  {:>8} MB", std::fs::metadata(&path).unwrap().len() >> 20);
    drop(archive);
    let mut times: Vec<Duration> = Vec::new();
    for k in 0..CHECKS {
        let mut sources = sources.clone();
        let article = story(n + k * 7_919, &mut sources);
        let start = Instant::now();
        let reading = read(vec![article], &store, &Settings::default());
        let archive = Archive::open(&path).unwrap();
        let near = archive.near(&reading.wanted(&store)).unwrap();
        let archived = archive.articles(&near, &mut sources).unwrap();
        let beside = Beside { archived, ..Beside::default() };
        let review = reading.judged(beside, sources, Arc::clone(&store), &Settings::default());
        times.push(start.elapsed());
        assert!(review.is_sound());
    }
    times.sort();
    let micros = |at: usize| times[at].as_micros();
    println!("check {:>8} µs median, {} µs at most", micros(CHECKS / 2), micros(CHECKS - 1));
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", path.display()));
    }
}
