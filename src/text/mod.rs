//! Plain text helpers that know nothing of sites: dates, slugs, folding.
//!
//! In: strings. Out: strings and small values. Nothing here reads a clock, a file or a setting.

pub mod date;
pub mod fold;
pub mod slug;
