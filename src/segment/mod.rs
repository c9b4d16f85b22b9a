//! Prose cut into sentences, and sentences into tokens.

mod dictionary;
mod phrases;
mod sentence;
mod token;

pub use crate::segment::dictionary::Dictionary;
pub(crate) use crate::segment::dictionary::key;
pub use crate::segment::phrases::Phrases;
pub use crate::segment::sentence::sentences;
pub use crate::segment::token::{Gap, Kind, Token, Tokens};
