//! The commands: one file each, one table.

mod archive;
mod baseline;
mod check;
mod claims;
mod compare;
mod completions;
mod diff;
mod explain;
mod init;
mod man;
mod reference;
mod report;
mod review;
mod rules;
mod serve;

pub(crate) use crate::commands::check::FailOn;

use crate::complaint::Complaint;
use clap::ArgMatches;
use clap::error::ErrorKind;
use std::ffi::OsString;
use std::io::{self, Write as _};

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The job is done, and nothing stands against it.
    Clean,
    /// The job is done, and something was found.
    Found,
    /// The job, or a part of it, could not be done.
    Failed,
}

/// A command.
struct Command {
    name: &'static str,
    /// One line.
    about: &'static str,
    /// Adds its options.
    options: fn(clap::Command) -> clap::Command,
    run: fn(&ArgMatches) -> Result<Outcome, Complaint>,
}

static COMMANDS: &[&Command] = &[
    &check::COMMAND,
    &report::COMMAND,
    &claims::COMMAND,
    &compare::COMMAND,
    &diff::COMMAND,
    &review::COMMAND,
    &serve::COMMAND,
    &reference::COMMAND,
    &archive::COMMAND,
    &rules::COMMAND,
    &explain::COMMAND,
    &baseline::COMMAND,
    &init::COMMAND,
    &completions::COMMAND,
    &man::COMMAND,
];

const AFTER_HELP: &str = "\
Exit codes: 0 nothing found at or above --fail-on, 1 something found, 2 the job could not be done.";

/// Runs what was typed.
pub(crate) fn run(typed: impl IntoIterator<Item = OsString>) -> Outcome {
    let matches = match program().try_get_matches_from(typed) {
        Ok(matches) => matches,
        Err(error) => return usage(&error),
    };
    let called = matches.subcommand().and_then(|(name, matches)| {
        let command = COMMANDS.iter().find(|command| command.name == name)?;
        Some((command.run)(matches))
    });
    match called {
        Some(Ok(outcome)) => outcome,
        Some(Err(complaint)) => {
            complaint.say();
            Outcome::Failed
        }
        None => Outcome::Failed,
    }
}

/// The whole command line.
fn program() -> clap::Command {
    let program = clap::Command::new("numcheck")
        .version(env!("CARGO_PKG_VERSION"))
        .about(env!("CARGO_PKG_DESCRIPTION"))
        .after_help(AFTER_HELP)
        .subcommand_required(true)
        .arg_required_else_help(true);
    COMMANDS.iter().fold(program, |program, command| {
        // Groups of options bring their own descriptions; the command's is set behind them.
        let with_options = (command.options)(clap::Command::new(command.name));
        program.subcommand(with_options.about(command.about).long_about(None::<&str>))
    })
}

/// Help that was asked for, or what is wrong with what was typed.
fn usage(error: &clap::Error) -> Outcome {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // A closed pipe is no failure: the reader has what it wanted.
            let _ = error.print();
            Outcome::Clean
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = error.print();
            Outcome::Failed
        }
        _ => {
            let text = error.to_string();
            let text =
                text.strip_prefix("error: ").unwrap_or(&text).replace("\n  tip: ", "\n  help: ");
            let _ = write!(io::stderr().lock(), "numcheck: {text}");
            Outcome::Failed
        }
    }
}

#[cfg(test)]
mod tests {
    use super::program;

    #[test]
    fn the_command_line_is_well_formed() {
        program().debug_assert();
    }
}
