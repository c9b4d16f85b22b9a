//! Holds the code against the laws of the house: the layer table of `ARCHITECTURE.md`, and those
//! rules of `STYLE.md` that no lint knows. At the end, faults are planted and must be found.

use crate::code::{
    Code, files_below, first_word, folder_of_children, found, house, line_of, named,
};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The most lines a file may have, with its tests.
const LONGEST: usize = 600;

/// Names that say where something was put and not what it is.
const NO_NAMES: &[&str] = &["util", "utils", "helper", "helpers", "misc", "common"];

/// Marks of unfinished work; in two pieces, so that this file has none.
const UNFINISHED: &[&str] = &[concat!("TO", "DO"), concat!("FIX", "ME")];

/// Macros that must not stay in code.
const NO_MACROS: &[&str] = &["todo", "unimplemented", "dbg"];

/// The files of the library that open files or walk through folders.
const EDGES: &[&str] = &[
    "src/archive/add.rs",
    "src/archive/find.rs",
    "src/archive/error.rs",
    "src/archive/kept.rs",
    "src/archive/mod.rs",
    "src/archive/schema.rs",
    "src/ingest/files.rs",
    "src/ingest/mod.rs",
    "src/ingest/stream.rs",
    "src/reference/folder.rs",
];

/// How a library comes to the disk.
const DISK: &[&str] = &["fs", "rusqlite", "WalkBuilder"];

/// What only the program names: arguments, environment, streams, exit codes.
const OUTSIDE: &[&str] =
    &["anstream", "clap", "env", "process", "stderr", "stdin", "stdout", "terminal_size"];

/// Fails with every fault, the reason of the law and the way out.
#[track_caller]
fn hold(why: &str, remedy: &str, faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n\nwhy: {why}\nwhat to do: {remedy}\n", faults.join("\n"));
}

fn at(file: &Code, place: usize, what: &str) -> String {
    format!("{}:{}: {what}", file.path, line_of(&file.bare, place))
}

fn all(law: impl Fn(&Code) -> Vec<String>) -> Vec<String> {
    house().iter().flat_map(law).collect()
}

// Arrows

/// A line of the layer table.
struct Row {
    line: usize,
    layer: String,
    uses: Vec<String>,
}

/// The rows under `| Layer | May use |`.
fn table(page: &str) -> Vec<Row> {
    let lines = (1..).zip(page.lines());
    let rows = lines.skip_while(|(_, line)| *line != "| Layer | May use |").skip(2);
    let words = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    rows.map_while(|(line, text)| {
        let (layer, uses) = text.strip_prefix("| ")?.split_once(" | ")?;
        let layer: Vec<String> = words(layer);
        Some(Row { line, layer: layer.first()?.clone(), uses: words(uses) })
    })
    .collect()
}

fn committed_table() -> Vec<Row> {
    table(&fs::read_to_string("ARCHITECTURE.md").unwrap())
}

/// Uses that the table does not list, and listed ones that are none.
fn arrows(table: &[Row], files: &[Code]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut used = BTreeSet::new();
    let macros = exported_macros(files);
    for file in files {
        let Some(layer) = file.layer() else { continue };
        let Some(row) = table.iter().find(|row| row.layer == layer) else {
            faults.push(format!("{}: the layer `{layer}` is not in the table", file.path));
            continue;
        };
        for (line, name) in named(&file.product) {
            let name = macros.get(&name).unwrap_or(&name).clone();
            if name != layer && !row.uses.contains(&name) {
                faults.push(if table.iter().any(|row| row.layer == name) {
                    format!("{}:{line}: `{layer}` uses `{name}`", file.path)
                } else {
                    format!("{}:{line}: `crate::{name}` names no layer", file.path)
                });
            }
            used.insert((layer, name));
        }
    }
    for Row { line, layer, uses } in table {
        let idle = uses.iter().filter(|listed| !used.contains(&(&**layer, (*listed).clone())));
        faults.extend(
            idle.map(|listed| format!("ARCHITECTURE.md:{line}: `{layer}` does not use `{listed}`")),
        );
    }
    faults
}

/// Macros live at the crate's root, whichever layer makes them.
fn exported_macros(files: &[Code]) -> BTreeMap<String, String> {
    let of = |file: &Code| {
        let layer = file.layer()?.to_owned();
        let code = &file.product;
        let marks =
            code.match_indices("#[macro_export]").map(|(at, mark)| &code[at + mark.len()..]);
        let names = marks.filter_map(|rest| rest.trim_start().strip_prefix("macro_rules!"));
        Some(names.map(|name| (first_word(name), layer.clone())).collect::<Vec<_>>())
    };
    files.iter().filter_map(of).flatten().collect()
}

