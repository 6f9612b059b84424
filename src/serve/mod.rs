//! The preview: the last good site from memory, on loopback, reloaded when a source changes.
//!
//! In: [`Options`] and a closure that builds. Out: pages over HTTP until the program is stopped.
//! What stays true: there is no second build path. A change only rings a bell; the closure builds everything, and
//! what it gives is swapped in whole. A build with errors leaves the last good pages where they are and tells each
//! of them what is wrong. No path of the disk is ever made from an address.
//!
//! | file | takes | gives |
//! |---|---|---|
//! | `scan` | folders | what is in them, and whether it changed |
//! | `bell` | folders | a ring when something moves (the only file that names `notify`) |
//! | `watch` | a scan and a bell | "build again" |
//! | `stage` | builds | what is shown now, and who waits for the next |
//! | `request` | a raw target and headers | a path, or why not |
//! | `answer` | a path and what is shown | status, headers, bytes |
//! | `page` | HTML | the same with our script; pages of our own |
//! | `places` | a limit | a place, or none |
//! | `http` | a listener | request and answer joined (the only file that names `tiny_http`) |
//! | `server` | a port | a running preview |

mod answer;
mod bell;
mod error;
mod http;
mod page;
mod places;
mod request;
mod scan;
mod server;
mod stage;
mod watch;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::Serialize;

pub use error::Error;
pub use server::Server;

use watch::Watch;

/// The port of the preview unless another is named.
pub const DEFAULT_PORT: u16 = 4000;

/// Where to listen and what to watch.
#[derive(Clone, Debug)]
pub struct Options {
    /// Loopback only: anything else is refused.
    pub address: IpAddr,
    /// The port; 0 lets the system choose.
    pub port: u16,
    /// Whether the port was asked for by name. If not, the ten after it are tried when it is taken.
    pub port_was_given: bool,
    /// Folders and files that make the site. Those that do not exist yet are waited for.
    pub open_paths: Vec<PathBuf>,
    /// What lies within them and is no source: the program's own output.
    pub ignore: Vec<PathBuf>,
    /// Look once a second instead of asking the system: for network drives, containers and virtual machines.
    pub poll: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            address: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: DEFAULT_PORT,
            port_was_given: false,
            open_paths: Vec::new(),
            ignore: Vec::new(),
            poll: false,
        }
    }
}

/// What one build gave. Immutable; swapped in whole.
#[derive(Clone)]
pub struct Build {
    /// The site, or nothing when the build had errors: then the last good one stays.
    pub files: Option<Arc<dyn Files>>,
    /// What was found, in the order in which it should be read.
    pub problems: Vec<Problem>,
}

/// The files of a built site, by path.
pub trait Files: Send + Sync {
    /// The file at `path`: decoded, no leading slash, never a folder (`faqs/index.html`). May be made when asked for.
    fn get(&self, path: &str) -> Option<Reply>;

    /// Whether there is a file at `path`; cheaper than making it, where that can be.
    fn has(&self, path: &str) -> bool {
        self.get(path).is_some()
    }
}

/// One file as it goes out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// `text/html; charset=utf-8`
    pub content_type: Cow<'static, str>,
    /// The bytes.
    pub bytes: Arc<[u8]>,
}

/// One problem as a page shows it. Plain text throughout: nothing here is read as HTML.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Whether it stopped the build.
    pub is_error: bool,
    /// The stable name of the sort of problem; empty when it has none.
    pub code: String,
    /// One sentence.
    pub message: String,
    /// `content/faqs/families.md:3:5`; empty when there is no place.
    pub place: String,
    /// The lines concerned, laid out for a fixed-width font; may be empty.
    pub excerpt: String,
    /// How to mend it; may be empty.
    pub help: String,
}

/// Builds, serves, watches and builds again, until the program is stopped. `say` takes lines for the terminal.
///
/// # Errors
/// When there is nowhere to listen. Nothing that is wrong with content ends the preview.
pub fn serve(options: &Options, build: impl FnMut() -> Build, say: impl Fn(&str)) -> Result<Infallible, Error> {
    let server = Server::start(options.address, options.port, options.port_was_given)?;
    if options.port != 0 && server.port() != options.port {
        say(&format!("Port {} is taken by another program, so this preview uses {}", options.port, server.port()));
    }
    say(&format!("Preview at {} (Ctrl-C stops it)", server.url()));
    let never = AtomicBool::new(false);
    follow(&server, options, build, &say, &never);
    // Only reached if somebody could set `never`.
    Err(Error::Stopped)
}

/// The one loop: build, show, wait for a change. Returns soon after `stop` is set.
fn follow(server: &Server, options: &Options, mut build: impl FnMut() -> Build, say: &dyn Fn(&str), stop: &AtomicBool) {
    let mut watch = Watch::start(options, say);
    while !stop.load(Ordering::Relaxed) {
        server.show(build());
        // What was touched while the build read it may be in the build or not: once more is the only sure answer.
        if watch.stirred() {
            continue;
        }
        while !watch.wait_for_change(say) {
            if stop.load(Ordering::Relaxed) {
                return;
            }
        }
    }
}
