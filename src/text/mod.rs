//! Plain text helpers that know nothing of sites: dates, digests, slugs, folding, words, languages.
//!
//! In: strings. Out: strings and small values. Nothing here reads a clock, a file or a setting.

pub mod date;
pub mod digest;
pub mod fold;
pub mod language;
pub mod slug;
pub mod words;
