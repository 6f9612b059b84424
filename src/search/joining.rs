//! Analyses of single documents become the index of a site.
//!
//! In: analyses in the site's order, and the words they have the numbers of. Out: words, terms and postings. Stretches of
//! documents are counted in parallel and their postings joined in order; words are sorted before they get their last
//! numbers, so that the same pages give the same index on any number of threads.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::analysis::{Analysis, Place};
use super::index::{ByNumber, Index, IndexedWord, Term, code_of_length};
use super::postings::Postings;
use super::stem::stem;
use super::symbols::Symbol;
use super::vocabulary::{AllWords, Words};

/// Into how many stretches documents are divided at most. Each has a list for every term, which takes memory.
const STRETCHES: usize = 16;

/// Gives an index its words, documents, terms and postings. It has pages and sections already, without lengths.
pub(super) fn join(documents: Vec<Arc<Analysis>>, all: &AllWords, index: &mut Index) {
    let stretches = STRETCHES.min(2 * rayon::current_num_threads());
    let length = documents.len().div_ceil(stretches).max(1);
    number_words(&documents, length, all, index);
    number_terms(index);
    let terms = index.places.map(|place| index.words.get(place as usize).map_or(0, |word| word.term));
    let (pages, count) = (&index.pages, index.numbers.len());
    let stretch = |(at, documents): (usize, &[Arc<Analysis>])| {
        let page = at * length;
        Stretch::of(documents, (page, pages[page].first_section as usize), &terms, count)
    };
    let stretches: Vec<Stretch> = documents.par_chunks(length).enumerate().map(stretch).collect();
    let term = |term: usize| Term {
        pages: Postings::joined(stretches.iter().map(|stretch| &stretch.terms[term].pages)),
        sections: Postings::joined(stretches.iter().map(|stretch| &stretch.terms[term].sections)),
    };
    index.terms = (0..count).into_par_iter().map(term).collect();
    for (page, lengths) in index.pages.iter_mut().zip(stretches.iter().flat_map(|stretch| &stretch.pages)) {
        page.lengths = *lengths;
    }
    for (section, lengths) in index.sections.iter_mut().zip(stretches.iter().flat_map(|stretch| &stretch.sections)) {
        [section.heading_length, section.length] = *lengths;
    }
    index.documents = documents;
}

/// Sorts the words of all documents into the index, and says where each went.
fn number_words(documents: &[Arc<Analysis>], length: usize, all: &AllWords, index: &mut Index) {
    let met = all.with(Words::len);
    let totals = documents
        .par_chunks(length)
        .map(|documents| totals(documents, met))
        .reduce(|| ByNumber::new(met), |sum, more| sum.plus(&more));
    index.places.english = enter(&totals.english, all, index);
    index.unstemmed = index.words.len();
    index.places.others = enter(&totals.others, all, index);
}

/// How often each word is written.
fn totals(documents: &[Arc<Analysis>], met: usize) -> ByNumber {
    let mut totals = ByNumber::new(met);
    for document in documents {
        let totals = totals.of_mut(document);
        document.numbers().for_each(|number| totals[number as usize] += 1);
    }
    totals
}

/// Gives an index the words of one language that are written at all, sorted, and says where each went.
fn enter(totals: &[u32], all: &AllWords, index: &mut Index) -> Vec<u32> {
    let mut sorted: Vec<(String, usize)> = all.with(|words| {
        let written = words.iter().enumerate().filter(|(number, _)| totals[*number] > 0);
        written.map(|(number, word)| (word.to_owned(), number)).collect()
    });
    sorted.par_sort_unstable();
    let mut places = vec![0; totals.len()];
    for (text, number) in sorted {
        places[number] = u32::try_from(index.words.len()).unwrap_or(u32::MAX);
        let digits = 32 - totals[number].leading_zeros();
        let frequency = u8::try_from(digits).unwrap_or(32);
        index.words.push(IndexedWord { text, term: 0, frequency });
    }
    places
}

