//! Large files of many articles, some lines at a time: what such a file holds is never in memory
//! all at once.

use crate::ingest::jsonl::Rows;
use crate::ingest::{Error, Format, LIMIT, Limit, encoding};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Files below this size, in bytes, are read whole: then a bad row keeps all of it from being
/// checked, as a mistake in a small file should.
const LARGE: u64 = 4 << 20;

/// How much is read at a time, in bytes: enough to keep a processor busy for a while.
const SHARE: usize = 256 << 10;

/// A large file of many articles.
#[derive(Debug)]
pub struct Stream {
    name: String,
    file: File,
    /// What was read behind the last whole line.
    rest: Vec<u8>,
    /// The number of the next line.
    line: usize,
}

/// Some whole lines of a file.
#[derive(Debug)]
pub struct Lines {
    name: String,
    bytes: Vec<u8>,
    /// The number of the first one.
    first: usize,
}

impl Stream {
    /// The file at `path`, if it is a large one of many articles.
    #[expect(clippy::disallowed_methods, reason = "articles are read from disk here and in `open`")]
    pub fn open(path: &Path) -> Option<Self> {
        Format::of_path(path).filter(|format| format.limit == Limit::Line)?;
        let mut file = File::open(path).ok()?;
        let about = file.metadata().ok().filter(|about| about.is_file() && about.len() >= LARGE)?;
        let mut rest = vec![0; SHARE.min(usize::try_from(about.len()).ok()?)];
        file.read_exact(&mut rest).ok()?;
        // Encodings that mark themselves are read whole.
        let utf8 = rest.first().is_some_and(u8::is_ascii);
        utf8.then(|| Self { name: path.display().to_string(), file, rest, line: 1 })
    }

    /// The next lines; `None` at the end.
    ///
    /// # Errors
    /// When the file cannot be read on.
    pub fn lines(&mut self) -> Result<Option<Lines>, Error> {
        let mut bytes = std::mem::take(&mut self.rest);
        let mut end = memchr::memrchr(b'\n', &bytes);
        // A line beyond the limit is an error once it is read as a row.
        while end.is_none() && bytes.len() <= LIMIT {
            let before = bytes.len();
            let more = u64::try_from(SHARE).unwrap_or(u64::MAX);
            let read = (&mut self.file).take(more).read_to_end(&mut bytes);
            if read.map_err(|cause| Error::io(&self.name, cause))? == 0 {
                break;
            }
            end = memchr::memrchr(b'\n', bytes.get(before..).unwrap_or_default())
                .map(|at| before + at);
        }
        if let Some(end) = end {
            self.rest = bytes.split_off(end + 1);
        }
        if bytes.is_empty() {
            return Ok(None);
        }
        let first = self.line;
        self.line += memchr::memchr_iter(b'\n', &bytes).count();
        Ok(Some(Lines { name: self.name.clone(), bytes, first }))
    }
}

impl Lines {
    /// The rows they hold.
    ///
    /// # Errors
    /// When the bytes are no text, or a line is no row.
    pub fn rows(&self) -> Result<Rows, Error> {
        let text = encoding::decoded(&self.bytes).map_err(|fault| fault.of(&self.name))?;
        Rows::read(&self.name, text.as_str(), self.first)
    }
}

#[cfg(test)]
mod tests {
    use super::{LARGE, Stream};
    use crate::ingest::{Ids, open};
    use crate::text::Sources;
    use std::io::Write as _;

    #[test]
    fn some_lines_at_a_time_are_the_same_articles() {
        let path = std::env::temp_dir().join(format!("numcheck-{}.jsonl", std::process::id()));
        let mut file = std::fs::File::create(&path).unwrap();
        let mut written = 0;
        for n in 0.. {
            let id = if n % 7 == 0 { "again".to_owned() } else { n.to_string() };
            let text = format!("“{n}” tonnes. ").repeat(n % 400);
            let row = format!("{{\"id\":\"{id}\",\"text\":\"Up {n}. {text}\"}}\n\n");
            written += row.len();
            file.write_all(row.as_bytes()).unwrap();
            if u64::try_from(written).unwrap() > LARGE {
                break;
            }
        }
        let whole = open(&path, &mut Sources::new()).unwrap();
        let mut stream = Stream::open(&path).unwrap();
        let (mut ids, mut articles, mut turns) = (Ids::default(), Vec::new(), 0);
        while let Some(lines) = stream.lines().unwrap() {
            let mut rows = lines.rows().unwrap();
            ids.give(&mut rows);
            articles.extend(rows.articles(&mut Sources::new()).unwrap());
            turns += 1;
        }
        std::fs::remove_file(&path).unwrap();
        assert!(turns > 10, "{turns}");
        let told = |all: &[crate::ingest::Article]| -> Vec<(String, String)> {
            all.iter().map(|article| (article.name.clone(), article.prose.clone())).collect()
        };
        assert_eq!(told(&articles), told(&whole));
    }
}
