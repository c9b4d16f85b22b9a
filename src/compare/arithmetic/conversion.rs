//! Measures and sums that are given twice, in two units: `5 miles (8 km)`, `£5m, or $7m`.
//!
//! Which words join the two is in a table. The first is converted with every meaning that its unit
//! may have, and held against the second with the rounding of both.

use crate::claim::Claim;
use crate::compare::arithmetic::sentence::{Indexed, words};
use crate::compare::arithmetic::wording::written_like;
use crate::number::Decimal;
use crate::quantity::{Hedge, Interval, Kind, Quantity, Unit, WordClass, is_class, unit};
use crate::reference::{PartialDate, Rate, Store};
use crate::text::{parts, rows};
use chrono::{Datelike, NaiveDate};
use serde::Deserialize;
use std::sync::LazyLock;

const TABLE: &str = include_str!("conversions.csv");

/// A measure whose conversion no reading reconciles with it. Claims are given by their indices in
/// the review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misconversion {
    /// The measure that is converted.
    pub from: usize,
    /// What it is said to be.
    pub to: usize,
    /// The calculation in signs: `5 miles × 1.609344 = 8.047 km, not 80 km`.
    pub text: String,
}

/// Where the words that join the two stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Place {
    /// They open a bracket behind the first's noun phrase.
    Bracket,
    /// They end what stands between the two, without a bracket.
    Apposition,
    /// They are all that stands between the two, and the second has a hedge of its own.
    Hedged,
    /// They open the second's sentence.
    Sentence,
}

#[derive(Debug, Deserialize)]
struct Row {
    place: Place,
    words: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "the example runs as a test"))]
    example: String,
}

static JOINTS: LazyLock<Vec<(Place, String)>> = LazyLock::new(|| {
    let table = rows::<Row>(TABLE);
    table.iter().flat_map(|row| parts(&row.words).map(|w| (row.place, w.to_owned()))).collect()
});

/// How many words the rest of the first's noun phrase may have.
const PHRASE: usize = 8;

/// How far a bound and the figure behind it may lie apart: `more than 100 miles (190km)`.
const SLACK: Decimal = Decimal::TWO;

/// How far rates may lie from their months' averages, in percent: days of a bad month.
const SWING: Decimal = Decimal::from_parts(6, 0, 0, false, 0);

/// How many months before its article a sum may have been converted.
const MONTHS: u32 = 14;

/// What may stand around the article's numbers when sums are converted.
#[derive(Debug, Clone, Copy)]
pub struct Market<'a> {
    /// The exchange rates.
    pub store: &'a Store,
    /// The article's day.
    pub published: Option<NaiveDate>,
}

/// The conversions of an article that come to something else; `claims` are the article's, in text
/// order, with their indices in the review.
pub fn misconversions(
    prose: &str,
    claims: &[(usize, &Claim)],
    market: Market<'_>,
) -> Vec<Misconversion> {
    let pairs = claims.iter().zip(claims.iter().skip(1));
    pairs
        .filter(|(from, to)| is_conversion(prose, claims, from.1, to.1))
        .filter_map(|(from, to)| misconversion(prose, *from, *to, market))
        .collect()
}

fn is_measure(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Money
            | Kind::Length
            | Kind::Area
            | Kind::Volume
            | Kind::Mass
            | Kind::Temperature
            | Kind::Speed
    )
}

/// Whether the text says that `to` is `from` in another unit.
fn is_conversion(prose: &str, claims: &[(usize, &Claim)], from: &Claim, to: &Claim) -> bool {
    let (a, b) = (&from.quantity, &to.quantity);
    if a.kind != b.kind || !is_measure(a.kind) || a.unit == b.unit || from.block != to.block {
        return a.kind == b.kind && is_tons(prose, a, b) && joined(prose, from, to).is_some();
    }
    let Some(place) = joined(prose, from, to) else { return false };
    if place != Place::Sentence {
        return true;
    }
    // The sentence before has one such measure, so `that` is it.
    claims.iter().filter(|(_, c)| c.sentence == from.sentence && c.quantity.kind == a.kind).count()
        == 1
}

