//! The headings of a page: levels, ids and texts, computed from what is visible.
//!
//! In: a tree and what of it is hidden. Out: the page's own heading and those below it. A pure function: the same
//! visible nodes give the same ids, whatever stands hidden between them.

use std::collections::{HashMap, HashSet};

use super::tree::{NodeId, NodeKind, Tree};
use crate::text::slug::slug;

/// The headings of a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outline {
    /// A first-level heading that opens the page.
    pub title: Option<Heading>,
    /// All others in the order of the text.
    pub headings: Vec<Heading>,
}

/// One heading.
#[derive(Clone, Debug, PartialEq)]
pub struct Heading {
    /// Its node.
    pub node: NodeId,
    /// 2–6, or 1 for the page's own. A first-level heading further down counts as 2.
    pub level: u8,
    /// Whether it was written as a first-level heading below the beginning.
    pub lowered: bool,
    /// Unique on the page.
    pub id: String,
    /// Its readable text.
    pub text: String,
}

/// Collects the headings `hidden` leaves; a hidden node hides all below it.
pub fn outline(tree: &Tree, hidden: impl Fn(NodeId) -> bool) -> Outline {
    let found = visible_headings(tree, &hidden);
    let leading = tree.roots().find(|node| !hidden(*node) && !is_beside_the_text(&tree.nodes[*node].kind));
    let mut ids = Ids::new(found.iter().filter_map(|node| own_id(tree, *node)));
    let mut outline = Outline::default();
    for node in found {
        let NodeKind::Heading { level, .. } = tree.nodes[node].kind else {
            continue;
        };
        let text = visible_text(tree, node, &hidden);
        let id = ids.unique(own_id(tree, node), &text);
        let title = level == 1 && leading == Some(node);
        let level = if title { 1 } else { level.max(2) };
        let lowered = !title && matches!(tree.nodes[node].kind, NodeKind::Heading { level: 1, .. });
        let heading = Heading { node, level, lowered, id, text };
        if title { outline.title = Some(heading) } else { outline.headings.push(heading) }
    }
    outline
}

fn is_beside_the_text(kind: &NodeKind) -> bool {
    matches!(kind, NodeKind::FootnoteDefinition(_))
}

fn visible_headings(tree: &Tree, hidden: &impl Fn(NodeId) -> bool) -> Vec<NodeId> {
    let mut found = Vec::new();
    let mut node = 0;
    while node < tree.nodes.len() {
        if hidden(node) {
            node = tree.nodes[node].end as usize;
            continue;
        }
        if matches!(tree.nodes[node].kind, NodeKind::Heading { .. }) {
            found.push(node);
        }
        node += 1;
    }
    found
}

fn visible_text(tree: &Tree, heading: NodeId, hidden: &impl Fn(NodeId) -> bool) -> String {
    let hides = tree.subtree(heading).any(hidden);
    let text = if hides { String::new() } else { tree.plain_text(heading) };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `{#id}`, unless it holds what cannot stand in an address.
fn own_id(tree: &Tree, node: NodeId) -> Option<&str> {
    match &tree.nodes[node].kind {
        NodeKind::Heading { id: Some(id), .. }
            if !id.is_empty() && !id.contains(|c: char| c.is_whitespace() || c.is_control()) =>
        {
            Some(id)
        }
        _ => None,
    }
}

/// Ids given out so far.
struct Ids {
    taken: HashSet<String>,
    written: HashSet<String>,
    next: HashMap<String, usize>,
}

impl Ids {
    /// Those an author wrote are kept for their headings, also from earlier ones whose text gives the same.
    fn new<'a>(written: impl Iterator<Item = &'a str>) -> Self {
        Self { taken: HashSet::new(), written: written.map(str::to_owned).collect(), next: HashMap::new() }
    }

    fn unique(&mut self, own: Option<&str>, text: &str) -> String {
        let base = match own {
            Some(own) if !self.taken.contains(own) => {
                self.taken.insert(own.to_owned());
                return own.to_owned();
            }
            Some(own) => own.to_owned(),
            None => free_of_footnotes(slug(text)),
        };
        let count = self.next.entry(base.clone()).or_insert(1);
        loop {
            let id = if *count == 1 { base.clone() } else { format!("{base}-{count}") };
            *count += 1;
            if !self.written.contains(&id) && self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
}

/// `fn-1` and `fnref-1` belong to footnotes.
fn free_of_footnotes(slug: String) -> String {
    match slug.as_str() {
        "" => "section".to_owned(),
        other if other.starts_with("fn-") || other.starts_with("fnref-") => {
            format!("section-{slug}")
        }
        _ => slug,
    }
}
