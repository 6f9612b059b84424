//! The body of a page: a tree becomes HTML.
//!
//! In: a [`Tree`], a range of its nodes and a [`BodyContext`] that answers what the tree cannot know (where links
//! lead, what is hidden, what directives print). Out: HTML appended to a buffer. What stays true: every text and
//! attribute is escaped, no style and no handler is ever written, and footnote numbers, first uses of abbreviations
//! and ids depend on visible nodes only.

mod abbreviations;
mod blocks;
mod context;
pub mod escape;
mod footnotes;
mod inlines;

use std::ops::Range;

use crate::markdown::Profile;
use crate::markdown::tree::{NodeId, Tree};
use abbreviations::Abbreviations;
pub use context::{BodyContext, Image, Link, Plain, RawHtml, Reference, alert_name};
use footnotes::Footnotes;

/// Appends the HTML of the nodes in `range`, which covers whole subtrees; `0..tree.nodes.len()` is everything.
pub fn write(tree: &Tree, range: Range<NodeId>, context: &dyn BodyContext, out: &mut String) {
    out.reserve(tree.text.len() * 3 / 2);
    let mut writer = Writer {
        tree,
        context,
        out,
        void: if context.profile() == Profile::CommonMark { " />" } else { ">" },
        site: context.profile() == Profile::Site,
        in_link: 0,
        in_heading: false,
        tables: 0,
        footnotes: Footnotes::default(),
        abbreviations: Abbreviations::new(&tree.abbreviations, context.abbreviations()),
    };
    writer.nodes(range);
    writer.footnote_section();
}

/// The writer's state. It recurses; the parser caps how deep trees are.
struct Writer<'a> {
    tree: &'a Tree,
    context: &'a dyn BodyContext,
    out: &'a mut String,
    /// How an element without content ends.
    void: &'static str,
    site: bool,
    in_link: usize,
    in_heading: bool,
    tables: usize,
    footnotes: Footnotes,
    abbreviations: Abbreviations<'a>,
}

impl Writer<'_> {
    /// Writes a range of whole subtrees.
    fn nodes(&mut self, range: Range<NodeId>) {
        let mut node = range.start;
        while node < range.end {
            if !self.context.hidden(node) {
                self.node(node);
            }
            node = self.tree.nodes[node].end as usize;
        }
    }

    fn children(&mut self, node: NodeId) {
        self.nodes(node + 1..self.tree.nodes[node].end as usize);
    }

    /// The children of a node as a text of their own.
    fn body(&mut self, node: NodeId) -> String {
        let start = self.out.len();
        self.children(node);
        self.out.split_off(start)
    }

    /// Blocks start on a new line.
    fn new_line(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    fn push(&mut self, html: &str) {
        self.out.push_str(html);
    }

    fn escaped(&mut self, text: &str) {
        escape::text(text, self.out);
    }

    /// ` name="value"`
    fn attribute(&mut self, name: &str, value: &str) {
        self.push(" ");
        self.push(name);
        self.push("=\"");
        self.escaped(value);
        self.push("\"");
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails says so")]
mod tests;
