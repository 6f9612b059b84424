//! Links: what every visible link, image and directive means in this edition.
//!
//! In: a placed site. Out: its pages' [`TreeLinks`] and the content files they use, or a diagnostic for everything
//! that leads nowhere, with the nearest thing that exists. What stays true: the public site never names what it
//! leaves out; a link to it is an error, or, where only the date is the reason, plain text and a warning.

use std::collections::BTreeMap;
use std::sync::Arc;

use percent_encoding::percent_decode_str;
use rayon::prelude::*;

use super::address::{join, normalise};
use super::menu::menus;
use super::page::{Generated, Page, PageId, Site, Target, TreeLinks};
use super::record::check_records;
use super::scheme::{Scheme, scheme};
use super::select::{Absence, Hidden, may_see};
use crate::config::field_type::Field;
use crate::content::{Entry, FieldValue, Reference};
use crate::diagnostics::{Code, Diagnostic, Span, suggest};
use crate::markdown::raw_html::{text_of, without_comments};
use crate::markdown::tree::{Directive, NodeId, NodeKind, Tree};
use crate::text::fold::fold_path;

/// Settles every link of a site.
pub fn resolve(mut site: Site, problems: &mut Vec<Diagnostic>) -> Site {
    let resolved: Vec<_> = site.pages.par_iter().map(|page| resolve_page(&site, page)).collect();
    let mut assets = BTreeMap::new();
    for (page, resolved) in site.pages.iter_mut().zip(resolved) {
        page.links = resolved.links;
        assets.extend(resolved.assets);
        problems.extend(resolved.problems);
    }
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
}

fn resolve_page(site: &Site, page: &Page) -> Resolved {
    let mut resolver = Resolver { site, page, out: Resolved::default() };
    let document = &page.entry.document;
    resolver.resolve_tree(&document.tree, &page.hidden, None);
    if !page.withdrawn {
        resolver.resolve_fields(&page.entry.kind.fields, &page.entry.fields);
        for related in &page.entry.front.related {
            resolver.resolve_page_reference(related);
        }
    }
    if let Some(see) = page.entry.front.withdrawn.as_ref().and_then(|withdrawn| withdrawn.see.as_ref()) {
        resolver.resolve_page_reference(see);
    }
    resolver.out
}

struct Resolver<'a> {
    site: &'a Site,
    page: &'a Page,
    out: Resolved,
}

