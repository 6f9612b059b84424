//! Headings, their levels and ids.

use super::super::outline::{Outline, outline};
use super::super::tree::{NodeKind, Tree};
use super::read;

fn of(text: &str) -> Outline {
    outline(&read(text).0, |_| false)
}

fn ids(outline: &Outline) -> Vec<(u8, &str)> {
    outline.headings.iter().map(|heading| (heading.level, heading.id.as_str())).collect()
}

#[test]
fn a_leading_first_level_heading_is_the_pages_own() {
    let outline = of("# The *page*\n\n## A\n\n# B\n");
    let title = outline.title.as_ref().unwrap();
    assert_eq!((title.level, title.text.as_str(), title.id.as_str()), (1, "The page", "the-page"));
    assert_eq!(ids(&outline), [(2, "a"), (2, "b")]);
    assert_eq!(outline.headings.iter().map(|heading| heading.lowered).collect::<Vec<_>>(), [false, true]);
    assert_eq!(of("Text\n\n# Late").title, None);
}

#[test]
fn ids_are_unique() {
    assert_eq!(ids(&of("## A\n## A\n## A-2\n## A\n")), [(2, "a"), (2, "a-2"), (2, "a-2-2"), (2, "a-3")]);
    assert_eq!(ids(&of("## A\n## B {#a}\n## C {#a}\n")), [(2, "a-2"), (2, "a"), (2, "a-3")]);
    assert_eq!(ids(&of("## ???\n## !\n## fn 1\n")), [(2, "section"), (2, "section-2"), (2, "section-fn-1")]);
}

#[test]
fn hidden_headings_change_nothing() {
    let (tree, _) = read(":::internal\n# A\n:::\n\n# A\n\n## A\n");
    let internal =
        |tree: &Tree, node: usize| matches!(&tree.nodes[node].kind, NodeKind::Container(d) if d.name == "internal");
    let hidden = outline(&tree, |node| internal(&tree, node));
    let without = of("# A\n\n## A\n");
    assert_eq!(ids(&hidden), ids(&without));
    assert_eq!(hidden.title.unwrap().id, "a");
}
