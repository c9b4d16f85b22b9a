//! Who says the number.

use crate::claim::Slot;
use crate::claim::frame::{Frame, Named};
use crate::claim::lexicon::{Word, is, is_before};
use crate::ingest::{month, weekday};
use crate::quantity::{WordClass, is_class};
use crate::reference::{EntityId, EntityKind};
use crate::segment::Kind;
use std::ops::Range;

/// Who says it, as in the text, and the entity that is.
pub(crate) type Voice = Slot<(String, Option<EntityId>)>;

/// Somebody speaks in a sentence, and of some of its tokens.
#[derive(Debug)]
pub(crate) struct Speech {
    /// Nothing where a pronoun speaks: `he said`.
    voice: Option<Voice>,
    /// The first token of the speech's own words.
    first: usize,
    /// The tokens it governs before and behind its own words.
    before: Range<usize>,
    behind: Range<usize>,
}

impl Speech {
    fn governs(&self, k: usize) -> bool {
        self.before.contains(&k) || self.behind.contains(&k)
    }
}

/// Every speech of the sentence, in its order.
pub(crate) fn speeches(frame: &Frame<'_>, headline: bool) -> Vec<Speech> {
    let tokens = frame.tokens;
    let mut found: Vec<Speech> =
        if headline { heading(frame).into_iter().collect() } else { Vec::new() };
    for k in 0..tokens.len() {
        let in_name = frame.mentions.iter().any(|m| m.first < k && k < m.end);
        let speech = if is(tokens, k, Word::Says) && !in_name && !is_noun(frame, k) {
            inverted(frame, k).or_else(|| said(frame, k))
        } else if is(tokens, k, Word::Quotes) {
            quoted_source(frame, k)
        } else if tokens.word(k) == "according" && tokens.word(k + 1) == "to" {
            according(frame, k)
        } else {
            None
        };
        found.extend(speech);
    }
    found
}

/// Who says quantity `q`: the nearest speech that governs it. A pronoun's name is the paragraph's
/// to tell.
pub(crate) fn attributed_to(frame: &Frame<'_>, q: usize, speeches: &[Speech]) -> Attribution {
    let at = frame.spots[q].first;
    let governing = speeches.iter().filter(|speech| speech.governs(at));
    match governing.min_by_key(|speech| speech.first.abs_diff(at)) {
        Some(Speech { voice: Some(voice), .. }) => Attribution::Named(voice.clone()),
        Some(_) => Attribution::Pronoun,
        None => Attribution::None,
    }
}

/// The last speech with a name, for the rest of its paragraph.
pub(crate) fn last_voice(speeches: &[Speech]) -> Option<&Voice> {
    speeches.iter().rev().find_map(|speech| speech.voice.as_ref())
}

/// What a sentence says of who speaks.
pub(crate) enum Attribution {
    /// This one.
    Named(Voice),
    /// `he`, `they`.
    Pronoun,
    /// Nobody.
    None,
}

/// `an estimated 900`, `the reported toll`, `were confirmed dead`, `the United States`, `estimates
/// of`: no verb of saying.
fn is_noun(frame: &Frame<'_>, k: usize) -> bool {
    let tokens = frame.tokens;
    let before = tokens.word_before(k, 1);
    let put = matches!(tokens.word(k), "put" | "puts" | "putting");
    let counted = (k + 1..k + 9).any(|at| matches!(tokens.word(at), "at" | "toll" | "on"));
    let noun = is(tokens, k, Word::SaysNoun)
        && (is_class(tokens.word(k + 1), WordClass::Preposition)
            || is_class(tokens.word(k + 1), WordClass::Conjunction)
                && tokens.word(k + 1) != "that"
            || frame.mention_at(k).is_some());
    let described = before.ends_with("ly")
        && tokens.word(k).ends_with("ed")
        && tokens.get(k + 1).is_some_and(|t| t.kind == Kind::Word && !t.capital)
        && !is_class(tokens.word(k + 1), WordClass::Determiner)
        && tokens.word(k + 1) != "that";
    is_class(before, WordClass::Determiner) && before != "that"
        || matches!(before, "be" | "been" | "being" | "is" | "are" | "was" | "were" | "to" | "of")
        || put && !counted
        || noun
        || described
}

