//! The rule catalogue: every rule's manual page holds what it shows.

use numcheck::check::check_against;
use numcheck::reference::Store;
use numcheck::rules::RULES;
use numcheck::text::Sources;
use numcheck::{Review, Settings, ingest};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The fenced blocks of one example: articles as written, and reference tables for them.
#[derive(Debug, Default)]
struct Example {
    articles: Vec<String>,
    /// The earlier version of the first article.
    before: Option<String>,
    tables: Vec<String>,
}

/// The examples of a manual page: an `article` fence opens one, `article and` and `csv` fences
/// belong to the one before, and so does the earlier version in an `article before` fence.
fn examples(page: &str) -> Vec<Example> {
    let mut found: Vec<Example> = Vec::new();
    let mut lines = page.lines().map(|line| line.strip_prefix(' ').unwrap_or(line));
    while let Some(line) = lines.next() {
        let Some(fence) = line.strip_prefix("```") else { continue };
        let text: String =
            lines.by_ref().take_while(|line| *line != "```").flat_map(|l| [l, "\n"]).collect();
        match (fence, found.last_mut()) {
            ("article", _) => {
                found.push(Example { articles: vec![text], before: None, tables: Vec::new() });
            }
            ("article before", Some(example)) => example.before = Some(text),
            ("article and", Some(example)) => example.articles.push(text),
            ("csv", Some(example)) => example.tables.push(text),
            _ => panic!("an example may not hold a fence {fence:?}, or not first"),
        }
    }
    found
}

/// A line of carets with the rule that flags what stands above: `   ^^ parts-exceed-total`.
fn is_mark(line: &str) -> bool {
    line.trim_start().starts_with('^')
}

/// The text without the lines of carets.
fn unmarked(article: &str) -> String {
    article.lines().filter(|line| !is_mark(line)).flat_map(|line| [line, "\n"]).collect()
}

/// A folder of its own for the tables of one example.
fn folder(name: &str, tables: &[String]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("rules").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    for (nth, table) in tables.iter().enumerate() {
        fs::write(folder.join(format!("table-{nth}.csv")), table).unwrap();
    }
    folder
}

fn review(name: &str, example: &Example) -> Review {
    let mut sources = Sources::new();
    let mut articles = Vec::new();
    for (nth, article) in example.articles.iter().enumerate() {
        let name = format!("example-{}.txt", nth + 1);
        let text = unmarked(article);
        articles.extend(ingest::read(&name, text.as_bytes(), None, &mut sources).unwrap());
    }
    let store = if example.tables.is_empty() {
        Store::builtin(&mut sources)
    } else {
        Store::open(&[&folder(name, &example.tables)], true, &mut sources).unwrap()
    };
    let before = example
        .before
        .iter()
        .flat_map(|text| ingest::read("before.txt", text.as_bytes(), None, &mut sources).unwrap());
    let before = before.collect();
    check_against(articles, before, sources, Arc::new(store), &Settings::default())
}

/// The article with the carets that the findings ask for.
fn marked(review: &Review, article: usize, text: &str) -> String {
    let mut out = String::new();
    for (number, line) in (1..).zip(text.lines()) {
        out.extend([line, "\n"]);
        let own = review.findings.iter().filter(|finding| finding.article == Some(article));
        for finding in own {
            let place = review.sources.place(finding.primary.at);
            if place.line == number {
                let (gap, carets) = (place.column - 1, place.end_column - place.column);
                let name = finding.rule.name;
                let marks = [" ".repeat(gap), "^".repeat(carets), format!(" {name}\n")];
                out.push_str(&marks.concat());
            }
        }
    }
    out
}

#[test]
fn every_example_is_flagged_as_it_shows() {
    let mut wrong = Vec::new();
    for rule in RULES {
        let examples = examples(rule.info.explanation);
        let flags = |example: &Example| example.articles.iter().any(|a| a.lines().any(is_mark));
        let name = rule.info.name;
        if !examples.iter().any(flags) || examples.iter().all(flags) {
            wrong.push(format!("{name} needs an example that is flagged and one that is not"));
        }
        for (nth, example) in examples.iter().enumerate() {
            let review = review(&format!("{name}-{nth}"), example);
            for (at, article) in example.articles.iter().enumerate() {
                let got = marked(&review, at, &unmarked(article));
                if got != *article {
                    wrong.push(format!("{name}, example {}:\n{got}instead of\n{article}", nth + 1));
                }
            }
        }
        let says = |line: &str| line.contains(&format!("^ {name}"));
        if !rule.info.explanation.lines().any(says) {
            wrong.push(format!("{name} is in none of its own examples"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_list_is_the_folder_in_order() {
    let listed: Vec<&str> = RULES.iter().map(|rule| rule.info.name).collect();
    assert!(listed.is_sorted(), "{listed:?}");
    let files = fs::read_dir("src/rules").unwrap().map(|file| file.unwrap().path());
    let stems = files.filter_map(|path| Some(path.file_stem()?.to_str()?.replace('_', "-")));
    let rules: BTreeSet<String> = stems.filter(|stem| stem != "mod").collect();
    let named: BTreeSet<String> = listed.iter().map(|&name| name.to_owned()).collect();
    assert_eq!(rules, named, "each rule has a file of its name, and each file is listed");
}

#[test]
fn names_are_kebab_case_and_summaries_are_one_clause() {
    for rule in RULES {
        let info = &rule.info;
        let parts = info.name.split('-');
        let well_formed = |part: &str| {
            !part.is_empty()
                && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        assert!(info.name.contains('-') && parts.clone().all(well_formed), "{}", info.name);
        assert!(!info.summary.is_empty() && !info.summary.ends_with('.'), "{}", info.name);
        assert!(info.explanation.contains("Limits:"), "{} says its limits", info.name);
    }
}
