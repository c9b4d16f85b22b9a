//! What a slot could have held and does not: the names of the sentence that no pattern ties to the
//! number. Asked for by `explain` only.

use crate::claim::Claim;
use crate::claim::frame::mentions;
use crate::reference::Catalog;
use crate::segment::Tokens;
use crate::text::{Prose, Span};

/// The names in the claim's sentence that stand in none of its slots, in the order of the text.
/// `prose` is the text that the claim's spans measure.
pub fn passed_over(prose: &str, claim: &Claim, catalog: &Catalog) -> Vec<Span<Prose>> {
    let mut tokens = Tokens::new();
    tokens.read(prose, claim.sentence);
    let subject = claim.subject.as_ref().map(|slot| slot.span);
    let place = claim.place.as_ref().map(|slot| slot.span);
    let said_by = claim.attributed_to.as_ref().map(|slot| slot.span);
    let taken = [subject, place, said_by, Some(claim.quantity.phrase)];
    let overlaps = |a: Span<Prose>, b: Span<Prose>| a.start() < b.end() && b.start() < a.end();
    let names = mentions(catalog, &tokens).into_iter();
    let spans = names.map(|name| tokens.span(name.first, name.end));
    spans.filter(|span| !taken.iter().flatten().any(|slot| overlaps(*slot, *span))).collect()
}

#[cfg(test)]
mod tests {
    use super::passed_over;
    use crate::claim::claims;
    use crate::ingest::read;
    use crate::reference::Store;
    use crate::text::Sources;

    #[test]
    fn names_without_a_slot_are_told() {
        let mut sources = Sources::new();
        let store = Store::builtin(&mut sources);
        let text = "Poland said on Friday that Russia had moved 4,000 troops to Belarus.\n";
        let articles = read("a.txt", text.as_bytes(), None, &mut sources).unwrap();
        let claims = claims(&articles[0], 0, &store.catalog);
        let left = passed_over(&articles[0].prose, &claims[0], &store.catalog);
        let left: Vec<_> = left.iter().map(|span| span.of(&articles[0].prose)).collect();
        // Poland speaks, Russia's troops they are, Belarus is where.
        assert_eq!(left, Vec::<&str>::new());
        let text = "Near Kyiv, where Turkey and Poland met, Russia lost 40 tanks.\n";
        let articles = read("b.txt", text.as_bytes(), None, &mut sources).unwrap();
        let claims = crate::claim::claims(&articles[0], 0, &store.catalog);
        let left = passed_over(&articles[0].prose, &claims[0], &store.catalog);
        let left: Vec<_> = left.iter().map(|span| span.of(&articles[0].prose)).collect();
        assert!(left.contains(&"Turkey") && left.contains(&"Poland"), "{left:?}");
        assert!(!left.contains(&"Russia"), "{left:?}");
    }
}
