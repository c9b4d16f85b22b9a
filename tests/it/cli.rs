//! The program from outside: exit codes, streams, files and formats.

use numcheck::report::RENDERERS;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use std::fmt::{self, Write as _};
use std::fs;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// Supported by the built-in tables.
const RIGHT: &str = "---\ntitle: Talks go on\ndate: 2022-01-28\n---\n\nThe war in Donbas has killed \
                     more than 13,000 people since 2014.\n";

/// Contradicted by the built-in tables.
const WRONG: &str = "---\ntitle: Talks go on\ndate: 2022-01-28\n---\n\nThe war in Donbas has killed \
                     17,000 people since 2014.\n";

/// Nothing is known about it.
const UNKNOWN: &str = "About 77 geese crossed the road on Friday.\n";

const NO_NUMBERS: &str = "A quiet day.\n\nNothing was counted.\n";

/// A folder of its own for a test, with files in it.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli").join(name);
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir).unwrap();
    for (name, text) in files {
        let path = dir.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    dir
}

fn command(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_numcheck"));
    command.current_dir(dir).args(args).env_clear().stdin(Stdio::null());
    command
}

#[track_caller]
fn run(dir: &Path, args: &[&str]) -> Output {
    let output = command(dir, args).output().unwrap();
    let err = text(&output.stderr);
    assert!(!err.contains("panicked"), "{args:?}: {err}");
    output
}

