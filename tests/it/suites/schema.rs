//! One runner per schema: what a row of a suite expects, held against our reading of its text.

use crate::suites::table;
use numcheck::number::Decimal;
use numcheck::quantity::{Context, Hedge, Kind, Quantity, quantities, unit};
use numcheck::segment::{Tokens, sentences};
use numcheck::text::{Prose, Span};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::LazyLock;

const UNITS: &str = include_str!("../../suites/units.csv");

#[derive(Deserialize)]
pub(crate) struct Row {
    pub(crate) id: String,
    #[serde(default)]
    set: String,
    pub(crate) text: String,
    expected: Vec<Expected>,
    expected_text: Option<String>,
    threshold: Option<Decimal>,
    #[serde(default)]
    invalid: bool,
}

#[derive(Deserialize)]
pub(crate) struct Expected {
    text: String,
    start: usize,
    end: usize,
    value: Option<serde_json::Number>,
    lower: Option<serde_json::Number>,
    upper: Option<serde_json::Number>,
    lower_inclusive: Option<bool>,
    upper_inclusive: Option<bool>,
    unit: Option<String>,
    kind: String,
    counted_noun: Option<CountedNoun>,
}

#[derive(Deserialize)]
struct CountedNoun {
    lemma: String,
}

/// What a row and our reading of it disagree about.
pub(crate) struct Difference {
    pub(crate) number: String,
    pub(crate) want: String,
    pub(crate) got: String,
}

/// Holds a row against our reading of its text.
pub(crate) type Schema = fn(&Row, &[Quantity]) -> Vec<Difference>;

#[derive(Deserialize)]
struct UnitRow {
    what: String,
    name: String,
    unit: String,
    times: Decimal,
}

// Reading

pub(crate) fn read(text: &str) -> Vec<Quantity> {
    let mut tokens = Tokens::new();
    let mut found = Vec::new();
    for sentence in sentences(text, Span::new(0, text.len())) {
        tokens.read(text, sentence);
        found.extend(quantities(text, &tokens, Context::default()));
    }
    found
}

fn decimal(number: &serde_json::Number) -> Option<Decimal> {
    let text = number.to_string();
    text.parse().ok().or_else(|| Decimal::from_scientific(&text).ok())
}

/// Equal to six significant digits, as the suites' own floats allow; an endless fraction is
/// written to four digits by us.
fn same(want: Decimal, got: Decimal) -> bool {
    let endless = want.normalize().scale() > 6;
    near(want, got, if endless { 3 } else { 5 })
}

fn near(a: Decimal, b: Decimal, digits: u32) -> bool {
    let gap = a.checked_sub(b).map(|gap| gap.abs());
    let most = a.abs().max(b.abs()).checked_mul(Decimal::new(1, digits));
    gap.zip(most).is_some_and(|(gap, most)| gap <= most)
}

fn bytes(row: &Row, expected: &Expected) -> Span<Prose> {
    let at = |n: usize| row.text.char_indices().nth(n).map_or(row.text.len(), |(at, _)| at);
    Span::new(at(expected.start), at(expected.end))
}

/// A share that is written as a fraction, not in percent.
fn is_fraction(text: &str, got: &Quantity) -> bool {
    let written = got.span.of(text).to_lowercase();
    let marks = ["%", "percent", "per cent", "pct", "percentage"];
    got.kind == Kind::Percent && !marks.iter().any(|mark| written.contains(mark))
}

/// A fraction in percent, to as many digits as we write.
fn percent(fraction: Decimal) -> Decimal {
    fraction.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(fraction)
}

/// Whether a single number of ours is this one: as it is, a fraction for our percent, or the
/// middle of our range where a suite gives that.
fn is_value(row: &Row, want: Decimal, got: &Quantity) -> bool {
    let middle = (got.lower + got.upper) / Decimal::TWO;
    let want = if is_fraction(&row.text, got) { percent(want) } else { want };
    got.lower == got.upper && same(want, got.lower)
        || row.id.starts_with("qm-") && got.hedge == Hedge::Range && same(want, middle)
}

// Schemas

