//! The number sheet for spreadsheets: one number a row.

use crate::check::Review;
use crate::report::claim_json::ClaimJson;
use crate::report::{Renderer, View, entries, evidence};
use ::csv::{Error, ErrorKind, Writer};
use std::borrow::Cow;
use std::io;

/// One number a row.
pub(crate) static SHEET: Renderer = Renderer { name: "csv", media_type: "text/csv", render };

type Cell<'a> = Cow<'a, str>;

/// A column: its name and its cell for a claim.
type Column = (&'static str, for<'a> fn(&'a ClaimJson<'_>) -> Cell<'a>);

/// The fields of a claim in the order of the contract, nested ones side by side. The last column,
/// the evidence, is made from the review.
const COLUMNS: &[Column] = &[
    ("article", |claim| claim.article.into()),
    ("id", |claim| claim.id.into()),
    ("block", |claim| claim.block.into()),
    ("number", |claim| claim.number.text.into()),
    ("start", |claim| whole(claim.number.start)),
    ("end", |claim| whole(claim.number.end)),
    ("line", |claim| whole(claim.number.line)),
    ("column", |claim| whole(claim.number.column)),
    ("text", |claim| claim.text.into()),
    ("sentence", |claim| claim.sentence.into()),
    ("lower", |claim| claim.lower.as_str().into()),
    ("upper", |claim| claim.upper.as_str().into()),
    ("hedge", |claim| claim.hedge.into()),
    ("interval_lower", |claim| maybe(claim.interval.lower.as_deref())),
    ("interval_upper", |claim| maybe(claim.interval.upper.as_deref())),
    ("kind", |claim| claim.kind.into()),
    ("unit", |claim| maybe(claim.unit)),
    ("noun", |claim| maybe(claim.noun)),
    ("indicator", |claim| claim.indicator.into()),
    ("subject", |claim| maybe(claim.subject)),
    ("place", |claim| maybe(claim.place)),
    ("aspect", |claim| maybe(claim.aspect)),
    ("measure", |claim| maybe(claim.measure)),
    ("place_id", |claim| maybe(claim.place_id)),
    ("when", |claim| maybe(claim.when.as_ref().and_then(|when| when.text))),
    ("when_start", |claim| maybe(claim.when.as_ref().and_then(|when| when.start))),
    ("when_end", |claim| maybe(claim.when.as_ref().and_then(|when| when.end.as_deref()))),
    ("modality", |claim| claim.modality.into()),
    ("attributed_to", |claim| maybe(claim.attributed_to)),
    ("quoted", |claim| claim.quoted.to_string().into()),
    ("status", |claim| claim.status.into()),
    ("by", |claim| maybe(claim.by)),
    ("reason", |claim| claim.reason.into()),
];

fn whole(number: usize) -> Cell<'static> {
    number.to_string().into()
}

fn maybe(text: Option<&str>) -> Cell<'_> {
    text.unwrap_or_default().into()
}

fn render(review: &Review, _: &View, out: &mut dyn io::Write) -> io::Result<()> {
    write(review, out).map_err(|error| match error.into_kind() {
        // The kind matters: a closed pipe is no failure.
        ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    })
}

fn write(review: &Review, out: &mut dyn io::Write) -> Result<(), Error> {
    let mut table = Writer::from_writer(out);
    let names = COLUMNS.iter().map(|(name, _)| *name);
    table.write_record(names.chain(["evidence"]))?;
    for entry in entries(review) {
        let claim = ClaimJson::of(review, entry);
        for (_, cell) in COLUMNS {
            table.write_field(cell(&claim).as_bytes())?;
        }
        let evidence = entry.verdict.evidence.iter().map(|evidence| {
            let (place, said) = evidence::described(review, evidence);
            format!("{place}: {said}")
        });
        table.write_field(evidence.collect::<Vec<_>>().join("; "))?;
        table.write_record(None::<&[u8]>)?;
    }
    Ok(table.flush()?)
}
