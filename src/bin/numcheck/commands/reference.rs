//! `numcheck reference`: what the tables hold, and whether they are sound.

mod affected;
mod import;
mod list;
mod query;
mod show;
mod tables;

use crate::args::Look;
use crate::commands::{Command, Outcome};
use crate::complaint::Complaint;
use crate::output::{self, to_stdout};
use crate::rulebook;
use clap::{ArgMatches, Args, FromArgMatches as _};
use numcheck::check::{Settings, check};
use numcheck::claim::untrue_examples;
use numcheck::finding::Severity;
use numcheck::reference::Store;
use numcheck::report::{RENDERERS, View};
use numcheck::text::Sources;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub(crate) static COMMAND: Command = Command {
    name: "reference",
    about: "The reference tables: what is there, is it sound, what would a claim be held against",
    options,
    run,
};

/// What can be done with tables.
static TASKS: &[&Command] =
    &[&list::TASK, &show::TASK, &query::TASK, &affected::TASK, &import::TASK, &VALIDATE];

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

static VALIDATE: Command = Command {
    name: "validate",
    about: "Look for everything that a person may have got wrong in tables",
    options: validate_options,
    run: validate,
};

#[derive(Debug, Args)]
struct Validated {
    /// Folders of tables, or single tables
    #[arg(value_name = "DIR", required = true)]
    tables: Vec<PathBuf>,
    /// Know only the indicators, entities, places and publishers of DIR
    #[arg(long)]
    no_builtin_reference: bool,
    #[command(flatten)]
    look: Look,
}

fn validate_options(command: clap::Command) -> clap::Command {
    output::options(Validated::augment_args(command), RENDERERS)
}

fn validate(typed: &ArgMatches) -> Result<Outcome, Complaint> {
    let options = Validated::from_arg_matches(typed)
        .map_err(|error| Complaint::new(error.to_string().trim()))?;
    let targets = output::targets(typed, RENDERERS)?;
    let mut sources = Sources::new();
    let dirs: Vec<&Path> = options.tables.iter().map(PathBuf::as_path).collect();
    let mut store = Store::examine(&dirs, !options.no_builtin_reference, &mut sources)?;
    let untrue = untrue_examples(&store.catalog);
    store.faults.extend(untrue);
    store.faults.sort_by_key(|fault| fault.at);
    let is_given = |id| store.given().contains(&id);
    let tables = store.given().len();
    let rows = store.observations().filter(|row| is_given(row.at.source)).count();
    let mut review = check(Vec::new(), sources, Arc::new(store), &Settings::default());
    review.findings = rulebook::bad_cells(&review);
    let faults = review.findings.iter().filter(|f| f.severity == Severity::Error).count();
    let doubts = review.findings.len() - faults;
    output::write(&targets, &review, &options.look, View::default())?;
    if output::is_for_people(&targets) {
        let plural = |count: usize, what: &str| match count {
            1 => format!("1 {what}"),
            _ => format!("{count} {what}s"),
        };
        to_stdout(|out| {
            writeln!(
                out,
                "{}, {}: {}{}",
                plural(tables, "table"),
                plural(rows, "row"),
                if faults == 0 { "no fault".to_owned() } else { plural(faults, "fault") },
                if doubts == 0 { String::new() } else { format!(", {}", plural(doubts, "doubt")) }
            )
        })?;
    }
    Ok(if faults == 0 { Outcome::Clean } else { Outcome::Found })
}
