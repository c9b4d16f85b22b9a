//! What silences findings, and when it no longer does: remarks, `[sic]`, decisions, a baseline,
//! unchanged lines.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const WRONG: &str = "The 2,000 troops, including 1,700 in Poland and 800 in Germany, arrived.";
const OTHER: &str = "The 900 guards, including 700 in Riga and 400 in Tartu, left.";

fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("silence").join(name);
    let _ = fs::remove_dir_all(&dir);
    for (name, text) in files {
        let path = dir.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    dir
}

fn run(dir: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_numcheck"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    command.current_dir(dir).args(words).env_clear().env("PATH", path).stdin(Stdio::null());
    command.output().unwrap()
}

/// Runs `check` and holds its exit code and the rules of its findings.
#[track_caller]
fn check(dir: &Path, words: &[&str], code: i32, rules: &[&str]) -> Vec<serde_json::Value> {
    let output = run(dir, &[&["check", "--format", "jsonl"], words].concat());
    let complaints = String::from_utf8(output.stderr).unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(code), "{words:?}\n{text}\n{complaints}");
    let findings: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let found: Vec<_> = findings.iter().map(|f| f["rule"].as_str().unwrap()).collect();
    assert_eq!(found, rules, "{words:?}\n{complaints}");
    findings
}

/// Holds what is found in one text.
#[track_caller]
fn check_text(name: &str, text: &str, code: i32, rules: &[&str]) {
    check(&folder(name, &[(name, text)]), &[name], code, rules);
}

const EXCESS: &str = "parts-exceed-total";
const UNUSED: &str = "unused-waiver";

#[test]
fn remarks_silence_the_next_line_a_block_or_the_file() {
    let next = format!("<!-- numcheck-disable-next-line {EXCESS} -- quoted as said -->\n");
    check_text("next.md", &format!("{next}\n{WRONG}\n\n{OTHER}\n"), 1, &[EXCESS]);
    check_text("all.md", &format!("<!-- numcheck-disable-next-line -->\n{WRONG}\n"), 0, &[]);
    let block =
        format!("<!-- numcheck-disable {EXCESS} -->\n\n{WRONG}\n\n<!-- numcheck-enable -->");
    check_text("block.md", &format!("{block}\n\n{OTHER}\n"), 1, &[EXCESS]);
    let file = format!("// numcheck-disable-file {EXCESS}, headline-mismatch -- satire\n");
    check_text("file.txt", &format!("{file}{WRONG}\n\n{OTHER}\n"), 0, &[]);
    check_text(
        "slashes.txt",
        &format!("// numcheck-disable-next-line {EXCESS}\n{WRONG}\n"),
        0,
        &[],
    );
}

#[test]
fn a_remark_that_silences_nothing_is_reported() {
    let right = "The 2,500 troops, including 1,700 in Poland and 800 in Germany, arrived.";
    let next = format!("<!-- numcheck-disable-next-line {EXCESS} -->\n");
    check_text("unused.md", &format!("{next}{right}\n"), 0, &[UNUSED]);
    let wrong_rule = "<!-- numcheck-disable-next-line parts-exced-total -->\n";
    check_text("no-rule.md", &format!("{wrong_rule}{WRONG}\n"), 1, &[EXCESS, UNUSED]);
    let other = "<!-- numcheck-disable-next-line headline-mismatch -->\n";
    check_text("other.md", &format!("{other}{WRONG}\n"), 1, &[EXCESS, UNUSED]);
    let dir = folder("unused-not-run", &[("a.md", &format!("{next}{right}\n"))]);
    check(&dir, &["--ignore", EXCESS, "a.md"], 0, &[]);
}

#[test]
fn sic_stands_behind_the_number_or_its_noun() {
    let sic = |after: &str| WRONG.replacen(after, &format!("{after} [sic]"), 1);
    check_text("number.txt", &sic("2,000"), 0, &[]);
    check_text("noun.txt", &sic("troops"), 0, &[]);
    check_text("part.txt", &sic("Germany"), 1, &[EXCESS]);
}

#[test]
fn a_waiver_changes_findings_and_no_status() {
    let text = format!("<!-- numcheck-disable-next-line -->\n{WRONG}\n");
    let dir = folder("status", &[("a.md", &text)]);
    let output = run(&dir, &["check", "--format", "json", "a.md"]);
    let review: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(review["articles"][0]["numbers"]["contradicted"], 1);
    assert_eq!(review["findings"].as_array().unwrap().len(), 0);
    assert_eq!(review["waived"][0]["by"], "remark");
    assert_eq!(review["waived"][0]["finding"]["rule"], EXCESS);
    let output = run(&dir, &["check", "--format", "sarif", "a.md"]);
    let log: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(log["runs"][0]["results"][0]["suppressions"][0]["kind"], "inSource");
}