/// Rows out of the reading order of `lib.rs`, and rows that use a layer below them.
fn order(table: &[Row], root: &str) -> Vec<String> {
    let rows: Vec<_> = table.iter().map(|row| row.layer.clone()).collect();
    let marks = root.match_indices("\npub mod ");
    let modules: Vec<_> = marks.map(|(at, mark)| first_word(&root[at + mark.len()..])).collect();
    let mut faults = Vec::new();
    if modules != rows {
        faults.push(format!("src/lib.rs: has {modules:?}, ARCHITECTURE.md has {rows:?}"));
    }
    for (i, Row { line, layer, uses }) in table.iter().enumerate() {
        let below = uses.iter().filter(|listed| !rows[..i].contains(listed));
        faults
            .extend(below.map(|listed| {
                format!("ARCHITECTURE.md:{line}: `{listed}` is not above `{layer}`")
            }));
    }
    faults
}

#[test]
fn layers_use_what_the_table_lists() {
    hold(
        "arrows that go one way let a reader stop at the layer he needs",
        "move the code to the layer that may know both, or, if the wall is in the wrong place, \
         change the table in ARCHITECTURE.md and say why in the commit",
        &arrows(&committed_table(), &house()),
    );
}

#[test]
fn the_table_is_in_reading_order() {
    let root = fs::read_to_string("src/lib.rs").unwrap();
    hold(
        "a layer uses only layers above it, and lib.rs is read from top to bottom",
        "give src/lib.rs and the table in ARCHITECTURE.md the same layers in the same order, and \
         list only layers above",
        &order(&committed_table(), &root),
    );
}

/// Paths that start from the file's mother.
fn climbs(file: &Code) -> Vec<String> {
    let code = if file.for_tests { &file.bare } else { &file.product };
    let up = code.match_indices("super::").chain(file.bare.match_indices("super::super::"));
    up.map(|(place, _)| at(file, place, "`super::` leaves the file")).collect()
}

#[test]
fn no_path_leaves_its_file_by_super() {
    hold(
        "an arrow that is written `crate::layer::` is found by searching, any other is not",
        "write the path from `crate::`; only tests inside a file may say `super::`, once",
        &all(climbs),
    );
}

// Edges

