//! What a number counts: the noun behind it, or the one that is meant where there is none.

use crate::number::is_trigger_at;
use crate::quantity::hedge;
use crate::quantity::lexicon::{Classes, WordClass, ends_phrase_at, is, is_any, is_before};
use crate::quantity::noun::{Noun, is_person, is_plural_at, singular_of};
use crate::quantity::phrase::phrase as noun_phrase;
use crate::segment::{Kind, Tokens};
use crate::text::{Prose, Span};

/// The head of what is counted.
#[derive(Debug, Clone, Copy)]
enum Head {
    /// The noun at this token.
    Word(usize),
    /// People, without a noun that says so.
    Person,
}

/// What a number counts, before anything is copied out of the text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Counted {
    head: Head,
    /// The phrase, from the word behind the number on; empty where the noun is only meant.
    pub(crate) phrase: Span<Prose>,
}

impl Counted {
    /// The head's singular.
    pub(crate) fn singular(self, tokens: &Tokens) -> String {
        match self.head {
            Head::Word(at) => singular_of(tokens, at),
            Head::Person => "person".to_owned(),
        }
    }

    /// Whether people are counted.
    pub(crate) fn is_person(self, tokens: &Tokens) -> bool {
        matches!(self.head, Head::Person) || is_person(&self.singular(tokens))
    }

    /// Whether the noun stands behind the number, rather than is meant.
    pub(crate) fn is_written(&self) -> bool {
        !self.phrase.is_empty()
    }

    /// The noun as quantities carry it.
    pub(crate) fn noun(self, tokens: &Tokens) -> Noun {
        Noun { singular: self.singular(tokens), phrase: self.phrase }
    }
}

/// What the number that ends before token `i` counts. `one` says that it is one, so that the noun
/// is a singular.
pub(crate) fn counted(tokens: &Tokens, first: usize, i: usize, one: bool) -> Option<Counted> {
    let noun = written(tokens, i, one);
    if noun.is_some() || is_joined(tokens, i) {
        return noun;
    }
    elided(tokens, first, i, behind_fillers(tokens, i))
}

/// The noun that is written behind the number that ends before token `i`, over fillers or a hyphen.
pub(crate) fn written(tokens: &Tokens, i: usize, one: bool) -> Option<Counted> {
    if is_joined(tokens, i) {
        return hyphenated(tokens, i);
    }
    let at = behind_fillers(tokens, i);
    let (head, end) = noun_phrase(tokens, at, one)?;
    let others = tokens.word(head) == "others";
    (!others).then(|| Counted { head: Head::Word(head), phrase: tokens.span(at, end) })
}

/// Whether a hyphen joins the number that ends before token `i` to its noun.
fn is_joined(tokens: &Tokens, i: usize) -> bool {
    tokens.is_sign(i, '-') && tokens.touches(i)
}

/// `five-member`, `40,000-strong`, `three-bedroom`.
fn hyphenated(tokens: &Tokens, i: usize) -> Option<Counted> {
    let head = match tokens.word(i + 1) {
        "" => return None,
        "strong" => Head::Person,
        _ if ends_phrase_at(tokens, i + 1) => return None,
        _ => Head::Word(i + 1),
    };
    Some(Counted { head, phrase: tokens.span(i + 1, i + 2) })
}

/// Steps over `of the`, `more`, `other`, `of these` between the number and its noun.
fn behind_fillers(tokens: &Tokens, i: usize) -> usize {
    let mut at = i;
    for _ in 0..4 {
        let word = tokens.word(at);
        let of = word == "of" && !is(tokens, at + 1, WordClass::OfOther);
        let article = at > i && is(tokens, at, WordClass::InnerDeterminer);
        let more = is(tokens, at, WordClass::More)
            && !matches!(tokens.word(at + 1), "than" | "or" | "and");
        if !(of || article || more) {
            break;
        }
        at += 1;
    }
    // `three of six soldiers`: the noun stands behind the second number.
    let of = at > i && (1..=2).any(|back| tokens.word_before(at, back) == "of");
    let digits = tokens.kind(at) == Some(Kind::Digits) && !tokens.touches(at + 1);
    if of && (digits || is_trigger_at(tokens, at)) { at + 1 } else { at }
}

