//! What is silenced, by whom, and what silences nothing.
//!
//! A waiver changes findings, never the status of a number.

use crate::check::Review;
use crate::check::remark::{Remark, remarks};
use crate::finding::{
    Confidence, Finding, Label, RuleInfo, Severity, WaivedBy, Waiver, fingerprint,
};
use crate::text::At;
use chrono::NaiveDate;

/// A finding that somebody has waived.
#[derive(Debug, Clone)]
pub struct Waived {
    /// The finding.
    pub finding: Finding,
    /// Who waived it, and why.
    pub waiver: Waiver,
}

/// A finding that was accepted earlier, as a decisions file or a baseline keeps it.
///
/// It holds as long as the number and the rows of the reference tables that the finding rests on
/// stay as they were.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The rule.
    pub rule: String,
    /// The article's name in this run.
    pub article: String,
    /// The finding's fingerprint.
    pub fingerprint: String,
    /// The number as it was written.
    pub number: String,
    /// The cells of reference tables that it rested on, as [`Review::cells`] gives them.
    pub cells: Vec<String>,
    /// Until when it holds.
    pub expires: Option<NaiveDate>,
    /// Who accepted it, why and where.
    pub waiver: Waiver,
}

/// The rule that speaks of waivers which silence nothing. It speaks of the article's keeping, not
/// of its numbers, so `--select` and `--ignore` do not reach it.
pub static UNUSED_WAIVER: RuleInfo = crate::rule_info! {
    /// A waiver that silences nothing.
    ///
    /// A remark, a decision or an entry of the baseline stays behind when the number it was made
    /// for is corrected, when the reference row it rests on changes, or when its day has passed.
    /// A waiver is bound to the number and to the row: when either changes, the finding comes
    /// back, and the waiver is reported here.
    ///
    /// Take it out, or decide anew. `numcheck check --update-baseline` prunes a baseline.
    ///
    /// A remark is not reported where the rule that it names was not run.
    "unused-waiver", "a waiver silences nothing", Warning, since "0.2.0"
};

/// `[sic]` and the like, behind a number or the words that belong to it.
const SIC: &[&str] = &["[sic]", "(sic)", "[ sic ]", "[sic!]"];

impl Review {
    /// The cells of reference tables that a finding rests on: the table's name and what the cell
    /// says, `us-forces-europe.csv: 8500`.
    pub fn cells(&self, finding: &Finding) -> Vec<String> {
        let tables = self.store.tables();
        let related = finding.related.iter().filter(|label| tables.contains(&label.at.source));
        let cell = |label: &Label| {
            let table = self.sources.get(label.at.source);
            let name = table.name().rsplit(['/', '\\']).next().unwrap_or_default();
            format!("{name}: {}", label.at.span.of(table.text()))
        };
        let mut cells: Vec<_> = related.map(cell).collect();
        cells.sort();
        cells.dedup();
        cells
    }

    /// The words at a finding's place.
    pub fn number(&self, finding: &Finding) -> &str {
        let At { source, span } = finding.primary.at;
        span.of(self.sources.get(source).text())
    }

    /// Moves the findings that are waived to `waived`, and reports the waivers that silence
    /// nothing. `accepted` is what earlier runs were told; what has expired by `today` holds no
    /// longer.
    pub(crate) fn waive(&mut self, accepted: &[Accepted], today: Option<NaiveDate>) {
        let mut remarks: Vec<_> =
            self.remarks().into_iter().map(|remark| (remark, false)).collect();
        let mut entries: Vec<_> = accepted.iter().map(|entry| (entry, false)).collect();
        let has_expired = |entry: &Accepted| entry.expires.is_some_and(|day| today > Some(day));
        for finding in std::mem::take(&mut self.findings) {
            let by_remark =
                remarks.iter_mut().find(|(remark, _)| self.is_silenced(&finding, remark));
            let waiver = if let Some((remark, used)) = by_remark {
                *used = true;
                Some(remark_waiver(remark))
            } else if let Some(at) = self.sic(&finding) {
                let (reason, author) = ("[sic]".to_owned(), String::new());
                Some(Waiver { by: WaivedBy::Sic, reason, author, at })
            } else {
                let mut meant = entries.iter_mut().filter(|(entry, _)| !has_expired(entry));
                meant.find(|(entry, _)| self.is_accepted(&finding, entry)).map(|(entry, used)| {
                    *used = true;
                    entry.waiver.clone()
                })
            };
            match waiver {
                Some(waiver) => self.waived.push(Waived { finding, waiver }),
                None => self.findings.push(finding),
            }
        }
        let unused = remarks.iter().filter(|(_, used)| !used).map(|(remark, _)| remark);
        let unused: Vec<_> = unused.filter_map(|remark| self.unused_remark(remark)).collect();
        let stale = entries.iter().filter(|(_, used)| !used);
        let stale = stale.filter_map(|(entry, _)| self.unused_entry(entry, has_expired(entry)));
        let stale: Vec<_> = stale.collect();
        self.findings.extend(unused.into_iter().chain(stale));
    }

