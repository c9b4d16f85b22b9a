//! The same fact told twice in one article, with figures that cannot both be so.

use crate::claim::{Claim, Modality};
use crate::compare::arithmetic::{allowed, part_numbers};
use crate::compare::fact::{Telling, digits, is_near, may_be_same, stands};
use crate::ingest::{Article, BlockKind, month, weekday};
use crate::number::Decimal;
use crate::quantity::{Hedge, Kind, Quantity, ends_phrase};
use std::collections::{BTreeMap, BTreeSet};

/// Two claims of one article that tell of one thing, by their indices in the review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Twice {
    /// The one that is likelier to be wrong, or that comes later.
    pub claim: usize,
    /// The other.
    pub other: usize,
}

/// Two figures of one fact with the same digits and another number of zeros.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ZerosApart {
    /// The two.
    pub claims: Twice,
    /// By how many powers of ten they are apart.
    pub zeros: u32,
    /// Whether they have three digits or more and at least a thousand lies between them, so that
    /// chance is out of the question.
    pub is_plain: bool,
}

/// Powers of ten that are lost or won by a slip: of a word (thousand, million, billion) or of a
/// zero.
const SLIPS: [(u32, i64); 4] = [(3, 1_000), (6, 1_000_000), (9, 1_000_000_000), (1, 10)];

/// More figures than an article tells of one thing: beyond that it is a list, and nothing is said.
const MANY: usize = 300;

/// Words that make a figure one for each.
const EACH: &[&str] = &[
    "per",
    "each",
    "every",
    "apiece",
    "daily",
    "weekly",
    "monthly",
    "yearly",
    "annual",
    "annually",
    "average",
    "averaging",
    "hourly",
];

/// Stretches of time that a figure is for, behind `a`: `$2 million a day`.
const TIMES: &[&str] = &["day", "night", "week", "month", "year", "hour", "minute", "second"];

/// How many words behind a number may say that it is one for each.
const BEHIND: usize = 4;

/// The figures of an article that come twice with the same digits, a power of ten apart.
pub fn zeros_apart(article: &Article, claims: &[(usize, &Claim)]) -> Vec<ZerosApart> {
    let prose = article.prose.as_str();
    let sized: Vec<_> = claims.iter().filter(|(_, claim)| has_size(claim)).collect();
    // Only figures with the same digits are looked at in pairs: an article may have thousands.
    let mut alike: BTreeMap<String, Vec<&(usize, &Claim)>> = BTreeMap::new();
    for one in &sized {
        alike.entry(digits(one.1.quantity.lower)).or_default().push(*one);
    }
    let mut found: Vec<ZerosApart> = Vec::new();
    for alike in alike.values().filter(|alike| alike.len() <= MANY) {
        for (at, first) in alike.iter().enumerate() {
            let others = alike.iter().skip(at + 1);
            found.extend(others.filter_map(|second| apart(first, second, prose, &sized)));
        }
    }
    found.sort_by_key(|slip| slip.claims.claim);
    found.dedup_by_key(|slip| slip.claims.claim);
    found
}

/// The two as figures of one fact that are a power of ten apart, if they are.
fn apart(
    (first, a): &(usize, &Claim),
    (second, b): &(usize, &Claim),
    prose: &str,
    all: &[&(usize, &Claim)],
) -> Option<ZerosApart> {
    let zeros = zeros_between(&a.quantity, &b.quantity)?;
    let is_note = |claim: &Claim| is_rate(claim, prose) || is_correction(claim, prose);
    if a.sentence == b.sentence || is_note(a) || is_note(b) || !tells_again(a, b, zeros, prose) {
        return None;
    }
    let claims = blamed(Twice { claim: *second, other: *first }, (a, b), all);
    let is_plain =
        zeros > 1 && digits(a.quantity.lower).len() > 2 && a.quantity.unit == b.quantity.unit;
    Some(ZerosApart { claims, zeros, is_plain })
}

/// Whether the claim gives one size of something, as it is.
fn has_size(claim: &Claim) -> bool {
    let quantity = &claim.quantity;
    let sized = matches!(
        quantity.kind,
        Kind::Count | Kind::Money | Kind::Area | Kind::Mass | Kind::Volume | Kind::Energy
    );
    sized
        && quantity.lower == quantity.upper
        && quantity.other.is_none()
        && quantity.hedge != Hedge::Vague
        && claim.modality.value != Modality::Denied
        && digits(quantity.lower).len() > 1
}

