//! The program's exit codes; nothing else.

mod args;
mod changed;
mod commands;
mod complaint;
mod config;
mod decisions;
mod files;
mod gather;
mod output;
mod rulebook;
mod serve;
mod session;
mod stream;

use crate::commands::Outcome;
use std::process::ExitCode;

fn main() -> ExitCode {
    match commands::run(std::env::args_os()) {
        Outcome::Clean => ExitCode::SUCCESS,
        Outcome::Found => ExitCode::from(1),
        Outcome::Failed => ExitCode::from(2),
    }
}
