//! A claim's id: stable under edits elsewhere in the article.

use std::collections::HashMap;

/// Gives out the ids of one article's claims.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    turns: HashMap<(String, String), usize>,
}

impl Ids {
    /// The id of the next number `text` in `sentence`: twelve hexadecimal digits made of the
    /// normalised sentence, the number's text and its turn, never of offsets.
    pub(crate) fn next(&mut self, sentence: &str, text: &str) -> String {
        let normal = normalised(sentence);
        let turn = self.turns.entry((normal.clone(), text.to_owned())).or_insert(0);
        *turn += 1;
        let hash = fnv([normal.as_str(), text, &turn.to_string()]);
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
    use super::Ids;

    #[test]
    fn equal_numbers_take_turns() {
        let mut ids = Ids::default();
        let a = ids.next("Two killed, two hurt.", "two");
        let b = ids.next("Two killed, two hurt.", "two");
        assert_ne!(a, b);
        assert_eq!(Ids::default().next("Two killed,  two hurt", "two").len(), 12);
    }
}
