//! `sitemap.xml` and `robots.txt`.
//!
//! In: a site. Out: the addresses search engines may list (sitemaps.org 0.9), when the site knows its own. Internal
//! sites ask to be left alone.

use std::fmt::Write as _;

use super::plan::Plan;
use super::xml::escaped;
use crate::config::vocabulary::Visibility;
use crate::diagnostics::Diagnostic;
use crate::site::{Page, Site, changes};
use crate::text::date::Date;

/// Adds both files.
pub(super) fn plan(site: &Site, plan: &mut Plan, problems: &mut Vec<Diagnostic>) {
    let public = site.edition.visibility == Visibility::Public;
    let mut robots = format!("User-agent: *\n{}\n", if public { "Allow: /" } else { "Disallow: /" });
    if let Some(base) = site.input.base_url.as_ref().filter(|_| public) {
        let _ = writeln!(robots, "Sitemap: {base}sitemap.xml");
        plan.add_text("sitemap.xml", sitemap(site, base), problems);
    }
    plan.add_text("robots.txt", robots, problems);
}

fn sitemap(site: &Site, base: &str) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    let mut addresses: Vec<(&str, Option<Date>)> = site
        .pages
        .iter()
        .filter(|page| wanted(page))
        .map(|page| (page.address.as_str(), last_change(site, page)))
        .collect();
    addresses.sort_unstable();
    for (address, day) in addresses {
        let _ = write!(xml, "<url><loc>{}{}</loc>", escaped(base), escaped(address));
        if let Some(day) = day {
            let _ = write!(xml, "<lastmod>{day}</lastmod>");
        }
        xml.push_str("</url>\n");
    }
    xml.push_str("</urlset>\n");
    xml
}

fn wanted(page: &Page) -> bool {
    !page.withdrawn && page.entry.front.unlisted != Some(true) && page.entry.front.sensitive != Some(true)
}

fn last_change(site: &Site, page: &Page) -> Option<Date> {
    let change = changes(&page.entry, &site.edition).first().map(|change| change.on);
    change.max(page.entry.front.reviewed_on.filter(|day| *day <= site.edition.date))
}