/// By how many powers of ten the two are apart, if their digits are the same.
fn zeros_between(a: &Quantity, b: &Quantity) -> Option<u32> {
    let bare = |q: &Quantity| q.noun.as_ref().is_none_or(|noun| noun.phrase.is_empty());
    // `1.25 million doses … all 1.25 billion of them`
    let alike = a.unit == b.unit || a.kind == Kind::Count && (bare(a) || bare(b));
    if a.kind != b.kind || !alike || a.lower == b.lower {
        return None;
    }
    let (high, low) = (a.lower.max(b.lower), a.lower.min(b.lower));
    let times = |factor: i64| low.checked_mul(Decimal::from(factor)) == Some(high);
    SLIPS.iter().find(|(_, factor)| times(*factor)).map(|(zeros, _)| *zeros)
}

/// Whether the words around both numbers tell of one thing: the fewer digits they share, the more
/// words it takes. Ten times as much is often so, and takes all that a conflict takes.
fn tells_again(a: &Claim, b: &Claim, zeros: u32, prose: &str) -> bool {
    let told = Telling::of(a, prose).shared_with(&Telling::of(b, prose));
    let long = digits(a.quantity.lower).len() > 2;
    let same = may_be_same(a, b);
    let apart = [a, b].iter().any(|claim| is_of_more(claim, prose));
    match zeros {
        1 => same && told.is_half(3) && is_one_fact(a, b, prose),
        _ if a.quantity.unit != b.quantity.unit => long && told.is_half(2) && !apart,
        3 if long => told.words > 0,
        _ if long => told.words > 1,
        _ => same && told.is_half(2) && !apart && !have_own_names(a, b, prose),
    }
}

/// Words of a sentence that counts more than another, or over longer.
const MORE: &[&str] = &[
    "altogether",
    "worldwide",
    "nationwide",
    "season",
    "career",
    "rose",
    "fell",
    "increase",
    "decrease",
    "increased",
    "total",
    "combined",
    "another",
    "additional",
    "lifetime",
];

/// Whether the sentence counts more than another, or a change.
fn is_of_more(claim: &Claim, prose: &str) -> bool {
    let is = |word: &str| MORE.iter().any(|more| word.eq_ignore_ascii_case(more));
    words(claim.sentence.of(prose)).any(is)
}

/// Whether the sentence is a note on what was wrong before.
fn is_correction(claim: &Claim, prose: &str) -> bool {
    words(claim.sentence.of(prose)).any(|word| word.to_lowercase().starts_with("correct"))
}

