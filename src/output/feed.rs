//! Feeds that readers follow: `news/feed.xml`, `changes/feed.xml` (Atom, RFC 4287).
//!
//! In: the feeds of a site. Out: a file beside each page that shows the same. What stays true: an entry keeps its id as
//! long as its page keeps its address; days, which is all that is known, are said as the first moment of that day.

use std::fmt::Write as _;

use super::plan::Plan;
use super::xml::escaped;
use crate::diagnostics::Diagnostic;
use crate::site::{Feed, FeedEntry, Noted, Site, changes, feed, feed_path};
use crate::text::date::Date;

/// Adds the feeds.
pub(super) fn plan(site: &Site, plan: &mut Plan, problems: &mut Vec<Diagnostic>) {
    let Some(base) = &site.input.base_url else { return };
    for feed in (0..site.pages.len()).filter_map(|page| feed(site, page)) {
        plan.add_text(&feed_path(site, feed.page), atom(site, base, &feed), problems);
    }
}

fn atom(site: &Site, base: &str, feed: &Feed<'_>) -> String {
    let address = format!("{base}{}", feed_path(site, feed.page));
    let language = language(site, feed.page);
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n",
        escaped(language)
    );
    element(&mut xml, "id", &address);
    element(&mut xml, "title", &feed.title(site));
    if let Some(day) = feed.entries.iter().map(|entry| updated(site, entry)).max() {
        element(&mut xml, "updated", &moment(day));
    }
    let _ = writeln!(xml, "<author><name>{}</name></author>", escaped(&site.input.organisation));
    link(&mut xml, "self", &address);
    link(&mut xml, "alternate", &format!("{base}{}", site.pages[feed.page].address));
    for entry in &feed.entries {
        add_entry(&mut xml, site, base, language, entry);
    }
    xml.push_str("</feed>\n");
    xml
}

fn add_entry(xml: &mut String, site: &Site, base: &str, around: &str, entry: &FeedEntry<'_>) {
    let page = &site.pages[entry.page];
    let address = format!("{base}{}", page.address);
    let language = language(site, entry.page);
    match language == around {
        true => xml.push_str("<entry>\n"),
        false => _ = writeln!(xml, "<entry xml:lang=\"{}\">", escaped(language)),
    }
    if entry.notes.is_empty() {
        element(xml, "id", &address);
        element(xml, "published", &moment(entry.on));
    } else {
        element(xml, "id", &format!("{address}#changed-{}", entry.on));
    }
    element(xml, "title", &title(site, &page.entry.title, &entry.notes));
    element(xml, "updated", &moment(updated(site, entry)));
    link(xml, "alternate", &address);
    let notes: Vec<&str> =
        entry.notes.iter().map(|noted| noted.change.note.trim()).filter(|note| !note.is_empty()).collect();
    let summary = if notes.is_empty() { page.entry.front.summary.clone() } else { Some(notes.join(" ")) };
    if let Some(summary) = summary {
        element(xml, "summary", &summary);
    }
    xml.push_str("</entry>\n");
}

/// The title of a page, and whether it is new or to be read again: a list of titles may be all that a reader shows.
fn title(site: &Site, title: &str, notes: &[Noted<'_>]) -> String {
    let words = &site.input.words;
    let label = if notes.iter().any(|noted| noted.is_new) {
        "new"
    } else if notes.iter().any(|noted| noted.change.important) {
        "read_again"
    } else {
        return title.to_owned();
    };
    words.fill("feed_entry", &[("label", words.get(label)), ("title", title)])
}

/// The day of the note; of a dated page its day, or that of its last note.
fn updated(site: &Site, entry: &FeedEntry<'_>) -> Date {
    let notes = if entry.notes.is_empty() { changes(&site.pages[entry.page].entry, &site.edition) } else { Vec::new() };
    notes.first().map_or(entry.on, |newest| newest.on.max(entry.on))
}

fn language(site: &Site, page: usize) -> &str {
    site.pages[page].entry.front.lang.as_ref().unwrap_or(&site.edition.language)
}

/// A day as RFC 3339 wants it.
fn moment(day: Date) -> String {
    format!("{day}T00:00:00Z")
}

fn element(xml: &mut String, name: &str, text: &str) {
    let _ = writeln!(xml, "<{name}>{}</{name}>", escaped(text));
}

fn link(xml: &mut String, rel: &str, address: &str) {
    let _ = writeln!(xml, "<link rel=\"{rel}\" href=\"{}\"/>", escaped(address));
}
