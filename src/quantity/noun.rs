//! What a number counts: the head noun across adjectives and gaps, and its singular.

use crate::segment::{Kind, Tokens};
use crate::text::{Prose, Span, parts, rows};
use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

pub(crate) const LEXICON: &str = include_str!("lexicon.csv");
pub(crate) const NOUNS: &str = include_str!("nouns.csv");
pub(crate) const PEOPLE: &str = include_str!("people.csv");

/// The noun a number counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noun {
    /// Singular, lower case: `troop`, `person`, `tank`.
    pub singular: String,
    /// The phrase it heads, from the word behind the number on; empty where the noun is only meant.
    pub phrase: Span<Prose>,
}

/// A class of words in the lexicon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WordClass {
    /// `of`, `in`, `including` …
    Preposition,
    /// `and`, `which` …
    Conjunction,
    /// `the`, `their` …
    Determiner,
    /// `he`, `them` …
    Pronoun,
    /// `is`, `would` …
    Auxiliary,
    /// `still`, `alone` …
    Adverb,
    /// `said`, `fled` … : forms that end a noun phrase.
    Verb,
    /// `dead`, `wounded`, `others`: words that stand for people in a state.
    State,
    /// `killed`, `toll` …: before a number without a noun, people are meant.
    Harm,
    /// `elections`, `attacks` …: a four-digit number before them is a year.
    Event,
    /// `population`, `nation` …: what is `of` a number is of so many people.
    Crowd,
}

#[derive(Debug, Deserialize)]
pub(crate) struct LexiconRow {
    class: WordClass,
    words: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "the example runs as a test"))]
    pub(crate) example: String,
}

#[derive(Debug, Deserialize)]
pub(crate) struct NounRow {
    plural: String,
    singular: String,
    class: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "the example runs as a test"))]
    pub(crate) example: String,
}

#[derive(Debug, Deserialize)]
struct PeopleRow {
    words: String,
}

static CLASSES: LazyLock<HashMap<String, Vec<WordClass>>> = LazyLock::new(|| {
    let mut classes: HashMap<String, Vec<WordClass>> = HashMap::new();
    for row in rows::<LexiconRow>(LEXICON) {
        for word in parts(&row.words) {
            classes.entry(word.to_owned()).or_default().push(row.class);
        }
    }
    classes
});

static IRREGULAR: LazyLock<HashMap<String, NounRow>> =
    LazyLock::new(|| rows::<NounRow>(NOUNS).into_iter().map(|r| (r.plural.clone(), r)).collect());

static PERSONS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let named = rows::<PeopleRow>(PEOPLE);
    let listed = named.iter().flat_map(|row| parts(&row.words)).map(str::to_owned);
    let irregular = IRREGULAR.values().filter(|r| r.class == "person" || r.class == "state");
    listed.chain(irregular.map(|r| r.singular.clone())).collect()
});

/// Whether the lower-case `word` belongs to `class`.
pub fn is_class(word: &str, class: WordClass) -> bool {
    CLASSES.get(word).is_some_and(|classes| classes.contains(&class))
}

/// Whether the word ends a noun phrase: a function word or a verb.
pub fn ends_phrase(word: &str) -> bool {
    CLASSES.get(word).is_some_and(|classes| {
        classes.iter().any(|c| !matches!(c, WordClass::State | WordClass::Harm | WordClass::Event | WordClass::Crowd))
    })
}

/// Whether the singular noun means a human being; such nouns compare as `person`.
pub fn is_person(singular: &str) -> bool {
    let last = singular.rsplit(' ').next().unwrap_or(singular);
    PERSONS.contains(singular) || PERSONS.contains(last)
}

/// Whether a lower-case word is a plural (or a collective that counts as one).
pub(crate) fn is_plural(word: &str) -> bool {
    if let Some(row) = IRREGULAR.get(word) {
        return !matches!(row.class.as_str(), "mass" | "name");
    }
    word.len() > 2
        && word.ends_with('s')
        && !word.ends_with("ss")
        && !(word.ends_with("us") && word.len() < 8 && !word.ends_with("ous"))
        && !word.ends_with("ous")
        && !word.ends_with("is")
        && !ends_phrase(word)
}

