//! Whether two claims of one article may be about the same fact.

use crate::claim::{Claim, Modality, Where};
use crate::compare::event::looks_back;
use crate::compare::shared_words::{shared, stems};
use crate::number::Decimal;
use crate::quantity::{Hedge, Kind};
use crate::reference::{Aspect, Indicator};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// Words of a sentence that gives a figure of before.
const BEFORE: &[&str] = &[
    "earlier",
    "initially",
    "previously",
    "previous",
    "originally",
    "first reported",
    "had said",
    "had reported",
    "had been",
    "up from",
    "down from",
    "rose from",
    "until now",
    "last week",
    "last month",
    "compared",
    "at first",
    "by then",
    "so far",
    "in total",
    "overall",
    "at the time",
];

/// Up to how many bytes a paragraph tells of one thing.
const PARAGRAPH: usize = 400;

/// Whether nothing that the two claims say keeps them from being about the same fact: what is
/// counted, whose it is, where and how far along.
pub fn same_fact(a: &Claim, b: &Claim) -> bool {
    let named = |claim: &Claim| claim.indicator.value != Indicator::Other;
    a.indicator.value == b.indicator.value
        && a.quantity.kind == b.quantity.kind
        && same_thing(a, b)
        && (named(a) || is_rare(a))
        && may_meet(a, b)
}

/// Whether the two may be about the same fact, if their words say so: they measure the same thing,
/// and nothing that they say keeps them apart.
pub fn may_be_same(a: &Claim, b: &Claim) -> bool {
    let (x, y) = (a.indicator.value, b.indicator.value);
    a.quantity.kind == b.quantity.kind
        && same_thing(a, b)
        && (x == y || x == Indicator::Other || y == Indicator::Other)
        && may_meet(a, b)
}

/// Whether nothing that the two say of whose, where and how far along keeps them apart.
pub(crate) fn may_meet(a: &Claim, b: &Claim) -> bool {
    either(slug(a), slug(b), |x, y| x == y)
        && either(place(a), place(b), same_place)
        && either(aspect(a), aspect(b), same_aspect)
}

/// Whether the words of a headline around its number come back around another number, in its
/// sentence or in a short paragraph, so that both tell of one thing: three of them, or half.
pub fn is_retold(headline: &Claim, claim: &Claim, prose: &str) -> bool {
    let told = around(prose, headline, headline.sentence.start(), headline.sentence.end());
    let is_same = |start: usize, end: usize| {
        let count = shared(&told, &around(prose, claim, start, end));
        count >= 3 || count >= 2 && count * 2 >= told.len()
    };
    let (start, end) = (claim.sentence.start(), claim.sentence.end());
    let before = prose.get(..start).and_then(|text| text.rfind('\n'));
    let from = before.map_or(0, |at| at + 1);
    let behind = prose.get(end..).and_then(|text| text.find('\n'));
    let to = behind.map_or(prose.len(), |at| end + at);
    is_same(start, end) || to - from <= PARAGRAPH && is_same(from, to)
}

/// Whether one sentence around a number tells the headline again: half of the headline's telling
/// words, and three at least. Then what the two are read as counts for less.
pub fn is_told_again(headline: &Claim, claim: &Claim, prose: &str) -> bool {
    let told = around(prose, headline, headline.sentence.start(), headline.sentence.end());
    let count = shared(&told, &around(prose, claim, claim.sentence.start(), claim.sentence.end()));
    count >= 3 && count * 2 >= told.len()
}

/// Whether the two have the same unit, or one that takes in the other's, as people take in
/// soldiers.
pub fn is_alike(a: &Claim, b: &Claim) -> bool {
    let people = a.quantity.is_people() && b.quantity.is_people();
    let wide = [a, b].iter().any(|claim| is_generic(claim.quantity.unit.as_deref()));
    a.quantity.kind == b.quantity.kind && (same_thing(a, b) || people && wide)
}

/// Whether the claim's sentence gives a figure of before, or one that was put right.
pub fn is_of_before(claim: &Claim, prose: &str) -> bool {
    let sentence = claim.sentence.of(prose).to_lowercase();
    BEFORE.iter().filter(|word| !STILL.contains(word)).any(|word| sentence.contains(word))
}

/// Words among those of before that may also stand by the figure of now.
const STILL: &[&str] = &["so far", "in total", "overall", "at the time", "by then", "had been"];

/// The telling words of a stretch without the number of the claim in it.
fn around(prose: &str, claim: &Claim, from: usize, to: usize) -> BTreeSet<String> {
    let number = claim.quantity.span;
    let before = prose.get(from..number.start()).unwrap_or_default();
    let behind = prose.get(number.end()..to).unwrap_or_default();
    stems(&format!("{before} {behind}"))
}

