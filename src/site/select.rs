//! The one publishability filter: what exists in an edition.
//!
//! In: a library and an edition. Out: the entries that exist, and for those that do not, why (for messages only, never
//! for output). What stays true: no other code decides whether a page, block, field or note may be seen.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::edition::Edition;
use super::page::Mark;
use crate::config::field_type::{Field, FieldType};
use crate::config::vocabulary::{Status, Visibility};
use crate::content::{Change, Entry, FieldValue, Library};
use crate::markdown::tree::{NodeId, NodeKind, Tree};
use crate::text::date::Date;

/// The entries of an edition.
#[derive(Debug, Default)]
pub struct Selected {
    /// By id, with the mark the preview prints.
    pub present: BTreeMap<Arc<str>, (Arc<Entry>, Option<Mark>)>,
    /// Why the others are not here.
    pub absent: BTreeMap<Arc<str>, Absence>,
}

/// Why an entry does not exist in an edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absence {
    /// For internal sites only.
    Internal,
    /// Not finished.
    Draft,
    /// From this day on.
    Scheduled(Date),
    /// Until this day.
    Expired(Date),
    /// Its front matter cannot be read, so nobody knows who may see it.
    Unreadable,
}

/// Divides a library.
pub fn select(library: &Library, edition: &Edition) -> Selected {
    let mut selected = Selected::default();
    for (id, entry) in &library.entries {
        match presence(entry, edition) {
            Ok(mark) => {
                selected.present.insert(Arc::clone(id), (visible(entry, edition), mark));
            }
            Err(absence) => {
                selected.absent.insert(Arc::clone(id), absence);
            }
        }
    }
    selected
}

fn presence(entry: &Entry, edition: &Edition) -> Result<Option<Mark>, Absence> {
    if !entry.document.readable {
        return Err(Absence::Unreadable);
    }
    if entry.visibility > edition.visibility {
        return Err(Absence::Internal);
    }
    let front = &entry.front;
    let held_back = if front.status == Some(Status::Draft) {
        Some((Absence::Draft, Mark::Draft))
    } else if let Some(day) = front.publish_on.filter(|day| *day > edition.date) {
        Some((Absence::Scheduled(day), Mark::Scheduled(day)))
    } else {
        front.expires_on.filter(|day| *day <= edition.date).map(|day| (Absence::Expired(day), Mark::Expired(day)))
    };
    match held_back {
        None => Ok(None),
        Some((_, mark)) if edition.preview => Ok(Some(mark)),
        Some((absence, _)) => Err(absence),
    }
}

/// The entry with those of its fields that the edition may have; sorting, cards and search then see no others.
fn visible(entry: &Arc<Entry>, edition: &Edition) -> Arc<Entry> {
    let withdrawn = entry.front.withdrawn.is_some() || entry.front.status == Some(Status::Withdrawn);
    let hides = hides(&entry.kind.fields, edition);
    if !hides && !withdrawn {
        return Arc::clone(entry);
    }
    let mut seen = Entry::clone(entry);
    if hides {
        seen.fields = visible_fields(&entry.kind.fields, &entry.fields, edition);
    }
    if withdrawn {
        // They say in short what the text said.
        seen.front.summary = None;
        seen.front.search = None;
    }
    Arc::new(seen)
}

/// Whether any of these fields, or a part of one, is not for the edition.
fn hides(fields: &[Field], edition: &Edition) -> bool {
    fields.iter().any(|field| {
        let parts = match &field.field_type {
            FieldType::Record(parts) => parts,
            FieldType::List(item) => match &**item {
                FieldType::Record(parts) => parts,
                _ => &Vec::new(),
            },
            _ => &Vec::new(),
        };
        !may_see(field.visibility, edition) || hides(parts, edition)
    })
}

type Values = Vec<(String, FieldValue)>;

fn visible_fields(schema: &[Field], values: &Values, edition: &Edition) -> Values {
    let known = |name: &str| schema.iter().find(|field| field.name == name && may_see(field.visibility, edition));
    values
        .iter()
        .filter_map(|(name, value)| Some((name.clone(), visible_value(&known(name)?.field_type, value, edition))))
        .collect()
}

