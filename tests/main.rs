//! The integration tests, one binary.
//!
//! In: the library and the program. Out: what holds for them as a whole, one subject per file.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "in tests, a panic is how a failure is told"
)]

mod benches;
mod built;
mod cli;
mod commonmark;
mod danger;
mod determinism;
mod documents;
mod index_files;
mod kinds;
mod leaks;
mod many;
mod mistakes;
mod portable;
mod ranking;
mod scripts;
mod sites;
mod tidy;
mod truncation;
