//! The reader: walks the tokens of a sentence once and says what each number measures.

use crate::number::Decimal;
use crate::quantity::counted::{counted, written};
use crate::quantity::gate::starts_number;
use crate::quantity::hedge::{self, Hedge};
use crate::quantity::lexicon::{WordClass, is_before};
use crate::quantity::piece::{Money, Piece};
use crate::quantity::{
    Kind, Noun, Quantity, age, excluded, idiom, indefinite, multiple, pairs, range, share,
};
use crate::segment::{Kind as TokenKind, Tokens};
use crate::text::{Prose, Span};
use std::borrow::Cow;

/// What the reader must know about the article.
#[derive(Debug, Clone, Copy)]
pub struct Context {
    /// The currency of a bare `$`.
    pub dollar: &'static str,
    /// Whether the sentence is a headline, or set like one.
    pub headline: bool,
}

impl Default for Context {
    fn default() -> Self {
        Self { dollar: "USD", headline: false }
    }
}

/// The quantities of the sentence in `tokens`, in order.
pub fn quantities(prose: &str, tokens: &Tokens, context: Context) -> Vec<Quantity> {
    let mut found = Vec::new();
    let title_case = context.headline || is_title_case(tokens);
    let mut reader = Reader { prose, tokens, context, title_case, done: 0 };
    let mut i = 0;
    while i < tokens.len() {
        let mut end = i;
        if starts_number(tokens, i) {
            let step = reader.at(i);
            end = step.end;
            if let Some(quantity) = step.found {
                reader.done = end;
                found.push(quantity);
            }
        }
        i = end.max(i + 1);
    }
    pairs::share(prose, tokens, &mut found);
    found
}

/// Whether most words are capital, as in headlines.
fn is_title_case(tokens: &Tokens) -> bool {
    let (mut words, mut capital) = (0, 0);
    for token in tokens.iter().filter(|t| t.kind == TokenKind::Word && t.span.len() > 3) {
        words += 1;
        capital += usize::from(token.capital);
    }
    words > 2 && capital * 3 > words * 2
}

/// What the reader found at one place, and where it goes on.
struct Step {
    found: Option<Quantity>,
    end: usize,
}

impl Step {
    /// Nothing that claims anything up to token `end`.
    fn skip(end: usize) -> Self {
        Self { found: None, end }
    }
}

/// The words that bound a number, and where they stand.
struct Bound {
    hedge: Hedge,
    span: Option<Span<Prose>>,
    /// The token behind them, where they follow the number.
    behind: Option<usize>,
    /// Their first token, where they precede it.
    before: Option<usize>,
}

/// Whether the words behind a number bound it more than the hedge before: `about 500 or more` is
/// at least 500.
fn is_bounded(before: Hedge, after: &dyn Fn() -> Option<(usize, Hedge)>) -> bool {
    before == Hedge::Exact
        || before == Hedge::About
            && after().is_some_and(|(_, hedge)| matches!(hedge, Hedge::AtLeast | Hedge::UpTo))
}

/// The reader at one place of a sentence.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'a> {
    pub(crate) prose: &'a str,
    pub(crate) tokens: &'a Tokens,
    pub(crate) context: Context,
    pub(crate) title_case: bool,
    /// The token behind the last quantity found.
    pub(crate) done: usize,
}