fn words(file: &Code, words: &[&'static str], what: &str) -> Vec<String> {
    let code = &file.product;
    let mut faults = Vec::new();
    for word in words {
        let places = found(code, word).filter(|at| !code[at + word.len()..].starts_with('!'));
        faults.extend(places.map(|place| at(file, place, &format!("{what} `{word}`"))));
    }
    faults
}

fn disk(file: &Code) -> Vec<String> {
    let free = file.layer().is_none() || EDGES.contains(&&*file.path);
    if free { Vec::new() } else { words(file, DISK, "touches the disk by") }
}

#[test]
fn the_disk_is_touched_at_the_edges_only() {
    hold(
        "from an article's text to its findings every function is total; only opening files fails",
        "hand the text in; a new edge goes into EDGES of this test and under the invariants of \
         ARCHITECTURE.md",
        &all(disk),
    );
}

fn outside(file: &Code) -> Vec<String> {
    if file.layer().is_none() { Vec::new() } else { words(file, OUTSIDE, "the library names") }
}

#[test]
fn the_library_knows_no_program() {
    hold(
        "the same input gives the same bytes: what a user typed or has set is not the library's",
        "decide it in src/bin/numcheck and hand it over as a setting",
        &all(outside),
    );
}

/// What the program takes from the library behind its back, or calls by the name of a layer.
fn wall(file: &Code, table: &[Row]) -> Vec<String> {
    let mut faults = Vec::new();
    if file.path.starts_with("src/") {
        for mark in ["#[path", "include!("] {
            let places = file.bare.match_indices(mark);
            faults
                .extend(places.map(|(place, _)| at(file, place, &format!("reaches by `{mark}`"))));
        }
    }
    if file.is_program() {
        let names = named(&file.bare).into_iter();
        let layers = names.filter(|(_, name)| table.iter().any(|row| row.layer == *name));
        faults.extend(layers.map(|(line, name)| {
            format!("{}:{line}: `crate::{name}` has the name of a layer", file.path)
        }));
    }
    faults
}

#[test]
fn the_program_sees_only_what_the_library_makes_public() {
    let table = committed_table();
    hold(
        "whatever the program can do, another program can do with the library",
        "say `numcheck::…` and make public what is missing there",
        &all(|file| wall(file, &table)),
    );
}

// Files

fn too_long(file: &Code) -> Vec<String> {
    let lines = file.written.lines().count();
    let fault = format!("{}:{lines}: {lines} lines, {LONGEST} are allowed", file.path);
    (lines > LONGEST).then_some(fault).into_iter().collect()
}

#[test]
fn no_file_is_too_long() {
    hold(
        "what fits in a head fits in a file",
        "split it by noun; tests may move to a sibling tests.rs",
        &all(too_long),
    );
}

fn misnamed(file: &Code) -> Vec<String> {
    let parts = file.path.split('/').map(|part| part.trim_end_matches(".rs"));
    let bad = parts.filter(|part| NO_NAMES.contains(part));
    let mut faults: Vec<_> =
        bad.map(|part| format!("{}:1: is called `{part}`", file.path)).collect();
    for name in NO_NAMES {
        let places = found(&file.bare, name).filter(|at| file.bare[..*at].ends_with("mod "));
        faults.extend(places.map(|place| at(file, place, &format!("a module is called `{name}`"))));
    }
    faults
}

#[test]
fn every_file_is_named_after_what_it_is() {
    hold(
        "what has no name of its own becomes a heap",
        "name it after the noun it holds, and let every function live beside its type",
        &all(misnamed),
    );
}

fn untitled(file: &Code) -> Vec<String> {
    let titled = file.written.starts_with("//! ");
    (!titled).then(|| format!("{}:1: does not open with `//! `", file.path)).into_iter().collect()
}

#[test]
fn every_file_opens_with_what_it_is_for() {
    hold(
        "a reader decides at the first line whether this is the file he needs",
        "write one line, `//! …`, on top",
        &all(untitled),
    );
}

/// Files that no other file declares, so that they are never compiled.
fn orphans(files: &[Code]) -> Vec<String> {
    let declared: BTreeSet<_> = files.iter().flat_map(children).collect();
    let roots = ["src/lib.rs", "src/bin/numcheck/main.rs", "tests/it/main.rs"];
    let is_root = |path: &str| roots.contains(&path) || path.starts_with("benches/");
    let lost = files.iter().filter(|file| !is_root(&file.path) && !declared.contains(&file.path));
    lost.map(|file| format!("{}:1: no file declares it", file.path)).collect()
}

fn children(file: &Code) -> Vec<String> {
    let folder = folder_of_children(&file.path);
    let names = found(&file.bare, "mod").map(|at| first_word(&file.bare[at + "mod".len()..]));
    names
        .flat_map(|name| [format!("{folder}/{name}.rs"), format!("{folder}/{name}/mod.rs")])
        .collect()
}

#[test]
fn every_file_is_compiled() {
    hold(
        "a file without its `mod` line looks like code, and like a test, and is none",
        "add its `mod` line, or delete it",
        &orphans(&house()),
    );
}

// Lines

fn unfinished(file: &Code) -> Vec<String> {
    let mut faults = Vec::new();
    for mark in UNFINISHED {
        let places = found(&file.written, mark).map(|place| line_of(&file.written, place));
        faults.extend(places.map(|line| format!("{}:{line}: `{mark}`", file.path)));
    }
    for name in NO_MACROS {
        let places =
            found(&file.bare, name).filter(|at| file.bare[at + name.len()..].starts_with('!'));
        faults.extend(places.map(|place| at(file, place, &format!("`{name}!`"))));
    }
    faults
}

#[test]
fn nothing_is_left_unfinished() {
    hold(
        "a note in the code is read by nobody who plans",
        "finish it, or open an issue and delete the note",
        &all(unfinished),
    );
}

fn allows(file: &Code) -> Vec<String> {
    let marks = ["#[allow(", "#![allow("].into_iter();
    marks
        .flat_map(|mark| file.bare.match_indices(mark))
        .map(|(place, mark)| at(file, place, &format!("`{mark}…)]`")))
        .collect()
}

#[test]
fn lints_are_expected_and_never_allowed() {
    hold(
        "an exception that is no longer needed should say so",
        "write `#[expect(lint, reason = \"…\")]`",
        &all(allows),
    );
}

// Tables

/// Rows without an example, and tables whose examples no test of their layer reads.
fn unproved(path: &str, text: &str, files: &[Code]) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let Some(column) = header.iter().position(|name| name == "example") else {
        return vec![format!("{path}:1: has no column `example`")];
    };
    let mut faults = Vec::new();
    for row in reader.records() {
        match row {
            Ok(row) if row[column].is_empty() => {
                let line = row.position().map_or(0, csv::Position::line);
                faults.push(format!("{path}:{line}: the row has no example"));
            }
            Ok(_) => {}
            Err(error) => faults.push(format!("{path}: {error}")),
        }
    }
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let within = |file: &&Code| file.path.starts_with(&format!("{folder}/"));
    let mark = format!(": &str = include_str!(\"{name}\")");
    let constants: Vec<_> = files
        .iter()
        .filter(within)
        .filter_map(|file| Some(file.written.split(&mark).next()?.rsplit(' ').next()?.to_owned()))
        .filter(|name| !name.is_empty() && name.chars().all(|c| c.is_ascii_uppercase() || c == '_'))
        .collect();
    let reads = |test: &str| {
        let example = found(test, "example").next().is_some();
        example && constants.iter().any(|name| found(test, name).next().is_some())
    };
    if !files.iter().filter(within).any(|file| file.tests().split("#[test]").any(reads)) {
        faults.push(format!("{path}:1: no test of {folder} reads its examples"));
    }
    faults
}