fn visible_value(field_type: &FieldType, value: &FieldValue, edition: &Edition) -> FieldValue {
    match (field_type, value) {
        (FieldType::Record(parts), FieldValue::Record(values)) => {
            FieldValue::Record(visible_fields(parts, values, edition))
        }
        (FieldType::List(item), FieldValue::List(values)) => {
            FieldValue::List(values.iter().map(|value| visible_value(item, value, edition)).collect())
        }
        _ => value.clone(),
    }
}

/// Whether a field, block or note of this visibility exists in an edition.
pub fn may_see(visibility: Visibility, edition: &Edition) -> bool {
    visibility <= edition.visibility
}

/// The change notes of an entry that an edition may show and whose day has come, newest first.
pub fn changes<'a>(entry: &'a Entry, edition: &Edition) -> Vec<&'a Change> {
    let mut changes: Vec<&Change> = entry
        .front
        .changes
        .iter()
        .filter(|change| may_see(change.visibility, edition) && change.on <= edition.date)
        .collect();
    changes.sort_by_key(|change| std::cmp::Reverse(change.on));
    changes
}

/// The parts of a tree that do not exist in an edition: `:::internal` on public sites. Apart and ascending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hidden(Vec<Range<NodeId>>);

impl Hidden {
    /// What an edition must not see of a tree.
    pub fn of(tree: &Tree, edition: &Edition) -> Self {
        if edition.visibility == Visibility::Internal {
            return Self::default();
        }
        let internal = |kind: &NodeKind| matches!(kind, NodeKind::Container(directive) if directive.name == "internal");
        let mut hidden = Self::default();
        for (node, content) in tree.nodes.iter().enumerate() {
            if internal(&content.kind) && !hidden.contains(node) {
                hidden.0.push(tree.subtree(node));
            }
        }
        hidden
    }

    /// A tree of which nothing may be seen: a withdrawn page.
    pub fn everything(tree: &Tree) -> Self {
        Self(std::iter::once(0..tree.nodes.len()).collect())
    }

    /// Whether a node is left out.
    pub fn contains(&self, node: NodeId) -> bool {
        let next = self.0.partition_point(|range| range.end <= node);
        self.0.get(next).is_some_and(|range| range.contains(&node))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Edition, Hidden, Visibility};
    use crate::markdown;
    use crate::text::date::Date;

    #[test]
    fn internal_blocks_hide_all_that_stands_in_them_and_nothing_else() {
        let text = "Open.\n\n::::internal\nOne.\n\n:::internal\nTwo.\n:::\n\nThree.\n::::\n\nOpen.\n\n:::internal\nFour.\n:::\n\nOpen.\n";
        let tree = markdown::parse(&Arc::from("page.md"), text, 0, &mut Vec::new());
        let mut edition = Edition {
            authority: None,
            visibility: Visibility::Public,
            date: Date::parse("2026-11-16").unwrap(),
            language: "en-GB".to_owned(),
            preview: false,
            portable: false,
        };
        let left = |hidden: &Hidden| -> Vec<String> {
            let open = |node: &usize| !hidden.contains(*node);
            tree.roots().filter(open).map(|node| tree.plain_text(node)).collect()
        };
        let hidden = Hidden::of(&tree, &edition);
        assert_eq!(left(&hidden), ["Open.", "Open.", "Open."]);
        for (node, content) in tree.nodes.iter().enumerate() {
            let at = content.extent.start as usize;
            let inside = at >= text.find("::::").unwrap() && at < text.find("::::\n\nOpen").unwrap()
                || at >= text.rfind(":::internal").unwrap() && at < text.rfind(":::\n").unwrap();
            assert_eq!(hidden.contains(node), inside, "node {node} at {at}: {:?}", content.kind);
        }
        edition.visibility = Visibility::Internal;
        assert_eq!(left(&Hidden::of(&tree, &edition)).len(), 5);
        assert_eq!(left(&Hidden::everything(&tree)).len(), 0);
    }
}
