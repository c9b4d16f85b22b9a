//! `numcheck completions`: what a shell needs to complete the command line.

use crate::commands::{Command, Outcome, program};
use crate::complaint::Complaint;
use crate::output::to_stdout;
use clap::{ArgMatches, Args, FromArgMatches as _};
use clap_complete::Shell;

pub(crate) static COMMAND: Command = Command {
    name: "completions",
    about: "Print what a shell needs to complete the command line",
    options,
    run,
};

#[derive(Debug, Args)]
struct Options {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

fn options(command: clap::Command) -> clap::Command {
    Options::augment_args(command)
}

fn run(typed: &ArgMatches) -> Result<Outcome, Complaint> {
    let options = Options::from_arg_matches(typed)
        .map_err(|error| Complaint::new(error.to_string().trim()))?;
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut program(), "numcheck", &mut script);
    to_stdout(|out| out.write_all(&script))?;
    Ok(Outcome::Clean)
}
