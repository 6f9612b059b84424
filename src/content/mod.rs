//! Documents and libraries: what was written, typed, layer over layer.
//!
//! In: Markdown files, kinds, data records. Out: one [`Library`] per authority, its base documents shared. Nothing
//! here knows an edition: what may be seen by whom, and on which day, is decided in [`crate::site`].

mod document;
mod entry;
mod front_matter;
mod library;
mod value;

pub use document::{Document, Place, parse_document, stem_of};
pub use entry::{Cascade, Entry, Typing};
pub use front_matter::{Change, FrontMatter, Reference, SearchHints, Sort, Topic, Withdrawn};
pub use library::{Layer, Library};
pub use value::{FieldValue, MarkdownValue};