/// A term is a stem, or a word of a language that is not stemmed.
fn number_terms(index: &mut Index) {
    let (english, others) = index.words.split_at(index.unstemmed);
    let mut terms: Vec<String> = english.par_iter().map(|word| stem(&word.text).into_owned()).collect();
    terms.extend(others.iter().map(|word| word.text.clone()));
    let sorted: BTreeSet<&str> = terms.iter().map(String::as_str).collect();
    index.numbers = sorted.into_iter().map(str::to_owned).zip(0..).collect();
    for (word, term) in index.words.iter_mut().zip(&terms) {
        word.term = index.numbers[term];
    }
}

/// What stands in some documents that follow each other.
struct Stretch {
    /// Where each term stands, by number.
    terms: Vec<Term>,
    /// Words of title, summary and keywords.
    pages: Vec<[u8; 3]>,
    /// Words of heading and text, as the index keeps them.
    sections: Vec<[u8; 2]>,
}

impl Stretch {
    /// Of documents whose first page and section have these numbers; `terms` are those of words, `count` is how many
    /// there are.
    fn of(documents: &[Arc<Analysis>], (page, section): (usize, usize), terms: &ByNumber, count: usize) -> Self {
        let mut stretch = Self { terms: vec![Term::default(); count], pages: Vec::new(), sections: Vec::new() };
        let (mut of_page, mut of_section) = (Counts::new(count), Counts::new(count));
        for document in documents {
            let terms = terms.of(document);
            for (place, symbol) in document.symbols() {
                match (place, symbol) {
                    (Place::Page(field), Symbol::Word(number, _)) => of_page.add(terms[number as usize], field),
                    (Place::Heading(_), Symbol::Word(number, _)) => of_section.add(terms[number as usize], 0),
                    (Place::Text(_), Symbol::Word(number, _)) => of_section.add(terms[number as usize], 1),
                    (Place::Text(_), Symbol::End) => stretch.post_section(section, &mut of_section),
                    _ => {}
                }
            }
            stretch.post_page(page, &mut of_page);
        }
        stretch
    }

    /// Enters a page after those that are there; `first` is the number of the first.
    fn post_page(&mut self, first: usize, counts: &mut Counts<3>) {
        let number = u32::try_from(first + self.pages.len()).unwrap_or(u32::MAX);
        self.pages.push(counts.lengths.map(|length| byte(length, u8::MAX)));
        counts.take(|term, counts| {
            let [title, summary, keywords] = counts.map(|count| byte(count, 3));
            self.terms[term as usize].pages.push(number, title | summary << 2 | keywords << 4);
        });
    }

    /// The same for a section.
    fn post_section(&mut self, first: usize, counts: &mut Counts<2>) {
        let number = u32::try_from(first + self.sections.len()).unwrap_or(u32::MAX);
        let [heading, text] = counts.lengths;
        self.sections.push([byte(heading, u8::MAX), code_of_length(text)]);
        counts.take(|term, [heading, text]| {
            self.terms[term as usize].sections.push(number, byte(heading, 3) | byte(text, 63) << 2);
        });
    }
}

fn byte(count: u32, most: u8) -> u8 {
    u8::try_from(count).unwrap_or(u8::MAX).min(most)
}

/// How often each term stands in the fields of one page or section.
struct Counts<const FIELDS: usize> {
    /// Terms met, in any order.
    met: Vec<(u32, [u32; FIELDS])>,
    /// Where a term stands among them.
    slots: Vec<u32>,
    /// Words of each field.
    lengths: [u32; FIELDS],
}

impl<const FIELDS: usize> Counts<FIELDS> {
    /// The slot of a term that was not met.
    const NONE: u32 = u32::MAX;

    fn new(terms: usize) -> Self {
        Self { met: Vec::new(), slots: vec![Self::NONE; terms], lengths: [0; FIELDS] }
    }

    fn add(&mut self, term: u32, field: usize) {
        let slot = &mut self.slots[term as usize];
        if *slot == Self::NONE {
            *slot = u32::try_from(self.met.len()).unwrap_or(Self::NONE);
            self.met.push((term, [0; FIELDS]));
        }
        self.met[*slot as usize].1[field] += 1;
        self.lengths[field] += 1;
    }

    /// Hands everything over and starts again with nothing.
    fn take(&mut self, mut each: impl FnMut(u32, [u32; FIELDS])) {
        for (term, counts) in self.met.drain(..) {
            self.slots[term as usize] = Self::NONE;
            each(term, counts);
        }
        self.lengths = [0; FIELDS];
    }
}
