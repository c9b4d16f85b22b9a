//! Where the formats go: standard output, or files that are never half-written.

use crate::args::Look;
use crate::complaint::Complaint;
use crate::files::replace;
use chrono::{DateTime, Utc};
use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use numcheck::check::Review;
use numcheck::report::html::{PAGE, pages};
use numcheck::report::{RENDERERS, Renderer, View};
use std::fs::{self, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// The moment that reproducible builds give for now, in seconds since 1970.
const EPOCH: &str = "SOURCE_DATE_EPOCH";

const FORMAT: &str = "format";
const OUTPUT: &str = "output";

/// A format and where it goes.
#[derive(Debug)]
pub(crate) struct Target {
    renderer: &'static Renderer,
    /// The file, or the folder of a format of pages; standard output without one.
    file: Option<PathBuf>,
}

/// Adds `--format` and `--output`.
pub(crate) fn options(command: Command, formats: &'static [&'static Renderer]) -> Command {
    let names: Vec<_> = formats.iter().map(|format| format.name).collect();
    let format = Arg::new(FORMAT)
        .long(FORMAT)
        .value_name("FORMAT")
        .action(ArgAction::Append)
        .value_parser(PossibleValuesParser::new(names))
        .help("How the result is written; may be given several times, each with an --output");
    let output = Arg::new(OUTPUT)
        .long(OUTPUT)
        .short('o')
        .value_name("FILE")
        .action(ArgAction::Append)
        .value_parser(value_parser!(PathBuf))
        .help("Write the --format before it to a file instead of standard output");
    command.next_help_heading("Output").args([format, output])
}

/// What was asked for: every `--output` belongs to the `--format` before it that has none yet, or
/// else to the next.
pub(crate) fn targets(
    typed: &ArgMatches,
    formats: &'static [&'static Renderer],
) -> Result<Vec<Target>, Complaint> {
    let named = |name: &String| formats.iter().find(|format| format.name == name).copied();
    let format_at = typed.indices_of(FORMAT).into_iter().flatten();
    let format = typed.get_many::<String>(FORMAT).into_iter().flatten().filter_map(named);
    let output_at = typed.indices_of(OUTPUT).into_iter().flatten();
    let output = typed.get_many::<PathBuf>(OUTPUT).into_iter().flatten();
    let mut words: Vec<_> = format_at.zip(format.map(Word::Format)).collect();
    words.extend(output_at.zip(output.map(|file| Word::Output(file.clone()))));
    words.sort_by_key(|(at, _)| *at);
    paired(words.into_iter().map(|(_, word)| word), formats)
}

/// Whether standard output gets the text for people.
pub(crate) fn is_for_people(targets: &[Target]) -> bool {
    targets.iter().any(|target| target.file.is_none() && target.renderer.name == "text")
}

enum Word {
    Format(&'static Renderer),
    Output(PathBuf),
}

fn paired(
    words: impl Iterator<Item = Word>,
    formats: &'static [&'static Renderer],
) -> Result<Vec<Target>, Complaint> {
    let mut targets: Vec<Target> = Vec::new();
    let mut early: Option<PathBuf> = None;
    for word in words {
        match word {
            Word::Format(renderer) => targets.push(Target { renderer, file: early.take() }),
            Word::Output(file) => match targets.last_mut() {
                Some(target) if target.file.is_none() => target.file = Some(file),
                _ if early.is_none() => early = Some(file),
                _ => return Err(without_format(&file)),
            },
        }
    }
    if targets.is_empty() {
        let default = formats.first().copied();
        targets.extend(default.map(|renderer| Target { renderer, file: early.take() }));
    }
    if let Some(file) = early {
        return Err(without_format(&file));
    }
    for target in &mut targets {
        target.file = target.file.take().filter(|file| file.as_os_str() != "-");
    }
    for (i, target) in targets.iter().enumerate() {
        if targets.iter().skip(i + 1).any(|other| other.file == target.file) {
            let place =
                target.file.as_deref().map_or("standard output".into(), Path::to_string_lossy);
            return Err(Complaint::new(format!("two formats would both go to {place}"))
                .help("give each --format an --output of its own"));
        }
    }
    Ok(targets)
}

