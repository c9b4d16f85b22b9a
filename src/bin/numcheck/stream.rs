//! Number sheets of any size in bounded memory: where no article is held against another and the
//! format is one line a number, articles are read, checked and written some at a time.

use crate::args::{Evidence, Inputs};
use crate::commands::Outcome;
use crate::complaint::{Complaint, LeftOut};
use crate::config::Config;
use crate::gather;
use crate::output::Target;
use numcheck::check::{Settings, check};
use numcheck::ingest::{self, Article, Ids, Lines, Rows, Stream};
use numcheck::reference::Store;
use numcheck::report::View;
use numcheck::text::Sources;
use rayon::prelude::*;
use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;

/// How many shares are checked between two turns of reading and writing: enough for every
/// processor to have several.
const AT_ONCE: usize = 32;

/// What is read in one go: a file, or some lines of a large one, which goes by its turn.
enum Share {
    File(PathBuf),
    Lines(usize, Lines),
}

/// A share that is read as far as can be done without those before it.
enum Begun {
    File(PathBuf),
    Rows(usize, Rows),
    /// The lines of that file cannot be read.
    Bad(usize, Complaint),
}

/// The shares that are still to be read.
struct Queue {
    files: VecDeque<PathBuf>,
    open: Option<Stream>,
    /// The turn of the large file that is open, or was last.
    turn: usize,
    failed: bool,
}

impl Queue {
    /// The next shares; none at the end.
    fn next(&mut self) -> Vec<Share> {
        std::iter::from_fn(|| self.share()).take(AT_ONCE).collect()
    }

    fn share(&mut self) -> Option<Share> {
        loop {
            match self.open.as_mut().map(Stream::lines) {
                Some(Ok(Some(lines))) => return Some(Share::Lines(self.turn, lines)),
                Some(Ok(None)) => self.open = None,
                Some(Err(error)) => {
                    Complaint::from(error).say();
                    self.failed = true;
                    self.open = None;
                }
                None => {
                    let file = self.files.pop_front()?;
                    self.open = Stream::open(&file);
                    if self.open.is_none() {
                        return Some(Share::File(file));
                    }
                    self.turn += 1;
                }
            }
        }
    }
}

/// Checks shares and writes what there is to say of them.
struct Worker<'a> {
    /// The paths that were named.
    paths: &'a [PathBuf],
    settings: Settings,
    store: Arc<Store>,
    /// The texts of the tables.
    sources: Sources,
    target: &'a Target,
    /// The ids of the large file of this turn.
    ids: (usize, Ids),
    /// The turn of the last large file that could not be read to its end.
    broken: usize,
}

/// What became of a share: what there is to write, or why there is nothing.
enum Piece {
    Written(Vec<u8>),
    LeftOut(ingest::Error),
    Bad(Complaint),
}

impl From<Result<Vec<u8>, Complaint>> for Piece {
    fn from(result: Result<Vec<u8>, Complaint>) -> Self {
        result.map_or_else(Self::Bad, Self::Written)
    }
}

impl Worker<'_> {
    /// What becomes of some shares, in their order.
    fn work(&mut self, shares: Vec<Share>) -> Vec<Piece> {
        let begin = |share| match share {
            Share::File(path) => Begun::File(path),
            Share::Lines(turn, lines) => match lines.rows() {
                Ok(rows) => Begun::Rows(turn, rows),
                Err(error) => Begun::Bad(turn, error.into()),
            },
        };
        let mut begun: Vec<Begun> = shares.into_par_iter().map(begin).collect();
        begun.retain_mut(|begun| match begun {
            Begun::File(_) => true,
            Begun::Rows(turn, rows) => {
                if self.ids.0 != *turn {
                    self.ids = (*turn, Ids::default());
                }
                self.ids.1.give(rows);
                self.broken != *turn
            }
            Begun::Bad(turn, _) => std::mem::replace(&mut self.broken, *turn) != *turn,
        });
        begun.into_par_iter().map(|begun| self.checked(begun)).collect()
    }

    fn checked(&self, begun: Begun) -> Piece {
        let mut sources = self.sources.clone();
        let articles = match begun {
            Begun::File(path) => match ingest::open(&path, &mut sources) {
                Err(error) if gather::is_left_out(&error, &path, self.paths) => {
                    return Piece::LeftOut(error);
                }
                read => read,
            },
            Begun::Rows(_, rows) => rows.articles(&mut sources),
            Begun::Bad(_, complaint) => return Piece::Bad(complaint),
        };
        match articles {
            Ok(articles) => self.sheet(articles, sources).into(),
            Err(error) => Piece::Bad(error.into()),
        }
    }

    fn sheet(&self, articles: Vec<Article>, sources: Sources) -> Result<Vec<u8>, Complaint> {
        // A sheet shows no findings, so it does not matter which of them were accepted.
        let review = check(articles, sources, Arc::clone(&self.store), &self.settings);
        let mut bytes = Vec::new();
        self.target
            .render(&review, &View::default(), &mut bytes)
            .map_err(|error| Complaint::new(error.to_string()))?;
        Ok(bytes)
    }
}

/// Whether a number sheet may be made in pieces.
pub(crate) fn fits(inputs: &Inputs, settings: &Settings, target: &Target) -> bool {
    target.joins() && !settings.across && gather::are_files(inputs)
}

/// Makes the number sheet of what there is to read, some shares at a time.
pub(crate) fn sheet(
    inputs: &Inputs,
    evidence: &Evidence,
    config: &Config,
    settings: Settings,
    target: &Target,
) -> Result<Outcome, Complaint> {
    let (store, sources) = gather::start(inputs, &evidence.tables, config)?;
    let (files, complaints) = gather::inputs(&inputs.paths);
    complaints.iter().for_each(Complaint::say);
    let files = files.into_iter().filter_map(gather::Input::file).collect();
    let mut queue = Queue { files, open: None, turn: 0, failed: !complaints.is_empty() };
    let ids = (0, Ids::default());
    let paths = &inputs.paths;
    let mut worker = Worker { paths, settings, store, sources, target, ids, broken: 0 };
    let (mut failed, mut written) = (false, false);
    let mut left_out = LeftOut::default();
    target.write(|out| {
        let mut pieces = Vec::new();
        let mut shares = queue.next();
        while !(pieces.is_empty() && shares.is_empty()) {
            let ready: Vec<Piece> = std::mem::take(&mut pieces);
            let next = std::mem::take(&mut shares);
            // While some shares are checked, those before them are written and the next are read.
            rayon::in_place_scope(|scope| {
                scope.spawn(|_| pieces = worker.work(next));
                shares = queue.next();
                ready.into_iter().try_for_each(|piece| match piece {
                    Piece::Written(bytes) => {
                        written = true;
                        out.write_all(&bytes)
                    }
                    Piece::LeftOut(error) => {
                        left_out.say(&error);
                        Ok(())
                    }
                    Piece::Bad(complaint) => {
                        complaint.say();
                        failed = true;
                        Ok(())
                    }
                })
            })?;
        }
        Ok(())
    })?;
    left_out.say_rest();
    failed |= queue.failed;
    if !written && !failed && left_out.files() > 0 {
        gather::nothing().say();
        failed = true;
    }
    Ok(if failed { Outcome::Failed } else { Outcome::Clean })
}
