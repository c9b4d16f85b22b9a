//! `numcheck rules`: the rule catalogue.

use crate::args::Look;
use crate::commands::{Command, Outcome};
use crate::complaint::Complaint;
use crate::output::to_stdout;
use crate::rulebook;
use clap::{ArgMatches, Args, FromArgMatches as _};
use numcheck::report::catalogue;

pub(crate) static COMMAND: Command =
    Command { name: "rules", about: "The rules, one line each", options, run };

#[derive(Debug, Args)]
struct Options {
    #[command(flatten)]
    look: Look,
}

fn options(command: clap::Command) -> clap::Command {
    Options::augment_args(command)
}

fn run(typed: &ArgMatches) -> Result<Outcome, Complaint> {
    let options = Options::from_arg_matches(typed)
        .map_err(|error| Complaint::new(error.to_string().trim()))?;
    to_stdout(|out| catalogue(&rulebook::infos(), &options.look.on_screen(), out))?;
    Ok(Outcome::Clean)
}
