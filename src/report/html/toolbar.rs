//! The filters. Without scripts they would do nothing, so the script brings them to light.

use crate::report::Tally;
use crate::report::html::desk::Desk;
use crate::report::html::markup::{Html, put};
use std::collections::BTreeSet;

/// Writes the filters for the numbers and findings of the page.
pub(crate) fn toolbar(desk: &Desk<'_>, tally: &Tally, to: &mut Html) {
    put!(
        to,
        "<form class='tools' id='tools' role='search' hidden><span class='group' role='group' aria-label='Status'>"
    );
    let statuses = [
        ("contradicted", "✕", "contradicted", tally.contradicted),
        ("outdated", "↺", "outdated", tally.outdated),
        ("disputed", "≠", "disputed", tally.disputed),
        ("supported", "✓", "supported", tally.supported),
        ("unchecked", "○", "not checked", tally.unchecked),
    ];
    for (name, sign, word, count) in statuses.into_iter().filter(|status| status.3 > 0) {
        put!(to, "<button type='button' class='" {name} "' data-status='" {name}
            "' aria-pressed='false'><span class='sign' aria-hidden='true'>" {sign} "</span> " {word}
            " <span class='count'>" {count} "</span></button>");
    }
    put!(to, "</span>");
    let notes = desk.notes_here();
    let rules: BTreeSet<_> = notes.iter().map(|note| note.finding.rule.name).collect();
    choice("rule", "Rule", "any rule", rules.into_iter().map(|rule| (rule, rule)), to);
    let topics = desk.numbers().map(|entry| entry.claim.indicator.value.name());
    let topics: BTreeSet<_> = topics.collect();
    choice(
        "topic",
        "Indicator",
        "any indicator",
        topics.into_iter().map(|topic| (topic, topic)),
        to,
    );
    if desk.here.is_none() && desk.review.given > 1 {
        let articles = desk.review.checked().iter().enumerate();
        let articles = articles.map(|(i, article)| (&*article.name, desk.title(i)));
        choice("article", "Article", "any article", articles, to);
    }
    put!(to, "<input type='search' id='q' name='q' placeholder='Search' aria-label='Search'>"
        "<span id='shown' role='status'></span>"
        "<button type='button' id='help-button' aria-label='Keys' title='Keys (?)'>?</button></form>");
}

fn choice<'a>(
    name: &'static str,
    label: &'static str,
    any: &'static str,
    values: impl Iterator<Item = (&'a str, &'a str)>,
    to: &mut Html,
) {
    let mut values = values.peekable();
    if values.peek().is_none() {
        return;
    }
    put!(to, "<select name='" {name} "' aria-label='" {label} "'><option value=''>" {any} "</option>");
    for (value, shown) in values {
        put!(to, "<option value='" {value} "'>" {shown.replace('_', " ")} "</option>");
    }
    put!(to, "</select>");
}
