//! All entries of one authority: layers laid over each other, sections handing down.
//!
//! In: layers of documents, lowest first, and a [`Typing`]. Out: a [`Library`]. Base documents are shared between
//! libraries. What stays true: an upper layer's page replaces the lower one whole; every folder has a section.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::document::{Document, Place};
use super::entry::{Cascade, Entry, Typing};
use crate::config::vocabulary::{Status, Visibility};
use crate::diagnostics::{Code, Diagnostic, Span};

/// The documents of one content folder.
#[derive(Debug, Default)]
pub struct Layer {
    documents: BTreeMap<Arc<str>, Arc<Document>>,
}

impl Layer {
    /// Sorts documents by id. Two files that mean one page are reported, both named; the first is kept.
    pub fn new(documents: Vec<Arc<Document>>, problems: &mut Vec<Diagnostic>) -> Self {
        let mut layer = Self::default();
        for document in documents {
            match layer.documents.get(&document.id) {
                None => {
                    layer.documents.insert(Arc::clone(&document.id), document);
                }
                Some(first) => problems.push(two_sources(first, &document)),
            }
        }
        layer
    }

    /// Every document, by id.
    pub fn documents(&self) -> impl Iterator<Item = &Arc<Document>> {
        self.documents.values()
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }
}

/// The pages and sections of one authority, by id.
#[derive(Debug, Default)]
pub struct Library {
    /// Sections have the path of their folder; home is `""`.
    pub entries: BTreeMap<Arc<str>, Arc<Entry>>,
}

impl Library {
    /// Types the layers, lowest first. Problems come once for each library; the caller joins equal ones.
    pub fn build(layers: &[&Layer], typing: &Typing<'_>, problems: &mut Vec<Diagnostic>) -> Self {
        let mut documents: BTreeMap<Arc<str>, Arc<Document>> = BTreeMap::new();
        for layer in layers {
            documents.extend(layer.documents.iter().map(|(id, document)| (Arc::clone(id), Arc::clone(document))));
        }
        let folders = folders(documents.keys());
        let mut entries = BTreeMap::new();
        let mut cascades: BTreeMap<Arc<str>, Arc<Cascade>> = BTreeMap::new();
        // Parents sort before their children, so what hands down is always there first.
        for folder in &folders {
            let above = parent(folder).and_then(|parent| cascades.get(parent)).unwrap_or_else(|| typing.root()).clone();
            let document = documents.remove(&**folder).unwrap_or_else(|| typing.implied(folder));
            let (entry, found) = typing.entry(&document, &above, true);
            problems.extend(found.iter().cloned());
            let (mut cascade, found) = typing.cascade(&entry, &above);
            problems.extend(found.iter().cloned());
            let below = layers.iter().filter_map(|layer| layer.documents.get(folder.as_str()));
            let narrowest = below
                .filter(|lower| !Arc::ptr_eq(lower, &document))
                .map(|lower| handed_down(typing, lower, &above))
                .max();
            if let Some(narrowest) = narrowest.filter(|narrowest| Some(*narrowest) > cascade.visibility) {
                cascade = Arc::new(Cascade { visibility: Some(narrowest), ..Cascade::clone(&cascade) });
            }
            cascades.insert(Arc::from(folder.as_str()), cascade);
            entries.insert(Arc::from(folder.as_str()), entry);
        }
        let pages: Vec<_> = documents
            .into_par_iter()
            .map(|(id, document)| {
                let above = parent(&id).and_then(|parent| cascades.get(parent)).unwrap_or_else(|| typing.root());
                (id, typing.entry(&document, above, false))
            })
            .collect();
        for (id, (entry, found)) in pages {
            problems.extend(found.iter().cloned());
            entries.insert(id, entry);
        }
        entries.retain(|_, entry| entry.front.status != Some(Status::Absent));
        Self { entries }
    }
}

/// What the section file of a lower layer lets be seen of the pages below it. An upper layer that replaces or removes
/// the file says nothing of those pages, so they stay as narrow as they were.
fn handed_down(typing: &Typing<'_>, lower: &Arc<Document>, above: &Arc<Cascade>) -> Visibility {
    let (entry, _) = typing.entry(lower, above, true);
    let (cascade, _) = typing.cascade(&entry, above);
    entry.visibility.max(cascade.front.visibility.unwrap_or(Visibility::Public))
}

/// Every folder that holds something, home (`""`) included.
fn folders<'a>(ids: impl Iterator<Item = &'a Arc<str>>) -> BTreeSet<String> {
    let mut folders = BTreeSet::from([String::new()]);
    for id in ids {
        let mut rest: &str = id;
        while let Some((folder, _)) = rest.rsplit_once('/') {
            if !folders.insert(folder.to_owned()) {
                break;
            }
            rest = folder;
        }
    }
    folders
}

/// `faqs/families` → `faqs`; `faqs` → `""`; home has none.
fn parent(id: &str) -> Option<&str> {
    if id.is_empty() { None } else { Some(id.rsplit_once('/').map_or("", |(folder, _)| folder)) }
}

fn two_sources(first: &Document, second: &Document) -> Diagnostic {
    let help = match (first.place, second.place) {
        (Place::Page, Place::Page) => "keep one of the two files",
        (Place::Page, _) | (_, Place::Page) => "keep the page inside its folder, as index.md, and remove the other",
        _ => "keep _index.md where the folder is a section, index.md where it is one page",
    };
    Diagnostic::new(
        Code::TwoSources,
        format!("`{}` and `{}` are both the page at the same address", first.file, second.file),
    )
    .at(Span::whole(&second.file))
    .also(Span::whole(&first.file), "the other file")
    .help(help)
}
