//! What is wrong in a table, where, and what to write instead.

use crate::text::At;

/// A fault in a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableFault {
    /// The cell that is wrong, or the one where it shows that its row is.
    pub at: At,
    /// What is wrong, in one clause.
    pub message: String,
    /// What to write instead.
    pub help: String,
    /// Whether a row is left out for it; else it is read as it stands, or there is none.
    pub left_out: bool,
    /// Whether it may well be meant: names of a foreign table that stand for nothing.
    pub doubt: bool,
}

impl TableFault {
    /// A fault for which no row is left out.
    pub(crate) fn new(at: At, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { at, message: message.into(), help: help.into(), left_out: false, doubt: false }
    }

    /// The same that may well be meant.
    pub(crate) fn doubted(self) -> Self {
        Self { doubt: true, ..self }
    }

    /// The same for which a row is left out.
    pub(crate) fn leaving_out(self) -> Self {
        Self { left_out: true, ..self }
    }
}

/// The name among `known` that `name` is most likely a slip of, if any is near.
pub(crate) fn nearest<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let name = name.to_lowercase();
    let reach = (name.chars().count() / 3).clamp(1, 3);
    known
        .filter(|other| other.len().abs_diff(name.len()) <= reach)
        .map(|other| (distance(&name, &other.to_lowercase()), other))
        .filter(|(distance, _)| *distance <= reach)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, other)| other)
}

/// How many letters have to be added, dropped or changed (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut corner = i;
        let mut left = i + 1;
        for (to, above) in b.iter().zip(row.iter_mut().skip(1)) {
            let changed = corner + usize::from(from != *to);
            corner = *above;
            left = changed.min(corner + 1).min(left + 1);
            *above = left;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{distance, nearest};

    #[test]
    fn distances_are_right() {
        for (a, b, expected) in
            [("kitten", "sitting", 3), ("", "abc", 3), ("abc", "", 3), ("same", "same", 0)]
        {
            assert_eq!(distance(a, b), expected);
        }
    }

    #[test]
    fn only_near_names_are_offered() {
        let known = ["killed", "wounded", "as_of"];
        assert_eq!(nearest("kiled", known.into_iter()), Some("killed"));
        assert_eq!(nearest("asof", known.into_iter()), Some("as_of"));
        assert_eq!(nearest("Wounded", known.into_iter()), Some("wounded"));
        assert_eq!(nearest("topic", known.into_iter()), None);
    }
}