#[track_caller]
fn run_with_stdin(dir: &Path, args: &[&str], input: &str) -> Output {
    let mut command = command(dir, args);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// Runs `numcheck check` in every format and holds that each gives the same exit code.
#[track_caller]
fn check_code(dir: &Path, args: &[&str], expected: i32) {
    for format in RENDERERS.iter().map(|renderer| renderer.name) {
        let mut all = vec!["check", "--format", format];
        all.extend(args);
        let output = run(dir, &all);
        let (out, err) = (text(&output.stdout), text(&output.stderr));
        assert_eq!(output.status.code(), Some(expected), "{all:?}\n{out}\n{err}");
        let says = err.starts_with("numcheck: ");
        assert!(says || err.is_empty(), "{all:?} says on standard error: {err}");
        assert!(says || expected != 2, "{all:?} fails without a word");
        if ["json", "sarif", "gitlab", "rdjson"].contains(&format) && !out.is_empty() {
            serde_json::from_str::<serde_json::Value>(out).unwrap();
        }
    }
}

#[test]
fn exit_codes_are_those_of_the_contract() {
    let dir = folder(
        "codes",
        &[
            ("right.md", RIGHT),
            ("wrong.md", WRONG),
            ("unknown.txt", UNKNOWN),
            ("no-numbers.txt", NO_NUMBERS),
            ("empty.txt", ""),
            ("blank.txt", " \n\n"),
            ("nul.txt", "14 people\0were killed"),
            ("folder/a.md", RIGHT),
            ("bad-table/t.csv", "this is no table\n"),
        ],
    );
    fs::create_dir(dir.join("empty")).unwrap();

    check_code(&dir, &["right.md"], 0);
    check_code(&dir, &["no-numbers.txt"], 0);
    check_code(&dir, &["unknown.txt"], 0);
    check_code(&dir, &["folder"], 0);
    check_code(&dir, &["right.md", "right.md", "./right.md"], 0);

    check_code(&dir, &["wrong.md", "--fail-on", "note"], 1);
    check_code(&dir, &["wrong.md", "right.md", "--fail-on", "note"], 1);
    check_code(&dir, &["wrong.md", "--fail-on", "note", "--min-severity", "error"], 1);
    check_code(&dir, &["wrong.md", "--fail-on", "never"], 0);
    check_code(&dir, &["wrong.md", "--fail-on", "note", "--select", "headline-mismatch"], 0);
    check_code(&dir, &["unknown.txt", "--min-coverage", "1"], 1);
    check_code(&dir, &["no-numbers.txt", "--min-coverage", "100"], 0);

    check_code(&dir, &["nosuch.md"], 2);
    check_code(&dir, &["right.md", "nosuch.md"], 2);
    check_code(&dir, &["nosuch.md", "wrong.md", "--fail-on", "note"], 2);
    check_code(&dir, &["unknown.txt", "nosuch.md", "--min-coverage", "1"], 2);
    check_code(&dir, &["empty"], 2);
    check_code(&dir, &["empty.txt"], 2);
    check_code(&dir, &["blank.txt"], 2);
    check_code(&dir, &["nul.txt"], 2);
    check_code(&dir, &[], 2);
    check_code(&dir, &["right.md", "--select", "reference-mismach"], 2);
    check_code(&dir, &["right.md", "--ignore", "nonsense"], 2);
    check_code(&dir, &["right.md", "--as-of", "tomorrow"], 2);
    check_code(&dir, &["right.md", "--as-of", "2022-02-30"], 2);
    check_code(&dir, &["right.md", "--min-coverage", "101"], 2);
    check_code(&dir, &["right.md", "--fail-on", "sometimes"], 2);
    check_code(&dir, &["right.md", "--nonsense"], 2);
    check_code(&dir, &["right.md", "--reference", "nosuch"], 2);
    check_code(&dir, &["right.md", "--reference", "bad-table"], 2);
    check_code(&dir, &["right.md", "--output", "nosuch/out"], 2);
    check_code(&dir, &["right.md", "--format", "text"], 2);
}

#[test]
fn a_missing_path_does_not_hide_the_good_one() {
    let dir = folder("beside", &[("wrong.md", WRONG)]);
    let output = run(&dir, &["check", "nosuch.md", "wrong.md"]);
    assert!(text(&output.stdout).contains("wrong.md:6:"), "{}", text(&output.stdout));
    let err = text(&output.stderr);
    assert!(err.starts_with("numcheck: cannot read nosuch.md: "), "{err}");
    assert!(err.contains("\n  help: "), "{err}");

    let output = run(&dir, &["check", "nosuch.md", "wrong.md", "--format", "json"]);
    let review: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(review["errors"][0].as_str().unwrap().contains("nosuch.md"));
    assert_eq!(review["articles"][0]["path"], "wrong.md");
}

#[test]
fn unknown_rules_name_the_nearest() {
    let dir = folder("nearest", &[("right.md", RIGHT)]);
    let output = run(&dir, &["check", "right.md", "--select", "reference-mismach"]);
    let err = text(&output.stderr);
    assert!(err.contains("unknown rule reference-mismach"), "{err}");
    assert!(err.contains("  help: did you mean reference-mismatch?"), "{err}");
}

#[test]
fn standard_input_is_an_article() {
    let dir = folder("stdin", &[]);
    for args in [&["claims", "-", "--format", "jsonl"][..], &["claims", "--format", "jsonl"]] {
        let output = run_with_stdin(&dir, args, UNKNOWN);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        let claim: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(claim["article"], "<stdin>");
        assert_eq!(claim["number"]["text"], "77");
    }
}

/// The keys of a JSON object in the order they stand in.
struct Keys(Vec<String>);

impl<'de> serde::Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Keys;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Keys, A::Error> {
                let mut keys = Vec::new();
                while let Some((key, IgnoredAny)) = map.next_entry()? {
                    keys.push(key);
                }
                Ok(Keys(keys))
            }
        }
        from.deserialize_map(InOrder)
    }
}

#[track_caller]
fn check_keys(json: &str, expected: &[&str]) {
    assert_eq!(serde_json::from_str::<Keys>(json).unwrap().0, expected, "{json}");
}

const CLAIM: &[&str] = &[
    "article",
    "id",
    "block",
    "number",
    "text",
    "sentence",
    "lower",
    "upper",
    "hedge",
    "interval",
    "kind",
    "unit",
    "noun",
    "indicator",
    "subject",
    "place",
    "aspect",
    "measure",
    "place_id",
    "when",
    "modality",
    "attributed_to",
    "quoted",
    "status",
    "by",
    "reason",
    "evidence",
];

