//! Everything an author declares outside prose: project, authorities, kinds, data records, and the one place where
//! YAML and TOML are read.
//!
//! In: text and its file name. Out: typed values and diagnostics. Nothing here reads a file.

pub mod fields;
pub mod front_matter;
pub mod toml;
pub mod value;
pub mod yaml;
