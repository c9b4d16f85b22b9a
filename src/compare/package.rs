//! Sums that go by their figure: the "$61 billion package" of one outlet is that of another.

use crate::claim::{Claim, Modality};
use crate::compare::SeriesKey;
use crate::compare::figure::grouped;
use crate::ingest::Article;
use crate::number::Decimal;
use crate::quantity::{Hedge, Kind};
use crate::reference::Indicator;

/// Words for money that is given or set aside.
const WORDS: &[&str] = &["aid", "assistance", "package", "bailout", "loan", "relief"];

/// How often an article has to speak of such money.
const OFTEN: usize = 2;

/// The least sum that is known by its figure.
const LEAST: Decimal = Decimal::from_parts(10_000_000, 0, 0, false, 0);

/// What ties the sum to claims of the same sum at the same time; `None` for one that no package is
/// known by: a small or a round one, a part of an article that is about other things.
pub(crate) fn key(claim: &Claim, article: &Article) -> Option<SeriesKey> {
    let quantity = &claim.quantity;
    let value = quantity.lower;
    let digits = value.normalize().mantissa().to_string();
    let is_plain = matches!(quantity.hedge, Hedge::Exact | Hedge::About | Hedge::Nearly)
        && quantity.lower == quantity.upper
        && matches!(claim.modality.value, Modality::Asserted | Modality::Planned);
    let is_aid = matches!(
        claim.indicator.value,
        Indicator::AidMilitary
            | Indicator::AidHumanitarian
            | Indicator::AidFinancial
            | Indicator::AidOther
            | Indicator::Other
    );
    let is_known = digits.trim_end_matches('0').len() > 1 && value >= LEAST;
    if quantity.kind != Kind::Money || !is_plain || !is_aid || !is_known || !is_about(article) {
        return None;
    }
    let unit = quantity.unit.as_deref()?.to_owned();
    Some(SeriesKey {
        indicator: Indicator::AidOther.name().to_owned(),
        kind: quantity.kind.name().to_owned(),
        event: Some(format!("{} {unit}", grouped(value))),
        unit: Some(unit),
        ..SeriesKey::default()
    })
}

/// Whether the article speaks of such money.
fn is_about(article: &Article) -> bool {
    let words = article.prose.split(|c: char| !c.is_alphanumeric());
    let found = words.filter(|word| WORDS.iter().any(|known| known.eq_ignore_ascii_case(word)));
    found.take(OFTEN).count() == OFTEN
}
