//! The files a site is made of, whatever they come from: a folder, memory, the program itself.
//!
//! In: an [`Origin`]. Out: names and bytes. A name is relative to the project, with `/`, and is what messages show.
//! What stays true: nothing else in the program reads an input file, and listings are sorted.

pub mod builtin;
pub mod load;

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use crate::diagnostics::Diagnostic;

/// Somewhere files come from.
pub trait Origin: Send + Sync {
    /// Names of all files below a folder (`""` is everything), sorted; what cannot be used is reported.
    ///
    /// # Errors
    /// When the folder exists and cannot be read. A folder that does not exist is empty.
    fn list(&self, folder: &str, problems: &mut Vec<Diagnostic>) -> io::Result<Vec<Arc<str>>>;

    /// The bytes of a file.
    ///
    /// # Errors
    /// When it cannot be read.
    fn read(&self, name: &str) -> io::Result<Vec<u8>>;

    /// Whether a file of this name is there.
    fn has(&self, name: &str) -> bool;

    /// Length in bytes, without reading it.
    ///
    /// # Errors
    /// When it cannot be asked.
    fn len(&self, name: &str) -> io::Result<u64>;
}

/// A project in memory, for tests and for the starter.
#[derive(Clone, Debug, Default)]
pub struct Memory(pub BTreeMap<Arc<str>, Vec<u8>>);

impl Memory {
    /// A project of these files.
    pub fn new<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        Self(files.into_iter().map(|(name, text)| (Arc::from(name), text.as_bytes().to_vec())).collect())
    }
}

impl Origin for Memory {
    fn list(&self, folder: &str, _: &mut Vec<Diagnostic>) -> io::Result<Vec<Arc<str>>> {
        Ok(self.0.keys().filter(|name| is_below(name, folder)).cloned().collect())
    }

    fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        self.0.get(name).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    fn len(&self, name: &str) -> io::Result<u64> {
        self.0.get(name).map(|bytes| bytes.len() as u64).ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

/// Whether `name` lies below `folder`; everything lies below `""`.
pub fn is_below(name: &str, folder: &str) -> bool {
    folder.is_empty() || name.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}
