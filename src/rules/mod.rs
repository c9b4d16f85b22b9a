//! The checks: one file each, in one list.
//!
//! # How to write a rule
//!
//! 1. Write `rules/<name>.rs` with one static, `RULE`: a [`rule_info!`](crate::rule_info) whose
//!    doc comment is the manual page, and a `Check`, the function with the smallest view that
//!    will do: `Check::Claim` looks at one claim, `Check::Article` at one article, `Check::Run` at
//!    all articles, `Check::Both` at one claim and then at all. The runner does the looping.
//! 2. Add its `mod` line and its entry in [`RULES`] below, both in the order of the names.
//!
//! A check reads [`Facts`] and speaks through its [`Sink`], which stamps the rule's name and
//! severity, finds the places in the files, and is the only way to make a finding:
//!
//! ```text
//! fn check(facts: &Facts<'_>, index: usize, claim: &Claim, sink: &mut Sink<'_>) {
//!     let Some(comparison) = facts.comparison(index) else { return };
//!     …
//!     sink.report(
//!         index,
//!         Say::new(format!("the reference says {row}, not {}", facts.shown(claim)))
//!             .beside(facts.at_row(id, "13,200–13,400 (OHCHR, as of 2021-06-30)"))
//!             .computed("14 + 31 = 45, not 54")
//!             .confidence(Confidence::Medium)
//!             .at_most(Severity::Warning),
//!     );
//! }
//! ```
//!
//! The manual page says what the rule finds and why that matters, shows at least one text that is
//! flagged and one that is not, and says how it reads the numbers and what it does not see. Its
//! examples are tests (`tests/it/rules.rs`): an `article` fence is a text of its own whose carets
//! stand under what is flagged, with the rule's name behind them; a `csv` fence behind it is a
//! reference table for it, a further `article and` fence another article beside it, and an
//! `article before` fence the earlier version of the article above it.

mod articles_disagree;
mod average_outside_range;
mod category_confusion;
mod change_mismatch;
mod conversion_mismatch;
mod count_list_mismatch;
mod cumulative_decreased;
mod duration_mismatch;
mod false_precision;
mod figure_left_behind;
mod fraction_mismatch;
mod headline_mismatch;
mod impossible_percent;
mod internal_magnitude_slip;
mod interval_reversed;
mod magnitude_slip;
mod parts_do_not_sum;
mod parts_exceed_total;
mod party_claim_as_fact;
mod percent_for_points;
mod percent_of_mismatch;
mod percents_exceed_100;
mod ratio_mismatch;
mod reference_disputed;
mod reference_mismatch;
mod reference_outdated;
mod same_story_conflict;
mod unattributed_toll;
mod unsupported_bound;
mod weekday_mismatch;
mod wrong_subject;
mod wrong_unit;

use crate::claim::Claim;
use crate::compare::{Comparison, Confusion, Earlier, Misfit, Passage, Relation, Series};
use crate::finding::{Confidence, Finding, Label, RuleInfo, Severity, Suggestion, fingerprint};
use crate::ingest::Article;
use crate::reference::{ObservationId, Store};
use rayon::prelude::*;

/// Every rule, by name.
pub static RULES: &[&Rule] = &[
    &articles_disagree::RULE,
    &average_outside_range::RULE,
    &category_confusion::RULE,
    &change_mismatch::RULE,
    &conversion_mismatch::RULE,
    &count_list_mismatch::RULE,
    &cumulative_decreased::RULE,
    &duration_mismatch::RULE,
    &false_precision::RULE,
    &figure_left_behind::RULE,
    &fraction_mismatch::RULE,
    &headline_mismatch::RULE,
    &impossible_percent::RULE,
    &internal_magnitude_slip::RULE,
    &interval_reversed::RULE,
    &magnitude_slip::RULE,
    &parts_do_not_sum::RULE,
    &parts_exceed_total::RULE,
    &party_claim_as_fact::RULE,
    &percent_for_points::RULE,
    &percent_of_mismatch::RULE,
    &percents_exceed_100::RULE,
    &ratio_mismatch::RULE,
    &reference_disputed::RULE,
    &reference_mismatch::RULE,
    &reference_outdated::RULE,
    &same_story_conflict::RULE,
    &unattributed_toll::RULE,
    &unsupported_bound::RULE,
    &weekday_mismatch::RULE,
    &wrong_subject::RULE,
    &wrong_unit::RULE,
];

