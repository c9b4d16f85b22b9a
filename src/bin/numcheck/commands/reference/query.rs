//! `numcheck reference query`: what a claim would be held against.

use crate::args;
use crate::commands::reference::tables::{Format, Tables};
use crate::commands::{Command, Outcome};
use crate::complaint::Complaint;
use crate::gather;
use crate::output::to_stdout;
use clap::{ArgMatches, Args, FromArgMatches as _};
use numcheck::check::{Answer, AsOf};
use numcheck::report::{answer, answer_json};
use numcheck::text::Sources;
use std::sync::Arc;

pub(crate) static TASK: Command = Command {
    name: "query",
    about: "What a claim would be held against: the rows in order, and why others do not count",
    options,
    run,
};

#[derive(Debug, Args)]
struct Options {
    /// A sentence or a few words, with or without a number and a date: "Russian troops near
    /// Ukraine 2022-01-28"
    #[arg(value_name = "WORDS", required = true)]
    words: Vec<String>,
    /// Judge by what was published by that day: 2022-01-28, or `now` for hindsight; by default
    /// the date in the words, else today
    #[arg(long, value_name = "DATE|now", value_parser = args::as_of)]
    as_of: Option<AsOf>,
    /// How many of the rows that do not count are shown
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
    #[command(flatten)]
    tables: Tables,
}

fn options(command: clap::Command) -> clap::Command {
    Options::augment_args(command)
}

fn run(typed: &ArgMatches) -> Result<Outcome, Complaint> {
    let options = Options::from_arg_matches(typed)
        .map_err(|error| Complaint::new(error.to_string().trim()))?;
    let words = options.words.join(" ");
    if words.trim().is_empty() {
        return Err(Complaint::new("the query is empty")
            .help("write what a number would be about: \"Russian troops near Ukraine\""));
    }
    let mut sources = Sources::new();
    let store = Arc::new(options.tables.open(&mut sources)?);
    let as_of = options.as_of.unwrap_or_default();
    let found = Answer::new(&words, as_of, gather::today(), &store, &sources);
    let limit = options.limit;
    to_stdout(|out| match options.tables.format {
        Format::Text => answer(&found, limit, &options.tables.look.on_screen(), out),
        Format::Json => answer_json(&found, limit, out),
    })?;
    Ok(Outcome::Clean)
}