/// The singular of a plural noun in lower case.
pub fn singular(word: &str) -> String {
    if let Some(row) = IRREGULAR.get(word) {
        return row.singular.clone();
    }
    let cut = |n: usize| word.get(..word.len() - n).unwrap_or(word).to_owned();
    if word.len() <= 3 || !word.ends_with('s') || word.ends_with("ss") || word.ends_with("us") {
        return word.to_owned();
    }
    if word.ends_with("ies") && word.len() > 4 {
        return cut(3) + "y";
    }
    let sibilant = ["sses", "xes", "ches", "shes", "zzes", "oes"];
    if sibilant.iter().any(|ending| word.ends_with(ending)) {
        return cut(2);
    }
    cut(1)
}

/// The noun phrase whose first word is token `i`: the head's index and the token behind it.
fn phrase(tokens: &Tokens, i: usize, one: bool) -> Option<(usize, usize)> {
    let mut head: Option<usize> = None;
    let mut last = None;
    let mut at = i;
    while at < i + 9 {
        let word = tokens.word(at);
        match tokens.kind(at) {
            Some(Kind::Word) => {
                if at > i && starts_over(tokens, at) {
                    break;
                }
                let upper = tokens.get(at).is_some_and(|t| t.upper && t.span.len() < 5);
                let plural = is_plural(word) && !(upper && !word.ends_with("ps"));
                if let Some(first) = head
                    && !(plural && joins_plural(tokens, first))
                    && !(is_people_name(tokens, first) && (one || carries_on(tokens, at) || modifies(tokens, at)))
                {
                    break;
                }
                if plural {
                    head = Some(at);
                } else if ends_phrase(word) && !upper && !hyphen_behind(tokens, at) && !modifies(tokens, at) {
                    break;
                }
                last = Some(at);
            }
            Some(Kind::Sign('-')) if tokens.touches(at) && at > i => {}
            Some(Kind::Possessive) => {
                head = None;
            }
            Some(Kind::Sign('"' | '\'')) if head.is_none() && at == i => {}
            Some(Kind::Digits) if head.is_none() && tokens.touches(at) => {}
            _ => break,
        }
        at += 1;
    }
    match (head, last) {
        (Some(head), _) => Some((head, head + 1)),
        (None, Some(last)) if one => Some((last, last + 1)),
        _ => None,
    }
}

/// Plurals that stand before another plural they describe: `weapons emplacements`, `police
/// officers`, `United States soldiers`.
fn joins_plural(tokens: &Tokens, first: usize) -> bool {
    let word = tokens.word(first);
    matches!(
        word,
        "weapons" | "arms" | "sports" | "sales" | "systems" | "operations" | "communications" | "goods"
            | "drugs" | "police" | "staff" | "crew" | "youth" | "infantry" | "artillery" | "media"
            | "data" | "personnel" | "cattle" | "sheep" | "fish" | "news" | "savings" | "customs" | "securities"
            | "elderly" | "homeless" | "series" | "species" | "aircraft"
            | "injured" | "wounded" | "missing" | "unemployed" | "veterans" | "rights" | "services"
    ) || tokens.get(first).is_some_and(|t| t.capital)
}

/// Whether the token is a people's name that may also be an adjective: `Chinese`, `British`.
fn is_people_name(tokens: &Tokens, at: usize) -> bool {
    tokens.get(at).is_some_and(|t| t.capital) && !tokens.word(at).ends_with('s')
        || matches!(tokens.word(at), "elderly" | "homeless" | "injured" | "wounded" | "missing" | "unemployed" | "police" | "staff" | "crew" | "swiss" | "infantry" | "artillery" | "media" | "youth" | "dead")
}

