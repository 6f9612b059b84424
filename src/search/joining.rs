//! Stretches of a site become its index.
//!
//! In: stretches in the site's order, and the words and terms that they have numbered. Out: the words and terms of all.
//! What stays true: both are sorted before they get their last numbers, so that the same pages give the same index on any
//! number of threads.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::index::{ByNumber, IndexedWord};
use super::reader::AllWords;
use super::stretch::Stretch;

/// The part of an [`Index`](super::index::Index) that is about words; its fields are called alike.
#[derive(Default)]
pub(super) struct Joined {
    pub(super) places: ByNumber,
    pub(super) words: Vec<IndexedWord>,
    pub(super) unstemmed: usize,
    /// Of each term in order, the number that it has in stretches.
    pub(super) met: Vec<u32>,
    pub(super) numbers: BTreeMap<String, u32>,
}

/// Joins the words of stretches.
pub(super) fn join(stretches: &[Stretch<'_>], all: &AllWords) -> Joined {
    let mut index = Joined::default();
    let mut terms = Vec::new();
    index.places.english = enter(stretches, true, all, &mut index.words, &mut terms);
    index.unstemmed = index.words.len();
    index.places.others = enter(stretches, false, all, &mut index.words, &mut terms);
    index.met = number_terms(terms, all, &mut index);
    index
}

/// Adds the words of English or of all other languages that are written at all, sorted, and the term of each; says where
/// each went.
fn enter(
    stretches: &[Stretch<'_>],
    english: bool,
    all: &AllWords,
    entered: &mut Vec<IndexedWord>,
    terms: &mut Vec<u32>,
) -> Vec<u32> {
    let total = |word| -> u32 { stretches.iter().map(|stretch| stretch.total(word, english)).sum() };
    let (met, mut sorted) = all.with(|words| {
        let counted = words.iter().zip(0..).map(|(word, number)| (word, number, total(number)));
        let written = counted.filter(|(_, _, total)| *total > 0);
        (words.len(), written.map(|(word, number, total)| (word.to_owned(), number, total)).collect::<Vec<_>>())
    });
    sorted.par_sort_unstable();
    let mut places = vec![0; met];
    for (text, number, total) in sorted {
        places[number as usize] = u32::try_from(entered.len()).unwrap_or(u32::MAX);
        let frequency = u8::try_from(u32::BITS - total.leading_zeros()).unwrap_or(u8::MAX);
        entered.push(IndexedWord { text, term: 0, frequency });
        terms.push(all.term(number, english));
    }
    places
}

/// Numbers the terms of all words, in the order of the words, by their text. Out: which term of all has which number.
fn number_terms(terms: Vec<u32>, all: &AllWords, index: &mut Joined) -> Vec<u32> {
    let mut met = terms.clone();
    met.sort_unstable();
    met.dedup();
    let mut sorted: Vec<(String, u32)> =
        all.with_terms(|texts| met.iter().map(|term| (texts.get(*term).to_owned(), *term)).collect());
    sorted.par_sort_unstable();
    let mut numbers = vec![0; met.last().map_or(0, |last| *last as usize + 1)];
    for (number, (_, term)) in (0..).zip(&sorted) {
        numbers[*term as usize] = number;
    }
    for (word, term) in index.words.iter_mut().zip(terms) {
        word.term = numbers[term as usize];
    }
    met = sorted.iter().map(|(_, term)| *term).collect();
    index.numbers = sorted.into_iter().map(|(text, _)| text).zip(0..).collect();
    met
}
