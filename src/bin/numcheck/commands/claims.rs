//! `numcheck claims`: the number sheet.

use crate::args::{Evidence, Inputs, Look};
use crate::commands::{Command, Outcome};
use crate::complaint::Complaint;
use crate::{gather, output, stream};
use clap::{ArgMatches, Args, FromArgMatches as _};
use numcheck::check::Settings;
use numcheck::report::{SHEETS, View};

pub(crate) static COMMAND: Command = Command {
    name: "claims",
    about: "The number sheet: every number with its reading and its status",
    options,
    run,
};

#[derive(Debug, Args)]
struct Options {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    evidence: Evidence,
    #[command(flatten)]
    look: Look,
}

fn options(command: clap::Command) -> clap::Command {
    output::options(Options::augment_args(command), SHEETS)
}

fn run(typed: &ArgMatches) -> Result<Outcome, Complaint> {
    let options = Options::from_arg_matches(typed)
        .map_err(|error| Complaint::new(error.to_string().trim()))?;
    let targets = output::targets(typed, SHEETS)?;
    let Options { inputs, evidence, .. } = &options;
    let config = inputs.config()?;
    let settings = Settings {
        as_of: evidence.as_of(&config),
        across: evidence.across(false),
        levels: config.levels.clone(),
        ..Settings::default()
    };
    if let [target] = targets.as_slice()
        && evidence.archive(&config).is_none()
        && stream::fits(inputs, &settings, target)
    {
        return stream::sheet(inputs, evidence, &config, settings, target);
    }
    let review = gather::review(inputs, evidence, &config, settings, None)?;
    output::write(&targets, &review, &options.look, View::default())?;
    Ok(if review.errors.is_empty() { Outcome::Clean } else { Outcome::Failed })
}
