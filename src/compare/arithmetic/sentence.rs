//! The numbers of one sentence and the words around them.

use crate::claim::Claim;
use crate::quantity::{Kind, Noun, Quantity, ends_phrase, is_person, singular};

/// A claim with its index in the review.
pub(crate) type Indexed<'a> = (usize, &'a Claim);

/// The claims of one sentence.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sentence<'a, 'b> {
    pub(crate) prose: &'a str,
    pub(crate) claims: &'b [Indexed<'a>],
}

impl<'a> Sentence<'a, '_> {
    pub(crate) fn quantity(&self, at: usize) -> Option<&'a Quantity> {
        self.claims.get(at).map(|(_, claim)| &claim.quantity)
    }

    /// The words between the number before `at` with its noun, or the sentence's start, and `at`
    /// with its hedge.
    pub(crate) fn gap(&self, at: usize) -> String {
        let Some((_, claim)) = self.claims.get(at) else { return String::new() };
        let start = at.checked_sub(1).and_then(|before| self.quantity(before)).map_or(
            claim.sentence.start(),
            |q| {
                let end = q.phrase.end();
                if end > claim.quantity.phrase.start() { q.span.end() } else { end }
            },
        );
        self.slice(start, claim.quantity.phrase.start())
    }

    /// The words behind a number's own text, up to the sentence's end.
    pub(crate) fn behind(&self, at: usize) -> String {
        let Some((_, claim)) = self.claims.get(at) else { return String::new() };
        self.slice(claim.quantity.span.end(), claim.sentence.end())
    }

    pub(crate) fn slice(&self, from: usize, to: usize) -> String {
        let text = self.prose.get(from..to.max(from)).unwrap_or_default();
        let mut plain = String::with_capacity(text.len());
        for word in text.split_whitespace() {
            if !plain.is_empty() {
                plain.push(' ');
            }
            plain.push_str(word);
        }
        plain.make_ascii_lowercase();
        if plain.is_ascii() { plain } else { plain.to_lowercase() }
    }

    /// The words from the sentence's start to the number at `at`.
    pub(crate) fn lead(&self, at: usize) -> String {
        let Some((_, claim)) = self.claims.get(at) else { return String::new() };
        self.slice(claim.sentence.start(), claim.quantity.phrase.start())
    }

    pub(crate) fn behind_phrase(&self, at: usize) -> String {
        let Some((_, claim)) = self.claims.get(at) else { return String::new() };
        let phrase = claim.quantity.phrase.end().max(claim.quantity.span.end());
        self.slice(phrase, claim.sentence.end())
    }

    /// Whether the number is neither tied to a noun (`three-judge panels`) nor, by a slip, the end
    /// of a longer one (`81, 470`).
    pub(crate) fn stands_alone(&self, claim: &Claim) -> bool {
        let span = claim.quantity.span;
        let behind = self.prose.get(span.end()..).unwrap_or_default();
        let ahead = self.prose.get(..span.start()).unwrap_or_default();
        let split =
            ahead.strip_suffix(", ").is_some_and(|a| a.ends_with(|c: char| c.is_ascii_digit()));
        !behind.starts_with(['-', '‑']) && !split
    }

    pub(crate) fn has_other_between(&self, total: &Claim, part: &Claim) -> bool {
        self.has_other(total.quantity.phrase.end(), part.quantity.phrase.start(), part)
    }

    /// Whether a stretch of the text names others that the part may be counted among: `two
    /// officers fired at protesters, killing 15 of them`.
    pub(crate) fn has_other(&self, from: usize, to: usize, part: &Claim) -> bool {
        let text = self.prose.get(from..to.max(from)).unwrap_or_default();
        if part.quantity.kind == Kind::Money {
            return false;
        }
        let noun = part.quantity.noun.as_ref().filter(|noun| !noun.phrase.is_empty());
        let mut before = "";
        words(text).any(|word| {
            let name = is_name(word) && !is_name(std::mem::replace(&mut before, word));
            let one = singular(&word.to_lowercase());
            let plural = one != word.to_lowercase() && word.len() > 3 && !ends_phrase(word);
            plural
                && match noun {
                    Some(_) if part.quantity.is_people() => name || is_person(&one),
                    Some(noun) => noun.singular == one,
                    None => !is_name(word) || name,
                }
        })
    }
}

pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').filter(|w| !w.is_empty())
}

pub(crate) fn ends_with_words(text: &str, cue: &str) -> bool {
    text.strip_suffix(cue).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
}

pub(crate) fn starts_with_words(text: &str, cue: &str) -> bool {
    text.strip_prefix(cue).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// The last word of a noun's phrase.
pub(crate) fn head<'a>(prose: &'a str, noun: &Noun) -> &'a str {
    noun.phrase.of(prose).rsplit(' ').next().unwrap_or_default()
}

pub(crate) fn is_name(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}
