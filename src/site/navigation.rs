//! Order and neighbours: how a section sorts its pages, what stands before and after a page.
//!
//! In: entries and placed pages. Out: orders that depend on the pages of one section alone.

use std::cmp::Reverse;
use std::sync::Arc;

use super::page::{Page, PageId, Site};
use super::unplaced::Unplaced;
use crate::config::kind::ListStyle;
use crate::content::{Entry, FieldValue, Sort};
use crate::text::date::Date;

/// Sorts what stands in a section as the section asks; ties go by title, then by path.
pub(super) fn sort_children(section: &Entry, children: &mut [Unplaced]) {
    let dated = |child: &Unplaced| child.entry.kind.list == ListStyle::Dated;
    let sort =
        section.front.sort.unwrap_or(if children.iter().any(dated) { Sort::DateDescending } else { Sort::Order });
    children.sort_by_cached_key(|Unplaced { entry, .. }| {
        let first = match sort {
            Sort::Order => First::Order(order(entry)),
            Sort::Title => First::Nothing,
            Sort::Date => First::Date(date(entry)),
            Sort::DateDescending => First::DateDescending(Reverse(date(entry))),
        };
        (first, entry.title.to_lowercase(), Arc::clone(&entry.document.id))
    });
}

/// What the order goes by before titles.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum First {
    Nothing,
    Order(i64),
    Date(Option<Date>),
    DateDescending(Reverse<Option<Date>>),
}

fn order(entry: &Entry) -> i64 {
    entry.front.order.unwrap_or(i64::MAX)
}

/// The day a page is dated: its field `date`, else the day it was published.
pub fn date(entry: &Entry) -> Option<Date> {
    match entry.field("date") {
        Some(FieldValue::Date(date)) => Some(*date),
        _ => entry.front.publish_on,
    }
}

impl Site {
    /// From home down to the parent of a page.
    pub fn ancestors(&self, page: PageId) -> Vec<PageId> {
        let mut ancestors: Vec<PageId> =
            std::iter::successors(self.pages[page].parent, |page| self.pages[*page].parent).collect();
        ancestors.reverse();
        ancestors
    }

    /// The listed pages below a section.
    pub fn listed_children(&self, page: PageId) -> &[PageId] {
        &self.pages[page].children
    }

    /// How a section lists: as most of its pages ask.
    pub fn list_style(&self, pages: &[PageId]) -> ListStyle {
        let styles = [
            ListStyle::Cards,
            ListStyle::Links,
            ListStyle::Numbered,
            ListStyle::Dated,
            ListStyle::Questions,
            ListStyle::Routes,
        ];
        let count = |style: ListStyle| pages.iter().filter(|page| self.pages[**page].entry.kind.list == style).count();
        // Of equals the last of an iterator is taken, so that the first above comes last.
        styles.into_iter().rev().max_by_key(|style| count(*style)).unwrap_or_default()
    }

    /// The pages before and after a page in its section, where reading on makes sense.
    pub fn neighbours(&self, page: PageId) -> (Option<PageId>, Option<PageId>) {
        let reads_on = |page: &Page| {
            !page.entry.is_section
                && page.is_listed()
                && matches!(page.entry.kind.list, ListStyle::Links | ListStyle::Cards | ListStyle::Numbered)
        };
        let here = &self.pages[page];
        let Some(section) =
            here.parent.filter(|section| *section != 0 && reads_on(here) && self.pages[*section].entry.is_section)
        else {
            return (None, None);
        };
        let children = &self.pages[section].children;
        let Ok(at) = children.binary_search(&page) else { return (None, None) };
        let find =
            |range: &mut dyn Iterator<Item = &PageId>| range.copied().find(|other| reads_on(&self.pages[*other]));
        (find(&mut children[..at].iter().rev()), find(&mut children[at + 1..].iter()))
    }
}
