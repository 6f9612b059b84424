//! What is in the watched folders, and whether it is still the same.
//!
//! In: folders and files. Out: "changed" or "only touched". What stays true: the answer depends on what is there
//! now, never on what an event said, so that no lost event matters (notify-rs#124, #727). Names and sizes and times
//! are compared first; only what differs there is read.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::ffi::{OsStr, OsString};
use std::fs::{self, Metadata};
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// Files above this are judged by size and time alone, in bytes.
const LARGEST_READ: u64 = 1024 * 1024;
/// Times of files are coarse: a file younger than this may change again and keep its time.
const YOUNG: Duration = Duration::from_secs(2);
/// Never sources, whatever they contain.
const IGNORED_FOLDERS: [&str; 2] = ["node_modules", "target"];

/// What differs from the scan before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Difference {
    /// Something was written, perhaps the same again.
    pub(super) touched: bool,
    /// A file has come, gone, or holds something else.
    pub(super) changed: bool,
    /// A file that held something is empty or gone: perhaps half of a save, as programs empty or remove a file before they
    /// write it anew.
    pub(super) half: bool,
}

/// What tells one state of a file or folder from another without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stat {
    length: u64,
    modified: Option<SystemTime>,
    /// Number of the file and the time its entry changed: catches a rename, and a write that put the time back.
    identity: (u64, i64, i64),
}

/// A file as it is found.
struct File {
    stat: Stat,
    /// No pipe, link or device.
    is_plain: bool,
}

impl File {
    fn of(metadata: &Metadata) -> Self {
        Self { stat: stat(metadata), is_plain: metadata.is_file() }
    }
}

#[derive(Debug)]
struct Seen {
    stat: Stat,
    /// Of what is in it, when it was read.
    digest: Option<u64>,
    /// Whether a change would show in `stat`.
    settled: bool,
}

/// The last look, and where to look.
#[derive(Debug)]
pub(super) struct Scan {
    roots: Vec<PathBuf>,
    ignore: Vec<PathBuf>,
    /// By their paths as plain strings: to compare paths part by part took most of a look.
    files: HashMap<OsString, Seen>,
    folders: BTreeMap<PathBuf, Stat>,
}

impl Scan {
    /// The first look.
    pub(super) fn new(roots: &[PathBuf], ignore: &[PathBuf]) -> Self {
        let real = |paths: &[PathBuf]| paths.iter().map(|path| real(path)).collect();
        let mut scan =
            Self { roots: real(roots), ignore: real(ignore), files: HashMap::new(), folders: BTreeMap::new() };
        scan.look();
        scan
    }

    /// Looks again.
    pub(super) fn look(&mut self) -> Difference {
        let now = SystemTime::now();
        let mut found = Found::default();
        for root in &self.roots {
            found.visit_root(root, &self.ignore);
        }
        let mut difference = Difference::default();
        let mut files = HashMap::with_capacity(found.files.len());
        for (path, file) in found.files {
            // What lies in two folders that are watched is one file.
            if let Entry::Vacant(room) = files.entry(path.into_os_string()) {
                let seen = look_at(room.key(), file, self.files.remove(room.key()), now, &mut difference);
                room.insert(seen);
            }
        }
        if !self.files.is_empty() {
            difference = Difference { touched: true, changed: true, half: true };
        }
        self.files = files;
        self.folders = found.folders;
        difference
    }

    /// Every folder to listen in; its state differs whenever it must be listened to afresh.
    pub(super) fn folders(&self) -> &BTreeMap<PathBuf, Stat> {
        &self.folders
    }
}

/// What is known of one file after looking at it, given what was known before.
fn look_at(
    path: &OsStr,
    File { stat, is_plain }: File,
    before: Option<Seen>,
    now: SystemTime,
    difference: &mut Difference,
) -> Seen {
    let settled = stat.modified.and_then(|modified| now.duration_since(modified).ok()).is_some_and(|age| age > YOUNG);
    match before {
        Some(before) if before.stat == stat && before.settled => before,
        before => {
            difference.half |= stat.length == 0 && before.as_ref().is_some_and(|before| before.stat.length > 0);
            // A pipe would never end.
            let digest = if is_plain && stat.length <= LARGEST_READ { digest(path) } else { None };
            let same = before.as_ref().is_some_and(|before| match (before.digest, digest) {
                (Some(old), Some(new)) => old == new,
                _ => before.stat == stat,
            });
            difference.touched |= !same || before.is_none_or(|before| before.stat != stat);
            difference.changed |= !same;
            Seen { stat, digest, settled }
        }
    }
}

/// What a look finds.
#[derive(Default)]
struct Found {
    files: Vec<(PathBuf, File)>,
    folders: BTreeMap<PathBuf, Stat>,
}

impl Found {
    fn visit_root(&mut self, root: &Path, ignore: &[PathBuf]) {
        match fs::metadata(root) {
            Ok(metadata) if metadata.is_dir() => self.visit_folder(root, &metadata, ignore),
            found => {
                if let Ok(metadata) = found {
                    self.files.push((root.to_owned(), File::of(&metadata)));
                }
                // Editors replace a file rather than write it: its folder is what tells.
                let folders = root.ancestors().skip(1).filter_map(|path| Some((path, fs::metadata(path).ok()?)));
                if let Some((folder, metadata)) = folders.into_iter().find(|(_, metadata)| metadata.is_dir()) {
                    self.folders.insert(folder.to_owned(), stat(&metadata));
                }
            }
        }
    }

    fn visit_folder(&mut self, folder: &Path, metadata: &Metadata, ignore: &[PathBuf]) {
        self.folders.insert(folder.to_owned(), stat(metadata));
        // What cannot be read now is absent now; the next look is never far.
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let Ok(metadata) = entry.metadata() else {
                continue;
            };
            if is_junk(&name) || ignore.iter().any(|ignored| ignored.as_os_str() == path.as_os_str()) {
                continue;
            }
            // Links are not followed: what they lead to is watched where it is.
            if !metadata.is_dir() {
                self.files.push((path, File::of(&metadata)));
            } else if !IGNORED_FOLDERS.contains(&name.as_ref()) {
                self.visit_folder(&path, &metadata, ignore);
            }
        }
    }
}

/// Hidden files, and what editors and office programs leave lying about while they work.
fn is_junk(name: &str) -> bool {
    let temporary = [".swp", ".swx", ".tmp", "~"].iter().any(|ending| name.ends_with(ending));
    temporary || name.starts_with('.') || name.starts_with("~$") || name.starts_with('#') || name == "4913"
}

/// The one name of a path; of one that does not exist yet, as far as it goes.
fn real(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for existing in whole.ancestors() {
        if let (Ok(real), Ok(rest)) = (existing.canonicalize(), whole.strip_prefix(existing)) {
            return if rest.as_os_str().is_empty() { real } else { real.join(rest) };
        }
    }
    whole
}

fn digest(path: &OsStr) -> Option<u64> {
    let mut hasher = DefaultHasher::new();
    hasher.write(&fs::read(path).ok()?);
    Some(hasher.finish())
}

fn stat(metadata: &Metadata) -> Stat {
    Stat { length: metadata.len(), modified: metadata.modified().ok(), identity: identity(metadata) }
}

#[cfg(unix)]
fn identity(metadata: &Metadata) -> (u64, i64, i64) {
    use std::os::unix::fs::MetadataExt;
    (metadata.ino(), metadata.ctime(), metadata.ctime_nsec())
}

#[cfg(not(unix))]
fn identity(_metadata: &Metadata) -> (u64, i64, i64) {
    (0, 0, 0)
}
