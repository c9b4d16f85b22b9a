//! Whether a text says where a figure comes from.

use crate::text::{Prose, Span};

/// How far a source is looked for before a sentence and behind it, in bytes.
const BEFORE: usize = 320;
const BEHIND: usize = 200;

/// Words by which a text names a source; broad on purpose, for what is missing is to be told.
const SOURCES: &[&str] = &[
    "said",
    "says",
    "say",
    "saying",
    "told",
    "tells",
    "according",
    "reported",
    "reportedly",
    "report",
    "reports",
    "reporting",
    "announced",
    "announce",
    "stated",
    "statement",
    "claimed",
    "claim",
    "claims",
    "claiming",
    "estimate",
    "estimates",
    "estimated",
    "confirmed",
    "recorded",
    "verified",
    "counted",
    "tally",
    "count",
    "cited",
    "citing",
    "quoted",
    "acknowledged",
    "admitted",
    "official",
    "officials",
    "authorities",
    "ministry",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "police",
    "prosecutors",
    "rescuers",
    "firefighters",
    "hospital",
    "doctors",
    "medics",
    "agency",
    "agencies",
    "witnesses",
    "activists",
    "investigators",
    "paramedics",
    "coroner",
    "declared",
    "revealed",
    "known",
    "governor",
    "mayor",
    "data",
    "figures",
    "statistics",
    "study",
    "survey",
    "records",
    "database",
    "sources",
    "media",
    "monitor",
    "monitors",
    "observatory",
    "court",
    "wrote",
    "posted",
    "showed",
    "shows",
    "found",
    "believed",
    "thought",
];

/// Whether a source is named in the sentence or right around it.
pub fn names_a_source(prose: &str, sentence: Span<Prose>) -> bool {
    let from = floor(prose, sentence.start().saturating_sub(BEFORE));
    let to = floor(prose, sentence.end().saturating_add(BEHIND).min(prose.len()));
    let around = prose.get(from..to).unwrap_or_default();
    around
        .split(|c: char| !c.is_alphabetic())
        .any(|word| SOURCES.iter().any(|source| source.eq_ignore_ascii_case(word)))
}

/// The nearest edge of a character at or below `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::names_a_source;
    use crate::text::Span;

    #[track_caller]
    fn check(text: &str, expected: bool) {
        let start = text.find('[').unwrap();
        let end = text.find(']').unwrap();
        assert_eq!(names_a_source(text, Span::new(start, end)), expected, "{text}");
    }

    #[test]
    fn a_source_stands_in_the_sentence_or_beside_it() {
        check("[Forty people died, the mayor's office said.]", true);
        check("[Forty people died.] That is what officials know so far.", true);
        check("[Fighters shot at the crowd, claiming to have killed 40.]", true);
        check("Authorities opened a shelter. [Forty people died.]", true);
        check(
            "[Forty people died when the old bridge gave way.] The river was high – very high.",
            false,
        );
    }
}