/// Tons and tonnes share a unit's name; they are converted only if they are written apart.
fn is_tons(prose: &str, a: &Quantity, b: &Quantity) -> bool {
    let written = |q: &Quantity| q.noun.as_ref().map(|noun| noun.phrase.of(prose).to_lowercase());
    let is_ton = |q: &Quantity| written(q).is_some_and(|noun| noun.ends_with("tons"));
    let is_tonne = |q: &Quantity| written(q).is_some_and(|noun| noun.ends_with("tonnes"));
    a.unit.as_deref() == Some("t") && a.unit == b.unit && is_ton(a) && is_tonne(b)
}

/// How the two are joined, if they are.
fn joined(prose: &str, from: &Claim, to: &Claim) -> Option<Place> {
    let (a, b) = (&from.quantity, &to.quantity);
    let start = a.phrase.end().max(a.span.end());
    let end = b.phrase.start().min(b.span.start());
    let flat = |from: usize, to: usize| {
        let text = prose.get(from..to.max(from)).unwrap_or_default();
        text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
    };
    let row = |place: Place, fits: &dyn Fn(&str) -> bool| {
        JOINTS.iter().any(|(p, words)| *p == place && fits(words)).then_some(place)
    };
    if from.sentence != to.sentence {
        let near = prose.get(from.sentence.end()..to.sentence.start())?;
        let lead = flat(to.sentence.start(), end);
        let opens = |words: &str| lead == words;
        return row(Place::Sentence, &opens).filter(|_| near.trim().is_empty());
    }
    let gap = flat(start, end);
    let opens = |words: &str| {
        // `C($0.08)` is no bracket behind a phrase.
        gap.strip_suffix(words).is_some_and(|phrase| {
            !phrase.ends_with(char::is_alphanumeric) && is_phrase(phrase) && closes(prose, b)
        })
    };
    let whole = |words: &str| gap == words;
    let ends = |words: &str| gap.strip_suffix(words).is_some_and(is_phrase);
    row(Place::Bracket, &opens).or_else(|| row(Place::Apposition, &ends)).or_else(|| {
        row(Place::Hedged, &whole).filter(|_| b.hedge_span.is_some() && b.hedge != Hedge::Vague)
    })
}

/// Whether a stretch is the rest of a noun phrase: a few words without verb, clause or list.
fn is_phrase(text: &str) -> bool {
    let is_turn = |word: &str| {
        is_class(word, WordClass::Verb)
            || is_class(word, WordClass::Auxiliary)
            || is_class(word, WordClass::Pronoun)
            || is_class(word, WordClass::Conjunction)
    };
    !text.contains([',', ';', ':', ')', '(', '[', ']', '"', '“', '”', '—', '–', '/'])
        && !text.contains(|c: char| c.is_ascii_digit())
        && words(text).count() <= PHRASE
        && !words(text).any(is_turn)
}

/// Whether a bracket closes, or another figure follows in it, right behind the number.
fn closes(prose: &str, number: &Quantity) -> bool {
    let end = number.phrase.end().max(number.span.end());
    let behind = prose.get(end..).unwrap_or_default().trim_start();
    behind.starts_with([')', ']', ';', ',', '/']) || behind.starts_with("at current")
}

fn misconversion(
    prose: &str,
    from: Indexed<'_>,
    to: Indexed<'_>,
    market: Market<'_>,
) -> Option<Misconversion> {
    let ((first, from), (second, to)) = (from, to);
    let (a, b) = (&from.quantity, &to.quantity);
    if a.other.is_some() || b.other.is_some() {
        return None;
    }
    let readings = if a.kind == Kind::Money {
        rates(prose, from, to, market)?
    } else {
        readings(prose, a, b)?
    };
    if readings.iter().any(|reading| reading.reconciles(prose, a, b)) {
        return None;
    }
    let reading = readings.first()?;
    let (shown, said) = (a.phrase.of(prose), b.phrase.of(prose));
    let (low, high) = (reading.turned(a.lower)?, reading.turned(a.upper)?);
    let result = if a.lower == a.upper {
        written_like(prose, b, low)
    } else {
        format!("{} to {}", written_like(prose, b, low), written_like(prose, b, high))
    };
    let text = match reading.label(b) {
        Some(factor) => format!("{shown} × {factor} = {result}, not {said}"),
        None => format!("{shown} = {result}, not {said}"),
    };
    Some(Misconversion { from: first, to: second, text })
}

