//! `numcheck compare`: series over several articles.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("compare").join(name);
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir).unwrap();
    for (name, text) in files {
        fs::write(dir.join(name), text).unwrap();
    }
    dir
}

fn compare(dir: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_numcheck"));
    let all = [&["compare"], words].concat();
    command.current_dir(dir).args(all).env_clear().stdin(Stdio::null()).output().unwrap()
}

const FIRST: &str = "Quake levels a market in Indonesia\n20240912\nhttps://example.org/a\nThe earthquake \
                     killed 2,901 people in Medan on Tuesday, most of them in the old town.\n";
const SECOND: &str = "Hospitals fill after tremor in Indonesia\n20240912\nhttps://example.net/b\nRescue \
                      teams dug through the night with bare hands.\nThe earthquake killed 2,091 people \
                      in Medan on Tuesday.\n";
const LATER: &str = "Quake toll rises in Indonesia\n20240914\nhttps://example.com/c\nHope faded for those \
                     under the rubble of the fish hall.\nThe earthquake killed 3,250 people in Medan, \
                     the governor said.\n";

#[test]
fn a_series_shows_who_says_what_and_when() {
    let dir = folder("conflict", &[("a.txt", FIRST), ("b.txt", SECOND), ("c.txt", LATER)]);
    let output = compare(&dir, &["a.txt", "b.txt", "c.txt"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{text}");
    insta::assert_snapshot!(text, @r"
    killed · earthquake IDN-Medan 2024-09-12 · new: conflict
      2024-09-12  example.org  2,901 people  a.txt:4:23
      2024-09-12  example.net  2,091 people  b.txt:5:23
      2024-09-14  example.com  3,250 people  the governor, c.txt:5:23

    3 articles, 1 series: 0 agree, 0 grow, 1 conflict
    ");
}

#[test]
fn the_order_of_the_articles_does_not_matter() {
    let files = [("a.txt", FIRST), ("b.txt", SECOND), ("c.txt", LATER)];
    let dir = folder("order", &files);
    let one = compare(&dir, &["a.txt", "b.txt", "c.txt"]);
    let other = compare(&dir, &["c.txt", "a.txt", "b.txt"]);
    assert_eq!(String::from_utf8(one.stdout), String::from_utf8(other.stdout));
}

#[test]
fn a_toll_that_rises_grows() {
    let dir = folder("grow", &[("a.txt", FIRST), ("c.txt", LATER)]);
    let output = compare(&dir, &["--format", "json", "a.txt", "c.txt"]);
    let review: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let series = &review["series"][0];
    assert_eq!(series["verdict"], "grow");
    assert_eq!(series["points"][1]["lower"], "3250");
    assert_eq!(review["findings"].as_array().unwrap().len(), 0);
}

#[test]
fn findings_make_the_run_fail_as_in_check() {
    let dir = folder("fail", &[("a.txt", FIRST), ("b.txt", SECOND)]);
    let code = |words: &[&str]| compare(&dir, words).status.code();
    assert_eq!(code(&["a.txt", "b.txt"]), Some(0));
    assert_eq!(code(&["--fail-on", "warning", "a.txt", "b.txt"]), Some(1));
    assert_eq!(code(&["a.txt", "missing.txt"]), Some(2));
    // One article is held against nothing.
    assert_eq!(code(&["a.txt"]), Some(2));
}
