//! What people said of findings, kept in files: `numcheck-decisions.toml` beside the articles, and
//! a baseline of findings that were there before.
//!
//! Both have one form, so that an entry can move from one to the other:
//!
//! ```toml
//! [[decision]]
//! action = "waive"
//! rule = "wrong-subject"
//! article = "talks.txt"
//! number = "8,500"
//! cells = ["us-forces-europe.csv: 8500"]
//! fingerprint = "a11be0c44d5cfa97"
//! reason = "quoted as said"
//! author = "M. Editor"
//! date = "2026-11-25"
//! expires = "2027-05-01"
//! ```

use crate::complaint::Complaint;
use crate::files::{self, replace};
use chrono::NaiveDate;
use numcheck::check::{Accepted, Review, UNUSED_WAIVER};
use numcheck::claim::Claim;
use numcheck::finding::{Finding, WaivedBy, Waiver};
use numcheck::ingest::Article;
use numcheck::text::{At, Source, Sources, Span};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The name of the file beside the articles.
pub(crate) const NAME: &str = "numcheck-decisions.toml";

const DECISIONS: &str = "# What was decided about the figures of the articles here. An entry holds as \
                         long as its number\n# and the cells of the reference tables stay as they \
                         are. Made by `numcheck review`.\n";

const HEAD: &str = "# Findings of numcheck that were accepted. An entry holds as long as its number \
                    and the cells\n# of the reference tables stay as they are. Made by `numcheck \
                    check --update-baseline`.\n\n";

/// A file of decisions.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Decisions<T> {
    #[serde(default = "Vec::new")]
    decision: Vec<T>,
}

/// A decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Entry {
    action: Action,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    rule: String,
    article: String,
    number: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    cells: Vec<String>,
    fingerprint: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    reason: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    author: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    date: Option<Day>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expires: Option<Day>,
}

/// A day, with or without quotation marks round it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "toml::Value", into = "String")]
struct Day(NaiveDate);

impl TryFrom<toml::Value> for Day {
    type Error = String;

    fn try_from(value: toml::Value) -> Result<Self, String> {
        let text = value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
        text.parse().map(Self).map_err(|_| format!("{text} is no day; write 2026-11-25"))
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.0.to_string()
    }
}

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Action {
    /// The finding is no reason to change the text.
    Waive,
    /// The finding was there when the baseline was taken.
    Accept,
    /// The number was checked by hand.
    Tick,
    /// The reference is out of date.
    ReferenceOutdated,
}

impl Action {
    /// Whether it silences the finding.
    fn silences(self) -> bool {
        self != Self::Tick
    }
}

/// An article in a file, whatever it is called: the whole path and the id behind `#`.
fn identity(name: &str, folder: &Path) -> (PathBuf, String) {
    let whole = |file: &str| {
        let path = folder.join(file);
        path.canonicalize().unwrap_or(path)
    };
    match name.rsplit_once('#') {
        Some((file, id)) if !folder.join(name).exists() => (whole(file), id.to_owned()),
        _ => (whole(name), String::new()),
    }
}

/// The folder of a file, as a path that can be joined to.
fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Everything that was accepted of the findings of `articles`: in the files beside them, and in
/// the baseline.
pub(crate) fn accepted(
    articles: &[Article],
    baseline: Option<&Path>,
    sources: &mut Sources,
) -> Result<Vec<Accepted>, Complaint> {
    let names: BTreeMap<_, _> = articles
        .iter()
        .map(|article| (identity(&article.name, Path::new(".")), &*article.name))
        .collect();
    let folders: BTreeSet<_> =
        articles.iter().map(|a| folder_of(Path::new(&a.name)).to_owned()).collect();
    let mut all = Vec::new();
    for folder in folders {
        let file = if folder == Path::new(".") { NAME.into() } else { folder.join(NAME) };
        if file.is_file() {
            all.extend(of_file(&file, WaivedBy::Decision, &names, sources)?);
        }
    }
    if let Some(file) = baseline.filter(|file| file.exists()) {
        all.extend(of_file(file, WaivedBy::Baseline, &names, sources)?);
    }
    Ok(all)
}

