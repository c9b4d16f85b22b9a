//! `numcheck review`: one article, finding by finding; what is decided is kept.

use crate::args::{Evidence, Inputs};
use crate::commands::{Command, Outcome};
use crate::complaint::Complaint;
use crate::gather;
use crate::session::{Asked, Session, run_prompt, run_screen};
use clap::{ArgMatches, Args, FromArgMatches as _};
use numcheck::check::Settings;
use std::io::{IsTerminal as _, stdin, stdout};
use std::path::PathBuf;

pub(crate) static COMMAND: Command = Command {
    name: "review",
    about: "Check one article interactively, finding by finding, and keep the decisions",
    options,
    run,
};

#[derive(Debug, Args)]
struct Options {
    /// The article
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Line by line instead of on the whole screen, for screen readers and scripts
    #[arg(long)]
    prompt: bool,
    /// Who decides; by default the name that git knows
    #[arg(long, value_name = "NAME")]
    author: Option<String>,
    /// Read the settings from this file; by default from the nearest numcheck.toml upward
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    evidence: Evidence,
}

fn options(command: clap::Command) -> clap::Command {
    Options::augment_args(command)
}

fn run(typed: &ArgMatches) -> Result<Outcome, Complaint> {
    let options = Options::from_arg_matches(typed)
        .map_err(|error| Complaint::new(error.to_string().trim()))?;
    let on_screen = stdin().is_terminal() && stdout().is_terminal();
    if !options.prompt && !on_screen {
        let file = options.file.display();
        return Err(Complaint::new("review needs a terminal").help(format!(
            "`numcheck check --verbose {file}` prints every number and finding; \
             `numcheck review --prompt {file}` reads its keys from a pipe, a line each"
        )));
    }
    let inputs = Inputs { config: options.config, ..Inputs::one(options.file.clone()) };
    let config = inputs.config()?;
    let settings = Settings {
        as_of: options.evidence.as_of(&config),
        across: options.evidence.across(false),
        select: config.select.clone(),
        ignore: config.ignore.clone(),
        levels: config.levels.clone(),
        ..Settings::default()
    };
    let author = options.author.unwrap_or_else(gather::author);
    let (file, evidence, today) = (options.file, options.evidence, gather::today());
    let mut session = Session::open(Asked { file, evidence, config, settings, author, today })?;
    if options.prompt {
        run_prompt(&mut session, &mut stdin().lock(), &mut stdout().lock())?;
    } else {
        run_screen(&mut session)?;
    }
    Ok(if session.has_errors() { Outcome::Found } else { Outcome::Clean })
}
