//! Texts put together at random from pieces that mean something to the parser.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::super::{BodyContext, write};
use crate::diagnostics::Severity;
use crate::markdown::tests::{FRONT, check_shape, read};
use crate::markdown::tree::{NodeId, NodeKind, Tree};

const PIECES: &[&str] = &[
    "\n",
    "\n",
    "\n",
    "\n\n",
    " ",
    "  ",
    "    ",
    "\t",
    "\r",
    "\r\n",
    "> ",
    "- ",
    "1. ",
    "* ",
    "a",
    "é",
    "word ",
    ":::",
    ":::\n",
    "::::\n",
    ":::note\n",
    "::::tip[T]\n",
    ":::internal\n",
    ":::internal\n",
    "::contact{id=x}",
    ":term[MASH]",
    ":contact[x]{show=\"a b\"}",
    "*[MASH]: long\n",
    ":",
    ": ",
    "::",
    "*",
    "**",
    "_",
    "~~",
    "`",
    "[",
    "]",
    "(",
    ")",
    "![",
    "[^1]",
    "[^1]: ",
    "<",
    ">",
    "&amp;",
    "https://a.b/c",
    "www.a.b",
    "a@b.c",
    "\"",
    "'",
    "--",
    "...",
    "# ",
    "## H {#i .c}\n",
    "| a | b |\n|---|---|\n| c | d |\n",
    "---\n",
    "===\n",
    "- [x] ",
    "> [!NOTE]\n",
    "\\",
    "{",
    "}",
    "|",
    "\0",
    "\u{1}",
    "\u{2}",
    "<b>",
    "<?",
    "?>",
];

/// Code and comments may name a block they only talk about.
const TALK: &[&str] = &["```\n", "~~~\n", "`", "<!--", "-->"];

struct Public<'a>(&'a Tree);

impl BodyContext for Public<'_> {
    fn hidden(&self, node: NodeId) -> bool {
        matches!(&self.0.nodes[node].kind, NodeKind::Container(directive) if directive.name == "internal")
    }
}

fn html(tree: &Tree) -> String {
    let mut out = String::new();
    write(tree, 0..tree.nodes.len(), &Public(tree), &mut out);
    out
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_gives_a_page(pieces in vec(select([PIECES, TALK].concat()), 0..60)) {
        let body = pieces.concat();
        let (tree, problems) = read(&body);
        check_shape(&tree);
        let file = format!("{FRONT}{body}");
        for node in &tree.nodes {
            prop_assert!(file.get(node.extent.range()).is_some(), "{node:?}");
            prop_assert!(node.extent.start as usize >= FRONT.len());
        }
        for problem in &problems {
            prop_assert_ne!(problem.code.name(), "markdown-unreadable");
            let span = problem.span.as_ref();
            prop_assert!(span.is_some_and(|span| file.get(span.extent.range()).is_some()), "{problem:?}");
        }
        let out = html(&tree);
        let control = |c: char| c < ' ' && c != '\n' && c != '\t';
        prop_assert!(!out.contains(control));
    }

    /// What stands between `:::internal` and its end is either hidden or an error.
    #[test]
    fn internal_text_is_hidden_or_an_error(
        before in vec(select(PIECES), 0..20),
        indent in select(&["", "", " ", "  ", "    ", "> ", "- ", "  > "]),
        inside in vec(select(PIECES), 0..12),
        after in vec(select(PIECES), 0..20),
    ) {
        let inside: Vec<_> = inside.into_iter().filter(|piece| !piece.starts_with("::")).collect();
        let (before, inside, after) = (before.concat(), inside.concat(), after.concat());
        let body = format!("{before}\n{indent}:::internal\n{indent}{inside} SECRET\n{indent}:::\n{after}");
        // Between fences of code the block is an example.
        prop_assume!(!body.contains("~~~") && !body.contains("```"));
        let (tree, problems) = read(&body);
        let blocked = problems.iter().any(|problem| problem.severity == Severity::Error);
        prop_assert!(blocked || !html(&tree).contains("SECRET"), "{body:?}\n{problems:?}");
    }
}
