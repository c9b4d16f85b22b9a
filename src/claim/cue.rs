//! Cues looked for around a number: its noun, what governs it, what follows it, what stands near.

use crate::claim::Slot;
use crate::claim::frame::{Frame, Named, Spot};
use crate::claim::lexicon::{Word, is};
use crate::quantity::{Quantity, WordClass, is_class, is_person, singular};
use crate::reference::{Cue, EntityKind, Indicator, MeasureId, NameForm};
use crate::segment::{Kind, Phrases};
use crate::text::{Prose, Span};

/// What a number is about, and in which series, if the words say that too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct About {
    pub(crate) indicator: Indicator,
    pub(crate) measure: Option<MeasureId>,
    /// Whether the cue speaks only of the ill.
    pub(crate) of_disease: bool,
    /// The row that says so, by its index among those of the catalog.
    row: Option<usize>,
}

impl About {
    pub(crate) fn only(indicator: Indicator) -> Self {
        Self { indicator, measure: None, of_disease: false, row: None }
    }
}

/// A number in its sentence, and the cues that may speak of it.
pub(crate) struct Look<'f, 'a> {
    pub(crate) frame: &'f Frame<'a>,
    pub(crate) quantity: &'f Quantity,
    pub(crate) spot: Spot,
    /// Whether people are counted, named or meant.
    pub(crate) people: bool,
}

impl<'f, 'a> Look<'f, 'a> {
    pub(crate) fn new(frame: &'f Frame<'a>, q: usize) -> Self {
        let (quantity, spot) = (&frame.quantities[q], frame.spots[q]);
        let people = match &quantity.noun {
            Some(noun) => {
                noun.singular.is_empty() || is_person(&noun.singular) || is_people(frame, spot)
            }
            None => true,
        };
        // Nobody is six and eight tenths people.
        let people = people && quantity.lower.is_integer();
        Self { frame, quantity, spot, people }
    }