#[test]
fn fields_stand_in_the_order_of_the_contract() {
    let dir = folder("fields", &[("a.md", RIGHT), ("b.md", WRONG), ("c.txt", UNKNOWN)]);
    let sheet = run(&dir, &["claims", "--format", "jsonl", "a.md", "b.md", "c.txt"]);
    assert_eq!(text(&sheet.stdout).lines().count(), 3);
    for line in text(&sheet.stdout).lines() {
        check_keys(line, CLAIM);
    }
    let first = text(&sheet.stdout).lines().next().unwrap();
    let claim: serde_json::Value = serde_json::from_str(first).unwrap();
    assert_eq!(claim["number"]["text"], "13,000");
    let start = RIGHT.find("13,000").unwrap();
    assert_eq!((claim["number"]["start"].as_u64()), u64::try_from(start).ok());
    assert_eq!((&claim["number"]["line"], &claim["number"]["column"]), (&6.into(), &40.into()));
    assert_eq!((&claim["lower"], &claim["hedge"]), (&"13000".into(), &"more_than".into()));
    check_keys(&claim["number"].to_string(), &["column", "end", "line", "start", "text"]);
    check_keys(&claim["interval"].to_string(), &["lower", "upper"]);

    let review = run(&dir, &["check", "--format", "json", "a.md", "b.md"]);
    check_keys(
        text(&review.stdout),
        &["schema", "version", "settings", "articles", "claims", "findings", "series", "errors"],
    );
    let findings = run(&dir, &["check", "--format", "jsonl", "b.md"]);
    let line = text(&findings.stdout).lines().next().unwrap();
    check_keys(
        line,
        &[
            "rule",
            "severity",
            "confidence",
            "message",
            "article",
            "claim",
            "primary",
            "related",
            "arithmetic",
            "suggestion",
            "fingerprint",
        ],
    );
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let dir = folder("same", &[("a.md", RIGHT), ("b.md", WRONG), ("c.txt", UNKNOWN)]);
    let calls = [
        ["check", "--format", "text"],
        ["check", "--format", "json"],
        ["check", "--format", "jsonl"],
        ["claims", "--format", "text"],
        ["claims", "--format", "csv"],
        ["claims", "--format", "jsonl"],
    ];
    for call in calls {
        let once = run(&dir, &[&call[..], &["a.md", "b.md", "c.txt"]].concat());
        let again = run(&dir, &[&call[..], &["--jobs", "1", "a.md", "b.md", "c.txt"]].concat());
        assert!(!once.stdout.is_empty(), "{call:?}");
        assert_eq!(text(&once.stdout), text(&again.stdout), "{call:?}");
    }
}

#[test]
fn a_csv_sheet_has_a_header_and_a_row_for_each_number() {
    let dir = folder("csv", &[("a.md", RIGHT), ("none.txt", NO_NUMBERS)]);
    let output = run(&dir, &["claims", "--format", "csv", "a.md"]);
    let mut table = csv::Reader::from_reader(output.stdout.as_slice());
    let header = table.headers().unwrap().clone();
    let rows: Vec<_> = table.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 1);
    let cell = |name: &str| rows[0].get(header.iter().position(|n| n == name).unwrap()).unwrap();
    assert_eq!((cell("number"), cell("line"), cell("interval_upper")), ("13,000", "6", "14000"));
    let empty = run(&dir, &["claims", "--format", "csv", "none.txt"]);
    assert!(text(&empty.stdout).starts_with("article,id,block,number,"));
}

#[test]
fn each_format_goes_to_its_file() {
    let dir = folder("files", &[("a.md", RIGHT), ("r.json", "old")]);
    let args = ["check", "a.md", "--format", "text", "--format", "json", "--output", "r.json"];
    let output = run(&dir, &[&args[..], &["--format", "jsonl", "-o", "f.jsonl"]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("1 number: "));
    let review = fs::read_to_string(dir.join("r.json")).unwrap();
    assert!(review.starts_with("{\n  \"schema\": \"numcheck/review/v1\""), "{review}");
    assert_eq!(fs::read_to_string(dir.join("f.jsonl")).unwrap(), "");
    let mut names: Vec<_> =
        fs::read_dir(&dir).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["a.md", "f.jsonl", "r.json"], "nothing is left beside them");
}

#[test]
fn a_closed_pipe_is_success() {
    let mut article = WRONG.to_owned();
    for i in 0..3_000 {
        let _ = writeln!(article, "\nIn the village some {} geese crossed the road.", i + 10);
    }
    let dir = folder("pipe", &[("long.md", &article)]);
    for call in [
        ["check", "--verbose", "long.md"].as_slice(),
        &["check", "--format", "json", "long.md"],
        &["claims", "long.md"],
        &["claims", "--format", "csv", "long.md"],
        &["claims", "--format", "jsonl", "long.md"],
    ] {
        let mut command = command(&dir, call);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut first = [0; 100];
        let mut out = child.stdout.take().unwrap();
        out.read_exact(&mut first).unwrap();
        drop(out);
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{call:?}: {}", text(&output.stderr));
        assert_eq!(text(&output.stderr), "", "{call:?}");
    }
}

