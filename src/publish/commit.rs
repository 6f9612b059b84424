//! The moment of publishing.
//!
//! In: finished sites. Out: each in its place, the old ones deleted, and a [`Report`].
//! What stays true: a rename that fails takes back those before it, and nothing is deleted before the last one.

use std::fs;
use std::io;
use std::path::PathBuf;

use super::guard::{self, Standing};
use super::swap::{self, How, Swapped};
use super::{Finished, Publication};
use crate::error::Error;

/// What was published.
#[derive(Debug)]
#[must_use]
pub struct Report {
    /// In the order given to `commit`.
    pub sites: Vec<PublishedSite>,
    /// The old sites' folder if it could not be deleted, and why; the next run tries again.
    pub left_behind: Option<(PathBuf, io::Error)>,
}

/// One published site.
#[derive(Clone, Debug)]
pub struct PublishedSite {
    /// The site's name; nothing for an output's only site.
    pub name: Option<String>,
    /// Where it is, as the person named the output.
    pub folder: PathBuf,
    /// How many files, the stamp apart.
    pub files: usize,
    /// Their length together.
    pub bytes: u64,
    /// How it came to its place.
    pub how: How,
}

/// One rename to be done: what is staged, where it goes, and the name of the site if it is one of several.
struct Move<'a> {
    staged: PathBuf,
    place: PathBuf,
    name: Option<&'a str>,
}

impl Publication {
    /// Publishes: swaps every site in and deletes the old ones. Sites begun and not given here are dropped.
    ///
    /// # Errors
    /// A place that has meanwhile become one that may not be replaced, or a rename that fails: then every site is
    /// as it was before.
    pub fn commit(mut self, sites: Vec<Finished>) -> Result<Report, Error> {
        let moves = self.moves(&sites)?;
        let done = self.swap_all(&moves)?;
        self.made.keep();
        let left_behind = self.staging.clear().err().map(|error| (self.staging.folder().to_owned(), error));
        // One swap for each site, or one for all of them.
        let how = |number: usize| done.get(number).or(done.last()).map_or(How::Placed, Swapped::how);
        let published = sites.iter().enumerate().map(|(number, site)| PublishedSite {
            folder: self.shown(site.name.as_deref()),
            name: site.name.clone(),
            files: site.files,
            bytes: site.bytes,
            how: how(number),
        });
        Ok(Report { sites: published.collect(), left_behind })
    }

    /// The renames to be done, after a last look at what they replace.
    fn moves<'a>(&self, sites: &'a [Finished]) -> Result<Vec<Move<'a>>, Error> {
        let mut moves = Vec::new();
        let mut whole = false;
        for site in sites {
            let name = site.name.as_deref();
            if site.folder != self.staging.new_site(name) || (name.is_none() && sites.len() > 1) {
                let path = self.shown(name).display().to_string();
                return Err(Error::BadPath { path, why: "it belongs to another run, or is one site beside several" });
            }
            whole |= self.standing(name)? != Standing::Sites;
            let place = name.map_or_else(|| self.place.real.clone(), |name| self.place.real.join(name));
            guard::for_the_same_readers(&self.place.real, &self.place.shown, &site.edition)?;
            moves.push(Move { staged: site.folder.clone(), place, name });
        }
        let several = sites.iter().any(|site| site.name.is_some());
        if several && whole {
            let staged = self.only_these(sites)?;
            moves = vec![Move { staged, place: self.place.real.clone(), name: None }];
        }
        Ok(moves)
    }

    /// The folder around the named sites, with nothing else in it.
    fn only_these(&self, sites: &[Finished]) -> Result<PathBuf, Error> {
        let folder = self.staging.new_sites();
        let clear = || -> io::Result<()> {
            for entry in fs::read_dir(&folder)? {
                let path = entry?.path();
                if !sites.iter().any(|site| site.folder == path) {
                    fs::remove_dir_all(path)?;
                }
            }
            Ok(())
        };
        clear().map_err(|source| Error::Write { path: self.place.shown.clone(), source })?;
        Ok(folder)
    }

    /// All of them, or none.
    fn swap_all(&self, moves: &[Move<'_>]) -> Result<Vec<Swapped>, Error> {
        let mut done: Vec<Swapped> = Vec::new();
        for Move { staged, place, name } in moves {
            match swap::swap(staged, place, &self.staging.old_site(*name), self.exchange) {
                Ok(swapped) => done.push(swapped),
                Err(source) => {
                    // Each has just worked the other way round. An old site that still does not come back is in
                    // the staging folder, which is not removed without it.
                    done.iter().rev().for_each(|swapped| drop(swapped.undo()));
                    return Err(Error::Write { path: self.shown(*name), source });
                }
            }
        }
        Ok(done)
    }
}