/// Whether a plural follows within three words, none of which ends the phrase.
fn carries_on(tokens: &Tokens, at: usize) -> bool {
    (at..at + 3).take_while(|k| tokens.kind(*k) == Some(Kind::Word) && !ends_phrase(tokens.word(*k))).any(|k| is_plural(tokens.word(k)))
}

fn hyphen_behind(tokens: &Tokens, at: usize) -> bool {
    tokens.is_sign(at + 1, '-') && tokens.touches(at + 1) && tokens.touches(at + 2)
        || at > 0 && tokens.is_sign(at - 1, '-') && tokens.touches(at)
}

/// A participle or a state word that stands before its noun: `two captured US volunteers`,
/// `20 wounded soldiers`, `40 injured people`; and the `and` of `Russian and Ukrainian troops`.
fn modifies(tokens: &Tokens, at: usize) -> bool {
    let word = tokens.word(at);
    let next = tokens.word(at + 1);
    if word == "and" || word == "or" {
        let capital = |i: usize| tokens.get(i).is_some_and(|t| t.capital);
        return at > 0 && capital(at + 1) && (capital(at - 1)) && is_plural(tokens.word(at + 2));
    }
    let adjective = word.ends_with("ed")
        || word.ends_with("ing")
        || is_class(word, WordClass::State)
        || matches!(word, "living" | "known" | "such" | "well" | "daily" | "weekly" | "monthly"
            | "overnight" | "remaining" | "unknown" | "stolen" | "due" | "burnt" | "overall"
            | "nationwide" | "worldwide" | "already");
    let participle = adjective
        && !matches!(word, "including" | "following" | "according" | "being" | "having" | "said"
            | "excluding" | "regarding" | "concerning" | "amounting");
    participle && plural_ahead(tokens, at + 1)
}

/// Whether a plural follows within a few words that belong to one phrase.
fn plural_ahead(tokens: &Tokens, from: usize) -> bool {
    for at in from..from + 5 {
        match tokens.kind(at) {
            Some(Kind::Word) => {
                if is_plural(tokens.word(at)) {
                    return true;
                }
                let upper = tokens.get(at).is_some_and(|t| t.upper);
                if ends_phrase(tokens.word(at)) && !upper {
                    return false;
                }
            }
            Some(Kind::Sign('-') | Kind::Digits) if tokens.touches(at) => {}
            _ => return false,
        }
    }
    false
}

/// A number word or digits inside a phrase begin the next quantity.
fn starts_over(tokens: &Tokens, at: usize) -> bool {
    crate::number::is_trigger(tokens.word(at)) && !tokens.is_sign(at.wrapping_sub(1), '-')
}

/// What the number that ends before token `i` counts. `one` says that it is one, or joined to its
/// noun by a hyphen, so that the noun is a singular.
pub(crate) fn counted(tokens: &Tokens, first: usize, i: usize, one: bool) -> Option<Noun> {
    let at = behind_fillers(tokens, i);
    if tokens.is_sign(i, '-') && tokens.touches(i) {
        return hyphenated(tokens, i);
    }
    if let Some((head, end)) = phrase(tokens, at, one).filter(|(head, _)| tokens.word(*head) != "others") {
        let word = tokens.word(head);
        let singular = singular_of(word);
        return Some(Noun { singular, phrase: tokens.span(at, end) });
    }
    elided(tokens, first, i, at)
}

fn singular_of(word: &str) -> String {
    if is_plural(word) { singular(word) } else { word.to_owned() }
}

/// `five-member`, `40,000-strong`, `three-bedroom`.
fn hyphenated(tokens: &Tokens, i: usize) -> Option<Noun> {
    let word = tokens.word(i + 1);
    if word.is_empty() {
        return None;
    }
    let singular = if word == "strong" { "person".to_owned() } else { singular_of(word) };
    Some(Noun { singular, phrase: tokens.span(i + 1, i + 2) })
}