#[test]
fn one_endless_line_takes_no_endless_time() {
    let size = 4_000_000;
    let mut article = String::with_capacity(size + 100);
    while article.len() < size {
        article.push_str("geese and ducks and swans cross the quiet road again and again, ");
    }
    article.push_str("some 77 of them on Friday");
    let dir = folder("endless", &[("line.txt", &article)]);
    let start = Instant::now();
    for args in [&["check", "line.txt"][..], &["claims", "--format", "jsonl", "line.txt"]] {
        let output = run(&dir, args);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        assert!(output.stdout.len() < 100_000, "{} bytes", output.stdout.len());
    }
    assert!(start.elapsed() < Duration::from_secs(120), "{:?}", start.elapsed());
    // Fifty megabytes in a line are no article, and are told so at once.
    let huge = "a word and another ".repeat(50_000_000 / 19);
    fs::write(dir.join("line.txt"), huge).unwrap();
    let output = run(&dir, &["check", "line.txt"]);
    assert_eq!(output.status.code(), Some(2));
    let told = text(&output.stderr);
    assert!(told.contains("line.txt: ") && told.contains("larger than 4 MiB"), "{told}");
    assert!(told.contains("help: "), "{told}");
    fs::remove_file(dir.join("line.txt")).unwrap();
}

