//! What docs/ci.md has people put into their repositories, run as a runner would.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const WRONG: &str = "The 2,000 troops, including 1,700 in Poland and 800 in Germany, arrived.\n";
const RIGHT: &str = "The 2,500 troops, including 1,700 in Poland and 800 in Germany, arrived.\n";

/// A repository with one commit of a sound article, and a change that makes it wrong.
fn repository(name: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("ci").join(name);
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(dir.join("articles")).unwrap();
    fs::write(dir.join("articles/troops.txt"), RIGHT).unwrap();
    fs::write(dir.join("articles/old fault.txt"), WRONG).unwrap();
    let me = ["-c", "user.name=An Editor", "-c", "user.email=desk@example.org"];
    for words in [
        &["init", "--quiet", "--initial-branch", "main"][..],
        &["add", "."],
        &[&me[..], &["commit", "--quiet", "--message", "Articles"]].concat(),
        &["checkout", "--quiet", "-b", "story"],
    ] {
        let done = command(&dir, "git").args(words).output().unwrap();
        assert!(done.status.success(), "git {words:?}: {done:?}");
    }
    fs::write(dir.join("articles/troops.txt"), WRONG).unwrap();
    dir
}

/// A program as a runner starts it, with numcheck on the path.
fn command(dir: &Path, program: &str) -> Command {
    let numcheck = Path::new(env!("CARGO_BIN_EXE_numcheck")).parent().unwrap();
    let path = std::env::var("PATH").unwrap_or_default();
    let mut command = Command::new(program);
    command.current_dir(dir).env_clear().stdin(Stdio::null());
    command.env("PATH", format!("{}:{path}", numcheck.display()));
    command
}

/// The text of a script under `run: |` in the step of that name.
fn script(file: &str, step: &str) -> String {
    let text = fs::read_to_string(file).unwrap();
    let (_, step) = text.split_once(&format!("- name: {step}\n")).expect("a step of that name");
    let step = step.split("\n    - ").next().unwrap();
    let (_, lines) = step.split_once("run: |\n").expect("a script");
    let lines = lines.lines().take_while(|line| line.starts_with("        "));
    lines.map(|line| line[8..].to_owned() + "\n").collect()
}

/// Runs the check of action.yml with what a workflow gives under `with:`.
fn act(dir: &Path, inputs: &[(&str, &str)]) -> Output {
    let mut given: BTreeMap<_, _> =
        [("PATHS", "."), ("FAIL_ON", ""), ("CHANGED_SINCE", ""), ("ARGUMENTS", "")].into();
    given.extend(inputs.iter().copied());
    let script = script("action.yml", "Check the articles");
    // As GitHub starts `shell: bash`.
    let words = ["--noprofile", "--norc", "-eo", "pipefail", "-c", &script];
    command(dir, "bash").args(words).envs(given).output().unwrap()
}

#[track_caller]
fn hold(output: &Output, code: i32, annotated: &[&str]) {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    assert_eq!(output.status.code(), Some(code), "{output:?}");
    let files: Vec<_> = text
        .lines()
        .filter_map(|line| line.strip_prefix("::error file=")?.split_once(','))
        .map(|(file, _)| file)
        .collect();
    assert_eq!(files, annotated, "{text}");
}

#[test]
fn the_action_annotates_the_articles() {
    let dir = repository("action");
    let both = ["articles/old fault.txt", "articles/troops.txt"];
    hold(&act(&dir, &[("PATHS", "articles")]), 1, &both);
    hold(&act(&dir, &[("PATHS", "articles"), ("FAIL_ON", "never")]), 0, &both);
    hold(&act(&dir, &[("PATHS", "articles"), ("CHANGED_SINCE", "main")]), 1, &both[1..]);
    hold(&act(&dir, &[("PATHS", "articles"), ("ARGUMENTS", "--no-across --quiet")]), 1, &both);
    hold(&act(&dir, &[("PATHS", "nowhere")]), 2, &[]);
}

#[test]
fn what_an_action_is_given_is_never_run() {
    let dir = repository("injection");
    let hostile = "articles;touch${IFS}owned $(touch owned) `touch owned` *";
    let output = act(&dir, &[("PATHS", hostile), ("FAIL_ON", "$(touch owned)")]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(!dir.join("owned").exists());
}

#[test]
fn the_hook_of_pre_commit_finds_what_is_wrong() {
    let hook = fs::read_to_string(".pre-commit-hooks.yaml").unwrap();
    let entry = hook.lines().find_map(|line| line.trim().strip_prefix("entry: ")).unwrap();
    let (program, words) = entry.split_once(' ').unwrap();
    let dir = repository("pre-commit");
    let run = |file: &str| {
        let mut command = command(&dir, program);
        command.args(words.split(' ')).arg(file).output().unwrap().status.code()
    };
    assert_eq!(run("articles/troops.txt"), Some(1));
    fs::write(dir.join("articles/troops.txt"), RIGHT).unwrap();
    assert_eq!(run("articles/troops.txt"), Some(0));
}

#[test]
fn the_gitlab_job_writes_its_two_reports() {
    let template = fs::read_to_string("docs/ci/gitlab.yml").unwrap();
    let (_, script) = template.split_once("  script:\n    - ").unwrap();
    let line = script.lines().next().unwrap().replace(".numcheck/bin/numcheck", "numcheck");
    let dir = repository("gitlab");
    let output = command(&dir, "sh").args(["-ec", &line]).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let issues = fs::read_to_string(dir.join("figures.json")).unwrap();
    let issues: serde_json::Value = serde_json::from_str(&issues).unwrap();
    assert_eq!(issues.as_array().map(Vec::len), Some(2));
    assert!(fs::read_to_string(dir.join("figures.xml")).unwrap().contains("<testsuite"));
    for report in ["figures.json", "figures.xml"] {
        assert!(template.contains(&format!(": {report}")), "{report} is handed on");
    }
}
