//! Parts and totals as sentences give them.

use crate::claim::{Claim, claims};
use crate::compare::arithmetic::elapsed;
use crate::compare::arithmetic::line::Line;
use crate::compare::arithmetic::pattern::{
    BOOK, ClassRow, ELAPSED, ELAPSED_BOOK, TABLE, WORDS, is_in,
};
use crate::compare::arithmetic::relation::{reckoned, relations, tokens, tokens_of};
use crate::compare::excesses;
use crate::ingest::read;
use crate::reference::Store;
use crate::segment::sentences;
use crate::text::{Prose, Sources, Span, rows, rows_written};
use std::sync::LazyLock;

/// The prose of a text and its claims.
fn read_claims(text: &str) -> (String, Vec<Claim>) {
    static STORE: LazyLock<Store> = LazyLock::new(|| Store::builtin(&mut Sources::new()));
    let articles = read("a.txt", text.as_bytes(), Some("txt"), &mut Sources::new()).unwrap();
    let [article] = articles.as_slice() else { panic!("one article") };
    (article.prose.clone(), claims(article, 0, &STORE.catalog))
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let (prose, claims) = read_claims(text);
    let claims: Vec<_> = claims.iter().enumerate().collect();
    let found: Vec<_> = excesses(&prose, &claims).into_iter().map(|e| e.text).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn parts_that_follow_their_total() {
    check(
        "The 2,000 troops sent, including 1,700 bound for Poland and 800 for Germany, left.",
        &["1,700 + 800 = 2,500, more than 2,000"],
    );
    check(
        "Delaware has 120 cases, including 86 in New Castle County and 44 in Kent County.",
        &["86 + 44 = 130, more than 120"],
    );
    check(
        "The crash killed 14 people, including 9 women and 8 children.",
        &["9 + 8 = 17, more than 14"],
    );
    check(
        "It gave $1.2 billion, including $900 million in loans and $500 million in grants.",
        &["$900 million + $500 million = $1,400 million, more than $1.2 billion"],
    );
    check("Fourteen people died, among them 20 children.", &["20 is more than Fourteen"]);
    check("It hit 14 villages, of which 20 were burnt.", &["20 is more than 14"]);
    check(
        "There were 40 casualties, including 22 dead and 31 wounded.",
        &["22 + 31 = 53, more than 40"],
    );
    check("The 14 dead include 20 children.", &["20 is more than 14"]);
    check(
        "Eight victims, among them five Americans and four Canadians, were flown home.",
        &["five + four = 9, more than Eight"],
    );
    check("It has 21.4 million acres, of which 16.7 million acres are woods.", &[]);
    check(
        "Of the 21.4 million acres, 16.7 million acres in Scotland, 11.6 million acres in Wales and 10.9 million acres elsewhere are woods.",
        &["16.7 million + 11.6 million + 10.9 million = 39.2 million, more than 21.4 million"],
    );
}

#[test]
fn totals_that_follow_or_precede() {
    check("He said 15 of the 14 victims were children.", &["15 is more than 14"]);
    check("Of the 95 dead, 40 were soldiers and 60 police.", &["40 + 60 = 100, more than 95"]);
    check("Of the 95 dead, 120 were soldiers.", &["120 is more than 95"]);
    check("It killed 14 people, 20 of them children.", &["20 is more than 14"]);
    check(
        "It killed 14 people in air strikes on villages, 20 of them children.",
        &["20 is more than 14"],
    );
    check("The blast killed 14 people. Twenty of them were children.", &["Twenty is more than 14"]);
}

#[test]
fn what_is_no_part_or_may_be() {
    for text in [
        "It killed 14 people, including 3 children, and wounded 100.",
        "It killed 14 people, including 3 children, and 100 were wounded.",
        "It killed 14 people, including 3 children, and 100 others were hurt.",
        "It killed 3 people, including two boys, 7 and 9.",
        "It killed 12 people, including 8 foreigners and 6 children.",
        "Five were killed and 20 wounded, including 22 children.",
        "At least 14 people died, including 20 children.",
        "About 40 people came, including 42 women.",
        "It made a profit of $3 million, including a gain of $5 million.",
        "Payrolls rose by 200,000 jobs, including 250,000 jobs in services.",
        "Three countries took in 194,000 of those fleeing.",
        "He was given 30 years, including 20 years for murder and 15 years for arson.",
        "Two parents died with 11 members of the choir, including five children.",
        "Twenty of the two countries' soldiers died.",
        "Six of the five-member teams left.",
        "About 60% agreed, including 70% of women.",
        "Two families lived there. Nine of them were children.\nThree people died.",
        "It killed 10 people in Kyiv, including 3 children, and 15 in Lviv, including 12 women.",
        "The 1,000 workers, including 510 men and 490 women, walked out.",
        "Two officers fired at protesters, killing 15 of them.",
        "Two officers fired at protesters. Fifteen of them died.",
        "Two officers fired at a crowd of Kurds, including 15 women.",
        "It has four bins that the five of them share.",
        "Three seats are open. Among the rest, 7 of them are held by Democrats.",
        "A pool of 3 panels that includes 29 judges.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn every_pattern_fits_its_example_and_holds() {
    assert_eq!(BOOK.patterns.len(), rows_written(TABLE), "a row does not parse");
    let mut wrong = Vec::new();
    for (row, pattern) in BOOK.patterns.iter().enumerate() {
        let (prose, claims) = read_claims(&pattern.example);
        let claims: Vec<_> = claims.iter().enumerate().collect();
        let groups: Vec<_> = claims.chunk_by(|(_, a), (_, b)| a.sentence == b.sentence).collect();
        let read: Vec<_> = groups.iter().map(|group| tokens(&prose, group)).collect();
        let fits = groups.iter().zip(&read).enumerate().any(|(at, (group, own))| {
            let next = groups.get(at + 1).copied().zip(read.get(at + 1));
            let line = Line::new(&prose, (group, own), next);
            BOOK.matches(&line).iter().any(|(by, found)| {
                *by == row && reckoned(&line, found).is_some_and(|relation| relation.holds)
            })
        });
        if !fits {
            let said: Vec<_> = relations(&prose, &claims).into_iter().map(|r| r.text).collect();
            wrong.push(format!("{}\n    {}\n    {said:?}", pattern.text, pattern.example));
        }
    }
    assert!(wrong.is_empty(), "{} do not:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_pattern_of_time_fits_its_example_and_holds() {
    assert_eq!(ELAPSED_BOOK.patterns.len(), rows_written(ELAPSED), "a row does not parse");
    let published = chrono::NaiveDate::from_ymd_opt(2019, 6, 15);
    let mut wrong = Vec::new();
    for (row, pattern) in ELAPSED_BOOK.patterns.iter().enumerate() {
        let (prose, claims) = read_claims(&pattern.example);
        let claims: Vec<_> = claims.iter().enumerate().collect();
        let spans: Vec<_> = sentences(&prose, Span::new(0, prose.trim_end().len()));
        let read: Vec<_> = spans.iter().map(|span| tokens_of(&prose, *span)).collect();
        let within = |span: &Span<Prose>| {
            let inside = |(_, claim): &&(usize, &Claim)| claim.sentence == *span;
            claims.iter().filter(inside).copied().collect::<Vec<_>>()
        };
        let own: Vec<_> = spans.iter().map(within).collect();
        let fits = own.iter().zip(&read).enumerate().any(|(at, (own_claims, tokens))| {
            let next = own.get(at + 1).map(Vec::as_slice).zip(read.get(at + 1));
            let line = Line::dated(&prose, (own_claims, tokens), next);
            ELAPSED_BOOK.matches(&line).iter().any(|(by, found)| {
                *by == row
                    && elapsed::reckoned(&line, found, published).is_some_and(|found| found.holds)
            })
        });
        if !fits {
            wrong.push(format!("{}\n    {}", pattern.text, pattern.example));
        }
    }
    assert!(wrong.is_empty(), "{} do not:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_class_of_words_has_its_example_and_is_asked_for() {
    let code = [
        include_str!("change.rs"),
        include_str!("elapsed.rs"),
        include_str!("list.rs"),
        include_str!("pattern.rs"),
        include_str!("share.rs"),
        include_str!("total.rs"),
    ];
    let tables = format!("{TABLE}{ELAPSED}");
    let classes = rows::<ClassRow>(WORDS);
    assert_eq!(classes.len(), rows_written(WORDS), "a row does not parse");
    for ClassRow { class, example, .. } in classes {
        let word = example.split(['[', ']']).nth(1).unwrap_or_default().to_lowercase();
        assert!(is_in(&word, &class), "{word} is not in {class}");
        let named = |code: &&str| code.contains(&format!("\"{class}\""));
        let asked = tables.contains(&format!("@{class}")) || code.iter().any(named);
        assert!(asked, "{class} is asked for nowhere");
    }
}
