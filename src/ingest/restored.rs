//! Articles that were read before and kept: made again from what was kept of them.

use crate::ingest::{Article, Block};
use crate::text::{ProseBuilder, SourceId};
use chrono::NaiveDate;

/// What was kept of an article. Its prose is its source's whole text.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the fields are those of `Article`")]
pub struct Restored {
    pub name: String,
    pub id: String,
    pub source: SourceId,
    pub title: Option<String>,
    pub published: Option<NaiveDate>,
    pub outlet: Option<String>,
    pub url: Option<String>,
    pub prose: String,
    pub blocks: Vec<Block>,
}

impl Article {
    /// The article again. Blocks that do not lie in its prose are left out.
    pub fn restored(kept: Restored) -> Self {
        let Restored { name, id, source, title, published, outlet, url, prose, mut blocks } = kept;
        blocks.retain(|block| prose.get(block.span.range()).is_some());
        let mut builder = ProseBuilder::new();
        builder.copied(source, 0, &prose);
        let (prose, map) = builder.finish();
        Self { name, id, source, title, published, outlet, url, prose, blocks, map }
    }
}
