//! Names found in prose, longest first, with the case rules of names.
//!
//! A short name in capitals (`US`, `WHO`, `UN`) is met only in capitals; of any other name the
//! first capital has to be one in the text too, so that `the West` is not the west; the rest is
//! free, so that headlines and shouting are read.
//!
//! There are thousands of names and an article has few: a name is cut into words when a text first
//! has a word that begins like it.

use crate::segment::{Dictionary, Gap, Kind, Token, Tokens, key};
use crate::text::Span;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

/// Names in capitals of up to this many letters are met only in capitals.
const SHORT: usize = 4;

/// What a token of a name asks of the token in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Letters {
    Free,
    Capital,
    Upper,
}

/// A token of a name.
#[derive(Debug, Clone)]
struct Piece {
    word: Range<usize>,
    key: u64,
    letters: Letters,
    touches: bool,
}

#[derive(Debug)]
struct Name<T> {
    pieces: Range<usize>,
    /// The name before it that starts with the same word.
    before: Option<usize>,
    /// Whether it is a word in capitals that in lower case may be another (`US`, `IS`, `WHO`).
    doubtful: bool,
    value: T,
}

/// The last names that start with a word.
#[derive(Debug, Clone, Copy, Default)]
struct Opening {
    /// The one in which it has a capital.
    capital: Option<usize>,
    /// The one in which it has none.
    small: Option<usize>,
}

/// A name as it was added.
#[derive(Debug)]
struct Added<T> {
    text: Range<usize>,
    value: T,
    doubtful: bool,
    /// The one before it that begins alike.
    before: Option<usize>,
}

/// Names that begin alike.
#[derive(Debug)]
struct Group<T> {
    /// The last that was added.
    last: Option<usize>,
    /// Whether one of them begins without a capital.
    small: bool,
    read: OnceLock<Box<Read<T>>>,
}

/// How many ways to begin are told apart: a prime, so that every letter counts.
const GROUPS: usize = 2039;

/// Names, each with what it stands for.
#[derive(Debug)]
pub(crate) struct Names<T> {
    texts: String,
    added: Vec<Added<T>>,
    groups: Vec<Group<T>>,
}

impl<T: Copy> Names<T> {
    /// No name yet, with room for `room`.
    pub(crate) fn with_room(room: usize) -> Self {
        let empty = || Group { last: None, small: false, read: OnceLock::new() };
        let mut groups = Vec::new();
        groups.resize_with(GROUPS, empty);
        let (texts, added) = (String::with_capacity(room * 12), Vec::with_capacity(room));
        Self { texts, added, groups }
    }

    /// Adds a name. Of two equal ones the later counts.
    pub(crate) fn add(&mut self, name: &str, value: T, doubtful: bool) {
        let start = self.texts.len();
        self.texts.push_str(name);
        let Some(group) = self.groups.get_mut(group(name)) else { return };
        let before = group.last.replace(self.added.len());
        group.small |= !name.starts_with(char::is_uppercase);
        let text = start..self.texts.len();
        self.added.push(Added { text, value, doubtful, before });
    }

    /// Every name that starts at token `i`: the token behind it, and what it stands for. Of equal
    /// ones the later comes first.
    pub(crate) fn at(&self, tokens: &Tokens, i: usize) -> impl Iterator<Item = (usize, &T)> {
        let capital = tokens.get(i).is_some_and(|token| token.capital);
        let group = self.groups.get(group(tokens.lower(i)));
        let group = group.filter(|group| group.last.is_some() && (capital || group.small));
        let read = group.map(|group| group.read.get_or_init(|| Box::new(self.read(group))));
        read.into_iter().flat_map(move |read| read.at(tokens, i))
    }

    /// Cuts the names of a group into words.
    fn read(&self, group: &Group<T>) -> Read<T> {
        let all = std::iter::successors(group.last, |at| self.added.get(*at)?.before);
        let mut all: Vec<&Added<T>> = all.filter_map(|at| self.added.get(at)).collect();
        all.reverse();
        let mut read = Read::new();
        for Added { text, value, doubtful, .. } in all {
            read.add(self.texts.get(text.clone()).unwrap_or_default(), *value, *doubtful);
        }
        read
    }
}

/// Where names stand that begin as `text` does, by its first letters, up to three: they are all of
/// its first word, or its beginning.
fn group(text: &str) -> usize {
    let letters = text.bytes().take(3).take_while(u8::is_ascii_alphabetic);
    let number = letters.fold(0, |number, letter| number * 32 + usize::from(letter & 31));
    number % GROUPS
}

