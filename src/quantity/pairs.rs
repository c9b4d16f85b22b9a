//! What neighbouring numbers lend each other: `from 41 to 53 cases`, `6 and 8 days`, `about 100
//! miles (160km)`.

use crate::quantity::hedge::Hedge;
use crate::quantity::lexicon::{WordClass, is};
use crate::quantity::{Kind, Noun, Quantity};
use crate::segment::Tokens;
use crate::text::{Prose, Span};
use std::borrow::Cow;

/// Gives numbers without a unit the one of the number they are joined to, and conversions in
/// brackets the hedge of what they convert.
pub(crate) fn share(prose: &str, tokens: &Tokens, found: &mut [Quantity]) {
    for i in (1..found.len()).rev() {
        let (left, right) = found.split_at_mut(i);
        let (Some(a), Some(b)) = (left.last_mut(), right.first_mut()) else { continue };
        let between = Span::<Prose>::new(a.span.end(), b.span.start()).of(prose);
        if is_joint(between) && is_bare(a) && !is_bare(b) && b.kind != Kind::Age {
            lend(b, a);
        }
    }
    for i in 1..found.len() {
        let (left, right) = found.split_at_mut(i);
        let (Some(a), Some(b)) = (left.last_mut(), right.first_mut()) else { continue };
        let gap = Span::<Prose>::new(a.phrase.end(), b.span.start());
        let between = gap.of(prose);
        if is_bare(b) && !is_bare(a) && is_step(between) {
            lend(a, b);
        }
        let converts = between.trim_start().starts_with('(') && between.trim().len() <= 2;
        if converts && b.hedge == Hedge::Exact && measured(a.kind) && measured(b.kind) && b.hedge_span.is_none() {
            let passes = !matches!(a.hedge, Hedge::Range | Hedge::Vague);
            b.hedge = if passes { a.hedge } else { b.hedge };
        }
    }
    for i in 0..found.len() {
        let (left, right) = found.split_at_mut(i);
        let Some(b) = right.first_mut() else { continue };
        if b.kind != Kind::Count || b.noun.is_some() || b.hedge == Hedge::Vague {
            continue;
        }
        let named = |q: &&Quantity| q.kind == Kind::Count && q.noun.is_some();
        if let Some(a) = left.iter().rev().find(named) {
            lend(a, b);
        } else if acts(tokens, b) {
            b.unit = Some(Cow::Borrowed("person"));
            let phrase = Span::new(b.span.end(), b.span.end());
            b.noun = Some(Noun { singular: "person".to_owned(), phrase });
        }
    }
}

/// Whether a verb of people follows: `143 died`, `24,400 have been moved to safety`.
fn acts(tokens: &Tokens, q: &Quantity) -> bool {
    let at = tokens.at_or_after(q.span.end());
    let auxiliary = is(tokens, at, WordClass::PeopleVerb);
    let verb_at = if auxiliary { at + 1 } else { at };
    let verb = tokens.word(verb_at);
    is(tokens, verb_at, WordClass::Verb) || verb.ends_with("ed") || verb == "been" && tokens.word(at + 2).ends_with("ed")
}

fn measured(kind: Kind) -> bool {
    !matches!(kind, Kind::Count | Kind::Percent | Kind::Age | Kind::Ratio)
}

/// A count without anything it counts.
fn is_bare(q: &Quantity) -> bool {
    q.kind == Kind::Count && q.hedge != Hedge::Vague && q.noun.as_ref().is_none_or(|n| n.phrase.is_empty() && n.singular == "person")
}

/// Words that join two numbers of one thing.
fn is_joint(between: &str) -> bool {
    matches!(between.trim(), "to" | "and" | "or" | "," | "to about" | "to nearly" | "to almost" | "to more than" | "to over" | "to just" | "and about" | "to around" | "to some" | "then" | "to at least" | "from" | "versus" | "to only" | "and then" | "to roughly")
}

/// `300 officers to 180`, `20,000 seats from 12,000`.
fn is_step(between: &str) -> bool {
    matches!(between.trim(), "to" | "from" | "to about" | "to just" | "to nearly" | "to almost" | "to more than" | "to over" | "from about" | "from just" | "from around" | "to around" | "to only" | "compared with" | "compared to" | "up from" | "down from" | ", up from" | ", down from" | "versus" | "against" | "or")
}

fn lend(from: &Quantity, to: &mut Quantity) {
    to.kind = from.kind;
    to.unit.clone_from(&from.unit);
    to.noun = from.noun.clone().map(|mut noun| {
        noun.phrase = Span::new(to.span.end(), to.span.end());
        noun
    });
}
