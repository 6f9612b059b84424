//! A number of places, for requests and for streams.
//!
//! In: how many there are. Out: a place, or none. What stays true: a place is free again when its holder ends, by
//! whatever way, a panic included.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A number of places, each free again when its holder ends, however it ends.
pub(super) struct Places {
    taken: AtomicUsize,
    all: usize,
}

pub(super) struct Place(Arc<Places>);

impl Places {
    pub(super) fn new(all: usize) -> Arc<Self> {
        Arc::new(Self { taken: AtomicUsize::new(0), all })
    }

    pub(super) fn take(self: &Arc<Self>) -> Option<Place> {
        let next = |taken| (taken < self.all).then_some(taken + 1);
        self.taken.fetch_update(Ordering::Relaxed, Ordering::Relaxed, next).ok()?;
        Some(Place(Arc::clone(self)))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.taken.fetch_sub(1, Ordering::Relaxed);
    }
}
