//! Some pages of a site that follow each other, read and counted on one thread.
//!
//! In: pages. Out: their analyses, and for each term that they have, where it stands. Pages and sections are numbered from
//! the first of the stretch; words and terms as in the analyses, so that nothing has to be known of any other stretch.

use super::analysis::{Analyses, Place};
use super::document::document;
use super::index::code_of_length;
use super::pages::{ReadPage, ReadPages};
use super::places::Texts;
use super::postings::{OF_PAGE, OF_SECTION, Pages, Sections};
use super::reader::{ByWord, Reader, half};
use crate::site::{PageId, Site};

/// What stands on some pages that follow each other.
pub(super) struct Stretch<'a> {
    pub(super) read: ReadPages<'a>,
    /// How many pages and sections there are.
    pub(super) lengths: [usize; 2],
    /// How often each word is written.
    totals: ByWord<u32>,
    /// Pages that have a term in title, summary or keywords.
    pub(super) in_pages: Pages,
    /// Sections that have it in heading or text.
    pub(super) in_sections: Sections,
}

impl Stretch<'_> {
    /// How often a word is written in texts of English, or of other languages.
    pub(super) fn total(&self, word: u32, english: bool) -> u32 {
        self.totals[half(english)].get(word as usize).copied().unwrap_or(0)
    }
}

/// Reads one stretch after another, on one thread. The memory that it needs for one serves for the next.
pub(super) struct Reading<'a> {
    site: &'a Site,
    analyses: &'a Analyses,
    reader: Reader<'a>,
    of_pages: Texts,
    of_sections: Texts,
}

impl<'a> Reading<'a> {
    /// Of the pages of a site. Texts that `analyses` has seen before are not read again, but counted.
    pub(super) fn new(site: &'a Site, analyses: &'a Analyses) -> Self {
        let reader = analyses.words().reader();
        Self { site, analyses, reader, of_pages: Texts::default(), of_sections: Texts::default() }
    }

    /// The stretch of some pages.
    pub(super) fn stretch(&mut self, ids: &[PageId]) -> Stretch<'a> {
        self.of_pages.clear();
        self.of_sections.clear();
        let mut read = ReadPages { pages: Vec::with_capacity(ids.len()), ..ReadPages::default() };
        ids.iter().for_each(|id| self.read(*id, &mut read));
        let of_pages = self.reader.terms(&self.of_pages.times);
        let in_pages = self.of_pages.places(OF_PAGE, of_pages);
        let of_sections = self.reader.terms(&self.of_sections.times);
        let in_sections = self.of_sections.places(OF_SECTION, of_sections);
        Stretch {
            totals: [0, 1].map(|half| {
                let times = [&self.of_pages, &self.of_sections].map(|texts| &texts.times[half]);
                let time = |times: &[u32], word: usize| times.get(word).copied().unwrap_or(0);
                let words = times.map(Vec::len).into_iter().max().unwrap_or(0);
                (0..words).map(|word| times.iter().map(|times| time(times, word)).sum()).collect()
            }),
            in_pages,
            in_sections,
            lengths: [read.pages.len(), read.sections.len()],
            read,
        }
    }

    fn read(&mut self, id: PageId, read: &mut ReadPages<'a>) {
        // The text is gone as soon as its words have numbers.
        let document = document(self.site, id);
        let ReadPages { pages, sections } = read;
        let (mut lengths, mut heading) = ([0; 3], 0);
        let (of_pages, of_sections) = (&mut self.of_pages, &mut self.of_sections);
        let analysis = self.analyses.analysis(&document, &mut self.reader, |place, words| match place {
            Place::Page(field) => {
                of_pages.add(pages.len(), field, words, document.english);
                lengths[field] = byte(words.len());
            }
            Place::Heading(section) => {
                // Above all texts of a kind of pages, a label tells less than a heading, and more than text.
                let (field, worth) = if document.sections[section].is_label { (1, 2) } else { (0, 1) };
                of_sections.add_worth(worth, sections.len(), field, words, document.english);
                heading = byte(words.len());
            }
            Place::Text(_) => {
                of_sections.add(sections.len(), 1, words, document.english);
                sections.push([heading, code_of_length(u32::try_from(words.len()).unwrap_or(u32::MAX))]);
            }
            Place::Anchor(_) => {}
        });
        pages.push(ReadPage::new(self.site, id, document.title.into_owned(), lengths, analysis));
    }
}

fn byte(length: usize) -> u8 {
    u8::try_from(length).unwrap_or(u8::MAX)
}
