//! `numcheck reference show`: rows of tables, with everything that they say.

use crate::commands::reference::tables::{Format, Tables};
use crate::commands::{Command, Outcome};
use crate::complaint::Complaint;
use crate::output::to_stdout;
use clap::{ArgMatches, Args, FromArgMatches as _};
use numcheck::reference::{ObservationId, Store};
use numcheck::report::{rows, rows_json};
use numcheck::text::Sources;
use std::path::Path;

pub(crate) static TASK: Command = Command {
    name: "show",
    about: "The rows of an indicator or a table, or one row",
    options,
    run,
};

#[derive(Debug, Args)]
struct Options {
    /// An indicator's key, a table, the id of a row, or a table and a line
    #[arg(value_name = "MEASURE|TABLE|ROW-ID|TABLE:LINE", required = true)]
    what: Vec<String>,
    #[command(flatten)]
    tables: Tables,
}

fn options(command: clap::Command) -> clap::Command {
    Options::augment_args(command)
}

fn run(typed: &ArgMatches) -> Result<Outcome, Complaint> {
    let options = Options::from_arg_matches(typed)
        .map_err(|error| Complaint::new(error.to_string().trim()))?;
    let mut sources = Sources::new();
    let store = options.tables.open(&mut sources)?;
    let mut found = Vec::new();
    for what in &options.what {
        found.extend(named(&store, &sources, what).ok_or_else(|| unknown(&store, &sources, what))?);
    }
    to_stdout(|out| match options.tables.format {
        Format::Text => rows(&store, &found, &options.tables.look.on_screen(), out),
        Format::Json => rows_json(&store, &sources, &found, out),
    })?;
    Ok(Outcome::Clean)
}

/// The rows that go by a name; `None` where nothing does.
fn named(store: &Store, sources: &Sources, what: &str) -> Option<Vec<ObservationId>> {
    if let Some(measure) = store.catalog.measure_named(what) {
        return Some(store.rows(measure).to_vec());
    }
    if let Some(row) = store.observation_named(what) {
        return Some(vec![row]);
    }
    let of_table = |name: &str, line: Option<usize>| -> Option<Vec<ObservationId>> {
        let is_called = |table: &str| {
            let path = Path::new(table);
            let is = |part: Option<&std::ffi::OsStr>| part.is_some_and(|part| part == name);
            table == name || is(path.file_name()) || is(path.file_stem())
        };
        let mut tables = store.tables().iter().filter(|id| is_called(sources.get(**id).name()));
        let first = *tables.next()?;
        let is_one = |id: &ObservationId| {
            let row = store.observation(*id);
            row.at.source == first && line.is_none_or(|line| row.line == line)
        };
        let rows: Vec<_> = store.ids().filter(is_one).collect();
        (line.is_none() || !rows.is_empty()).then_some(rows)
    };
    of_table(what, None).or_else(|| {
        let (table, line) = what.rsplit_once(':')?;
        of_table(table, Some(line.parse().ok()?))
    })
}

fn unknown(store: &Store, sources: &Sources, what: &str) -> Complaint {
    let keys = store.catalog.measures().map(|(_, measure)| measure.key.to_string());
    let stem = |name: &str| Some(Path::new(name).file_stem()?.to_str()?.to_owned());
    let tables = store.tables().iter().filter_map(|id| stem(sources.get(*id).name()));
    let names = keys.chain(tables);
    let near = names
        .map(|name| (strsim::damerau_levenshtein(&name, what), name))
        .min()
        .filter(|(apart, name)| *apart * 3 <= name.chars().count())
        .map_or(String::new(), |(_, name)| format!("did you mean {name}? "));
    Complaint::new(format!("no indicator, table or row is called {what}"))
        .help(format!("{near}`numcheck reference list` lists indicators and tables"))
}
