//! Numbers in names: `Article 5`, `Flight 370`, `10 Downing Street`, `Nord Stream 2`.

use crate::number::word_at;
use crate::quantity::lexicon::{WordClass, ends_phrase_at, is, is_before};
use crate::quantity::noun::is_plural_at;
use crate::quantity::{calendar, currency, unit};
use crate::segment::{Gap, Kind, Phrases, Tokens};
use crate::text::{parts, rows};
use serde::Deserialize;
use std::sync::LazyLock;

const TABLE: &str = include_str!("names.csv");

/// What may follow the number for it to be part of the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Follows {
    /// Anything.
    Any,
    /// No counted noun and no unit.
    Bare,
    /// Anything, but the number is one that names an index.
    Index,
    /// No counted noun, and the word before has a capital.
    Name,
}

#[derive(Debug, Deserialize)]
struct Row {
    words: String,
    follows: Follows,
    #[cfg_attr(not(test), expect(dead_code, reason = "the example runs as a test"))]
    example: String,
}

static BEFORE: LazyLock<Phrases<Follows>> = LazyLock::new(|| {
    let table = rows::<Row>(TABLE);
    Phrases::new(table.iter().flat_map(|row| parts(&row.words).map(|word| (word, row.follows))))
});

/// The end of a name that the number at token `i` belongs to, behind a word that names things by
/// numbers: `Article 5`, `phase three`, `No. 5`.
pub(crate) fn named(tokens: &Tokens, i: usize) -> Option<usize> {
    let digits = tokens.kind(i) == Some(Kind::Digits);
    let stop = i > 0 && tokens.is_sign(i - 1, '.') && tokens.touches(i - 1);
    let before = i - usize::from(stop);
    let abbreviated = |at: usize| is(tokens, at, WordClass::Abbreviated);
    if stop && digits && before > 0 && abbreviated(before - 1) {
        return Some(if is_range(tokens, i + 1) { i + 3 } else { i + 1 });
    }
    let (first, follows) = BEFORE.before(tokens, before)?;
    let capital = tokens.get(first).is_some_and(|t| t.capital);
    let word_fits =
        digits || capital || *follows == Follows::Any || is(tokens, first, WordClass::SpelledName);
    let near = tokens.get(i)?.gap != Gap::Wide && (!stop || abbreviated(first));
    if !word_fits || !near || !fits(tokens, first, i, *follows) {
        return None;
    }
    Some(name_end(tokens, first, i))
}

/// `-7` behind the digits before token `i`.
fn is_range(tokens: &Tokens, i: usize) -> bool {
    matches!(tokens.kind(i), Some(Kind::Sign('-' | '–')))
        && tokens.touches(i)
        && tokens.kind(i + 1) == Some(Kind::Digits)
}

/// Whether the number at `i` may belong to the name that starts at `first`.
fn fits(tokens: &Tokens, first: usize, i: usize, follows: Follows) -> bool {
    let digits = tokens.kind(i) == Some(Kind::Digits);
    let capital = tokens.get(first).is_some_and(|t| t.capital);
    let joined = |sign| tokens.is_sign(i + 1, sign) && tokens.touches(i + 1);
    let grouped = digits && joined(',') && tokens.touches(i + 2);
    let hyphened = joined('-') && !tokens.get(i + 2).is_some_and(|t| t.capital);
    let counted = || is_plural_at(tokens, i + 1) || counts_on(tokens, i + 1) || hyphened;
    match follows {
        Follows::Any => true,
        Follows::Bare if capital && digits => {
            !grouped && !is(tokens, i + 1, WordClass::Scaling) && !tokens.is_sign(i + 1, '%')
        }
        Follows::Bare => !grouped && (capital || lower_fits(tokens, first, i)) && !counted(),
        Follows::Index => is(tokens, i, WordClass::IndexNumber) && capital,
        Follows::Name => !grouped && capital && !counted(),
    }
}

/// The end of a name over the numbers that go on with it: `Highway 5-7`, `Image 1 of 3`,
/// `Articles 5 and 6`, `Nos. 1, 2 and 3`.
fn name_end(tokens: &Tokens, first: usize, i: usize) -> usize {
    let mut end = i + 1;
    while matches!(tokens.kind(end), Some(Kind::Sign('-' | '–' | '.')))
        && tokens.touches(end)
        && tokens.touches(end + 1)
        && tokens.kind(end + 1) == Some(Kind::Digits)
    {
        end += 2;
    }
    let digits = |at: usize| tokens.kind(at) == Some(Kind::Digits);
    // `Caption 5 of 39 Photos` is the fifth of them, whatever they are.
    if digits(i) && tokens.word(end) == "of" && digits(end + 1) {
        return end + 2;
    }
    let more = |end: usize| digits(end + 1) && !is_plural_at(tokens, end + 2);
    while tokens.word(first).ends_with('s')
        && (tokens.is_sign(end, ',') || is(tokens, end, WordClass::Joint))
        && more(end)
        && !counts_on(tokens, end + 2)
    {
        end += 2;
    }
    end
}

