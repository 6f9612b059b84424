//! Directives: each prints through its own template in `templates/directives/`.
//!
//! In: a directive of a body and the HTML of its content. Out: HTML. A project changes how a directive looks by
//! replacing its template.

use std::collections::BTreeMap;

use serde::Serialize;

use super::assets::Asset;
use super::body::Body;
use super::html::escape;
use super::templates::Scope;
use super::views::cards;
use crate::config::vocabulary::Visibility;
use crate::markdown::directive::Form;
use crate::markdown::tree::{Directive, NodeId};
use crate::site::{Generated, Target};

/// Directives without a template yet; resolving has said so.
const NOT_READY: [&str; 2] = ["include", "timeline"];

/// A file a directive refers to.
#[derive(Serialize)]
pub(super) struct FileView {
    href: String,
    name: String,
    format: String,
    size: String,
    width: Option<u32>,
    height: Option<u32>,
}

/// A word of the glossary.
#[derive(Serialize)]
struct TermView {
    term: String,
    definition: String,
    href: Option<String>,
}

/// Prints a directive.
pub(super) fn print_directive(
    body: &Body<'_>,
    node: NodeId,
    form: Form,
    directive: &Directive,
    content: &str,
) -> String {
    let site = body.renderer.site;
    let label = directive.label.clone().unwrap_or_default();
    match (form, directive.name) {
        // Selection has already left it out of public sites.
        (_, "internal") if site.edition.visibility == Visibility::Public => return String::new(),
        (Form::Inline, "authority") => {
            return escaped(site.input.facts.get(&label).map_or("", |fact| fact.value.as_str()));
        }
        (Form::Inline, "role") => {
            let fact = site.input.facts.get(&format!("role_{label}"));
            let plural = directive.get("form") == Some("plural");
            return escaped(fact.map_or("", |fact| fact.plural.as_deref().filter(|_| plural).unwrap_or(&fact.value)));
        }
        _ => {}
    }
    let mut scope = body.renderer.scope(body.linker);
    scope.put(
        "title",
        directive
            .label
            .as_deref()
            .or_else(|| directive.get("title"))
            .or_else(|| directive.get("summary"))
            .unwrap_or_default(),
    );
    scope.put("body", content);
    let attributes: BTreeMap<&str, &str> =
        directive.attributes.iter().map(|attribute| (attribute.key.as_str(), attribute.value.as_str())).collect();
    scope.put("attributes", &attributes);
    if !fill_scope(body, node, form, directive, &label, &mut scope) {
        return content.to_owned();
    }
    let template = format!("directives/{}.html", directive.name);
    if NOT_READY.contains(&directive.name) && !body.renderer.templates.has(&template) {
        return content.to_owned();
    }
    let html = body.renderer.print(&template, &scope, body.problems);
    if form == Form::Inline { html.trim().to_owned() } else { html }
}

/// What the template of one directive sees beyond title, body and attributes. `false` when there is nothing to print.
fn fill_scope(
    body: &Body<'_>,
    node: NodeId,
    form: Form,
    directive: &Directive,
    label: &str,
    scope: &mut Scope,
) -> bool {
    let site = body.renderer.site;
    match directive.name {
        "contact" => {
            let id = if form == Form::Inline { label } else { directive.get("id").unwrap_or_default() };
            let Some(contact) = body.renderer.contact(id) else { return false };
            scope.put("contact", &contact);
            scope.put("show", if form == Form::Inline { directive.get("show").unwrap_or("name") } else { "" });
        }
        "route" => {
            let Some(route) = body.renderer.routes.iter().find(|route| Some(route.id.as_str()) == directive.get("id"))
            else {
                return false;
            };
            scope.put("route", route);
        }
        "term" => {
            let Some(term) = site.input.records.glossary.iter().find(|term| term.is_called(label)) else {
                return false;
            };
            let words = site.generated.get(&Generated::Words);
            let href = words.map(|page| format!("{}#{}", body.linker.page(*page), term.anchor()));
            scope.put("term", &TermView { term: label.to_owned(), definition: term.definition.clone(), href });
        }
        "page" => {
            let Some(Target::Page(page, _)) = body.target_of(node) else { return false };
            scope.put("link", &body.linker.link(*page));
            scope.put("title", "");
        }
        "children" => {
            scope.put("cards", &cards(body.renderer, body.linker, site.listed_children(body.id)));
        }
        "figure" | "download" | "video" => {
            let Some(file) = file_view(body, node) else { return false };
            scope.put("file", &file);
            for key in ["poster", "captions"] {
                scope.put(key, &directive.get(key).and_then(|path| named_file(body, path)));
            }
        }
        _ => {}
    }
    true
}

fn file_view(body: &Body<'_>, node: NodeId) -> Option<FileView> {
    let target = body.target_of(node)?;
    let href = body.linker.target(target)?;
    let asset = match target {
        Target::Asset(path) => body.linker.assets.content.get(&**path)?.clone(),
        Target::Static(path) => body.linker.assets.statics.get(&**path)?.clone(),
        _ => Asset { name: href.clone(), ..Asset::default() },
    };
    Some(view_of(&asset, href))
}

/// A file by name: beside the page, in the content folder, or in `static/`.
pub(super) fn named_file(body: &Body<'_>, path: &str) -> Option<FileView> {
    let beside = format!("{}/{path}", body.page.entry.document.folder());
    let candidates = [beside.trim_start_matches('/').to_owned(), path.trim_start_matches('/').to_owned()];
    let asset = candidates
        .iter()
        .find_map(|path| body.linker.assets.content.get(path).or_else(|| body.linker.assets.statics.get(path)))?;
    Some(view_of(asset, body.linker.path(&asset.path)))
}

fn view_of(asset: &Asset, href: String) -> FileView {
    FileView {
        href,
        name: asset.name.clone(),
        format: asset.format(),
        size: asset.size_text(),
        width: asset.width,
        height: asset.height,
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    escape::text(text, &mut out);
    out
}
