//! How a number was read, in a line.

use crate::check::Review;
use crate::claim::{Claim, Modality};
use crate::report::{Entry, prose};
use std::ops::Range;

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

/// The longest sentence that is given whole, in bytes. A text without full stops is one sentence,
/// and to repeat megabytes for every number in it would help nobody.
const LONGEST_SENTENCE: usize = 2_000;

/// A claim's sentence, or as much of it around the number as may be.
pub(crate) fn sentence<'a>(prose: &'a str, claim: &Claim) -> &'a str {
    around(prose, claim.sentence.range(), claim.quantity.span.start())
}

fn around(prose: &str, span: Range<usize>, at: usize) -> &str {
    let edge = |mut at: usize| {
        while !prose.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    if span.len() <= LONGEST_SENTENCE {
        return prose.get(span).unwrap_or_default();
    }
    let start = span.start.max(at.saturating_sub(LONGEST_SENTENCE / 2));
    let end = span.end.min(start + LONGEST_SENTENCE);
    prose.get(edge(start)..edge(end)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_SENTENCE, around};

    #[test]
    fn endless_sentences_are_cut_around_the_number() {
        let prose = format!("{}14{}", "é ".repeat(9_000), " é".repeat(9_000));
        let at = prose.find("14").unwrap();
        let cut = around(&prose, 0..prose.len(), at);
        assert!(cut.len() <= LONGEST_SENTENCE + 2 && cut.contains("é 14 é"));
        assert_eq!(around("14 killed.", 0..10, 0), "14 killed.");
    }
}
