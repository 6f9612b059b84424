//! Writing one site into the staging folder, from many threads.
//!
//! In: paths and bytes, each path once, in any order. Out: files, and a stamp that lists them.
//! What stays true: nothing is written outside the site's own folder, and no path twice, compared without case and
//! after normalisation, as some file systems would.

use std::collections::{BTreeMap, HashSet};
use std::fs::{self, File};
use std::io::Write;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::stamp::{FileRecord, STAMP, Stamp};
use crate::error::Error;
use crate::text::fold::fold_path;

/// One site that is being written. Nobody sees it until it is finished and committed.
#[derive(Debug)]
pub struct SiteWriter {
    name: Option<String>,
    /// In the staging folder.
    folder: PathBuf,
    /// Where it will be, for messages.
    shown: PathBuf,
    written: Mutex<Written>,
}

#[derive(Debug, Default)]
struct Written {
    /// Paths that are taken, folded.
    taken: HashSet<String>,
    /// Folders that exist.
    folders: HashSet<String>,
    files: BTreeMap<String, FileRecord>,
}

/// A site that is whole, with its stamp, waiting to be committed.
#[derive(Debug)]
#[must_use = "a finished site is published by `Publication::commit`"]
pub struct Finished {
    pub(super) name: Option<String>,
    pub(super) folder: PathBuf,
    pub(super) edition: String,
    pub(super) files: usize,
    pub(super) bytes: u64,
}

impl SiteWriter {
    pub(super) fn create(name: Option<&str>, folder: PathBuf, shown: PathBuf) -> Result<Self, Error> {
        let made = folder.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::create_dir(&folder));
        made.map_err(|source| Error::Write { path: shown.clone(), source })?;
        Ok(Self { name: name.map(str::to_owned), folder, shown, written: Mutex::default() })
    }

    /// Writes one file: `faqs/index.html`, with `/` on every system.
    ///
    /// # Errors
    /// A path that leads out of the site, is reserved or was written before; a disk that does not take it.
    pub fn put(&self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        permit(path)?;
        let parent = path.rsplit_once('/').map(|(parent, _)| parent);
        let new_parent = {
            let mut written = self.written();
            if !written.taken.insert(fold_path(path)) {
                return Err(bad(path, "another file of the site has that name, or one that differs only in case"));
            }
            parent.filter(|parent| !written.folders.contains(*parent))
        };
        let failed = |source| Error::Write { path: self.shown.join(path), source };
        if let Some(parent) = new_parent {
            fs::create_dir_all(self.folder.join(parent)).map_err(failed)?;
            self.written().folders.insert(parent.to_owned());
        }
        File::create_new(self.folder.join(path)).and_then(|mut file| file.write_all(bytes)).map_err(failed)?;
        let record = FileRecord::of(bytes);
        self.written().files.insert(path.to_owned(), record);
        Ok(())
    }

    /// Writes the stamp. `edition` is published in it: `ash/public`.
    ///
    /// # Errors
    /// A disk that does not take it.
    pub fn finish(self, edition: &str) -> Result<Finished, Error> {
        let failed = |source| Error::Write { path: self.shown.join(STAMP), source };
        let written = self.written.into_inner().unwrap_or_else(PoisonError::into_inner);
        let stamp = Stamp { edition: edition.to_owned(), files: written.files };
        let json = stamp.to_json().map_err(|error| failed(error.into()))?;
        fs::write(self.folder.join(STAMP), json).map_err(failed)?;
        let bytes = stamp.files.values().map(|record| record.length).sum();
        let edition = edition.to_owned();
        Ok(Finished { name: self.name, folder: self.folder, edition, files: stamp.files.len(), bytes })
    }

    /// A thread that panicked while it held this has left it whole: every change is one insertion.
    fn written(&self) -> MutexGuard<'_, Written> {
        self.written.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn bad(path: &str, why: &'static str) -> Error {
    Error::BadPath { path: path.to_owned(), why }
}

/// A path is names joined by `/`, none of them special on any system that a site is built on.
fn permit(path: &str) -> Result<(), Error> {
    for name in path.split('/') {
        let why = match name {
            "" => "it is empty, absolute or has two `/` in a row",
            "." | ".." => "it leads out of the site",
            _ if name.contains('\0') => "it holds the character NUL",
            _ if name.contains('\\') => "`\\` separates folders on some systems",
            _ if name.contains(':') && cfg!(windows) => "`:` is not allowed in file names on this system",
            _ if fold_path(name) == STAMP || fold_path(name) == ".git" => "that name is reserved",
            _ => continue,
        };
        return Err(bad(path, why));
    }
    Ok(())
}

/// A site's name is the name of its folder in the output.
pub(super) fn permit_name(name: &str) -> Result<(), Error> {
    permit(name)?;
    match name.contains('/') || name.starts_with('.') {
        true => Err(bad(name, "a site's folder is one name, and not a hidden one")),
        false => Ok(()),
    }
}
