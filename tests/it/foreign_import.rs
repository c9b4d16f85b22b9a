//! `numcheck reference import`: a table that nobody described is read as the page on tables reads it,
//! and what is not to be seen in it is asked for by the name of its flag.

use crate::docs::blocks;
use crate::foreign::{line, numcheck};
use numcheck::reference::Store;
use numcheck::text::Sources;
use std::fs;
use std::path::{Path, PathBuf};

/// A fresh folder with nothing in it.
fn fresh(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("import").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// The observations of a folder's own tables.
fn rows(folder: &Path) -> Vec<String> {
    let store = Store::open(&[folder], true, &mut Sources::new()).unwrap();
    let faults: Vec<_> = store.faults.iter().filter(|fault| !fault.doubt).collect();
    assert!(faults.is_empty(), "{faults:#?}");
    let rows = store.observations().filter(|row| store.given().contains(&row.at.source));
    rows.map(|row| line(row, &store)).collect()
}

/// Holds that the table of an example, imported with these words, is read as its mapping on the
/// page says, as far as rows have `part` in them.
#[track_caller]
fn check(example: &str, table: &str, words: &[&str], part: &str) {
    let page = fs::read_to_string("docs/reference-tables.md").unwrap();
    let (bare, whole) = (fresh(&format!("{example}-bare")), fresh(&format!("{example}-whole")));
    for block in blocks(&page, "file") {
        let Some(file) = block.note.strip_prefix(&format!("{example}/")) else { continue };
        fs::write(whole.join(file), block.text).unwrap();
        if file == table {
            fs::write(bare.join(file), block.text).unwrap();
        }
    }
    let words = [&["reference", "import", table], words].concat();
    let (code, out, err) = numcheck(&bare, &words);
    assert_eq!(code, Some(0), "{example}: {out}{err}");
    let mut expected = rows(&whole);
    expected.retain(|row| row.contains(part));
    assert!(!expected.is_empty());
    assert_eq!(rows(&bare), expected, "{example}: {out}");
}

#[test]
fn the_six_layouts_are_drafted_as_the_page_describes_them() {
    let publisher = ["--publisher", "Spending Watch", "--published", "2021-04-26"];
    let words = [&["--measure", "military_expenditure", "--unit", "USD"][..], &publisher].concat();
    check("owid", "spending.csv", &words, "");
    check("wide", "population.csv", &["--publisher", "World Bank"], "CHL");
    let words = ["--measure", "military_expenditure", "--publisher", "World Bank"];
    check("sdmx", "milex.csv", &words, "");
    let words = [
        "--value",
        "total=aid_allocations",
        "--subject",
        "total",
        "--unit",
        "EUR",
        "--scale",
        "9",
        "--kind",
        "flow",
        "--since",
        "2022-01-24",
        "--place",
        "UKR",
        "--publisher",
        "Aid Watch",
        "--published",
        "2022-05-02",
    ];
    check("aid", "aid.csv", &words, "aid_allocations total");
    let words = ["--value", "refugees=refugees_year_end", "--drop-zero", "--publisher", "UNHCR"];
    check("flight", "refugees.csv", &words, "refugees_year_end");
    let words = [
        "--value",
        "killed_cum=conflict_deaths",
        "--value",
        "injured_cum=conflict_injured",
        "--entity",
        "PSE",
        "--place",
        "PSE-Gaza",
        "--where",
        "report_source=ministry",
        "--since",
        "2023-10-07",
        "--status",
        "official",
        "--publisher",
        "Ministry of Health, Gaza",
    ];
    check("daily", "toll.csv", &words, "");
}

const EUROPEAN: &str = "Land;Stand;Ausgaben in Mio. EUR\n\
                        Poland;31.12.2019;11.800,5\nFrance;31.12.2019;50.100,25\n";

#[test]
fn signs_and_dates_of_other_countries_are_seen() {
    let folder = fresh("european");
    fs::write(folder.join("a.csv"), EUROPEAN).unwrap();
    let words = ["reference", "import", "a.csv", "--measure", "military_expenditure"];
    let (code, out, err) =
        numcheck(&folder, &[&words[..], &["--publisher", "Europe Watch"]].concat());
    assert_eq!(code, Some(0), "{out}{err}");
    for sentence in [
        "- line 1 names 3 columns, parted by semicolons\n",
        "- the date is in `Stand`, written %d.%m.%Y\n",
        "- whose figure it is says `Land`\n",
        "- the unit is EUR, by its name\n",
        "- the values are in millions, by their name\n",
        "- Europe Watch is a new publisher: it gets a row in sources.csv\n",
        "line 2: military_expenditure flow 2019-12-31: 11800500000 EUR, Poland (Europe Watch",
    ] {
        assert!(out.contains(sentence), "{sentence}: {out}");
    }
    assert_eq!(rows(&folder).len(), 2);
}

#[test]
fn what_is_not_to_be_seen_is_asked_for_by_its_flag_and_nothing_is_written() {
    let folder = fresh("missing");
    fs::write(folder.join("a.csv"), "Country,Year,Total\nPoland,2020,5\nFrance,2020,7\n").unwrap();
    let (code, out, err) = numcheck(&folder, &["reference", "import", "a.csv"]);
    assert_eq!((code, &*out), (Some(2), ""), "{err}");
    assert!(err.contains("--measure: what is measured?"), "{err}");
    assert!(err.contains("--publisher: who publishes the figures?"), "{err}");
    let words = ["reference", "import", "a.csv", "--measure", "military_expenditur"];
    let err = numcheck(&folder, &words).2;
    assert!(err.contains("no indicator is called `military_expenditur`"), "{err}");
    let words = ["reference", "import", "a.csv", "--measure", "military_expenditure"];
    let err = numcheck(&folder, &words).2;
    assert!(err.contains("--unit: in which currency are the values? (USD)"), "{err}");
    assert!(err.contains("--scale: which power of ten"), "{err}");
    let others = ["--unit", "USD", "--publisher", "World Bank", "--scale", "15"];
    let (code, _, err) = numcheck(&folder, &[&words[..], &others].concat());
    assert_eq!(code, Some(2), "a scale that no value can have: {err}");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "nothing is written");
    assert_eq!(numcheck(&folder, &["reference", "import", "none.csv"]).0, Some(2));
}

