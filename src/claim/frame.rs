//! One sentence laid out for the patterns: its tokens, its numbers, its names.

use crate::claim::lexicon::{Word, is};
use crate::ingest::{month, weekday};
use crate::quantity::{Quantity, WordClass, is_class};
use crate::reference::{Catalog, EntityId, EntityKind, NameForm, PlaceId};
use crate::segment::{Kind, Tokens};
use crate::text::{Prose, Span};

/// Who or what a name in the sentence stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Named {
    Entity(EntityId, NameForm),
    Place(PlaceId),
}

/// A name in the sentence.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mention {
    pub(crate) first: usize,
    pub(crate) end: usize,
    pub(crate) named: Named,
}

/// The tokens of one quantity: its expression, and its phrase with hedge and noun.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spot {
    pub(crate) first: usize,
    pub(crate) end: usize,
    /// The first token of the hedge.
    pub(crate) hedge: usize,
    /// The token behind the counted noun or the unit.
    pub(crate) behind: usize,
}

/// A sentence, laid out.
pub(crate) struct Frame<'a> {
    pub(crate) prose: &'a str,
    pub(crate) tokens: &'a Tokens,
    pub(crate) sentence: Span<Prose>,
    pub(crate) quantities: &'a [Quantity],
    pub(crate) spots: Vec<Spot>,
    pub(crate) mentions: Vec<Mention>,
    pub(crate) catalog: &'a Catalog,
}

impl<'a> Frame<'a> {
    pub(crate) fn new(
        prose: &'a str,
        tokens: &'a Tokens,
        sentence: Span<Prose>,
        quantities: &'a [Quantity],
        catalog: &'a Catalog,
    ) -> Self {
        let spots = quantities.iter().map(|q| spot(tokens, q)).collect();
        let mentions = mentions(catalog, tokens);
        Self { prose, tokens, sentence, quantities, spots, mentions, catalog }
    }

    /// The quantity whose expression covers token `i`.
    pub(crate) fn quantity_at(&self, i: usize) -> Option<usize> {
        self.spots.iter().position(|s| s.first <= i && i < s.end)
    }

    /// The name that covers token `i`.
    pub(crate) fn mention_at(&self, i: usize) -> Option<&Mention> {
        self.mentions.iter().find(|m| m.first <= i && i < m.end)
    }

    /// The text of a stretch of tokens.
    pub(crate) fn text(&self, first: usize, end: usize) -> &'a str {
        self.tokens.span(first, end).of(self.prose)
    }

    /// Whether the token ends a clause.
    pub(crate) fn breaks(&self, i: usize) -> bool {
        match self.tokens.kind(i) {
            Some(Kind::Sign('.')) => !self.is_decimal_point(i),
            Some(Kind::Sign(';' | ':' | '"' | '!' | '?' | '—')) => true,
            _ => false,
        }
    }

    /// Whether the token stands between the digits of `1.6`.
    fn is_decimal_point(&self, i: usize) -> bool {
        let digits = |at| self.tokens.kind(at) == Some(Kind::Digits);
        i > 0 && digits(i - 1) && digits(i + 1) && self.tokens.touches(i + 1)
    }

    /// Whether the sentence names a state or a body of states.
    pub(crate) fn names_state(&self) -> bool {
        self.mentions.iter().any(|mention| match mention.named {
            Named::Entity(id, _) => {
                !matches!(self.catalog.entity(id).kind, EntityKind::ArmedGroup | EntityKind::Party)
            }
            Named::Place(_) => false,
        })
    }

    /// Whether the token is an auxiliary, an adverb or another word that a verb phrase may hold.
    pub(crate) fn is_light(&self, i: usize) -> bool {
        let word = self.tokens.word(i);
        is_class(word, WordClass::Auxiliary)
            || is_class(word, WordClass::Adverb)
            || word.ends_with("ly")
            || is(self.tokens, i, Word::Light)
    }
}

fn spot(tokens: &Tokens, q: &Quantity) -> Spot {
    let first = tokens.at_or_after(q.span.start());
    let end = tokens.at_or_after(q.span.end()).max(first + 1);
    let hedge = tokens.at_or_after(q.phrase.start()).min(first);
    let behind = tokens.at_or_after(q.phrase.end()).max(end);
    Spot { first, end, hedge, behind }
}

/// Whether a capital's name means the town, as in `killed in Kyiv`, and not its government.
fn is_town(tokens: &Tokens, i: usize, form: NameForm) -> bool {
    let before = tokens.word_before(i, 1);
    let inside = matches!(before, "in" | "near" | "outside" | "around" | "at" | "across" | "over");
    form == NameForm::Agent && inside
}