/// Every number, and nothing else.
pub(crate) fn numbers(row: &Row, found: &[Quantity]) -> Vec<Difference> {
    let agree = |want: &Expected, got: &Quantity| {
        want.value.as_ref().and_then(decimal).is_some_and(|value| is_value(row, value, got))
    };
    paired(row, found, agree, |_| true)
}

/// Numbers with the noun each of them counts.
pub(crate) fn counted(row: &Row, found: &[Quantity]) -> Vec<Difference> {
    let agree = |want: &Expected, got: &Quantity| {
        let value = want.value.as_ref().and_then(decimal);
        let noun = want.counted_noun.as_ref().map(|noun| noun.lemma.to_lowercase());
        value.is_some_and(|value| is_value(row, value, got))
            && noun.is_none_or(|noun| is_noun(&noun, got))
    };
    paired(row, found, agree, |_| true)
}

fn is_noun(lemma: &str, got: &Quantity) -> bool {
    let rows = ["measure", "money"].map(|what| units(what, lemma));
    let known = rows.into_iter().flatten().any(|row| is_unit(&row.unit, got));
    let noun = got.noun.as_ref().map(|noun| noun.singular.as_str()).or(got.unit.as_deref());
    known || noun.is_some_and(|noun| noun == lemma || noun.split(' ').next_back() == Some(lemma))
}

/// Quantities with their units, and nothing else.
pub(crate) fn measured(row: &Row, found: &[Quantity]) -> Vec<Difference> {
    paired(row, found, |want, got| is_measured(row, want, got), |_| true)
}

/// Quantities of one type; numbers of other types may stand beside them.
pub(crate) fn typed(row: &Row, found: &[Quantity]) -> Vec<Difference> {
    let extra = |got: &Quantity| match row.set.as_str() {
        "currency" => got.kind == Kind::Money,
        "percentage" => got.kind == Kind::Percent,
        "temperature" => got.kind == Kind::Temperature,
        "age" => got.kind == Kind::Age,
        _ => {
            let other = [Kind::Count, Kind::Money, Kind::Percent, Kind::Ratio, Kind::Temperature];
            !other.contains(&got.kind) && got.kind != Kind::Duration && got.kind != Kind::Age
        }
    };
    paired(row, found, |want, got| is_measured(row, want, got), extra)
}

/// Ranges and one-sided bounds; single numbers may stand beside them.
pub(crate) fn bounded(row: &Row, found: &[Quantity]) -> Vec<Difference> {
    let agree = |want: &Expected, got: &Quantity| {
        let share = is_fraction(&row.text, got);
        let end = |number: &serde_json::Number| {
            decimal(number).map(|end| if share { percent(end) } else { end })
        };
        let ends = (want.lower.as_ref().and_then(end), want.upper.as_ref().and_then(end));
        is_within(want, ends, got)
    };
    paired(row, found, agree, |got| {
        !matches!(got.hedge, Hedge::Exact | Hedge::About | Hedge::Vague)
    })
}

/// Whether the ends and their hedge are those of our quantity.
fn is_within(want: &Expected, ends: (Option<Decimal>, Option<Decimal>), got: &Quantity) -> bool {
    match ends {
        (Some(lower), Some(upper)) => same(lower, got.lower) && same(upper, got.upper),
        (Some(lower), None) => {
            let hedge = match want.lower_inclusive {
                Some(true) => got.hedge == Hedge::AtLeast,
                Some(false) => got.hedge == Hedge::MoreThan,
                None => matches!(got.hedge, Hedge::AtLeast | Hedge::MoreThan),
            };
            hedge && same(lower, got.lower)
        }
        (None, Some(upper)) => {
            let hedge = match want.upper_inclusive {
                Some(true) => got.hedge == Hedge::UpTo,
                Some(false) => matches!(got.hedge, Hedge::LessThan | Hedge::Nearly),
                None => matches!(got.hedge, Hedge::UpTo | Hedge::LessThan | Hedge::Nearly),
            };
            hedge && same(upper, got.upper)
        }
        (None, None) => false,
    }
}

