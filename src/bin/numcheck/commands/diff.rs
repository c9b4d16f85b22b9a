//! `numcheck diff`: two versions of one article.

use crate::args::{Evidence, Inputs, Look};
use crate::commands::{Command, Outcome};
use crate::complaint::Complaint;
use crate::{gather, output};
use clap::{ArgMatches, Args, FromArgMatches as _};
use numcheck::check::Settings;
use numcheck::report::{DIFFS, View};
use std::path::PathBuf;

pub(crate) static COMMAND: Command = Command {
    name: "diff",
    about: "Two versions of an article: figures changed, added, removed, left behind",
    options,
    run,
};

#[derive(Debug, Args)]
struct Options {
    /// The earlier version: a file, or `-` for standard input
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The later version: a file, or `-` for standard input
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// Read the settings from this file; by default from the nearest numcheck.toml upward from
    /// the later version
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// A folder of reference tables, whose words tell what figures are about
    #[arg(long, value_name = "DIR")]
    reference: Vec<PathBuf>,
    /// Leave the built-in reference tables out
    #[arg(long)]
    no_builtin_reference: bool,
    #[command(flatten)]
    look: Look,
}

fn options(command: clap::Command) -> clap::Command {
    output::options(Options::augment_args(command), DIFFS)
}

fn run(typed: &ArgMatches) -> Result<Outcome, Complaint> {
    let options = Options::from_arg_matches(typed)
        .map_err(|error| Complaint::new(error.to_string().trim()))?;
    let targets = output::targets(typed, DIFFS)?;
    let Options { old, new, config, reference, no_builtin_reference, look } = options;
    let inputs = Inputs { paths: vec![new], jobs: None, config };
    let evidence = Evidence::tables(reference, no_builtin_reference);
    let config = inputs.config()?;
    // What the figures are held against is of no interest here: no rule runs.
    let settings =
        Settings { across: false, select: vec!["none".to_owned()], ..Settings::default() };
    let review = gather::review_against(&inputs, &evidence, &config, settings, (None, Some(&old)))?;
    if review.errors.is_empty() || !review.earlier.is_empty() {
        output::write(&targets, &review, &look, View::default())?;
    }
    Ok(if review.errors.is_empty() { Outcome::Clean } else { Outcome::Failed })
}
