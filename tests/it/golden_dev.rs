//! Labelled articles, scored as `score_claims.py` scores them: no figure falls below its floor.

use numcheck::ingest::{Article, read};
use numcheck::number::Decimal;
use numcheck::reference::Store;
use numcheck::report::{SHEETS, View};
use numcheck::text::Sources;
use numcheck::{Settings, check};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// The labelled articles of all who work on numcheck: beside the repository, never in it.
const DEV: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/gold/dev");

/// Our own, written and labelled later.
const SECOND: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/second-dev");

/// A figure and the least it may be, in thousandths: what the step asks for, else one in a hundred
/// below what was reached when the floor was set.
type Floors = &'static [(&'static str, usize)];

const DEV_FLOORS: Floors = &[
    ("precision", 986),
    ("recall", 990),
    ("f1", 980),
    ("value", 975),
    ("hedge", 950),
    ("kind", 980),
    ("unit", 950),
    ("indicator", 930),
    ("subject", 886),
    ("aspect", 874),
    ("modality", 962),
];

const SECOND_FLOORS: Floors = &[
    ("precision", 981),
    ("recall", 990),
    ("f1", 980),
    ("value", 975),
    ("hedge", 950),
    ("kind", 960),
    ("unit", 900),
    ("indicator", 923),
    ("subject", 947),
    ("aspect", 912),
    ("modality", 948),
];

/// The fields that are right when they are the label's, or one of its alternatives.
const PLAIN: &[&str] = &["hedge", "kind", "indicator", "subject", "aspect", "modality"];