/// One way to turn the first unit into the second: all factors in between, and what is added.
#[derive(Debug)]
struct Reading {
    least: Decimal,
    most: Decimal,
    /// The factor that is shown.
    factor: Decimal,
    added: Decimal,
    source: Option<String>,
}

impl Reading {
    fn by(factor: Decimal) -> Self {
        Self::affine(factor, Decimal::ZERO)
    }

    fn affine(factor: Decimal, added: Decimal) -> Self {
        Self { least: factor, most: factor, factor, added, source: None }
    }

    fn turned(&self, value: Decimal) -> Option<Decimal> {
        value.checked_mul(self.factor)?.checked_add(self.added)
    }

    /// The factor as it is shown; none for temperatures.
    fn label(&self, to: &Quantity) -> Option<String> {
        if to.kind == Kind::Temperature {
            return None;
        }
        let factor = self.factor.round_sf(7).unwrap_or(self.factor).normalize();
        Some(
            self.source
                .as_ref()
                .map_or(factor.to_string(), |source| format!("{factor} ({source})")),
        )
    }

    /// The values that `interval` may be turned into.
    fn all(&self, interval: Interval) -> Interval {
        let times = |value: Option<Decimal>, factor: Decimal| {
            value.and_then(|v| v.checked_mul(factor)?.checked_add(self.added))
        };
        let (low, high) = if interval.lower.is_some_and(|low| low.is_sign_negative()) {
            (self.most, self.least)
        } else {
            (self.least, self.most)
        };
        Interval { lower: times(interval.lower, low), upper: times(interval.upper, high) }
    }

    /// Whether `b` can be `a`, rounded as they are.
    fn reconciles(&self, prose: &str, a: &Quantity, b: &Quantity) -> bool {
        if a.hedge == Hedge::Range && b.hedge == Hedge::Range {
            let end = |q: &Quantity, upper: bool| {
                let value = if upper { q.upper } else { q.lower };
                rounded(prose, &Quantity { lower: value, upper: value, ..q.clone() })
            };
            return [false, true]
                .iter()
                .all(|upper| self.all(end(a, *upper)).overlaps(end(b, *upper)));
        }
        // A bound that both share says nothing of how far they may lie apart.
        let (a_all, b_all) = (bounds(prose, a, b), bounds(prose, b, a));
        if self.all(a_all).overlaps(b_all) {
            return true;
        }
        let more = matches!(a.hedge, Hedge::MoreThan | Hedge::AtLeast);
        let less = matches!(a.hedge, Hedge::LessThan | Hedge::UpTo | Hedge::Nearly);
        let Some(turned) = self.turned(a.lower) else { return true };
        let within = |low: Decimal, high: Decimal| {
            low <= high && low.checked_mul(SLACK).is_some_and(|twice| high <= twice)
        };
        more && within(turned, b.lower) || less && within(b.lower, turned)
    }
}

/// The values that a number allows beside `other`: with both one-sided, as if neither were.
fn bounds(prose: &str, number: &Quantity, other: &Quantity) -> Interval {
    let sided = |q: &Quantity| {
        matches!(q.hedge, Hedge::MoreThan | Hedge::AtLeast | Hedge::LessThan | Hedge::UpTo)
    };
    let near = rounded(prose, number);
    if sided(number) && !sided(other) {
        let Interval { lower, upper } = number.written().allows();
        return Interval { lower: lower.and(near.lower), upper: upper.and(near.upper) };
    }
    near
}

/// The values that round to the number as it is written: trailing zeros may be rounding, and so
/// may half of the smaller unit in `6ft 2in`.
fn rounded(prose: &str, number: &Quantity) -> Interval {
    let counted = Quantity { kind: Kind::Count, ..number.clone() };
    let hedge = match number.hedge {
        Hedge::About | Hedge::Nearly => number.hedge,
        _ => Hedge::Exact,
    };
    let wide = Quantity { hedge, ..counted }.written().supports();
    let zeros = trailing(number.lower);
    let compound = if is_compound(prose, number) { Decimal::new(42, 3) } else { Decimal::ZERO };
    // Some cut the digits off instead of rounding: 119.6 becomes 119.
    let cut = if compound.is_zero() { number.steps.1 } else { compound };
    let slack = zeros.max(compound);
    let low = number.lower.checked_sub(slack).unwrap_or(number.lower);
    let high = number.upper.checked_add(slack.max(cut)).unwrap_or(number.upper);
    Interval {
        lower: wide.lower.map(|lower| lower.min(low)),
        upper: wide.upper.map(|upper| upper.max(high)),
    }
}

