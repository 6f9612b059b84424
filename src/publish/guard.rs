//! Which output folders may be replaced.
//!
//! In: a place. Out: what stands there, or a refusal that names what keeps it from being replaced.
//! What stays true: a folder is replaced only if it is empty, or has our stamp and holds nothing else than what the
//! stamp lists. Everything that is looked at here is only read.
//!
//! A file counts as unchanged without being read if its length is the stamp's and it was last touched before the
//! stamp was written, which happens last (on Unix by the change time too, which no program can set back); otherwise
//! its hash decides. So an ordinary run costs one `stat` a file, and a copied folder one reading.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::fs::{self, Metadata};
use std::io;
use std::path::Path;

use super::stamp::{FileRecord, STAMP, Stamp};
use crate::error::{Error, Refusal, Strangeness, Stranger};

/// How many names a refusal holds.
const NAMED: usize = 5;

/// Files that desktops leave in every folder they show. Nobody wrote them, so they do not keep a site from being
/// replaced, and go with it.
const LITTER: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// What an output folder may be replaced as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Not there yet, or empty.
    Free,
    /// One site of ours, untouched.
    Site,
    /// A folder of several sites of ours.
    Sites,
}

/// What stands at a place where one site shall be.
pub(super) fn for_one_site(folder: &Path, shown: &Path) -> Result<Standing, Error> {
    match standing(folder, shown)? {
        Standing::Sites => {
            let names = entries(folder)?.iter().filter(|name| !is_litter(name)).map(|name| lossy(name)).collect();
            Err(Error::WrongOutput { folder: shown.to_owned(), why: Refusal::SeveralSites { names } })
        }
        standing => Ok(standing),
    }
}

/// What stands at a place where several sites shall be.
pub(super) fn for_several_sites(folder: &Path, shown: &Path) -> Result<Standing, Error> {
    standing(folder, shown)
}

/// An internal site must not take the place of a public one, nor the other way round, nor stand beside one: the output
/// folder may already be served to everybody. Portable sites are kept apart in the same way, having no headers.
pub(super) fn for_the_same_readers(output: &Path, shown: &Path, edition: &str) -> Result<(), Error> {
    let readers = |edition: &str| edition.rsplit('/').next().unwrap_or_default().to_owned();
    let new = readers(edition);
    let names = if output.is_dir() { entries(output)? } else { Vec::new() };
    let below = names.iter().map(|name| (output.join(name), shown.join(name)));
    for (place, folder) in std::iter::once((output.to_owned(), shown.to_owned())).chain(below) {
        let Some(stamp) = fs::read(place.join(STAMP)).ok().and_then(|json| Stamp::from_json(&json)) else { continue };
        let there = readers(&stamp.edition);
        if there != new {
            return Err(Error::WrongOutput { folder, why: Refusal::OtherReaders { there, new } });
        }
    }
    Ok(())
}

fn standing(folder: &Path, shown: &Path) -> Result<Standing, Error> {
    let refuse = |why| Err(Error::WrongOutput { folder: shown.to_owned(), why });
    match fs::symlink_metadata(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Standing::Free),
        Err(source) => {
            return Err(Error::Read { path: shown.to_owned(), source });
        }
        Ok(found) if found.is_symlink() => return refuse(Refusal::Link),
        Ok(found) if !found.is_dir() => return refuse(Refusal::NotAFolder),
        Ok(_) => {}
    }
    let names = entries(folder)?;
    if names.iter().any(|name| name == STAMP) {
        return untouched_site(folder, shown).map(|()| Standing::Site);
    }
    let mut sites = 0;
    let mut others = Vec::new();
    for name in names.iter().filter(|name| !is_litter(name)) {
        match of_site_or_empty(&folder.join(name))? {
            Some(true) => sites += 1,
            Some(false) if name != ".git" => {}
            _ => others.push(lossy(name)),
        }
    }
    if sites > 0 {
        // The lock and staging of another run, for just one of the sites.
        others.retain(|name| !name.starts_with(super::staging::PREFIX));
    }
    match (sites, others.is_empty()) {
        (0, true) => Ok(Standing::Free),
        (_, true) => Ok(Standing::Sites),
        (0, false) => {
            others.truncate(NAMED);
            refuse(Refusal::NotOurs { found: others })
        }
        (_, false) => refuse(strangers(others.into_iter().map(|path| (path, Strangeness::Added)))),
    }
}

