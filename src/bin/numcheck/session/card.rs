//! What there is to say where the reader stands, as lines for whoever shows them.

use crate::session::{Session, Stop};
use numcheck::check::Review;
use numcheck::claim::Claim;
use numcheck::compare::Status;
use numcheck::finding::{Finding, Label, Severity};
use numcheck::report::{View, derivation, evidence_in_words};

/// How a line is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    Plain,
    Quiet,
    Severity(Severity),
    Status(Status),
}

/// A line of any length.
pub(crate) type Line = (Tone, String);

/// What there is to say of the finding or the number the reader stands at.
pub(crate) fn card(session: &Session) -> Vec<Line> {
    let mut lines = Vec::new();
    if let Some(finding) = session.finding() {
        lines.extend(of_finding(session, finding));
    }
    let review = session.review();
    let number = session.number().and_then(|index| review.claims.get(index).zip(Some(index)));
    if let Some((claim, index)) = number {
        if !lines.is_empty() {
            lines.push((Tone::Plain, String::new()));
        }
        lines.extend(of_number(session, claim, index));
    }
    if session.stop() == Stop::Nowhere {
        lines.push((Tone::Plain, "No number was found in this article.".to_owned()));
    }
    lines
}

/// The whole story of a number: how it was read and what it was held against.
pub(crate) fn explained(session: &Session, width: usize) -> Vec<Line> {
    let Some(index) = session.number() else { return Vec::new() };
    let view = View { width, colour: false, ..View::default() };
    let mut bytes = Vec::new();
    // Writing to memory cannot fail.
    let _ = derivation(session.review(), index, &view, &mut bytes);
    let text = String::from_utf8_lossy(&bytes);
    text.lines().map(|line| (Tone::Plain, line.to_owned())).collect()
}

/// The rows of reference tables, and whatever else the number was held against.
pub(crate) fn rows(session: &Session) -> Vec<Line> {
    let review = session.review();
    let verdict = session.number().and_then(|index| review.verdicts.get(index));
    let mut lines: Vec<Line> = Vec::new();
    for evidence in verdict.into_iter().flat_map(|verdict| &verdict.evidence) {
        let (place, said) = evidence_in_words(review, evidence);
        lines.push((Tone::Quiet, place));
        lines.push((Tone::Plain, said));
        lines.push((Tone::Plain, String::new()));
    }
    if let Some(finding) = session.finding() {
        lines.extend(finding.related.iter().flat_map(|label| beside(review, label)));
    }
    if lines.is_empty() {
        lines.push((Tone::Plain, "It was held against nothing.".to_owned()));
    }
    lines
}

fn of_finding(session: &Session, finding: &Finding) -> Vec<Line> {
    let review = session.review();
    let all = session.findings();
    let turn = all.iter().position(|index| session.stop() == Stop::Finding(*index));
    let (turn, of) = (turn.map_or(0, |turn| turn + 1), all.len());
    let skipped = if session.was_skipped(finding) { ", skipped" } else { "" };
    let head = format!(
        "{}[{}]  finding {turn} of {of}{skipped}",
        finding.severity.name(),
        finding.rule.name
    );
    let mut lines =
        vec![(Tone::Severity(finding.severity), head), (Tone::Plain, finding.message.clone())];
    let arithmetic = finding.arithmetic.iter().filter(|sum| !finding.message.contains(*sum));
    lines.extend(arithmetic.map(|sum| (Tone::Plain, sum.clone())));
    lines.extend(finding.related.iter().flat_map(|label| beside(review, label)));
    if let Some(suggestion) = &finding.suggestion {
        let text = format!("f puts {} in place: {}", suggestion.replacement, suggestion.why);
        lines.push((Tone::Plain, text));
    }
    lines
}

/// Another place that a finding rests on: what is said of it, and its line; of a row its place, as
/// its cells read badly side by side.
fn beside(review: &Review, label: &Label) -> Vec<Line> {
    let place = review.sources.place(label.at);
    let said = if label.message.is_empty() { &place.text } else { &label.message };
    let at = format!("{}:{}", place.path, place.line);
    let at = if review.store.tables().contains(&label.at.source) {
        at
    } else {
        format!("{at}: {}", review.sources.get(label.at.source).line(place.line).trim())
    };
    vec![(Tone::Plain, said.clone()), (Tone::Quiet, at)]
}

fn of_number(session: &Session, claim: &Claim, index: usize) -> Vec<Line> {
    let review = session.review();
    let (Some(article), Some(verdict)) = (session.article(), review.verdicts.get(index)) else {
        return Vec::new();
    };
    let shown = claim.shown(&article.prose);
    let (turn, of) = (index + 1, review.claims.len());
    let status = verdict.status;
    let mut lines = vec![
        (Tone::Status(status), format!("{shown}  {}  number {turn} of {of}", status.name())),
        (Tone::Plain, verdict.reason.clone()),
    ];
    let own = session.finding().map(|finding| &finding.message);
    lines.retain(|(_, text)| Some(text) != own && !text.is_empty());
    let others =
        review.findings.iter().filter(|f| f.claim == Some(index) && Some(&f.message) != own);
    lines.extend(others.map(|finding| {
        let text =
            format!("{}[{}]: {}", finding.severity.name(), finding.rule.name, finding.message);
        (Tone::Severity(finding.severity), text)
    }));
    let waived = review.waived.iter().filter(|waived| waived.finding.claim == Some(index));
    lines.extend(waived.map(|waived| {
        let by = [&*waived.waiver.author, &*waived.waiver.reason];
        let by: Vec<_> = by.into_iter().filter(|part| !part.is_empty()).collect();
        (Tone::Quiet, format!("waived ({}): {}", waived.finding.rule.name, by.join(": ")))
    }));
    let tick = session.tick_of(claim);
    lines.extend(tick.map(|note| (Tone::Quiet, format!("checked by hand: {note}"))));
    lines
}
