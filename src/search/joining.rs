//! Analyses of single documents become the index of a site.
//!
//! In: analyses in the site's order. Out: words, terms and postings. Chunks of documents are joined in parallel, then the
//! chunks in order; words are sorted before they get their last numbers, so that the same pages give the same index on
//! any number of threads.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::analysis::{Analysis, Place};
use super::index::{Index, IndexedDocument, IndexedWord, Term, code_of_length};
use super::stem::stem;
use super::symbols::Symbol;
use super::vocabulary::Vocabulary;

/// Documents joined at a time: enough that most words of one are known from another.
const CHUNK: usize = 256;
/// Documents whose counts are held at a time.
const BATCH: usize = 1024;

/// Gives an index its words, documents, terms and postings. It has pages and sections already, without lengths.
pub(super) fn join(analyses: Vec<Arc<Analysis>>, index: &mut Index) {
    let chunks: Vec<Chunk> = analyses.par_chunks(CHUNK).map(Chunk::new).collect();
    let places = number_words(&chunks, index);
    let numbers = chunks.into_iter().zip(&places).flat_map(|(chunk, places)| {
        chunk.documents.into_iter().map(move |(english, numbers)| {
            let places = &places[usize::from(!english)];
            numbers.iter().map(|number| places[*number as usize]).collect()
        })
    });
    index.documents =
        analyses.into_iter().zip(numbers).map(|(analysis, words)| IndexedDocument { analysis, words }).collect();
    index.terms = vec![Term::default(); index.numbers.len()];
    let documents = std::mem::take(&mut index.documents);
    let mut next = (0, 0);
    for batch in documents.chunks(BATCH) {
        let counted: Vec<Counted> = batch.par_iter().map(|document| count(document, &index.words)).collect();
        for document in counted {
            next = post(document, next, index);
        }
    }
    index.documents = documents;
}

/// The words of some documents.
struct Chunk {
    /// Those of English documents, then those of others.
    vocabularies: [Vocabulary; 2],
    /// How often each is written.
    totals: [Vec<u32>; 2],
    /// Whether a document is English, and the numbers its words have here.
    documents: Vec<(bool, Vec<u32>)>,
}

impl Chunk {
    fn new(analyses: &[Arc<Analysis>]) -> Self {
        let mut chunk = Self { vocabularies: Default::default(), totals: Default::default(), documents: Vec::new() };
        for analysis in analyses {
            let language = usize::from(!analysis.english);
            let (vocabulary, totals) = (&mut chunk.vocabularies[language], &mut chunk.totals[language]);
            let numbers: Vec<u32> = analysis.words.iter().map(|word| vocabulary.number(word)).collect();
            totals.resize(vocabulary.words().len(), 0);
            for (_, symbol) in analysis.symbols() {
                if let Symbol::Word(number, _) = symbol {
                    totals[numbers[number as usize] as usize] += 1;
                }
            }
            chunk.documents.push((analysis.english, numbers));
        }
        chunk
    }
}

