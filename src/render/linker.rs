//! Addresses as one page prints them: relative, so that a site works under any path.
//!
//! In: a page's own address. Out: hrefs. What stays true: nothing printed depends on where the site stands, except on
//! the not-found page, which is served at every depth and starts from the site's root. In a folder without a host that
//! page is a file like the others, and every link to a page names its file.

use std::borrow::Cow;

use super::assets::Assets;
use super::view::LinkView;
use crate::site::{Edition, PageId, Site, Target};

/// How a link names a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// By its folder, where hosts find it: `faqs/`.
    Folder,
    /// By its file, as it is found without a host: `faqs/index.html`.
    File,
}

impl Naming {
    /// As the pages of an edition are found.
    pub fn of(edition: &Edition) -> Self {
        if edition.portable { Self::File } else { Self::Folder }
    }

    /// A path of the site as a link names it: `faqs/#first` → `faqs/index.html#first`.
    pub fn name(self, path: &str) -> Cow<'_, str> {
        let (folder, rest) = path.split_at(path.find(['?', '#']).unwrap_or(path.len()));
        match self {
            Self::File if folder.is_empty() || folder.ends_with('/') => Cow::Owned(format!("{folder}index.html{rest}")),
            _ => Cow::Borrowed(path),
        }
    }
}

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

    /// For the not-found page. Hosts serve it at every depth, so its links start from the site's root on its host.
    pub fn of_not_found(site: &'a Site, assets: &'a Assets) -> Self {
        let root = match Naming::of(&site.edition) {
            Naming::Folder => base_path(site.input.base_url.as_deref()),
            Naming::File => root(""),
        };
        Self { site, assets, root }
    }

    /// A path of the site.
    pub fn path(&self, path: &str) -> String {
        format!("{}{}", self.root, Naming::of(&self.site.edition).name(path))
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

#[cfg(test)]
mod tests {
    use super::Naming;

    #[test]
    fn links_name_files_where_no_host_finds_them() {
        for (path, file) in [
            ("", "index.html"),
            ("faqs/", "faqs/index.html"),
            ("faqs/#first", "faqs/index.html#first"),
            ("#first/", "index.html#first/"),
            ("faqs/?a=/#b/", "faqs/index.html?a=/#b/"),
            ("assets/plan.pdf", "assets/plan.pdf"),
            ("old.html#a", "old.html#a"),
        ] {
            assert_eq!(Naming::File.name(path), file);
            assert_eq!(Naming::Folder.name(path), path);
        }
    }
}
