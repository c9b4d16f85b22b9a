//! A number with the unit that is written at it: the parts that the reader puts together.

use crate::number::{self, Amount, Decimal, Exact, Form, Numeral};
use crate::quantity::counted::written;
use crate::quantity::currency;
use crate::quantity::lexicon::{WordClass, is};
use crate::quantity::reading::Reader;
use crate::quantity::{Kind, age, calendar, multiple, share, unit};
use crate::segment::{Gap, Kind as TokenKind, Tokens};
use std::borrow::Cow;

/// A number with its own unit, before ranges and hedges.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    /// First token of the number expression, currency included.
    pub(crate) first: usize,
    /// The token behind the number expression.
    pub(crate) end: usize,
    /// The token behind the unit, where that stands outside.
    pub(crate) behind: usize,
    pub(crate) numeral: Numeral,
    pub(crate) low: Exact,
    pub(crate) high: Exact,
    pub(crate) kind: Kind,
    pub(crate) unit: Option<Cow<'static, str>>,
    pub(crate) noun: Option<String>,
    /// Whether the unit is written at this very number.
    pub(crate) own_unit: bool,
    /// A shared currency sign: `$`.
    pub(crate) bare: bool,
}

impl Piece {
    /// The numeral as a count of something.
    fn of(numeral: Numeral) -> Self {
        let whole = |value| Exact { value, step: Decimal::ONE };
        let (low, high) = match numeral.amount {
            Amount::Exact(e) | Amount::Share(e) => (e, e),
            Amount::Vague(low, high) => (whole(low), whole(high)),
        };
        let Numeral { first, end, .. } = numeral;
        Self {
            first,
            end,
            behind: end,
            numeral,
            low,
            high,
            kind: Kind::Count,
            unit: None,
            noun: None,
            own_unit: false,
            bare: false,
        }
    }

    /// A multiple in tokens `first..end`.
    pub(crate) fn ratio(first: usize, end: usize, value: Exact) -> Self {
        let amount = Amount::Exact(value);
        let numeral = Numeral { first, end, amount, form: Form::Words, other: None };
        Self { kind: Kind::Ratio, own_unit: true, ..Self::of(numeral) }
    }

    /// The ages from `low` to `high` that tokens `first..end` say.
    pub(crate) fn ages(low: Decimal, high: Decimal, first: usize, end: usize) -> Self {
        let exact = |value| Exact { value, step: Decimal::ONE };
        let amount = Amount::Exact(exact(low));
        let numeral = Numeral { first, end, amount, form: Form::Loose, other: None };
        let mut piece = Self { high: exact(high), ..Self::of(numeral) };
        piece.measure(Kind::Age, "y", end);
        piece.noun = Some("year".to_owned());
        piece
    }

    pub(crate) fn is_vague(&self) -> bool {
        matches!(self.numeral.amount, Amount::Vague(..))
    }

    /// Says what is measured, in which unit, and where the words for it end.
    pub(crate) fn measure(&mut self, kind: Kind, unit: &'static str, behind: usize) {
        self.kind = kind;
        self.unit = Some(Cow::Borrowed(unit));
        self.own_unit = true;
        self.behind = behind;
    }

    /// Both ends times `factor`; unchanged where they no longer fit.
    pub(crate) fn scale(&mut self, factor: Decimal) -> bool {
        match (self.low.times(factor), self.high.times(factor)) {
            (Some(low), Some(high)) => {
                self.low = low;
                self.high = high;
                true
            }
            _ => false,
        }
    }

    pub(crate) fn negate(&mut self) {
        self.low.value = -self.low.value;
        self.high.value = -self.high.value;
    }
}

