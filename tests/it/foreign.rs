//! Foreign tables, read as their mapping says: the six layouts that `docs/reference-tables.md` shows,
//! what they make, and every mistake at its line and column.

use crate::docs::blocks;
use numcheck::reference::{Observation, Store};
use numcheck::text::Sources;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

const PAGE: &str = "docs/reference-tables.md";

/// How many folders were made.
static FOLDERS: AtomicUsize = AtomicUsize::new(0);

/// A folder of the page in a place of its own, where `change` has been made in the file.
fn folder(example: &str, name: &str, change: (&str, &str, &str)) -> PathBuf {
    let page = fs::read_to_string(PAGE).unwrap();
    // Tests run beside each other, and some change the same example.
    let turn = FOLDERS.fetch_add(1, Ordering::Relaxed);
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("foreign");
    let folder = home.join(format!("{turn}-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let (mut files, mut changes) = (0, 0);
    for block in blocks(&page, "file") {
        let Some(file) = block.note.strip_prefix(&format!("{example}/")) else { continue };
        let mut text = block.text.to_owned();
        if file == change.0 {
            assert!(text.contains(change.1), "{file} of {example} has no {}", change.1);
            text = text.replacen(change.1, change.2, 1);
            changes += 1;
        }
        fs::write(folder.join(file), text).unwrap();
        files += 1;
    }
    assert!(files >= 2 && (changes == 1 || change.0.is_empty()), "{PAGE} shows no {example}");
    folder
}

/// An observation in one line.
pub(crate) fn line(row: &Observation, store: &Store) -> String {
    let entity = row.entity.map_or("", |id| &*store.catalog.entity(id).id);
    let place = row.place.map_or("", |id| &*store.catalog.place(id).id);
    let published = row.published.map_or(String::new(), |day| format!(" said {day}"));
    let since = row.period_start.map_or(String::new(), |day| format!(" since {day}"));
    format!(
        "{} {} {entity}>{place} {} {} {}{since} {}{published} {} {}",
        store.catalog.measure(row.measure).key,
        if row.subject.is_empty() { "-" } else { &row.subject },
        row.lower(),
        row.unit,
        row.kind.name(),
        row.as_of,
        row.status.name(),
        row.line,
    )
}

#[track_caller]
fn check(example: &str, expected: &[&str]) {
    let folder = folder(example, &format!("{example}-whole"), ("", "", ""));
    let mut sources = Sources::new();
    let store = Store::open(&[&folder], true, &mut sources).unwrap();
    assert_eq!(store.faults, [], "{example}");
    let rows = store.observations().filter(|row| store.given().contains(&row.at.source));
    let found: Vec<_> = rows.map(|row| line(row, &store)).collect();
    assert_eq!(found, expected, "{example}");
}

#[test]
fn the_six_layouts_make_the_observations_that_they_say() {
    check(
        "owid",
        &[
            "military_expenditure - COG> 290100000 USD flow 2020 said 2021-04-26 estimate 2",
            "military_expenditure - POL> 11800000000 USD flow 2019 said 2021-04-26 estimate 4",
        ],
    );
    check(
        "wide",
        &[
            "population - CHL>CHL 19500000 person stock 2021 said 2024-06-28 estimate 6",
            "population - CHL>CHL 19600000 person stock 2022 said 2024-06-28 estimate 6",
            "population - CHL>CHL 19700000 person stock 2023 said 2024-06-28 estimate 6",
            "population - WORLD>World 7900000000 person stock 2021 said 2024-06-28 estimate 7",
            "population - WORLD>World 7960000000 person stock 2022 said 2024-06-28 estimate 7",
        ],
    );
    check(
        "sdmx",
        &[
            "military_expenditure - POL> 11800500000 USD flow 2019 official 2",
            "military_expenditure - POL> 12700250000 USD flow 2020 estimate 3",
        ],
    );
    check(
        "flight",
        &[
            "refugees_year_end - UKR>AUT 250 person stock 2021 estimate 2",
            "refugees_year_end - UKR>POL 961000 person stock 2022 estimate 3",
            "idps idps UKR>UKR 5900000 person stock 2022 estimate 4",
        ],
    );
    check(
        "daily",
        &[
            "conflict_deaths all PSE>PSE-Gaza 230 person cumulative since 2023-10-07 2023-10-07 official 2",
            "conflict_injured all PSE>PSE-Gaza 1600 person cumulative since 2023-10-07 2023-10-07 official 2",
            "conflict_deaths all PSE>PSE-Gaza 560 person cumulative since 2023-10-07 2023-10-09 official 4",
            "conflict_injured all PSE>PSE-Gaza 2300 person cumulative since 2023-10-07 2023-10-09 official 4",
        ],
    );
}

#[test]
fn months_are_added_up_beside_what_they_say() {
    let folder = folder("aid", "aid-whole", ("", "", ""));
    let mut sources = Sources::new();
    let store = Store::open(&[&folder], true, &mut sources).unwrap();
    assert_eq!(store.faults, []);
    let rows = store.observations().filter(|row| store.given().contains(&row.at.source));
    let (flows, totals): (Vec<_>, Vec<_>) =
        rows.map(|row| line(row, &store)).partition(|line| line.contains(" flow "));
    assert_eq!(flows.len(), 9);
    let said = "said 2022-05-02 estimate";
    assert_eq!(
        flows[0],
        format!("aid_allocations total DEU>UKR 100000000 EUR flow 2022-02 {said} 2")
    );
    let mut germany: Vec<_> = totals.into_iter().filter(|line| line.contains("DEU>")).collect();
    germany.sort();
    let since = "EUR cumulative since 2022-01-24";
    let expected = [
        format!("aid_allocations military DEU>UKR 300000000 {since} 2022-03 {said} 3"),
        format!("aid_allocations military DEU>UKR 50000000 {since} 2022-02 {said} 2"),
        format!("aid_allocations total DEU>UKR 100000000 {since} 2022-02 {said} 2"),
        format!("aid_allocations total DEU>UKR 500000000 {since} 2022-03 {said} 3"),
        format!("aid_commitments total DEU>UKR 1200000000 {since} 2022-02 {said} 2"),
        format!("aid_commitments total DEU>UKR 1200000000 {since} 2022-03 {said} 3"),
    ];
    assert_eq!(germany, expected);
}

/// The first thing that is wrong with an example in which something was changed:
/// `file:line:column message`. Whatever else is wrong comes of it.
#[track_caller]
fn check_first(
    example: &str,
    change: (&str, &str, &str),
    place: &str,
    message: &str,
    help: &str,
) -> usize {
    let folder = folder(example, &format!("{example}-fault"), change);
    let mut sources = Sources::new();
    let store = Store::examine(&[&folder], true, &mut sources).unwrap();
    let fault = store.faults.first().unwrap_or_else(|| panic!("{change:?}: no fault"));
    let found = sources.place(fault.at);
    let file = Path::new(&found.path).file_name().unwrap().to_string_lossy().into_owned();
    assert_eq!(format!("{file}:{}:{}", found.line, found.column), place, "{}", fault.message);
    assert!(fault.message.contains(message), "{change:?}: {}", fault.message);
    assert!(fault.help.contains(help), "{change:?}: {}", fault.help);
    store.faults.len()
}

/// The same where nothing else is wrong.
#[track_caller]
fn check_fault(example: &str, change: (&str, &str, &str), place: &str, message: &str, help: &str) {
    assert_eq!(check_first(example, change, place, message, help), 1, "{change:?}");
}

#[test]
fn slips_of_the_mapping_are_named_at_their_line_and_column() {
    let package = "datapackage.json";
    let check = |example, from, to, place: &str, message, help| {
        let place = format!("{package}:{place}");
        check_first(example, (package, from, to), &place, message, help);
    };
    check("owid", "\"where\"", "\"wher\"", "10:10", "no key is called `wher`", "write `where`");
    check("owid", "\"Year\"", "\"year_\"", "9:31", "no column `year_`", "write `Year`");
    check(
        "owid",
        "\"military_expenditure\"",
        "\"military_expenditur\"",
        "11:59",
        "no indicator is called `military_expenditur`",
        "write `military_expenditure`",
    );
    check("owid", "\"COG\"", "\"CGO_\"", "8:58", "no entity is called `CGO_`", "entities.csv");
    check("owid", "\"estimate\"", "\"estimat\"", "12:20", "`estimat` is no `status`", "`estimate`");
    check(
        "owid",
        "\"Spending Watch\"",
        "\"Spending Wach\"",
        "13:23",
        "no publisher is called `Spending Wach`",
        "`Spending Watch`, or add a row to sources.csv",
    );
    check("owid", "\"USD\"", "\"dollar\"", "11:91", "`dollar` is no `unit`", "USD");
    check(
        "owid",
        "\"2021-04-26\"",
        "\"26.04.2021\"",
        "14:23",
        "`26.04.2021` is no date",
        "2022-02",
    );
    check(
        "owid",
        "\"spending.csv\"",
        "\"spend.csv\"",
        "6:16",
        "there is no file",
        "from the folder",
    );
}

#[test]
fn what_a_mapping_lacks_or_hardly_means_is_named_there() {
    let package = "datapackage.json";
    let check = |example, from, to, place: &str, message, help| {
        let place = format!("{package}:{place}");
        check_first(example, (package, from, to), &place, message, help);
    };
    check("owid", "\"status\": \"estimate\",", "", "7:20", "no `status`", "add `status`");
    check("owid", "\"USD\"}", "\"person\"}", "7:20", "`person` is no unit of", "look at `unit`");
    check("wide", "{4}", "{3}", "11:30", "no column has a name that fits", "pattern");
    check("wide", "\"row\": 3", "\"row\": 2", "15:22", "has no date but ``", "cell that says");
    check("aid", "\"place\": \"UKR\",", "", "7:20", "needs `place`", "no claim can meet");
    check(
        "aid",
        "\"as\": \"cumulative\"",
        "\"as\": \"total\"",
        "20:31",
        "`total` is no `kind`",
        "flow",
    );
    check("daily", "\"period_start\": \"2023-10-07\",", "", "7:20", "no `period_start`", "counts");
    check(
        "scale",
        "\"scale\": 9",
        "\"scale\": \"bn\"",
        "13:19",
        "`bn` is no `scale`",
        "power of ten",
    );
    check("scale", ",\n  \"resources\"", "\n  \"resources\"", "2:21", "it is no JSON", "JSON");
}

#[test]
fn bad_cells_are_named_where_they_stand_in_the_table_as_it_is() {
    check_fault(
        "owid",
        ("spending.csv", "11800000000.0", "n/a"),
        "spending.csv:4:17",
        "`n/a` is no number",
        "add the word to `missing`",
    );
    check_fault(
        "owid",
        ("spending.csv", "11800000000.0", "\"11,800,000,000\""),
        "spending.csv:4:18",
        "`11,800,000,000` is no number",
        "`group`",
    );
    check_fault(
        "owid",
        ("spending.csv", ",2019,", ",1/1/2019,"),
        "spending.csv:4:12",
        "`1/1/2019` is no date",
        "`format`",
    );
    check_fault(
        "sdmx",
        ("milex.csv", "USD,6,E", "USD,6,X"),
        "milex.csv:3:56",
        "`X` is no `status`, so 1 row is left out",
        "say in `map`",
    );
    check_fault(
        "wide",
        ("population.csv", "\"19600000\"", "\"19600000000000\""),
        "population.csv:6:33",
        "19600000000000 is not between 10 and 12000000000",
        "`scale`",
    );
    check_fault(
        "daily",
        ("toll.csv", "560,2300", "560,2300,7"),
        "toll.csv:4:25",
        "the row has 5 cells",
        "quotation marks",
    );
    // Names that stand for nothing may well be meant.
    check_fault(
        "flight",
        ("refugees.csv", "Poland,POL", "Elsewhere,XXQ"),
        "refugees.csv:3:30",
        "no place is called `XXQ`, so 1 row is left out",
        "`where`",
    );
    // Two names of one entity: the second row says something else for the same year.
    check_fault(
        "owid",
        (
            "spending.csv",
            "Poland,POL,2020,",
            "UKR,POL,2019,99000000.0\nUkraine,POL,2019,11800000000.0",
        ),
        "spending.csv:6:18",
        "spending.csv:5 says 99000000 for the same day",
        "look at both",
    );
}

#[test]
fn a_wrong_scale_is_caught_by_the_magnitude() {
    for (scale, place, message) in [
        ("12", "spending.csv:2:13", "11800000000000000 is not between 100000 and 3000000000000"),
        ("9", "spending.csv:2:13", "2 of 2 values, so none of them is read"),
        ("0", "spending.csv:2:13", "11800 is not between 100000 and 3000000000000"),
    ] {
        let change = ("datapackage.json", "\"scale\": 9", &*format!("\"scale\": {scale}"));
        check_fault("scale", change, place, message, "look at `scale`");
    }
    let right = ("datapackage.json", "\"scale\": 9", "\"scale\": 6");
    let folder = folder("scale", "scale-right", right);
    let store = Store::examine(&[&folder], true, &mut Sources::new()).unwrap();
    assert_eq!(store.faults, []);
}

#[test]
fn other_countries_write_numbers_and_dates_in_their_way() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("foreign/european");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("a.csv"), "Land;Stand;Wert\nPolen;31.12.2019;11.800,5\n").unwrap();
    let package = r#"{"resources": [{"path": "a.csv", "x-mapping": {
        "entity": {"column": "Land", "map": {"Polen": "POL"}},
        "time": {"columns": ["Stand"], "format": "%d.%m.%Y"},
        "indicator": "military_expenditure", "value": "Wert", "scale": 6, "decimal": ",",
        "group": ".", "status": "official", "publisher": "World Bank"}}]}"#;
    fs::write(folder.join("datapackage.json"), package).unwrap();
    let mut sources = Sources::new();
    let store = Store::examine(&[&folder], true, &mut sources).unwrap();
    assert_eq!(store.faults, []);
    let row = store.observations().find(|row| store.given().contains(&row.at.source)).unwrap();
    let expected = "military_expenditure - POL> 11800500000 USD flow 2019-12-31 official 2";
    assert_eq!(line(row, &store), expected);
    assert_eq!(sources.place(row.at).text, "11.800,5");
}

