//! Numbers that are no quantities: names, scores, addresses, telephone numbers, idioms.
//!
//! Dates and times have a file of their own, `calendar`.

use crate::number::{NumberWord, is_denominator, word_at};
use crate::quantity::calendar;
use crate::quantity::lexicon::{WordClass, ends_phrase_at, is, is_before};
use crate::quantity::noun::is_plural_at;
use crate::quantity::unit;
use crate::segment::{Gap, Kind, Phrases, Tokens};
use crate::text::{parts, rows};
use serde::Deserialize;
use std::sync::LazyLock;

pub(crate) const NAMES: &str = include_str!("names.csv");
pub(crate) const IDIOMS: &str = include_str!("idioms.csv");

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
struct NameRow {
    words: String,
    follows: Follows,
    #[cfg_attr(not(test), expect(dead_code, reason = "the example runs as a test"))]
    example: String,
}

#[derive(Debug, Deserialize)]
struct IdiomRow {
    idiom: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "the example runs as a test"))]
    example: String,
}

static BEFORE: LazyLock<Phrases<Follows>> = LazyLock::new(|| {
    let table = rows::<NameRow>(NAMES);
    Phrases::new(
        table.iter().flat_map(|row| parts(&row.words).map(|w| (w, row.follows))).collect::<Vec<_>>(),
    )
});

static SAYINGS: LazyLock<Phrases<()>> =
    LazyLock::new(|| Phrases::new(rows::<IdiomRow>(IDIOMS).into_iter().map(|row| (row.idiom, ()))));

/// The end of an idiom that starts at token `i`.
pub(crate) fn idiom(tokens: &Tokens, i: usize) -> Option<usize> {
    SAYINGS.at(tokens, i).map(|(end, ())| end)
}

/// The end of what the number at token `i` belongs to if that is no quantity.
pub(crate) fn end(tokens: &Tokens, prose: &str, i: usize, title_case: bool) -> Option<usize> {
    if let Some(end) = calendar::clock_words(tokens, i) {
        return Some(end);
    }
    if tokens.kind(i) == Some(Kind::Digits) {
        address_line(tokens, prose, i)
            .or_else(|| telephone(tokens, i))
            .or_else(|| calendar::end(tokens, i))
            .or_else(|| code(tokens, i))
            .or_else(|| list_number(tokens, i))
            .or_else(|| joined_letters(tokens, i))
            .or_else(|| slashed(tokens, i))
            .or_else(|| street(tokens, i))
            .or_else(|| score(tokens, i))
            .or_else(|| named(tokens, i, true))
            .or_else(|| capital_name(tokens, i, title_case))
    } else {
        if tokens.touches(i + 1) && tokens.kind(i + 1) == Some(Kind::Digits) {
            return Some(i + 2);
        }
        ordinal_part(tokens, i).or_else(|| named(tokens, i, false)).or_else(|| capital_word(tokens, i, title_case))
    }
}

/// `twenty-first`, `two hundredth`, `nineteen eighty-four`.
fn ordinal_part(tokens: &Tokens, i: usize) -> Option<usize> {
    let dash = usize::from(tokens.is_sign(i + 1, '-'));
    let next = tokens.word(i + 1 + dash);
    let ordinal = is(tokens, i + 1 + dash, WordClass::Ordinal);
    let tens = tokens.word(i).ends_with("ty") && dash == 1 || matches!(next, "hundredth" | "thousandth" | "millionth");
    if ordinal && tens {
        return Some(i + 2 + dash);
    }
    spoken_year(tokens, i)
}

fn spoken_year(tokens: &Tokens, i: usize) -> Option<usize> {
    let century = is(tokens, i, WordClass::Century);
    match word_at(tokens, i + 1) {
        Some(NumberWord::Ten(_)) if century => {
            let unit = tokens.is_sign(i + 2, '-') && matches!(word_at(tokens, i + 3), Some(NumberWord::Unit(_)));
            Some(if unit { i + 4 } else { i + 2 })
        }
        Some(NumberWord::Teen(_)) if century => Some(i + 2),
        _ => None,
    }
}

