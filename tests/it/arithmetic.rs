//! The corpus of passages with planted faults, in `tests/arithmetic/`: one file a rule, named
//! after it, and files of passages for several rules.
//!
//! A passage opens with `==` and its desk; behind a comma may stand `hard`, and in a file for
//! several rules the rule. The `README.md` beside them holds the totals. Lines that open with
//! `title:` or `date:` go above it; every other line is a paragraph. `[fault|mended]` plants a
//! fault: with the first halves the rule must speak, and no other rule of the corpus; with the
//! second halves none of them may. A passage without brackets is sound, and none may speak.

use numcheck::reference::Store;
use numcheck::rules::Rule;
use numcheck::text::Sources;
use numcheck::{Settings, check, ingest};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

/// The share of planted faults that must be found, in percent.
const RECALL: usize = 95;

/// Which halves of the brackets are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Half {
    Fault,
    Mended,
}

struct Passage {
    rule: String,
    label: String,
    /// Lines for the front matter.
    above: Vec<String>,
    paragraphs: Vec<String>,
}

impl Passage {
    fn is_faulty(&self) -> bool {
        self.above.iter().chain(&self.paragraphs).any(|line| line.contains('['))
    }

    fn article(&self, half: Half) -> String {
        let mut text = String::from("---\n");
        if !self.above.iter().any(|line| line.starts_with("title:")) {
            text.push_str("title: What the desk wrote\n");
        }
        for line in &self.above {
            text.extend([chosen(line, half).as_str(), "\n"]);
        }
        text.push_str("---\n");
        for line in &self.paragraphs {
            text.extend(["\n", chosen(line, half).as_str(), "\n"]);
        }
        text
    }

    /// The rules of the corpus that speak, and what they say.
    fn found(&self, half: Half, rules: &[String]) -> (BTreeSet<String>, String) {
        let findings = self.findings(half, rules);
        let names = findings.iter().map(|(name, ..)| name.clone()).collect();
        let said = findings.iter().map(|(name, message, _)| format!("    {name}: {message}\n"));
        (names, said.collect())
    }

    /// The findings of the corpus' rules: the rule, the message, and whether it suggests a change.
    fn findings(&self, half: Half, rules: &[String]) -> Vec<(String, String, bool)> {
        static STORE: LazyLock<Arc<Store>> =
            LazyLock::new(|| Arc::new(Store::builtin(&mut Sources::new())));
        let mut sources = Sources::new();
        let text = self.article(half);
        let articles = ingest::read("passage.md", text.as_bytes(), None, &mut sources).unwrap();
        let settings = Settings { select: rules.to_vec(), ..Settings::default() };
        let review = check(articles, sources, Arc::clone(&STORE), &settings);
        let told = review.findings.into_iter();
        told.map(|f| (f.rule.name.to_owned(), f.message, f.suggestion.is_some())).collect()
    }
}

/// The text with one half of every bracket.
fn chosen(text: &str, half: Half) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, bracket)) = rest.split_once('[') {
        let (inside, behind) = bracket.split_once(']').expect("a bracket ends");
        let (fault, mended) = inside.split_once('|').expect("a bracket has two halves");
        out += before;
        out += if half == Half::Fault { fault } else { mended };
        rest = behind;
    }
    out + rest
}

fn passages(file: &str, text: &str) -> Vec<Passage> {
    let mut found: Vec<Passage> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        if let Some(label) = line.strip_prefix("== ") {
            let named = label.split(", ").find(|word| Rule::named(word).is_some());
            let (rule, label) = (named.unwrap_or(file).to_owned(), label.to_owned());
            found.push(Passage { rule, label, above: Vec::new(), paragraphs: Vec::new() });
            continue;
        }
        let passage = found.last_mut().expect("a passage opens with its desk");
        let above = line.starts_with("title:") || line.starts_with("date:");
        let lines = if above { &mut passage.above } else { &mut passage.paragraphs };
        lines.push(line.to_owned());
    }
    found
}

/// Files with passages for several rules.
const MIXED: &[&str] = &["fresh", "gold"];

/// The rules that have a file, and all passages.
fn corpus() -> (Vec<String>, Vec<Passage>) {
    let paths = fs::read_dir("tests/arithmetic").unwrap().map(|file| file.unwrap().path());
    let mut files: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|kind| kind == "txt")).collect();
    files.sort();
    let names: Vec<String> =
        files.iter().map(|file| file.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    let texts = files.iter().map(|file| fs::read_to_string(file).unwrap());
    let all = names.iter().zip(texts).flat_map(|(name, text)| passages(name, &text)).collect();
    let rules = names.into_iter().filter(|name| !MIXED.contains(&name.as_str())).collect();
    (rules, all)
}

