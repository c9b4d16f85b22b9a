//! `numcheck baseline`: takes out of a baseline what is settled, and puts nothing in.

use crate::args::{Evidence, Inputs};
use crate::commands::{Command, Outcome};
use crate::complaint::Complaint;
use crate::decisions::{self, Update};
use crate::gather;
use crate::output::to_stdout;
use clap::{ArgMatches, Args, FromArgMatches as _};
use numcheck::check::Settings;
use std::path::PathBuf;

pub(crate) static COMMAND: Command = Command {
    name: "baseline",
    about: "Prune a baseline: entries that silence nothing any more are taken out",
    options,
    run,
};

#[derive(Debug, Args)]
struct Options {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    evidence: Evidence,
    /// The baseline; by default that of the settings
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
}

fn options(command: clap::Command) -> clap::Command {
    Options::augment_args(command)
}

fn run(typed: &ArgMatches) -> Result<Outcome, Complaint> {
    let Options { inputs, evidence, baseline } = Options::from_arg_matches(typed)
        .map_err(|error| Complaint::new(error.to_string().trim()))?;
    let config = inputs.config()?;
    let file = baseline.or_else(|| config.baseline.clone()).ok_or_else(|| {
        Complaint::new("there is no baseline to prune")
            .help("name it with --baseline FILE, or in numcheck.toml")
    })?;
    if !file.exists() {
        return Err(Complaint::new(format!("cannot read {}: it is not there", file.display()))
            .help("`numcheck check --baseline FILE --update-baseline` makes one"));
    }
    let settings = Settings {
        as_of: evidence.as_of(&config),
        across: evidence.across(config.across.unwrap_or(true)),
        select: config.select.clone(),
        ignore: config.ignore.clone(),
        levels: config.levels.clone(),
        ..Settings::default()
    };
    let review = gather::review(&inputs, &evidence, &config, settings, Some(&file))?;
    if !review.errors.is_empty() {
        return Ok(Outcome::Failed);
    }
    let (before, after) = decisions::update(&file, &review, Update::Prune)?;
    let gone = before - after;
    to_stdout(|out| {
        writeln!(out, "{}: {after} of {before} entries stay, {gone} are taken out", file.display())
    })?;
    Ok(Outcome::Clean)
}
