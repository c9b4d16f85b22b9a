//! Shares of a whole: percent and points, `half an hour`, `one in five`.

use crate::number::{self, Decimal, Exact, Form};
use crate::quantity::lexicon::{WordClass, is, is_before};
use crate::quantity::piece::Piece;
use crate::quantity::reading::Reader;
use crate::quantity::{Kind, indefinite, unit};
use crate::segment::Tokens;

/// Says what the share in the piece is of: a whole in percent, or a unit: `half an hour`, `a
/// quarter of a mile`, `half a percentage point`.
pub(crate) fn share(tokens: &Tokens, piece: &mut Piece) {
    let of = usize::from(tokens.word(piece.end) == "of");
    // `half of one percent` is as `half a percent`.
    let one = of == 1 && matches!(tokens.lower(piece.end + 1), "one" | "1");
    let one = one && percent(tokens, piece.end + 2).is_some();
    let article = usize::from(matches!(tokens.word(piece.end + of), "a" | "an") || one);
    let behind = piece.end + of + article;
    if let Some(end) = percent(tokens, behind) {
        if piece.scale(Decimal::new(1, 2)) {
            piece.measure(Kind::Percent, "%", end);
            piece.end = end;
            return;
        }
    } else if let Some(end) = points(tokens, behind)
        && piece.scale(Decimal::new(1, 2))
    {
        piece.measure(Kind::Points, "pp", end);
        return;
    }
    piece.measure(Kind::Percent, "%", piece.end);
    if article == 1
        && let Some(half) = indefinite::part(tokens, piece.first, behind, piece.low.value)
    {
        *piece = half;
    } else if article == 1
        && let Some(found) = unit::word(tokens, behind, true)
        && let Some(value) = piece.low.value.checked_div(Decimal::ONE_HUNDRED)
    {
        let exact = Exact { value: value.normalize(), step: value.normalize() };
        piece.low = exact;
        piece.high = exact;
        piece.take_unit(tokens, found);
        piece.end = found.end;
    }
}

/// `half-hour`, `a quarter mile`, `one-half miles`: a part of the unit right behind it.
pub(crate) fn part_of_unit(tokens: &Tokens, i: usize) -> Option<Piece> {
    let joined = |at: usize| usize::from(tokens.is_sign(at, '-') && tokens.touches(at));
    let at = match (tokens.word(i), tokens.word(i + 1)) {
        ("a" | "an" | "one", "half" | "quarter") => i + 1,
        ("one", _) if joined(i + 1) == 1 => i + 2,
        _ => i,
    };
    let percent = match tokens.word(at) {
        "half" => Decimal::from(50),
        "quarter" => Decimal::from(25),
        _ => return None,
    };
    let behind = at + 1 + joined(at + 1);
    // A half-century is fifty runs as well.
    let century = tokens.word(behind) == "century"
        && (tokens.word(at) == "quarter"
            || matches!(tokens.word_before(i, 1), "past" | "last")
            || matches!(tokens.word(behind + 1), "ago" | "later" | "earlier" | "old"));
    if is(tokens, behind, WordClass::HalfName) && !century {
        return None;
    }
    indefinite::part(tokens, i, behind, percent).or_else(|| {
        let found = unit::word(tokens, behind, true).filter(|f| f.end <= behind + 2)?;
        let counts = matches!(
            found.unit.kind,
            Kind::Length | Kind::Area | Kind::Volume | Kind::Mass | Kind::Duration
        );
        let value = percent.checked_div(Decimal::ONE_HUNDRED).filter(|_| counts)?.normalize();
        let mut piece = Piece::ratio(i, found.end, Exact { value, step: value });
        piece.take_unit(tokens, found);
        Some(piece)
    })
}

/// The token behind `percentage point`, `-point` or `points` at token `i`.
fn points(tokens: &Tokens, i: usize) -> Option<usize> {
    if let Some(found) = unit::word(tokens, i, true).filter(|f| f.unit.id == "pp") {
        return Some(found.end);
    }
    let at = i + usize::from(tokens.is_sign(i, '-') && tokens.touches(i));
    matches!(tokens.word(at), "point" | "points").then_some(at + 1)
}