#[test]
fn a_bad_cell_is_a_finding_in_its_table() {
    const TABLE: &str = "id,indicator,subject,entity,place,value,lower,upper,bound,unit,kind,\
        period_start,as_of,published,status,publisher,source_url,licence,note\n\
        a1,conflict_deaths,all,UKR,UKR-Donbas,13O00,,,exact,person,cumulative,2014-04-14,\
        2021-06-30,2021-07-01,estimate,OHCHR,https://example.org/,,\n";
    let dir = folder("cell", &[("a.md", RIGHT), ("tables/deaths.csv", TABLE)]);
    let table = Path::new("tables").join("deaths.csv").display().to_string();
    let args = ["check", "a.md", "--reference", "tables"];
    let output = run(&dir, &args);
    let out = text(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{out}{}", text(&output.stderr));
    assert!(out.contains(&format!("--> {table}:2:39")), "{out}");
    let output = run(&dir, &[&args[..], &["--format", "jsonl"]].concat());
    let finding: serde_json::Value =
        serde_json::from_str(text(&output.stdout).lines().next().unwrap()).unwrap();
    assert_eq!(
        (&finding["rule"], &finding["severity"]),
        (&"bad-table-cell".into(), &"error".into())
    );
    assert_eq!(finding["article"], serde_json::Value::Null);
    assert_eq!(finding["primary"]["path"], table);
    assert_eq!(
        (&finding["primary"]["line"], &finding["primary"]["column"]),
        (&2.into(), &39.into())
    );
    assert_eq!(finding["primary"]["text"], "13O00");
}

#[test]
fn a_number_and_a_rule_are_explained() {
    let row = serde_json::json!({"id": "x", "date": "2022-01-28", "text": "Some 77 geese ran."});
    let dir = folder("explain", &[("a.md", RIGHT), ("b.jsonl", &row.to_string())]);
    let explained = |what: &str| run(&dir, &["explain", what]);
    let page = explained("reference-mismatch");
    assert!(text(&page.stdout).starts_with("reference-mismatch: "), "{}", text(&page.stderr));
    let number = explained("a.md:6:40");
    assert!(text(&number.stdout).starts_with("a.md:6:40: more than 13,000 people\n"));
    assert!(text(&number.stdout).contains("13,000–14,000"));
    let row = explained("b.jsonl#x:1:6");
    assert!(text(&row.stdout).starts_with("b.jsonl#x:1:6: "), "{}", text(&row.stderr));
    for (what, said) in [
        ("a.md:6:1", "no number at a.md:6:1\n  help: the line has 13,000 at column 40"),
        ("a.md", "a.md is no place in an article"),
        ("reference-mismach", "unknown rule reference-mismach"),
        ("nosuch.md:1:1", "cannot read nosuch.md: "),
    ] {
        let output = explained(what);
        assert_eq!(output.status.code(), Some(2), "{what}");
        assert!(text(&output.stderr).contains(said), "{what}: {}", text(&output.stderr));
    }
}

#[test]
fn text_obeys_the_colour_option_and_never_repaints_the_screen() {
    let hostile = WRONG.replace("has", "\u{1b}[2J\u{202e}has");
    let dir = folder("colour", &[("a.md", WRONG), ("b.md", &hostile)]);
    let plain = run(&dir, &["check", "a.md", "b.md", "--verbose"]);
    assert!(!text(&plain.stdout).contains(['\u{1b}', '\u{202e}']));
    let coloured = run(&dir, &["check", "a.md", "--color", "always"]);
    assert!(text(&coloured.stdout).contains("\u{1b}["));
    assert!(!text(&coloured.stdout).contains("\u{1b}[2J"));
}

#[test]
fn lines_of_text_fit_eighty_columns() {
    let long = format!("{}{}", RIGHT.trim_end(), " And so the war goes on and on.".repeat(30));
    let dir = folder("width", &[("a.md", &WRONG.replace(".\n", &format!(", {long}\n")))]);
    for args in [&["check", "a.md", "--verbose"][..], &["claims", "a.md"]] {
        let output = run(&dir, args);
        // An address and the line that counts an article's numbers stay whole.
        let whole = |line: &&str| line.contains("://") || line.contains("numbers: ");
        for line in text(&output.stdout).lines().filter(|line| !whole(line)) {
            assert!(line.chars().count() <= 80, "{} columns: {line}", line.chars().count());
        }
    }
}

#[test]
fn markup_that_is_not_read_is_refused_and_never_taken_for_prose() {
    let map = "<?xml version=\"1.0\"?><svg><text>Ten people came.</text></svg>";
    let dir = folder("markup", &[("a.txt", map), ("a.rtf", "{\\rtf1 Ten}")]);
    for name in ["a.txt", "a.rtf"] {
        let output = run(&dir, &["check", name]);
        let says = text(&output.stderr);
        assert_eq!((output.status.code(), text(&output.stdout)), (Some(2), ""), "{name}: {says}");
        assert!(says.contains("is no known format") && says.contains("help:"), "{name}: {says}");
    }
    assert_eq!(run_with_stdin(&dir, &["check", "-"], map).status.code(), Some(2));
}

#[test]
fn pages_and_items_are_read_whatever_they_are_called() {
    let page =
        "<!DOCTYPE html><html><nav>Top 10 lists</nav><p>It cost 1&nbsp;000 euros.</p></html>";
    let item = "{\n  \"uri\": \"urn:a\",\n  \"body_text\": \"It cost 1,000 euros.\"\n}\n";
    let row = "{\"id\":\"a\",\"text\":\"It cost 1,000 euros.\"}\n";
    let files = [
        ("a.html", page),
        ("a.txt", page),
        ("ninjs.json", item),
        ("b.txt", item),
        ("rows.json", row),
    ];
    let dir = folder("pages", &files);
    for (name, _) in files {
        let output = run(&dir, &["claims", "--format", "csv", name]);
        assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""), "{name}");
        assert_eq!(text(&output.stdout).lines().count(), 2, "{name}: {}", text(&output.stdout));
    }
    assert_eq!(run_with_stdin(&dir, &["check", "-"], page).status.code(), Some(0));
}

#[test]
fn what_is_no_article_is_left_out_of_a_folder_and_an_error_by_name() {
    let files = [("site/a.txt", "Ten people came."), ("site/package.json", "{\"name\": \"site\"}")];
    let dir = folder("no-articles", &files);
    for words in
        [&["check", "site"][..], &["claims", "site"], &["claims", "--format", "jsonl", "site"]]
    {
        let output = run(&dir, words);
        let note =
            "numcheck: left out site/package.json: it is JSON that is no ninjs item, no article\n";
        assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), note), "{words:?}");
        let output = run(&dir, &[words, &["site/package.json"]].concat());
        let says = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{words:?}: {says}");
        assert!(says.starts_with("numcheck: cannot read site/package.json: it is JSON"), "{says}");
    }
    fs::remove_file(dir.join("site/a.txt")).unwrap();
    for words in [&["check", "site"][..], &["claims", "--format", "jsonl", "site"]] {
        let output = run(&dir, words);
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        assert!(text(&output.stderr).contains("no file there is an article"), "{words:?}");
    }
}