/// Part of an address on the net: anything with `://`, `www.`, `@` in the same run of letters.
fn address_line(tokens: &Tokens, prose: &str, i: usize) -> Option<usize> {
    if !tokens.touches(i) && !tokens.touches(i + 1) {
        return None;
    }
    let at = tokens.get(i)?.span;
    let before = prose.get(..at.start())?.rsplit(char::is_whitespace).next().unwrap_or_default();
    let after = prose.get(at.end()..)?.split(char::is_whitespace).next().unwrap_or_default();
    let run = [before, after];
    let inside = |needle: &str| run.iter().any(|part| part.contains(needle));
    if !(inside("://") || inside("www.") || inside("@") || inside(".com") || inside(".org/") || inside("_")) {
        return None;
    }
    Some(tokens.at_or_after(at.end() + after.len()))
}

/// Three or more groups of digits, or two long ones, joined the way telephone numbers are.
fn telephone(tokens: &Tokens, i: usize) -> Option<usize> {
    let mut end = i + 1;
    let mut groups = 1;
    let mut width = tokens.get(i)?.span.len();
    let opened = tokens.is_sign(i.wrapping_sub(1), '(') || tokens.is_sign(i.wrapping_sub(1), '+');
    loop {
        let closed = usize::from(tokens.is_sign(end, ')') && opened);
        let joint = usize::from(matches!(tokens.kind(end + closed), Some(Kind::Sign('-' | '–' | '.' | '/'))) && tokens.touches(end + closed));
        let at = end + closed + joint;
        let near = tokens.get(at).is_some_and(|t| t.gap == Gap::None || joint == 0 && matches!(t.gap, Gap::Space | Gap::Thin) && (opened || width > 3));
        if tokens.kind(at) != Some(Kind::Digits) || !near {
            break;
        }
        width += tokens.get(at)?.span.len();
        groups += 1;
        end = at + 1;
    }
    // `000`, `.45-caliber`
    let zeros = groups == 1 && width > 1 && tokens.lower(i).bytes().all(|b| b == b'0') && !tokens.touches(i);
    let calibre = tokens.is_sign(i + 1, '-') && matches!(tokens.word(i + 2), "caliber" | "calibre") || matches!(tokens.word(i + 1), "caliber" | "calibre");
    if zeros || calibre {
        return Some(end);
    }
    let local = groups == 2 && width == 7 && tokens.get(i)?.span.len() == 3 && tokens.is_sign(i + 1, '-');
    let long = tokens.get(i)?.span.len() >= 10 && groups == 1 && !tokens.is_sign(i + 1, ',');
    (groups >= 3 && width >= 7 || groups >= 2 && opened && width >= 7 || local || long).then_some(end)
}

/// Postal codes and numbers to text: `NY 10118`, `Text HOME to 741741`, the ZIP code 90210.
fn code(tokens: &Tokens, i: usize) -> Option<usize> {
    let width = tokens.get(i)?.span.len();
    let alone = !tokens.is_sign(i + 1, ',') || !tokens.touches(i + 2);
    let state = tokens.get(i.checked_sub(1)?).is_some_and(|t| t.upper && t.span.len() == 2) && width == 5;
    let said = width >= 5 && (1..=4).any(|back| is_before(tokens, i, back, WordClass::CodeLead));
    (alone && (state || said)).then_some(i + 1)
}

/// `1.` or `2)` or `(3)` where a line begins.
fn list_number(tokens: &Tokens, i: usize) -> Option<usize> {
    let short = tokens.get(i)?.span.len() <= 2;
    let start = i == 0 || i == 1 && tokens.is_sign(0, '(');
    let closed = tokens.is_sign(i + 1, ')') || tokens.is_sign(i + 1, '.') && !tokens.touches(i + 2);
    let opens = tokens.get(i + 2).is_none_or(|t| t.capital || matches!(t.kind, Kind::Sign(_)));
    (short && start && closed && opens && tokens.touches(i + 1)).then_some(i + 2)
}

