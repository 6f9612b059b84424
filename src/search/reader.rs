//! Words as threads meet them, and their terms.
//!
//! In: words of texts, from any thread. Out: the number of each, and of its term. What stays true: a word has one number
//! for all threads. Which one depends on the thread that met it first: nothing that is published may follow the order of
//! these numbers.

use std::collections::HashMap;
use std::hash::BuildHasher;
use std::sync::{Mutex, MutexGuard, PoisonError};

use hashbrown::{DefaultHashBuilder, HashTable};

use super::stem::stem;
use super::vocabulary::{Vocabulary, Words};

/// Something about each word by its number: for those of other languages, and for those of English. Both may have words
/// that are written alike.
pub(super) type ByWord<T> = [Vec<T>; 2];

/// Which half of [`ByWord`] has the words of a text.
pub(super) fn half(english: bool) -> usize {
    usize::from(english)
}

/// The words of all documents, whoever reads them. They stay when their documents are forgotten: in a preview those are the
/// few new ones of a day.
#[derive(Debug, Default)]
pub(super) struct AllWords(Mutex<Met>);

/// Words that were met, and what they are indexed under.
#[derive(Debug, Default)]
struct Met {
    words: Vocabulary,
    terms: Vocabulary,
    /// The term of each word in a text of English: its stem.
    stems: Vec<u32>,
}

impl Met {
    /// The number of a word.
    fn number(&mut self, word: &str) -> u32 {
        let number = self.words.number(word);
        if number as usize == self.stems.len() {
            self.stems.push(self.terms.number(&stem(word)));
        }
        number
    }

    /// The term of a word. One of another language is its own.
    fn term(&mut self, word: u32, english: bool) -> u32 {
        if english { self.stems[word as usize] } else { self.terms.number(self.words.words.get(word)) }
    }
}

impl AllWords {
    /// Somebody who reads documents, on one thread.
    pub(super) fn reader(&self) -> Reader<'_> {
        Reader {
            all: self,
            short: HashTable::new(),
            long: HashMap::new(),
            hasher: DefaultHashBuilder::default(),
            given: Vec::new(),
            term_of: ByWord::default(),
        }
    }

    /// Calls a function with the words met so far.
    pub(super) fn with<T>(&self, run: impl FnOnce(&Words) -> T) -> T {
        run(&self.lock().words.words)
    }

    /// Calls a function with the terms met so far.
    pub(super) fn with_terms<T>(&self, run: impl FnOnce(&Words) -> T) -> T {
        run(&self.lock().terms.words)
    }

    /// The number of the term of a word.
    pub(super) fn term(&self, word: u32, english: bool) -> u32 {
        self.lock().term(word, english)
    }

    /// A thread that panicked while it held this has left at most a word that nobody uses.
    fn lock(&self) -> MutexGuard<'_, Met> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Stands where no word of another language is.
const NO_TERM: u32 = u32::MAX;

/// Knows the numbers of the words it has met, so that it asks the others once for each word and not for each time it is
/// written.
pub(super) struct Reader<'a> {
    all: &'a AllWords,
    /// Words of up to sixteen bytes are what those bytes are as one number; no word holds a zero byte.
    short: HashTable<(u128, u32)>,
    long: HashMap<String, u32>,
    hasher: DefaultHashBuilder,
    given: Vec<u32>,
    /// What was said last of the terms of words.
    term_of: ByWord<u32>,
}