/// Numbers in words, written out in digits: `expected_text` says how the whole text then reads.
pub(crate) fn spelled(row: &Row, found: &[Quantity]) -> Vec<Difference> {
    if row.invalid {
        return found.iter().filter(|got| is_whole(row, got)).map(|got| extra(row, got)).collect();
    }
    let Some(digits) = &row.expected_text else { return numbers(row, found) };
    let changes = changes(&row.text, digits);
    let mut left: Vec<&Quantity> = found.iter().collect();
    let mut differences = Vec::new();
    for (span, wanted) in changes {
        let (inside, outside): (Vec<_>, _) = left.into_iter().partition(|q| q.span.overlaps(span));
        left = outside;
        let agrees = |wanted: &[Decimal]| {
            let pairs = || wanted.iter().zip(&inside);
            wanted.len() == inside.len() && pairs().all(|(want, got)| is_value(row, *want, got))
        };
        let quotient = match wanted.as_slice() {
            [over, under] => over.checked_div(*under),
            _ => None,
        };
        if !agrees(&wanted) && !quotient.is_some_and(|quotient| agrees(&[quotient])) {
            let want: Vec<_> = wanted.iter().map(ToString::to_string).collect();
            let got: Vec<_> = inside.iter().map(|got| shown(got)).collect();
            let number = span.of(&row.text).to_owned();
            differences.push(Difference { number, want: want.join(", "), got: got.join(", ") });
        }
    }
    let kept = |got: &&&Quantity| {
        let digits = got.span.of(&row.text).contains(|c: char| c.is_ascii_digit());
        digits || row.threshold.is_some_and(|least| got.lower < least)
    };
    differences.extend(left.iter().filter(|got| !kept(got)).map(|got| extra(row, got)));
    differences
}

/// Whether one number is all that the text says; for a suite of fractions, one fraction.
fn is_whole(row: &Row, got: &Quantity) -> bool {
    let fraction = row.set != "test_parse_fraction" || is_fraction(&row.text, got);
    got.span.of(&row.text) == row.text.trim() && fraction
}

/// Where `digits` departs from `text`, and the numbers it has there.
fn changes(text: &str, digits: &str) -> Vec<(Span<Prose>, Vec<Decimal>)> {
    let (old, new) = (words(text), words(digits));
    let of = |spans: &[Span<Prose>], text: &str| -> Vec<String> {
        spans.iter().map(|span| span.of(text).to_owned()).collect()
    };
    let (before, after) = (of(&old, text), of(&new, digits));
    let ops = similar::capture_diff_slices(similar::Algorithm::Myers, &before, &after);
    let changed = ops.iter().filter(|op| op.tag() != similar::DiffTag::Equal);
    let value = |word: &String| {
        let number = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
        number.parse::<Decimal>().ok()
    };
    changed
        .filter_map(|op| {
            let spans = &old[op.old_range()];
            let span = spans.first()?.to(*spans.last()?);
            Some((span, after[op.new_range()].iter().filter_map(value).collect()))
        })
        .collect()
}

/// Words, numbers and single signs.
fn words(text: &str) -> Vec<Span<Prose>> {
    let mut words: Vec<Span<Prose>> = Vec::new();
    let mut open = false;
    for (at, c) in text.char_indices() {
        let next = text[at + c.len_utf8()..].chars().next();
        let point = c == '.' && open && next.is_some_and(|c| c.is_ascii_digit());
        let goes_on = c.is_alphanumeric() || point;
        let span = Span::new(at, at + c.len_utf8());
        match words.last_mut().filter(|_| open && goes_on) {
            Some(last) => *last = last.to(span),
            None if !c.is_whitespace() => words.push(span),
            None => {}
        }
        open = goes_on;
    }
    words
}

// Units

static UNIT_ROWS: LazyLock<BTreeMap<(String, String), UnitRow>> = LazyLock::new(|| {
    let rows = table::<UnitRow>(UNITS).into_iter();
    rows.map(|row| ((row.what.clone(), row.name.to_lowercase()), row)).collect()
});

fn units(what: &str, name: &str) -> Option<&'static UnitRow> {
    UNIT_ROWS.get(&(what.to_owned(), name.to_lowercase()))
}

fn is_unit(ours: &str, got: &Quantity) -> bool {
    ours.is_empty() || got.unit.as_deref().is_some_and(|unit| ours.split('|').any(|id| id == unit))
}

