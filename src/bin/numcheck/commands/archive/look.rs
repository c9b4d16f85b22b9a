//! `numcheck archive list` and `query`: what is in an archive.

use crate::commands::archive::File;
use crate::commands::{Command, Outcome};
use crate::complaint::Complaint;
use crate::output::to_stdout;
use chrono::NaiveDate;
use clap::{ArgMatches, Args, FromArgMatches as _, ValueEnum};
use numcheck::archive::{Archive, KeptArticle, KeptClaim, Query};
use numcheck::reference::PartialDate;
use numcheck::report::printable;
use serde_json::{Value, json};
use std::io::{self, Write};

/// How the result is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

pub(super) static LIST: Command = Command {
    name: "list",
    about: "List the articles",
    options: |command| Listed::augment_args(command),
    run: list,
};

#[derive(Debug, Args)]
struct Listed {
    #[command(flatten)]
    file: File,
    /// Older versions too, which changed ones have replaced
    #[arg(long)]
    all: bool,
    /// How the result is written
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

fn list(typed: &ArgMatches) -> Result<Outcome, Complaint> {
    let options = Listed::from_arg_matches(typed)
        .map_err(|error| Complaint::new(error.to_string().trim()))?;
    let mut articles = Archive::open(&options.file.archive)?.list()?;
    articles.retain(|article| options.all || article.replaced_by.is_none());
    to_stdout(|out| match options.format {
        Format::Json => as_json(out, &articles.iter().map(article_json).collect::<Vec<_>>()),
        Format::Text => articles.iter().try_for_each(|article| {
            let replaced = article.replaced_by.map(|id| format!(", replaced by {id}"));
            writeln!(
                out,
                "{:>6}  {:10}  {}  {} ({} numbers{})",
                article.id,
                day(article),
                printable(outlet(article)),
                printable(article.title.as_deref().unwrap_or(&article.name)),
                article.numbers,
                replaced.unwrap_or_default(),
            )
        }),
    })?;
    Ok(Outcome::Clean)
}

pub(super) static QUERY: Command = Command {
    name: "query",
    about: "Find claims: by words, by what they are about, by day",
    options: |command| Queried::augment_args(command),
    run: query,
};

#[derive(Debug, Args)]
struct Queried {
    #[command(flatten)]
    file: File,
    /// Words that stand in the claim's sentence or its article's headline
    #[arg(value_name = "WORDS")]
    words: Vec<String>,
    /// What is counted: an indicator (killed, troops …) or a measure of the tables
    #[arg(long, value_name = "NAME")]
    measure: Option<String>,
    /// Whose: RUS, NATO, CIVILIANS …
    #[arg(long, value_name = "SLUG")]
    subject: Option<String>,
    /// Where: UKR, USA-Florida, or a name as in the text
    #[arg(long, value_name = "PLACE")]
    place: Option<String>,
    /// Published on that day or later
    #[arg(long, value_name = "DATE", value_parser = first_day)]
    since: Option<NaiveDate>,
    /// Published on that day or before
    #[arg(long, value_name = "DATE", value_parser = last_day)]
    until: Option<NaiveDate>,
    /// How many claims at most
    #[arg(long, value_name = "N", default_value_t = 100)]
    limit: usize,
    /// How the result is written
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

fn query(typed: &ArgMatches) -> Result<Outcome, Complaint> {
    let options = Queried::from_arg_matches(typed)
        .map_err(|error| Complaint::new(error.to_string().trim()))?;
    let Queried { file, words, measure, subject, place, since, until, limit, format } = options;
    let words = words.iter().flat_map(|words| words.split_whitespace()).map(str::to_owned);
    let query = Query { words: words.collect(), measure, subject, place, since, until, limit };
    let claims = Archive::open(&file.archive)?.query(&query)?;
    to_stdout(|out| match format {
        Format::Json => as_json(out, &claims.iter().map(claim_json).collect::<Vec<_>>()),
        Format::Text => claims.iter().try_for_each(|claim| {
            let article = &claim.article;
            let (day, outlet) = (day(article), printable(outlet(article)));
            let number = printable(&claim.number);
            let about = about(claim);
            let sentence = claim.sentence.split_whitespace().collect::<Vec<_>>().join(" ");
            writeln!(out, "{day}  {outlet}  {number} · {about}  (article {})", article.id)?;
            writeln!(out, "    {}", printable(&sentence))
        }),
    })?;
    Ok(Outcome::Clean)
}

fn about(claim: &KeptClaim) -> String {
    let what = Some(claim.measure.as_ref().unwrap_or(&claim.indicator));
    let slots = [what, claim.subject.as_ref(), claim.place.as_ref()];
    slots
        .into_iter()
        .flatten()
        .map(|slot| printable(slot).into())
        .collect::<Vec<String>>()
        .join(" · ")
}

fn day(article: &KeptArticle) -> &str {
    if article.published.is_empty() { "undated" } else { &article.published }
}

fn outlet(article: &KeptArticle) -> &str {
    article.outlet.as_ref().unwrap_or(&article.name)
}

fn first_day(text: &str) -> Result<NaiveDate, String> {
    parsed(text).map(PartialDate::first_day)
}

fn last_day(text: &str) -> Result<NaiveDate, String> {
    parsed(text).map(PartialDate::last_day)
}

fn parsed(text: &str) -> Result<PartialDate, String> {
    PartialDate::parse(text)
        .ok_or_else(|| "write a day as 2022-01-28, or a month, or a year".into())
}

fn as_json(out: &mut dyn Write, all: &[Value]) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, all)?;
    writeln!(out)
}

fn article_json(article: &KeptArticle) -> Value {
    let KeptArticle { id, name, published, outlet, url, title, numbers, replaced_by } = article;
    let published = Some(published).filter(|day| !day.is_empty());
    json!({
        "id": id, "path": name, "title": title, "published": published, "source": outlet,
        "url": url, "numbers": numbers, "replaced_by": replaced_by,
    })
}

fn claim_json(claim: &KeptClaim) -> Value {
    let KeptClaim { article, id, number, sentence, indicator, measure, subject, .. } = claim;
    let KeptClaim { place, kind, unit, lower, upper, hedge, .. } = claim;
    json!({
        "article": article_json(article), "id": id, "number": number, "sentence": sentence,
        "indicator": indicator, "measure": measure, "subject": subject, "place": place,
        "kind": kind, "unit": unit, "lower": lower, "upper": upper, "hedge": hedge,
    })
}
