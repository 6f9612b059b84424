//! Puts the tree together: nodes in document order, open ones on a stack, text in runs.
//!
//! In: "open this, text, close that" from [`super::events`] and [`super::fence`]. Out: a [`Tree`].
//! What stays true: a node's `end` is set when it closes; at most [`DEEPEST`] blocks and as many inlines stand
//! inside each other, so whoever walks the tree may recurse; text never stands between blocks without a paragraph.

use std::ops::Range;

use super::run::Run;
use super::tree::{Node, NodeId, NodeKind, TextRange, Tree};
use super::{Profile, Source};
use crate::diagnostics::{Code, Diagnostic};

/// How many blocks, and within them how many inlines, may stand inside each other.
pub(super) const DEEPEST: usize = 100;

/// What a node is to the stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    /// Holds blocks: a quote, a list, an item.
    Block,
    /// A list: counts double, so that its items fit when it does.
    List,
    /// Holds inlines or text, and closes within its parent: a paragraph, a table and its parts.
    Leaf,
    /// Stands in a line.
    Inline,
}

/// An open node.
#[derive(Debug)]
pub(super) struct Frame {
    /// `None` for what is not kept: too deep, or a directive with an unknown name.
    pub(super) node: Option<NodeId>,
    pub(super) sort: Sort,
}

/// Where an open node comes from.
#[derive(Debug, PartialEq)]
pub(super) enum Sort {
    /// From the parser, which will close it.
    Parser(Level),
    /// A paragraph around text that has none.
    Implied,
    /// A directive, to be closed by a line of colons.
    Fence {
        /// How many colons opened it.
        colons: usize,
        /// The line that opened it.
        opening: Range<usize>,
        /// Whether it is [`super::fence::INTERNAL`].
        internal: bool,
    },
}

pub(super) struct Builder<'a> {
    pub(super) source: Source<'a>,
    pub(super) tree: Tree,
    pub(super) stack: Vec<Frame>,
    pub(super) problems: Vec<Diagnostic>,
    pub(super) profile: Profile,
    pub(super) run: Run,
    blocks: usize,
    inlines: usize,
    pub(super) links: usize,
    pub(super) verbatim: bool,
    too_deep: bool,
}

impl<'a> Builder<'a> {
    pub(super) fn new(profile: Profile, source: Source<'a>) -> Self {
        Self {
            source,
            // About as much as prose turns out to need.
            tree: Tree {
                nodes: Vec::with_capacity(source.text.len() / 24 + 4),
                text: String::with_capacity(source.text.len()),
                ..Tree::default()
            },
            stack: Vec::new(),
            problems: Vec::new(),
            profile,
            run: Run::default(),
            blocks: 0,
            inlines: 0,
            links: 0,
            verbatim: false,
            too_deep: false,
        }
    }

    /// Opens a node that the parser will close.
    pub(super) fn open(&mut self, level: Level, kind: NodeKind, range: Range<usize>) {
        self.flush();
        let room = match level {
            Level::Inline => {
                self.imply_paragraph(range.start);
                self.inlines += 1;
                self.inlines <= DEEPEST
            }
            Level::Leaf => {
                self.close_implied();
                true
            }
            Level::Block | Level::List => {
                self.close_implied();
                self.blocks += 1;
                self.blocks + usize::from(level == Level::List) <= DEEPEST
            }
        };
        let link = is_link(&kind);
        self.verbatim = matches!(kind, NodeKind::CodeBlock { .. } | NodeKind::HtmlBlock);
        let label = match &kind {
            NodeKind::FootnoteDefinition(label) if room => Some(label.to_string()),
            _ => None,
        };
        let node = if room { Some(self.push(kind, range)) } else { self.refuse(range) };
        self.tree.footnotes.extend(label.zip(node));
        self.links += usize::from(link && node.is_some());
        self.stack.push(Frame { node, sort: Sort::Parser(level) });
    }

    /// Closes the innermost node the parser opened; directives left open inside it end with it.
    pub(super) fn close(&mut self, end: usize) -> Option<NodeId> {
        self.flush();
        while let Some(frame) = self.stack.pop() {
            self.end(frame.node);
            match frame.sort {
                Sort::Implied => {}
                Sort::Fence { opening, internal, .. } => self.left_open(opening, internal, frame.node, end),
                Sort::Parser(level) => {
                    match level {
                        Level::Inline => self.inlines -= 1,
                        Level::Block | Level::List => self.blocks -= 1,
                        Level::Leaf => {}
                    }
                    self.links -= usize::from(frame.node.is_some_and(|node| is_link(&self.tree.nodes[node].kind)));
                    self.verbatim = false;
                    return frame.node;
                }
            }
        }
        None
    }

    /// Closes what the end of the text closes.
    pub(super) fn finish(&mut self) {
        self.close(self.source.text.len());
        debug_assert!(self.stack.is_empty());
        // A build holds the trees of all pages, so what was asked for in advance and not needed is given back.
        self.tree.nodes.shrink_to_fit();
        self.tree.text.shrink_to_fit();
    }

    /// Ticks the box of the innermost item, or leaves it empty.
    pub(super) fn mark_task(&mut self, done: bool) {
        for node in self.stack.iter().rev().filter_map(|frame| frame.node) {
            if let NodeKind::Item { task } = &mut self.tree.nodes[node].kind {
                *task = Some(done);
                return;
            }
        }
    }

