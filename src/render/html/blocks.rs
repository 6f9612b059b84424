//! Blocks: paragraphs, headings, lists, quotes, code, tables, directives.
//!
//! In: nodes. Out: HTML, each block on lines of its own, laid out as CommonMark's reference output is.

use super::{RawHtml, Writer};
use crate::markdown::directive::Form;
use crate::markdown::tree::{Alignment, NodeId, NodeKind};

impl Writer<'_> {
    pub(super) fn node(&mut self, node: NodeId) {
        let tree = self.tree;
        match &tree.nodes[node].kind {
            NodeKind::Container(directive) => {
                self.new_line();
                let body = self.body(node);
                let html = self.context.directive(node, Form::Container, directive, &body);
                self.push(&html);
            }
            NodeKind::Leaf(directive) => {
                self.new_line();
                let html = self.context.directive(node, Form::Leaf, directive, "");
                self.push(&html);
            }
            NodeKind::Paragraph => self.block(node, "<p>", "</p>\n"),
            NodeKind::Heading { level, id, classes } => self.heading(node, *level, id.as_deref(), classes),
            NodeKind::BlockQuote => self.block(node, "<blockquote>\n", "</blockquote>\n"),
            NodeKind::Alert(kind) => {
                self.new_line();
                let body = self.body(node);
                let html = self.context.alert(*kind, &body);
                self.push(&html);
            }
            NodeKind::CodeBlock { language } => self.code_block(node, language.as_deref()),
            NodeKind::List { start, .. } => self.list(node, *start),
            NodeKind::Item { task } => self.item(node, *task),
            NodeKind::Table => self.table(node),
            NodeKind::DefinitionList => self.block(node, "<dl>\n", "</dl>\n"),
            NodeKind::DefinitionTerm => self.block(node, "<dt>", "</dt>\n"),
            NodeKind::Definition => self.block(node, "<dd>", "</dd>\n"),
            NodeKind::Rule => {
                self.new_line();
                self.push("<hr");
                self.push(self.void);
                self.push("\n");
            }
            NodeKind::HtmlBlock => self.html_block(node),
            // Footnotes are written at the end, rows and cells by their table.
            NodeKind::FootnoteDefinition(_) | NodeKind::TableHead | NodeKind::TableRow | NodeKind::TableCell(_) => {}
            inline => self.inline(node, inline),
        }
    }

    fn block(&mut self, node: NodeId, open: &str, close: &str) {
        self.new_line();
        self.push(open);
        self.children(node);
        // Only paragraphs and terms end on the line of their text.
        if open.ends_with('\n') {
            self.new_line();
        }
        self.push(close);
    }

    fn heading(&mut self, node: NodeId, level: u8, own_id: Option<&str>, classes: &[Box<str>]) {
        let context = self.context;
        let (level, id) = match context.heading(node) {
            Some((level, id)) => (level, Some(id)),
            None => (level, own_id),
        };
        let digit = char::from(b'0' + level.clamp(1, 6));
        self.new_line();
        self.push("<h");
        self.out.push(digit);
        if let Some(id) = id.filter(|id| !id.is_empty() && !id.contains(char::is_whitespace)) {
            self.attribute("id", id);
        }
        let plain = |class: &str| class.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
        let classes: Vec<&str> = classes.iter().map(|class| &**class).filter(|class| plain(class)).collect();
        if !classes.is_empty() {
            self.attribute("class", &classes.join(" "));
        }
        self.push(">");
        let outer = std::mem::replace(&mut self.in_heading, true);
        self.children(node);
        self.in_heading = outer;
        self.push("</h");
        self.out.push(digit);
        self.push(">\n");
    }

    fn code_block(&mut self, node: NodeId, language: Option<&str>) {
        let tree = self.tree;
        let text = tree.block_text(node);
        self.new_line();
        self.push(if self.site { "<pre tabindex=\"0\"><code" } else { "<pre><code" });
        if let Some(language) = language {
            self.push(" class=\"language-");
            self.escaped(language);
            self.push("\"");
        }
        self.push(">");
        match language.and_then(|language| self.context.code(language, text)) {
            Some(highlighted) => self.push(&highlighted),
            None => self.escaped(text),
        }
        self.push("</code></pre>\n");
    }

    fn html_block(&mut self, node: NodeId) {
        let tree = self.tree;
        let text = tree.block_text(node);
        match self.context.raw_html(node, text) {
            RawHtml::Text(text) if text.trim().is_empty() => {}
            RawHtml::Html(html) => {
                self.new_line();
                self.push(&html);
                self.new_line();
            }
            RawHtml::Text(text) => {
                self.new_line();
                self.push("<p class=\"raw-html\">");
                self.escaped(text.trim_end());
                self.push("</p>\n");
            }
        }
    }

    fn list(&mut self, node: NodeId, start: Option<u64>) {
        let tree = self.tree;
        let is_task = |item: NodeId| matches!(tree.nodes[item].kind, NodeKind::Item { task: Some(_) });
        self.new_line();
        self.push(if start.is_some() { "<ol" } else { "<ul" });
        if let Some(start) = start.filter(|start| *start != 1) {
            self.attribute("start", &start.to_string());
        }
        if tree.children(node).any(is_task) {
            self.push(" class=\"tasks\"");
        }
        self.push(">\n");
        self.children(node);
        self.push(if start.is_some() { "</ol>\n" } else { "</ul>\n" });
    }

    fn item(&mut self, node: NodeId, task: Option<bool>) {
        self.new_line();
        let context = self.context;
        match task {
            None => self.push("<li>"),
            Some(done) => {
                self.push("<li class=\"task\"><input type=\"checkbox\" class=\"task-box\" disabled");
                self.push(if done { " checked" } else { "" });
                self.attribute("aria-label", context.word(if done { "task-done" } else { "task-open" }));
                self.push(self.void);
                self.push(" ");
            }
        }
        self.children(node);
        self.push("</li>\n");
    }

    /// Wide tables scroll inside their wrapper, which the keyboard must therefore be able to reach.
    fn table(&mut self, node: NodeId) {
        let (tree, context) = (self.tree, self.context);
        self.new_line();
        self.push("<section class=\"table\" tabindex=\"0\"");
        self.tables += 1;
        match self.tables {
            1 => self.attribute("aria-label", context.word("table")),
            // Regions of a page need names of their own.
            number => self.attribute("aria-label", &format!("{} {number}", context.word("table"))),
        }
        self.push(">\n<table>\n");
        let mut in_body = false;
        for row in tree.children(node).filter(|row| !context.hidden(*row)) {
            if matches!(tree.nodes[row].kind, NodeKind::TableHead) {
                self.push("<thead>\n");
                self.row(row, true);
                self.push("</thead>\n");
                continue;
            }
            if !std::mem::replace(&mut in_body, true) {
                self.push("<tbody>\n");
            }
            self.row(row, false);
        }
        self.push(if in_body { "</tbody>\n</table>\n</section>\n" } else { "</table>\n</section>\n" });
    }

    fn row(&mut self, row: NodeId, head: bool) {
        let tree = self.tree;
        self.push("<tr>\n");
        for (column, cell) in tree.children(row).enumerate() {
            let NodeKind::TableCell(alignment) = tree.nodes[cell].kind else {
                continue;
            };
            self.cell(cell, alignment, head, column == 0);
        }
        self.push("</tr>\n");
    }

    /// A cell above a column heads it; the first of a row, written all in strong, heads the row.
    fn cell(&mut self, cell: NodeId, alignment: Alignment, head: bool, first: bool) {
        let tree = self.tree;
        let empty = tree.subtree(cell).len() == 1;
        let strong = cell + 1;
        let all_strong = !empty
            && matches!(tree.nodes[strong].kind, NodeKind::Strong)
            && tree.nodes[strong].end == tree.nodes[cell].end;
        let (open, close, inside) = match (head, first && all_strong) {
            // An empty heading heads nothing.
            (true, _) if !empty => ("<th scope=\"col\"", "</th>\n", cell),
            (false, true) => ("<th scope=\"row\"", "</th>\n", strong),
            _ => ("<td", "</td>\n", cell),
        };
        self.push(open);
        self.push(match alignment {
            Alignment::None => ">",
            Alignment::Left => " class=\"align-left\">",
            Alignment::Center => " class=\"align-center\">",
            Alignment::Right => " class=\"align-right\">",
        });
        self.children(inside);
        self.push(close);
    }
}
