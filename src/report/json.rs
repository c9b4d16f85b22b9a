//! A whole review as one JSON object. Names and order of the fields are part of the contract.

use crate::check::{AsOf, Review, Settings};
use crate::compare::{self, Point};
use crate::report::claim_json::{ClaimJson, RowJson, decimal};
use crate::report::finding_json::FindingJson;
use crate::report::{Renderer, Tally, View, entries};
use serde::{Serialize, Serializer};
use std::io;

/// A review as one object.
pub(crate) static RENDERER: Renderer =
    Renderer { name: "json", media_type: "application/json", render };

/// The version of the shape, which changes when a field's name or meaning does.
const SCHEMA: &str = "numcheck/review/v1";

#[derive(Serialize)]
struct ReviewJson<'a> {
    schema: &'static str,
    version: &'static str,
    settings: SettingsJson<'a>,
    articles: Vec<ArticleJson<'a>>,
    claims: Claims<'a>,
    findings: Findings<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    waived: Vec<WaivedJson<'a>>,
    series: Series<'a>,
    errors: &'a [String],
}

// A review may hold a million numbers: its lists are written one by one, never gathered.

struct Claims<'a>(&'a Review);

struct Findings<'a>(&'a Review, &'a View);

struct Series<'a>(&'a Review);

/// A finding that somebody has waived.
#[derive(Serialize)]
struct WaivedJson<'a> {
    by: &'static str,
    reason: &'a str,
    author: &'a str,
    finding: FindingJson<'a>,
}

#[derive(Serialize)]
struct SettingsJson<'a> {
    as_of: String,
    across: bool,
    select: &'a [String],
    ignore: &'a [String],
}

#[derive(Serialize)]
struct ArticleJson<'a> {
    path: &'a str,
    id: &'a str,
    title: Option<&'a str>,
    published: Option<String>,
    source: Option<&'a str>,
    numbers: Tally,
}

#[derive(Serialize)]
struct SeriesJson<'a> {
    key: KeyJson<'a>,
    points: Vec<PointJson<'a>>,
    reference: Vec<RowJson<'a>>,
    verdict: &'static str,
}

#[derive(Serialize)]
struct KeyJson<'a> {
    indicator: &'a str,
    measure: Option<&'a str>,
    subject: Option<&'a str>,
    place: Option<&'a str>,
    kind: &'a str,
    unit: Option<&'a str>,
    aspect: Option<&'a str>,
    period: Option<&'a str>,
    event: Option<&'a str>,
}

#[derive(Serialize)]
struct PointJson<'a> {
    article: &'a str,
    claim: &'a str,
    date: Option<String>,
    lower: String,
    upper: String,
    source_group: usize,
}

fn render(review: &Review, view: &View, out: &mut dyn io::Write) -> io::Result<()> {
    let shown = ReviewJson {
        schema: SCHEMA,
        version: env!("CARGO_PKG_VERSION"),
        settings: SettingsJson::of(&review.settings),
        articles: articles(review),
        claims: Claims(review),
        findings: Findings(review, view),
        waived: waived(review, view),
        series: Series(review),
        errors: &review.errors,
    };
    serde_json::to_writer_pretty(&mut *out, &shown)?;
    out.write_all(b"\n")
}

impl<'a> SettingsJson<'a> {
    fn of(settings: &'a Settings) -> Self {
        let Settings { as_of, across, select, ignore, .. } = settings;
        let as_of = match as_of {
            AsOf::Published => "published".to_owned(),
            AsOf::Day(day) => day.to_string(),
            AsOf::Now => "now".to_owned(),
        };
        Self { as_of, across: *across, select, ignore }
    }
}

fn waived<'a>(review: &'a Review, view: &View) -> Vec<WaivedJson<'a>> {
    let shown = review.waived.iter().filter(|waived| view.shows(&waived.finding));
    shown
        .map(|waived| WaivedJson {
            by: waived.waiver.by.name(),
            reason: &waived.waiver.reason,
            author: &waived.waiver.author,
            finding: FindingJson::of(review, &waived.finding),
        })
        .collect()
}

fn articles(review: &Review) -> Vec<ArticleJson<'_>> {
    let numbered = review.checked().iter().enumerate();
    numbered
        .map(|(i, article)| ArticleJson {
            path: &article.name,
            id: &article.id,
            title: article.title.as_deref(),
            published: article.published.map(|day| day.to_string()),
            source: article.outlet.as_deref(),
            numbers: Tally::of_article(review, i),
        })
        .collect()
}

impl Serialize for Claims<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Self(review) = self;
        to.collect_seq(entries(review).map(|entry| ClaimJson::of(review, entry)))
    }
}

impl Serialize for Findings<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Self(review, view) = self;
        let shown = review.findings.iter().filter(|finding| view.shows(finding));
        to.collect_seq(shown.map(|finding| FindingJson::of(review, finding)))
    }
}

impl Serialize for Series<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Self(review) = self;
        to.collect_seq(review.series.iter().map(|series| SeriesJson::of(review, series)))
    }
}

impl<'a> SeriesJson<'a> {
    fn of(review: &'a Review, series: &'a compare::Series) -> Self {
        let key = &series.key;
        let points = series.points.iter();
        let rows = series.reference.iter();
        Self {
            key: KeyJson {
                indicator: &key.indicator,
                measure: key.measure.as_deref(),
                subject: key.subject.as_deref(),
                place: key.place.as_deref(),
                kind: &key.kind,
                unit: key.unit.as_deref(),
                aspect: key.aspect.as_deref(),
                period: key.period.as_deref(),
                event: key.event.as_deref(),
            },
            points: points.filter_map(|point| PointJson::of(review, point)).collect(),
            reference: rows.map(|id| RowJson::of(review, *id)).collect(),
            verdict: series.verdict.name(),
        }
    }
}

impl<'a> PointJson<'a> {
    fn of(review: &'a Review, point: &Point) -> Option<Self> {
        let claim = review.claims.get(point.claim)?;
        let article = review.articles.get(claim.article)?;
        Some(Self {
            article: &article.name,
            claim: &claim.id,
            date: article.published.map(|day| day.to_string()),
            lower: decimal(point.lower),
            upper: decimal(point.upper),
            source_group: point.source_group,
        })
    }
}