    /// A list is tight when the parser gave its items no paragraphs.
    pub(super) fn settle_list(&mut self, list: NodeId) {
        let paragraph = |node: NodeId| matches!(self.tree.nodes[node].kind, NodeKind::Paragraph);
        let loose = self.tree.children(list).any(|item| self.tree.children(item).any(paragraph));
        if let NodeKind::List { tight, .. } = &mut self.tree.nodes[list].kind {
            *tight = !loose;
        }
    }

    /// Opens a directive.
    pub(super) fn open_fence(&mut self, kind: Option<NodeKind>, colons: usize, opening: Range<usize>, internal: bool) {
        self.flush();
        self.close_implied();
        self.blocks += 1;
        let node = match kind {
            Some(kind) if self.blocks <= DEEPEST => Some(self.push(kind, opening.clone())),
            Some(_) => self.refuse(opening.clone()),
            None => None,
        };
        self.stack.push(Frame { node, sort: Sort::Fence { colons, opening, internal } });
    }

    /// Closes the innermost frame, which is a directive or an implied paragraph, at `end`.
    pub(super) fn close_fence(&mut self, end: usize) -> Option<Frame> {
        self.close_implied();
        let frame = self.stack.pop()?;
        self.blocks -= 1;
        self.end(frame.node);
        self.extend_to(frame.node, end);
        Some(frame)
    }

    fn left_open(&mut self, opening: Range<usize>, internal: bool, node: Option<NodeId>, end: usize) {
        self.blocks -= 1;
        self.extend_to(node, end);
        self.problems.push(super::fence::not_closed(self.source, opening, internal));
    }

    fn extend_to(&mut self, node: Option<NodeId>, end: usize) {
        if let Some(node) = node {
            let start = self.tree.nodes[node].extent.start as usize;
            let end = trimmed(self.source.text, start - self.source.base as usize..end);
            self.tree.nodes[node].extent = self.source.extent(end);
        }
    }

    /// A node without children.
    pub(super) fn leaf(&mut self, level: Level, kind: NodeKind, range: Range<usize>) {
        self.flush();
        match level {
            Level::Inline => self.imply_paragraph(range.start),
            _ => self.close_implied(),
        }
        let node = self.push(kind, range);
        self.end(Some(node));
    }

    /// Adds to [`Tree::text`]; for nodes that hold a range of it.
    pub(super) fn keep(&mut self, text: &str) -> TextRange {
        let start = self.tree.text.len();
        self.tree.text.push_str(text);
        text_range(start..self.tree.text.len())
    }

    pub(super) fn push_text(&mut self, text: Range<usize>, source: Range<usize>) {
        let node = self.push(NodeKind::Text(text_range(text)), source);
        self.end(Some(node));
    }

    pub(super) fn push(&mut self, kind: NodeKind, range: Range<usize>) -> NodeId {
        let range = match kind {
            NodeKind::Text(_) | NodeKind::SoftBreak | NodeKind::HardBreak => range,
            _ => trimmed(self.source.text, range),
        };
        self.tree.nodes.push(Node { kind, extent: self.source.extent(range), end: 0 });
        self.tree.nodes.len() - 1
    }

    pub(super) fn end(&mut self, node: Option<NodeId>) {
        if let Some(node) = node {
            self.tree.nodes[node].end = u32::try_from(self.tree.nodes.len()).unwrap_or(u32::MAX);
        }
    }

    fn refuse(&mut self, range: Range<usize>) -> Option<NodeId> {
        if !std::mem::replace(&mut self.too_deep, true) {
            self.problems.push(
                Diagnostic::new(
                    Code::NestedTooDeeply,
                    format!("more than {DEEPEST} quotes, lists, blocks or styles stand inside each other"),
                )
                .at(self.source.span(range.start..range.start))
                .help("take some of the outer ones away"),
            );
        }
        None
    }

    /// Text directly inside a directive in a tight list comes without a paragraph.
    pub(super) fn imply_paragraph(&mut self, at: usize) {
        let parent = self.stack.iter().rev().find_map(|frame| frame.node);
        let needed = parent.is_none_or(|node| {
            matches!(
                self.tree.nodes[node].kind,
                NodeKind::Container(_)
                    | NodeKind::BlockQuote
                    | NodeKind::Alert(_)
                    | NodeKind::FootnoteDefinition(_)
                    | NodeKind::List { .. }
                    | NodeKind::DefinitionList
            )
        });
        if needed {
            let node = self.push(NodeKind::Paragraph, at..at);
            self.stack.push(Frame { node: Some(node), sort: Sort::Implied });
        }
    }

    fn close_implied(&mut self) {
        if self.stack.last().is_some_and(|frame| frame.sort == Sort::Implied)
            && let Some(Frame { node: Some(node), .. }) = self.stack.pop()
        {
            self.end(Some(node));
            let last = self.tree.nodes[node..].iter().map(|node| node.extent.end).max();
            self.tree.nodes[node].extent.end = last.unwrap_or_default();
        }
    }
}

fn is_link(kind: &NodeKind) -> bool {
    matches!(kind, NodeKind::Link { .. } | NodeKind::Image { .. })
}

fn text_range(range: Range<usize>) -> TextRange {
    let offset = |at| u32::try_from(at).unwrap_or(u32::MAX);
    TextRange { start: offset(range.start), end: offset(range.end) }
}

/// A range without the white space at its end: blocks come with their line ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    match text.get(range.clone()) {
        Some(content) => range.start..range.start + content.trim_end_matches([' ', '\t', '\r', '\n']).len(),
        None => range,
    }
}
