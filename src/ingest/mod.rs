//! Bytes in, articles out: one file per input format.

mod address;
mod calendar;
mod date;
mod delivery;
mod docx;
mod draft;
mod encoding;
mod entity;
mod error;
mod feed;
mod files;
mod flow;
mod foreign;
mod front_matter;
mod html;
mod json;
mod jsonl;
mod markdown;
mod newsml;
mod ninjs;
mod nitf;
mod plain;
mod restored;
mod rewrite;
mod shortcodes;
mod stream;
mod tags;
mod tree;
mod unescaped;
mod xml;

pub use crate::ingest::address::address;
pub use crate::ingest::calendar::{month, weekday, weekday_named};
pub use crate::ingest::error::Error;
pub use crate::ingest::files::files;
pub use crate::ingest::jsonl::{Ids, Rows};
pub use crate::ingest::restored::Restored;
pub use crate::ingest::rewrite::{Unwritable, rewritten};
pub use crate::ingest::stream::{Lines, Stream};

use crate::ingest::encoding::Decoded;
use crate::text::{At, OffsetMap, Prose, SourceId, Sources, Span};
use chrono::NaiveDate;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

/// What part of an article a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BlockKind {
    /// The headline.
    Headline,
    /// The line under the headline.
    Standfirst,
    /// Running text.
    Body,
    /// Text beside a picture.
    Caption,
    /// A table.
    Table,
}

/// A paragraph, a headline, a caption …
#[derive(Debug, Clone, Copy)]
pub struct Block {
    /// Which part of the article it is.
    pub kind: BlockKind,
    /// Where its prose stands.
    pub span: Span<Prose>,
}

/// An article: its prose in blocks, the way back to the file, and what is known about it.
#[derive(Debug, Clone)]
pub struct Article {
    /// As shown to people and to programs: the path, or `FILE#ID`.
    pub name: String,
    /// The id within its file, or the path.
    pub id: String,
    /// The source its text stands in.
    pub source: SourceId,
    /// The headline, if it has one.
    pub title: Option<String>,
    /// The day it was published, if it says so.
    pub published: Option<NaiveDate>,
    /// The outlet, if it says so: a name or the address's host.
    pub outlet: Option<String>,
    /// Where it was published, if it says so.
    pub url: Option<String>,
    /// Its text without markup, block after block.
    pub prose: String,
    /// Its blocks in the order of the prose.
    pub blocks: Vec<Block>,
    map: OffsetMap,
}

impl Article {
    /// Where a span of the prose stands in the sources.
    pub fn locate(&self, span: Span<Prose>) -> At {
        self.map.locate(span).unwrap_or(At { source: self.source, span: Span::new(0, 0) })
    }
}

/// An input format.
#[derive(Debug)]
pub struct Format {
    /// Its name, as a setting or a request gives it.
    pub name: &'static str,
    /// The file name extensions that say so, in lower case.
    pub extensions: &'static [&'static str],
    /// What of it may not be larger than [`LIMIT`].
    pub limit: Limit,
    /// Whether a text that comes without a name, or with an unknown one, is of this format.
    pub fits: fn(text: &str) -> bool,
    /// Reads the articles of one input.
    pub read: Read,
}

/// The articles of one input, or why there are none.
pub type Articles = Result<Vec<Article>, Error>;

/// How the articles of one input are read.
#[derive(Debug, Clone, Copy)]
pub enum Read {
    /// From a decoded text.
    Text(fn(input: Input<'_>, sources: &mut Sources) -> Articles),
    /// From bytes that are no text.
    Packed(fn(name: &str, bytes: &[u8], sources: &mut Sources) -> Articles),
}

/// What the size limit holds for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// The whole file, which is one article.
    File,
    /// Each line, which is one article.
    Line,
    /// What is packed in the file; the file itself may have pictures in it.
    Packed,
}

/// What a format reads: a name and a decoded text.
#[derive(Debug)]
pub struct Input<'a> {
    /// The name its sources and articles get.
    pub name: &'a str,
    text: Decoded<'a>,
}

/// Every input format; the first that fits an unnamed text reads it, and the last fits all.
pub static FORMATS: &[&Format] = &[
    &docx::FORMAT,
    &nitf::FORMAT,
    &newsml::FORMAT,
    &feed::FORMAT,
    &ninjs::FORMAT,
    &jsonl::FORMAT,
    &html::FORMAT,
    &markdown::FORMAT,
    &plain::FORMAT,
];

