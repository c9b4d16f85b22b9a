//! Sums of money: the currency before the number or behind it, and the signs around both.

use crate::number::{self, Decimal};
use crate::quantity::Kind;
use crate::quantity::currency::{self, Found};
use crate::quantity::piece::Piece;
use crate::quantity::reading::Reader;
use crate::segment::Kind as TokenKind;
use std::borrow::Cow;

impl Reader<'_> {
    /// Makes the piece a sum in the currency `found`, whose expression starts at token `first`.
    pub(crate) fn money(&self, piece: &mut Piece, found: Found, first: usize) {
        let tokens = self.tokens;
        let code = if found.bare && found.code == "USD" { self.context.dollar } else { found.code };
        piece.measure(Kind::Money, code, piece.end);
        piece.bare = found.bare;
        piece.first = piece.first.min(first);
        if let Some((at, '-' | '–')) = number::touching_signs(tokens, piece.first).next()
            && (at == 0 || !tokens.touches(at))
        {
            piece.first = at;
            piece.negate();
        }
        // `$100m Australian`, `US$5 million`; a code that repeats the sign: `$5 USD`.
        if let Some(again) = currency::sign_behind(tokens, piece.end)
            && (again.code == code || piece.bare)
            && tokens.kind(piece.end) == Some(TokenKind::Word)
        {
            piece.unit = Some(Cow::Borrowed(again.code));
            piece.end = again.edge;
        }
        if let Some(code) = currency::nation_behind(tokens, piece.end).filter(|_| found.bare) {
            piece.unit = Some(Cow::Borrowed(code));
        }
        piece.behind = piece.end;
        // `$5/hour`: what the sum is paid for belongs to the phrase.
        if tokens.is_sign(piece.end, '/') && tokens.touches(piece.end) {
            piece.behind = (piece.end + 2).min(tokens.len());
        }
    }

    /// Makes the piece a sum in the currency behind it: `5 million euros`, `50p`, `5€`.
    pub(crate) fn money_behind(&self, piece: &mut Piece, found: Found) {
        self.money(piece, found, piece.first);
        piece.end = found.edge;
        piece.behind = found.edge;
        if found.minor {
            piece.scale(Decimal::new(1, 2));
        } else {
            self.small_change(piece);
        }
    }
}
