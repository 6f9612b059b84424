//! Placement: every selected entry gets an address, a parent, an order; generated pages and topics join them.
//!
//! In: what [`select`](super::select()) left. Out: a [`Site`] whose links are not yet settled. What stays true: no two
//! pages share an address, compared without case; the error names both sources.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use super::address::{address, section_of};
use super::edition::Edition;
use super::menu::Menus;
use super::navigation::sort_children;
use super::page::{Generated, Mark, Page, PageId, Site, SiteInput};
use super::redirect::redirects;
use super::route::routes;
use super::select::{Selected, changes};
use super::taxonomy::topics;
use super::unplaced::Unplaced;
use crate::content::{Document, Entry};
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::text::fold::fold_path;

/// Places what exists in `edition`.
pub fn place(selected: Selected, edition: &Edition, input: &Arc<SiteInput>, problems: &mut Vec<Diagnostic>) -> Site {
    let mut site = Site {
        edition: edition.clone(),
        input: Arc::clone(input),
        pages: Vec::with_capacity(selected.present.len() + 8),
        by_id: HashMap::new(),
        by_address: HashMap::new(),
        absent: selected.absent,
        routes: Vec::new(),
        topics: Vec::new(),
        generated: BTreeMap::new(),
        redirects: Vec::new(),
        menus: Menus::default(),
        assets: BTreeMap::new(),
    };
    let below = unplaced(below(selected.present, input), edition, input);
    let mut placing = Placing { below, folded: HashMap::new(), site: &mut site, problems };
    placing.place_section("", None);
    placing.refuse_statics();
    site.topics = topics(&site.pages);
    add_generated(&mut site);
    site.routes = routes(&site, problems);
    site.redirects = redirects(&site, problems);
    site
}

type Below = BTreeMap<Arc<str>, Vec<(Arc<Entry>, Option<Mark>)>>;

/// Entries by the section they stand in; home is kept under itself. Sections that this edition lacks but whose pages
/// it has are implied; sections nobody wrote and that hold nothing are dropped.
fn below(mut present: BTreeMap<Arc<str>, (Arc<Entry>, Option<Mark>)>, input: &SiteInput) -> Below {
    let mut needed: Vec<String> = vec![String::new()];
    for id in present.iter().filter(|(_, (entry, _))| !is_implied(entry)).map(|(id, _)| id) {
        let mut rest = &**id;
        while let Some((folder, _)) = rest.rsplit_once('/') {
            needed.push(folder.to_owned());
            rest = folder;
        }
    }
    needed.sort();
    needed.dedup();
    for folder in &needed {
        if !present.contains_key(folder.as_str()) {
            present.insert(Arc::from(folder.as_str()), (Arc::new(implied(folder, input)), None));
        }
    }
    let mut below: Below = BTreeMap::new();
    for (id, item) in present {
        if is_implied(&item.0) && needed.binary_search_by(|folder| folder.as_str().cmp(&id)).is_err() {
            continue;
        }
        let section = section_of(&id).map_or_else(|| Arc::from("/"), Arc::from);
        below.entry(section).or_default().push(item);
    }
    below
}

/// The pages of all sections, made side by side.
fn unplaced(below: Below, edition: &Edition, input: &SiteInput) -> BTreeMap<Arc<str>, Vec<Unplaced>> {
    let sections = below.into_par_iter().map(|(section, items)| {
        let pages = items.into_par_iter().map(|(entry, mark)| {
            let entry = if &*section == "/" { named_home(entry, input) } else { entry };
            Unplaced::of(entry, mark, edition, input)
        });
        let pages = pages.collect();
        (section, pages)
    });
    sections.collect()
}

/// A home page that says nothing of itself is called what the site is called.
fn named_home(home: Arc<Entry>, input: &SiteInput) -> Arc<Entry> {
    if !home.title.is_empty() {
        return home;
    }
    Arc::new(Entry { title: input.project.title.clone(), ..Entry::clone(&home) })
}

fn is_implied(entry: &Entry) -> bool {
    entry.is_section && !entry.document.is_written()
}

fn implied(folder: &str, input: &SiteInput) -> Entry {
    let document = Arc::new(Document::implied(folder, if folder.is_empty() { "the content folder" } else { folder }));
    let mut entry = Entry::implied(document, input.kinds.get_or_plain("section"));
    if folder.is_empty() {
        entry.title.clone_from(&input.project.title);
    }
    entry
}

struct Placing<'a> {
    below: BTreeMap<Arc<str>, Vec<Unplaced>>,
    folded: HashMap<String, PageId>,
    site: &'a mut Site,
    problems: &'a mut Vec<Diagnostic>,
}

