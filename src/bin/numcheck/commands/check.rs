//! `numcheck check`: the command for editorial CI.

use crate::args::{self, Evidence, Inputs, Level, Look};
use crate::changed::Changed;
use crate::commands::{Command, Outcome};
use crate::complaint::Complaint;
use crate::config::{self, Config};
use crate::decisions::{self, Update};
use crate::output::{self, Reader};
use crate::{gather, rulebook};
use clap::{ArgMatches, Args, FromArgMatches as _, ValueEnum};
use numcheck::check::{self, Levels, Review, Settings, UNUSED_WAIVER, Waived};
use numcheck::finding::{Severity, WaivedBy, Waiver};
use numcheck::number::Decimal;
use numcheck::report::{RENDERERS, Tally, View};
use std::path::{Path, PathBuf};

pub(crate) static COMMAND: Command = Command {
    name: "check",
    about: "Check articles: every number, its status, and what is wrong",
    options,
    run,
};

#[derive(Debug, Args)]
struct Options {
    #[command(flatten)]
    job: Job,
    #[command(flatten)]
    look: Look,
    /// Say nothing beside the findings
    #[arg(short, long, conflicts_with = "verbose")]
    quiet: bool,
    /// Show every number with its status
    #[arg(short, long)]
    verbose: bool,
}

/// What is checked, against what, and what counts: the same for `report`.
#[derive(Debug, Args)]
pub(crate) struct Job {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    bar: Bar,
    #[command(flatten)]
    evidence: Evidence,
    #[command(flatten)]
    changes: Changes,
    #[command(flatten)]
    peek: Peek,
}

/// What counts as a finding, and what as a failure.
#[derive(Debug, Args)]
#[command(next_help_heading = "Findings")]
struct Bar {
    /// Exit with 1 when a finding is at least that grave [default: error]
    #[arg(long, value_name = "SEVERITY")]
    fail_on: Option<FailOn>,
    /// Leave less grave findings out of the output; they still count for --fail-on [default: note]
    #[arg(long, value_name = "SEVERITY")]
    min_severity: Option<Level>,
    /// Exit with 1 when less than that share of the numbers is checked
    #[arg(long, value_name = "PERCENT", value_parser = args::percent)]
    min_coverage: Option<Decimal>,
    /// Run only these rules
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    select: Vec<String>,
    /// Do not run these rules
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    ignore: Vec<String>,
    /// How grave a rule is: error, warning, note or off
    #[arg(long, value_name = "RULE=LEVEL", value_parser = config::severity)]
    severity: Vec<(String, check::Level)>,
}

/// What was accepted before, and what has changed since.
#[derive(Debug, Args)]
#[command(next_help_heading = "Changes")]
struct Changes {
    /// Leave out the findings that this file holds
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write the baseline anew: every finding of this run goes in, what is settled comes out
    #[arg(long)]
    update_baseline: bool,
    /// Look for figures that were changed since that version in one place and not in another; a
    /// file or a folder
    #[arg(long, value_name = "OLD")]
    against: Option<PathBuf>,
    /// Only findings on lines that were changed since the merge base with that revision of git
    #[arg(long, value_name = "REV")]
    changed_since: Option<String>,
}

/// Looks at a run without running it.
#[derive(Debug, Args)]
#[command(next_help_heading = "Settings")]
struct Peek {
    /// List the files that would be read
    #[arg(long)]
    list_files: bool,
    /// Say which settings hold, and from where
    #[arg(long)]
    explain_config: bool,
}

/// From which severity on a run fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    Error,
    Warning,
    Note,
    Never,
}

