//! The corpus of passages with planted faults, in `tests/arithmetic/`: one file a rule, named
//! after it.
//!
//! A passage opens with `==` and its desk; behind a comma may stand `hard`. Lines that open with
//! `title:` or `date:` go above it; every other line is a paragraph. `[fault|mended]` plants a
//! fault: with the first halves the rule must speak, and no other rule of the corpus; with the
//! second halves none of them may. A passage without brackets is sound, and none may speak.

use numcheck::reference::Store;
use numcheck::rules::Rule;
use numcheck::text::Sources;
use numcheck::{Settings, check, ingest};
use std::collections::BTreeSet;
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
        static STORE: LazyLock<Arc<Store>> =
            LazyLock::new(|| Arc::new(Store::builtin(&mut Sources::new())));
        let mut sources = Sources::new();
        let text = self.article(half);
        let articles = ingest::read("passage.md", text.as_bytes(), None, &mut sources).unwrap();
        let settings = Settings { select: rules.to_vec(), ..Settings::default() };
        let review = check(articles, sources, Arc::clone(&STORE), &settings);
        let names = review.findings.iter().map(|finding| finding.rule.name.to_owned()).collect();
        let said = review.findings.iter().map(|f| format!("    {}: {}\n", f.rule.name, f.message));
        (names, said.collect())
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

fn passages(rule: &str, text: &str) -> Vec<Passage> {
    let mut found: Vec<Passage> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        if let Some(label) = line.strip_prefix("== ") {
            let (rule, label) = (rule.to_owned(), label.to_owned());
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

/// The rules that have a file, and all passages.
fn corpus() -> (Vec<String>, Vec<Passage>) {
    let mut files: Vec<PathBuf> =
        fs::read_dir("tests/arithmetic").unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let rules: Vec<String> =
        files.iter().map(|file| file.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    let texts = files.iter().map(|file| fs::read_to_string(file).unwrap());
    let all = rules.iter().zip(texts).flat_map(|(rule, text)| passages(rule, &text)).collect();
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

#[test]
fn planted_faults_are_found() {
    let (rules, passages) = corpus();
    let faulty: Vec<_> = passages.iter().filter(|passage| passage.is_faulty()).collect();
    let mut missed = Vec::new();
    for passage in &faulty {
        let (found, said) = passage.found(Half::Fault, &rules);
        if found != BTreeSet::from([passage.rule.clone()]) {
            let text = passage.paragraphs.join("\n");
            missed.push(format!("{} ({}):\n    {text}\n{said}", passage.rule, passage.label));
        }
    }
    let right = faulty.len() - missed.len();
    println!("{right} of {} planted faults found; not these:\n{}", faulty.len(), missed.join("\n"));
    assert!(
        right * 100 >= faulty.len() * RECALL,
        "{right} of {} planted faults found; not these:\n{}",
        faulty.len(),
        missed.join("\n")
    );
}

#[test]
fn nothing_is_found_in_mended_and_sound_passages() {
    let (rules, passages) = corpus();
    let mut alarms = Vec::new();
    for passage in &passages {
        let (found, said) = passage.found(Half::Mended, &rules);
        if !found.is_empty() {
            let text = passage.article(Half::Mended);
            alarms.push(format!("{} ({}):\n{text}{said}", passage.rule, passage.label));
        }
    }
    assert!(alarms.is_empty(), "{} false alarms:\n{}", alarms.len(), alarms.join("\n"));
}