fn without_format(file: &Path) -> Complaint {
    Complaint::new(format!("--output {} has no --format of its own", file.display()))
        .help("write `--format FORMAT --output FILE` for each file")
}

/// Whether whoever reads standard output read to the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reader {
    Stayed,
    Left,
}

/// Writes the review to every target, files first. A closed pipe is no failure. Width and colour
/// of `wishes` are those of the target's.
pub(crate) fn write(
    targets: &[Target],
    review: &Review,
    look: &Look,
    wishes: View,
) -> Result<Reader, Complaint> {
    let wishes = View { made_at: made_at()?, ..wishes };
    let view = |look: View| View { width: look.width, colour: look.colour, ..wishes };
    if targets.iter().any(|target| target.renderer.name == "github") {
        step_summary(review, &view(look.on_paper()))?;
    }
    for target in targets.iter().filter(|target| target.file.is_some()) {
        target.review(review, &view(look.on_paper()))?;
    }
    if let Some(target) = targets.iter().find(|target| target.file.is_none()) {
        return target.review(review, &view(look.on_screen()));
    }
    Ok(Reader::Stayed)
}

/// Writes the review to one target, as on paper.
pub(crate) fn write_one(
    target: &Target,
    review: &Review,
    wishes: View,
) -> Result<Reader, Complaint> {
    target.review(review, &View { made_at: made_at()?, ..wishes })
}

/// When reports say that they were made: what reproducible builds set for that, or nothing.
fn made_at() -> Result<Option<DateTime<Utc>>, Complaint> {
    let Some(set) = std::env::var_os(EPOCH).filter(|set| !set.is_empty()) else { return Ok(None) };
    let seconds = set.to_str().and_then(|text| text.parse().ok());
    let made_at = seconds.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    let wrong = || Complaint::new(format!("{EPOCH} is no count of seconds since 1970"));
    made_at.map(Some).ok_or_else(wrong)
}

impl Target {
    /// The page that `report` writes.
    pub(crate) fn page(file: Option<PathBuf>) -> Self {
        let file = file.filter(|file| file.as_os_str() != "-");
        Self { renderer: &PAGE, file }
    }

    /// Writes the review to where the target goes: a format of pages may go to a folder.
    fn review(&self, review: &Review, view: &View) -> Result<Reader, Complaint> {
        match self.file.as_deref().filter(|file| is_folder(file)) {
            Some(folder) if std::ptr::eq(self.renderer, &raw const PAGE) => {
                site(folder, review, view)
            }
            _ => self.write(|out| self.render(review, view, out)),
        }
    }

    /// Whether the pieces of a run may be written one behind the other.
    pub(crate) fn joins(&self) -> bool {
        self.renderer.joins()
    }

    /// Writes the review in the target's format.
    pub(crate) fn render(
        &self,
        review: &Review,
        view: &View,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        (self.renderer.render)(review, view, out)
    }