#[test]
fn every_row_of_a_table_proves_itself() {
    let mut tables = Vec::new();
    files_below(Path::new("src"), "csv", &mut tables);
    assert!(tables.len() > 10, "the tables of src are gone");
    let files = house();
    let faults: Vec<_> =
        tables.iter().flat_map(|(path, text)| unproved(path, text, &files)).collect();
    hold(
        "a row that nothing reads is wrong sooner or later, and nobody sees it",
        "give every row an example, and let a test beside the table read each (see \
         src/quantity/hedge.rs)",
        &faults,
    );
}

#[cfg(test)]
mod planted {
    //! Each law against a fault that was put there on purpose.

    use super::{Row, allows, arrows, climbs, disk, misnamed, order, orphans, outside, too_long};
    use super::{table, unfinished, unproved, untitled, wall};
    use crate::code::{Code, furnished};

    const PAGE: &str = "| Layer | May use |\n| --- | --- |\n| `text` | — |\n| `claim` | `text` |\n\
                        | `report` | `text` `claim` |\n\n| other | `table` |\n";

    const ROOT: &str = "//! Root.\npub mod text;\npub mod claim;\npub mod report;\n";

    fn rows() -> Vec<Row> {
        table(PAGE)
    }

    /// A sound house of three layers, with one file beside.
    fn with(path: &str, text: &str) -> Vec<Code> {
        let sound = [
            ("src/lib.rs", ROOT),
            ("src/text/mod.rs", "//! Text.\n#[macro_export]\nmacro_rules! say { () => {} }\n"),
            ("src/claim/mod.rs", "//! Claims.\nuse crate::say;\n"),
            ("src/report/mod.rs", "//! Reports.\nuse crate::{claim::Claim, text::Span};\n"),
        ];
        let files = sound.into_iter().chain([(path, text)]);
        furnished(files.map(|(path, text)| Code::new(path, text)).collect())
    }

    #[track_caller]
    fn check_arrows(path: &str, text: &str, expected: &[&str]) {
        assert_eq!(arrows(&rows(), &with(path, text)), expected, "{text}");
    }

    #[track_caller]
    fn check(law: fn(&Code) -> Vec<String>, path: &str, text: &str, expected: &[&str]) {
        assert_eq!(law(&Code::new(path, text)), expected, "{text}");
    }

    #[test]
    fn upward_arrows() {
        check_arrows("src/text/a.rs", "//! A.\nuse crate::text::Span;\n", &[]);
        let upward = "src/text/a.rs:2: `text` uses `claim`";
        check_arrows("src/text/a.rs", "//! A.\nuse crate::claim::Claim;\n", &[upward]);
        check_arrows("src/text/a.rs", "//! A.\npub use crate::{text::A, claim::B};\n", &[upward]);
        check_arrows("src/text/a.rs", "//! A.\nfn a() -> crate::claim::B { b }\n", &[upward]);
        check_arrows("src/text/a.rs", "//! A crate::claim.\n// crate::claim\n", &[]);
        check_arrows("src/text/a.rs", "#[cfg(test)]\nmod tests {\n use crate::claim::A;\n}\n", &[]);
        check_arrows(
            "src/claim/a.rs",
            "use crate::Review;\n",
            &["src/claim/a.rs:1: `crate::Review` names no layer"],
        );
        check_arrows(
            "src/extra/mod.rs",
            "//! Extra.\n",
            &["src/extra/mod.rs: the layer `extra` is not in the table"],
        );
    }