fn lines(path: &Path) -> Vec<Value> {
    let text = fs::read_to_string(path).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The claims of the articles as `numcheck claims --format jsonl` writes them, by article.
fn claims(folder: &Path) -> BTreeMap<String, Vec<Value>> {
    let mut input = String::new();
    for mut article in lines(&folder.join("articles.jsonl")) {
        article.as_object_mut().unwrap().retain(|field, _| field != "title");
        let _ = writeln!(input, "{article}");
    }
    let mut sources = Sources::new();
    let store = Arc::new(Store::builtin(&mut sources));
    let articles = read("articles.jsonl", input.as_bytes(), None, &mut sources).unwrap();
    let id = |article: &Article| (article.name.clone(), article.id.clone());
    let ids: BTreeMap<_, _> = articles.iter().map(id).collect();
    let review = check(articles, sources, store, &Settings::default());
    let sheet = SHEETS.iter().find(|sheet| sheet.name == "jsonl").unwrap();
    let mut written = Vec::new();
    (sheet.render)(&review, &View::default(), &mut written).unwrap();
    let mut claims: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for line in String::from_utf8(written).unwrap().lines() {
        let claim: Value = serde_json::from_str(line).unwrap();
        let article = &ids[claim["article"].as_str().unwrap()];
        claims.entry(article.clone()).or_default().push(claim);
    }
    claims
}

fn number(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

/// Pairs of a label and a claim whose numbers overlap, one to one, the largest overlap first.
fn pairs(text: &str, labels: &[Value], claims: &[Value]) -> BTreeMap<usize, usize> {
    let ends: Vec<usize> =
        text.char_indices().map(|(at, _)| at).chain(std::iter::once(text.len())).collect();
    let mut overlaps = Vec::new();
    for (i, label) in labels.iter().enumerate() {
        let (start, end) = (ends[number(&label["start"])], ends[number(&label["end"])]);
        for (j, claim) in claims.iter().enumerate() {
            let (first, last) =
                (number(&claim["number"]["start"]), number(&claim["number"]["end"]));
            let shared = end.min(last).saturating_sub(start.max(first));
            if shared > 0 {
                overlaps.push((usize::MAX - shared, i, j));
            }
        }
    }
    overlaps.sort_unstable();
    let (mut pairs, mut taken) = (BTreeMap::new(), BTreeSet::new());
    for (_, i, j) in overlaps {
        if !pairs.contains_key(&i) && taken.insert(j) {
            pairs.insert(i, j);
        }
    }
    pairs
}

/// Lower case; `None` for null and nothing.
fn plain(value: &Value) -> Option<String> {
    let text = value.as_str()?.trim().to_lowercase();
    (!text.is_empty() && text != "null").then_some(text)
}

/// The label's value and its accepted alternatives.
fn accepted(label: &Value, field: &str) -> Vec<Option<String>> {
    let others = label["alt"][field].as_array().into_iter().flatten();
    std::iter::once(&label[field]).chain(others).map(plain).collect()
}

fn decimal(value: &Value) -> Option<Decimal> {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    text.parse().ok().or_else(|| Decimal::from_scientific(&text).ok())
}

/// Equal to five significant digits, written as numbers or as text.
fn same(want: &Value, got: &Value) -> bool {
    let near = |(a, b): (Decimal, Decimal)| {
        let most = a.abs().max(b.abs()) * Decimal::new(1, 5);
        (a - b).abs() <= most
    };
    decimal(want).zip(decimal(got)).is_some_and(near)
}

const PEOPLE: &[&str] = &["person", "people", "man", "woman", "individual", "human"];
const PERCENT: &[&str] = &["%", "percent", "per cent"];

fn is_unit(want: Option<&str>, claim: &Value) -> bool {
    let got = [plain(&claim["unit"]), plain(&claim["noun"])];
    if got.iter().any(|got| got.as_deref() == want) {
        return true;
    }
    let want = want.unwrap_or_default();
    let last = |text: &str| text.split_whitespace().next_back().map(str::to_owned);
    let alike = |got: &String| {
        let classes = [PEOPLE, PERCENT];
        got.trim_end_matches('s') == want.trim_end_matches('s')
            || last(got) == last(want)
            || classes.iter().any(|class| class.contains(&want) && class.contains(&&**got))
    };
    got.iter().flatten().any(alike)
}

/// The fields in which a claim is what its label says.
fn right(label: &Value, claim: &Value) -> Vec<&'static str> {
    let mut right = Vec::new();
    if same(&label["lower"], &claim["lower"]) && same(&label["upper"], &claim["upper"]) {
        right.push("value");
    }
    if accepted(label, "unit").iter().any(|want| is_unit(want.as_deref(), claim)) {
        right.push("unit");
    }
    let plain = |field: &&&str| accepted(label, field).contains(&plain(&claim[**field]));
    right.extend(PLAIN.iter().filter(plain));
    right
}

/// `one` is optional: missing it, or finding it where no label is, costs nothing.
fn is_one(text: &Value) -> bool {
    text.as_str().is_some_and(|text| text.eq_ignore_ascii_case("one"))
}

/// Every figure, in thousandths.
fn figures(folder: &Path) -> BTreeMap<&'static str, usize> {
    let mut labels: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for label in lines(&folder.join("labels.jsonl")) {
        labels.entry(label["article"].as_str().unwrap().to_owned()).or_default().push(label);
    }
    let claims = claims(folder);
    let (mut wanted, mut found, mut matched) = (0, 0, 0);
    let mut fields: BTreeMap<&str, usize> = BTreeMap::new();
    for article in lines(&folder.join("articles.jsonl")) {
        let id = article["id"].as_str().unwrap();
        let labels = labels.get(id).map(Vec::as_slice).unwrap_or_default();
        let claims = claims.get(id).map(Vec::as_slice).unwrap_or_default();
        let pairs = pairs(article["text"].as_str().unwrap(), labels, claims);
        let taken: BTreeSet<_> = pairs.values().collect();
        let one = |(i, label): &(usize, &Value)| !pairs.contains_key(i) && is_one(&label["num"]);
        wanted += labels.len() - labels.iter().enumerate().filter(one).count();
        let one =
            |(j, claim): &(usize, &Value)| !taken.contains(j) && is_one(&claim["number"]["text"]);
        found += claims.len() - claims.iter().enumerate().filter(one).count();
        matched += pairs.len();
        for field in pairs.iter().flat_map(|(i, j)| right(&labels[*i], &claims[*j])) {
            *fields.entry(field).or_default() += 1;
        }
    }
    let mut figures: BTreeMap<_, _> =
        fields.into_iter().map(|(field, count)| (field, count * 1000 / wanted)).collect();
    figures.insert("precision", matched * 1000 / found);
    figures.insert("recall", matched * 1000 / wanted);
    figures.insert("f1", 2 * matched * 1000 / (wanted + found));
    figures
}

#[track_caller]
fn hold(folder: &Path, floors: Floors) -> BTreeMap<&'static str, usize> {
    let figures = figures(folder);
    let low: Vec<_> = floors
        .iter()
        .filter(|(figure, floor)| figures[figure] < *floor)
        .map(|(figure, floor)| format!("{figure} is {}, not {floor}", figures[figure]))
        .collect();
    assert!(low.is_empty(), "{}: {}\nall: {figures:?}", folder.display(), low.join(", "));
    figures
}

#[test]
fn claims_of_the_development_set_stay_as_good() {
    let folder = Path::new(DEV);
    if !folder.is_dir() {
        println!("skipped: claims_of_the_development_set_stay_as_good, as {DEV} is not there");
        return;
    }
    println!("{:?}", hold(folder, DEV_FLOORS));
}

#[test]
fn claims_of_our_own_set_stay_as_good() {
    println!("{:?}", hold(Path::new(SECOND), SECOND_FLOORS));
}
