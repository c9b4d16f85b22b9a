//! Tokens in, numerals out: exact values that remember how finely they were written.
//!
//! This layer knows how English writes numbers, in digits, words and both. What a number counts,
//! and whether it is one at all or a date or a name, is for the layers behind it to say.

mod digits;
mod fraction;
mod grammar;
mod words;

pub use crate::number::digits::touching_signs;
pub(crate) use crate::number::fraction::{is_denominator, vulgar_signs};
pub use crate::number::grammar::{letter_scale, numeral};
pub use crate::number::words::{NumberWord, is_trigger, number_word, triggers};
pub(crate) use crate::number::words::{is_trigger_at, word_at};
pub use rust_decimal::Decimal;

use rust_decimal::prelude::ToPrimitive;

/// A value as written: the number and one unit of its last written digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exact {
    /// The value.
    pub value: Decimal,
    /// One unit of the last digit written: 1 for `13,000`, 100,000 for `1.5 million`.
    pub step: Decimal,
}

impl Exact {
    /// A whole number.
    pub fn whole(value: u64) -> Self {
        Self { value: Decimal::from(value), step: Decimal::ONE }
    }

    /// The value as a whole number, if it is one and fits.
    pub fn as_whole(self) -> Option<u64> {
        if self.value.fract().is_zero() { self.value.to_u64() } else { None }
    }

    /// The same times `factor`; `None` beyond 28 digits.
    pub fn times(self, factor: Decimal) -> Option<Self> {
        let value = self.value.checked_mul(factor)?.normalize();
        let step = self.step.checked_mul(factor)?.normalize();
        Some(Self { value, step })
    }
}

/// How much a numeral says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    /// One number.
    Exact(Exact),
    /// A word that stands for a span of numbers, ends included: `dozens`, `several thousand`.
    Vague(Decimal, Decimal),
    /// A part of a whole, in percent of it: `half`, `two-thirds`.
    Share(Exact),
}

/// How a numeral is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Digits, alone.
    Digits {
        /// Whether the digits are in groups of three (or the Indian way).
        grouped: bool,
    },
    /// Words, alone.
    Words,
    /// Digits with a scale word or sign: `1.5 million`, `3bn`.
    Scaled,
    /// A vague word or a share.
    Loose,
}

/// A number in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numeral {
    /// Its first token.
    pub first: usize,
    /// The token behind its last one.
    pub end: usize,
    /// How much it says.
    pub amount: Amount,
    /// How it is written.
    pub form: Form,
    /// Another value the digits may have: `1,2` is 1.2 or two numbers, `1.234` may be 1,234.
    pub other: Option<Decimal>,
}

impl Numeral {
    /// The exact value, unless the numeral is vague or a share.
    pub fn exact(&self) -> Option<Exact> {
        match self.amount {
            Amount::Exact(exact) => Some(exact),
            Amount::Vague(..) | Amount::Share(_) => None,
        }
    }

    /// Whether it is written in digits alone.
    pub fn is_digits(&self) -> bool {
        matches!(self.form, Form::Digits { .. })
    }
}
