//! Some pages of a site that follow each other, read and counted on one thread.
//!
//! In: pages. Out: their analyses, and for each word that they have, where it stands. Pages and sections are numbered from
//! the first of the stretch; words as in the analyses, so that nothing has to be known of any other stretch.

use std::sync::Arc;

use super::analysis::{Analyses, Analysis, Place};
use super::document::document;
use super::index::code_of_length;
use super::postings::{OF_PAGE, OF_SECTION, one_more};
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
        let mut reading = Reading::default();
        for page in pages {
            reading.add(site, *page, analyses, reader);
        }
        let Reading { pages, sections, of_pages, of_sections } = reading;
        let (in_pages, in_sections) = (of_pages.places(OF_PAGE), of_sections.places(OF_SECTION));
        let mut totals = of_sections.times;
        totals.resize(totals.len().max(of_pages.times.len()), 0);
        totals.iter_mut().zip(of_pages.times).for_each(|(total, times)| *total += times);
        Self { pages, sections, totals, in_pages, in_sections }
    }

    /// How often a word is written.
    pub(super) fn total(&self, word: Word) -> u32 {
        self.totals.get(word.at()).copied().unwrap_or(0)
    }
}

/// A stretch that is being read.
#[derive(Default)]
struct Reading {
    pages: Vec<ReadPage>,
    sections: Vec<[u8; 2]>,
    of_pages: Texts,
    of_sections: Texts,
}

impl Reading {
    fn add(&mut self, site: &Site, page: PageId, analyses: &Analyses, reader: &mut Reader<'_>) {
        // The text is gone as soon as its words have numbers.
        let read = document(site, page);
        let (mut lengths, mut heading) = ([0; 3], 0);
        let document = analyses.analysis(&read, reader, |place, words| match place {
            Place::Page(field) => {
                self.of_pages.add(self.pages.len(), field, words, read.english);
                lengths[field] = byte(words.len());
            }
            Place::Heading(_) => {
                self.of_sections.add(self.sections.len(), 0, words, read.english);
                heading = byte(words.len());
            }
            Place::Text(_) => {
                self.of_sections.add(self.sections.len(), 1, words, read.english);
                self.sections.push([heading, code_of_length(u32::try_from(words.len()).unwrap_or(u32::MAX))]);
            }
            Place::Anchor(_) => {}
        });
        self.pages.push(ReadPage { title: read.title, document, lengths });
    }
}

fn byte(length: usize) -> u8 {
    u8::try_from(length).unwrap_or(u8::MAX)
}

/// The words of texts, one after another.
#[derive(Default)]
struct Texts {
    words: Vec<Word>,
    /// Of each text the page or section, the field of that, and where its words end.
    ends: Vec<(usize, usize, usize)>,
    /// How often each word is written.
    times: Vec<u32>,
}

impl Texts {
    fn add(&mut self, at: usize, field: usize, numbers: &[u32], english: bool) {
        let most = numbers.iter().max().map_or(0, |number| Word::new(*number, false).at());
        if most >= self.times.len() {
            self.times.resize(2 * most + 1, 0);
        }
        self.words.extend(numbers.iter().map(|number| Word::new(*number, english)));
        let begin = self.ends.last().map_or(0, |(.., end)| *end);
        self.words[begin..].iter().for_each(|word| self.times[word.at()] += 1);
        self.ends.push((at, field, self.words.len()));
    }

    /// Where each word stands. Lists for all words that grow beside each other would be everywhere in memory at once:
    /// here each has the room that it needs at most, in one list.
    fn places<const FIELDS: usize>(&self, bits: [u32; FIELDS]) -> Places {
        // The first of each word's room is for none.
        let mut room = 0;
        let mut lasts: Vec<u32> = Vec::with_capacity(self.times.len());
        for times in &self.times {
            lasts.push(room);
            room += times + 1;
        }
        let mut entries = vec![Entry::NONE; room as usize];
        let mut begin = 0;
        for (at, field, end) in &self.ends {
            let more = one_more(*field, bits);
            for word in &self.words[begin..*end] {
                let last = &mut lasts[word.at()];
                // Whether a word is new here is nothing a processor could guess.
                let entry = entries[*last as usize];
                let is_new = entry.at() as usize != *at;
                *last += u32::from(is_new);
                let counts = if is_new { 0 } else { entry.counts() };
                entries[*last as usize] = Entry::new(*at, more(counts));
            }
            begin = *end;
        }
        let mut places =
            Places { ends: Vec::with_capacity(lasts.len()), entries: Vec::with_capacity(entries.len() / 2) };
        let mut begin = 0;
        for (times, last) in self.times.iter().zip(lasts) {
            places.entries.extend_from_slice(&entries[begin + 1..=last as usize]);
            places.ends.push(u32::try_from(places.entries.len()).unwrap_or(u32::MAX));
            begin += *times as usize + 1;
        }
        places.entries.shrink_to_fit();
        places
    }
}

/// A page or section of a stretch with the counts of one word, in the order of the first. A stretch has fewer than 2^24 of
/// them: so many headings are gigabytes of Markdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry(u32);

impl Entry {
    /// Of no page and no section.
    const NONE: Self = Self(u32::MAX);

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
    /// Where a word stands, in order.
    pub(super) fn of(&self, word: Word) -> &[Entry] {
        let end = self.ends.get(word.at()).map_or(0, |end| *end as usize);
        let begin = if word.at() == 0 { 0 } else { self.ends.get(word.at() - 1).map_or(end, |begin| *begin as usize) };
        &self.entries[begin.min(end)..end]
    }
}
