//! Words by number.
//!
//! In: words. Out: a number for each, in the order they were first met. What stays true: the words stand one after
//! another in one text, so that a vocabulary is two allocations and not one for each word. Numbers of [`AllWords`] depend on
//! which thread met a word first: nothing that is published may follow their order.

use std::hash::{BuildHasher, Hasher};
use std::sync::{Mutex, MutexGuard, PoisonError};

use hashbrown::{DefaultHashBuilder, HashTable};

/// Words one after another; the number of a word is its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Words {
    text: String,
    ends: Vec<u32>,
}

impl Words {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The word of a number.
    pub(super) fn get(&self, number: u32) -> &str {
        let number = number as usize;
        let start = if number == 0 { 0 } else { self.ends[number - 1] };
        &self.text[start as usize..self.ends[number] as usize]
    }

    /// The same as bytes: nothing needs to ask again whether they are text.
    fn bytes(&self, number: u32) -> &[u8] {
        let number = number as usize;
        let start = if number == 0 { 0 } else { self.ends[number - 1] };
        &self.text.as_bytes()[start as usize..self.ends[number] as usize]
    }

    /// In order of their numbers.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|number| self.get(u32::try_from(number).unwrap_or(u32::MAX)))
    }
}

/// Words that are being numbered.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    words: Words,
    places: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Vocabulary {
    /// The number of a word, a new one if it was not met before.
    pub(super) fn number(&mut self, word: &str) -> u32 {
        let Self { words, places, hasher } = self;
        let hash = hash_of(hasher, word.as_bytes());
        if let Some(number) = places.find(hash, |number| words.bytes(*number) == word.as_bytes()) {
            return *number;
        }
        let number = u32::try_from(words.len()).unwrap_or(u32::MAX);
        words.text.push_str(word);
        words.ends.push(u32::try_from(words.text.len()).unwrap_or(u32::MAX));
        places.insert_unique(hash, number, |number| hash_of(hasher, words.bytes(*number)));
        number
    }

    /// The words, by number.
    pub(super) fn words(&self) -> &Words {
        &self.words
    }
}

/// Without the length, which a word that stands alone has no need of.
fn hash_of(builder: &DefaultHashBuilder, word: &[u8]) -> u64 {
    let mut hasher = builder.build_hasher();
    hasher.write(word);
    hasher.finish()
}

/// The words of all documents, whoever reads them.
#[derive(Debug, Default)]
pub(super) struct AllWords(Mutex<Vocabulary>);

impl AllWords {
    /// Somebody who reads documents, on one thread.
    pub(super) fn reader(&self) -> Reader<'_> {
        Reader { all: self, met: Vocabulary::default(), numbers: Vec::new() }
    }

    /// Calls a function with the words met so far.
    pub(super) fn with<T>(&self, run: impl FnOnce(&Words) -> T) -> T {
        run(self.lock().words())
    }

    /// A thread that panicked while it held this has left at most a word that nobody uses.
    fn lock(&self) -> MutexGuard<'_, Vocabulary> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Knows the numbers of the words it has met, so that it asks the others once for each word and not for each time it is
/// written.
pub(super) struct Reader<'a> {
    all: &'a AllWords,
    met: Vocabulary,
    numbers: Vec<u32>,
}

impl Reader<'_> {
    /// The number of a word in [`AllWords`].
    pub(super) fn number(&mut self, word: &str) -> u32 {
        let met = self.met.number(word) as usize;
        if met == self.numbers.len() {
            self.numbers.push(self.all.lock().number(word));
        }
        self.numbers[met]
    }
}

#[cfg(test)]
mod tests {
    use super::{AllWords, Vocabulary};

    #[test]
    fn numbers_words_in_the_order_they_are_met() {
        let mut vocabulary = Vocabulary::default();
        let numbers = ["visit", "", "child", "visit", "", "visits"].map(|word| vocabulary.number(word));
        assert_eq!(numbers, [0, 1, 2, 0, 1, 3]);
        assert_eq!(vocabulary.words().iter().collect::<Vec<_>>(), ["visit", "", "child", "visits"]);
    }

    #[test]
    fn all_readers_agree() {
        let all = AllWords::default();
        let (mut one, mut other) = (all.reader(), all.reader());
        assert_eq!(["visit", "child", "visit"].map(|word| one.number(word)), [0, 1, 0]);
        assert_eq!(["plan", "child", "plan", "visit"].map(|word| other.number(word)), [2, 1, 2, 0]);
        assert_eq!(one.number("plan"), 2);
        assert_eq!(all.with(|words| words.iter().map(str::to_owned).collect::<Vec<_>>()), ["visit", "child", "plan"]);
    }
}
