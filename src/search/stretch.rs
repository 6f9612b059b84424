//! Some pages of a site that follow each other, read and counted on one thread.
//!
//! In: pages. Out: their analyses, and for each word that they have, where it stands. Pages and sections are numbered from
//! the first of the stretch; words as in the analyses, so that nothing has to be known of any other stretch.

use std::sync::Arc;

use super::analysis::{Analyses, Analysis, Place};
use super::document::document;
use super::index::code_of_length;
use super::postings::{OF_PAGE, OF_SECTION, more};
use super::vocabulary::Reader;
use crate::site::{PageId, Site};

/// What stands on some pages that follow each other.
pub(super) struct Stretch {
    /// In the order of the site.
    pub(super) pages: Vec<ReadPage>,
    /// Words of heading and text of each section, as the index keeps them.
    pub(super) sections: Vec<[u8; 2]>,
    /// How often each word is written.
    totals: ByWord<u32>,
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
pub(super) struct Word {
    number: u32,
    english: bool,
}

impl Word {
    pub(super) fn new(number: u32, english: bool) -> Self {
        Self { number, english }
    }
}

/// Something about each word by its number: for those of English, and for those of other languages.
type ByWord<T> = [Vec<T>; 2];

/// Which half of [`ByWord`] has the words of a text.
fn half(english: bool) -> usize {
    usize::from(!english)
}

impl Stretch {
    /// How often a word is written.
    pub(super) fn total(&self, word: Word) -> u32 {
        self.totals[half(word.english)].get(word.number as usize).copied().unwrap_or(0)
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
    pub(super) fn stretch(&mut self, ids: &[PageId]) -> Stretch {
        self.of_pages.clear();
        self.of_sections.clear();
        let (mut pages, mut sections) = (Vec::with_capacity(ids.len()), Vec::new());
        for id in ids {
            self.read(*id, &mut pages, &mut sections);
        }
        Stretch {
            totals: [true, false].map(|english| {
                let times = [&self.of_pages, &self.of_sections].map(|texts| &texts.times[half(english)]);
                let time = |times: &[u32], word: usize| times.get(word).copied().unwrap_or(0);
                let words = times.map(Vec::len).into_iter().max().unwrap_or(0);
                (0..words).map(|word| times.iter().map(|times| time(times, word)).sum()).collect()
            }),
            in_pages: self.of_pages.places(OF_PAGE),
            in_sections: self.of_sections.places(OF_SECTION),
            pages,
            sections,
        }
    }

    fn read(&mut self, id: PageId, pages: &mut Vec<ReadPage>, sections: &mut Vec<[u8; 2]>) {
        // The text is gone as soon as its words have numbers.
        let read = document(self.site, id);
        let (mut lengths, mut heading) = ([0; 3], 0);
        let (of_pages, of_sections) = (&mut self.of_pages, &mut self.of_sections);
        let document = self.analyses.analysis(&read, &mut self.reader, |place, words| match place {
            Place::Page(field) => {
                of_pages.add(pages.len(), field, words, read.english);
                lengths[field] = byte(words.len());
            }
            Place::Heading(section) => {
                // Above all texts of a kind of pages, a label tells less than a heading, and more than text.
                let (field, worth) = if read.sections[section].is_label { (1, 2) } else { (0, 1) };
                of_sections.add_worth(worth, sections.len(), field, words, read.english);
                heading = byte(words.len());
            }
            Place::Text(_) => {
                of_sections.add(sections.len(), 1, words, read.english);
                sections.push([heading, code_of_length(u32::try_from(words.len()).unwrap_or(u32::MAX))]);
            }
            Place::Anchor(_) => {}
        });
        pages.push(ReadPage { title: read.title, document, lengths });
    }
}

fn byte(length: usize) -> u8 {
    u8::try_from(length).unwrap_or(u8::MAX)
}

/// The words of texts, one after another.
#[derive(Default)]
struct Texts {
    numbers: Vec<u32>,
    texts: Vec<Text>,
    /// How often each word is written.
    times: ByWord<u32>,
    /// For [`Texts::places`].
    entries: Vec<Entry>,
}

/// One of them.
struct Text {
    /// Its page or section.
    at: usize,
    /// The field of that.
    field: usize,
    english: bool,
    /// How often each of its words counts there.
    worth: u8,
    /// Where its words end.
    end: usize,
}

impl Texts {
    fn clear(&mut self) {
        self.numbers.clear();
        self.texts.clear();
        self.times.iter_mut().for_each(|times| times.fill(0));
    }

    fn add(&mut self, at: usize, field: usize, numbers: &[u32], english: bool) {
        self.add_worth(1, at, field, numbers, english);
    }

