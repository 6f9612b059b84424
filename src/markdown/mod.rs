//! Markdown: the text of one file becomes one tree.
//!
//! In: text. Out: a [`tree::Tree`] with spans, and diagnostics. Parsing never fails, whatever the bytes; nothing
//! here knows of other files, of sites or of the date.

mod builder;
pub mod directive;
mod events;
mod fence;
mod inline;
pub mod links;
pub mod outline;
mod prescan;
pub mod raw_html;
mod run;
mod syntax;
pub mod tree;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crate::diagnostics::{Code, Diagnostic, Extent, Span};
use tree::{Node, NodeKind, TextRange, Tree};

/// Which language the text is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Profile {
    /// What pages are written in: CommonMark with tables, directives and the rest.
    #[default]
    Site,
    /// CommonMark 0.31.2 and nothing else, to be held against its specification.
    CommonMark,
}

/// The text of a page as it stands in its file.
#[derive(Clone, Copy)]
pub(crate) struct Source<'a> {
    /// The file, for diagnostics.
    pub(crate) file: &'a Arc<str>,
    /// The text of the body.
    pub(crate) text: &'a str,
    /// Where the body begins in the file, in bytes.
    pub(crate) base: u32,
}

impl Source<'_> {
    /// A range of the body as an extent of the file.
    pub(crate) fn extent(&self, range: std::ops::Range<usize>) -> Extent {
        Extent::new(range.start + self.base as usize, range.end + self.base as usize)
    }

    /// A range of the body as a place for a diagnostic.
    pub(crate) fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.file, self.extent(range))
    }
}

/// Reads a page's body. `base` is the offset of `text` in the file, in bytes; all extents are offsets in the file.
pub fn parse(file: &Arc<str>, text: &str, base: u32, problems: &mut Vec<Diagnostic>) -> Tree {
    parse_profile(Profile::Site, file, text, base, problems)
}

/// [`parse`] in a named profile.
pub fn parse_profile(profile: Profile, file: &Arc<str>, text: &str, base: u32, problems: &mut Vec<Diagnostic>) -> Tree {
    let source = Source { file, text, base };
    // Releases of the parser have had panics on odd input; one bad page must not take the others with it.
    let (tree, found) = catch_unwind(AssertUnwindSafe(|| events::read(profile, source))).unwrap_or_else(|_| {
        let problem = Diagnostic::new(Code::MarkdownUnreadable, "this text cannot be read as Markdown")
            .at(Span::whole(file))
            .help("take out the part written last and add it again piece by piece, then report the piece that fails");
        (plain(source), vec![problem])
    });
    problems.extend(found);
    tree
}

/// The whole body as one paragraph of text.
fn plain(source: Source<'_>) -> Tree {
    let extent = source.extent(0..source.text.len());
    let range = TextRange { start: 0, end: u32::try_from(source.text.len()).unwrap_or(u32::MAX) };
    let node = |kind| Node { kind, extent, end: 2 };
    Tree {
        nodes: vec![node(NodeKind::Paragraph), node(NodeKind::Text(range))],
        text: source.text.to_owned(),
        ..Tree::default()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails says so")]
pub(crate) mod tests;