/// Whether the number is one for each, or for a stretch of time.
fn is_rate(claim: &Claim, prose: &str) -> bool {
    let quantity = &claim.quantity;
    let behind = prose.get(quantity.span.end()..claim.sentence.end()).unwrap_or_default();
    let ahead = prose.get(claim.sentence.start()..quantity.span.start()).unwrap_or_default();
    let is = |words: &[&str], word: &str| words.iter().any(|w| word.eq_ignore_ascii_case(w));
    let follow: Vec<&str> = words(behind).take(BEHIND).collect();
    let in_time = follow.windows(2).any(|pair| match pair {
        [a, time] => is(&["a", "an"], a) && is(TIMES, time),
        _ => false,
    });
    in_time
        || follow.iter().any(|word| is(EACH, word))
        || ahead.rsplit(|c: char| !c.is_alphanumeric()).take(3).any(|word| is(EACH, word))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// The one of the two that stands alone with its value where the other's comes again; else the
/// headline's, else the later one.
fn blamed(pair: Twice, (a, b): (&Claim, &Claim), all: &[&(usize, &Claim)]) -> Twice {
    let times = |claim: &Claim| {
        let same = |(_, other): &&&(usize, &Claim)| {
            other.quantity.lower == claim.quantity.lower
                && other.quantity.unit == claim.quantity.unit
        };
        all.iter().filter(same).count()
    };
    let above = |claim: &Claim| matches!(claim.block, BlockKind::Headline | BlockKind::Standfirst);
    let first = times(a) < times(b) || times(a) == times(b) && above(a) && !above(b);
    if first { Twice { claim: pair.other, other: pair.claim } } else { pair }
}

/// The figures of an article's body that tell one fact twice and differently. Where a third figure
/// tells it differently again, the article is a list or a chronicle, and nothing is said.
pub fn clashes(article: &Article, claims: &[(usize, &Claim)]) -> Vec<Twice> {
    let prose = article.prose.as_str();
    let parts = part_numbers(prose, claims);
    let told: Vec<_> = claims
        .iter()
        .filter(|(index, claim)| {
            !parts.contains(index)
                && !matches!(claim.block, BlockKind::Headline | BlockKind::Table)
                && is_told_once(claim, claims)
                && stands(claim, prose, article.published)
        })
        .collect();
    if told.len() > MANY {
        return Vec::new();
    }
    let mut found: Vec<Twice> = Vec::new();
    for (at, (first, a)) in told.iter().enumerate() {
        for (second, b) in told.iter().skip(at + 1) {
            if is_clash(a, b, prose) && !comes_again(a, b, claims) {
                found.push(Twice { claim: *second, other: *first });
            }
        }
    }
    let partners = |index: usize| {
        found.iter().filter(|twice| twice.claim == index || twice.other == index).count()
    };
    let single = |twice: &&Twice| partners(twice.claim) == 1 && partners(twice.other) == 1;
    found.iter().filter(single).copied().collect()
}

/// Whether the claim is a count, a sum or a size, and its sentence has no other of its kind.
fn is_told_once(claim: &Claim, claims: &[(usize, &Claim)]) -> bool {
    let own = &claim.quantity;
    let sized = matches!(
        own.kind,
        Kind::Count | Kind::Money | Kind::Area | Kind::Mass | Kind::Volume | Kind::Energy
    );
    let beside = |(_, other): &&(usize, &Claim)| {
        other.sentence == claim.sentence
            && other.quantity.span != own.span
            && other.quantity.kind == own.kind
            && other.quantity.unit == own.unit
    };
    let from = claims.partition_point(|(_, c)| c.quantity.span.start() < claim.sentence.start());
    let near = claims.iter().skip(from);
    let mut near = near.take_while(|(_, c)| c.quantity.span.start() < claim.sentence.end());
    sized && !near.any(|other| beside(&other))
}

/// How many words without a capital make a sentence.
const WORDS: usize = 4;

/// Words that make a figure one of others than those before.
const OTHERS: &[&str] = &[
    "another",
    "other",
    "others",
    "additional",
    "additionally",
    "further",
    "more",
    "extra",
    "separate",
    "separately",
    "second",
    "third",
    "also",
    "remaining",
    "rest",
    "alone",
    "only",
    "rose",
    "fell",
    "average",
    "each",
    "per",
    "now",
    "new",
    "later",
    "since",
    "still",
    "already",
    "first",
    "last",
    "next",
    "then",
    "total",
    "combined",
    "altogether",
    "elsewhere",
    "worldwide",
    "nationwide",
    "season",
    "career",
    "rating",
    "ratings",
    "stock",
    "shares",
    "consensus",
    "target",
    "vs",
    "versus",
    "compared",
    "than",
    "respectively",
    "statewide",
    "includes",
    "include",
    "increase",
    "decrease",
    "bringing",
    "increased",
];

/// Words that open a sentence on what came later, or before.
const OPENERS: &[&str] = &["after", "before", "following", "since", "until", "once", "when", "by"];

/// Words of which one sets the thing it stands by against another of its row.
const OPPOSITES: &[&[&str]] = &[
    &["upper", "lower", "middle"],
    &["north", "south", "east", "west", "northern", "southern", "eastern", "western"],
    &[
        "man", "men", "woman", "women", "boy", "boys", "girl", "girls", "male", "female", "males",
        "females",
    ],
    &["home", "away"],
    &["import", "imports", "imported", "export", "exports", "exported"],
    &["morning", "afternoon", "evening", "night", "noon"],
    &["senior", "junior"],
    &["public", "private"],
    &["urban", "rural"],
    &["buy", "buys", "bought", "sell", "sells", "sold"],
    &["won", "lost", "winning", "losing"],
    &["for", "against"],
    &["dead", "killed", "wounded", "injured", "missing", "hurt"],
];

/// Whether the two tell one fact and no value fits both.
fn is_clash(a: &Claim, b: &Claim, prose: &str) -> bool {
    a.sentence != b.sentence
        && may_be_same(a, b)
        && is_near(a, b)
        && zeros_between(&a.quantity, &b.quantity).is_none()
        && !allowed(&a.quantity).overlaps(allowed(&b.quantity))
        && Telling::of(a, prose).shared_with(&Telling::of(b, prose)).is_half(3)
        && is_one_fact(a, b, prose)
}

/// Whether nothing in the two sentences sets what they tell apart.
fn is_one_fact(a: &Claim, b: &Claim, prose: &str) -> bool {
    a.indicator.value == b.indicator.value
        && has_same_words(a, b, prose)
        && is_same_time(a, b)
        && !are_of_other_days(a, b, prose)
        && is_one_voice(a, b)
        && ![a, b].iter().any(|claim| is_of_others(claim, prose) || !is_prose(claim, prose))
        && !have_own_names(a, b, prose)
        && !are_opposite(a, b, prose)
        && !is_template(a, b, prose)
}

/// Whether the sentence is one, and no line of a table.
fn is_prose(claim: &Claim, prose: &str) -> bool {
    let sentence = claim.sentence.of(prose).trim_end();
    let small = words(sentence).filter(|word| word.starts_with(char::is_lowercase)).count();
    small >= WORDS && sentence.ends_with(['.', '!', '?', '”', '"'])
}

/// Whether the two sentences are the same but for their numbers, as under the headings of a list.
fn is_template(a: &Claim, b: &Claim, prose: &str) -> bool {
    let plain = |claim: &Claim| {
        let told = words(claim.sentence.of(prose));
        let told = told.filter(|word| !word.starts_with(|c: char| c.is_ascii_digit()));
        told.map(str::to_lowercase).collect::<Vec<_>>()
    };
    plain(a) == plain(b)
}

fn has_same_words(a: &Claim, b: &Claim, prose: &str) -> bool {
    let noun = |claim: &Claim| {
        let noun = claim.quantity.noun.as_ref()?;
        Some((noun.singular.clone(), noun.phrase.of(prose).to_lowercase()))
    };
    a.quantity.kind != Kind::Count || noun(a) == noun(b)
}

/// Whether the sentence tells of others, or of what came of something.
fn is_of_others(claim: &Claim, prose: &str) -> bool {
    let sentence = claim.sentence.of(prose);
    let is = |list: &[&str], word: &str| list.iter().any(|w| word.eq_ignore_ascii_case(w));
    words(sentence).any(|word| is(OTHERS, word))
        || sentence.to_lowercase().contains("as of ")
        || words(sentence).next().is_some_and(|word| is(OPENERS, word))
}

/// Whether each sentence names somebody or something that the other does not.
fn have_own_names(a: &Claim, b: &Claim, prose: &str) -> bool {
    let said = |claim: &Claim| {
        words(claim.sentence.of(prose)).map(str::to_lowercase).collect::<BTreeSet<_>>()
    };
    let has_own = |a: &Claim, other: &BTreeSet<String>| {
        let named = words(a.sentence.of(prose))
            .filter(|word| word.starts_with(char::is_uppercase) && word.len() > 1);
        named.map(str::to_lowercase).any(|word| !other.contains(&word) && !ends_phrase(&word))
    };
    has_own(a, &said(b)) && has_own(b, &said(a))
}

/// Whether the sentences have words that set one thing against another: `upper house`, `lower
/// house`.
fn are_opposite(a: &Claim, b: &Claim, prose: &str) -> bool {
    let said = |claim: &Claim| {
        words(claim.sentence.of(prose)).map(str::to_lowercase).collect::<BTreeSet<_>>()
    };
    let (a, b) = (said(a), said(b));
    OPPOSITES.iter().any(|set| {
        let own = |said: &BTreeSet<String>| {
            set.iter().filter(|word| said.contains(**word)).collect::<Vec<_>>()
        };
        let (a, b) = (own(&a), own(&b));
        !a.is_empty() && !b.is_empty() && a != b
    })
}

/// Whether the two are of one time.
fn is_same_time(a: &Claim, b: &Claim) -> bool {
    let when = |claim: &Claim| {
        claim.when.as_ref().map_or((None, None), |when| (when.value.start.clone(), when.value.end))
    };
    when(a) == when(b)
}

/// Whether each sentence names a day or a month, and another.
fn are_of_other_days(a: &Claim, b: &Claim, prose: &str) -> bool {
    let (a, b) = (days(a, prose), days(b, prose));
    !a.is_empty() && !b.is_empty() && a != b
}

/// The weekdays and dates that a sentence names.
fn days(claim: &Claim, prose: &str) -> BTreeSet<String> {
    let lower: Vec<String> = words(claim.sentence.of(prose)).map(str::to_lowercase).collect();
    let number = |at: Option<usize>| {
        let word = at.and_then(|at| lower.get(at));
        word.filter(|word| word.starts_with(|c: char| c.is_ascii_digit()) && word.len() < 5)
    };
    let mut days = BTreeSet::new();
    for (at, word) in lower.iter().enumerate() {
        if weekday(word).is_some() {
            days.insert(word.clone());
        } else if month(word).is_some() {
            let beside = number(Some(at + 1)).or_else(|| number(at.checked_sub(1)));
            days.insert(format!("{word} {}", beside.map_or("", String::as_str)));
        }
    }
    days
}

/// Whether no two are named who say so, each one figure.
fn is_one_voice(a: &Claim, b: &Claim) -> bool {
    match (&a.attributed_to, &b.attributed_to) {
        (Some(a), Some(b)) => a.value.0 == b.value.0,
        _ => true,
    }
}

/// Whether each of the two figures comes again, so that both are meant.
fn comes_again(a: &Claim, b: &Claim, claims: &[(usize, &Claim)]) -> bool {
    let times = |claim: &Claim| {
        let same = |(_, other): &&(usize, &Claim)| {
            other.quantity.kind == claim.quantity.kind
                && other.interval().overlaps(claim.interval())
        };
        claims.iter().filter(same).count()
    };
    times(a) > 1 && times(b) > 1
}
