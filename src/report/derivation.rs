//! How one number was read, which words say so, and what it was held against.

use crate::check::Review;
use crate::claim::{Claim, Slot, passed_over};
use crate::compare::{Evidence, Held, Stand, Verdict, grouped, interval_shown};
use crate::finding::Finding;
use crate::reference::MeasureId;
use crate::report::evidence::described;
use crate::report::fit::{printable, wrapped};
use crate::report::grid::{self, Cell};
use crate::report::{View, prose};
use crate::text::At;
use annotate_snippets::renderer::Style;
use std::io;

/// The claims that stand at a line and a column of the source of that name, both from 1; all of
/// the line without a column. They are named by their index in the review.
pub fn claims_at(review: &Review, name: &str, line: usize, column: Option<usize>) -> Vec<usize> {
    let stands = |claim: &&Claim| {
        let Some(article) = review.articles.get(claim.article) else { return false };
        let At { source, span } = article.locate(claim.quantity.phrase);
        let source = review.sources.get(source);
        let Some(column) = column else {
            return source.name() == name && source.line_column(span.start()).0 == line;
        };
        let covers = |at: usize| span.start() <= at && at < span.end();
        source.name() == name && source.offset(line, column).is_some_and(covers)
    };
    let found = review.claims.iter().enumerate().filter(|(_, claim)| stands(claim));
    found.map(|(index, _)| index).collect()
}

