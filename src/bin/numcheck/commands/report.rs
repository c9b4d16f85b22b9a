//! `numcheck report`: the same check as a page for people, or a folder of pages.

use crate::commands::check::Job;
use crate::commands::{Command, Outcome};
use crate::complaint::Complaint;
use crate::output::{self, Target};
use clap::{ArgMatches, Args, FromArgMatches as _};
use std::io::{IsTerminal as _, stdout};
use std::path::PathBuf;

pub(crate) static COMMAND: Command = Command {
    name: "report",
    about: "Check articles and write a report to open in a browser",
    options: Options::augment_args,
    run,
};

#[derive(Debug, Args)]
struct Options {
    #[command(flatten)]
    job: Job,
    /// Where the report goes: FILE.html for one page that holds everything; a folder, or a name
    /// that ends in /, for an index and a page for each article; - for standard output
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
}

fn run(typed: &ArgMatches) -> Result<Outcome, Complaint> {
    let Options { job, output } = Options::from_arg_matches(typed)
        .map_err(|error| Complaint::new(error.to_string().trim()))?;
    if output.is_none() && stdout().is_terminal() {
        return Err(Complaint::new("it is not said where the report goes")
            .help("name a page or a folder: `numcheck report articles/ -o report.html`"));
    }
    let target = Target::page(output);
    job.run(|review, wishes| output::write_one(&target, review, wishes))
}
