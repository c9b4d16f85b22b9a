//! `numcheck check`: the command for editorial CI.

use crate::args::{self, Evidence, Inputs, Level, Look};
use crate::commands::{Command, Outcome};
use crate::complaint::Complaint;
use crate::output::{self, Reader};
use crate::{gather, rulebook};
use clap::{ArgMatches, Args, FromArgMatches as _, ValueEnum};
use numcheck::check::{Review, Settings};
use numcheck::finding::Severity;
use numcheck::number::Decimal;
use numcheck::report::{RENDERERS, Tally, View};

pub(crate) static COMMAND: Command = Command {
    name: "check",
    about: "Check articles: every number, its status, and what is wrong",
    options,
    run,
};

#[derive(Debug, Args)]
struct Options {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    verdict: Bar,
    #[command(flatten)]
    evidence: Evidence,
    #[command(flatten)]
    look: Look,
    /// Say nothing beside the findings
    #[arg(short, long, conflicts_with = "verbose")]
    quiet: bool,
    /// Show every number with its status
    #[arg(short, long)]
    verbose: bool,
}

/// What counts as a finding, and what as a failure.
#[derive(Debug, Args)]
#[command(next_help_heading = "Findings")]
struct Bar {
    /// Exit with 1 when a finding is at least that grave
    #[arg(long, value_name = "SEVERITY", default_value = "error")]
    fail_on: FailOn,
    /// Leave less grave findings out of the output; they still count for --fail-on
    #[arg(long, value_name = "SEVERITY", default_value = "note")]
    min_severity: Level,
    /// Exit with 1 when less than that share of the numbers is checked
    #[arg(long, value_name = "PERCENT", value_parser = args::percent)]
    min_coverage: Option<Decimal>,
    /// Run only these rules
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    select: Vec<String>,
    /// Do not run these rules
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    ignore: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Note,
    Never,
}

impl FailOn {
    fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Note => Some(Severity::Note),
            Self::Never => None,
        }
    }
}

fn options(command: clap::Command) -> clap::Command {
    output::options(Options::augment_args(command), RENDERERS)
}

fn run(typed: &ArgMatches) -> Result<Outcome, Complaint> {
    let options = Options::from_arg_matches(typed)
        .map_err(|error| Complaint::new(error.to_string().trim()))?;
    let targets = output::targets(typed, RENDERERS)?;
    let bar = &options.verdict;
    rulebook::known(&bar.select)?;
    rulebook::known(&bar.ignore)?;
    let settings = Settings {
        as_of: options.evidence.as_of(),
        across: options.evidence.across(true),
        select: bar.select.clone(),
        ignore: bar.ignore.clone(),
    };
    let review = gather::review(&options.inputs, &options.evidence, &settings)?;
    let wishes = View {
        detail: args::detail(options.quiet, options.verbose),
        min_severity: bar.min_severity.into(),
        fail_on: bar.fail_on.severity(),
        ..View::default()
    };
    let reader = output::write(&targets, &review, &options.look, wishes)?;
    let outcome = bar.outcome(&review);
    Ok(match (outcome, reader) {
        (Outcome::Found, Reader::Left) => Outcome::Clean,
        (outcome, _) => outcome,
    })
}

impl Bar {
    /// How the run ended: a failure outweighs a finding.
    fn outcome(&self, review: &Review) -> Outcome {
        let too_little = self.is_too_little(&Tally::of(review));
        let grave = |least| review.findings.iter().any(|finding| finding.severity >= least);
        if !review.errors.is_empty() {
            Outcome::Failed
        } else if too_little || self.fail_on.severity().is_some_and(grave) {
            Outcome::Found
        } else {
            Outcome::Clean
        }
    }

    /// Whether fewer numbers are checked than asked for; if so, says it.
    fn is_too_little(&self, tally: &Tally) -> bool {
        let Some(percent) = self.min_coverage.filter(|percent| tally.is_below(*percent)) else {
            return false;
        };
        let (checked, total, share) = (tally.checked(), tally.total, tally.coverage());
        let what = format!(
            "coverage is below --min-coverage {percent}: {checked} of {total} numbers are \
             checked, {share}%"
        );
        Complaint::new(what).help("`numcheck check --verbose` says why the others are not").say();
        true
    }
}
