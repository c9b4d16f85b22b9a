//! Phrases looked up in tokens: built from tables, longest first, so that no table has to be
//! written a second time as a pattern.

use crate::segment::dictionary::Dictionary;
use crate::segment::token::Tokens;
use crate::text::Span;

/// Phrases, each with what it stands for.
#[derive(Debug)]
pub struct Phrases<T> {
    /// The phrases that start with a word, the longest first.
    by_first: Dictionary<Vec<usize>>,
    /// The phrases that end with a word, the longest first.
    by_last: Dictionary<Vec<usize>>,
    all: Vec<Phrase<T>>,
}

/// A token of a phrase.
#[derive(Debug)]
struct Word {
    key: u64,
    text: String,
}

#[derive(Debug)]
struct Phrase<T> {
    words: Vec<Word>,
    value: T,
}

impl<T> Phrases<T> {
    /// The phrases of a table, cut into tokens as prose is. Of two equal ones the first counts.
    pub fn new<S: AsRef<str>>(table: impl IntoIterator<Item = (S, T)>) -> Self {
        let mut tokens = Tokens::new();
        let mut all: Vec<Phrase<T>> = table
            .into_iter()
            .map(|(phrase, value)| Phrase { words: cut(&mut tokens, phrase.as_ref()), value })
            .filter(|phrase| !phrase.words.is_empty())
            .collect();
        all.sort_by_key(|phrase| std::cmp::Reverse(phrase.words.len()));
        let index = |word: fn(&[Word]) -> Option<&Word>| {
            let all = all.iter().enumerate();
            let words = all.filter_map(|(i, phrase)| Some((&word(&phrase.words)?.text, vec![i])));
            Dictionary::merged(words, Vec::extend)
        };
        Self { by_first: index(<[_]>::first), by_last: index(<[_]>::last), all }
    }

    /// The longest phrase that starts at token `i`: the token behind it, and what it stands for.
    pub fn at(&self, tokens: &Tokens, i: usize) -> Option<(usize, &T)> {
        let candidates = tokens.look_up(i, &self.by_first)?;
        candidates.iter().find_map(|candidate| self.fits(*candidate, tokens, i))
    }

    fn fits(&self, candidate: usize, tokens: &Tokens, i: usize) -> Option<(usize, &T)> {
        let Phrase { words, value } = self.all.get(candidate)?;
        let mut words_at = words.iter().zip(i..);
        // Most that do not fit differ in a key.
        let fits = words_at.clone().all(|(word, at)| tokens.key(at) == Some(word.key))
            && words_at.all(|(word, at)| tokens.lower(at) == word.text);
        fits.then_some((i + words.len(), value))
    }

    /// The longest phrase that ends before token `end`: its first token, and what it stands for.
    pub fn before(&self, tokens: &Tokens, end: usize) -> Option<(usize, &T)> {
        let last = end.checked_sub(1)?;
        tokens.look_up(last, &self.by_last)?.iter().find_map(|candidate| {
            let first = end.checked_sub(self.all.get(*candidate)?.words.len())?;
            self.fits(*candidate, tokens, first).map(|(_, value)| (first, value))
        })
    }

    /// What each phrase stands for, the longest phrase first.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.all.iter().map(|phrase| &phrase.value)
    }
}

fn cut(tokens: &mut Tokens, phrase: &str) -> Vec<Word> {
    tokens.read(phrase, Span::new(0, phrase.len()));
    let word = |i| Some(Word { key: tokens.key(i)?, text: tokens.lower(i).to_owned() });
    (0..tokens.len()).filter_map(word).collect()
}

#[cfg(test)]
mod tests {
    use super::Phrases;
    use crate::segment::Tokens;
    use crate::text::Span;

    #[test]
    fn the_longest_wins_from_both_sides() {
        let phrases = Phrases::new([("more than", 1), ("no more than", 2), ("sq km", 3)]);
        let text = "No more than 5 sq km";
        let mut tokens = Tokens::new();
        tokens.read(text, Span::new(0, text.len()));
        assert_eq!(phrases.before(&tokens, 3), Some((0, &2)));
        assert_eq!(phrases.at(&tokens, 4), Some((6, &3)));
        assert_eq!(phrases.at(&tokens, 1), Some((3, &1)));
        assert_eq!(phrases.at(&tokens, 9), None);
    }
}
