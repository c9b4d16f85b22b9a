//! What `numcheck reference validate` finds: nothing in the built-in tables, and in a copy of them
//! every fault that is planted, at its line and column.

use numcheck::reference::Store;
use numcheck::text::Sources;
use std::fs;
use std::path::{Path, PathBuf};

/// A copy of the built-in tables, away when it is dropped.
struct Copy(PathBuf);

impl Copy {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("numcheck-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        for entry in Path::new("reference-data").read_dir().unwrap() {
            let path = entry.unwrap().path();
            fs::copy(&path, folder.join(path.file_name().unwrap())).unwrap();
        }
        Self(folder)
    }

    fn text(&self, table: &str) -> String {
        fs::read_to_string(self.0.join(format!("{table}.csv"))).unwrap()
    }

    /// Puts `cell` into the column of the row that starts with `key`; where that is.
    fn plant(&self, table: &str, key: &str, column: &str, cell: &str) -> String {
        let text = self.text(table);
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let header: Vec<&str> = text.lines().next().unwrap().split(',').collect();
        let at = header.iter().position(|title| *title == column).unwrap();
        let line = lines.iter().position(|line| line.starts_with(&format!("{key},"))).unwrap();
        let mut cells: Vec<&str> = lines[line].split(',').collect();
        assert!(!cells[..=at].iter().any(|cell| cell.contains('"')), "{key}: plain cells only");
        cells[at] = cell;
        let before: usize = cells[..at].iter().map(|cell| cell.chars().count() + 1).sum();
        let quoted = usize::from(cell.starts_with('"'));
        lines[line] = cells.join(",");
        fs::write(self.0.join(format!("{table}.csv")), lines.join("\n") + "\n").unwrap();
        format!("{table}.csv:{}:{}", line + 1, before + quoted + 1)
    }

    /// Writes a row behind the last one; where its cell of that column is.
    fn append(&self, table: &str, row: &str, column: &str) -> String {
        let text = self.text(table) + row + "\n";
        let header: Vec<&str> = text.lines().next().unwrap().split(',').collect();
        let at = header.iter().position(|title| *title == column).unwrap();
        let before: usize = row.split(',').take(at).map(|cell| cell.chars().count() + 1).sum();
        fs::write(self.0.join(format!("{table}.csv")), &text).unwrap();
        format!("{table}.csv:{}:{}", text.lines().count(), before + 1)
    }

    /// Every fault: its place, and what is wrong.
    fn faults(&self) -> Vec<(String, String)> {
        let mut sources = Sources::new();
        let store = Store::examine(&[&self.0], true, &mut sources).unwrap();
        let shown = store.faults.iter().map(|fault| {
            let place = sources.place(fault.at);
            let table = Path::new(&place.path).file_name().unwrap().to_string_lossy().into_owned();
            let message = fault.message.replace(&format!("{}/", self.0.display()), "");
            (format!("{table}:{}:{}", place.line, place.column), message)
        });
        shown.collect()
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn the_built_in_tables_are_clean() {
    let mut sources = Sources::new();
    let store = Store::examine(&[Path::new("reference-data")], false, &mut sources).unwrap();
    let shown: Vec<_> =
        store.faults.iter().map(|fault| (sources.place(fault.at), &fault.message)).collect();
    assert!(shown.is_empty(), "{shown:#?}");
}

/// Holds that exactly the planted faults are found, each at its place.
#[track_caller]
fn check(copy: &Copy, planted: Vec<(String, &str)>) {
    let mut expected = planted;
    for (place, message) in &copy.faults() {
        let at = expected.iter().position(|(e, text)| e == place && message.contains(text));
        let at = at.unwrap_or_else(|| panic!("nobody planted {place} {message}\n{expected:#?}"));
        expected.remove(at);
    }
    assert!(expected.is_empty(), "not found: {expected:#?}");
}

#[test]
fn every_bad_cell_is_named_at_its_line_and_column() {
    let copy = Copy::new("cells");
    let plant = |key: u32, column: &str, cell: &str| {
        copy.plant("donbas-casualties", &format!("a1_donbas-{key:04}"), column, cell)
    };
    let planted = vec![
        (plant(29, "value", "\"34,056\""), "`34,056` is no plain number"),
        (plant(32, "as_of", "15.08.2017"), "`15.08.2017` is no date"),
        (plant(42, "lower", "44000"), "the value does not go with the bound `range`"),
        (plant(1, "indicator", "conflict_death"), "no indicator is called `conflict_death`"),
        (plant(3, "entity", "Ukrane"), "no entity is called `Ukrane`"),
        (plant(5, "place", "UKR-Dombas"), "no place is called `UKR-Dombas`"),
        (plant(7, "bound", "circa"), "`circa` is no `bound`"),
        (plant(9, "unit", "people"), "`people` is no unit"),
        (plant(11, "kind", "cumulated"), "`cumulated` is no `kind`"),
        (plant(13, "status", "offical"), "`offical` is no `status`"),
        (plant(15, "publisher", "OHCRH"), "no publisher is called `OHCRH`"),
        (plant(17, "published", "2001-01-01"), "it is earlier than `as_of`"),
        (plant(19, "value", "91690000"), "91690000 is not between 1 and 20000000"),
        (plant(21, "subject", "marsians"), "no subject is called `marsians`"),
        (plant(23, "period_start", ""), "a running total has no `period_start`"),
        (plant(25, "source_url", "example.org"), "`example.org` is no address"),
        (
            copy.plant("population", "c1_population-0001", "unit", "km"),
            "`km` is no unit of `population`, which is in person",
        ),
        (
            copy.append("sources", "Fire Service,National Fire Service,government,9,no,,,", "rank"),
            "`9` is no rank",
        ),
    ];
    check(&copy, planted);
}

#[test]
fn every_row_that_does_not_go_with_the_others_is_named() {
    let copy = Copy::new("rows");
    let append = |id: &str, value: &str, dates: &str, column: &str| {
        let row = format!(
            "{id},aid_commitments,total,USA,UKR,{value},,,exact,EUR,cumulative,2022,{dates},estimate,IMF,,,"
        );
        copy.append("ukraine-aid-by-donor", &row, column)
    };
    append("p-1", "9000000000", "2022-12-31,2023-01-09", "id");
    let planted = vec![
        (
            append("p-2", "8000000000", "2023-12-31,2024-01-09", "value"),
            "`aid_commitments` never falls, and was 9000000000 in ukraine-aid-by-donor.csv:",
        ),
        (
            append("p-3", "9300000000", "2023-12-31,2024-01-09", "value"),
            "says 8000000000 for the same day",
        ),
        (
            append("p-4", "9000000000", "2022-12-31,2023-01-09", "value"),
            "the row says the same as ukraine-aid-by-donor.csv:",
        ),
        (append("p-1", "9000000000", "2024-12-31,2025-01-09", "id"), "`p-1` stands in the table"),
        (
            copy.append("entities", "XXA,country,Ruritania|Ukraine,,,,", "names"),
            "`Ukraine` is a name of UKR too",
        ),
    ];
    check(&copy, planted);
}

#[test]
fn a_column_that_slipped_is_named_in_the_first_line() {
    let copy = Copy::new("slipped");
    let file = copy.0.join("covid.csv");
    fs::write(&file, copy.text("covid").replacen(",as_of,", ",asof,", 1)).unwrap();
    let text = copy.text("population").replacen(",note", ",value", 1);
    fs::write(copy.0.join("population.csv"), text).unwrap();
    let header = fs::read_to_string(&file).unwrap();
    let column = header.find("asof").unwrap() + 1;
    let twice = copy.text("population").lines().next().unwrap().rfind("value").unwrap() + 1;
    let expected = [
        (format!("covid.csv:1:{column}"), "it has no column `as_of`".to_owned()),
        (format!("population.csv:1:{twice}"), "`value` is the name of two columns".to_owned()),
    ];
    assert_eq!(copy.faults(), expected);
}

/// Exit code and standard output of `numcheck reference validate`.
fn validate(args: &[&str]) -> (Option<i32>, String) {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_numcheck"));
    let output = command.args(["reference", "validate"]).args(args).output().unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn the_command_says_what_it_looked_at_and_fails_on_faults() {
    let (code, text) = validate(&["reference-data"]);
    assert_eq!((code, text.as_str()), (Some(0), "27 tables, 1111 rows: no fault\n"));
    let copy = Copy::new("command");
    copy.plant("covid", "c5_covid-0001", "value", "many");
    let folder = copy.0.to_str().unwrap();
    let (code, text) = validate(&[folder]);
    assert_eq!(code, Some(1));
    assert!(text.contains("covid.csv:2:53"), "{text}");
    assert!(text.ends_with("27 tables, 1110 rows: 1 fault\n"), "{text}");
    let (code, json) = validate(&[folder, "--format", "json"]);
    assert_eq!(code, Some(1));
    assert!(json.contains("`many` is no plain number") && !json.contains("tables, "), "{json}");
    assert_eq!(validate(&["no-such-folder"]).0, Some(2));
}

#[test]
fn a_cue_whose_example_is_read_as_something_else_is_named() {
    let copy = Copy::new("cues");
    let text = copy.text("cues");
    let line = text.lines().count() + 1;
    let columns: Vec<&str> = text.lines().next().unwrap().split(',').collect();
    let cells = columns.iter().map(|column| match *column {
        "measure" => "rent",
        "role" => "right",
        "counts" => "money",
        "words" => "of gravel",
        "example" => "The lorry held [40] tonnes of gravel",
        _ => "",
    });
    let row = cells.collect::<Vec<_>>().join(",");
    fs::write(copy.0.join("cues.csv"), format!("{}\n{row}\n", text.trim_end())).unwrap();
    let (code, out) = validate(&[copy.0.to_str().unwrap()]);
    assert_eq!(code, Some(1), "{out}");
    assert!(out.contains(&format!("cues.csv:{line}:")), "{out}");
    let words = out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("the example is read as"), "{out}");
}
