//! Section menus: the pages beside a page and below it.
//!
//! In: a placed site. Out: `<li>` elements for each page. What stays true: an item that is not the current page is
//! printed once for a whole section, and a menu has a highest length, so that menus cost the same however many pages
//! a section holds.

use std::cell::RefCell;
use std::sync::OnceLock;

use super::linker::{Linker, root};
use super::renderer::Renderer;
use super::templates::Scope;
use super::view::LinkView;
use crate::diagnostics::Diagnostic;
use crate::site::PageId;

/// How many items a menu shows; longer sections show those around the current page.
const LIMIT: usize = 60;

/// Items of pages that are not current, as their neighbours print them. Neighbours share a depth, so they share hrefs.
#[derive(Debug)]
pub(super) struct MenuItems(Vec<OnceLock<String>>);

impl MenuItems {
    /// Room for the items of a site.
    pub(super) fn new(pages: usize) -> Self {
        Self((0..pages).map(|_| OnceLock::new()).collect())
    }
}

/// The section a page's menu is of, and the menu.
pub(super) fn menu(
    renderer: &Renderer<'_>,
    page: PageId,
    linker: &Linker<'_>,
    problems: &RefCell<Vec<Diagnostic>>,
) -> (Option<LinkView>, String) {
    let site = renderer.site;
    let here = &site.pages[page];
    let section = if here.entry.is_section { page } else { here.parent.unwrap_or(0) };
    if section == 0 || here.generated.is_some() {
        return (None, String::new());
    }
    let mut out = String::new();
    for item in window(site.listed_children(section), page) {
        if *item == page {
            out.push_str(&current_item(renderer, page, linker, problems));
        } else if section == page {
            // The section's own page stands one level higher than its items, so its hrefs are its own.
            out.push_str(&plain_item(renderer, &linker.link(*item), problems));
        } else {
            out.push_str(renderer.menu_items.0[*item].get_or_init(|| {
                let neighbour = Linker { site, assets: linker.assets, root: root(&here.address) };
                plain_item(renderer, &neighbour.link(*item), problems)
            }));
        }
    }
    (Some(linker.link(section)), out)
}

/// The items around the current one, at most [`LIMIT`].
fn window(items: &[PageId], current: PageId) -> &[PageId] {
    if items.len() <= LIMIT {
        return items;
    }
    let at = items.binary_search(&current).unwrap_or(0);
    let start = at.saturating_sub(LIMIT / 2).min(items.len() - LIMIT);
    &items[start..start + LIMIT]
}

fn current_item(
    renderer: &Renderer<'_>,
    page: PageId,
    linker: &Linker<'_>,
    problems: &RefCell<Vec<Diagnostic>>,
) -> String {
    let children: Vec<LinkView> =
        renderer.site.listed_children(page).iter().take(LIMIT).map(|child| linker.link(*child)).collect();
    print_item(renderer, &linker.link(page), true, &children, problems)
}

fn plain_item(renderer: &Renderer<'_>, link: &LinkView, problems: &RefCell<Vec<Diagnostic>>) -> String {
    print_item(renderer, link, false, &[], problems)
}

fn print_item(
    renderer: &Renderer<'_>,
    link: &LinkView,
    current: bool,
    children: &[LinkView],
    problems: &RefCell<Vec<Diagnostic>>,
) -> String {
    let mut scope = Scope::new();
    scope.put("title", &link.title);
    scope.put("href", &link.href);
    scope.put("current", &current);
    scope.put("children", children);
    renderer.print("partials/menu-item.html", &scope, problems)
}
