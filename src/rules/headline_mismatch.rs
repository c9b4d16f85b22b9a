//! A headline that the story under it contradicts.

use crate::claim::Claim;
use crate::compare::{allowed, is_near, part_numbers, same_fact, stands};
use crate::ingest::BlockKind;
use crate::number::Decimal;
use crate::quantity::{Interval, Kind};
use crate::rule_info;
use crate::rules::{Check, Facts, Rule, Say, Sink};

pub(super) static RULE: Rule = Rule {
    info: rule_info! {
        /// A figure in the headline that the story under it contradicts.
        "headline-mismatch", "the headline's figure is not the story's", Error, since "0.1.0"
    },
    check: Check::Article(check),
};

/// How many figures of the story are added up to explain the headline's.
const ADDENDS: usize = 10;

fn check(facts: &Facts<'_>, article: usize, sink: &mut Sink<'_>) {
    let Some(text) = facts.articles.get(article) else { return };
    let claims: Vec<_> = facts.claims_of(article).collect();
    let (above, below): (Vec<_>, Vec<_>) = claims.iter().partition(|(_, claim)| is_headline(claim));
    let parts = part_numbers(&text.prose, &claims);
    let whole = |index: &usize| !parts.contains(index);
    for (index, headline) in &above {
        let tied = matches!(headline.quantity.kind, Kind::Age | Kind::Duration | Kind::Ratio);
        if tied || !whole(index) || !stands(headline, &text.prose, text.published) {
            continue;
        }
        let alike = || below.iter().filter(|(_, claim)| same_fact(headline, claim));
        let standing: Vec<_> = alike()
            .filter(|(index, claim)| whole(index) && stands(claim, &text.prose, text.published))
            .collect();
        let against: Vec<_> = standing.iter().filter(|(_, claim)| is_near(headline, claim)).collect();
        let repeated = below.iter().any(|(_, claim)| {
            may_count(headline, claim) && claim.interval().overlaps(headline.interval())
        });
        let fits = standing.iter().any(|(_, claim)| allowed(&claim.quantity).overlaps(allowed(&headline.quantity)));
        let addends: Vec<_> = alike().map(|(_, claim)| *claim).collect();
        if against.is_empty() || repeated || fits || is_sum(headline, &addends) {
            continue;
        }
        let labels: Vec<_> = against.iter().filter_map(|(i, c)| facts.at_claim(*i, format!("the story says {} IN {}", facts.shown(c), c.sentence.of(facts.prose(c))))).collect();
        sink.report(*index, Say::new(format!("the headline {} {:?} {:?} {:?}", facts.shown(headline), headline.indicator.value, headline.subject.as_ref().map(|s| s.value.slug()), headline.place.as_ref().map(|s| &s.value.shown))).beside(labels));
    }
}

fn is_headline(claim: &Claim) -> bool {
    matches!(claim.block, BlockKind::Headline | BlockKind::Standfirst)
}

/// Whether the claim may count what the headline counts, whatever else it says.
fn may_count(headline: &Claim, claim: &Claim) -> bool {
    let (a, b) = (&headline.quantity, &claim.quantity);
    let bare = b.noun.as_ref().is_none_or(|noun| noun.phrase.is_empty());
    a.kind == b.kind
        && (a.kind != Kind::Count || bare || a.is_people() && b.is_people() || a.unit == b.unit)
}

/// Whether some of the story's figures add up to the headline's, or two differ by it.
fn is_sum(headline: &Claim, story: &[&Claim]) -> bool {
    let wanted = headline.interval();
    let story: Vec<Interval> = story.iter().take(ADDENDS).map(|claim| claim.interval()).collect();
    let plus = |a: Option<Decimal>, b: Option<Decimal>| a?.checked_add(b?);
    let minus = |a: Option<Decimal>, b: Option<Decimal>| a?.checked_sub(b?);
    let sums = (1_usize..1 << story.len()).any(|chosen| {
        let zero = Interval::new(Decimal::ZERO, Decimal::ZERO);
        let terms = story.iter().enumerate().filter(|(at, _)| chosen >> at & 1 == 1);
        let sum = terms.fold(zero, |sum, (_, term)| Interval {
            lower: plus(sum.lower, term.lower),
            upper: plus(sum.upper, term.upper),
        });
        sum.overlaps(wanted)
    });
    let differences = story.iter().any(|a| {
        story.iter().any(|b| {
            let lower = minus(a.lower, b.upper);
            Interval { lower, upper: minus(a.upper, b.lower) }.overlaps(wanted)
        })
    });
    sums || differences
}
