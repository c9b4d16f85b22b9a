//! Things kept in order and found by their key.

use crate::reference::table::Text;
use std::collections::HashMap;
use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher, Hasher};

/// A map whose keys are words of tables. Nobody chooses them to collide, so its hash is quick
/// rather than guarded.
pub(crate) type WordMap<K, V> = HashMap<K, V, BuildHasherDefault<WordHasher>>;

/// A multiplicative hash, eight bytes at a time.
#[derive(Debug, Clone, Default)]
pub(crate) struct WordHasher(u64);

impl WordHasher {
    fn mix(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let word = match chunk.try_into() {
                Ok(whole) => u64::from_le_bytes(whole),
                Err(_) => chunk.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)),
            };
            self.mix(word);
        }
    }

    fn write_u8(&mut self, byte: u8) {
        self.mix(u64::from(byte));
    }

    fn finish(&self) -> u64 {
        self.0.rotate_left(26)
    }
}

/// The hash of a row's key, of which there may be a million that hardly differ.
pub(crate) fn hash(key: &str) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(key)
}

/// Things in the order they came, each with a key of its own.
#[derive(Debug)]
pub(crate) struct Keyed<T> {
    items: Vec<T>,
    by_key: WordMap<Text, usize>,
}

impl<T> Keyed<T> {
    /// Nothing yet, with room for `room` things.
    pub(crate) fn with_room(room: usize) -> Self {
        let by_key = WordMap::with_capacity_and_hasher(room, BuildHasherDefault::default());
        Self { items: Vec::with_capacity(room), by_key }
    }

    /// Puts `item` in place of the one with the same key, or behind the last; returns its index.
    pub(crate) fn put(&mut self, key: Text, item: T) -> usize {
        let next = self.items.len();
        let at = *self.by_key.entry(key).or_insert(next);
        match self.items.get_mut(at) {
            Some(old) => *old = item,
            None => self.items.push(item),
        }
        at
    }

    /// The index of the one with that key.
    pub(crate) fn find(&self, key: &str) -> Option<usize> {
        self.by_key.get(key).copied()
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.items.len()
    }

    /// The one at `at`, which this collection gave out.
    pub(crate) fn get(&self, at: usize) -> &T {
        &self.items[at]
    }

    /// The same, to be changed; its key stays.
    pub(crate) fn get_mut(&mut self, at: usize) -> &mut T {
        &mut self.items[at]
    }

    /// All of them in order, to be named by their index.
    pub(crate) fn all(&self) -> &[T] {
        &self.items
    }

    /// All of them in order.
    pub(crate) fn iter(&self) -> std::slice::Iter<'_, T> {
        self.items.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::Keyed;

    #[test]
    fn a_later_one_replaces_its_namesake() {
        let mut keyed = Keyed::with_room(2);
        assert_eq!(keyed.put("a".into(), 1), 0);
        assert_eq!(keyed.put("b".into(), 2), 1);
        assert_eq!(keyed.put("a".into(), 3), 0);
        assert_eq!(keyed.iter().copied().collect::<Vec<_>>(), [3, 2]);
        assert_eq!(keyed.find("b"), Some(1));
        assert_eq!(keyed.find("c"), None);
        assert_eq!(*keyed.get(0), 3);
        assert_eq!(keyed.len(), 2);
    }
}
