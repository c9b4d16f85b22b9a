//! The tests that see numcheck from outside, in one program.

mod architecture;
mod cli;
mod code;
mod corpus;
mod docs;
mod reference;
