//! Checkstyle XML, which many code review services read.

use crate::check::Review;
use crate::finding::Finding;
use crate::report::spoken::{file_of, info_for_note, spoken};
use crate::report::xml::Document;
use crate::report::{Renderer, View};
use std::collections::BTreeMap;
use std::io;

/// Findings as Checkstyle XML.
pub(crate) static RENDERER: Renderer =
    Renderer { name: "checkstyle", media_type: "application/xml", render };

/// The version of the form that readers ask for.
const VERSION: &str = "4.3";

fn render(review: &Review, view: &View, out: &mut dyn io::Write) -> io::Result<()> {
    let mut by_file: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in review.findings.iter().filter(|finding| view.shows(finding)) {
        let name = review.sources.get(finding.primary.at.source).name();
        by_file.entry(file_of(name)).or_default().push(finding);
    }
    let mut document = Document::begin(out)?;
    document.open("checkstyle", &[("version", VERSION)])?;
    for (file, findings) in by_file {
        document.open("file", &[("name", file)])?;
        for finding in findings {
            let place = review.sources.place(finding.primary.at);
            document.empty(
                "error",
                &[
                    ("line", &place.line.to_string()),
                    ("column", &place.column.to_string()),
                    ("severity", info_for_note(finding.severity)),
                    ("message", &spoken(review, finding)),
                    ("source", &format!("numcheck.{}", finding.rule.name)),
                ],
            )?;
        }
        document.close("file")?;
    }
    document.close("checkstyle")?;
    document.end()
}
