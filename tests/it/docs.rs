//! Papers that say what the code does: made by it, or held against it. `UPDATE=1` writes them.

use numcheck::finding::Severity;
use numcheck::rules::RULES;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const PAGES: &[&str] = &[
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "DESIGN.md",
    "README.md",
    "STYLE.md",
    "docs/ci.md",
    "docs/reference-tables.md",
    "docs/rules.md",
];

/// The sample articles in every format: the file, and the words that make it.
const REPORTS: &[(&str, &[&str])] = &[
    ("reports/claims.csv", &["claims", "--format", "csv"]),
    ("reports/claims.jsonl", &["claims", "--format", "jsonl"]),
    ("reports/claims.txt", &["claims", "--format", "text"]),
    (
        "reports/tests-articles.checkstyle.xml",
        &["check", "--fail-on", "never", "--format", "checkstyle"],
    ),
    ("reports/tests-articles.github.txt", &["check", "--fail-on", "never", "--format", "github"]),
    ("reports/tests-articles.gitlab.json", &["check", "--fail-on", "never", "--format", "gitlab"]),
    ("reports/tests-articles.html", &["report", "--fail-on", "never"]),
    ("reports/tests-articles.json", &["check", "--fail-on", "never", "--format", "json"]),
    ("reports/tests-articles.jsonl", &["check", "--fail-on", "never", "--format", "jsonl"]),
    ("reports/tests-articles.junit.xml", &["check", "--fail-on", "never", "--format", "junit"]),
    ("reports/tests-articles.md", &["check", "--fail-on", "never", "--format", "markdown"]),
    ("reports/tests-articles.rdjson", &["check", "--fail-on", "never", "--format", "rdjson"]),
    ("reports/tests-articles.sarif", &["check", "--fail-on", "never", "--format", "sarif"]),
    ("reports/tests-articles.txt", &["check", "--fail-on", "never", "--format", "text"]),
];

fn numcheck(folder: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_numcheck"));
    command.current_dir(folder).args(words).env_clear().output().unwrap()
}

/// What the program prints; it has nothing to complain of.
#[track_caller]
fn printed(folder: &Path, words: &[&str], code: i32) -> String {
    let output = numcheck(folder, words);
    let complaints = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), &*complaints), (Some(code), ""), "numcheck {words:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// Holds that a file says what it should, or writes it under `UPDATE=1`.
#[track_caller]
fn hold(path: &str, expected: &str) {
    let committed = fs::read_to_string(path).unwrap_or_default();
    if committed == expected {
        return;
    }
    if std::env::var_os("UPDATE").is_some() {
        if let Some(folder) = Path::new(path).parent() {
            fs::create_dir_all(folder).unwrap();
        }
        fs::write(path, expected).unwrap();
        return;
    }
    let mut both = (1..).zip(committed.lines().chain([""]).zip(expected.lines().chain([""])));
    let first = both.find(|(_, (is, should))| is != should);
    let (line, (is, should)) = first.unwrap_or((0, ("another length", "")));
    panic!(
        "{path}:{line} is out of date\n  it says   {is}\n  should be {should}\n\
         what to do: see that the change is meant, then `UPDATE=1 cargo test docs` and commit it"
    );
}

#[test]
fn the_rule_book_is_current() {
    let mut page = "# Rules\n\nMade from the doc comments of `src/rules/` by `UPDATE=1 cargo test \
                    docs`. The same pages in the terminal: `numcheck explain RULE`.\n\n\
                    | rule | default | finds |\n| --- | --- | --- |\n"
        .to_owned();
    for rule in RULES {
        let (name, severity) = (rule.info.name, rule.info.severity.name());
        let _ = writeln!(page, "| [`{name}`](#{name}) | {severity} | {} |", rule.info.summary);
    }
    for rule in RULES {
        let (name, severity) = (rule.info.name, rule.info.severity.name());
        let _ = writeln!(page, "\n## `{name}`\n\n{severity}, since {}\n", rule.info.since);
        for line in rule.info.page().lines() {
            let _ = writeln!(page, "{}", line.trim_end());
        }
    }
    // What is found in tables and of waivers is no rule about numbers, but is listed with the rules.
    let listed = printed(Path::new("."), &["rules"], 0);
    // A summary goes on in a line that is indented.
    let first = listed.lines().filter(|line| !line.starts_with(char::is_whitespace));
    let others = first.filter_map(|line| line.split_whitespace().next());
    for name in others.filter(|name| RULES.iter().all(|rule| rule.info.name != *name)) {
        let text = printed(Path::new("."), &["explain", name], 0);
        let text = text.split_once("\n\n").map_or(&*text, |(_, text)| text);
        let _ = writeln!(
            page,
            "\n## `{name}`\n\nAbout the keeping of articles and tables, not about a number.\n\n{}",
            text.trim_end()
        );
    }
    hold("docs/rules.md", &page);
}

