//! Ages: `26-year-old`, `aged 44`, `Maria Keller, 44,`, `in her 50s`.

use crate::number::{Decimal, Numeral};
use crate::segment::{Kind, Tokens};

/// Whether the numeral is an age; returns the token behind the words that say so.
pub(crate) fn behind(tokens: &Tokens, numeral: &Numeral, month: impl Fn(usize) -> bool) -> Option<usize> {
    let value = numeral.exact()?.value;
    let (first, end) = (numeral.first, numeral.end);
    if value > Decimal::from(130) {
        return None;
    }
    if let Some(end) = years_old(tokens, end) {
        return Some(end);
    }
    let before = tokens.word_before(first, 1);
    if grown(tokens, numeral) {
        return Some(end);
    }
    let said = matches!(before, "aged" | "age" | "ages")
        || matches!(before, "of" | "between" | "over" | "under") && matches!(tokens.word_before(first, 2), "age" | "ages" | "aged")
        || before == "age" && tokens.word_before(first, 2) == "of"
        || before == "to" && matches!(tokens.word_before(first, 3), "ages" | "aged")
        || matches!(before, "turned" | "turns" | "turning") && ends_clause(tokens, end) && numeral.is_digits();
    if said && !tokens.is_sign(end, '%') {
        return Some(end);
    }
    // `Maria Keller, 44, said`: a name, a comma, a bare number, a comma or the sentence's end.
    let named = numeral.is_digits()
        && first >= 2
        && tokens.is_sign(first - 1, ',')
        && tokens.get(first - 2).is_some_and(|t| t.capital || t.kind == Kind::Possessive)
        && !month(first - 2)
        && value.scale() == 0
        && value > Decimal::ZERO
        && value < Decimal::from(120);
    let closes = tokens.is_sign(end, ',') && !tokens.touches(end + 1)
        || matches!(tokens.word(end), "of" | "from" | "who" | "was" | "and")
        || (tokens.is_sign(end, '.') || tokens.is_sign(end, ';')) && tokens.get(end + 1).is_none();
    let whole_name = named && closes && (tokens.is_sign(end, ',') || first >= 3 && tokens.get(first - 3).is_some_and(|t| t.capital));
    if whole_name {
        return Some(end);
    }
    // `Maria Keller (44)`
    let bracket = first >= 2
        && tokens.is_sign(first - 1, '(')
        && tokens.is_sign(end, ')')
        && numeral.is_digits()
        && tokens.get(first - 2).is_some_and(|t| t.capital && !t.upper)
        && first >= 3
        && tokens.get(first - 3).is_some_and(|t| t.capital)
        && value >= Decimal::from(10)
        && value < Decimal::from(110);
    bracket.then_some(end)
}

/// `people over 65`, `anyone under 18`, `riders 65 or older`, `was 26 when`, `At 26, she`, `both
/// 26,`, `the driver, 26, of`.
fn grown(tokens: &Tokens, numeral: &Numeral) -> bool {
    let (first, end) = (numeral.first, numeral.end);
    let next = tokens.word(end);
    if matches!(next, "or" | "and") && matches!(tokens.word(end + 1), "older" | "younger")
        || next == "and" && matches!(tokens.word(end + 1), "over" | "under" | "up") && !tokens.kind(end + 2).is_some_and(|k| k == Kind::Digits) && !matches!(tokens.word(end + 2), "the" | "a")
    {
        return true;
    }
    let child = matches!(tokens.word_before(first, 1), "of") && matches!(tokens.word_before(first, 2), "boy" | "girl" | "man" | "woman" | "child" | "youth" | "son" | "daughter" | "baby");
    let apposed = tokens.is_sign(first.wrapping_sub(1), ',') && tokens.is_sign(end, ',') && matches!(tokens.word_before(first, 2), "son" | "daughter" | "brother" | "sister" | "boy" | "girl" | "grandson" | "granddaughter" | "niece" | "nephew" | "child");
    if (child || apposed) && ends_clause(tokens, end) {
        return true;
    }
    let adult = numeral.exact().is_some_and(|e| e.value >= Decimal::TEN && e.value <= Decimal::from(110));
    if !numeral.is_digits() || !numeral.exact().is_some_and(|e| e.value.scale() == 0) {
        return false;
    }
    let before = tokens.word_before(first, 1);
    let closed = ends_clause(tokens, end) || crate::quantity::noun::ends_phrase(next);
    let bound = matches!(before, "over" | "under" | "above" | "below" | "than");
    let back = if before == "than" { 3 } else { 2 };
    let older = before != "than" || matches!(tokens.word_before(first, 2), "older" | "younger");
    if bound && older && closed && is_group(tokens.word_before(first, back)) {
        return true;
    }
    let when = matches!(before, "was" | "is" | "be" | "were") && (next == "when" || next == "at" && tokens.word(end + 1) == "the" && tokens.word(end + 2) == "time");
    let at = before == "at" && first == 1 && tokens.is_sign(end, ',');
    let comma = tokens.is_sign(end, ',') || tokens.is_sign(end, '.') || tokens.kind(end).is_none();
    let both = matches!(before, "both" | "now" | "then") && tokens.is_sign(first.wrapping_sub(2), ',') && comma;
    let noun = tokens.is_sign(first.wrapping_sub(1), ',') && tokens.is_sign(end, ',') && !tokens.touches(end + 1)
        && first >= 2 && crate::quantity::is_person(tokens.word(first - 2)) && tokens.kind(end + 1) != Some(Kind::Digits) && !crate::number::is_trigger(tokens.word(end + 1));
    let article = matches!(tokens.word_before(first, 3), "the" | "a" | "an" | "his" | "her") && tokens.is_sign(first.wrapping_sub(1), ',') && tokens.is_sign(end, ',') && tokens.get(end + 1).is_some_and(|t| t.kind == Kind::Word) && adult;
    let pronoun = matches!(before, "was" | "is") && matches!(tokens.word_before(first, 2), "he" | "she") && comma && adult;
    when || at || both || noun || article || pronoun
}

