//! Numbers in digits: grouping, decimals, and what is not certain about them.

use crate::number::{Amount, Exact, Form, Numeral};
use crate::segment::{Gap, Kind, Tokens};
use rust_decimal::Decimal;

/// How far the digits of a numeral reach, before any scale.
struct Reading {
    end: usize,
    grouped: bool,
    /// How many digits stand behind the decimal mark.
    decimals: u32,
    other: Option<Decimal>,
}

/// The numeral in digits that starts at token `i`: `8,500`, `900 000`, `12,34,567`, `1'000`,
/// `6.25`, `.5`, `2 1/2`.
pub(crate) fn digits(tokens: &Tokens, prose: &str, i: usize) -> Option<Numeral> {
    if tokens.is_sign(i, '.') && tokens.kind(i + 1) == Some(Kind::Digits) && tokens.touches(i + 1) {
        return bare_decimals(tokens, i);
    }
    if tokens.kind(i) != Some(Kind::Digits) {
        return None;
    }
    let mut reading = groups(tokens, prose, i);
    let mark = reading.end;
    if tokens.is_sign(mark, '.') && joined_digits(tokens, mark) {
        if tokens.is_sign(mark + 2, '.') && joined_digits(tokens, mark + 2) {
            return None;
        }
        reading.end = mark + 2;
        reading.decimals = u32::try_from(width(tokens, mark + 1)).ok()?;
        if !reading.grouped && reading.decimals == 3 && i + 1 == mark && width(tokens, i) <= 3 {
            // `1.234` is English for one and a bit; others write 1,234 so.
            reading.other = value(tokens, i, reading.end, 0);
        }
    } else if tokens.is_sign(mark, ',') && !reading.grouped && comma_decimal(tokens, mark) {
        reading.other = value(tokens, i, mark, 0);
        reading.end = mark + 2;
        reading.decimals = u32::try_from(width(tokens, mark + 1)).ok()?;
    }
    let value = value(tokens, i, reading.end, reading.decimals)?;
    let amount = Amount::Exact(Exact { value, step: Decimal::new(1, value.scale()) });
    let form = Form::Digits { grouped: reading.grouped };
    Some(Numeral { first: i, end: reading.end, amount, form, other: reading.other })
}

/// `.5`: the whole part is not written.
fn bare_decimals(tokens: &Tokens, i: usize) -> Option<Numeral> {
    if tokens.touches(i) && i > 0 && !tokens.is_sign(i - 1, '(') {
        return None;
    }
    let decimals = u32::try_from(width(tokens, i + 1)).ok()?;
    let value = value(tokens, i, i + 2, decimals)?;
    let amount = Amount::Exact(Exact { value, step: Decimal::new(1, value.scale()) });
    let form = Form::Digits { grouped: false };
    Some(Numeral { first: i, end: i + 2, amount, form, other: None })
}

/// The digits of tokens `first..end` as one number, the last `decimals` of them behind its decimal
/// mark; `None` where it does not fit.
fn value(tokens: &Tokens, first: usize, end: usize, decimals: u32) -> Option<Decimal> {
    let mut mantissa = 0_i128;
    for i in (first..end).filter(|i| tokens.kind(*i) == Some(Kind::Digits)) {
        for digit in tokens.lower(i).bytes() {
            mantissa = mantissa.checked_mul(10)?.checked_add(i128::from(digit - b'0'))?;
        }
    }
    Decimal::try_from_i128_with_scale(mantissa, decimals).ok()
}

/// How many bytes the token at `i` has.
fn width(tokens: &Tokens, i: usize) -> usize {
    tokens.get(i).map_or(0, |t| t.span.len())
}

fn joined_digits(tokens: &Tokens, sign: usize) -> bool {
    tokens.touches(sign) && tokens.kind(sign + 1) == Some(Kind::Digits) && tokens.touches(sign + 1)
}

/// Reads the groups behind the first run of digits.
fn groups(tokens: &Tokens, prose: &str, first: usize) -> Reading {
    let start = first + 1;
    let mut reading = Reading { end: start, grouped: false, decimals: 0, other: None };
    if width(tokens, first) > 3 {
        return reading;
    }
    if let Some(end) = comma_groups(tokens, start).or_else(|| apostrophe_groups(tokens, start)) {
        reading.end = end;
        reading.grouped = true;
    } else if let Some(end) = space_groups(tokens, prose, first, start) {
        reading.end = end;
        reading.grouped = true;
    }
    reading
}

/// `,123,456`, or the Indian `,34,567` where all but the last group have two digits.
fn comma_groups(tokens: &Tokens, start: usize) -> Option<usize> {
    let mut end = start;
    while tokens.is_sign(end, ',') && joined_digits(tokens, end) {
        end += 2;
    }
    let last = end.checked_sub(2).filter(|last| *last >= start)?;
    let inner = |wide: usize| (start..last).step_by(2).all(|at| width(tokens, at + 1) == wide);
    let english = inner(3);
    let indian = inner(2) && width(tokens, start - 1) <= 2;
    (width(tokens, last + 1) == 3 && (english || indian)).then_some(end)
}

fn apostrophe_groups(tokens: &Tokens, start: usize) -> Option<usize> {
    let mut end = start;
    while tokens.is_sign(end, '\'') && joined_digits(tokens, end) && width(tokens, end + 1) == 3 {
        end += 2;
    }
    (end > start).then_some(end)
}

/// `900 000`: groups of three behind one space. An ordinary space groups only where nothing before
/// the number claims its first part (`May 5 300 people`, `Boeing 737 800`).
fn space_groups(tokens: &Tokens, prose: &str, first: usize, start: usize) -> Option<usize> {
    let mut end = start;
    let mut ordinary = false;
    while tokens.kind(end) == Some(Kind::Digits)
        && width(tokens, end) == 3
        && matches!(tokens.get(end).map(|t| t.gap), Some(Gap::Thin | Gap::Space))
    {
        ordinary |= tokens.get(end).is_some_and(|t| t.gap == Gap::Space);
        end += 1;
    }
    let joined = |i| joined_digits(tokens, i);
    if end == start || joined(end) && !tokens.is_sign(end, '.') {
        return None;
    }
    let first_text = tokens.span(first, start).of(prose);
    let claimed = first > 1 && tokens.get(first - 1).is_some_and(|t| t.capital);
    if first_text.starts_with('0') || ordinary && claimed { None } else { Some(end) }
}

/// `1,2` or `3,75`: not English grouping; most likely a decimal comma, never certain.
fn comma_decimal(tokens: &Tokens, sign: usize) -> bool {
    joined_digits(tokens, sign)
        && (1..=2).contains(&width(tokens, sign + 1))
        && !(tokens.is_sign(sign + 2, ',') && joined_digits(tokens, sign + 2))
        && width(tokens, sign.saturating_sub(1)) <= 3
}

/// The signs that touch the number from the left, nearest first: `-` and `$` in `-$5`.
pub fn touching_signs(tokens: &Tokens, i: usize) -> impl Iterator<Item = (usize, char)> + '_ {
    let mut at = i;
    std::iter::from_fn(move || {
        if !tokens.touches(at) {
            return None;
        }
        at = at.checked_sub(1)?;
        match tokens.kind(at) {
            Some(Kind::Sign(sign)) => Some((at, sign)),
            _ => None,
        }
    })
}
