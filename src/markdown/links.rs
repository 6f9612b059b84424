//! Where a page points to.
//!
//! In: a tree. Out: its links and images in the order of the text.

use super::tree::{Node, NodeId, NodeKind, Tree};
use crate::diagnostics::Extent;

/// A link or an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference<'a> {
    /// Its node.
    pub node: NodeId,
    /// As written, entities and escapes decoded.
    pub target: &'a str,
    /// Where it stands in the file.
    pub extent: Extent,
    /// Whether it is an image.
    pub image: bool,
}

/// All links and images of a tree.
pub fn links(tree: &Tree) -> impl Iterator<Item = Reference<'_>> {
    tree.nodes.iter().enumerate().filter_map(|(node, Node { kind, extent, .. })| {
        let (target, image) = match kind {
            NodeKind::Link { target, .. } => (target, false),
            NodeKind::Image { target, .. } => (target, true),
            _ => return None,
        };
        Some(Reference { node, target, extent: *extent, image })
    })
}
