//! The files of a folder of tables: the one place where tables are read from the disk.

use crate::reference::error::Error;
use crate::reference::package::{Layout, PACKAGE, Resource};
use crate::text::Source;
use std::path::{Path, PathBuf};

/// The description of a folder's tables, if it has one.
pub(crate) fn package_in(dir: &Path) -> Result<Option<Source>, Error> {
    let path = dir.join(PACKAGE);
    if path.is_file() { stored(&path).map(Some) } else { Ok(None) }
}

/// The tables of a folder, by name, with the way to read those that are described as foreign; a
/// file stands for itself. A described table may lie in a folder below.
pub(crate) fn tables_in(
    dir: &Path,
    described: Vec<Resource>,
) -> Result<Vec<(PathBuf, Option<Layout>)>, Error> {
    let failed = |cause| Error::io(dir.display().to_string(), cause);
    if !dir.metadata().map_err(failed)?.is_dir() {
        return Ok(vec![(dir.to_owned(), None)]);
    }
    let mut found: Vec<(PathBuf, Option<Layout>)> = Vec::new();
    for resource in described {
        found.push((dir.join(resource.path), Some(resource.layout)));
    }
    for entry in dir.read_dir().map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let is_table = path.extension().is_some_and(|kind| kind.eq_ignore_ascii_case("csv"));
        let is_described = found.iter().any(|(other, _)| *other == path);
        if is_table && path.is_file() && !is_described {
            found.push((path, None));
        }
    }
    if found.is_empty() {
        return Err(Error::NoTables { path: dir.display().to_string() });
    }
    found.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(found)
}

/// A table as it is stored.
#[expect(clippy::disallowed_methods, reason = "the one place where tables are read from files")]
pub(crate) fn stored(path: &Path) -> Result<Source, Error> {
    let name = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|cause| Error::io(name.clone(), cause))?;
    let mark = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    match String::from_utf8(bytes) {
        Ok(mut text) => {
            text.drain(..mark);
            Ok(Source::new(name, text).behind(mark))
        }
        Err(error) => {
            let offset = error.utf8_error().valid_up_to();
            Err(Error::NotUtf8 { path: name, offset })
        }
    }
}
