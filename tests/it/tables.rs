//! `numcheck reference list`, `show` and `query`: what the tables hold, and what a claim would be
//! held against.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder that knows nothing but two lakes, and who measures them.
const LAKES: &[(&str, &str)] = &[
    (
        "entities.csv",
        "id,kind,names,demonyms,agents,note\nFIN,country,Finland,Finnish,,\nEST,country,Estonia,Estonian,,\n",
    ),
    (
        "sources.csv",
        "publisher,title,rank,party\nLake Office,The lake office,1,no\nAnglers,Anglers' union,3,no\n",
    ),
    (
        "indicators.csv",
        "indicator,title,unit,kind,claim_indicator,claim_aspect,whose,where,max_age_days,plausible_min,plausible_max,monotone,words,needs_words\n\
         pike,Pike caught,item,flow,other,,,entity,400,0,99999,no,pike,yes\n\
         ice,Thickness of the ice,cm,stock,other,,,entity,40,0,300,no,ice,yes\n",
    ),
    (
        "catch.csv",
        "id,indicator,subject,entity,place,value,lower,upper,bound,unit,kind,period_start,as_of,published,status,publisher,source_url,note\n\
         p1,pike,,FIN,FIN,1200,,,exact,item,flow,2020-01-01,2020-12-31,2021-02-01,final,Lake Office,https://example.org/p1,\n\
         p2,pike,,FIN,FIN,,1400,1600,range,item,flow,2021-01-01,2021-12-31,2022-02-01,final,Lake Office,https://example.org/p2,\"counted \"\"by hand\"\"\"\n\
         ,pike,,EST,EST,900,,,at_least,item,flow,2021-01-01,2021-12-31,,estimate,Anglers,,\n",
    ),
    (
        "frost.csv",
        "indicator,entity,place,value,bound,unit,kind,as_of,published,status,publisher\n\
         ice,FIN,FIN,32,about,cm,stock,2022-01-10,2022-01-11,provisional,Lake Office\n",
    ),
];

fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("tables").join(name);
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(dir.join("lakes")).unwrap();
    for (name, text) in files {
        fs::write(dir.join("lakes").join(name), text).unwrap();
    }
    dir
}

fn run(dir: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_numcheck"));
    command.current_dir(dir).arg("reference").args(words).env_clear().stdin(Stdio::null());
    command.output().unwrap()
}

/// What a task says of the lakes alone.
#[track_caller]
fn lakes(name: &str, words: &[&str]) -> String {
    let dir = folder(name, LAKES);
    let all = [words, &["--reference", "lakes", "--no-builtin-reference"]].concat();
    said(&run(&dir, &all))
}

/// What a task says of the built-in tables.
#[track_caller]
fn builtin(words: &[&str]) -> String {
    said(&run(Path::new(env!("CARGO_TARGET_TMPDIR")), words))
}

