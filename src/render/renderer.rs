//! One site being printed.
//!
//! In: a resolved site, its assets and templates. Out: the HTML of a page on request, from any thread. What the pages
//! share is serialised once, here.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};

use super::assets::Assets;
use super::generated::data;
use super::linker::Linker;
use super::menu::MenuItems;
use super::records::{alerts, contact_view, date_view, menu_view, route_view};
use super::templates::{Scope, Shared, Templates};
use super::view::{AlertView, ContactView, ImageView, MenuView, PageView, RouteView, SiteView};
use super::views::page_view;
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::site::{PageId, Site, Target, all_routes, feed};

/// Prints the pages of one site.
pub struct Renderer<'a> {
    /// The site.
    pub site: &'a Site,
    pub(super) templates: &'a Templates,
    pub(super) assets: &'a Assets,
    pub(super) routes: Vec<RouteView>,
    pub(super) all_routes: BTreeMap<PageId, RouteView>,
    pub(super) alerts: Vec<AlertView>,
    pub(super) abbreviations: Vec<(String, String)>,
    pub(super) menu_items: MenuItems,
    /// The pages beside which a feed stands, with what it is called.
    pub(super) feeds: Vec<(PageId, String)>,
    contacts: HashMap<&'a str, ContactView>,
    kinds: HashMap<&'a str, Shared>,
    site_value: Shared,
    words: Shared,
}

impl<'a> Renderer<'a> {
    /// Serialises what all pages of `site` share.
    pub fn new(site: &'a Site, templates: &'a Templates, assets: &'a Assets) -> Self {
        let records = &site.input.records;
        let all_routes: BTreeMap<PageId, RouteView> =
            all_routes(site).into_iter().map(|route| (route.page, route_view(site, &route))).collect();
        let routes: Vec<RouteView> =
            site.routes.iter().filter_map(|route| all_routes.get(&route.page).cloned()).collect();
        let kinds = site.pages.iter().map(|page| (page.entry.kind.name.as_str(), &page.entry.kind));
        let kinds: BTreeMap<_, _> = kinds.collect();
        Self {
            site,
            templates,
            assets,
            site_value: Shared::new(&site_view(site, assets, &routes)),
            words: Shared::new(&*site.input.words),
            kinds: kinds
                .into_iter()
                .map(|(name, kind)| (name, Shared::new(&kind.to_template_value(site.edition.visibility))))
                .collect(),
            contacts: records
                .contacts
                .iter()
                .map(|contact| (contact.id.as_str(), contact_view(site, &contact.id, contact)))
                .collect(),
            alerts: alerts(site),
            abbreviations: records
                .glossary
                .iter()
                .filter_map(|term| Some((term.abbreviation.clone()?, term.term.clone())))
                .collect(),
            menu_items: MenuItems::new(site.pages.len()),
            feeds: (0..site.pages.len()).filter_map(|page| Some((page, feed(site, page)?.title(site)))).collect(),
            routes,
            all_routes,
        }
    }

    /// The HTML of a page, and what is wrong with templates that it met.
    pub fn page(&self, id: PageId) -> (String, Vec<Diagnostic>) {
        let problems = RefCell::default();
        let page = &self.site.pages[id];
        let linker = Linker::new(self.site, self.assets, &page.address);
        let view = page_view(self, id, &linker, &problems);
        let template = self.template_of(id, &problems);
        let html = self.print_page(&template, &view, id, &linker, &problems);
        (html, problems.into_inner())
    }

    /// The not-found page.
    pub fn not_found(&self) -> (String, Vec<Diagnostic>) {
        let problems = RefCell::default();
        let linker = Linker::of_not_found(self.site, self.assets);
        let mut view = page_view(self, 0, &Linker::new(self.site, self.assets, ""), &problems);
        let words = &self.site.input.words;
        view.title = words.get("not_found").to_owned();
        view.document_title = format!("{} – {}", view.title, self.site.input.project.title);
        view.canonical = None;
        view.summary = None;
        view.noindex = true;
        view.is_home = false;
        view.body = String::new();
        view.children = Vec::new();
        view.feeds = Vec::new();
        view.contents = Vec::new();
        view.structured_data = None;
        view.changes = Vec::new();
        let scope = self.page_scope(&view, 0, &linker);
        let html = self.print("generated/not-found.html", &scope, &problems);
        (html, problems.into_inner())
    }

