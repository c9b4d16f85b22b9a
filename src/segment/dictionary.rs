//! Words of a table, found by the key that every token carries: one multiplication when the text is
//! cut, one probe a look-up, and no allocation in either.

/// The most bytes a word may have for its key to be its own, if it is of ASCII letters, digits and
/// the marks inside words.
pub(crate) const OWN: usize = 8;

/// The key of a word: equal for words that are equal but for ASCII case, and made of the length and
/// the four bytes at either end, so that it costs the same for every word. Words longer than
/// [`OWN`] may share one and are told apart when they are compared.
pub(crate) fn key(word: &str) -> u64 {
    // The bit that tells capitals from small letters, in every byte; the length takes its place.
    const CASE: u64 = 0x2020_2020_2020_2020;
    // The lengths 0 to 15 in such bits.
    const LENGTHS: [u64; 16] = {
        let mut lengths = [0; 16];
        let mut length = 0;
        while length < 16 {
            let mut bit = 0;
            while bit < 4 {
                if length >> bit & 1 == 1 {
                    lengths[length] |= 0x20 << (8 * bit);
                }
                bit += 1;
            }
            length += 1;
        }
        lengths
    };
    // The multiplier of rustc's own hasher.
    const MIX: u64 = 0xf135_7aea_2e62_a9c5;
    let bytes = word.as_bytes();
    let ends = match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        (Some(first), Some(last)) => {
            u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last))
        }
        _ => bytes.iter().fold(0, |ends, byte| ends << 8 | u64::from(*byte)),
    };
    let length = LENGTHS[bytes.len().min(LENGTHS.len() - 1)];
    let key = ((ends & !CASE) | length).wrapping_mul(MIX);
    // The high bits of a product are the well-mixed ones; slots are chosen by the low ones.
    key ^ key >> 32
}

/// Words, each with what it stands for. ASCII case does not count.
#[derive(Debug)]
pub struct Dictionary<T> {
    /// One byte of the key of the word in each slot, 0 where there is none: small enough to stay
    /// near the processor, so that most words that are not listed cost one look at it. Twice as
    /// many slots as words or more, a power of two; a word stands in the first free slot from the
    /// one its key names on.
    tags: Vec<u8>,
    /// The key and the entry of the word in each slot.
    slots: Vec<(u64, usize)>,
    entries: Vec<(Box<str>, T)>,
}

/// The byte of a key that marks its slot; never 0.
fn tag(key: u64) -> u8 {
    let [.., high] = key.to_le_bytes();
    high | 1
}

impl<T> Dictionary<T> {
    /// No word yet.
    pub(crate) fn empty() -> Self {
        Self { tags: vec![0; 8], slots: vec![(0, 0); 8], entries: Vec::new() }
    }

    /// The words of a table. Of two equal ones the last counts.
    pub fn new<S: AsRef<str>>(table: impl IntoIterator<Item = (S, T)>) -> Self {
        Self::merged(table, |old, new| *old = new)
    }

    /// The words of a table; `merge` says what becomes of a word that comes again.
    pub fn merged<S: AsRef<str>>(
        table: impl IntoIterator<Item = (S, T)>,
        mut merge: impl FnMut(&mut T, T),
    ) -> Self {
        let mut dictionary = Self::empty();
        for (word, value) in table {
            let word = word.as_ref();
            match dictionary.find(key(word), |text| text.eq_ignore_ascii_case(word)) {
                Some(at) => merge(&mut dictionary.entries[at].1, value),
                None => dictionary.add(word, value),
            }
        }
        dictionary
    }

    /// What `word` stands for, to be changed; it is added if it is not there.
    pub(crate) fn entry(&mut self, word: &str) -> &mut T
    where
        T: Default,
    {
        let at =
            self.find(key(word), |text| text.eq_ignore_ascii_case(word)).unwrap_or_else(|| {
                self.add(word, T::default());
                self.entries.len() - 1
            });
        &mut self.entries[at].1
    }

