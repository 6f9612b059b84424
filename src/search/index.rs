//! The index of one site.
//!
//! In: documents. Out: an [`Index`]: every word with its term, and for each term the pages and sections that hold it.
//! Documents are divided into words in parallel, each with numbers of its own; joining goes in the site's order, so the
//! same pages give the same index on any number of threads.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;

use super::document::{Document, documents};
use super::routes::RouteWords;
use super::stem::stem;
use super::synonyms::Synonyms;
use crate::config::kind::ListStyle;
use crate::config::vocabulary::Audience;
use crate::site::{Site, date};
use crate::text::fold::fold_word;
use crate::text::words::words;

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
}

/// What a site is searched by.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// In the site's order.
    pub pages: Vec<IndexedPage>,
    /// In the order of pages and of their text.
    pub sections: Vec<IndexedSection>,
    /// Words as folded, those of stemmed languages first, each part sorted.
    pub words: Vec<IndexedWord>,
    /// Where the words of other languages begin.
    pub unstemmed: usize,
    /// By number; the numbers follow the sorted stems.
    pub terms: Vec<Term>,
    /// The number of each stem.
    pub numbers: BTreeMap<String, u32>,
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
    /// Its summary.
    pub summary: String,
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

/// One section.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct IndexedSection {
    /// Its page.
    pub page: u32,
    /// Empty before the first heading.
    pub heading: String,
    /// Empty where there is none.
    pub anchor: String,
    /// Plain text.
    pub text: String,
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

/// Where a term stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Term {
    /// Page, and how often it stands in title, summary and keywords, at most 3 each.
    pub pages: Vec<(u32, [u8; 3])>,
    /// Section, and how often it stands in heading (at most 3) and text (at most 63).
    pub sections: Vec<(u32, [u8; 2])>,
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

/// Builds the index of a site.
pub fn index(site: &Site) -> Index {
    let documents = documents(site);
    let mut index = Index { synonyms: Synonyms::of(site), ..Index::default() };
    describe(site, &documents, &mut index);
    let counted: Vec<Counted> = documents.par_iter().map(count).collect();
    join(&counted, &documents, &mut index);
    drop(counted);
    let texts = documents.into_iter().flat_map(|document| document.sections);
    for (section, written) in index.sections.iter_mut().zip(texts) {
        section.heading = written.heading;
        section.anchor = written.anchor;
        section.text = written.text;
    }
    index.routes = super::routes::of(site);
    index.synonyms.keep_known(&index.numbers, &index.routes);
    index
}

