//! Number words, from the tables.

use crate::segment::{Dictionary, Tokens};
use crate::text::rows;
use rust_decimal::Decimal;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

pub(crate) const NUMERALS: &str = include_str!("numerals.csv");
pub(crate) const SCALES: &str = include_str!("scales.csv");
pub(crate) const VAGUE: &str = include_str!("vague.csv");
pub(crate) const FRACTIONS: &str = include_str!("fractions.csv");

/// What a word means in a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberWord {
    /// `zero` to `nine`.
    Unit(u64),
    /// `ten` to `nineteen`.
    Teen(u64),
    /// `twenty` to `ninety`.
    Ten(u64),
    /// `hundred`, `million`, `crore`: multiplies what stands before it.
    Scale(u64),
    /// `millions`, `lakhs`: a scale behind digits, else a vague word of these bounds.
    Scales(u64, u64, u64),
    /// `dozen`.
    Dozen,
    /// `bn`, `mln`: a scale sign that can mean nothing else.
    Symbol(u64),
    /// `m`, `k`, `b`: a scale sign or something else; the context decides.
    Letter(u64),
    /// `dozens`, `hundreds`: from, to.
    Plural(u64, u64),
    /// `tens`, only before `of` and a scale.
    Tens(u64, u64),
    /// `several`, `few`, `handful`, `couple`: from, to; may multiply a scale behind it.
    Few(u64, u64),
    /// `half`, `third`, `tenths`: how many parts make the whole, and whether it is a plural.
    Part(u64, bool),
}

#[derive(Debug, Deserialize)]
pub(crate) struct NumeralRow {
    pub(crate) word: String,
    pub(crate) value: u64,
    pub(crate) class: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "the example runs as a test"))]
    pub(crate) example: String,
}

#[derive(Debug, Deserialize)]
pub(crate) struct ScaleRow {
    pub(crate) word: String,
    pub(crate) value: u64,
    pub(crate) style: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "the example runs as a test"))]
    pub(crate) example: String,
}

#[derive(Debug, Deserialize)]
pub(crate) struct VagueRow {
    pub(crate) word: String,
    pub(crate) low: u64,
    pub(crate) high: u64,
    pub(crate) style: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "the example runs as a test"))]
    pub(crate) example: String,
}

#[derive(Debug, Deserialize)]
pub(crate) struct FractionRow {
    pub(crate) word: String,
    pub(crate) parts: u64,
    pub(crate) plural: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "the example runs as a test"))]
    pub(crate) example: String,
}

static WORDS: LazyLock<Dictionary<NumberWord>> = LazyLock::new(|| {
    let mut words = BTreeMap::new();
    for row in rows::<FractionRow>(FRACTIONS) {
        words.insert(row.word, NumberWord::Part(row.parts, row.plural == "yes"));
    }
    for row in rows::<NumeralRow>(NUMERALS) {
        let word = match row.class.as_str() {
            "unit" => NumberWord::Unit(row.value),
            "teen" => NumberWord::Teen(row.value),
            _ => NumberWord::Ten(row.value),
        };
        words.insert(row.word, word);
    }
    for row in rows::<VagueRow>(VAGUE) {
        let word = match row.style.as_str() {
            "plural" => NumberWord::Plural(row.low, row.high),
            "of" => NumberWord::Tens(row.low, row.high),
            _ => NumberWord::Few(row.low, row.high),
        };
        words.insert(row.word, word);
    }
    for row in rows::<ScaleRow>(SCALES) {
        let word = match (row.style.as_str(), words.get(&row.word)) {
            ("plural", Some(NumberWord::Plural(low, high))) => {
                NumberWord::Scales(row.value, *low, *high)
            }
            ("dozen", _) => NumberWord::Dozen,
            ("symbol", _) => NumberWord::Symbol(row.value),
            ("letter", _) => NumberWord::Letter(row.value),
            _ => NumberWord::Scale(row.value),
        };
        words.insert(row.word, word);
    }
    Dictionary::new(words)
});

/// What `word` means in a number, if anything.
pub fn number_word(word: &str) -> Option<NumberWord> {
    WORDS.get(word).copied()
}

/// What the token at `i` means in a number, if anything.
pub(crate) fn word_at(tokens: &Tokens, i: usize) -> Option<NumberWord> {
    tokens.look_up(i, &WORDS).copied()
}

/// Whether a number can start with this word, or a sentence has one because of it.
pub fn is_trigger(word: &str) -> bool {
    number_word(word).is_some_and(starts)
}

/// Whether a number can start with the token at `i`, or a sentence has one because of it.
pub(crate) fn is_trigger_at(tokens: &Tokens, i: usize) -> bool {
    word_at(tokens, i).is_some_and(starts)
}

fn starts(word: NumberWord) -> bool {
    !matches!(word, NumberWord::Letter(_) | NumberWord::Symbol(_))
}

/// The words that can start a number, for a matcher that looks for them in plain text.
pub fn triggers() -> impl Iterator<Item = &'static str> {
    WORDS.iter().filter(|(_, word)| starts(**word)).map(|(text, _)| text)
}

pub(crate) fn decimal(value: u64) -> Decimal {
    Decimal::from(value)
}