/// A check with its name and manual.
#[derive(Debug)]
pub struct Rule {
    /// Its name, its severity and its manual page.
    pub info: RuleInfo,
    check: Check,
}

/// What a rule looks at: the smallest thing that will do.
#[derive(Debug)]
enum Check {
    /// One claim, with its index in the review.
    Claim(fn(&Facts<'_>, usize, &Claim, &mut Sink<'_>)),
    /// One article, by its index in the review.
    Article(fn(&Facts<'_>, usize, &mut Sink<'_>)),
    /// All articles.
    Run(fn(&Facts<'_>, &mut Sink<'_>)),
    /// One claim, and then all articles.
    Both(fn(&Facts<'_>, usize, &Claim, &mut Sink<'_>), fn(&Facts<'_>, &mut Sink<'_>)),
}

impl Rule {
    /// The rule of that name.
    pub fn named(name: &str) -> Option<&'static Self> {
        RULES.iter().find(|rule| rule.info.name == name).copied()
    }

    /// Whether it looks at several articles together.
    pub fn is_across(&self) -> bool {
        matches!(self.check, Check::Run(_) | Check::Both(..))
    }
}

/// What rules may know: everything that was read and compared, and nothing they can change.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The reference tables.
    pub store: &'a Store,
    /// The articles: those that are checked, then those of the archive that they are held against.
    pub articles: &'a [Article],
    /// How many articles are checked.
    pub given: usize,
    /// Their claims, article after article, in text order.
    pub claims: &'a [Claim],
    /// What the reference tables say of each claim of the articles that are checked.
    pub comparisons: &'a [Comparison],
    /// What the articles say of the same things; empty unless they are compared.
    pub series: &'a [Series],
    /// Casualties that are fewer than another article's dead; empty unless they are compared.
    pub confusions: &'a [Confusion],
    /// What the numbers of each article that is checked say of each other.
    pub relations: &'a [Vec<Relation>],
    /// The earlier versions of the articles that have one, in the order of the articles.
    pub earlier: &'a [Earlier],
}

