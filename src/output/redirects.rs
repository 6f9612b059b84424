//! Old addresses: a small page at each that leads on at once, for hosts that cannot redirect.
//!
//! In: a site's redirects. Out: pages made by `templates/generated/redirect.html`.

use super::plan::{Make, Plan};
use crate::diagnostics::Diagnostic;
use crate::render::linker::Linker;
use crate::render::templates::{Scope, Shared, Templates};
use crate::site::{Site, Target};

/// Adds the redirects of a site.
pub(super) fn plan(site: &Site, templates: &Templates, plan: &mut Plan, problems: &mut Vec<Diagnostic>) {
    let words = Shared::new(&*site.input.words);
    let mut pages = Vec::new();
    for redirect in &site.redirects {
        let path = file_of(&redirect.from);
        let linker = Linker::new(site, &plan.assets, &path);
        let Some(href) = linker.target(&redirect.to) else { continue };
        let mut scope = Scope::new();
        scope.share("words", &words);
        scope.put("language", &site.edition.language);
        scope.put("href", &href);
        scope.put("canonical", &whole_address(site, &redirect.to));
        match templates.render("generated/redirect.html", &scope) {
            Ok(html) => pages.push((redirect, path, html)),
            Err(problem) => problems.push(*problem),
        }
    }
    for (redirect, path, html) in pages {
        plan.add_declared(path, Make::Bytes(html.into_bytes().into()), &redirect.span, problems);
    }
}

/// The file that hosts find at an old address: `old/page.html/` was a file itself.
fn file_of(from: &str) -> String {
    if from.ends_with(".html/") { from.trim_end_matches('/').to_owned() } else { format!("{from}index.html") }
}

/// The address with host, where it is known.
pub(super) fn whole_address(site: &Site, target: &Target) -> Option<String> {
    match target {
        Target::Outside(address) => Some(address.to_string()),
        Target::Page(page, _) => {
            site.input.base_url.as_ref().map(|base| format!("{base}{}", site.pages[*page].address))
        }
        _ => None,
    }
}

/// `https://example.gov.uk/guidance/` → `/guidance/`
pub(super) fn base_path(site: &Site) -> String {
    crate::render::linker::base_path(site.input.base_url.as_deref())
}
