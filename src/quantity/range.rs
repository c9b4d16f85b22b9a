//! Ranges: `5,000 to 6,000`, `between 6% and 7%`, `20-30,000`, `51 or 52 billion`.

use crate::number::{Amount, Decimal, Exact, Form};
use crate::quantity::counted::written;
use crate::quantity::lexicon::{WordClass, is, is_before};
use crate::quantity::piece::{Money, Piece};
use crate::quantity::reading::Reader;
use crate::quantity::{Kind, calendar, hedge};
use crate::segment::{Kind as TokenKind, Tokens};

/// How two numbers are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joint {
    /// A hyphen or dash.
    Dash,
    /// `to`.
    To,
    /// `or`.
    Or,
    /// `and` behind `between`.
    And,
}

/// The piece widened to a range, if a second number is joined to it.
pub(crate) fn range(reader: &Reader<'_>, low: &Piece) -> Option<Piece> {
    let tokens = reader.tokens;
    if matches!(low.kind, Kind::Ratio) {
        return None;
    }
    let opened = opener(tokens, low.first);
    let from = if low.own_unit { low.behind } else { low.end };
    let (joint, at) = joint(tokens, low.end, opened == Some("between"))
        .or_else(|| joint(tokens, from, opened == Some("between")))?;
    let change = opened == Some("from") && is_change(tokens, low.first);
    if joint == Joint::To && change {
        return None;
    }
    if calendar::end(tokens, at).is_some() && low.behind > low.end {
        return None;
    }
    let start = skip_hedge(tokens, at, joint);
    let below = matches!(tokens.kind(start), Some(TokenKind::Sign('-' | '–')))
        && tokens.touches(start + 1)
        && !tokens.touches(start)
        && joint != Joint::Dash;
    let start = start + usize::from(below);
    let at = behind_currency(tokens, start);
    let shared = if low.kind == Kind::Money && at == start { Money::Said } else { Money::Unsaid };
    let high = reader.piece(at, shared)?;
    if joint != Joint::And && is_contest(tokens, low, &high) {
        return None;
    }
    if joint == Joint::Or && !is_alternative(low, &high)
        || low.is_vague() != high.is_vague() && joint != Joint::To
    {
        return None;
    }
    if joint == Joint::To
        && opened.is_none()
        && is_change_before(tokens, low.first)
        && low.kind != Kind::Age
        && !is_modest(low, &high)
    {
        return None;
    }
    let mut joined = merge(low, &high, joint)?;
    if joint == Joint::Dash && joined.low.value >= joined.high.value {
        return None;
    }
    // `100 - 1000 g`: a dash between spaces is a range only where the second number measures.
    let apart = joint == Joint::Dash && !tokens.touches(low.end);
    let long = tokens.get(low.end + 1).is_some_and(|t| t.span.len() >= 3);
    if apart && !long && !high.own_unit && written(tokens, high.end, false).is_none() {
        return None;
    }
    joined.first = low.first;
    Some(joined)
}

/// `leads 48 percent to 44 percent`, `won 52-48 percent`: the shares of two sides, the larger first
/// or behind a word of contest, are two numbers.
fn is_contest(tokens: &Tokens, low: &Piece, high: &Piece) -> bool {
    let shares = high.kind == Kind::Percent && (low.kind == Kind::Percent || !low.own_unit);
    let falls = low.low.value > high.high.value && low.low.value > Decimal::ZERO;
    let sides = || (1..=8).any(|back| is_before(tokens, low.first, back, WordClass::Contest));
    shares && high.own_unit && (falls || sides())
}

/// `between` or `from` right before the number, over its hedge.
fn opener(tokens: &Tokens, first: usize) -> Option<&'static str> {
    let mut at = first;
    if let Some((start, _)) = hedge::before(tokens, first) {
        at = start;
    }
    let word = |at: usize| match tokens.word_before(at, 1) {
        "between" => Some("between"),
        "from" => Some("from"),
        _ => None,
    };
    let ages = matches!(tokens.word_before(first, 1), "of" | "ages")
        && matches!(tokens.word_before(first, 2), "ages" | "the");
    let ages = ages && (1..=4).any(|back| tokens.word_before(first, back) == "between");
    word(at).or_else(|| word(first)).or(ages.then_some("between"))
}

fn joint(tokens: &Tokens, at: usize, between: bool) -> Option<(Joint, usize)> {
    match tokens.kind(at)? {
        TokenKind::Sign('-' | '–' | '~' | '—') => {
            let tight =
                tokens.touches(at) && (tokens.touches(at + 1) || tokens.word(at + 1) == "to");
            let spaced =
                matches!(tokens.kind(at), Some(TokenKind::Sign('-' | '–'))) && !tokens.touches(at);
            let to = usize::from(tokens.word(at + 1) == "to")
                * (1 + usize::from(tokens.is_sign(at + 2, '-')));
            (tight || spaced && tokens.kind(at + 1) == Some(TokenKind::Digits))
                .then_some((Joint::Dash, at + 1 + to))
        }
        TokenKind::Word => match tokens.word(at) {
            "to" => Some((Joint::To, at + 1)),
            "and" if between => Some((Joint::And, at + 1)),
            "or" if !between => Some((Joint::Or, at + 1)),
            _ => None,
        },
        _ => None,
    }
}

/// A second hedge inside a range: `between about 6 and about 7`, `5 to possibly 6`.
fn skip_hedge(tokens: &Tokens, at: usize, joint: Joint) -> usize {
    let inner = is(tokens, at, WordClass::InnerHedge);
    if inner && matches!(joint, Joint::And | Joint::To) {
        let many =
            tokens.word(at) == "as" && tokens.word(at + 1) == "many" && tokens.word(at + 2) == "as";
        return if many { at + 3 } else { at + 1 };
    }
    at
}