impl Reader<'_> {
    /// The number at token `i` with the unit that is written at it. `shared` is the currency sign
    /// of the number before, which holds for both: `£20-30m`.
    pub(crate) fn piece(&self, i: usize, shared: Money) -> Option<Piece> {
        let tokens = self.tokens;
        let mut piece = Piece::of(number::numeral(tokens, self.prose, i)?);
        if let Amount::Share(_) = piece.numeral.amount {
            share::share(tokens, &mut piece);
            return Some(piece);
        }
        let sign = currency::before(tokens, i).filter(|found| found.edge >= self.done);
        let money = if sign.is_some() { Money::Said } else { shared };
        let digits = piece.numeral.is_digits();
        letter_scale(tokens, &mut piece, money);
        minus(tokens, &mut piece, digits);
        if let Some(found) = sign {
            self.money(&mut piece, found, found.edge);
        } else {
            self.measured(&mut piece);
            below_zero(tokens, &mut piece);
        }
        Some(piece)
    }

    /// What is written behind the number: percent, money, signs, words, ages, multiples.
    fn measured(&self, piece: &mut Piece) {
        let tokens = self.tokens;
        let of = usize::from(piece.is_vague() && tokens.word(piece.end) == "of");
        let end = piece.end + of;
        let hyphen = usize::from(tokens.is_sign(end, '-') && tokens.touches(end));
        if let Some(behind) = sums_meant(tokens, piece) {
            piece.measure(Kind::Money, self.context.dollar, behind);
        } else if let Some(behind) = share::poll_points(tokens, end + hyphen) {
            piece.measure(Kind::Points, "pp", behind);
            piece.noun = Some("point".to_owned());
        } else if let Some(behind) = share::percent(tokens, end + hyphen) {
            piece.measure(Kind::Percent, "%", behind);
            piece.end = behind;
        } else if let Some(behind) =
            multiple::behind(tokens, &piece.numeral).filter(|_| !piece.is_vague())
        {
            *piece =
                Piece { numeral: piece.numeral, ..Piece::ratio(piece.first, behind, piece.low) };
        } else if is_magnitude(tokens, piece.first, end + hyphen) {
            piece.kind = Kind::Other;
            piece.own_unit = true;
        } else if let Some((unit, behind)) = age::young(tokens, end) {
            piece.measure(Kind::Age, unit, behind);
        } else if let Some(behind) =
            age::behind(tokens, &piece.numeral, |i| calendar::is_month(tokens, i))
        {
            let young = unit::word(tokens, behind, false).filter(|f| f.unit.kind == Kind::Duration);
            piece.measure(
                Kind::Age,
                young.map_or("y", |f| &f.unit.id),
                young.map_or(behind, |f| f.end),
            );
            piece.noun = Some("year".to_owned());
        } else if let Some(found) = currency::behind(tokens, end, &piece.numeral) {
            self.money_behind(piece, found);
        } else if let Some(found) = currency::sign_behind(tokens, end) {
            self.money_behind(piece, found);
        } else if let Some(found) = unit::symbol(tokens, end) {
            piece.take_unit(tokens, found);
            piece.end = found.end;
            self.compound(piece);
        } else if let Some(found) = unit::word(tokens, end, piece.low.value <= Decimal::ONE) {
            piece.take_unit(tokens, found);
            self.compound(piece);
        } else if let Some(found) = distant_unit(tokens, end) {
            piece.take_unit(tokens, found);
        }
    }
}

/// Whether a currency is known to stand at a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Money {
    /// One does.
    Said,
    /// None does, as far as the words before the number say.
    Unsaid,
}

/// Whether the letters behind the number are a scale, and takes them in if so: `£30m`, `10k
/// people`, never `100m race`.
fn letter_scale(tokens: &Tokens, piece: &mut Piece, money: Money) {
    let at = piece.numeral.end;
    let Some(by) = number::letter_scale(tokens, at) else { return };
    let gap = tokens.get(at).map(|t| t.gap);
    let touches = gap == Some(Gap::None);
    let upper = tokens.get(at).is_some_and(|t| t.capital);
    let next = tokens.word(at + 1);
    let letter = tokens.lower(at);
    let spaced = matches!(letter, "m" | "mm" | "b") && gap == Some(Gap::Space) && next != "a";
    let scaled = Numeral { form: Form::Scaled, ..piece.numeral };
    let currency = || currency::behind(tokens, at + 1, &scaled).is_some();
    // `21.4m sq ft`: no length has a surface.
    let surface = || {
        let found = unit::symbol(tokens, at + 1).or_else(|| unit::word(tokens, at + 1, false));
        found.is_some_and(|found| found.unit.kind == Kind::Area)
    };
    let is_scale = money == Money::Said && (touches || spaced)
        || touches
            && (currency()
                || matches!(letter, "m" | "b") && surface()
                || counts_behind(tokens, at) && letter_counts(tokens, at, upper)
                || measured_behind(tokens, at)
                || upper && matches!(letter, "m" | "b" | "k") && next.is_empty());
    if is_scale && piece.scale(Decimal::from(by)) {
        piece.numeral.form = Form::Scaled;
        piece.numeral.amount = Amount::Exact(piece.low);
        piece.numeral.end = at + 1;
        piece.end = at + 1;
        piece.behind = at + 1;
    }
}