/// Names that begin alike, cut into words.
#[derive(Debug)]
struct Read<T> {
    openings: Dictionary<Opening>,
    all: Vec<Name<T>>,
    pieces: Vec<Piece>,
    words: String,
    tokens: Tokens,
}

impl<T: Copy> Read<T> {
    fn new() -> Self {
        Self {
            openings: Dictionary::empty(),
            all: Vec::new(),
            pieces: Vec::new(),
            words: String::new(),
            tokens: Tokens::new(),
        }
    }

    /// Adds a name. Of two equal ones the later counts.
    fn add(&mut self, name: &str, value: T, doubtful: bool) {
        self.tokens.read(name, Span::new(0, name.len()));
        let first = self.pieces.len();
        let mut capital = false;
        for (i, token) in self.tokens.iter().enumerate() {
            let start = self.words.len();
            let folded = word(&self.tokens, i);
            self.words.push_str(&folded);
            let is_short = || letters_in(token.span.of(name)) <= SHORT;
            let letters = if token.upper && is_short() {
                Letters::Upper
            } else if token.capital && !capital {
                Letters::Capital
            } else {
                Letters::Free
            };
            capital |= token.capital;
            let touches = i > 0 && token.gap == Gap::None;
            let (word, key) = (start..self.words.len(), key(&folded));
            self.pieces.push(Piece { word, key, letters, touches });
        }
        let pieces = first..self.pieces.len();
        let Some(opening) = self.pieces.get(first) else { return };
        let word = self.words.get(opening.word.clone()).unwrap_or_default();
        let capitals = opening.letters == Letters::Upper && word.chars().all(char::is_alphabetic);
        let doubtful = doubtful && capitals && pieces.len() == 1;
        let small = opening.letters == Letters::Free;
        let opening = self.openings.entry(word);
        let last = if small { &mut opening.small } else { &mut opening.capital };
        let before = last.replace(self.all.len());
        self.all.push(Name { pieces, before, doubtful, value });
    }

    /// Every name that starts at token `i`: the token behind it, and what it stands for. Of equal
    /// ones the later comes first.
    fn at(&self, tokens: &Tokens, i: usize) -> impl Iterator<Item = (usize, &T)> {
        let opening = look_up(tokens, i, &self.openings).copied().unwrap_or_default();
        let capital = tokens.get(i).is_some_and(|token| token.capital);
        let named = |last: Option<usize>| {
            let names = std::iter::successors(last, |at| self.all.get(*at)?.before);
            names.filter_map(|at| self.all.get(at))
        };
        let named = named(opening.capital.filter(|_| capital)).chain(named(opening.small));
        let fitting = named.filter(move |name| self.fits(name, tokens, i));
        fitting.map(move |name| (i + name.pieces.len(), &name.value))
    }

    fn fits(&self, name: &Name<T>, tokens: &Tokens, i: usize) -> bool {
        let pieces = self.pieces.get(name.pieces.clone()).unwrap_or_default();
        let fits = pieces.iter().enumerate().all(|(k, piece)| {
            let Some(token) = tokens.get(i + k) else { return false };
            let letters = match piece.letters {
                Letters::Free => true,
                Letters::Capital => token.capital,
                Letters::Upper => token.upper,
            };
            let joined = !piece.touches || token.gap == Gap::None;
            // The first word is the one that the name was found by.
            letters && joined && (k == 0 || self.is_word(piece, tokens, i + k))
        });
        fits && !(name.doubtful && is_shouted(tokens))
    }

    /// Whether the token at `i` is the word of a piece; most that are not differ in their keys.
    fn is_word(&self, piece: &Piece, tokens: &Tokens, i: usize) -> bool {
        let plain = tokens.get(i).is_some_and(is_plain);
        (!plain || tokens.key(i) == Some(piece.key))
            && self.words.get(piece.word.clone()) == Some(&*word(tokens, i))
    }
}

/// What `openings` says of the token at `i` as names are compared.
fn look_up<'o>(
    tokens: &Tokens,
    i: usize,
    openings: &'o Dictionary<Opening>,
) -> Option<&'o Opening> {
    if is_plain(tokens.get(i)?) {
        return tokens.look_up(i, openings);
    }
    openings.get(&word(tokens, i))
}

/// Whether the token's text, but for case, is what names are compared by.
fn is_plain(token: &Token) -> bool {
    token.ascii && token.kind != Kind::Sign('\'')
}

