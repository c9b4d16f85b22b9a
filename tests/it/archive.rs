//! `numcheck archive`, and `check --archive`: yesterday's articles as evidence.

use numcheck::archive::Archive;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("archive").join(name);
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir).unwrap();
    for (name, text) in files {
        fs::write(dir.join(name), text).unwrap();
    }
    dir
}

fn command(dir: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_numcheck"));
    command.current_dir(dir).args(words).env_clear().stdin(Stdio::null());
    command
}

fn run(dir: &Path, words: &[&str]) -> Output {
    command(dir, words).output().unwrap()
}

/// What is said on standard output, where the run ends as expected.
#[track_caller]
fn said(dir: &Path, words: &[&str], code: i32) -> String {
    let output = run(dir, words);
    let (out, err) = (String::from_utf8(output.stdout), String::from_utf8(output.stderr));
    let (out, err) = (out.unwrap(), err.unwrap());
    assert_eq!(output.status.code(), Some(code), "{words:?}\n{out}\n{err}");
    out
}

#[track_caller]
fn review(dir: &Path, words: &[&str]) -> serde_json::Value {
    let words = [&["check", "--fail-on", "never", "--format", "json"], words].concat();
    serde_json::from_str(&said(dir, &words, 0)).unwrap()
}

const QUAKE: &str = "Quake levels a market in Indonesia\n20240912\nhttps://example.org/a\nThe earthquake \
                     killed 2,901 people in Medan on Tuesday, most of them in the old town.\n";
const OTHER: &str = "Hospitals fill after tremor in Indonesia\n20240912\nhttps://example.net/b\nRescue \
                     teams dug through the night with bare hands.\nThe earthquake killed 2,901 people \
                     in Medan on Tuesday.\n";
const DRAFT: &str = "Medan mourns its dead\n20240913\nhttps://example.com/c\nFlags were lowered over the \
                     harbour.\nThe earthquake killed 2,091 people in Medan on Tuesday.\n";