impl<'a> Facts<'a> {
    /// A claim by its index in the review.
    pub fn claim(&self, index: usize) -> Option<&'a Claim> {
        self.claims.get(index)
    }

    /// What the reference tables say of a claim.
    pub fn comparison(&self, index: usize) -> Option<&'a Comparison> {
        self.comparisons.get(index)
    }

    /// The claims of an article with their indices in the review.
    pub fn claims_of(&self, article: usize) -> impl Iterator<Item = (usize, &'a Claim)> + use<'a> {
        let first = self.claims.partition_point(|claim| claim.article < article);
        let all = self.claims.get(first..).unwrap_or_default();
        let own = all.iter().take_while(move |claim| claim.article == article);
        (first..).zip(own)
    }

    /// The relations of an article's numbers that no reading makes hold.
    pub fn misfits(
        &self,
        article: usize,
        misfit: Misfit,
    ) -> impl Iterator<Item = &'a Relation> + use<'a> {
        let own = self.relations.get(article).map_or(&[][..], Vec::as_slice);
        own.iter().filter(move |relation| relation.misfit == misfit && !relation.holds)
    }

    /// The earlier version of an article.
    pub fn earlier(&self, article: usize) -> Option<&'a Earlier> {
        let found = self.earlier.binary_search_by_key(&article, |earlier| earlier.now);
        found.ok().and_then(|at| self.earlier.get(at))
    }

    /// The article of a claim.
    pub fn article(&self, claim: &Claim) -> Option<&'a Article> {
        self.articles.get(claim.article)
    }

    /// Whether a claim is one of an article of the archive: evidence, and not itself checked.
    pub fn is_archived(&self, claim: &Claim) -> bool {
        claim.article >= self.given
    }

    /// The article of a claim as a message names it: by its name, or by outlet and day where it is
    /// one of the archive.
    pub fn told_by(&self, claim: &Claim) -> String {
        let Some(article) = self.article(claim) else { return String::new() };
        if !self.is_archived(claim) {
            return article.name.clone();
        }
        let day = article.published.map(|day| format!(", {day}")).unwrap_or_default();
        format!("{}{day}", article.outlet.as_ref().unwrap_or(&article.name))
    }

    /// What a claim says as evidence: who says which figure, and of an article that the reader has
    /// not at hand the whole sentence.
    pub fn says(&self, claim: &Claim) -> String {
        let said = format!("{} says {}", self.told_by(claim), self.shown(claim));
        if !self.is_archived(claim) {
            return said;
        }
        format!("{said}: “{}”", one_line(claim.sentence.of(self.prose(claim))))
    }

    /// The text that a claim's spans measure.
    pub fn prose(&self, claim: &Claim) -> &'a str {
        self.article(claim).map_or("", |article| &article.prose)
    }

    /// Whether the claim's sentence, or what stands right around it, names a source.
    pub fn names_a_source(&self, claim: &Claim) -> bool {
        crate::compare::names_a_source(self.prose(claim), claim.sentence)
    }

    /// The number with its hedge and noun, on one line, as it stands inside a sentence: `more than
    /// 13,000 people`.
    pub fn shown(&self, claim: &Claim) -> String {
        Self::shown_in(claim, self.prose(claim))
    }

    /// The same of a claim of another text, such as an earlier version.
    pub fn shown_in(claim: &Claim, prose: &str) -> String {
        let text = one_line(claim.shown(prose));
        let mut letters = text.chars();
        match (letters.next(), letters.clone().next()) {
            (Some(first), Some(next)) if first.is_ascii_uppercase() && next.is_lowercase() => {
                format!("{}{}", first.to_ascii_lowercase(), letters.as_str())
            }
            _ => text,
        }
    }

    /// A claim as something that stands beside a finding.
    pub fn at_claim(&self, index: usize, message: impl Into<String>) -> Option<Label> {
        let claim = self.claim(index)?;
        let at = self.article(claim)?.locate(claim.quantity.span);
        Some(Label { at, message: message.into() })
    }

    /// A cell of a reference table as something that stands beside a finding.
    pub fn at_row(&self, row: ObservationId, message: impl Into<String>) -> Option<Label> {
        Some(Label { at: self.store.observation(row).at, message: message.into() })
    }
}

/// What a rule has to say of a number.
#[derive(Debug)]
pub struct Say {
    message: String,
    related: Vec<Label>,
    arithmetic: Option<String>,
    suggestion: Option<Suggestion>,
    confidence: Confidence,
    ceiling: Severity,
}

impl Say {
    /// One sentence or two, without a full stop behind the last.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            related: Vec::new(),
            arithmetic: None,
            suggestion: None,
            confidence: Confidence::High,
            ceiling: Severity::Error,
        }
    }

    /// Where the evidence stands; made by [`Facts::at_claim`] or [`Facts::at_row`].
    #[must_use]
    pub fn beside(mut self, label: impl IntoIterator<Item = Label>) -> Self {
        self.related.extend(label);
        self
    }

    /// The calculation in signs.
    #[must_use]
    pub fn computed(mut self, arithmetic: impl Into<String>) -> Self {
        self.arithmetic = Some(arithmetic.into());
        self
    }

    /// What should stand there, and why; only where that is certain.
    #[must_use]
    pub fn suggesting(mut self, replacement: impl Into<String>, why: impl Into<String>) -> Self {
        self.suggestion = Some(Suggestion { replacement: replacement.into(), why: why.into() });
        self
    }

    /// How sure the reading is; high unless said.
    #[must_use]
    pub fn confidence(mut self, confidence: Confidence) -> Self {
        self.confidence = confidence;
        self
    }

    /// No graver than this, whatever the rule's own severity.
    #[must_use]
    pub fn at_most(mut self, severity: Severity) -> Self {
        self.ceiling = severity;
        self
    }
}

impl Say {
    /// What is wrong, with the calculation of a relation and the numbers that went into it.
    pub fn reckoned(facts: &Facts<'_>, what: &str, relation: &Relation) -> Self {
        let others = relation.beside.iter();
        let others = others.filter_map(|(index, says)| facts.at_claim(*index, *says));
        Self::new(format!("{what}: {}", relation.text))
            .beside(others)
            .computed(relation.text.as_str())
    }
}

