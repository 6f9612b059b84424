//! Files that are not Markdown: images and downloads beside pages, and `static/`.
//!
//! In: names of source files. Out: which source answers for a path, an upper layer before a lower one.

use std::collections::BTreeMap;
use std::sync::Arc;

/// Paths and the sources behind them.
#[derive(Clone, Debug, Default)]
pub struct Files {
    /// By path in the content folder.
    pub content: BTreeMap<String, Arc<str>>,
    /// By path in `static/`, without the theme's own files.
    pub statics: BTreeMap<String, Arc<str>>,
    /// By path in `static/theme/`: replacements of the theme's own files.
    pub theme: BTreeMap<String, Arc<str>>,
}
