//! Raw HTML: notes among authors taken out, and, where a page asks for it, an allow-list of harmless elements.
//!
//! In: the HTML of a tree's nodes. Out: what is left without comments, and for pages with `allow_html` the elements
//! that may stand. What stays true: no comment is ever printed; what is allowed carries no script, no style, no
//! address, and every element ends where it began, so that the page around it cannot be broken.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use html5gum::{StartTag, Token, Tokenizer};

use super::tree::{NodeId, NodeKind, Tree};

/// Elements that only mark text up.
const ELEMENTS: [&str; 37] = [
    "abbr",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "hr",
    "i",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "ul",
];
const VOID: [&str; 2] = ["br", "hr"];
const ATTRIBUTES: [&str; 5] = ["dir", "lang", "open", "title", "datetime"];

/// HTML without its comments, and whether one of them never ends.
pub fn without_comments(html: &str) -> (String, bool) {
    let mut out = String::new();
    let mut rest = html;
    while let Some(start) = rest.find("<!--") {
        out.push_str(&rest[..start]);
        // `<!-->` and `<!--->` are whole comments (CommonMark 0.31.2, 6.6).
        let after = &rest[start + 4..];
        let end = match after {
            _ if after.starts_with('>') => Some(1),
            _ if after.starts_with("->") => Some(2),
            _ => after.find("-->").map(|end| end + 3),
        };
        let Some(end) = end else { return (out, true) };
        rest = &after[end..];
    }
    out.push_str(rest);
    (out, false)
}

/// The words of HTML, without its comments and elements.
pub fn words_of(html: &str) -> String {
    let (html, _) = without_comments(html);
    let mut out = String::new();
    for token in Tokenizer::new(&html) {
        let Ok(token) = token;
        match token {
            Token::String(text) => out.push_str(&String::from_utf8_lossy(&text.value)),
            _ => out.push(' '),
        }
    }
    out
}

/// The raw HTML of a node: a block's text or an inline's.
pub fn text_of(tree: &Tree, node: NodeId) -> Option<&str> {
    match tree.nodes[node].kind {
        NodeKind::HtmlBlock => Some(tree.block_text(node)),
        NodeKind::InlineHtml(range) => Some(tree.str(range)),
        _ => None,
    }
}

/// What may be printed of the raw HTML a page holds, by node; nodes that are not here are shown as text.
pub fn allowed(tree: &Tree, hidden: impl Fn(NodeId) -> bool) -> BTreeMap<NodeId, String> {
    let mut nodes: BTreeMap<NodeId, (NodeId, Vec<Piece>, String)> = BTreeMap::new();
    for (node, parent) in parents(tree) {
        if let Some(html) = text_of(tree, node).filter(|_| !hidden(node))
            && let Some((pieces, html)) = read(html)
        {
            nodes.insert(node, (parent, pieces, html));
        }
    }
    // Refusing one end of an element can leave its other end alone, so this goes on until all fit.
    while let Some(lonely) = first_lonely(&nodes) {
        nodes.remove(&lonely);
    }
    nodes.into_iter().map(|(node, (_, _, html))| (node, html)).collect()
}

enum Piece {
    Open(String),
    Close(String),
}

/// Every node with its parent; the roots' parent is one past the last node.
fn parents(tree: &Tree) -> impl Iterator<Item = (NodeId, NodeId)> {
    let mut open: Vec<NodeId> = Vec::new();
    (0..tree.nodes.len()).map(move |node| {
        while open.last().is_some_and(|above| tree.nodes[*above].end as usize <= node) {
            open.pop();
        }
        let parent = open.last().copied().unwrap_or(tree.nodes.len());
        open.push(node);
        (node, parent)
    })
}

