//! Announced counts against what is then listed, and series scores against the number of games.

use crate::claim::Claim;
use crate::compare::arithmetic::pattern::is_in;
use crate::compare::arithmetic::relation::{Misfit, Relation};
use crate::compare::arithmetic::sentence::{Indexed, is_name, words};
use crate::compare::passage::{Passage, is_quoted};
use crate::quantity::{Hedge, Kind, WordClass, is_class};
use crate::text::{Prose, Span};
use rust_decimal::prelude::ToPrimitive;

/// The longest list of names that is counted.
const LONGEST: usize = 20;

/// How many words a name has at most.
const LONGEST_NAME: usize = 5;

/// How many words may stand between the count and the colon before its list.
const BEFORE_COLON: usize = 8;

/// `Five people were charged: Anna Keller, Tom Reid, Paul Okoro and Maria Lindt.`
pub(crate) fn listed(prose: &str, (index, claim): Indexed<'_>) -> Option<Relation> {
    let quantity = &claim.quantity;
    let noun = quantity.noun.as_ref().filter(|noun| !noun.phrase.is_empty())?;
    let exact = quantity.kind == Kind::Count
        && quantity.hedge == Hedge::Exact
        && quantity.lower == quantity.upper
        && quantity.other.is_none();
    let count = quantity.lower.to_usize().filter(|count| (2..=LONGEST).contains(count))?;
    if !exact || is_whole_of_some(prose, claim) {
        return None;
    }
    let rest = prose.get(noun.phrase.end()..claim.sentence.end())?;
    let names = after_colon(rest)
        .or_else(|| after_namely(rest))
        .or_else(|| if opens_with_place(prose, claim) { None } else { apposed(rest) })?;
    let holds = names.len() == count;
    // `Austin, Texas, and Boston, Massachusetts`: every name may bring another.
    if names.len() == 2 * count || names.len() == 2 * count - 1 && count > 2 {
        return None;
    }
    let said = quantity.span.of(prose);
    let text = format!("{} names ({}), not {said}", names.len(), names.join(", "));
    Some(Relation {
        misfit: Misfit::List,
        claim: index,
        beside: Vec::new(),
        text,
        holds,
        recomputes: false,
    })
}

/// Whether the names are some of those that are counted: `two of its five members — Keller and
/// Reid`.
fn is_whole_of_some(prose: &str, claim: &Claim) -> bool {
    let before = prose.get(claim.sentence.start()..claim.quantity.span.start()).unwrap_or_default();
    let near: Vec<&str> = words(before).collect();
    near.iter().rev().take(4).any(|word| matches!(*word, "of" | "among"))
}

/// Whether the number stands in words that open its sentence: `In all five states, Keller and
/// Reid led`.
fn opens_with_place(prose: &str, claim: &Claim) -> bool {
    let before = prose.get(claim.sentence.start()..claim.quantity.span.start()).unwrap_or_default();
    let mut lead = words(before).map(str::to_lowercase);
    lead.next().is_some_and(|word| {
        is_class(&word, WordClass::Preposition) || is_class(&word, WordClass::Conjunction)
    }) && !before.contains(',')
}

/// The names behind a colon that end the sentence.
fn after_colon(rest: &str) -> Option<Vec<&str>> {
    let (before, list) = rest.split_once(':')?;
    let plain = words(before).count() <= BEFORE_COLON
        && !before
            .contains(|c: char| c.is_ascii_digit() || matches!(c, ',' | ';' | '(' | '"' | '“'));
    if plain { names(list.trim_end_matches(['.', '!', '?', '"', '”'])) } else { None }
}

/// The names behind `namely` or `that is` that end the sentence.
fn after_namely(rest: &str) -> Option<Vec<&str>> {
    let (at, word) = ["namely ", "that is, ", "to wit "]
        .iter()
        .find_map(|word| Some((rest.find(word)?, word)))?;
    let before = rest.get(..at)?;
    let plain = words(before).count() <= 2 && !before.contains(|c: char| c.is_ascii_digit());
    if plain { names(rest.get(at + word.len()..)?.trim_end_matches(['.', '!', '?'])) } else { None }
}