/// Sorts the words of all chunks into the index, gives them their terms, and says where each chunk's words went.
fn number_words(chunks: &[Chunk], index: &mut Index) -> Vec<[Vec<u32>; 2]> {
    let mut places = vec![[Vec::new(), Vec::new()]; chunks.len()];
    for language in [0, 1] {
        let mut all = Vocabulary::default();
        let mut totals: Vec<u32> = Vec::new();
        for (chunk, places) in chunks.iter().zip(&mut places) {
            let vocabulary = &chunk.vocabularies[language];
            places[language] = vocabulary.words().iter().map(|word| all.number(word)).collect();
            totals.resize(all.words().len(), 0);
            for (number, total) in places[language].iter().zip(&chunk.totals[language]) {
                totals[*number as usize] += total;
            }
        }
        let mut sorted: Vec<(&str, u32)> = all.words().iter().zip(0..).collect();
        sorted.par_sort_unstable();
        let first = index.words.len();
        let mut place_of = vec![0; sorted.len()];
        for (place, (word, number)) in (first..).zip(sorted) {
            place_of[number as usize] = u32::try_from(place).unwrap_or(u32::MAX);
            let digits = 32 - totals[number as usize].leading_zeros();
            let frequency = u8::try_from(digits).unwrap_or(32);
            index.words.push(IndexedWord { text: word.to_owned(), term: 0, frequency });
        }
        for places in &mut places {
            places[language].iter_mut().for_each(|number| *number = place_of[*number as usize]);
        }
        if language == 0 {
            index.unstemmed = index.words.len();
        }
    }
    number_terms(index);
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

/// Where the words of one document stand, by term.
struct Counted {
    page: Vec<(u32, [u32; 3])>,
    page_lengths: [u32; 3],
    sections: Vec<CountedSection>,
}

#[derive(Default)]
struct CountedSection {
    terms: Vec<(u32, [u32; 2])>,
    lengths: [u32; 2],
}

fn count(document: &IndexedDocument, words: &[IndexedWord]) -> Counted {
    let terms: Vec<u32> = document.words.iter().map(|place| words[*place as usize].term).collect();
    let mut counted = Counted { page: Vec::new(), page_lengths: [0; 3], sections: Vec::new() };
    for (place, symbol) in document.analysis.symbols() {
        if let Place::Heading(section) = place
            && section == counted.sections.len()
        {
            counted.sections.push(CountedSection::default());
        }
        let Symbol::Word(number, _) = symbol else { continue };
        let term = terms[number as usize];
        match (place, counted.sections.last_mut()) {
            (Place::Page(field), _) => {
                counted.page.push((term, std::array::from_fn(|at| u32::from(at == field))));
                counted.page_lengths[field] += 1;
            }
            (Place::Heading(_), Some(section)) => section.add(term, 0),
            (Place::Text(_), Some(section)) => section.add(term, 1),
            _ => {}
        }
    }
    sum(&mut counted.page);
    counted.sections.iter_mut().for_each(|section| sum(&mut section.terms));
    counted
}

impl CountedSection {
    fn add(&mut self, term: u32, field: usize) {
        self.terms.push((term, [u32::from(field == 0), u32::from(field == 1)]));
        self.lengths[field] += 1;
    }
}

/// Sorts counts by term and adds up those of one term.
fn sum<const N: usize>(counts: &mut Vec<(u32, [u32; N])>) {
    counts.sort_unstable_by_key(|(term, _)| *term);
    counts.dedup_by(|later, kept| {
        let same = later.0 == kept.0;
        if same {
            kept.1.iter_mut().zip(later.1).for_each(|(sum, count)| *sum += count);
        }
        same
    });
    counts.shrink_to_fit();
}

/// Enters a document into the postings. `page` and `section` are its first; the next document's are returned.
fn post(document: Counted, (page, section): (usize, usize), index: &mut Index) -> (usize, usize) {
    let number = u32::try_from(page).unwrap_or(u32::MAX);
    let byte = |count: u32, most: u8| u8::try_from(count).unwrap_or(u8::MAX).min(most);
    index.pages[page].lengths = document.page_lengths.map(|length| byte(length, u8::MAX));
    for (term, counts) in document.page {
        let [title, summary, keywords] = counts.map(|count| byte(count, 3));
        index.terms[term as usize].pages.push(number, title | summary << 2 | keywords << 4);
    }
    let next = section + document.sections.len();
    for (section, counted) in (section..).zip(document.sections) {
        let [heading, text] = counted.lengths;
        index.sections[section].heading_length = byte(heading, u8::MAX);
        index.sections[section].length = code_of_length(text);
        let number = u32::try_from(section).unwrap_or(u32::MAX);
        for (term, [heading, text]) in counted.terms {
            index.terms[term as usize].sections.push(number, byte(heading, 3) | byte(text, 63) << 2);
        }
    }
    (page + 1, next)
}
