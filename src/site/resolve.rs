//! Links: what every visible link, image and directive means in this edition.
//!
//! In: a placed site. Out: its pages' [`TreeLinks`] and the content files they use, or a diagnostic for everything
//! that leads nowhere, with the nearest thing that exists. What stays true: the public site never names what it
//! leaves out; a link to it is an error, or, where only the date is the reason, plain text and a warning.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::address::{decoded, join};
use super::dead_link::{DeadLink, dead_links, unsafe_scheme};
use super::find::{Found, find};
use super::menu::menus;
use super::page::{Page, Site, Target, TreeLinks};
use super::record::check_records;
use super::scheme::{Scheme, scheme};
use super::select::Hidden;
use crate::content::{FieldValue, Reference};
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::markdown::raw_html::{text_of, without_comments};
use crate::markdown::tree::{Directive, NodeId, NodeKind, Tree};

/// Settles every link of a site.
pub fn resolve(mut site: Site, problems: &mut Vec<Diagnostic>) -> Site {
    let resolved: Vec<_> = site.pages.par_iter().map(|page| resolve_page(&site, page)).collect();
    let (mut assets, mut dead) = (BTreeMap::new(), Vec::new());
    for (page, resolved) in site.pages.iter_mut().zip(resolved) {
        page.links = resolved.links;
        assets.extend(resolved.assets);
        problems.extend(resolved.problems);
        dead.extend(resolved.dead);
    }
    problems.extend(dead_links(&site, &dead));
    site.assets = assets;
    site.menus = menus(&site, problems);
    check_records(&site, problems);
    site
}

#[derive(Default)]
struct Resolved {
    links: Vec<TreeLinks>,
    assets: Vec<(String, Arc<str>)>,
    problems: Vec<Diagnostic>,
    dead: Vec<DeadLink>,
}

fn resolve_page(site: &Site, page: &Page) -> Resolved {
    let mut resolver = Resolver { site, page, out: Resolved::default() };
    let document = &page.entry.document;
    resolver.resolve_tree(&document.tree, &page.hidden, None);
    if !page.withdrawn {
        // Selection has left only those fields that the edition may have.
        page.entry.fields.iter().for_each(|(_, value)| resolver.resolve_value(value));
        for related in &page.entry.front.related {
            resolver.resolve_page_reference(related);
        }
    }
    if let Some(see) = page.entry.front.withdrawn.as_ref().and_then(|withdrawn| withdrawn.see.as_ref()) {
        resolver.resolve_page_reference(see);
    }
    resolver.out
}

/// What the links of one page mean.
pub(super) struct Resolver<'a> {
    pub(super) site: &'a Site,
    pub(super) page: &'a Page,
    out: Resolved,
}