/// Exit code, standard output and standard error.
pub(crate) fn numcheck(folder: &Path, words: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_numcheck"));
    let output = command.current_dir(folder).args(words).env_clear().output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn a_slip_of_the_mapping_stops_a_check_and_a_bad_cell_does_not() {
    let slip = folder("wide", "wide-slip", ("datapackage.json", "\"time\"", "\"tme\""));
    let (code, _, said) = numcheck(&slip, &["check", "census.md", "--reference", "."]);
    assert_eq!(code, Some(2), "{said}");
    let expected = "cannot read ./datapackage.json: line 11, column 10: no key is called `tme`";
    assert!(said.contains(expected), "{said}");
    assert!(said.contains("help: write `time`"), "{said}");
    let cell = folder("wide", "wide-cell", ("population.csv", "\"19500000\"", "\"many\""));
    let (code, out, _) = numcheck(&cell, &["check", "census.md", "--reference", "."]);
    assert_eq!(code, Some(1));
    assert!(out.contains("`many` is no number") && out.contains("population.csv:6:22"), "{out}");
    assert!(out.contains("reference-mismatch"), "{out}");
}

#[test]
fn doubts_are_shown_and_are_no_failure() {
    let folder = folder("flight", "flight-doubt", ("refugees.csv", "Poland,POL", "Elsewhere,XXQ"));
    let (code, out, _) = numcheck(&folder, &["reference", "validate", "."]);
    assert_eq!(code, Some(0), "{out}");
    assert!(out.contains("warning[bad-table-cell]"), "{out}");
    assert!(out.ends_with("1 table, 2 rows: no fault, 1 doubt\n"), "{out}");
}

#[test]
fn the_six_real_tables_are_read_unchanged() {
    if !Path::new("../shared/reference/foreign").is_dir() {
        // Past the test harness, which shows what a test prints only when it fails.
        let _ = writeln!(
            std::io::stderr(),
            "skipped: the mappings of tests/foreign on ../shared/reference/foreign, which is not \
             there"
        );
        return;
    }
    let mut sources = Sources::new();
    let store = Store::examine(&[Path::new("tests/foreign")], true, &mut sources).unwrap();
    let faults: Vec<_> = store.faults.iter().filter(|fault| !fault.doubt).collect();
    assert!(faults.is_empty(), "{faults:#?}");
    let rows = store.observations().filter(|row| store.given().contains(&row.at.source));
    let mut found = std::collections::BTreeMap::new();
    for row in rows {
        let file = Path::new(&*row.table).file_name().unwrap().to_str().unwrap();
        *found.entry(file.to_owned()).or_insert(0) += 1;
    }
    let expected = [
        ("gaza_daily.csv", 2041),
        ("kiel_data_explorer.csv", 10790),
        ("owid_sipri.csv", 7814),
        ("sdmx.csv", 3),
        ("unhcr_population.csv", 322),
        ("worldbank_wide_SP.POP.TOTL.csv", 1526),
    ];
    let expected = expected.map(|(file, rows)| (file.to_owned(), rows));
    assert_eq!(found.into_iter().collect::<Vec<_>>(), expected);
}
