//! Puts the tree together: nodes in document order, open ones on a stack, text in runs.
//!
//! In: "open this, text, close that" from [`super::events`] and [`super::fence`]. Out: a [`Tree`].
//! What stays true: a node's `end` is set when it closes; at most [`DEEPEST`] blocks and as many inlines stand
//! inside each other, so whoever walks the tree may recurse; text never stands between blocks without a paragraph.

use std::ops::Range;

use super::directive::{self, Form};
use super::inline::{self, Found};
use super::syntax::Written;
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

/// A run of text that is not yet a node.
#[derive(Debug, Default)]
struct Run {
    /// From the first piece to the last, in the source.
    source: Range<usize>,
    /// Where its text starts in [`Tree::text`].
    text: usize,
    /// Each piece: its place in the source and its text's place.
    pieces: Vec<(Range<usize>, Range<usize>)>,
}

pub(super) struct Builder<'a> {
    pub(super) source: Source<'a>,
    pub(super) tree: Tree,
    pub(super) stack: Vec<Frame>,
    pub(super) problems: Vec<Diagnostic>,
    profile: Profile,
    run: Run,
    blocks: usize,
    inlines: usize,
    links: usize,
    verbatim: bool,
    too_deep: bool,
}

impl<'a> Builder<'a> {
    pub(super) fn new(profile: Profile, source: Source<'a>) -> Self {
        Self {
            source,
            tree: Tree {
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
        let node = if room {
            Some(self.push(kind, range))
        } else {
            self.refuse(range)
        };
        self.tree.footnotes.extend(label.zip(node));
        self.links += usize::from(link && node.is_some());
        self.stack.push(Frame {
            node,
            sort: Sort::Parser(level),
        });
    }

    /// Closes the innermost node the parser opened; directives left open inside it end with it.
    pub(super) fn close(&mut self, end: usize) -> Option<NodeId> {
        self.flush();
        while let Some(frame) = self.stack.pop() {
            self.end(frame.node);
            match frame.sort {
                Sort::Implied => {}
                Sort::Fence {
                    opening, internal, ..
                } => self.left_open(opening, internal, frame.node, end),
                Sort::Parser(level) => {
                    match level {
                        Level::Inline => self.inlines -= 1,
                        Level::Block | Level::List => self.blocks -= 1,
                        Level::Leaf => {}
                    }
                    self.links -= usize::from(
                        frame
                            .node
                            .is_some_and(|node| is_link(&self.tree.nodes[node].kind)),
                    );
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
        let loose = self
            .tree
            .children(list)
            .any(|item| self.tree.children(item).any(paragraph));
        if let NodeKind::List { tight, .. } = &mut self.tree.nodes[list].kind {
            *tight = !loose;
        }
    }

    /// Opens a directive.
    pub(super) fn open_fence(
        &mut self,
        kind: Option<NodeKind>,
        colons: usize,
        opening: Range<usize>,
        internal: bool,
    ) {
        self.flush();
        self.close_implied();
        self.blocks += 1;
        let node = match kind {
            Some(kind) if self.blocks <= DEEPEST => Some(self.push(kind, opening.clone())),
            Some(_) => self.refuse(opening.clone()),
            None => None,
        };
        self.stack.push(Frame {
            node,
            sort: Sort::Fence {
                colons,
                opening,
                internal,
            },
        });
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

    fn left_open(
        &mut self,
        opening: Range<usize>,
        internal: bool,
        node: Option<NodeId>,
        end: usize,
    ) {
        self.blocks -= 1;
        self.extend_to(node, end);
        self.problems
            .push(super::fence::not_closed(self.source, opening, internal));
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

    /// A piece of text; pieces that follow each other become one node.
    pub(super) fn text(&mut self, text: &str, range: Range<usize>) {
        if text.is_empty() {
            return;
        }
        if self.run.pieces.is_empty() {
            self.imply_paragraph(range.start);
            self.run.source = range.clone();
            self.run.text = self.tree.text.len();
        }
        let start = self.tree.text.len();
        self.tree.text.push_str(text);
        self.run.source.end = range.end.max(self.run.source.end);
        self.run.pieces.push((range, start..self.tree.text.len()));
    }

    /// Ends the run of text, if there is one.
    pub(super) fn flush(&mut self) {
        if self.run.pieces.is_empty() {
            return;
        }
        let mut run = std::mem::take(&mut self.run);
        let plain = self.verbatim
            || self.profile == Profile::CommonMark
            || !self
                .source
                .text
                .get(run.source.clone())
                .is_some_and(inline::possible)
            || !self.split(&run);
        if plain {
            self.push_text(run.text..self.tree.text.len(), run.source.clone());
        }
        run.pieces.clear();
        self.run.pieces = run.pieces;
    }

    /// Divides a run at its directives and addresses. `false` when it holds none.
    fn split(&mut self, run: &Run) -> bool {
        let text = self.source.text;
        let mut from = run.source.start;
        let mut tail = None;
        while let Some((range, found)) = inline::next(text, &run.source, from, self.links == 0) {
            let tail = tail.get_or_insert_with(|| self.tree.text.split_off(run.text));
            self.push_pieces(run, tail, from..range.start);
            from = range.end;
            match found {
                Found::Address(target) => {
                    let kind = NodeKind::Link {
                        target: target.into(),
                        title: None,
                        bare: true,
                    };
                    self.push_with_text(kind, &text[range.clone()], range.clone(), range);
                }
                Found::Directive(written) => self.push_inline(&written),
            }
        }
        if let Some(tail) = &tail {
            self.push_pieces(run, tail, from..run.source.end);
        }
        tail.is_some()
    }

    fn push_inline(&mut self, written: &Written<'_>) {
        let (source, range) = (self.source, written.range.clone());
        let Some(directive) = directive::check(source, Form::Inline, written, &mut self.problems)
        else {
            return;
        };
        let label = written.label.unwrap_or_default();
        let inside = range.start + source.text[range.clone()].find(label).unwrap_or(0);
        self.push_with_text(
            NodeKind::Inline(Box::new(directive)),
            label,
            inside..inside + label.len(),
            range,
        );
    }

    /// A node with one text in it.
    fn push_with_text(
        &mut self,
        kind: NodeKind,
        text: &str,
        inside: Range<usize>,
        range: Range<usize>,
    ) {
        let node = self.push(kind, range);
        let start = self.tree.text.len();
        self.tree.text.push_str(text);
        if !text.is_empty() {
            self.push_text(start..self.tree.text.len(), inside);
        }
        self.end(Some(node));
    }

    /// The part of a run that stands at `range` of the source; `tail` is the run's text.
    fn push_pieces(&mut self, run: &Run, tail: &str, range: Range<usize>) {
        let start = self.tree.text.len();
        let first = run
            .pieces
            .partition_point(|(source, _)| source.end <= range.start);
        for (source, text) in run.pieces[first..]
            .iter()
            .take_while(|(source, _)| source.start < range.end)
        {
            let piece = &tail[text.start - run.text..text.end - run.text];
            // A piece as long as its source is its source; others (quotes, entities) are never divided.
            let part = source.start.max(range.start) - source.start
                ..source.end.min(range.end) - source.start;
            let part = if piece.len() == source.len() {
                piece.get(part)
            } else {
                None
            };
            self.tree.text.push_str(part.unwrap_or(piece));
        }
        if self.tree.text.len() > start {
            self.push_text(start..self.tree.text.len(), range);
        }
    }

    fn push_text(&mut self, text: Range<usize>, source: Range<usize>) {
        let node = self.push(NodeKind::Text(text_range(text)), source);
        self.end(Some(node));
    }

    fn push(&mut self, kind: NodeKind, range: Range<usize>) -> NodeId {
        let range = match kind {
            NodeKind::Text(_) | NodeKind::SoftBreak | NodeKind::HardBreak => range,
            _ => trimmed(self.source.text, range),
        };
        self.tree.nodes.push(Node {
            kind,
            extent: self.source.extent(range),
            end: 0,
        });
        self.tree.nodes.len() - 1
    }

    fn end(&mut self, node: Option<NodeId>) {
        if let Some(node) = node {
            self.tree.nodes[node].end = u32::try_from(self.tree.nodes.len()).unwrap_or(u32::MAX);
        }
    }

    fn refuse(&mut self, range: Range<usize>) -> Option<NodeId> {
        if !std::mem::replace(&mut self.too_deep, true) {
            self.problems.push(
                Diagnostic::new(Code::NestedTooDeeply, format!("more than {DEEPEST} quotes, lists, blocks or styles stand inside each other"))
                    .at(self.source.span(range.start..range.start))
                    .help("take some of the outer ones away"),
            );
        }
        None
    }

    /// Text directly inside a directive in a tight list comes without a paragraph.
    fn imply_paragraph(&mut self, at: usize) {
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
            self.stack.push(Frame {
                node: Some(node),
                sort: Sort::Implied,
            });
        }
    }

    fn close_implied(&mut self) {
        if self
            .stack
            .last()
            .is_some_and(|frame| frame.sort == Sort::Implied)
            && let Some(Frame {
                node: Some(node), ..
            }) = self.stack.pop()
        {
            self.end(Some(node));
            let last = self.tree.nodes[node..]
                .iter()
                .map(|node| node.extent.end)
                .max();
            self.tree.nodes[node].extent.end = last.unwrap_or_default();
        }
    }
}

fn is_link(kind: &NodeKind) -> bool {
    matches!(kind, NodeKind::Link { .. } | NodeKind::Image { .. })
}

fn text_range(range: Range<usize>) -> TextRange {
    let offset = |at| u32::try_from(at).unwrap_or(u32::MAX);
    TextRange {
        start: offset(range.start),
        end: offset(range.end),
    }
}

/// A range without the white space at its end: blocks come with their line ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    match text.get(range.clone()) {
        Some(content) => {
            range.start..range.start + content.trim_end_matches([' ', '\t', '\r', '\n']).len()
        }
        None => range,
    }
}
