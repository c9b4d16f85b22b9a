//! Noun phrases: from the word behind a number to the head noun, across adjectives and gaps.

use crate::number::is_trigger_at;
use crate::quantity::lexicon::{WordClass, ends_phrase_at, is};
use crate::quantity::noun::is_plural_at;
use crate::segment::{Kind, Tokens};

/// The noun phrase whose first word is token `i`: the head's index and the token behind it.
pub(crate) fn phrase(tokens: &Tokens, i: usize, one: bool) -> Option<(usize, usize)> {
    let mut head: Option<usize> = None;
    let mut last = None;
    let mut at = i;
    while at < i + 9 {
        let word = tokens.word(at);
        match tokens.kind(at) {
            Some(Kind::Word) => {
                if at > i && starts_over(tokens, at) {
                    break;
                }
                let upper = tokens.get(at).is_some_and(|t| t.upper && t.span.len() < 5);
                // `40 US troops`, but `40 MPs`
                let plural = is_plural_at(tokens, at) && (!upper || word.ends_with("ps"));
                let goes_on = |first: usize| {
                    plural && joins_plural(tokens, first)
                        || is_people_name(tokens, first)
                            && (one || carries_on(tokens, at) || modifies(tokens, at))
                };
                if head.is_some_and(|first| !goes_on(first)) {
                    break;
                }
                if one && at > i && acts(tokens, at) {
                    break;
                }
                if plural {
                    head = Some(at);
                } else if ends_phrase_at(tokens, at)
                    && !upper
                    && !hyphen_behind(tokens, at)
                    && !modifies(tokens, at)
                {
                    break;
                }
                last = Some(at);
            }
            Some(Kind::Sign('-')) if tokens.touches(at) && at > i => {}
            Some(Kind::Possessive) => {
                head = None;
            }
            Some(Kind::Sign('"' | '\'')) if head.is_none() && at == i => {}
            Some(Kind::Digits) if head.is_none() && tokens.touches(at) => {}
            _ => break,
        }
        at += 1;
    }
    match (head, last) {
        (Some(head), _) => Some((head, head + 1)),
        (None, Some(last)) if one => Some((last, last + 1)),
        _ => None,
    }
}

/// Whether the word is a verb rather than part of the phrase: `one shell landed near`.
fn acts(tokens: &Tokens, at: usize) -> bool {
    let last = !matches!(tokens.kind(at + 1), Some(Kind::Word)) || ends_phrase_at(tokens, at + 1);
    tokens.word(at).ends_with("ed") && last && !hyphen_behind(tokens, at)
}

/// Plurals that stand before another plural they describe: `weapons emplacements`, `police
/// officers`, `United States soldiers`.
fn joins_plural(tokens: &Tokens, first: usize) -> bool {
    is(tokens, first, WordClass::PluralModifier) || tokens.get(first).is_some_and(|t| t.capital)
}

/// Whether the token is a people's name that may also be an adjective: `Chinese`, `British`.
fn is_people_name(tokens: &Tokens, at: usize) -> bool {
    tokens.get(at).is_some_and(|t| t.capital) && !tokens.word(at).ends_with('s')
        || is(tokens, at, WordClass::PeopleModifier)
}

/// Whether a plural follows within three words, none of which ends the phrase.
fn carries_on(tokens: &Tokens, at: usize) -> bool {
    (at..at + 3)
        .take_while(|k| tokens.kind(*k) == Some(Kind::Word) && !ends_phrase_at(tokens, *k))
        .any(|k| is_plural_at(tokens, k))
}

fn hyphen_behind(tokens: &Tokens, at: usize) -> bool {
    tokens.is_sign(at + 1, '-') && tokens.touches(at + 1) && tokens.touches(at + 2)
        || at > 0 && tokens.is_sign(at - 1, '-') && tokens.touches(at)
}

/// A participle or a state word that stands before its noun: `two captured US volunteers`,
/// `20 wounded soldiers`, `40 injured people`; and the `and` of `Russian and Ukrainian troops`.
fn modifies(tokens: &Tokens, at: usize) -> bool {
    let word = tokens.word(at);
    if word == "and" || word == "or" {
        let capital = |i: usize| tokens.get(i).is_some_and(|t| t.capital);
        return at > 0 && capital(at + 1) && (capital(at - 1)) && is_plural_at(tokens, at + 2);
    }
    let adjective = word.ends_with("ed")
        || word.ends_with("ing")
        || is(tokens, at, WordClass::State)
        || is(tokens, at, WordClass::Modifier);
    let participle = adjective && !is(tokens, at, WordClass::NotModifier);
    participle && plural_ahead(tokens, at + 1)
}

/// Whether a plural follows within a few words that belong to one phrase.
fn plural_ahead(tokens: &Tokens, from: usize) -> bool {
    for at in from..from + 5 {
        match tokens.kind(at) {
            Some(Kind::Word) => {
                if is_plural_at(tokens, at) {
                    return true;
                }
                let upper = tokens.get(at).is_some_and(|t| t.upper);
                if ends_phrase_at(tokens, at) && !upper {
                    return false;
                }
            }
            Some(Kind::Sign('-') | Kind::Digits) if tokens.touches(at) => {}
            _ => return false,
        }
    }
    false
}

/// A number word or digits inside a phrase begin the next quantity.
fn starts_over(tokens: &Tokens, at: usize) -> bool {
    is_trigger_at(tokens, at) && !tokens.is_sign(at.wrapping_sub(1), '-')
}