/// Half a unit of the last digit that is not zero, at most a twentieth, for multiples of five.
fn trailing(value: Decimal) -> Decimal {
    let value = value.abs();
    let mut unit = Decimal::ONE;
    while let Some(next) = unit.checked_mul(Decimal::TEN) {
        if value < next || value.checked_rem(next).is_none_or(|rest| !rest.is_zero()) {
            break;
        }
        unit = next;
    }
    // Winds are given in steps of five.
    let five = Decimal::from(5);
    let steps = value > five && value.checked_rem(five).is_some_and(|rest| rest.is_zero());
    let fives = if steps { Decimal::new(25, 1) } else { Decimal::ZERO };
    if unit == Decimal::ONE && !steps {
        return Decimal::ZERO;
    }
    let half = unit.checked_div(Decimal::TWO).unwrap_or_default();
    half.max(fives).min(value.checked_div(Decimal::from(20)).unwrap_or_default())
}

/// Whether the number has two units: `6ft 2in`.
fn is_compound(prose: &str, number: &Quantity) -> bool {
    let text = number.span.of(prose);
    let unit = text.find(char::is_alphabetic).and_then(|at| text.get(at..));
    unit.is_some_and(|rest| rest.contains(|c: char| c.is_ascii_digit()))
}

/// Every way to turn the unit of `a` into that of `b`.
fn readings(prose: &str, a: &Quantity, b: &Quantity) -> Option<Vec<Reading>> {
    let from = unit(a.unit.as_deref()?)?;
    let to = unit(b.unit.as_deref()?)?;
    if a.kind == Kind::Temperature {
        return Some(temperatures(from, to));
    }
    if from.base != to.base {
        return None;
    }
    let mut found = Vec::new();
    for first in from.factors(a.phrase.of(prose)) {
        for second in to.factors(b.phrase.of(prose)) {
            found.push(Reading::by(first.checked_div(second)?.normalize()));
        }
    }
    // Tons beside tonnes are not metric.
    let metric = from.id == to.id;
    found.retain(|reading| !metric || reading.factor != Decimal::ONE);
    Some(found)
}

/// How degrees become other degrees; as differences they only scale.
fn temperatures(from: &Unit, to: &Unit) -> Vec<Reading> {
    let celsius = |unit: &Unit| match unit.id.as_str() {
        "°C" => vec![(Decimal::ONE, Decimal::ZERO)],
        // (F − 32) / 1.8, and kelvins from −273.15 °C
        "°F" => vec![(Decimal::new(18, 1), Decimal::from(32))],
        "K" => vec![(Decimal::ONE, Decimal::new(27315, 2))],
        _ => vec![(Decimal::ONE, Decimal::ZERO), (Decimal::new(18, 1), Decimal::from(32))],
    };
    let mut found = Vec::new();
    for (per, zero) in celsius(from) {
        for (to_per, to_zero) in celsius(to) {
            let Some(factor) = to_per.checked_div(per) else { continue };
            // b = (a − zero) · factor + to_zero
            let Some(moved) = zero.checked_mul(factor) else { continue };
            let Some(added) = to_zero.checked_sub(moved) else { continue };
            found.push(Reading::affine(factor, added));
            found.push(Reading::by(factor));
        }
    }
    found
}

