//! Word documents (docx). Places count in the extracted text: one paragraph or row of a table is
//! one line.

use crate::ingest::draft::{About, Draft};
use crate::ingest::plain::{self, Head, Headline, of_name};
use crate::ingest::tree::{Id, Tree};
use crate::ingest::{Article, BlockKind, Error, Format, LIMIT, Limit, Read, date, delivery, xml};
use crate::text::{Source, SourceId, Sources};
use chrono::NaiveDate;
use std::io::{Cursor, Read as _};
use zip::ZipArchive;
use zip::result::ZipError;

/// Word documents.
pub(crate) static FORMAT: Format = Format {
    name: "docx",
    extensions: &["docx"],
    limit: Limit::Packed,
    fits: |_| false,
    read: Read::Packed(read),
};

/// How a zip file begins.
pub(crate) const MAGIC: &[u8] = b"PK\x03\x04";

/// How large the markup of a document may be, in bytes; it is many times larger than its text.
const MOST: usize = 16 * LIMIT;

/// The longest cell of a table that is one, in bytes; longer ones lay a page out.
const LONGEST_CELL: usize = 300;

/// The elements whose text is not said: what was deleted or moved away, codes of fields, and what
/// stands there a second time for older programs.
const UNSAID: &[&str] =
    &["del", "moveFrom", "instrText", "delText", "Fallback", "pPr", "rPr", "tblPr", "sectPr"];

/// A paragraph, or a row of a table.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) kind: BlockKind,
    pub(crate) text: String,
}

fn read(name: &str, bytes: &[u8], sources: &mut Sources) -> Result<Vec<Article>, Error> {
    let damaged = |why: String| Error::Damaged { path: name.to_owned(), why };
    if !bytes.starts_with(MAGIC) {
        return Err(damaged("it is no Word document of today's kind".to_owned()));
    }
    let mut archive =
        ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(error.to_string()))?;
    let Some(document) = part(&mut archive, "word/document.xml", name)? else {
        let what = "a zip file without a Word document in it".to_owned();
        return Err(Error::NoArticle { path: name.to_owned(), what });
    };
    let core = part(&mut archive, "docProps/core.xml", name)?.unwrap_or_default();
    let markup = Source::new(name, document);
    let tree = xml::tree(markup.text()).map_err(|fault| {
        let inner = fault.of(&markup, "word/document.xml");
        damaged(inner.to_string().replace("cannot read ", ""))
    })?;
    let mut lines = Vec::new();
    walk(&tree, xml::top(&tree), &mut lines);
    lines.retain(|line| !line.text.trim().is_empty());
    let text: Vec<_> = lines.iter().map(|line| line.text.as_str()).collect();
    let text = text.join("\n");
    if text.len() > LIMIT {
        return Err(Error::TooLarge { path: name.to_owned(), line: None });
    }
    let source = sources.add(Source::new(name, text));
    if let Some(articles) = delivery::articles(name, source, sources) {
        return Ok(articles);
    }
    let saved = || modified(&core);
    Ok(vec![article(name, source, &lines, sources, &saved)?])
}

/// The text of one part of the archive, if it is there.
fn part(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    part: &str,
    name: &str,
) -> Result<Option<String>, Error> {
    let damaged = |why: String| Error::Damaged { path: name.to_owned(), why };
    let file = match archive.by_name(part) {
        Err(ZipError::FileNotFound) => return Ok(None),
        file => file.map_err(|error| damaged(format!("{part}: {error}")))?,
    };
    // What the archive says of the size is not believed.
    let mut bytes = Vec::new();
    let most = u64::try_from(MOST).unwrap_or(u64::MAX);
    file.take(most.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| damaged(format!("{part}: {error}")))?;
    if bytes.len() > MOST {
        return Err(Error::TooLarge { path: name.to_owned(), line: None });
    }
    String::from_utf8(bytes).map(Some).map_err(|_| damaged(format!("{part} is not UTF-8")))
}

/// The paragraphs and rows in an element.
fn walk(tree: &Tree<'_>, id: Id, lines: &mut Vec<Line>) {
    for child in tree.children(id) {
        if tree.is(child, &["p"]) {
            paragraph(tree, child, lines);
        } else if tree.is(child, &["tbl"]) {
            table(tree, child, lines);
        } else if tree.run(child).is_none() && !tree.is(child, UNSAID) {
            walk(tree, child, lines);
        }
    }
}

fn paragraph(tree: &Tree<'_>, id: Id, lines: &mut Vec<Line>) {
    let style = tree.along(id, &["pPr", "pStyle"]).and_then(|style| tree.value(style, "w:val"));
    let kind = match style.unwrap_or_default().to_ascii_lowercase().as_str() {
        "title" => BlockKind::Headline,
        "subtitle" => BlockKind::Standfirst,
        "caption" => BlockKind::Caption,
        _ => BlockKind::Body,
    };
    let (mut text, mut boxes) = (String::new(), Vec::new());
    gather(tree, id, &mut text, &mut boxes);
    lines.push(Line { kind, text });
    for inner in boxes {
        walk(tree, inner, lines);
    }
}

