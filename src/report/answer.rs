//! What a claim would be held against: how its words were read, the rows in order, and why others
//! do not count.

use crate::check::{Answer, Looked, Review};
use crate::compare::{Candidate, Role};
use crate::quantity::Hedge;
use crate::report::claim_json::ClaimJson;
use crate::report::fit::{printable, wrapped};
use crate::report::grid::{self, Cell};
use crate::report::inventory::counted;
use crate::report::row_json::WholeRowJson;
use crate::report::rows::{said, value};
use crate::report::{Entry, View, prose};
use annotate_snippets::renderer::Style;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io;

/// The version of the shape, which changes when a field's name or meaning does.
const SCHEMA: &str = "numcheck/reference-query/v1";

#[derive(Serialize)]
struct AnswerJson<'a> {
    schema: &'static str,
    version: &'static str,
    query: &'a str,
    as_of: String,
    hindsight: bool,
    numbers: Vec<NumberJson<'a>>,
}

#[derive(Serialize)]
struct NumberJson<'a> {
    /// Whether the figure is the query's own; one that was put in says nothing.
    own_figure: bool,
    claim: ClaimJson<'a>,
    measure: Option<&'a str>,
    held: bool,
    says: String,
    /// How many rows of the measure there are of each role.
    roles: BTreeMap<&'static str, usize>,
    rows: Vec<CandidateJson<'a>>,
}

#[derive(Serialize)]
struct CandidateJson<'a> {
    role: &'static str,
    #[serde(flatten)]
    row: WholeRowJson<'a>,
}

/// Writes what the tables hold for a question, for people; of the rows that do not count, up to
/// `most`.
///
/// # Errors
/// When `out` does not take it.
pub fn answer(
    answer: &Answer,
    most: usize,
    view: &View,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let bold = view.bold();
    let known = if answer.hindsight { "with hindsight, for" } else { "as known on" };
    writeln!(out, "{bold}{}{bold:#} · {known} {}", printable(&answer.words), answer.day)?;
    if answer.numbers.is_empty() {
        writeln!(out)?;
        return paragraph("No number could be read from these words.", view, out);
    }
    for looked in &answer.numbers {
        writeln!(out)?;
        number(answer, looked, most, view, out)?;
    }
    Ok(())
}

/// The same as one JSON object.
///
/// # Errors
/// When `out` does not take it.
pub fn answer_json(answer: &Answer, most: usize, out: &mut dyn io::Write) -> io::Result<()> {
    let review = &answer.review;
    let number = |looked: &'_ Looked| -> Option<NumberJson<'_>> {
        let entry = entry(review, looked)?;
        let candidate = |candidate: &Candidate| CandidateJson {
            role: candidate.role.name(),
            row: WholeRowJson::of(&review.store, &review.sources, candidate.row),
        };
        Some(NumberJson {
            own_figure: !answer.neutral,
            claim: ClaimJson::of(review, entry),
            measure: looked.measure.map(|id| &*review.store.catalog.measure(id).key),
            held: is_held(looked),
            says: sentence(answer, looked),
            roles: roles(looked).into_iter().map(|(role, count)| (role.name(), count)).collect(),
            rows: shown(looked, most).map(candidate).collect(),
        })
    };
    let shown = AnswerJson {
        schema: SCHEMA,
        version: env!("CARGO_PKG_VERSION"),
        query: &answer.words,
        as_of: answer.day.to_string(),
        hindsight: answer.hindsight,
        numbers: answer.numbers.iter().filter_map(number).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &shown)?;
    writeln!(out)
}

fn entry<'a>(review: &'a Review, looked: &Looked) -> Option<Entry<'a>> {
    let claim = review.claims.get(looked.claim)?;
    Some(Entry { claim, verdict: review.verdicts.get(looked.claim)? })
}

/// The rows that count, and of the others those nearest to it.
fn shown(looked: &Looked, most: usize) -> impl Iterator<Item = &Candidate> {
    let held = looked.candidates.iter().take_while(|candidate| candidate.role.is_held()).count();
    looked.candidates.iter().take(held.saturating_add(most))
}

fn number(
    answer: &Answer,
    looked: &Looked,
    most: usize,
    view: &View,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let review = &answer.review;
    let Some(entry) = entry(review, looked) else { return Ok(()) };
    read_as(answer, looked, entry, view, out)?;
    writeln!(out)?;
    paragraph(&sentence(answer, looked), view, out)?;
    rows(review, looked, most, view, out)?;
    let rest = looked.candidates.len() - shown(looked, most).count();
    if rest > 0 {
        let mut left: BTreeMap<Role, usize> = BTreeMap::new();
        let behind = looked.candidates.iter().skip(looked.candidates.len() - rest);
        behind.for_each(|candidate| *left.entry(candidate.role).or_default() += 1);
        let parts = left.iter().map(|(role, count)| format!("{count} {}", role.words()));
        let parts: Vec<_> = parts.collect();
        writeln!(out)?;
        let more =
            format!("and {} of this indicator: {}", counted(rest, "more row"), parts.join(", "));
        grid::row(view, &[], &[], &more, out)?;
    }
    if !answer.neutral {
        let verdict = entry.verdict;
        writeln!(out)?;
        let said = format!("{}: {}", verdict.status.name(), verdict.reason);
        paragraph(&said, view, out)?;
    }
    Ok(())
}