/// Steps over `of the`, `more`, `other`, `of these` between the number and its noun.
fn behind_fillers(tokens: &Tokens, i: usize) -> usize {
    let mut at = i;
    for _ in 0..4 {
        let word = tokens.word(at);
        let of = word == "of" && !matches!(tokens.word(at + 1), "them" | "whom" | "which" | "us" | "this" | "that");
        let article = at > i && matches!(word, "the" | "its" | "his" | "her" | "their" | "our" | "these" | "those" | "all" | "your" | "my" | "such");
        let more = matches!(word, "more" | "other" | "additional" | "further" | "new" | "extra" | "different" | "separate")
            && !matches!(tokens.word(at + 1), "than" | "or" | "and");
        if !(of || article || more) {
            break;
        }
        at += 1;
    }
    // `three of six soldiers`: the noun stands behind the second number.
    if at > i && tokens.word(at.wrapping_sub(1)) == "of" || at > i && tokens.word(at.wrapping_sub(2)) == "of" {
        if tokens.kind(at) == Some(Kind::Digits) && !tokens.touches(at + 1) {
            return at + 1;
        }
        if crate::number::is_trigger(tokens.word(at)) {
            return at + 1;
        }
    }
    at
}

/// No noun behind the number: people are meant by `40 dead`, `killed 40`, `12 others`, `a toll of
/// 40`; a noun before it is meant by `the number of tanks rose to 53`.
fn elided(tokens: &Tokens, first: usize, i: usize, at: usize) -> Option<Noun> {
    let nothing = tokens.span(i, i);
    let person = || Some(Noun { singular: "person".to_owned(), phrase: nothing });
    let next = tokens.word(at);
    if tokens.word(i) == "of" && matches!(tokens.word(i + 1), "them" | "whom") {
        if let Some((head, end)) = phrase(tokens, i + 2, false) {
            let singular = singular_of(tokens.word(head));
            return Some(Noun { singular, phrase: tokens.span(i + 2, end) });
        }
        return person();
    }
    if is_class(next, WordClass::State) || is_class(tokens.word(i), WordClass::State) {
        return person();
    }
    let followed = (at..at + 3).any(|k| is_class(tokens.word(k), WordClass::State) && tokens.word(k) != "more" && tokens.word(k) != "other");
    if matches!(next, "were" | "are" | "was" | "had" | "have" | "people") && followed {
        return person();
    }
    // `Of the 95 dead, 40 were soldiers`
    if matches!(next, "were" | "are")
        && let Some((head, end)) = phrase(tokens, at + 1, false)
        && is_person(&singular_of(tokens.word(head)))
        && end <= at + 4
    {
        return Some(Noun { singular: singular_of(tokens.word(head)), phrase: nothing });
    }
    if tokens.word_before(first, 1) == "of" && is_class(tokens.word_before(first, 2), WordClass::Crowd) {
        return person();
    }
    if let Some(noun) = changed(tokens, first) {
        return Some(Noun { singular: noun, phrase: nothing });
    }
    let from = first.saturating_sub(7);
    if let Some(noun) = number_of(tokens, from, first) {
        return Some(Noun { singular: noun, phrase: nothing });
    }
    let harmed = (from..first).rev().take_while(|k| !matches!(tokens.kind(*k), Some(Kind::Sign(',' | ';' | '(' | '—')))).any(|k| is_class(tokens.word(k), WordClass::Harm));
    if harmed { person() } else { None }
}