/// Digits joined to letters: `F-16`, `G20`, `COVID-19`, `Kh-101`, `3D`, `B-52s`, `10-K`.
fn joined_letters(tokens: &Tokens, i: usize) -> Option<usize> {
    let end = run_end(tokens, i);
    if tokens.touches(i) && i > 0 {
        let dash = usize::from(matches!(tokens.kind(i - 1), Some(Kind::Sign('-' | '–'))));
        let word = i.checked_sub(1 + dash)?;
        if tokens.kind(word) == Some(Kind::Word) && (dash == 0 || tokens.touches(i - 1)) {
            let text = tokens.lower(word);
            let money = crate::quantity::currency::before(tokens, i).is_some();
            // `mid-20s`, `pre-2014`, `over-65s` name as well; `plus-500` and `sub-$5` count nothing.
            let spelled = dash == 1 && text.len() > 2 && !tokens.get(word)?.capital && !is(tokens, word, WordClass::Prefix);
            return (!money && !spelled).then_some(end);
        }
        if tokens.is_sign(i - 1, '#') || tokens.is_sign(i - 1, '§') {
            return Some(end);
        }
        // Behind a stop, slash or colon inside a run: versions, verses, paths.
        if matches!(tokens.kind(i - 1), Some(Kind::Sign('.' | ':' | '/' | '_' | '='))) && tokens.touches(i - 1) && i > 1 {
            return Some(end);
        }
    }
    let dotted = tokens.is_sign(i + 1, '.') && tokens.touches(i + 1) && tokens.touches(i + 2) && tokens.is_sign(i + 3, '.') && tokens.touches(i + 4) && tokens.kind(i + 4) == Some(Kind::Digits);
    if dotted && tokens.touches(i + 3) {
        return Some(end);
    }
    if tokens.touches(i + 1) && tokens.kind(i + 1) == Some(Kind::Word) {
        let label = tokens.get(i + 1).is_some_and(|t| t.capital && t.span.len() == 1)
            && crate::quantity::currency::before(tokens, i).is_none()
            && tokens.get(i + 2).is_none_or(|t| t.capital || matches!(t.kind, Kind::Sign('.' | ',' | '/')))
            && !matches!(tokens.lower(i + 1), "c" | "f");
        if label || tokens.word(i + 2) == "was" && tokens.get(i + 1).is_some_and(|t| t.capital && t.span.len() == 1) {
            return Some(end);
        }
        let known = unit::symbol(tokens, i + 1).is_some()
            || word_at(tokens, i + 1).is_some()
            || crate::quantity::currency::sign_behind(tokens, i + 1).is_some()
            || is(tokens, i + 1, WordClass::NumberTail)
            || unit::word(tokens, i + 1, false).is_some()
            || tokens.word(i + 1).len() > 3;
        return (!known).then_some(end);
    }
    // `7-Eleven`, `10-K`, `3-D`: a capital right behind the hyphen.
    let capital = tokens.is_sign(i + 1, '-') && tokens.touches(i + 1) && tokens.touches(i + 2) && tokens.get(i + 2).is_some_and(|t| t.capital && t.span.len() < 3);
    capital.then_some(i + 3)
}

/// The end of the run of tokens without space that token `i` belongs to.
fn run_end(tokens: &Tokens, i: usize) -> usize {
    let mut end = i + 1;
    while tokens.touches(end) && !matches!(tokens.kind(end), Some(Kind::Sign(',' | ';' | ')' | '"' | '?' | '!' | '—' | '%')) | None) {
        if matches!(tokens.kind(end), Some(Kind::Sign('.' | ':' | '\''))) && !tokens.touches(end + 1) {
            break;
        }
        end += 1;
    }
    end
}

