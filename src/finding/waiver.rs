//! Why a finding is not held against an article.

use crate::text::At;

/// What a person said of a finding so that it need not be said again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// How it was said.
    pub by: WaivedBy,
    /// Why, in that person's words; empty if they gave none.
    pub reason: String,
    /// Who; empty if it does not say.
    pub author: String,
    /// Where it is said.
    pub at: At,
}

/// How a finding was waived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WaivedBy {
    /// A remark in the article: `<!-- numcheck-disable-next-line … -->`.
    Remark,
    /// `[sic]` behind the number.
    Sic,
    /// An entry of a decisions file.
    Decision,
    /// An entry of a baseline.
    Baseline,
}

impl WaivedBy {
    /// Its name in outputs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Remark => "remark",
            Self::Sic => "sic",
            Self::Decision => "decision",
            Self::Baseline => "baseline",
        }
    }

    /// Whether it stands in the article itself.
    pub fn is_in_article(self) -> bool {
        matches!(self, Self::Remark | Self::Sic)
    }
}
