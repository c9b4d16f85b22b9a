//! What neighbouring numbers lend each other: `from 41 to 53 cases`, `6 and 8 days`, `about 100
//! miles (160km)`.

use crate::quantity::hedge::Hedge;
use crate::quantity::lexicon::{WordClass, is};
use crate::quantity::{Kind, Noun, Quantity};
use crate::segment::{Dictionary, Tokens};
use crate::text::{Prose, Span, parts, rows};
use serde::Deserialize;
use std::borrow::Cow;
use std::sync::LazyLock;

const TABLE: &str = include_str!("joints.csv");

/// Which of two joined numbers lends the other its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Lends {
    /// The second: `6 and 8 days`.
    Back,
    /// The first: `300 officers compared with 180`.
    On,
    /// Whichever has one: `from 41 to 53 cases`.
    Both,
}

#[derive(Debug, Deserialize)]
struct Row {
    words: String,
    lends: Lends,
    #[cfg_attr(not(test), expect(dead_code, reason = "the example runs as a test"))]
    example: String,
}

static JOINTS: LazyLock<Dictionary<Lends>> = LazyLock::new(|| {
    let table = rows::<Row>(TABLE);
    Dictionary::new(table.iter().flat_map(|row| parts(&row.words).map(|words| (words, row.lends))))
});

/// Whether the words between two numbers let one lend the other its unit in this direction.
fn lends(between: &str, direction: Lends) -> bool {
    JOINTS.get(between.trim()).is_some_and(|lends| *lends == direction || *lends == Lends::Both)
}

/// Gives numbers without a unit the one of the number they are joined to, and conversions in
/// brackets the hedge of what they convert.
pub(crate) fn share(prose: &str, tokens: &Tokens, found: &mut [Quantity]) {
    for i in (1..found.len()).rev() {
        let (left, right) = found.split_at_mut(i);
        let (Some(a), Some(b)) = (left.last_mut(), right.first_mut()) else { continue };
        let between = Span::<Prose>::new(a.span.end(), b.span.start()).of(prose);
        if lends(between, Lends::Back) && is_bare(a) && !is_bare(b) && b.kind != Kind::Age {
            lend(b, a);
        }
    }
    for i in 1..found.len() {
        let (left, right) = found.split_at_mut(i);
        let (Some(a), Some(b)) = (left.last_mut(), right.first_mut()) else { continue };
        let gap = Span::<Prose>::new(a.phrase.end(), b.span.start());
        let between = gap.of(prose);
        if is_bare(b) && !is_bare(a) && lends(between, Lends::On) {
            lend(a, b);
        }
        let converts = between.trim_start().starts_with('(') && between.trim().len() <= 2;
        if converts
            && b.hedge == Hedge::Exact
            && measured(a.kind)
            && measured(b.kind)
            && b.hedge_span.is_none()
        {
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
    is(tokens, verb_at, WordClass::Verb)
        || verb.ends_with("ed")
        || verb == "been" && tokens.word(at + 2).ends_with("ed")
}

fn measured(kind: Kind) -> bool {
    !matches!(kind, Kind::Count | Kind::Percent | Kind::Age | Kind::Ratio)
}

/// A count without anything it counts.
fn is_bare(q: &Quantity) -> bool {
    q.kind == Kind::Count
        && q.hedge != Hedge::Vague
        && q.noun.as_ref().is_none_or(|n| n.phrase.is_empty() && n.singular == "person")
}

fn lend(from: &Quantity, to: &mut Quantity) {
    to.kind = from.kind;
    to.unit.clone_from(&from.unit);
    to.noun = from.noun.clone().map(|mut noun| {
        noun.phrase = Span::new(to.span.end(), to.span.end());
        noun
    });
}

#[cfg(test)]
mod tests {
    use super::{Row, TABLE};
    use crate::quantity::test_support::{marked, read_all};
    use crate::text::{rows, rows_written};

    #[test]
    fn joined_numbers_share_a_unit() {
        let table = rows::<Row>(TABLE);
        assert_eq!(table.len(), rows_written(TABLE), "a row does not parse");
        for row in table {
            assert_eq!(marked(&row.example), row.example);
            let found = read_all(&row.example.replace(['[', ']'], ""));
            assert_eq!(found[0].unit, found[1].unit, "{}", row.example);
            assert!(found[0].unit.is_some(), "{}", row.example);
        }
    }
}
