//! The files of a folder that are articles.

use crate::ingest::{Error, Format};
use ignore::WalkBuilder;
use std::path::{Path, PathBuf};

/// The files to read for a path: itself, or all articles of the folder and those below it.
///
/// In a folder, a file is an article by its extension. Hidden files, README files and what
/// `.gitignore` names are passed over. Links to files count, links to folders do not.
///
/// # Errors
/// When the path or a folder below it cannot be read, or no article is there.
pub fn files(path: &Path) -> Result<Vec<PathBuf>, Error> {
    let name = || path.display().to_string();
    let about = path.metadata().map_err(|cause| Error::io(&name(), cause))?;
    if !about.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    // What a user or a clone keeps for itself does not count: same folder, same articles.
    let walk = WalkBuilder::new(path).git_global(false).git_exclude(false).build();
    for entry in walk {
        let entry = entry.map_err(|error| unread(path, error))?;
        let kind = entry.file_type();
        let is_file = kind
            .is_some_and(|kind| kind.is_file() || (kind.is_symlink() && !entry.path().is_dir()));
        if is_file && is_article(entry.path()) {
            files.push(entry.into_path());
        }
    }
    files.sort();
    if files.is_empty() { Err(Error::NoArticles { path: name() }) } else { Ok(files) }
}

fn is_article(path: &Path) -> bool {
    let is_readme = path.file_stem().is_some_and(|stem| stem.eq_ignore_ascii_case("readme"));
    !is_readme && Format::of_path(path).is_some()
}

fn unread(root: &Path, error: ignore::Error) -> Error {
    let path = place(&error).unwrap_or(root).display().to_string();
    let text = error.to_string();
    let cause = error.into_io_error().unwrap_or_else(|| std::io::Error::other(text));
    Error::io(&path, cause)
}

fn place(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            place(err)
        }
        _ => None,
    }
}
