//! What holds of every text, tried on generated ones. The seed is fixed: same input, same bytes.

use numcheck::ingest::{self, Article};
use numcheck::number::{Decimal, Exact};
use numcheck::quantity::{Context, Hedge, Interval, Quantity, Written, quantities};
use numcheck::reference::Store;
use numcheck::report::{RENDERERS, Renderer, SHEETS, View};
use numcheck::segment::{Tokens, sentences};
use numcheck::text::{Sources, Span};
use numcheck::{Review, Settings, check};
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use proptest::test_runner::RngSeed;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

const NUMBERS: &str = include_str!("../corpus/numbers.txt");
const NO_NUMBERS: &str = include_str!("../corpus/no-numbers.txt");
const ARTICLES: &str = include_str!("../second-dev/articles.jsonl");

/// Articles that contradict each other and the tables, and one that does not.
const SAMPLES: &[(&str, &str)] = &[
    ("derna-flood.txt", include_str!("../articles/derna-flood.txt")),
    ("january-build-up.txt", include_str!("../articles/january-build-up.txt")),
    ("outdated-toll.md", include_str!("../articles/outdated-toll.md")),
    ("package.jsonl", include_str!("../articles/package.jsonl")),
    ("poland-refugees.md", include_str!("../articles/poland-refugees.md")),
    ("troops-including.txt", include_str!("../articles/troops-including.txt")),
];

/// Sentences that have nothing to do with anything.
const UNRELATED: &[&str] = &[
    "The weather stayed calm over the hills.",
    "Nobody at the bakery wished to comment.",
    "Tickets for the concert are still on sale.",
    "Its roof shone in the sun.",
];

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(20_220_224),
        ..ProptestConfig::default()
    }
}

// Reading

fn read(text: &str) -> Vec<Quantity> {
    let mut tokens = Tokens::new();
    let mut found = Vec::new();
    for sentence in sentences(text, Span::new(0, text.len())) {
        tokens.read(text, sentence);
        found.extend(quantities(text, &tokens, Context::default()));
    }
    found
}

/// The quantity whose number is exactly `number` in a sentence about people.
fn read_number(number: &str) -> Option<Quantity> {
    let before = "The survey counted ";
    let text = format!("{before}{number} people in the province.");
    let span = Span::new(before.len(), before.len() + number.len());
    read(&text).into_iter().find(|quantity| quantity.span == span)
}

#[track_caller]
fn reads_as(number: &str, value: Decimal) -> Result<(), TestCaseError> {
    let found = read_number(number).map(|quantity| (quantity.lower, quantity.upper));
    prop_assert_eq!(found, Some((value, value)), "{:?}", number);
    Ok(())
}

// Writing

/// How a number is spelled.
#[derive(Debug, Clone, Copy)]
struct Spelling {
    /// `two hundred and six`
    and: bool,
    /// `twenty-one`
    hyphens: bool,
}

const SMALL: &[&str] = &[
    "",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];