#[test]
fn every_file_of_the_corpus_is_named_after_a_rule() {
    let (rules, passages) = corpus();
    for rule in &rules {
        assert!(Rule::named(rule).is_some(), "{rule} is no rule");
        let own = || passages.iter().filter(|passage| passage.rule == *rule);
        let faulty = own().filter(|passage| passage.is_faulty()).count();
        assert!(faulty >= 3 && own().count() - faulty >= 3, "{rule} has too few passages");
    }
}

/// What came of the passages of one rule.
#[derive(Default)]
struct Tally {
    planted: usize,
    hard: usize,
    found: usize,
    sound: usize,
    alarms: usize,
}

impl Tally {
    fn add(&mut self, other: &Self) {
        self.planted += other.planted;
        self.hard += other.hard;
        self.found += other.found;
        self.sound += other.sound;
        self.alarms += other.alarms;
    }

    fn row(&self, name: &str) -> String {
        let Self { planted, hard, found, sound, alarms } = self;
        format!("| {name} | {planted} | {hard} | {found} | {sound} | {alarms} |\n")
    }
}

#[test]
fn planted_faults_are_found_and_nothing_else() {
    let (rules, passages) = corpus();
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    let (mut missed, mut alarms) = (Vec::new(), Vec::new());
    for passage in &passages {
        let tally = tallies.entry(&passage.rule).or_default();
        let name = format!("{} ({})", passage.rule, passage.label);
        if passage.is_faulty() {
            tally.planted += 1;
            tally.hard += usize::from(passage.label.split(", ").any(|word| word == "hard"));
            let (found, said) = passage.found(Half::Fault, &rules);
            if found == BTreeSet::from([passage.rule.clone()]) {
                tally.found += 1;
            } else {
                missed.push(format!("{name}:\n    {}\n{said}", passage.paragraphs.join("\n")));
            }
        } else {
            tally.sound += 1;
        }
        let (found, said) = passage.found(Half::Mended, &rules);
        if !found.is_empty() {
            tally.alarms += 1;
            alarms.push(format!("{name}:\n{}{said}", passage.article(Half::Mended)));
        }
    }
    assert!(alarms.is_empty(), "{} false alarms:\n{}", alarms.len(), alarms.join("\n"));
    let mut all = Tally::default();
    for tally in tallies.values() {
        all.add(tally);
    }
    assert!(
        all.found * 100 >= all.planted * RECALL,
        "{} of {} planted faults found; not these:\n{}",
        all.found,
        all.planted,
        missed.join("\n")
    );
    let rows: String =
        tallies.iter().map(|(rule, tally)| tally.row(&format!("`{rule}`"))).collect();
    let table = format!("{TABLE_HEAD}{rows}{}", all.row("all"));
    held_in_readme(&table, &missed.join("\n"));
}

const TABLE_HEAD: &str = "| rule | planted | hard | found | sound | false alarms |\n\
                          | --- | --- | --- | --- | --- | --- |\n";

/// Holds the table of totals in the README to what was counted; with `UPDATE=1` writes it there.
#[track_caller]
fn held_in_readme(table: &str, missed: &str) {
    let path = "tests/arithmetic/README.md";
    let readme = fs::read_to_string(path).unwrap();
    let (before, rest) = readme.split_once(TABLE_HEAD).expect("the README has the table");
    let after = rest.split_once("\n\n").map_or("", |(_, after)| after);
    let wanted = format!("{before}{table}\n{after}");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(path, &wanted).unwrap();
    } else {
        assert!(readme == wanted, "UPDATE=1 brings {path} up to date; missed:\n{missed}\n{table}");
    }
}

#[test]
fn findings_in_a_quotation_ask_for_context() {
    let (rules, passages) = corpus();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    // The headline stands outside the quotation.
    let in_body = |passage: &&Passage| passage.paragraphs.iter().any(|text| text.contains('['));
    for passage in passages.iter().filter(in_body) {
        let quoted = Passage {
            rule: passage.rule.clone(),
            label: String::new(),
            above: passage.above.clone(),
            paragraphs: passage.paragraphs.iter().map(|text| format!("“{text}”")).collect(),
        };
        for (name, message, suggested) in quoted.findings(Half::Fault, &rules) {
            assert!(message.contains("needs context, not a change"), "{name}: {message}");
            assert!(!suggested, "{name} suggests a change: {message}");
            seen.insert(name);
        }
    }
    for rule in &rules {
        // Neither holds what somebody said against what the story says.
        let silent = ["headline-mismatch", "same-story-conflict"].contains(&rule.as_str());
        assert!(silent || seen.contains(rule), "{rule} says nothing of quotations");
    }
}
