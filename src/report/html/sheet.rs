//! The number sheet in a sentence, and as a bar.

use crate::compare::{Status, Verdict};
use crate::report::Tally;
use crate::report::html::markup::{Html, put};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// How wide the bar is, in its own units.
const WIDE: usize = 1000;

/// How many reasons are named.
const REASONS: usize = 8;

/// The statuses in the order of the sheet: the name, the word, the sign and the count.
fn parts(tally: &Tally) -> [(&'static str, &'static str, &'static str, usize); 5] {
    [
        ("supported", "supported", "✓", tally.supported),
        ("contradicted", "contradicted", "✕", tally.contradicted),
        ("outdated", "outdated", "↺", tally.outdated),
        ("disputed", "disputed", "≠", tally.disputed),
        ("unchecked", "not checked", "○", tally.unchecked),
    ]
}

/// The number sheet: `41 numbers: 29 supported, 1 contradicted, …`.
pub(crate) fn sentence(tally: &Tally, to: &mut Html) {
    let ending = if tally.total == 1 { "" } else { "s" };
    put!(to, "<h1 class='sheet'><b>" {tally.total} " number" {ending} "</b>");
    for (i, (name, word, sign, count)) in parts(tally).into_iter().enumerate() {
        let before = if i == 0 { ": " } else { ", " };
        let none = if count == 0 { " zero" } else { "" };
        put!(to, {before} "<span class='of " {name} {none} "'><span class='sign' aria-hidden='true'>"
            {sign} "</span> <b>" {count} "</b> " {word} "</span>");
    }
    put!(to, "</h1>");
}

/// The counts that are not zero, each with its sign and its word.
pub(crate) fn counts(tally: &Tally, to: &mut Html) {
    for (name, word, sign, count) in parts(tally).into_iter().filter(|part| part.3 > 0) {
        put!(to, "<span class='of " {name} "'><span class='sign' aria-hidden='true'>" {sign}
            "</span> " {count} " " {word} "</span> ");
    }
}

/// How much of the numbers has which status, as a bar.
pub(crate) fn bar(tally: &Tally, to: &mut Html) {
    put!(
        to,
        "<svg class='bar' viewBox='0 0 1000 10' preserveAspectRatio='none' aria-hidden='true'>"
    );
    let mut done = 0;
    for (name, _, _, count) in parts(tally) {
        let until = (done + count) * WIDE;
        let from = (done * WIDE).checked_div(tally.total).unwrap_or_default();
        let until = until.checked_div(tally.total).unwrap_or_default();
        if count > 0 {
            put!(to, "<rect class='" {name} "' x='" {from} "' y='0' width='" {until - from}
                "' height='10'/>");
        }
        done += count;
    }
    put!(to, "</svg>");
}

/// How much of the numbers is checked, as a bar and in words, and why the others are not.
pub(crate) fn coverage<'a>(
    tally: &Tally,
    verdicts: impl Iterator<Item = &'a Verdict>,
    to: &mut Html,
) {
    put!(to, "<div class='coverage'>");
    bar(tally, to);
    put!(to, "<p class='small'>" {tally.coverage()} "% of the numbers are checked.");
    let unchecked = verdicts.filter(|verdict| verdict.status == Status::Unchecked);
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for verdict in unchecked {
        *reasons.entry(&verdict.reason).or_default() += 1;
    }
    let mut reasons: Vec<_> = reasons.into_iter().collect();
    reasons.sort_by_key(|(reason, count)| (Reverse(*count), *reason));
    for (turn, (reason, count)) in reasons.into_iter().take(REASONS).enumerate() {
        put!(to, {if turn == 0 { " Not checked: " } else { ", " }} {reason} " " {count});
    }
    put!(to, "</p></div>");
}
