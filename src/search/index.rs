//! The index of one site.
//!
//! In: a resolved site. Out: an [`Index`]: every word with its term, and for each term the pages and sections that hold
//! it, all in the site's order.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::analysis::{Analyses, Analysis, SectionText};
use super::document::found;
use super::joining::{Joined, join};
use super::mending::lone_words;
use super::pages::described;
use super::routes::RouteWords;
use super::stretch::{Reading, Stretch};
use super::synonyms::Synonyms;
use super::terms::Terms;
use crate::site::{PageId, Site};

impl Index {
    /// The place of a word in [`Index::words`], English ones first.
    pub(super) fn place(&self, word: &str) -> Option<usize> {
        let (english, others) = self.words.split_at(self.unstemmed);
        let find = |words: &[IndexedWord]| words.binary_search_by(|other| other.text.as_str().cmp(word)).ok();
        find(english).or_else(|| find(others).map(|at| at + self.unstemmed))
    }

    /// Whether a word is one of a language that is not stemmed.
    pub(super) fn is_other_word(&self, word: &str) -> bool {
        self.words[self.unstemmed..].binary_search_by(|other| other.text.as_str().cmp(word)).is_ok()
    }

    /// The sections of a page.
    pub(super) fn sections_of(&self, page: usize) -> std::ops::Range<usize> {
        let end = self.pages.get(page + 1).map_or(self.sections.len(), |next| next.first_section as usize);
        self.pages[page].first_section as usize..end
    }

    /// The summary of a page and its sections as they are read.
    pub(super) fn read(&self, page: usize) -> (String, Vec<SectionText>) {
        let document = &self.documents[page];
        let places = self.places.of(document);
        document.read(|number| &self.words[places[number as usize] as usize].text)
    }
}

/// What a site is searched by.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// In the site's order.
    pub pages: Vec<IndexedPage>,
    /// What stands on each page, in the order of pages.
    pub(super) documents: Vec<Arc<Analysis>>,
    /// Where the words of documents stand in [`Index::words`].
    pub(super) places: ByNumber,
    /// In the order of pages and of their text.
    pub sections: Vec<IndexedSection>,
    /// Words as folded, those of stemmed languages first, each part sorted.
    pub words: Vec<IndexedWord>,
    /// Where the words of other languages begin.
    pub unstemmed: usize,
    /// By number; the numbers follow the sorted stems.
    pub terms: Terms,
    /// The number of each stem.
    pub numbers: BTreeMap<String, u32>,
    /// Languages of pages found, beside the site’s own.
    pub languages: Vec<String>,
    /// Kinds of pages found: id and label.
    pub kinds: Vec<(String, String)>,
    /// Phrases that mean the same.
    pub synonyms: Synonyms,
    /// Reporting routes and the words that call for them.
    pub routes: Vec<RouteWords>,
}

/// One page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct IndexedPage {
    /// From the site's root.
    pub url: String,
    /// Its title.
    pub title: String,
    /// In [`Index::languages`], from 1; 0 for the site’s own.
    pub language: u8,
    /// The page above, if search can find that too.
    pub parent: Option<u32>,
    /// In [`Index::kinds`].
    pub kind: u8,
    /// A bit for each of [`Audience::WORDS`].
    pub audience: u8,
    /// Weight in percent.
    pub prior: u8,
    /// Its text is gone.
    pub withdrawn: bool,
    /// Words of title, summary and keywords, at most 255 each.
    pub lengths: [u8; 3],
    /// Its first section; the next page's is the end.
    pub first_section: u32,
}

/// Something about each word, by the number that it has in analyses. A word of English and one of another language may
/// be written alike.
#[derive(Clone, Debug, Default)]
pub(super) struct ByNumber {
    /// Of English words.
    pub(super) english: Vec<u32>,
    /// Of the others.
    pub(super) others: Vec<u32>,
}

impl ByNumber {
    /// Of the words of a document.
    pub(super) fn of(&self, document: &Analysis) -> &[u32] {
        if document.english { &self.english } else { &self.others }
    }