/// `9/11`, `24/7`: digits over digits that are no fraction.
fn slashed(tokens: &Tokens, i: usize) -> Option<usize> {
    let joined = tokens.is_sign(i + 1, '/') && tokens.touches(i + 1) && tokens.touches(i + 2) && tokens.kind(i + 2) == Some(Kind::Digits);
    if tokens.is_sign(i + 1, '/') && tokens.touches(i + 1) && tokens.touches(i + 2) && tokens.get(i + 2).is_some_and(|t| t.capital) {
        return Some(i + 3);
    }
    if !joined {
        return None;
    }
    let (over, under): (u64, u64) = (tokens.lower(i).parse().ok()?, tokens.lower(i + 2).parse().ok()?);
    let fraction = over < under && is_denominator(under);
    (!fraction).then_some(i + 3)
}

/// `10 Downing Street`, `1600 Pennsylvania Avenue NW`, `400 block of …`.
fn street(tokens: &Tokens, i: usize) -> Option<usize> {
    if tokens.word(i + 1) == "block" && matches!(tokens.word(i + 2), "of") {
        return Some(i + 2);
    }
    let range = matches!(tokens.kind(i + 1), Some(Kind::Sign('-' | '–'))) && tokens.touches(i + 1) && tokens.touches(i + 2);
    let mut at = if range { i + 3 } else { i + 1 };
    while tokens.get(at).is_some_and(|t| t.capital && t.gap == Gap::Space) && at < i + 7 {
        if (at > i + 1 || is(tokens, at, WordClass::StreetLead)) && is(tokens, at, WordClass::Street) && !is_plural_at(tokens, at + 1) {
            return Some(at + 1);
        }
        at += 1;
    }
    None
}

/// `3-2`, `7-5, 6-4`, `12-1`: a result rather than a range.
fn score(tokens: &Tokens, i: usize) -> Option<usize> {
    let pair = |i: usize| {
        let dash = matches!(tokens.kind(i + 1), Some(Kind::Sign('-' | '–'))) && tokens.touches(i + 1) && tokens.touches(i + 2);
        let short = |k: usize| tokens.kind(k) == Some(Kind::Digits) && tokens.get(k).is_some_and(|t| t.span.len() <= 3);
        let more = matches!(tokens.kind(i + 3), Some(Kind::Sign('.' | ','))) && tokens.touches(i + 3) && tokens.touches(i + 4) && tokens.kind(i + 4) == Some(Kind::Digits);
        (dash && short(i) && short(i + 2) && !more).then_some(i + 3)
    };
    let mut end = pair(i)?;
    let (a, b): (u64, u64) = (tokens.lower(i).parse().ok()?, tokens.lower(i + 2).parse().ok()?);
    let vote = (i.saturating_sub(4)..i).chain(end..end + 3).any(|k| is(tokens, k, WordClass::Vote));
    // `winners of a 20-30% share`: a unit, a noun or a scale behind it makes it a range.
    let measured = tokens.is_sign(end, '%')
        || matches!(tokens.word(end), "percent" | "per" | "pct" | "million" | "billion" | "trillion" | "thousand" | "m" | "bn" | "k" | "points")
        || unit::symbol(tokens, end).is_some()
        || unit::word(tokens, end, false).is_some()
        || is_plural_at(tokens, end) && !matches!(tokens.word(end), "wins" | "victories" | "losses");
    if vote && a != b || measured && a < b || tokens.is_sign(i.wrapping_sub(1), '$') || tokens.is_sign(i.wrapping_sub(1), '£') || tokens.is_sign(i.wrapping_sub(1), '€') {
        return None;
    }
    if matches!(tokens.word_before(i, 1), "aged" | "ages" | "age") {
        return None;
    }
    let near = (i.saturating_sub(8)..i).chain(end..end + 5).any(|k| is(tokens, k, WordClass::Game));
    let third = matches!(tokens.kind(end), Some(Kind::Sign('-' | '–'))) && tokens.touches(end) && tokens.touches(end + 1);
    if !(near || a >= b || third) {
        return None;
    }
    if third {
        end += 2;
    }
    if tokens.is_sign(end, '(') && pair(end + 1).is_some() && tokens.is_sign(end + 4, ')') {
        end += 5;
    }
    while tokens.is_sign(end, ',') || tokens.word(end) == "and" {
        let Some(next) = pair(end + 1) else { break };
        end = next;
        if tokens.is_sign(end, '(') && pair(end + 1).is_some() && tokens.is_sign(end + 4, ')') {
            end += 5;
        }
    }
    Some(end)
}