    /// What every template sees.
    pub(super) fn scope(&self, linker: &Linker<'_>) -> Scope {
        let mut scope = Scope::new();
        scope.share("site", &self.site_value);
        scope.share("words", &self.words);
        scope.put("root", &linker.root);
        scope
    }

    /// Prints a template; what fails is reported and prints nothing.
    pub(super) fn print(&self, template: &str, scope: &Scope, problems: &RefCell<Vec<Diagnostic>>) -> String {
        self.templates.render(template, scope).unwrap_or_else(|problem| {
            problems.borrow_mut().push(*problem);
            String::new()
        })
    }

    /// The view of a contact record.
    pub(super) fn contact(&self, id: &str) -> Option<&ContactView> {
        self.contacts.get(id)
    }

    fn print_page(
        &self,
        template: &str,
        view: &PageView,
        page: PageId,
        linker: &Linker<'_>,
        problems: &RefCell<Vec<Diagnostic>>,
    ) -> String {
        let mut scope = self.page_scope(view, page, linker);
        if let Some(which) = self.site.pages[page].generated {
            scope.put("data", &data(self, which, linker));
        }
        self.print(template, &scope, problems)
    }

    fn page_scope(&self, view: &PageView, page: PageId, linker: &Linker<'_>) -> Scope {
        let mut scope = self.scope(linker);
        match self.kinds.get(self.site.pages[page].entry.kind.name.as_str()) {
            Some(kind) => scope.put_with("page", view, "kind", kind),
            None => scope.put("page", view),
        }
        scope
    }

    fn template_of(&self, id: PageId, problems: &RefCell<Vec<Diagnostic>>) -> String {
        let page = &self.site.pages[id];
        if let Some(own) = &page.entry.front.template {
            let name = if own.value.ends_with(".html") { own.value.clone() } else { format!("{}.html", own.value) };
            if self.templates.has(&name) {
                return name;
            }
            problems.borrow_mut().push(
                Diagnostic::new(Code::UnknownTemplate, format!("there is no template `{}`", own.value))
                    .at(Span::new(&page.entry.document.file, own.extent))
                    .help("write the name of a file below templates/, or remove the line"),
            );
        }
        if let Some(generated) = page.generated {
            return generated.template().to_owned();
        }
        let own = format!("kinds/{}.html", page.entry.kind.name);
        if self.templates.has(&own) { own } else { "kinds/generic.html".to_owned() }
    }
}

fn site_view(site: &Site, assets: &Assets, routes: &[RouteView]) -> SiteView {
    let input = &site.input;
    let menu = |links: &[(String, Target)]| -> Vec<MenuView> {
        links.iter().filter_map(|(label, target)| menu_view(site, label, target)).collect()
    };
    let generated = site
        .generated
        .iter()
        .filter_map(|(which, page)| Some((which.key()?.to_owned(), site.pages[*page].address.clone())));
    SiteView {
        title: input.project.title.clone(),
        organisation: input.organisation.clone(),
        language: site.edition.language.clone(),
        base_url: input.base_url.clone(),
        built_on: date_view(site, site.edition.date),
        visibility: site.edition.visibility.word().to_owned(),
        logo: logo(site, assets),
        assets: assets.theme.clone(),
        header: menu(&site.menus.header),
        footer: menu(&site.menus.footer),
        legal: menu(&site.menus.legal),
        routes: routes.to_vec(),
        generated: generated.collect(),
    }
}

fn logo(site: &Site, assets: &Assets) -> Option<ImageView> {
    let path = site.input.brand.logo.as_ref()?;
    let asset = assets.statics.get(path.value.trim_start_matches('/'))?;
    Some(ImageView {
        path: asset.path.clone(),
        width: asset.width.map(|pixels| pixels as usize),
        height: asset.height.map(|pixels| pixels as usize),
        alt: site.input.brand.logo_alt.clone().unwrap_or_else(|| site.input.organisation.clone()),
    })
}