impl Reader<'_> {
    /// The number in [`AllWords`] of a word.
    pub(super) fn number(&mut self, word: &str) -> u32 {
        let mut sixteen = [0; 16];
        if let Some(bytes) = sixteen.get_mut(..word.len()) {
            bytes.copy_from_slice(word.as_bytes());
            return self.short(u128::from_le_bytes(sixteen));
        }
        let known = self.long.get(word).copied();
        let number = known.unwrap_or_else(|| {
            let number = self.all.lock().number(word);
            self.long.insert(word.to_owned(), number);
            number
        });
        self.given.push(number);
        number
    }

    /// The number of a word by its bytes, the first one lowest.
    #[inline]
    pub(super) fn short(&mut self, word: u128) -> u32 {
        let hash = self.hasher.hash_one(word);
        let number = match self.short.find(hash, |(other, _)| *other == word) {
            Some((_, number)) => *number,
            None => self.ask(word, hash),
        };
        self.given.push(number);
        number
    }

    /// Begins a text.
    pub(super) fn begin(&mut self) {
        self.given.clear();
    }

    /// The numbers given since a text was begun.
    pub(super) fn given(&self) -> &[u32] {
        &self.given
    }

    /// The terms of words that are written so often; of words that are not it says nothing.
    pub(super) fn terms(&mut self, times: &ByWord<u32>) -> &ByWord<u32> {
        let mut met = self.all.lock();
        let [own, stems] = &mut self.term_of;
        stems.clone_from(&met.stems);
        let [times, _] = times;
        own.resize(own.len().max(times.len()), NO_TERM);
        for ((word, times), term) in (0..).zip(times).zip(own) {
            if *times > 0 && *term == NO_TERM {
                *term = met.term(word, false);
            }
        }
        drop(met);
        &self.term_of
    }

    #[cold]
    fn ask(&mut self, word: u128, hash: u64) -> u32 {
        let sixteen = word.to_le_bytes();
        let length = sixteen.len() - word.leading_zeros() as usize / 8;
        // Whole words come in, so that their bytes are text.
        let number = self.all.lock().number(&String::from_utf8_lossy(&sixteen[..length]));
        let hasher = &self.hasher;
        self.short.insert_unique(hash, (word, number), |(word, _)| hasher.hash_one(word));
        number
    }
}

#[cfg(test)]
mod tests {
    use super::AllWords;

    #[test]
    fn numbers_words_in_the_order_they_are_met() {
        let all = AllWords::default();
        let mut reader = all.reader();
        assert_eq!(["visit", "child", "visit", "visits"].map(|word| reader.number(word)), [0, 1, 0, 2]);
        assert_eq!(reader.given(), [0, 1, 0, 2]);
        reader.begin();
        assert_eq!(reader.given(), [0; 0]);
    }

    #[test]
    fn words_of_all_lengths_are_told_apart() {
        let all = AllWords::default();
        let mut reader = all.reader();
        let long = "grandparenthoodisms";
        let mut words: Vec<String> = (1..=long.len()).map(|end| long[..end].to_owned()).collect();
        words.extend((0..long.len()).map(|at| format!("{}x{}", &long[..at], &long[at + 1..])));
        words.extend((1..18).map(|at| format!("{}x", &long[..at])));
        words.extend(["łódź", "łódz", "łodz", "中文", "中", "中文中文中", "中文中文中文"].map(str::to_owned));
        let numbers: Vec<u32> = words.iter().map(|word| reader.number(word)).collect();
        assert_eq!(numbers, (0..).take(words.len()).collect::<Vec<_>>());
        assert!(words.iter().map(|word| reader.number(word)).eq(numbers));
        assert!(all.with(|met| met.iter().eq(&words)));
    }

    #[test]
    fn a_term_is_a_stem_of_english_or_a_word_of_another_language() {
        let all = AllWords::default();
        let (mut one, mut other) = (all.reader(), all.reader());
        let words = ["plans", "plan", "planning", "unwritten"].map(|word| one.number(word));
        let text = |term: u32| all.with_terms(|terms| terms.get(term).to_owned());
        let [others, english] = one.terms(&[vec![1, 1, 0, 0], vec![1, 1, 1, 0]]).clone();
        assert_eq!([0, 1].map(|word| text(others[word])), ["plans", "plan"]);
        assert_eq!([0, 1, 2].map(|word| text(english[word])), ["plan"; 3]);
        assert_eq!(others[1], english[1], "one text is one term");
        assert_eq!(other.terms(&[vec![], vec![1, 1, 1]])[1], english);
        assert_eq!([true, false].map(|english| text(all.term(words[3], english))), ["unwritten"; 2]);
        assert_eq!(text(all.term(words[2], false)), "planning");
    }

    #[test]
    fn all_readers_agree() {
        let all = AllWords::default();
        let (mut one, mut other) = (all.reader(), all.reader());
        let long = "grandparenthoodisms";
        assert_eq!(["visit", long, "visit"].map(|word| one.number(word)), [0, 1, 0]);
        assert_eq!(["plan", long, "plan", "visit"].map(|word| other.number(word)), [2, 1, 2, 0]);
        assert_eq!(one.number("plan"), 2);
        assert_eq!(one.short(u128::from_le_bytes(*b"plan\0\0\0\0\0\0\0\0\0\0\0\0")), 2);
        assert_eq!(all.with(|words| words.iter().map(str::to_owned).collect::<Vec<_>>()), ["visit", long, "plan"]);
    }
}
