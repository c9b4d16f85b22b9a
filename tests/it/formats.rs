//! The formats for machines: the units of their columns, what they escape, and identities that
//! survive edits.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// What is wrong in it: three parts of a total that are more than the total, behind characters of
/// two, three and four bytes.
const SENTENCE: &str = "“Grüße – €” and 𝟏: the 2,000 troops, including 1,700 in Poland and 800 in \
                        Germany, arrived; 5% stayed.";

fn folder(name: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("formats").join(name);
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir).unwrap();
    dir
}

fn run(dir: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_numcheck"));
    command.current_dir(dir).args(words).env_clear().output().unwrap()
}

/// What `check` prints of a text in a format.
fn checked(name: &str, bytes: &[u8], format: &str) -> String {
    let dir = folder(name);
    fs::write(dir.join("a,b.txt"), bytes).unwrap();
    let output = run(&dir, &["check", "--format", format, "a,b.txt"]);
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// The text on two lines, as an editor on Windows saves it: a mark in front, CRLF behind.
fn windows() -> Vec<u8> {
    format!("\u{feff}A headline\r\n\r\n{SENTENCE}\r\n").into_bytes()
}

/// The columns of the total from 1: in characters, and in bytes.
fn columns() -> (usize, usize) {
    let byte = SENTENCE.find("2,000").unwrap();
    (SENTENCE[..byte].chars().count() + 1, byte + 1)
}

#[test]
fn sarif_counts_characters() {
    let log = json(&checked("sarif", &windows(), "sarif"));
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let place = &run["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "a%2Cb.txt");
    let (start, _) = columns();
    assert_eq!(place["region"]["startLine"], 3);
    assert_eq!(place["region"]["startColumn"], start);
    assert_eq!(place["region"]["endColumn"], start + 5);
    assert_eq!(place["region"]["snippet"]["text"], "2,000");
    let rule = &run["tool"]["driver"]["rules"][0];
    assert_eq!(rule["id"], run["results"][0]["ruleId"]);
    assert!(rule["help"]["markdown"].as_str().unwrap().contains("```article"));
}

#[test]
fn rdjson_counts_bytes() {
    let found = json(&checked("rdjson", &windows(), "rdjson"));
    let range = &found["diagnostics"][0]["location"]["range"];
    let (_, start) = columns();
    assert_eq!(range["start"]["line"], 3);
    assert_eq!(range["start"]["column"], start);
    assert_eq!(range["end"]["column"], start + 5);
}

#[test]
fn github_escapes_what_ends_a_command() {
    let text = checked("github", &windows(), "github");
    let (start, _) = columns();
    let (end, head) = (start + 5, "::error file=a%2Cb.txt,line=3");
    let expected = format!("{head},col={start},endLine=3,endColumn={end},title=numcheck (");
    assert!(text.starts_with(&expected), "{text}\n{expected}");
    assert_eq!(text.lines().filter(|line| line.starts_with("::")).count(), 1);
}

#[test]
fn github_keeps_the_rest_for_the_summary() {
    let dir = folder("github-many");
    let sentence =
        "The 2,000 troops of brigade NN, including 1,700 in Poland and 800 in Germany, came.";
    let names = ('a'..='o').map(|c| sentence.replace("NN", &c.to_string()));
    fs::write(dir.join("a.txt"), names.collect::<Vec<_>>().join("\n\n")).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_numcheck"));
    let words = ["check", "--format", "github", "a.txt"];
    let output = command.current_dir(&dir).args(words).env_clear();
    let output = output.env("GITHUB_STEP_SUMMARY", dir.join("summary.md")).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.lines().filter(|line| line.starts_with("::error")).count(), 10, "{text}");
    assert!(text.contains("5 more, beyond what is drawn"), "{text}");
    let summary = fs::read_to_string(dir.join("summary.md")).unwrap();
    assert_eq!(summary.lines().filter(|line| line.starts_with("| **error**")).count(), 15);
}

#[test]
fn checkstyle_and_junit_are_well_formed() {
    let text = checked("checkstyle", &windows(), "checkstyle");
    let (start, _) = columns();
    assert!(text.contains(&format!("<error line=\"3\" column=\"{start}\" severity=\"error\"")));
    assert!(text.contains("<file name=\"a,b.txt\">"), "{text}");
    let text = checked("junit", &windows(), "junit");
    // The total fails; its two parts and the percentage are held against nothing.
    assert!(text.contains("tests=\"4\" failures=\"1\" errors=\"0\" skipped=\"3\""), "{text}");
    assert!(text.contains("<skipped message=\"no reference series\"/>"), "{text}");
}

#[test]
fn junit_has_a_test_where_there_is_no_number() {
    let dir = folder("junit-none");
    fs::write(dir.join("a.txt"), "A quiet day.\n").unwrap();
    let output = run(&dir, &["check", "--format", "junit", "a.txt"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("<testsuites name=\"numcheck\" tests=\"1\" failures=\"0\""), "{text}");
    assert!(text.contains("name=\"no numbers\""), "{text}");
}

#[test]
fn junit_fails_by_what_makes_the_run_fail() {
    let dir = folder("junit-never");
    fs::write(dir.join("a.txt"), SENTENCE).unwrap();
    let failures = |fail_on| {
        let words = ["check", "--format", "junit", "--fail-on", fail_on, "a.txt"];
        let text = String::from_utf8(run(&dir, &words).stdout).unwrap();
        text.matches("<failure ").count()
    };
    assert_eq!((failures("note"), failures("error")), (1, 1));
}

/// The identities of findings in a format, by a path of keys below each of them.
fn identities(text: &str, format: &str) -> Vec<String> {
    let found = json(&checked("identity", text.as_bytes(), format));
    let (list, key) = match format {
        "sarif" => (&found["runs"][0]["results"], "/partialFingerprints/primaryLocationLineHash"),
        "gitlab" => (&found, "/fingerprint"),
        _ => (&found["findings"], "/fingerprint"),
    };
    let all = list.as_array().unwrap().iter();
    all.map(|one| one.pointer(key).unwrap().as_str().unwrap().to_owned()).collect()
}

#[test]
fn identities_survive_edits_elsewhere_and_tell_findings_of_a_line_apart() {
    let second = "The 900 guards, including 700 in Riga and 400 in Tartu, left.";
    let line = format!("{SENTENCE} {second}\n");
    let edited = format!("A new paragraph with 17 words.\n\n{line}");
    for format in ["sarif", "gitlab", "json"] {
        let before = identities(&line, format);
        assert_eq!(before.len(), 2, "{format}: {before:?}");
        assert_ne!(before[0], before[1], "{format}");
        assert_eq!(before, identities(&edited, format), "{format}");
    }
}

#[test]
fn markdown_shows_every_finding_and_its_number() {
    let text = checked("markdown", SENTENCE.as_bytes(), "markdown");
    assert!(text.starts_with("<!-- numcheck -->\n"), "{text}");
    assert!(text.contains("| **error** `parts-exceed-total` | a,b.txt:1:"), "{text}");
    assert!(text.contains("1,700 + 800 = 2,500, more than 2,000"), "{text}");
}