    /// Made of this, word by word.
    pub(super) fn map(&self, each: impl Fn(u32) -> u32) -> Self {
        let all = |numbers: &[u32]| numbers.iter().map(|number| each(*number)).collect();
        Self { english: all(&self.english), others: all(&self.others) }
    }
}

/// One section.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct IndexedSection {
    /// Its page.
    pub page: u32,
    /// Words of its heading.
    pub heading_length: u8,
    /// Words of its text, as [`code_of_length`] keeps them.
    pub length: u8,
}

/// One word as written somewhere, folded.
#[derive(Clone, Debug, PartialEq)]
pub struct IndexedWord {
    /// The word.
    pub text: String,
    /// Its term.
    pub term: u32,
    /// How often it is written: the number of binary digits of the count.
    pub frequency: u8,
}

/// A length in one byte: exact below 16, then in steps of an eighth.
pub(super) fn code_of_length(length: u32) -> u8 {
    if length < 16 {
        return u8::try_from(length).unwrap_or(0);
    }
    let shift = 28 - length.leading_zeros();
    u8::try_from(16 + (shift - 1) * 8 + ((length >> shift) & 7)).unwrap_or(u8::MAX)
}

/// The length a byte stands for.
pub(super) fn length_of_code(code: u8) -> u32 {
    match u32::from(code) {
        code @ 0..16 => code,
        code => (8 + ((code - 16) & 7)) << (((code - 16) >> 3) + 1),
    }
}

/// Builds the index of a site. Texts that `analyses` has seen before are not read again.
pub fn index(site: &Site, analyses: &Analyses) -> Index {
    let found = found(site);
    let mut stretches = stretches(site, &found, analyses);
    let read = stretches.iter_mut().map(|stretch| std::mem::take(&mut stretch.read)).collect();
    let (joined, mut index) = rayon::join(|| join(&stretches, analyses.words()), || described(site, &found, read));
    let Joined { places, words, unstemmed, met, numbers } = joined;
    let terms = Terms::new(met, stretches);
    index = Index { places, words, unstemmed, terms, numbers, ..index };
    index.synonyms.keep_known(&index.numbers, &index.routes);
    index.synonyms.lone = lone_words(&index);
    index
}

/// Into how many stretches the pages of a site are divided at most. Each has numbers for every word, which take memory.
const STRETCHES: usize = 16;
const _: () = assert!(STRETCHES <= u32::BITS as usize, "`Terms` has a bit for each");

/// Reads pages on all threads. Each takes the next stretch when it has read one, and keeps the words it has met.
fn stretches<'a>(site: &'a Site, found: &[PageId], analyses: &'a Analyses) -> Vec<Stretch<'a>> {
    // More than there are threads: stretches are not equally long.
    let stretches = STRETCHES.min(4 * rayon::current_num_threads());
    let length = found.len().div_ceil(stretches).max(1);
    let (parts, next): (Vec<&[PageId]>, _) = (found.chunks(length).collect(), AtomicUsize::new(0));
    let read = rayon::broadcast(|_| {
        let mut reading = Reading::new(site, analyses);
        let mine = std::iter::from_fn(|| {
            let at = next.fetch_add(1, Ordering::Relaxed);
            Some((at, reading.stretch(parts.get(at)?)))
        });
        mine.collect::<Vec<_>>()
    });
    let mut stretches: Vec<(usize, Stretch)> = read.into_iter().flatten().collect();
    stretches.sort_by_key(|(at, _)| *at);
    stretches.into_iter().map(|(_, stretch)| stretch).collect()
}

#[cfg(test)]
mod tests {
    use super::{code_of_length, length_of_code};

    #[test]
    fn lengths_keep_their_order_and_are_never_far_off() {
        let mut last = 0;
        for length in 0..200_000 {
            let kept = length_of_code(code_of_length(length));
            assert!(kept <= length && kept * 9 + 8 >= length * 8, "{length} → {kept}");
            assert!(kept >= last);
            last = kept;
        }
    }
}