impl Resolver<'_> {
    /// `whole` is given for trees inside front matter, whose own extents mean nothing in the file.
    fn resolve_tree(&mut self, tree: &Tree, hidden: &Hidden, whole: Option<&Span>) {
        let file = &self.page.entry.document.file;
        let mut targets = Vec::new();
        for (node, content) in tree.nodes.iter().enumerate() {
            let interesting = matches!(
                content.kind,
                NodeKind::Link { .. } | NodeKind::Image { .. } | NodeKind::Leaf(_) | NodeKind::Inline(_) | NodeKind::HtmlBlock | NodeKind::InlineHtml(_)
            );
            if !interesting || hidden.contains(node) {
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
                NodeKind::Leaf(directive) | NodeKind::Inline(directive) => targets.extend(self.resolve_directive(tree, node, directive, span).map(|target| (node, target))),
                NodeKind::HtmlBlock | NodeKind::InlineHtml(_) => self.check_html(tree, node, span),
                _ => {}
            }
        }
        self.out.links.push(TreeLinks { tree: std::ptr::from_ref(tree) as usize, targets });
    }

    fn resolve_fields(&mut self, schema: &[Field], fields: &[(String, FieldValue)]) {
        for (name, value) in fields {
            let visible = schema.iter().find(|field| field.name == *name).is_none_or(|field| may_see(field.visibility, &self.site.edition));
            if visible {
                self.resolve_value(value);
            }
        }
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
            FieldValue::Role(reference) => self.check_fact(&format!("role_{}", reference.text), &reference.text, reference.span.clone()),
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
            Found::Nothing => self.broken(&reference.text, span),
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
        let path = &*percent_decode_str(path.trim()).decode_utf8_lossy();
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

    fn resolve_fragment(&mut self, fragment: &str, span: &Span) -> Target {
        let fragment = decoded(fragment);
        if !fragment.is_empty() && fragment != "top" && !has_anchor(self.site, self.page, &fragment) {
            let near = suggest(&fragment, anchors(self.page));
            self.problem(
                Diagnostic::new(Code::BrokenAnchor, format!("there is no heading `#{fragment}` on this page"))
                    .help(near.map_or_else(|| "link to one of the headings of this page, in small letters with hyphens".to_owned(), |near| format!("did you mean `#{near}`?"))),
                span.clone(),
            );
        }
        Target::Fragment(fragment.into_boxed_str())
    }

    fn check_fragment(&mut self, page: PageId, fragment: &str, target: &str, span: &Span) {
        let other = &self.site.pages[page];
        if fragment == "top" || has_anchor(self.site, other, fragment) {
            return;
        }
        let near = suggest(fragment, anchors(other)).map(|near| format!("did you mean `#{near}`?"));
        let help = near.unwrap_or_else(|| format!("link to the page without `#{fragment}`, or to one of the headings of `{}`", other.entry.document.file));
        self.problem(Diagnostic::new(Code::BrokenAnchor, format!("`{target}`: that page has no heading `#{fragment}`")).help(help), span.clone());
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
        self.broken(path, span.clone());
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
        let path = percent_decode_str(target.trim()).decode_utf8_lossy().into_owned();
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
                Diagnostic::new(Code::DirectiveNotReady, format!("`::{}` is not available yet", directive.name)).help("write the text here in the meantime"),
                span,
            ),
            _ => {}
        }
        None
    }

    fn check_contact(&mut self, id: &str, span: Span) {
        let contacts = &self.site.input.records.contacts;
        if contacts.get(id).is_none() {
            self.problem(unknown_contact(id, contacts.keys()), span);
        }
    }

    fn check_route(&mut self, id: &str, span: Span) {
        if !self.site.routes.iter().any(|route| route.id == id) {
            let near = suggest(id, self.site.routes.iter().map(|route| route.id.as_str()));
            let help = near.map_or_else(|| "write the file name, without .md, of a page of the kind `route`".to_owned(), |near| format!("did you mean `{near}`?"));
            self.problem(Diagnostic::new(Code::UnknownRoute, format!("there is no reporting route `{id}`")).help(help), span);
        }
    }

    fn check_fact(&mut self, key: &str, written: &str, span: Span) {
        let facts = &self.site.input.facts;
        if facts.get(key).is_some() {
            return;
        }
        let authority = self.site.edition.authority.as_deref();
        let who = authority.map_or_else(|| "guidepost.yaml".to_owned(), |id| format!("the authority `{id}`"));
        let file = authority.map_or_else(String::new, |id| format!(" in authorities/{id}/authority.yaml"));
        let help = suggest(key, facts.iter().map(|(name, _)| name)).map_or_else(|| format!("add `{key}:` under `facts:`{file}"), |near| format!("did you mean `{}`?", near.strip_prefix("role_").filter(|_| key != written).unwrap_or(near)));
        self.problem(Diagnostic::new(Code::MissingFact, format!("this page needs the fact `{key}`, and {who} does not have it")).help(help), span);
    }

    fn check_term(&mut self, word: &str, span: Span) {
        let glossary = &self.site.input.records.glossary;
        if glossary.iter().any(|term| term.is_called(word)) {
            return;
        }
        let names = glossary.iter().flat_map(|term| std::iter::once(term.term.as_str()).chain(term.abbreviation.as_deref()));
        let help = suggest(word, names).map_or_else(|| "add it to content/_data/glossary.yaml".to_owned(), |near| format!("did you mean `{near}`?"));
        self.problem(Diagnostic::new(Code::UnknownTerm, format!("the glossary has no term `{word}`")).help(help), span);
    }

    /// Notes among authors (`<!-- … -->`) are not published; other HTML must be on the allow-list of a page that asks
    /// for it.
    fn check_html(&mut self, tree: &Tree, node: NodeId, span: Span) {
        let (html, endless) = without_comments(text_of(tree, node).unwrap_or_default());
        let allows = self.page.entry.front.allow_html == Some(true);
        if endless {
            self.problem(
                Diagnostic::new(Code::EndlessComment, "this comment never ends, so everything after it is missing from the page")
                    .help("write `-->` where the comment ends"),
                span,
            );
        } else if !html.trim().is_empty() && !self.page.allowed_html.contains_key(&node) {
            let help = match allows {
                true => "only elements that mark text up are read, without styles, scripts or addresses, and each must end where it began",
                false => "use Markdown or a directive instead; to show a tag on purpose, put it between backticks",
            };
            self.problem(Diagnostic::new(Code::RawHtml, "this HTML is not read and is shown to readers as it is written").help(help), span);
        }
    }

    fn find(&self, path: &str) -> Found {
        find(self.site, self.page.entry.document.folder(), path)
    }

    /// A link to something this edition does not have.
    fn absent(&mut self, target: &str, absence: Absence, span: Span) -> Target {
        let diagnostic = match absence {
            Absence::Internal => Diagnostic::new(Code::LinkToInternal, format!("`{target}` is an internal page, and this page is public"))
                .help("remove the link, or put it between `:::internal` and `:::`"),
            Absence::Unreadable => Diagnostic::new(Code::LinkToDraft, format!("`{target}` is not published: its settings cannot be read"))
                .help("mend that page first"),
            Absence::Draft => Diagnostic::new(Code::LinkToDraft, format!("`{target}` is not published: its status is draft"))
                .help("publish that page first, or remove the link"),
            Absence::Scheduled(day) => Diagnostic::new(Code::LinkByDate, format!("`{target}` is published on {day}; until then only the words of the link are printed"))
                .help("nothing needs doing if that is what you want"),
            Absence::Expired(day) => Diagnostic::new(Code::LinkByDate, format!("`{target}` expired on {day}; only the words of the link are printed"))
                .help("link to what replaces it, or remove the link"),
        };
        self.problem(diagnostic, span);
        Target::Text
    }

    fn broken(&mut self, path: &str, span: Span) {
        let help = nearest(self.site, self.page.entry.document.folder(), path)
            .map_or_else(|| "write the path of a page or file from here, such as ../faqs/families.md".to_owned(), |near| format!("did you mean `{near}`?"));
        self.problem(Diagnostic::new(Code::BrokenLink, format!("`{path}` leads nowhere: there is no such page or file")).help(help), span);
    }

    fn problem(&mut self, diagnostic: Diagnostic, span: Span) {
        self.out.problems.push(diagnostic.at(span));
    }
}