    fn remarks(&self) -> Vec<Remark> {
        let own = self.checked().iter().map(|article| article.source);
        let mut sources: Vec<_> = own.collect();
        sources.dedup();
        sources.into_iter().flat_map(|id| remarks(id, self.sources.get(id))).collect()
    }

    fn is_silenced(&self, finding: &Finding, remark: &Remark) -> bool {
        let at = finding.primary.at;
        let line = || self.sources.get(at.source).line_column(at.span.start()).0;
        remark.at.source == at.source
            && remark.names(finding.rule.name)
            && remark.lines.contains(&line())
    }

    /// Where `[sic]` stands behind the finding's number, if it does.
    fn sic(&self, finding: &Finding) -> Option<At> {
        let claim = self.claims.get(finding.claim?)?;
        let article = self.articles.get(claim.article)?;
        let behind = |end| {
            let rest = article.prose.get(end..)?.trim_start();
            SIC.iter()
                .any(|mark| rest.get(..mark.len()).is_some_and(|r| r.eq_ignore_ascii_case(mark)))
                .then_some(())
        };
        behind(claim.quantity.span.end()).or_else(|| behind(claim.quantity.phrase.end()))?;
        Some(finding.primary.at)
    }

    fn is_accepted(&self, finding: &Finding, entry: &Accepted) -> bool {
        let article = finding.article.and_then(|article| self.articles.get(article));
        entry.fingerprint == finding.fingerprint
            && entry.rule == finding.rule.name
            && article.is_none_or(|article| article.name == entry.article)
            && entry.number == self.number(finding)
            && entry.cells == self.cells(finding)
    }

    /// Whether a rule was asked for; one that does not exist was not.
    fn was_run(&self, rule: &str) -> bool {
        let listed = |names: &[String]| names.iter().any(|name| name == rule);
        let (select, ignore) = (&self.settings.select, &self.settings.ignore);
        !listed(ignore) && (select.is_empty() || listed(select))
    }

    fn unused_remark(&self, remark: &Remark) -> Option<Finding> {
        if !remark.rules.is_empty() && !remark.rules.iter().any(|rule| self.was_run(rule)) {
            return None;
        }
        let known = |name: &&String| crate::rules::Rule::named(name).is_none();
        let message = match remark.rules.iter().find(known) {
            Some(name) => format!("the remark silences nothing: there is no rule {name}"),
            None => "the remark silences nothing".to_owned(),
        };
        Some(unused(self, message, remark.at, Severity::Warning))
    }

    /// An entry whose article was read and that silenced nothing.
    fn unused_entry(&self, entry: &Accepted, expired: bool) -> Option<Finding> {
        let was_read = self.articles.iter().any(|article| article.name == entry.article);
        if !was_read || !self.was_run(&entry.rule) {
            return None;
        }
        let (rule, number) = (&entry.rule, &entry.number);
        let (what, severity) = match entry.waiver.by {
            WaivedBy::Baseline => ("entry of the baseline", Severity::Note),
            _ => ("decision", Severity::Warning),
        };
        let why = match entry.expires.filter(|_| expired) {
            Some(day) => format!("has expired on {day}"),
            None => {
                "silences nothing: the number, its sentence or the reference has changed".into()
            }
        };
        let message = format!("the {what} on {number} ({rule}) {why}");
        Some(unused(self, message, entry.waiver.at, severity))
    }
}

fn remark_waiver(remark: &Remark) -> Waiver {
    let (reason, author) = (remark.reason.clone(), String::new());
    Waiver { by: WaivedBy::Remark, reason, author, at: remark.at }
}

fn unused(review: &Review, message: String, at: At, severity: Severity) -> Finding {
    let source = review.sources.get(at.source);
    let identity = fingerprint([UNUSED_WAIVER.name, source.name(), at.span.of(source.text())]);
    Finding {
        rule: &UNUSED_WAIVER,
        severity,
        confidence: Confidence::High,
        article: review.articles.iter().position(|article| article.source == at.source),
        claim: None,
        primary: Label { at, message: message.clone() },
        message,
        related: Vec::new(),
        arithmetic: None,
        suggestion: None,
        fingerprint: identity,
    }
}
