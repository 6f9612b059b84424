//! Topics: subjects that pages share.
//!
//! In: placed pages. Out: topics by slug, each with its pages in reading order. The first spelling in reading order
//! names the topic.

use std::collections::BTreeMap;

use super::page::{Page, PageId};

/// One subject.
#[derive(Clone, Debug)]
pub struct Topic {
    /// `domestic-abuse`
    pub slug: String,
    /// `Domestic abuse`
    pub title: String,
    /// Its pages.
    pub pages: Vec<PageId>,
}

/// The topics of these pages, by slug.
pub(super) fn topics(pages: &[Page]) -> Vec<Topic> {
    let mut topics: BTreeMap<&str, Topic> = BTreeMap::new();
    for (id, page) in pages.iter().enumerate().filter(|(_, page)| page.is_listed() && !page.withdrawn) {
        for topic in page.entry.front.topics.iter().flatten() {
            let found = topics.entry(&topic.slug).or_insert_with(|| Topic {
                slug: topic.slug.clone(),
                title: readable(&topic.title),
                pages: Vec::new(),
            });
            found.pages.push(id);
        }
    }
    topics.into_values().collect()
}

/// A topic written as a slug (`domestic-abuse`) is shown as words.
fn readable(title: &str) -> String {
    if title.contains(' ') || title.chars().any(char::is_uppercase) {
        return title.to_owned();
    }
    let words = title.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