impl Placing<'_> {
    /// Places the section `id`, then everything below it.
    fn place_section(&mut self, id: &str, home: Option<PageId>) {
        if home.is_none() {
            let Some(home) = self.below.remove("/").and_then(|mut items| items.pop()) else { return };
            if let Some(page) = self.place_one(home, None) {
                self.place_section(id, Some(page));
            }
            return;
        }
        let Some(section) = home else { return };
        let mut children = self.below.remove(id).unwrap_or_default();
        sort_children(&self.site.pages[section].entry, &mut children);
        for unplaced in children {
            let (child, is_section) = (Arc::clone(&unplaced.entry.document.id), unplaced.entry.is_section);
            let Some(page) = self.place_one(unplaced, Some(section)) else { continue };
            if self.site.pages[page].is_listed() {
                self.site.pages[section].children.push(page);
            }
            if is_section || self.below.contains_key(&child) {
                self.place_section(&child, Some(page));
            }
        }
    }

    fn place_one(&mut self, unplaced: Unplaced, parent: Option<PageId>) -> Option<PageId> {
        let above = parent.map(|parent| self.site.pages[parent].address.as_str());
        let entry = &unplaced.entry;
        let Some(address) = address(entry, above) else {
            self.problems.push(
                Diagnostic::new(
                    Code::NoAddress,
                    format!("no web address can be made of the name `{}`", entry.document.stem()),
                )
                .at(entry.span())
                .help("rename the file, or write `slug:` with letters, digits and hyphens"),
            );
            return None;
        };
        let id = self.site.pages.len();
        if let Some(first) = self.folded.insert(fold_path(&address), id) {
            self.folded.insert(fold_path(&address), first);
            self.problems.push(same_address(&address, entry, &self.site.pages[first].entry));
            return None;
        }
        let page = unplaced.at(address, parent, self.problems);
        self.site.by_id.insert(Arc::clone(&page.entry.document.id), id);
        self.site.by_address.insert(page.address.clone(), id);
        self.site.pages.push(page);
        Some(id)
    }

    /// A file of `static/` must not stand where a page will.
    fn refuse_statics(&mut self) {
        for (path, source) in &self.site.input.files.statics {
            let folded = fold_path(path);
            if let Some(page) = folded.strip_suffix("index.html").and_then(|address| self.folded.get(address)) {
                self.problems.push(
                    Diagnostic::new(
                        Code::SameAddress,
                        format!("`{source}` would overwrite the page `{}`", self.site.pages[*page].entry.document.file),
                    )
                    .at(Span::whole(source))
                    .also(self.site.pages[*page].entry.span(), "the page")
                    .help("rename one of the two"),
                );
            }
        }
    }
}

fn same_address(address: &str, second: &Entry, first: &Entry) -> Diagnostic {
    Diagnostic::new(
        Code::SameAddress,
        format!("`{}` and `{}` would both be published at /{address}", first.document.file, second.document.file),
    )
    .at(second.front.slug.as_ref().map_or_else(|| second.span(), |slug| Span::new(&second.document.file, slug.extent)))
    .also(first.span(), "the other page")
    .help("rename one of the files, or give one of them another `slug:`")
}

/// Adds the pages the program makes. Where a Markdown file stands at the address, it becomes the introduction.
fn add_generated(site: &mut Site) {
    let records = &site.input.records;
    let mut wanted = vec![(Generated::Search, "search/"), (Generated::AToZ, "a-to-z/")];
    if !records.contacts.is_empty() {
        wanted.push((Generated::Contacts, "contacts/"));
    }
    if !records.glossary.is_empty() {
        wanted.push((Generated::Words, "words/"));
    }
    if site.pages.iter().any(|page| page.is_listed() && !changes(&page.entry, &site.edition).is_empty()) {
        wanted.push((Generated::Changes, "changes/"));
    }
    if !site.topics.is_empty() {
        wanted.push((Generated::Topics, "topics/"));
    }
    for (which, address) in wanted {
        add_one(site, which, address.to_owned(), Some(0));
    }
    let above = site.by_address.get("topics/").copied();
    for topic in 0..site.topics.len() {
        add_one(site, Generated::Topic(topic), format!("topics/{}/", site.topics[topic].slug), above);
    }
}

fn add_one(site: &mut Site, which: Generated, address: String, parent: Option<PageId>) {
    if let Some(page) = site.by_address.get(&address) {
        site.pages[*page].generated = Some(which);
        site.generated.insert(which, *page);
        return;
    }
    let title = match which {
        Generated::Topic(topic) => site.topics[topic].title.clone(),
        _ => site.input.words.get(which.key().unwrap_or_default()).to_owned(),
    };
    let document = Arc::new(Document::implied(address.trim_end_matches('/'), "a generated page"));
    let mut entry = Entry::implied(document, site.input.kinds.get_or_plain("page"));
    entry.title = title;
    entry.front.nav = Some(false);
    entry.is_section = false;
    let unplaced = Unplaced::of(Arc::new(entry), None, &site.edition, &site.input);
    let page = Page { generated: Some(which), ..unplaced.at(address.clone(), parent, &mut Vec::new()) };
    site.by_address.insert(address, site.pages.len());
    site.generated.insert(which, site.pages.len());
    site.pages.push(page);
}