/// What a path means.
pub(crate) enum Found {
    Page(PageId),
    Absent(Absence),
    Nothing,
}

/// A path as authors write it: relative `.md`, a content path, or an address from the root.
pub(crate) fn find(site: &Site, folder: &str, path: &str) -> Found {
    let relative = if path.starts_with('/') { None } else { join(folder, path) };
    for candidate in relative.iter().map(String::as_str).chain([path.trim_start_matches('/')]) {
        let id = as_id(candidate);
        if let Some(page) = site.by_id.get(id) {
            return Found::Page(*page);
        }
        if let Some(absence) = site.absent.get(id) {
            return Found::Absent(*absence);
        }
        if let Some(page) = site.by_address.get(&normalise(candidate)) {
            return Found::Page(*page);
        }
    }
    Found::Nothing
}

/// The page at an address or content path, from the root.
pub(crate) fn find_address(site: &Site, path: &str) -> Option<PageId> {
    match find(site, "", path) {
        Found::Page(page) => Some(page),
        _ => None,
    }
}

impl Site {
    /// The page a name in an entry's front matter means: a content path, or a path from the entry's folder.
    pub fn page_at(&self, entry: &Entry, path: &str) -> Option<PageId> {
        match find(self, entry.document.folder(), path) {
            Found::Page(page) => Some(page),
            _ => None,
        }
    }

