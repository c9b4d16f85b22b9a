//! Words that say how sure or how bounded a number is, from the table.

use crate::number::is_trigger_at;
use crate::quantity::lexicon::{WordClass, is, is_before};
use crate::segment::{Kind, Phrases, Tokens};
use crate::text::rows;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

pub(crate) const TABLE: &str = include_str!("hedges.csv");

/// How a number is bounded by the words around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Hedge {
    /// No hedge, or `exactly`.
    Exact,
    /// `about`, `some`, `an estimated`.
    About,
    /// Just below: `nearly`, `almost`.
    Nearly,
    /// `more than`, `over`.
    MoreThan,
    /// `at least`, `or more`.
    AtLeast,
    /// `less than`, `under`.
    LessThan,
    /// `up to`, `as many as`.
    UpTo,
    /// Both ends are given.
    Range,
    /// A vague word: `dozens`.
    Vague,
}

impl Hedge {
    /// Its name in claims and tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::About => "about",
            Self::Nearly => "nearly",
            Self::MoreThan => "more_than",
            Self::AtLeast => "at_least",
            Self::LessThan => "less_than",
            Self::UpTo => "up_to",
            Self::Range => "range",
            Self::Vague => "vague",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Side {
    Before,
    After,
}

#[derive(Debug, Deserialize)]
struct Row {
    phrase: String,
    hedge: Hedge,
    side: Side,
    #[cfg_attr(not(test), expect(dead_code, reason = "the example runs as a test"))]
    example: String,
}

static BEFORE: LazyLock<Phrases<Hedge>> = LazyLock::new(|| index(Side::Before));
static AFTER: LazyLock<Phrases<Hedge>> = LazyLock::new(|| index(Side::After));

fn index(side: Side) -> Phrases<Hedge> {
    Phrases::new(
        rows::<Row>(TABLE).into_iter().filter(|r| r.side == side).map(|r| (r.phrase, r.hedge)),
    )
}

/// The hedge before the number whose expression starts at token `first`: its first token and what
/// it says.
pub(crate) fn before(tokens: &Tokens, first: usize) -> Option<(usize, Hedge)> {
    let mut end = first;
    if tokens.is_sign(end.wrapping_sub(1), '~') || tokens.is_sign(end.wrapping_sub(1), '≈') {
        return Some((end - 1, Hedge::About));
    }
    if let Some(sign) = comparison_sign(tokens, end) {
        return Some(sign);
    }
    for _ in 0..4 {
        if let Some((at, hedge)) = BEFORE.before(tokens, end)
            && !misleads(tokens, at, end, first)
        {
            let (at, hedge) = outer(tokens, at, *hedge);
            return Some((at, hedge));
        }
        // `at least another 40`, `about a further 12`, `more than the 40`
        end = end.checked_sub(1).filter(|at| is(tokens, *at, WordClass::HedgeFiller))?;
    }
    None
}

fn comparison_sign(tokens: &Tokens, end: usize) -> Option<(usize, Hedge)> {
    let at = end.checked_sub(1)?;
    let hedge = match tokens.kind(at)? {
        Kind::Sign('>') => Hedge::MoreThan,
        Kind::Sign('≥') => Hedge::AtLeast,
        Kind::Sign('<') => Hedge::LessThan,
        Kind::Sign('≤') => Hedge::UpTo,
        _ => return None,
    };
    Some((at, hedge))
}

/// A bound before an approximation bounds it: `at least about 40` is at least; and `up to an
/// estimated 40` is up to.
fn outer(tokens: &Tokens, at: usize, inner: Hedge) -> (usize, Hedge) {
    if matches!(inner, Hedge::About | Hedge::Exact | Hedge::Nearly)
        && let Some((first, hedge)) = BEFORE.before(tokens, at)
        && matches!(hedge, Hedge::AtLeast | Hedge::MoreThan | Hedge::UpTo | Hedge::LessThan)
        && !misleads(tokens, first, at, at)
    {
        return (first, *hedge);
    }
    (at, inner)
}

/// Words of the table that here mean something else: `over the past four months`, `talks about 40
/// people`, `walked past 40 houses`, `under two governments`.
fn misleads(tokens: &Tokens, at: usize, end: usize, first: usize) -> bool {
    let apart = end < first;
    let word = tokens.word(at);
    if end > at + 1 {
        // `went up to 53`: the verb's own `up`.
        return word == "up" && end == at + 2 && is_before(tokens, at, 1, WordClass::Upward);
    }
    if word == "past" && !is_before(tokens, at, 1, WordClass::PastLead) {
        return true;
    }
    if is(tokens, at, WordClass::LooseBound) {
        return apart && !matches!(tokens.word(end), "a" | "another" | "an")
            || is_before(tokens, at, 1, WordClass::NotBound);
    }
    apart
        && (is(tokens, at, WordClass::TightBound)
            || matches!(word, "almost" | "nearly") && tokens.word(end) == "the")
}

/// The hedge behind the number that ends before token `end`: the token behind it and what it says.
pub(crate) fn after(tokens: &Tokens, end: usize) -> Option<(usize, Hedge)> {
    if tokens.is_sign(end, '+') && tokens.touches(end) {
        return Some((end + 1, Hedge::AtLeast));
    }
    let hyphen = tokens.is_sign(end, '-') && tokens.touches(end);
    if hyphen && tokens.word(end + 1) == "plus" {
        return Some((end + 2, Hedge::AtLeast));
    }
    let (at, hedge) = AFTER.at(tokens, end)?;
    // `plus` before a number adds, it does not bound.
    let adds = tokens.word(end) == "plus"
        && (tokens.kind(at) == Some(Kind::Digits)
            || is_trigger_at(tokens, at)
            || matches!(tokens.word(at), "a" | "an" | "the"));
    // `40 and over the border`: the words go on.
    let more = tokens.word(at - 1) == "more"
        && tokens.kind(at) == Some(Kind::Word)
        && !matches!(tokens.word(at), "in" | "of" | "people" | "each");
    let goes_on = tokens.word(end) == "and" && (matches!(tokens.word(at), "the" | "a") || more);
    if adds || goes_on { None } else { Some((at, *hedge)) }
}

#[cfg(test)]
mod tests {
    use super::{Row, TABLE};
    use crate::quantity::test_support::read_marked;
    use crate::text::{rows, rows_written};

    #[test]
    fn every_hedge_is_read_from_its_example() {
        let table = rows::<Row>(TABLE);
        assert_eq!(table.len(), rows_written(TABLE), "a row does not parse");
        for row in table {
            let (text, found) = read_marked(&row.example);
            let found = found.unwrap_or_else(|| panic!("nothing in {text}"));
            assert_eq!(found.hedge, row.hedge, "{text}");
        }
    }
}