/// `Confirmed cases rose from 41 to 53`, `Deaths climbed to 40`: the plural before the verb.
fn changed(tokens: &Tokens, first: usize) -> Option<String> {
    let at = crate::quantity::hedge::before(tokens, first).map_or(first, |(at, _)| at);
    let to = at.checked_sub(1).filter(|k| matches!(tokens.word(*k), "to" | "from" | "by" | "at" | "below" | "above" | "hit" | "reached" | "topped" | "exceed" | "pass" | "passed" | "exceeded" | "reach"))?;
    let from = to.saturating_sub(10);
    let verb = (from..=to).rev().find(|k| crate::quantity::range::is_change_word(tokens.word(*k)) || matches!(tokens.word(*k), "stood" | "stand" | "stands" | "standing" | "reached" | "hit" | "topped" | "put" | "pass" | "passed" | "exceed" | "exceeded" | "reach"))?;
    let noun = (verb.saturating_sub(9)..verb).rev().take_while(|k| !matches!(tokens.kind(*k), Some(Kind::Sign(';' | '"' | '.')))).find(|k| is_plural(tokens.word(*k)) && !tokens.get(*k).is_some_and(|t| t.capital && *k > 0) && !is_time(tokens.word(*k)))?;
    (!is_class(tokens.word(noun), WordClass::State) || tokens.word(noun).ends_with('s')).then(|| singular_of(tokens.word(noun)))
}

fn is_time(word: &str) -> bool {
    matches!(word, "years" | "months" | "weeks" | "days" | "hours" | "minutes" | "points" | "levels")
}

/// `the number of wounded [rose to]`, `a total of`.
fn number_of(tokens: &Tokens, from: usize, first: usize) -> Option<String> {
    let at = (from..first).rev().find(|k| tokens.word(*k) == "number" && tokens.word(k + 1) == "of")?;
    let mut k = at + 2;
    while k < first && !is_plural(tokens.word(k)) && !is_class(tokens.word(k), WordClass::State) {
        k += 1;
    }
    let word = tokens.word(k);
    if k >= first {
        None
    } else if is_class(word, WordClass::State) && !is_plural(tokens.word(k + 1)) {
        Some("person".to_owned())
    } else {
        let head = if is_plural(tokens.word(k + 1)) && k + 1 < first { tokens.word(k + 1) } else { word };
        Some(singular_of(head))
    }
}

#[cfg(test)]
mod tests {
    use super::{LEXICON, LexiconRow, NOUNS, NounRow, is_person, is_plural, singular};
    use crate::quantity::test_support::read_marked;
    use crate::text::{rows, rows_written};

    #[test]
    fn every_noun_is_counted_in_its_example() {
        let table = rows::<NounRow>(NOUNS);
        assert_eq!(table.len(), rows_written(NOUNS), "a row does not parse");
        for row in table.iter().filter(|r| !r.example.is_empty()) {
            let (text, found) = read_marked(&row.example);
            let noun = found.and_then(|q| q.noun).unwrap_or_else(|| panic!("no noun in {text}"));
            if !row.plural.contains(' ') && row.class != "thing" || row.singular != "foot" {
                assert!(noun.singular == row.singular || row.plural.contains(' '), "{text}: {}", noun.singular);
            }
        }
    }

    #[test]
    fn every_lexicon_row_leaves_its_example_whole() {
        let table = rows::<LexiconRow>(LEXICON);
        assert_eq!(table.len(), rows_written(LEXICON), "a row does not parse");
    }

    #[test]
    fn singulars() {
        let cases = [
            ("troops", "troop"), ("families", "family"), ("boxes", "box"), ("churches", "church"),
            ("houses", "house"), ("causes", "cause"), ("losses", "loss"), ("heroes", "hero"),
            ("prizes", "prize"), ("crises", "crisis"), ("lives", "life"), ("diseases", "disease"),
            ("personnel", "personnel"), ("purchases", "purchase"), ("addresses", "address"),
            ("viruses", "virus"), ("ukrainians", "ukrainian"), ("courses", "course"),
        ];
        for (plural, expected) in cases {
            assert_eq!(singular(plural), expected);
            assert!(is_plural(plural), "{plural}");
        }
        assert!(!is_plural("across") && !is_plural("crisis") && !is_plural("texas") && !is_plural("various"));
        assert!(is_person("soldier") && is_person("crew member") && !is_person("tank"));
    }
}
