//! A sentence, and the one behind it in its paragraph, laid out as words and numbers: what the
//! patterns of relations are held against.

use crate::compare::arithmetic::moment::{Moment, moment_at};
use crate::compare::arithmetic::sentence::Indexed;
use crate::quantity::{Kind as Measure, Quantity};
use crate::segment::{Kind, Tokens};

/// One step of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Item<'t> {
    /// A word in lower case, digits that are no quantity, or a possessive.
    Word(&'t str),
    /// A word with a capital inside a sentence, in lower case: part of a name, as in `Central
    /// Falls`.
    Name(&'t str),
    /// A sign.
    Sign(char),
    /// A quantity with its hedge and its noun, by its place among the line's claims.
    Number(usize),
    /// A date with its year, by its place among the line's moments.
    Date(usize),
    /// The end of the first sentence; whether the next one with numbers follows at once.
    Stop(bool),
}

/// What becomes of the dates of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dates {
    AreWords,
    AreItems,
}

/// One sentence or two.
#[derive(Debug)]
pub(crate) struct Line<'t, 'a> {
    pub(crate) prose: &'a str,
    pub(crate) items: Vec<Item<'t>>,
    pub(crate) claims: Vec<Indexed<'a>>,
    /// Its dates, if it was laid out with them.
    pub(crate) moments: Vec<Moment>,
    /// How many of the items are the first sentence's.
    pub(crate) first: usize,
}

impl<'t, 'a> Line<'t, 'a> {
    pub(crate) fn new(
        prose: &'a str,
        (claims, tokens): (&[Indexed<'a>], &'t Tokens),
        next: Option<(&[Indexed<'a>], &'t Tokens)>,
    ) -> Self {
        let mut line = Self::empty(prose);
        line.claims.extend_from_slice(claims);
        line.lay(tokens, 0, Dates::AreWords);
        line.first = line.items.len();
        if let Some((behind, tokens)) = next
            && let Some(gap) = line.gap(behind)
            && !gap.contains('\n')
        {
            line.items.push(Item::Stop(gap.trim().is_empty()));
            let known = line.claims.len();
            line.claims.extend_from_slice(behind);
            line.lay(tokens, known, Dates::AreWords);
        }
        line
    }

    /// A sentence with its dates, and the one behind it in its paragraph, with or without numbers.
    pub(crate) fn dated(
        prose: &'a str,
        (claims, tokens): (&[Indexed<'a>], &'t Tokens),
        next: Option<(&[Indexed<'a>], &'t Tokens)>,
    ) -> Self {
        let mut line = Self::empty(prose);
        line.claims.extend_from_slice(claims);
        line.lay(tokens, 0, Dates::AreItems);
        line.first = line.items.len();
        if let Some((behind, tokens)) = next {
            line.items.push(Item::Stop(true));
            line.claims.extend_from_slice(behind);
            line.lay(tokens, claims.len(), Dates::AreItems);
        }
        line
    }

    fn empty(prose: &'a str) -> Self {
        Self { prose, items: Vec::new(), claims: Vec::new(), moments: Vec::new(), first: 0 }
    }

    /// The text between the line's sentence and the next one with numbers.
    fn gap(&self, behind: &[Indexed<'a>]) -> Option<&'a str> {
        let end = self.claims.last()?.1.sentence.end();
        self.prose.get(end..behind.first()?.1.sentence.start())
    }

    /// Adds the items of a sentence whose numbers are the line's claims from `from` on.
    fn lay(&mut self, tokens: &'t Tokens, from: usize, dates: Dates) {
        let mut next = from;
        let mut i = 0;
        while let Some(token) = tokens.get(i) {
            if let Some(end) = self.number_at(tokens, next, i) {
                self.items.push(Item::Number(next));
                next += 1;
                i = end.max(i + 1);
                continue;
            }
            let moment = (dates == Dates::AreItems).then(|| moment_at(tokens, i)).flatten();
            if let Some((moment, end)) = moment {
                self.items.push(Item::Date(self.moments.len()));
                self.moments.push(moment);
                i = end.max(i + 1);
                continue;
            }
            self.items.push(match token.kind {
                Kind::Sign(sign) => Item::Sign(sign),
                Kind::Possessive => Item::Word("'s"),
                Kind::Word if token.capital && i > 0 => Item::Name(tokens.lower(i)),
                Kind::Word | Kind::Digits => Item::Word(tokens.lower(i)),
            });
            i += 1;
        }
    }

    /// The token behind the number that starts at token `i` with its hedge.
    fn number_at(&self, tokens: &Tokens, number: usize, i: usize) -> Option<usize> {
        let quantity = self.quantity(number)?;
        let first = tokens.at_or_after(quantity.span.start());
        let opens = tokens.at_or_after(quantity.phrase.start()).min(first);
        if i < opens {
            return None;
        }
        let end = tokens.at_or_after(quantity.span.end()).max(first + 1);
        let behind = tokens.at_or_after(quantity.phrase.end()).max(end);
        // `three of the six soldiers`: the noun stands behind the next number.
        let next = self.quantity(number + 1).map(|q| tokens.at_or_after(q.phrase.start()));
        let shared = next.is_some_and(|next| next < behind && next >= end);
        Some(if shared { end } else { behind })
    }

    pub(crate) fn quantity(&self, number: usize) -> Option<&'a Quantity> {
        self.claims.get(number).map(|(_, claim)| &claim.quantity)
    }

    /// The item's word, empty where it is none or part of a name.
    pub(crate) fn word(&self, at: usize) -> &'t str {
        match self.items.get(at) {
            Some(Item::Word(word)) => word,
            _ => "",
        }
    }

    /// Whether the number is tied to a word behind it (`15-member`) or to a number beside it
    /// (`five 787 jets`), so that it does not count by itself.
    pub(crate) fn is_tied(&self, number: usize) -> bool {
        let Some(own) = self.quantity(number) else { return true };
        let behind = self.prose.get(own.span.end()..).unwrap_or_default();
        let touches = |a: &Quantity, b: &Quantity| {
            let between = self.prose.get(a.span.end()..b.span.start());
            between.is_some_and(|gap| gap.trim().is_empty())
        };
        let before = number.checked_sub(1).and_then(|at| self.quantity(at));
        let next = self.quantity(number + 1);
        own.kind == Measure::Count && behind.starts_with(['-', '‑'])
            || before.is_some_and(|before| before.kind == Measure::Count && touches(before, own))
            || own.kind == Measure::Count && next.is_some_and(|next| touches(own, next))
    }

    /// The number's own text.
    pub(crate) fn text(&self, number: usize) -> &'a str {
        self.quantity(number).map_or("", |q| q.span.of(self.prose))
    }

    /// The number's text with its hedge, on one line.
    pub(crate) fn words(&self, number: usize) -> String {
        let Some(quantity) = self.quantity(number) else { return String::new() };
        let start = quantity.phrase.start().min(quantity.span.start());
        let text = self.prose.get(start..quantity.span.end()).unwrap_or_default();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}
