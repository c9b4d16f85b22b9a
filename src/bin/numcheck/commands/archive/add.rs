//! `numcheck archive add`: articles in batches, each on the disk before it is reported.

use crate::args::{Inputs, Tables};
use crate::commands::archive::File;
use crate::commands::{Command, Outcome};
use crate::complaint::Complaint;
use crate::gather;
use crate::output::to_stdout;
use clap::{ArgMatches, Args, FromArgMatches as _};
use numcheck::archive::{Added, Archive};
use numcheck::check::{Settings, entry, read};
use numcheck::ingest::{self, Article, Ids, Stream};
use numcheck::reference::Store;
use numcheck::text::Sources;
use rayon::prelude::*;
use std::path::Path;

/// How many articles go in at a time: enough for their claims to be sorted into neighbours, few
/// enough for a run that is killed to have lost little.
const BATCH: usize = 256;

pub(super) static ADD: Command = Command {
    name: "add",
    about: "Add articles; begins the archive if there is none",
    options: |command| Options::augment_args(command),
    run,
};

#[derive(Debug, Args)]
struct Options {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    file: File,
    #[command(flatten)]
    tables: Tables,
    /// Say only how many were added
    #[arg(short, long)]
    quiet: bool,
}

fn run(typed: &ArgMatches) -> Result<Outcome, Complaint> {
    let options = Options::from_arg_matches(typed)
        .map_err(|error| Complaint::new(error.to_string().trim()))?;
    let config = options.inputs.config()?;
    let paths = gather::asked_for(&options.inputs.paths)?;
    let (store, _) = gather::start(&options.inputs, &options.tables, &config)?;
    let (inputs, complaints) = gather::inputs(&paths);
    complaints.iter().for_each(Complaint::say);
    let archive = Archive::create(&options.file.archive)?;
    let mut adding = Adding {
        archive,
        store: &store,
        quiet: options.quiet,
        waiting: Vec::new(),
        counts: [0; 3],
        failed: !complaints.is_empty(),
    };
    for input in inputs {
        match input.file() {
            Some(file) => adding.file(&file)?,
            None => adding.take(gather::piped(None, &mut Sources::new()))?,
        }
    }
    adding.flush()?;
    let [new, changed, known] = adding.counts;
    let size = size_shown(&adding.archive)?;
    to_stdout(|out| writeln!(out, "{new} added, {changed} changed, {known} known before; {size}"))?;
    Ok(if adding.failed { Outcome::Failed } else { Outcome::Clean })
}

/// Articles on their way into the archive.
struct Adding<'a> {
    archive: Archive,
    store: &'a Store,
    quiet: bool,
    /// Those that are read and not yet added.
    waiting: Vec<Article>,
    /// How many were new, changed, and known.
    counts: [usize; 3],
    failed: bool,
}

impl Adding<'_> {
    fn file(&mut self, file: &Path) -> Result<(), Complaint> {
        let Some(mut stream) = Stream::open(file) else {
            return self.take(ingest::open(file, &mut Sources::new()).map_err(Complaint::from));
        };
        let mut ids = Ids::default();
        loop {
            let share = stream.lines().and_then(|lines| {
                let Some(lines) = lines else { return Ok(None) };
                let mut rows = lines.rows()?;
                ids.give(&mut rows);
                rows.articles(&mut Sources::new()).map(Some)
            });
            match share.transpose() {
                None => return Ok(()),
                Some(Ok(articles)) => self.take(Ok(articles))?,
                Some(Err(error)) => return self.take(Err(error.into())),
            }
        }
    }

    /// Takes what was read. What could not be read is said, and the rest goes on; what the archive
    /// cannot do ends the run.
    fn take(&mut self, articles: Result<Vec<Article>, Complaint>) -> Result<(), Complaint> {
        match articles {
            Ok(articles) => self.waiting.extend(articles),
            Err(complaint) => {
                complaint.say();
                self.failed = true;
            }
        }
        while self.waiting.len() >= BATCH {
            let rest = self.waiting.split_off(BATCH);
            self.flush()?;
            self.waiting = rest;
        }
        Ok(())
    }

    /// Adds those that wait, and then says so.
    fn flush(&mut self) -> Result<(), Complaint> {
        let articles = std::mem::take(&mut self.waiting);
        if articles.is_empty() {
            return Ok(());
        }
        let reading = read(articles, self.store, &Settings::default());
        let entries = reading.articles.par_iter().zip(&reading.claims);
        let entries: Vec<_> =
            entries.map(|(article, claims)| entry(article, claims, self.store)).collect();
        let outcomes = self.archive.add(&entries)?;
        let words = outcomes.iter().map(|outcome| match outcome {
            Added::New(id) => (0, "added", id),
            Added::Changed(id) => (1, "changed", id),
            Added::Known(id) => (2, "known", id),
        });
        let words: Vec<_> = words.collect();
        for (kind, ..) in &words {
            if let Some(count) = self.counts.get_mut(*kind) {
                *count += 1;
            }
        }
        if self.quiet {
            return Ok(());
        }
        to_stdout(|out| {
            words.iter().zip(&entries).try_for_each(|((_, word, id), entry)| {
                let (name, numbers) = (&entry.article.name, entry.claims.len());
                writeln!(out, "{word:7} {id:>6}  {name} ({numbers} numbers)")
            })
        })?;
        Ok(())
    }
}

/// How much there is in an archive, in words.
pub(super) fn size_shown(archive: &Archive) -> Result<String, Complaint> {
    let (articles, claims) = archive.size()?;
    Ok(format!("{} has {articles} articles, {claims} numbers", archive.name()))
}