/// The text of a paragraph; boxes of text in it come after it.
fn gather(tree: &Tree<'_>, id: Id, text: &mut String, boxes: &mut Vec<Id>) {
    for child in tree.children(id) {
        match tree.name(child) {
            "t" => {
                let runs = tree.runs(child);
                text.extend(runs.iter().map(crate::ingest::draft::Run::text));
            }
            "tab" | "ptab" => text.push('\t'),
            "br" | "cr" => text.push('\n'),
            "noBreakHyphen" => text.push('-'),
            "txbxContent" => boxes.push(child),
            "r" if is_unsaid(tree, child, text) => {}
            name if UNSAID.contains(&name) => {}
            _ => gather(tree, child, text, boxes),
        }
    }
}

/// Whether a run of text is struck out, hidden, or the raised mark of a note.
fn is_unsaid(tree: &Tree<'_>, run: Id, before: &str) -> bool {
    let Some(style) = tree.along(run, &["rPr"]) else { return false };
    let value = |name: &str| {
        let found = tree.along(style, &[name])?;
        Some(tree.value(found, "w:val").unwrap_or_else(|| "true".to_owned()))
    };
    let is_on = |name| value(name).is_some_and(|value| value != "false" && value != "0");
    let is_raised = value("vertAlign").is_some_and(|value| value == "superscript");
    let is_mark = || {
        tree.text(run).starts_with(|c: char| c.is_ascii_digit() || "[(*†".contains(c))
            && !before.ends_with('m')
    };
    is_on("strike") || is_on("dstrike") || is_on("vanish") || (is_raised && is_mark())
}

fn table(tree: &Tree<'_>, id: Id, lines: &mut Vec<Line>) {
    let mut rows = Vec::new();
    for row in tree.children(id).filter(|row| tree.is(*row, &["tr"])) {
        let cells = tree.children(row).filter(|cell| tree.is(*cell, &["tc"]));
        let texts = cells.map(|cell| {
            let mut inner = Vec::new();
            walk(tree, cell, &mut inner);
            let inner: Vec<_> = inner.iter().map(|line| line.text.trim().to_owned()).collect();
            inner.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
        });
        rows.push(texts.collect::<Vec<_>>());
    }
    if rows.iter().flatten().any(|cell| cell.len() > LONGEST_CELL) {
        for row in tree.children(id).filter(|row| tree.is(*row, &["tr"])) {
            walk(tree, row, lines);
        }
        return;
    }
    let rows = rows.into_iter().map(|cells| cells.join("\t"));
    lines.extend(rows.map(|text| Line { kind: BlockKind::Table, text }));
}

fn article(
    name: &str,
    source: SourceId,
    lines: &[Line],
    sources: &Sources,
    saved: &dyn Fn() -> Option<NaiveDate>,
) -> Result<Article, Error> {
    let mut draft = Draft::new(source);
    let text = sources.get(source).text();
    let is_plain = lines.iter().all(|line| line.kind == BlockKind::Body);
    let head = if is_plain {
        plain::blocks(text, Headline::Sought, &mut draft)
    } else {
        styled(source, text, lines, &mut draft)
    };
    let Head { published, url } = head;
    let about = About {
        name: name.to_owned(),
        id: name.to_owned(),
        published: published.or_else(|| of_name(name)).or_else(saved),
        outlet: url.as_deref().and_then(crate::ingest::address::outlet),
        url,
    };
    draft.finish(about)
}

/// Adds the lines as their styles say. The first line that is nothing but a date is the day.
fn styled(source: SourceId, text: &str, lines: &[Line], draft: &mut Draft) -> Head {
    let has_title = lines.iter().any(|line| line.kind == BlockKind::Headline);
    let mut head = Head::default();
    let mut at = 0;
    let mut begun = has_title;
    for line in lines {
        let written = text.get(at..at + line.text.len()).unwrap_or_default();
        let day = date::line(written.trim()).filter(|_| head.published.is_none());
        if let Some(day) = day {
            head.published = day.day;
        } else if begun || line.kind != BlockKind::Body {
            draft.block(line.kind, source, at, written);
        } else {
            begun = true;
            draft.block(BlockKind::Headline, source, at, written);
        }
        at += line.text.len() + 1;
    }
    head
}

/// The day on which a document was last saved.
fn modified(core: &str) -> Option<NaiveDate> {
    let tree = xml::tree(core).ok()?;
    let top = xml::top(&tree);
    ["modified", "created"]
        .iter()
        .find_map(|name| date::field(&tree.text(tree.find(top, &[name])?)))
}