#[track_caller]
fn said(output: &Output) -> String {
    let err = String::from_utf8_lossy(&output.stderr);
    assert_eq!((output.status.code(), &*err), (Some(0), ""));
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[track_caller]
fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn list_says_what_the_tables_hold() {
    insta::assert_snapshot!(lakes("list", &["list"]), @r"
    lakes/catch.csv: 3 rows
      pike  3 rows, 2020-12-31 to 2021-12-31
        by  Anglers, Lake Office
        of  EST, FIN
        in  EST, FIN

    lakes/frost.csv: 1 row
      ice  1 row, 2022-01-10
        by  Lake Office
        of  FIN
        in  FIN

    names and rates
      lakes/entities.csv, lakes/indicators.csv, lakes/sources.csv

    2 tables, 2 indicators, 4 rows
    ");
}

#[test]
fn list_gives_programs_the_same() {
    let list = json(&lakes("list-json", &["list", "--format", "json"]));
    assert_eq!(list["schema"], "numcheck/reference-list/v1");
    assert_eq!((&list["rows"], &list["faults"]), (&4.into(), &0.into()));
    let pike = &list["indicators"][0];
    assert_eq!((&pike["indicator"], &pike["rows"]), (&"pike".into(), &3.into()));
    assert_eq!((&pike["first"], &pike["last"]), (&"2020-12-31".into(), &"2021-12-31".into()));
    assert_eq!(pike["publishers"], Value::from(vec!["Anglers", "Lake Office"]));
    assert_eq!(pike["places"], Value::from(vec!["EST", "FIN"]));
    assert_eq!(list["tables"][1]["table"], "lakes/frost.csv");
    assert_eq!(list["tables"][1]["indicators"], Value::from(vec!["ice"]));
    let all = json(&builtin(&["list", "--format", "json"]));
    let rows: u64 =
        all["tables"].as_array().unwrap().iter().map(|t| t["rows"].as_u64().unwrap()).sum();
    assert!(rows > 1000 && all["rows"] == rows, "{rows}");
}

#[test]
fn show_takes_an_indicator_a_table_an_id_and_a_line() {
    insta::assert_snapshot!(lakes("show", &["show", "pike"]), @r#"
    pike: Pike caught
      2020-12-31  1,200 item         FIN; flow since 2020-01-01, final; Lake Office,
                                     published 2021-02-01
                                     lakes/catch.csv:2
                                     https://example.org/p1
      2021-12-31  at least 900 item  EST; flow since 2021-01-01, estimate; Anglers
                                     lakes/catch.csv:4
      2021-12-31  1,400–1,600 item   FIN; flow since 2021-01-01, final; Lake Office,
                                     published 2022-02-01
                                     lakes/catch.csv:3
                                     https://example.org/p2
                                     counted "by hand"
    "#);
    let whole = lakes("show-table", &["show", "lakes/catch.csv"]);
    assert_eq!(lakes("show-stem", &["show", "catch"]), whole);
    assert_eq!(lakes("show-name", &["show", "catch.csv"]), whole);
    let one = lakes("show-id", &["show", "p2"]);
    assert_eq!(lakes("show-line", &["show", "catch.csv:3"]), one);
    assert!(one.contains("1,400–1,600") && !one.contains("1,200"), "{one}");
    let rows = json(&lakes("show-json", &["show", "p2", "frost", "--format", "json"]));
    let first = &rows["rows"][0];
    assert_eq!((&first["lower"], &first["upper"]), (&"1400".into(), &"1600".into()));
    assert_eq!((&first["line"], &first["column"]), (&3.into(), &19.into()));
    assert_eq!(first["note"], "counted \"by hand\"");
    assert_eq!(rows["rows"][1]["bound"], "about");
    assert_eq!(rows["rows"][1]["id"], "lakes/frost.csv:2");
}

#[test]
fn what_nothing_is_called_is_a_complaint_that_names_the_nearest() {
    let dir = folder("unknown", LAKES);
    let words = ["show", "pikes", "--reference", "lakes", "--no-builtin-reference"];
    let output = run(&dir, &words);
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), &*output.stdout), (Some(2), &b""[..]));
    insta::assert_snapshot!(err, @r"
    numcheck: no indicator, table or row is called pikes
      help: did you mean pike? `numcheck reference list` lists indicators and tables
    ");
    let output = run(&dir, &["list", "--reference", "nosuch"]);
    assert_eq!(output.status.code(), Some(2));
    let output = run(&dir, &["query", " "]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn query_shows_what_would_count_and_why_others_do_not() {
    let words = ["query", "Russian troops near Ukraine 2022-01-28", "--limit", "2"];
    insta::assert_snapshot!(builtin(&words), @r"
    Russian troops near Ukraine · as known on 2022-01-28

      number     none given: any
      indicator  troops
      measure    troops_near_border: Troops massed near a border
      subject    RUS
      place      –
      aspect     deployed
      when       –

    It would be held against 2 rows.
      counts      about 100,000 people      as of 2022-01-28; russian_troops · RUS ·
                                            UKR-border; stock, media; BBC, published
                                            2022-01-28
                                            reference-data/ukraine-buildup.csv:28
                                            https://playcrazygame.com/2022/01/28/russia-vs-ukraine-how-big-is-the-military-escalation-on-the-border/
      party only  more than 127,000 people  as of 2022-01-18; russian_troops · RUS ·
                                            UKR-border; stock, estimate; Ministry of
                                            Defence of Ukraine, a party, published
                                            2022-01-19
                                            reference-data/ukraine-buildup.csv:27
                                            https://www.businessinsider.com/ukraine-says-russia-almost-completed-troop-buildup-potential-offensive-2022-1?r=US&IR=T
      too old     120,000 people            as of 2021-12; russian_troops · RUS ·
                                            UKR-border; stock, estimate; Ministry of
                                            Defence of Ukraine, a party
                                            reference-data/ukraine-buildup.csv:21
      too old     94,000 people             as of 2021-12-05; russian_troops · RUS ·
                                            UKR-border; stock, estimate; Ministry of
                                            Defence of Ukraine, a party, published
                                            2021-12-06
                                            reference-data/ukraine-buildup.csv:24

      and 32 more rows of this indicator: 11 too old, 9 not yet published, 1
      withdrawn, 4 other category, 7 other place
    ");
}

#[test]
fn a_query_with_a_number_is_judged() {
    let words = [
        "query",
        "The war in Donbas has killed 17,000 people since 2014.",
        "--as-of",
        "2022-01-28",
        "--limit",
        "1",
    ];
    insta::assert_snapshot!(builtin(&words), @r"
    The war in Donbas has killed 17,000 people since 2014. · as known on 2022-01-28

      number     17,000 people
      indicator  killed
      measure    conflict_deaths: People killed in an armed conflict
      subject    –
      place      UKR-Donbas
      aspect     cumulative
      when       2014 to 2022-01-28

    It would be held against 1 row.
      counts      13,200–13,400 people  as of 2021-06-30; all · UKR · UKR-Donbas;
                                        cumulative since 2014-04-14, estimate;
                                        OHCHR, published 2021-07-19
                                        reference-data/donbas-casualties.csv:28
                                        http://euromaidanpress.com/2021/07/19/un-releases-data-on-donbas-war-victims-starting-from-2014/?share=twitter
      superseded  13,100–13,300 people  as of 2021-01-31; all · UKR · UKR-Donbas;
                                        cumulative since 2014-04-14, estimate; OHCHR
                                        reference-data/donbas-casualties.csv:27

      and 75 more rows of this indicator: 18 too old, 35 other place, 22 other
      subject

    contradicted: 17,000 people is not what the reference says: 13,200–13,400
    (OHCHR, as of 2021-06-30)
    ");
}

/// The role of each row, and the day, in JSON.
#[track_caller]
fn roles(words: &[&str]) -> (String, Vec<(String, String)>) {
    let found = json(&builtin(&[&["query", "--format", "json"], words].concat()));
    assert_eq!(found["schema"], "numcheck/reference-query/v1");
    let rows = found["numbers"][0]["rows"].as_array().unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    (
        text(&found["as_of"]),
        rows.iter().map(|row| (text(&row["role"]), text(&row["as_of"]))).collect(),
    )
}

#[test]
fn the_day_of_a_query_decides_what_was_known() {
    let words = "people killed in Donbas since 2014";
    let (day, rows) = roles(&[&format!("{words}, 2022-01-28"), "--limit", "0"]);
    assert_eq!((&*day, rows), ("2022-01-28", vec![("counts".to_owned(), "2021-06-30".to_owned())]));
    let (day, rows) = roles(&[words, "--as-of", "2021-06", "--limit", "1"]);
    assert_eq!(day, "2021-06-30");
    let expected = [("counts", "2021-01-31"), ("superseded", "2020-08-31")];
    assert_eq!(rows, expected.map(|(role, day)| (role.to_owned(), day.to_owned())));
    let (day, _) = roles(&["Ukraine had 44 million inhabitants on 28 January 2022"]);
    assert_eq!(day, "2022-01-28");
}

#[test]
fn a_query_that_nothing_answers_says_so_and_is_no_failure() {
    let text = builtin(&["query", "geese in the park 2022-01-28"]);
    assert!(text.contains("against nothing: no indicator of the tables speaks of it."), "{text}");
    let text = builtin(&["query", "Russian troops near Ukraine 1999-01-28", "--limit", "0"]);
    assert!(text.contains("every row of it was published after"), "{text}");
    let text = builtin(&["query", "aid"]);
    assert!(text.contains("It would be held against nothing"), "{text}");
}
