//! Addresses as one page prints them: relative, so that a site works under any path.
//!
//! In: a page's own address. Out: hrefs. What stays true: nothing printed depends on where the site stands, except on
//! the not-found page, which is served at every depth and starts from the site's root.

use super::assets::Assets;
use super::view::LinkView;
use crate::site::{PageId, Site, Target};

/// Makes the hrefs of one page.
pub struct Linker<'a> {
    /// The site.
    pub site: &'a Site,
    /// Its files.
    pub assets: &'a Assets,
    /// `./`, `../`, …: the way to the site's root.
    pub root: String,
}

impl<'a> Linker<'a> {
    /// For the page at `address`.
    pub fn new(site: &'a Site, assets: &'a Assets, address: &str) -> Self {
        Self { site, assets, root: root(address) }
    }

    /// A path of the site.
    pub fn path(&self, path: &str) -> String {
        format!("{}{path}", self.root)
    }

    /// A page.
    pub fn page(&self, page: PageId) -> String {
        self.path(&self.site.pages[page].address)
    }

    /// A page with its title.
    pub fn link(&self, page: PageId) -> LinkView {
        LinkView { title: self.site.pages[page].entry.title.clone(), href: self.page(page) }
    }

    /// What a link's meaning prints as; `None` for words alone.
    pub fn target(&self, target: &Target) -> Option<String> {
        Some(match target {
            Target::Page(page, None) => self.page(*page),
            Target::Page(page, Some(fragment)) => format!("{}#{}", self.page(*page), encoded(fragment)),
            Target::Fragment(fragment) => format!("#{}", encoded(fragment)),
            Target::Asset(path) => self.path(&self.assets.content.get(&**path)?.path),
            Target::Static(path) => self.path(path),
            Target::Outside(address) => address.to_string(),
            Target::Text => return None,
        })
    }
}

/// The way from an address to the site's root.
pub fn root(address: &str) -> String {
    match address.matches('/').count() {
        0 => "./".to_owned(),
        depth => "../".repeat(depth),
    }
}

/// A fragment may hold any letters; only what would end an attribute or an address is encoded.
fn encoded(fragment: &str) -> String {
    fragment.replace('%', "%25").replace(' ', "%20").replace('"', "%22")
}

/// `https://example.gov.uk/guidance/` → `/guidance/`; `/` where nothing is known.
pub fn base_path(base_url: Option<&str>) -> String {
    let after_host = base_url.and_then(|url| url.split_once("://")).and_then(|(_, rest)| rest.split_once('/'));
    after_host.map_or_else(|| "/".to_owned(), |(_, path)| format!("/{path}"))
}
