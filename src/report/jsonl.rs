//! One JSON object a line: findings for `check`, claims for the number sheet.

use crate::check::Review;
use crate::report::claim_json::ClaimJson;
use crate::report::finding_json::FindingJson;
use crate::report::{Renderer, View, entries};
use serde::Serialize;
use std::io;

const MEDIA_TYPE: &str = "application/x-ndjson";

/// One finding a line.
pub(crate) static RENDERER: Renderer =
    Renderer { name: "jsonl", media_type: MEDIA_TYPE, render: findings };

/// One claim a line.
pub(crate) static SHEET: Renderer =
    Renderer { name: "jsonl", media_type: MEDIA_TYPE, render: claims };

fn findings(review: &Review, view: &View, out: &mut dyn io::Write) -> io::Result<()> {
    let shown = review.findings.iter().filter(|finding| view.shows(finding));
    shown.into_iter().try_for_each(|finding| line(&FindingJson::of(review, finding), out))
}

fn claims(review: &Review, _: &View, out: &mut dyn io::Write) -> io::Result<()> {
    entries(review).try_for_each(|entry| line(&ClaimJson::of(review, entry), out))
}

fn line<T: Serialize>(value: &T, out: &mut dyn io::Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}
