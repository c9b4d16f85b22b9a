//! The gate: tells sentences that may hold a number from those that cannot, in one pass over the
//! bytes and before any is cut into tokens; and the words a number may start with.

use crate::number;
use crate::quantity::{age, indefinite, multiple};
use crate::segment::{Dictionary, Kind, Tokens};
use aho_corasick::{AhoCorasick, AhoCorasickKind, Match, MatchKind};
use std::sync::LazyLock;

/// Tells sentences that may hold a number from those that cannot, without cutting them up.
#[derive(Debug)]
pub struct Gate {
    patterns: Option<AhoCorasick>,
    /// How many of the patterns are signs, which count anywhere; they come first.
    signs: usize,
    /// How many are signs, or words that start a number; the rest are nouns behind an article.
    starters: usize,
}

/// The words that can start a number, articles apart.
fn starters() -> impl Iterator<Item = &'static str> {
    number::triggers().chain(multiple::triggers()).chain(age::decade_words())
}

/// How a word may start a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Starter {
    /// By itself.
    Word,
    /// As the article of what follows it: `a dozen`, `a-half`, `a decade`.
    Article,
}

static STARTERS: LazyLock<Dictionary<Starter>> = LazyLock::new(|| {
    let words = starters().map(|word| (word, Starter::Word));
    Dictionary::new(words.chain(["a", "an"].map(|word| (word, Starter::Article))))
});

/// Whether a number may start at token `i`.
pub(crate) fn starts_number(tokens: &Tokens, i: usize) -> bool {
    match tokens.kind(i) {
        Some(Kind::Digits) => true,
        Some(Kind::Word) => match tokens.look_up(i, &STARTERS) {
            None => false,
            Some(Starter::Word) => true,
            Some(Starter::Article) => {
                tokens.is_sign(i + 1, '-')
                    || number::word_at(tokens, i + 1).is_some()
                    || indefinite::is_noun(tokens, i + 1)
            }
        },
        Some(Kind::Sign('.')) => tokens.kind(i + 1) == Some(Kind::Digits) && tokens.touches(i + 1),
        Some(Kind::Sign(sign)) => !sign.is_ascii() && number::vulgar_signs().any(|s| s == sign),
        _ => false,
    }
}

impl Gate {
    /// A gate for every sign and word that can start a number.
    pub fn new() -> Self {
        let mut patterns: Vec<String> =
            ('0'..='9').chain(number::vulgar_signs()).map(String::from).collect();
        let signs = patterns.len();
        patterns.extend(starters().map(str::to_owned));
        let starters = patterns.len();
        patterns.extend(indefinite::nouns().map(str::to_owned));
        let patterns = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .kind(Some(AhoCorasickKind::DFA))
            .build(patterns);
        Self { patterns: patterns.ok(), signs, starters }
    }

    /// Whether `text` may hold a number; never wrong when it says no.
    pub fn admits(&self, text: &str) -> bool {
        let text = text.as_bytes();
        let fits = |found: Match| {
            let pattern = found.pattern().as_usize();
            pattern < self.signs
                || is_word(text, found)
                    && (pattern < self.starters || has_article(text, found.start()))
        };
        self.patterns.as_ref().is_none_or(|patterns| patterns.find_iter(text).any(fits))
    }
}

impl Default for Gate {
    fn default() -> Self {
        Self::new()
    }
}

/// Whether no letter touches the match: `ten`, not `often`.
fn is_word(text: &[u8], found: Match) -> bool {
    let letter =
        |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(u8::is_ascii_alphabetic);
    !letter(found.start().checked_sub(1)) && !letter(Some(found.end()))
}

/// Whether an article stands before byte `at`, over any space and any mark beyond ASCII.
fn has_article(text: &[u8], at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let is_gap = |b: &u8| b.is_ascii_whitespace() || !b.is_ascii();
    let word = before.iter().rposition(|b| !is_gap(b)).and_then(|last| before.get(..=last));
    word.is_some_and(|word| matches!(word, [.., b'a' | b'A'] | [.., b'a' | b'A', b'n' | b'N']))
}

#[cfg(test)]
mod tests {
    use super::Gate;

    #[test]
    fn admits_what_may_hold_a_number() {
        let gate = Gate::new();
        for text in [
            "5 people",
            "ten people",
            "Twice as many",
            "more than a  decade",
            "in her fifties",
            "½ cup",
            "nearly an\u{a0}hour",
            "one's own",
            "seventy",
            "(two)",
            "DOZENS fled",
        ] {
            assert!(gate.admits(text), "{text}");
        }
    }

    #[test]
    fn refuses_words_that_only_hold_one() {
        let gate = Gate::new();
        for text in
            ["often someone phones", "the decade", "it was “quoted”", "", "this year", "the money"]
        {
            assert!(!gate.admits(text), "{text}");
        }
    }
}