/// How the words were read.
fn read_as(
    answer: &Answer,
    looked: &Looked,
    entry: Entry<'_>,
    view: &View,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let (review, claim) = (&answer.review, entry.claim);
    let catalog = &review.store.catalog;
    let prose = prose(review, claim);
    let none = || "–".to_owned();
    let place = claim.place.as_ref().map(|slot| match slot.value.id {
        Some(id) => catalog.place(id).id.to_string(),
        None => slot.value.shown.clone(),
    });
    let when = claim.when.as_ref().map(|slot| {
        let end = slot.value.end.map(|day| day.to_string());
        let ends: Vec<_> = [slot.value.start.clone(), end].into_iter().flatten().collect();
        ends.join(" to ")
    });
    let number =
        if answer.neutral { "none given: any".to_owned() } else { claim.shown(prose).to_owned() };
    let measure = looked.measure.map(|id| {
        let measure = catalog.measure(id);
        format!("{}: {}", measure.key, measure.title)
    });
    let fields = [
        ("number", Some(number)),
        ("indicator", Some(claim.indicator.value.name().to_owned())),
        ("measure", measure),
        ("subject", claim.subject.as_ref().map(|slot| slot.value.slug().to_owned())),
        ("place", place),
        ("aspect", claim.aspect.as_ref().map(|slot| slot.value.name().to_owned())),
        ("when", when),
    ];
    for (field, value) in fields {
        let cells: [Cell<'_>; 1] = [(field, view.dim())];
        grid::row(view, &["indicator".len()], &cells, &value.unwrap_or_else(none), out)?;
    }
    Ok(())
}

/// The rows, each with what it is to the claim.
fn rows(
    review: &Review,
    looked: &Looked,
    most: usize,
    view: &View,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let store = &review.store;
    let shown: Vec<&Candidate> = shown(looked, most).collect();
    let value_of = |candidate: &&Candidate| value(store.observation(candidate.row));
    let values: Vec<String> = shown.iter().map(value_of).collect();
    let roles = shown.iter().map(|candidate| candidate.role.words());
    let widths = [
        grid::column(roles, usize::MAX),
        grid::column(values.iter().map(String::as_str), view.width * 3 / 8),
    ];
    for (candidate, value) in shown.iter().zip(&values) {
        let row = store.observation(candidate.row);
        let style = if candidate.role.is_held() { view.bold() } else { view.dim() };
        let cells: [Cell<'_>; 2] = [(candidate.role.words(), style), (value, Style::new())];
        grid::row(
            view,
            &widths,
            &cells,
            &format!("as of {}; {}", row.as_of, said(store, row)),
            out,
        )?;
        let empty: [Cell<'_>; 2] = [("", Style::new()), ("", Style::new())];
        grid::row(view, &widths, &empty, &format!("{}:{}", row.table, row.line), out)?;
        if candidate.role.is_held() && !row.url.is_empty() {
            grid::row(view, &widths, &empty, &row.url, out)?;
        }
    }
    Ok(())
}

fn is_held(looked: &Looked) -> bool {
    looked.candidates.first().is_some_and(|candidate| candidate.role.is_held())
}

fn roles(looked: &Looked) -> BTreeMap<Role, usize> {
    let mut roles = BTreeMap::new();
    for candidate in &looked.candidates {
        *roles.entry(candidate.role).or_default() += 1;
    }
    roles
}

/// Whether such a claim would be held against anything, and if not, why.
fn sentence(answer: &Answer, looked: &Looked) -> String {
    let count = |role| looked.candidates.iter().filter(|c| c.role == role).count();
    let (counting, party) = (count(Role::Counts), count(Role::PartyOnly));
    let day = answer.day;
    if counting + party > 0 {
        let alone = if counting == 0 {
            ", said by a party to the conflict alone: it neither supports nor contradicts"
        } else {
            ""
        };
        return format!("It would be held against {}{alone}.", counted(counting + party, "row"));
    }
    let claim = answer.review.claims.get(looked.claim);
    if claim.is_some_and(|claim| claim.quantity.hedge == Hedge::Vague) && looked.measure.is_none() {
        return "It would be held against nothing: the number is vague.".to_owned();
    }
    let why = match looked.candidates.first().map(|candidate| candidate.role) {
        _ if looked.measure.is_none() => "no indicator of the tables speaks of it".to_owned(),
        None => "its indicator has no rows".to_owned(),
        Some(Role::TooOld) => format!("every row of it is too old to judge {day} by"),
        Some(Role::Later) => format!("every row of it speaks of days after {day}"),
        Some(Role::NotYetPublished) => format!("every row of it was published after {day}"),
        Some(Role::Withdrawn) => "the publisher took its row back".to_owned(),
        Some(Role::OtherPeriod) => {
            "no row counts over the same stretch, and the same way".to_owned()
        }
        Some(Role::OtherCategory) => "no row is of the same category".to_owned(),
        Some(Role::OtherUnit) => "no row is in the same unit".to_owned(),
        Some(Role::OtherPlace) => "no row is about the same place".to_owned(),
        Some(_) => "no row is about the same subject".to_owned(),
    };
    format!("It would be held against nothing: {why}.")
}

fn paragraph(text: &str, view: &View, out: &mut dyn io::Write) -> io::Result<()> {
    wrapped(text, view.width).iter().try_for_each(|line| writeln!(out, "{line}"))
}
