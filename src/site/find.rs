//! Paths as authors write them: relative `.md`, a content path, or an address from the root.
//!
//! In: a placed site and a path. Out: the page it means, or why that page is not here.

use super::address::{join, normalise};
use super::page::{PageId, Site};
use super::select::Absence;
use crate::content::Entry;

/// What a path means.
pub(super) enum Found {
    Page(PageId),
    Absent(Absence),
    Nothing,
}

/// What a path means to a file of `folder`.
pub(super) fn find(site: &Site, folder: &str, path: &str) -> Found {
    let relative = if path.starts_with('/') { None } else { join(folder, path) };
    for candidate in relative.iter().map(String::as_str).chain([path.trim_start_matches('/')]) {
        let id = as_id(candidate);
        if let Some(page) = site.by_id.get(id) {
            return Found::Page(*page);
        }
        if let Some(absence) = site.absent.get(id) {
            return Found::Absent(*absence);
        }
        if let Some(page) = site.by_address.get(&normalise(candidate)) {
            return Found::Page(*page);
        }
    }
    Found::Nothing
}

/// The page at an address or content path, from the root.
pub(super) fn find_address(site: &Site, path: &str) -> Option<PageId> {
    match find(site, "", path) {
        Found::Page(page) => Some(page),
        _ => None,
    }
}

impl Site {
    /// The page a name in an entry's front matter means: a content path, or a path from the entry's folder.
    pub fn page_at(&self, entry: &Entry, path: &str) -> Option<PageId> {
        match find(self, entry.document.folder(), path) {
            Found::Page(page) => Some(page),
            _ => None,
        }
    }

    /// The page at a content path or an address.
    pub fn page_from_root(&self, path: &str) -> Option<PageId> {
        find_address(self, path)
    }
}

/// `modules/_index.md` and `modules/` → `modules`; `modules/one.md` → `modules/one`
pub(super) fn as_id(path: &str) -> &str {
    let id = crate::content::stem_of(path).unwrap_or(path).trim_end_matches('/');
    match id.rsplit_once('/') {
        Some((folder, "_index" | "index")) => folder,
        None if id == "_index" || id == "index" => "",
        _ => id,
    }
}
