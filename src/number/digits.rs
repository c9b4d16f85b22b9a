//! Numbers in digits: grouping, decimals, and what is not certain about them.

use crate::number::{Amount, Exact, Form, Numeral};
use crate::segment::{Gap, Kind, Tokens};
use crate::text::{Prose, Span};
use rust_decimal::Decimal;

/// The digits of a numeral as read, before any scale.
struct Reading {
    end: usize,
    grouped: bool,
    other: Option<Decimal>,
}

/// The numeral in digits that starts at token `i`: `8,500`, `900 000`, `12,34,567`, `1'000`,
/// `6.25`, `.5`, `2 1/2`.
pub(crate) fn digits(tokens: &Tokens, prose: &str, i: usize) -> Option<Numeral> {
    let first = i;
    if tokens.is_sign(i, '.') && tokens.kind(i + 1) == Some(Kind::Digits) && tokens.touches(i + 1) {
        return bare_decimals(tokens, prose, i);
    }
    if tokens.kind(i) != Some(Kind::Digits) {
        return None;
    }
    let mut reading = groups(tokens, prose, first);
    let mut text: String = strip(prose, tokens.span(first, reading.end));
    if tokens.is_sign(reading.end, '.') && joined_digits(tokens, reading.end) {
        let point = reading.end;
        if tokens.is_sign(point + 2, '.') && joined_digits(tokens, point + 2) {
            return None;
        }
        let decimals = width(tokens, point + 1);
        if !reading.grouped && decimals == 3 && first == point - 1 && width(tokens, first) <= 3
        {
            // `1.234` is English for one and a bit; others write 1,234 so.
            reading.other = strip(prose, tokens.span(first, point + 2)).replace('.', "").parse().ok();
        }
        reading.end = point + 2;
        text = strip(prose, tokens.span(first, reading.end));
    } else if tokens.is_sign(reading.end, ',') && !reading.grouped && comma_decimal(tokens, reading.end)
    {
        let whole: Decimal = text.parse().ok()?;
        reading.end += 2;
        text = prose_of(prose, tokens.span(first, reading.end)).replace(',', ".");
        reading.other = Some(whole);
    }
    let value = Decimal::from_str_exact(&text).ok()?;
    let step = Decimal::new(1, value.scale());
    let grouped = reading.grouped;
    let amount = Amount::Exact(Exact { value, step });
    let form = Form::Digits { grouped };
    Some(Numeral { first, end: reading.end, amount, form, other: reading.other })
}

/// `.5`: the whole part is not written.
fn bare_decimals(tokens: &Tokens, prose: &str, i: usize) -> Option<Numeral> {
    if tokens.touches(i) && i > 0 {
        return None;
    }
    let value = Decimal::from_str_exact(&strip(prose, tokens.span(i, i + 2))).ok()?;
    let amount = Amount::Exact(Exact { value, step: Decimal::new(1, value.scale()) });
    let form = Form::Digits { grouped: false };
    Some(Numeral { first: i, end: i + 2, amount, form, other: None })
}

fn prose_of(prose: &str, span: Span<Prose>) -> String {
    span.of(prose).to_owned()
}

/// The digits and the decimal point of a stretch of prose.
fn strip(prose: &str, span: Span<Prose>) -> String {
    let text = span.of(prose);
    let digits: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    if digits.starts_with('.') { format!("0{digits}") } else { digits }
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
    let mut reading = Reading { end: start, grouped: false, other: None };
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
    let mut lengths = Vec::new();
    while tokens.is_sign(end, ',') && joined_digits(tokens, end) {
        lengths.push(width(tokens, end + 1));
        end += 2;
    }
    let (last, inner) = lengths.split_last()?;
    let english = inner.iter().all(|n| *n == 3);
    let indian = inner.iter().all(|n| *n == 2) && width(tokens, start - 1) <= 2;
    if *last == 3 && (english || indian) { Some(end) } else { None }
}

fn apostrophe_groups(tokens: &Tokens, start: usize) -> Option<usize> {
    let mut end = start;
    while tokens.is_sign(end, '\'')
        && joined_digits(tokens, end)
        && width(tokens, end + 1) == 3
    {
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
