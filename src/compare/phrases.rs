//! Lists of phrases from tables, and whether a text has one of them.

use crate::text::{parts, rows};
use serde::Deserialize;

/// Phrases in lower case.
#[derive(Debug)]
pub(crate) struct Phrases(Vec<String>);

/// A row of a table: what its phrases mean, the phrases, and a sentence with one of them.
#[derive(Debug, Deserialize)]
struct Row {
    sense: String,
    phrases: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "the example runs as a test"))]
    example: String,
}

impl Phrases {
    /// The phrases of a table that have one sense.
    pub(crate) fn of(table: &str, sense: &str) -> Self {
        let rows = rows::<Row>(table);
        let rows = rows.iter().filter(|row| row.sense == sense);
        Self(rows.flat_map(|row| parts(&row.phrases)).map(str::to_owned).collect())
    }

    /// The phrases that stand in `text`, which is in lower case, as whole words.
    pub(crate) fn within(&self, text: &str) -> Vec<&str> {
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let stands = |phrase: &&str| {
            text.match_indices(phrase).any(|(at, found)| {
                let before = text.get(..at).and_then(|text| text.chars().next_back());
                let behind = text.get(at + found.len()..).and_then(|text| text.chars().next());
                !is_word(before) && !is_word(behind)
            })
        };
        self.0.iter().map(String::as_str).filter(stands).collect()
    }

    /// Whether `text`, which is in lower case, has one of them.
    pub(crate) fn are_in(&self, text: &str) -> bool {
        !self.within(text).is_empty()
    }
}

#[cfg(test)]
pub(crate) mod test_support {
    use super::{Phrases, Row, rows};

    /// The examples of a table that have no phrase of their row.
    pub(crate) fn untrue(table: &str) -> Vec<String> {
        let is_untrue = |row: &Row| {
            let one = format!("sense,phrases,example\n{},{},x\n", row.sense, row.phrases);
            !Phrases::of(&one, &row.sense).are_in(&row.example.to_lowercase())
        };
        rows::<Row>(table).into_iter().filter(is_untrue).map(|row| row.example).collect()
    }
}
