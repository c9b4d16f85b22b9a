//! Numbers that are no quantities, each for the first reason that fits.

use crate::number::{NumberWord, word_at};
use crate::quantity::lexicon::{WordClass, is};
use crate::quantity::noun::is_plural_at;
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
        Kind::Word => ordinal_part(tokens, i + 1),
        _ => None,
    }
}

/// `B52`: a letter that could be a scale, with digits right behind it.
fn letters_with_digits(tokens: &Tokens, i: usize) -> Option<usize> {
    (tokens.touches(i + 1) && tokens.kind(i + 1) == Some(Kind::Digits)).then_some(i + 2)
}

/// `twenty-first`, `two hundredth`, `one hundred and forty second`: a number in words that ends in
/// an ordinal. `hundred first-time voters` and `twenty second homes` do not.
fn ordinal_part(tokens: &Tokens, i: usize) -> Option<usize> {
    let mut at = i;
    let mut last = None;
    let mut apart = false;
    while let Some(
        word @ (NumberWord::Unit(_)
        | NumberWord::Teen(_)
        | NumberWord::Ten(_)
        | NumberWord::Scale(_)),
    ) = word_at(tokens, at)
    {
        last = Some(word);
        let dash = tokens.is_sign(at + 1, '-') && tokens.touches(at + 1);
        let and = tokens.word(at + 1) == "and";
        apart = !dash;
        at += 1 + usize::from(dash || and);
    }
    let goes_on = tokens.is_sign(at + 1, '-') || is_plural_at(tokens, at + 1);
    if !is(tokens, at, WordClass::Ordinal) || apart && goes_on {
        return None;
    }
    let scale = is(tokens, at, WordClass::OrdinalScale);
    let fits = match last? {
        NumberWord::Ten(_) => tokens.word(at - 1) != "and" && !scale,
        NumberWord::Scale(_) => true,
        NumberWord::Unit(n) => scale && n > 1,
        _ => scale,
    };
    fits.then_some(at + 1)
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
