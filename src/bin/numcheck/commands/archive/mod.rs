//! `numcheck archive`: the claims of published articles, kept so that tomorrow's article is held
//! against them.

mod add;
mod look;

use crate::commands::{Command, Outcome};
use crate::complaint::Complaint;
use clap::{ArgMatches, Args, FromArgMatches as _};
use numcheck::archive::Archive;
use std::path::PathBuf;

pub(crate) static COMMAND: Command = Command {
    name: "archive",
    about: "The claims of published articles, kept to hold tomorrow's article against them",
    options,
    run,
};

/// What can be done with an archive.
static TASKS: &[&Command] = &[&add::ADD, &look::LIST, &look::QUERY, &REMOVE];

fn options(command: clap::Command) -> clap::Command {
    let command = command.subcommand_required(true).arg_required_else_help(true);
    TASKS.iter().fold(command, |command, task| {
        let with_options = (task.options)(clap::Command::new(task.name));
        command.subcommand(with_options.about(task.about).long_about(None::<&str>))
    })
}

fn run(typed: &ArgMatches) -> Result<Outcome, Complaint> {
    let called = typed.subcommand().and_then(|(name, typed)| {
        let task = TASKS.iter().find(|task| task.name == name)?;
        Some((task.run)(typed))
    });
    called.unwrap_or(Ok(Outcome::Failed))
}

/// The archive that is meant.
#[derive(Debug, Args)]
struct File {
    /// The archive
    #[arg(long, value_name = "FILE")]
    archive: PathBuf,
}

static REMOVE: Command = Command {
    name: "remove",
    about: "Take articles out, with all their versions",
    options: |command| Removed::augment_args(command),
    run: remove,
};

#[derive(Debug, Args)]
struct Removed {
    #[command(flatten)]
    file: File,
    /// Articles by their number in `archive list`, by the path they were added by, or by address
    #[arg(value_name = "ARTICLE", required = true)]
    articles: Vec<String>,
}

fn remove(typed: &ArgMatches) -> Result<Outcome, Complaint> {
    let options = Removed::from_arg_matches(typed)
        .map_err(|error| Complaint::new(error.to_string().trim()))?;
    let mut archive = Archive::change(&options.file.archive)?;
    let mut gone = 0;
    let mut outcome = Outcome::Clean;
    for article in &options.articles {
        match archive.remove(article) {
            Ok(count) => gone += count,
            Err(error @ numcheck::archive::Error::Unknown { .. }) => {
                Complaint::from(error).say();
                outcome = Outcome::Failed;
            }
            Err(error) => return Err(error.into()),
        }
    }
    let size = add::size_shown(&archive)?;
    crate::output::to_stdout(|out| writeln!(out, "{gone} removed; {size}"))?;
    Ok(outcome)
}
