//! The reader: walks the tokens of a sentence once and says what each number measures.

use crate::number::{self, Amount, Decimal, Exact, Form, Numeral};
use crate::quantity::counted::{Counted, counted};
use crate::quantity::gate::starts_number;
use crate::quantity::lexicon::{WordClass, ends_phrase_at, is, is_before, is_class};
use crate::quantity::hedge::{self, Hedge};
use crate::quantity::{
    Kind, Noun, Quantity, age, calendar, currency, excluded, indefinite, multiple, noun, pairs, range, unit,
};
use crate::segment::{Gap, Kind as TokenKind, Tokens};
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
    pub(crate) fn is_vague(&self) -> bool {
        matches!(self.numeral.amount, Amount::Vague(..))
    }
}

/// The quantities of the sentence in `tokens`, in order.
pub fn quantities(prose: &str, tokens: &Tokens, context: Context) -> Vec<Quantity> {
    let mut found = Vec::new();
    let title_case = context.headline || is_title_case(tokens);
    let mut done = 0;
    let mut i = 0;
    while i < tokens.len() {
        if !starts_number(tokens, i) {
            i += 1;
            continue;
        }
        let reader = Reader { prose, tokens, context, title_case, done };
        match reader.at(i) {
            Step::Found(quantity, end) => {
                done = end;
                found.push(*quantity);
                i = end.max(i + 1);
            }
            Step::Skip(end) => i = end.max(i + 1),
        }
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

enum Step {
    Found(Box<Quantity>, usize),
    Skip(usize),
}

/// The reader at one place of a sentence.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'a> {
    pub(crate) prose: &'a str,
    pub(crate) tokens: &'a Tokens,
    pub(crate) context: Context,
    title_case: bool,
    done: usize,
}

impl Reader<'_> {
    fn at(&self, i: usize) -> Step {
        let tokens = self.tokens;
        if let Some((low, high, first, end)) = age::decade(tokens, i) {
            return self.ages(low, high, first, end);
        }
        if let Some(end) = excluded::idiom(tokens, i).or_else(|| self.idiom_around(i)) {
            return Step::Skip(end);
        }
        if let Some((value, end)) = multiple::word(tokens, i) {
            return self.finish(self.ratio(i, end, end, value));
        }
        if let Some(piece) = indefinite::length(self, i).or_else(|| self.proportion(i)) {
            return self.finish(piece);
        }
        if self.is_excluded_start(i)
            && let Some(end) = excluded::end(tokens, self.prose, i, self.title_case)
        {
            return Step::Skip(end);
        }
        match self.piece(i) {
            Some(piece) if self.stands(&piece) => self.finish(piece),
            Some(piece) => Step::Skip(piece.end),
            None => Step::Skip(i + 1),
        }
    }

    fn is_excluded_start(&self, i: usize) -> bool {
        self.tokens.kind(i) == Some(TokenKind::Digits) || !matches!(self.tokens.word(i), "a" | "an" | "")
    }

    /// An idiom that began up to three tokens before the number.
    fn idiom_around(&self, i: usize) -> Option<usize> {
        (1..=3).filter_map(|back| i.checked_sub(back)).find_map(|at| {
            excluded::idiom(self.tokens, at).filter(|end| *end > i)
        })
    }

    fn ages(&self, low: Decimal, high: Decimal, first: usize, end: usize) -> Step {
        let exact = |value| Exact { value, step: Decimal::ONE };
        let numeral = Numeral { first, end, amount: Amount::Exact(exact(low)), form: Form::Loose, other: None };
        let piece = Piece {
            first, end, behind: end, numeral, low: exact(low), high: exact(high), kind: Kind::Age,
            unit: Some(Cow::Borrowed("y")), noun: Some("year".to_owned()), own_unit: true, bare: false,
        };
        let quantity = self.quantity(&piece, Hedge::Range, None, None);
        Step::Found(Box::new(quantity), end)
    }

    pub(crate) fn ratio(&self, first: usize, end: usize, behind: usize, value: Exact) -> Piece {
        let amount = Amount::Exact(value);
        let numeral = Numeral { first, end, amount, form: Form::Words, other: None };
        Piece {
            first, end, behind, numeral, low: value, high: value, kind: Kind::Ratio,
            unit: None, noun: None, own_unit: true, bare: false,
        }
    }

    /// `one in five`, `nine out of 10`: a share of a whole, in percent.
    fn proportion(&self, i: usize) -> Option<Piece> {
        let tokens = self.tokens;
        if !matches!(tokens.word(i + 1), "in" | "out") {
            return None;
        }
        let simple = |i: usize| {
            let found = number::numeral(tokens, self.prose, i)?;
            (found.end == i + 1).then(|| found.exact()?.as_whole()).flatten()
        };
        let parts = simple(i).filter(|n| (1..=9).contains(n) && self.tokens.get(i).is_some_and(|t| t.span.len() <= 5))?;
        let at = match (tokens.word(i + 1), tokens.word(i + 2)) {
            ("in", "every") => i + 3,
            ("out", "of") => i + 3,
            ("in", _) => i + 2,
            _ => return None,
        };
        let whole = simple(at).filter(|n| *n > parts && (*n <= 20 || matches!(n, 25 | 30 | 40 | 50 | 100 | 1000)))?;
        let next = tokens.word(at + 1);
        let harm = is_before(tokens, i, 1, WordClass::Harm) && parts > 1;
        let timed = unit::word(tokens, at + 1, false).is_some() || number::number_word(next).is_some();
        let sport = is(tokens, at + 1, WordClass::ProportionNoun);
        let group = tokens.word(i + 1) == "in" && (parts > 1 && whole < 4 || tokens.word_before(i, 1) == "the");
        if harm || timed || sport || group || tokens.is_sign(at + 1, '%') || tokens.is_sign(at + 1, '-') {
            return None;
        }
        let value = Decimal::from(parts * 100).checked_div(Decimal::from(whole))?.round_dp(2).normalize();
        let exact = Exact { value, step: Decimal::new(1, value.scale()) };
        let mut piece = self.ratio(i, at + 1, at + 1, exact);
        piece.kind = Kind::Percent;
        piece.unit = Some(Cow::Borrowed("%"));
        Some(piece)
    }

    /// The number at token `i` with the unit that is written at it.
    pub(crate) fn piece(&self, i: usize) -> Option<Piece> {
        self.piece_as(i, false)
    }

    /// The same behind a number that is money, whose sign holds for both: `£20-30m`.
    pub(crate) fn piece_as(&self, i: usize, money: bool) -> Option<Piece> {
        let tokens = self.tokens;
        let numeral = number::numeral(tokens, self.prose, i)?;
        let (low, high, share) = match numeral.amount {
            Amount::Exact(e) => (e, e, false),
            Amount::Vague(low, high) => {
                let exact = |value| Exact { value, step: Decimal::ONE };
                (exact(low), exact(high), false)
            }
            Amount::Share(e) => (e, e, true),
        };
        let mut piece = Piece {
            first: i, end: numeral.end, behind: numeral.end, numeral, low, high, kind: Kind::Count,
            unit: None, noun: None, own_unit: false, bare: false,
        };
        if share {
            return Some(self.share(piece));
        }
        let before = currency::before(tokens, i);
        self.letter_scale(&mut piece, money || before.is_some());
        self.sign(&mut piece);
        if let Some(found) = before {
            self.money(&mut piece, found, found.edge);
            return Some(piece);
        }
        self.measured(&mut piece);
        Some(piece)
    }

    /// A share of a whole, or of a unit: `half an hour`, `a quarter of a mile`.
    fn share(&self, mut piece: Piece) -> Piece {
        let tokens = self.tokens;
        let of = usize::from(tokens.word(piece.end) == "of");
        let article = usize::from(matches!(tokens.word(piece.end + of), "a" | "an"));
        let behind = piece.end + of + article;
        let whole = percent(tokens, behind).map(|end| (Kind::Percent, "%", end, end));
        let hyphen = usize::from(tokens.is_sign(behind, '-') && tokens.touches(behind));
        let point = matches!(tokens.word(behind + hyphen), "point" | "points").then_some(behind + hyphen + 1);
        let points = unit::word(tokens, behind, true).filter(|f| f.unit.id == "pp").map(|f| f.end).or(point);
        let points = points.map(|end| (Kind::Points, "pp", piece.end, end));
        if let Some((kind, unit, end, outside)) = whole.or(points)
            && let Some(part) = piece.low.times(Decimal::new(1, 2))
        {
            piece.low = part;
            piece.high = part;
            piece.kind = kind;
            piece.unit = Some(Cow::Borrowed(unit));
            piece.own_unit = true;
            piece.end = end;
            piece.behind = outside;
            return piece;
        }
        let measured = (article == 1).then(|| unit::word(tokens, piece.end + of + article, true)).flatten();
        piece.kind = Kind::Percent;
        piece.unit = Some(Cow::Borrowed("%"));
        piece.own_unit = true;
        if let Some(found) = measured
            && let Some(value) = piece.low.value.checked_div(Decimal::ONE_HUNDRED)
        {
            let exact = Exact { value: value.normalize(), step: value.normalize() };
            piece.low = exact;
            piece.high = exact;
            self.unit(&mut piece, found.unit, found.end);
            piece.end = found.end;
        }
        piece
    }

    /// Whether the letters behind the number are a scale: `£30m`, `10k people`, never `100m race`.
    fn letter_scale(&self, piece: &mut Piece, money: bool) {
        let tokens = self.tokens;
        let at = piece.numeral.end;
        let Some(by) = number::letter_scale(tokens, at) else { return };
        let gap = tokens.get(at).map(|t| t.gap);
        let touches = gap == Some(Gap::None);
        let upper = tokens.get(at).is_some_and(|t| t.capital);
        let next = tokens.word(at + 1);
        let letter = tokens.lower(at);
        let ranged = matches!(tokens.kind(at + 1), Some(TokenKind::Sign('-' | '–'))) && tokens.touches(at + 1) && tokens.lower(at + 3) == letter;
        let behind = if ranged { at + 4 } else { at + 1 };
        let counted = counted(tokens, at, behind, false).is_some_and(|n| n.is_written());
        let currency = currency::behind(tokens, at + 1, &Numeral { form: Form::Scaled, ..piece.numeral }).is_some();
        let scale = money && (touches || matches!(letter, "m" | "mm" | "b") && gap == Some(Gap::Space) && !matches!(next, "a"))
            || touches && currency
            || touches && counted && match letter {
                "m" | "mil" | "b" => !is(tokens, at + 1, WordClass::Race),
                "k" => true,
                "t" => upper,
                _ => false,
            }
            || touches && upper && matches!(letter, "m" | "b" | "k") && next.is_empty();
        if !scale {
            return;
        }
        let factor = Decimal::from(by);
        if let (Some(low), Some(high)) = (piece.low.times(factor), piece.high.times(factor)) {
            piece.low = low;
            piece.high = high;
            piece.numeral.form = Form::Scaled;
            piece.numeral.amount = Amount::Exact(low);
            piece.numeral.end = at + 1;
            piece.end = at + 1;
            piece.behind = at + 1;
        }
    }

    /// A minus before the number: one that touches it and follows a space, or the word.
    fn sign(&self, piece: &mut Piece) {
        let tokens = self.tokens;
        let Some(at) = piece.first.checked_sub(1) else { return };
        let dash = matches!(tokens.kind(at), Some(TokenKind::Sign('-' | '–')))
            && tokens.touches(piece.first)
            && (at == 0 || !tokens.touches(at) || tokens.is_sign(at - 1, '('))
            && piece.numeral.is_digits();
        let word = matches!(tokens.word(at), "minus" | "negative") && (at == 0 || tokens.kind(at - 1) != Some(TokenKind::Digits));
        if dash || word {
            piece.first = at;
            for end in [&mut piece.low, &mut piece.high] {
                end.value = -end.value;
            }
        }
    }

    fn money(&self, piece: &mut Piece, found: currency::Found, first: usize) {
        let tokens = self.tokens;
        piece.kind = Kind::Money;
        let code = if found.bare && found.code == "USD" { self.context.dollar } else { found.code };
        piece.unit = Some(Cow::Borrowed(code));
        piece.own_unit = true;
        piece.bare = found.bare;
        piece.first = piece.first.min(first);
        if let Some((at, '-' | '–')) = number::touching_signs(tokens, piece.first).next()
            && (at == 0 || !tokens.touches(at))
        {
            piece.first = at;
            piece.low.value = -piece.low.value;
            piece.high.value = -piece.high.value;
        }
        // `$100m Australian`, `US$5 million`; a code that repeats the sign: `$5 USD`.
        if let Some(again) = currency::sign_behind(tokens, piece.end).filter(|f| f.code == code || piece.bare)
            && tokens.kind(piece.end) == Some(TokenKind::Word)
        {
            piece.unit = Some(Cow::Borrowed(again.code));
            piece.end = again.edge;
        }
        piece.behind = piece.end;
        if matches!(tokens.lower(piece.end), "/") && tokens.touches(piece.end) {
            piece.behind = (piece.end + 2).min(tokens.len());
        }
    }

    /// Units behind the number: percent, money, signs, words, ages, multiples.
    fn measured(&self, piece: &mut Piece) {
        let tokens = self.tokens;
        let of = usize::from(piece.is_vague() && tokens.word(piece.end) == "of");
        let end = piece.end + of;
        let hyphen = usize::from(tokens.is_sign(end, '-') && tokens.touches(end));
        if let Some(behind) = self.sums_meant(piece) {
            piece.kind = Kind::Money;
            piece.unit = Some(Cow::Borrowed(self.context.dollar));
            piece.own_unit = true;
            piece.behind = behind;
        } else if let Some(behind) = self.poll_points(end + hyphen) {
            piece.kind = Kind::Points;
            piece.unit = Some(Cow::Borrowed("pp"));
            piece.noun = Some("point".to_owned());
            piece.own_unit = true;
            piece.behind = behind;
        } else if let Some(percent) = percent(tokens, end + hyphen) {
            piece.kind = Kind::Percent;
            piece.unit = Some(Cow::Borrowed("%"));
            piece.end = percent;
            piece.behind = percent;
            piece.own_unit = true;
        } else if let Some(behind) = multiple::behind(tokens, &piece.numeral).filter(|_| !piece.is_vague()) {
            *piece = Piece { numeral: piece.numeral, ..self.ratio(piece.first, behind, behind, piece.low) };
        } else if is_magnitude(tokens, piece.first) {
            piece.kind = Kind::Other;
            piece.own_unit = true;
        } else if let Some((unit, behind)) = age::young(tokens, end) {
            piece.kind = Kind::Age;
            piece.unit = Some(Cow::Borrowed(unit));
            piece.own_unit = true;
            piece.behind = behind;
        } else if let Some(behind) = age::behind(tokens, &piece.numeral, |i| calendar::is_month(tokens, i)) {
            piece.kind = Kind::Age;
            piece.unit = Some(Cow::Borrowed("y"));
            piece.noun = Some("year".to_owned());
            piece.own_unit = true;
            piece.behind = behind;
        } else if let Some(found) = currency::behind(tokens, end, &piece.numeral) {
            self.money(piece, found, piece.first);
            piece.end = found.edge;
            piece.behind = found.edge;
            if found.minor {
                let cent = Decimal::new(1, 2);
                if let (Some(low), Some(high)) = (piece.low.times(cent), piece.high.times(cent)) {
                    piece.low = low;
                    piece.high = high;
                }
            }
        } else if let Some(found) = currency::sign_behind(tokens, end) {
            self.money(piece, found, piece.first);
            piece.end = found.edge;
            piece.behind = found.edge;
        } else if let Some(found) = unit::symbol(tokens, end) {
            self.unit(piece, found.unit, found.end);
            piece.end = found.end;
            debug_assert!(found.symbol, "a sign belongs to the number's text");
            self.compound(piece);
        } else {
            let one = piece.low.value <= Decimal::ONE;
            if let Some(found) = unit::word(tokens, end, one) {
                self.unit(piece, found.unit, found.end);
                self.compound(piece);
            } else if let Some((unit, behind)) = self.distant_unit(end) {
                self.unit(piece, unit, behind);
            }
        }
    }

    /// `billions in military aid`: sums of money without a sign.
    fn sums_meant(&self, piece: &Piece) -> Option<usize> {
        let tokens = self.tokens;
        let large = piece.is_vague() && piece.low.value >= Decimal::from(2000);
        if !large || tokens.word(piece.end) != "in" {
            return None;
        }
        let noun = (piece.end + 1..piece.end + 5).find(|k| {
            is(tokens, *k, WordClass::Fund)
        })?;
        Some(noun.min(piece.end))
    }

    /// `11 points` of a poll or a rate: percentage points, where the sentence speaks of shares.
    fn poll_points(&self, at: usize) -> Option<usize> {
        let tokens = self.tokens;
        if !matches!(tokens.word(at), "point" | "points") {
            return None;
        }
        let shares = (0..tokens.len()).any(|k| {
            tokens.is_sign(k, '%')
                || is(tokens, k, WordClass::Poll)
        });
        let game = (0..tokens.len()).any(|k| is(tokens, k, WordClass::Scoring));
        (shares && !game).then_some(at + 1)
    }

    /// `11 gruelling weeks`, `three very long hours`: the noun that is counted is a time.
    fn distant_unit(&self, end: usize) -> Option<(&'static unit::Unit, usize)> {
        let noun = counted(self.tokens, end, end, false).filter(Counted::is_written)?;
        let behind = self.tokens.at_or_after(noun.phrase.end());
        let found = unit::word(self.tokens, behind.checked_sub(1)?, false)?;
        let time = found.unit.kind == Kind::Duration && found.end == behind && behind > end + 1;
        time.then_some((found.unit, behind))
    }

    fn unit(&self, piece: &mut Piece, unit: &'static unit::Unit, behind: usize) {
        piece.kind = unit.kind;
        piece.unit = Some(Cow::Borrowed(unit.id.as_str()));
        let word = self.tokens.word(behind.saturating_sub(1));
        piece.noun = (!word.is_empty()).then(|| noun::singular(word));
        piece.own_unit = true;
        piece.behind = behind;
    }

    /// `6ft 2in`, `2 hours 15 minutes`, `five years and two months`: one quantity, in the first
    /// unit.
    fn compound(&self, piece: &mut Piece) {
        let tokens = self.tokens;
        let Some(first) = piece.unit.as_deref().and_then(unit::unit) else { return };
        let comma = usize::from(tokens.is_sign(piece.behind, ','));
        let and = usize::from(tokens.word(piece.behind + comma) == "and");
        let at = piece.behind + and + comma;
        let Some(numeral) = number::numeral(tokens, self.prose, at) else { return };
        if first.id == "ft" && at == piece.behind && numeral.is_digits() && counted(tokens, at, numeral.end, false).is_none() && unit::word(tokens, numeral.end, false).is_none() && unit::symbol(tokens, numeral.end).is_none() {
            return self.inches(piece, &numeral);
        }
        let symbol = unit::symbol(tokens, numeral.end);
        let inner = symbol.is_some();
        let Some(found) = symbol.or_else(|| unit::word(tokens, numeral.end, false)) else { return };
        let (Some(value), false) = (numeral.exact(), found.unit.id == first.id) else { return };
        let smaller = found.unit.base == first.base && found.unit.factor < first.factor;
        let pair = matches!((first.id.as_str(), found.unit.id.as_str()), ("ft", "in") | ("h", "min") | ("min", "s") | ("st", "lb") | ("lb", "oz") | ("y", "mo") | ("d", "h") | ("wk", "d"));
        if !smaller || !pair || comma == 1 && and == 0 {
            return;
        }
        let part = value.value.checked_mul(found.unit.factor).and_then(|v| v.checked_div(first.factor));
        if let Some(part) = part {
            let value = (piece.low.value + part.round_dp(4)).normalize();
            let exact = Exact { value, step: Decimal::new(1, value.scale()) };
            piece.low = exact;
            piece.high = exact;
            piece.end = if inner { found.end } else { numeral.end };
            piece.behind = found.end;
        }
    }

    /// `6 foot 6`: inches without their name.
    fn inches(&self, piece: &mut Piece, numeral: &Numeral) {
        let inches = numeral.exact().map(|e| e.value).filter(|v| *v < Decimal::from(12));
        let part = inches.and_then(|v| v.checked_div(Decimal::from(12)));
        if let Some(part) = part {
            let value = (piece.low.value + part.round_dp(4)).normalize();
            let exact = Exact { value, step: Decimal::new(1, value.scale()) };
            piece.low = exact;
            piece.high = exact;
            piece.end = numeral.end;
            piece.behind = numeral.end;
        }
    }

    /// Whether a bare piece is worth a claim: `one` only where it counts, `few` only with a
    /// determiner, a bare fraction of nothing never.
    fn stands(&self, piece: &Piece) -> bool {
        let tokens = self.tokens;
        let (first, end) = (piece.numeral.first, piece.numeral.end);
        if first < self.done || !piece.own_unit && tokens.touches(piece.end) && tokens.kind(piece.end) == Some(TokenKind::Word) {
            return false;
        }
        if end == first + 1 && piece.numeral.form != Form::Scaled {
            match tokens.word(first) {
                "one" => return self.one_counts(piece),
                "few" => {
                    return is_before(tokens, first, 1, WordClass::FewLead);
                }
                "couple" | "handful" => return piece.own_unit && tokens.word_before(first, 1) != "the" || tokens.word(end) == "of",
                "zero" => return piece.own_unit || counted(tokens, first, end, false).is_some_and(|n| n.is_written()),
                "scores" => {
                    let of = tokens.word(end) == "of" && tokens.kind(end + 1) != Some(TokenKind::Digits);
                    let people = is(tokens, end, WordClass::State) || matches!(tokens.word(end), "were" | "have" | "are" | "of");
                    let score = is_before(tokens, first, 1, WordClass::ScoreLead);
                    return (of || people) && !score;
                }
                "quarters" => return false,
                _ => {}
            }
        }
        !self.is_label(piece)
    }

    /// A number that stands before a singular as its name, `the 737 line`, or is one with a capital
    /// unit, `she hosts 60 Minutes`.
    fn is_label(&self, piece: &Piece) -> bool {
        let tokens = self.tokens;
        let (first, end) = (piece.numeral.first, piece.numeral.end);
        if !piece.numeral.is_digits() || self.title_case {
            return false;
        }
        let next = tokens.word(end);
        let capital = tokens.get(end).is_some_and(|t| t.capital && !t.upper);
        if piece.own_unit {
            return capital && matches!(piece.kind, Kind::Duration | Kind::Length) && first > 0;
        }
        let article = is_before(tokens, first, 1, WordClass::Definite);
        let label = article && !next.is_empty() && !next.ends_with("ly") && !next.ends_with("ed") && !ends_phrase_at(tokens, end) && !is(tokens, end, WordClass::State);
        label && piece.kind == Kind::Count && counted(tokens, first, end, false).is_none_or(|n| n.phrase.is_empty())
    }

    /// `one` where it could have been two: with a harm or a state near it, or `at least one`.
    fn one_counts(&self, piece: &Piece) -> bool {
        let tokens = self.tokens;
        let (first, end) = (piece.numeral.first, piece.numeral.end);
        if range::range(self, piece).is_some() {
            return true;
        }
        if piece.own_unit {
            return piece.kind != Kind::Duration || tokens.is_sign(end, '-') || hedge::before(tokens, first).is_some();
        }
        let next = tokens.word(end);
        if tokens.get(end).is_some_and(|t| t.capital) && !self.title_case && counted(tokens, first, end, true).is_none_or(|n| !n.is_person(tokens)) {
            return false;
        }
        let harm = (first.saturating_sub(3)..first).any(|k| is(tokens, k, WordClass::Harm) && !matches!(tokens.word(k), "left" | "leaving" | "leaves"));
        let hedged = hedge::before(tokens, first).is_some_and(|(_, h)| h != Hedge::Exact);
        let noun = counted(tokens, first, end, true).filter(Counted::is_written);
        let counted = noun.is_some_and(|n| n.is_person(tokens));
        let before = tokens.word_before(first, 1);
        let done = before.ends_with("ed") || matches!(before, "won" | "lost" | "to" | "hit" | "struck" | "sank" | "and" | "with");
        let thing = noun.is_some_and(|n| !is_class(&n.singular(tokens), WordClass::IdleOne));
        if thing && (done && before != "and" && before != "with" && before != "to" || before == "to" && tokens.word_before(first, 2) == "down" || first == 0 && tokens.word(end) != "of") {
            return true;
        }
        let state = (end..end + 4).any(|k| is(tokens, k, WordClass::State) && !matches!(tokens.word(k), "more" | "other" | "others"));
        hedged || harm && (counted || next.is_empty()) || counted && state
    }

    /// Ranges, hedges and the counted noun around a piece.
    fn finish(&self, piece: Piece) -> Step {
        let joined = range::range(self, &piece);
        let (piece, hedge) = match joined {
            Some((piece, between)) => (piece, Some((between, Hedge::Range))),
            None => (piece, None),
        };
        let tokens = self.tokens;
        let before = hedge::before(tokens, piece.first).filter(|(at, _)| *at >= self.done);
        // `taught over two years`, `over the weekend`: `over` a time is mostly during it.
        let before = before.filter(|(at, _)| {
            let during = piece.kind == Kind::Duration && *at + 1 == piece.first && tokens.word(*at) == "over";
            !during || is_before(tokens, *at, 1, WordClass::OverLead)
        });
        let after = hedge::after(tokens, piece.end).or_else(|| {
            (piece.behind > piece.end).then(|| hedge::after(tokens, piece.behind)).flatten()
        });
        let after = after.or_else(|| {
            let noun = (piece.kind == Kind::Count).then(|| counted(tokens, piece.first, piece.end, false)).flatten()?;
            let end = tokens.at_or_after(noun.phrase.end());
            hedge::after(tokens, end).filter(|_| end > piece.end && matches!(tokens.word(end), "or" | "at" | "and")).map(|(_, h)| (piece.end, h))
        });
        let vague = piece.is_vague().then_some(Hedge::Vague);
        let (word, hedge_span, behind) = match (hedge, before, after) {
            (Some((_, range)), before, _) => {
                (range, before.map(|(at, _)| tokens.span(at, piece.first)), None)
            }
            (None, Some((at, h)), _) if h != Hedge::Exact || after.is_none() => {
                (vague.unwrap_or(h), Some(tokens.span(at, piece.first)), None)
            }
            (None, _, Some((end, h))) => {
                (vague.unwrap_or(h), Some(tokens.span(piece.end, end)), Some(end))
            }
            _ => (vague.unwrap_or(Hedge::Exact), None, None),
        };
        let mut quantity = self.quantity(&piece, word, hedge_span, behind);
        if let Some((at, _)) = before {
            quantity.phrase = tokens.span(at, at + 1).to(quantity.phrase);
        }
        Step::Found(Box::new(quantity), piece.end)
    }

    /// `Thousands marched`, `Millions are without power`: a vague plural that does something.
    fn people_meant(&self, piece: &Piece) -> Option<Noun> {
        let tokens = self.tokens;
        let next = tokens.word(piece.end);
        let verb = !next.is_empty() && next != "of" && next != "to" && next != "in";
        let plural = tokens.word(piece.end.saturating_sub(1)).ends_with('s');
        (piece.is_vague() && plural && verb).then(|| Noun {
            singular: "person".to_owned(),
            phrase: tokens.span(piece.end, piece.end),
        })
    }

    fn quantity(
        &self,
        piece: &Piece,
        hedge: Hedge,
        hedge_span: Option<crate::text::Span<crate::text::Prose>>,
        behind_hedge: Option<usize>,
    ) -> Quantity {
        let tokens = self.tokens;
        let span = tokens.span(piece.first, piece.end);
        let noun = match piece.kind {
            Kind::Count => {
                let one = piece.high.value == Decimal::ONE;
                let from = behind_hedge.unwrap_or(piece.end);
                counted(tokens, piece.first, from, one).map(|n| n.noun(tokens)).or_else(|| self.people_meant(piece))
            }
            _ => piece.noun.clone().map(|singular| Noun {
                singular,
                phrase: tokens.span(piece.behind.saturating_sub(1).max(piece.first), piece.behind),
            }),
        };
        let unit = match piece.kind {
            Kind::Count => noun.as_ref().map(|n| Cow::Owned(n.singular.clone())),
            _ => piece.unit.clone(),
        };
        let mut phrase = span.to(tokens.span(piece.first, piece.behind.max(piece.end)));
        if let Some(noun) = noun.as_ref().filter(|n| !n.phrase.is_empty()) {
            phrase = phrase.to(noun.phrase);
        }
        let ordered = piece.low.value <= piece.high.value;
        let (low, high) = if ordered { (piece.low, piece.high) } else { (piece.high, piece.low) };
        Quantity {
            span, phrase, lower: low.value.normalize(), upper: high.value.normalize(),
            steps: (low.step, high.step), hedge, hedge_span, kind: piece.kind, unit, noun,
            other: piece.numeral.other,
        }
    }
}

/// Whether the number is an earthquake's magnitude: `magnitude 7.8`, `a magnitude of 7.8`.
fn is_magnitude(tokens: &Tokens, first: usize) -> bool {
    let dash = usize::from(tokens.is_sign(first.wrapping_sub(1), '-'));
    let of = usize::from(matches!(tokens.word_before(first, 1 + dash), "of" | "at"));
    tokens.word_before(first, 1 + dash + of) == "magnitude"
}

/// The token behind `%`, `percent`, `per cent`, `pct` at token `i`; not of percentage points.
fn percent(tokens: &Tokens, i: usize) -> Option<usize> {
    let end = match tokens.word(i) {
        "percent" | "pct" | "pc" => i + 1,
        "per" if tokens.word(i + 1) == "cent" => i + 2,
        _ if tokens.is_sign(i, '%') => i + 1,
        _ => return None,
    };
    if tokens.word(i) == "pc" && !tokens.touches(i) && tokens.word(i + 1) != "of" {
        return None;
    }
    (!matches!(tokens.word(end), "points" | "point")).then_some(end)
}
