//! Ages: `26-year-old`, `aged 44`, `Maria Keller, 44,`, `in her 50s`.

use crate::number::{Decimal, Numeral, is_trigger_at};
use crate::quantity::lexicon::{WordClass, ends_phrase_at, is, is_before};
use crate::segment::{Dictionary, Kind, Tokens};
use crate::text::{parts, rows};
use serde::Deserialize;
use std::sync::LazyLock;

/// Whether the numeral is an age; returns the token behind the words that say so.
pub(crate) fn behind(
    tokens: &Tokens,
    numeral: &Numeral,
    month: impl Fn(usize) -> bool,
) -> Option<usize> {
    let value = numeral.exact()?.value;
    let (first, end) = (numeral.first, numeral.end);
    if value > Decimal::from(130) {
        return None;
    }
    if let Some(end) = years_old(tokens, end).or_else(|| hanging(tokens, end)) {
        return Some(end);
    }
    let before = tokens.word_before(first, 1);
    if grown(tokens, numeral) {
        return Some(end);
    }
    let said = matches!(before, "aged" | "age" | "ages")
        || is_before(tokens, first, 1, WordClass::AgeJoint)
            && matches!(tokens.word_before(first, 2), "age" | "ages" | "aged")
        || before == "age" && tokens.word_before(first, 2) == "of"
        || before == "to" && matches!(tokens.word_before(first, 3), "ages" | "aged")
        || matches!(before, "turned" | "turns" | "turning")
            && ends_clause(tokens, end)
            && numeral.is_digits();
    if said && !tokens.is_sign(end, '%') {
        return Some(end);
    }
    let dying = before == "at"
        && numeral.is_digits()
        && is_before(tokens, first, 2, WordClass::Dying)
        && (ends_clause(tokens, end) || ends_phrase_at(tokens, end));
    if dying {
        return Some(end);
    }
    if said_of_name(tokens, numeral, month) {
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

/// `Maria Keller, 44, said`: a name, a comma, a bare number, a comma or the sentence's end.
fn said_of_name(tokens: &Tokens, numeral: &Numeral, month: impl Fn(usize) -> bool) -> bool {
    let Some(value) = numeral.exact().map(|e| e.value) else { return false };
    let (first, end) = (numeral.first, numeral.end);
    let capital = |at: usize| tokens.get(at).is_some_and(|t| t.capital);
    let named = numeral.is_digits()
        && first >= 2
        && tokens.is_sign(first - 1, ',')
        && (capital(first - 2) || tokens.kind(first - 2) == Some(Kind::Possessive))
        && !month(first - 2)
        && value.scale() == 0
        && value > Decimal::ZERO
        && value < Decimal::from(120);
    if !named {
        return false;
    }
    if tokens.is_sign(end, ',') && !tokens.touches(end + 1) {
        return true;
    }
    // `12 from Kent County, 27 from Sussex County`: the name is of a place.
    let name = (0..first - 1).rev().find(|at| !capital(*at)).unwrap_or_default();
    let place = is(tokens, name, WordClass::PlaceLead) && tokens.word(end) == "from";
    let stop = tokens.is_sign(end, '.') || tokens.is_sign(end, ';');
    let closes = is(tokens, end, WordClass::AgeTail) || stop && tokens.get(end + 1).is_none();
    closes && !place && first >= 3 && capital(first - 3)
}

/// `people over 65`, `anyone under 18`, `riders 65 or older`, `was 26 when`, `At 26, she`, `both
/// 26,`, `the driver, 26, of`.
fn grown(tokens: &Tokens, numeral: &Numeral) -> bool {
    let (first, end) = (numeral.first, numeral.end);
    let next = tokens.word(end);
    if matches!(next, "or" | "and") && matches!(tokens.word(end + 1), "older" | "younger")
        || next == "and"
            && matches!(tokens.word(end + 1), "over" | "under" | "up")
            && !tokens.kind(end + 2).is_some_and(|k| k == Kind::Digits)
            && !matches!(tokens.word(end + 2), "the" | "a")
    {
        return true;
    }
    let child =
        matches!(tokens.word_before(first, 1), "of") && is_before(tokens, first, 2, WordClass::Kin);
    let apposed = tokens.is_sign(first.wrapping_sub(1), ',')
        && tokens.is_sign(end, ',')
        && is_before(tokens, first, 2, WordClass::Kin);
    if (child || apposed) && ends_clause(tokens, end) {
        return true;
    }
    let adult =
        numeral.exact().is_some_and(|e| e.value >= Decimal::TEN && e.value <= Decimal::from(110));
    if !numeral.is_digits() || numeral.exact().is_none_or(|e| e.value.scale() != 0) {
        return false;
    }
    let before = tokens.word_before(first, 1);
    let closed = ends_clause(tokens, end) || ends_phrase_at(tokens, end);
    let bound = is_before(tokens, first, 1, WordClass::AgeLimit);
    let back = if before == "than" { 3 } else { 2 };
    let older = before != "than" || matches!(tokens.word_before(first, 2), "older" | "younger");
    if bound && older && closed && is_before(tokens, first, back, WordClass::Group) {
        return true;
    }
    let when = is_before(tokens, first, 1, WordClass::Being)
        && (next == "when"
            || next == "at" && tokens.word(end + 1) == "the" && tokens.word(end + 2) == "time");
    let at = before == "at" && first == 1 && tokens.is_sign(end, ',');
    let comma = tokens.is_sign(end, ',') || tokens.is_sign(end, '.') || tokens.kind(end).is_none();
    let both = matches!(before, "both" | "now" | "then")
        && tokens.is_sign(first.wrapping_sub(2), ',')
        && comma;
    let noun = tokens.is_sign(first.wrapping_sub(1), ',')
        && tokens.is_sign(end, ',')
        && !tokens.touches(end + 1)
        && first >= 2
        && crate::quantity::is_person(tokens.word(first - 2))
        && tokens.kind(end + 1) != Some(Kind::Digits)
        && !is_trigger_at(tokens, end + 1);
    let article = (matches!(tokens.word_before(first, 3), "the" | "a" | "an")
        || is_before(tokens, first, 3, WordClass::Owner))
        && tokens.is_sign(first.wrapping_sub(1), ',')
        && tokens.is_sign(end, ',')
        && tokens.get(end + 1).is_some_and(|t| t.kind == Kind::Word)
        && adult;
    let pronoun = matches!(before, "was" | "is")
        && matches!(tokens.word_before(first, 2), "he" | "she")
        && comma
        && adult;
    when || at || both || noun || article || pronoun
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
        || is(tokens, i, WordClass::ClauseOpener)
}

/// The `16-` of `16- and 17-year-olds`.
fn hanging(tokens: &Tokens, i: usize) -> Option<usize> {
    let hyphen = tokens.is_sign(i, '-') && tokens.touches(i) && !tokens.touches(i + 1);
    let joint = matches!(tokens.word(i + 1), "and" | "or");
    let next = tokens.kind(i + 2) == Some(Kind::Digits);
    (hyphen && joint && next && years_old(tokens, i + 3).is_some()).then_some(i)
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

const TABLE: &str = include_str!("lives.csv");

/// What a word of a life's time is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Life {
    /// A decade: `fifties`.
    Decade,
    /// A part of one: `early`.
    Part,
}

#[derive(Debug, Clone, Deserialize)]
struct Row {
    word: String,
    from: u64,
    to: u64,
    is: Life,
    #[cfg_attr(not(test), expect(dead_code, reason = "the example runs as a test"))]
    example: String,
}

static LIVES: LazyLock<Dictionary<Row>> = LazyLock::new(|| {
    let table = rows::<Row>(TABLE);
    Dictionary::new(table.iter().flat_map(|row| parts(&row.word).map(|word| (word, row.clone()))))
});

/// The decades of a life in words: `fifties`.
pub(crate) fn decade_words() -> impl Iterator<Item = &'static str> {
    LIVES.iter().filter(|(_, row)| row.is == Life::Decade).map(|(word, _)| word)
}

/// The decade of a life, or the part of one, at token `i`.
fn life(tokens: &Tokens, i: usize, is: Life) -> Option<&'static Row> {
    tokens.look_up(i, &LIVES).filter(|row| row.is == is)
}

