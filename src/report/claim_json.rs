//! A claim as programs read it. Names and order of the fields are part of the contract.

use crate::check::Review;
use crate::compare::Evidence;
use crate::ingest::BlockKind;
use crate::number::Decimal;
use crate::quantity::Interval;
use crate::reference::ObservationId;
use crate::report::{Entry, evidence, prose};
use serde::Serialize;

/// A claim.
#[derive(Debug, Serialize)]
pub(crate) struct ClaimJson<'a> {
    pub(crate) article: &'a str,
    pub(crate) id: &'a str,
    pub(crate) block: &'static str,
    pub(crate) number: NumberJson<'a>,
    pub(crate) text: &'a str,
    pub(crate) sentence: &'a str,
    pub(crate) lower: String,
    pub(crate) upper: String,
    pub(crate) hedge: &'static str,
    pub(crate) interval: IntervalJson,
    pub(crate) kind: &'static str,
    pub(crate) unit: Option<&'a str>,
    pub(crate) noun: Option<&'a str>,
    pub(crate) indicator: &'static str,
    pub(crate) subject: Option<&'a str>,
    pub(crate) place: Option<&'a str>,
    pub(crate) aspect: Option<&'static str>,
    pub(crate) measure: Option<&'a str>,
    pub(crate) place_id: Option<&'a str>,
    pub(crate) when: Option<WhenJson<'a>>,
    pub(crate) modality: &'static str,
    pub(crate) attributed_to: Option<&'a str>,
    pub(crate) quoted: bool,
    pub(crate) status: &'static str,
    pub(crate) by: Option<&'static str>,
    pub(crate) reason: &'a str,
    pub(crate) evidence: Vec<EvidenceJson<'a>>,
}

/// The number expression and its place in the file as stored.
#[derive(Debug, Serialize)]
pub(crate) struct NumberJson<'a> {
    pub(crate) text: &'a str,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) line: usize,
    pub(crate) column: usize,
}

/// The values a number supports; null stands for an open end.
#[derive(Debug, Serialize)]
pub(crate) struct IntervalJson {
    pub(crate) lower: Option<String>,
    pub(crate) upper: Option<String>,
}

/// The time of a claim.
#[derive(Debug, Serialize)]
pub(crate) struct WhenJson<'a> {
    pub(crate) text: Option<&'a str>,
    pub(crate) start: Option<&'a str>,
    pub(crate) end: Option<String>,
}

/// What a claim was held against.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(crate) enum EvidenceJson<'a> {
    Reference(RowJson<'a>),
    Articles { article: &'a str, claim: &'a str, lower: String, upper: String, source_group: usize },
    Arithmetic { claims: Vec<&'a str>, text: &'a str },
}

/// A row of a reference table.
#[derive(Debug, Serialize)]
pub(crate) struct RowJson<'a> {
    table: &'a str,
    line: usize,
    id: &'a str,
    lower: Option<String>,
    upper: Option<String>,
    as_of: String,
    published: Option<String>,
    publisher: &'a str,
    url: &'a str,
}

impl From<Interval> for IntervalJson {
    fn from(interval: Interval) -> Self {
        Self { lower: interval.lower.map(decimal), upper: interval.upper.map(decimal) }
    }
}

impl<'a> RowJson<'a> {
    pub(crate) fn of(review: &'a Review, id: ObservationId) -> Self {
        let row = review.store.observation(id);
        let IntervalJson { lower, upper } = evidence::ends(row).into();
        Self {
            table: &row.table,
            line: row.line,
            id: &row.id,
            lower,
            upper,
            as_of: row.as_of.to_string(),
            published: row.published.as_ref().map(ToString::to_string),
            publisher: &row.publisher,
            url: &row.url,
        }
    }
}

impl<'a> EvidenceJson<'a> {
    fn of(review: &'a Review, evidence: &'a Evidence) -> Option<Self> {
        Some(match evidence {
            Evidence::Reference(id) => Self::Reference(RowJson::of(review, *id)),
            Evidence::Articles { claim, source_group } => {
                let other = review.claims.get(*claim)?;
                Self::Articles {
                    article: &review.articles.get(other.article)?.name,
                    claim: &other.id,
                    lower: decimal(other.quantity.lower),
                    upper: decimal(other.quantity.upper),
                    source_group: *source_group,
                }
            }
            Evidence::Arithmetic { claims, text } => Self::Arithmetic {
                claims: claims.iter().filter_map(|i| Some(&*review.claims.get(*i)?.id)).collect(),
                text,
            },
        })
    }
}

impl<'a> ClaimJson<'a> {
    pub(crate) fn of(review: &'a Review, entry: Entry<'a>) -> Self {
        let (claim, verdict) = (entry.claim, entry.verdict);
        let quantity = &claim.quantity;
        let prose = prose(review, claim);
        let subject = claim.subject.as_ref().map(|subject| subject.value.slug());
        let place = claim.place.as_ref().map(|place| &place.value);
        let measure = claim.measure.as_ref();
        Self {
            article: review.articles.get(claim.article).map_or("", |article| &article.name),
            id: &claim.id,
            block: block(claim.block),
            number: NumberJson::of(review, entry),
            text: claim.shown(prose),
            sentence: claim.sentence.of(prose),
            lower: decimal(quantity.lower),
            upper: decimal(quantity.upper),
            hedge: quantity.hedge.name(),
            interval: claim.interval().into(),
            kind: quantity.kind.name(),
            unit: quantity.unit.as_deref(),
            noun: quantity
                .noun
                .as_ref()
                .map(|noun| noun.phrase.of(prose))
                .filter(|n| !n.is_empty()),
            indicator: claim.indicator.value.name(),
            subject,
            place: place.map(|place| &*place.shown),
            aspect: claim.aspect.as_ref().map(|aspect| aspect.value.name()),
            measure: measure.map(|measure| &*review.store.catalog.measure(measure.value).key),
            place_id: place.and_then(|place| Some(&*review.store.catalog.place(place.id?).id)),
            when: claim.when.as_ref().map(|when| WhenJson {
                text: when.value.text.map(|span| span.of(prose)),
                start: when.value.start.as_deref(),
                end: when.value.end.map(|day| day.to_string()),
            }),
            modality: claim.modality.value.name(),
            attributed_to: claim.attributed_to.as_ref().map(|slot| &*slot.value.0),
            quoted: claim.quoted,
            status: verdict.status.name(),
            by: verdict.by.map(crate::compare::By::name),
            reason: &verdict.reason,
            evidence: verdict.evidence.iter().filter_map(|e| EvidenceJson::of(review, e)).collect(),
        }
    }
}

impl<'a> NumberJson<'a> {
    fn of(review: &'a Review, entry: Entry<'a>) -> Self {
        let span = entry.claim.quantity.span;
        let text = span.of(prose(review, entry.claim));
        let Some(article) = review.articles.get(entry.claim.article) else {
            return Self { text, start: 0, end: 0, line: 1, column: 1 };
        };
        let place = review.sources.place(article.locate(span));
        Self { text, start: place.start, end: place.end, line: place.line, column: place.column }
    }
}

/// The exact value, as a decimal string.
pub(crate) fn decimal(value: Decimal) -> String {
    value.normalize().to_string()
}

/// The name of a part of an article.
pub(crate) fn block(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Headline => "headline",
        BlockKind::Standfirst => "standfirst",
        BlockKind::Body => "body",
        BlockKind::Caption => "caption",
        BlockKind::Table => "table",
    }
}
