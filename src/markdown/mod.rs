//! Markdown: the text of one file becomes one tree.
//!
//! In: text. Out: a [`tree::Tree`] with spans, and diagnostics. Parsing never fails, whatever the bytes; nothing
//! here knows of other files, of sites or of the date.

pub mod tree;
