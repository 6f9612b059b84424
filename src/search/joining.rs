//! Stretches of a site become its index.
//!
//! In: stretches in the site's order, and the words that they have numbered. Out: words, terms and postings. Words are
//! sorted before they get their last numbers, and a term's words are joined in any order, so that the same pages give the
//! same index on any number of threads.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::index::{ByNumber, IndexedWord, Term};
use super::places::{Places, Word};
use super::postings::{OF_PAGE, OF_SECTION, Postings, added};
use super::stem::stem;
use super::stretch::Stretch;
use super::vocabulary::AllWords;

/// The part of an [`Index`](super::index::Index) that is about words; its fields are called alike.
#[derive(Default)]
pub(super) struct Joined {
    pub(super) places: ByNumber,
    pub(super) words: Vec<IndexedWord>,
    pub(super) unstemmed: usize,
    pub(super) terms: Vec<Term>,
    pub(super) numbers: BTreeMap<String, u32>,
}

/// Joins the words of stretches into terms and postings.
pub(super) fn join(stretches: &[Stretch], all: &AllWords) -> Joined {
    let mut index = Joined::default();
    let words = number_words(stretches, all, &mut index);
    number_terms(&mut index);
    let mut by_term: Vec<Vec<Word>> = vec![Vec::new(); index.numbers.len()];
    for (word, indexed) in words.into_iter().zip(&index.words) {
        by_term[indexed.term as usize].push(word);
    }
    let (mut pages, mut sections) = (Vec::new(), Vec::new());
    let (mut first_page, mut first_section) = (0, 0);
    for stretch in stretches {
        pages.push((first_page, &stretch.in_pages));
        sections.push((first_section, &stretch.in_sections));
        first_page += u32::try_from(stretch.pages.len()).unwrap_or(u32::MAX);
        first_section += u32::try_from(stretch.sections.len()).unwrap_or(u32::MAX);
    }
    let term = |words: &Vec<Word>| Term {
        pages: joined(&pages, words, OF_PAGE),
        sections: joined(&sections, words, OF_SECTION),
    };
    index.terms = by_term.par_iter().map(term).collect();
    index
}

/// Where the words of one term stand in all stretches; with each stands its first page or section.
fn joined<const USUAL: u8, const FIELDS: usize>(
    stretches: &[(u32, &Places)],
    words: &[Word],
    bits: [u32; FIELDS],
) -> Postings<USUAL> {
    let places = || stretches.iter().flat_map(|(_, places)| words.iter().map(|word| places.of(*word).len()));
    let mut all = Postings::with_room(places().sum());
    let mut met = Vec::new();
    for (first, places) in stretches {
        if let [word] = words {
            places.of(*word).iter().for_each(|entry| all.push(first + entry.at(), entry.counts()));
            continue;
        }
        met.clear();
        words.iter().for_each(|word| met.extend_from_slice(places.of(*word)));
        met.sort();
        for same in met.chunk_by(|one, other| one.at() == other.at()) {
            let counts = same.iter().map(|entry| entry.counts());
            all.push(first + same[0].at(), counts.reduce(|sum, more| added(sum, more, bits)).unwrap_or(USUAL));
        }
    }
    all.shrink_to_fit();
    all
}

/// Sorts the words of all documents into the index, those of English first, and says which they were.
fn number_words(stretches: &[Stretch], all: &AllWords, index: &mut Joined) -> Vec<Word> {
    let mut words = Vec::new();
    index.places.english = enter(stretches, true, all, index, &mut words);
    index.unstemmed = index.words.len();
    index.places.others = enter(stretches, false, all, index, &mut words);
    words
}

/// Gives an index the words of English or of all others that are written at all, sorted, and says where each went.
fn enter(
    stretches: &[Stretch],
    english: bool,
    all: &AllWords,
    index: &mut Joined,
    entered: &mut Vec<Word>,
) -> Vec<u32> {
    let total = |word| -> u32 { stretches.iter().map(|stretch| stretch.total(word)).sum() };
    let (met, mut sorted) = all.with(|words| {
        let counted = words.iter().zip(0..).map(|(word, number)| (word, number, total(Word::new(number, english))));
        let written = counted.filter(|(_, _, total)| *total > 0);
        (words.len(), written.map(|(word, number, total)| (word.to_owned(), number, total)).collect::<Vec<_>>())
    });
    sorted.par_sort_unstable();
    let mut places = vec![0; met];
    for (text, number, total) in sorted {
        places[number as usize] = u32::try_from(index.words.len()).unwrap_or(u32::MAX);
        let frequency = u8::try_from(u32::BITS - total.leading_zeros()).unwrap_or(u8::MAX);
        index.words.push(IndexedWord { text, term: 0, frequency });
        entered.push(Word::new(number, english));
    }
    places
}

/// A term is a stem, or a word of a language that is not stemmed.
fn number_terms(index: &mut Joined) {
    let (english, others) = index.words.split_at(index.unstemmed);
    let mut terms: Vec<String> = english.par_iter().map(|word| stem(&word.text).into_owned()).collect();
    terms.extend(others.iter().map(|word| word.text.clone()));
    let sorted: BTreeSet<&str> = terms.iter().map(String::as_str).collect();
    index.numbers = sorted.into_iter().map(str::to_owned).zip(0..).collect();
    for (word, term) in index.words.iter_mut().zip(&terms) {
        word.term = index.numbers[term];
    }
}