/// Writes how a number was read, which words say so, and what it was held against.
///
/// # Errors
/// When `out` does not take it.
pub fn derivation(
    review: &Review,
    claim: usize,
    view: &View,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let (Some(read), Some(verdict)) = (review.claims.get(claim), review.verdicts.get(claim)) else {
        return Ok(());
    };
    sentence(review, read, view, out)?;
    let rows = fields(review, read);
    let bold = view.bold();
    writeln!(out, "\n{bold}read as{bold:#}")?;
    let widths = [
        grid::column(rows.iter().map(|row| row.field), usize::MAX),
        grid::column(rows.iter().map(|row| row.value.as_str()), view.width * 3 / 8),
    ];
    for row in &rows {
        let cells: [Cell<'_>; 2] = [(row.field, view.dim()), (&row.value, Style::new())];
        grid::row(view, &widths, &cells, &row.because, out)?;
    }
    held_against(review, (claim, verdict), view, out)?;
    let about = review.findings.iter().filter(|finding| finding.claim == Some(claim));
    findings(about, view, out)
}

/// A field of the reading, and which words or patterns say so.
struct Row {
    field: &'static str,
    value: String,
    because: String,
}

/// The number's place, and its sentence.
fn sentence(
    review: &Review,
    claim: &Claim,
    view: &View,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let Some(article) = review.articles.get(claim.article) else { return Ok(()) };
    let place = review.sources.place(article.locate(claim.quantity.span));
    let bold = view.bold();
    let shown = printable(claim.shown(&article.prose)).into_owned();
    let path = printable(&place.path);
    writeln!(out, "{path}:{}:{}: {bold}{shown}{bold:#}\n", place.line, place.column)?;
    let whole = claim.sentence.of(&article.prose);
    for line in wrapped(whole, view.width.saturating_sub(2)) {
        writeln!(out, "  {line}")?;
    }
    Ok(())
}

fn fields(review: &Review, claim: &Claim) -> Vec<Row> {
    let prose = prose(review, claim);
    let quantity = &claim.quantity;
    let written = quantity.written();
    let quoted = |text: &str| if text.is_empty() { String::new() } else { format!("“{text}”") };
    let row = |field, value: String, because: String| Row { field, value, because };
    let mut rows = vec![row(
        "number",
        interval_shown(crate::quantity::Interval::new(quantity.lower, quantity.upper)),
        quoted(quantity.span.of(prose)),
    )];
    rows.extend(
        quantity.other.map(|other| {
            row("or", grouped(other), "the digits can be read in two ways".to_owned())
        }),
    );
    let hedge = quantity.hedge_span.map_or("", |span| span.of(prose));
    rows.push(row("hedge", quantity.hedge.name().replace('_', " "), quoted(hedge)));
    rows.push(row("supports", interval_shown(written.supports()), String::new()));
    rows.push(row(
        "allows",
        interval_shown(written.allows()),
        "what lies outside contradicts it".to_owned(),
    ));
    let unit = quantity.unit.as_deref().unwrap_or("unknown unit");
    let noun = quantity.noun.as_ref().map_or("", |noun| noun.phrase.of(prose));
    rows.push(row("kind", format!("{} {unit}", quantity.kind.name()), quoted(noun)));
    rows.push(slot("indicator", Some(&claim.indicator), prose, |value| value.name().to_owned()));
    rows.push(slot("measure", claim.measure.as_ref(), prose, |value| {
        review.store.catalog.measure(*value).key.to_string()
    }));
    let key = |id: &MeasureId| review.store.catalog.measure(*id).key.to_string();
    let rivals: Vec<_> = claim.rivals.iter().map(key).collect();
    if !rivals.is_empty() {
        let because = "less likely: fewer of their words in the sentence, or no rows".to_owned();
        rows.push(row("not", rivals.join(", "), because));
    }
    rows.push(slot("subject", claim.subject.as_ref(), prose, |value| value.slug().to_owned()));
    rows.push(slot("place", claim.place.as_ref(), prose, |value| value.shown.clone()));
    let over = passed_over(prose, claim, &review.store.catalog);
    let over: Vec<_> = over.iter().map(|span| span.of(prose)).collect();
    if !over.is_empty() {
        let because = "named in the sentence; no pattern ties them to this number".to_owned();
        rows.push(row("not", over.join(", "), because));
    }
    rows.push(slot("aspect", claim.aspect.as_ref(), prose, |value| value.name().to_owned()));
    rows.push(slot("when", claim.when.as_ref(), prose, |value| {
        let end = value.end.map(|day| day.to_string());
        let ends: Vec<_> = [value.start.clone(), end].into_iter().flatten().collect();
        ends.join(" to ")
    }));
    rows.push(slot("modality", Some(&claim.modality), prose, |value| value.name().to_owned()));
    rows.push(slot("said by", claim.attributed_to.as_ref(), prose, |value| value.0.clone()));
    let quotes = if claim.quoted { "yes" } else { "no" };
    rows.push(row("quoted", quotes.to_owned(), String::new()));
    rows
}

fn slot<T>(
    field: &'static str,
    slot: Option<&Slot<T>>,
    prose: &str,
    shown: impl Fn(&T) -> String,
) -> Row {
    let Some(slot) = slot else {
        return Row { field, value: "–".to_owned(), because: String::new() };
    };
    let words = slot.span.of(prose);
    let because = if words.is_empty() || words == slot.by {
        slot.by.clone()
    } else {
        format!("“{words}” ({})", slot.by)
    };
    Row { field, value: shown(&slot.value), because }
}

/// The verdict, and every piece of evidence.
fn held_against(
    review: &Review,
    (claim, verdict): (usize, &Verdict),
    view: &View,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let style = view.status(verdict.status);
    let by = verdict.by.map_or(String::new(), |by| format!(" by {}", by.name()));
    let status = verdict.status.name();
    writeln!(out, "\n{style}{status}{style:#}{by}: {}", printable(&verdict.reason))?;
    if verdict.evidence.is_empty() {
        return writeln!(out, "  it was held against nothing");
    }
    for evidence in &verdict.evidence {
        let (place, said) = described(review, evidence);
        writeln!(out, "  {}{}", printable(&place), stand(review, claim, evidence))?;
        grid::row(view, &[0], &[("", Style::new())], &said, out)?;
    }
    Ok(())
}

/// How a piece of evidence and the number stand to each other, where that is known.
fn stand(review: &Review, claim: usize, evidence: &Evidence) -> &'static str {
    let (Evidence::Reference(id), Some(comparison)) = (evidence, review.comparisons.get(claim))
    else {
        return "";
    };
    match comparison.rows.iter().find(|held| held.row == *id) {
        Some(Held { stand: Stand::Agrees, party: false, .. }) => " agrees",
        Some(Held { stand: Stand::Agrees, party: true, .. }) => " agrees, but is a party's",
        Some(Held { stand: Stand::Contradicts, party: false, .. }) => " contradicts",
        Some(Held { stand: Stand::Contradicts, party: true, .. }) => {
            " contradicts, but is a party's"
        }
        Some(Held { stand: Stand::Far, .. }) => " lies too far away to be about the same for sure",
        Some(Held { stand: Stand::Above, .. }) => " is a minimum that does not reach so far",
        Some(Held { stand: Stand::Loose, .. }) => " neither agrees nor contradicts",
        None if comparison.older == Some(*id) => " agrees, but is out of date",
        None => "",
    }
}

fn findings<'a>(
    findings: impl Iterator<Item = &'a Finding>,
    view: &View,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    for finding in findings {
        let style = view.severity(finding.severity);
        let label = format!("{}[{}]", finding.severity.name(), finding.rule.name);
        writeln!(out, "\n{style}{label}{style:#}")?;
        grid::row(view, &[], &[], &finding.message, out)?;
    }
    Ok(())
}
