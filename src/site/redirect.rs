//! Old addresses that lead to new ones.
//!
//! In: `aliases:` of pages and `redirects.yaml`. Out: [`Redirect`]s, sorted. What stays true: no redirect stands on a
//! page, none comes twice, none leads to another redirect.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::address::normalise;
use super::find::{Found, find, find_address};
use super::page::{Page, PageId, Site, Target};
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::text::fold::fold_path;

/// One old address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    /// Without a leading slash, with one at the end.
    pub from: String,
    /// A page or an address elsewhere.
    pub to: Target,
    /// Where it is declared.
    pub span: Span,
}

/// All redirects of a site.
pub(super) fn redirects(site: &Site, problems: &mut Vec<Diagnostic>) -> Vec<Redirect> {
    let mut found: BTreeMap<String, (Redirect, Span)> = BTreeMap::new();
    let pages: HashMap<String, PageId> =
        site.by_address.iter().map(|(address, page)| (fold_path(address), *page)).collect();
    let mut add = |from: &str, to: Target, span: Span, problems: &mut Vec<Diagnostic>| {
        let address = normalise(from);
        let standing = pages.get(&fold_path(&address)).map(|page| &site.pages[*page]);
        if let Some(problem) = unusable(from, standing) {
            problems.push(problem.at(span));
        } else if let Some((_, first)) = found.get(&fold_path(&address)) {
            let first = first.clone();
            problems.push(
                Diagnostic::new(Code::RedirectTwice, format!("`{from}` is redirected twice"))
                    .at(span)
                    .also(first, "the first redirect")
                    .help("keep one of the two"),
            );
        } else {
            found.insert(fold_path(&address), (Redirect { from: address, to, span: span.clone() }, span));
        }
    };
    for (id, page) in site.pages.iter().enumerate() {
        for alias in &page.entry.front.aliases {
            add(
                &alias.value,
                Target::Page(id as PageId, None),
                Span::new(&page.entry.document.file, alias.extent),
                problems,
            );
        }
    }
    let old = old_addresses(site);
    for rule in site.input.records.redirects.iter() {
        let to = rule.to.value.as_str();
        if let Some(target) = find_target(site, to) {
            add(&rule.from.value, target, Span::new(&rule.file, rule.from.extent), problems);
        } else if let Found::Nothing = find(site, "", to) {
            problems.push(leads_nowhere(&old, to).at(Span::new(&rule.file, rule.to.extent)));
        }
    }
    found.into_values().map(|(redirect, _)| redirect).collect()
}

fn find_target(site: &Site, to: &str) -> Option<Target> {
    if to.starts_with("https://") || to.starts_with("http://") {
        return Some(Target::Outside(Box::from(to)));
    }
    find_address(site, to).map(|page| Target::Page(page, None))
}

/// Every address that is declared as an old one.
fn old_addresses(site: &Site) -> HashSet<String> {
    let aliases = site.pages.iter().flat_map(|page| &page.entry.front.aliases).map(|alias| &alias.value);
    let rules = site.input.records.redirects.iter().map(|rule| &rule.from.value);
    rules.chain(aliases).map(|from| fold_path(&normalise(from))).collect()
}

fn leads_nowhere(old: &HashSet<String>, to: &str) -> Diagnostic {
    if old.contains(&fold_path(&normalise(to))) {
        return Diagnostic::new(Code::BrokenLink, format!("the redirect leads to `{to}`, which is redirected itself"))
            .help("write the address of the page where readers shall end up");
    }
    Diagnostic::new(Code::BrokenLink, format!("the redirect leads to `{to}`, and there is no such page"))
        .help("write the path of a page, such as /faqs/families/, or a whole address with https://")
}

/// Why nothing can be redirected from an address, where perhaps a page is `standing`.
fn unusable(from: &str, standing: Option<&Page>) -> Option<Diagnostic> {
    let odd = !from.starts_with('/')
        || from.contains("//")
        || from.contains(['?', '#', '\\', ':', '<', '>', '"', '|', '*'])
        || from.split('/').any(|part| part == ".." || part == ".")
        || from.chars().any(char::is_control);
    if odd {
        return Some(
            Diagnostic::new(Code::BadValue, format!("`{from}` is not an address of this site"))
                .help("write the old address from the first slash on, like /old/page/"),
        );
    }
    let page = standing?;
    Some(
        Diagnostic::new(
            Code::RedirectOnPage,
            format!("`{from}` is the address of a page, so nothing can be redirected from there"),
        )
        .also(page.entry.span(), "the page")
        .help("remove the redirect, or move the page"),
    )
}
