//! `numcheck man`: the manual page.

use crate::commands::{Command, Outcome, program};
use crate::complaint::Complaint;
use crate::output::to_stdout;
use clap::ArgMatches;
use clap_mangen::Man;
use std::io;

pub(crate) static COMMAND: Command = Command {
    name: "man",
    about: "Print the manual page: `numcheck man | man -l -`",
    options: |command| command,
    run,
};

fn run(_: &ArgMatches) -> Result<Outcome, Complaint> {
    to_stdout(|out| {
        let mut page = Vec::new();
        written(&mut page)?;
        out.write_all(&page)
    })?;
    Ok(Outcome::Clean)
}

/// The page of the program, and below it the options of each command.
fn written(page: &mut Vec<u8>) -> io::Result<()> {
    let mut program = program();
    program.build();
    let man = Man::new(program.clone());
    man.render_title(page)?;
    man.render_name_section(page)?;
    man.render_synopsis_section(page)?;
    man.render_description_section(page)?;
    for command in program.get_subcommands().filter(|command| command.get_name() != "help") {
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        page.extend(format!(".SH \"NUMCHECK {}\"\n", command.get_name().to_uppercase()).bytes());
        page.extend(format!("{}.\n", about.replace('\\', "\\\\").replace('-', "\\-")).bytes());
        Man::new(command.clone()).render_options_section(page)?;
    }
    man.render_extra_section(page)
}
