//! Opens and closes directives as their lines turn up between the blocks.
//!
//! In: markers, in the order of the text. Out: containers and leaves in the tree. A closing line closes the
//! innermost open directive whose fence is not longer, within the same list item or quote; what is left open ends
//! with its parent, and is reported.

use std::ops::Range;

use super::Source;
use super::builder::{Builder, Level, Sort};
use super::directive::{self, Form};
use super::prescan::{Marker, MarkerKind};
use super::raw_html::without_comments;
use super::tree::{NodeKind, Tree};
use crate::diagnostics::{Code, Diagnostic};

/// The directive whose content public sites must not have.
pub(super) const INTERNAL: &str = "internal";

/// Puts one marker into the tree.
pub(super) fn place(builder: &mut Builder<'_>, marker: &Marker<'_>) {
    let range = marker.range.clone();
    match &marker.kind {
        MarkerKind::Open { fence, written } => {
            let known = directive::check(builder.source, Form::Container, written, &mut builder.problems);
            let kind = known.map(|directive| NodeKind::Container(Box::new(directive)));
            builder.open_fence(kind, *fence, range, written.name == INTERNAL);
        }
        MarkerKind::Close { fence } => close(builder, *fence, range),
        MarkerKind::Leaf(written) => {
            let known = directive::check(builder.source, Form::Leaf, written, &mut builder.problems);
            if let Some(directive) = known {
                builder.leaf(Level::Leaf, NodeKind::Leaf(Box::new(directive)), range);
            }
        }
        MarkerKind::Abbreviation { short, long } => {
            // Abbreviations are known by name only; one that is given inside an internal block must not show
            // its long form outside it.
            let open = |sort: &Sort| matches!(sort, Sort::Fence { internal: true, .. });
            if !builder.stack.iter().any(|frame| open(&frame.sort)) {
                builder.tree.abbreviations.push(((*short).to_owned(), without_comments(long).0.trim().to_owned()));
            }
        }
    }
}

fn close(builder: &mut Builder<'_>, fence: usize, line: Range<usize>) {
    builder.flush();
    let open = builder.stack.iter().rev().take_while(|frame| !matches!(frame.sort, Sort::Parser(_)));
    let inside = open
        .filter_map(|frame| match frame.sort {
            Sort::Fence { colons, .. } => Some(colons),
            _ => None,
        })
        .position(|colons| colons <= fence);
    let Some(inside) = inside else {
        builder.problems.push(
            Diagnostic::new(Code::DirectiveStrayClose, "this line closes a block, and none is open here")
                .at(builder.source.span(line))
                .help("take it out, or indent it like the line that opens the block"),
        );
        return;
    };
    for _ in 0..inside {
        let left = builder.close_fence(line.start);
        if let Some(Sort::Fence { opening, internal, .. }) = left.map(|frame| frame.sort) {
            builder.problems.push(not_closed(builder.source, opening, internal));
        }
    }
    builder.close_fence(line.end);
}

/// What to say of a directive nobody closed.
pub(super) fn not_closed(source: Source<'_>, opening: Range<usize>, internal: bool) -> Diagnostic {
    let line = &source.text[opening.clone()];
    let colons = &line[..line.len() - line.trim_start_matches(':').len()];
    let code = if internal { Code::InternalNotClosed } else { Code::DirectiveNotClosed };
    Diagnostic::new(code, "this block is not closed")
        .at(source.span(opening))
        .help(format!("add a line `{colons}` where it ends, indented like this one"))
}

/// Lines that look like the start of a block and were read as something else: an error for what would otherwise
/// be printed as text. `lines` are where they start. In fenced code and comments they mean themselves.
pub(super) fn not_read(source: Source<'_>, tree: &Tree, lines: &[usize], problems: &mut Vec<Diagnostic>) {
    for &start in lines {
        let rest = &source.text[start..];
        let line = &rest[..rest.find(['\n', '\r']).unwrap_or(rest.len())];
        let name = line.trim_start_matches(':').trim_start_matches([' ', '{']);
        let name = &name[..super::syntax::name_length(name.as_bytes())];
        if !line.starts_with(":::") || name.is_empty() {
            continue;
        }
        let internal = name == INTERNAL;
        let means_itself = match leaf_block(source, tree, start) {
            // An indented block may be an accident; one between fences is an example.
            Some((NodeKind::CodeBlock { .. }, text)) => !internal || text.starts_with("```") || text.starts_with("~~~"),
            Some((NodeKind::HtmlBlock, text)) => !internal || text.starts_with("<!--"),
            _ => false,
        };
        if !means_itself {
            problems.push(
                Diagnostic::new(Code::DirectiveNotRead, format!("this line does not begin a `{name}` block"))
                    .at(source.span(start..start + line.trim_end().len()))
                    .help("indent it by less than four spaces, like the text around it"),
            );
        }
    }
}

/// The paragraph, code or HTML at a place, and how it is written.
fn leaf_block<'a>(source: Source<'a>, tree: &'a Tree, at: usize) -> Option<(&'a NodeKind, &'a str)> {
    let at = source.extent(at..at).start;
    let before = tree.nodes.partition_point(|node| node.extent.start <= at);
    let node = tree.nodes[..before]
        .iter()
        .rev()
        .find(|node| matches!(node.kind, NodeKind::CodeBlock { .. } | NodeKind::HtmlBlock | NodeKind::Paragraph))?;
    Some((&node.kind, source.text.get(node.extent.start.checked_sub(source.base)? as usize..)?.trim_start()))
}
