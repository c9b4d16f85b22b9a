//! `numcheck.toml`: found upward from the articles, read strictly, and outdone by flags.

mod keys;

pub(crate) use crate::config::keys::{commented, schema};

use crate::args;
use crate::commands::FailOn;
use crate::complaint::Complaint;
use crate::config::keys::{KEYS, LEVELS, OVERRIDE_KEYS, TABLES, nearest};
use crate::{files, rulebook};
use numcheck::check::{AsOf, Level, Levels};
use numcheck::finding::Severity;
use numcheck::number::Decimal;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The name of the file.
pub(crate) const NAME: &str = "numcheck.toml";

/// The settings of a file; what it does not say is `None`.
#[derive(Debug, Default)]
pub(crate) struct Config {
    /// The file, if there is one.
    pub(crate) file: Option<PathBuf>,
    pub(crate) fail_on: Option<FailOn>,
    pub(crate) min_severity: Option<args::Level>,
    pub(crate) min_coverage: Option<Decimal>,
    /// Folders of tables.
    pub(crate) reference: Vec<PathBuf>,
    pub(crate) builtin_reference: Option<bool>,
    pub(crate) archive: Option<PathBuf>,
    pub(crate) as_of: Option<AsOf>,
    pub(crate) across: Option<bool>,
    pub(crate) select: Vec<String>,
    pub(crate) ignore: Vec<String>,
    pub(crate) baseline: Option<PathBuf>,
    pub(crate) jobs: Option<usize>,
    pub(crate) levels: Vec<Levels>,
}

/// The file as it is written.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Written {
    fail_on: Option<String>,
    min_severity: Option<String>,
    min_coverage: Option<toml::Value>,
    #[serde(default)]
    reference: Vec<PathBuf>,
    builtin_reference: Option<bool>,
    archive: Option<PathBuf>,
    as_of: Option<toml::Value>,
    across: Option<bool>,
    #[serde(default)]
    select: Vec<String>,
    #[serde(default)]
    ignore: Vec<String>,
    baseline: Option<PathBuf>,
    jobs: Option<usize>,
    #[serde(default)]
    rules: BTreeMap<String, String>,
    #[serde(default)]
    overrides: Vec<Override>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Override {
    paths: Vec<String>,
    rules: BTreeMap<String, String>,
}

impl Config {
    /// The settings for articles: of the file that is named, or else of the nearest upward from
    /// them.
    pub(crate) fn of(named: Option<&Path>, paths: &[PathBuf]) -> Result<Self, Complaint> {
        if let Some(file) = named {
            return Self::read(file);
        }
        let mut found: Option<(PathBuf, &Path)> = None;
        let here = [PathBuf::from(".")];
        let paths = if paths.is_empty() { &here } else { paths };
        for path in paths {
            let file = nearest_file(path);
            match (&found, file) {
                (None, Some(file)) => found = Some((file, path)),
                (Some((first, _)), Some(file)) if *first == file => {}
                (None, None) => {}
                (Some((first, of)), other) => return Err(two_files(first, of, other, path)),
            }
        }
        match found {
            Some((file, _)) => Self::read(&file),
            None => Ok(Self::default()),
        }
    }

    fn read(file: &Path) -> Result<Self, Complaint> {
        let shown = file.display();
        let text = files::text(file)?;
        let written = toml::from_str(&text).map_err(|error| misread(file, &text, &error))?;
        Self::understood(written, file)
            .map_err(|(what, help)| Complaint::new(format!("{shown}: {what}")).help(help))
    }

    /// What is written, or what is wrong with it and what to do.
    fn understood(written: Written, file: &Path) -> Result<Self, (String, String)> {
        let folder = file.parent().unwrap_or(Path::new(""));
        let beside = |path: PathBuf| folder.join(path);
        for name in written.select.iter().chain(&written.ignore) {
            known_rule(name)?;
        }
        let min_coverage = written.min_coverage.map(|value| coverage(&value)).transpose()?;
        let mut levels = Vec::new();
        if !written.rules.is_empty() {
            levels.push(Levels::everywhere(graded(&written.rules)?));
        }
        for entry in written.overrides {
            let (below, rules) = (below(folder), graded(&entry.rules)?);
            levels.push(Levels { paths: entry.paths, below, rules });
        }
        Ok(Self {
            file: Some(file.to_owned()),
            fail_on: written.fail_on.map(|name| one_of("fail-on", &name)).transpose()?,
            min_severity: written
                .min_severity
                .map(|name| one_of("min-severity", &name))
                .transpose()?,
            min_coverage,
            reference: written.reference.into_iter().map(beside).collect(),
            builtin_reference: written.builtin_reference,
            archive: written.archive.filter(|p| !p.as_os_str().is_empty()).map(beside),
            as_of: written.as_of.map(|value| as_of(&value)).transpose()?,
            across: written.across,
            select: written.select,
            ignore: written.ignore,
            baseline: written.baseline.filter(|p| !p.as_os_str().is_empty()).map(beside),
            jobs: written.jobs.filter(|jobs| *jobs > 0),
            levels,
        })
    }
}

/// The way from the folder of the settings down to where the run was started, with a slash behind
/// it; nothing where it is not below.
fn below(folder: &Path) -> String {
    let here = Path::new(".").canonicalize().ok();
    let folder = Path::new(".").join(folder).canonicalize().ok();
    let way = here.zip(folder);
    let way = way.and_then(|(here, folder)| here.strip_prefix(folder).ok().map(Path::to_owned));
    match way.filter(|way| !way.as_os_str().is_empty()) {
        Some(way) => format!("{}/", way.to_string_lossy().replace('\\', "/")),
        None => String::new(),
    }
}