const TENS: &[&str] =
    &["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

const SCALES: &[(u64, &str)] = &[
    (1_000_000_000_000, "trillion"),
    (1_000_000_000, "billion"),
    (1_000_000, "million"),
    (1_000, "thousand"),
];

fn at(words: &[&'static str], i: u64) -> &'static str {
    words[usize::try_from(i).unwrap()]
}

/// A number below a hundred.
fn tens(value: u64, spelling: Spelling) -> String {
    if value < 20 {
        return at(SMALL, value).to_owned();
    }
    let mark = if spelling.hyphens { "-" } else { " " };
    let words = [at(TENS, value / 10), at(SMALL, value % 10)];
    words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(mark)
}

/// A number below a thousand.
fn hundreds(value: u64, spelling: Spelling) -> String {
    let rest = tens(value % 100, spelling);
    match (value / 100, rest.is_empty()) {
        (0, _) => rest,
        (hundreds, true) => format!("{} hundred", at(SMALL, hundreds)),
        (hundreds, false) if spelling.and => format!("{} hundred and {rest}", at(SMALL, hundreds)),
        (hundreds, false) => format!("{} hundred {rest}", at(SMALL, hundreds)),
    }
}

/// A number from 1 to 10^15.
fn words(value: u64, spelling: Spelling) -> String {
    if value == 1_000_000_000_000_000 {
        return "one quadrillion".to_owned();
    }
    let mut words = Vec::new();
    let mut rest = value;
    for (scale, name) in SCALES.iter().filter(|(scale, _)| *scale <= value) {
        if rest / scale > 0 {
            words.push(format!("{} {name}", hundreds(rest / scale, spelling)));
        }
        rest %= scale;
    }
    if rest > 0 {
        let and = if spelling.and && rest < 100 && !words.is_empty() { "and " } else { "" };
        words.push(format!("{and}{}", hundreds(rest, spelling)));
    }
    words.join(" ")
}

/// Digits in groups of three, or the Indian way: three, then twos.
fn grouped(value: u64, mark: &str, indian: bool) -> String {
    let digits = value.to_string();
    let ends_group = |left: usize| match left {
        0 => false,
        _ if indian => left == 3 || left > 3 && (left - 3).is_multiple_of(2),
        _ => left.is_multiple_of(3),
    };
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        out.push(digit);
        if ends_group(digits.len() - 1 - i) {
            out.push_str(mark);
        }
    }
    out
}

/// A number with as many digits as another, from `least` to `most` of them.
fn sized(least: u32, most: u32) -> impl Strategy<Value = u64> {
    (least..=most, any::<u64>()).prop_map(|(digits, any)| {
        let low = 10_u64.pow(digits - 1);
        low + any % (low * 9)
    })
}

fn spelling() -> impl Strategy<Value = Spelling> {
    (any::<bool>(), any::<bool>()).prop_map(|(and, hyphens)| Spelling { and, hyphens })
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn a_number_in_words_reads_back(value in sized(1, 15), spelling in spelling()) {
        // `one` is a pronoun more often than a number.
        prop_assume!(value > 1);
        reads_as(&words(value, spelling), Decimal::from(value))?;
    }

    #[test]
    fn a_number_in_groups_reads_back(
        value in sized(4, 15),
        mark in select(&[",", "\u{2009}", "\u{202f}", "\u{a0}", " ", "'", "’"][..]),
    ) {
        reads_as(&grouped(value, mark, false), Decimal::from(value))?;
    }

    #[test]
    fn a_number_in_indian_groups_reads_back(value in sized(6, 15)) {
        reads_as(&grouped(value, ",", true), Decimal::from(value))?;
    }

    #[test]
    fn bare_digits_read_back(value in sized(5, 9)) {
        reads_as(&value.to_string(), Decimal::from(value))?;
    }

    #[test]
    fn digits_with_decimals_remember_their_step(value in sized(1, 12), scale in 1_u32..=4) {
        let value = Decimal::from_i128_with_scale(value.into(), scale);
        let whole = u64::try_from(value.trunc().mantissa()).unwrap();
        let text = format!("${}{}", grouped(whole, ",", false), &value.fract().to_string()[1..]);
        let found = read(&format!("It paid {text} for the house."));
        let found: Vec<_> = found.iter().map(|q| (q.lower, q.steps.0)).collect();
        prop_assert_eq!(found, [(value, Decimal::new(1, scale))], "{}", text);
    }

    #[test]
    fn a_scale_word_equals_its_digits(
        (value, places) in (0_u32..=3).prop_flat_map(|places| (sized(1, 3 + places), Just(places))),
        (by, scale) in select(SCALES),
    ) {
        let short = Decimal::from(value) * Decimal::new(1, places);
        let long = u64::try_from((short * Decimal::from(by)).trunc().mantissa()).unwrap();
        prop_assume!(long > 1);
        let scaled = read_number(&format!("{short} {scale}"));
        let digits = read_number(&grouped(long, ",", false));
        let value = |q: Option<Quantity>| q.map(|q| (q.lower, q.upper, q.hedge, q.kind, q.unit));
        prop_assert!(digits.is_some());
        prop_assert_eq!(value(scaled), value(digits), "{} {}", short, scale);
    }

    #[test]
    fn a_decimal_prints_and_reads_back(value in any::<i64>(), scale in 0_u32..=28) {
        let value = Decimal::from_i128_with_scale(value.into(), scale);
        let back: Decimal = value.to_string().parse().unwrap();
        prop_assert_eq!((back, back.scale()), (value, scale));
    }

    #[test]
    fn a_rounded_value_agrees_with_itself(
        (value, to) in (1_u32..=12).prop_flat_map(|digits| (sized(digits, digits), 0..digits)),
        scale in 0_u32..=3,
        count in any::<bool>(),
    ) {
        let own = Decimal::new(1, scale);
        let value = Decimal::from(value) * own;
        let step = Decimal::from(10_u64.pow(to)) * own;
        let rounded = (value / step).round() * step;
        let written = |value, step| Written {
            lower: Exact { value, step },
            upper: Exact { value, step },
            hedge: Hedge::Exact,
            count,
        };
        let (fine, coarse) = (written(value, own).supports(), written(rounded, step).supports());
        prop_assert!(coarse.overlaps(fine), "{} as {}", value, rounded);
        prop_assert!(coarse.overlaps(Interval::new(value, value)), "{} as {}", value, rounded);
    }

    #[test]
    fn a_value_told_in_millions_agrees_with_itself(value in sized(7, 12), places in 0_u32..=3) {
        let exact = read_number(&grouped(value, ",", false)).unwrap();
        let short = (Decimal::from(value) / Decimal::from(1_000_000)).round_dp(places);
        let told = read_number(&format!("{short} million")).unwrap();
        let (exact, told) = (exact.written().supports(), told.written().supports());
        prop_assert!(told.overlaps(exact), "{} million is not {}: {:?} {:?}", short, value, told, exact);
    }
}

// Unrelated text

/// Everything a quantity says, without where it stands.
fn said(text: &str) -> Vec<(String, String)> {
    let shown = |q: &Quantity| {
        let noun = q.noun.as_ref().map(|noun| (&noun.singular, noun.phrase.of(text)));
        let bounds = (q.hedge, q.hedge_span.map(|span| span.of(text)), q.steps, q.other);
        let rest = format!("{} {} {bounds:?} {:?} {:?} {noun:?}", q.lower, q.upper, q.kind, q.unit);
        (q.span.of(text).to_owned(), rest)
    };
    read(text).iter().map(shown).collect()
}

/// The sentences of the corpus, without the brackets.
static SENTENCES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let with = NUMBERS.lines().filter_map(|line| line.strip_prefix("  "));
    let without = NO_NUMBERS.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    with.chain(without).map(|line| line.replace(['[', ']'], "")).collect()
});