/// `"…," said Saltmarsh`, `…, said the minister`: the speaker stands behind the verb, and what is
/// said before it.
fn inverted(frame: &Frame<'_>, verb: usize) -> Option<Speech> {
    let tokens = frame.tokens;
    let closed = matches!(
        verb.checked_sub(1).and_then(|k| tokens.kind(k)),
        Some(Kind::Sign(',' | '"' | '\'' | '?' | '!' | '-' | '—'))
    );
    let named = tokens.get(verb + 1).is_some_and(|t| t.capital && t.kind == Kind::Word)
        && !is_time(frame, verb + 1)
        || is_class(tokens.word(verb + 1), WordClass::Determiner)
        || is(tokens, verb + 1, Word::Voice)
        || is(tokens, verb + 1, Word::Speaker);
    if !closed || !named {
        return None;
    }
    let end = phrase_end(frame, verb + 1);
    // `ConnexUS, a carrier, said some 40`: what follows the phrase shows what it is.
    let whole = end == tokens.len()
        || frame.breaks(end)
        || matches!(tokens.kind(end), Some(Kind::Sign(',' | '"' | '(' | '-')))
        || is_class(tokens.word(end), WordClass::Preposition)
        || is_class(tokens.word(end), WordClass::Conjunction);
    if end == verb + 1 || !whole || (verb + 1..end).any(|k| frame.quantity_at(k).is_some()) {
        return None;
    }
    // A quotation that goes on behind the speaker is his too.
    let again = (end..tokens.len()).find(|k| tokens.is_sign(*k, '"')).map_or(tokens.len(), |k| k);
    Some(Speech {
        voice: voice(frame, verb + 1, end, "says it, behind the verb"),
        first: verb,
        before: 0..verb,
        behind: again..tokens.len(),
    })
}

/// `the ministry said that …`, `…, the ministry said on Friday`.
fn said(frame: &Frame<'_>, verb: usize) -> Option<Speech> {
    let tokens = frame.tokens;
    let subject = before_verb(frame, verb);
    let pronoun = is_before(tokens, subject, 1, Word::Speaker);
    let (first, end, opens) =
        if pronoun { (subject - 1, subject, subject - 1) } else { speaker_before(frame, subject)? };
    if first >= end {
        return None;
    }
    let relative = is_relative(frame, opens);
    let after = behind_verb(frame, verb);
    let over = after >= tokens.len()
        || frame.breaks(after)
        || matches!(tokens.kind(after), Some(Kind::Sign(',' | '-' | ')')));
    // What stands before a speech is part of it where a comma cuts it off.
    let set_off = opens > 0
        && matches!(
            tokens.kind(opens - 1),
            Some(Kind::Sign(',' | '"' | '\'' | '-' | '—' | '(' | '?' | '!'))
        );
    let quoted = opens > 0 && tokens.is_sign(opens - 1, '"');
    let before = if (over || quoted) && set_off && !relative { 0..opens } else { 0..0 };
    let ends = if relative { clause_end(frame, verb + 1) } else { tokens.len() };
    let trails = over && after + 1 >= tokens.len();
    let behind = if trails { 0..0 } else { verb + 1..ends };
    Some(Speech {
        voice: if pronoun { None } else { voice(frame, first, end, "says it") },
        first,
        before,
        behind,
    })
}

/// `that doctors say is needed`, `which police believe`.
fn is_relative(frame: &Frame<'_>, first: usize) -> bool {
    let before = frame.tokens.word_before(first, 1);
    matches!(before, "that" | "which" | "who" | "whom" | "what" | "whose" | "where")
}

fn clause_end(frame: &Frame<'_>, from: usize) -> usize {
    let len = frame.tokens.len();
    (from..len).find(|k| frame.breaks(*k) || frame.tokens.is_sign(*k, ',')).unwrap_or(len)
}

/// Back over auxiliaries, adverbs and days: `has also said`, `on Friday announced`.
fn before_verb(frame: &Frame<'_>, verb: usize) -> usize {
    let tokens = frame.tokens;
    let mut at = verb;
    while at > 0 {
        let k = at - 1;
        let word = tokens.word(k);
        let light = is_class(word, WordClass::Auxiliary)
            || is_class(word, WordClass::Adverb)
            || word.ends_with("ly") && !tokens.get(k).is_some_and(|t| t.capital);
        let day = is_time(frame, k) || word == "on" && is_time(frame, k + 1);
        if !(light || day) {
            break;
        }
        at = k;
    }
    at
}

