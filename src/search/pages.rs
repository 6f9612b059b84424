//! What an index says of pages beside their words.
//!
//! In: pages, while their text is read. Out: addresses, titles, kinds, audiences, languages, lengths. What stays true: of
//! a page that was read nothing is asked for again but where it hangs in the site, as it comes from memory slowly.

use std::collections::{BTreeSet, HashMap};
use std::iter::successors;
use std::sync::Arc;

use super::analysis::Analysis;
use super::index::{Index, IndexedPage, IndexedSection};
use super::synonyms::Synonyms;
use crate::config::kind::ListStyle;
use crate::config::vocabulary::Audience;
use crate::site::{PageId, Site, date};

/// A page that was read.
pub(super) struct ReadPage<'a> {
    /// What can be said of it without knowing the others.
    page: IndexedPage,
    document: Arc<Analysis>,
    /// Name and label.
    kind: (&'a str, &'a str),
    /// Where it is not the site's own.
    language: Option<&'a str>,
    above: Option<PageId>,
}

impl<'a> ReadPage<'a> {
    /// What an index says of a page with this title and with so many words in title, summary and keywords.
    pub(super) fn new(site: &'a Site, id: PageId, title: String, lengths: [u8; 3], document: Arc<Analysis>) -> Self {
        let page = &site.pages[id];
        let entry = &*page.entry;
        let audience = entry.front.audience.iter().flatten().fold(0, |bits, audience| {
            bits | 1 << Audience::WORDS.iter().position(|(_, word)| word == audience).unwrap_or(0)
        });
        let (url, prior, withdrawn) = (page.address.clone(), prior(site, id), page.withdrawn);
        Self {
            page: IndexedPage { url, title, audience, prior, withdrawn, lengths, ..IndexedPage::default() },
            document,
            kind: (&entry.kind.name, &entry.kind.label),
            language: entry.front.lang.as_deref().filter(|lang| !lang.eq_ignore_ascii_case(&site.edition.language)),
            above: page.parent,
        }
    }
}

/// Pages that follow each other.
#[derive(Default)]
pub(super) struct ReadPages<'a> {
    /// In the order of the site.
    pub(super) pages: Vec<ReadPage<'a>>,
    /// Words of heading and text of each of their sections, as an index keeps them.
    pub(super) sections: Vec<[u8; 2]>,
}

/// Everything of an index but what is about words.
pub(super) fn described(site: &Site, found: &[PageId], read: Vec<ReadPages<'_>>) -> Index {
    let mut index = Index { synonyms: Synonyms::of(site), routes: super::routes::of(site), ..Index::default() };
    let places: HashMap<PageId, u32> = found.iter().copied().zip(0..).collect();
    let all = || read.iter().flat_map(|read| &read.pages);
    let kinds: Vec<(&str, &str)> = all().map(|page| page.kind).collect::<BTreeSet<_>>().into_iter().collect();
    let languages: Vec<&str> = all().filter_map(|page| page.language).collect::<BTreeSet<_>>().into_iter().collect();
    index.languages = languages.iter().map(|lang| (*lang).to_owned()).collect();
    index.kinds = kinds.iter().map(|(name, label)| ((*name).to_owned(), (*label).to_owned())).collect();
    let mut at = 0;
    for ReadPages { pages, sections } in read {
        let mut sections = sections.into_iter();
        for read in pages {
            // What is above all pages is above none in particular.
            let mut above = successors(read.above, |above| site.pages[*above].parent).filter(|above| *above != 0);
            let language = read.language.and_then(|lang| languages.binary_search(&lang).ok());
            let of_page = sections.by_ref().take(read.document.sections);
            let first_section = u32::try_from(index.sections.len()).unwrap_or(u32::MAX);
            index.sections.extend(of_page.map(|[heading_length, length]| IndexedSection {
                page: at,
                heading_length,
                length,
            }));
            index.pages.push(IndexedPage {
                parent: above.find_map(|above| places.get(&above).copied()),
                kind: kinds.binary_search(&read.kind).map_or(0, number),
                language: language.map_or(0, |at| number(at + 1)),
                first_section,
                ..read.page
            });
            index.documents.push(read.document);
            at += 1;
        }
    }
    index
}

/// As an index keeps it; what has no number of its own is the first.
fn number(at: usize) -> u8 {
    u8::try_from(at).unwrap_or(0)
}

/// Reporting routes before guides, guides before lists of them and before news, which loses weight with age.
fn prior(site: &Site, page: usize) -> u8 {
    let entry = &site.pages[page].entry;
    let kind = match entry.kind.list {
        ListStyle::Routes => 115.0,
        ListStyle::Dated => match date(entry).map_or(0, |day| day.days_until(site.edition.date)) {
            ..=60 => 85.0,
            61..=365 => 75.0,
            _ => 65.0,
        },
        _ if site.pages[page].generated.is_some() => 85.0,
        _ if entry.is_section => 95.0,
        _ => 100.0,
    };
    let boost = entry.front.search.as_ref().and_then(|search| search.boost).unwrap_or(1.0);
    let weight = (kind * boost).clamp(1.0, 255.0);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a byte")]
    {
        weight as u8
    }
}
