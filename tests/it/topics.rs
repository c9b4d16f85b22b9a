//! A topic that a newsroom adds by rows alone: a folder of tables, and no rebuild.

use numcheck::check::{Review, Settings, check};
use numcheck::claim::untrue_examples;
use numcheck::ingest;
use numcheck::reference::Store;
use numcheck::text::Sources;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const INDICATORS: &str = "\
indicator,title,unit,kind,claim_indicator,claim_aspect,whose,where,max_age_days,plausible_min,\
plausible_max,monotone,words,needs_words,part_of,leads_to,unlike
area_burnt,Area burnt by wildfires,ha,cumulative,other,,,place,10,1,50000000,yes,,,,,area_threatened
area_threatened,Area under threat,ha,stock,other,,,place,10,1,50000000,no,,,,,
homes_destroyed,Homes destroyed by wildfires,item,cumulative,other,,,place,10,1,500000,yes,,,homes_hit,,
homes_hit,Homes destroyed or damaged by wildfires,item,cumulative,other,,,place,10,1,500000,yes,,,,,
";

const CUES: &str = "\
measure,role,counts,words,example
area_burnt,right,ha|km2|acre,burnt|burned|scorched|ablaze,The fire service said [300] hectares had burnt
area_burnt,left,ha|km2|acre,burnt|burned|scorched|scorching|ravaged|consumed,The blaze scorched [300] hectares of forest
area_threatened,left,ha|km2|acre,threatens|threatening,The blaze is threatening [300] hectares of forest
homes_destroyed,right,house|home|building,destroyed|razed|burnt down|gutted,In the valley [40] homes were razed
homes_destroyed,left,house|home|building,destroyed|razed|razing|gutting,The fire destroyed [40] homes
homes_hit,right,house|home|building,destroyed or damaged|damaged or destroyed,In the valley [40] homes were destroyed or damaged
";

const SOURCES: &str =
    "publisher,title,type,rank,party\nFire Board,National Fire Board,government,1,no\n";

const FIRES: &str = "\
indicator,entity,place,value,bound,unit,kind,period_start,as_of,published,status,publisher,source_url
area_burnt,PRT,PRT,12400,exact,ha,cumulative,2025-08-01,2025-08-19,2025-08-19,official,Fire Board,https://example.org/fires
homes_destroyed,PRT,PRT,64,exact,item,cumulative,2025-08-01,2025-08-19,2025-08-19,official,Fire Board,https://example.org/fires
";

/// A folder with the topic; `change` may spoil a table.
fn folder(name: &str, change: impl Fn(&str, &str) -> String) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("topics").join(name);
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir).unwrap();
    for (name, table) in
        [("indicators", INDICATORS), ("cues", CUES), ("sources", SOURCES), ("fires", FIRES)]
    {
        fs::write(dir.join(name).with_extension("csv"), change(name, table)).unwrap();
    }
    dir
}

fn plain(name: &str) -> PathBuf {
    folder(name, |_, table| table.to_owned())
}

fn review(dir: &Path, text: &str) -> Review {
    let mut sources = Sources::new();
    let store = Store::open(&[dir], true, &mut sources).unwrap();
    assert_eq!(store.faults, []);
    let file = format!("Fires still burn\n20250820\nhttps://example.org/a\n{text}\n");
    let articles = ingest::read("a.txt", file.as_bytes(), None, &mut sources).unwrap();
    let review = check(articles, sources, Arc::new(store), &Settings::default());
    assert!(review.is_sound(), "{:?}", review.unsound());
    review
}