/// Whether a counted noun stands behind the scale letter at `at`, over the second number of a
/// range with the same letter: `10k people`, `10k-20k people`.
fn counts_behind(tokens: &Tokens, at: usize) -> bool {
    let ranged = matches!(tokens.kind(at + 1), Some(TokenKind::Sign('-' | '–')))
        && tokens.touches(at + 1)
        && tokens.lower(at + 3) == tokens.lower(at);
    let behind = if ranged { at + 4 } else { at + 1 };
    written(tokens, behind, false).is_some()
}

/// Whether a unit is written behind the scale letter at `at`: `21.4m sq ft`.
fn measured_behind(tokens: &Tokens, at: usize) -> bool {
    let long = |found: &unit::Found| found.end > at + 2 || tokens.word(at + 1).len() > 1;
    matches!(tokens.lower(at), "m" | "k" | "mm" | "b")
        && unit::symbol(tokens, at + 1).as_ref().is_some_and(long)
}

/// Whether the letter before a counted noun is a scale rather than a unit: `10m people`, not `a
/// 100m race`.
fn letter_counts(tokens: &Tokens, at: usize, upper: bool) -> bool {
    match tokens.lower(at) {
        "m" | "mil" | "b" => !is(tokens, at + 1, WordClass::Race),
        "k" => true,
        "t" => upper,
        _ => false,
    }
}

/// Takes in a minus before the number: one that touches it and follows a space, or the word.
fn minus(tokens: &Tokens, piece: &mut Piece, digits: bool) {
    let Some(at) = piece.first.checked_sub(1) else { return };
    let dash = matches!(tokens.kind(at), Some(TokenKind::Sign('-' | '–')))
        && tokens.touches(piece.first)
        && (at == 0 || !tokens.touches(at) || tokens.is_sign(at - 1, '('))
        && digits;
    let word = matches!(tokens.word(at), "minus" | "negative")
        && tokens.word_before(at, 1) != "or"
        && (at == 0 || tokens.kind(at - 1) != Some(TokenKind::Digits));
    if dash || word {
        piece.first = at;
        piece.negate();
    }
}

/// `20 degrees below zero`, `20C below zero`, `20 below zero`.
fn below_zero(tokens: &Tokens, piece: &mut Piece) {
    let at = piece.behind;
    if tokens.word(at) != "below" || tokens.word(at + 1) != "zero" {
        return;
    }
    match piece.kind {
        Kind::Count => piece.measure(Kind::Temperature, "°", at + 2),
        Kind::Temperature => piece.behind = at + 2,
        _ => return,
    }
    piece.negate();
}

/// `billions in military aid`: sums of money without a sign.
fn sums_meant(tokens: &Tokens, piece: &Piece) -> Option<usize> {
    let large = piece.is_vague() && piece.low.value >= Decimal::from(2000);
    let funds = || (piece.end + 1..piece.end + 5).any(|k| is(tokens, k, WordClass::Fund));
    (large && tokens.word(piece.end) == "in" && funds()).then_some(piece.end)
}

/// Whether the number is an earthquake's magnitude: `magnitude 7.8`, `a magnitude of 7.8`, `the 7.8
/// magnitude quake`, `measured 6.8 on the Richter scale`.
fn is_magnitude(tokens: &Tokens, first: usize, end: usize) -> bool {
    let richter = || (end..end + 4).any(|k| tokens.word(k) == "richter");
    if matches!(tokens.word(end), "magnitude") || tokens.word(end) == "on" && richter() {
        return true;
    }
    let dash = usize::from(tokens.is_sign(first.wrapping_sub(1), '-'));
    let of = usize::from(matches!(tokens.word_before(first, 1 + dash), "of" | "at"));
    tokens.word_before(first, 1 + dash + of) == "magnitude"
}

/// `11 gruelling weeks`, `three very long hours`: the noun that is counted is a time.
fn distant_unit(tokens: &Tokens, end: usize) -> Option<unit::Found> {
    let noun = written(tokens, end, false)?;
    let behind = tokens.at_or_after(noun.phrase.end());
    let found = unit::word(tokens, behind.checked_sub(1)?, false)?;
    let time = found.unit.kind == Kind::Duration && found.end == behind && behind > end + 1;
    time.then_some(found)
}
