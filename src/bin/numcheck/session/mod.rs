//! One article under review: where the reader stands, and what an act of theirs does.
//!
//! Every act that decides something is on disk before it is answered: the article and the decisions
//! file are the state, and what is shown is read from them anew. A session that is killed has lost
//! nothing.

mod card;
mod prompt;
mod screen;

pub(crate) use crate::session::prompt::run as run_prompt;
pub(crate) use crate::session::screen::run as run_screen;

use crate::args::{Evidence, Inputs};
use crate::complaint::Complaint;
use crate::config::Config;
use crate::decisions::{self, Action, Decision};
use crate::files::replace;
use crate::gather;
use chrono::NaiveDate;
use numcheck::check::{Review, Settings};
use numcheck::claim::Claim;
use numcheck::finding::{Finding, Severity};
use numcheck::ingest::{Article, Unwritable, rewritten};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

/// What is reviewed, and against what.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) file: PathBuf,
    pub(crate) evidence: Evidence,
    pub(crate) config: Config,
    pub(crate) settings: Settings,
    /// Who decides.
    pub(crate) author: String,
    pub(crate) today: NaiveDate,
}

/// Where the reader stands: at a finding or at a number, by their index in the review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stop {
    Finding(usize),
    Number(usize),
    /// There is neither.
    Nowhere,
}

/// Which way to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    On,
    Back,
}

/// Whether an act is meant for what the reader stands at, or for all of its rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    This,
    Alike,
}

/// What the reader does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Act {
    ToFinding(Way),
    ToNumber(Way),
    /// To the next number whose sentence has these words.
    Search(String),
    /// Puts what the finding suggests in place.
    Fix(Reach),
    /// Puts another figure in place.
    Edit(String),
    Waive(Reach, String),
    Tick(Reach, String),
    /// The reference is out of date.
    Outdated(Reach),
    Skip(Reach),
}

/// An article under review.
#[derive(Debug)]
pub(crate) struct Session {
    asked: Asked,
    review: Review,
    /// What was checked by hand, by the number's id: who, and where.
    ticked: BTreeMap<String, String>,
    /// The findings that were passed over, by fingerprint.
    skipped: BTreeSet<String>,
    stop: Stop,
    /// What the last act did.
    said: String,
}

impl Session {
    /// Opens an article at its first finding.
    pub(crate) fn open(asked: Asked) -> Result<Self, Complaint> {
        let review = read(&asked)?;
        if review.articles.len() != 1 {
            let (file, count) = (asked.file.display(), review.articles.len());
            return Err(Complaint::new(format!(
                "{file} holds {count} articles; one can be reviewed"
            ))
            .help("put the article into a file of its own"));
        }
        let ticked = decisions::ticked(&asked.file)?;
        let skipped = BTreeSet::new();
        let (stop, said) = (Stop::Nowhere, String::new());
        let mut session = Self { asked, review, ticked, skipped, stop, said };
        session.stop =
            session.findings().first().map_or(session.first_number(), |i| Stop::Finding(*i));
        Ok(session)
    }

    pub(crate) fn review(&self) -> &Review {
        &self.review
    }

    pub(crate) fn stop(&self) -> Stop {
        self.stop
    }

    /// What the last act did, in a sentence.
    pub(crate) fn said(&self) -> &str {
        &self.said
    }

    pub(crate) fn article(&self) -> Option<&Article> {
        self.review.articles.first()
    }

    /// The finding the reader stands at.
    pub(crate) fn finding(&self) -> Option<&Finding> {
        match self.stop {
            Stop::Finding(index) => self.review.findings.get(index),
            Stop::Number(_) | Stop::Nowhere => None,
        }
    }

    /// The number the reader stands at, or that the finding is about.
    pub(crate) fn number(&self) -> Option<usize> {
        match self.stop {
            Stop::Number(index) => Some(index),
            Stop::Finding(_) => self.finding()?.claim,
            Stop::Nowhere => None,
        }
    }

    fn claim(&self) -> Option<&Claim> {
        self.review.claims.get(self.number()?)
    }

    /// Who checked a number by hand, and where.
    pub(crate) fn tick_of(&self, claim: &Claim) -> Option<&str> {
        self.ticked.get(&claim.id).map(String::as_str)
    }

    /// The findings about the article in text order, by their index in the review; those in tables
    /// are for whoever keeps the tables.
    pub(crate) fn findings(&self) -> Vec<usize> {
        let all = self.review.findings.iter().enumerate();
        let own = all.filter(|(_, finding)| finding.article.is_some());
        let mut own: Vec<_> = own.map(|(index, _)| index).collect();
        own.sort_by_key(|index| self.place_of(*index));
        own
    }

    pub(crate) fn was_skipped(&self, finding: &Finding) -> bool {
        self.skipped.contains(&finding.fingerprint)
    }

    /// Whether an error is left that was not passed over.
    pub(crate) fn has_errors(&self) -> bool {
        self.review.findings.iter().any(|finding| finding.severity == Severity::Error)
    }

    fn first_number(&self) -> Stop {
        if self.review.claims.is_empty() { Stop::Nowhere } else { Stop::Number(0) }
    }

