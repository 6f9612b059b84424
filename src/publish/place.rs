//! Where the output is, and whether a site may be there at all, whatever stands there now.
//!
//! In: the output as the person named it, the folders the site is made from, the home folder. Out: its [`Place`], or
//! a refusal. What stays true: a `Place` is never the root, the home folder, a link or a file, and neither is, holds
//! nor lies inside a source.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use crate::error::{Error, Refusal};

/// An output folder's true place.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// As the person named it, for messages.
    pub(super) shown: PathBuf,
    /// Absolute, links in the folders above it resolved.
    pub(super) real: PathBuf,
    /// The folder around it, where staging and lock go.
    pub(super) parent: PathBuf,
    /// Its name there.
    pub(super) name: OsString,
}

/// Resolves `out` and refuses every place that no site can be in, whatever it holds.
pub(super) fn find(out: &Path, sources: &[PathBuf], home: Option<&Path>) -> Result<Place, Error> {
    let refuse = |why| Error::WrongOutput { folder: out.to_owned(), why };
    let unreadable = |source| Error::Read { path: out.to_owned(), source };
    if out.as_os_str().is_empty() {
        return Err(unreadable(io::ErrorKind::NotFound.into()));
    }
    let real = resolve(out).map_err(unreadable)?;
    let (Some(parent), Some(name)) = (real.parent(), real.file_name()) else {
        return Err(refuse(Refusal::Root));
    };
    if home.is_some_and(|home| resolved(home) == real) {
        return Err(refuse(Refusal::Home));
    }
    match fs::symlink_metadata(&real) {
        Ok(found) if found.is_symlink() => return Err(refuse(Refusal::Link)),
        Ok(found) if !found.is_dir() => return Err(refuse(Refusal::NotAFolder)),
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(unreadable(error)),
    }
    for source in sources {
        let folder = resolved(source);
        let relation = match () {
            () if folder == real => "is",
            () if folder.starts_with(&real) => "holds",
            () if real.starts_with(&folder) => "lies inside",
            () => continue,
        };
        return Err(refuse(Refusal::Source { relation, source: source.clone() }));
    }
    Ok(Place { shown: out.to_owned(), parent: parent.to_owned(), name: name.to_owned(), real })
}

/// Absolute, with every link resolved except a last one, which the caller wants to see. What does not exist yet is
/// taken as written.
fn resolve(path: &Path) -> io::Result<PathBuf> {
    let path = std::path::absolute(path)?;
    let mut real = PathBuf::new();
    let mut parts = path.components().peekable();
    while let Some(part) = parts.next() {
        if part == Component::ParentDir {
            real.pop();
            continue;
        }
        real.push(part);
        if parts.peek().is_some() && real.try_exists()? {
            real = real.canonicalize()?;
        }
    }
    Ok(real)
}

/// Like [`resolve`], with a last link resolved too.
fn resolved(path: &Path) -> PathBuf {
    path.canonicalize().or_else(|_| resolve(path)).unwrap_or_else(|_| path.to_owned())
}

/// Folders made on the way to the output, innermost first; removed when dropped, unless kept, where still empty.
#[derive(Debug)]
pub(super) struct MadeFolders(Vec<PathBuf>);

impl MadeFolders {
    pub(super) fn make(folder: &Path) -> io::Result<Self> {
        let missing: Vec<PathBuf> =
            folder.ancestors().take_while(|folder| !folder.exists()).map(Path::to_owned).collect();
        fs::create_dir_all(folder)?;
        Ok(Self(missing))
    }

    pub(super) fn keep(&mut self) {
        self.0.clear();
    }
}

impl Drop for MadeFolders {
    fn drop(&mut self) {
        for folder in &self.0 {
            let _ = fs::remove_dir(folder);
        }
    }
}