/// The rates of the months in which a sum may have been converted.
fn rates(prose: &str, from: &Claim, to: &Claim, market: Market<'_>) -> Option<Vec<Reading>> {
    let (a, b) = (from.quantity.unit.as_deref()?, to.quantity.unit.as_deref()?);
    if is_shared(from.quantity.span.of(prose)) || is_shared(to.quantity.span.of(prose)) {
        return None;
    }
    let day = market.published?;
    let sentence = from.sentence.of(prose).to_lowercase();
    if is_of_before(&sentence, day) {
        return None;
    }
    let found: Vec<Rate> = (0..=MONTHS)
        .filter_map(|back| day.checked_sub_months(chrono::Months::new(back)))
        .filter_map(|day| PartialDate::parse(&format!("{}-{:02}", day.year(), day.month())))
        .filter_map(|month| market.store.rate(a, b, month))
        .collect();
    let latest = found.first()?;
    let values = || found.iter().map(|rate| rate.value);
    let part = |value: Decimal| value.checked_mul(SWING)?.checked_div(Decimal::ONE_HUNDRED);
    let (least, most) = (values().min()?, values().max()?);
    Some(vec![Reading {
        least: least.checked_sub(part(least)?)?,
        most: most.checked_add(part(most)?)?,
        factor: latest.value.round_sf(4)?,
        added: Decimal::ZERO,
        source: Some(format!("{}, {}", latest.publisher, latest.period)),
    }])
}

/// Whether several countries call their money so, and the text does not say which is meant: rupees,
/// pesos, francs. Dollars and pounds are American and British unless the article says so.
fn is_shared(text: &str) -> bool {
    let mut named = false;
    words(text).any(|word| {
        let lower = word.to_lowercase();
        let shared =
            is_class(&lower, WordClass::SharedMoney) || is_class(&lower, WordClass::MixedCode);
        let own = ["dollar", "dlr", "pound"].iter().any(|money| lower.starts_with(money));
        let open = shared && !own && !named;
        named = named || word.starts_with(char::is_uppercase);
        open
    })
}

/// Whether a sentence speaks of sums of other years.
fn is_of_before(sentence: &str, day: NaiveDate) -> bool {
    let this = day.year();
    let year = |word: &str| {
        let year = word.parse::<i32>().ok().filter(|_| word.len() == 4);
        year.is_some_and(|year| (1800..2100).contains(&year) && (year < this - 1 || year > this))
    };
    let before =
        ["at the time", "years ago", "last year", "back then", "in today's money", "decade"];
    words(sentence).any(year) || before.iter().any(|phrase| sentence.contains(phrase))
}

#[cfg(test)]
mod tests {
    use super::{Market, Row, TABLE, misconversions};
    use crate::claim::claims;
    use crate::ingest::read;
    use crate::reference::Store;
    use crate::text::{Sources, parts, rows, rows_written};

    fn found(text: &str, date: &str) -> Vec<String> {
        let file = format!("No numbers here\n{date}\nhttps://example.org/a\n{text}\n");
        let mut sources = Sources::new();
        let store = Store::builtin(&mut sources);
        let articles = read("a.txt", file.as_bytes(), Some("txt"), &mut sources).unwrap();
        let [article] = articles.as_slice() else { panic!("one article") };
        let claims = claims(article, 0, &store.catalog);
        let claims: Vec<_> = claims.iter().enumerate().collect();
        let market = Market { store: &store, published: article.published };
        misconversions(&article.prose, &claims, market).into_iter().map(|m| m.text).collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(found(text, "20220928"), expected, "{text}");
    }

    #[test]
    fn every_joint_joins_in_its_example() {
        let table = rows::<Row>(TABLE);
        assert_eq!(table.len(), rows_written(TABLE), "a row does not parse");
        for row in table {
            let first = parts(&row.words).next().unwrap_or_default().to_owned();
            for word in parts(&row.words) {
                let text = row.example.replacen(first.as_str(), word, 1);
                let capital = row.example.to_lowercase().replacen(first.as_str(), word, 1);
                let joins = [text, capital].iter().any(|text| found(text, "20220928").len() == 1);
                assert!(joins, "{word} in {}", row.example);
            }
        }
    }

    #[test]
    fn the_arithmetic_is_shown() {
        check("A trail of 5 miles (80 km).", &["5 miles × 1.609344 = 8.047 km, not 80 km"]);
        check("It was 95F (30C).", &["95F = 35C, not 30C"]);
        check(
            "It cost £50m ($90m).",
            &["£50m × 1.132 (European Central Bank, 2022-09) = $56.6m, not $90m"],
        );
        check(
            "A walk of 30 to 40 miles (18 to 25 km).",
            &["30 to 40 miles × 1.609344 = 48.28 km to 64.37 km, not 18 to 25 km"],
        );
    }
}
