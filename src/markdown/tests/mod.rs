//! What the parser makes of texts, right and wrong.
//!
//! In: texts. Out: trees, told as one line a node, and diagnostics, told as `code: the place's text`.

mod addresses;
mod blocks;
mod directives;
mod outlines;

use std::sync::Arc;

use super::parse;
use super::tree::{NodeKind, Tree};
use crate::diagnostics::Diagnostic;

/// Every body stands behind some front matter, so that a forgotten base shows.
pub(crate) const FRONT: &str = "---\ntitle: é\n---\n";

pub(crate) fn read(body: &str) -> (Tree, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let base = u32::try_from(FRONT.len()).unwrap();
    let tree = parse(&Arc::from("page.md"), body, base, &mut problems);
    check_shape(&tree);
    (tree, problems)
}

/// The tree of a text without problems.
fn tree(body: &str) -> String {
    let (tree, problems) = read(body);
    assert_eq!(told(body, &problems), Vec::<String>::new());
    outline(body, &tree)
}

/// The problems of a text.
pub(crate) fn problems(body: &str) -> Vec<String> {
    told(body, &read(body).1)
}

fn told(body: &str, problems: &[Diagnostic]) -> Vec<String> {
    let file = format!("{FRONT}{body}");
    let tell = |problem: &Diagnostic| {
        let place = problem.span.as_ref().map_or("nowhere", |span| &file[span.extent.range()]);
        assert!(problem.help.is_some(), "{problem:?}");
        format!("{}: {place}", problem.code.name())
    };
    problems.iter().map(tell).collect()
}

/// One line a node: indentation, kind, source.
fn outline(body: &str, tree: &Tree) -> String {
    let file = format!("{FRONT}{body}");
    let mut out = String::new();
    let mut open: Vec<u32> = Vec::new();
    for (id, node) in tree.nodes.iter().enumerate() {
        open.retain(|end| *end as usize > id);
        out.push_str(&"  ".repeat(open.len()));
        let source = &file[node.extent.range()];
        out.push_str(&match &node.kind {
            NodeKind::Container(directive) => {
                format!("container {} {:?}", directive.name, directive.label)
            }
            NodeKind::Leaf(directive) => format!("leaf {} {source:?}", directive.name),
            NodeKind::Inline(directive) => format!("inline {} {source:?}", directive.name),
            NodeKind::Text(range) => format!("{:?}", tree.str(*range)),
            NodeKind::Link { target, bare, .. } => format!("link {target} bare={bare} {source:?}"),
            NodeKind::Code(range) => format!("code {:?}", tree.str(*range)),
            other => {
                let name = format!("{other:?}");
                name.split(['(', ' ']).next().unwrap_or_default().to_lowercase()
            }
        });
        out.push('\n');
        open.push(node.end);
    }
    out
}

/// What holds of every tree.
/// The invariant of [`Tree`]: ends nest.
pub(crate) fn check_shape(tree: &Tree) {
    let mut open: Vec<usize> = Vec::new();
    for (id, node) in tree.nodes.iter().enumerate() {
        let end = node.end as usize;
        assert!(end > id && end <= tree.nodes.len(), "node {id} ends at {end}");
        open.retain(|end| *end > id);
        assert!(open.last().is_none_or(|outer| end <= *outer), "node {id} ends outside its parent");
        open.push(end);
        assert!(open.len() <= 260, "node {id} is {} deep", open.len());
        if let NodeKind::Text(range) | NodeKind::Code(range) | NodeKind::InlineHtml(range) = &node.kind {
            assert!(tree.text.get(range.start as usize..range.end as usize).is_some(), "node {id} has no text");
        }
    }
}
