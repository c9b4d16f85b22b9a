//! The card of a number: how it was read, what it was held against, and what follows.

use crate::claim::{Claim, Modality, Subject};
use crate::compare::{Reason, Status, Verdict, grouped, interval_shown};
use crate::quantity::{Hedge, Interval};
use crate::report::comparison::named;
use crate::report::html::desk::{Desk, Noted, status};
use crate::report::html::markup::{Html, put};
use crate::report::html::{finding, folder, held};
use crate::report::reading::place;
use crate::report::{Entry, prose};

/// Writes the card of a number.
pub(crate) fn card(desk: &Desk<'_>, index: usize, to: &mut Html) {
    let (Some(claim), Some(verdict)) = (desk.claim(index), desk.review.verdicts.get(index)) else {
        return;
    };
    put!(to, "\n<details class='card " {verdict.status.name()} "' data-s='" {verdict.status.name()}
        "' data-i='" {claim.indicator.value.name()} "' data-r='");
    for (turn, note) in desk.about(index).enumerate() {
        put!(to, {if turn == 0 { "" } else { " " }} {note.finding.rule.name});
    }
    put!(to, "'>");
    summary(desk, index, (claim, verdict), to);
    put!(to, "\n<div class='in' id='" {desk.anchor(index)} "'>");
    for note in desk.about(index) {
        finding::whole(desk, note, to);
    }
    conclusion(desk, index, verdict, to);
    held::held(desk, index, verdict, to);
    read(desk, index, Entry { claim, verdict }, to);
    put!(to, "</div></details>");
}

/// What is seen of a card before it is opened: the number, its status, and why.
fn summary(desk: &Desk<'_>, index: usize, judged: (&Claim, &Verdict), to: &mut Html) {
    let (claim, verdict) = judged;
    let (word, sign) = status(verdict.status);
    put!(to, "<summary><span class='sign' aria-hidden='true'>" {sign} "</span> <b>"
        {claim.shown(prose(desk.review, claim))} "</b> <span class='word'>" {word} "</span>");
    let mut said = false;
    for Noted { finding, waived, .. } in desk.about(index) {
        put!(to, " <span class='why " {finding.severity.name()} "'><span class='sev'>"
            {finding::sign(finding.severity)} " " {finding.severity.name()} "</span> "
            {waived.map_or("", |_| "(waived) ")} {finding.message} "</span>");
        said = said || waived.is_none() && finding.message == verdict.reason;
    }
    if !said {
        put!(to, " <span class='why'>" {lead(verdict)} {verdict.reason} "</span>");
    }
    put!(to, "</summary>");
}

/// The words before a reason that make it a sentence.
fn lead(verdict: &Verdict) -> &'static str {
    match verdict.status {
        Status::Supported if verdict.reason.contains('(') => "agrees with ",
        _ => "",
    }
}

/// The verdict in a sentence, unless a finding has said it.
fn conclusion(desk: &Desk<'_>, index: usize, verdict: &Verdict, to: &mut Html) {
    if desk.about(index).any(|note| note.finding.message == verdict.reason) {
        return;
    }
    let by = verdict.by.map_or("", |by| by.name());
    let reason = &verdict.reason;
    put!(to, "<p class='verdict'>");
    match verdict.status {
        Status::Unchecked => put!(to, "<b>Not checked.</b> " {meaning(reason)}),
        Status::Supported => put!(to, "<b>Supported</b> by " {by} ": " {reason} "."),
        Status::Contradicted => put!(to, "<b>Contradicted</b> by " {by} ": " {reason} "."),
        Status::Outdated => put!(to, "<b>Outdated.</b> It was right once; a newer figure had been "
            "published before the article."),
        Status::Disputed => put!(to, "<b>Disputed.</b> Publishers disagree: " {reason} "."),
    }
    put!(to, "</p>");
}

/// What a reason means, in a sentence; the reason itself where it is none of the list.
fn meaning(reason: &str) -> &str {
    const MEANINGS: &[(Reason, &str)] = &[
        (
            Reason::NoReferenceSeries,
            "No table has figures for this, and neither the article's own \
            arithmetic nor other articles settle it.",
        ),
        (
            Reason::ReferenceTooOld,
            "The tables have figures for this, but none near enough in time \
            to judge by.",
        ),
        (
            Reason::PartyOnly,
            "Only a party to the conflict says so, which neither supports nor \
            contradicts it.",
        ),
        (
            Reason::TooLoose,
            "What the text allows and what the reference allows neither meet nor \
            exclude each other.",
        ),
        (
            Reason::NotAsserted,
            "It is planned, possible or denied: nothing is claimed that figures \
            could bear out.",
        ),
        (Reason::SeveralReadings, "The digits can be read in more than one way."),
        (Reason::Vague, "The word is too vague to be held against a figure."),
        (
            Reason::Undated,
            "The article has no date, so it is not known which figures held then. \
            Give it one, or use --as-of.",
        ),
    ];
    let known = MEANINGS.iter().find(|(known, _)| known.name() == reason);
    known.map_or(reason, |(_, meaning)| meaning)
}

