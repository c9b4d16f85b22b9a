//! Two versions of short articles: what changed, what came and went, what stayed behind.

use crate::claim::claims;
use crate::compare::{Change, revision};
use crate::ingest::{Article, read};
use crate::reference::Store;
use crate::text::Sources;
use std::fmt::Write as _;

/// What differs between two versions, a line each: `12 -> 14`, `+ 5`, `- 5`, and behind `left` the
/// lines of the file where the old figure stayed.
fn told(old: &str, new: &str) -> String {
    let mut sources = Sources::new();
    let store = Store::builtin(&mut sources);
    let mut article = |text: &str| -> Article {
        read("a.txt", text.as_bytes(), Some("txt"), &mut sources).unwrap().remove(0)
    };
    let (was, is) = (article(old), article(new));
    let (before, now) = (claims(&was, 0, &store.catalog), claims(&is, 0, &store.catalog));
    let revision = revision((&was, &before), (&is, &now));
    let old = |at: usize| before[at].quantity.span.of(&was.prose);
    let new = |at: usize| now[at].quantity.span.of(&is.prose);
    let line = |at: usize| is.prose[..now[at].quantity.span.start()].matches('\n').count() + 1;
    let told = |change: &Change| {
        let mut told = match (change.old, change.new) {
            (Some(a), Some(b)) => format!("{} -> {}", old(a), new(b)),
            (None, Some(b)) => format!("+ {}", new(b)),
            (Some(a), None) => format!("- {}", old(a)),
            (None, None) => "nothing".to_owned(),
        };
        for left in &change.left {
            let _ = write!(told, ", left {} in block {}", new(*left), line(*left));
        }
        told
    };
    revision.changes.iter().map(told).collect::<Vec<_>>().join("; ")
}

#[track_caller]
fn check(old: &str, new: &str, expected: &str) {
    assert_eq!(told(old, new), expected);
}

const FLOOD: &str = "Flood kills 131 in Derna\n\nThe flood killed 131 people in Derna, the mayor said. \
    Some 40 houses fell.\n\nRescuers from 3 countries dug through the night.\n\nThe 131 people killed \
    in Derna were buried on Sunday.\n";

#[test]
fn what_is_the_same_is_the_same() {
    check(FLOOD, FLOOD, "");
    check(FLOOD, &FLOOD.replace("Some 40 houses fell.", "Some forty houses fell."), "");
}

#[test]
fn a_figure_changed_in_one_place_is_left_behind_in_the_others() {
    let new = FLOOD.replace("flood killed 131", "flood killed 152");
    check(FLOOD, &new, "131 -> 152, left 131 in block 1, left 131 in block 4");
    let new = FLOOD.replace("131", "152");
    check(FLOOD, &new, "131 -> 152; 131 -> 152; 131 -> 152");
}

#[test]
fn other_figures_stay() {
    check(FLOOD, &FLOOD.replace("40 houses", "45 houses"), "40 -> 45");
    check(FLOOD, &FLOOD.replace("from 3", "from 5"), "3 -> 5");
}

#[test]
fn an_old_figure_told_as_one_may_stay() {
    let old = "The flood killed 131 people in Derna, the mayor said.\n\nOn Friday the mayor had put the \
        number of people killed in Derna at 131.\n";
    check(old, &old.replacen("131", "152", 1), "131 -> 152");
    let old = "The flood killed 131 people in Derna, the mayor said.\n\n“We buried 131 people killed by \
        the flood in Derna,” said a gravedigger.\n";
    check(old, &old.replacen("131", "152", 1), "131 -> 152");
}

#[test]
fn sentences_are_found_where_they_moved() {
    let old = "The flood killed 131 people.\n\nSome 40 houses fell in the old town.\n";
    let new = "Some 45 houses fell in the old town.\n\nThe flood killed 131 people.\n";
    check(old, new, "40 -> 45");
}

#[test]
fn figures_come_and_go() {
    let old = "The flood killed 131 people in Derna.\n";
    let new = "The flood killed 131 people in Derna and wounded 40 others.\n";
    check(old, new, "+ 40");
    check(new, old, "- 40");
    let cut = "The flood killed 131 people in Derna.\n\nIt wounded 40 others.\n";
    check(new, cut, "");
}

#[test]
fn one_value_that_becomes_two_was_two_facts() {
    let old = "Flood kills 131 in Derna\n\nThe flood killed 131 people in Derna.\n\nA total of 131 people \
        were killed by the flood in Derna, a count said.\n";
    let new = "Flood kills 131 in Derna\n\nThe flood killed 152 people in Derna.\n\nA total of 160 people \
        were killed by the flood in Derna, a count said.\n";
    check(old, new, "131 -> 152; 131 -> 160");
}

#[test]
fn two_facts_of_one_value_are_two() {
    let old = "The flood killed 12 people in Derna.\n\nA storm killed 12 people in Tobruk.\n";
    check(old, &old.replacen("12", "14", 1), "12 -> 14");
    let old = "The flood killed 12 people in Derna.\n\nThe storm wounded 12 people in Derna.\n";
    check(old, &old.replacen("12", "14", 1), "12 -> 14");
}

#[test]
fn one_value_in_two_lines_of_a_list_is_two_facts() {
    let old = "The inspectors came on Monday.\n\nViolations: 3\n\nThe next kitchen was cleaner.\n\n\
        Violations: 3\n";
    check(old, &old.replacen('3', "5", 1), "3 -> 5");
    let old = "Alder Bank cut its target for the port from $19.20 to $14.70 and kept its advice.\n\n\
        Birch Bank cut its target for the port from $18.40 to $14.70 and kept its advice.\n";
    check(old, &old.replacen("14.70", "15.90", 1), "$14.70 -> $15.90");
}

#[test]
fn under_one_hedge_an_old_bound_is_left_behind() {
    let old = "More than 1,400 missiles sent to Ukraine\n\nThe United States has sent more than 1,400 \
        missiles to Ukraine.\n";
    let new = old.replacen("sent more than 1,400", "sent more than 3,400", 1);
    check(old, &new, "1,400 -> 3,400, left 1,400 in block 1");
}

#[test]
fn a_mention_that_the_new_figure_allows_may_stay() {
    let old = "More than 100 killed in Derna flood\n\nThe flood killed more than 100 people in Derna, \
        the mayor said.\n";
    let new = "More than 100 killed in Derna flood\n\nThe flood killed 152 people in Derna, the mayor \
        said.\n";
    check(old, new, "100 -> 152");
}
