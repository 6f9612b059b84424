//! Runs of text: the parser's pieces become one node, or several with directives and addresses between.
//!
//! In: pieces of text with their places. Out: nodes. What stays true: directives and addresses are looked for in
//! the source behind a run, where quotes are still straight; the text around them is the parser's.

use std::ops::Range;

use super::Profile;
use super::builder::Builder;
use super::directive::{self, Form};
use super::inline::{self, Found};
use super::syntax::Written;
use super::tree::NodeKind;

/// A run of text that is not yet a node.
#[derive(Debug, Default)]
pub(super) struct Run {
    /// From the first piece to the last, in the source.
    source: Range<usize>,
    /// Where its text starts in [`Tree::text`].
    text: usize,
    /// Each piece: its place in the source and its text's place.
    pieces: Vec<(Range<usize>, Range<usize>)>,
}

impl Builder<'_> {
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
            || !self.source.text.get(run.source.clone()).is_some_and(inline::possible)
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
                    let kind = NodeKind::Link { target: target.into(), title: None, bare: true };
                    self.push_with_text(kind, &inline::decoded(&text[range.clone()]), range.clone(), range);
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
        let Some(directive) = directive::check(source, Form::Inline, written, &mut self.problems) else {
            return;
        };
        let label = written.label.unwrap_or_default();
        let inside = range.start + source.text[range.clone()].find(label).unwrap_or(0);
        self.push_with_text(NodeKind::Inline(Box::new(directive)), label, inside..inside + label.len(), range);
    }

    /// A node with one text in it.
    fn push_with_text(&mut self, kind: NodeKind, text: &str, inside: Range<usize>, range: Range<usize>) {
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
        let first = run.pieces.partition_point(|(source, _)| source.end <= range.start);
        for (source, text) in run.pieces[first..].iter().take_while(|(source, _)| source.start < range.end) {
            let piece = &tail[text.start - run.text..text.end - run.text];
            // A piece as long as its source is its source; others (quotes, entities) are never divided.
            let part = source.start.max(range.start) - source.start..source.end.min(range.end) - source.start;
            let part = if piece.len() == source.len() { piece.get(part) } else { None };
            self.tree.text.push_str(part.unwrap_or(piece));
        }
        if self.tree.text.len() > start {
            self.push_text(start..self.tree.text.len(), range);
        }
    }
}