#[test]
fn the_schema_of_the_settings_is_current() {
    let schema = printed(Path::new("."), &["init", "--schema"], 0);
    hold("docs/numcheck.schema.json", &schema);
}

#[test]
fn the_reports_are_current() {
    for (path, words) in REPORTS {
        hold(path, &printed(Path::new("."), &[words, &["tests/articles"][..]].concat(), 0));
    }
    let mut found: Vec<_> = fs::read_dir("reports")
        .unwrap()
        .map(|entry| format!("reports/{}", entry.unwrap().file_name().to_str().unwrap()))
        .collect();
    found.sort();
    let mut known: Vec<_> = REPORTS.iter().map(|(path, _)| (*path).to_owned()).collect();
    known.push("reports/pages".to_owned());
    known.sort();
    assert_eq!(found, known, "REPORTS in tests/it/docs.rs says how each file of reports/ is made");
}

/// The sample of a report in pages: two articles, and tables that the folder of pages names.
#[test]
fn the_report_in_pages_is_current() {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
    let _ = fs::remove_dir_all(&dir);
    let out = format!("{}/", dir.display());
    let articles = ["tests/articles/january-build-up.txt", "tests/articles/outdated-toll.md"];
    let words = ["report", "--fail-on", "never", articles[0], articles[1], "-o", &out];
    assert_eq!(printed(Path::new("."), &words, 0), "");
    let names = |dir: &Path| {
        let files = fs::read_dir(dir).into_iter().flatten();
        let names = files.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.collect::<std::collections::BTreeSet<_>>()
    };
    let made = names(&dir);
    for name in &made {
        hold(&format!("reports/pages/{name}"), &fs::read_to_string(dir.join(name)).unwrap());
    }
    assert_eq!(names(Path::new("reports/pages")), made, "reports/pages holds what nothing makes");
}

// What pages show

/// A fenced block with a comment above it: `<!-- KIND NOTE -->`.
pub(crate) struct Block<'a> {
    pub(crate) note: &'a str,
    /// Where the text between the fences stands in the page.
    start: usize,
    pub(crate) text: &'a str,
}

pub(crate) fn blocks<'a>(page: &'a str, kind: &str) -> Vec<Block<'a>> {
    let mark = format!("<!-- {kind} ");
    let places = page.match_indices(&mark).map(|(at, mark)| at + mark.len());
    places
        .map(|at| {
            let (note, rest) =
                page[at..].split_once(" -->\n```").expect("a fence under the comment");
            let (_, rest) = rest.split_once('\n').unwrap();
            let start = page.len() - rest.len();
            let text = &rest[..rest.find("```").expect("the end of the fence")];
            Block { note, start, text }
        })
        .collect()
}

/// The paragraphs of `output` that have one of `keep` in them; gaps become `…`.
fn excerpt(output: &str, keep: &[&str]) -> String {
    let mut kept = Vec::new();
    let mut missing: Vec<_> = keep.to_vec();
    for paragraph in output.trim_end().split("\n\n") {
        if keep.iter().any(|words| paragraph.contains(words)) {
            missing.retain(|words| !paragraph.contains(words));
            kept.push(paragraph);
        } else if kept.last() != Some(&"…") {
            kept.push("…");
        }
    }
    assert!(missing.is_empty(), "the output has no paragraph with {missing:?}:\n{output}");
    kept.join("\n\n") + "\n"
}

/// A fresh folder with the files that a page shows.
fn shown_files(name: &str, page: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("shown").join(name);
    let _ = fs::remove_dir_all(&folder);
    for block in blocks(page, "file") {
        let path = folder.join(block.note);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, block.text).unwrap();
    }
    folder
}

