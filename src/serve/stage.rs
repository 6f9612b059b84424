//! What is shown now, and who waits for the next.
//!
//! In: builds. Out: one [`Shown`] at a time, to any number of readers. What stays true: readers hold a whole
//! snapshot; swapping never waits for them. A page knows the `site` it was served with; whoever asks is told what is
//! shown now at once, so that no change can be missed, however long a tab slept.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use super::{Build, Files, Problem};

/// One moment of the preview.
pub(super) struct Shown {
    /// Names the pages: a page that carries another name is out of date. Compared, never ordered.
    pub(super) site: String,
    /// Names the build; differs from `site` after a build with errors.
    pub(super) build: String,
    /// The last good site; none before the first.
    pub(super) files: Option<Arc<dyn Files>>,
    /// What the last build found.
    pub(super) problems: Vec<Problem>,
    /// How many builds there were.
    count: u64,
}

impl Shown {
    /// Whether nothing has been built yet, well or badly.
    pub(super) fn is_waiting(&self) -> bool {
        self.count == 0
    }
}

struct State {
    shown: Arc<Shown>,
    closed: bool,
}

/// Where builds are put up.
pub(super) struct Stage {
    /// Differs from every earlier preview on this port, so that a page left open over a restart reloads, once.
    era: String,
    state: Mutex<State>,
    changed: Condvar,
}

impl Stage {
    pub(super) fn new() -> Self {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let era = format!("{:x}", since.as_nanos());
        let name = format!("{era}-0");
        let shown = Shown { site: name.clone(), build: name, files: None, problems: Vec::new(), count: 0 };
        Self { era, state: Mutex::new(State { shown: Arc::new(shown), closed: false }), changed: Condvar::new() }
    }

    /// Puts up what a build gave. Without files the last good ones stay.
    pub(super) fn show(&self, build: Build) {
        let mut state = self.lock();
        let old = Arc::clone(&state.shown);
        let count = old.count + 1;
        let name = format!("{}-{count}", self.era);
        // Before the first good site each page is a page of problems, and each build a new one.
        let keeps_pages = build.files.is_none() && old.files.is_some();
        state.shown = Arc::new(Shown {
            site: if keeps_pages { old.site.clone() } else { name.clone() },
            build: name,
            files: build.files.or_else(|| old.files.clone()),
            problems: build.problems,
            count,
        });
        drop(state);
        self.changed.notify_all();
    }

    pub(super) fn now(&self) -> Arc<Shown> {
        Arc::clone(&self.lock().shown)
    }

    /// What is shown, as soon as it is not the build `known`; nothing when that took longer than `patience`.
    pub(super) fn wait_beyond(&self, known: Option<&str>, patience: Duration) -> Option<Arc<Shown>> {
        let same = |state: &mut State| !state.closed && known == Some(state.shown.build.as_str());
        let waited = self.changed.wait_timeout_while(self.lock(), patience, same);
        let (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        (known != Some(state.shown.build.as_str())).then(|| Arc::clone(&state.shown))
    }

    /// Sends everybody home.
    pub(super) fn close(&self) {
        self.lock().closed = true;
        self.changed.notify_all();
    }

    pub(super) fn is_closed(&self) -> bool {
        self.lock().closed
    }

    /// A thread that died while holding the lock left a whole snapshot behind: swaps are one assignment.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
