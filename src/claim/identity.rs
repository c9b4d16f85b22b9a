//! A claim's id: stable under edits elsewhere in the article.

use std::collections::HashMap;

/// Gives out the ids of one article's claims.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    turns: HashMap<Hash, usize>,
}

impl Ids {
    /// The id of the next number `text` in the sentence `normal`: twelve hexadecimal digits made of
    /// it, the number's text and its turn, never of offsets.
    pub(crate) fn next(&mut self, normal: Hash, text: &str) -> String {
        let number = normal.part(text);
        let turn = self.turns.entry(number).or_insert(0);
        *turn += 1;
        format!("{:012x}", number.part(&turn.to_string()).0 & 0xffff_ffff_ffff)
    }
}

/// What was read so far, mixed into one number (FNV-1a).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Hash(u64);

impl Hash {
    const START: Self = Self(0xcbf2_9ce4_8422_2325);

    fn byte(self, byte: u8) -> Self {
        Self((self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
    }

    fn text(self, text: &str) -> Self {
        text.bytes().fold(self, Self::byte)
    }

    /// A text that ends here.
    fn part(self, text: &str) -> Self {
        self.text(text).byte(0x1f)
    }
}

/// The sentence as letters and digits in lower case with single spaces: quotes and spacing may
/// change.
pub(crate) fn normalised(sentence: &str) -> Hash {
    let (mut hash, mut started, mut gap) = (Hash::START, false, false);
    for c in sentence.chars() {
        if !(c.is_alphanumeric() || matches!(c, '%' | '$' | '£' | '€' | '.')) {
            gap = started;
            continue;
        }
        if gap {
            hash = hash.byte(b' ');
        }
        (started, gap) = (true, false);
        hash = match u8::try_from(c) {
            Ok(byte) if byte.is_ascii() => hash.byte(byte.to_ascii_lowercase()),
            _ => c.to_lowercase().fold(hash, |hash, c| hash.text(c.encode_utf8(&mut [0; 4]))),
        };
    }
    hash.byte(0x1f)
}

#[cfg(test)]
mod tests {
    use super::{Hash, Ids, normalised};

    #[test]
    fn equal_numbers_take_turns() {
        let mut ids = Ids::default();
        let normal = normalised("Two killed, two hurt.");
        let a = ids.next(normal, "two");
        let b = ids.next(normal, "two");
        assert_ne!(a, b);
        assert_eq!(a.len(), 12);
    }

    #[test]
    fn quotes_case_and_spacing_do_not_count() {
        let plain = Hash::START.part("two killed in öland 5% of £3.50");
        assert_eq!(normalised(" “Two killed,  in ÖLAND” — 5% of £3.50! "), plain);
        assert_ne!(normalised("two killed in öland 5 of £3.50"), plain);
    }
}
