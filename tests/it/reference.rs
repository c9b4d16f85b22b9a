//! Claims against the built-in tables: right by rounding, hedge and interval; wrong in each way;
//! and near-misses that must stay silent. Every false alarm met on real text has a line here, in
//! words of our own.

use numcheck::check::{Review, Settings, check};
use numcheck::ingest;
use numcheck::reference::Store;
use numcheck::text::Sources;
use std::sync::{Arc, LazyLock};

static STORE: LazyLock<(Sources, Arc<Store>)> = LazyLock::new(|| {
    let mut sources = Sources::new();
    let store = Arc::new(Store::builtin(&mut sources));
    (sources, store)
});

fn review(date: &str, text: &str) -> Review {
    let (mut sources, store) = STORE.clone();
    let file = format!("No figure up here\n{date}\nhttps://example.org/a\n{text}\n");
    let articles = ingest::read("a.txt", file.as_bytes(), None, &mut sources).expect("an article");
    check(articles, sources, store, &Settings::default())
}

/// `[number]` of the text, on that date: its status, what the reason holds, and the rule that
/// speaks of it, if any.
#[track_caller]
fn expect(date: &str, marked: &str, status: &str, reason: &str, rule: &str) {
    let number = marked.split(['[', ']']).nth(1).expect("a number in brackets");
    let text = marked.replace(['[', ']'], "");
    let review = review(date, &text);
    assert!(review.is_sound(), "{:?}", review.unsound());
    let index = review
        .claims
        .iter()
        .position(|c| c.quantity.span.of(&review.articles[0].prose) == number)
        .unwrap_or_else(|| panic!("no claim {number} in {text}"));
    let verdict = &review.verdicts[index];
    let claim = &review.claims[index];
    let frame = format!(
        "{} {:?} {:?} {:?}",
        claim.indicator.value.name(),
        claim.subject.as_ref().map(|s| s.value.slug()),
        claim.place.as_ref().map(|p| &p.value.shown),
        claim.aspect.as_ref().map(|a| a.value.name()),
    );
    assert_eq!(verdict.status.name(), status, "{text}\n{frame}\n{}", verdict.reason);
    assert!(verdict.reason.contains(reason), "{text}\n{frame}\n{}", verdict.reason);
    let rules: Vec<_> =
        review.findings.iter().filter(|f| f.claim == Some(index)).map(|f| f.rule.name).collect();
    let expected: Vec<&str> = if rule.is_empty() { vec![] } else { vec![rule] };
    assert_eq!(rules, expected, "{text}\n{frame}");
}

#[test]
fn right_by_hedge_rounding_and_interval() {
    let day = "20220128";
    expect(
        day,
        "The conflict in eastern Ukraine has killed more than [13,000] people since 2014.",
        "supported",
        "13,200–13,400",
        "",
    );
    expect(
        day,
        "Since 2014 the war in Donbas has killed some [13,300] people.",
        "supported",
        "OHCHR",
        "",
    );
    expect(
        day,
        "The United States has put up to [8,500] troops on heightened alert.",
        "supported",
        "8,500",
        "",
    );
    expect(
        day,
        "Russia has massed [tens of thousands] of troops near the Ukrainian border.",
        "supported",
        "100,000",
        "",
    );
    expect("20211115", "Ukraine has a population of about [44 million].", "unchecked", "", "");
    expect(
        "20220310",
        "Ukraine has a population of about [44 million].",
        "supported",
        "World Bank",
        "",
    );
}

#[test]
fn publishers_that_disagree() {
    let day = "20220128";
    expect(
        day,
        "Russia has deployed some [100,000] troops on Ukraine's borders.",
        "disputed",
        "127,000",
        "reference-disputed",
    );
}

#[test]
fn wrong_in_each_way() {
    let day = "20220128";
    expect(
        day,
        "NATO has put [8,500] troops on standby.",
        "contradicted",
        "United States",
        "wrong-subject",
    );
    expect(
        day,
        "The conflict in eastern Ukraine has killed more than [23,000] people since 2014.",
        "contradicted",
        "13,200–13,400",
        "reference-mismatch",
    );
    expect(
        day,
        "The conflict in eastern Ukraine has killed more than [15,000] people since 2014.",
        "contradicted",
        "13,200–13,400",
        "unsupported-bound",
    );
    expect(
        "20230310",
        "The war in Ukraine has killed [7,155] civilians since February 2022.",
        "outdated",
        "8,173",
        "reference-outdated",
    );
}

#[test]
fn not_checkable_though_near() {
    let day = "20220128";
    expect(
        day,
        "Russia could deploy [100,000] troops on Ukraine's borders.",
        "unchecked",
        "not asserted",
        "",
    );
    expect(day, "The gas link will more than [double] supplies.", "unchecked", "not asserted", "");
    expect(
        day,
        "Washington gave Kyiv [$650 million] in military assistance over the past year.",
        "unchecked",
        "no reference series",
        "",
    );
    expect(
        day,
        "A blast in Kharkiv killed [14] people on Friday, officials said.",
        "unchecked",
        "no reference series",
        "",
    );
    expect(day, "Officials spoke of [1,2] cases.", "unchecked", "several readings", "");
}

/// A running total that grew fast before may go on growing.
#[test]
fn growth_is_no_contradiction() {
    expect(
        "20200420",
        "Some [2.5 million] cases of Covid-19 have been reported in the world.",
        "unchecked",
        "too loose",
        "",
    );
}

/// A figure for another time is not held against today's.
#[test]
fn the_past_is_another_country() {
    expect(
        "20260101",
        "Rivne held a share of Ukraine's pre-war population of [42 million].",
        "unchecked",
        "",
        "",
    );
}

/// Somebody else's figure is theirs.
#[test]
fn attributed_figures_are_not_the_papers_error() {
    expect(
        "20220226",
        "There are [1.5 million] people internally displaced in Ukraine, according to the Ukrainian government.",
        "unchecked",
        "",
        "",
    );
}

/// Several places at once are none of the reference's rows.
#[test]
fn lists_of_places_meet_no_single_row() {
    expect(
        "20220203",
        "The president approved sending [3,000] US troops to Poland, Germany and Romania.",
        "unchecked",
        "",
        "",
    );
}

/// Towns are not the country, and no place is not the world.
#[test]
fn towns_and_nowhere_are_not_the_world() {
    expect(
        "20220705",
        "Sloviansk had a population of [107,000] before the war.",
        "unchecked",
        "",
        "",
    );
    expect(
        "20220705",
        "The town, with a population of [17,000], lies three miles from the river.",
        "unchecked",
        "",
        "",
    );
}