impl Resolver<'_> {
    /// `whole` is given for trees inside front matter, whose own extents mean nothing in the file.
    fn resolve_tree(&mut self, tree: &Tree, hidden: &Hidden, whole: Option<&Span>) {
        let file = &self.page.entry.document.file;
        let mut targets = Vec::new();
        // Where the last block of code or raw HTML ends: `<!--` means itself there, or has been looked at.
        let mut verbatim = 0;
        for (node, content) in tree.nodes.iter().enumerate() {
            let interesting = matches!(
                content.kind,
                NodeKind::Link { .. }
                    | NodeKind::Image { .. }
                    | NodeKind::Leaf(_)
                    | NodeKind::Inline(_)
                    | NodeKind::HtmlBlock
                    | NodeKind::InlineHtml(_)
            );
            if matches!(content.kind, NodeKind::CodeBlock { .. } | NodeKind::HtmlBlock) {
                verbatim = tree.subtree(node).end;
            }
            let slip = match content.kind {
                NodeKind::Text(range) if node >= verbatim => slip(tree.str(range)),
                _ => None,
            };
            if !interesting && slip.is_none() || hidden.contains(node) {
                continue;
            }
            let span = whole.cloned().unwrap_or_else(|| Span::new(file, content.extent));
            match &content.kind {
                NodeKind::Link { target, bare, .. } => {
                    let found = if *bare { bare_target(target) } else { self.resolve_link(target, &span) };
                    targets.push((node, found));
                }
                NodeKind::Image { target, .. } => {
                    targets.push((node, self.resolve_image(target, &span)));
                    if tree.plain_text(node).trim().is_empty() {
                        self.problem(Diagnostic::new(Code::ImageWithoutAlt, format!("the image `{target}` has no description"))
                            .help("say in the square brackets what the picture shows: ![Two parents and a social worker at a table](…)"), span);
                    }
                }
                NodeKind::Leaf(directive) | NodeKind::Inline(directive) => {
                    targets.extend(self.resolve_directive(tree, node, directive, span).map(|target| (node, target)))
                }
                NodeKind::HtmlBlock | NodeKind::InlineHtml(_) => self.check_html(tree, node, span),
                _ => slip.into_iter().for_each(|slip| self.problem(slip, span.clone())),
            }
        }
        self.out.links.push(TreeLinks { tree: std::ptr::from_ref(tree) as usize, targets });
    }

    fn resolve_value(&mut self, value: &FieldValue) {
        match value {
            FieldValue::Markdown(markdown) => {
                let hidden = Hidden::of(&markdown.tree, &self.site.edition);
                self.resolve_tree(&markdown.tree, &hidden, Some(&markdown.span));
            }
            FieldValue::List(items) => items.iter().for_each(|item| self.resolve_value(item)),
            FieldValue::Record(record) => record.iter().for_each(|(_, value)| self.resolve_value(value)),
            FieldValue::Page(reference) => self.resolve_page_reference(reference),
            FieldValue::Contact(reference) => self.check_contact(&reference.text, reference.span.clone()),
            FieldValue::Role(reference) => {
                self.check_fact(&format!("role_{}", reference.text), &reference.text, reference.span.clone())
            }
            FieldValue::File(reference) => {
                self.resolve_file(&reference.text, &reference.span);
            }
            _ => {}
        }
    }

    fn resolve_page_reference(&mut self, reference: &Reference) {
        let span = reference.span.clone();
        match self.find(&reference.text) {
            Found::Page(_) => {}
            Found::Absent(absence) => {
                self.absent(&reference.text, absence, span);
            }
            Found::Nothing => self.dead(&reference.text, &span),
        }
    }

    fn resolve_link(&mut self, target: &str, span: &Span) -> Target {
        match scheme(target) {
            Scheme::Allowed => return Target::Outside(Box::from(target.trim())),
            Scheme::Refused(name) => {
                self.problem(unsafe_scheme(&name), span.clone());
                return Target::Text;
            }
            Scheme::Relative => {}
        }
        let (path, fragment) = target.split_once('#').map_or((target, None), |(path, fragment)| (path, Some(fragment)));
        let path = &*decoded(path.trim());
        if path.is_empty() {
            return self.resolve_fragment(fragment.unwrap_or_default(), span);
        }
        match self.find(path) {
            Found::Page(page) => {
                let fragment = fragment.filter(|fragment| !fragment.is_empty()).map(decoded);
                if let Some(fragment) = &fragment {
                    self.check_fragment(page, fragment, target, span);
                }
                Target::Page(page, fragment.map(String::into_boxed_str))
            }
            Found::Absent(absence) => self.absent(target, absence, span.clone()),
            Found::Nothing => self.resolve_file(path, span),
        }
    }

    /// A file: beside the page, in the content folder, or in `static/`.
    fn resolve_file(&mut self, path: &str, span: &Span) -> Target {
        let files = &self.site.input.files;
        let beside = if path.starts_with('/') { None } else { join(self.page.entry.document.folder(), path) };
        let rooted = path.trim_start_matches('/').to_owned();
        for candidate in beside.iter().chain([&rooted]) {
            if let Some(source) = files.content.get(candidate) {
                self.out.assets.push((candidate.clone(), Arc::clone(source)));
                return Target::Asset(candidate.clone().into_boxed_str());
            }
        }
        if files.statics.contains_key(&rooted) {
            return Target::Static(rooted.into_boxed_str());
        }
        self.dead(path, span);
        Target::Text
    }

    fn resolve_image(&mut self, target: &str, span: &Span) -> Target {
        match scheme(target) {
            Scheme::Relative => {}
            _ => {
                self.problem(
                    Diagnostic::new(Code::OutsideImage, format!("the image `{target}` stands on another site"))
                        .help("save the picture beside the page and name the file; readers are never sent to other sites unasked"),
                    span.clone(),
                );
                return Target::Text;
            }
        }
        let path = decoded(target.trim());
        self.resolve_file(path.split('#').next().unwrap_or_default(), span)
    }

    /// What an element leads to. One that lacks its attribute has been reported by the parser.
    fn resolve_directive(&mut self, tree: &Tree, node: NodeId, directive: &Directive, span: Span) -> Option<Target> {
        let label = || directive.label.clone().unwrap_or_else(|| tree.plain_text(node));
        let is_leaf = matches!(tree.nodes[node].kind, NodeKind::Leaf(_));
        match directive.name {
            "contact" => {
                let id = if is_leaf { directive.get("id")?.to_owned() } else { label() };
                self.check_contact(&id, span);
            }
            "route" => self.check_route(directive.get("id")?, span),
            "authority" => self.check_fact(&label(), &label(), span),
            "role" => self.check_fact(&format!("role_{}", label()), &label(), span),
            "term" => self.check_term(&label(), span),
            "page" => return Some(self.resolve_link(&label(), &span)),
            "figure" => return Some(self.resolve_image(directive.get("src")?, &span)),
            "download" => return Some(self.resolve_file(directive.get("file")?, &span)),
            "video" => {
                for key in ["poster", "captions"] {
                    if let Some(file) = directive.get(key) {
                        self.resolve_file(file, &span);
                    }
                }
                return Some(self.resolve_link(directive.get("src")?, &span));
            }
            "include" | "timeline" => self.problem(
                Diagnostic::new(Code::DirectiveNotReady, format!("`::{}` is not available yet", directive.name))
                    .help("write the text here in the meantime"),
                span,
            ),
            _ => {}
        }
        None
    }

    /// Notes among authors (`<!-- … -->`) are not published; other HTML must be on the allow-list of a page that asks
    /// for it.
    fn check_html(&mut self, tree: &Tree, node: NodeId, span: Span) {
        let (html, endless) = without_comments(text_of(tree, node).unwrap_or_default());
        let allows = self.page.entry.front.allow_html == Some(true);
        if endless {
            self.problem(
                Diagnostic::new(
                    Code::EndlessComment,
                    "this comment never ends, so everything after it is missing from the page",
                )
                .help("write `-->` where the comment ends"),
                span,
            );
        } else if !html.trim().is_empty() && !self.page.allowed_html.contains_key(&node) {
            let help = match allows {
                true => {
                    "only elements that mark text up are read, without styles, scripts or addresses, and each must end where it began"
                }
                false => "use Markdown or a directive instead; to show a tag on purpose, put it between backticks",
            };
            self.problem(
                Diagnostic::new(Code::RawHtml, "this HTML is not read and is shown to readers as it is written")
                    .help(help),
                span,
            );
        }
    }

    fn find(&self, path: &str) -> Found {
        find(self.site, self.page.entry.document.folder(), path)
    }

    fn dead(&mut self, path: &str, span: &Span) {
        let document = Arc::clone(&self.page.entry.document);
        self.out.dead.push(DeadLink { document, path: path.to_owned(), span: span.clone() });
    }

    pub(super) fn problem(&mut self, diagnostic: Diagnostic, span: Span) {
        self.out.problems.push(diagnostic.at(span));
    }
}

