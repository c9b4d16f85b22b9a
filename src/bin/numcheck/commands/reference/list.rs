//! `numcheck reference list`: what the tables hold.

use crate::commands::reference::tables::{Format, Tables};
use crate::commands::{Command, Outcome};
use crate::complaint::Complaint;
use crate::output::to_stdout;
use clap::{ArgMatches, Args as _, FromArgMatches as _};
use numcheck::report::{inventory, inventory_json};
use numcheck::text::Sources;

pub(crate) static TASK: Command = Command {
    name: "list",
    about: "What the tables hold: indicators, rows, publishers, days, subjects and places",
    options,
    run,
};

fn options(command: clap::Command) -> clap::Command {
    Tables::augment_args(command)
}

fn run(typed: &ArgMatches) -> Result<Outcome, Complaint> {
    let tables = Tables::from_arg_matches(typed)
        .map_err(|error| Complaint::new(error.to_string().trim()))?;
    let mut sources = Sources::new();
    let store = tables.open(&mut sources)?;
    to_stdout(|out| match tables.format {
        Format::Text => inventory(&store, &sources, &tables.look.on_screen(), out),
        Format::Json => inventory_json(&store, &sources, out),
    })?;
    Ok(Outcome::Clean)
}