    fn add(&mut self, word: &str, value: T) {
        self.entries.push((word.into(), value));
        if self.entries.len() * 2 > self.tags.len() {
            let slots = self.tags.len() * 2;
            self.tags = vec![0; slots];
            self.slots = vec![(0, 0); slots];
            for entry in 0..self.entries.len() {
                self.place(entry);
            }
        } else {
            self.place(self.entries.len() - 1);
        }
    }

    fn place(&mut self, entry: usize) {
        let Some((word, _)) = self.entries.get(entry) else { return };
        let key = key(word);
        let mut at = self.start(key);
        while self.tags.get(at).is_some_and(|tag| *tag != 0) {
            at = self.next(at);
        }
        if let (Some(mark), Some(slot)) = (self.tags.get_mut(at), self.slots.get_mut(at)) {
            *mark = tag(key);
            *slot = (key, entry);
        }
    }

    /// The slot where the search for `key` begins.
    fn start(&self, key: u64) -> usize {
        usize::try_from(key & 0xffff_ffff).unwrap_or_default() & (self.tags.len() - 1)
    }

    fn next(&self, at: usize) -> usize {
        (at + 1) & (self.tags.len() - 1)
    }

    /// The entry with this key whose word is the `same`; most words that are not listed end at the
    /// first look.
    #[inline]
    fn find(&self, key: u64, same: impl Fn(&str) -> bool) -> Option<usize> {
        let at = self.start(key);
        if *self.tags.get(at)? == 0 { None } else { self.search(at, key, same) }
    }

    fn search(&self, mut at: usize, key: u64, same: impl Fn(&str) -> bool) -> Option<usize> {
        let wanted = tag(key);
        loop {
            let mark = *self.tags.get(at)?;
            if mark == 0 {
                return None;
            }
            if mark == wanted
                && let Some(&(known, entry)) = self.slots.get(at)
                && known == key
                && self.entries.get(entry).is_some_and(|(text, _)| same(text))
            {
                return Some(entry);
            }
            at = self.next(at);
        }
    }

    /// What `word` stands for.
    pub fn get(&self, word: &str) -> Option<&T> {
        self.get_keyed(key(word), |text| text.eq_ignore_ascii_case(word))
    }

    /// What the word with this key stands for; `same` tells whether a word is that one, as two may
    /// share a key.
    pub(crate) fn get_keyed(&self, key: u64, same: impl Fn(&str) -> bool) -> Option<&T> {
        let at = self.find(key, same)?;
        self.entries.get(at).map(|(_, value)| value)
    }

    /// The words with what they stand for, in the order of the table.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.entries.iter().map(|(word, value)| (&**word, value))
    }
}

#[cfg(test)]
mod tests {
    use super::{Dictionary, key};

    #[test]
    fn finds_every_word_in_any_case_and_no_other() {
        let words: Vec<String> = (0..500).map(|n| format!("word{n}")).collect();
        let dictionary = Dictionary::new(words.iter().zip(0..));
        for (n, word) in words.iter().enumerate() {
            assert_eq!(dictionary.get(&word.to_uppercase()), Some(&n));
        }
        assert_eq!(dictionary.get("word500"), None);
        assert_eq!(dictionary.get(""), None);
        assert_eq!(dictionary.iter().count(), 500);
    }

    #[test]
    fn short_words_have_keys_of_their_own() {
        let letters = ["a", "b", "e", "s", "z", "1", "'", "."];
        let mut words: Vec<String> = vec![String::new()];
        let mut keys = std::collections::BTreeMap::new();
        while let Some(word) = words.pop() {
            assert_eq!(key(&word), key(&word.to_uppercase()));
            assert_eq!(keys.insert(key(&word), word.clone()), None);
            if word.len() < 5 {
                words.extend(letters.iter().map(|letter| word.clone() + letter));
            }
        }
        let longer = ["stations", "nations", "seasons", "sensors", "sea-sons", "stattons"];
        for word in longer {
            assert_eq!(keys.insert(key(word), word.to_owned()), None);
        }
    }

    #[test]
    fn a_word_that_comes_again_is_merged() {
        let merged = Dictionary::merged([("a", 1), ("b", 2), ("A", 4)], |old, new| *old |= new);
        assert_eq!(merged.get("a"), Some(&5));
    }
}
