//! x
pub mod text;
pub mod segment;
pub mod number;
pub mod quantity;