/// A number behind a word that names things by numbers: `Article 5`, `Flight 370`, `phase 3`.
fn named(tokens: &Tokens, i: usize, digits: bool) -> Option<usize> {
    let stop = usize::from(tokens.is_sign(i.wrapping_sub(1), '.') && tokens.touches(i - 1));
    let before = i.checked_sub(stop)?;
    if stop == 1 && digits && is_before(tokens, before, 1, WordClass::Abbreviated) {
        let range = matches!(tokens.kind(i + 1), Some(Kind::Sign('-' | '–'))) && tokens.touches(i + 1) && tokens.kind(i + 2) == Some(Kind::Digits);
        return Some(if range { i + 3 } else { i + 1 });
    }
    let (first, follows) = BEFORE.before(tokens, before)?;
    let gap = tokens.get(i)?.gap;
    let hyphen = tokens.is_sign(i + 1, '-') && tokens.touches(i + 1);
    let grouped = digits && tokens.is_sign(i + 1, ',') && tokens.touches(i + 2) && tokens.touches(i + 1);
    let counted = is_plural_at(tokens, i + 1) || counts_on(tokens, i + 1) || (hyphen && !tokens.get(i + 2).is_some_and(|t| t.capital));
    let capital = tokens.get(first).is_some_and(|t| t.capital);
    let scaled = is(tokens, i + 1, WordClass::Scaling) || tokens.is_sign(i + 1, '%');
    let fits = match follows {
        Follows::Any => true,
        Follows::Bare if capital && digits => !grouped && !scaled,
        Follows::Bare => !counted && !grouped && lower_fits(tokens, first, i, capital),
        Follows::Index => is(tokens, i, WordClass::IndexNumber) && capital,
        Follows::Name => !counted && !grouped && capital,
    };
    let word_ok = digits || capital || matches!(follows, Follows::Any) || is(tokens, first, WordClass::SpelledName);
    if !fits || !word_ok || gap == Gap::Wide || stop == 1 && !is(tokens, first, WordClass::Abbreviated) {
        return None;
    }
    let mut end = i + 1;
    while matches!(tokens.kind(end), Some(Kind::Sign('-' | '–' | '.'))) && tokens.touches(end) && tokens.touches(end + 1) && tokens.kind(end + 1) == Some(Kind::Digits) {
        end += 2;
    }
    // `Image 1 of 3`
    if digits && tokens.word(end) == "of" && tokens.kind(end + 1) == Some(Kind::Digits) && !is_plural_at(tokens, end + 2) {
        return Some(end + 2);
    }
    // `Articles 5 and 6`, `Nos. 1, 2 and 3`
    while (tokens.is_sign(end, ',') || is(tokens, end, WordClass::Joint)) && tokens.kind(end + 1) == Some(Kind::Digits) && !is_plural_at(tokens, end + 2) && !counts_on(tokens, end + 2) && tokens.word(first).ends_with('s') {
        end += 2;
    }
    Some(end)
}

/// Lower-case words that name things by numbers but also stand before counts: `a group 20 strong`,
/// `the week 12 people died`, `no 5 left`.
fn lower_fits(tokens: &Tokens, first: usize, i: usize, capital: bool) -> bool {
    if capital {
        return true;
    }
    let small = tokens.get(i).is_some_and(|t| t.span.len() <= 3);
    let word = tokens.word(first);
    let article = is_before(tokens, first, 1, WordClass::NameLead);
    small
        && !is(tokens, first, WordClass::CommonName)
        && !article
        || matches!(word, "no") && tokens.is_sign(first + 1, '.')
        || is(tokens, first, WordClass::PlaceName) && small && !article && tokens.kind(i) == Some(Kind::Digits)
}

