//! `numcheck compare`: what articles say against each other, series by series.

use crate::args::{Evidence, Inputs, Look};
use crate::commands::{Command, FailOn, Outcome};
use crate::complaint::Complaint;
use crate::gather;
use crate::output::{self, Reader};
use clap::{ArgMatches, Args, FromArgMatches as _};
use numcheck::check::Settings;
use numcheck::report::{COMPARISONS, View};
use numcheck::rules::RULES;

pub(crate) static COMMAND: Command = Command {
    name: "compare",
    about: "What articles say against each other, series by series",
    options,
    run,
};

#[derive(Debug, Args)]
struct Options {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    evidence: Evidence,
    #[command(flatten)]
    look: Look,
    /// Exit with 1 when a finding is at least that grave [default: error]
    #[arg(long, value_name = "SEVERITY")]
    fail_on: Option<FailOn>,
}

fn options(command: clap::Command) -> clap::Command {
    output::options(Options::augment_args(command), COMPARISONS)
}

fn run(typed: &ArgMatches) -> Result<Outcome, Complaint> {
    let options = Options::from_arg_matches(typed)
        .map_err(|error| Complaint::new(error.to_string().trim()))?;
    let targets = output::targets(typed, COMPARISONS)?;
    let Options { inputs, evidence, .. } = &options;
    let config = inputs.config()?;
    let across = RULES.iter().filter(|rule| rule.is_across());
    let settings = Settings {
        as_of: evidence.as_of(&config),
        select: across.map(|rule| rule.info.name.to_owned()).collect(),
        alone: false,
        ignore: config.ignore.clone(),
        levels: config.levels.clone(),
        ..Settings::default()
    };
    let review = gather::review(inputs, evidence, &config, settings, config.baseline.as_deref())?;
    if review.given < 2 && review.errors.is_empty() {
        return Err(Complaint::new("nothing to compare: there is one article")
            .help("name two or more, a folder, or a JSONL file of many"));
    }
    let fail_on = options.fail_on.or(config.fail_on).unwrap_or(FailOn::Error).severity();
    let wishes = View { fail_on, ..View::default() };
    let reader = output::write(&targets, &review, &options.look, wishes)?;
    let grave = |least| review.findings.iter().any(|finding| finding.severity >= least);
    Ok(if !review.errors.is_empty() {
        Outcome::Failed
    } else if fail_on.is_some_and(grave) && reader == Reader::Stayed {
        Outcome::Found
    } else {
        Outcome::Clean
    })
}
