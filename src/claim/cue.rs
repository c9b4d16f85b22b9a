//! The cue words that say what a number is about, from the table.

use crate::reference::Indicator;
use crate::segment::Phrases;
use crate::text::{parts, rows};
use serde::Deserialize;
use std::sync::LazyLock;

pub(crate) const TABLE: &str = include_str!("cues.csv");

/// Where a cue stands against its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Role {
    /// It is the counted noun.
    Head,
    /// It is the counted noun, and something fires it.
    Fired,
    /// It stands before and governs.
    Left,
    /// It follows the noun phrase.
    Right,
    /// It stands near a sum of money.
    Money,
    /// It stands near a share.
    Percent,
    /// It stands near a measure.
    Measure,
}

#[derive(Debug, Clone, Deserialize)]
struct Row {
    indicator: String,
    role: Role,
    #[expect(dead_code, reason = "says for people what the role means; read by people")]
    counts: String,
    words: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "the example runs as a test"))]
    example: String,
}

/// A cue as looked up.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cue {
    pub(crate) indicator: Indicator,
}

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| rows::<Row>(TABLE));
pub(crate) static HEADS: LazyLock<Phrases<Cue>> = LazyLock::new(|| index(Role::Head));
pub(crate) static FIRED: LazyLock<Phrases<Cue>> = LazyLock::new(|| index(Role::Fired));
pub(crate) static LEFT: LazyLock<Phrases<Cue>> = LazyLock::new(|| index(Role::Left));
pub(crate) static RIGHT: LazyLock<Phrases<Cue>> = LazyLock::new(|| index(Role::Right));
pub(crate) static MONEY: LazyLock<Phrases<Cue>> = LazyLock::new(|| index(Role::Money));
pub(crate) static PERCENT: LazyLock<Phrases<Cue>> = LazyLock::new(|| index(Role::Percent));
pub(crate) static MEASURE: LazyLock<Phrases<Cue>> = LazyLock::new(|| index(Role::Measure));

fn index(role: Role) -> Phrases<Cue> {
    Phrases::new(ROWS.iter().filter(|row| row.role == role).flat_map(|row| {
        let indicator = Indicator::from_name(&row.indicator).unwrap_or(Indicator::Other);
        parts(&row.words).map(move |words| (words, Cue { indicator })).collect::<Vec<_>>()
    }))
}

#[cfg(test)]
mod tests {
    use super::{Row, TABLE};
    use crate::claim::test_support::claim_marked;
    use crate::text::{rows, rows_written};

    #[test]
    fn every_cue_reads_its_example() {
        let table = rows::<Row>(TABLE);
        assert_eq!(table.len(), rows_written(TABLE), "a row does not parse");
        let wrong: Vec<String> = table
            .iter()
            .filter_map(|row| {
                let claim = claim_marked(&row.example);
                let found = claim.as_ref().map_or("nothing", |c| c.indicator.value.name());
                (found != row.indicator)
                    .then(|| format!("{}: want {}, got {found}", row.example, row.indicator))
            })
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
