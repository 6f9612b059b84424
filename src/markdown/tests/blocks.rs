//! CommonMark's blocks and GFM's, as nodes.

use super::super::tree::{Alignment, NodeKind};
use super::{read, tree};

#[test]
fn lists_know_whether_they_are_tight() {
    let tight = |text: &str| match read(text).0.nodes[0].kind {
        NodeKind::List { tight, start } => (tight, start),
        ref other => panic!("{other:?}"),
    };
    assert_eq!(tight("- a\n- b"), (true, None));
    assert_eq!(tight("- a\n\n- b"), (false, None));
    assert_eq!(tight("3. a\n   - b\n\n     c\n"), (true, Some(3)));
    assert_eq!(tight("- [x] a\n- [ ] b"), (true, None));
}

#[test]
fn tasks_have_states() {
    let (tree, _) = read("- [x] a\n- [ ] b\n- c\n\n1. [X] d\n");
    let tasks: Vec<_> = tree
        .nodes
        .iter()
        .filter_map(|node| match node.kind {
            NodeKind::Item { task } => Some(task),
            _ => None,
        })
        .collect();
    assert_eq!(tasks, [Some(true), Some(false), None, Some(true)]);
    assert_eq!(tree.text, "abcd");
}

#[test]
fn tables_have_columns() {
    let (tree, _) = read("| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 |\n");
    let cells: Vec<_> = tree
        .nodes
        .iter()
        .filter_map(|node| match node.kind {
            NodeKind::TableCell(alignment) => Some(alignment),
            _ => None,
        })
        .collect();
    let row = [Alignment::Left, Alignment::Center, Alignment::Right];
    assert_eq!(cells, [row, row].concat());
}

#[test]
fn alerts_and_quotes() {
    assert_eq!(tree("> [!WARNING]\n> a"), "alert\n  paragraph\n    \"a\"\n");
    assert_eq!(tree("> [!NOBODY]\n> a"), "blockquote\n  paragraph\n    \"[!NOBODY]\"\n    softbreak\n    \"a\"\n");
}

#[test]
fn headings_have_ids_and_classes_only() {
    let (tree, _) = read("## A {#b .c onclick=x}");
    let NodeKind::Heading { level, id, classes } = &tree.nodes[0].kind else { panic!("{:?}", tree.nodes) };
    assert_eq!((*level, id.as_deref(), classes.len()), (2, Some("b"), 1));
}

#[test]
fn extents_are_places_in_the_file() {
    let text = "# Títle\n\nA *b* [c](d.md) ![e](f.png)\n\n> g\n";
    let (tree, _) = read(text);
    let file = format!("{}{text}", super::FRONT);
    let places: Vec<&str> = tree.nodes.iter().map(|node| &file[node.extent.range()]).collect();
    assert_eq!(
        places,
        [
            "# Títle",
            "Títle",
            "A *b* [c](d.md) ![e](f.png)",
            "A ",
            "*b*",
            "b",
            " ",
            "[c](d.md)",
            "c",
            " ",
            "![e](f.png)",
            "e",
            "> g",
            "g",
            "g"
        ]
    );
}

#[test]
fn footnotes_are_found_by_label() {
    let (tree, _) = read("a[^x] b[^y]\n\n[^x]: one\n");
    assert_eq!(tree.footnotes.len(), 1);
    assert_eq!(tree.footnotes[0].0, "x");
    assert!(matches!(tree.nodes[tree.footnotes[0].1].kind, NodeKind::FootnoteDefinition(_)));
    assert!(tree.text.contains("[^y]"), "{}", tree.text);
}

#[test]
fn front_matter_and_mathematics_are_not_markdown() {
    assert_eq!(tree("a $b$ [[c]]"), "paragraph\n  \"a $b$ [[c]]\"\n");
}
