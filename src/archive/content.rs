//! What makes two articles the same one, and two versions of it the same text.

use crate::ingest::{Article, Block, BlockKind};
use crate::text::Span;

/// What an article is known by: its address, or the name it was given.
pub fn identity(article: &Article) -> &str {
    article.url.as_deref().unwrap_or(&article.name)
}

/// The content of an article as one number (FNV-1a of 128 bits): the same for the same article,
/// whenever and in whatever order it is added.
pub(crate) fn hash(article: &Article) -> [u8; 16] {
    let published = article.published.map(|day| day.to_string());
    let parts = [
        Some(identity(article)),
        article.outlet.as_deref(),
        published.as_deref(),
        article.title.as_deref(),
        Some(&*article.prose),
    ];
    let blocks = blocks_written(&article.blocks);
    let parts = parts.into_iter().chain([Some(&*blocks)]);
    let byte = |hash: u128, byte: u8| (hash ^ u128::from(byte)).wrapping_mul(PRIME);
    let all = parts.fold(BASIS, |hash, part| {
        let hash = part.unwrap_or_default().bytes().fold(hash, byte);
        byte(hash, if part.is_some() { 0xff } else { 0xfe })
    });
    all.to_be_bytes()
}

const BASIS: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;

/// The blocks of an article as they are kept: `h0-54 b55-900`.
pub(crate) fn blocks_written(blocks: &[Block]) -> String {
    let block = |block: &Block| {
        let kind = KINDS.iter().find(|(kind, _)| *kind == block.kind).map_or('b', |(_, c)| *c);
        format!("{kind}{}-{}", block.span.start(), block.span.end())
    };
    blocks.iter().map(block).collect::<Vec<_>>().join(" ")
}

/// The blocks that were written.
pub(crate) fn blocks_read(text: &str) -> Vec<Block> {
    let block = |word: &str| {
        let kind = KINDS.iter().find(|(_, c)| word.starts_with(*c))?.0;
        let (start, end) = word.get(1..)?.split_once('-')?;
        let (start, end) = (start.parse().ok()?, end.parse().ok()?);
        Some(Block { kind, span: Span::new(start, end) })
    };
    text.split(' ').filter_map(block).collect()
}

const KINDS: [(BlockKind, char); 5] = [
    (BlockKind::Headline, 'h'),
    (BlockKind::Standfirst, 's'),
    (BlockKind::Body, 'b'),
    (BlockKind::Caption, 'c'),
    (BlockKind::Table, 't'),
];

#[cfg(test)]
mod tests {
    use super::{blocks_read, blocks_written};

    #[test]
    fn blocks_come_back_as_they_were() {
        for text in ["h0-54 b55-900", "s0-3 c4-9 t10-12", ""] {
            assert_eq!(blocks_written(&blocks_read(text)), text);
        }
    }
}
