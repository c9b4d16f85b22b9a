//! What the requests share: the tables, the settings, the folder; and how much work is taken on.

use crate::complaint::Complaint;
use crate::decisions::{self, Action, Decision};
use chrono::NaiveDate;
use numcheck::check::{AsOf, Review, Settings, check};
use numcheck::ingest::{self, LIMIT};
use numcheck::reference::Store;
use numcheck::text::Sources;
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// What is served, and how.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) store: Arc<Store>,
    /// The texts of the tables.
    pub(crate) sources: Sources,
    pub(crate) settings: Settings,
    /// The folder whose articles can be opened.
    pub(crate) folder: Option<PathBuf>,
    /// Who decides, unless a request says.
    pub(crate) author: String,
    pub(crate) today: NaiveDate,
    /// How many texts are checked at a time.
    pub(crate) jobs: usize,
}

/// What the requests share.
#[derive(Debug)]
pub(crate) struct Desk {
    pub(crate) asked: Asked,
    /// A seat for every text that is checked.
    pub(crate) seats: Arc<Semaphore>,
}

/// A text to check.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Pasted {
    pub(crate) text: String,
    /// The day it is published, where the text does not say.
    #[serde(default)]
    pub(crate) date: Option<String>,
    /// `text`, `markdown`, `html` …; looked at, if it is not said.
    #[serde(default)]
    pub(crate) format: Option<String>,
    /// What it is called.
    #[serde(default)]
    pub(crate) name: Option<String>,
    #[serde(default)]
    pub(crate) decided: Vec<Decided>,
    #[serde(default)]
    pub(crate) author: Option<String>,
}

/// What the reader decided about a finding or a number.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Decided {
    pub(crate) action: Action,
    /// The finding's fingerprint; of a tick the number's id.
    pub(crate) about: String,
    #[serde(default)]
    pub(crate) reason: String,
}

impl Desk {
    pub(crate) fn new(asked: Asked) -> Self {
        let seats = Arc::new(Semaphore::new(asked.jobs));
        Self { asked, seats }
    }

    /// The text, checked.
    pub(crate) fn check(&self, pasted: &Pasted) -> Result<Review, Complaint> {
        let Asked { store, sources, settings, .. } = &self.asked;
        let mut sources = sources.clone();
        let name = pasted.name.as_deref().filter(|name| !name.is_empty()).unwrap_or("article");
        let format = pasted.format.as_deref().filter(|format| !format.is_empty());
        let format = format.map(|format| if format == "text" { "txt" } else { format });
        let mut articles = ingest::read(name, pasted.text.as_bytes(), format, &mut sources)?;
        let date = pasted.date.as_deref().filter(|date| !date.is_empty());
        if let Some(date) = date {
            let day = crate::args::as_of(date);
            let day = day.map_err(|help| Complaint::new(format!("{date} is no day")).help(help))?;
            if let AsOf::Day(day) = day {
                for article in &mut articles {
                    article.published = Some(day);
                }
            }
        }
        Ok(check(articles, sources, Arc::clone(store), settings))
    }

    /// The decisions as the file that `check` honours.
    pub(crate) fn decisions(&self, pasted: &Pasted) -> Result<String, Complaint> {
        let review = self.check(pasted)?;
        let author = pasted.author.as_deref().unwrap_or(&self.asked.author);
        let mut kept = Vec::new();
        for decided in &pasted.decided {
            let finding = review.findings.iter().find(|f| f.fingerprint == decided.about);
            let claim = review.claims.iter().find(|claim| claim.id == decided.about);
            let decision = match (decided.action, finding, claim) {
                (Action::Tick, _, Some(claim)) => {
                    review.articles.get(claim.article).map(|a| Decision::tick(a, claim))
                }
                (action, Some(finding), _) => Some(Decision::on_finding(&review, finding, action)),
                _ => None,
            };
            let about = &decided.about;
            let decision = decision.ok_or_else(|| {
                Complaint::new(format!("nothing in the text is called {about}"))
                    .help("use a finding's fingerprint, or for a tick a number's id")
            })?;
            kept.push(decision.signed(&decided.reason, author, self.asked.today));
        }
        decisions::written(kept)
    }

    /// The articles of the folder, as paths below it.
    pub(crate) fn files(&self) -> Vec<String> {
        let Some(folder) = &self.asked.folder else { return Vec::new() };
        let files = ingest::files(folder).unwrap_or_default();
        let below = files.iter().filter_map(|file| file.strip_prefix(folder).ok());
        below.map(|file| file.to_string_lossy().replace('\\', "/")).collect()
    }

    /// An article of the folder. Only what [`files`](Self::files) lists is read, and nothing that a
    /// link leads out of the folder.
    pub(crate) fn file(&self, path: &str) -> Option<String> {
        let folder = self.asked.folder.as_ref()?.canonicalize().ok()?;
        if !self.files().iter().any(|listed| listed == path) {
            return None;
        }
        let file = folder.join(Path::new(path)).canonicalize().ok()?;
        if !file.starts_with(&folder) || file.metadata().ok()?.len() > u64::try_from(LIMIT).ok()? {
            return None;
        }
        let mut sources = Sources::new();
        let articles = ingest::open(&file, &mut sources).ok()?;
        let article = articles.first()?;
        Some(sources.get(article.source).text().to_owned())
    }
}
