//! How a number is held against rows: a test for each sentence of the contract's chapter on claims,
//! with tables made for it.

use numcheck::check::{AsOf, Review, Settings, check};
use numcheck::compare::{Evidence, Reason};
use numcheck::finding::Severity;
use numcheck::ingest;
use numcheck::reference::Store;
use numcheck::text::Sources;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const SOURCES: &str = "\
publisher,title,type,rank,party
Alpha Office,Alpha Office,government,1,no
Beta Watch,Beta Watch,ngo,2,no
Gamma Army,Gamma Army,government,3,party
";

const ENTITIES: &str = "\
id,kind,names,demonyms,agents,capital,note
ALPHA_OFFICE,organisation,Alpha Office,,,,
BETA_WATCH,organisation,Beta Watch,,,,
";

const HEAD: &str = "indicator,subject,entity,place,value,lower,upper,bound,unit,kind,period_start,\
                    as_of,published,status,publisher,source_url\n";

/// An article, and the day it is of.
struct Text<'a> {
    date: &'a str,
    url: &'a str,
    sentence: &'a str,
}

/// What is said of the number in brackets.
#[derive(Debug, PartialEq, Eq)]
struct Said {
    status: &'static str,
    by: Option<&'static str>,
    reason: String,
    rules: Vec<(&'static str, Severity)>,
    publishers: Vec<String>,
}

fn folder(name: &str, rows: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("judging").join(name);
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir).unwrap();
    fs::write(dir.join("sources.csv"), SOURCES).unwrap();
    fs::write(dir.join("entities.csv"), ENTITIES).unwrap();
    fs::write(dir.join("rows.csv"), format!("{HEAD}{rows}\n")).unwrap();
    dir
}