#[test]
fn what_is_added_is_listed_found_and_removed() {
    let dir = folder("commands", &[("a.txt", QUAKE), ("b.txt", OTHER)]);
    let add = |code| said(&dir, &["archive", "add", "--archive", "n.db", "a.txt", "b.txt"], code);
    insta::assert_snapshot!(add(0), @r"
    added        1  a.txt (1 numbers)
    added        2  b.txt (1 numbers)
    2 added, 0 changed, 0 known before; n.db has 2 articles, 2 numbers
    ");
    let before = fs::read(dir.join("n.db")).unwrap();
    insta::assert_snapshot!(add(0), @r"
    known        1  a.txt (1 numbers)
    known        2  b.txt (1 numbers)
    0 added, 0 changed, 2 known before; n.db has 2 articles, 2 numbers
    ");
    assert!(fs::read(dir.join("n.db")).unwrap() == before, "adding again changed the file");
    insta::assert_snapshot!(said(&dir, &["archive", "list", "--archive", "n.db"], 0), @r"
         1  2024-09-12  example.org  Quake levels a market in Indonesia (1 numbers)
         2  2024-09-12  example.net  Hospitals fill after tremor in Indonesia (1 numbers)
    ");
    let query = ["archive", "query", "--archive", "n.db", "old town", "--measure", "killed"];
    insta::assert_snapshot!(said(&dir, &query, 0), @r"
    2024-09-12  example.org  2,901 · civilians_killed · IDN-Medan  (article 1)
        The earthquake killed 2,901 people in Medan on Tuesday, most of them in the old town.
    ");
    fs::write(dir.join("a.txt"), QUAKE.replace("2,901", "2,960")).unwrap();
    insta::assert_snapshot!(add(0), @r"
    changed      3  a.txt (1 numbers)
    known        2  b.txt (1 numbers)
    0 added, 1 changed, 1 known before; n.db has 2 articles, 2 numbers
    ");
    let all = said(&dir, &["archive", "list", "--all", "--archive", "n.db"], 0);
    assert!(all.contains("(1 numbers, replaced by 3)"), "{all}");
    let remove = ["archive", "remove", "--archive", "n.db", "a.txt"];
    insta::assert_snapshot!(said(&dir, &remove, 0), @"2 removed; n.db has 1 articles, 1 numbers");
    assert_eq!(run(&dir, &remove).status.code(), Some(2));
    // An article that cannot be read keeps the others from nothing.
    let some = ["archive", "add", "--archive", "n.db", "missing.txt", "a.txt"];
    assert!(said(&dir, &some, 2).contains("1 added"));
}

#[test]
fn what_is_wrong_with_an_archive_is_said() {
    let dir = folder("errors", &[("a.txt", QUAKE), ("text.db", QUAKE)]);
    let check = |file: &str, expected: &str| {
        let output = run(&dir, &["check", "a.txt", "--archive", file]);
        let err = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{err}");
        assert!(err.contains(expected), "{err}");
    };
    check("missing.db", "numcheck: cannot open the archive missing.db: no such file");
    check("text.db", "numcheck: cannot open the archive text.db: it is no database");
}

#[test]
fn a_draft_is_held_against_what_was_published() {
    let dir = folder("draft", &[("a.txt", QUAKE), ("b.txt", OTHER), ("c.txt", DRAFT)]);
    said(&dir, &["archive", "add", "--archive", "n.db", "a.txt", "b.txt"], 0);
    let review = review(&dir, &["--archive", "n.db", "c.txt"]);
    assert_eq!(review["articles"].as_array().unwrap().len(), 1);
    assert_eq!(review["claims"].as_array().unwrap().len(), 1);
    let all = review["findings"].as_array().unwrap();
    let findings: Vec<_> = all.iter().filter(|f| f["rule"] == "articles-disagree").collect();
    assert_eq!(findings.len(), 1, "{all:#?}");
    assert!(all.iter().all(|finding| finding["article"] == "c.txt"), "{all:#?}");
    let message = findings[0]["message"].as_str().unwrap();
    assert!(message.contains("2,901 people in example.org, 2024-09-12"), "{message}");
    let related = &findings[0]["related"][0];
    assert_eq!(related["path"], "n.db#1");
    assert_eq!(related["text"], "2,901");
    let said = related["message"].as_str().unwrap();
    assert!(said.contains("most of them in the old town"), "{said}");
    assert_eq!(review["series"][0]["points"].as_array().unwrap().len(), 3);
}

#[test]
fn two_other_sources_that_agree_support_a_claim() {
    let right = DRAFT.replace("2,091", "2,901");
    let dir = folder("support", &[("a.txt", QUAKE), ("b.txt", OTHER), ("c.txt", &right)]);
    said(&dir, &["archive", "add", "--archive", "n.db", "a.txt", "b.txt", "c.txt"], 0);
    let claim = review(&dir, &["--archive", "n.db", "c.txt"])["claims"][0].clone();
    assert_eq!((&claim["status"], &claim["by"]), (&"supported".into(), &"articles".into()));
    let evidence = claim["evidence"].as_array().unwrap();
    let from: Vec<_> = evidence.iter().map(|e| e["article"].as_str().unwrap()).collect();
    assert_eq!(from, ["n.db#1", "n.db#2"]);
    // What is known of others does not make it known of the article itself.
    let first = review(&dir, &["--archive", "n.db", "a.txt"])["claims"][0].clone();
    assert_eq!(first["status"], "unchecked", "a later article is no evidence: {first}");
}

#[test]
fn copies_and_later_articles_are_no_evidence() {
    let right = DRAFT.replace("2,091", "2,901");
    let copy = OTHER.replace("example.net/b", "example.se/copy");
    let later = QUAKE.replace("20240912", "20240914");
    let files =
        [("b.txt", OTHER), ("copy.txt", &*copy), ("later.txt", &*later), ("c.txt", &*right)];
    let dir = folder("no-evidence", &files);
    said(&dir, &["archive", "add", "--archive", "n.db", "b.txt", "copy.txt", "later.txt"], 0);
    let review = review(&dir, &["--archive", "n.db", "c.txt"]);
    assert_eq!(review["claims"][0]["status"], "unchecked");
    let points = review["series"][0]["points"].as_array().unwrap();
    let days: Vec<_> = points.iter().map(|point| point["date"].as_str().unwrap()).collect();
    assert_eq!(days, ["2024-09-12", "2024-09-12", "2024-09-13"]);
}

/// How often the writer is killed.
const KILLS: u64 = 50;

/// Articles that a writer is given each time.
const STORIES: usize = 400;

/// A file of short stories whose ids begin with the round.
fn stories(round: u64) -> String {
    let mut text = String::new();
    for n in 0..STORIES {
        let killed = n + 3;
        let _ = writeln!(
            text,
            "{{\"id\":\"{round}-{n}\",\"date\":\"2024-07-0{}\",\"title\":\"Flood {n}\",\"text\":\
             \"The flood killed {killed} people in Lagos.\"}}",
            n % 9 + 1
        );
    }
    text
}

#[test]
fn a_writer_that_is_killed_loses_nothing_it_has_reported() {
    let dir = folder("killed", &[]);
    let mut reported: BTreeSet<String> = BTreeSet::new();
    let mut cut_short = 0;
    let mut chance = 0x9e37_79b9_7f4a_7c15_u64;
    // How long a run takes that nobody disturbs, on this machine at this time.
    fs::write(dir.join("whole.jsonl"), stories(KILLS)).unwrap();
    let start = Instant::now();
    said(&dir, &["archive", "add", "--quiet", "--archive", "whole.db", "whole.jsonl"], 0);
    let whole = u64::try_from(start.elapsed().as_millis()).unwrap() * 5 / 4;
    for round in 0..KILLS {
        let name = format!("{round}.jsonl");
        fs::write(dir.join(&name), stories(round)).unwrap();
        let out = dir.join("said.txt");
        let mut child = command(&dir, &["archive", "add", "--archive", "n.db", &name])
            .stdout(File::create(&out).unwrap())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        chance =
            chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        std::thread::sleep(Duration::from_millis((chance >> 33) % whole));
        child.kill().unwrap();
        child.wait().unwrap();
        let said = fs::read_to_string(&out).unwrap();
        // The last line may be cut.
        let lines = said.split_inclusive('\n').filter(|line| line.ends_with('\n'));
        let added = lines.filter_map(|line| line.strip_prefix("added ")?.split_whitespace().nth(1));
        let before = reported.len();
        reported.extend(added.map(str::to_owned));
        cut_short += usize::from(reported.len() - before < STORIES);
        fs::remove_file(dir.join(&name)).unwrap();
        if !dir.join("n.db").exists() || reported.is_empty() {
            continue;
        }
        let archive = Archive::open(&dir.join("n.db")).unwrap();
        if round % 10 == 9 {
            assert_eq!(archive.faults().unwrap(), Vec::<String>::new(), "round {round}");
        }
        let there: BTreeSet<String> = archive.list().unwrap().into_iter().map(|a| a.name).collect();
        let lost: Vec<_> = reported.difference(&there).take(3).collect();
        assert!(lost.is_empty(), "round {round} lost {lost:?}");
    }
    assert!(cut_short > 10 && !reported.is_empty(), "{cut_short} cut, {} reported", reported.len());
    // A later run takes up where the killed ones stopped.
    fs::write(dir.join("0.jsonl"), stories(0)).unwrap();
    said(&dir, &["archive", "add", "--quiet", "--archive", "n.db", "0.jsonl"], 0);
    let archive = Archive::open(&dir.join("n.db")).unwrap();
    assert_eq!(archive.faults().unwrap(), Vec::<String>::new());
    let first = archive.list().unwrap().iter().filter(|a| a.name.starts_with("0.jsonl#")).count();
    assert_eq!(first, STORIES);
}