/// The names right behind the noun, between commas or dashes.
fn apposed(rest: &str) -> Option<Vec<&str>> {
    let text = rest.trim_start();
    let open = text.chars().next()?;
    let list = text.get(open.len_utf8()..)?.trim_start();
    match open {
        '—' | '–' => names(list.split(['—', '–']).next()?.trim_end_matches(['.', ' '])),
        ',' => {
            // Up to the comma behind the name that `and` announces.
            let and = list.find(" and ")? + " and ".len();
            let last = list.get(and..)?;
            let end = last.find([',', '.', ';']).unwrap_or(last.len());
            names(list.get(..and + end)?)
        }
        _ => None,
    }
}

/// The members of a list of names; `None` if one of them is none, or an `and` may be part of one.
fn names(list: &str) -> Option<Vec<&str>> {
    let (first, last) = list.rsplit_once(" and ")?;
    let first = first.trim_end().trim_end_matches(',');
    let members: Vec<&str> =
        first.split(',').chain([last]).map(str::trim).filter(|name| !name.is_empty()).collect();
    let own = |name: &&str| {
        let parts: Vec<&str> = words(name).collect();
        let ends = [parts.first(), parts.last()];
        ends.iter().all(|end| end.is_some_and(|word| is_name(word)))
            && parts.len() <= LONGEST_NAME
            && !name.contains([':', ';', '(', '"', '“', '—'])
            && parts.iter().all(|word| is_name(word) || is_in(word, "particle"))
    };
    let joined = first.contains(" and ")
        || members
            .iter()
            .flat_map(|name| words(name))
            .any(|word| is_in(&word.to_lowercase(), "paired"));
    // `five presidents, Republicans and Democrats`
    let kinds = members.iter().all(|name| !name.contains(' ') && name.ends_with('s'));
    (members.iter().all(own) && !joined && !kinds).then_some(members)
}

/// A score of a series that was decided in another game than its score says: `won the series 3-2
/// in game seven`. Games without a winner are none of a series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesScore {
    /// The score.
    pub at: Passage,
    /// The calculation in signs: `3 + 2 = 5 games, not 7`.
    pub text: String,
}

/// The series scores of a text that do not fit the game they are said to end with.
pub fn series_scores(prose: &str) -> Vec<SeriesScore> {
    let mut found = Vec::new();
    for cue in ["in game ", "in Game "] {
        for (at, _) in prose.match_indices(cue) {
            found.extend(score(prose, at, at + cue.len()));
        }
    }
    found
}

fn score(prose: &str, cue: usize, number: usize) -> Option<SeriesScore> {
    let game = words(prose.get(number..)?).next().and_then(game_number)?;
    let start = prose.get(..cue)?.rfind(['.', '\n', ';']).map_or(0, |at| at + 1);
    let before = prose.get(start..cue)?;
    if !words(before).any(|word| word.eq_ignore_ascii_case("series")) {
        return None;
    }
    let (offset, text) = before.rmatch_indices(['-', '–']).find_map(|(dash, sign)| {
        let left = before.get(..dash)?;
        let right = before.get(dash + sign.len()..)?;
        let a = left.len() - left.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let b = right.len() - right.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (from, to) = (dash - a, dash + sign.len() + b);
        (a == 1 && b == 1).then_some(())?;
        Some((from, before.get(from..to)?))
    })?;
    // The score ends the sentence's thought: `won the series 3-2 in game seven`.
    let behind = before.get(offset + text.len()..)?;
    let mut sides = text.split(['-', '–']).filter_map(|side| side.parse::<u32>().ok());
    let (won, lost) = (sides.next()?, sides.next()?);
    if !behind.trim().is_empty() || won + lost == game {
        return None;
    }
    let span = Span::<Prose>::new(start + offset, start + offset + text.len());
    let sentence = Span::new(start, number);
    let line = prose.get(..start)?.rfind('\n').map_or(0, |line| line + 1);
    let quoted = is_quoted(prose, Span::new(line, number), span);
    let text = format!("{won} + {lost} = {} games, not {game}", won + lost);
    Some(SeriesScore { at: Passage { sentence, span, quoted }, text })
}

fn game_number(word: &str) -> Option<u32> {
    let names = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    let spelled = names.iter().position(|name| word.eq_ignore_ascii_case(name));
    spelled.and_then(|at| u32::try_from(at + 1).ok()).or_else(|| word.parse().ok())
}