fn review(dir: &Path, texts: &[Text<'_>], settings: &Settings) -> Review {
    let mut sources = Sources::new();
    let store = Store::open(&[dir], true, &mut sources).unwrap();
    assert_eq!(store.faults, []);
    let mut articles = Vec::new();
    for (at, text) in texts.iter().enumerate() {
        let sentence = text.sentence.replace(['[', ']'], "");
        let file = format!("No figure up here\n{}{}\n{sentence}\n", day(text.date), text.url);
        articles.extend(
            ingest::read(&format!("{at}.txt"), file.as_bytes(), None, &mut sources).unwrap(),
        );
    }
    let review = check(articles, sources, Arc::new(store), settings);
    assert!(review.is_sound(), "{:?}", review.unsound());
    review
}

fn day(date: &str) -> String {
    if date.is_empty() { String::new() } else { format!("{}\n", date.replace('-', "")) }
}

fn said(review: &Review, article: usize, sentence: &str) -> Said {
    let number = sentence.split(['[', ']']).nth(1).expect("brackets");
    let prose = &review.articles[article].prose;
    let index = (review.claims.iter())
        .position(|c| c.article == article && c.quantity.span.of(prose) == number)
        .unwrap_or_else(|| panic!("no claim {number}"));
    let verdict = &review.verdicts[index];
    let own = review.findings.iter().filter(|finding| finding.claim == Some(index));
    let mut publishers: Vec<_> = (verdict.evidence.iter())
        .filter_map(|evidence| match evidence {
            Evidence::Reference(row) => Some(review.store.observation(*row).publisher.to_string()),
            _ => None,
        })
        .collect();
    publishers.sort();
    Said {
        status: verdict.status.name(),
        by: verdict.by.map(numcheck::compare::By::name),
        reason: verdict.reason.clone(),
        rules: own
            .filter(|finding| finding.rule.name != "unattributed-toll")
            .map(|finding| (finding.rule.name, finding.severity))
            .collect(),
        publishers,
    }
}

/// A table of a test of its own, and what is said of numbers beside it.
struct Table {
    dir: PathBuf,
    settings: Settings,
}

impl Table {
    fn new(name: &str, rows: &[&str]) -> Self {
        Self { dir: folder(name, &rows.join("\n")), settings: Settings::default() }
    }

    fn said(&self, date: &str, sentence: &str) -> Said {
        let text = Text { date, url: "https://example.org/news", sentence };
        said(&review(&self.dir, &[text], &self.settings), 0, sentence)
    }

    /// The status, and behind a colon the reason of an unchecked number or the rules that speak.
    #[track_caller]
    fn check(&self, date: &str, sentence: &str, expected: &str) {
        let said = self.said(date, sentence);
        let rules: Vec<_> = said.rules.iter().map(|(rule, _)| *rule).collect();
        let unchecked = said.status == "unchecked" && rules.is_empty();
        let more = if unchecked { said.reason.clone() } else { rules.join("+") };
        let found = [said.status, &more].join(": ");
        assert_eq!(found.trim_end_matches(": "), expected, "{sentence}\n{said:?}");
        assert_eq!(said.by.is_none(), said.status == "unchecked", "{said:?}");
    }
}

/// People displaced inside Chad, a stock: `value,lower,upper,bound`, `as_of,published,status,publisher`.
fn displaced(figure: &str, told: &str) -> String {
    format!("idps,idps,TCD,TCD,{figure},person,stock,,{told},https://example.org/table")
}

const ALPHA: &str = "2024-03-01,2024-03-02,official,Alpha Office";
const BETA: &str = "2024-03-01,2024-03-02,official,Beta Watch";
const DAY: &str = "2024-03-10";

/// A sentence with the number expression.
fn idps(number: &str) -> String {
    format!("Across Chad {number} people are internally displaced.")
}

#[test]
fn supporting_intervals_that_overlap_support() {
    let table = Table::new("overlap", &[&displaced("13300,13200,13400,range", ALPHA)]);
    for number in [
        "[13,300]",
        "[13,000]",
        "about [12,100]",
        "nearly [14,000]",
        "more than [13,000]",
        "at least [13,000]",
        "up to [14,000]",
        "fewer than [14,000]",
        "[12,000 to 13,250]",
    ] {
        table.check(DAY, &idps(number), "supported");
    }
}

#[test]
fn contradiction_bands_that_are_disjoint_contradict() {
    let table = Table::new("disjoint", &[&displaced("13300,13200,13400,range", ALPHA)]);
    for number in ["[18,200]", "about [17,100]", "nearly [9,400]", "[21,000 to 23,000]"] {
        table.check(DAY, &idps(number), "contradicted: reference-mismatch");
    }
    table.check(DAY, &idps("more than [14,100]"), "contradicted: unsupported-bound");
    table.check(DAY, &idps("up to [12,100]"), "contradicted: unsupported-bound");
}

#[test]
fn between_support_and_contradiction_it_is_too_loose() {
    let table = Table::new("loose", &[&displaced("13300,13200,13400,range", ALPHA)]);
    for number in ["more than [9,000]", "at least [5,000]", "up to [20,000]", "fewer than [16,000]"]
    {
        table.check(DAY, &idps(number), "unchecked: too loose");
    }
    table.check(DAY, &idps("[hundreds] of"), "unchecked: too loose");
}

#[test]
fn rows_are_read_alike_by_their_bound() {
    let check = |bound: &str, number: &str, expected: &str| {
        let row = displaced(&format!("13200,,,{bound}"), ALPHA);
        Table::new(&format!("bound-{bound}"), &[&row]).check(DAY, &idps(number), expected);
    };
    check("exact", "[15,100]", "contradicted: reference-mismatch");
    check("about", "[14,500]", "supported");
    check("nearly", "[12,400]", "supported");
    check("at_least", "[15,100]", "unchecked: too loose");
    check("at_least", "[9,300]", "contradicted: reference-mismatch");
    check("more_than", "[15,100]", "unchecked: too loose");
    check("more_than", "[9,300]", "contradicted: reference-mismatch");
    check("up_to", "[9,300]", "unchecked: too loose");
    check("up_to", "[17,300]", "contradicted: reference-mismatch");
    check("less_than", "[17,300]", "contradicted: reference-mismatch");
}

#[test]
fn a_verified_minimum_contradicts_lower_figures_only() {
    let told = "2024-03-01,2024-03-02,verified_minimum,Alpha Office";
    let table = Table::new("minimum", &[&displaced("13210,,,exact", told)]);
    table.check(DAY, &idps("[13,210]"), "supported");
    table.check(DAY, &idps("[9,310]"), "contradicted: reference-mismatch");
    table.check(DAY, &idps("[17,310]"), "unchecked: too loose");
}

#[test]
fn who_repeats_the_publisher_or_says_counted_is_held_to_the_count() {
    let told = "2024-03-01,2024-03-02,verified_minimum,Alpha Office";
    let table = Table::new("own", &[&displaced("13210,,,exact", told)]);
    let wrong = "contradicted: reference-mismatch";
    table.check(
        DAY,
        "Across Chad [17,310] people are internally displaced, Alpha Office said.",
        wrong,
    );
    for word in ["recorded", "verified", "confirmed"] {
        let sentence = format!("It has {word} [17,310] internally displaced people in Chad.");
        table.check(DAY, &sentence, wrong);
    }
    let right = "Across Chad [13,210] people are internally displaced, Alpha Office said.";
    table.check(DAY, right, "supported");
    let other = "Across Chad [17,310] people are internally displaced, Beta Watch said.";
    table.check(DAY, other, "unchecked: too loose");
}

#[test]
fn nouns_for_people_compare_as_person() {
    let row = "troops_stationed,us_troops,USA,DEU,8210,,,exact,person,stock,,2024-03-01,2024-03-02,\
               official,Alpha Office,https://example.org/table";
    let table = Table::new("nouns", &[row]);
    for noun in ["troops", "soldiers", "servicemen", "paratroopers"] {
        let sentence = format!("The United States has [8,210] {noun} stationed in Germany.");
        table.check(DAY, &sentence, "supported");
    }
}

#[test]
fn of_each_publisher_the_latest_row_that_was_known_counts() {
    let table = Table::new(
        "latest",
        &[
            &displaced("10210,,,exact", "2024-01-01,2024-01-02,official,Alpha Office"),
            &displaced("12310,,,exact", "2024-02-01,2024-02-20,official,Alpha Office"),
            &displaced("14410,,,exact", "2024-03-01,2024-04-01,official,Alpha Office"),
        ],
    );
    table.check(DAY, &idps("[12,310]"), "supported");
    table.check(DAY, &idps("[10,210]"), "outdated: reference-outdated");
    table.check("2024-02-10", &idps("[10,210]"), "supported");
    table.check("2024-04-02", &idps("[12,310]"), "outdated: reference-outdated");
    let said = table.said(DAY, &idps("[12,310]"));
    assert_eq!(said.publishers, ["Alpha Office"]);
    // What was published later can only be known with hindsight.
    assert_ne!(table.said(DAY, &idps("[14,410]")).status, "supported");
    let settings = Settings { as_of: AsOf::Now, ..Settings::default() };
    Table { settings, ..table }.check(DAY, &idps("[14,410]"), "supported");
}

#[test]
fn a_revision_of_the_same_day_replaces_the_figure() {
    let table = Table::new(
        "revision",
        &[
            &displaced("10210,,,exact", "2024-02-01,2024-02-02,official,Alpha Office"),
            &displaced("12310,,,exact", "2024-02-01,2024-02-20,official,Alpha Office"),
        ],
    );
    table.check(DAY, &idps("[12,310]"), "supported");
    table.check(DAY, &idps("[10,210]"), "outdated: reference-outdated");
    table.check("2024-02-10", &idps("[10,210]"), "supported");
}

#[test]
fn a_figure_that_was_taken_back_is_named_and_never_supports() {
    let table = Table::new(
        "withdrawn",
        &[
            &displaced("15210,,,exact", "2024-02-01,2024-02-02,withdrawn,Alpha Office"),
            &displaced("10310,,,exact", "2024-02-01,2024-02-05,official,Alpha Office"),
        ],
    );
    let said = table.said(DAY, &idps("[15,210]"));
    assert_eq!(
        (said.status, &said.rules[..]),
        ("contradicted", &[("reference-mismatch", Severity::Error)][..])
    );
    assert!(said.reason.contains("withdrawn") && said.reason.contains("10,310"), "{said:?}");
}

#[test]
fn a_row_without_publication_counts_from_its_day_and_outdates_nothing() {
    let table = Table::new(
        "unpublished",
        &[
            &displaced("10210,,,exact", "2024-01-01,2024-01-02,official,Alpha Office"),
            &displaced("12310,,,exact", "2024-02-01,,official,Alpha Office"),
        ],
    );
    table.check(DAY, &idps("[12,310]"), "supported");
    table.check("2024-02-01", &idps("[12,310]"), "supported");
    table.check("2024-01-31", &idps("[10,210]"), "supported");
    let said = table.said(DAY, &idps("[10,210]"));
    assert_eq!(said.status, "unchecked", "{said:?}");
    assert!(said.rules.iter().all(|(_, grave)| *grave == Severity::Note), "{said:?}");
}

#[test]
fn short_dates_count_from_their_last_day() {
    for (name, as_of, before, on) in [
        ("month", "2024-02", "2024-02-28", "2024-02-29"),
        ("year", "2023", "2023-12-30", "2023-12-31"),
    ] {
        let told = format!("{as_of},,official,Alpha Office");
        let table = Table::new(name, &[&displaced("10210,,,exact", &told)]);
        table.check(before, &idps("[10,210]"), "unchecked: no reference series");
        table.check(on, &idps("[10,210]"), "supported");
    }
    let told = "2024-02-01,2024-02,official,Alpha Office";
    let table = Table::new("published", &[&displaced("10210,,,exact", told)]);
    table.check("2024-02-28", &idps("[10,210]"), "unchecked: no reference series");
    table.check("2024-02-29", &idps("[10,210]"), "supported");
}

#[test]
fn rows_older_than_the_measure_lets_them_be_are_too_old() {
    let told = "2023-02-01,2023-02-02,official,Alpha Office";
    let table = Table::new("old", &[&displaced("10210,,,exact", told)]);
    table.check("2023-03-01", &idps("[10,210]"), "supported");
    table.check(DAY, &idps("[10,210]"), "unchecked: reference too old");
}

#[test]
fn publishers_who_disagree_dispute_a_figure_that_agrees_with_some() {
    let table = Table::new(
        "disputed",
        &[&displaced("10210,,,exact", ALPHA), &displaced("14310,,,exact", BETA)],
    );
    table.check(DAY, &idps("[10,210]"), "disputed: reference-disputed");
    let said = table.said(DAY, &idps("[14,310]"));
    assert_eq!((said.status, said.rules[0].1), ("disputed", Severity::Note));
    assert_eq!(said.publishers, ["Alpha Office", "Beta Watch"]);
    for name in ["Alpha Office", "Beta Watch"] {
        assert!(said.reason.contains(name), "{said:?}");
    }
    table.check(DAY, &idps("[18,400]"), "contradicted: reference-mismatch");
}

#[test]
fn a_party_alone_neither_supports_nor_contradicts_and_is_shown() {
    let told = "2024-03-01,2024-03-02,party_claim,Gamma Army";
    let table = Table::new("party", &[&displaced("13210,,,exact", told)]);
    for number in ["[13,210]", "[18,310]"] {
        let said = table.said(DAY, &idps(number));
        assert_eq!(
            (said.status, &*said.reason),
            ("unchecked", Reason::PartyOnly.name()),
            "{said:?}"
        );
        assert_eq!((said.by, &said.publishers[..]), (None, &["Gamma Army".to_owned()][..]));
    }
}

/// Deaths of civilians in Chad, as a running total or of a month.
fn deaths(value: &str, kind: &str, span: &str) -> String {
    format!(
        "civilians_killed,civilians,TCD,TCD,{value},,,exact,person,{kind},{span},official,\
         Alpha Office,https://example.org/table"
    )
}

#[test]
fn a_bound_that_takes_the_other_end_of_an_interval_is_told() {
    let table = Table::new("end", &[&displaced("13300,13200,13400,range", ALPHA)]);
    for number in ["at least [13,400]", "more than [13,400]", "up to [13,200]"] {
        let said = table.said(DAY, &idps(number));
        assert_eq!(said.status, "supported", "{said:?}");
        assert_eq!(said.rules, [("unsupported-bound", Severity::Warning)], "{number}");
    }
    for number in ["at least [13,200]", "up to [13,400]", "[13,400]"] {
        assert_eq!(table.said(DAY, &idps(number)).rules, [], "{number}");
    }
    let most = Table::new("most", &[&displaced("13200,,,up_to", ALPHA)]);
    assert_eq!(most.said(DAY, &idps("more than [13,200]")).rules.len(), 1);
}

#[test]
fn measures_are_held_against_rows_in_another_unit() {
    let row = "pipeline_length,gas,NORD_STREAM_1,RUS-DEU,1224,,,exact,km,rate,,2021-09,,official,\
               Alpha Office,https://example.org/table";
    let table = Table::new("units", &[row]);
    let long = |length: &str| format!("The Nord Stream 1 pipeline is {length} long.");
    table.check(DAY, &long("[1,224] kilometres"), "supported");
    table.check(DAY, &long("[760] miles"), "supported");
    table.check(DAY, &long("some [1,200,000] metres"), "supported");
    table.check(DAY, &long("[1,224] miles"), "contradicted: wrong-unit");
    table.check(DAY, &long("[1,030] miles"), "contradicted: reference-mismatch");
    table.check(DAY, &long("[76] miles"), "contradicted: magnitude-slip");
}

#[test]
fn a_figure_of_another_owner_is_named_where_the_own_has_none() {
    let row = "troops_stationed,us_troops,USA,DEU,8210,,,exact,person,stock,,2024-03-01,2024-03-02,\
               official,Alpha Office,https://example.org/table";
    let table = Table::new("another", &[row]);
    let there = |n: &str| format!("Canada has {n} soldiers stationed in Germany.");
    table.check(DAY, &there("[8,210]"), "contradicted: wrong-subject");
    table.check(DAY, &there("[8,000]"), "unchecked: no reference series");
    table.check("2024-04-10", &there("[8,210]"), "unchecked: no reference series");
}

#[test]
fn what_is_new_meets_flows_and_what_there_is_so_far_meets_totals() {
    let table = Table::new(
        "aspects",
        &[
            &deaths("4210", "cumulative", "2022-04-01,2024-03-01,2024-03-02"),
            &deaths("127", "flow", "2024-02-01,2024-02-29,2024-03-02"),
        ],
    );
    let total = |n: &str| format!("Since April 2022, {n} civilians have been killed in Chad.");
    let month = |n: &str| format!("In February 2024, {n} civilians were killed in Chad.");
    table.check(DAY, &total("[4,210]"), "supported");
    table.check(DAY, &month("[127]"), "supported");
    table.check(DAY, &total("[127]"), "contradicted: category-confusion");
    table.check(DAY, &month("[4,210]"), "contradicted: category-confusion");
}

#[test]
fn totals_from_another_start_do_not_meet() {
    let table =
        Table::new("starts", &[&deaths("4210", "cumulative", "2022-04-01,2024-03-01,2024-03-02")]);
    let sentence = "Since April 2010, [9,310] civilians have been killed in Chad.";
    table.check(DAY, sentence, "unchecked: no reference series");
}

#[test]
fn a_row_drawn_from_the_article_or_its_copy_is_no_evidence() {
    let table = Table::new("drawn", &[&displaced("10210,,,exact", ALPHA)]);
    let sentence = &*idps("[10,210]");
    for url in [
        "https://example.org/table",
        "http://www.example.org/table/",
        "https://example.org/table/amp",
        "https://example.org/table?utm_source=feed",
    ] {
        let text = Text { date: DAY, url, sentence };
        let said = said(&review(&table.dir, &[text], &table.settings), 0, sentence);
        assert_eq!(said.status, "unchecked", "{url}: {said:?}");
        assert_eq!(said.publishers, [""; 0], "{url}");
    }
    let story = "Across Chad [10,210] people are internally displaced. They came in the dry season, \
                 when the wells of the east gave out and the herds had to be sold. Most of them live \
                 with relatives in the south, who share what the fields still give. Schools teach in \
                 two shifts, and the clinics see twice as many patients as before the drought began.";
    let texts = |other: &'static str| {
        [
            Text { date: DAY, url: "https://example.org/table", sentence: story },
            Text { date: DAY, url: "https://example.org/reprint", sentence: other },
        ]
    };
    let copy = review(&table.dir, &texts(story), &table.settings);
    assert_eq!(said(&copy, 1, story).publishers, [""; 0]);
    let own = "A new count is out. In Chad it found [10,210] internally displaced people. Rain has \
               returned to the plains since, and some families speak of going back to their wells \
               before the planting season, if the road is safe by then.";
    let apart = review(&table.dir, &texts(own), &table.settings);
    assert_eq!(said(&apart, 1, own).status, "supported");
}