    #[test]
    fn arrows_that_the_table_grants_and_nobody_uses() {
        let page = PAGE.replace("| `text` | — |", "| `root` | — |\n| `text` | `root` |");
        let faults = arrows(&table(&page), &with("src/text/a.rs", "//! A.\n"));
        assert_eq!(faults, ["ARCHITECTURE.md:4: `text` does not use `root`"]);
    }

    #[test]
    fn tables_out_of_order() {
        assert_eq!(order(&rows(), ROOT), Vec::<String>::new());
        let page = PAGE.replace("| `text` | — |", "| `text` | `claim` |");
        let faults = order(&table(&page), ROOT);
        assert_eq!(faults, ["ARCHITECTURE.md:3: `claim` is not above `text`"]);
        assert_eq!(order(&rows(), "//! Root.\npub mod claim;\n").len(), 1);
    }

    #[test]
    fn ways_around_the_walls() {
        check(
            climbs,
            "src/a/b.rs",
            "use super::c;\n",
            &["src/a/b.rs:1: `super::` leaves the file"],
        );
        check(climbs, "src/a/b.rs", "#[cfg(test)]\nmod tests { use super::c; }\n", &[]);
        check(
            disk,
            "src/a/b.rs",
            "use std::{fs, io};\n",
            &["src/a/b.rs:1: touches the disk by `fs`"],
        );
        check(disk, "src/ingest/mod.rs", "use std::fs::File;\n", &[]);
        check(
            outside,
            "src/a/b.rs",
            "\nlet home = std::env::var(\"HOME\");\nconst V: &str = env!(\"X\");\n",
            &["src/a/b.rs:2: the library names `env`"],
        );
        let faults = wall(
            &Code::new(
                "src/bin/numcheck/a.rs",
                "#[path = \"../../text/mod.rs\"]\nmod text;\nuse crate::text::A;",
            ),
            &rows(),
        );
        assert_eq!(
            faults,
            [
                "src/bin/numcheck/a.rs:1: reaches by `#[path`",
                "src/bin/numcheck/a.rs:3: `crate::text` has the name of a layer",
            ]
        );
    }

    #[test]
    fn files_that_break_a_law() {
        let lines = |n: usize| format!("//! Long.\n{}", "//\n".repeat(n - 1));
        check(too_long, "src/a.rs", &lines(600), &[]);
        check(too_long, "src/a.rs", &lines(601), &["src/a.rs:601: 601 lines, 600 are allowed"]);
        check(misnamed, "src/a/utils.rs", "//! U.", &["src/a/utils.rs:1: is called `utils`"]);
        check(misnamed, "src/misc/a.rs", "//! U.", &["src/misc/a.rs:1: is called `misc`"]);
        check(
            misnamed,
            "src/a.rs",
            "\nmod helpers;",
            &["src/a.rs:2: a module is called `helpers`"],
        );
        check(untitled, "src/a.rs", "use b;\n", &["src/a.rs:1: does not open with `//! `"]);
        let faults = orphans(&with("src/text/lost.rs", "//! Lost.\n"));
        assert_eq!(faults, ["src/text/lost.rs:1: no file declares it"]);
    }

    #[test]
    fn lines_that_break_a_law() {
        let mark = concat!("// TO", "DO: later\n");
        check(unfinished, "src/a.rs", mark, &[concat!("src/a.rs:1: `TO", "DO`")]);
        check(unfinished, "src/a.rs", "a();\ntodo!();", &["src/a.rs:2: `todo!`"]);
        check(allows, "src/a.rs", "#[allow(dead_code)]", &["src/a.rs:1: `#[allow(…)]`"]);
        check(allows, "src/a.rs", "// #[allow(dead_code)]", &[]);
    }

    #[test]
    fn rows_without_proof() {
        let code = "const A: &str = include_str!(\"a.csv\");\n#[cfg(test)]\nmod tests { #[test] fn a() { A; row.example; } }\n";
        let proved = [Code::new("src/x/a.rs", code)];
        let idle = [Code::new("src/x/a.rs", &code.replace("row.example", "row.word"))];
        let faults = |text: &str, files: &[Code]| unproved("src/x/a.csv", text, files);
        assert_eq!(faults("word,example\na,b\n", &proved), Vec::<String>::new());
        assert_eq!(faults("word\na\n", &proved), ["src/x/a.csv:1: has no column `example`"]);
        let faulty = faults("word,example\n# c\na,b\nc,\n", &proved);
        assert_eq!(faulty, ["src/x/a.csv:4: the row has no example"]);
        let unread = faults("word,example\na,b\n", &idle);
        assert_eq!(unread, ["src/x/a.csv:1: no test of src/x reads its examples"]);
    }
}