/// Holds what a page says of a file (`same` and its path) and of what the program prints
/// (`output` and `exit 1; in example; keep one, another`).
#[track_caller]
fn hold_shown(name: &str) {
    let mut page = fs::read_to_string(name).unwrap();
    // From the end, so that places before stay where they are.
    for block in blocks(&page.clone(), "same").into_iter().rev() {
        let file = fs::read_to_string(block.note).unwrap();
        page.replace_range(block.start..block.start + block.text.len(), &file);
    }
    let files = shown_files(name, &page);
    let mut current = page.clone();
    for block in blocks(&page, "output").into_iter().rev() {
        let notes: BTreeMap<_, _> =
            block.note.split("; ").filter_map(|note| note.split_once(' ')).collect();
        let (command, _) = block.text.split_once('\n').expect("a line with the command");
        let words = ["$ cargo run --release -- ", "$ numcheck "];
        let words = words.iter().find_map(|word| command.strip_prefix(word)).unwrap_or_else(|| {
            panic!("{name}: `{command}` is no call of numcheck; begin it with `$ numcheck `")
        });
        let words: Vec<_> = words.split(' ').collect();
        let folder = notes.get("in").map_or(PathBuf::from("."), |name| files.join(name));
        let code = notes["exit"].parse().expect("an exit code");
        let mut output = printed(&folder, &words, code).trim_end().to_owned() + "\n";
        if let Some(keep) = notes.get("keep") {
            output = excerpt(&output, &keep.split(", ").collect::<Vec<_>>());
        }
        let end = block.start + block.text.len();
        current.replace_range(block.start..end, &format!("{command}\n{output}"));
    }
    hold(name, &current);
}

#[test]
fn the_readme_shows_what_the_program_prints() {
    hold_shown("README.md");
}

#[test]
fn the_page_on_ci_shows_what_the_program_prints_and_the_files_as_they_are() {
    hold_shown("docs/ci.md");
}

#[test]
fn the_page_on_tables_shows_what_the_program_prints() {
    hold_shown("docs/reference-tables.md");
}

#[test]
fn the_readme_shows_the_two_commands_that_do_the_set_up() {
    let page = fs::read_to_string("README.md").unwrap();
    for command in ["cargo run --release -- check --fail-on never tests/articles", "tests/run"] {
        assert!(page.contains(&format!("\n{command}\n")), "README.md: `{command}` is gone");
    }
    for script in ["tests/run", ".ci/run"] {
        assert!(Path::new(script).is_file(), "{script} is gone");
    }
}

// Names, versions and links

#[test]
fn the_version_has_its_entry_in_the_changelog() {
    let page = fs::read_to_string("CHANGELOG.md").unwrap();
    let versions: Vec<_> = page
        .lines()
        .filter_map(|line| line.strip_prefix("## [")?.split_once(']'))
        .map(|(version, _)| version)
        .collect();
    assert_eq!(versions.first(), Some(&"Unreleased"), "CHANGELOG.md opens with what is to come");
    let own = env!("CARGO_PKG_VERSION");
    assert!(versions.contains(&own), "CHANGELOG.md: no entry for {own}, the version of Cargo.toml");
    let order = |version: &str| -> Vec<u32> {
        version.split('.').map(|part| part.parse().expect("a number")).collect()
    };
    for rule in RULES {
        let (name, since) = (rule.info.name, rule.info.since);
        // A rule of the version to come has its line under Unreleased.
        assert!(
            versions.contains(&since) || order(since) > order(own) && page.contains(name),
            "CHANGELOG.md: no entry for {since}, since when {name} is"
        );
    }
}

#[test]
fn rules_have_names_that_can_be_typed() {
    for rule in RULES {
        let name = rule.info.name;
        let words = || name.split('-');
        let fits = |word: &str| {
            !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        };
        assert!(words().count() > 1 && words().all(fits), "{name} is not kebab-case");
    }
    assert!(RULES.windows(2).all(|pair| pair[0].info.name < pair[1].info.name), "RULES by name");
}

#[test]
fn rules_keep_the_contract() {
    let Ok(contract) = fs::read_to_string("../shared/CONTRACT.md") else {
        // Past the test harness, which shows what a test prints only when it fails.
        let _ = writeln!(
            std::io::stderr(),
            "skipped: names and severities of rules against ../shared/CONTRACT.md, which is not there"
        );
        return;
    };
    let (_, rules) = contract.split_once("\n## 5. Rules\n").unwrap();
    for rule in RULES {
        let (name, severity) = (rule.info.name, rule.info.severity);
        let Some((_, rest)) = rules.split_once(&format!("`{name}` ")) else {
            panic!("the contract has no rule {name}");
        };
        let ceiling = match rest.chars().next() {
            Some('E') => Severity::Error,
            Some('W') => Severity::Warning,
            _ => Severity::Note,
        };
        assert!(severity <= ceiling, "{name} is {severity:?}, the contract allows {ceiling:?}");
    }
}

#[test]
fn links_lead_somewhere() {
    for page in PAGES {
        let text = fs::read_to_string(page).unwrap_or_else(|_| panic!("{page} is gone"));
        let folder = Path::new(page).parent().unwrap();
        for (line, text) in (1..).zip(text.lines()) {
            for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
                let path = target.split('#').next().unwrap_or_default();
                let there = path.is_empty() || target.contains("://") || folder.join(path).exists();
                assert!(there, "{page}:{line}: nothing is at {target}");
            }
        }
    }
}
