//! Reading a project from disk: the one place that opens input files.
//!
//! In: a root folder and folders to leave out (our own output). Out: an [`Origin`]. Hidden names, editor leftovers,
//! `node_modules` and `target` are never listed; links out of or within the tree are not followed, and are said.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::{DirEntry, WalkDir};

use super::Origin;
use crate::diagnostics::{Code, Diagnostic, Span};

/// A project folder.
#[derive(Clone, Debug)]
pub struct Disk {
    root: PathBuf,
    skip: Vec<PathBuf>,
}

impl Disk {
    /// The folder `root`, without what lies in `skip`.
    ///
    /// # Errors
    /// When `root` is not a readable folder.
    pub fn open(root: &Path, skip: &[PathBuf]) -> io::Result<Self> {
        let root = root.canonicalize()?;
        fs::read_dir(&root)?;
        let skip = skip.iter().map(|path| path.canonicalize().unwrap_or_else(|_| path.clone())).collect();
        Ok(Self { root, skip })
    }

    /// The folder, absolute.
    pub fn root(&self) -> &Path {
        &self.root
    }

    fn wanted(&self, entry: &DirEntry) -> bool {
        if entry.depth() == 0 {
            return true;
        }
        let name = entry.file_name().to_string_lossy();
        let folder = entry.file_type().is_dir();
        let junk = name.starts_with('.')
            || name.starts_with("~$")
            || name.ends_with('~')
            || (name.starts_with('#') && name.ends_with('#'))
            || ["Thumbs.db", "desktop.ini"].contains(&&*name)
            || [".swp", ".tmp", ".bak", ".orig"].iter().any(|ending| name.ends_with(ending));
        !junk
            && !(folder
                && (["node_modules", "target"].contains(&&*name) || self.skip.iter().any(|skip| skip == entry.path())))
    }

    fn name(&self, path: &Path) -> Option<Arc<str>> {
        let parts: Option<Vec<&str>> = path.strip_prefix(&self.root).ok()?.iter().map(OsStr::to_str).collect();
        Some(Arc::from(parts?.join("/")))
    }
}

impl Origin for Disk {
    fn list(&self, folder: &str, problems: &mut Vec<Diagnostic>) -> io::Result<Vec<Arc<str>>> {
        let start = self.root.join(folder);
        if !start.is_dir() {
            return Ok(Vec::new());
        }
        let mut names = Vec::new();
        for entry in WalkDir::new(&start).follow_links(false).into_iter().filter_entry(|entry| self.wanted(entry)) {
            let entry = entry?;
            if entry.file_type().is_dir() {
                continue;
            }
            match self.name(entry.path()) {
                Some(name) if entry.file_type().is_file() => names.push(name),
                Some(name) => problems.push(
                    Diagnostic::new(Code::NotAFile, format!("`{name}` is a link or a special file and is left out"))
                        .at(Span::whole(&name))
                        .help("put a copy of the file here instead"),
                ),
                None => problems.push(
                    Diagnostic::new(
                        Code::NameNotUtf8,
                        format!("the name of `{}` cannot be read as text", entry.path().to_string_lossy()),
                    )
                    .help("rename the file; letters, digits and hyphens are safe everywhere"),
                ),
            }
        }
        names.sort();
        Ok(names)
    }

    fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        // A pipe never ends, and a link may lead to what nobody meant to show, also in the excerpt of a message.
        if !self.has(name) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not there, or a link or a special file"));
        }
        fs::read(self.root.join(name))
    }

    fn has(&self, name: &str) -> bool {
        fs::symlink_metadata(self.root.join(name)).is_ok_and(|meta| meta.is_file())
    }

    fn len(&self, name: &str) -> io::Result<u64> {
        fs::metadata(self.root.join(name)).map(|meta| meta.len())
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn reads_no_link_and_no_pipe() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.md"), "a").unwrap();
        std::os::unix::fs::symlink("a.md", folder.path().join("b.md")).unwrap();
        std::os::unix::net::UnixListener::bind(folder.path().join("c.md")).unwrap();
        let disk = Disk::open(folder.path(), &[]).unwrap();
        assert_eq!(disk.read("a.md").unwrap(), b"a");
        for name in ["b.md", "c.md", "d.md"] {
            assert!(disk.read(name).is_err(), "{name}");
        }
        let mut problems = Vec::new();
        assert_eq!(disk.list("", &mut problems).unwrap().len(), 1);
        assert_eq!(problems.len(), 2);
    }
}
