//! Numbers that are no quantities, each for the first reason that fits.

use crate::number::{NumberWord, word_at};
use crate::quantity::lexicon::{WordClass, is};
use crate::quantity::{calendar, clock, code, name, score};
use crate::segment::{Kind, Tokens};

/// The end of what the number at token `i` belongs to if that is no quantity.
pub(crate) fn end(tokens: &Tokens, prose: &str, i: usize, title_case: bool) -> Option<usize> {
    match tokens.kind(i)? {
        Kind::Digits => clock::words(tokens, i)
            .or_else(|| code::address(tokens, prose, i))
            .or_else(|| code::telephone(tokens, i))
            .or_else(|| calendar::end(tokens, i))
            .or_else(|| code::postal(tokens, i))
            .or_else(|| code::list_number(tokens, i))
            .or_else(|| code::joined_letters(tokens, i))
            .or_else(|| code::slashed(tokens, i))
            .or_else(|| name::street(tokens, i))
            .or_else(|| score::score(tokens, i))
            .or_else(|| name::named(tokens, i))
            .or_else(|| name::behind_capital(tokens, i, title_case)),
        Kind::Word if !matches!(tokens.word(i), "a" | "an") => clock::words(tokens, i)
            .or_else(|| letters_with_digits(tokens, i))
            .or_else(|| ordinal_part(tokens, i))
            .or_else(|| spoken_year(tokens, i))
            .or_else(|| name::named(tokens, i))
            .or_else(|| name::capital_word(tokens, i, title_case)),
        _ => None,
    }
}

/// `B52`: a letter that could be a scale, with digits right behind it.
fn letters_with_digits(tokens: &Tokens, i: usize) -> Option<usize> {
    (tokens.touches(i + 1) && tokens.kind(i + 1) == Some(Kind::Digits)).then_some(i + 2)
}

/// `twenty-first`, `two hundredth`.
fn ordinal_part(tokens: &Tokens, i: usize) -> Option<usize> {
    let dash = usize::from(tokens.is_sign(i + 1, '-'));
    let next = i + 1 + dash;
    let scale = matches!(tokens.word(next), "hundredth" | "thousandth" | "millionth");
    let tens = tokens.word(i).ends_with("ty") && dash == 1;
    (is(tokens, next, WordClass::Ordinal) && (tens || scale)).then_some(next + 1)
}

/// `nineteen eighty-four`, `twenty twelve`.
fn spoken_year(tokens: &Tokens, i: usize) -> Option<usize> {
    if !is(tokens, i, WordClass::Century) {
        return None;
    }
    match word_at(tokens, i + 1)? {
        NumberWord::Ten(_) => {
            let unit = tokens.is_sign(i + 2, '-')
                && matches!(word_at(tokens, i + 3), Some(NumberWord::Unit(_)));
            Some(if unit { i + 4 } else { i + 2 })
        }
        NumberWord::Teen(_) => Some(i + 2),
        _ => None,
    }
}
