//! From the paths and options that were typed to a review.

use crate::args::{Evidence, Inputs};
use crate::complaint::Complaint;
use crate::rulebook;
use numcheck::check::{Review, Settings, check};
use numcheck::ingest::{self, Article};
use numcheck::reference::Store;
use numcheck::text::Sources;
use std::collections::HashSet;
use std::io::{IsTerminal as _, Read as _, stdin};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The name of standard input as a path.
const DASH: &str = "-";

/// The name of standard input in reviews.
const STDIN: &str = "<stdin>";

const NAME_PATHS: &str =
    "name articles or folders, or pipe a text in: `numcheck check - < article.txt`";

/// Reads what there is to read and checks it. What could not be read is said on standard error
/// and stands in the review's errors; the rest is checked all the same.
pub(crate) fn review(
    inputs: &Inputs,
    evidence: &Evidence,
    settings: &Settings,
) -> Result<Review, Complaint> {
    if let Some(jobs) = inputs.jobs {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs.get()).build_global();
        pool.map_err(|error| Complaint::new(format!("cannot start {jobs} threads: {error}")))?;
    }
    let paths = asked_for(&inputs.paths)?;
    let mut sources = Sources::new();
    let builtin = !evidence.no_builtin_reference;
    let dirs: Vec<_> = evidence.reference.iter().map(PathBuf::as_path).collect();
    let store = Store::open(&dirs, builtin, &mut sources)?;
    let (articles, complaints) = articles(&paths, &mut sources);
    for complaint in &complaints {
        complaint.say();
    }
    let mut review = check(articles, sources, Arc::new(store), settings);
    let bad_cells = rulebook::bad_cells(&review);
    review.findings.splice(0..0, bad_cells);
    review.errors.extend(complaints.iter().map(ToString::to_string));
    Ok(review)
}

/// The paths to read: standard input where none is given and something is piped in.
fn asked_for(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Complaint> {
    if !paths.is_empty() {
        return Ok(paths.to_vec());
    }
    if stdin().is_terminal() {
        return Err(Complaint::new("nothing to check: no path is given").help(NAME_PATHS));
    }
    Ok(vec![DASH.into()])
}

fn articles(paths: &[PathBuf], sources: &mut Sources) -> (Vec<Article>, Vec<Complaint>) {
    let mut articles = Vec::new();
    let mut complaints = Vec::new();
    // A file that is named twice, or beside its folder, is read once.
    let mut seen = HashSet::new();
    for path in paths {
        if path.as_os_str() == DASH {
            if seen.insert(path.clone()) {
                match piped(sources) {
                    Ok(read) => articles.extend(read),
                    Err(complaint) => complaints.push(complaint),
                }
            }
            continue;
        }
        let files = match ingest::files(path) {
            Ok(files) => files,
            Err(error) => {
                complaints.push(error.into());
                continue;
            }
        };
        for file in files {
            // The files of the folder one is in go by their bare names.
            let file = file.strip_prefix(".").map_or(file.clone(), Path::to_owned);
            if seen.insert(identity(&file)) {
                match ingest::open(&file, sources) {
                    Ok(read) => articles.extend(read),
                    Err(error) => complaints.push(error.into()),
                }
            }
        }
    }
    (articles, complaints)
}

/// What is the same for two names of one file.
fn identity(file: &Path) -> PathBuf {
    file.canonicalize().unwrap_or_else(|_| file.to_owned())
}

fn piped(sources: &mut Sources) -> Result<Vec<Article>, Complaint> {
    let mut bytes = Vec::new();
    stdin()
        .lock()
        .read_to_end(&mut bytes)
        .map_err(|error| Complaint::new(format!("cannot read {STDIN}: {error}")))?;
    if bytes.is_empty() {
        return Err(Complaint::new("cannot read standard input: it is empty").help(NAME_PATHS));
    }
    Ok(ingest::read(STDIN, &bytes, None, sources)?)
}
