//! The files of a folder of tables: the one place where tables are read from the disk.

use crate::reference::error::Error;
use crate::text::Source;
use std::path::{Path, PathBuf};

/// The tables of a folder, by name; a file stands for itself.
pub(crate) fn tables_in(dir: &Path) -> Result<Vec<PathBuf>, Error> {
    let failed = |cause| Error::io(dir.display().to_string(), cause);
    if !dir.metadata().map_err(failed)?.is_dir() {
        return Ok(vec![dir.to_owned()]);
    }
    let mut found = Vec::new();
    for entry in dir.read_dir().map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let is_table = path.extension().is_some_and(|kind| kind.eq_ignore_ascii_case("csv"));
        if is_table && path.is_file() {
            found.push(path);
        }
    }
    if found.is_empty() {
        return Err(Error::NoTables { path: dir.display().to_string() });
    }
    found.sort();
    Ok(found)
}

/// A table as it is stored.
#[expect(clippy::disallowed_methods, reason = "the one place where tables are read from files")]
pub(crate) fn stored(path: &Path) -> Result<Source, Error> {
    let name = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|cause| Error::io(name.clone(), cause))?;
    let mark = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    match std::str::from_utf8(bytes.get(mark..).unwrap_or_default()) {
        Ok(text) => Ok(Source::new(name, text).behind(mark)),
        Err(error) => Err(Error::NotUtf8 { path: name, offset: mark + error.valid_up_to() }),
    }
}
