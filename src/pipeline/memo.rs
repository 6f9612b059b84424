//! What builds remember of those before them.
//!
//! In: files as they are read. Out: documents, parsed once for as long as their files say the same, and the analyses of
//! what search reads of them. What stays true: a build that remembers is the build that does not, byte for byte; a memo may
//! be dropped at any moment.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::content::{Document, parse_document};
use crate::diagnostics::Diagnostic;
use crate::search::Analyses;
use crate::text::digest::QuickDigest;

/// What one build leaves to the next.
#[derive(Debug, Default)]
pub struct Memo {
    documents: Documents,
    quick: QuickDigest,
    /// What search has read.
    pub analyses: Analyses,
}

/// Documents by the names of their files; none where nobody will ask again.
#[derive(Debug)]
pub(super) struct Documents(Option<Mutex<HashMap<Arc<str>, Parsed>>>);

#[derive(Debug)]
struct Parsed {
    /// In the content folder.
    path: String,
    /// Of the file.
    digest: u128,
    document: Arc<Document>,
    problems: Vec<Diagnostic>,
    /// Whether somebody has asked since the last call of [`Memo::forget_unused`].
    used: bool,
}

impl Memo {
    /// For one build of so many sites. No file is parsed twice in it.
    pub(super) fn of_one_build(sites: usize) -> Self {
        Self { documents: Documents(None), analyses: Analyses::of_one_build(sites), ..Self::default() }
    }

    /// How many documents are remembered.
    pub fn documents(&self) -> usize {
        self.documents.open().map_or(0, |known| known.len())
    }

    /// Drops what nothing has asked for since the last call.
    pub(super) fn forget_unused(&self) {
        self.analyses.forget_unused();
        if let Some(mut known) = self.documents.open() {
            known.retain(|_, parsed| std::mem::take(&mut parsed.used));
        }
    }

    /// Parses a file, unless it says what it said before.
    pub(super) fn document(
        &self,
        file: &Arc<str>,
        path: &str,
        bytes: &[u8],
        problems: &mut Vec<Diagnostic>,
    ) -> Arc<Document> {
        if self.documents.0.is_none() {
            return Arc::new(parse_document(Arc::clone(file), path, bytes, problems));
        }
        let digest = self.quick.of(std::iter::once(bytes));
        let known = self.documents.open().and_then(|mut known| {
            let parsed = known.get_mut(file).filter(|parsed| parsed.path == path && parsed.digest == digest)?;
            parsed.used = true;
            problems.extend_from_slice(&parsed.problems);
            Some(Arc::clone(&parsed.document))
        });
        known.unwrap_or_else(|| {
            let mut found = Vec::new();
            let document = Arc::new(parse_document(Arc::clone(file), path, bytes, &mut found));
            problems.extend_from_slice(&found);
            if let Some(mut known) = self.documents.open() {
                let (path, document) = (path.to_owned(), Arc::clone(&document));
                known.insert(Arc::clone(file), Parsed { path, digest, document, problems: found, used: true });
            }
            document
        })
    }
}

impl Default for Documents {
    fn default() -> Self {
        Self(Some(Mutex::default()))
    }
}

impl Documents {
    /// A thread that panicked while it held this has left it whole.
    fn open(&self) -> Option<MutexGuard<'_, HashMap<Arc<str>, Parsed>>> {
        Some(self.0.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
