//! What the numbers of an article say of each other, reckoned: relations that hold, and relations
//! that no reading makes hold.

use crate::claim::{Claim, Modality};
use crate::compare::arithmetic::line::{Item, Line};
use crate::compare::arithmetic::pattern::{BOOK, Match, Role, Sort, is_in};
use crate::compare::arithmetic::sentence::Indexed;
use crate::compare::arithmetic::{allowed, change, list, rate, share, spread, total};
use crate::quantity::{Hedge, Interval, Quantity};
use crate::segment::Tokens;
use crate::text::{Prose, Span};

/// What is wrong where a relation does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Misfit {
    /// Parts that are more than their total.
    Excess,
    /// Parts that make another total.
    Sum,
    /// Another percentage.
    Percent,
    /// Another fraction.
    Fraction,
    /// Another change, or one the other way.
    Change,
    /// Percent where percentage points are meant.
    Points,
    /// Total, count and average that do not fit.
    Ratio,
    /// Shares that are more than their whole.
    Whole,
    /// A percentage that no whole number gives.
    Impossible,
    /// An average outside of what it is an average of.
    Average,
    /// A range whose ends are the wrong way round.
    Reversed,
    /// A count that is not that of the names behind it.
    List,
}

/// A calculation that the text asks for. Claims are given by their indices in the review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// What is wrong if it does not hold.
    pub misfit: Misfit,
    /// The claim that the others give.
    pub claim: usize,
    /// The others, and what they are.
    pub beside: Vec<(usize, &'static str)>,
    /// The calculation in signs: `48 ÷ 120 = 40%, not 45%`.
    pub text: String,
    /// Whether it holds under some reading.
    pub holds: bool,
    /// Whether the claim is a total, a difference or a percentage, and the others give it.
    pub recomputes: bool,
}

impl Relation {
    /// Gives the claims the indices that lie `by` further on.
    pub fn shift(&mut self, by: usize) {
        self.claim += by;
        for (index, _) in &mut self.beside {
            *index += by;
        }
    }
}

/// The relations between the claims of an article, which are given in text order with their
/// indices in the review. Of two readings of one claim, the one that holds counts.
pub fn relations(prose: &str, claims: &[(usize, &Claim)]) -> Vec<Relation> {
    let groups: Vec<&[Indexed<'_>]> =
        claims.chunk_by(|(_, a), (_, b)| a.sentence.start() == b.sentence.start()).collect();
    let tokens: Vec<Tokens> = groups.iter().map(|group| tokens(prose, group)).collect();
    let mut found: Vec<Relation> = Vec::new();
    for (at, (group, own)) in groups.iter().zip(&tokens).enumerate() {
        let next = groups.get(at + 1).copied().zip(tokens.get(at + 1));
        let line = Line::new(prose, (group, own), next);
        for indexed in *group {
            found.extend(spread::reversed(prose, *indexed));
            found.extend(list::listed(prose, *indexed));
        }
        for (_, fits) in BOOK.matches(&line) {
            found.extend(reckoned(&line, &fits));
        }
    }
    // Fewer parts always fit, which says nothing of all of them.
    let settles = |known: &&Relation| known.holds && known.misfit != Misfit::Excess;
    let held: Vec<(Misfit, usize)> =
        found.iter().filter(settles).map(|known| (known.misfit, known.claim)).collect();
    found.retain(|known| known.holds || !held.contains(&(known.misfit, known.claim)));
    found.sort_by_key(|known| (known.claim, known.misfit, known.holds));
    found.dedup_by_key(|known| (known.claim, known.misfit));
    found
}

pub(crate) fn tokens(prose: &str, group: &[Indexed<'_>]) -> Tokens {
    group.first().map_or_else(Tokens::new, |(_, claim)| tokens_of(prose, claim.sentence))
}

pub(crate) fn tokens_of(prose: &str, sentence: Span<Prose>) -> Tokens {
    let mut tokens = Tokens::new();
    tokens.read(prose, sentence);
    tokens
}

/// The calculation that a match asks for; `None` where its numbers do not fit together.
pub(crate) fn reckoned(line: &Line<'_, '_>, fits: &Match) -> Option<Relation> {
    match fits.sort {
        Sort::Share => share::share(line, fits),
        Sort::Change => change::change(line, fits),
        Sort::Sum | Sort::Sexes => total::sum(line, fits),
        Sort::Excess => total::excess(line, fits),
        Sort::Rate => rate::rate(line, fits),
        Sort::Capita => rate::capita(line, fits),
        Sort::Whole => share::whole(line, fits),
        Sort::Mean => spread::mean(line, fits),
        Sort::Life | Sort::Alive | Sort::Span | Sort::Ago => None,
    }
}

impl<'a> Line<'_, 'a> {
    /// The quantity of a number that says what it says: no vague word, nothing denied, one
    /// reading.
    pub(crate) fn plain(&self, number: usize) -> Option<&'a Quantity> {
        let (_, claim) = self.claims.get(number)?;
        let plain = claim.modality.value != Modality::Denied
            && claim.quantity.hedge != Hedge::Vague
            && claim.quantity.other.is_none()
            && !self.is_tied(number);
        plain.then_some(&claim.quantity)
    }

    /// The quantity in a role of the match.
    pub(crate) fn in_role(&self, fits: &Match, role: Role) -> Option<(usize, &'a Quantity)> {
        let number = fits.role(role)?;
        Some((number, self.plain(number)?))
    }

    /// The index of a number in the review.
    pub(crate) fn index(&self, number: usize) -> usize {
        self.claims.get(number).map_or(0, |(index, _)| *index)
    }

    /// Whether all numbers stand inside a quotation, or all outside.
    pub(crate) fn is_one_voice(&self, numbers: &[usize]) -> bool {
        let quoted = |number: &usize| self.claims.get(*number).map(|(_, claim)| claim.quoted);
        numbers.windows(2).all(|pair| match pair {
            [a, b] => quoted(a) == quoted(b),
            _ => true,
        })
    }

    /// Whether a word of the items from `start` to `end` belongs to the class.
    pub(crate) fn has(&self, start: usize, end: usize, class: &str) -> bool {
        (start..end).any(|at| match self.items.get(at) {
            Some(Item::Word(word) | Item::Name(word)) => is_in(word, class),
            _ => false,
        })
    }
}

/// The values a number may have.
pub(crate) fn bounds(quantity: &Quantity) -> Interval {
    allowed(quantity)
}