/// The telling words of a claim's sentence, without its number.
#[derive(Debug)]
pub(crate) struct Telling(BTreeSet<String>);

/// How many telling words two sentences share, of how many.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shared {
    pub(crate) words: usize,
    fewer: usize,
}

impl Telling {
    pub(crate) fn of(claim: &Claim, prose: &str) -> Self {
        Self(around(prose, claim, claim.sentence.start(), claim.sentence.end()))
    }

    pub(crate) fn shared_with(&self, other: &Self) -> Shared {
        Shared { words: shared(&self.0, &other.0), fewer: self.0.len().min(other.0.len()) }
    }
}

impl Shared {
    /// Whether at least `least` words are shared, and half of those of the shorter sentence.
    pub(crate) fn is_half(self, least: usize) -> bool {
        self.words >= least && self.words * 2 >= self.fewer
    }
}

/// Whether the claim is said of now or of what is to come, once, by the paper: no quotation, no
/// look back.
pub fn stands(claim: &Claim, prose: &str, published: Option<NaiveDate>) -> bool {
    let sentence = claim.sentence.of(prose).to_lowercase();
    matches!(claim.modality.value, Modality::Asserted | Modality::Planned)
        && claim.quantity.hedge != Hedge::Vague
        && claim.quantity.other.is_none()
        && !claim.quoted
        && !looks_back(claim, prose, published)
        && !BEFORE.iter().any(|word| sentence.contains(word))
}

/// The digits of a value without the zeros at its end.
pub(crate) fn digits(value: Decimal) -> String {
    let text = value.normalize().mantissa().unsigned_abs().to_string();
    text.trim_end_matches('0').to_owned()
}

/// Whether two numbers are so near, or so alike in their digits, that one may be meant by both.
pub fn is_near(a: &Claim, b: &Claim) -> bool {
    let (a, b) = (a.quantity.lower, b.quantity.lower);
    let twice = |a: Decimal, b: Decimal| b.checked_mul(Decimal::TWO).is_some_and(|b| a <= b);
    // 68 and 86 have the same digits in another order.
    let sorted = |value: Decimal| {
        let mut digits: Vec<u8> = digits(value).into_bytes();
        digits.sort_unstable();
        digits
    };
    twice(a, b) && twice(b, a) || sorted(a) == sorted(b) && digits(a).len() > 1
}

/// Whether `a` speaks of a whole country and `b` of one place in it.
pub fn is_wider(a: &Claim, b: &Claim) -> bool {
    let (Some(a), Some(b)) = (place(a), place(b)) else { return false };
    is_wide(a) && !is_wide(b)
}

/// Whether the two count the same thing; what is only called people may be any kind of them, but
/// officers and children are not each other.
fn same_thing(a: &Claim, b: &Claim) -> bool {
    let (a, b) = (&a.quantity, &b.quantity);
    if a.unit == b.unit {
        return a.kind != Kind::Count || a.unit.is_some();
    }
    a.kind == Kind::Count && is_generic(a.unit.as_deref()) && is_generic(b.unit.as_deref())
}

/// Whether the noun says no more than that it is people, or nothing.
fn is_generic(noun: Option<&str>) -> bool {
    matches!(noun, None | Some("person" | "victim" | "death" | "fatality" | "life" | "dead"))
}

/// Whether the noun is seldom enough for two counts of it to be about one thing.
fn is_rare(claim: &Claim) -> bool {
    let quantity = &claim.quantity;
    quantity.kind == Kind::Count && !quantity.is_people() && quantity.unit.is_some()
}

fn either<T>(a: Option<T>, b: Option<T>, same: impl Fn(T, T) -> bool) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => same(a, b),
        _ => true,
    }
}

fn slug(claim: &Claim) -> Option<&str> {
    claim.subject.as_ref().map(|subject| subject.value.slug())
}

fn place(claim: &Claim) -> Option<&Where> {
    claim.place.as_ref().map(|place| &place.value)
}

fn same_place(a: &Where, b: &Where) -> bool {
    a.id.is_some() && a.id == b.id
        || a.shown == b.shown && (a.id.is_none() || b.id.is_none())
        || a.country == b.country && (is_wide(a) || is_wide(b))
}

fn is_wide(place: &Where) -> bool {
    place.whole
}

fn aspect(claim: &Claim) -> Option<Aspect> {
    claim.aspect.as_ref().map(|aspect| aspect.value)
}

fn same_aspect(a: Aspect, b: Aspect) -> bool {
    let counts = |aspect| matches!(aspect, Aspect::New | Aspect::Cumulative);
    a == b || counts(a) && counts(b)
}
