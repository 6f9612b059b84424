//! Placement: every selected entry gets an address, a parent, an order; generated pages and topics join them.
//!
//! In: what [`select`](super::select()) left. Out: a [`Site`] whose links are not yet settled. What stays true: no two
//! pages share an address, compared without case; the error names both sources.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::address::{address, section_of};
use super::edition::Edition;
use super::menu::Menus;
use super::navigation::sort_children;
use super::page::{Generated, Mark, Page, PageId, Site, SiteInput};
use super::redirect::redirects;
use super::route::routes;
use super::select::{Hidden, Selected, changes};
use super::taxonomy::topics;
use super::wording::{has_names, wording};
use crate::config::vocabulary::Status;
use crate::content::{Document, Entry};
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::markdown::outline::{Outline, outline};
use crate::markdown::raw_html::allowed;
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
    let mut placing =
        Placing { below: below(selected.present, input), folded: HashMap::new(), site: &mut site, problems };
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
    below: Below,
    folded: HashMap<String, PageId>,
    site: &'a mut Site,
    problems: &'a mut Vec<Diagnostic>,
}

impl Placing<'_> {
    /// Places the section `id`, then everything below it.
    fn place_section(&mut self, id: &str, home: Option<PageId>) {
        if home.is_none() {
            let Some((entry, mark)) = self.below.remove("/").and_then(|mut items| items.pop()) else { return };
            if let Some(page) = self.place_one(self.named_home(entry), mark, None) {
                self.place_section(id, Some(page));
            }
            return;
        }
        let Some(section) = home else { return };
        let mut children = self.below.remove(id).unwrap_or_default();
        sort_children(&self.site.pages[section].entry, &mut children);
        for (entry, mark) in children {
            let (child, is_section) = (Arc::clone(&entry.document.id), entry.is_section);
            let Some(page) = self.place_one(entry, mark, Some(section)) else { continue };
            if self.site.pages[page].is_listed() {
                self.site.pages[section].children.push(page);
            }
            if is_section || self.below.contains_key(&child) {
                self.place_section(&child, Some(page));
            }
        }
    }

    /// A home page that says nothing of itself is called what the site is called.
    fn named_home(&self, home: Arc<Entry>) -> Arc<Entry> {
        if !home.title.is_empty() {
            return home;
        }
        Arc::new(Entry { title: self.site.input.project.title.clone(), ..Entry::clone(&home) })
    }

    fn place_one(&mut self, entry: Arc<Entry>, mark: Option<Mark>, parent: Option<PageId>) -> Option<PageId> {
        let above = parent.map(|parent| self.site.pages[parent].address.as_str());
        let Some(address) = address(&entry, above) else {
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
            self.problems.push(same_address(&address, &entry, &self.site.pages[first].entry));
            return None;
        }
        let page = new_page(entry, address, parent, mark, self.site, self.problems);
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

fn new_page(
    entry: Arc<Entry>,
    address: String,
    parent: Option<PageId>,
    mark: Option<Mark>,
    site: &Site,
    problems: &mut Vec<Diagnostic>,
) -> Page {
    let tree = &entry.document.tree;
    let withdrawn = entry.front.withdrawn.is_some() || entry.front.status == Some(Status::Withdrawn);
    let hidden = if withdrawn { Hidden::everything(tree) } else { Hidden::of(tree, &site.edition) };
    let mut outline = outline(tree, |node| hidden.contains(node));
    for heading in outline.title.iter_mut().chain(&mut outline.headings) {
        let range = tree.subtree(heading.node);
        if has_names(tree, range.clone()) {
            heading.text = wording(tree, range, &hidden, &site.input);
        }
    }
    for heading in outline.headings.iter().filter(|heading| heading.lowered) {
        problems.push(
            Diagnostic::new(Code::SecondTitle, "a page has one top heading; this one is printed a level lower")
                .at(Span::new(&entry.document.file, tree.nodes[heading.node].extent))
                .help("write `##` instead of `#`"),
        );
    }
    let allowed_html = match entry.front.allow_html {
        Some(true) => allowed(tree, |node| hidden.contains(node)),
        _ => BTreeMap::new(),
    };
    let entry = titled(entry, &outline);
    Page {
        entry,
        address,
        parent,
        children: Vec::new(),
        generated: None,
        withdrawn,
        mark,
        hidden,
        outline,
        allowed_html,
        links: Vec::new(),
    }
}

/// A page without `title:` is called what its heading says to these readers.
fn titled(entry: Arc<Entry>, outline: &Outline) -> Arc<Entry> {
    match &outline.title {
        Some(heading) if entry.front.title.is_none() && !heading.text.is_empty() && heading.text != entry.title => {
            Arc::new(Entry { title: heading.text.clone(), ..Entry::clone(&entry) })
        }
        _ => entry,
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
    let page = Page {
        generated: Some(which),
        ..new_page(Arc::new(entry), address.clone(), parent, None, site, &mut Vec::new())
    };
    site.by_address.insert(address, site.pages.len());
    site.generated.insert(which, site.pages.len());
    site.pages.push(page);
}