/// The elements of a piece of HTML and how it is printed; `None` when something in it is not allowed.
fn read(html: &str) -> Option<(Vec<Piece>, String)> {
    let mut pieces = Vec::new();
    let mut out = String::new();
    for token in Tokenizer::new(html) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let name = name(&tag.name)?;
                write_tag(&name, &tag, &mut out)?;
                if !VOID.contains(&name.as_str()) {
                    pieces.push(Piece::Open(name));
                }
            }
            Token::EndTag(tag) => {
                let name = name(&tag.name).filter(|name| !VOID.contains(&name.as_str()))?;
                let _ = write!(out, "</{name}>");
                pieces.push(Piece::Close(name));
            }
            Token::String(text) => escape(&String::from_utf8_lossy(&text.value), &mut out),
            Token::Comment(_) => {}
            Token::Doctype(_) | Token::Error(_) => return None,
        }
    }
    Some((pieces, out))
}

fn name(bytes: &[u8]) -> Option<String> {
    let name = std::str::from_utf8(bytes).ok()?;
    ELEMENTS.contains(&name).then(|| name.to_owned())
}

fn write_tag(name: &str, tag: &StartTag<()>, out: &mut String) -> Option<()> {
    let _ = write!(out, "<{name}");
    for (attribute, value) in &tag.attributes {
        let attribute = std::str::from_utf8(attribute).ok().filter(|attribute| ATTRIBUTES.contains(attribute))?;
        let _ = write!(out, " {attribute}=\"");
        escape(&String::from_utf8_lossy(&value.value), out);
        out.push('"');
    }
    out.push('>');
    Some(())
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() && c != '\n' && c != '\t' => {}
            c => out.push(c),
        }
    }
}

/// The first node with an element that does not begin and end below the same parent.
fn first_lonely(nodes: &BTreeMap<NodeId, (NodeId, Vec<Piece>, String)>) -> Option<NodeId> {
    let mut open: Vec<(&str, NodeId, NodeId)> = Vec::new();
    for (node, (parent, pieces, _)) in nodes {
        for piece in pieces {
            match piece {
                Piece::Open(name) => open.push((name, *parent, *node)),
                Piece::Close(name) => match open.pop() {
                    Some((opened, above, _)) if opened == name && above == *parent => {}
                    _ => return Some(*node),
                },
            }
        }
    }
    open.pop().map(|(_, _, node)| node)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::markdown::parse;

    fn printed(text: &str) -> Vec<String> {
        let tree = parse(&Arc::from("page.md"), text, 0, &mut Vec::new());
        allowed(&tree, |_| false).into_values().map(|html| html.trim().to_owned()).collect()
    }

    #[test]
    fn takes_comments_out_wherever_they_stand() {
        assert_eq!(without_comments("a<!-- x -->b<!-->c<!---->d"), ("abcd".to_owned(), false));
        assert_eq!(without_comments("a<!-- x -- > b"), ("a".to_owned(), true));
        assert_eq!(without_comments("plain"), ("plain".to_owned(), false));
    }

    #[test]
    fn keeps_what_only_marks_up() {
        assert_eq!(printed("Press <kbd title=\"a&quot;b\">Shift</kbd>."), ["<kbd title=\"a&quot;b\">", "</kbd>"]);
        assert_eq!(printed("<div>\n\ntext\n\n</div>"), ["<div>", "</div>"]);
        assert_eq!(printed("a<br/>b <!-- note --> c"), ["<br>", ""]);
        // Crossed elements cannot both stand.
        assert_eq!(printed("x <b><i></b></i>"), ["<i>", "</i>"]);
    }

    #[test]
    fn refuses_what_could_run_lead_away_or_break_the_page() {
        for text in [
            "<script>alert(1)</script>",
            "x <a href=\"javascript:1\">y</a>",
            "x <span onclick=\"a()\">y</span>",
            "x <span style=\"color:red\">y</span>",
            "<iframe src=x></iframe>",
            "<svg><script></svg>",
            "x </div> y",
            "x <em>*y</em>*",
            "> <div>\n\n</div>",
            "x <span class=a>y</span>",
        ] {
            assert_eq!(printed(text), Vec::<String>::new(), "{text}");
        }
    }
}