/// `true` for a folder with a stamp, `false` for an empty one, nothing for all else.
fn of_site_or_empty(path: &Path) -> Result<Option<bool>, Error> {
    let found = fs::symlink_metadata(path).map_err(|source| Error::Read { path: path.to_owned(), source })?;
    if !found.is_dir() {
        return Ok(None);
    }
    if fs::symlink_metadata(path.join(STAMP)).is_ok() {
        return Ok(Some(true));
    }
    Ok(entries(path)?.is_empty().then_some(false))
}

/// Refuses a stamped folder that is not exactly what was published. A missing file is no reason: nothing of
/// anybody's is lost with it, and publishing brings it back.
fn untouched_site(folder: &Path, shown: &Path) -> Result<(), Error> {
    let refuse = |why| Err(Error::WrongOutput { folder: shown.to_owned(), why });
    let unreadable = |source| Error::Read { path: shown.join(STAMP), source };
    let path = folder.join(STAMP);
    let written = fs::symlink_metadata(&path).map_err(unreadable)?;
    let stamp = match written.is_file() {
        true => Stamp::from_json(&fs::read(&path).map_err(unreadable)?),
        false => None,
    };
    let Some(stamp) = stamp else {
        return refuse(Refusal::UnreadableStamp);
    };
    match find_strangers(folder, &stamp, &written) {
        Err(source) => Err(Error::Read { path: shown.to_owned(), source }),
        Ok(found) if found.is_empty() => Ok(()),
        Ok(found) => refuse(strangers(found)),
    }
}

/// Every entry of a site that its stamp does not account for.
fn find_strangers(site: &Path, stamp: &Stamp, written: &Metadata) -> io::Result<BTreeSet<(String, Strangeness)>> {
    let folders: BTreeSet<&str> =
        stamp.files.keys().flat_map(|path| path.match_indices('/').map(|(end, _)| &path[..end])).collect();
    let mut found = BTreeSet::new();
    let mut todo = vec![(site.to_owned(), String::new())];
    while let Some((folder, prefix)) = todo.pop() {
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            let file_name = entry.file_name();
            let path = format!("{prefix}{}", lossy(&file_name));
            let kind = entry.file_type()?;
            if kind.is_dir() {
                // A name that is not text is in no list, whatever its lossy spelling equals.
                if folders.contains(path.as_str()) && file_name.to_str().is_some() {
                    todo.push((entry.path(), format!("{path}/")));
                } else if file_name == ".git" || fs::read_dir(entry.path())?.next().is_some() {
                    found.insert((format!("{path}/"), Strangeness::Added));
                }
            } else if !kind.is_file() {
                found.insert((path, Strangeness::NotAPlainFile));
            } else if let Some(record) = stamp.files.get(&path).filter(|_| file_name.to_str().is_some()) {
                if !is_unchanged(&entry.path(), record, written)? {
                    found.insert((path, Strangeness::Changed));
                }
            } else if path != STAMP && !is_litter(&file_name) {
                found.insert((path, Strangeness::Added));
            }
        }
    }
    Ok(found)
}

fn is_unchanged(path: &Path, record: &FileRecord, written: &Metadata) -> io::Result<bool> {
    let now = fs::symlink_metadata(path)?;
    if now.len() != record.length {
        return Ok(false);
    }
    Ok(is_older(&now, written)? || FileRecord::of_file(path)? == *record)
}

fn is_older(file: &Metadata, stamp: &Metadata) -> io::Result<bool> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        if (file.ctime(), file.ctime_nsec()) >= (stamp.ctime(), stamp.ctime_nsec()) {
            return Ok(false);
        }
    }
    Ok(file.modified()? < stamp.modified()?)
}

fn strangers(found: impl IntoIterator<Item = (String, Strangeness)>) -> Refusal {
    let mut found: Vec<Stranger> = found.into_iter().map(|(path, why)| Stranger { path, why }).collect();
    let more = found.len().saturating_sub(NAMED);
    found.truncate(NAMED);
    Refusal::Strangers { found, more }
}

/// The names in a folder, sorted.
fn entries(folder: &Path) -> Result<Vec<OsString>, Error> {
    let read = || fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name())).collect::<io::Result<Vec<_>>>();
    let mut names = read().map_err(|source| Error::Read { path: folder.to_owned(), source })?;
    names.sort();
    Ok(names)
}

fn is_litter(name: &OsStr) -> bool {
    LITTER.iter().any(|litter| name == *litter)
}

fn lossy(name: &OsStr) -> String {
    name.to_string_lossy().into_owned()
}