fn is_group(word: &str) -> bool {
    matches!(word, "people" | "anyone" | "those" | "everyone" | "adults" | "patients" | "women" | "men" | "children" | "residents" | "workers" | "voters" | "drivers" | "students" | "girls" | "boys" | "citizens" | "americans" | "britons" | "kids" | "persons" | "players" | "youths" | "teenagers" | "population" | "all" | "person" | "child" | "someone" | "pensioners" | "applicants")
}

/// `-month-old`, `weeks old` behind a number: the unit and the token behind.
pub(crate) fn young(tokens: &Tokens, i: usize) -> Option<(&'static str, usize)> {
    let dash = |at: usize| usize::from(tokens.is_sign(at, '-') && tokens.touches(at));
    let at = i + dash(i);
    let unit = match tokens.word(at) {
        "month" | "months" => "mo",
        "week" | "weeks" => "wk",
        "day" | "days" => "d",
        _ => return None,
    };
    let next = at + 1 + dash(at + 1);
    matches!(tokens.word(next), "old" | "olds").then_some((unit, next + 1))
}

fn ends_clause(tokens: &Tokens, i: usize) -> bool {
    matches!(tokens.kind(i), None | Some(Kind::Sign('.' | ',' | ';')))
        || matches!(tokens.word(i), "on" | "in" | "this" | "last" | "next" | "and")
}

/// `-year-old(s)`, `years old`, `years of age`, `-month-old`.
fn years_old(tokens: &Tokens, i: usize) -> Option<usize> {
    let dash = |at: usize| usize::from(tokens.is_sign(at, '-') && tokens.touches(at));
    let at = i + dash(i);
    if !matches!(tokens.word(at), "year" | "years" | "yr") {
        return None;
    }
    let next = at + 1 + dash(at + 1);
    match tokens.word(next) {
        "old" | "olds" => Some(next + 1),
        "of" if tokens.word(next + 1) == "age" => Some(next + 2),
        _ => None,
    }
}

/// The decades of a life in words.
const DECADES: &[(&str, u64)] = &[
    ("twenties", 20), ("thirties", 30), ("forties", 40), ("fifties", 50), ("sixties", 60),
    ("seventies", 70), ("eighties", 80), ("nineties", 90),
];

/// Whether the word is a decade of a life: `fifties`.
pub(crate) fn is_decade_word(word: &str) -> bool {
    word.ends_with("ties") && DECADES.iter().any(|(decade, _)| *decade == word)
}

/// `in her 50s`, `in his late 50s or early 60s` from the digits at token `i`: the ages meant and
/// the span of tokens that say them.
pub(crate) fn decade(tokens: &Tokens, i: usize) -> Option<(Decimal, Decimal, usize, usize)> {
    let (mut first, low, high) = one_decade(tokens, i)?;
    let width = |i: usize| if tokens.kind(i) == Some(Kind::Digits) { 2 } else { 1 };
    let mut end = i + width(i);
    let mut to = high;
    if matches!(tokens.word(end), "or" | "to" | "and") || tokens.is_sign(end, '-') {
        let part = usize::from(is_part(tokens.word(end + 1)));
        let dash = usize::from(part == 1 && tokens.is_sign(end + 2, '-'));
        if let Some((_, _, upper)) = one_decade(tokens, end + 1 + part + dash) {
            to = upper;
            let second = end + 1 + part + dash;
            end = second + width(second);
        }
    }
    let owner = first.checked_sub(1).map_or("", |at| tokens.word(at));
    if tokens.is_sign(first.wrapping_sub(1), '-') {
        first = first.saturating_sub(2);
    }
    let owned = matches!(owner, "his" | "her" | "their" | "my" | "your" | "our") || {
        let before = tokens.word_before(first, 1);
        matches!(before, "his" | "her" | "their" | "my" | "your" | "our")
    };
    owned.then_some((low, to, first, end))
}

fn is_part(word: &str) -> bool {
    matches!(word, "early" | "mid" | "late" | "middle")
}

/// The decade at token `i` with the word before that narrows it.
fn one_decade(tokens: &Tokens, i: usize) -> Option<(usize, Decimal, Decimal)> {
    let spelled = DECADES.iter().find(|(word, _)| *word == tokens.word(i)).map(|(_, n)| *n);
    let digits = tokens.kind(i) == Some(Kind::Digits) && tokens.word(i + 1) == "s" && tokens.touches(i + 1);
    let decade: u64 = match spelled {
        Some(decade) => decade,
        None if digits => tokens.lower(i).parse().ok()?,
        None => return None,
    };
    if decade % 10 != 0 || !(10..=100).contains(&decade) {
        return None;
    }
    let dash = usize::from(tokens.is_sign(i.wrapping_sub(1), '-'));
    let (low, high, back) = match tokens.word_before(i, 1 + dash) {
        "early" => (0, 4, 1 + dash),
        "mid" | "middle" => (4, 6, 1 + dash),
        "late" => (5, 9, 1 + dash),
        _ => (0, 9, 0),
    };
    Some((i - back, Decimal::from(decade + low), Decimal::from(decade + high)))
}
