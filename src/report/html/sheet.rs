//! The number sheet in a sentence, and as a bar.

use crate::report::Tally;
use crate::report::html::markup::{Html, put};

/// How wide the bar is, in its own units.
const WIDE: usize = 1000;

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

/// The counts that are not zero, each with its sign.
pub(crate) fn counts(tally: &Tally, to: &mut Html) {
    for (name, word, sign, count) in parts(tally).into_iter().filter(|part| part.3 > 0) {
        put!(to, "<span class='of " {name} "' title='" {word} "'>" {count}
            "<span class='sign' aria-hidden='true'>" {sign} "</span><span class='vh'> " {word}
            "</span></span> ");
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

/// How much of the numbers is checked, in words and as a bar.
pub(crate) fn coverage(tally: &Tally, to: &mut Html) {
    put!(to, "<div class='coverage'>");
    bar(tally, to);
    put!(to, "<p class='small'>" {tally.coverage()} "% of the numbers are checked.</p></div>");
}
