//! One run at a time for one output folder.
//!
//! In: the lock file's path, beside the output. Out: a [`Lock`], or at once the process that holds it.
//! What stays true: the kernel holds the lock, so a killed run never leaves one behind; nobody ever waits.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

/// The lock, held until dropped.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    file: File,
}

/// Why there is no lock.
#[derive(Debug)]
pub(super) enum Refused {
    /// Another run has it.
    Held(Option<u32>),
    /// The file system has none to give.
    Failed(io::Error),
}

impl Lock {
    /// Takes the lock or says at once who has it.
    pub(super) fn take(path: &Path) -> Result<Self, Refused> {
        loop {
            let mut file = open(path).map_err(Refused::Failed)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(Refused::Held(holder(&mut file))),
                Err(TryLockError::Error(error)) => return Err(Refused::Failed(error)),
            }
            // Whoever had it may have removed the file between our opening and our locking it; then this lock is
            // one on a file that nobody else can find, and worth nothing.
            if is_still_at(&file, path) {
                write_holder(&mut file).map_err(Refused::Failed)?;
                return Ok(Self { path: path.to_owned(), file });
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removed while still locked: see `take`. Elsewhere than on Unix an open file cannot be removed and stays.
        if cfg!(unix) && is_still_at(&self.file, &self.path) {
            let _ = fs::remove_file(&self.path);
        }
    }
}

fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    // A link laid here would have us write into the file it points at.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, rustix::fs::OFlags::NOFOLLOW.bits().cast_signed());
    options.open(path)
}

#[cfg(unix)]
fn is_still_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(ours), Ok(there)) => (ours.dev(), ours.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_still_at(_file: &File, _path: &Path) -> bool {
    true
}

fn write_holder(file: &mut File) -> io::Result<()> {
    file.set_len(0)?;
    writeln!(file, "{}", std::process::id())
}

fn holder(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.rewind().ok()?;
    file.take(32).read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_held_by_one_and_names_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let first = Lock::take(&path).unwrap();
        assert!(matches!(Lock::take(&path), Err(Refused::Held(Some(pid))) if pid == std::process::id()));
        drop(first);
        assert!(Lock::take(&path).is_ok());
        assert!(!path.exists());
    }

    #[test]
    fn outlives_a_number_left_by_a_killed_run() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        fs::write(&path, "4000000000\n").unwrap();
        let _held = Lock::take(&path).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap().trim(), std::process::id().to_string());
    }

    #[cfg(unix)]
    #[test]
    fn does_not_write_through_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let (path, mine) = (folder.path().join("lock"), folder.path().join("mine"));
        fs::write(&mine, "precious").unwrap();
        std::os::unix::fs::symlink(&mine, &path).unwrap();
        assert!(matches!(Lock::take(&path), Err(Refused::Failed(_))));
        assert_eq!(fs::read_to_string(&mine).unwrap(), "precious");
    }

    #[test]
    fn never_goes_to_two_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let inside = std::sync::atomic::AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..500 {
                        if let Ok(_lock) = Lock::take(&path) {
                            use std::sync::atomic::Ordering::SeqCst;
                            assert_eq!(inside.fetch_add(1, SeqCst), 0);
                            inside.fetch_sub(1, SeqCst);
                        }
                    }
                });
            }
        });
    }
}