/// The phrase that speaks before token `end`, and where it opens with what is set in commas.
fn speaker_before(frame: &Frame<'_>, end: usize) -> Option<(usize, usize, usize)> {
    let tokens = frame.tokens;
    if end > 0 && tokens.is_sign(end - 1, ',') {
        let close = end - 1;
        let open = (close.saturating_sub(14)..close).rev().find(|k| tokens.is_sign(*k, ','))?;
        let head = phrase_start(frame, open);
        let name = |from: usize| tokens.get(from).is_some_and(|t| t.capital);
        // `the governor, Serhiy Haidai, said`: of office and name the name.
        let office = head < open && !name(head)
            || head == 0 && is_class(tokens.word(head), WordClass::Determiner);
        if office && name(open + 1) && phrase_end(frame, open + 1) == close {
            return Some((open + 1, close, head));
        }
        return (head < open).then_some((head, open, head));
    }
    let first = phrase_start(frame, end);
    let word = tokens.word(first);
    let bare = matches!(word, "that" | "which" | "who" | "it" | "he" | "she" | "they" | "this");
    (first < end && !bare).then_some((first, end, first))
}

/// Behind a verb of saying: over whom it was told, when and in what.
fn behind_verb(frame: &Frame<'_>, verb: usize) -> usize {
    let tokens = frame.tokens;
    let mut at = verb + 1;
    if is(tokens, verb, Word::Tells) {
        let told = phrase_end(frame, at);
        let that = (at..told).any(|k| is_class(tokens.word(k), WordClass::Pronoun));
        at = if that { at + 1 } else { told };
    }
    while at < tokens.len() {
        let word = tokens.word(at);
        let time = is_time(frame, at)
            || is(tokens, at, Word::Daytime)
            || is(tokens, at, Word::Today)
            || is(tokens, at, Word::Unit)
            || matches!(word, "this" | "last" | "late" | "early" | "earlier" | "later" | "also")
            || tokens.kind(at) == Some(Kind::Digits) && is_time(frame, at - 1);
        let date = word == "on" && is_time(frame, at + 1);
        let medium = matches!(word, "in" | "at" | "on" | "during" | "to" | "by" | "from")
            && !date
            && frame.spots.iter().all(|s| s.first < at || s.first > phrase_end(frame, at + 1));
        if time || date {
            at += 1;
        } else if medium && phrase_end(frame, at + 1) > at + 1 {
            at = phrase_end(frame, at + 1);
        } else {
            break;
        }
    }
    at
}

fn is_time(frame: &Frame<'_>, k: usize) -> bool {
    let word = frame.tokens.word(k);
    frame.tokens.get(k).is_some_and(|t| t.capital)
        && (weekday(word).is_some() || month(word).is_some())
}

/// `Interfax quoted witnesses as saying`: the source is behind the verb.
fn quoted_source(frame: &Frame<'_>, verb: usize) -> Option<Speech> {
    let tokens = frame.tokens;
    let end = phrase_end(frame, verb + 1);
    if end == verb + 1 || (verb + 1..end).any(|k| frame.quantity_at(k).is_some()) {
        return None;
    }
    let as_saying = tokens.word(end) == "as" && is(tokens, end + 1, Word::AsSaying);
    let set_off = verb > 0 && tokens.is_sign(verb - 1, ',');
    if !as_saying && !set_off {
        return None;
    }
    let before = if as_saying { 0..0 } else { 0..verb };
    let behind = if as_saying { end..tokens.len() } else { 0..0 };
    let voice = voice(frame, verb + 1, end, "is quoted as the source");
    Some(Speech { voice, first: verb, before, behind })
}

/// `according to the UN, 40 died`, `40 died, according to the UN`.
fn according(frame: &Frame<'_>, at: usize) -> Option<Speech> {
    let tokens = frame.tokens;
    let end = phrase_end(frame, at + 2);
    let voice = voice(frame, at + 2, end, "named behind `according to`")?;
    let opens = (0..at).all(|k| frame.quantity_at(k).is_none());
    let goes_on = opens || tokens.is_sign(end, ',') && !is(tokens, end + 1, Word::Clause);
    let cut = (0..at).rev().find(|k| tokens.is_sign(*k, ';')).map_or(0, |k| k + 1);
    let behind = if goes_on { end..tokens.len() } else { 0..0 };
    Some(Speech { voice: Some(voice), first: at, before: cut..at, behind })
}

