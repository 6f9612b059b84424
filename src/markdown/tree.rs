//! The tree of one file: nodes in document order, flat, with spans.
//!
//! In: from [`super::parse`]. Out: for everything that walks text: selection, outline, links, HTML, search.
//! What stays true: `nodes[i].end` is the index one past `i`'s last descendant, so the children of `i` are
//! `i + 1`, then `nodes[i + 1].end`, and so on while below `nodes[i].end`; a subtree is a plain range.

use std::ops::Range;

use crate::diagnostics::Extent;

/// The index of a node in [`Tree::nodes`].
pub type NodeId = usize;

/// A parsed file. Context-free: the same bytes give the same tree wherever the file stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tree {
    /// Nodes in document order; a root's `end` chains to the next root.
    pub nodes: Vec<Node>,
    /// All text of the file, one piece after another; nodes hold ranges of it.
    pub text: String,
    /// Footnote definitions are ordinary nodes; this is where each label's definition stands.
    pub footnotes: Vec<(String, NodeId)>,
    /// `*[MASH]: Multi-Agency Safeguarding Hub`, in the order written.
    pub abbreviations: Vec<(String, String)>,
}

/// One node.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// Where it stands in its file.
    pub extent: Extent,
    /// One past its last descendant.
    pub end: u32,
}

/// A range of [`Tree::text`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TextRange {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// What a node is. Containers first, then blocks, then inlines.
#[derive(Clone, Debug, PartialEq)]
pub enum NodeKind {
    /// `:::name{…}` … `:::`
    Container(Box<Directive>),
    /// `::name{…}`
    Leaf(Box<Directive>),
    /// `:name[…]{…}`; its children are the content of the brackets, also kept as `label`.
    Inline(Box<Directive>),
    /// A paragraph.
    Paragraph,
    /// A heading; `level` is as written (1–6).
    Heading {
        /// 1–6 as written.
        level: u8,
        /// `{#id}`
        id: Option<Box<str>>,
        /// `{.class}`
        classes: Box<[Box<str>]>,
    },
    /// `>`
    BlockQuote,
    /// `> [!NOTE]`
    Alert(AlertKind),
    /// Fenced or indented code; its text is the one [`NodeKind::Text`] below it.
    CodeBlock {
        /// The first word after the fence.
        language: Option<Box<str>>,
    },
    /// A list; ordered when it has a start.
    List {
        /// The first number of an ordered list.
        start: Option<u64>,
        /// Tight lists print their paragraphs without `<p>`.
        tight: bool,
    },
    /// An item; `task` is the state of its check box, when it has one.
    Item {
        /// Whether the box is ticked.
        task: Option<bool>,
    },
    /// A table; its first child is the [`NodeKind::TableHead`].
    Table,
    /// The header row; its children are cells.
    TableHead,
    /// A body row.
    TableRow,
    /// A cell.
    TableCell(Alignment),
    /// Terms and definitions.
    DefinitionList,
    /// A term.
    DefinitionTerm,
    /// A definition.
    Definition,
    /// `[^label]: …`
    FootnoteDefinition(Box<str>),
    /// `---`
    Rule,
    /// A block of raw HTML; its text is the one [`NodeKind::Text`] below it.
    HtmlBlock,
    /// Text.
    Text(TextRange),
    /// `` `code` ``
    Code(TextRange),
    /// Raw HTML inside a paragraph.
    InlineHtml(TextRange),
    /// A line end inside a paragraph.
    SoftBreak,
    /// A forced line end.
    HardBreak,
    /// `*emphasis*`
    Emphasis,
    /// `**strong**`
    Strong,
    /// `~~struck~~`
    Strikethrough,
    /// A link; the label is its children.
    Link {
        /// As written, entities and escapes decoded.
        target: Box<str>,
        /// The title in quotes.
        title: Option<Box<str>>,
        /// A bare address or `<address>`: its text is the address itself.
        bare: bool,
    },
    /// An image; the alternative text is its children.
    Image {
        /// As written, entities and escapes decoded.
        target: Box<str>,
        /// The title in quotes.
        title: Option<Box<str>>,
    },
    /// `[^label]`
    FootnoteReference(Box<str>),
}

/// The five GitHub alerts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the documentation")]
pub enum AlertKind {
    Note,
    Tip,
    Important,
    Warning,
    Caution,
}

/// How a table column is aligned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the documentation")]
pub enum Alignment {
    #[default]
    None,
    Left,
    Center,
    Right,
}

/// A directive as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Directive {
    /// `note`, `contact`, `authority`; always one of [`super::directive::NAMES`].
    pub name: &'static str,
    /// The text in the brackets; for containers the title.
    pub label: Option<String>,
    /// `{key=value key="two words"}` in the order written; `{.class}` and `{#id}` are not attributes.
    pub attributes: Vec<Attribute>,
}

/// One `key=value`.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribute {
    /// The key.
    pub key: String,
    /// The value, quotes removed; empty for a bare key.
    pub value: String,
    /// Where `key=value` stands.
    pub extent: Extent,
}

impl Directive {
    /// The value of an attribute.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.attributes.iter().find(|attribute| attribute.key == key).map(|attribute| attribute.value.as_str())
    }
}

impl Tree {
    /// The text a range stands for.
    pub fn str(&self, range: TextRange) -> &str {
        self.text.get(range.start as usize..range.end as usize).unwrap_or_default()
    }

    /// The top-level nodes.
    pub fn roots(&self) -> Siblings<'_> {
        Siblings { tree: self, range: 0..self.nodes.len() }
    }

    /// The children of a node.
    pub fn children(&self, node: NodeId) -> Siblings<'_> {
        Siblings { tree: self, range: node + 1..self.nodes[node].end as usize }
    }

    /// A node and everything below it.
    pub fn subtree(&self, node: NodeId) -> Range<NodeId> {
        node..self.nodes[node].end as usize
    }

    /// The text of a code block or a block of raw HTML; empty when it has none.
    pub fn block_text(&self, node: NodeId) -> &str {
        match self.nodes.get(node + 1).map(|child| &child.kind) {
            Some(NodeKind::Text(range)) if node + 1 < self.nodes[node].end as usize => self.str(*range),
            _ => "",
        }
    }

    /// The readable text below a node: text and code, breaks as spaces, images by their alternative text,
    /// no footnote marks and no raw HTML.
    pub fn plain_text(&self, node: NodeId) -> String {
        let mut out = String::new();
        for id in self.subtree(node) {
            match &self.nodes[id].kind {
                NodeKind::Text(range) | NodeKind::Code(range) => out.push_str(self.str(*range)),
                NodeKind::SoftBreak | NodeKind::HardBreak => out.push(' '),
                _ => {}
            }
        }
        out
    }
}

/// Iterates over nodes of one level.
pub struct Siblings<'a> {
    tree: &'a Tree,
    range: Range<NodeId>,
}

impl Iterator for Siblings<'_> {
    type Item = NodeId;

    fn next(&mut self) -> Option<NodeId> {
        let node = self.range.next()?;
        self.range.start = self.tree.nodes[node].end as usize;
        Some(node)
    }
}