fn sentence() -> impl Strategy<Value = &'static str> {
    any::<Index>().prop_map(|index| index.get(&SENTENCES).as_str())
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn unrelated_sentences_change_no_quantity(
        sentence in sentence(),
        before in select(UNRELATED),
        after in select(UNRELATED),
    ) {
        // A text that does not end like a sentence would run on into the next one.
        prop_assume!(sentence.ends_with(['.', '!', '?']));
        let alone = said(sentence);
        prop_assert_eq!(&said(&format!("{sentence}\n\n{after}")), &alone);
        prop_assert_eq!(&said(&format!("{before}\n\n{sentence}\n\n{after}")), &alone);
    }
}

// Reviews

/// The tables, read once.
static TABLES: LazyLock<(Sources, Arc<Store>)> = LazyLock::new(|| {
    let mut sources = Sources::new();
    let store = Arc::new(Store::builtin(&mut sources));
    (sources, store)
});

fn review<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Review {
    let (mut sources, store) = TABLES.clone();
    let read = |(name, text): (&str, &str)| {
        ingest::read(name, text.as_bytes(), None, &mut sources).unwrap_or_default()
    };
    let articles: Vec<Article> = files.into_iter().flat_map(read).collect();
    check(articles, sources, store, &Settings::default())
}

fn written(review: &Review, renderers: &[&Renderer]) -> String {
    let mut out = Vec::new();
    for renderer in renderers {
        (renderer.render)(review, &View::default(), &mut out).unwrap();
    }
    String::from_utf8(out).unwrap()
}

#[track_caller]
fn is_sound(review: &Review) -> Result<(), TestCaseError> {
    prop_assert!(review.is_sound(), "{:?}", review.unsound());
    written(review, RENDERERS);
    written(review, SHEETS);
    Ok(())
}

/// The texts of the labelled articles.
static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let text = |line: &str| {
        let article: Value = serde_json::from_str(line).unwrap();
        article["text"].as_str().unwrap().to_owned()
    };
    ARTICLES.lines().map(text).collect()
});

/// Claims as JSON, without their offsets.
fn claims(text: &str) -> Vec<Value> {
    let sheet = SHEETS.iter().find(|sheet| sheet.name == "jsonl").unwrap();
    let lines = written(&review([("a.md", text)]), &[sheet]);
    let claim = |line: &str| {
        let mut claim: Value = serde_json::from_str(line).unwrap();
        let number = claim["number"].as_object_mut().unwrap();
        number.retain(|field, _| field == "text");
        claim
    };
    lines.lines().map(claim).collect()
}