    /// The counted noun in the singular; empty where there is none.
    pub(crate) fn noun(&self) -> &'f str {
        self.quantity.noun.as_ref().map_or("", |noun| noun.singular.as_str())
    }

    /// The same number, as if people were meant.
    pub(crate) fn of_people(&self) -> Self {
        Self { people: true, ..*self }
    }

    /// Whether the number stands without a noun, or with one that is only meant.
    pub(crate) fn is_bare(&self) -> bool {
        self.quantity.noun.as_ref().is_none_or(|noun| noun.phrase.is_empty())
    }

    /// Whether the words of a cue hold one of the class.
    pub(crate) fn has(&self, words: Span<Prose>, class: Word) -> bool {
        let tokens = self.frame.tokens;
        let (first, end) = (tokens.at_or_after(words.start()), tokens.at_or_after(words.end()));
        (first..end).any(|k| is(tokens, k, class))
    }

    /// Whether the sentence names a cause of death that is no illness.
    pub(crate) fn is_of_another_cause(&self) -> bool {
        let tokens = self.frame.tokens;
        (0..tokens.len()).any(|k| is(tokens, k, Word::OtherCause))
    }

    /// What the first of the cues that speaks of such a number says.
    fn fit(&self, cues: &[Cue]) -> Option<About> {
        let counted = (self.quantity, self.people);
        let names_state = || self.frame.names_state();
        let cue = cues.iter().find(|cue| cue.fits(counted, self.frame.tokens, names_state))?;
        let Cue { indicator, measure, row, .. } = cue;
        let of_disease = cue.is_of_disease();
        Some(About { indicator: *indicator, measure: *measure, of_disease, row: Some(*row) })
    }

    fn slot(&self, first: usize, end: usize, about: About, by: &str) -> Slot<About> {
        let span = self.frame.tokens.span(first, end);
        let row = self.row_of(about);
        Slot { value: about, span, by: format!("{by} {:?}{row}", self.frame.text(first, end)) }
    }

    /// The place of the row that says so, as it stands behind the words.
    fn row_of(&self, about: About) -> String {
        let row = about.row.and_then(|row| self.frame.catalog.cue_rows().get(row));
        row.map_or_else(String::new, |row| format!(", {}", row.place))
    }

    /// The counted noun itself.
    pub(crate) fn head(&self) -> Option<Slot<About>> {
        // A `41-gun salute` is no gun, and a `70,000-seat stadium` no vote.
        let joined = self.frame.tokens.is_sign(self.spot.end, '-');
        let thing = |i: Indicator| matches!(i, Indicator::Equipment | Indicator::Votes);
        let slot = self.head_phrase().or_else(|| self.head_called(self.noun()));
        slot.filter(|slot| !joined || !thing(slot.value.indicator))
    }

    /// The counted noun with the words before it that make another thing of it: `battalion
    /// tactical groups`.
    fn head_phrase(&self) -> Option<Slot<About>> {
        let (tokens, heads) = (self.frame.tokens, &self.frame.catalog.cues().heads);
        let last = self.spot.behind.checked_sub(1)?;
        (self.spot.end..last).find_map(|first| {
            let mut name = String::new();
            for k in first..last {
                name.push_str(tokens.word(k));
                name.push(if tokens.is_sign(k, '-') { '-' } else { ' ' });
            }
            name.push_str(self.noun());
            let about = self.fit(heads.get(&name)?)?;
            let by = format!("counts {name:?}{}", self.row_of(about));
            Some(Slot { value: about, span: tokens.span(first, last + 1), by })
        })
    }

    /// A noun as if it were the counted one.
    pub(crate) fn head_called(&self, noun: &str) -> Option<Slot<About>> {
        let heads = &self.frame.catalog.cues().heads;
        let last = noun.rsplit(' ').next().filter(|last| *last != noun);
        let known = heads.get(noun).or_else(|| heads.get(last?));
        let about = self.fit(known?)?;
        let span = self.frame.tokens.span(self.spot.end, self.spot.behind);
        let by = format!("counts {noun:?}{}", self.row_of(about));
        Some(Slot { value: about, span, by })
    }

    /// The counted noun as a weapon that is fired: attacks; else it is equipment.
    pub(crate) fn fired(&self) -> Option<Slot<About>> {
        let about = self.fit(self.frame.catalog.cues().fired.get(self.noun())?)?;
        let verb = self.word_near(Word::Fires, 7, 6)?;
        let span = self.frame.tokens.span(verb, verb + 1);
        Some(Slot { value: about, span, by: "a weapon that is fired".to_owned() })
    }

    /// The first word of a class within so many tokens before the number or behind its phrase.
    pub(crate) fn word_near(&self, class: Word, before: usize, behind: usize) -> Option<usize> {
        let spot = self.spot;
        let near = (spot.first.saturating_sub(before)..spot.first)
            .chain(spot.behind..spot.behind + behind);
        near.into_iter().find(|k| is(self.frame.tokens, *k, class))
    }

    /// Whether a country is named at the token.
    pub(crate) fn is_state_at(&self, at: usize) -> bool {
        is_country(self.frame, at)
    }

    /// Whether a word of a class stands within so many tokens, the noun phrase included.
    pub(crate) fn has_around(&self, class: Word, reach: usize) -> bool {
        let spot = self.spot;
        let mut around = spot.first.saturating_sub(reach)..spot.behind + reach;
        around.any(|k| is(self.frame.tokens, k, class))
    }

    /// A cue behind the noun phrase: `40 people [were] killed`, `20 civilians dead`.
    pub(crate) fn right(&self) -> Option<Slot<About>> {
        let (frame, tokens) = (self.frame, self.frame.tokens);
        let cues = &frame.catalog.cues().right;
        let mut at = self.spot.end;
        let mut steps = 0;
        while at < tokens.len() && steps < 9 {
            if at >= self.spot.behind
                && tokens.word(at) == "left"
                && is_country(frame, at + 1)
                && (self.noun() == "person" || is_people(frame, self.spot))
            {
                let about = About::only(Indicator::Refugees);
                return Some(self.slot(at, at + 2, about, "is followed by"));
            }
            if (at >= self.spot.behind || is_class(tokens.word(at), WordClass::State))
                && let Some((end, found)) = cues.at(tokens, at)
                && let Some(about) = self.fit(found)
            {
                let abroad = tokens.word(at) == "fled" && is_country(frame, at + 1);
                let about = if abroad { About::only(Indicator::Refugees) } else { about };
                return Some(self.slot(at, end, about, "is followed by"));
            }
            if at < self.spot.behind {
                at += 1;
                continue;
            }
            at = if let Some(jump) = self.parenthesis(at) {
                jump
            } else if self.may_stand_between(at) {
                at + 1
            } else {
                return None;
            };
            steps += 1;
        }
        None
    }

    /// Whether the token may stand between a noun and its verb: `40 people in Kabul have been
    /// killed`.
    fn may_stand_between(&self, at: usize) -> bool {
        let (frame, tokens) = (self.frame, self.frame.tokens);
        let people = |at: usize| {
            let word = tokens.word(at);
            !is_class(word, WordClass::State) && is_person(&singular(word))
        };
        let named = |at: usize| frame.mention_at(at).is_some();
        let joins = tokens.word(at) == "and" && (people(at + 1) || named(at + 1));
        frame.is_light(at)
            || joins
            || people(at)
            || is(tokens, at, Word::PlaceLead)
            || named(at)
            || at > 0 && is(tokens, at - 1, Word::PlaceLead) && tokens.kind(at) == Some(Kind::Word)
    }

    /// `including 11 children`, `, most of them women,`: what may stand between the noun and its
    /// verb; the token behind it.
    fn parenthesis(&self, at: usize) -> Option<usize> {
        let (frame, tokens) = (self.frame, self.frame.tokens);
        let comma = usize::from(tokens.is_sign(at, ','));
        let word = tokens.word(at + comma);
        if word == "including" || word == "among" && tokens.word(at + comma + 1) == "them" {
            let mut end = at + comma + 1;
            while end < tokens.len()
                && !tokens.is_sign(end, ',')
                && !is(tokens, end, Word::Finite)
                && !frame.breaks(end)
            {
                let right = &frame.catalog.cues().right;
                if right.at(tokens, end).is_some() && tokens.word(end) != "dead" {
                    return Some(end);
                }
                end += 1;
            }
            return Some(end + usize::from(tokens.is_sign(end, ',')));
        }
        if comma == 1 {
            let close = (at + 1..at + 14).find(|k| tokens.is_sign(*k, ','))?;
            return is(tokens, close + 1, Word::Finite).then_some(close + 1);
        }
        None
    }

    /// A cue before the number: `killing 40`, `the death toll rose to 40`; over other numbers
    /// joined by commas and `and`.
    pub(crate) fn left(&self) -> Option<Slot<About>> {
        let (frame, tokens) = (self.frame, self.frame.tokens);
        let cues = &frame.catalog.cues().left;
        let mut at = self.spot.hedge;
        let mut steps = 0;
        while at > 0 && steps < 16 {
            if let Some((first, found)) = cues.before(tokens, at)
                && let Some(about) = self.fit(found)
            {
                return Some(self.slot(first, at, about, "is governed by"));
            }
            at -= 1;
            steps += 1;
            let barred = is(tokens, at, Word::Barrier) && frame.quantity_at(at).is_none();
            if frame.breaks(at) || barred {
                return None;
            }
        }
        None
    }

    /// What is reckoned up before a verb of reaching: `the number of people killed by the storm has
    /// risen to 40`.
    pub(crate) fn tallied(&self) -> Option<Slot<About>> {
        const REACH: usize = 20;
        let (frame, tokens) = (self.frame, self.frame.tokens);
        // `exceeded` and its like belong to the number's hedge.
        let from = self.spot.hedge.saturating_sub(1);
        let verb = (from..self.spot.first).find(|k| is(tokens, *k, Word::Reaches))?;
        let tally = (verb.saturating_sub(REACH)..verb)
            .rev()
            .take_while(|k| !frame.breaks(*k))
            .find(|k| is(tokens, *k, Word::Tally))?;
        let right = &frame.catalog.cues().right;
        let state =
            |k: usize| right.at(tokens, k).and_then(|(end, found)| Some((end, self.fit(found)?)));
        let noun = |k: usize| {
            let one = singular(tokens.word(k));
            let cues = &frame.catalog.cues().heads;
            let about = cues.get(&one).and_then(|found| self.fit(found));
            Some((k + 1, about?))
        };
        // `the case count`, `the number of cases`, `the number of people killed`.
        (tally.saturating_sub(1)..verb).find_map(|k| {
            let (end, about) = state(k).or_else(|| noun(k))?;
            Some(self.slot(k, end, about, "is the number of"))
        })
    }

    /// The nearest cue within `reach` tokens of the number in its clause; behind it before before
    /// it.
    pub(crate) fn near(&self, reach: usize) -> Option<Slot<About>> {
        self.nearest(&self.frame.catalog.cues().near, reach)
    }

    /// The same for cues that as a rule follow: `three times as many were displaced`.
    pub(crate) fn near_state(&self, reach: usize) -> Option<Slot<About>> {
        self.nearest(&self.frame.catalog.cues().right, reach)
    }

    fn nearest(&self, cues: &Phrases<Vec<Cue>>, reach: usize) -> Option<Slot<About>> {
        let (frame, tokens, spot) = (self.frame, self.frame.tokens, self.spot);
        let at = |k: usize| {
            let (end, found) = cues.at(tokens, k)?;
            Some((k, end, self.fit(found)?))
        };
        let behind = (spot.end..(spot.end + reach).min(tokens.len()))
            .take_while(|k| !frame.breaks(*k))
            .find_map(at);
        // Of phrases that end alike the longest: `house prices`, not `prices`.
        let ending = |k: usize| {
            let (first, found) = cues.before(tokens, k + 1)?;
            Some((first, k + 1, self.fit(found)?))
        };
        let before = (spot.hedge.saturating_sub(reach)..spot.hedge)
            .rev()
            .take_while(|k| !frame.breaks(*k))
            .find_map(|k| ending(k).or_else(|| at(k)));
        let (first, end, about) = match (behind, before) {
            (Some(b), Some(a)) if spot.hedge + 2 < b.0 - spot.end + a.1.min(spot.hedge) => a,
            (Some(b), _) => b,
            (None, a) => a?,
        };
        Some(self.slot(first, end, about, "stands near"))
    }

    /// A cue of a row that asks for the number's unit by name, wherever its role lets it stand.
    pub(crate) fn by_unit(&self) -> Option<Slot<About>> {
        const REACH: usize = 10;
        let unit = self.quantity.unit.as_deref()?;
        if !self.frame.catalog.cues().ask_for(unit) {
            return None;
        }
        self.head().or_else(|| self.right()).or_else(|| self.left()).or_else(|| self.near(REACH))
    }
}

/// Whether the counted noun is a people's name: `two Britons`, `11.6 million Ukrainians`.
fn is_people(frame: &Frame<'_>, spot: Spot) -> bool {
    let head = spot.behind.saturating_sub(1);
    head >= spot.end
        && frame
            .mention_at(head)
            .is_some_and(|m| matches!(m.named, Named::Entity(_, form) if form != NameForm::Agent))
}

fn is_country(frame: &Frame<'_>, at: usize) -> bool {
    frame.mention_at(at).is_some_and(|mention| match mention.named {
        Named::Entity(id, NameForm::Name) => frame.catalog.entity(id).kind == EntityKind::Country,
        _ => false,
    })
}
