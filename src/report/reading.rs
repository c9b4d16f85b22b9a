//! How a number was read, in a line.

use crate::check::Review;
use crate::claim::Modality;
use crate::report::{Entry, prose};

/// What a number is of: kind and unit, topic, whose, where, how far along, when; and whether it is
/// said to be so, unless it plainly is. Topics that are not known and empty slots are left out.
pub(crate) fn reading(review: &Review, entry: Entry<'_>) -> String {
    let claim = entry.claim;
    let prose = prose(review, claim);
    let quantity = &claim.quantity;
    let mut parts = vec![match quantity.unit.as_deref() {
        Some(unit) => format!("{} {unit}", quantity.kind.name()),
        None => quantity.kind.name().to_owned(),
    }];
    let mut add = |text: Option<String>| parts.extend(text);
    let indicator = claim.indicator.value.name();
    add(Some(indicator.replace('_', " ")).filter(|_| indicator != "other"));
    add(claim.subject.as_ref().map(|subject| subject.value.slug().to_owned()));
    add(claim.place.as_ref().map(|place| format!("in {}", place.value.shown)));
    add(claim.aspect.as_ref().map(|aspect| aspect.value.name().to_owned()));
    let when = claim.when.as_ref().and_then(|when| when.value.text);
    add(when.map(|span| span.of(prose).to_owned()));
    let modality = claim.modality.value;
    add(Some(modality.name().to_owned()).filter(|_| modality != Modality::Asserted));
    parts.join(" · ")
}

/// Where a number stands in its article: line and column.
pub(crate) fn place(review: &Review, entry: Entry<'_>) -> String {
    let Some(article) = review.articles.get(entry.claim.article) else { return String::new() };
    let at = article.locate(entry.claim.quantity.span);
    let (line, column) = review.sources.get(at.source).line_column(at.span.start());
    format!("{line}:{column}")
}
