//! Figures that no reading of the reference explains.

use crate::claim::Claim;
use crate::compare::{Held, Slip, interval_shown, shown};
use crate::finding::Severity;
use crate::number::Decimal;
use crate::quantity::Hedge;
use crate::rule_info;
use crate::rules::{Check, Facts, Rule, Say, Sink};

pub(super) static RULE: Rule = Rule {
    info: rule_info! {
        /// A figure that no rounding, no hedge and no publisher of the reference explains.
        ///
        /// The claim and the reference row speak of the same thing, place and time, and the
        /// values the words allow do not meet the values the row allows. Somebody mistyped, read
        /// the wrong line, or the reference is wrong: the finding shows the row, so that one
        /// look settles it.
        ///
        /// ```article
        /// Clashes near the border
        /// 20220128
        /// https://example.org/a
        /// The conflict in eastern Ukraine has killed more than 23,000 people since 2014.
        ///                                                      ^^^^^^ reference-mismatch
        /// ```
        ///
        /// Rounding is no contradiction, and neither is a bound that the row reaches:
        ///
        /// ```article
        /// Clashes near the border
        /// 20220128
        /// https://example.org/a
        /// The conflict in eastern Ukraine has killed more than 13,000 people since 2014.
        /// ```
        ///
        /// Where exactly one slip of the pen leads from the row to the figure, the finding names
        /// it: two digits in another order, one left out, one changed; a figure of before; or a
        /// figure that its publisher took back:
        ///
        /// ```article
        /// Toll rises again
        /// 20230310
        /// https://example.org/a
        /// The UN human rights office has recorded 8,137 civilian deaths in Ukraine since February 2022.
        ///                                         ^^^^^ reference-mismatch
        /// ```
        ///
        /// How it reads the numbers: as intervals, by hedge and by the last digit written; rows by
        /// their own bound, but as exact counts where the text repeats their publisher or says
        /// recorded, verified or confirmed. Only rows known on the article's day count, of each
        /// publisher the latest. Rows of a party to the conflict alone never contradict. Where
        /// publishers disagree and one agrees with the claim, the claim is disputed, not wrong.
        /// Other slips have rules of their own: `magnitude-slip`, `category-confusion`,
        /// `wrong-subject`, `wrong-unit`, `reference-outdated`, `unsupported-bound`.
        ///
        /// Limits: it is silent where the tables have no series for the claim, where the newest
        /// row is too old, where a running total may simply have grown, where somebody else than
        /// the row's publisher is named as the source, and where the two figures lie more than
        /// three times apart without a slip that explains it: then they are rather about
        /// different things.
        ///
        /// Measured: on 6,201 real articles no finding. The last one, a toll above its row, was the
        /// publisher's figure of some months later, on a page brought up to date under its first
        /// date; that became a guard. So its precision on real text is not known; `[rules]` in
        /// `numcheck.toml` lowers it.
        "reference-mismatch", "a figure that the reference contradicts", Error, since "0.1.0"
    },
    check: Check::Claim(check),
};

fn check(facts: &Facts<'_>, index: usize, claim: &Claim, sink: &mut Sink<'_>) {
    let Some(comparison) = facts.comparison(index) else { return };
    if comparison.older.is_some() {
        return;
    }
    let own = comparison.against();
    let why = match comparison.slip {
        None if comparison.contradicts() => String::new(),
        Some(Slip::Misprint(row, how)) => {
            format!("; it is {} with {}", shown(facts.store, row), how.words())
        }
        Some(Slip::Older(row)) if comparison.contradicts() => {
            format!("; it fits the older {}", shown(facts.store, row))
        }
        Some(Slip::Withdrawn(row)) => return withdrawn(facts, index, row, sink),
        _ => return,
    };
    let Some(held) = own else { return };
    if is_bounded(claim) && why.is_empty() && near_miss(facts, held) {
        return;
    }
    let reference = shown(facts.store, held.row);
    let older = matches!(comparison.slip, Some(Slip::Older(_)));
    let beside = comparison.slip.map(Slip::row).filter(|row| *row != held.row);
    let beside = beside.and_then(|row| facts.at_row(row, shown(facts.store, row)));
    sink.report(
        index,
        Say::new(format!(
            "{} is not what the reference says: {reference}{why}",
            facts.shown(claim)
        ))
        .beside(facts.at_row(held.row, reference))
        .beside(beside)
        .computed(bounds(facts, claim, held))
        .at_most(if older { Severity::Note } else { Severity::Error }),
    );
}

/// A figure that its publisher took back; an error where what stands now has no room for it.
fn withdrawn(
    facts: &Facts<'_>,
    index: usize,
    row: crate::reference::ObservationId,
    sink: &mut Sink<'_>,
) {
    let (Some(comparison), Some(claim)) = (facts.comparison(index), facts.claim(index)) else {
        return;
    };
    let publisher = facts.store.observation(row).publisher_id;
    let own = |held: &&Held| facts.store.observation(held.row).publisher_id == publisher;
    let now = comparison.rows.iter().find(own).map(|held| held.row);
    let now_shown = now.map(|now| shown(facts.store, now));
    let corrected = now_shown
        .as_ref()
        .map_or_else(String::new, |now| format!(", corrected by the publisher to {now}"));
    let grave = if comparison.contradicts() { Severity::Error } else { Severity::Warning };
    let label = now.zip(now_shown).and_then(|(now, shown)| facts.at_row(now, shown));
    sink.report(
        index,
        Say::new(format!(
            "{} repeats a figure that was withdrawn: {}{corrected}",
            facts.shown(claim),
            shown(facts.store, row),
        ))
        .beside(facts.at_row(row, "withdrawn"))
        .beside(label)
        .at_most(grave),
    );
}

/// Both readings with their bounds.
pub(super) fn bounds(facts: &Facts<'_>, claim: &Claim, held: Held) -> String {
    let read = interval_shown(held.claimed.allows());
    let row = facts.store.observation(held.row);
    let turned = held.claimed != claim.quantity.written();
    let unit = if turned { format!(" {}", row.unit) } else { String::new() };
    format!("the text allows {read}{unit}; the row allows {}{unit}", interval_shown(held.allows))
}

/// Whether the number promises no more than one side.
pub(super) fn is_bounded(claim: &Claim) -> bool {
    matches!(claim.quantity.hedge, Hedge::MoreThan | Hedge::AtLeast | Hedge::UpTo | Hedge::LessThan)
}

/// Whether only the bound is wrong, by less than a fifth: that is `unsupported-bound`.
pub(super) fn near_miss(facts: &Facts<'_>, held: Held) -> bool {
    let row = facts.store.observation(held.row);
    let value = held.claimed.lower.value;
    let gap = if value > row.upper() { value - row.upper() } else { row.lower() - value };
    gap.checked_mul(Decimal::from(5)).is_some_and(|gap| gap <= value)
}
