//! One quantity in two units: `6ft 2in`, `2 hours 15 minutes`, `five years and two months`.

use crate::number::{self, Decimal, Exact, Numeral};
use crate::quantity::counted::counted;
use crate::quantity::noun::singular;
use crate::quantity::piece::Piece;
use crate::quantity::reading::Reader;
use crate::quantity::unit::{self, Found, Unit};
use crate::quantity::{Kind as Measure, currency, indefinite};
use crate::segment::{Kind, Tokens};
use std::borrow::Cow;

impl Piece {
    /// Takes in the unit found behind the number.
    pub(crate) fn take_unit(&mut self, tokens: &Tokens, found: Found) {
        self.kind = found.unit.kind;
        self.unit = Some(Cow::Borrowed(found.unit.id.as_str()));
        let word = tokens.word(found.end.saturating_sub(1));
        self.noun = (!word.is_empty()).then(|| singular(word));
        self.own_unit = true;
        self.behind = found.end;
    }

    /// Adds `part` of the unit, up to the token `end`.
    fn add(&mut self, part: Decimal, end: usize) {
        let value = (self.low.value + part.round_dp(4)).normalize();
        let exact = Exact { value, step: Decimal::new(1, value.scale()) };
        self.low = exact;
        self.high = exact;
        self.end = end;
    }
}

impl Reader<'_> {
    /// Takes in further numbers with smaller units; the first unit holds.
    pub(crate) fn compound(&self, piece: &mut Piece) {
        let Some(first) = piece.unit.as_deref().and_then(unit::unit) else { return };
        let mut last = first;
        while let Some(next) = self.next_part(piece, first, last) {
            last = next;
        }
    }

    /// Takes in the part behind the piece, which so far ends in the unit `last`, and gives its unit.
    fn next_part(&self, piece: &mut Piece, first: &Unit, last: &Unit) -> Option<&'static Unit> {
        let tokens = self.tokens;
        let comma = usize::from(tokens.is_sign(piece.behind, ','));
        let and = usize::from(tokens.word(piece.behind + comma) == "and");
        let at = piece.behind + and + comma;
        if !matches!(tokens.kind(at), Some(Kind::Digits | Kind::Word)) {
            return None;
        }
        let numeral = number::numeral(tokens, self.prose, at)?;
        let value = numeral.exact()?.value;
        if first.id == "ft" && at == piece.behind && is_inches(tokens, at, &numeral) {
            let inches = Some(value).filter(|v| *v < Decimal::from(12))?;
            piece.add(inches.checked_div(Decimal::from(12))?, numeral.end);
            piece.behind = numeral.end;
            return None;
        }
        let symbol = unit::symbol(tokens, numeral.end);
        let found = symbol.or_else(|| unit::word(tokens, numeral.end, false))?;
        if !unit::goes_on(last, found.unit) {
            return None;
        }
        // Over a comma only what is less than one of the unit before goes on: `2 years, 3 months`.
        let listed = comma == 1 && and == 0;
        if listed && converted(value, found.unit, last)? >= Decimal::ONE {
            return None;
        }
        let part = converted(value, found.unit, first)?;
        piece.add(part, if symbol.is_some() { found.end } else { numeral.end });
        piece.behind = found.end;
        Some(found.unit)
    }

    /// `an hour and 45 minutes`: an article for the number of the first unit.
    pub(crate) fn article_compound(&self, i: usize) -> Option<Piece> {
        let mut piece = indefinite::one(self.tokens, i)?;
        self.compound(&mut piece);
        (piece.end > i + 2).then_some(piece)
    }

    /// Takes in the cents behind a sum: `20 dollars and 43 cents`.
    pub(crate) fn small_change(&self, piece: &mut Piece) {
        let tokens = self.tokens;
        if piece.kind != Measure::Money || piece.low.step < Decimal::ONE || piece.is_vague() {
            return;
        }
        let and = usize::from(tokens.word(piece.end) == "and");
        let at = piece.end + and;
        if !matches!(tokens.kind(at), Some(Kind::Digits | Kind::Word)) {
            return;
        }
        let Some(numeral) = number::numeral(tokens, self.prose, at) else { return };
        let Some(cents) = numeral.exact().map(|e| e.value).filter(|v| *v < Decimal::ONE_HUNDRED)
        else {
            return;
        };
        let Some(found) = currency::behind(tokens, numeral.end, &numeral) else { return };
        let same = found.bare || piece.unit.as_deref() == Some(found.code);
        if found.minor
            && same
            && let Some(part) = cents.checked_div(Decimal::ONE_HUNDRED)
        {
            piece.add(part, found.edge);
            piece.behind = found.edge;
        }
    }
}

/// So many of the unit `from` in the unit `to`.
fn converted(value: Decimal, from: &Unit, to: &Unit) -> Option<Decimal> {
    value.checked_mul(from.factor)?.checked_div(to.factor)
}

/// `6 foot 6`: inches without their name.
fn is_inches(tokens: &Tokens, at: usize, numeral: &Numeral) -> bool {
    numeral.is_digits()
        && counted(tokens, at, numeral.end, false).is_none()
        && unit::word(tokens, numeral.end, false).is_none()
        && unit::symbol(tokens, numeral.end).is_none()
}
