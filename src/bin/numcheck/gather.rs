//! From the paths and options that were typed to a review.

use crate::args::{Evidence, Inputs, Tables};
use crate::complaint::{Complaint, LeftOut};
use crate::config::Config;
use crate::{decisions, rulebook};
use chrono::{DateTime, NaiveDate, Utc};
use numcheck::archive::Archive;
use numcheck::check::{Beside, Review, Settings, read};
use numcheck::ingest::{self, Article, Format};
use numcheck::reference::Store;
use numcheck::text::Sources;
use std::collections::HashSet;
use std::io::{IsTerminal as _, Read as _, stdin};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::Command;
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
    review_against(inputs, evidence, config, settings, (baseline, None))
}

/// The same, with the earlier versions of the articles, which the second path leads to.
pub(crate) fn review_against(
    inputs: &Inputs,
    evidence: &Evidence,
    config: &Config,
    settings: Settings,
    (baseline, against): (Option<&Path>, Option<&Path>),
) -> Result<Review, Complaint> {
    let paths = asked_for(&inputs.paths)?;
    let twice = |dash: &Path| dash.as_os_str() == DASH && paths.iter().any(|path| path == dash);
    if against.is_some_and(twice) {
        return Err(Complaint::new("standard input cannot be both versions"));
    }
    let (store, mut sources) = start(inputs, &evidence.tables, config)?;
    let like = |path: Option<&Path>| path.and_then(Path::extension)?.to_str().map(str::to_owned);
    let (articles, mut complaints) = articles(&paths, like(against).as_deref(), &mut sources);
    let before = match against {
        None => Vec::new(),
        Some(path) => {
            let of_now = like(paths.first().map(PathBuf::as_path));
            let (before, more) =
                self::articles(&[path.to_owned()], of_now.as_deref(), &mut sources);
            complaints.extend(more);
            before
        }
    };
    for complaint in &complaints {
        complaint.say();
    }
    let accepted = decisions::accepted(&articles, baseline, &mut sources)?;
    let settings = Settings { accepted, today: Some(today()), ..settings };
    let reading = read(articles, &store, &settings);
    let archived = match evidence.archive(config) {
        Some(file) => {
            let archive = Archive::open(file)?;
            archive.articles(&archive.near(&reading.wanted(&store))?, &mut sources)?
        }
        None => Vec::new(),
    };
    let mut review = reading.judged(Beside { archived, before }, sources, store, &settings);
    if against.is_some() && review.earlier.is_empty() && complaints.is_empty() {
        return Err(Complaint::new("no article has an earlier version to be held against")
            .help("of several articles, those of one id, address or file name belong together"));
    }
    let bad_cells = rulebook::bad_cells(&review);
    review.findings.splice(0..0, bad_cells);
    review.errors.extend(complaints.iter().map(ToString::to_string));
    Ok(review)
}

/// Today, by which waivers expire; nothing else depends on it.
pub(crate) fn today() -> NaiveDate {
    #[expect(clippy::disallowed_methods, reason = "the program says what day it is")]
    DateTime::<Utc>::from(SystemTime::now()).date_naive()
}

