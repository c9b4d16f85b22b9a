//! What stands around every page: its head with the policy that lets nothing run but its own
//! script, what is on top, and what it was made from.

use crate::check::AsOf;
use crate::compare::Evidence;
use crate::report::Tally;
use crate::report::html::desk::Desk;
use crate::report::html::markup::{Html, put};
use crate::report::html::{SCRIPT, STYLE, sheet};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// The policy of every page: no network, and of scripts and styles only the page's own, which it
/// knows by their hashes.
static POLICY: LazyLock<String> = LazyLock::new(|| {
    let hash = |text: &str| STANDARD.encode(Sha256::digest(text));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; img-src data:; \
         base-uri 'none'; form-action 'none'",
        hash(STYLE),
        hash(SCRIPT)
    )
});

/// Writes everything before the content of a page.
pub(crate) fn begin(title: &str, to: &mut Html) {
    put!(to, "<!doctype html>\n<html lang='en'><head><meta charset='utf-8'>"
        "<meta http-equiv='Content-Security-Policy' content='" {*POLICY} "'>"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        "<meta name='referrer' content='no-referrer'>"
        "<meta name='color-scheme' content='light dark'>"
        "<link rel='icon' href='data:,'><title>" {title} "</title><style>");
    to.markup(STYLE);
    put!(to, "</style></head><body>");
}

/// Writes what stands under the content of a page: what it was made from, the help, the script.
pub(crate) fn end(desk: &Desk<'_>, to: &mut Html) {
    let review = desk.review;
    put!(to, "<footer><p>Made by numcheck " {env!("CARGO_PKG_VERSION")} ". Judged by what was "
        "known ");
    match review.settings.as_of {
        AsOf::Published => put!(to, "on the day of each article"),
        AsOf::Day(day) => put!(to, "on " {format_args!("{day}")}),
        AsOf::Now => put!(to, "when this was made"),
    }
    put!(to, ".");
    if let Some(made) = desk.view.made_at {
        put!(to, " Made at " {format_args!("{}", made.format("%Y-%m-%d %H:%M:%S UTC"))} ".");
    }
    put!(to, " Not checked is not approval.</p>");
    tables(desk, to);
    put!(to, "</footer>");
    help(to);
    put!(to, "<script>");
    to.markup(SCRIPT);
    put!(to, "</script></body></html>\n");
}

/// The tables that were used, each with a hash by which it can be told from another state of it.
fn tables(desk: &Desk<'_>, to: &mut Html) {
    let review = desk.review;
    let evidence = desk.numbers().flat_map(|entry| &entry.verdict.evidence);
    let rows = evidence.filter_map(|evidence| match evidence {
        Evidence::Reference(id) => Some(review.store.observation(*id).at.source),
        _ => None,
    });
    let used: BTreeSet<_> = rows.collect();
    if used.is_empty() {
        return;
    }
    put!(to, "<details><summary>Tables used</summary><ul>");
    for id in used {
        let table = review.sources.get(id);
        let hash = Sha256::digest(table.text());
        put!(to, "<li><code>" {table.name()} "</code> sha256 <code>");
        for byte in hash.iter().take(8) {
            put!(to, { format_args!("{byte:02x}") });
        }
        put!(to, "</code></li>");
    }
    put!(to, "</ul></details>");
}

/// The keys, and what the signs mean.
fn help(to: &mut Html) {
    put!(to, "<dialog id='help' aria-labelledby='help-title'><h2 id='help-title'>Keys</h2><dl class='keys'>"
        "<dt><kbd>j</kbd> <kbd>k</kbd></dt><dd>next, previous finding</dd>"
        "<dt><kbd>]</kbd> <kbd>[</kbd></dt><dd>next, previous article</dd>"
        "<dt><kbd>/</kbd></dt><dd>search</dd>"
        "<dt><kbd>e</kbd></dt><dd>open or close every card</dd>"
        "<dt><kbd>u</kbd></dt><dd>up to the index, where there is one</dd>"
        "<dt><kbd>Esc</kbd></dt><dd>leave the search, take the filters off</dd>"
        "<dt><kbd>?</kbd></dt><dd>this help</dd></dl>"
        "<form method='dialog'><button>Close</button></form></dialog>");
}

/// Writes what is on top: what the page is about, and the number sheet.
pub(crate) fn top(desk: &Desk<'_>, what: &str, tally: &Tally, to: &mut Html) {
    put!(to, "<header class='top'><p class='brand'><b>numcheck</b> " {what} "</p>");
    failures(desk, to);
    sheet::sentence(tally, to);
    sheet::coverage(tally, desk.numbers().map(|entry| entry.verdict), to);
    put!(to, "</header>");
}

/// What could not be done: a report must not look as if it were.
pub(crate) fn failures(desk: &Desk<'_>, to: &mut Html) {
    for error in &desk.review.errors {
        put!(to, "<p class='failed'><b>Could not be done:</b> " {error} "</p>");
    }
}