/// Whether the name is part of another: `Washington Post`, `Michael Jordan`, `Chad Smith`. Where
/// every word has a capital, only what follows tells.
fn is_another(tokens: &Tokens, i: usize, end: usize) -> bool {
    let capital = |k: usize| tokens.get(k).is_some_and(|t| t.capital && t.kind == Kind::Word);
    if capital(end) && is(tokens, end, Word::NameTail) && !tokens.is_sign(end, ',') {
        return true;
    }
    if end != i + 1 || !is(tokens, i, Word::NameToo) || is_titled(tokens) {
        return false;
    }
    let role = |k: usize| is(tokens, k, Word::Office) || is(tokens, k, Word::Voice);
    let day = |k: usize| weekday(tokens.word(k)).is_some() || month(tokens.word(k)).is_some();
    let plain = |k: usize| is_class(tokens.word(k), WordClass::Preposition);
    let surname =
        capital(end) && !role(end) && !day(end) && !tokens.get(end).is_some_and(|t| t.upper);
    let given = i > 1
        && capital(i - 1)
        && !plain(i - 1)
        && !day(i - 1)
        && !role(i - 1)
        && !matches!(tokens.word(i - 1), "north" | "south" | "east" | "west" | "new" | "greater");
    surname || given
}

/// Whether nearly every longer word has a capital, as in many headlines.
fn is_titled(tokens: &Tokens) -> bool {
    let long = tokens.iter().filter(|t| t.kind == Kind::Word && t.span.len() > 4);
    let (all, capital) = long.fold((0, 0), |(n, c), t| (n + 1, c + usize::from(t.capital)));
    all > 2 && capital * 5 >= all * 4
}

/// The names in a sentence, in order.
pub(crate) fn mentions(catalog: &Catalog, tokens: &Tokens) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        let (entity, place) = catalog.named_at(tokens, i);
        let mention = match (entity, place) {
            (Some(e), Some(p)) if p.end > e.end || is_town(tokens, i, e.form) => {
                Some((p.end, Named::Place(p.place)))
            }
            (Some(e), _) => Some((e.end, Named::Entity(e.entity, e.form))),
            (None, Some(p)) => Some((p.end, Named::Place(p.place))),
            (None, None) => None,
        };
        match mention {
            Some((end, _)) if end > i && is_another(tokens, i, end) => i = end,
            Some((end, named)) if end > i => {
                found.push(Mention { first: i, end, named });
                i = end;
            }
            _ => i += 1,
        }
    }
    settle(catalog, &mut found);
    found
}

/// A country that a place shares its name with, as Georgia with the state, is the place beside
/// other places of that place's country, itself beside any other country's, and else left open.
fn settle(catalog: &Catalog, found: &mut Vec<Mention>) {
    let namesake = |m: &Mention| match m.named {
        Named::Entity(id, NameForm::Name) => catalog.place_named(catalog.entity(id).namesake()?),
        _ => None,
    };
    let Some(place) = found.iter().find_map(namesake) else { return };
    let home = catalog.place(place).country;
    let country = |m: &Mention| match m.named {
        Named::Place(id) => catalog.place(id).country,
        Named::Entity(id, _) => Some(id),
    };
    let others = || found.iter().filter(|m| namesake(m).is_none());
    let beside = others().any(|m| matches!(m.named, Named::Place(_)) && country(m) == home);
    let abroad = others().any(|m| country(m).is_some());
    if beside {
        for m in found.iter_mut().filter(|m| namesake(m).is_some()) {
            m.named = Named::Place(place);
        }
    } else if !abroad {
        found.retain(|m| namesake(m).is_none());
    }
}

#[cfg(test)]
mod tests {
    use crate::claim::test_support::claim_marked;

    #[track_caller]
    fn check(marked: &str, expected: Option<&str>) {
        let place = claim_marked(marked).and_then(|c| c.place).map(|p| p.value.shown);
        assert_eq!(place.as_deref(), expected, "{marked}");
    }

    #[test]
    fn names_that_are_other_names_are_no_places() {
        check("Some [40] people met Michael Jordan there.", None);
        check("Some [40] readers wrote to the Washington Post.", None);
        check("Some [40] people slept near the Mandalay Bay there.", None);
        check("Some [40] people died in Jordan.", Some("JOR"));
    }

    #[test]
    fn a_country_with_a_namesake_is_settled_by_its_neighbours() {
        check("Some [40] people died in Georgia, not in Ohio.", Some("Georgia"));
        check("Russia sent [4,000] troops into Georgia.", Some("GEO"));
        check("Some [40] people died in Georgia.", None);
        check("Some [40] people fell ill in Paris, Texas.", Some("Paris"));
    }
}