/// No noun behind the number: people are meant by `40 dead`, `killed 40`, `12 others`, `a toll of
/// 40`; a noun before it is meant by `the number of tanks rose to 53`.
fn elided(tokens: &Tokens, first: usize, i: usize, at: usize) -> Option<Counted> {
    let phrase = tokens.span(i, i);
    if tokens.word(i) == "of" && matches!(tokens.word(i + 1), "them" | "whom") {
        let named = noun_phrase(tokens, i + 2, false);
        return Some(named.map_or(Counted { head: Head::Person, phrase }, |(head, end)| Counted {
            head: Head::Word(head),
            phrase: tokens.span(i + 2, end),
        }));
    }
    let head = if is_state(tokens, i, at) {
        Some(Head::Person)
    } else {
        said_to_be(tokens, at)
            .or_else(|| in_a_crowd(tokens, first))
            .or_else(|| changed(tokens, first))
            .or_else(|| number_of(tokens, first.saturating_sub(7), first))
            .or_else(|| harmed(tokens, first))
    };
    head.map(|head| Counted { head, phrase })
}

/// `40 dead`, `40 were wounded`, `40 people injured`.
fn is_state(tokens: &Tokens, i: usize, at: usize) -> bool {
    let state =
        |k: usize| is_any(tokens, k, Classes::of(&[WordClass::State, WordClass::PeopleDone]));
    let followed = || (at..at + 3).any(|k| state(k) && !matches!(tokens.word(k), "more" | "other"));
    state(at) || state(i) || is(tokens, at, WordClass::PeopleVerb) && followed()
}

/// `Of the 95 dead, 40 were soldiers`.
fn said_to_be(tokens: &Tokens, at: usize) -> Option<Head> {
    if !matches!(tokens.word(at), "were" | "are") {
        return None;
    }
    let (head, end) = noun_phrase(tokens, at + 1, false)?;
    (end <= at + 4 && is_person(&singular_of(tokens, head))).then_some(Head::Word(head))
}

/// `a crowd of 40`.
fn in_a_crowd(tokens: &Tokens, first: usize) -> Option<Head> {
    let crowd =
        tokens.word_before(first, 1) == "of" && is_before(tokens, first, 2, WordClass::Crowd);
    crowd.then_some(Head::Person)
}

/// `killing at least 40`: a word of harm before the number in the same clause.
fn harmed(tokens: &Tokens, first: usize) -> Option<Head> {
    let ends = |k: &usize| matches!(tokens.kind(*k), Some(Kind::Sign(',' | ';' | '(' | '—')));
    let clause = (first.saturating_sub(7)..first).rev().take_while(|k| !ends(k));
    clause.into_iter().any(|k| is(tokens, k, WordClass::Harm)).then_some(Head::Person)
}

/// Words right before a number that something rose to, stood at, or reached.
const BEFORE_NUMBER: Classes = Classes::of(&[WordClass::ChangeJoint, WordClass::Reach]);
/// Verbs between a noun and the number it rose to, stood at, or reached.
const TELLS_LEVEL: Classes =
    Classes::of(&[WordClass::Change, WordClass::Standing, WordClass::Reach]);

/// `Confirmed cases rose from 41 to 53`, `Deaths climbed to 40`: the plural before the verb.
fn changed(tokens: &Tokens, first: usize) -> Option<Head> {
    let at = hedge::before(tokens, first).map_or(first, |(at, _)| at);
    let to = at.checked_sub(1)?;
    if !is_any(tokens, to, BEFORE_NUMBER) {
        return None;
    }
    let verb = (to.saturating_sub(10)..=to).rev().find(|k| is_any(tokens, *k, TELLS_LEVEL))?;
    let ends = |k: &usize| matches!(tokens.kind(*k), Some(Kind::Sign(';' | '"' | '.')));
    let name = |k: usize| k > 0 && tokens.get(k).is_some_and(|t| t.capital);
    let noun = (verb.saturating_sub(9)..verb).rev().take_while(|k| !ends(k)).find(|k| {
        is_plural_at(tokens, *k) && !name(*k) && !is(tokens, *k, WordClass::TimePlural)
    })?;
    // `police put the death toll at 40`: the toll is what stands, not the police.
    let toll = (noun + 1..first).any(|k| is(tokens, k, WordClass::Harm));
    let state = is(tokens, noun, WordClass::State) && !tokens.word(noun).ends_with('s');
    (!state && !toll).then_some(Head::Word(noun))
}

/// `the number of wounded [rose to]`.
fn number_of(tokens: &Tokens, from: usize, first: usize) -> Option<Head> {
    let number =
        (from..first).rev().find(|k| tokens.word(*k) == "number" && tokens.word(k + 1) == "of")?;
    let state = |k: usize| is(tokens, k, WordClass::State);
    let at = (number + 2..first).find(|k| is_plural_at(tokens, *k) || state(*k))?;
    let plural = is_plural_at(tokens, at + 1);
    if state(at) && !plural {
        return Some(Head::Person);
    }
    Some(Head::Word(if plural && at + 1 < first { at + 1 } else { at }))
}
