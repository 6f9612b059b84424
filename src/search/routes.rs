//! Reporting routes and the words that call for them.
//!
//! In: pages of kind `route` with `show_for`. Out: [`RouteWords`]. What stays true: a word of danger shows its route
//! wherever in the query it stands and however it is spelt, and moves no result.

use std::collections::BTreeSet;

use super::correction::{distance, edits_for};
use super::fields::SHOW_FOR;
use super::index::Index;
use super::query::{is_known, is_small, tokens};
use super::stem::stem;
use crate::content::FieldValue;
use crate::site::{Page, PageId, Site};
use crate::text::fold::fold_word;
use crate::text::words::words;

/// How near the danger is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Now: the emergency number comes first.
    Immediate,
    /// A worry.
    Concern,
}

impl Level {
    /// The word browsers and programs get.
    pub fn word(self) -> &'static str {
        match self {
            Self::Immediate => "immediate",
            Self::Concern => "concern",
        }
    }
}

/// A number to call.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// Who answers.
    pub name: String,
    /// The number as printed.
    pub text: String,
    /// `tel:…`
    pub href: String,
}

/// A reporting route.
#[derive(Clone, Debug, PartialEq)]
pub struct RouteWords {
    /// `worried-about-a-child`
    pub id: String,
    /// Its title.
    pub title: String,
    /// From the site's root.
    pub url: String,
    /// For danger now.
    pub emergency: Option<Call>,
    /// In the daytime.
    pub phone: Option<Call>,
    /// Phrases of folded words.
    pub immediate: Vec<Vec<String>>,
    /// Phrases of folded words.
    pub concern: Vec<Vec<String>>,
}

impl RouteWords {
    /// All its phrases.
    pub fn phrases(&self) -> impl Iterator<Item = &Vec<String>> {
        self.immediate.iter().chain(&self.concern)
    }
}

/// The routes of a site: those it shows everywhere in its order, then the others.
pub(super) fn of(site: &Site) -> Vec<RouteWords> {
    let shown: Vec<PageId> = site.routes.iter().map(|route| route.page).collect();
    let others = (0..site.pages.len()).filter(|page| !shown.contains(page));
    shown.iter().copied().chain(others).filter_map(|page| route(site, page)).collect()
}

fn route(site: &Site, id: PageId) -> Option<RouteWords> {
    let page = &site.pages[id];
    let entry = &*page.entry;
    if page.withdrawn {
        return None;
    }
    let FieldValue::Record(show_for) = entry.field(SHOW_FOR)? else { return None };
    let phrases = |level: Level| match show_for.iter().find(|(name, _)| name == level.word()) {
        Some((_, FieldValue::List(items))) => items.iter().filter_map(phrase).collect(),
        _ => Vec::new(),
    };
    Some(RouteWords {
        id: entry.document.stem().to_owned(),
        title: entry.title.clone(),
        url: page.address.clone(),
        emergency: call(site, entry.field("emergency")),
        phone: daytime(site, page),
        immediate: phrases(Level::Immediate),
        concern: phrases(Level::Concern),
    })
}

fn phrase(item: &FieldValue) -> Option<Vec<String>> {
    let FieldValue::Text(text) = item else { return None };
    let folded: Vec<String> =
        words(text).map(|word| fold_word(word.text).into_owned()).filter(|word| !word.is_empty()).collect();
    (!folded.is_empty()).then_some(folded)
}

fn daytime(site: &Site, page: &Page) -> Option<Call> {
    let FieldValue::Record(parts) = page.entry.field("daytime")? else { return None };
    call(site, parts.iter().find(|(name, _)| name == "contact").map(|(_, contact)| contact))
}

fn call(site: &Site, contact: Option<&FieldValue>) -> Option<Call> {
    let FieldValue::Contact(reference) = contact? else { return None };
    let contact = site.input.records.contacts.get(reference.text.as_str())?;
    let phone = contact.phone.as_ref()?;
    Some(Call { name: contact.name.clone(), text: phone.printed.clone(), href: format!("tel:{}", phone.dial) })
}

/// A route that a query calls for.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown<'a> {
    /// The route.
    pub route: &'a RouteWords,
    /// How near the danger is.
    pub level: Level,
}

/// The routes a query calls for: those for danger now first.
pub(super) fn routes_for<'a>(index: &'a Index, text: &str) -> Vec<Shown<'a>> {
    let said = Said::new(index, text);
    let level = |route: &RouteWords| {
        let calls = |phrases: &[Vec<String>]| phrases.iter().any(|phrase| said.calls(phrase));
        if calls(&route.immediate) { Some(Level::Immediate) } else { calls(&route.concern).then_some(Level::Concern) }
    };
    let mut shown: Vec<Shown<'_>> =
        index.routes.iter().filter_map(|route| Some(Shown { route, level: level(route)? })).collect();
    shown.sort_by_key(|shown| shown.level);
    shown
}

/// What a query may mean: its stems, single words that mean the same as a part of it, and words nobody wrote.
struct Said {
    stems: BTreeSet<String>,
    unknown: Vec<String>,
}

impl Said {
    fn new(index: &Index, text: &str) -> Self {
        let words: Vec<String> = tokens(text).into_iter().map(|token| token.word).collect();
        let own: Vec<String> = words.iter().map(|word| stem(word).into_owned()).collect();
        let mut stems: BTreeSet<String> = own.iter().cloned().collect();
        for at in 0..own.len() {
            for length in 1..=index.synonyms.longest().min(own.len() - at) {
                let groups = index.synonyms.groups_of(&own[at..at + length].join(" "));
                let phrases = groups.iter().flat_map(|group| &index.synonyms.groups[*group]);
                stems.extend(phrases.filter(|phrase| phrase.len() == 1).map(|phrase| stem(&phrase[0]).into_owned()));
            }
        }
        let unknown = words.into_iter().filter(|word| !is_known(index, word) && !is_small(word)).collect();
        Self { stems, unknown }
    }

    /// Whether all telling words of a phrase were said, perhaps misspelt.
    fn calls(&self, phrase: &[String]) -> bool {
        let any_telling = phrase.iter().any(|word| !is_small(word));
        phrase
            .iter()
            .filter(|word| !any_telling || !is_small(word))
            .all(|word| self.stems.contains(&*stem(word)) || self.unknown.iter().any(|other| is_near(other, word)))
    }
}

fn is_near(typed: &str, word: &str) -> bool {
    let most = edits_for(word);
    typed.chars().next() == word.chars().next() && distance(typed, word, most) <= most
}