fn of_file(
    file: &Path,
    by: WaivedBy,
    names: &BTreeMap<(PathBuf, String), &str>,
    sources: &mut Sources,
) -> Result<Vec<Accepted>, Complaint> {
    let shown = file.display().to_string();
    let text = files::text(file)?;
    let read: Decisions<toml::Spanned<Entry>> =
        toml::from_str(&text).map_err(|error| misread(&shown, &text, &error))?;
    let source = sources.add(Source::new(shown, text.clone()));
    let folder = folder_of(file);
    let entries = read.decision.into_iter().filter_map(|spanned| {
        let start = spanned.span().start.min(text.len());
        let line = text.get(start..)?.find('\n').map_or(text.len(), |len| start + len);
        let entry = spanned.into_inner();
        let article = names.get(&identity(&entry.article, folder)).copied();
        let at = At { source, span: Span::new(start, line) };
        entry.action.silences().then_some(())?;
        Some(Accepted {
            rule: entry.rule,
            article: article.unwrap_or_default().to_owned(),
            fingerprint: entry.fingerprint,
            number: entry.number,
            cells: entry.cells,
            expires: entry.expires.map(|day| day.0),
            waiver: Waiver { by, reason: entry.reason, author: entry.author, at },
        })
    });
    Ok(entries.collect())
}

fn misread(shown: &str, text: &str, error: &toml::de::Error) -> Complaint {
    let at = error.span().map_or(0, |span| span.start).min(text.len());
    let line = text.get(..at).unwrap_or_default().matches('\n').count() + 1;
    Complaint::new(format!("{shown}:{line}: {}", error.message()))
        .help("every entry is a [[decision]] with action, rule, article, number and fingerprint")
}

/// What a person decided, to be kept beside the article.
#[derive(Debug, Clone)]
pub(crate) struct Decision {
    entry: Entry,
}

impl Decision {
    /// A decision about a finding: it is silent from now on.
    pub(crate) fn on_finding(review: &Review, finding: &Finding, action: Action) -> Self {
        let article = finding.article.and_then(|article| review.articles.get(article));
        let folder = article.map_or(Path::new("."), |article| folder_of(Path::new(&article.name)));
        Self { entry: Entry { action, ..entry(review, finding, folder) } }
    }

    /// A number that was checked by hand.
    pub(crate) fn tick(article: &Article, claim: &Claim) -> Self {
        let entry = Entry {
            action: Action::Tick,
            rule: String::new(),
            article: relative(&article.name, folder_of(Path::new(&article.name))),
            number: claim.quantity.span.of(&article.prose).to_owned(),
            cells: Vec::new(),
            fingerprint: claim.id.clone(),
            reason: String::new(),
            author: String::new(),
            date: None,
            expires: None,
        };
        Self { entry }
    }

    /// The same with why, who and when.
    #[must_use]
    pub(crate) fn signed(mut self, reason: &str, author: &str, day: NaiveDate) -> Self {
        reason.clone_into(&mut self.entry.reason);
        author.clone_into(&mut self.entry.author);
        self.entry.date = Some(Day(day));
        self
    }
}

/// Adds decisions to the file beside an article; what stands there stays as it is.
pub(crate) fn record(article: &Path, decisions: Vec<Decision>) -> Result<(), Complaint> {
    let file = beside(article);
    let shown = file.display();
    let text = files::text_if_there(&file)?.unwrap_or_else(|| DECISIONS.to_owned());
    toml::from_str::<Decisions<Entry>>(&text)
        .map_err(|error| misread(&shown.to_string(), &text, &error))?;
    let added = entries(decisions)?;
    replace(&file, |out| write!(out, "{}\n\n{added}", text.trim_end()))
        .map_err(|error| Complaint::new(format!("cannot write {shown}: {error}")))
}

/// Decisions as a file of their own.
pub(crate) fn written(decisions: Vec<Decision>) -> Result<String, Complaint> {
    Ok(format!("{DECISIONS}\n{}", entries(decisions)?))
}

fn entries(decisions: Vec<Decision>) -> Result<String, Complaint> {
    let decision = decisions.into_iter().map(|decision| decision.entry).collect();
    toml::to_string_pretty(&Decisions { decision })
        .map_err(|error| Complaint::new(format!("cannot write decisions: {error}")))
}

