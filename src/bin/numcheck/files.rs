//! The program's own files: read whole, and never half-written.

use crate::complaint::Complaint;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::Path;

/// The text of a file, if it is there.
pub(crate) fn text_if_there(path: &Path) -> Result<Option<String>, Complaint> {
    #[expect(clippy::disallowed_methods, reason = "settings and decisions are no articles")]
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Complaint::new(format!("cannot read {}: {error}", path.display()))),
    }
}

/// The text of a file that was named.
pub(crate) fn text(path: &Path) -> Result<String, Complaint> {
    text_if_there(path)?
        .ok_or_else(|| Complaint::new(format!("cannot read {}: it is not there", path.display())))
}

/// Writes a file beside `path` and puts it in its place, so that whoever looks sees the old
/// content or the new, never a part. What is no regular file (a device, a pipe) is written to.
pub(crate) fn replace(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let old = fs::metadata(path).ok();
    if old.as_ref().is_some_and(|about| !about.is_file()) {
        let mut out = BufWriter::new(OpenOptions::new().write(true).open(path)?);
        write(&mut out)?;
        return out.flush();
    }
    // Behind a link, the file it leads to is replaced, not the link.
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = name.ok_or_else(|| io::Error::other("it is no name of a file"))?;
    let beside = path.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
    let file = OpenOptions::new().write(true).create_new(true).open(&beside)?;
    let written = fill(file, old.map(|about| about.permissions()), write)
        .and_then(|()| fs::rename(&beside, &path));
    if written.is_err() {
        // The first error is the one to tell.
        let _ = fs::remove_file(&beside);
    }
    written
}

fn fill(
    file: File,
    permissions: Option<fs::Permissions>,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    if let Some(permissions) = permissions {
        file.set_permissions(permissions)?;
    }
    let mut out = BufWriter::with_capacity(1 << 16, file);
    write(&mut out)?;
    out.flush()
}