/// How the number was read.
fn read(desk: &Desk<'_>, index: usize, entry: Entry<'_>, to: &mut Html) {
    let claim = entry.claim;
    let prose = prose(desk.review, claim);
    let quantity = &claim.quantity;
    put!(to, "<h5>Read as</h5><dl>");
    value(claim, to);
    let unit = quantity.unit.as_deref();
    put!(to, "<dt>What</dt><dd>" {quantity.kind.name()});
    if let Some(unit) = unit {
        put!(to, " of <i>" {unit} "</i>");
    }
    let topic = claim.indicator.value.name();
    if topic != "other" {
        put!(to, " · " {topic.replace('_', " ")});
    }
    let aspect = claim.aspect.as_ref().map(|aspect| aspect.value.name());
    if let Some(aspect) = aspect {
        put!(to, " · " {aspect});
    }
    put!(to, "</dd>");
    let measure = claim.measure.as_ref();
    let measure = measure.map(|slot| &*desk.review.store.catalog.measure(slot.value).title);
    field("Series", measure, to);
    let catalog = &desk.review.store.catalog;
    let whose = claim.subject.as_ref().map(|subject| match &subject.value {
        Subject::Entity(id, _) => catalog.entity(*id).name().to_owned(),
        Subject::Named(slug) => slug.to_lowercase().replace('_', " "),
    });
    field("Whose", whose.as_deref(), to);
    let spot = claim.place.as_ref().map(|slot| &slot.value);
    let spot = spot.map(|spot| spot.id.map_or(&*spot.shown, |id| &*catalog.place(id).name));
    field("Where", spot, to);
    let when = claim.when.as_ref().and_then(|when| when.value.text);
    field("When", when.map(|span| span.of(prose)), to);
    field("Said by", claim.attributed_to.as_ref().map(|slot| &*slot.value.0), to);
    let modality = claim.modality.value;
    let is_plain = modality == Modality::Asserted;
    field("Modality", (!is_plain).then(|| modality.name()), to);
    field("Quoted", claim.quoted.then_some("yes"), to);
    put!(to, "</dl>");
    beside(desk, index, to);
    put!(to, "<p class='small at'>");
    let name = desk.review.articles.get(claim.article).map_or("", |article| &article.name);
    put!(to, "<code>" {name} ":" {place(desk.review, entry)} "</code></p>");
}

/// The way to what other articles say of the same.
fn beside(desk: &Desk<'_>, index: usize, to: &mut Html) {
    let Some(number) = desk.series_of(index) else { return };
    let Some(series) = desk.review.series.get(number) else { return };
    let page = if desk.pages.is_empty() { "" } else { folder::SERIES };
    put!(to, "<p class='small'><a href='" {page} "#s-" {number + 1} "'>What other articles say</a> (" {named(series)}
        ": " {series.verdict.name()} ")</p>");
}

fn field(name: &'static str, value: Option<&str>, to: &mut Html) {
    if let Some(value) = value.filter(|value| !value.is_empty()) {
        put!(to, "<dt>" {name} "</dt><dd>" {value} "</dd>");
    }
}

/// The figure with its hedge, what it supports, and what contradicts it.
fn value(claim: &Claim, to: &mut Html) {
    let quantity = &claim.quantity;
    let written = quantity.written();
    let figure = interval_shown(Interval::new(quantity.lower, quantity.upper));
    put!(to, "<dt>Figure</dt><dd class='fig'>");
    if quantity.hedge != Hedge::Exact && quantity.hedge != Hedge::Range {
        put!(to, {quantity.hedge.name().replace('_', " ")} " ");
    }
    put!(to, { figure });
    if let Some(other) = quantity.other {
        put!(to, " or " {grouped(other)});
    }
    let (supports, allows) = (written.supports(), written.allows());
    put!(to, "</dd><dt>Supports</dt><dd class='fig'>" {interval_shown(supports)} "</dd>");
    if allows != supports {
        put!(to, "<dt>Leaves room for</dt><dd class='fig'>" {interval_shown(allows)} "</dd>");
    }
}
