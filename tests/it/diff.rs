//! `numcheck diff` and `numcheck check --against`: two versions of one article.

use numcheck::check::check_against;
use numcheck::reference::Store;
use numcheck::report::{DIFFS, View};
use numcheck::text::Sources;
use numcheck::{Settings, ingest};
use serde_json::Value;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

const OLD: &str = "Dam bursts above port: 13,100 dead\n\nThe relief office said on Sunday that 13,100 \
                   people have died in the port. Some 40 houses fell.\n\nRoads into the town remain cut \
                   on two sides.\n";
const NEW: &str = "Dam bursts above port: 13,100 dead\n\nThe relief office said on Sunday that 14,200 \
                   people have died in the port.\n\nRoads into the town remain cut on two sides. Divers \
                   found 7 cars in the harbour.\n";

fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("diff").join(name);
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir).unwrap();
    for (name, text) in files {
        fs::write(dir.join(name), text).unwrap();
    }
    dir
}

fn run(dir: &Path, words: &[&str], piped: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_numcheck"));
    command.current_dir(dir).args(words).env_clear();
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A run that does not read its input closes the pipe.
    let _ = child.stdin.take().unwrap().write_all(piped.as_bytes());
    child.wait_with_output().unwrap()
}

#[track_caller]
fn printed(dir: &Path, words: &[&str], piped: &str) -> String {
    let output = run(dir, words, piped);
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(output.status.code(), Some(0));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_diff_shows_figures_sentences_and_the_correction() {
    let dir = folder("text", &[("old.txt", OLD), ("new.txt", NEW)]);
    insta::assert_snapshot!(printed(&dir, &["diff", "old.txt", "new.txt"], ""), @r#"
    old.txt → new.txt: 1 figure changed, 1 added, 1 removed, 1 left behind

    changed: 13,100 people → 14,200 people, in paragraph 1  new.txt:3:39
      - The relief office said on Sunday that [-13,100-] people have died in the
        port.
      + The relief office said on Sunday that {+14,200+} people have died in the
        port.

    left behind: 13,100 dead, in the headline  new.txt:1:24
      Dam bursts above port: 13,100 dead

    removed: Some 40 houses, in paragraph 1  old.txt:3:81
      - [-Some 40 houses fell.-]

    added: 7 cars, in paragraph 2  new.txt:5:59
      + {+Divers found 7 cars in the harbour.+}

    Corrects the number killed to 14,200 from 13,100 in paragraph 1.
    "#);
}

#[test]
fn on_a_wide_screen_the_versions_stand_side_by_side() {
    let mut sources = Sources::new();
    let store = Arc::new(Store::builtin(&mut sources));
    let mut read =
        |name, text: &str| ingest::read(name, text.as_bytes(), None, &mut sources).unwrap();
    let (before, now) = (read("old.txt", OLD), read("new.txt", NEW));
    let review = check_against(now, before, sources, store, &Settings::default());
    let mut out = Vec::new();
    (DIFFS[0].render)(&review, &View { width: 104, ..View::default() }, &mut out).unwrap();
    insta::assert_snapshot!(String::from_utf8(out).unwrap(), @r#"
    old.txt → new.txt: 1 figure changed, 1 added, 1 removed, 1 left behind

    changed: 13,100 people → 14,200 people, in paragraph 1  new.txt:3:39
      The relief office said on Sunday that [-13,100-]  │ The relief office said on Sunday that {+14,200+}
      people have died in the port.                     │ people have died in the port.

    left behind: 13,100 dead, in the headline  new.txt:1:24
      Dam bursts above port: 13,100 dead

    removed: Some 40 houses, in paragraph 1  old.txt:3:81
      [-Some 40 houses fell.-]                          │

    added: 7 cars, in paragraph 2  new.txt:5:59
                                                        │ {+Divers found 7 cars in the harbour.+}

    Corrects the number killed to 14,200 from 13,100 in paragraph 1.
    "#);
}

#[test]
fn a_diff_in_markdown_is_a_table() {
    let dir = folder("markdown", &[("old.txt", OLD), ("new.txt", NEW)]);
    let words = ["diff", "--format", "markdown", "old.txt", "new.txt"];
    insta::assert_snapshot!(printed(&dir, &words, ""), @r#"
    ## old.txt → new.txt

    1 figure changed, 1 added, 1 removed, 1 left behind.

    - Corrects the number killed to 14,200 from 13,100 in paragraph 1.

    | figure | before | now |
    | --- | --- | --- |
    | changed in paragraph 1: 13,100 people → **14,200 people**<br>**left behind** in the headline: 13,100 dead (new.txt:1:24) | The relief office said on Sunday that ~~13,100~~ people have died in the port. | The relief office said on Sunday that **14,200** people have died in the port. |
    | removed: Some 40 houses | ~~Some 40 houses fell.~~ |  |
    | added in paragraph 2: **7 cars** |  | **Divers found 7 cars in the harbour.** |
    "#);
}

/// What of `value` the schema does not describe, and what it asks for that is not there.
fn faults(value: &Value, schema: &Value, root: &Value, at: &str, faults: &mut Vec<String>) {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.strip_prefix("#/$defs/").unwrap();
        return self::faults(value, &root["$defs"][name], root, at, faults);
    }
    if let Some(choices) = schema["anyOf"].as_array() {
        let fits = choices.iter().any(|choice| {
            let mut own = Vec::new();
            self::faults(value, choice, root, at, &mut own);
            own.is_empty()
        });
        if !fits {
            faults.push(format!("{at} is none of its kinds"));
        }
        return;
    }
    let is = match value {
        Value::Null => "null",
        Value::String(_) => "string",
        Value::Number(_) => "integer",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
        Value::Bool(_) => "boolean",
    };
    let types = match &schema["type"] {
        Value::Array(types) => types.clone(),
        one => vec![one.clone()],
    };
    if !types.iter().any(|name| name == is) {
        faults.push(format!("{at} is {is}, not {types:?}"));
    }
    let allowed = schema["enum"].as_array();
    if allowed.is_some_and(|allowed| !allowed.contains(value)) {
        faults.push(format!("{at} may not be {value}"));
    }
    for (nth, item) in value.as_array().into_iter().flatten().enumerate() {
        self::faults(item, &schema["items"], root, &format!("{at}[{nth}]"), faults);
    }
    for (key, item) in value.as_object().into_iter().flatten() {
        self::faults(item, &schema["properties"][key], root, &format!("{at}.{key}"), faults);
    }
    let required = schema["required"].as_array().into_iter().flatten();
    let missing = required.filter(|key| value.get(key.as_str().unwrap()).is_none());
    faults.extend(missing.map(|key| format!("{at} has no {key}")));
}

#[test]
fn json_is_as_its_schema_says() {
    let schema = fs::read_to_string("docs/numcheck-diff.schema.json").unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let dir = folder("json", &[("old.txt", OLD), ("new.txt", NEW)]);
    let text = printed(&dir, &["diff", "--format", "json", "old.txt", "new.txt"], "");
    let diff: Value = serde_json::from_str(&text).unwrap();
    let mut wrong = Vec::new();
    faults(&diff, &schema, &schema, "$", &mut wrong);
    assert!(wrong.is_empty(), "{wrong:?}");
    let mut wrong = Vec::new();
    faults(&serde_json::json!({"schema": 1, "more": []}), &schema, &schema, "$", &mut wrong);
    assert!(wrong.len() > 3, "the schema asks for nothing: {wrong:?}");
    let article = &diff["articles"][0];
    let changed = &article["sentences"][0]["figures"][0];
    assert_eq!(changed["change"], "changed");
    assert_eq!(changed["old"]["number"], "13,100");
    assert_eq!(changed["new"]["lower"], "14200");
    assert_eq!(changed["left_behind"][0]["block"], "headline");
    assert_eq!(
        article["corrections"][0],
        "Corrects the number killed to 14,200 from 13,100 in paragraph 1."
    );
    assert_eq!(
        article["counts"],
        serde_json::json!({"changed": 1, "added": 1, "removed": 1, "left_behind": 1, "reworded": 0})
    );
}

#[test]
fn either_version_may_be_piped_in_and_is_of_the_other_ones_format() {
    let page = |toll| format!("---\ntitle: Flood\n---\n\nThe flood killed **{toll}** people.\n");
    let dir = folder("piped", &[("a.md", &page(131))]);
    let words = ["diff", "--format", "json", "a.md", "-"];
    let later: Value = serde_json::from_str(&printed(&dir, &words, &page(152))).unwrap();
    assert_eq!(later["articles"][0]["sentences"][0]["figures"][0]["new"]["number"], "152");
    let words = ["diff", "--format", "json", "-", "a.md"];
    let earlier: Value = serde_json::from_str(&printed(&dir, &words, &page(152))).unwrap();
    assert_eq!(earlier["articles"][0]["old"]["path"], "<stdin>");
    assert_eq!(earlier["articles"][0]["sentences"][0]["figures"][0]["old"]["number"], "152");
}

#[test]
fn versions_may_be_of_two_formats() {
    let row = r#"{"id": "a", "title": "Flood", "text": "The flood killed 131 people."}"#;
    let dir = folder(
        "formats",
        &[("a.jsonl", row), ("a.md", "# Flood\n\nThe flood killed 152 people.\n")],
    );
    let text = printed(&dir, &["diff", "a.jsonl", "a.md"], "");
    assert!(text.contains("Corrects the number killed to 152 from 131 in paragraph 1."), "{text}");
}

#[test]
fn of_many_articles_those_of_one_id_belong_together() {
    let rows = |toll: u32, other: u32| {
        format!(
            "{{\"id\": \"a\", \"title\": \"A\", \"text\": \"The flood killed {toll} people.\"}}\n\
             {{\"id\": \"b\", \"title\": \"B\", \"text\": \"The storm killed {other} people.\"}}\n"
        )
    };
    let turned: String = rows(131, 46).lines().rev().flat_map(|line| [line, "\n"]).collect();
    let more = rows(152, 46) + "{\"id\": \"c\", \"title\": \"C\", \"text\": \"It cost $5.\"}\n";
    let dir = folder("many", &[("old.jsonl", &turned), ("new.jsonl", &more)]);
    let words = ["diff", "--format", "json", "old.jsonl", "new.jsonl"];
    let diff: Value = serde_json::from_str(&printed(&dir, &words, "")).unwrap();
    assert_eq!(diff["articles"][0]["counts"]["changed"], 1);
    assert_eq!(diff["articles"][1]["counts"]["changed"], 0);
    assert_eq!(diff["unpaired"][0], "new.jsonl#c");
}

#[test]
fn a_diff_gives_0_or_2() {
    let dir = folder("codes", &[("old.txt", OLD), ("new.txt", NEW), ("same.txt", OLD)]);
    let code = |words: &[&str]| run(&dir, words, "").status.code();
    assert_eq!(code(&["diff", "old.txt", "new.txt"]), Some(0));
    assert_eq!(code(&["diff", "old.txt", "same.txt"]), Some(0));
    assert_eq!(code(&["diff", "old.txt", "missing.txt"]), Some(2));
    assert_eq!(code(&["diff", "missing.txt", "new.txt"]), Some(2));
    assert_eq!(code(&["diff", "old.txt"]), Some(2));
    assert_eq!(code(&["diff", "-", "-"]), Some(2));
}

#[test]
fn check_against_an_earlier_version_finds_what_was_left_behind() {
    let dir = folder(
        "check",
        &[("old.txt", OLD), ("new.txt", NEW), ("right.txt", &NEW.replace("13,100", "14,200"))],
    );
    let check = |words: &[&str]| {
        let output = run(&dir, &[&["check", "--select", "figure-left-behind"], words].concat(), "");
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let (code, text) =
        check(&["--fail-on", "warning", "--against", "old.txt", "new.txt", "--quiet"]);
    assert_eq!(code, Some(1), "{text}");
    insta::assert_snapshot!(text, @r#"
    warning[figure-left-behind]: still 13,100 dead here, but 14,200 people in
                                 paragraph 1, changed from 13,100 people
     --> new.txt:1:24
      |
    1 | Dam bursts above port: 13,100 dead
      |                        ^^^^^^
      |
     ::: new.txt:3:39
      |
    3 | The relief office said on Sunday that 14,200 people have died in the port.
      |                                       ------ changed to 14,200 people
      |
     ::: old.txt:3:39
      |
    3 | …relief office said on Sunday that 13,100 people have died in the port.…
      |                                    ------ in the earlier version
      |
      = help: write “14,200”: the figure was changed in paragraph 1
    "#);
    let strict = ["--fail-on", "note", "--quiet"];
    let silent = |words: &[&str]| check(&[&strict, words].concat()) == (Some(0), String::new());
    assert!(silent(&["--against", "old.txt", "old.txt"]));
    assert!(silent(&["--against", "old.txt", "right.txt"]));
    assert!(silent(&["new.txt"]));
    assert_eq!(check(&["--against", "missing.txt", "new.txt"]).0, Some(2));
}

#[test]
fn a_folder_is_held_against_the_files_of_the_same_names() {
    let dir = folder("folders", &[]);
    for (side, text) in [("old", OLD), ("new", NEW)] {
        fs::create_dir_all(dir.join(side)).unwrap();
        fs::write(dir.join(side).join("dam.txt"), text).unwrap();
        fs::write(dir.join(side).join("else.txt"), "Sun\n\nIt shone for 9 hours.\n").unwrap();
    }
    let words = ["check", "--select", "figure-left-behind", "--fail-on", "warning"];
    let code = |more: &[&str]| run(&dir, &[&words, more].concat(), "").status.code();
    assert_eq!(code(&["--against", "old", "new"]), Some(1));
    assert_eq!(code(&["--against", "new", "new"]), Some(0));
    fs::write(dir.join("lone.txt"), "It shone.\n").unwrap();
    assert_eq!(code(&["--against", "old", "lone.txt"]), Some(2));
}
