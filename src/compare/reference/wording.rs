//! The words of a claim's sentence, as far as the comparison asks for them.

use crate::claim::Claim;
use std::cell::OnceCell;

/// How many characters around the number still speak of it.
const NEAR: usize = 70;

/// Words by which a sentence speaks of another time than its own: nothing known today can
/// contradict them.
const PAST: &[&str] = &[
    "pre-war",
    "prewar",
    "pre-crisis",
    "before the war",
    "before the invasion",
    "formerly",
    "once had",
    "at its peak",
    "at the time",
    "used to",
];

/// Words for a figure that was counted one by one.
const COUNTED: &[&str] = &["recorded", "verified", "confirmed"];

/// Words before such a word that take it back.
const NOT: &[&str] = &["not", "never", "cannot", "n't", "independently", "nor", "without"];

/// A sentence in lower case with plain apostrophes, and where the number stands in it.
#[derive(Debug)]
pub(crate) struct Wording {
    text: String,
    number: (usize, usize),
    // What is asked beside every row.
    counted: OnceCell<bool>,
    past: OnceCell<bool>,
}

impl Wording {
    /// The wording of the claim's sentence.
    pub(crate) fn new(claim: &Claim, sentence: &str) -> Self {
        let offset = |at: usize| at.saturating_sub(claim.sentence.start());
        let plain = |part: &str| part.to_lowercase().replace('’', "'");
        let start = offset(claim.quantity.span.start());
        let end = offset(claim.quantity.span.end());
        let before = plain(sentence.get(..start).unwrap_or(sentence));
        let number = plain(sentence.get(start..end).unwrap_or_default());
        let after = plain(sentence.get(end..).unwrap_or_default());
        let from = before.len();
        let to = from + number.len();
        let text = before + &number + &after;
        Self { text, number: (from, to), counted: OnceCell::new(), past: OnceCell::new() }
    }

    /// Whether `phrase` stands in the sentence as words of its own.
    pub(crate) fn says(&self, phrase: &str) -> bool {
        self.places_of(phrase).next().is_some()
    }

    /// Whether one of the phrases stands there.
    pub(crate) fn says_one_of<T: AsRef<str>>(&self, phrases: &[T]) -> bool {
        phrases.iter().any(|phrase| self.says(phrase.as_ref()))
    }

    /// Whether it names a place or body, whose name is too short to be told from a word.
    pub(crate) fn names(&self, name: &str) -> bool {
        name.chars().count() > 3 && self.says(name)
    }

    /// Whether it speaks of a time before its own.
    pub(crate) fn speaks_of_the_past(&self) -> bool {
        *self.past.get_or_init(|| self.says_one_of(PAST))
    }

    /// Whether the number comes on top of another: `another 7,000`, `7,000 more troops`.
    pub(crate) fn is_increment(&self) -> bool {
        let (before, behind) = (self.text.get(..self.number.0), self.text.get(self.number.1..));
        let mut before = before.unwrap_or_default().split_whitespace().rev().take(2);
        let mut behind = behind.unwrap_or_default().split_whitespace().take(2);
        let more = ["another", "additional", "further", "extra", "new"];
        before.any(|word| more.contains(&word))
            || behind.any(|word| word == "more" || more.contains(&word))
    }

    /// Whether the number is written with a word for its scale: `15.6 million`, `€7.9bn`.
    pub(crate) fn has_scale(&self) -> bool {
        let number = self.text.get(self.number.0..self.number.1).unwrap_or_default();
        number.contains("illion")
            || ["bn", "tn", "mn", "m", "k"].iter().any(|s| number.ends_with(s))
    }

    /// Whether it says, near the number and without a `not`, that the figure was counted. Who
    /// confirms *that* something is so has not counted it.
    pub(crate) fn says_counted(&self) -> bool {
        *self.counted.get_or_init(|| self.is_counted())
    }

    fn is_counted(&self) -> bool {
        COUNTED.iter().any(|word| {
            self.places_of(word).any(|(from, to)| {
                let near = from < self.number.1.saturating_add(NEAR)
                    && self.number.0 < to.saturating_add(NEAR);
                let behind = self.text.get(to..).unwrap_or_default().trim_start();
                near && !behind.starts_with("that ") && !self.is_denied(from)
            })
        })
    }

    fn is_denied(&self, at: usize) -> bool {
        let before = self.text.get(..at).unwrap_or_default();
        let last = before.split_whitespace().rev().take(4);
        last.into_iter().any(|word| NOT.iter().any(|not| word == *not || word.ends_with("n't")))
    }

    /// Where `phrase` stands as words of its own.
    fn places_of<'a>(&'a self, phrase: &str) -> impl Iterator<Item = (usize, usize)> + use<'a> {
        let phrase = phrase.to_lowercase().replace('’', "'");
        let length = phrase.len();
        let found: Vec<usize> = if phrase.is_empty() {
            Vec::new()
        } else {
            self.text.match_indices(&phrase).map(|(at, _)| at).collect()
        };
        let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        found.into_iter().map(move |at| (at, at + length)).filter(move |(from, to)| {
            edge(self.text.get(..*from).and_then(|t| t.chars().next_back()))
                && edge(self.text.get(*to..).and_then(|t| t.chars().next()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Wording;
    use crate::claim::test_support::claim_marked;

    #[track_caller]
    fn check(marked: &str, counted: bool) {
        let claim = claim_marked(marked).unwrap();
        let wording = Wording::new(&claim, &marked.replace(['[', ']'], ""));
        assert_eq!(wording.says_counted(), counted, "{marked}");
    }

    #[test]
    fn counted_is_said_near_the_number_and_not_denied() {
        check("The UN has verified [8,173] deaths.", true);
        check("There were [8,173] confirmed deaths.", true);
        check("The figure of [8,173] deaths could not be independently verified.", false);
        check("The report of [8,173] deaths was not confirmed.", false);
        check("Officials confirmed that [8,173] people had died.", false);
        check("An unverified report speaks of [8,173] deaths.", false);
        check(
            "Some [8,173] people died in a war that went on for longer than anybody had foreseen, \
             a year in which records were recorded.",
            false,
        );
    }

    #[test]
    fn what_comes_on_top_is_no_total() {
        let check = |marked: &str, expected: bool| {
            let claim = claim_marked(marked).unwrap();
            let wording = Wording::new(&claim, &marked.replace(['[', ']'], ""));
            assert_eq!(wording.is_increment(), expected, "{marked}");
        };
        check("The Pentagon sent another [7,000] troops.", true);
        check("The Pentagon sent [7,000] more troops.", true);
        check("An additional [7,000] US troops went.", true);
        check("The US announced [$800 million] in new security assistance.", true);
        check("More than [7,000] troops went.", false);
    }

    #[test]
    fn phrases_are_words_of_their_own() {
        let marked = "Thanks to the Kremlin’s [12] allies, the capital held.";
        let wording = Wording::new(&claim_marked(marked).unwrap(), &marked.replace(['[', ']'], ""));
        assert!(!wording.says("cap") && !wording.says("tank") && wording.says("capital"));
        assert!(wording.says("Kremlin's 12 allies") && !wording.names("the"));
    }
}
