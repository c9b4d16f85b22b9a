//! `numcheck init`: a settings file in which every setting is explained.

use crate::commands::{Command, Outcome};
use crate::complaint::Complaint;
use crate::config::{self, commented, schema};
use crate::output::to_stdout;
use clap::{ArgMatches, Args, FromArgMatches as _};
use std::path::PathBuf;

pub(crate) static COMMAND: Command = Command {
    name: "init",
    about: "Write a numcheck.toml in which every setting is explained",
    options,
    run,
};

#[derive(Debug, Args)]
struct Options {
    /// The folder whose articles it is for
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// Print it instead of writing it
    #[arg(long)]
    stdout: bool,
    /// Print the JSON Schema of the file instead, for editors that complete settings
    #[arg(long, conflicts_with = "stdout")]
    schema: bool,
}

fn options(command: clap::Command) -> clap::Command {
    Options::augment_args(command)
}

fn run(typed: &ArgMatches) -> Result<Outcome, Complaint> {
    let options = Options::from_arg_matches(typed)
        .map_err(|error| Complaint::new(error.to_string().trim()))?;
    if options.schema {
        to_stdout(|out| writeln!(out, "{:#}", schema()))?;
    } else if options.stdout {
        to_stdout(|out| write!(out, "{}", commented()))?;
    } else {
        let file = options.folder.join(config::NAME);
        config::write_new(&file)?;
        to_stdout(|out| writeln!(out, "{} is written", file.display()))?;
    }
    Ok(Outcome::Clean)
}
