//! `numcheck serve`: a local page to paste or open an article, and its API.

use crate::args::{Evidence, Inputs};
use crate::commands::{Command, Outcome};
use crate::complaint::Complaint;
use crate::gather;
use crate::output::to_stdout;
use crate::serve::{Asked, Desk, Door, serve};
use clap::{ArgMatches, Args, FromArgMatches as _};
use numcheck::check::Settings;
use std::net::{SocketAddr, ToSocketAddrs as _};
use std::num::NonZeroUsize;
use std::path::PathBuf;

pub(crate) static COMMAND: Command = Command {
    name: "serve",
    about: "Serve a page to check articles in a browser, on this machine",
    options,
    run,
};

#[derive(Debug, Args)]
struct Options {
    /// A folder whose articles can be opened from the page; they are never written
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Where to listen; port 0 takes a free one
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:7878")]
    addr: String,
    /// Let other machines in; they need the token that is printed
    #[arg(long)]
    allow_remote: bool,
    /// The token that other machines need; by default a new one each time
    #[arg(long, value_name = "TOKEN", requires = "allow_remote")]
    token: Option<String>,
    /// How many texts are checked at a time; as many as there are cores by default
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
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
    let addr = address(&options.addr)?;
    if !addr.ip().is_loopback() && !options.allow_remote {
        return Err(Complaint::new(format!("{addr} can be reached from other machines"))
            .help("--allow-remote lets them in, with a token; 127.0.0.1 is this machine alone"));
    }
    let folder = options.folder.clone();
    if let Some(folder) = folder.as_ref().filter(|folder| !folder.is_dir()) {
        let shown = folder.display();
        return Err(Complaint::new(format!("cannot open {shown}: it is no folder")));
    }
    let inputs =
        Inputs { paths: folder.iter().cloned().collect(), jobs: None, config: options.config };
    let config = inputs.config()?;
    let settings = Settings {
        as_of: options.evidence.as_of(&config),
        across: false,
        select: config.select.clone(),
        ignore: config.ignore.clone(),
        levels: config.levels.clone(),
        ..Settings::default()
    };
    let (store, sources) = gather::start(&inputs, &options.evidence.tables, &config)?;
    let cores = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let jobs = options.jobs.map_or(cores, NonZeroUsize::get);
    let (author, today) = (gather::author(), gather::today());
    let desk = Desk::new(Asked { store, sources, settings, folder, author, today, jobs });
    let token =
        options.allow_remote.then(|| options.token.map_or_else(new_token, Ok)).transpose()?;
    serve(&Door { addr, token }, desk, |address| {
        to_stdout(|out| writeln!(out, "numcheck is at {address}\nCtrl-C ends it")).map(|_| ())
    })?;
    Ok(Outcome::Clean)
}

fn address(text: &str) -> Result<SocketAddr, Complaint> {
    let help = "write a host and a port, as 127.0.0.1:7878";
    let found = text.to_socket_addrs();
    let found = found.map_err(|e| Complaint::new(format!("no address {text}: {e}")).help(help))?;
    found.into_iter().next().ok_or_else(|| Complaint::new(format!("no address {text}")).help(help))
}

/// A token that nobody can guess.
fn new_token() -> Result<String, Complaint> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes)
        .map_err(|error| Complaint::new(format!("cannot make a token: {error}")))?;
    let number = u128::from_be_bytes(bytes);
    Ok(format!("{number:032x}"))
}
