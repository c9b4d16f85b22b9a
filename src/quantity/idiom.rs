//! Idioms with a number word in them that counts nothing: `back to square one`.

use crate::segment::{Phrases, Tokens};
use crate::text::rows;
use serde::Deserialize;
use std::sync::LazyLock;

const TABLE: &str = include_str!("idioms.csv");

/// How many tokens an idiom may begin before its number.
const REACH: usize = 3;

#[derive(Debug, Deserialize)]
struct Row {
    idiom: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "the example runs as a test"))]
    example: String,
}

static IDIOMS: LazyLock<Phrases<()>> =
    LazyLock::new(|| Phrases::new(rows::<Row>(TABLE).into_iter().map(|row| (row.idiom, ()))));

/// The end of an idiom that the token at `i` belongs to.
pub(crate) fn around(tokens: &Tokens, i: usize) -> Option<usize> {
    (0..=REACH.min(i))
        .find_map(|back| IDIOMS.at(tokens, i - back).map(|(end, ())| end).filter(|end| *end > i))
}

#[cfg(test)]
mod tests {
    use super::{Row, TABLE};
    use crate::quantity::test_support::marked;
    use crate::text::{rows, rows_written};

    #[test]
    fn no_idiom_is_a_quantity() {
        let table = rows::<Row>(TABLE);
        assert_eq!(table.len(), rows_written(TABLE), "a row does not parse");
        for row in table {
            assert!(!row.example.is_empty(), "a row without an example");
            assert_eq!(marked(&row.example), row.example);
        }
    }
}
