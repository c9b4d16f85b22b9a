//! Numbers that stand but claim nothing: `one` the pronoun, bare `few`, labels such as `the 737
//! line` and `60 Minutes`.

use crate::number::{Decimal, Form};
use crate::quantity::counted::{Counted, counted, written};
use crate::quantity::lexicon::{WordClass, ends_phrase_at, is, is_before, is_class};
use crate::quantity::piece::Piece;
use crate::quantity::reading::Reader;
use crate::quantity::{Hedge, Kind, hedge, range};
use crate::segment::Kind as TokenKind;

impl Reader<'_> {
    /// Whether a bare piece is worth a claim.
    pub(crate) fn stands(&self, piece: &Piece) -> bool {
        let tokens = self.tokens;
        let (first, end) = (piece.numeral.first, piece.numeral.end);
        let torn = !piece.own_unit
            && tokens.touches(piece.end)
            && tokens.kind(piece.end) == Some(TokenKind::Word);
        if first < self.done || torn {
            return false;
        }
        if end == first + 1 && piece.numeral.form != Form::Scaled {
            match tokens.word(first) {
                "one" => return self.one_counts(piece),
                "few" => return is_before(tokens, first, 1, WordClass::FewLead),
                "couple" | "handful" => {
                    let owned = piece.own_unit && tokens.word_before(first, 1) != "the";
                    return owned || tokens.word(end) == "of";
                }
                "zero" => {
                    let counts = || written(tokens, end, false).is_some();
                    return piece.own_unit || counts();
                }
                "scores" => return self.scores_count(first, end),
                "quarters" => return false,
                _ => {}
            }
        }
        !self.is_label(piece)
    }

    /// `scores of people`, `scores dead`, `scores were killed`; not `test scores`.
    fn scores_count(&self, first: usize, end: usize) -> bool {
        let tokens = self.tokens;
        let of = tokens.word(end) == "of" && tokens.kind(end + 1) != Some(TokenKind::Digits);
        let people = is(tokens, end, WordClass::State)
            || tokens.word(end) == "of"
            || is(tokens, end, WordClass::PeopleVerb);
        (of || people) && !is_before(tokens, first, 1, WordClass::ScoreLead)
    }

    /// A number that stands before a singular as its name, `the 737 line`, or is one with a capital
    /// unit, `she hosts 60 Minutes`.
    fn is_label(&self, piece: &Piece) -> bool {
        let tokens = self.tokens;
        let (first, end) = (piece.numeral.first, piece.numeral.end);
        let decimals = piece.low.value.scale() > 0;
        if !piece.numeral.is_digits() || self.title_case || decimals {
            return false;
        }
        if piece.own_unit {
            let capital = tokens.get(end).is_some_and(|t| t.capital && !t.upper);
            return capital && matches!(piece.kind, Kind::Duration | Kind::Length) && first > 0;
        }
        let next = tokens.word(end);
        let named = is_before(tokens, first, 1, WordClass::Definite)
            && !next.is_empty()
            && !next.ends_with("ly")
            && !next.ends_with("ed")
            && !ends_phrase_at(tokens, end)
            && !is(tokens, end, WordClass::State);
        let counts = || written(tokens, end, false).is_some();
        named && piece.kind == Kind::Count && !counts()
    }

    /// `one` where it could have been two: with a harm or a state near it, or `at least one`.
    fn one_counts(&self, piece: &Piece) -> bool {
        let tokens = self.tokens;
        let (first, end) = (piece.numeral.first, piece.numeral.end);
        // `one hour and 45 minutes` is more than one.
        let compound = piece.low.value != Decimal::ONE;
        if compound || range::range(self, piece).is_some() {
            return true;
        }
        let bound = hedge::before(tokens, first).map(|(_, hedge)| hedge);
        if piece.own_unit {
            return piece.kind != Kind::Duration || tokens.is_sign(end, '-') || bound.is_some();
        }
        let noun = counted(tokens, first, end, true);
        let people = noun.is_some_and(|n| n.is_person(tokens));
        if tokens.get(end).is_some_and(|t| t.capital) && !self.title_case && !people {
            return false;
        }
        let noun = noun.filter(Counted::is_written);
        if self.one_is_done(piece)
            && noun.is_some_and(|n| !is_class(&n.singular(tokens), WordClass::IdleOne))
        {
            return true;
        }
        let people = people && noun.is_some();
        let harm = (first.saturating_sub(3)..first).any(|k| {
            is(tokens, k, WordClass::Harm)
                && !matches!(tokens.word(k), "left" | "leaving" | "leaves")
        });
        let state = (end..end + 4).any(|k| {
            is(tokens, k, WordClass::State)
                && !matches!(tokens.word(k), "more" | "other" | "others")
        });
        bound.is_some_and(|hedge| hedge != Hedge::Exact)
            || harm && (people || tokens.word(end).is_empty())
            || people && state
    }

    /// Whether something was done to `one` thing: `won one game`, `shot down one drone`; or it
    /// opens the sentence.
    fn one_is_done(&self, piece: &Piece) -> bool {
        let tokens = self.tokens;
        let first = piece.numeral.first;
        tokens.word_before(first, 1).ends_with("ed")
            || is_before(tokens, first, 1, WordClass::Outcome)
            || tokens.word_before(first, 1) == "to" && tokens.word_before(first, 2) == "down"
            || first == 0 && tokens.word(piece.numeral.end) != "of"
    }
}
