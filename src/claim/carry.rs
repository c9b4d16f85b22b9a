//! Slots that a claim takes from its article: whose a headline's figure is, who gives, and where it
//! happened, when the sentence does not say and the article says it in one way only.

use crate::claim::lexicon::{Word, is};
use crate::claim::{Claim, Slot, Subject, Where, topic};
use crate::ingest::{Article, BlockKind};
use crate::reference::{Catalog, EntityId, Indicator, PlaceKind};
use crate::segment::Tokens;
use crate::text::Span;

/// How many claims must agree for those that say nothing to be taken for the same.
const GIVEN: usize = 2;

/// Fills what the sentences left open.
pub(crate) fn carry(found: &mut [Claim], article: &Article, catalog: &Catalog) {
    headline_groups(found);
    givers(found);
    let owned = |claim: &Claim| claim.subject.is_none() && is_public(claim, article);
    let placeless = |claim: &Claim| {
        claim.place.is_none()
            && (topic::may_lean(claim.indicator.value) || is_public(claim, article))
    };
    if !found.iter().any(|claim| placeless(claim) || owned(claim)) {
        return;
    }
    let country = topic::country(article, catalog);
    let spot = spot(found, article, catalog, country);
    for claim in found.iter_mut() {
        let place = country.map(|country| topic::slot(catalog, country, article));
        if let (Some(country), Some(place)) = (country, place.clone().filter(|_| owned(claim))) {
            let value = Subject::Entity(country, place.value.shown);
            claim.subject = Some(Slot { value, span: place.span, by: place.by });
        }
        if placeless(claim) {
            let spot = spot.clone().filter(|_| is_harm(claim.indicator.value));
            claim.place = spot.or(place);
        }
    }
}

/// Whether the claim is about a public budget, not a firm's or a hospital's.
fn is_public(claim: &Claim, article: &Article) -> bool {
    if claim.indicator.value != Indicator::Budget {
        return false;
    }
    let mut tokens = Tokens::new();
    tokens.read(&article.prose, claim.sentence);
    (0..tokens.len()).any(|k| is(&tokens, k, Word::Public))
}

/// A headline's figure is of the group that the body gives for it.
fn headline_groups(found: &mut [Claim]) {
    for at in 0..found.len() {
        let head = &found[at];
        if head.block != BlockKind::Headline || head.subject.is_some() || !counts_people(head) {
            continue;
        }
        let same = |claim: &&Claim| {
            claim.block != BlockKind::Headline
                && claim.indicator.value == head.indicator.value
                && claim.quantity.lower == head.quantity.lower
                && claim.quantity.upper == head.quantity.upper
        };
        let subject = one(found.iter().filter(same).map(|claim| claim.subject.as_ref()));
        if let Some(subject) = subject {
            let by = "whose the same figure is in the body".to_owned();
            found[at].subject = Some(Slot { by, ..subject });
        }
    }
}

/// Aid in a sentence that names no giver is of the one who gives all the rest.
fn givers(found: &mut [Claim]) {
    let aid: Vec<usize> =
        (0..found.len()).filter(|at| is_aid(found[*at].indicator.value)).collect();
    let named = aid.iter().filter_map(|at| found[*at].subject.as_ref());
    if named.clone().count() < GIVEN {
        return;
    }
    let Some(giver) = one(named.map(Some)) else { return };
    for at in aid {
        if found[at].subject.is_none() {
            let by = "gives all the other aid of the article".to_owned();
            found[at].subject = Some(Slot { by, ..giver.clone() });
        }
    }
}

/// The one subject of them all.
fn one<'a>(mut subjects: impl Iterator<Item = Option<&'a Slot<Subject>>>) -> Option<Slot<Subject>> {
    let first = subjects.next()??;
    let alike = |other: Option<&Slot<Subject>>| other.is_some_and(|o| o.value == first.value);
    subjects.all(alike).then(|| first.clone())
}

