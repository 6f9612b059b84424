//! Reporting routes: which pages they are and in which order.
//!
//! In: pages of kind `route` and the project's `routes:`. Out: [`Route`]s in the order readers meet them. Every route
//! says what to do in an emergency; one that does not is an error that cannot be lowered.

use super::page::{PageId, Site};
use crate::config::vocabulary::Visibility;
use crate::diagnostics::{Code, Diagnostic, Span, suggest};

/// One reporting route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// The last part of its path: `worried-about-a-child`.
    pub id: String,
    /// Its page.
    pub page: PageId,
}

/// Every reporting route, in reading order.
pub fn all_routes(site: &Site) -> Vec<Route> {
    let standing = site.pages.iter().enumerate().filter(|(_, page)| page.entry.kind.name == "route" && !page.withdrawn);
    standing.map(|(page, placed)| Route { id: placed.entry.document.stem().to_owned(), page }).collect()
}

/// The routes of a site, in its own order.
pub(super) fn routes(site: &Site, problems: &mut Vec<Diagnostic>) -> Vec<Route> {
    let all = all_routes(site);
    for route in &all {
        let entry = &site.pages[route.page].entry;
        if entry.visibility == Visibility::Public && entry.field("emergency").is_none() {
            problems.push(
                Diagnostic::new(
                    Code::RouteWithoutEmergency,
                    "this reporting route does not say whom to call in an emergency",
                )
                .at(entry.span())
                .help("add `emergency:` with the id of a contact, such as the police on 999"),
            );
        }
    }
    let named = &site.input.project.routes;
    if named.is_empty() {
        return all;
    }
    let mut routes = Vec::new();
    for name in named {
        match all.iter().find(|route| route.id == name.value) {
            Some(route) => routes.push(route.clone()),
            None if site.absent.keys().any(|id| id.rsplit('/').next() == Some(&name.value)) => {}
            None => problems.push(
                Diagnostic::new(Code::UnknownRoute, format!("there is no reporting route `{}`", name.value))
                    .at(Span::new(&site.input.project.file, name.extent))
                    .help(match suggest(&name.value, all.iter().map(|route| route.id.as_str())) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => "write the file name, without .md, of a page of the kind `route`".to_owned(),
                    }),
            ),
        }
    }
    routes
}
