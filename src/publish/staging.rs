//! The staging folder: where sites are written until they are whole.
//!
//! In: an output's place. Out: a folder of our own beside it, on the same file system; gone when dropped.
//! What stays true: only folders with our marker are ever swept, and only once nobody holds their marker's lock. The
//! marker goes last, so that a sweep that is killed can be swept.
//!
//! ```text
//! .guidepost-dist-4711-0/marker        names the output; locked while its run lives
//!                        whole.new/    a single site, to become dist/
//!                        sites.new/<a> one of several, to become dist/<a>/
//!                        whole.old/ sites.old/<a>   what was renamed aside where folders cannot be exchanged
//! ```

use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What the names of all our files beside the output begin with.
pub(super) const PREFIX: &str = ".guidepost-";
const MARKER: &str = "marker";

/// `.guidepost-dist.lock`
pub(super) fn lock_name(out: &OsStr) -> OsString {
    let mut name = OsString::from(PREFIX);
    name.push(out);
    name.push(".lock");
    name
}

/// A staging folder, removed with all it holds when dropped.
#[derive(Debug)]
pub(super) struct Staging {
    folder: PathBuf,
    /// The output, to which an old site set aside goes back if no new one has come.
    place: PathBuf,
    /// Keeps the marker locked.
    _marker: File,
}

impl Staging {
    /// Makes a new one in `parent` for the output named `out`, which is at `place`.
    pub(super) fn create(parent: &Path, out: &OsStr, place: &Path) -> io::Result<Self> {
        let mut number = 0;
        let folder = loop {
            let mut name = prefix_of(out);
            name.push(format!("{}-{number}", std::process::id()));
            let folder = parent.join(name);
            match fs::create_dir(&folder) {
                Ok(()) => break folder,
                // A dead run's process number, come round again, and what it left could not be swept.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < 1000 => number += 1,
                Err(error) => return Err(error),
            }
        };
        let marked = File::create_new(folder.join(MARKER)).and_then(|mut marker| {
            marker.lock()?;
            marker.write_all(&marker_text(out))?;
            Ok(marker)
        });
        match marked {
            Ok(marker) => Ok(Self { folder, place: place.to_owned(), _marker: marker }),
            Err(error) => {
                let _ = fs::remove_file(folder.join(MARKER));
                let _ = fs::remove_dir(&folder);
                Err(error)
            }
        }
    }

    /// Where a site is written: the only one, or the one of this name.
    pub(super) fn new_site(&self, name: Option<&str>) -> PathBuf {
        match name {
            None => self.folder.join("whole.new"),
            Some(name) => self.new_sites().join(name),
        }
    }

    /// The folder around all named sites.
    pub(super) fn new_sites(&self) -> PathBuf {
        self.folder.join("sites.new")
    }

    /// Where the old site goes if it cannot be exchanged: the whole output, or the site of this name.
    pub(super) fn old_site(&self, name: Option<&str>) -> PathBuf {
        match name {
            None => self.folder.join("whole.old"),
            Some(name) => self.folder.join("sites.old").join(name),
        }
    }

    /// Removes it and says so if that fails, which dropping cannot.
    pub(super) fn clear(&self) -> io::Result<()> {
        remove(&self.folder, &self.place)
    }

    /// As the person would find it.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // What stays is swept by the next run.
        let _ = remove(&self.folder, &self.place);
    }
}

/// Removes what dead runs left beside `place`, after taking back an old site that one of them had set aside. The
/// caller holds the output's lock. What cannot be removed is left for another time: it is in nobody's way.
pub(super) fn sweep(parent: &Path, out: &OsStr, place: &Path) -> io::Result<()> {
    for entry in fs::read_dir(parent)? {
        let entry = entry?;
        if is_staging_name(&entry.file_name(), out) && entry.file_type()?.is_dir() {
            let folder = entry.path();
            if let Some(_marker) = dead_marker(&folder, out) {
                let _ = remove(&folder, place);
            } else {
                // Killed before it was marked, or after: then it is empty, or else it is not ours and this fails.
                let _ = fs::remove_dir(&folder);
            }
        }
    }
    Ok(())
}

/// The marker, locked, if this is a staging folder of `out` whose run has ended.
fn dead_marker(folder: &Path, out: &OsStr) -> Option<File> {
    let path = folder.join(MARKER);
    if !fs::symlink_metadata(&path).ok()?.is_file() {
        return None;
    }
    let text = fs::read(&path).ok()?;
    let marker = File::open(&path).ok()?;
    marker.try_lock().ok()?;
    // A run killed between making the marker and writing it had staged nothing yet.
    let ours = text == marker_text(out) || (text.is_empty() && fs::read_dir(folder).ok()?.count() == 1);
    ours.then_some(marker)
}

/// Renames back what was set aside from a place that is empty now.
fn take_back(folder: &Path, place: &Path) -> io::Result<()> {
    let whole = folder.join("whole.old");
    if whole.exists() && !place.exists() {
        fs::rename(&whole, place)?;
    }
    let Ok(sites) = fs::read_dir(folder.join("sites.old")) else {
        return Ok(());
    };
    for site in sites {
        let site = site?;
        let place = place.join(site.file_name());
        if !place.exists() {
            fs::rename(site.path(), place)?;
        }
    }
    Ok(())
}

/// Removes a staging folder, but never the only copy of a site.
fn remove(folder: &Path, place: &Path) -> io::Result<()> {
    take_back(folder, place)?;
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        if entry.file_name() != MARKER {
            fs::remove_dir_all(entry.path())?;
        }
    }
    let _ = fs::remove_file(folder.join(MARKER));
    fs::remove_dir(folder)
}

fn prefix_of(out: &OsStr) -> OsString {
    let mut name = OsString::from(PREFIX);
    name.push(out);
    name.push("-");
    name
}

/// `.guidepost-dist-4711-0`, and not `.guidepost-dist-internal-4711-0`, for `dist`.
fn is_staging_name(name: &OsStr, out: &OsStr) -> bool {
    let number = |part: &[u8]| !part.is_empty() && part.iter().all(u8::is_ascii_digit);
    let Some(rest) = name.as_encoded_bytes().strip_prefix(prefix_of(out).as_encoded_bytes()) else {
        return false;
    };
    let mut parts = rest.split(|byte| *byte == b'-');
    matches!((parts.next(), parts.next(), parts.next()), (Some(pid), Some(count), None) if number(pid) && number(count))
}

fn marker_text(out: &OsStr) -> Vec<u8> {
    [b"guidepost staging for\n", out.as_encoded_bytes(), b"\n"].concat()
}