/// `UN: 40 killed in blast`, `40 killed in blast - police`, `40 killed, says Russia`.
fn heading(frame: &Frame<'_>) -> Option<Speech> {
    let tokens = frame.tokens;
    let len = tokens.len();
    let speaks = |first: usize, end: usize| {
        let voiced = end > first && is(tokens, end - 1, Word::Voice);
        let body = frame.mention_at(first).is_some_and(|m| {
            m.first == first
                && m.end == end
                && matches!(m.named, Named::Entity(id, _)
                    if frame.catalog.entity(id).kind != EntityKind::Country)
        });
        voiced || body
    };
    let colon = (1..5.min(len)).find(|k| tokens.is_sign(*k, ':'));
    if let Some(colon) = colon.filter(|colon| speaks(0, *colon)) {
        let voice = voice(frame, 0, colon, "speaks before the headline's colon");
        return Some(Speech { voice, first: 0, before: 0..0, behind: colon..len });
    }
    let dash = (len.saturating_sub(5)..len)
        .rev()
        .find(|k| matches!(tokens.kind(*k), Some(Kind::Sign('-' | '–' | '—' | ':'))))?;
    let spaced = !tokens.touches(dash) || tokens.is_sign(dash, ':');
    let apart = dash + 1 < len && !tokens.touches(dash + 1) && spaced;
    (apart && speaks(dash + 1, len)).then(|| Speech {
        voice: voice(frame, dash + 1, len, "speaks at the headline's end"),
        first: dash,
        before: 0..dash,
        behind: 0..0,
    })
}

/// The noun phrase that ends before token `end`.
fn phrase_start(frame: &Frame<'_>, end: usize) -> usize {
    let tokens = frame.tokens;
    let mut first = end;
    while first > 0 && end - first < 12 {
        let k = first - 1;
        let word = tokens.word(k);
        let sign = matches!(tokens.kind(k), Some(Kind::Sign('-' | '\'' | '&') | Kind::Possessive))
            && (tokens.touches(k) || tokens.is_sign(k, '&'));
        let capital = tokens.get(k).is_some_and(|t| t.capital) && k > 0;
        let ends = is_class(word, WordClass::Conjunction) && word != "and"
            || word == "and" && !joins(frame, k)
            || (is_class(word, WordClass::Verb) || is(tokens, k, Word::Says)) && !capital
            || is_class(word, WordClass::Pronoun)
            || is_class(word, WordClass::Preposition)
                && !matches!(word, "of" | "for" | "in" | "at");
        let plain = tokens.kind(k) == Some(Kind::Word) && frame.quantity_at(k).is_none() && !ends;
        let adverb = is_class(word, WordClass::Auxiliary) || is_class(word, WordClass::Adverb);
        if !(plain || sign) || adverb && !capital {
            break;
        }
        first = k;
    }
    // `in Kyiv officials`: no preposition opens a phrase that speaks.
    while first < end && is_class(tokens.word(first), WordClass::Preposition) {
        first += 1;
    }
    first
}

/// Whether an `and` joins two names of one speaker: `Food and Drug Administration`.
fn joins(frame: &Frame<'_>, k: usize) -> bool {
    let capital = |k: Option<usize>| k.and_then(|k| frame.tokens.get(k)).is_some_and(|t| t.capital);
    capital(k.checked_sub(1)) && capital(Some(k + 1))
}

/// The token behind the noun phrase that starts at `first`.
fn phrase_end(frame: &Frame<'_>, first: usize) -> usize {
    let tokens = frame.tokens;
    let mut end = first;
    while end < tokens.len() && end - first < 10 {
        let word = tokens.word(end);
        let sign = matches!(tokens.kind(end), Some(Kind::Sign('-' | '&') | Kind::Possessive))
            && (tokens.touches(end) || tokens.is_sign(end, '&'));
        let capital = tokens.get(end).is_some_and(|t| t.capital);
        let ends = is_class(word, WordClass::Conjunction) && !(word == "and" && joins(frame, end))
            || is_class(word, WordClass::Verb) && !capital
            || is_class(word, WordClass::Auxiliary) && !capital
            || is_time(frame, end)
            || is_class(word, WordClass::Adverb) && !capital
            || is(tokens, end, Word::Says) && end > first && !capital
            || is_class(word, WordClass::Preposition) && !matches!(word, "of" | "for");
        if tokens.kind(end) != Some(Kind::Word) && !sign || ends || frame.quantity_at(end).is_some()
        {
            break;
        }
        end += 1;
    }
    end
}

fn voice(frame: &Frame<'_>, first: usize, end: usize, by: &str) -> Option<Voice> {
    if end <= first {
        return None;
    }
    let text = frame.text(first, end).trim().to_owned();
    let entity =
        frame.mentions.iter().filter(|m| first <= m.first && m.first < end).find_map(|m| {
            match m.named {
                Named::Entity(id, _) => Some(id),
                Named::Place(_) => None,
            }
        });
    let pronoun = first + 1 == end && is(frame.tokens, first, Word::Speaker);
    (!text.is_empty() && !pronoun).then(|| Slot {
        value: (text, entity),
        span: frame.tokens.span(first, end),
        by: by.to_owned(),
    })
}
