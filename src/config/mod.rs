//! Everything an author declares outside prose: project, authorities, kinds, data records, and the one place where
//! YAML and TOML are read.
//!
//! In: text and its file name. Out: typed values and diagnostics. Nothing here reads a file.

pub mod address;
pub mod authority;
pub mod brand;
pub mod colour;
pub mod contact;
pub mod facts;
pub mod field_type;
pub mod fields;
pub mod front_matter;
pub mod kind;
pub mod project;
mod record;
pub mod records;
mod shelf;
pub mod synonyms;
pub mod toml;
pub mod value;
pub mod vocabulary;
pub mod words;
pub mod yaml;