/// `in her 50s`, `in his late 50s or early 60s` from the digits at token `i`: the ages meant and
/// the span of tokens that say them.
pub(crate) fn decade(tokens: &Tokens, i: usize) -> Option<(Decimal, Decimal, usize, usize)> {
    let (mut first, low, high) = one_decade(tokens, i)?;
    let width = |i: usize| if tokens.kind(i) == Some(Kind::Digits) { 2 } else { 1 };
    let mut end = i + width(i);
    let mut to = high;
    if matches!(tokens.word(end), "or" | "to" | "and") || tokens.is_sign(end, '-') {
        let part = usize::from(life(tokens, end + 1, Life::Part).is_some());
        let dash = usize::from(part == 1 && tokens.is_sign(end + 2, '-'));
        let second = end + 1 + part + dash;
        if let Some((_, _, upper)) = one_decade(tokens, second) {
            to = upper;
            end = second + width(second);
        }
    }
    let owned = is_before(tokens, first, 1, WordClass::Owner);
    if tokens.is_sign(first.wrapping_sub(1), '-') {
        first = first.saturating_sub(2);
    }
    let owned = owned || is_before(tokens, first, 1, WordClass::Owner);
    owned.then_some((low, to, first, end))
}

/// The decade at token `i` with the word before that narrows it.
fn one_decade(tokens: &Tokens, i: usize) -> Option<(usize, Decimal, Decimal)> {
    let decade = match tokens.kind(i)? {
        Kind::Word => life(tokens, i, Life::Decade)?.from,
        Kind::Digits if tokens.word(i + 1) == "s" && tokens.touches(i + 1) => {
            tokens.lower(i).parse().ok()?
        }
        _ => return None,
    };
    if decade % 10 != 0 || !(10..=100).contains(&decade) {
        return None;
    }
    let dash = usize::from(tokens.is_sign(i.wrapping_sub(1), '-'));
    let part = i.checked_sub(1 + dash).and_then(|at| Some((at, life(tokens, at, Life::Part)?)));
    let (first, low, high) = part.map_or((i, 0, 9), |(at, row)| (at, row.from, row.to));
    Some((first, Decimal::from(decade + low), Decimal::from(decade + high)))
}

#[cfg(test)]
mod tests {
    use super::{Life, Row, TABLE};
    use crate::quantity::Kind;
    use crate::quantity::test_support::{marked, read_marked};
    use crate::text::{rows, rows_written};

    #[test]
    fn every_time_of_life_is_read_from_its_example() {
        let table = rows::<Row>(TABLE);
        assert_eq!(table.len(), rows_written(TABLE), "a row does not parse");
        for row in table {
            assert_eq!(marked(&row.example), row.example);
            let found = read_marked(&row.example).1.unwrap();
            let base = if row.is == Life::Part { 50 } else { 0 };
            assert_eq!(
                (found.kind, found.lower, found.upper),
                (Kind::Age, (base + row.from).into(), (base + row.to).into())
            );
        }
    }
}
