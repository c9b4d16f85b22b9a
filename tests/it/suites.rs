//! The public test suites of other extractors, read our way: every row agrees with us, or
//! `tests/suites/differ.csv` says why it does not. `UPDATE=1` writes that file and
//! `docs/suites.md` anew; what is new there is a `miss` until somebody finds a better cause.

mod schema;

use crate::suites::schema::{
    Difference, Row, Schema, bounded, counted, measured, numbers, read, spelled, typed,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// Where the suites lie: beside the repository, never in it.
const SUITES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/gold/suites");

const DIFFER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suites/differ.csv");
const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/suites.md");
const CAUSES: &str = include_str!("../suites/causes.csv");

/// The cause of what is no difference on purpose but a fault of ours.
const MISS: &str = "miss";

/// A suite: its file, its schema, and how many of its rows we still get wrong.
struct Suite {
    name: &'static str,
    from: &'static str,
    schema: Schema,
    misses: usize,
}

static ALL: &[Suite] = &[
    Suite { name: "duckling_money", from: "facebook/duckling", schema: measured, misses: 0 },
    Suite { name: "duckling_numeral", from: "facebook/duckling", schema: numbers, misses: 0 },
    Suite { name: "duckling_quantity", from: "facebook/duckling", schema: measured, misses: 0 },
    Suite { name: "gum_news_numbers", from: "GUM corpus", schema: counted, misses: 0 },
    Suite { name: "number_parser", from: "scrapinghub/number-parser", schema: spelled, misses: 0 },
    Suite { name: "numerizer", from: "jaidevd/numerizer", schema: spelled, misses: 0 },
    Suite { name: "quantulum_tests", from: "nielstron/quantulum3", schema: measured, misses: 0 },
    Suite {
        name: "recognizers_number",
        from: "microsoft/Recognizers-Text",
        schema: numbers,
        misses: 0,
    },
    Suite {
        name: "recognizers_range",
        from: "microsoft/Recognizers-Text",
        schema: bounded,
        misses: 0,
    },
    Suite {
        name: "recognizers_unit",
        from: "microsoft/Recognizers-Text",
        schema: typed,
        misses: 0,
    },
    Suite { name: "text2num", from: "allo-media/text2num", schema: spelled, misses: 0 },
];

/// A line of `differ.csv`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
struct Listed {
    suite: String,
    id: String,
    number: String,
    cause: String,
    why: String,
}

impl Listed {
    fn key(&self) -> (&str, &str, &str) {
        (&self.suite, &self.id, &self.number)
    }
}

#[derive(Deserialize)]
struct Cause {
    cause: String,
    meaning: String,
}

fn table<T: for<'a> Deserialize<'a>>(text: &str) -> Vec<T> {
    csv::Reader::from_reader(text.as_bytes()).deserialize().map(Result::unwrap).collect()
}

// The test

/// What came of one suite.
struct Tally {
    suite: &'static Suite,
    rows: usize,
    pass: usize,
    /// Rows by cause; a row counts under each cause it differs by.
    causes: BTreeMap<String, usize>,
}

struct Run {
    results: Vec<Tally>,
    listed: Vec<Listed>,
    faults: Vec<String>,
}

fn run(known: &[Listed]) -> Run {
    let mut run = Run { results: Vec::new(), listed: Vec::new(), faults: Vec::new() };
    for suite in ALL {
        let text =
            fs::read_to_string(Path::new(SUITES).join(format!("{}.jsonl", suite.name))).unwrap();
        let mut result = Tally { suite, rows: 0, pass: 0, causes: BTreeMap::new() };
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let row: Row = serde_json::from_str(line).unwrap();
            let differences = (suite.schema)(&row, &read(&row.text));
            result.rows += 1;
            result.pass += usize::from(differences.is_empty());
            let mut causes = BTreeSet::new();
            for difference in differences {
                let listed = listed(suite, &row, &difference, known, &mut run.faults);
                causes.insert(listed.cause.clone());
                if !run.listed.iter().any(|other| other.key() == listed.key()) {
                    run.listed.push(listed);
                }
            }
            for cause in causes {
                *result.causes.entry(cause).or_default() += 1;
            }
        }
        run.results.push(result);
    }
    run
}