impl FailOn {
    pub(crate) fn severity(self) -> Option<Severity> {
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
    let Options { job, look, quiet, verbose } = options;
    job.run(|review, wishes| {
        let wishes = View { detail: args::detail(quiet, verbose), ..wishes };
        output::write(&targets, review, &look, wishes)
    })
}

impl Job {
    /// Does the job, and lets `write` write what came of it.
    pub(crate) fn run(
        self,
        write: impl FnOnce(&Review, View) -> Result<Reader, Complaint>,
    ) -> Result<Outcome, Complaint> {
        rulebook::known(&self.bar.select)?;
        rulebook::known(&self.bar.ignore)?;
        let config = self.inputs.config()?;
        if self.peek.list_files {
            return list_files(&self.inputs);
        }
        let Self { inputs, bar, evidence, changes, peek } = self;
        let bar = Bar::with(bar, &config);
        let settings = bar.settings(&evidence, &config);
        let baseline = changes.baseline.as_deref().or(config.baseline.as_deref());
        if peek.explain_config {
            return explain(&config, &bar, &evidence, &settings, baseline);
        }
        let changed = changes.changed_since.as_deref().map(Changed::since).transpose()?;
        let past = (baseline, changes.against.as_deref());
        let mut review = gather::review_against(&inputs, &evidence, &config, settings, past)?;
        if changes.update_baseline {
            accept(&mut review, baseline)?;
        }
        if let Some(changed) = changed {
            changed.keep_touched(&mut review);
        }
        let wishes = View {
            min_severity: bar.min_severity.map_or(Severity::Note, Severity::from),
            fail_on: bar.fail_on(),
            ..View::default()
        };
        let reader = write(&review, wishes)?;
        let outcome = bar.outcome(&review);
        Ok(match (outcome, reader) {
            (Outcome::Found, Reader::Left) => Outcome::Clean,
            (outcome, _) => outcome,
        })
    }
}

fn list_files(inputs: &Inputs) -> Result<Outcome, Complaint> {
    let files = gather::files(inputs)?;
    output::to_stdout(|out| files.iter().try_for_each(|file| writeln!(out, "{}", file.display())))?;
    Ok(Outcome::Clean)
}

/// Says what holds: the settings of the file, with the flags over them.
fn explain(
    config: &Config,
    bar: &Bar,
    evidence: &Evidence,
    settings: &Settings,
    baseline: Option<&Path>,
) -> Result<Outcome, Complaint> {
    let file = config.file.as_ref().map_or("no settings file".into(), |f| f.display().to_string());
    let shown = |path: &Path| path.display().to_string();
    let reference: Vec<_> = config.reference.iter().map(|path| shown(path)).collect();
    let lines = [
        ("settings", file),
        ("fail-on", bar.fail_on().map_or("never", Severity::name).to_owned()),
        ("min-severity", bar.min_severity.map_or(Severity::Note, Severity::from).name().to_owned()),
        ("min-coverage", bar.min_coverage.unwrap_or_default().to_string()),
        ("reference", format!("{reference:?}")),
        ("archive", evidence.archive(config).map_or("none".to_owned(), shown)),
        ("as-of", format!("{:?}", settings.as_of).to_lowercase()),
        ("across", settings.across.to_string()),
        ("select", format!("{:?}", settings.select)),
        ("ignore", format!("{:?}", settings.ignore)),
        ("baseline", baseline.map_or("none".to_owned(), shown)),
        ("levels", format!("{:?}", settings.levels)),
    ];
    output::to_stdout(|out| {
        lines.iter().try_for_each(|(name, value)| writeln!(out, "{name:13} {value}"))
    })?;
    Ok(Outcome::Clean)
}

/// Puts every finding of the review into the baseline.
fn accept(review: &mut Review, baseline: Option<&Path>) -> Result<(), Complaint> {
    let Some(file) = baseline else {
        return Err(Complaint::new("--update-baseline has no baseline to update")
            .help("name it with --baseline FILE, or in numcheck.toml"));
    };
    decisions::update(file, review, Update::Accept)?;
    for finding in std::mem::take(&mut review.findings) {
        if finding.rule.name == UNUSED_WAIVER.name {
            continue;
        }
        let (reason, author, at) = (String::new(), String::new(), finding.primary.at);
        let waiver = Waiver { by: WaivedBy::Baseline, reason, author, at };
        review.waived.push(Waived { finding, waiver });
    }
    Ok(())
}

impl Bar {
    /// The flags, and below them the settings of the file.
    fn with(self, config: &Config) -> Self {
        let or = |typed: Vec<String>, set: &[String]| {
            if typed.is_empty() { set.to_vec() } else { typed }
        };
        Self {
            fail_on: self.fail_on.or(config.fail_on),
            min_severity: self.min_severity.or(config.min_severity),
            min_coverage: self.min_coverage.or(config.min_coverage),
            select: or(self.select, &config.select),
            ignore: or(self.ignore, &config.ignore),
            severity: self.severity,
        }
    }

    fn fail_on(&self) -> Option<Severity> {
        self.fail_on.unwrap_or(FailOn::Error).severity()
    }

    fn settings(&self, evidence: &Evidence, config: &Config) -> Settings {
        let mut levels = config.levels.clone();
        if !self.severity.is_empty() {
            levels.push(Levels::everywhere(self.severity.iter().cloned().collect()));
        }
        Settings {
            as_of: evidence.as_of(config),
            across: evidence.across(config.across.unwrap_or(true)),
            select: self.select.clone(),
            ignore: self.ignore.clone(),
            levels,
            ..Settings::default()
        }
    }

    /// How the run ended: a failure outweighs a finding.
    fn outcome(&self, review: &Review) -> Outcome {
        let too_little = self.is_too_little(&Tally::of(review));
        let grave = |least| review.findings.iter().any(|finding| finding.severity >= least);
        if !review.errors.is_empty() {
            Outcome::Failed
        } else if too_little || self.fail_on().is_some_and(grave) {
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
