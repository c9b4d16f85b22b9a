//! One quantity in two units: `6ft 2in`, `2 hours 15 minutes`, `five years and two months`.

use crate::number::{self, Decimal, Exact, Numeral};
use crate::quantity::counted::counted;
use crate::quantity::noun::singular;
use crate::quantity::piece::Piece;
use crate::quantity::reading::Reader;
use crate::quantity::unit::{self, Found, Unit};
use crate::segment::Tokens;
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
    /// Takes in a second number with a smaller unit; the first unit holds.
    pub(crate) fn compound(&self, piece: &mut Piece) {
        let tokens = self.tokens;
        let Some(first) = piece.unit.as_deref().and_then(unit::unit) else { return };
        let comma = usize::from(tokens.is_sign(piece.behind, ','));
        let and = usize::from(tokens.word(piece.behind + comma) == "and");
        let at = piece.behind + and + comma;
        let Some(numeral) = number::numeral(tokens, self.prose, at) else { return };
        if first.id == "ft" && at == piece.behind && is_inches(tokens, at, &numeral) {
            let inches = numeral.exact().map(|e| e.value).filter(|v| *v < Decimal::from(12));
            if let Some(part) = inches.and_then(|v| v.checked_div(Decimal::from(12))) {
                piece.add(part, numeral.end);
                piece.behind = numeral.end;
            }
            return;
        }
        let symbol = unit::symbol(tokens, numeral.end);
        let Some(found) = symbol.or_else(|| unit::word(tokens, numeral.end, false)) else { return };
        let Some(value) = numeral.exact() else { return };
        if !unit::goes_on(first, found.unit) || comma == 1 && and == 0 {
            return;
        }
        if let Some(part) = converted(value.value, found.unit, first) {
            piece.add(part, if symbol.is_some() { found.end } else { numeral.end });
            piece.behind = found.end;
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