/// Takes the findings of one rule.
#[derive(Debug)]
pub struct Sink<'a> {
    facts: &'a Facts<'a>,
    info: &'static RuleInfo,
    found: &'a mut Vec<Finding>,
}

impl Sink<'_> {
    /// Says something of a claim, given by its index in the review.
    pub fn report(&mut self, index: usize, say: Say) {
        let Some(claim) = self.facts.claim(index) else { return };
        if self.facts.is_archived(claim) {
            return;
        }
        let Some(article) = self.facts.article(claim) else { return };
        let say = say.of_quotation(claim.quoted);
        let Say { message, related, arithmetic, suggestion, confidence, ceiling } = say;
        let topic = claim.measure.as_ref().map_or_else(
            || claim.indicator.value.name().to_owned(),
            |measure| self.facts.store.catalog.measure(measure.value).key.to_string(),
        );
        let at = article.locate(claim.quantity.span);
        self.found.push(Finding {
            rule: self.info,
            severity: self.info.severity.min(ceiling),
            confidence,
            primary: Label { at, message: message.clone() },
            message,
            article: Some(claim.article),
            claim: Some(index),
            related,
            arithmetic,
            suggestion,
            // The claim's id is its sentence, its text and its turn.
            fingerprint: fingerprint([self.info.name, &topic, &claim.id]),
        });
    }

    /// Says something of words that are no claim, such as a date.
    pub fn report_words(&mut self, article: usize, words: &Passage, say: Say) {
        let Some(text) = self.facts.articles.get(article) else { return };
        let say = say.of_quotation(words.quoted);
        let Say { message, related, arithmetic, suggestion, confidence, ceiling } = say;
        let at = text.locate(words.span);
        let sentence = one_line(words.sentence.of(&text.prose)).to_lowercase();
        let own = words.span.of(&text.prose);
        self.found.push(Finding {
            rule: self.info,
            severity: self.info.severity.min(ceiling),
            confidence,
            primary: Label { at, message: message.clone() },
            message,
            article: Some(article),
            claim: None,
            related,
            arithmetic,
            suggestion,
            fingerprint: fingerprint([self.info.name, &sentence, own]),
        });
    }
}

impl Say {
    /// The same of something that stands in a quotation.
    fn of_quotation(mut self, quoted: bool) -> Self {
        if quoted {
            self.message
                .push_str("; the number stands in a quotation, so it needs context, not a change");
            self.suggestion = None;
        }
        self
    }
}

/// Runs the selected rules: all if `select` is empty, and none that `ignore` names; without
/// `alone` only what looks at several articles. The findings come in text order, article after
/// article.
pub fn run(
    facts: &Facts<'_>,
    (select, ignore): (&[String], &[String]),
    alone: bool,
) -> Vec<Finding> {
    let listed = |names: &[String], rule: &Rule| names.iter().any(|name| name == rule.info.name);
    let chosen =
        |rule: &&&Rule| !listed(ignore, rule) && (select.is_empty() || listed(select, rule));
    let rules: Vec<&Rule> = RULES.iter().filter(chosen).copied().collect();
    let of_article = |article: usize| {
        let mut found = Vec::new();
        for rule in &rules {
            let mut sink = Sink { facts, info: &rule.info, found: &mut found };
            match rule.check {
                Check::Claim(check) | Check::Both(check, _) => {
                    for (index, claim) in facts.claims_of(article) {
                        check(facts, index, claim, &mut sink);
                    }
                }
                Check::Article(check) => check(facts, article, &mut sink),
                Check::Run(_) => {}
            }
        }
        found
    };
    let articles = (0..if alone { facts.given } else { 0 }).into_par_iter();
    let mut found: Vec<Finding> = articles.flat_map_iter(of_article).collect();
    for rule in &rules {
        if let Check::Run(check) | Check::Both(_, check) = rule.check {
            check(facts, &mut Sink { facts, info: &rule.info, found: &mut found });
        }
    }
    found.sort_by(|a, b| {
        let key = |f: &Finding| (f.article, f.primary.at, f.rule.name);
        key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message))
    });
    found
}

/// `text` with every run of white space as one space.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