/// The token behind `%`, `percent`, `per cent`, `pct` at token `i`; not of percentage points.
pub(crate) fn percent(tokens: &Tokens, i: usize) -> Option<usize> {
    let end = match tokens.word(i) {
        "percent" | "pct" => i + 1,
        "per" if tokens.is_sign(i + 1, '-') && tokens.word(i + 2) == "cent" => i + 3,
        "pc" if tokens.touches(i) || tokens.word(i + 1) == "of" => i + 1,
        "per" if tokens.word(i + 1) == "cent" => i + 2,
        _ if tokens.is_sign(i, '%') => i + 1,
        _ => return None,
    };
    (!matches!(tokens.word(end), "points" | "point")).then_some(end)
}

/// `11 points` of a poll or a rate: percentage points, where the sentence speaks of shares and not
/// of a game.
pub(crate) fn poll_points(tokens: &Tokens, at: usize) -> Option<usize> {
    if !matches!(tokens.word(at), "point" | "points") {
        return None;
    }
    let any = |fits: &dyn Fn(usize) -> bool| (0..tokens.len()).any(fits);
    let shares = any(&|k| tokens.is_sign(k, '%') || is(tokens, k, WordClass::Poll));
    (shares && !any(&|k| is(tokens, k, WordClass::Scoring))).then_some(at + 1)
}

impl Reader<'_> {
    /// `one in five`, `nine out of 10`: a share of a whole, in percent.
    pub(crate) fn proportion(&self, i: usize) -> Option<Piece> {
        let tokens = self.tokens;
        let hyphens = tokens.is_sign(i + 1, '-') && tokens.is_sign(i + 3, '-');
        let at = match (tokens.word(i + 1), tokens.word(i + 2)) {
            (_, "in") if hyphens && tokens.touches(i + 1) => i + 4,
            ("in", "every") | ("out", "of") => i + 3,
            ("in", _) => i + 2,
            _ => return None,
        };
        let short = tokens.get(i).is_some_and(|t| t.span.len() <= 5);
        let parts = self.simple(i).filter(|n| (1..=9).contains(n) && short)?;
        let whole = number::numeral(tokens, self.prose, at)?;
        let spelled =
            whole.form == Form::Words || matches!(whole.form, Form::Digits { grouped: true });
        let (number, end) = (whole.exact()?.as_whole()?, whole.end);
        let usual = number <= 20 || matches!(number, 25 | 30 | 40 | 50 | 100 | 1000);
        let large = spelled || parts == 1 && number <= 1000;
        let whole = Some(number).filter(|n| *n > parts && (usual || large))?;
        // `killed two in 20 attacks`, `two in three years`, `the two in five`, `two in five games`
        let harm = is_before(tokens, i, 1, WordClass::Harm) && parts > 1;
        let timed =
            unit::word(tokens, end, false).is_some() || number::word_at(tokens, end).is_some();
        let group = tokens.word(i + 1) == "in"
            && (parts > 1 && whole < 4 || tokens.word_before(i, 1) == "the");
        let sport = is(tokens, end, WordClass::ProportionNoun);
        if harm || timed || sport || group || tokens.is_sign(end, '%') || tokens.is_sign(end, '-') {
            return None;
        }
        let value = Decimal::from(parts * 100).checked_div(Decimal::from(whole))?;
        let value = value.round_dp(if value < Decimal::ONE { 4 } else { 2 }).normalize();
        let exact = Exact { value, step: Decimal::new(1, value.scale()) };
        let mut piece = Piece::ratio(i, end, exact);
        piece.measure(Kind::Percent, "%", end);
        Some(piece)
    }

    /// The whole number that is token `i` and no more.
    fn simple(&self, i: usize) -> Option<u64> {
        let found = number::numeral(self.tokens, self.prose, i)?;
        if found.end == i + 1 { found.exact()?.as_whole() } else { None }
    }
}
