//! The tests that see numcheck from outside, in one program.

#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test reads and writes files, and fails by panicking"
)]

mod architecture;
mod archive;
mod arithmetic;
mod browser;
mod ci;
mod cli;
mod code;
mod compare;
mod corpus;
mod diff;
mod docs;
mod events;
mod foreign;
mod foreign_import;
mod formats;
mod golden_dev;
mod inputs;
mod judging;
mod properties;
mod reference;
mod report;
mod review;
mod rules;
mod serve;
mod silence;
mod suites;
mod tables;
mod topics;
mod validate;
mod verdicts;