/// Where it happened: the one town that the headline names, or the one of the article's tolls.
fn spot(
    found: &[Claim],
    article: &Article,
    catalog: &Catalog,
    country: Option<EntityId>,
) -> Option<Slot<Where>> {
    headline_town(article, catalog, country).or_else(|| {
        let tolls = found.iter().filter(|claim| is_harm(claim.indicator.value));
        let places: Vec<_> = tolls.filter_map(|claim| claim.place.as_ref()).collect();
        let first = places.first().filter(|_| places.len() >= GIVEN)?;
        let town = !first.value.whole && first.value.id.is_some();
        let alike = town && places.iter().all(|place| place.value.id == first.value.id);
        let value = Where { inferred: true, ..first.value.clone() };
        let by = "where the other tolls of the article are".to_owned();
        alike.then_some(Slot { value, span: first.span, by })
    })
}

fn headline_town(
    article: &Article,
    catalog: &Catalog,
    country: Option<EntityId>,
) -> Option<Slot<Where>> {
    let title = article.blocks.iter().find(|block| block.kind == BlockKind::Headline)?.span;
    let mut tokens = Tokens::new();
    tokens.read(&article.prose, title);
    let mut named: Option<Slot<Where>> = None;
    let mut at = 0;
    while at < tokens.len() {
        let Some(place) = catalog.place_at(&tokens, at) else {
            at += 1;
            continue;
        };
        let row = catalog.place(place.place);
        let town = matches!(row.kind, PlaceKind::City | PlaceKind::Site);
        if town && (country.is_none() || row.country == country) {
            if named.is_some() {
                return None;
            }
            let span: Span<_> = tokens.span(at, place.end);
            let value = Where {
                shown: span.of(&article.prose).to_owned(),
                id: Some(place.place),
                country: row.country.map(|id| catalog.entity(id).id.to_string()),
                whole: false,
                inferred: true,
            };
            named = Some(Slot { value, span, by: "the town of the headline".to_owned() });
        }
        at = place.end.max(at + 1);
    }
    named
}

fn counts_people(claim: &Claim) -> bool {
    is_harm(claim.indicator.value) || claim.indicator.value == Indicator::Captured
}

fn is_harm(indicator: Indicator) -> bool {
    matches!(
        indicator,
        Indicator::Killed | Indicator::Wounded | Indicator::Casualties | Indicator::Missing
    )
}

fn is_aid(indicator: Indicator) -> bool {
    matches!(
        indicator,
        Indicator::AidMilitary
            | Indicator::AidHumanitarian
            | Indicator::AidFinancial
            | Indicator::AidOther
    )
}

#[cfg(test)]
mod tests {
    use crate::claim::Claim;
    use crate::claim::test_support::claims_in;

    fn places(claims: &[Claim]) -> Vec<Option<(&str, bool)>> {
        let places = claims.iter().map(|c| c.place.as_ref().map(|p| &p.value));
        places.map(|p| p.map(|p| (p.shown.as_str(), p.inferred))).collect()
    }

    fn subjects(claims: &[Claim]) -> Vec<Option<&str>> {
        claims.iter().map(|c| c.subject.as_ref().map(|s| s.value.slug())).collect()
    }

    #[test]
    fn a_headline_tells_where_and_the_body_whose() {
        let claims = claims_in("Blast kills 23 in Lublin", "The blast killed 23 Danish soldiers.");
        assert_eq!(subjects(&claims), [Some("DNK"), Some("DNK")]);
        assert_eq!(places(&claims), [Some(("Lublin", false)), Some(("Lublin", true))]);
    }

    #[test]
    fn one_giver_gives_the_rest() {
        let body = "Norway pledged $40 million in aid to Kenya.\nNorway sent $30 million in aid to \
                    Kenya.\nA package of $20 million in aid follows.";
        let claims = claims_in("Aid for Kenya", body);
        assert_eq!(subjects(&claims), [Some("NOR"), Some("NOR"), Some("NOR")]);
        let claims = claims_in("Aid for Kenya", &body.replace("Norway sent", "Denmark sent"));
        assert_eq!(subjects(&claims), [Some("NOR"), Some("DNK"), None]);
    }
}
