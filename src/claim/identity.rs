//! A claim's id: stable under edits elsewhere in the article.

use std::collections::HashMap;

/// Gives out the ids of one article's claims.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    turns: HashMap<u64, usize>,
}

impl Ids {
    /// The id of the next number `text` in the sentence that is `normal` when [`normalised`]:
    /// twelve hexadecimal digits made of it, the number's text and its turn, never of offsets.
    pub(crate) fn next(&mut self, normal: &str, text: &str) -> String {
        let turn = self.turns.entry(fnv([normal, text])).or_insert(0);
        *turn += 1;
        let hash = fnv([normal, text, &turn.to_string()]);
        format!("{:012x}", hash & 0xffff_ffff_ffff)
    }
}

/// Letters and digits in lower case with single spaces: quotes and spacing may change.
pub(crate) fn normalised(sentence: &str) -> String {
    let mut text = String::with_capacity(sentence.len());
    for c in sentence.chars() {
        if c.is_alphanumeric() || matches!(c, '%' | '$' | '£' | '€' | '.') {
            text.extend(c.to_lowercase());
        } else if !text.ends_with(' ') {
            text.push(' ');
        }
    }
    text.trim().to_owned()
}

fn fnv<'a>(parts: impl IntoIterator<Item = &'a str>) -> u64 {
    let bytes = parts.into_iter().flat_map(|part| part.bytes().chain(std::iter::once(0x1f)));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, b| {
        (hash ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::{Ids, normalised};

    #[test]
    fn equal_numbers_take_turns() {
        let mut ids = Ids::default();
        let normal = normalised("Two killed, two hurt.");
        let a = ids.next(&normal, "two");
        let b = ids.next(&normal, "two");
        assert_ne!(a, b);
        assert_eq!(normal, normalised("Two killed,  two hurt."));
        assert_eq!(a.len(), 12);
    }
}