/// How large an article may be, in bytes: more than the longest novels, and small enough to be
/// held in memory several times over and checked within seconds.
pub const LIMIT: usize = 4 << 20;

/// How large a file may be whose article is packed beside pictures, in bytes.
const PACKED_LIMIT: usize = 16 * LIMIT;

impl Format {
    /// The format of that name, or with that file name extension.
    pub fn named(name: &str) -> Option<&'static Self> {
        let named = |format: &&&Self| {
            format.name.eq_ignore_ascii_case(name)
                || format.extensions.iter().any(|known| known.eq_ignore_ascii_case(name))
        };
        FORMATS.iter().find(named).copied()
    }

    /// The first format that a path's extension stands for.
    fn of_path(path: &Path) -> Option<&'static Self> {
        path.extension().and_then(|extension| Self::named(extension.to_str()?))
    }

    /// The formats of that name, or with that file name extension.
    fn all_named(name: &str) -> impl Iterator<Item = &'static Self> {
        FORMATS.iter().copied().filter(move |format| {
            let is = |known: &str| known.eq_ignore_ascii_case(name);
            is(format.name) || format.extensions.iter().any(|known| is(known))
        })
    }
}

/// The articles of one file.
///
/// # Errors
/// When the file cannot be read, or is no article.
#[expect(clippy::disallowed_methods, reason = "the one place where articles are read from disk")]
pub fn open(path: &Path, sources: &mut Sources) -> Result<Vec<Article>, Error> {
    let name = path.display().to_string();
    let most = match Format::of_path(path).map(|format| format.limit) {
        Some(Limit::Line) => usize::MAX,
        Some(Limit::Packed) => PACKED_LIMIT,
        _ => LIMIT,
    };
    let file = File::open(path).map_err(|cause| Error::io(&name, cause))?;
    let size = file.metadata().ok().and_then(|about| usize::try_from(about.len()).ok());
    let mut bytes = Vec::with_capacity(size.unwrap_or(0).min(most));
    file.take(u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|cause| Error::io(&name, cause))?;
    if bytes.len() > most {
        return Err(Error::TooLarge { path: name, line: None });
    }
    read(&name, &bytes, None, sources)
}

/// The articles in `bytes`, which came from somewhere else than a file.
///
/// `format` is a name or an extension; without one the extension of `name` decides, then the
/// text itself.
///
/// # Errors
/// When the bytes are no text, or no article.
pub fn read(
    name: &str,
    bytes: &[u8],
    format: Option<&str>,
    sources: &mut Sources,
) -> Result<Vec<Article>, Error> {
    let extension = Path::new(name).extension().and_then(|extension| extension.to_str());
    let mut asked: Vec<_> =
        format.or(extension).map(Format::all_named).into_iter().flatten().collect();
    match format {
        Some(format) if asked.is_empty() => {
            let (path, format) = (name.to_owned(), format.to_owned());
            return Err(Error::UnknownFormat { path, format });
        }
        Some(_) => {}
        // What is called plain text may turn out to be more.
        None => asked.retain(|format| format.name != plain::FORMAT.name),
    }
    let is_packed = format.is_none() && bytes.starts_with(docx::MAGIC);
    let packed = if is_packed { Some(&docx::FORMAT) } else { asked.first().copied() };
    if let Some(Read::Packed(read)) = packed.map(|format| format.read) {
        return read(name, bytes, sources);
    }
    let text = encoding::decoded(bytes).map_err(|fault| fault.of(name))?;
    let fits = |format: &&Format| (format.fits)(text.as_str());
    let asked = asked.iter().copied().find(fits).or(asked.first().copied());
    let fitting = || FORMATS.iter().copied().find(fits);
    let format = asked.or_else(fitting).unwrap_or(&plain::FORMAT);
    // Plain text fits all; what is known to be something else must not pass for it.
    if asked.is_none()
        && format.name == plain::FORMAT.name
        && let Some(what) = foreign::foreign(name, text.as_str())
    {
        return Err(Error::UnknownFormat { path: name.to_owned(), format: what.to_owned() });
    }
    if format.limit == Limit::File && bytes.len() > LIMIT {
        return Err(Error::TooLarge { path: name.to_owned(), line: None });
    }
    match format.read {
        Read::Text(read) => read(Input { name, text }, sources),
        Read::Packed(read) => read(name, bytes, sources),
    }
}

#[cfg(test)]
mod tests;
