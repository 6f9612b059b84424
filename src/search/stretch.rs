//! Some pages of a site that follow each other, read and counted on one thread.
//!
//! In: pages. Out: their analyses, and for each word that they have, where it stands. Pages and sections are numbered from
//! the first of the stretch; words as in the analyses, so that nothing has to be known of any other stretch.

use std::sync::Arc;

use super::analysis::{Analyses, Analysis, Place};
use super::document::document;
use super::index::code_of_length;
use super::postings::{OF_PAGE, OF_SECTION, packed};
use super::vocabulary::Reader;
use crate::site::{PageId, Site};

/// What stands on some pages that follow each other.
pub(super) struct Stretch {
    /// In the order of the site.
    pub(super) pages: Vec<ReadPage>,
    /// Words of heading and text of each section, as the index keeps them.
    pub(super) sections: Vec<[u8; 2]>,
    /// How often each word is written.
    pub(super) totals: Vec<u32>,
    /// Pages that have a word in title, summary or keywords.
    pub(super) in_pages: Places,
    /// Sections that have it in heading or text.
    pub(super) in_sections: Places,
}

/// One page of a stretch.
pub(super) struct ReadPage {
    pub(super) title: String,
    pub(super) document: Arc<Analysis>,
    /// Words of title, summary and keywords.
    pub(super) lengths: [u8; 3],
}

/// A word by the number that it has in analyses, and whether it is one of English or of another language: both may have
/// words that are written alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word(u32);

impl Word {
    pub(super) fn new(number: u32, english: bool) -> Self {
        Self(number << 1 | u32::from(!english))
    }

    fn at(self) -> usize {
        self.0 as usize
    }
}

impl Stretch {
    /// Reads pages of a site. Texts that `analyses` has seen before are not read again, but counted.
    pub(super) fn read(site: &Site, pages: &[PageId], analyses: &Analyses, reader: &mut Reader<'_>) -> Self {
        let mut counting = Counting::default();
        for page in pages {
            counting.add(site, *page, analyses, reader);
        }
        let words = counting.totals.len();
        Self {
            in_pages: Places::sorted(&counting.in_pages, words),
            in_sections: Places::sorted(&counting.in_sections, words),
            pages: counting.pages,
            sections: counting.sections,
            totals: counting.totals,
        }
    }

    /// How often a word is written.
    pub(super) fn total(&self, word: Word) -> u32 {
        self.totals.get(word.at()).copied().unwrap_or(0)
    }
}

/// A stretch that is being read.
#[derive(Default)]
struct Counting {
    pages: Vec<ReadPage>,
    sections: Vec<[u8; 2]>,
    totals: Vec<u32>,
    in_pages: Vec<(Word, Entry)>,
    in_sections: Vec<(Word, Entry)>,
    of_page: Counts<3>,
    of_section: Counts<2>,
}

impl Counting {
    fn add(&mut self, site: &Site, page: PageId, analyses: &Analyses, reader: &mut Reader<'_>) {
        // The text is gone as soon as its words have numbers.
        let read = document(site, page);
        let document = analyses.analysis(&read, reader, |place, words| match place {
            Place::Page(field) => self.of_page.add(words, field),
            Place::Heading(_) => self.of_section.add(words, 0),
            Place::Text(_) => {
                self.of_section.add(words, 1);
                self.end_section(read.english);
            }
            Place::Anchor(_) => {}
        });
        let at = self.pages.len();
        let lengths = self.of_page.take(|number, counts| {
            let word = Word::new(number, read.english);
            count(&mut self.totals, word, counts.iter().sum());
            self.in_pages.push((word, Entry::new(at, packed(counts, OF_PAGE))));
        });
        self.pages.push(ReadPage { title: read.title, document, lengths: lengths.map(byte) });
    }

    fn end_section(&mut self, english: bool) {
        let at = self.sections.len();
        let [heading, text] = self.of_section.take(|number, counts| {
            let word = Word::new(number, english);
            count(&mut self.totals, word, counts.iter().sum());
            self.in_sections.push((word, Entry::new(at, packed(counts, OF_SECTION))));
        });
        self.sections.push([byte(heading), code_of_length(text)]);
    }
}

fn count(totals: &mut Vec<u32>, word: Word, times: u32) {
    if word.at() >= totals.len() {
        totals.resize(word.at() + 1, 0);
    }
    totals[word.at()] += times;
}

fn byte(length: u32) -> u8 {
    u8::try_from(length).unwrap_or(u8::MAX)
}

/// A page or section of a stretch with the counts of one word, in the order of the first. A stretch has fewer than 2^24 of
/// them: so many headings are gigabytes of Markdown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry(u32);

impl Entry {
    fn new(at: usize, counts: u8) -> Self {
        Self(u32::try_from(at << 8).unwrap_or(u32::MAX) | u32::from(counts))
    }

    /// The page or section, from the first of the stretch.
    pub(super) fn at(self) -> u32 {
        self.0 >> 8
    }

    /// Its counts, packed.
    pub(super) fn counts(self) -> u8 {
        self.0 as u8
    }
}

/// Where words stand, word by word.
pub(super) struct Places {
    /// Where those of each word end.
    ends: Vec<u32>,
    entries: Vec<Entry>,
}

impl Places {
    /// Sorts by words what is in order already for each of them. Lists for all words that grow beside each other would be
    /// everywhere in memory at once.
    fn sorted(met: &[(Word, Entry)], words: usize) -> Self {
        let mut ends = vec![0_u32; words];
        met.iter().for_each(|(word, _)| ends[word.at()] += 1);
        let mut begin = 0;
        for end in &mut ends {
            (*end, begin) = (begin, begin + *end);
        }
        let mut entries = vec![Entry::default(); met.len()];
        for (word, entry) in met {
            let end = &mut ends[word.at()];
            entries[*end as usize] = *entry;
            *end += 1;
        }
        Self { ends, entries }
    }

    /// Where a word stands, in order.
    pub(super) fn of(&self, word: Word) -> &[Entry] {
        let end = self.ends.get(word.at()).map_or(0, |end| *end as usize);
        let begin = if word.at() == 0 { 0 } else { self.ends.get(word.at() - 1).map_or(end, |begin| *begin as usize) };
        &self.entries[begin.min(end)..end]
    }
}

/// How often each word stands in the fields of one page or section.
#[derive(Default)]
struct Counts<const FIELDS: usize> {
    /// By the number of the word.
    counts: Vec<[u32; FIELDS]>,
    /// Words that have any.
    met: Vec<u32>,
}

impl<const FIELDS: usize> Counts<FIELDS> {
    fn add(&mut self, words: &[u32], field: usize) {
        let most = words.iter().max().map_or(0, |word| *word as usize);
        if most >= self.counts.len() {
            self.counts.resize(2 * most + 1, [0; FIELDS]);
        }
        for word in words {
            let counts = &mut self.counts[*word as usize];
            // Whether a word is a new one is nothing a processor could guess.
            let is_new = *counts == [0; FIELDS];
            let end = self.met.len() + usize::from(is_new);
            self.met.push(*word);
            self.met.truncate(end);
            counts[field] += 1;
        }
    }

    /// Hands everything over, starts again with nothing and says how many words each field had.
    fn take(&mut self, mut each: impl FnMut(u32, [u32; FIELDS])) -> [u32; FIELDS] {
        let mut lengths = [0; FIELDS];
        for word in self.met.drain(..) {
            let counts = std::mem::replace(&mut self.counts[word as usize], [0; FIELDS]);
            lengths.iter_mut().zip(counts).for_each(|(length, count)| *length += count);
            each(word, counts);
        }
        lengths
    }
}