#[test]
fn a_package_that_is_there_keeps_what_it_says() {
    let (folder, from) = (fresh("extended"), fresh("extended-from"));
    let own = "{\n  \"name\": \"ours\",\n  \"resources\": [\n    {\"path\": \"own.csv\"}\n  ]\n}\n";
    fs::write(folder.join("datapackage.json"), own).unwrap();
    fs::write(folder.join("sources.csv"), "publisher,title,rank,party\nA,A,1,no\n").unwrap();
    fs::write(from.join("b.csv"), EUROPEAN).unwrap();
    let words = ["reference", "import", "b.csv", "--measure", "military_expenditure"];
    let others = ["--publisher", "Europe Watch", "--output", folder.to_str().unwrap()];
    let words = [&words[..], &others].concat();
    let (code, out, err) = numcheck(&from, &[&words[..], &["--dry-run"]].concat());
    assert_eq!((code, &*err), (Some(0), ""));
    assert!(out.contains("\"path\": \"b.csv\""), "{out}");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 2, "a dry run writes nothing");
    assert_eq!(numcheck(&from, &words).0, Some(0));
    let package = fs::read_to_string(folder.join("datapackage.json")).unwrap();
    assert!(package.starts_with(own.split_once("\n  ]").unwrap().0), "{package}");
    assert_eq!(fs::read_to_string(folder.join("b.csv")).unwrap(), EUROPEAN);
    let sources = fs::read_to_string(folder.join("sources.csv")).unwrap();
    assert_eq!(sources, "publisher,title,rank,party\nA,A,1,no\nEurope Watch,Europe Watch,2,no\n");
    assert_eq!(rows(&folder).len(), 2);
    let (code, _, err) = numcheck(&from, &words);
    assert_eq!(code, Some(2));
    assert!(err.contains("is there already"), "{err}");
    let here = ["reference", "import", "b.csv", "--measure", "military_expenditure"];
    let here = [&here[..], &["--publisher", "A"]].concat();
    let err = numcheck(&folder, &here).2;
    assert!(err.contains("it describes b.csv already"), "{err}");
}
