//! Where terms stand.
//!
//! In: the numbers of the words of texts, in order. Out: for the term of each the pages or sections that have it, each with
//! counts. What stays true: a list of them is in order, and each is there once.

use super::postings::{Lists, more};
use super::reader::{ByWord, half};

/// The words of texts, one after another.
#[derive(Default)]
pub(super) struct Texts {
    words: Vec<u32>,
    texts: Vec<Text>,
    /// How often each word is written.
    pub(super) times: ByWord<u32>,
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
    /// Begins anew, with the memory that there is.
    pub(super) fn clear(&mut self) {
        self.words.clear();
        self.texts.clear();
        self.times.iter_mut().for_each(|times| times.fill(0));
    }

    /// Adds the words of a field of a page or section. All fields of one come after one another, in the order of the site.
    pub(super) fn add(&mut self, at: usize, field: usize, words: &[u32], english: bool) {
        self.add_worth(1, at, field, words, english);
    }

    /// The same for words that count more than once each.
    pub(super) fn add_worth(&mut self, worth: u8, at: usize, field: usize, words: &[u32], english: bool) {
        let times = &mut self.times[half(english)];
        for word in words {
            let word = *word as usize;
            if word >= times.len() {
                times.resize(2 * word + 1, 0);
            }
            times[word] += 1;
        }
        self.words.extend_from_slice(words);
        self.texts.push(Text { at, field, english, worth, end: self.words.len() });
    }

    /// Where the term of each word stands. Lists for all of them that grow beside each other would be everywhere in memory
    /// at once: here each has the room that it needs at most, in one list.
    pub(super) fn places<const USUAL: u8, const FIELDS: usize>(
        &mut self,
        bits: [u32; FIELDS],
        term_of: &ByWord<u32>,
    ) -> Lists<USUAL> {
        let times = self.times_of_terms(term_of);
        // The first of each term's room is for none.
        let mut room = 0;
        let first = |times: &u32| {
            let first = Last { place: room, entry: Entry::NONE };
            room += times + 1;
            first
        };
        let mut lasts: Vec<Last> = times.iter().map(first).collect();
        let entries = &mut self.entries;
        entries.clear();
        entries.resize(room as usize, Entry::NONE);
        let mut begin = 0;
        for Text { at, field, english, worth, end } in &self.texts {
            let term_of = &term_of[half(*english)];
            let more = more(*worth, *field, bits);
            for word in &self.words[begin..*end] {
                let last = &mut lasts[term_of[*word as usize] as usize];
                // Whether a term is new here is nothing a processor could guess.
                let is_new = last.entry.at() as usize != *at;
                let counts = if is_new { 0 } else { last.entry.counts() };
                last.entry = Entry::new(*at, more(counts));
                last.place += u32::from(is_new);
                entries[last.place as usize] = last.entry;
            }
            begin = *end;
        }
        let mut places = Lists::with_room(times.len(), self.words.len());
        let mut begin = 0;
        for (times, last) in times.into_iter().zip(lasts) {
            let met = &entries[begin + 1..=last.place as usize];
            places.add(met.iter().map(|entry| (entry.at(), entry.counts())));
            begin += times as usize + 1;
        }
        places
    }

    /// How often words of each term are written.
    fn times_of_terms(&self, term_of: &ByWord<u32>) -> Vec<u32> {
        let mut all: Vec<u32> = Vec::new();
        for (times, term_of) in self.times.iter().zip(term_of) {
            for (times, term) in times.iter().zip(term_of).filter(|(times, _)| **times > 0) {
                let term = *term as usize;
                if term >= all.len() {
                    all.resize(term + 1, 0);
                }
                all[term] += times;
            }
        }
        all
    }
}

/// A page or section of a stretch with the counts of one word, in the order of the first. A stretch has fewer than 2^24 of
/// them: so many headings are gigabytes of Markdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry(u32);

impl Entry {
    /// Of no page and no section.
    const NONE: Self = Self(u32::MAX);

    fn new(at: usize, counts: u8) -> Self {
        Self(u32::try_from(at << 8).unwrap_or(u32::MAX) | u32::from(counts))
    }

    /// The page or section, from the first of the stretch.
    fn at(self) -> u32 {
        self.0 >> 8
    }

    /// Its counts, packed.
    fn counts(self) -> u8 {
        self.0 as u8
    }
}

/// What was written last of a term, and at which place.
struct Last {
    place: u32,
    entry: Entry,
}

#[cfg(test)]
mod tests {
    use super::super::postings::{OF_PAGE, OF_SECTION, Pages, Sections};
    use super::{ByWord, Texts};

    /// Words of other languages are their own terms; of the English ones 4 has the term of 3.
    fn term_of() -> ByWord<u32> {
        [vec![0, 1, 2, 3, 4], vec![0, 1, 2, 3, 3]]
    }

    fn places(texts: &mut Texts, term: u32) -> Vec<(u32, u8)> {
        let places: Sections = texts.places(OF_SECTION, &term_of());
        places.list(term).iter().collect()
    }

    #[test]
    fn words_are_counted_where_they_stand() {
        let mut texts = Texts::default();
        for _ in 0..2 {
            texts.clear();
            texts.add(0, 0, &[3, 1], true);
            texts.add(0, 1, &[3, 4, 0], true);
            texts.add(1, 1, &[], true);
            texts.add(2, 1, &[3; 40], true);
            texts.add(2, 1, &[4; 40], true);
            texts.add(3, 0, &[3, 3, 3, 3], false);
            texts.add_worth(2, 4, 1, &[1], true);
            texts.add_worth(2, 4, 1, &[4; 40], false);
            texts.add(5, 1, &[4], true);
            assert_eq!(places(&mut texts, 3), [(0, 1 | 2 << 2), (2, 63 << 2), (3, 3), (5, 1 << 2)]);
            assert_eq!(places(&mut texts, 4), [(4, 63 << 2)]);
            assert_eq!(places(&mut texts, 1), [(0, 1), (4, 2 << 2)]);
            assert_eq!(places(&mut texts, 0), [(0, 1 << 2)]);
            assert_eq!(places(&mut texts, 2), []);
            assert_eq!(places(&mut texts, 999), []);
            assert_eq!([texts.times[0][3], texts.times[0][4], texts.times[1][3], texts.times[1][4]], [4, 40, 42, 42]);
            assert_eq!(texts.times[1][1], 2, "what is worth more is written no more often");
        }
    }

    #[test]
    fn fields_of_pages_are_counted_apart() {
        let mut texts = Texts::default();
        texts.add(7, 0, &[0], true);
        texts.add(7, 2, &[0, 0], true);
        texts.add(8, 1, &[0], true);
        let places: Pages = texts.places(OF_PAGE, &term_of());
        assert_eq!(places.list(0).iter().collect::<Vec<_>>(), [(7, 1 | 2 << 4), (8, 1 << 2)]);
    }
}
