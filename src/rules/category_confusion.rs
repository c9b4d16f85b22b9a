//! Figures of a neighbour category.

use crate::claim::Claim;
use crate::compare::{Slip, shown};
use crate::finding::Severity;
use crate::reference::Relation;
use crate::rule_info;
use crate::rules::reference_mismatch::bounds;
use crate::rules::{Check, Facts, Rule, Say, Sink};

pub(super) static RULE: Rule = Rule {
    info: rule_info! {
        /// Killed and wounded told as killed; crossings told as refugees; a total told as a
        /// month's figure.
        ///
        /// The reference contradicts the figure as what the text calls it, and has this very
        /// figure, of the same place and time, for a neighbour: the whole of which it is a part,
        /// another part of that whole, the stage before or after, or the same thing counted
        /// otherwise. "Casualties" is the word behind most of these mistakes.
        ///
        /// ```article
        /// Toll rises
        /// 20221116
        /// https://example.org/a
        /// The UN human rights office has recorded 16,631 civilians killed in Ukraine since February.
        ///                                         ^^^^^^ category-confusion
        /// ```
        ///
        /// ```article
        /// Toll rises
        /// 20221116
        /// https://example.org/a
        /// The UN human rights office has recorded 16,631 civilian casualties in Ukraine since February.
        /// ```
        ///
        /// Casualties are the killed and the wounded together. So an article that counts fewer of
        /// them than another counts dead, of one event at one time, means something else, or is
        /// wrong:
        ///
        /// ```article
        /// Quake levels a market in Indonesia
        /// 20240912
        /// https://example.org/a
        /// The earthquake killed 60 people in Medan on Tuesday, officials said.
        /// ```
        ///
        /// ```article and
        /// Hospitals fill after tremor in Indonesia
        /// 20240912
        /// https://example.net/b
        /// Rescue teams dug through the night with bare hands and borrowed spades.
        /// The earthquake caused 50 casualties in Medan on Tuesday, officials said.
        ///                       ^^ category-confusion
        /// ```
        ///
        /// How it reads the numbers: the claim's own series has to contradict it as in
        /// `reference-mismatch`. The neighbours are those that the indicators table names in
        /// `part_of`, `leads_to` and `unlike`, and rows of the same indicator of another kind. The
        /// figure needs two digits that are not noughts, and exactly one neighbour may fit.
        ///
        /// Across articles it warns only, and where the second article gives no dead of its own.
        ///
        /// Limits: above a verified minimum nothing contradicts, so a total told as killed is
        /// seen only where the text says that the figure was counted, or names its publisher.
        ///
        /// Measured: on 6,202 real articles it spoke not once, so its precision on real text is not
        /// known. Its level rests on sentences of our own only; `[rules]` in `numcheck.toml` lowers
        /// it.
        "category-confusion", "a figure that belongs to a neighbour category", Error, since "0.2.0"
    },
    check: Check::Both(check, across),
};

fn check(facts: &Facts<'_>, index: usize, claim: &Claim, sink: &mut Sink<'_>) {
    let Some(comparison) = facts.comparison(index) else { return };
    let Some(Slip::Category(row, relation)) = comparison.slip else { return };
    let Some(held) = comparison.against() else { return };
    let (own, other) = (facts.store.observation(held.row), facts.store.observation(row));
    let title = |row: &crate::reference::Observation| {
        let title = &facts.store.catalog.measure(row.measure).title;
        let subject = if own.measure == other.measure && own.subject != other.subject {
            format!(", {}", row.subject)
        } else if own.measure == other.measure {
            format!(", {}", row.kind.name())
        } else {
            String::new()
        };
        format!("\u{201c}{title}{subject}\u{201d}")
    };
    let stands = match relation {
        Some(Relation::Part) => ", a part of it",
        Some(Relation::Whole) => ", of which it is a part",
        Some(Relation::Earlier) => ", an earlier stage",
        Some(Relation::Later) => ", a later stage",
        _ => "",
    };
    let (shown_own, shown_other) = (shown(facts.store, held.row), shown(facts.store, row));
    sink.report(
        index,
        Say::new(format!(
            "{} is the reference's figure for {}{stands}: {shown_other}; for {} it has {shown_own}",
            facts.shown(claim),
            title(other),
            title(own),
        ))
        .beside(facts.at_row(row, shown_other))
        .beside(facts.at_row(held.row, shown_own))
        .computed(bounds(facts, claim, held)),
    );
}

/// Casualties that are fewer than another article's dead.
fn across(facts: &Facts<'_>, sink: &mut Sink<'_>) {
    for found in facts.confusions {
        let both = facts.claim(found.casualties).zip(facts.claim(found.killed));
        let Some((counted, killed)) = both else { continue };
        let (here, there) = (facts.shown(counted), facts.shown(killed));
        let name = facts.told_by(killed);
        let said = if facts.is_archived(killed) {
            facts.says(killed)
        } else {
            format!("{name} says {there} killed")
        };
        sink.report(
            found.casualties,
            Say::new(format!(
                "{here} here, fewer than the dead in {name}: {there}; casualties are the killed \
                 and the wounded together"
            ))
            .beside(facts.at_claim(found.killed, said))
            .at_most(Severity::Warning),
        );
    }
}
