//! The bell: something moved. The only file that names `notify`.
//!
//! In: the folders to listen in. Out: a ring, or silence. What stays true: a ring says nothing about what happened;
//! reading a file never rings (it would for ever, since a build reads them all); folders are listened to, never
//! files, because editors replace files (notify#531).

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use notify::{ErrorKind, Event, RecommendedWatcher, RecursiveMode, Watcher};

use super::scan::Stat;

/// Why the system will not ring.
pub(super) enum Deaf {
    /// Its number of watched folders is used up. It reports this as a full disk, which it is not (notify#103).
    Limit,
    /// In the system's words.
    Other(String),
}

/// Listens in folders, one by one: what is to be ignored is never listened to.
pub(super) struct Bell {
    watcher: Option<RecommendedWatcher>,
    rings: Receiver<()>,
    listened: BTreeMap<PathBuf, Stat>,
}

impl Bell {
    /// A bell that never rings.
    pub(super) fn silent() -> Self {
        let (_, rings) = mpsc::sync_channel(1);
        Self { watcher: None, rings, listened: BTreeMap::new() }
    }

    /// A bell that listens nowhere yet.
    pub(super) fn new() -> Result<Self, Deaf> {
        // One ring is as good as a thousand.
        let (ring, rings) = mpsc::sync_channel(1);
        let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            let idle = event.is_ok_and(|event| event.kind.is_access() && !event.need_rescan());
            if !idle {
                let _ = ring.try_send(());
            }
        });
        let watcher = watcher.map_err(why)?;
        Ok(Self { watcher: Some(watcher), rings, listened: BTreeMap::new() })
    }

    pub(super) fn is_silent(&self) -> bool {
        self.watcher.is_none()
    }

    /// Listens in exactly these folders. True when one is listened to anew: what happened in it before is not known.
    pub(super) fn cover(&mut self, folders: &BTreeMap<PathBuf, Stat>) -> Result<bool, Deaf> {
        let Some(watcher) = &mut self.watcher else {
            return Ok(false);
        };
        for gone in self.listened.keys().filter(|path| !folders.contains_key(*path)) {
            // It may have ended by itself.
            let _ = watcher.unwatch(gone);
        }
        self.listened.retain(|path, _| folders.contains_key(path));
        let mut anew = false;
        for (folder, stat) in folders {
            if self.listened.get(folder) == Some(stat) {
                continue;
            }
            match watcher.watch(folder, RecursiveMode::NonRecursive) {
                Ok(()) => {
                    // A folder that was only written to is listened to already, unless it was replaced.
                    anew = true;
                    self.listened.insert(folder.clone(), *stat);
                }
                // Gone since the scan; the next one knows.
                Err(_) if !folder.exists() => {}
                Err(error) => return Err(why(error)),
            }
        }
        Ok(anew)
    }

    /// Whether it rang within `patience`.
    pub(super) fn wait(&self, patience: Duration) -> bool {
        match self.rings.recv_timeout(patience) {
            Ok(()) => true,
            Err(RecvTimeoutError::Timeout) => false,
            Err(RecvTimeoutError::Disconnected) => {
                std::thread::sleep(patience);
                false
            }
        }
    }
}

fn why(error: notify::Error) -> Deaf {
    // ENOSPC from inotify_add_watch, EMFILE from inotify_init.
    match error.kind {
        ErrorKind::MaxFilesWatch => Deaf::Limit,
        ErrorKind::Io(cause) if matches!(cause.raw_os_error(), Some(24 | 28)) => Deaf::Limit,
        _ => Deaf::Other(error.to_string()),
    }
}