#[test]
fn a_baseline_holds_until_the_number_changes() {
    let dir = folder("baseline", &[("in/a.txt", WRONG), ("in/b.txt", OTHER)]);
    let file = ["--baseline", "known.toml"];
    check(&dir, &["--baseline", "known.toml", "--update-baseline", "in"], 0, &[]);
    check(&dir, &["--baseline", "known.toml", "in"], 0, &[]);
    // From another folder, and by another name of the file.
    check(&dir.join("in"), &["--baseline", "../known.toml", "a.txt"], 0, &[]);
    fs::write(dir.join("in/c.txt"), WRONG.replace("2,000", "2,100")).unwrap();
    check(&dir, &["--baseline", "known.toml", "in"], 1, &[EXCESS]);
    // The number changes: the finding is back, and the entry is reported.
    fs::write(dir.join("in/a.txt"), WRONG.replace("2,000", "2,200")).unwrap();
    check(&dir, &["--baseline", "known.toml", "in/a.txt"], 1, &[EXCESS, UNUSED]);
    let output = run(&dir, &[&["baseline"], &file[..], &["in"]].concat());
    let says = String::from_utf8(output.stdout).unwrap();
    assert_eq!(says, "known.toml: 1 of 2 entries stay, 1 are taken out\n");
    check(&dir, &["--baseline", "known.toml", "in"], 1, &[EXCESS, EXCESS]);
    check(&dir, &["--update-baseline", "in"], 2, &[]);
}

/// A decision on the finding in a text, as the program would write it for a baseline.
fn decided(dir: &Path, more: &str) {
    let _ = fs::remove_file(dir.join("numcheck-decisions.toml"));
    run(dir, &["check", "--baseline", "made.toml", "--update-baseline", "a.txt"]);
    let text = fs::read_to_string(dir.join("made.toml")).unwrap();
    fs::remove_file(dir.join("made.toml")).unwrap();
    let text = text.replace("action = \"accept\"", &format!("action = \"waive\"\n{more}"));
    fs::write(dir.join("numcheck-decisions.toml"), text).unwrap();
}

#[test]
fn decisions_beside_the_article_are_honoured() {
    let dir = folder("decisions", &[("a.txt", WRONG)]);
    decided(&dir, "reason = \"quoted as said\"\nauthor = \"M. Editor\"\nexpires = 2999-01-01");
    check(&dir, &["a.txt"], 0, &[]);
    check(dir.parent().unwrap(), &["decisions/a.txt"], 0, &[]);
    decided(&dir, "expires = \"2020-01-01\"");
    let findings = check(&dir, &["a.txt"], 1, &[EXCESS, UNUSED]);
    assert_eq!(
        findings[1]["message"],
        "the decision on 2,000 (parts-exceed-total) has expired on 2020-01-01"
    );
    fs::write(dir.join("numcheck-decisions.toml"), "[[decision]]\nrule = \"x\"\n").unwrap();
    check(&dir, &["a.txt"], 2, &[]);
}

#[test]
fn a_waiver_dies_when_the_reference_row_changes() {
    let table = |value: &str| {
        format!(
            "indicator,subject,entity,place,value,bound,unit,kind,period_start,as_of,published,\
             status,publisher,source_url\nearthquake_deaths,deaths,JPN,JPN,{value},exact,person,\
             cumulative,2024-01-01,2024-01-03,2024-01-03,official,Fire Service,https://example.org\n"
        )
    };
    let article = "---\ntitle: Rescuers search on\ndate: 2024-01-04\n---\n\nThe earthquake in Japan \
                   has killed 46 people.\n";
    let sources = "publisher,title,type,rank,party\nFire Service,Fire Service,government,1,no\n";
    let files = [("a.txt", article), ("t/sources.csv", sources), ("t/quakes.csv", &*table("64"))];
    let dir = folder("row", &files);
    fs::rename(dir.join("a.txt"), dir.join("a.md")).unwrap();
    let words = ["--reference", "t", "--baseline", "b.toml", "a.md"];
    check(&dir, &[&words[..], &["--update-baseline"]].concat(), 0, &[]);
    check(&dir, &words, 0, &[]);
    fs::write(dir.join("t/quakes.csv"), table("65")).unwrap();
    check(&dir, &words, 1, &["reference-mismatch", UNUSED]);
}