    /// Does what the reader asks for. What cannot be done is said, and changes nothing.
    pub(crate) fn act(&mut self, act: Act) {
        let done = match act {
            Act::ToFinding(way) => Ok(self.go_to_finding(way)),
            Act::ToNumber(way) => Ok(self.go_to_number(way)),
            Act::Search(words) => Ok(self.search(&words)),
            Act::Fix(reach) => self.fix(reach),
            Act::Edit(figure) => self.edit(&figure),
            Act::Waive(reach, reason) => self.decide(Action::Waive, reach, &reason),
            Act::Outdated(reach) => {
                self.decide(Action::ReferenceOutdated, reach, "the reference is out of date")
            }
            Act::Tick(reach, note) => self.tick(reach, &note),
            Act::Skip(reach) => Ok(self.skip(reach)),
        };
        self.said = done.unwrap_or_else(|complaint| complaint.to_string());
    }

    fn go_to_finding(&mut self, way: Way) -> String {
        let here = self.place();
        let findings = self.findings();
        let is_ahead = |index: &&usize| match way {
            Way::On => Some(self.place_of(**index)) > here,
            Way::Back => here.is_none_or(|here| self.place_of(**index) < here),
        };
        let found = match way {
            Way::On => findings.iter().find(is_ahead),
            Way::Back => findings.iter().rfind(is_ahead),
        };
        match found {
            Some(index) => {
                self.stop = Stop::Finding(*index);
                String::new()
            }
            None if findings.is_empty() => "no finding is left".to_owned(),
            None => "no more findings that way".to_owned(),
        }
    }

    fn go_to_number(&mut self, way: Way) -> String {
        let Some(here) = self.number() else { return self.go_to_first_number() };
        let to = match way {
            Way::On => here.checked_add(1).filter(|to| *to < self.review.claims.len()),
            Way::Back => here.checked_sub(1),
        };
        let Some(to) = to else { return "no more numbers that way".to_owned() };
        self.stop = Stop::Number(to);
        String::new()
    }

    fn go_to_first_number(&mut self) -> String {
        self.stop = self.first_number();
        if self.stop == Stop::Nowhere {
            "the article has no numbers".to_owned()
        } else {
            String::new()
        }
    }

    fn search(&mut self, words: &str) -> String {
        let Some(article) = self.article() else { return String::new() };
        let words = words.to_lowercase();
        let here = self.number().map_or(0, |index| index + 1);
        let has = |claim: &Claim| {
            let numbers = claim.sentence.of(&article.prose).to_lowercase();
            numbers.contains(&words)
        };
        let claims = self.review.claims.iter().enumerate();
        let found =
            claims.clone().skip(here).chain(claims.take(here)).find(|(_, claim)| has(claim));
        let Some((index, _)) = found else { return format!("no number stands with “{words}”") };
        self.stop = Stop::Number(index);
        String::new()
    }

    /// Where the reader stands in the file.
    fn place(&self) -> Option<(usize, usize)> {
        match self.stop {
            Stop::Finding(index) => Some(self.place_of(index)),
            Stop::Number(index) => {
                let claim = self.review.claims.get(index)?;
                let at = self.article()?.locate(claim.quantity.span);
                // A finding at this number still lies ahead.
                Some((at.span.start(), 0))
            }
            Stop::Nowhere => None,
        }
    }

    /// Where a finding stands: its byte, and behind others at the same one by its turn.
    fn place_of(&self, finding: usize) -> (usize, usize) {
        let at = self.review.findings.get(finding).map(|finding| finding.primary.at);
        (at.map_or(0, |at| at.span.start()), finding + 1)
    }

    fn fix(&mut self, reach: Reach) -> Result<String, Complaint> {
        let mut fixed = 0;
        // After each change places move, so the next is looked for anew.
        while let Some((at, replacement)) = self.fixable(reach) {
            let left = self.review.findings.len();
            self.write(at, &replacement)?;
            fixed += 1;
            if reach == Reach::This || self.review.findings.len() >= left {
                break;
            }
        }
        Ok(match fixed {
            0 => "no certain correction is known; e edits the figure".to_owned(),
            1 => "corrected".to_owned(),
            n => format!("{n} figures corrected"),
        })
    }

    fn fixable(&self, reach: Reach) -> Option<(numcheck::text::At, String)> {
        let mut meant = self.meant(reach).into_iter();
        meant.find_map(|finding| {
            let suggestion = finding.suggestion.as_ref()?;
            Some((finding.primary.at, suggestion.replacement.clone()))
        })
    }

    fn edit(&mut self, figure: &str) -> Result<String, Complaint> {
        let figure = figure.trim();
        let at = match (self.finding(), self.claim()) {
            (_, Some(claim)) => self.article().map(|a| a.locate(claim.quantity.span)),
            (Some(finding), None) => Some(finding.primary.at),
            (None, None) => None,
        };
        let Some(at) = at.filter(|_| !figure.is_empty()) else {
            return Ok("nothing was changed".to_owned());
        };
        self.write(at, figure)?;
        Ok(format!("changed to {figure}"))
    }

