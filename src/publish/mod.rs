//! Publishing: artifacts become a folder, all at once or not at all.
//!
//! In: an output folder, sites by name, files by path. Out: the folder, replaced, and a [`Report`].
//! What stays true: publishing never deletes or replaces a file it did not write, and whoever reads a site, at
//! whatever moment a run is killed, finds the whole old one or the whole new one.
//!
//! The story of one run:
//! 1. [`Publication::begin`] resolves the output (`place`), takes its lock (`lock`), sweeps what dead runs left and
//!    makes a hidden folder beside the output (`staging`).
//! 2. [`Publication::site`] hands out a writer for each site (`site`), after looking whether what stands in its
//!    place may be replaced (`guard`), so that a refusal comes before the work.
//! 3. [`SiteWriter::finish`] lists the site's files in its stamp (`stamp`).
//! 4. [`Publication::commit`] looks again, swaps each site in with one rename (`commit`, `swap`), and deletes the
//!    old ones.
//!
//! Several authorities' sites are swapped one by one into the folder that holds them; sites there that this run does
//! not build stay. Where that folder does not exist yet, is empty or is itself a single site of ours, it is swapped
//! as a whole. One site never takes the place of several: that is refused.
//!
//! Not promised: a power cut. Files are not forced to the disk one by one, as that would cost minutes with ten
//! thousand pages; after a power cut the folder may have to be deleted and built again.

mod commit;
mod guard;
mod lock;
mod place;
mod site;
mod staging;
mod stamp;
mod swap;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use crate::error::Error;
use guard::Standing;
use lock::{Lock, Refused};
use place::{MadeFolders, Place};
use staging::Staging;

pub use commit::{PublishedSite, Report};
pub use site::{Finished, SiteWriter};
pub use stamp::{FileRecord, STAMP, Stamp};
pub use swap::How;

/// One run's work on one output folder. Dropped before [`commit`](Self::commit), it leaves no trace.
#[derive(Debug)]
pub struct Publication {
    place: Place,
    // Dropped in this order: the staging folder while the lock is held, the folders around both once they are empty.
    staging: Staging,
    _lock: Lock,
    made: MadeFolders,
    /// Whether to exchange folders where the system can.
    exchange: bool,
}

impl Publication {
    /// Begins to publish to `out`, which is relative to the current folder. `sources` are the folders that the sites
    /// are made from: `out` may not be, hold or lie inside any of them. (A project that is nothing but a folder of
    /// Markdown may hold its own output: then it is not to be named here, and is still safe, having no stamp.)
    ///
    /// # Errors
    /// A place no site can be in, another run at work there, or a folder around it that cannot be written.
    pub fn begin(out: &Path, sources: &[PathBuf]) -> Result<Self, Error> {
        let place = place::find(out, sources, std::env::home_dir().as_deref())?;
        let failed = |source| Error::Write { path: place.shown.clone(), source };
        let made = MadeFolders::make(&place.parent).map_err(failed)?;
        let lock_path = place.parent.join(staging::lock_name(&place.name));
        let lock = Lock::take(&lock_path).map_err(|refused| match refused {
            Refused::Held(pid) => Error::Locked { folder: place.shown.clone(), pid },
            Refused::Failed(source) => Error::Write { path: lock_path.clone(), source },
        })?;
        staging::sweep(&place.parent, &place.name, &place.real).map_err(failed)?;
        let staging = Staging::create(&place.parent, &place.name, &place.real).map_err(failed)?;
        Ok(Self { place, staging, _lock: lock, made, exchange: true })
    }

    /// A writer for the output's only site, or for the one in the folder `name` of it.
    ///
    /// # Errors
    /// A place that may not be replaced, or a name that is no folder's or was asked for before.
    pub fn site(&self, name: Option<&str>) -> Result<SiteWriter, Error> {
        if let Some(name) = name {
            site::permit_name(name)?;
        }
        self.standing(name)?;
        SiteWriter::create(name, self.staging.new_site(name), self.shown(name))
    }

    /// What stands in the output, if this site may be published to it.
    fn standing(&self, name: Option<&str>) -> Result<Standing, Error> {
        let Place { real, shown, .. } = &self.place;
        let Some(name) = name else {
            return guard::for_one_site(real, shown);
        };
        let standing = guard::for_several_sites(real, shown)?;
        if standing == Standing::Sites {
            guard::for_one_site(&real.join(name), &shown.join(name))?;
        }
        Ok(standing)
    }

    fn shown(&self, name: Option<&str>) -> PathBuf {
        name.map_or_else(|| self.place.shown.clone(), |name| self.place.shown.join(name))
    }
}
