//! `numcheck explain`: a rule's page, or how a number was read and what it was held against.

use crate::args::{Evidence, Inputs, Look};
use crate::commands::{Command, Outcome};
use crate::complaint::Complaint;
use crate::output::to_stdout;
use crate::{gather, rulebook};
use clap::{ArgMatches, Args, FromArgMatches as _};
use numcheck::check::{Review, Settings};
use numcheck::report::{claims_at, derivation, manual};
use std::path::{Path, PathBuf};

pub(crate) static COMMAND: Command = Command {
    name: "explain",
    about: "A rule's page, or how the number at a place was read and what it was held against",
    options,
    run,
};

#[derive(Debug, Args)]
struct Options {
    /// A rule, or a number's place as the other commands print it
    #[arg(value_name = "RULE|FILE:LINE:COL")]
    what: String,
    #[command(flatten)]
    evidence: Evidence,
    #[command(flatten)]
    look: Look,
}

/// A place as it is typed: `FILE:LINE:COL`, or `FILE:LINE` for all numbers of a line.
#[derive(Debug, PartialEq, Eq)]
struct Typed<'a> {
    file: &'a str,
    line: usize,
    column: Option<usize>,
}

fn options(command: clap::Command) -> clap::Command {
    Options::augment_args(command)
}

fn run(typed: &ArgMatches) -> Result<Outcome, Complaint> {
    let options = Options::from_arg_matches(typed)
        .map_err(|error| Complaint::new(error.to_string().trim()))?;
    let view = options.look.on_screen();
    if let Some(rule) = rulebook::named(&options.what) {
        to_stdout(|out| manual(rule, &view, out))?;
        return Ok(Outcome::Clean);
    }
    let place = place(&options.what).ok_or_else(|| unknown(&options.what))?;
    let inputs = Inputs::one(file_of(place.file));
    let config = inputs.config()?;
    let settings = Settings {
        as_of: options.evidence.as_of(&config),
        across: options.evidence.across(false),
        ..Settings::default()
    };
    let review = gather::review(&inputs, &options.evidence, &config, settings, None)?;
    if !review.errors.is_empty() {
        return Ok(Outcome::Failed);
    }
    let claims = claims_at(&review, place.file, place.line, place.column);
    if claims.is_empty() {
        return Err(no_number(&review, &place));
    }
    to_stdout(|out| {
        claims.iter().enumerate().try_for_each(|(i, claim)| {
            if i > 0 {
                writeln!(out)?;
            }
            derivation(&review, *claim, &view, out)
        })
    })?;
    Ok(Outcome::Clean)
}

/// The place that was typed, if it is one.
fn place(text: &str) -> Option<Typed<'_>> {
    let (before, last) = text.rsplit_once(':')?;
    let last = last.parse().ok()?;
    let both = before.rsplit_once(':').and_then(|(file, line)| Some((file, line.parse().ok()?)));
    match both {
        Some((file, line)) => Some(Typed { file, line, column: Some(last) }),
        None => Some(Typed { file: before, line: last, column: None }),
    }
}

/// The file of an article's name: `FILE#ID` stands for one article of many in a file.
fn file_of(name: &str) -> PathBuf {
    let whole = Path::new(name);
    match name.rsplit_once('#') {
        Some((file, _)) if !whole.exists() => file.into(),
        _ => whole.to_owned(),
    }
}

fn unknown(what: &str) -> Complaint {
    if Path::new(what).exists() {
        return Complaint::new(format!("{what} is no place in an article"))
            .help(format!("write the line and the column of a number: {what}:LINE:COL"));
    }
    rulebook::unknown(what)
}

fn no_number(review: &Review, place: &Typed<'_>) -> Complaint {
    let Typed { file, line, column } = place;
    let at = column.map_or(format!("{file}:{line}"), |column| format!("{file}:{line}:{column}"));
    let complaint = Complaint::new(format!("no number at {at}"));
    let near = claims_at(review, file, *line, None);
    let near: Vec<_> = near.iter().filter_map(|claim| number_at(review, *claim)).collect();
    if near.is_empty() {
        complaint.help("`numcheck claims` lists the numbers and their places")
    } else {
        complaint.help(format!("the line has {}", near.join(", ")))
    }
}

/// A number with its place in its line.
fn number_at(review: &Review, claim: usize) -> Option<String> {
    let claim = review.claims.get(claim)?;
    let article = review.articles.get(claim.article)?;
    let place = review.sources.place(article.locate(claim.quantity.span));
    Some(format!("{} at column {}", place.text, place.column))
}

#[cfg(test)]
mod tests {
    use super::{Typed, place};

    #[test]
    fn places_end_in_line_and_column() {
        let typed = |file, line, column| Some(Typed { file, line, column });
        assert_eq!(place("a.txt:3:14"), typed("a.txt", 3, Some(14)));
        assert_eq!(place("a.txt:3"), typed("a.txt", 3, None));
        assert_eq!(place("C:\\a.txt:3:14"), typed("C:\\a.txt", 3, Some(14)));
        assert_eq!(place("a.jsonl#b:c:3:14"), typed("a.jsonl#b:c", 3, Some(14)));
        assert_eq!(place("magnitude-slip"), None);
    }
}