/// Lower-case words that name things by numbers but also stand before counts: `a group 20 strong`,
/// `the week 12 people died`, `no 5 left`.
fn lower_fits(tokens: &Tokens, first: usize, i: usize) -> bool {
    if tokens.word(first) == "no" && tokens.is_sign(first + 1, '.') {
        return true;
    }
    let spelled = tokens.word_before(first, 1) == "a" && is(tokens, first, WordClass::SpelledName);
    let noun = is_before(tokens, first, 1, WordClass::NameLead) && !spelled;
    let place = is(tokens, first, WordClass::PlaceName) && tokens.kind(i) == Some(Kind::Digits);
    let common = is(tokens, first, WordClass::CommonName) && !place;
    tokens.get(i).is_some_and(|t| t.span.len() <= 3) && !common && !noun
}

/// Whether a state or a modifier behind the number makes it a count.
fn counts_on(tokens: &Tokens, i: usize) -> bool {
    let modifier = tokens.get(i).is_some_and(|t| t.kind == Kind::Word && !t.capital)
        && !ends_phrase_at(tokens, i)
        && is_plural_at(tokens, i + 1);
    modifier
        || is(tokens, i, WordClass::State)
        || is(tokens, i, WordClass::Scaling)
        || tokens.is_sign(i, '%')
        || unit::word(tokens, i, false).is_some_and(|f| f.unit.id != "s")
}

/// `10 Downing Street`, `1600 Pennsylvania Avenue NW`, `400 block of …`.
pub(crate) fn street(tokens: &Tokens, i: usize) -> Option<usize> {
    if tokens.word(i + 1) == "block" && matches!(tokens.word(i + 2), "of") {
        return Some(i + 2);
    }
    let range = matches!(tokens.kind(i + 1), Some(Kind::Sign('-' | '–')))
        && tokens.touches(i + 1)
        && tokens.touches(i + 2);
    let mut at = if range { i + 3 } else { i + 1 };
    // `249 S. Alta Ave.`: the stop of a point of the compass goes on.
    let initial = |at: usize| {
        tokens.is_sign(at, '.')
            && tokens.get(at - 1).is_some_and(|t| t.capital && t.span.len() == 1)
    };
    let word = |at: usize| tokens.get(at).is_some_and(|t| t.capital && t.gap == Gap::Space);
    while (word(at) || initial(at)) && at < i + 7 {
        if (at > i + 1 || is(tokens, at, WordClass::StreetLead))
            && is(tokens, at, WordClass::Street)
            && !is_plural_at(tokens, at + 1)
        {
            return Some(at + 1);
        }
        at += 1;
    }
    None
}

/// A bare number behind a capital word that is no place and no sentence's start, with nothing to
/// count behind it: `Nord Stream 2,`, `Kryvyi 7 is`.
pub(crate) fn behind_capital(tokens: &Tokens, i: usize, title_case: bool) -> Option<usize> {
    let before = tokens.get(i.checked_sub(1)?)?;
    let token = tokens.get(i)?;
    let name =
        before.capital && i > 1 && !title_case && token.gap == Gap::Space && token.span.len() <= 3;
    let verb = || {
        is(tokens, i - 1, WordClass::Harm)
            || calendar::is_month(tokens, i - 1)
            || ends_phrase_at(tokens, i - 1)
    };
    let counted = || is_plural_at(tokens, i + 1) || counts_on(tokens, i + 1);
    (name && stands_alone(tokens, i) && !counted() && !is_measured(tokens, i) && !verb())
        .then_some(i + 1)
}

/// Whether nothing is joined to the digits at `i` but the marks that end a clause.
fn stands_alone(tokens: &Tokens, i: usize) -> bool {
    let next = tokens.kind(i + 1);
    let decimal = matches!(next, Some(Kind::Sign(',' | '.')))
        && tokens.touches(i + 1)
        && tokens.touches(i + 2)
        && tokens.kind(i + 2) == Some(Kind::Digits);
    let ends = matches!(
        next,
        Some(Kind::Sign(',' | '.' | ')' | '"' | ';' | ':' | '\'') | Kind::Possessive) | None
    );
    !decimal && (ends || !tokens.touches(i + 1))
}

/// Whether a unit, a currency or a joint makes the digits at `i` a number.
fn is_measured(tokens: &Tokens, i: usize) -> bool {
    matches!(tokens.word(i + 1), "of" | "to" | "out" | "in")
        || matches!(tokens.kind(i + 1), Some(Kind::Sign('-' | '–' | '°' | '+')))
        || word_at(tokens, i + 1).is_some()
        || unit::symbol(tokens, i + 1).is_some()
        || currency::before(tokens, i).is_some()
        || currency::sign_behind(tokens, i + 1).is_some()
}

/// A number word with a capital inside a sentence that is no headline: `Forum of Five`, `Site Two`.
pub(crate) fn capital_word(tokens: &Tokens, i: usize, title_case: bool) -> Option<usize> {
    let token = tokens.get(i)?;
    let opens = i == 0 || matches!(tokens.kind(i - 1), Some(Kind::Sign(_)));
    (token.capital && !token.upper && !title_case && !opens).then_some(i + 1)
}

#[cfg(test)]
mod tests {
    use super::{Row, TABLE};
    use crate::quantity::test_support::marked;
    use crate::text::{rows, rows_written};

    #[test]
    fn no_name_is_a_quantity() {
        let table = rows::<Row>(TABLE);
        assert_eq!(table.len(), rows_written(TABLE), "a row does not parse");
        for row in table {
            assert!(!row.example.is_empty(), "a row without an example");
            assert_eq!(marked(&row.example), row.example);
        }
    }
}
