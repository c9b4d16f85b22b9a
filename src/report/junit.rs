//! `JUnit` XML: a test case for every number, so that a test report shows how many were checked.
//!
//! A number fails by a finding that makes the run fail, is skipped where it is unchecked, and
//! passes otherwise; lesser findings are its output.

use crate::check::Review;
use crate::compare::{Status, Verdict};
use crate::finding::{Finding, Severity};
use crate::report::spoken::{file_of, spoken};
use crate::report::xml::Document;
use crate::report::{Renderer, View, prose};
use std::io;

/// Every number as a `JUnit` test case.
pub(crate) static RENDERER: Renderer =
    Renderer { name: "junit", media_type: "application/xml", render };

/// A test case.
struct Case<'a> {
    name: String,
    file: String,
    line: usize,
    outcome: Outcome<'a>,
    says: Vec<&'a Finding>,
}

enum Outcome<'a> {
    Passed,
    Skipped(&'a Verdict),
    Failed(&'a Finding),
    Broken(&'a str),
}

fn render(review: &Review, view: &View, out: &mut dyn io::Write) -> io::Result<()> {
    let mut suites = Vec::new();
    let tables = of_tables(review, view);
    if !tables.is_empty() {
        suites.push(("reference tables", tables));
    }
    for (i, article) in review.checked().iter().enumerate() {
        suites.push((&*article.name, of_article(review, view, i)));
    }
    if !review.errors.is_empty() {
        let broken = review.errors.iter().map(|text| Case::broken(text));
        suites.push(("numcheck", broken.collect()));
    }
    let all: Vec<_> = suites.iter().flat_map(|(_, cases)| cases).collect();
    let counts = counts(&all);
    let mut document = Document::begin(out)?;
    let numbers: Vec<_> = counts.iter().map(|(key, count)| (*key, &**count)).collect();
    document.open("testsuites", &[&[("name", "numcheck")], &*numbers].concat())?;
    for (name, cases) in &suites {
        suite(review, name, cases, &mut document)?;
    }
    document.close("testsuites")?;
    document.end()
}

fn suite(
    review: &Review,
    name: &str,
    cases: &[Case<'_>],
    document: &mut Document<'_>,
) -> io::Result<()> {
    let counts = counts(&cases.iter().collect::<Vec<_>>());
    let numbers: Vec<_> = counts.iter().map(|(key, count)| (*key, &**count)).collect();
    document.open("testsuite", &[&[("name", name)], &*numbers].concat())?;
    for case in cases {
        let line = case.line.to_string();
        let about =
            [("classname", name), ("name", &case.name), ("file", &case.file), ("line", &line)];
        document.open("testcase", &about)?;
        match case.outcome {
            Outcome::Passed => {}
            Outcome::Skipped(verdict) => {
                document.empty("skipped", &[("message", &verdict.reason)])?;
            }
            Outcome::Failed(finding) => {
                let message = spoken(review, finding);
                let about = [("type", finding.rule.name), ("message", &*message)];
                document.text("failure", &about, &placed(review, finding))?;
            }
            Outcome::Broken(text) => {
                document.empty("error", &[("type", "unreadable"), ("message", text)])?;
            }
        }
        let says: Vec<_> = case.says.iter().map(|finding| placed(review, finding)).collect();
        if !says.is_empty() {
            document.text("system-out", &[], &says.join(" | "))?;
        }
        document.close("testcase")?;
    }
    document.close("testsuite")
}

/// A finding as a line of a log.
fn placed(review: &Review, finding: &Finding) -> String {
    let place = review.sources.place(finding.primary.at);
    let (severity, rule) = (finding.severity.name(), finding.rule.name);
    let says = spoken(review, finding);
    format!("{}:{}:{}: {severity}[{rule}]: {says}", place.path, place.line, place.column)
}

fn counts(cases: &[&Case<'_>]) -> [(&'static str, String); 4] {
    let count = |is: fn(&Outcome<'_>) -> bool| {
        cases.iter().filter(|case| is(&case.outcome)).count().to_string()
    };
    [
        ("tests", cases.len().to_string()),
        ("failures", count(|outcome| matches!(outcome, Outcome::Failed(_)))),
        ("errors", count(|outcome| matches!(outcome, Outcome::Broken(_)))),
        ("skipped", count(|outcome| matches!(outcome, Outcome::Skipped(_)))),
    ]
}

impl Case<'_> {
    fn broken(text: &str) -> Case<'_> {
        Case {
            name: "could not be read".to_owned(),
            file: String::new(),
            line: 1,
            outcome: Outcome::Broken(text),
            says: Vec::new(),
        }
    }
}

fn of_article<'a>(review: &'a Review, view: &View, index: usize) -> Vec<Case<'a>> {
    let Some(article) = review.articles.get(index) else { return Vec::new() };
    let first = review.claims.partition_point(|claim| claim.article < index);
    let claims = review.claims.iter().zip(&review.verdicts).enumerate().skip(first);
    let own = claims.take_while(|(_, (claim, _))| claim.article == index);
    let mut cases: Vec<_> = own
        .map(|(i, (claim, verdict))| {
            let place = review.sources.place(article.locate(claim.quantity.span));
            let shown = claim.shown(prose(review, claim));
            let findings = review.findings.iter().filter(|f| f.claim == Some(i) && view.shows(f));
            let (failing, says): (Vec<_>, Vec<_>) =
                findings.partition(|finding| fails(view, finding));
            let mut failing = failing.into_iter();
            let outcome = match (failing.next(), verdict.status) {
                (Some(finding), _) => Outcome::Failed(finding),
                (None, Status::Unchecked) => Outcome::Skipped(verdict),
                (None, _) => Outcome::Passed,
            };
            Case {
                name: format!("{}:{} {shown}", place.line, place.column),
                file: file_of(&place.path).to_owned(),
                line: place.line,
                outcome,
                says: failing.chain(says).collect(),
            }
        })
        .collect();
    if cases.is_empty() {
        // Several services fail on a report without a test.
        let file = file_of(&article.name).to_owned();
        let name = "no numbers".to_owned();
        cases.push(Case { name, file, line: 1, outcome: Outcome::Passed, says: Vec::new() });
    }
    cases
}

/// Findings that are about no number.
fn of_tables<'a>(review: &'a Review, view: &View) -> Vec<Case<'a>> {
    let findings = review.findings.iter().filter(|f| f.claim.is_none() && view.shows(f));
    findings
        .map(|finding| {
            let place = review.sources.place(finding.primary.at);
            let failing = fails(view, finding);
            Case {
                name: format!("{}:{}:{}", place.path, place.line, place.column),
                file: file_of(&place.path).to_owned(),
                line: place.line,
                outcome: if failing { Outcome::Failed(finding) } else { Outcome::Passed },
                says: if failing { Vec::new() } else { vec![finding] },
            }
        })
        .collect()
}

/// Whether the finding makes the run fail; errors do where a run fails by nothing.
fn fails(view: &View, finding: &Finding) -> bool {
    finding.severity >= view.fail_on.unwrap_or(Severity::Error)
}
