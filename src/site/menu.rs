//! Links declared for the whole site: header, footer, small print, alerts.
//!
//! In: `guidepost.yaml` and records. Out: [`Menu`]s, or diagnostics. A link to something this edition leaves out is
//! left out with it, since one file declares the links of all editions.

use super::find::{Found, find};
use super::page::{Site, Target};
use super::scheme::{Scheme, scheme};
use crate::config::fields::Spanned;
use crate::config::project::MenuLink;
use crate::diagnostics::{Code, Diagnostic, Span};

/// The links around every page: label and meaning.
#[derive(Clone, Debug, Default)]
pub struct Menus {
    /// In the header; the top sections where nothing is declared.
    pub header: Vec<(String, Target)>,
    /// In the footer.
    pub footer: Vec<(String, Target)>,
    /// Small print.
    pub legal: Vec<(String, Target)>,
}

/// How many sections a header holds before it stops helping.
const HEADER_LIMIT: usize = 7;

/// The menus of a site.
pub(super) fn menus(site: &Site, problems: &mut Vec<Diagnostic>) -> Menus {
    let project = &site.input.project;
    let mut read = |links: &[MenuLink]| {
        links
            .iter()
            .filter_map(|link| Some((link.label.clone(), check(site, &link.to, &project.file, problems)?)))
            .collect()
    };
    let mut menus = Menus { header: read(&project.header), footer: read(&project.footer), legal: read(&project.legal) };
    if project.header.is_empty() {
        menus.header = site
            .listed_children(0)
            .iter()
            .take(HEADER_LIMIT)
            .map(|page| (site.pages[*page].entry.title.clone(), Target::Page(*page, None)))
            .collect();
    }
    for alert in site.input.records.alerts.iter() {
        if let Some(link) = &alert.link {
            check(site, &link.to, &alert.file, problems);
        }
    }
    menus
}

fn check(
    site: &Site,
    to: &Spanned<String>,
    file: &std::sync::Arc<str>,
    problems: &mut Vec<Diagnostic>,
) -> Option<Target> {
    let target = site.link_to(&to.value);
    let path = to.value.split('#').next().unwrap_or_default();
    if target.is_none() && !matches!(find(site, "", path), Found::Absent(_)) {
        problems.push(
            Diagnostic::new(Code::BrokenLink, format!("`{}` leads nowhere: there is no such page", to.value))
                .at(Span::new(file, to.extent))
                .help("write a content path such as faqs/families, or a whole address with https://"),
        );
    }
    target
}

impl Site {
    /// What a link declared outside pages means.
    pub fn link_to(&self, to: &str) -> Option<Target> {
        match scheme(to) {
            Scheme::Allowed => return Some(Target::Outside(Box::from(to))),
            Scheme::Refused(_) => return None,
            Scheme::Relative => {}
        }
        let (path, fragment) =
            to.split_once('#').map_or((to, None), |(path, fragment)| (path, Some(Box::from(fragment))));
        match find(self, "", path) {
            Found::Page(page) => Some(Target::Page(page, fragment)),
            Found::Absent(_) => None,
            Found::Nothing => {
                let path = path.trim_start_matches('/');
                self.input.files.statics.contains_key(path).then(|| Target::Static(Box::from(path)))
            }
        }
    }
}