/// Each number of the text with its measure, status and the rule that speaks of it.
#[track_caller]
fn expect(dir: &Path, text: &str, expected: &[(&str, &str, &str, &str)]) {
    let review = review(dir, text);
    let prose = &review.articles[0].prose;
    let found: Vec<_> = (review.claims.iter().zip(&review.verdicts).enumerate())
        .map(|(i, (claim, verdict))| {
            let measure = claim.measure.as_ref();
            let rule = review.findings.iter().find(|finding| finding.claim == Some(i));
            (
                claim.quantity.span.of(prose),
                measure.map_or("", |slot| &*review.store.catalog.measure(slot.value).key),
                verdict.status.name(),
                rule.map_or("", |finding| finding.rule.name),
            )
        })
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn rows_alone_give_numbers_a_measure() {
    let dir = plain("measure");
    expect(
        &dir,
        "In Portugal some 12,000 hectares have burnt so far and 64 homes were razed.\n\
         The blaze is threatening 900 hectares of vineyards in Spain.\n\
         In the valley 80 houses were destroyed or damaged.\n\
         The service has 40 engines, 300 homes still have power, and 30 hectares are flat.",
        &[
            ("12,000", "area_burnt", "supported", ""),
            ("64", "homes_destroyed", "supported", ""),
            ("900", "area_threatened", "unchecked", ""),
            ("80", "homes_hit", "unchecked", ""),
            ("40", "", "unchecked", ""),
            ("300", "", "unchecked", ""),
            ("30", "", "unchecked", ""),
        ],
    );
}

#[test]
fn a_wrong_figure_of_the_topic_is_a_finding_against_its_own_table() {
    let dir = plain("finding");
    expect(
        &dir,
        "The fire in Portugal has scorched 9,700 hectares, the Fire Board said.",
        &[("9,700", "area_burnt", "contradicted", "reference-mismatch")],
    );
}

#[test]
fn without_the_folder_nothing_is_known_of_the_topic() {
    let mut sources = Sources::new();
    let store = Store::builtin(&mut sources);
    assert_eq!(store.catalog.measure_named("area_burnt"), None);
}

#[test]
fn the_examples_of_the_rows_run() {
    let dir = plain("examples");
    let store = Store::open(&[&dir], true, &mut Sources::new()).unwrap();
    assert_eq!(untrue_examples(&store.catalog), []);
    let dir = folder("untrue", |name, table| match name {
        "cues" => table.replace("The fire destroyed [40] homes", "The fire spared [40] homes"),
        _ => table.to_owned(),
    });
    let mut sources = Sources::new();
    let store = Store::open(&[&dir], true, &mut sources).unwrap();
    let untrue = untrue_examples(&store.catalog);
    let [fault] = &untrue[..] else { panic!("{untrue:?}") };
    let place = sources.place(fault.at);
    assert!(place.path.ends_with("cues.csv"), "{}", place.path);
    assert_eq!((place.line, place.column), (6, 73));
    assert_eq!(fault.message, "the example is read as no measure");
}

#[test]
fn bad_rows_are_faults_at_their_line_and_column() {
    let bad = "measure,role,counts,words,example\n\
               area_brunt,right,ha,burnt,The fire left [300] hectares burnt\n\
               area_burnt,behind,ha,burnt,The fire left [300] hectares burnt\n\
               area_burnt,right,ha,,The fire left [300] hectares burnt\n\
               area_burnt,right,ha,burnt,The fire left 300 hectares burnt\n\
               ,right,ha,burnt,The fire left [300] hectares burnt\n";
    let dir = folder("bad", |name, table| (if name == "cues" { bad } else { table }).to_owned());
    let mut sources = Sources::new();
    let store = Store::open(&[&dir], true, &mut sources).unwrap();
    let shown: Vec<_> = store
        .faults
        .iter()
        .map(|fault| {
            let place = sources.place(fault.at);
            format!("{}:{} {}; {}", place.line, place.column, fault.message, fault.help)
        })
        .collect();
    let expected = [
        "2:1 no indicator is called `area_brunt`; write `area_burnt`, or add a row to indicators.csv",
        "3:12 `behind` is no `role`; write one of: head, fired, left, right, near",
        "4:21 the row has no `words`; give the row a `words`, or take it out",
        "5:27 the example marks no number, or more than one; put [ ] around the number",
        "6:1 the row has neither `indicator` nor `measure`; give it one of the two",
    ];
    assert_eq!(shown, expected);
}