/// Steps over the currency before the second number.
fn behind_currency(tokens: &Tokens, at: usize) -> usize {
    let mut i = at;
    while i < at + 3 {
        let sign = matches!(tokens.kind(i), Some(TokenKind::Sign(c)) if matches!(c, '$' | '£' | '€' | '¥' | '₹' | '₽' | '₩' | '₪' | '₦' | '₱' | '₺' | '₴'));
        let letters = tokens.get(i).is_some_and(|t| t.upper)
            && i + 1 < tokens.len()
            && (tokens.touches(i + 1) || tokens.kind(i + 1) == Some(TokenKind::Digits))
            || matches!(tokens.lower(i), "rs");
        if !sign && !letters {
            break;
        }
        i += 1;
    }
    if i > at && tokens.kind(i) == Some(TokenKind::Digits) { i } else { at }
}

/// `51 or 52 billion`, `two or three`: neighbours, the lower one bare.
fn is_alternative(low: &Piece, high: &Piece) -> bool {
    let (a, b) = (low.low.value, high.high.value);
    let close = a < b && b <= a * Decimal::TWO || a == Decimal::ONE && b == Decimal::TWO;
    let words = high.numeral.form == Form::Words && b >= Decimal::ONE_HUNDRED && a < Decimal::TEN;
    let scaled = high.numeral.form == Form::Scaled && low.numeral.form != Form::Scaled || words;
    !low.is_vague() && (close || scaled) && (low.behind == low.end)
}

/// `rose seven cents to $28.31`, `dropped by 26,000 to 932,000`: a verb of change right before.
fn is_change_before(tokens: &Tokens, first: usize) -> bool {
    (1..=4).any(|back| is_before(tokens, first, back, WordClass::Change))
}

/// `rose 5 to 10 percent`: a range after all, if the unit is written once and the ends are near.
fn is_modest(low: &Piece, high: &Piece) -> bool {
    !low.own_unit && high.own_unit && high.high.value <= low.low.value * Decimal::from(5)
}

/// Whether a word of change stands before the `from` of `from 41 to 53`, in the same clause.
fn is_change(tokens: &Tokens, first: usize) -> bool {
    let mut at = first;
    for _ in 0..12 {
        let Some(before) = at.checked_sub(1) else { return false };
        at = before;
        if matches!(tokens.kind(at), Some(TokenKind::Sign(';' | ':'))) {
            return false;
        }
        if is(tokens, at, WordClass::Ranging) {
            return false;
        }
        if is(tokens, at, WordClass::Change) {
            return true;
        }
    }
    false
}

/// One piece from the two ends; units and scales written once hold for both.
fn merge(low: &Piece, high: &Piece, joint: Joint) -> Option<Piece> {
    let mut bottom = low.low;
    let mut top = high.high;
    let mut merged = Piece { first: low.first, ..high.clone() };
    if low.own_unit && !high.own_unit && low.kind == Kind::Percent && joint == Joint::To {
        return None;
    }
    if low.own_unit && !high.own_unit {
        merged.kind = low.kind;
        merged.unit.clone_from(&low.unit);
        merged.noun.clone_from(&low.noun);
        merged.own_unit = true;
        merged.behind = high.end;
    } else if low.own_unit && high.own_unit {
        let cents = low.kind == Kind::Money && high.kind == Kind::Money;
        if low.kind != high.kind || low.unit != high.unit && !(cents && (low.bare || high.bare)) {
            return None;
        }
        if cents {
            merged.unit.clone_from(&low.unit);
        }
    } else if high.own_unit && high.kind == Kind::Age && joint == Joint::Or {
        return None;
    }
    // `$3 to $5 billion`, `1.2-1.5bn`, `20-30,000`: the lower end takes the scale of the upper.
    let scaled = |p: &Piece| {
        matches!(p.numeral.form, Form::Scaled)
            || p.numeral.form == Form::Words && p.low.value >= Decimal::ONE_HUNDRED
    };
    if !low.is_vague() && !scaled(low) && bottom.value < Decimal::from(1000) {
        if scaled(high) && top.value > bottom.value {
            bottom = scales(top)
                .filter_map(|by| bottom.times(by))
                .find(|b| b.value < top.value)
                .unwrap_or(bottom);
        } else if joint == Joint::Dash
            && matches!(high.numeral.form, Form::Digits { grouped: true })
        {
            let thousand = bottom.times(Decimal::from(1000))?;
            if thousand.value < top.value && thousand.value * Decimal::TEN > top.value {
                bottom = thousand;
            }
        }
    }
    if matches!(high.numeral.amount, Amount::Share(_))
        != matches!(low.numeral.amount, Amount::Share(_))
    {
        return None;
    }
    if joint == Joint::Or && bottom.value > top.value {
        return None;
    }
    if joint == Joint::To && bottom.value > top.value && !low.own_unit {
        return None;
    }
    if top.value < bottom.value && (joint != Joint::And || top.value < Decimal::ZERO) {
        std::mem::swap(&mut bottom, &mut top);
    }
    merged.low = bottom;
    merged.high = top;
    merged.numeral.first = low.numeral.first;
    Some(merged)
}

/// The scales a number may have been written with, the largest first.
fn scales(exact: Exact) -> impl Iterator<Item = Decimal> {
    [1_000_000_000_000_u64, 1_000_000_000, 10_000_000, 1_000_000, 100_000, 1000, 100]
        .into_iter()
        .map(Decimal::from)
        .filter(move |scale| exact.value >= *scale && exact.step <= *scale)
}
