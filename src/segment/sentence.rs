//! Where sentences end.

use crate::segment::dictionary::Dictionary;
use crate::text::{Prose, Span, parts, rows};
use serde::Deserialize;
use std::sync::LazyLock;

const TABLE: &str = include_str!("abbreviations.csv");
const OPENER_TABLE: &str = include_str!("openers.csv");

/// A sentence longer than this many bytes is none of prose: tables and lists without stops are cut
/// at a space, so that no work on a sentence grows with the file.
const LONGEST: usize = 1024;

/// What must follow an abbreviation's full stop for the sentence to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Before {
    /// Whatever follows.
    Any,
    /// A digit.
    Digit,
    /// A lower-case letter.
    Lower,
}

#[derive(Debug, Deserialize)]
struct Row {
    abbreviation: String,
    before: Before,
    #[cfg_attr(not(test), expect(dead_code, reason = "the example runs as a test"))]
    example: String,
}

#[derive(Debug, Deserialize)]
struct OpenerRow {
    words: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "the example runs as a test"))]
    example: String,
}

static ABBREVIATIONS: LazyLock<Dictionary<Before>> = LazyLock::new(|| {
    Dictionary::new(rows::<Row>(TABLE).into_iter().map(|row| (row.abbreviation, row.before)))
});

/// Words that open a sentence far more often than they go on with a name: behind `U.S.` they tell
/// a new sentence from `U.S. Army`.
static OPENERS: LazyLock<Dictionary<String>> = LazyLock::new(|| {
    let table = rows::<OpenerRow>(OPENER_TABLE);
    Dictionary::new(
        table.iter().flat_map(|row| parts(&row.words)).map(|word| (word, word.to_owned())),
    )
});

/// The sentences of the block at `block`, in order, without the white space around them.
pub fn sentences(prose: &str, block: Span<Prose>) -> Vec<Span<Prose>> {
    let text = block.of(prose);
    let mut found = Vec::new();
    let mut start = 0;
    for stop in memchr::memchr3_iter(b'.', b'!', b'?', text.as_bytes()) {
        if stop < start {
            continue;
        }
        let end = closing_end(text, stop + 1);
        if ends_sentence(text, start, stop, end) {
            push(&mut found, text, block.start(), start, end);
            start = end;
        }
    }
    push(&mut found, text, block.start(), start, text.len());
    found
}

fn push(found: &mut Vec<Span<Prose>>, text: &str, base: usize, start: usize, end: usize) {
    let piece = text.get(start..end).unwrap_or_default();
    let lead = piece.len() - piece.trim_start().len();
    let mut rest = piece.trim();
    let mut from = base + start + lead;
    while rest.len() > LONGEST {
        let edge = rest.char_indices().take_while(|(i, _)| *i <= LONGEST).map(|(i, _)| i).last();
        let edge = edge.unwrap_or(rest.len());
        let cut =
            rest.get(..edge).and_then(|r| r.rfind(char::is_whitespace)).unwrap_or(edge).max(1);
        found.push(Span::new(from, from + cut));
        from += cut;
        rest = rest.get(cut..).unwrap_or_default();
        from += rest.len() - rest.trim_start().len();
        rest = rest.trim_start();
    }
    if !rest.is_empty() {
        found.push(Span::new(from, from + rest.len()));
    }
}

/// The end of the stops, quotes and brackets that close with the stop before `at`.
fn closing_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let closes = |c: char| matches!(c, '.' | '!' | '?' | '"' | '\'' | '”' | '’' | ')' | ']' | '»');
    at + rest.find(|c| !closes(c)).unwrap_or(rest.len())
}

fn ends_sentence(text: &str, start: usize, stop: usize, end: usize) -> bool {
    let rest = text.get(end..).unwrap_or_default();
    let Some(gap) = rest.chars().next() else { return true };
    if !gap.is_whitespace() {
        // A quote or bracket may close before a dash; a stop inside a word, number or address.
        return false;
    }
    let next = rest.trim_start();
    let Some(first) = next.chars().next() else { return true };
    let before = text.get(start..stop).unwrap_or_default();
    if text.as_bytes().get(stop) != Some(&b'.') {
        return !first.is_lowercase();
    }
    let word = before.rsplit(|c: char| !c.is_alphanumeric() && c != '.').next().unwrap_or_default();
    if is_initials(word) {
        // `p.m.` and `U.S.` end a sentence only before a word that opens one.
        let opener = next.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        return OPENERS.get(opener).is_some_and(|word| word == opener);
    }
    match ABBREVIATIONS.get(word) {
        Some(Before::Any) => false,
        Some(Before::Digit) => !first.is_ascii_digit(),
        Some(Before::Lower) | None => !first.is_lowercase(),
    }
}

/// A single letter, or letters with stops between them.
fn is_initials(word: &str) -> bool {
    if word.len() > 1 && !word.bytes().take(2).any(|b| b == b'.') {
        return false;
    }
    !word.is_empty()
        && word.split('.').all(|part| {
            part.len() <= 1 && part.bytes().all(|b| b.is_ascii_alphabetic()) || part.is_empty()
        })
}

#[cfg(test)]
mod tests {
    use super::{OPENER_TABLE, OpenerRow, Row, TABLE, sentences};
    use crate::text::{Span, parts, rows, rows_written};

    #[track_caller]
    fn check(input: &str, expected: &[&str]) {
        let found = sentences(input, Span::new(0, input.len()));
        let shown: Vec<_> = found.iter().map(|s| s.of(input)).collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn every_abbreviation_keeps_its_example_whole() {
        let table = rows::<Row>(TABLE);
        assert_eq!(table.len(), rows_written(TABLE));
        for row in table {
            check(&row.example, &[&row.example]);
        }
    }

    #[test]
    fn every_opener_begins_the_second_sentence_of_its_example() {
        let table = rows::<OpenerRow>(OPENER_TABLE);
        assert_eq!(table.len(), rows_written(OPENER_TABLE));
        for row in table {
            let expected: Vec<_> = parts(&row.example).collect();
            check(&expected.join(" "), &expected);
            let second = expected.get(1).and_then(|s| s.split(' ').next()).unwrap();
            assert!(parts(&row.words).any(|word| word == second), "{second}");
        }
    }

    #[test]
    fn text_without_stops_is_cut_at_spaces() {
        let text = "five words without any stop ".repeat(1000);
        let found = sentences(&text, Span::new(0, text.len()));
        assert!(found.len() > 5 && found.iter().all(|s| s.len() <= super::LONGEST));
        let letters = |t: &str| t.chars().filter(|c| !c.is_whitespace()).count();
        assert_eq!(found.iter().map(|s| letters(s.of(&text))).sum::<usize>(), letters(&text));
    }

    #[test]
    fn ends_at_stops_and_closing_quotes() {
        check("He left. She stayed!  They won?", &["He left.", "She stayed!", "They won?"]);
        check("“We won.” He left.", &["“We won.”", "He left."]);
        check("Prices rose 2.5 percent. Then fell.", &["Prices rose 2.5 percent.", "Then fell."]);
        check("The U.S. Army left. ", &["The U.S. Army left."]);
        check("It hit the U.S. The army left.", &["It hit the U.S.", "The army left."]);
        check("Visit example.com now", &["Visit example.com now"]);
        check("At 10 p.m. on Friday it rained.", &["At 10 p.m. on Friday it rained."]);
    }
}