impl Reader<'_> {
    fn at(&self, i: usize) -> Step {
        let tokens = self.tokens;
        if let Some((low, high, first, end)) = age::decade(tokens, i) {
            let bound = Bound { hedge: Hedge::Range, span: None, behind: None, before: None };
            return Step {
                found: Some(self.quantity(&Piece::ages(low, high, first, end), &bound)),
                end,
            };
        }
        if let Some(end) = idiom::around(tokens, i) {
            return Step::skip(end);
        }
        if let Some((value, end)) = multiple::word(tokens, i) {
            return self.finish(Piece::ratio(i, end, value));
        }
        let article = || indefinite::length(tokens, i).or_else(|| self.article_compound(i));
        let part = || share::part_of_unit(tokens, i);
        if let Some(piece) = article().or_else(part).or_else(|| self.proportion(i)) {
            return self.finish(piece);
        }
        if let Some(end) = excluded::end(tokens, self.prose, i, self.title_case) {
            return Step::skip(end);
        }
        match self.piece(i, Money::Unsaid) {
            Some(piece) if self.stands(&piece) => self.finish(piece),
            Some(piece) => Step::skip(piece.end),
            None => Step::skip(i + 1),
        }
    }

    /// Ranges, hedges and the counted noun around a piece.
    fn finish(&self, piece: Piece) -> Step {
        let joined = range::range(self, &piece);
        let ranged = joined.is_some();
        let piece = joined.unwrap_or(piece);
        let bound = self.bound(&piece, ranged);
        Step { end: piece.end, found: Some(self.quantity(&piece, &bound)) }
    }

    /// The hedge around a piece: a range is one itself, words before it count before words behind
    /// it, and a vague word stays vague under any.
    fn bound(&self, piece: &Piece, ranged: bool) -> Bound {
        let tokens = self.tokens;
        let before = self.hedge_before(piece);
        let at = before.map(|(at, _)| at);
        let span = at.map(|at| tokens.span(at, piece.first));
        if ranged {
            return Bound { hedge: Hedge::Range, span, behind: None, before: at };
        }
        let vague = piece.is_vague().then_some(Hedge::Vague);
        let after = || self.hedge_after(piece);
        match before {
            Some((_, hedge)) if !is_bounded(hedge, &after) => {
                Bound { hedge: vague.unwrap_or(hedge), span, behind: None, before: at }
            }
            _ => match after() {
                Some((end, hedge)) => Bound {
                    hedge: vague.unwrap_or(hedge),
                    span: Some(tokens.span(piece.end, end)),
                    behind: Some(end),
                    before: at,
                },
                None => {
                    Bound { hedge: vague.unwrap_or(Hedge::Exact), span, behind: None, before: at }
                }
            },
        }
    }

    /// The hedge before a piece. `taught over two years`, `over the weekend`: `over` a time is
    /// mostly during it.
    fn hedge_before(&self, piece: &Piece) -> Option<(usize, Hedge)> {
        let tokens = self.tokens;
        let (at, hedge) = hedge::before(tokens, piece.first)?;
        let during = piece.kind == Kind::Duration
            && at + 1 == piece.first
            && tokens.word(at) == "over"
            && !is_before(tokens, at, 1, WordClass::OverLead);
        (at >= self.done && !during).then_some((at, hedge))
    }

    /// The hedge behind a piece, its unit, or the noun it counts: `40+`, `40 years or more`, `40
    /// people at most`.
    fn hedge_after(&self, piece: &Piece) -> Option<(usize, Hedge)> {
        let tokens = self.tokens;
        let unit =
            || if piece.behind > piece.end { hedge::after(tokens, piece.behind) } else { None };
        if let Some(found) = hedge::after(tokens, piece.end).or_else(unit) {
            return Some(found);
        }
        if piece.kind != Kind::Count {
            return None;
        }
        let noun = written(tokens, piece.end, false)?;
        let end = tokens.at_or_after(noun.phrase.end());
        let joined = end > piece.end && matches!(tokens.word(end), "or" | "at" | "and");
        if joined { hedge::after(tokens, end).map(|(_, hedge)| (piece.end, hedge)) } else { None }
    }

    /// What the piece counts, or the unit as it is written.
    fn noun(&self, piece: &Piece, from: usize) -> Option<Noun> {
        let tokens = self.tokens;
        if piece.kind != Kind::Count {
            let phrase = tokens.span(piece.behind.saturating_sub(1).max(piece.first), piece.behind);
            return piece.noun.clone().map(|singular| Noun { singular, phrase });
        }
        let one = piece.high.value == Decimal::ONE;
        let counted = counted(tokens, piece.first, from, one).map(|n| n.noun(tokens));
        counted.or_else(|| self.people_meant(piece))
    }

    /// `Thousands marched`, `Millions are without power`: a vague plural that does something.
    fn people_meant(&self, piece: &Piece) -> Option<Noun> {
        let tokens = self.tokens;
        let verb = !matches!(tokens.word(piece.end), "" | "of" | "to" | "in");
        let plural = tokens.word(piece.end.saturating_sub(1)).ends_with('s');
        let phrase = tokens.span(piece.end, piece.end);
        (piece.is_vague() && plural && verb).then(|| Noun { singular: "person".to_owned(), phrase })
    }

    fn quantity(&self, piece: &Piece, bound: &Bound) -> Quantity {
        let tokens = self.tokens;
        let span = tokens.span(piece.first, piece.end);
        let noun = self.noun(piece, bound.behind.unwrap_or(piece.end));
        let unit = match piece.kind {
            Kind::Count => noun.as_ref().map(|n| Cow::Owned(n.singular.clone())),
            _ => piece.unit.clone(),
        };
        let mut phrase = span.to(tokens.span(piece.first, piece.behind.max(piece.end)));
        if let Some(noun) = noun.as_ref().filter(|n| !n.phrase.is_empty()) {
            phrase = phrase.to(noun.phrase);
        }
        if let Some(at) = bound.before {
            phrase = tokens.span(at, at + 1).to(phrase);
        }
        let ordered = piece.low.value <= piece.high.value;
        let (low, high) = if ordered { (piece.low, piece.high) } else { (piece.high, piece.low) };
        Quantity {
            span,
            phrase,
            lower: low.value.normalize(),
            upper: high.value.normalize(),
            steps: (low.step, high.step),
            reversed: !ordered,
            hedge: bound.hedge,
            hedge_span: bound.span,
            kind: piece.kind,
            unit,
            noun,
            other: piece.numeral.other,
        }
    }
}