    /// Puts other words in place, and checks the article again.
    fn write(&mut self, at: numcheck::text::At, words: &str) -> Result<(), Complaint> {
        let file = &self.asked.file;
        let cannot = |why: &str| Complaint::new(format!("cannot change {}: {why}", file.display()));
        #[expect(clippy::disallowed_methods, reason = "the article's bytes, to be written back")]
        let bytes = fs::read(file).map_err(|error| cannot(&error.to_string()))?;
        let source = self.review.sources.get(at.source);
        let bytes = rewritten(&bytes, source, at.span, words).map_err(|why| match why {
            Unwritable::Extracted => {
                cannot("it was changed meanwhile, or its text does not stand in it as it is read")
            }
            Unwritable::Markup(c) => cannot(&format!("{c:?} would not be read as text")),
            Unwritable::Encoding(c) => cannot(&format!("its encoding has no {c:?}")),
        })?;
        replace(file, |out| out.write_all(&bytes)).map_err(|error| cannot(&error.to_string()))?;
        self.again()
    }

    /// The findings that an act is meant for.
    fn meant(&self, reach: Reach) -> Vec<&Finding> {
        let Some(this) = self.finding() else { return Vec::new() };
        let is_meant = |finding: &&Finding| match reach {
            Reach::This => finding.fingerprint == this.fingerprint,
            Reach::Alike => finding.rule.name == this.rule.name && finding.article.is_some(),
        };
        self.review.findings.iter().filter(is_meant).collect()
    }

    fn decide(&mut self, action: Action, reach: Reach, reason: &str) -> Result<String, Complaint> {
        let reason = reason.trim();
        if reason.is_empty() {
            return Ok("not waived: it needs a reason".to_owned());
        }
        let Asked { author, today, .. } = &self.asked;
        let decisions: Vec<_> = self
            .meant(reach)
            .into_iter()
            .map(|finding| Decision::on_finding(&self.review, finding, action))
            .map(|decision| decision.signed(reason, author, *today))
            .collect();
        let count = decisions.len();
        if count == 0 {
            return Ok("there is no finding here; t ticks a number as checked by hand".to_owned());
        }
        decisions::record(&self.asked.file, decisions)?;
        self.again()?;
        Ok(match count {
            1 => format!("waived: {reason}"),
            n => format!("{n} findings waived: {reason}"),
        })
    }

    fn tick(&mut self, reach: Reach, note: &str) -> Result<String, Complaint> {
        let (Some(article), Some(this)) = (self.article(), self.claim()) else {
            return Ok("there is no number here".to_owned());
        };
        let words = |claim: &Claim| claim.quantity.span.of(&article.prose).to_owned();
        let is_meant = |claim: &&Claim| match reach {
            Reach::This => claim.id == this.id,
            Reach::Alike => words(claim) == words(this),
        };
        let Asked { author, today, .. } = &self.asked;
        let decisions: Vec<_> = self
            .review
            .claims
            .iter()
            .filter(is_meant)
            .map(|claim| Decision::tick(article, claim).signed(note.trim(), author, *today))
            .collect();
        let count = decisions.len();
        decisions::record(&self.asked.file, decisions)?;
        self.again()?;
        Ok(match count {
            1 => "ticked as checked by hand".to_owned(),
            n => format!("{n} numbers ticked as checked by hand"),
        })
    }

    fn skip(&mut self, reach: Reach) -> String {
        let meant: Vec<_> =
            self.meant(reach).into_iter().map(|finding| finding.fingerprint.clone()).collect();
        self.skipped.extend(meant);
        let said = self.go_to_finding(Way::On);
        if said.is_empty() { "skipped".to_owned() } else { format!("skipped; {said}") }
    }

    /// Reads and checks the article again, and finds the reader's place in it.
    fn again(&mut self) -> Result<(), Complaint> {
        let here = self.place();
        let fingerprint = self.finding().map(|finding| finding.fingerprint.clone());
        let number = self.number();
        let was_number = matches!(self.stop, Stop::Number(_));
        self.review = read(&self.asked)?;
        self.ticked = decisions::ticked(&self.asked.file)?;
        let findings = self.findings();
        let same = findings.iter().find(|index| {
            let finding = self.review.findings.get(**index);
            finding.map(|finding| &finding.fingerprint) == fingerprint.as_ref()
        });
        let number = number.filter(|index| *index < self.review.claims.len()).map(Stop::Number);
        self.stop = match same {
            Some(index) => Stop::Finding(*index),
            None if was_number => number.unwrap_or(self.first_number()),
            None => {
                let ahead = findings.iter().find(|index| Some(self.place_of(**index)) >= here);
                let other = ahead.or(findings.first()).map(|index| Stop::Finding(*index));
                other.or(number).unwrap_or(self.first_number())
            }
        };
        Ok(())
    }
}

/// The article as it is now, checked.
fn read(asked: &Asked) -> Result<Review, Complaint> {
    let inputs = Inputs::one(asked.file.clone());
    let (evidence, config) = (&asked.evidence, &asked.config);
    let settings = asked.settings.clone();
    gather::review(&inputs, evidence, config, settings, config.baseline.as_deref())
}
