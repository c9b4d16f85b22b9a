//! The country an article is about, for tolls whose sentence names no place.

use crate::claim::{Slot, Where};
use crate::ingest::Article;
use crate::reference::{Catalog, EntityId, EntityKind, Indicator};
use crate::segment::Tokens;
use crate::text::Span;
use std::collections::BTreeMap;

/// Mentions that one country must have for the article to be about it.
const MENTIONS: usize = 3;

/// The country that is named more often than all others together, if there is one; a people that
/// acts (`Russian`) counts for its country, so wars have no such country unless one side's land is
/// spoken of far more.
pub(crate) fn country(article: &Article, catalog: &Catalog) -> Option<EntityId> {
    let mut tokens = Tokens::new();
    let mut counts: BTreeMap<EntityId, usize> = BTreeMap::new();
    tokens.read(&article.prose, Span::new(0, article.prose.len()));
    let mut i = 0;
    while i < tokens.len() {
        let (entity, place) = catalog.named_at(&tokens, i);
        let (found, end) = match (entity, place) {
            (Some(e), p) if p.as_ref().is_none_or(|p| p.end <= e.end) => (Some(e.entity), e.end),
            (_, Some(p)) => (catalog.place(p.place).country, p.end),
            _ => (None, i + 1),
        };
        if let Some(id) = found.filter(|id| catalog.entity(*id).kind == EntityKind::Country) {
            *counts.entry(id).or_default() += 1;
        }
        i = end.max(i + 1);
    }
    let all: usize = counts.values().sum();
    let (id, most) = counts.into_iter().max_by_key(|(id, n)| (*n, std::cmp::Reverse(*id)))?;
    (most >= MENTIONS && most * 2 > all).then_some(id)
}

/// Whether claims of this indicator may take the article's country as their place.
pub(crate) fn may_lean(indicator: Indicator) -> bool {
    matches!(
        indicator,
        Indicator::Killed
            | Indicator::Wounded
            | Indicator::Casualties
            | Indicator::Displaced
            | Indicator::Troops
            | Indicator::Captured
            | Indicator::Missing
            | Indicator::Evacuated
            | Indicator::Attacks
            | Indicator::Energy
            | Indicator::DiseaseCases
            | Indicator::DiseaseDeaths
    )
}

/// The article's country as a claim's place.
pub(crate) fn slot(catalog: &Catalog, country: EntityId, article: &Article) -> Slot<Where> {
    let shown = catalog.entity(country).id.to_string();
    let value = Where {
        id: catalog.country_place(country),
        country: Some(shown.clone()),
        shown,
        whole: true,
        inferred: true,
    };
    let span = Span::new(0, article.title.as_ref().map_or(0, String::len).min(article.prose.len()));
    Slot { value, span, by: "the country the article is about".to_owned() }
}