/// The numbers of an article that were checked by hand: the fingerprints, with who did and the note.
pub(crate) fn ticked(article: &Path) -> Result<BTreeMap<String, String>, Complaint> {
    let file = beside(article);
    let text = files::text_if_there(&file)?.unwrap_or_default();
    let read: Decisions<Entry> = toml::from_str(&text)
        .map_err(|error| misread(&file.display().to_string(), &text, &error))?;
    let own = identity(&article.to_string_lossy(), Path::new("."));
    let ticks = read.decision.into_iter().filter(|entry| {
        entry.action == Action::Tick && identity(&entry.article, folder_of(article)) == own
    });
    let note = |entry: &Entry| {
        let parts = [&*entry.author, &*entry.reason].into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(": ")
    };
    Ok(ticks.map(|entry| (entry.fingerprint.clone(), note(&entry))).collect())
}

/// The decisions file of an article.
fn beside(article: &Path) -> PathBuf {
    match folder_of(article) {
        folder if folder == Path::new(".") => NAME.into(),
        folder => folder.join(NAME),
    }
}

/// Whether new findings go into a baseline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Update {
    /// They do.
    Accept,
    /// They do not; entries that silence nothing go.
    Prune,
}

/// Writes the baseline anew: what the review found and what it still waives; entries about
/// articles that were not read stay. Returns how many entries there were and are.
pub(crate) fn update(
    file: &Path,
    review: &Review,
    update: Update,
) -> Result<(usize, usize), Complaint> {
    let shown = file.display();
    let folder = folder_of(file);
    let text = files::text_if_there(file)?.unwrap_or_default();
    let old = toml::from_str::<Decisions<Entry>>(&text)
        .map_err(|error| misread(&shown.to_string(), &text, &error))?
        .decision;
    let read: BTreeSet<_> =
        review.checked().iter().map(|article| identity(&article.name, Path::new("."))).collect();
    let before = old.len();
    let of_others = old.iter().filter(|entry| !read.contains(&identity(&entry.article, folder)));
    let mut entries: Vec<Entry> = of_others.cloned().collect();
    let waived = review.waived.iter().filter(|waived| waived.waiver.by == WaivedBy::Baseline);
    let mut kept: Vec<_> = waived.map(|waived| &waived.finding).collect();
    if update == Update::Accept {
        let is_own = |finding: &&Finding| finding.rule.name != UNUSED_WAIVER.name;
        kept.extend(review.findings.iter().filter(is_own));
    }
    for finding in kept {
        let entry = entry(review, finding, folder);
        // An entry that says more than the finding does, a reason for one, stays as it is.
        let known = old.iter().find(|old| {
            (&old.fingerprint, &old.article, &old.number, &old.cells)
                == (&entry.fingerprint, &entry.article, &entry.number, &entry.cells)
        });
        entries.push(known.cloned().unwrap_or(entry));
    }
    let key = |e: &Entry| (e.article.clone(), e.rule.clone(), e.fingerprint.clone());
    entries.sort_by_key(key);
    entries.dedup();
    let after = entries.len();
    let text = toml::to_string_pretty(&Decisions { decision: entries })
        .map_err(|error| Complaint::new(format!("cannot write {shown}: {error}")))?;
    replace(file, |out| write!(out, "{HEAD}{text}"))
        .map_err(|error| Complaint::new(format!("cannot write {shown}: {error}")))?;
    Ok((before, after))
}

fn entry(review: &Review, finding: &Finding, folder: &Path) -> Entry {
    let article = finding.article.and_then(|article| review.articles.get(article));
    let name = article.map_or("", |article| &article.name);
    Entry {
        action: Action::Accept,
        rule: finding.rule.name.to_owned(),
        article: relative(name, folder),
        number: review.number(finding).to_owned(),
        cells: review.cells(finding),
        fingerprint: finding.fingerprint.clone(),
        reason: String::new(),
        author: String::new(),
        date: None,
        expires: None,
    }
}

/// A name as seen from the folder of the baseline, so that it does not matter where one stands.
fn relative(name: &str, folder: &Path) -> String {
    let (path, id) = identity(name, Path::new("."));
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let path = path.strip_prefix(&folder).map_or(path.clone(), Path::to_owned);
    let path = path.to_string_lossy().replace('\\', "/");
    if id.is_empty() { path } else { format!("{path}#{id}") }
}