/// What was written to keep words from the public, and became text. Smart punctuation has made dashes of hyphens.
fn slip(text: &str) -> Option<Diagnostic> {
    if ["<!-", "<!–", "<!—"].iter().any(|opening| text.contains(opening)) {
        return Some(comment_left_open());
    }
    if !text.contains("internal") {
        return None;
    }
    // Word processors and keyboards for other scripts make wide colons.
    let text = text.replace('：', ":");
    let meant = text.match_indices("internal").any(|(at, _)| {
        let before = text[..at].trim_end_matches([' ', '{', '.']);
        let colons = before.len() - before.trim_end_matches(':').len();
        colons > 2 || colons > 0 && before.len() == at && !before.trim_end_matches(':').ends_with(char::is_alphanumeric)
    });
    meant.then(|| {
        Diagnostic::new(Code::DirectiveNotRead, "`internal` does not begin a block here, and these words would be published")
            .help("write `:::internal` at the beginning of a line of its own, and `:::` on a line after the last internal words")
    })
}

fn comment_left_open() -> Diagnostic {
    Diagnostic::new(Code::EndlessComment, "a comment begins here with `<!--` and does not end before the next block")
        .help("end it with `-->`, without an empty line between; to show `<!--` to readers, put it between backticks")
}

/// A bare address was recognised as http, https, www or e-mail and needs no check.
fn bare_target(target: &str) -> Target {
    Target::Outside(Box::from(target))
}