#[test]
fn an_article_without_a_date_is_judged_by_the_day_that_is_given() {
    let table = Table::new("undated", &[&displaced("10210,,,exact", ALPHA)]);
    table.check("", &idps("[10,210]"), "unchecked: undated");
    let day = chrono::NaiveDate::from_ymd_opt(2024, 3, 10).unwrap();
    let settings = Settings { as_of: AsOf::Day(day), ..Settings::default() };
    let table = Table { settings, ..table };
    table.check("", &idps("[10,210]"), "supported");
    // It also takes the place of the article's own day.
    table.check("2024-02-10", &idps("[10,210]"), "supported");
}

#[test]
fn what_is_not_said_to_be_so_is_not_judged() {
    let table = Table::new("modality", &[&displaced("10210,,,exact", ALPHA)]);
    for sentence in [
        "Across Chad [18,310] people could be internally displaced.",
        "Chad denied that [18,310] people are internally displaced there.",
        "Next year [18,310] people will be internally displaced in Chad.",
    ] {
        table.check(DAY, sentence, "unchecked: not asserted");
    }
}

#[test]
fn a_claim_without_owner_meets_the_rows_of_all() {
    let table = Table::new(
        "owners",
        &[
            &deaths("4210", "cumulative", "2022-04-01,2024-03-01,2024-03-02"),
            "conflict_deaths,all,TCD,TCD,6310,,,exact,person,cumulative,2022-04-01,2024-03-01,\
             2024-03-02,official,Alpha Office,https://example.org/table",
        ],
    );
    let killed =
        |who: &str| format!("Since April 2022, {who} have been killed in the war in Chad.");
    table.check(DAY, &killed("[6,310] people"), "supported");
    table.check(DAY, &killed("[4,210] civilians"), "supported");
    table.check(DAY, &killed("[4,210] people"), "contradicted: reference-mismatch");
}

#[test]
fn a_total_that_the_series_reached_later_is_no_error_of_its_day() {
    let table = Table::new(
        "later",
        &[
            &deaths("4010", "cumulative", "2022-04-01,2024-02-01,2024-02-02"),
            &deaths("4110", "cumulative", "2022-04-01,2024-03-01,2024-03-02"),
            &deaths("6820", "cumulative", "2022-04-01,2024-04-20,2024-04-22"),
        ],
    );
    let total = |n: &str| format!("Since April 2022, {n} civilians have been killed in Chad.");
    // A page that was brought up to date under its first date.
    table.check(DAY, &total("more than [6,700]"), "unchecked: too loose");
    table.check(DAY, &total("more than [7,900]"), "contradicted: reference-mismatch");
}
