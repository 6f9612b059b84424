//! What stands in a line: text, emphasis, code, links, images, inline directives.
//!
//! In: nodes. Out: HTML without line ends of its own.

use super::{Link, RawHtml, Writer};
use crate::markdown::directive::Form;
use crate::markdown::tree::{NodeId, NodeKind, TextRange};

impl Writer<'_> {
    pub(super) fn inline(&mut self, node: NodeId, kind: &NodeKind) {
        let tree = self.tree;
        match kind {
            NodeKind::Text(range) => self.text(*range),
            NodeKind::Code(range) => {
                self.push("<code>");
                self.escaped(tree.str(*range));
                self.push("</code>");
            }
            NodeKind::InlineHtml(range) => match self.context.raw_html(node, tree.str(*range)) {
                RawHtml::Html(html) => self.push(&html),
                RawHtml::Text(text) => self.escaped(&text),
            },
            NodeKind::SoftBreak => self.push("\n"),
            NodeKind::HardBreak => {
                self.push("<br");
                self.push(self.void);
                self.push("\n");
            }
            NodeKind::Emphasis => self.around(node, "<em>", "</em>"),
            NodeKind::Strong => self.around(node, "<strong>", "</strong>"),
            NodeKind::Strikethrough => self.around(node, "<del>", "</del>"),
            NodeKind::Link { target, title, .. } => self.link(node, target, title.as_deref()),
            NodeKind::Image { target, title } => self.image(node, target, title.as_deref()),
            NodeKind::Inline(directive) => {
                let body = self.body(node);
                let html = self.context.directive(node, Form::Inline, directive, &body);
                self.push(&html);
            }
            NodeKind::FootnoteReference(label) => self.footnote_reference(label),
            // Everything else is a block.
            _ => {}
        }
    }

    fn around(&mut self, node: NodeId, open: &str, close: &str) {
        self.push(open);
        self.children(node);
        self.push(close);
    }

    fn text(&mut self, range: TextRange) {
        let text = self.tree.str(range);
        if self.in_link > 0 || self.in_heading {
            return self.escaped(text);
        }
        let mut from = 0;
        while let Some((range, long)) = self.abbreviations.next(text, from) {
            self.escaped(&text[from..range.start]);
            self.push("<abbr");
            self.attribute("title", long);
            self.push(">");
            self.escaped(&text[range.clone()]);
            self.push("</abbr>");
            from = range.end;
        }
        self.escaped(&text[from..]);
    }

    fn link(&mut self, node: NodeId, target: &str, title: Option<&str>) {
        let context = self.context;
        let href = match context.link(node, target) {
            // A link inside a link cannot be written in HTML.
            Link::Href(href) if self.in_link == 0 => href,
            _ => return self.children(node),
        };
        self.push("<a href=\"");
        super::escape::href(&href, self.out);
        self.push("\"");
        if let Some(title) = title {
            self.attribute("title", title);
        }
        self.push(">");
        self.in_link += 1;
        self.children(node);
        self.in_link -= 1;
        self.push("</a>");
    }

    fn image(&mut self, node: NodeId, target: &str, title: Option<&str>) {
        let context = self.context;
        let Some(image) = context.image(node, target) else {
            return self.alternative(node);
        };
        self.push("<img src=\"");
        super::escape::href(&image.src, self.out);
        self.push("\" alt=\"");
        self.alternative(node);
        self.push("\"");
        if let Some(title) = title {
            self.attribute("title", title);
        }
        for (name, pixels) in [("width", image.width), ("height", image.height)] {
            if let Some(pixels) = pixels {
                self.attribute(name, &pixels.to_string());
            }
        }
        if self.site {
            self.push(" loading=\"lazy\"");
        }
        self.push(self.void);
    }

    /// What an image says in words: the text below it, without elements.
    fn alternative(&mut self, image: NodeId) {
        let tree = self.tree;
        let mut nodes = tree.subtree(image).skip(1);
        while let Some(node) = nodes.next() {
            match &tree.nodes[node].kind {
                _ if self.context.hidden(node) => {}
                NodeKind::Text(range) | NodeKind::Code(range) => {
                    self.escaped(tree.str(*range));
                    continue;
                }
                NodeKind::SoftBreak | NodeKind::HardBreak => {
                    self.push(" ");
                    continue;
                }
                NodeKind::Inline(directive) => {
                    let html = self.context.directive(node, Form::Inline, directive, "");
                    self.without_elements(&html);
                }
                _ => continue,
            }
            // Past what has been hidden or written as a whole.
            let below = tree.subtree(node).len() - 1;
            if below > 0 {
                nodes.nth(below - 1);
            }
        }
    }

    fn without_elements(&mut self, html: &str) {
        for (index, part) in html.split('<').enumerate() {
            let text = if index == 0 { part } else { part.split_once('>').map_or("", |(_, text)| text) };
            self.push(&text.replace('"', "&quot;"));
        }
    }
}
