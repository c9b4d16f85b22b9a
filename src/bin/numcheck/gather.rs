//! From the paths and options that were typed to a review.

use crate::args::{Evidence, Inputs};
use crate::complaint::Complaint;
use crate::config::Config;
use crate::{decisions, rulebook};
use chrono::{DateTime, NaiveDate, Utc};
use numcheck::check::{Review, Settings, check};
use numcheck::ingest::{self, Article};
use numcheck::reference::Store;
use numcheck::text::Sources;
use std::collections::HashSet;
use std::io::{IsTerminal as _, Read as _, stdin};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

/// The name of standard input as a path.
const DASH: &str = "-";

/// The name of standard input in reviews.
const STDIN: &str = "<stdin>";

const NAME_PATHS: &str =
    "name articles or folders, or pipe a text in: `numcheck check - < article.txt`";

/// Reads what there is to read and checks it. What could not be read is said on standard error
/// and stands in the review's errors; the rest is checked all the same. What was accepted before
/// is looked up in the files beside the articles and in the baseline.
pub(crate) fn review(
    inputs: &Inputs,
    evidence: &Evidence,
    config: &Config,
    settings: Settings,
    baseline: Option<&Path>,
) -> Result<Review, Complaint> {
    let jobs = inputs.jobs.map(NonZeroUsize::get).or(config.jobs);
    if let Some(jobs) = jobs {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global();
        pool.map_err(|error| Complaint::new(format!("cannot start {jobs} threads: {error}")))?;
    }
    let paths = asked_for(&inputs.paths)?;
    let mut sources = Sources::new();
    let folders = evidence.folders(config);
    let store = Store::open(&folders, evidence.builtin(config), &mut sources)?;
    let (articles, complaints) = articles(&paths, &mut sources);
    for complaint in &complaints {
        complaint.say();
    }
    let accepted = decisions::accepted(&articles, baseline, &mut sources)?;
    let settings = Settings { accepted, today: Some(today()), ..settings };
    let mut review = check(articles, sources, Arc::new(store), &settings);
    let bad_cells = rulebook::bad_cells(&review);
    review.findings.splice(0..0, bad_cells);
    review.errors.extend(complaints.iter().map(ToString::to_string));
    Ok(review)
}

/// Today, by which waivers expire; nothing else depends on it.
fn today() -> NaiveDate {
    #[expect(clippy::disallowed_methods, reason = "the program says what day it is")]
    DateTime::<Utc>::from(SystemTime::now()).date_naive()
}

/// The files that would be read.
pub(crate) fn files(inputs: &Inputs) -> Result<Vec<PathBuf>, Complaint> {
    let mut files = Vec::new();
    for path in asked_for(&inputs.paths)? {
        if path.as_os_str() == DASH {
            files.push(path);
        } else {
            files.extend(ingest::files(&path)?);
        }
    }
    Ok(files)
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