    /// Writes to where the target goes.
    pub(crate) fn write(
        &self,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<Reader, Complaint> {
        let Some(file) = &self.file else { return to_stdout(write) };
        let said = |error| Complaint::new(format!("cannot write {}: {error}", file.display()));
        replace(file, write).map(|()| Reader::Stayed).map_err(said)
    }
}

/// Whether an output is a folder: it is one, or is written like one.
fn is_folder(file: &Path) -> bool {
    file.is_dir() || file.as_os_str().to_string_lossy().ends_with(std::path::is_separator)
}

/// Writes the pages of the review into a folder.
fn site(folder: &Path, review: &Review, view: &View) -> Result<Reader, Complaint> {
    let said =
        |path: &Path, error| Complaint::new(format!("cannot write {}: {error}", path.display()));
    fs::create_dir_all(folder).map_err(|error| said(folder, error))?;
    let mut failed = None;
    pages(review, view, &mut |name, page| {
        let path = folder.join(name);
        let written = replace(&path, |out| out.write_all(page.as_bytes()));
        failed = written.err().map(|error| said(&path, error));
        if failed.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    failed.map_or(Ok(Reader::Stayed), Err)
}

/// Where GitHub shows what a step has to say: a file to append Markdown to.
const STEP_SUMMARY: &str = "GITHUB_STEP_SUMMARY";

/// Appends the whole review to the summary of the step, where a GitHub workflow runs: beside the
/// lines of a change only the first findings are drawn.
fn step_summary(review: &Review, view: &View) -> Result<(), Complaint> {
    let Some(file) = std::env::var_os(STEP_SUMMARY).filter(|file| !file.is_empty()) else {
        return Ok(());
    };
    let Some(markdown) = RENDERERS.iter().find(|renderer| renderer.name == "markdown") else {
        return Ok(());
    };
    let open = OpenOptions::new().append(true).create(true).open(&file);
    let written = open.and_then(|file| {
        let mut out = BufWriter::new(file);
        (markdown.render)(review, view, &mut out)?;
        out.flush()
    });
    written.map_err(|error| {
        let file = Path::new(&file).display();
        Complaint::new(format!("cannot write {STEP_SUMMARY} ({file}): {error}"))
    })
}

/// Writes to standard output. A closed pipe is no failure: the reader has what it wanted.
pub(crate) fn to_stdout(
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<Reader, Complaint> {
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let written = write(&mut out).and_then(|()| out.flush());
    // After an error the buffer is not written again when it goes.
    drop(out.into_parts());
    match written {
        Ok(()) => Ok(Reader::Stayed),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(Reader::Left),
        Err(error) => Err(Complaint::new(format!("cannot write standard output: {error}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::{options, targets};
    use clap::Command;
    use numcheck::report::RENDERERS;

    /// What goes where, as `format>file` or `format`.
    #[track_caller]
    fn check(typed: &[&str], expected: Result<&[&str], &str>) {
        let command = options(Command::new("check"), RENDERERS).no_binary_name(true);
        let typed = command.try_get_matches_from(typed).unwrap();
        let shown = targets(&typed, RENDERERS).map(|targets| {
            let one = |target: super::Target| match target.file {
                Some(file) => format!("{}>{}", target.renderer.name, file.display()),
                None => target.renderer.name.to_owned(),
            };
            targets.into_iter().map(one).collect::<Vec<_>>()
        });
        match (shown, expected) {
            (Ok(shown), Ok(expected)) => assert_eq!(shown, expected),
            (Err(complaint), Err(expected)) => assert_eq!(complaint.to_string(), expected),
            (shown, expected) => panic!("{shown:?} is not {expected:?}"),
        }
    }

    #[test]
    fn an_output_belongs_to_the_format_before_it() {
        check(&[], Ok(&["text"]));
        check(&["-o", "a"], Ok(&["text>a"]));
        check(&["--format", "json", "-o", "a", "--format", "text"], Ok(&["json>a", "text"]));
        check(&["--format", "text", "--format", "json", "-o", "a"], Ok(&["text", "json>a"]));
        check(&["-o", "a", "--format", "json"], Ok(&["json>a"]));
        check(&["--format", "json", "-o", "-"], Ok(&["json"]));
    }

    #[test]
    fn two_formats_do_not_share_a_place() {
        let both = "two formats would both go to standard output";
        check(&["--format", "json", "--format", "text"], Err(both));
        let one = "two formats would both go to a";
        check(&["--format", "json", "-o", "a", "--format", "text", "-o", "a"], Err(one));
        check(&["-o", "a", "-o", "b"], Err("--output b has no --format of its own"));
    }
}
