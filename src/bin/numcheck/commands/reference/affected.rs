//! `numcheck reference affected`: archived claims that changed rows make wrong, each with the line
//! that corrects it.

use crate::commands::reference::tables::{Format, Tables};
use crate::commands::{Command, Outcome};
use crate::complaint::Complaint;
use crate::output::to_stdout;
use chrono::NaiveDate;
use clap::{ArgMatches, Args, FromArgMatches as _};
use numcheck::archive::Archive;
use numcheck::check::{Affected, affected};
use numcheck::compare::shown;
use numcheck::reference::{PartialDate, Store};
use numcheck::report::{correction_by, printable};
use numcheck::text::Sources;
use serde_json::{Value, json};
use std::io::{self, Write};
use std::path::PathBuf;

pub(crate) static TASK: Command = Command {
    name: "affected",
    about: "Archived claims that changed rows make wrong, each with its correction",
    options: |command| Options::augment_args(command),
    run,
};

#[derive(Debug, Args)]
struct Options {
    /// The archive
    #[arg(long, value_name = "FILE")]
    archive: PathBuf,
    /// Only by rows published on that day or later
    #[arg(long, value_name = "DATE", value_parser = first_day)]
    since: Option<NaiveDate>,
    #[command(flatten)]
    tables: Tables,
}

fn first_day(text: &str) -> Result<NaiveDate, String> {
    let day = PartialDate::parse(text).map(PartialDate::first_day);
    day.ok_or_else(|| "write a day as 2022-01-28, or a month, or a year".to_owned())
}

fn run(typed: &ArgMatches) -> Result<Outcome, Complaint> {
    let options = Options::from_arg_matches(typed)
        .map_err(|error| Complaint::new(error.to_string().trim()))?;
    let store = options.tables.open(&mut Sources::new())?;
    let archive = Archive::open(&options.archive)?;
    let found = affected(&archive, &store, options.since)?;
    to_stdout(|out| match options.tables.format {
        Format::Json => {
            let all: Vec<Value> = found.iter().map(|one| as_json(one, &store)).collect();
            serde_json::to_writer_pretty(&mut *out, &all)?;
            writeln!(out)
        }
        Format::Text => {
            found.iter().try_for_each(|one| as_text(one, &store, out))?;
            writeln!(out, "{} of {} wrong by now", found.len(), archive.name())
        }
    })?;
    Ok(if found.is_empty() { Outcome::Clean } else { Outcome::Found })
}

fn as_text(one: &Affected, store: &Store, out: &mut dyn Write) -> io::Result<()> {
    let Affected { article, claim, row } = one;
    let day = article.published.map_or("undated".to_owned(), |day| day.to_string());
    let outlet = article.outlet.as_ref().unwrap_or(&article.name);
    let title = article.title.as_deref().unwrap_or_default();
    let observed = store.observation(*row);
    writeln!(out, "{day}  {}  {} (article {})", printable(outlet), printable(title), article.id)?;
    writeln!(out, "    {}", printable(&correction_by(observed, article, claim)))?;
    writeln!(out, "    {}", printable(&sentence(one)))?;
    writeln!(out, "    {}, {}:{}\n", shown(store, *row), observed.table, observed.line)
}

fn sentence(one: &Affected) -> String {
    let sentence = one.claim.sentence.of(&one.article.prose);
    sentence.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn as_json(one: &Affected, store: &Store) -> Value {
    let Affected { article, claim, row } = one;
    let observed = store.observation(*row);
    json!({
        "article": {
            "id": article.id, "path": article.name, "title": article.title,
            "published": article.published.map(|day| day.to_string()),
            "source": article.outlet, "url": article.url,
        },
        "claim": claim.id,
        "number": claim.quantity.span.of(&article.prose),
        "sentence": sentence(one),
        "correction": correction_by(observed, article, claim),
        "reference": {
            "table": &*observed.table, "line": observed.line, "id": &*observed.id,
            "publisher": &*observed.publisher, "as_of": observed.as_of.to_string(),
            "published": observed.published.map(|day| day.to_string()), "url": &*observed.url,
            "withdrawn": observed.is_withdrawn(),
        },
    })
}
