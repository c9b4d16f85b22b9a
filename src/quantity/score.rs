//! Scores: `3-2`, `7-5, 6-4`, `12-1-1`.

use crate::quantity::lexicon::{WordClass, is, is_before};
use crate::quantity::noun::is_plural_at;
use crate::quantity::{share, unit};
use crate::segment::{Gap, Kind, Tokens};

/// How far before a pair a word may tell that it is a score, and how far behind it.
const NEAR: (usize, usize) = (8, 5);
/// The same for a pair of votes.
const NEAR_VOTES: (usize, usize) = (4, 3);

/// The end of the results that the digits at `i` open, if they are no range.
pub(crate) fn score(tokens: &Tokens, i: usize) -> Option<usize> {
    if let Some(end) = spaced(tokens, i) {
        return Some(end);
    }
    let end = pair(tokens, i)?;
    let (a, b): (u64, u64) = (tokens.lower(i).parse().ok()?, tokens.lower(i + 2).parse().ok()?);
    let near = |class, (before, behind): (usize, usize)| {
        (i.saturating_sub(before)..i).chain(end..end + behind).any(|k| is(tokens, k, class))
    };
    let money = i > 0 && matches!(tokens.kind(i - 1), Some(Kind::Sign('$' | '£' | '€')));
    let aged = i > 0 && matches!(tokens.word(i - 1), "aged" | "ages" | "age");
    let votes = a != b && near(WordClass::Vote, NEAR_VOTES);
    let shares = share::percent(tokens, end).is_some();
    if money || aged || votes || shares || a < b && is_measured(tokens, end) {
        return None;
    }
    let third = matches!(tokens.kind(end), Some(Kind::Sign('-' | '–')))
        && tokens.touches(end)
        && tokens.touches(end + 1);
    // `went 61-101`, `Chicago Bulls (34-42)`
    let bracket = i > 1
        && tokens.is_sign(i - 1, '(')
        && tokens.is_sign(end, ')')
        && tokens.get(i - 2).is_some_and(|t| t.capital && t.kind == Kind::Word);
    let record = || bracket || is_before(tokens, i, 1, WordClass::Record);
    if !third && a < b && !record() && !near(WordClass::Game, NEAR) {
        return None;
    }
    let mut end = bracketed(tokens, if third { end + 2 } else { end });
    while tokens.is_sign(end, ',') || tokens.word(end) == "and" {
        let Some(next) = pair(tokens, end + 1) else { break };
        end = bracketed(tokens, next);
    }
    Some(end)
}

/// `Sweden 1 – 0 Korea`, `winning 2 – 1`: a dash with space around it between small numbers, where
/// a name or a word of games stands right before or behind them.
fn spaced(tokens: &Tokens, i: usize) -> Option<usize> {
    let goals = |k: usize| {
        tokens.kind(k) == Some(Kind::Digits) && tokens.get(k).is_some_and(|t| t.span.len() <= 2)
    };
    let apart = |k: usize| tokens.get(k).is_some_and(|t| t.gap == Gap::Space);
    let dash = matches!(tokens.kind(i + 1), Some(Kind::Sign('-' | '–')));
    if !(dash && goals(i) && goals(i + 2) && apart(i + 1) && apart(i + 2)) {
        return None;
    }
    let end = i + 3;
    let name = |k: usize| tokens.get(k).is_some_and(|t| t.capital && t.kind == Kind::Word);
    let before = i.checked_sub(1).is_some_and(name);
    let named = before && (name(end) || tokens.kind(end).is_none());
    let played = || {
        (i.saturating_sub(NEAR.0)..i)
            .chain(end..end + NEAR.1)
            .any(|k| is(tokens, k, WordClass::Game))
    };
    (!is_measured(tokens, end) && (named || played())).then_some(end)
}

/// The end of two short numbers joined by a dash at token `i`.
fn pair(tokens: &Tokens, i: usize) -> Option<usize> {
    let joined = |at: usize| tokens.touches(at) && tokens.touches(at + 1);
    let short =
        |k: usize| tokens.get(k).is_some_and(|t| t.kind == Kind::Digits && t.span.len() <= 3);
    let dash = matches!(tokens.kind(i + 1), Some(Kind::Sign('-' | '–'))) && joined(i + 1);
    let more = matches!(tokens.kind(i + 3), Some(Kind::Sign('.' | ',')))
        && joined(i + 3)
        && tokens.kind(i + 4) == Some(Kind::Digits);
    (dash && short(i) && short(i + 2) && !more).then_some(i + 3)
}

/// The end of a pair in brackets at `end`, or `end`: `7-6 (7-4)`.
fn bracketed(tokens: &Tokens, end: usize) -> usize {
    let inner =
        tokens.is_sign(end, '(') && pair(tokens, end + 1).is_some() && tokens.is_sign(end + 4, ')');
    if inner { end + 5 } else { end }
}

/// Whether a unit, a noun or a scale behind the pair makes it a range: `winners of a 20-30% share`.
fn is_measured(tokens: &Tokens, end: usize) -> bool {
    let result = matches!(tokens.word(end), "wins" | "victories" | "losses");
    tokens.is_sign(end, '%')
        || is(tokens, end, WordClass::Scaling)
        || matches!(tokens.word(end), "m" | "bn" | "k" | "points")
        || unit::symbol(tokens, end).is_some()
        || unit::word(tokens, end, false).is_some()
        || is_plural_at(tokens, end) && !result
}
