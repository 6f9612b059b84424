//! Bodies: a page's trees as HTML, with links, ids and directives of this edition.
//!
//! In: a tree of a page. Out: HTML. The writer asks; this answers from what resolving has settled.

use std::borrow::Cow;
use std::cell::RefCell;

use super::directives::print_directive;
use super::highlight::highlight;
use super::html::{self, BodyContext, Image, Link, RawHtml};
use super::linker::Linker;
use super::renderer::Renderer;
use crate::diagnostics::Diagnostic;
use crate::markdown::directive::Form;
use crate::markdown::outline::Outline;
use crate::markdown::raw_html::without_comments;
use crate::markdown::tree::{AlertKind, Directive, NodeId, NodeKind, Tree};
use crate::site::{Hidden, Page, PageId, Target};

/// One tree of one page while it is printed.
pub(super) struct Body<'a> {
    pub(super) renderer: &'a Renderer<'a>,
    pub(super) id: PageId,
    pub(super) page: &'a Page,
    pub(super) tree: &'a Tree,
    pub(super) linker: &'a Linker<'a>,
    pub(super) problems: &'a RefCell<Vec<Diagnostic>>,
    hidden: Cow<'a, Hidden>,
    outline: Option<&'a Outline>,
}

impl<'a> Body<'a> {
    /// The page's own text, without the heading that the template prints.
    pub(super) fn of_page(
        renderer: &'a Renderer<'a>,
        id: PageId,
        linker: &'a Linker<'a>,
        problems: &'a RefCell<Vec<Diagnostic>>,
    ) -> Self {
        let page = &renderer.site.pages[id];
        Self {
            renderer,
            id,
            page,
            tree: &page.entry.document.tree,
            linker,
            problems,
            hidden: Cow::Borrowed(&page.hidden),
            outline: Some(&page.outline),
        }
    }

    /// The HTML of Markdown in a field.
    pub(super) fn field_html(&self, tree: &Tree) -> String {
        let hidden = Cow::Owned(Hidden::of(tree, &self.renderer.site.edition));
        Body {
            renderer: self.renderer,
            id: self.id,
            page: self.page,
            linker: self.linker,
            problems: self.problems,
            tree,
            hidden,
            outline: None,
        }
        .html()
    }

    /// The HTML of the tree.
    pub(super) fn html(&self) -> String {
        let mut out = String::new();
        html::write(self.tree, 0..self.tree.nodes.len(), self, &mut out);
        out
    }

    pub(super) fn target_of(&self, node: NodeId) -> Option<&Target> {
        self.page.target(self.tree, node)
    }
}

impl BodyContext for Body<'_> {
    fn hidden(&self, node: NodeId) -> bool {
        let title = self.outline.and_then(|outline| outline.title.as_ref());
        title.is_some_and(|title| title.node == node) || self.hidden.contains(node)
    }

    fn heading(&self, node: NodeId) -> Option<(u8, &str)> {
        let Some(outline) = self.outline else {
            // Fields stand below a heading of the template and have no anchors of their own.
            let NodeKind::Heading { level, .. } = self.tree.nodes[node].kind else { return None };
            return Some(((level + 2).min(6), ""));
        };
        let at = outline.headings.binary_search_by_key(&node, |heading| heading.node).ok()?;
        Some((outline.headings[at].level, &outline.headings[at].id))
    }

    fn link<'b>(&'b self, node: NodeId, _: &'b str) -> Link<'b> {
        match self.target_of(node).and_then(|target| self.linker.target(target)) {
            Some(href) => Link::Href(Cow::Owned(href)),
            None => Link::Text,
        }
    }

    fn image<'b>(&'b self, node: NodeId, _: &'b str) -> Option<Image<'b>> {
        let asset = match self.target_of(node)? {
            Target::Asset(path) => self.linker.assets.content.get(&**path)?,
            Target::Static(path) => self.linker.assets.statics.get(&**path)?,
            _ => return None,
        };
        Some(Image { src: Cow::Owned(self.linker.path(&asset.path)), width: asset.width, height: asset.height })
    }

    fn directive(&self, node: NodeId, form: Form, directive: &Directive, body: &str) -> String {
        print_directive(self, node, form, directive, body)
    }

    fn alert(&self, kind: AlertKind, body: &str) -> String {
        let directive = Directive { name: html::alert_name(kind), label: None, attributes: Vec::new() };
        print_directive(self, 0, Form::Container, &directive, body)
    }

    fn code(&self, language: &str, text: &str) -> Option<String> {
        highlight(language, text)
    }

    fn raw_html<'b>(&'b self, node: NodeId, html: &'b str) -> RawHtml<'b> {
        match self.page.allowed_html.get(&node).filter(|_| self.outline.is_some()) {
            Some(allowed) => RawHtml::Html(Cow::Borrowed(allowed)),
            None => RawHtml::Text(Cow::Owned(without_comments(html).0)),
        }
    }

    fn word<'b>(&'b self, key: &'b str) -> &'b str {
        match key {
            "footnote-back" => self.renderer.site.input.words.get("footnote_back"),
            "task-done" => self.renderer.site.input.words.get("task_done"),
            "task-open" => self.renderer.site.input.words.get("task_open"),
            _ => self.renderer.site.input.words.get(key),
        }
    }

    fn abbreviations(&self) -> &[(String, String)] {
        &self.renderer.abbreviations
    }
}