fn letters_in(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

/// Whether all is in capitals, so that capitals tell nothing.
fn is_shouted(tokens: &Tokens) -> bool {
    let mut words = tokens.iter().filter(|token| token.kind == Kind::Word && token.span.len() > 1);
    words.clone().count() > 2 && words.all(|token| token.upper)
}

/// The token as names are compared: in lower case, apostrophes straight, hyphens plain.
fn word(tokens: &Tokens, i: usize) -> Cow<'_, str> {
    let text = tokens.lower(i);
    match tokens.kind(i) {
        Some(Kind::Possessive) => Cow::Borrowed("'s"),
        Some(Kind::Sign('-')) => Cow::Borrowed("-"),
        Some(Kind::Sign('\'')) => Cow::Borrowed("'"),
        Some(Kind::Word) if !text.is_ascii() => Cow::Owned(folded(text)),
        _ => Cow::Borrowed(text),
    }
}

fn folded(text: &str) -> String {
    let straight = text.chars().map(|c| if matches!(c, '’' | '‘' | 'ʼ') { '\'' } else { c });
    straight.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::Names;
    use crate::segment::Tokens;
    use crate::text::Span;

    const NAMES: &[&str] = &[
        "US",
        "U.S.",
        "WHO",
        "IS",
        "Islamic State",
        "ISIS",
        "Guinea",
        "Guinea-Bissau",
        "G7",
        "Papua New Guinea",
        "Côte d’Ivoire",
        "Cote d'Ivoire",
        "the West",
        "rebels",
        "Ukraine",
        "Ukraine's border",
        "border with Ukraine",
        "al-Qaeda",
        "UN rights office",
        "St. Helena",
        "Éire",
        "DR Congo",
        "MEPs",
        "Russian defence ministry",
        "NATO",
        "DAESH",
        "N'Djamena",
    ];

    /// Every name found in `text`, passing over what a found one covers.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let mut names = Names::with_room(8);
        for name in NAMES {
            names.add(name, *name, true);
        }
        let mut tokens = Tokens::new();
        tokens.read(text, Span::new(0, text.len()));
        let (mut found, mut i) = (Vec::new(), 0);
        while i < tokens.len() {
            match names.at(&tokens, i).max_by_key(|(end, _)| *end) {
                Some((end, name)) => {
                    found.push(*name);
                    i = end;
                }
                None => i += 1,
            }
        }
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn short_names_in_capitals_are_met_only_in_capitals() {
        check("It gave us and the US aid", &["US"]);
        check("Us too. Who is he? Is it WHO?", &["WHO"]);
        check("The U.S. and u.s. and U.S", &["U.S."]);
        check("IS is ISIS, not Isis", &["IS", "ISIS"]);
        check("Un rights office; UN Rights Office", &["UN rights office"]);
        check("Daesh and DAESH", &["DAESH", "DAESH"]);
        check("the G7 and the g7", &["G7"]);
    }

    #[test]
    fn other_names_need_their_first_capital() {
        check("west and the West and The West, the west", &["the West", "the West"]);
        check("Rebels met rebels in ukraine", &["rebels", "rebels"]);
        check("al-Qaeda, al-qaeda, Al-Qaeda", &["al-Qaeda", "al-Qaeda"]);
        check("Russian Defence Ministry", &["Russian defence ministry"]);
        check("the MEPs, the meps", &["MEPs"]);
    }

    #[test]
    fn where_all_is_shouted_doubtful_names_are_left() {
        check("RUSSIA IS READY, SAYS UKRAINE", &["Ukraine"]);
        check("WHO KILLED US IN U.S. HOMES", &["U.S."]);
        check("US AND NATO", &[]);
        check("US, NATO", &["US", "NATO"]);
    }

    #[test]
    fn the_longest_counts_whatever_joins_it() {
        check(
            "Guinea-Bissau and Guinea and Guinea – Bissau",
            &["Guinea-Bissau", "Guinea", "Guinea"],
        );
        check("Guinea‑Bissau", &["Guinea-Bissau"]);
        check("Papua New Guinea's", &["Papua New Guinea"]);
        check("Cote d’Ivoire’s, CÔTE D'IVOIRE", &["Cote d'Ivoire", "Côte d’Ivoire"]);
        check("Ukraine’s border, Ukraine's army", &["Ukraine's border", "Ukraine"]);
        check("the border with Ukraine", &["border with Ukraine"]);
        check(
            "St. Helena, ÉIRE, N’Djamena, DR Congo",
            &["St. Helena", "Éire", "N'Djamena", "DR Congo"],
        );
    }
}
