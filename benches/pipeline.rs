//! How fast each layer is: megabytes of article text a second, on one thread, best of five.
//!
//! The text is that of `../shared/articles/mixed.jsonl` where it is there, else our own labelled
//! articles over and over. `cargo bench`

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench reads files, times and prints"
)]

use numcheck::claim::claims;
use numcheck::ingest::{Article, read};
use numcheck::quantity::{Context, Gate, quantities};
use numcheck::reference::Store;
use numcheck::report::html::PAGE;
use numcheck::report::{SHEETS, View};
use numcheck::segment::{Tokens, sentences};
use numcheck::text::{Prose, Sources, Span};
use numcheck::{Settings, check};
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

const MIXED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/articles/mixed.jsonl");
const SECOND: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/second-dev/articles.jsonl");

/// How often a layer is timed; the best run counts, as the others were disturbed.
const RUNS: usize = 5;

/// How much text is enough for a steady figure, in bytes: some thousand articles.
const ENOUGH: usize = 8 << 20;

/// The articles, up to [`ENOUGH`] of them, and what they were read from.
fn input() -> (String, String) {
    let own = !Path::new(MIXED).is_file();
    let path = if own { SECOND } else { MIXED };
    let file = fs::read_to_string(path).unwrap();
    let mut text = String::new();
    for line in file.lines().cycle().take(if own { usize::MAX } else { file.lines().count() }) {
        text.push_str(line);
        text.push('\n');
        if text.len() >= ENOUGH {
            break;
        }
    }
    (path.to_owned(), text)
}

/// The least time of some runs.
fn best<T>(mut run: impl FnMut() -> T) -> Duration {
    let time = |_| {
        let start = Instant::now();
        black_box(run());
        start.elapsed()
    };
    (0..RUNS).map(time).min().unwrap_or_default()
}

/// Megabytes a second, whole ones.
fn rate(bytes: usize, time: Duration) -> u128 {
    let micros = time.as_micros().max(1);
    u128::try_from(bytes).unwrap() / micros
}

fn line(layer: &str, bytes: usize, time: Duration, what: &str) {
    let rate = rate(bytes, time);
    println!("{layer:22} {rate:6} MB/s  {:7} ms  {what}", time.as_millis());
}

/// The sentences of an article, block by block.
fn spans(article: &Article) -> impl Iterator<Item = Span<Prose>> {
    article.blocks.iter().flat_map(|block| sentences(&article.prose, block.span))
}

fn main() {
    // `cargo test --benches` only asks whether it runs.
    if !std::env::args().any(|word| word == "--bench") {
        return;
    }
    rayon::ThreadPoolBuilder::new().num_threads(1).build_global().unwrap();
    let (path, text) = input();
    let mut sources = Sources::new();
    let store = Arc::new(Store::builtin(&mut sources));
    let mut own = sources.clone();
    let articles = read("mixed.jsonl", text.as_bytes(), None, &mut own).unwrap();
    let bytes: usize = articles.iter().map(|article| article.prose.len()).sum();
    println!("{} articles, {bytes} bytes of prose, from {path}", articles.len());

    let sum = || articles.iter().flat_map(|a| a.prose.bytes()).map(u64::from).sum::<u64>();
    line("read memory", bytes, best(sum), "every byte added up");

    let parse = || read("mixed.jsonl", text.as_bytes(), None, &mut sources.clone());
    line("ingest", bytes, best(parse), "JSONL to articles");

    layers(&articles, bytes);

    let all = || articles.iter().map(|a| claims(a, 0, &store.catalog).len()).sum::<usize>();
    line("claims", bytes, best(all), &format!("{} claims, gate to slots", all()));

    let settings = Settings { across: false, ..Settings::default() };
    let review = || check(articles.clone(), own.clone(), Arc::clone(&store), &settings);
    line("check", bytes, best(review), "claims, tables and rules, article by article");
    let across = || check(articles.clone(), own.clone(), Arc::clone(&store), &Settings::default());
    line("check, across", bytes, best(across), "and the articles against each other");

    let review = check(articles.clone(), own.clone(), store, &settings);
    let sheet = SHEETS.iter().find(|sheet| sheet.name == "jsonl").unwrap();
    let write = || {
        let mut out = Vec::new();
        (sheet.render)(&review, &View::default(), &mut out).unwrap();
        out.len()
    };
    line("claims as JSONL", bytes, best(write), &format!("{} bytes written", write()));
    let write = || {
        let mut out = Vec::new();
        (PAGE.render)(&review, &View::default(), &mut out).unwrap();
        out.len()
    };
    line("report", bytes, best(write), &format!("{} bytes written", write()));
}

/// The layers from text to quantities.
fn layers(articles: &[Article], bytes: usize) {
    let cut = || articles.iter().flat_map(spans).count();
    line("sentences", bytes, best(cut), &format!("{} sentences", cut()));

    let spans: Vec<Vec<Span<Prose>>> = articles.iter().map(|a| spans(a).collect()).collect();
    let each = || {
        let pairs = articles.iter().zip(&spans);
        pairs.flat_map(|(a, spans)| spans.iter().map(|span| (a.prose.as_str(), *span)))
    };
    let gate = Gate::new();
    let admit = || each().filter(|(prose, span)| gate.admits(span.of(prose))).count();
    line("gate", bytes, best(admit), &format!("{} sentences may hold a number", admit()));

    let mut tokens = Tokens::new();
    let mut lex = || {
        let read = |(prose, span): (&str, Span<Prose>)| {
            tokens.read(prose, span);
            tokens.len()
        };
        each().map(read).sum::<usize>()
    };
    let count = lex();
    line("tokens", bytes, best(&mut lex), &format!("{count} tokens, every sentence"));

    let cut: Vec<(&str, Tokens)> = each()
        .filter(|(prose, span)| gate.admits(span.of(prose)))
        .map(|(prose, span)| {
            let mut tokens = Tokens::new();
            tokens.read(prose, span);
            (prose, tokens)
        })
        .collect();
    let numbers = || {
        let count =
            |(prose, tokens): &(&str, Tokens)| quantities(prose, tokens, Context::default()).len();
        cut.iter().map(count).sum::<usize>()
    };
    line(
        "numbers, quantities",
        bytes,
        best(numbers),
        &format!("{} quantities, behind the gate", numbers()),
    );

    let mut tokens = Tokens::new();
    let mut together = || {
        let read = |(prose, span): (&str, Span<Prose>)| {
            if !gate.admits(span.of(prose)) {
                return 0;
            }
            tokens.read(prose, span);
            quantities(prose, &tokens, Context::default()).len()
        };
        each().map(read).sum::<usize>()
    };
    line("gate to quantities", bytes, best(&mut together), "gate, tokens, numbers, quantities");
}
