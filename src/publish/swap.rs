//! Putting a finished folder in the place of the published one.
//!
//! In: the finished folder and its place, on one file system. Out: the two exchanged.
//! What stays true: on Linux and macOS one rename exchanges them, so there is no moment at which the place is empty
//! or mixed. Where the file system cannot do that, the old folder is renamed aside first: a reader may meet no site
//! for the instant between two renames, and a run killed in that instant leaves the old site in the staging folder,
//! from which the next run takes it back (see `staging`).

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// One swap that has been done and can be undone until the old folder is deleted.
#[derive(Debug)]
pub(super) struct Swapped {
    /// Where the new folder was; after an exchange the old one is here.
    staged: PathBuf,
    /// The published place.
    place: PathBuf,
    /// Where the old one is if the two could not be exchanged.
    aside: PathBuf,
    how: How,
}

/// How a swap was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// There was nothing before: one rename.
    Placed,
    /// One rename exchanged old and new.
    Exchanged,
    /// Two renames, with an instant between them without a site.
    Aside,
}

/// Swaps `staged` into `place`. With `exchange` false the weaker way is taken, as where there is no other.
pub(super) fn swap(staged: &Path, place: &Path, aside: &Path, exchange: bool) -> io::Result<Swapped> {
    let how = if !place.try_exists()? {
        fs::rename(staged, place)?;
        How::Placed
    } else if exchange && exchange_folders(staged, place)? {
        How::Exchanged
    } else {
        set_aside(staged, place, aside)?;
        How::Aside
    };
    Ok(Swapped { staged: staged.to_owned(), place: place.to_owned(), aside: aside.to_owned(), how })
}

impl Swapped {
    /// How it was done.
    pub(super) fn how(&self) -> How {
        self.how
    }

    /// Puts the old folder back.
    pub(super) fn undo(&self) -> io::Result<()> {
        match self.how {
            How::Placed => fs::rename(&self.place, &self.staged),
            How::Exchanged => exchange_folders(&self.staged, &self.place).map(|_| ()),
            How::Aside => {
                fs::rename(&self.place, &self.staged)?;
                fs::rename(&self.aside, &self.place)
            }
        }
    }
}

fn set_aside(staged: &Path, place: &Path, aside: &Path) -> io::Result<()> {
    if let Some(parent) = aside.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::rename(place, aside)?;
    fs::rename(staged, place).inspect_err(|_| {
        // If even this fails the old site waits in the staging folder for the next run.
        let _ = fs::rename(aside, place);
    })
}

/// `false` where the system or the file system has no such rename.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange_folders(one: &Path, other: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        // renameat2(2): EINVAL when the file system does not support the flag, ENOSYS before Linux 3.15.
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange_folders(_one: &Path, _other: &Path) -> io::Result<bool> {
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(path: &Path, text: &str) {
        fs::create_dir(path).unwrap();
        fs::write(path.join("index.html"), text).unwrap();
    }

    #[test]
    fn each_way_can_be_undone() {
        for (old, exchange, how) in
            [(false, true, How::Placed), (true, true, How::Exchanged), (true, false, How::Aside)]
        {
            let root = tempfile::tempdir().unwrap();
            let (new, place, aside) =
                (root.path().join("new"), root.path().join("place"), root.path().join("aside/place"));
            folder(&new, "new");
            if old {
                folder(&place, "old");
            }
            let done = swap(&new, &place, &aside, exchange).unwrap();
            assert_eq!(done.how(), how);
            assert_eq!(fs::read_to_string(place.join("index.html")).unwrap(), "new");
            done.undo().unwrap();
            assert_eq!(fs::read_to_string(new.join("index.html")).unwrap(), "new");
            assert_eq!(place.exists(), old);
            if old {
                assert_eq!(fs::read_to_string(place.join("index.html")).unwrap(), "old");
            }
        }
    }

    #[test]
    fn a_failed_second_rename_brings_the_old_folder_back() {
        let root = tempfile::tempdir().unwrap();
        let place = root.path().join("place");
        folder(&place, "old");
        assert!(swap(&root.path().join("missing"), &place, &root.path().join("aside"), false).is_err());
        assert_eq!(fs::read_to_string(place.join("index.html")).unwrap(), "old");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_reader_finds_a_site_at_every_moment() {
        use std::sync::atomic::{AtomicBool, Ordering};
        let root = tempfile::tempdir().unwrap();
        let (new, place) = (root.path().join("new"), root.path().join("place"));
        folder(&new, "new");
        folder(&place, "old");
        let done = AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                for _ in 0..20_000 {
                    swap(&new, &place, &root.path().join("aside"), true).unwrap();
                }
                done.store(true, Ordering::Relaxed);
            });
            while !done.load(Ordering::Relaxed) {
                assert!(place.join("index.html").exists(), "an instant without a site");
            }
        });
    }
}