/// How many of the quantity's own unit one of `name` is; `None` for another unit altogether.
fn factor(name: &str, got: &Quantity) -> Option<Decimal> {
    let what = if got.kind == Kind::Money { "money" } else { "measure" };
    let own = got.unit.as_deref().unwrap_or_default();
    let Some(row) = units(what, name) else {
        return (own == name.to_lowercase()).then_some(Decimal::ONE);
    };
    if is_unit(&row.unit, got) {
        return Some(row.times);
    }
    let (theirs, ours) = (unit(&row.unit)?, unit(own)?);
    let factor = row.times.checked_mul(theirs.factor)?.checked_div(ours.factor)?;
    (theirs.base == ours.base && theirs.kind == ours.kind).then_some(factor)
}

/// Whether value or ends and unit are those of our quantity.
fn is_measured(row: &Row, want: &Expected, got: &Quantity) -> bool {
    let factor = match want.unit.as_deref() {
        None | Some("Unnamed" | "M") => Some(Decimal::ONE),
        Some(name) => factor(name, got),
    };
    let Some(factor) = factor else { return false };
    let ours = |number: &serde_json::Number| decimal(number)?.checked_mul(factor);
    if want.value.is_some() {
        return want.value.as_ref().and_then(ours).is_some_and(|value| is_value(row, value, got));
    }
    is_within(want, (want.lower.as_ref().and_then(ours), want.upper.as_ref().and_then(ours)), got)
}

// Differences

/// Pairs expected with found numbers, the largest overlap first, and says what differs: a pair
/// that does not agree, what is left of the expected, and what is left of ours that is `extra`.
fn paired(
    row: &Row,
    found: &[Quantity],
    agree: impl Fn(&Expected, &Quantity) -> bool,
    counts: impl Fn(&Quantity) -> bool,
) -> Vec<Difference> {
    let mut pairs = Vec::new();
    for (i, want) in row.expected.iter().enumerate() {
        let span = bytes(row, want);
        for (j, got) in found.iter().enumerate().filter(|(_, got)| got.span.overlaps(span)) {
            let shared = span.end().min(got.span.end()) - span.start().max(got.span.start());
            pairs.push((!agree(want, got), usize::MAX - shared, i, j));
        }
    }
    pairs.sort_unstable();
    let (mut wants, mut gots) = (BTreeMap::new(), BTreeSet::new());
    for (_, _, i, j) in pairs {
        if !wants.contains_key(&i) && gots.insert(j) {
            wants.insert(i, j);
        }
    }
    let mut differences = Vec::new();
    for (i, want) in row.expected.iter().enumerate() {
        let got = wants.get(&i).map(|j| &found[*j]);
        if !got.is_some_and(|got| agree(want, got)) {
            let got = got.map_or_else(|| "nothing".to_owned(), shown);
            differences.push(Difference { number: want.text.clone(), want: wish(want), got });
        }
    }
    let extras = found.iter().enumerate().filter(|(j, got)| !gots.contains(j) && counts(got));
    differences.extend(extras.map(|(_, got)| extra(row, got)));
    differences
}

fn extra(row: &Row, got: &Quantity) -> Difference {
    let number = got.span.of(&row.text).to_owned();
    Difference { number, want: "nothing".to_owned(), got: shown(got) }
}

fn wish(want: &Expected) -> String {
    let number =
        |n: &Option<serde_json::Number>| n.as_ref().map_or("…".to_owned(), ToString::to_string);
    let value = match &want.value {
        Some(value) => value.to_string(),
        None => format!("{}..{}", number(&want.lower), number(&want.upper)),
    };
    let noun = want.counted_noun.as_ref().map(|noun| noun.lemma.as_str());
    let unit = want.unit.as_deref().or(noun).unwrap_or("-");
    format!("{value} {unit} ({})", want.kind)
}

/// `12000..15000 range count person`.
fn shown(got: &Quantity) -> String {
    let mut value = got.lower.normalize().to_string();
    if got.lower != got.upper {
        write!(value, "..{}", got.upper.normalize()).unwrap();
    }
    let unit = got.unit.as_deref().unwrap_or("-");
    format!("{value} {} {} {unit}", got.hedge.name(), got.kind.name())
}