/// The nearest settings file upward from a path.
fn nearest_file(path: &Path) -> Option<PathBuf> {
    let whole = path.canonicalize().or_else(|_| Path::new(".").canonicalize()).ok()?;
    let file = whole.ancestors().map(|folder| folder.join(NAME)).find(|file| file.is_file())?;
    // Shown as one would type it, where it is here or below.
    let here = Path::new(".").canonicalize().ok();
    let short = here.and_then(|here| file.strip_prefix(here).ok().map(Path::to_owned));
    Some(short.unwrap_or(file))
}

fn two_files(first: &Path, of: &Path, other: Option<PathBuf>, path: &Path) -> Complaint {
    let other = other.map_or("none".to_owned(), |other| other.display().to_string());
    let (first, of, path) = (first.display(), of.display(), path.display());
    Complaint::new(format!("{of} has settings in {first}, {path} in {other}"))
        .help("check them one after the other, or name the settings for all with --config FILE")
}

/// What is wrong with a file that does not fit: where, and the nearest known key.
fn misread(file: &Path, text: &str, error: &toml::de::Error) -> Complaint {
    let at = error.span().map_or(0, |span| span.start).min(text.len());
    let before = text.get(..at).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let message = error.message();
    let place = format!("{}:{line}:{column}", file.display());
    let unknown = message.strip_prefix("unknown field `").and_then(|rest| rest.split('`').next());
    let Some(name) = unknown else {
        return Complaint::new(format!("{place}: {message}"))
            .help("`numcheck init` writes a file with every setting and what it may be");
    };
    let within = message.contains("`paths`") && !message.contains("`fail-on`");
    let known = KEYS.iter().map(|key| key.name).chain(TABLES.iter().copied());
    let nearest =
        if within { nearest(name, OVERRIDE_KEYS.iter().copied()) } else { nearest(name, known) };
    let hint = nearest.map_or(String::new(), |nearest| format!("did you mean {nearest}? "));
    Complaint::new(format!("{place}: there is no setting {name}"))
        .help(format!("{hint}`numcheck init` writes a file with every setting"))
}

type Wrong = (String, String);

fn known_rule(name: &str) -> Result<(), Wrong> {
    if rulebook::named(name).is_some() {
        return Ok(());
    }
    let nearest = nearest(name, rulebook::infos().into_iter().map(|info| info.name));
    let hint = nearest.map_or(String::new(), |nearest| format!("did you mean {nearest}? "));
    Err((format!("unknown rule {name}"), format!("{hint}`numcheck rules` lists them all")))
}

/// The value of a list of words that options know.
fn one_of<T: clap::ValueEnum>(key: &str, name: &str) -> Result<T, Wrong> {
    T::from_str(name, false).map_err(|_| {
        let words = T::value_variants().iter().filter_map(clap::ValueEnum::to_possible_value);
        let words: Vec<_> = words.map(|word| word.get_name().to_owned()).collect();
        (format!("{key} cannot be {name}"), format!("write one of: {}", words.join(", ")))
    })
}

fn coverage(value: &toml::Value) -> Result<Decimal, Wrong> {
    let text = match value {
        toml::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    args::percent(&text).map_err(|help| (format!("min-coverage cannot be {text}"), help))
}

fn as_of(value: &toml::Value) -> Result<AsOf, Wrong> {
    let text = match value {
        toml::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    if text == "published" {
        return Ok(AsOf::Published);
    }
    args::as_of(&text).map_err(|_| {
        (format!("as-of cannot be {text}"), "write published, now or a day".to_owned())
    })
}

fn graded(rules: &BTreeMap<String, String>) -> Result<BTreeMap<String, Level>, Wrong> {
    let graded = rules.iter().map(|(rule, level)| {
        known_rule(rule)?;
        Ok((rule.clone(), level_named(level).ok_or_else(|| no_level(rule, level))?))
    });
    graded.collect()
}

fn no_level(rule: &str, level: &str) -> Wrong {
    (format!("{rule} cannot be {level}"), format!("write one of: {}", LEVELS.join(", ")))
}

fn level_named(name: &str) -> Option<Level> {
    Some(match name {
        "error" => Level::At(Severity::Error),
        "warning" => Level::At(Severity::Warning),
        "note" => Level::At(Severity::Note),
        "off" => Level::Off,
        _ => return None,
    })
}

/// A rule and its level as `--severity RULE=LEVEL` gives them.
pub(crate) fn severity(text: &str) -> Result<(String, Level), String> {
    let (rule, name) = text.split_once('=').ok_or("write RULE=LEVEL")?;
    known_rule(rule).map_err(|(what, help)| format!("{what}; {help}"))?;
    let level =
        level_named(name).ok_or_else(|| format!("write {rule}=error, warning, note or off"))?;
    Ok((rule.to_owned(), level))
}

/// Writes the commented file, unless one is there.
pub(crate) fn write_new(file: &Path) -> Result<(), Complaint> {
    let open = fs::OpenOptions::new().write(true).create_new(true).open(file);
    let written = open.and_then(|mut to| io::Write::write_all(&mut to, commented().as_bytes()));
    let shown = file.display();
    written.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Complaint::new(format!("{shown} is already there"))
            .help("`numcheck init --stdout` shows what would be written"),
        _ => Complaint::new(format!("cannot write {shown}: {error}")),
    })
}