/// The line of `differ.csv` for a difference; a fault and a new `miss` where there is none.
fn listed(
    suite: &Suite,
    row: &Row,
    difference: &Difference,
    known: &[Listed],
    faults: &mut Vec<String>,
) -> Listed {
    let Difference { number, want, got } = difference;
    let is = |line: &&Listed| line.key() == (suite.name, &*row.id, &**number);
    known.iter().find(is).cloned().unwrap_or_else(|| {
        faults.push(format!(
            "{}:{}: {:?} in {:?}: want {want}, got {got}",
            suite.name, row.id, number, row.text
        ));
        Listed {
            suite: suite.name.to_owned(),
            id: row.id.clone(),
            number: number.clone(),
            cause: MISS.to_owned(),
            why: format!("want {want}, got {got}"),
        }
    })
}

fn page(results: &[Tally]) -> String {
    let mut page = "# The suites of other extractors\n\n\
        What comes of the public test suites of other extractors, read by our rules. \
        `cargo test suites` holds this page where the suites lie beside the repository; \
        `UPDATE=1 cargo test suites` writes it.\n\n\
        A row passes when every number it expects is found with its value and its unit or bounds, \
        and no other. `tests/suites/differ.csv` lists every other number, with its cause; a row \
        may differ by more than one.\n\n\
        | suite | from | rows | pass | differ on purpose | missed |\n| --- | --- | ---: | ---: | ---: | ---: |\n"
        .to_owned();
    for Tally { suite, rows, pass, causes } in results {
        let missed = causes.get(MISS).copied().unwrap_or_default();
        let differ = rows - pass - missed;
        writeln!(
            page,
            "| {} | {} | {rows} | {pass} | {differ} | {missed} |",
            suite.name, suite.from
        )
        .unwrap();
    }
    page.push_str(
        "\n## Why rows differ\n\n| cause | what it means | rows |\n| --- | --- | --- |\n",
    );
    for Cause { cause, meaning } in table::<Cause>(CAUSES) {
        let in_suite = |r: &Tally| Some(format!("{} {}", r.suite.name, r.causes.get(&cause)?));
        let rows: Vec<_> = results.iter().filter_map(in_suite).collect();
        if !rows.is_empty() {
            writeln!(page, "| {cause} | {meaning} | {} |", rows.join(", ")).unwrap();
        }
    }
    page
}

/// How many rows of each suite are missed now, where that is another number than stands here.
fn ratchet(results: &[Tally]) -> Vec<String> {
    let moved = |Tally { suite, causes, .. }: &Tally| {
        let missed = causes.get(MISS).copied().unwrap_or_default();
        let word = if missed < suite.misses { "better: lower" } else { "worse than" };
        let (name, misses) = (suite.name, suite.misses);
        (missed != misses)
            .then(|| format!("{name}: {missed} rows missed, {word} `misses: {misses}`"))
    };
    results.iter().filter_map(moved).collect()
}

#[test]
fn suites_agree_or_differ_on_purpose() {
    if !Path::new(SUITES).is_dir() {
        println!("skipped: suites_agree_or_differ_on_purpose, as {SUITES} is not there");
        return;
    }
    let known: Vec<Listed> = table(&fs::read_to_string(DIFFER).unwrap());
    let Run { results, listed, mut faults } = run(&known);
    for Tally { suite, rows, pass, causes } in &results {
        println!("{:20} {rows:4} rows {pass:4} pass  {causes:?}", suite.name);
    }
    let page = page(&results);
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(Path::new(PAGE).parent().unwrap()).unwrap();
        fs::write(PAGE, &page).unwrap();
        let mut out = csv::Writer::from_path(DIFFER).unwrap();
        for line in &listed {
            out.serialize(line).unwrap();
        }
        out.flush().unwrap();
        faults.clear();
    } else {
        let stale = known.iter().filter(|line| !listed.contains(line));
        faults.extend(stale.map(|line| format!("{line:?} no longer differs")));
        if fs::read_to_string(PAGE).unwrap_or_default() != page {
            faults.push("docs/suites.md is not what the suites say now".to_owned());
        }
    }
    let causes: BTreeSet<_> = table::<Cause>(CAUSES).into_iter().map(|c| c.cause).collect();
    let odd = listed.iter().filter(|l| !causes.contains(&l.cause) || l.why.trim().is_empty());
    faults.extend(odd.map(|line| format!("no such cause, or no reason: {line:?}")));
    faults.extend(ratchet(&results));
    assert!(
        faults.is_empty(),
        "{} faults:\n{}\nwhat to do: read each, then `UPDATE=1 cargo test suites`, and give what is \
         new in tests/suites/differ.csv its cause",
        faults.len(),
        faults.join("\n")
    );
}