    fn add_worth(&mut self, worth: u8, at: usize, field: usize, numbers: &[u32], english: bool) {
        let times = &mut self.times[half(english)];
        let most = numbers.iter().max().map_or(0, |number| *number as usize);
        if most >= times.len() {
            times.resize(2 * most + 1, 0);
        }
        numbers.iter().for_each(|number| times[*number as usize] += 1);
        self.numbers.extend_from_slice(numbers);
        self.texts.push(Text { at, field, english, worth, end: self.numbers.len() });
    }

    /// Where each word stands. Lists for all words that grow beside each other would be everywhere in memory at once:
    /// here each has the room that it needs at most, in one list.
    fn places<const FIELDS: usize>(&mut self, bits: [u32; FIELDS]) -> Places {
        // The first of each word's room is for none.
        let mut room = 0;
        let mut first = |times: &u32| {
            let first = room;
            room += times + 1;
            first
        };
        let mut lasts: ByWord<u32> = self.times.each_ref().map(|times| times.iter().map(&mut first).collect());
        let entries = &mut self.entries;
        entries.clear();
        entries.resize(room as usize, Entry::NONE);
        let mut begin = 0;
        for Text { at, field, english, worth, end } in &self.texts {
            let lasts = &mut lasts[half(*english)];
            let more = more(*worth, *field, bits);
            for number in &self.numbers[begin..*end] {
                let last = &mut lasts[*number as usize];
                // Whether a word is new here is nothing a processor could guess.
                let entry = entries[*last as usize];
                let is_new = entry.at() as usize != *at;
                *last += u32::from(is_new);
                let counts = if is_new { 0 } else { entry.counts() };
                entries[*last as usize] = Entry::new(*at, more(counts));
            }
            begin = *end;
        }
        let mut places = Places { ends: ByWord::default(), entries: Vec::with_capacity(entries.len() / 2) };
        let mut begin = 0;
        for (half, (times, lasts)) in self.times.iter().zip(lasts).enumerate() {
            let end = |places: &Places| u32::try_from(places.entries.len()).unwrap_or(u32::MAX);
            places.ends[half].push(end(&places));
            for (times, last) in times.iter().zip(lasts) {
                places.entries.extend_from_slice(&entries[begin + 1..=last as usize]);
                places.ends[half].push(end(&places));
                begin += *times as usize + 1;
            }
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
    /// Where the first word begins, then where each ends.
    ends: ByWord<u32>,
    entries: Vec<Entry>,
}

impl Places {
    /// Where a word stands, in order.
    pub(super) fn of(&self, word: Word) -> &[Entry] {
        let number = word.number as usize;
        match self.ends[half(word.english)].get(number..number + 2) {
            Some(&[begin, end]) => &self.entries[begin as usize..end as usize],
            _ => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Entry, OF_PAGE, OF_SECTION, Texts, Word};

    fn places(texts: &mut Texts, word: u32, english: bool) -> Vec<(u32, u8)> {
        let places = texts.places(OF_SECTION);
        places.of(Word::new(word, english)).iter().map(|entry| (entry.at(), entry.counts())).collect()
    }

    #[test]
    fn words_are_counted_where_they_stand() {
        let mut texts = Texts::default();
        for _ in 0..2 {
            texts.clear();
            texts.add(0, 0, &[3, 1], true);
            texts.add(0, 1, &[3, 3, 0], true);
            texts.add(1, 1, &[], true);
            texts.add(2, 1, &[3; 70], true);
            texts.add(3, 0, &[3, 3, 3, 3], false);
            texts.add_worth(2, 4, 1, &[1], true);
            texts.add_worth(2, 4, 1, &[3; 40], false);
            assert_eq!(places(&mut texts, 3, true), [(0, 1 | 2 << 2), (2, 63 << 2)]);
            assert_eq!(places(&mut texts, 3, false), [(3, 3), (4, 63 << 2)]);
            assert_eq!(places(&mut texts, 1, true), [(0, 1), (4, 2 << 2)]);
            assert_eq!(places(&mut texts, 0, true), [(0, 1 << 2)]);
            assert_eq!(places(&mut texts, 2, true), []);
            assert_eq!(places(&mut texts, 999, true), []);
            assert_eq!([texts.times[0][3], texts.times[1][3]], [73, 44]);
            assert_eq!(texts.times[0][1], 2, "what is worth more is written no more often");
        }
    }

    #[test]
    fn fields_of_pages_are_counted_apart() {
        let mut texts = Texts::default();
        texts.add(7, 0, &[0], true);
        texts.add(7, 2, &[0, 0], true);
        texts.add(8, 1, &[0], true);
        let expected = [Entry::new(7, 1 | 2 << 4), Entry::new(8, 1 << 2)];
        assert_eq!(texts.places(OF_PAGE).of(Word::new(0, true)), expected);
    }
}
