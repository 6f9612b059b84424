//! Where words stand.
//!
//! In: the numbers of the words of texts, in order. Out: for each word the pages or sections that have it, each with
//! counts. What stays true: a list of them is in order, and each is there once.

use super::postings::more;

/// A word by the number that it has in analyses, and whether it is one of English or of another language: both may have
/// words that are written alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) number: u32,
    pub(super) english: bool,
}

impl Word {
    pub(super) fn new(number: u32, english: bool) -> Self {
        Self { number, english }
    }
}

/// Something about each word by its number: for those of English, and for those of other languages.
pub(super) type ByWord<T> = [Vec<T>; 2];

/// Which half of [`ByWord`] has the words of a text.
pub(super) fn half(english: bool) -> usize {
    usize::from(!english)
}

/// The words of texts, one after another.
#[derive(Default)]
pub(super) struct Texts {
    numbers: Vec<u32>,
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
        self.numbers.clear();
        self.texts.clear();
        self.times.iter_mut().for_each(|times| times.fill(0));
    }

    /// Adds the words of a field of a page or section. All fields of one come after one another, in the order of the site.
    pub(super) fn add(&mut self, at: usize, field: usize, numbers: &[u32], english: bool) {
        self.add_worth(1, at, field, numbers, english);
    }

    /// The same for words that count more than once each.
    pub(super) fn add_worth(&mut self, worth: u8, at: usize, field: usize, numbers: &[u32], english: bool) {
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
    pub(super) fn places<const FIELDS: usize>(&mut self, bits: [u32; FIELDS]) -> Places {
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
    use super::super::postings::{OF_PAGE, OF_SECTION};
    use super::{Entry, Texts, Word};

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