/// Whether a state or a modifier behind the number makes it a count.
fn counts_on(tokens: &Tokens, i: usize) -> bool {
    is(tokens, i, WordClass::State)
        || is(tokens, i, WordClass::Scaling)
        || tokens.is_sign(i, '%')
        || unit::word(tokens, i, false).is_some_and(|f| f.unit.id != "s")
        || tokens.kind(i) == Some(Kind::Word) && !ends_phrase_at(tokens, i) && is_plural_at(tokens, i + 1) && !tokens.get(i).is_some_and(|t| t.capital)
}

/// A bare number behind a capital word that is no place and no sentence's start, with nothing to
/// count behind it: `Nord Stream 2,`, `Kryvyi 7 is`.
fn capital_name(tokens: &Tokens, i: usize, title_case: bool) -> Option<usize> {
    let before = tokens.get(i.checked_sub(1)?)?;
    let name = before.capital && i > 1 && !title_case && tokens.get(i)?.gap == Gap::Space;
    let short = tokens.get(i)?.span.len() <= 3;
    let decimal = matches!(tokens.kind(i + 1), Some(Kind::Sign(',' | '.'))) && tokens.touches(i + 1) && tokens.touches(i + 2) && tokens.kind(i + 2) == Some(Kind::Digits);
    let joined = tokens.touches(i + 1) && !matches!(tokens.kind(i + 1), Some(Kind::Sign(',' | '.' | ')' | '"' | ';' | ':' | '\'')) | Some(Kind::Possessive) | None);
    if !name || !short || joined || decimal || is_plural_at(tokens, i + 1) || counts_on(tokens, i + 1) {
        return None;
    }
    let next = tokens.word(i + 1);
    let measured = unit::symbol(tokens, i + 1).is_some() || crate::quantity::currency::before(tokens, i).is_some() || next == "of" || next == "to" || next == "out" || next == "in" || crate::number::number_word(next).is_some() || crate::quantity::currency::sign_behind(tokens, i + 1).is_some() || matches!(tokens.kind(i + 1), Some(Kind::Sign('-' | '–' | '°' | '+')));
    let verb = is_before(tokens, i, 1, WordClass::Harm) || calendar::is_month(tokens, i - 1) || ends_phrase_at(tokens, i - 1);
    (!measured && !verb).then_some(i + 1)
}

/// A number word with a capital inside a sentence that is no headline: `Forum of Five`, `Site Two`.
fn capital_word(tokens: &Tokens, i: usize, title_case: bool) -> Option<usize> {
    let token = tokens.get(i)?;
    let opens = i == 0 || matches!(tokens.kind(i - 1), Some(Kind::Sign(_)));
    if !token.capital || title_case || opens || token.upper {
        return None;
    }
    Some(i + 1)
}

#[cfg(test)]
mod tests {
    use super::{IDIOMS, IdiomRow, NAMES, NameRow};
    use crate::quantity::test_support::read_all;
    use crate::text::{rows, rows_written};

    #[test]
    fn no_name_and_no_idiom_is_a_quantity() {
        let names = rows::<NameRow>(NAMES);
        assert_eq!(names.len(), rows_written(NAMES), "a row does not parse");
        let idioms = rows::<IdiomRow>(IDIOMS);
        assert_eq!(idioms.len(), rows_written(IDIOMS), "a row does not parse");
        let examples = names.into_iter().map(|r| r.example).chain(idioms.into_iter().map(|r| r.example));
        for example in examples {
            assert!(!example.is_empty(), "a row without an example");
            let found = read_all(&example);
            assert!(found.is_empty(), "{example}: {:?}", found[0].span.of(&example));
        }
    }
}