fn git(dir: &Path, words: &[&str]) {
    let mut command = Command::new("git");
    command.current_dir(dir).args(["-c", "user.name=a", "-c", "user.email=a@example.org"]);
    let output = command.args(words).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn only_changed_lines_count_since_a_revision() {
    let dir = folder("changed", &[("a.txt", &format!("{WRONG}\n\nQuiet.\n"))]);
    git(&dir, &["init", "-q", "-b", "main"]);
    git(&dir, &["add", "."]);
    git(&dir, &["commit", "-qm", "one"]);
    check(&dir, &["--changed-since", "main", "a.txt"], 0, &[]);
    fs::write(dir.join("a.txt"), format!("{WRONG}\n\nQuiet.\n\n{OTHER}\n")).unwrap();
    let found = check(&dir, &["--changed-since", "main", "a.txt"], 1, &[EXCESS]);
    assert_eq!(found[0]["primary"]["line"], 5);
    // A file that git does not know is new as a whole.
    fs::write(dir.join("b.txt"), WRONG).unwrap();
    check(&dir, &["--changed-since", "HEAD", "b.txt"], 1, &[EXCESS]);
    check(&dir, &["--changed-since", "no-such", "a.txt"], 2, &[]);
}

#[test]
fn rules_are_graded_by_settings_and_flags() {
    let settings = "fail-on = \"warning\"\n[rules]\nparts-exceed-total = \"note\"\n\
                    [[overrides]]\npaths = [\"sport/**\"]\nrules = { parts-exceed-total = \"off\" }\n";
    let files = [("numcheck.toml", settings), ("a.txt", WRONG), ("sport/b.txt", OTHER)];
    let dir = folder("graded", &files);
    let found = check(&dir, &["."], 0, &[EXCESS]);
    assert_eq!((&found[0]["severity"], &found[0]["article"]), (&"note".into(), &"a.txt".into()));
    // A flag wins.
    check(&dir, &["--severity", "parts-exceed-total=warning", "a.txt"], 1, &[EXCESS]);
    check(&dir, &["--fail-on", "note", "."], 1, &[EXCESS]);
    // The settings are found upward from the article.
    check(&dir.join("sport"), &["b.txt"], 0, &[]);
}

/// Holds what is said of a settings file that cannot be used.
#[track_caller]
fn check_config(name: &str, settings: &str, says: &str) {
    let dir = folder(name, &[("numcheck.toml", settings), ("a.txt", "One.")]);
    let output = run(&dir, &["check", "a.txt"]);
    let complaint = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), complaint.trim_end()), (Some(2), says));
}

#[test]
fn settings_that_cannot_be_used_say_where_and_what_to_do() {
    check_config(
        "key",
        "across = true\nfail_on = \"error\"\n",
        "numcheck: numcheck.toml:2:1: there is no setting fail_on\n  help: did you mean fail-on? \
         `numcheck init` writes a file with every setting",
    );
    check_config(
        "rule",
        "[rules]\nheadline-mismach = \"off\"\n",
        "numcheck: numcheck.toml: unknown rule headline-mismach\n  help: did you mean \
         headline-mismatch? `numcheck rules` lists them all",
    );
    check_config(
        "value",
        "fail-on = \"fatal\"\n",
        "numcheck: numcheck.toml: fail-on cannot be fatal\n  help: write one of: error, warning, \
         note, never",
    );
}

#[test]
fn init_writes_a_file_that_holds_with_every_setting_taken_up() {
    let dir = folder("init", &[("a.txt", "One.")]);
    let output = run(&dir, &["init"]);
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "./numcheck.toml is written\n");
    check(&dir, &["a.txt"], 0, &[]);
    let text = fs::read_to_string(dir.join("numcheck.toml")).unwrap();
    // Settings are the comments that hold an equals sign or a bracket, as `# key = value`.
    let is_setting = |line: &str| {
        let words: Vec<_> = line.split(' ').collect();
        words.first().is_some_and(|w| w.starts_with('[')) || words.get(1) == Some(&"=")
    };
    let taken_up: Vec<_> = text
        .lines()
        .map(|line| line.strip_prefix("# ").filter(|rest| is_setting(rest)).unwrap_or(line))
        .collect();
    fs::write(dir.join("numcheck.toml"), taken_up.join("\n")).unwrap();
    check(&dir, &["a.txt"], 0, &[]);
    let settings: toml::Table = taken_up.join("\n").parse().unwrap();
    let schema = String::from_utf8(run(&dir, &["init", "--schema"]).stdout).unwrap();
    let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
    let described: Vec<_> = schema["properties"].as_object().unwrap().keys().cloned().collect();
    let mut written: Vec<_> = settings.keys().cloned().collect();
    written.sort();
    assert_eq!(described, written);
    assert_eq!(run(&dir, &["init"]).status.code(), Some(2));
}

#[test]
fn completions_and_the_manual_know_the_commands() {
    let dir = folder("manual", &[("a.txt", "One.")]);
    for words in [&["completions", "bash"][..], &["completions", "fish"], &["man"]] {
        let text = String::from_utf8(run(&dir, words).stdout).unwrap();
        assert!(text.contains("baseline") && text.contains("explain"), "{words:?}");
    }
}
