//! The words of a tree as readers of an edition read them, for places without markup: menus, contents lists, cards, data.
//!
//! In: part of a tree, what of it is hidden, facts and contacts. Out: one line of text. What stays true: names that are
//! declared once are filled in, so that nobody reads `area` where the page says “Example Borough”; nothing hidden is said.

use std::ops::Range;

use super::page::SiteInput;
use super::select::Hidden;
use crate::markdown::tree::{Directive, NodeId, NodeKind, Tree};

/// The words of a range of nodes, blocks separated by spaces.
pub fn wording(tree: &Tree, range: Range<NodeId>, hidden: &Hidden, input: &SiteInput) -> String {
    let mut words = String::new();
    let mut node = range.start;
    while node < range.end {
        let (kind, after) = (&tree.nodes[node].kind, tree.subtree(node).end);
        if hidden.contains(node) || matches!(kind, NodeKind::FootnoteDefinition(_)) {
            node = after;
            continue;
        }
        match kind {
            NodeKind::Inline(directive) => {
                if let Some(name) = name_of(directive, input) {
                    words.push_str(name);
                    node = after;
                    continue;
                }
            }
            NodeKind::Text(range) | NodeKind::Code(range) => words.push_str(tree.str(*range)),
            kind if separates(kind) => words.push(' '),
            _ => {}
        }
        node += 1;
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a part of a tree has a name to be filled in.
pub(super) fn has_names(tree: &Tree, range: Range<NodeId>) -> bool {
    tree.nodes[range].iter().any(|node| matches!(node.kind, NodeKind::Inline(_)))
}

/// What is declared once and printed here.
fn name_of<'a>(directive: &'a Directive, input: &'a SiteInput) -> Option<&'a str> {
    let label = directive.label.as_deref()?;
    match directive.name {
        "authority" => Some(&input.facts.get(label)?.value),
        "role" => {
            let fact = input.facts.get(&format!("role_{label}"))?;
            let plural = directive.get("form") == Some("plural");
            Some(fact.plural.as_deref().filter(|_| plural).unwrap_or(&fact.value))
        }
        "contact" => {
            let contact = input.records.contacts.get(label)?;
            let phone = contact.phone.as_ref().filter(|_| directive.get("show") == Some("phone"));
            Some(phone.map_or(contact.name.as_str(), |phone| phone.printed.as_str()))
        }
        _ => None,
    }
}

/// Everything but what stands inside a line.
fn separates(kind: &NodeKind) -> bool {
    !matches!(
        kind,
        NodeKind::InlineHtml(_)
            | NodeKind::Emphasis
            | NodeKind::Strong
            | NodeKind::Strikethrough
            | NodeKind::Link { .. }
            | NodeKind::Image { .. }
            | NodeKind::FootnoteReference(_)
    )
}
