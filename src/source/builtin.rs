//! The theme inside the program: `templates/` and `static/` of the repository, as they were when it was built.
//!
//! In: nothing. Out: names and bytes, sorted. Holds no word of the sample.

/// Every built-in file: `templates/base.html`, `static/theme/site.css`, …
pub const FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/builtin.rs"));

/// The built-in files below a folder, with their names below it.
pub fn below(folder: &'static str) -> impl Iterator<Item = (&'static str, &'static [u8])> {
    FILES.iter().filter_map(move |(name, bytes)| Some((name.strip_prefix(folder)?.strip_prefix('/')?, *bytes)))
}
