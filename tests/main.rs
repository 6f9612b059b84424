//! The integration tests, one binary.
//!
//! In: the library. Out: what holds for it as a whole, one subject per file.

mod commonmark;