    /// The page at a content path or an address.
    pub fn page_from_root(&self, path: &str) -> Option<PageId> {
        find_address(self, path)
    }
}

/// `modules/_index.md` and `modules/` → `modules`; `modules/one.md` → `modules/one`
fn as_id(path: &str) -> &str {
    let id = path.strip_suffix(".md").or_else(|| path.strip_suffix(".markdown")).unwrap_or(path).trim_end_matches('/');
    match id.rsplit_once('/') {
        Some((folder, "_index" | "index")) => folder,
        None if id == "_index" || id == "index" => "",
        _ => id,
    }
}

/// The nearest page or file, spelt as it would be written here.
fn nearest(site: &Site, folder: &str, path: &str) -> Option<String> {
    let wanted = if path.starts_with('/') { path.trim_start_matches('/').to_owned() } else { join(folder, path)? };
    let ending = if path.ends_with(".md") { ".md" } else { "" };
    let id = as_id(&wanted).to_owned();
    let folded = fold_path(&id);
    let names = || site.by_id.keys().map(|id| &**id).chain(site.input.files.content.keys().map(String::as_str));
    let found = names()
        .find(|name| fold_path(name) == folded)
        .or_else(|| suggest(&id, names().filter(|name| !name.is_empty())))
        .or_else(|| names().filter(|name| name.rsplit('/').next() == id.rsplit('/').next()).min())?;
    let is_page = site.by_id.contains_key(found);
    Some(format!("{}{}", relative_to(folder, found), if is_page { ending } else { "" }))
}

/// The way from a folder to a content path: (`faqs`, `modules/one`) → `../modules/one`
fn relative_to(folder: &str, path: &str) -> String {
    let from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = path.split('/').collect();
    let shared = from.iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    let mut parts = vec![".."; from.len() - shared];
    parts.extend(&to[shared..]);
    parts.join("/")
}

fn anchors(page: &Page) -> impl Iterator<Item = &str> {
    page.outline.headings.iter().map(|heading| heading.id.as_str())
}

fn has_anchor(site: &Site, page: &Page, fragment: &str) -> bool {
    let own = anchors(page).any(|id| id == fragment) || page.outline.title.as_ref().is_some_and(|title| title.id == fragment);
    own || match page.generated {
        Some(Generated::Words) => site.input.records.glossary.iter().any(|term| term.anchor() == fragment),
        Some(Generated::Contacts) => site.input.records.contacts.get(fragment).is_some(),
        Some(Generated::Search | Generated::AToZ) => fragment.len() == 1,
        _ => false,
    }
}

/// The answer to an id that no contact has.
pub(super) fn unknown_contact<'a>(id: &str, known: impl Iterator<Item = &'a str>) -> Diagnostic {
    let help = suggest(id, known)
        .map_or_else(|| "add it to content/_data/contacts.yaml".to_owned(), |near| format!("did you mean `{near}`?"));
    Diagnostic::new(Code::UnknownContact, format!("there is no contact `{id}`")).help(help)
}

/// The answer to a scheme that is refused.
fn unsafe_scheme(name: &str) -> Diagnostic {
    match name {
        "" => Diagnostic::new(Code::UnsafeScheme, "a link may not begin with `//`")
            .help("write the whole address with https://, or the path of a page from the first slash on"),
        "http" | "https" | "mailto" | "tel" | "sms" => {
            Diagnostic::new(Code::UnsafeScheme, format!("nothing that a link could lead to follows `{name}:`"))
                .help("write the whole address, like https://www.example.gov.uk/ or mailto:team@example.gov.uk")
        }
        _ => Diagnostic::new(Code::UnsafeScheme, format!("a link may not begin with `{name}:`"))
            .help("links go to pages, to https: or http: addresses, or to mailto:, tel: and sms:"),
    }
}

/// A bare address was recognised as http, https, www or e-mail and needs no check.
fn bare_target(target: &str) -> Target {
    Target::Outside(Box::from(target))
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}
