//! Every rule that has a page: those about articles, the one about reference tables, and the one
//! about waivers.

use crate::complaint::Complaint;
use numcheck::check::{Review, UNUSED_WAIVER};
use numcheck::finding::{Confidence, Finding, Label, RuleInfo, Severity, fingerprint};
use numcheck::rule_info;
use numcheck::rules::RULES;

/// The rule that speaks of a bad cell. It holds for tables, so no article can ask for it or be
/// spared it.
static BAD_TABLE_CELL: RuleInfo = rule_info! {
    /// A cell of a reference table that cannot be read.
    ///
    /// The row it stands in is left out, and every number that the row would have supported or
    /// contradicted goes without it. So a bad cell is an error of its own, at its place in the
    /// table: `tables/deaths.csv:2:39`. The finding says what to write instead.
    ///
    /// Values are digits, with a point before decimals, in the unit of the row's column `unit`.
    /// Dates are `2022-02-24`, `2022-02` or `2022`. Names of indicators, entities, places and
    /// publishers are those of `indicators.csv`, `entities.csv`, `places.csv` and `sources.csv`;
    /// a folder of tables may bring its own.
    ///
    /// A foreign table is read as the mapping in `datapackage.json` says, and a bad cell of it is
    /// named where it stands in the CSV as it is.
    ///
    /// `numcheck reference validate` looks closer, at what can be read but is hardly meant: a
    /// running total that falls or that has no start, two rows of one publisher that disagree, a
    /// unit that does not go with the indicator, a cue whose example is read as something else. A
    /// warning names what may well be meant: names of a foreign table that stand for nothing.
    "bad-table-cell", "a cell of a reference table cannot be read", Error, since "0.1.0"
};

/// Every rule that has a page, by name.
pub(crate) fn infos() -> Vec<&'static RuleInfo> {
    let mut infos: Vec<_> =
        RULES.iter().map(|rule| &rule.info).chain([&BAD_TABLE_CELL, &UNUSED_WAIVER]).collect();
    infos.sort_by_key(|info| info.name);
    infos
}

/// The rule of that name, if it has a page.
pub(crate) fn named(name: &str) -> Option<&'static RuleInfo> {
    infos().into_iter().find(|info| info.name == name)
}

/// Holds that every name is a rule's.
pub(crate) fn known(names: &[String]) -> Result<(), Complaint> {
    match names.iter().find(|name| named(name).is_none()) {
        Some(name) => Err(unknown(name)),
        None => Ok(()),
    }
}

/// The complaint about a rule that does not exist; it names the nearest that does.
pub(crate) fn unknown(name: &str) -> Complaint {
    let distance = |info: &&RuleInfo| strsim::damerau_levenshtein(info.name, name);
    let nearest = infos().into_iter().min_by_key(distance);
    let nearest = nearest.map_or(String::new(), |info| format!("did you mean {}? ", info.name));
    Complaint::new(format!("unknown rule {name}"))
        .help(format!("{nearest}`numcheck rules` lists them all"))
}

/// What is wrong in the review's tables.
pub(crate) fn bad_cells(review: &Review) -> Vec<Finding> {
    let faults = review.store.faults.iter();
    faults
        .map(|fault| {
            let outcome = if fault.left_out { ", so its row is left out" } else { "" };
            let message = format!("{}{outcome}; {}", fault.message, fault.help);
            let table = review.sources.get(fault.at.source).name();
            let identity = fingerprint([BAD_TABLE_CELL.name, table, &fault.message]);
            Finding {
                rule: &BAD_TABLE_CELL,
                severity: if fault.doubt { Severity::Warning } else { Severity::Error },
                confidence: if fault.doubt { Confidence::Medium } else { Confidence::High },
                message,
                article: None,
                claim: None,
                primary: Label { at: fault.at, message: String::new() },
                related: Vec::new(),
                arithmetic: None,
                suggestion: None,
                fingerprint: identity,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{infos, known, unknown};

    #[test]
    fn names_are_sorted_and_unique() {
        assert!(infos().windows(2).all(|pair| pair[0].name < pair[1].name));
    }

    #[test]
    fn unknown_rules_name_the_nearest() {
        assert!(known(&["headline-mismatch".to_owned()]).is_ok());
        assert_eq!(unknown("headline-mismach").to_string(), "unknown rule headline-mismach");
    }
}
