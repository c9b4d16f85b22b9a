//! Options that several commands share: what was typed, and what it means.

use crate::complaint::Complaint;
use crate::config::Config;
use clap::{Args, ValueEnum};
use numcheck::check::AsOf;
use numcheck::finding::Severity;
use numcheck::number::Decimal;
use numcheck::reference::PartialDate;
use numcheck::report::{Detail, View};
use std::io::{IsTerminal as _, stdout};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

/// What is read.
#[derive(Debug, Args)]
pub(crate) struct Inputs {
    /// Articles: files, folders, or `-` for standard input
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// How many threads work; as many as there are cores by default
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
    /// Read the settings from this file; by default from the nearest numcheck.toml upward from
    /// the articles
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
}

impl Inputs {
    /// One file, and nothing else said.
    pub(crate) fn one(path: PathBuf) -> Self {
        Self { paths: vec![path], jobs: None, config: None }
    }

    /// The settings of the file that holds for the articles.
    pub(crate) fn config(&self) -> Result<Config, Complaint> {
        Config::of(self.config.as_deref(), &self.paths)
    }
}

/// The reference tables.
#[derive(Debug, Args)]
#[command(next_help_heading = "Evidence")]
pub(crate) struct Tables {
    /// A folder of reference tables, beside the built-in ones
    #[arg(long, value_name = "DIR")]
    reference: Vec<PathBuf>,
    /// Leave the built-in reference tables out
    #[arg(long)]
    no_builtin_reference: bool,
}

impl Tables {
    /// The folders of reference tables: those of the settings, then those that were typed.
    pub(crate) fn folders<'a>(&'a self, config: &'a Config) -> Vec<&'a Path> {
        config.reference.iter().chain(&self.reference).map(PathBuf::as_path).collect()
    }

    /// Whether the built-in tables are used.
    pub(crate) fn builtin(&self, config: &Config) -> bool {
        !self.no_builtin_reference && config.builtin_reference.unwrap_or(true)
    }
}

/// What the articles are held against.
#[derive(Debug, Args)]
#[command(next_help_heading = "Evidence")]
pub(crate) struct Evidence {
    #[command(flatten)]
    pub(crate) tables: Tables,
    /// Hold the articles against those of this archive, as far as they came out no later
    #[arg(long, value_name = "FILE")]
    archive: Option<PathBuf>,
    /// Judge by what was published by that day: 2022-01-28, or `now` for hindsight; the article's
    /// own date by default
    #[arg(long, value_name = "DATE|now", value_parser = as_of)]
    as_of: Option<AsOf>,
    /// Compare the articles with each other
    #[arg(long, overrides_with = "no_across")]
    across: bool,
    /// Do not compare the articles with each other
    #[arg(long, overrides_with = "across")]
    no_across: bool,
}

impl Evidence {
    /// Tables alone, for commands that hold nothing against them but read by their words.
    pub(crate) fn tables(reference: Vec<PathBuf>, no_builtin_reference: bool) -> Self {
        let tables = Tables { reference, no_builtin_reference };
        Self { tables, archive: None, as_of: None, across: false, no_across: true }
    }

    /// The archive: the one that was typed, or else that of the settings.
    pub(crate) fn archive<'a>(&'a self, config: &'a Config) -> Option<&'a Path> {
        self.archive.as_deref().or(config.archive.as_deref())
    }

    pub(crate) fn as_of(&self, config: &Config) -> AsOf {
        self.as_of.or(config.as_of).unwrap_or_default()
    }

    /// Whether the articles are compared: by the flags, or as the caller would have it.
    pub(crate) fn across(&self, default: bool) -> bool {
        self.across || default && !self.no_across
    }
}

/// How text looks.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct Look {
    /// Colour text; by default on a terminal, unless `NO_COLOR` is set
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    color: Colour,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Colour {
    Auto,
    Always,
    Never,
}

/// The width of a line where there is no terminal to ask.
const WIDTH: usize = 80;

/// The widest line that is easy to read.
const WIDEST: usize = 120;

impl Look {
    /// How text looks on standard output.
    pub(crate) fn on_screen(&self) -> View {
        let choice = match self.color {
            Colour::Auto => anstream::AutoStream::choice(&stdout()),
            Colour::Always => anstream::ColorChoice::Always,
            Colour::Never => anstream::ColorChoice::Never,
        };
        let terminal = stdout().is_terminal().then(terminal_size::terminal_size).flatten();
        let columns = terminal.map_or(WIDTH, |(columns, _)| usize::from(columns.0));
        let colour = choice != anstream::ColorChoice::Never;
        View { width: columns.clamp(40, WIDEST), colour, ..View::default() }
    }

    /// How text looks in a file.
    pub(crate) fn on_paper(&self) -> View {
        View { width: WIDTH, colour: self.color == Colour::Always, ..View::default() }
    }
}

/// A severity as an option names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Level {
    Error,
    Warning,
    Note,
}

impl From<Level> for Severity {
    fn from(level: Level) -> Self {
        match level {
            Level::Error => Self::Error,
            Level::Warning => Self::Warning,
            Level::Note => Self::Note,
        }
    }
}

/// How much text says beside the findings.
pub(crate) fn detail(quiet: bool, verbose: bool) -> Detail {
    match (quiet, verbose) {
        (true, _) => Detail::Findings,
        (false, true) => Detail::Every,
        (false, false) => Detail::Usual,
    }
}

/// A day, or `now`. A month or a year counts from its last day.
pub(crate) fn as_of(text: &str) -> Result<AsOf, String> {
    if text.eq_ignore_ascii_case("now") {
        return Ok(AsOf::Now);
    }
    let day = PartialDate::parse(text).map(PartialDate::last_day);
    day.map(AsOf::Day).ok_or_else(|| "write a day as 2022-01-28, or now".to_owned())
}

/// A percentage from 0 to 100.
pub(crate) fn percent(text: &str) -> Result<Decimal, String> {
    let number = text.strip_suffix('%').unwrap_or(text).trim().parse::<Decimal>().ok();
    let allowed = Decimal::ZERO..=Decimal::ONE_HUNDRED;
    number.filter(|n| allowed.contains(n)).ok_or_else(|| "write a number from 0 to 100".to_owned())
}

#[cfg(test)]
mod tests {
    use super::{as_of, percent};
    use numcheck::check::AsOf;
    use numcheck::number::Decimal;

    #[track_caller]
    fn check_day(text: &str, expected: &str) {
        assert_eq!(as_of(text), Ok(AsOf::Day(expected.parse().unwrap())));
    }

    #[test]
    fn short_dates_count_from_their_last_day() {
        check_day("2022-01-28", "2022-01-28");
        check_day("2024-02", "2024-02-29");
        check_day("2022", "2022-12-31");
        assert_eq!(as_of("now"), Ok(AsOf::Now));
        for bad in ["", "tomorrow", "2022-13", "2022-02-30", "28.1.2022", "+2022", "20220128"] {
            assert!(as_of(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn percentages_are_from_0_to_100() {
        assert_eq!(percent("80%"), Ok(Decimal::from(80)));
        assert_eq!(percent("0"), Ok(Decimal::ZERO));
        assert!(percent("101").is_err() && percent("-1").is_err() && percent("x").is_err());
    }
}
