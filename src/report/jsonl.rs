//! One JSON object a line: findings for `check`, claims for the number sheet.

use crate::check::Review;
use crate::report::claim_json::ClaimJson;
use crate::report::finding_json::FindingJson;
use crate::report::{Entry, Renderer, View, entries};
use rayon::prelude::*;
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

/// How many claims are written at a time: enough for every processor, few enough to hold.
const AT_ONCE: usize = 4096;

/// How many claims one processor writes in a go.
const SHARE: usize = 64;

fn claims(review: &Review, _: &View, out: &mut dyn io::Write) -> io::Result<()> {
    let entries: Vec<Entry<'_>> = entries(review).collect();
    for some in entries.chunks(AT_ONCE) {
        let write = |share: &[Entry<'_>]| {
            let mut lines = Vec::new();
            let each = |entry: &Entry<'_>| line(&ClaimJson::of(review, *entry), &mut lines);
            share.iter().try_for_each(each).map(|()| lines)
        };
        for lines in some.par_chunks(SHARE).map(write).collect::<Vec<_>>() {
            out.write_all(&lines?)?;
        }
    }
    Ok(())
}

fn line<T: Serialize, W: io::Write + ?Sized>(value: &T, out: &mut W) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}
