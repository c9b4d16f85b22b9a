//! Which lines of the articles were changed, as git tells.

use crate::complaint::Complaint;
use numcheck::check::Review;
use numcheck::finding::Finding;
use numcheck::text::At;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The lines that were added or changed, by the whole path of the file; `None` for a file that is
/// new as a whole.
#[derive(Debug)]
pub(crate) struct Changed {
    files: BTreeMap<PathBuf, Option<Vec<RangeInclusive<usize>>>>,
}

impl Changed {
    /// What was changed since the merge base with a revision, committed or not.
    pub(crate) fn since(revision: &str) -> Result<Self, Complaint> {
        let top = PathBuf::from(git(&["rev-parse", "--show-toplevel"])?.trim_end());
        let base = git(&["merge-base", revision, "HEAD"])
            .map_err(|c| c.help("name a branch, a tag or a commit that git knows here"))?;
        let diff = ["diff", "--unified=0", "--no-color", "--no-ext-diff", "--no-renames"];
        let text =
            git(&[&diff[..], &["--src-prefix=a/", "--dst-prefix=b/"], &[base.trim()]].concat())?;
        let mut files = hunks(&text, &top);
        let new = git(&["ls-files", "--others", "--exclude-standard", "--full-name", "-z", ":/"])?;
        for name in new.split('\0').filter(|name| !name.is_empty()) {
            files.insert(whole(&top.join(name)), None);
        }
        Ok(Self { files })
    }

    /// Leaves the findings that stand on a changed line, or whose counterpart does.
    pub(crate) fn keep_touched(&self, review: &mut Review) {
        let findings = std::mem::take(&mut review.findings);
        let is_touched = |finding: &Finding| {
            let places = std::iter::once(&finding.primary).chain(&finding.related);
            places.into_iter().any(|label| self.touches(review, label.at))
        };
        let kept: Vec<_> = findings.into_iter().filter(is_touched).collect();
        review.findings = kept;
    }

    fn touches(&self, review: &Review, at: At) -> bool {
        let source = review.sources.get(at.source);
        let file = source.name().rsplit_once('#').map_or(source.name(), |(file, _)| file);
        let Some(lines) = self.files.get(&whole(Path::new(file))) else { return false };
        let Some(lines) = lines else { return true };
        // An article of many in a file has lines of its own; there the file decides.
        let (first, last) =
            (source.line_column(at.span.start()).0, source.line_column(at.span.end()).0);
        file != source.name() || lines.iter().any(|r| *r.start() <= last && first <= *r.end())
    }
}

fn whole(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

fn git(words: &[&str]) -> Result<String, Complaint> {
    let ran = Command::new("git").args(["-c", "core.quotepath=off"]).args(words).output();
    let output = ran.map_err(|error| {
        Complaint::new(format!("cannot run git: {error}"))
            .help("--changed-since needs git; without it, check whole files")
    })?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let says = String::from_utf8_lossy(&output.stderr);
    let says = says.trim().lines().next().unwrap_or("it says no more");
    Err(Complaint::new(format!("git {} failed: {says}", words.first().unwrap_or(&""))))
}

/// The changed lines of a diff without context.
fn hunks(diff: &str, top: &Path) -> BTreeMap<PathBuf, Option<Vec<RangeInclusive<usize>>>> {
    let mut files: BTreeMap<PathBuf, Option<Vec<RangeInclusive<usize>>>> = BTreeMap::new();
    let mut file = None;
    for line in diff.lines() {
        if let Some(name) = line.strip_prefix("+++ ") {
            // A blank in the name ends it with a tab.
            let name = name.trim_end_matches('\t').trim_matches('"');
            file = name.strip_prefix("b/").map(|name| whole(&top.join(name)));
        } else if let Some(rest) = line.strip_prefix("@@ ") {
            let (Some(file), Some(range)) = (&file, added(rest)) else { continue };
            if let Some(lines) = files.entry(file.clone()).or_insert_with(|| Some(Vec::new())) {
                lines.push(range);
            }
        }
    }
    files
}

/// The added lines of a hunk: `-3,2 +3,4 @@ …`. Where lines were only taken out, the two around
/// the gap count.
fn added(hunk: &str) -> Option<RangeInclusive<usize>> {
    let plus = hunk.split(' ').find_map(|part| part.strip_prefix('+'))?;
    let (start, count) = plus.split_once(',').unwrap_or((plus, "1"));
    let (start, count): (usize, usize) = (start.parse().ok()?, count.parse().ok()?);
    Some(if count == 0 { start..=start + 1 } else { start..=start + count - 1 })
}

#[cfg(test)]
mod tests {
    use super::{added, hunks};
    use std::path::Path;

    #[test]
    fn hunks_name_the_added_lines() {
        assert_eq!(added("-3,2 +3,4 @@"), Some(3..=6));
        assert_eq!(added("-3 +3 @@ x"), Some(3..=3));
        assert_eq!(added("-3,2 +2,0 @@"), Some(2..=3));
        let diff = "--- a/x y.md\t\n+++ b/x y.md\t\n@@ -1 +1,2 @@\n+a\n+b\n@@ -9 +10 @@\n+c\n\
                    --- a/gone.md\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n";
        let files = hunks(diff, Path::new("/nowhere"));
        assert_eq!(files.len(), 1);
        assert_eq!(files[Path::new("/nowhere/x y.md")], Some(vec![1..=2, 10..=10]));
    }
}