/// Who is at work: the name that git knows, or else that of the account; empty without either.
pub(crate) fn author() -> String {
    let git = Command::new("git").args(["config", "user.name"]).output();
    let named = git.ok().and_then(|output| String::from_utf8(output.stdout).ok());
    let named = named.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
    #[expect(clippy::disallowed_methods, reason = "the program says who is at work")]
    named.or_else(|| std::env::var("USER").ok()).unwrap_or_default()
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

/// Sets the threads up and opens the tables.
pub(crate) fn start(
    inputs: &Inputs,
    tables: &Tables,
    config: &Config,
) -> Result<(Arc<Store>, Sources), Complaint> {
    let jobs = inputs.jobs.map(NonZeroUsize::get).or(config.jobs);
    if let Some(jobs) = jobs {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global();
        pool.map_err(|error| Complaint::new(format!("cannot start {jobs} threads: {error}")))?;
    }
    let mut sources = Sources::new();
    let folders = tables.folders(config);
    let store = Store::open(&folders, tables.builtin(config), &mut sources)?;
    Ok((Arc::new(store), sources))
}

/// Whether everything to be read is named, and none of it is standard input.
pub(crate) fn are_files(inputs: &Inputs) -> bool {
    !inputs.paths.is_empty() && inputs.paths.iter().all(|path| path.as_os_str() != DASH)
}

/// The paths to read: standard input where none is given and something is piped in.
pub(crate) fn asked_for(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Complaint> {
    if !paths.is_empty() {
        return Ok(paths.to_vec());
    }
    if stdin().is_terminal() {
        return Err(Complaint::new("nothing to check: no path is given").help(NAME_PATHS));
    }
    Ok(vec![DASH.into()])
}

/// What is read as a whole.
#[derive(Debug)]
pub(crate) enum Input {
    Piped,
    File(PathBuf),
}

impl Input {
    /// The file, if it is one.
    pub(crate) fn file(self) -> Option<PathBuf> {
        match self {
            Self::Piped => None,
            Self::File(path) => Some(path),
        }
    }
}

/// Everything the paths lead to, in order; and what is wrong with the others.
pub(crate) fn inputs(paths: &[PathBuf]) -> (Vec<Input>, Vec<Complaint>) {
    let mut inputs = Vec::new();
    let mut complaints = Vec::new();
    // A file that is named twice, or beside its folder, is read once.
    let mut seen = HashSet::new();
    for path in paths {
        if path.as_os_str() == DASH {
            if seen.insert(path.clone()) {
                inputs.push(Input::Piped);
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
                inputs.push(Input::File(file));
            }
        }
    }
    (inputs, complaints)
}

/// The articles that the paths lead to. What is piped in is of the format that the extension
/// `like` stands for, where that is one: the other version's.
fn articles(
    paths: &[PathBuf],
    like: Option<&str>,
    sources: &mut Sources,
) -> (Vec<Article>, Vec<Complaint>) {
    let mut articles = Vec::new();
    let (inputs, mut complaints) = inputs(paths);
    let mut left_out = LeftOut::default();
    for input in inputs {
        let read = match input {
            Input::Piped => piped(like, sources),
            Input::File(file) => match ingest::open(&file, sources) {
                Err(error) if is_left_out(&error, &file, paths) => {
                    left_out.say(&error);
                    continue;
                }
                read => read.map_err(Complaint::from),
            },
        };
        match read {
            Ok(read) => articles.extend(read),
            Err(complaint) => complaints.push(complaint),
        }
    }
    left_out.say_rest();
    if articles.is_empty() && complaints.is_empty() && left_out.files() > 0 {
        complaints.push(nothing());
    }
    (articles, complaints)
}

/// The complaint that no file of the folders is an article.
pub(crate) fn nothing() -> Complaint {
    Complaint::new("nothing to check: no file there is an article").help(NAME_PATHS)
}

/// Whether a file that cannot be read is passed over: it is no article, and nobody named it.
pub(crate) fn is_left_out(error: &ingest::Error, file: &Path, paths: &[PathBuf]) -> bool {
    let file = identity(file);
    error.is_no_article() && !paths.iter().any(|path| identity(path) == file)
}

/// What is the same for two names of one file.
fn identity(file: &Path) -> PathBuf {
    file.canonicalize().unwrap_or_else(|_| file.to_owned())
}

pub(crate) fn piped(like: Option<&str>, sources: &mut Sources) -> Result<Vec<Article>, Complaint> {
    let mut bytes = Vec::new();
    stdin()
        .lock()
        .read_to_end(&mut bytes)
        .map_err(|error| Complaint::new(format!("cannot read {STDIN}: {error}")))?;
    if bytes.is_empty() {
        return Err(Complaint::new("cannot read standard input: it is empty").help(NAME_PATHS));
    }
    let format = like.filter(|like| Format::named(like).is_some());
    Ok(ingest::read(STDIN, &bytes, format, sources)?)
}
