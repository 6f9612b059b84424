//! What has changed on a site, and what can be followed.
//!
//! In: a site. Out: the change notes of its listed pages, and [`Feed`]s: the news of a section, the changes of the whole
//! site. What stays true: nothing that this edition's lists do not name is in a feed, and nothing of sensitive pages,
//! whose titles would show on somebody's device long after a visit.

use std::cmp::Reverse;

use super::page::{Generated, Page, PageId, Site};
use super::{changes, date};
use crate::config::kind::ListStyle;
use crate::content::Change;
use crate::text::date::Date;

/// The most entries of a feed. Who follows it has seen what came before.
const LONGEST: usize = 50;

/// A change note and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Noted<'a> {
    /// The page it is about.
    pub page: PageId,
    /// The note.
    pub change: &'a Change,
    /// The page was published with it.
    pub is_new: bool,
}

/// What people can follow, newest first.
#[derive(Clone, Debug)]
pub struct Feed<'a> {
    /// The page that shows the same; the feed stands beside it.
    pub page: PageId,
    /// At least one.
    pub entries: Vec<FeedEntry<'a>>,
}

/// What a feed says of one page on one day.
#[derive(Clone, Debug)]
pub struct FeedEntry<'a> {
    /// The page.
    pub page: PageId,
    /// The day it is about.
    pub on: Date,
    /// What changed that day; empty in the feed of a section.
    pub notes: Vec<Noted<'a>>,
}

impl Feed<'_> {
    /// What it is called where somebody adds it to others.
    pub fn title(&self, site: &Site) -> String {
        let name = &site.input.project.title;
        if self.page == 0 { name.clone() } else { format!("{} – {name}", site.pages[self.page].entry.title) }
    }
}

/// Where the feed beside a page stands.
pub fn feed_path(site: &Site, page: PageId) -> String {
    format!("{}feed.xml", site.pages[page].address)
}

/// The change notes of listed pages, newest first; of one day in the order of the site.
pub fn all_changes(site: &Site) -> Vec<Noted<'_>> {
    let mut notes = Vec::new();
    for (id, page) in site.pages.iter().enumerate().filter(|(_, page)| page.is_listed()) {
        let own = changes(&page.entry, &site.edition);
        let oldest = own.last().map(|change| change.on);
        notes.extend(own.into_iter().map(|change| {
            let is_new = Some(change.on) == oldest && page.entry.front.publish_on == oldest;
            Noted { page: id, change, is_new }
        }));
    }
    notes.sort_by_key(|noted| (Reverse(noted.change.on), noted.page));
    notes
}

/// The feed beside a page, where there is one: of a section that lists its pages by date, of the page of changes. Feeds
/// hold whole addresses, so a site that does not know its own has none; nor has a folder without a host.
pub fn feed(site: &Site, page: PageId) -> Option<Feed<'_>> {
    if site.input.base_url.is_none() || site.edition.portable || !is_news(&site.pages[page]) {
        return None;
    }
    let entries = if site.pages[page].generated == Some(Generated::Changes) {
        changed(site)
    } else if site.list_style(site.listed_children(page)) == ListStyle::Dated {
        dated(site, site.listed_children(page))
    } else {
        return None;
    };
    (!entries.is_empty()).then_some(Feed { page, entries })
}

/// Whether a feed may name a page. Neither drafts nor what has run out, which the preview shows, is news to anybody.
fn is_news(page: &Page) -> bool {
    page.entry.front.sensitive != Some(true) && page.mark.is_none()
}

/// The notes of a page on one day are one entry: its id then needs no number that another note could change.
fn changed(site: &Site) -> Vec<FeedEntry<'_>> {
    let notes: Vec<Noted<'_>> =
        all_changes(site).into_iter().filter(|noted| is_news(&site.pages[noted.page])).collect();
    notes
        .chunk_by(|one, next| (one.page, one.change.on) == (next.page, next.change.on))
        .take(LONGEST)
        .map(|notes| FeedEntry { page: notes[0].page, on: notes[0].change.on, notes: notes.to_vec() })
        .collect()
}

/// The pages of a section by their dates; one that is dated ahead waits for its day.
fn dated<'a>(site: &'a Site, pages: &[PageId]) -> Vec<FeedEntry<'a>> {
    let wanted = pages.iter().filter(|page| is_news(&site.pages[**page]) && !site.pages[**page].withdrawn);
    let mut entries: Vec<FeedEntry<'_>> = wanted
        .filter_map(|page| Some(FeedEntry { page: *page, on: date(&site.pages[*page].entry)?, notes: Vec::new() }))
        .filter(|entry| entry.on <= site.edition.date)
        .collect();
    entries.sort_by_key(|entry| Reverse(entry.on));
    entries.truncate(LONGEST);
    entries
}
