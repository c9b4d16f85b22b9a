//! Whether two stretches of text speak of the same thing, by the words they share.

use crate::ingest::{month, weekday};
use crate::number::is_trigger;
use crate::quantity::{ends_phrase, singular};
use std::collections::BTreeSet;

/// How many letters of a word count: `protests` and `protesters` are one.
const STEM: usize = 5;

/// Words that every story has.
const COMMON: &[&str] = &[
    "said", "says", "say", "year", "day", "week", "month", "time", "people", "person", "percent",
    "report", "official", "news", "new", "more", "than", "least", "one", "not", "number", "total",
    "about", "over", "nearly", "almost", "around", "after", "before", "per", "cent", "also", "mln",
    "dlrs", "pct", "million", "billion", "just", "all", "out", "how", "why", "what", "who",
];

/// The stems of the words that tell what a text is about: no function words, and none of the
/// verbs that the lexicon knows.
pub(crate) fn stems(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 2);
    let telling = words.map(str::to_lowercase).filter(|word| {
        !word.starts_with(|c: char| c.is_ascii_digit())
            && !ends_phrase(word)
            && !is_trigger(word)
            && month(word).is_none()
            && weekday(word).is_none()
            && !COMMON.contains(&word.as_str())
    });
    telling
        .map(|word| singular(&word))
        .filter(|word| !COMMON.contains(&word.as_str()))
        .map(|word| word.chars().take(STEM).collect())
        .collect()
}

/// How many telling words two texts share.
pub(crate) fn shared(a: &BTreeSet<String>, b: &BTreeSet<String>) -> usize {
    a.intersection(b).count()
}

#[cfg(test)]
mod tests {
    use super::{shared, stems};

    #[test]
    fn words_in_other_forms_are_the_same() {
        let a = stems("Police arrested 12 protesters at the port on Monday");
        let b = stems("The protests of twelve people in the ports");
        assert_eq!(a.into_iter().collect::<Vec<_>>(), ["polic", "port", "prote"]);
        assert_eq!(shared(&stems("protesters at the port"), &b), 2);
    }
}