/// Everything about pages but their words.
fn describe(site: &Site, documents: &[Document], index: &mut Index) {
    let places: HashMap<usize, u32> = documents.iter().map(|document| document.page).zip(0..).collect();
    let kinds: BTreeSet<(&str, &str)> = documents
        .iter()
        .map(|document| &site.pages[document.page].entry.kind)
        .map(|kind| (kind.name.as_str(), kind.label.as_str()))
        .collect();
    index.kinds = kinds.iter().map(|(name, label)| ((*name).to_owned(), (*label).to_owned())).collect();
    for (at, document) in (0..).zip(documents) {
        let page = &site.pages[document.page];
        let parent = std::iter::successors(page.parent, |parent| site.pages[*parent].parent)
            .filter(|parent| *parent != 0)
            .find_map(|parent| places.get(&parent));
        let audience = page.entry.front.audience.iter().flatten().fold(0, |bits, audience| {
            bits | 1 << Audience::WORDS.iter().position(|(_, word)| word == audience).unwrap_or(0)
        });
        let kind = index
            .kinds
            .iter()
            .position(|(name, _)| *name == page.entry.kind.name)
            .and_then(|kind| u8::try_from(kind).ok());
        index.pages.push(IndexedPage {
            url: page.address.clone(),
            title: one_line(&document.title),
            summary: one_line(&document.summary),
            parent: parent.copied(),
            kind: kind.unwrap_or(0),
            audience,
            prior: prior(site, document.page),
            withdrawn: page.withdrawn,
            lengths: [0; 3],
            first_section: u32::try_from(index.sections.len()).unwrap_or(u32::MAX),
        });
        index
            .sections
            .extend(document.sections.iter().map(|_| IndexedSection { page: at, ..IndexedSection::default() }));
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
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

/// The words of one document, with numbers of its own.
struct Counted {
    english: bool,
    words: Vec<String>,
    /// How often each word is written anywhere.
    total: Vec<u32>,
    /// Word and counts in title, summary, keywords.
    page: Vec<(u32, [u32; 3])>,
    /// Per section: word and counts in heading and text.
    sections: Vec<Vec<(u32, [u32; 2])>>,
    page_lengths: [u32; 3],
    section_lengths: Vec<[u32; 2]>,
}

fn count(document: &Document) -> Counted {
    let mut counter = Counter::default();
    let fields = [&document.title, &document.summary, &document.keywords];
    let mut page: BTreeMap<u32, [u32; 3]> = BTreeMap::new();
    let mut page_lengths = [0; 3];
    for (field, text) in fields.into_iter().enumerate() {
        page_lengths[field] = counter.count(text, |word| page.entry(word).or_default()[field] += 1);
    }
    let mut sections = Vec::new();
    let mut section_lengths = Vec::new();
    for section in &document.sections {
        let mut found: HashMap<u32, [u32; 2]> = HashMap::new();
        let heading = counter.count(&section.heading, |word| found.entry(word).or_default()[0] += 1);
        let text = counter.count(&section.text, |word| found.entry(word).or_default()[1] += 1);
        let mut found: Vec<_> = found.into_iter().collect();
        found.sort_unstable_by_key(|(word, _)| *word);
        sections.push(found);
        section_lengths.push([heading, text]);
    }
    let mut words = vec![String::new(); counter.numbers.len()];
    #[allow(clippy::iter_over_hash_type, reason = "each word goes to its own number")]
    for (word, number) in counter.numbers {
        words[number as usize] = word;
    }
    Counted {
        english: document.english,
        words,
        total: counter.total,
        page: page.into_iter().collect(),
        sections,
        page_lengths,
        section_lengths,
    }
}

#[derive(Default)]
struct Counter {
    numbers: HashMap<String, u32>,
    total: Vec<u32>,
}

impl Counter {
    /// Hands each word of a text to `put`; gives how many there are.
    fn count(&mut self, text: &str, mut put: impl FnMut(u32)) -> u32 {
        let mut length = 0;
        for word in words(text) {
            let folded = fold_word(word.text);
            if folded.is_empty() {
                continue;
            }
            length += 1;
            let number = match self.numbers.get(&*folded) {
                Some(number) => *number,
                None => {
                    let number = u32::try_from(self.total.len()).unwrap_or(u32::MAX);
                    self.total.push(0);
                    self.numbers.insert(folded.into_owned(), number);
                    number
                }
            };
            self.total[number as usize] += 1;
            put(number);
        }
        length
    }
}

/// Joins the words of all documents.
fn join(counted: &[Counted], documents: &[Document], index: &mut Index) {
    let mut found: HashMap<(bool, &str), u32> = HashMap::new();
    for document in counted {
        for (word, total) in document.words.iter().zip(&document.total) {
            *found.entry((!document.english, word)).or_default() += total;
        }
    }
    let mut found: Vec<((bool, &str), u32)> = found.into_iter().collect();
    found.par_sort_unstable();
    index.unstemmed = found.partition_point(|((unstemmed, _), _)| !unstemmed);
    let stems: Vec<String> = found
        .par_iter()
        .map(|((unstemmed, word), _)| if *unstemmed { (*word).to_owned() } else { stem(word).into_owned() })
        .collect();
    let sorted: BTreeSet<&str> = stems.iter().map(String::as_str).collect();
    index.numbers = sorted.into_iter().map(str::to_owned).zip(0..).collect();
    index.words = found
        .iter()
        .zip(&stems)
        .map(|(((_, word), count), stem)| IndexedWord {
            text: (*word).to_owned(),
            term: index.numbers[stem],
            frequency: u8::try_from(32 - count.leading_zeros()).unwrap_or(32),
        })
        .collect();
    let terms: HashMap<(bool, &str), u32> =
        found.iter().zip(&index.words).map(|((key, _), word)| (*key, word.term)).collect();
    // Each document's words as terms; several words of it may be one term.
    let mapped: Vec<Vec<u32>> = counted
        .par_iter()
        .map(|document| document.words.iter().map(|word| terms[&(!document.english, word.as_str())]).collect())
        .collect();
    index.terms = vec![Term::default(); index.numbers.len()];
    let mut section = 0;
    for (page, (document, terms)) in counted.iter().zip(&mapped).enumerate() {
        let number = u32::try_from(page).unwrap_or(u32::MAX);
        index.pages[page].lengths = document.page_lengths.map(|length| u8::try_from(length).unwrap_or(u8::MAX));
        for (term, counts) in summed(&document.page, terms) {
            index.terms[term as usize]
                .pages
                .push((number, counts.map(|count| u8::try_from(count.min(3)).unwrap_or(3))));
        }
        for (found, [heading, text]) in document.sections.iter().zip(&document.section_lengths) {
            let at = &mut index.sections[section];
            at.heading_length = u8::try_from(*heading).unwrap_or(u8::MAX);
            at.length = code_of_length(*text);
            let number = u32::try_from(section).unwrap_or(u32::MAX);
            for (term, [heading, text]) in summed(found, terms) {
                let counts = [heading.min(3), text.min(63)].map(|count| u8::try_from(count).unwrap_or(63));
                index.terms[term as usize].sections.push((number, counts));
            }
            section += 1;
        }
    }
    debug_assert_eq!(section, documents.iter().map(|document| document.sections.len()).sum::<usize>());
}

/// Counts by term instead of by word, in order of terms.
fn summed<const N: usize>(found: &[(u32, [u32; N])], terms: &[u32]) -> Vec<(u32, [u32; N])> {
    let mut sums: Vec<(u32, [u32; N])> = found.iter().map(|(word, counts)| (terms[*word as usize], *counts)).collect();
    sums.sort_unstable_by_key(|(term, _)| *term);
    sums.dedup_by(|later, kept| {
        let same = later.0 == kept.0;
        if same {
            kept.1.iter_mut().zip(&later.1).for_each(|(sum, count)| *sum += count);
        }
        same
    });
    sums
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
