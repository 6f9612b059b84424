//! When to build again.
//!
//! In: a scan, and a bell that says when to look. Out: "now". What stays true: a build follows every change within
//! about two seconds of the last write, even if every event is lost; nothing is built because a file was only
//! touched.

use std::time::{Duration, Instant};

use super::Options;
use super::bell::{Bell, Deaf};
use super::scan::{Difference, Scan};

/// After a ring, this long without another one, so that a save that takes several steps is one change…
const QUIET: Duration = Duration::from_millis(20);
/// …but no longer than this in all, so that a busy folder is looked at, too.
const LONGEST_WAIT: Duration = Duration::from_millis(500);
/// After half a save, this long for the other half, if it does not ring before.
const SECOND_HALF: Duration = Duration::from_millis(100);
/// Looks without a ring, for events that were lost.
const SAFETY: Duration = Duration::from_secs(2);
/// Looks when there is no bell.
const POLL: Duration = Duration::from_secs(1);

/// Watches the sources of a site.
pub(super) struct Watch {
    scan: Scan,
    bell: Bell,
}

impl Watch {
    /// Begins to watch; what changes from now on is noticed.
    pub(super) fn start(options: &Options, say: &dyn Fn(&str)) -> Self {
        let bell = if options.poll { Ok(Bell::silent()) } else { Bell::new() };
        let bell = bell.unwrap_or_else(|deaf| fall_silent(&deaf, say));
        let mut watch = Self { scan: Scan::new(&options.open_paths, &options.ignore), bell };
        if watch.cover(say) {
            watch.scan.look();
        }
        watch
    }

    /// Whether anything was written since the last look, be it the same again.
    pub(super) fn stirred(&mut self) -> bool {
        self.look().touched
    }

    /// Waits for a ring, or a while without, and looks. True when something changed.
    pub(super) fn wait_for_change(&mut self, say: &dyn Fn(&str)) -> bool {
        let patience = if self.bell.is_silent() { POLL } else { SAFETY };
        if self.bell.wait(patience) {
            self.let_settle();
        }
        let mut changed = self.look().changed;
        // In a folder that is new here, files may have come before anybody listened.
        if self.cover(say) {
            changed |= self.scan.look().changed;
        }
        changed
    }

    /// Looks, and once more if it saw half a save.
    fn look(&mut self) -> Difference {
        let seen = self.scan.look();
        if !seen.half {
            return seen;
        }
        if self.bell.wait(SECOND_HALF) {
            self.let_settle();
        }
        self.scan.look();
        seen
    }

    fn let_settle(&self) {
        let rang = Instant::now();
        while rang.elapsed() < LONGEST_WAIT && self.bell.wait(QUIET) {}
    }

    /// Listens where the scan has been. True when a folder is listened to for the first time.
    fn cover(&mut self, say: &dyn Fn(&str)) -> bool {
        self.bell.cover(self.scan.folders()).unwrap_or_else(|deaf| {
            self.bell = fall_silent(&deaf, say);
            false
        })
    }
}

fn fall_silent(deaf: &Deaf, say: &dyn Fn(&str)) -> Bell {
    let reason = match deaf {
        Deaf::Limit => "This computer's limit for watched folders is used up".to_owned(),
        Deaf::Other(reason) => format!("This computer cannot tell when files change ({reason})"),
    };
    say(&format!("{reason}, so the preview looks for changes once a second instead"));
    Bell::silent()
}
