//! Nouns: their plurals and singulars, and which of them mean people.

use crate::quantity::lexicon::ends_phrase_at;
use crate::segment::{Dictionary, Kind, Tokens};
use crate::text::{Prose, Span, parts, rows};
use serde::Deserialize;
use std::sync::LazyLock;

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
    #[cfg_attr(not(test), expect(dead_code, reason = "the example runs as a test"))]
    example: String,
}

static IRREGULAR: LazyLock<Dictionary<NounRow>> = LazyLock::new(|| {
    Dictionary::new(rows::<NounRow>(NOUNS).into_iter().map(|r| (r.plural.clone(), r)))
});

static PERSONS: LazyLock<Dictionary<()>> = LazyLock::new(|| {
    let named = rows::<PeopleRow>(PEOPLE);
    let listed = named.iter().flat_map(|row| parts(&row.words));
    let irregular = IRREGULAR.iter().map(|(_, row)| row);
    let irregular = irregular.filter(|r| r.class == "person" || r.class == "state");
    Dictionary::new(listed.chain(irregular.map(|r| r.singular.as_str())).map(|word| (word, ())))
});

/// Whether the singular noun means a human being; such nouns compare as `person`.
pub fn is_person(singular: &str) -> bool {
    let last = singular.rsplit(' ').next().unwrap_or(singular);
    PERSONS.get(singular).or_else(|| PERSONS.get(last)).is_some()
}

impl NounRow {
    fn is_plural(&self) -> bool {
        !matches!(self.class.as_str(), "mass" | "name")
    }
}

/// Whether the token at `i` is a plural (or a collective that counts as one).
pub(crate) fn is_plural_at(tokens: &Tokens, i: usize) -> bool {
    if tokens.kind(i) != Some(Kind::Word) {
        return false;
    }
    match tokens.look_up(i, &IRREGULAR) {
        Some(row) => row.is_plural(),
        None => looks_plural(tokens.word(i)) && !ends_phrase_at(tokens, i),
    }
}

/// Whether a word ends as regular plurals do.
fn looks_plural(word: &str) -> bool {
    word.len() > 2
        && word.ends_with('s')
        && !word.ends_with("ss")
        && (!word.ends_with("us") || word.len() >= 8)
        && !word.ends_with("ous")
        && !word.ends_with("virus")
        && !word.ends_with("is")
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

/// The singular of a plural, or the word itself.
pub(crate) fn singular_of(tokens: &Tokens, i: usize) -> String {
    let word = tokens.word(i);
    if is_plural_at(tokens, i) { singular(word) } else { word.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{NOUNS, NounRow, PEOPLE, PeopleRow, is_person, is_plural_at, singular};
    use crate::quantity::test_support::read_marked;
    use crate::segment::Tokens;
    use crate::text::Span;
    use crate::text::{rows, rows_written};

    #[test]
    fn every_noun_is_counted_in_its_example() {
        let table = rows::<NounRow>(NOUNS);
        assert_eq!(table.len(), rows_written(NOUNS), "a row does not parse");
        for row in &table {
            let (text, found) = read_marked(&row.example);
            let noun = found.and_then(|q| q.noun).unwrap_or_else(|| panic!("no noun in {text}"));
            if matches!(row.class.as_str(), "mass" | "name") {
                // Not what is counted, though it ends like a plural.
                assert_eq!(noun.singular, "case", "{text}");
            } else if !row.plural.contains(' ') && row.class != "thing" || row.singular != "foot" {
                assert!(
                    noun.singular == row.singular || row.plural.contains(' '),
                    "{text}: {}",
                    noun.singular
                );
            }
        }
    }

    #[test]
    fn people_are_persons() {
        let table = rows::<PeopleRow>(PEOPLE);
        assert_eq!(table.len(), rows_written(PEOPLE), "a row does not parse");
        for row in &table {
            let (text, found) = read_marked(&row.example);
            assert!(found.is_some_and(|quantity| quantity.is_people()), "{text}");
        }
    }

    fn is_plural(word: &str) -> bool {
        let mut tokens = Tokens::new();
        tokens.read(word, Span::new(0, word.len()));
        is_plural_at(&tokens, 0)
    }

    #[test]
    fn singulars() {
        let cases = [
            ("troops", "troop"),
            ("families", "family"),
            ("boxes", "box"),
            ("churches", "church"),
            ("houses", "house"),
            ("causes", "cause"),
            ("losses", "loss"),
            ("heroes", "hero"),
            ("prizes", "prize"),
            ("crises", "crisis"),
            ("lives", "life"),
            ("diseases", "disease"),
            ("personnel", "personnel"),
            ("purchases", "purchase"),
            ("addresses", "address"),
            ("viruses", "virus"),
            ("ukrainians", "ukrainian"),
            ("courses", "course"),
        ];
        for (plural, expected) in cases {
            assert_eq!(singular(plural), expected);
            assert!(is_plural(plural), "{plural}");
        }
        assert!(
            !is_plural("across")
                && !is_plural("crisis")
                && !is_plural("texas")
                && !is_plural("various")
        );
        assert!(is_person("soldier") && is_person("crew member") && !is_person("tank"));
    }
}