/// Every finding without its place: the rule, the article, what is said.
fn findings(review: &Review) -> BTreeSet<(String, String, String)> {
    let shown = |finding: &numcheck::finding::Finding| {
        let place = review.sources.place(finding.primary.at);
        (finding.rule.name.to_owned(), place.path, finding.fingerprint.clone())
    };
    review.findings.iter().map(shown).collect()
}

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn an_unrelated_paragraph_changes_no_claim(
        article in any::<Index>(),
        place in any::<Index>(),
        unrelated in select(UNRELATED),
    ) {
        let text = article.get(&TEXTS);
        let mut paragraphs: Vec<&str> = text.split("\n\n").collect();
        paragraphs.insert(1 + place.index(paragraphs.len()), unrelated);
        let alone = claims(text);
        prop_assert!(!alone.is_empty());
        prop_assert_eq!(claims(&paragraphs.join("\n\n")), alone);
    }

    #[test]
    fn the_order_of_articles_changes_no_finding(
        files in subsequence(SAMPLES, 2..=SAMPLES.len()),
        shuffled in Just(SAMPLES.to_vec()).prop_shuffle(),
    ) {
        let other: Vec<_> = shuffled.into_iter().filter(|file| files.contains(file)).collect();
        prop_assert_eq!(findings(&review(files)), findings(&review(other)));
    }

    #[test]
    fn a_second_run_gives_the_same_bytes(files in subsequence(SAMPLES, 1..=SAMPLES.len())) {
        let (one, two) = (review(files.clone()), review(files));
        prop_assert_eq!(written(&one, RENDERERS), written(&two, RENDERERS));
        prop_assert_eq!(written(&one, SHEETS), written(&two, SHEETS));
    }

    #[test]
    fn a_review_of_any_sentences_is_sound(
        texts in prop::collection::vec(prop::collection::vec(sentence(), 1..24), 1..4),
        marks in prop::collection::vec(select(&[" ", "\n", "\n\n", "; ", " – ", "\u{a0}"][..]), 24),
        extension in select(&["txt", "md"][..]),
    ) {
        let text = |sentences: &Vec<&str>| -> String {
            sentences.iter().zip(&marks).flat_map(|(text, mark)| [*text, *mark]).collect()
        };
        let texts: Vec<_> = texts.iter().map(text).collect();
        let names: Vec<_> = (0..texts.len()).map(|i| format!("{i}.{extension}")).collect();
        let files = names.iter().map(String::as_str).zip(texts.iter().map(String::as_str));
        is_sound(&review(files))?;
    }
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn a_review_of_any_text_is_sound(
        text in any::<String>(),
        extension in select(&["txt", "md", "jsonl"][..]),
    ) {
        is_sound(&review([(&*format!("a.{extension}"), &*text)]))?;
    }

    #[test]
    fn a_review_of_any_numbers_is_sound(
        pieces in prop::collection::vec(select(PIECES), 0..40),
        extension in select(&["txt", "md"][..]),
    ) {
        let text = pieces.concat();
        is_sound(&review([(&*format!("a.{extension}"), &*text)]))?;
    }
}

/// What numbers are made of, and what stands around them.
const PIECES: &[&str] = &[
    "0",
    "7",
    "12",
    "199",
    "2024",
    "9999999999999999999999999999",
    "one",
    "two",
    "twenty",
    "hundred",
    "thousand",
    "million",
    "trillion",
    "quadrillion",
    "dozens",
    "half",
    "a third",
    "a few",
    "a",
    "an",
    "and",
    "to",
    "in",
    "of",
    "per",
    "than",
    "more",
    "about",
    "between",
    "at least",
    "up to",
    "or",
    "percent",
    "%",
    "$",
    "€",
    "£",
    "bn",
    "m",
    "k",
    "km",
    "sq",
    "ft",
    "°C",
    "mph",
    "killed",
    "troops",
    "people",
    "Ukraine",
    "May",
    "-",
    "–",
    "—",
    "−",
    ".",
    ",",
    "'",
    "’",
    "\"",
    "“",
    "(",
    ")",
    "[",
    "+",
    "/",
    "½",
    "²",
    "x",
    ":",
    " ",
    " ",
    " ",
    " ",
    "\u{a0}",
    "\u{202f}",
    "\u{200b}",
    "\n",
    "\n\n",
    "|",
    "#",
    "*",
    "&nbsp;",
    "é",
    "İ",
    "ß",
    "😀",
];
