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
    /// The head and the number of each: most words are short enough to be known by their heads.
    places: HashTable<(u64, u32)>,
    hasher: DefaultHashBuilder,
}

impl Vocabulary {
    /// The number of the word that a text begins with, of so many bytes; a new one if it was not met before. No word
    /// holds a zero byte.
    #[inline]
    pub(super) fn number(&mut self, text: &str, length: usize) -> u32 {
        let word = &text[..length];
        let head = head(text.as_bytes(), length);
        let hash = hash(&self.hasher, head, word.as_bytes());
        let is_word = |(other, number): &(u64, u32)| {
            *other == head && (word.len() <= HEAD || self.words.bytes(*number) == word.as_bytes())
        };
        match self.places.find(hash, is_word) {
            Some((_, number)) => *number,
            None => self.add(word, head, hash),
        }
    }

    #[cold]
    fn add(&mut self, word: &str, head: u64, hash_of_word: u64) -> u32 {
        let Self { words, places, hasher } = self;
        let number = u32::try_from(words.len()).unwrap_or(u32::MAX);
        words.text.push_str(word);
        words.ends.push(u32::try_from(words.text.len()).unwrap_or(u32::MAX));
        let again = |(head, number): &(u64, u32)| hash(hasher, *head, words.bytes(*number));
        places.insert_unique(hash_of_word, (head, number), again);
        number
    }

    /// The words, by number.
    pub(super) fn words(&self) -> &Words {
        &self.words
    }
}

/// How many bytes are a word's head.
const HEAD: usize = 8;
/// In the head of a longer word this takes the place of the last byte: no text has such a byte.
const LONGER: u64 = 0xFF << 56;

/// The first bytes of the word that a text begins with as one number; those that it does not have are zero. Only words
/// of the same bytes share the head of a short one. What follows the word is read and taken off again: how long a word is
/// is nothing a processor could guess.
#[inline]
fn head(text: &[u8], length: usize) -> u64 {
    let eight = text.first_chunk().copied().unwrap_or_else(|| {
        let mut eight = [0; HEAD];
        eight[..text.len()].copy_from_slice(text);
        eight
    });
    let beyond = 8 * HEAD.saturating_sub(length);
    let longer = if length > HEAD { LONGER } else { 0 };
    u64::from_le_bytes(eight) & u64::MAX.checked_shr(beyond as u32).unwrap_or(0) | longer
}

fn hash(builder: &DefaultHashBuilder, head: u64, word: &[u8]) -> u64 {
    let mut hasher = builder.build_hasher();
    hasher.write_u64(head);
    if let Some(rest @ [_, ..]) = word.get(HEAD..) {
        hasher.write(rest);
    }
    hasher.finish()
}

/// The words of all documents, whoever reads them. They stay when their documents are forgotten: in a preview those are the
/// few new ones of a day.
#[derive(Debug, Default)]
pub(super) struct AllWords(Mutex<Vocabulary>);

impl AllWords {
    /// Somebody who reads documents, on one thread.
    pub(super) fn reader(&self) -> Reader<'_> {
        Reader { all: self, met: Vocabulary::default(), numbers: Vec::new(), given: Vec::new() }
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
    given: Vec<u32>,
}

impl Reader<'_> {
    /// The number in [`AllWords`] of the word that a text begins with, of so many bytes.
    #[inline]
    pub(super) fn number(&mut self, text: &str, length: usize) -> u32 {
        let met = self.met.number(text, length) as usize;
        if met == self.numbers.len() {
            self.ask(&text[..length]);
        }
        let number = self.numbers[met];
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

    #[cold]
    fn ask(&mut self, word: &str) {
        self.numbers.push(self.all.lock().number(word, word.len()));
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{AllWords, Vocabulary, head};

    #[test]
    fn numbers_words_in_the_order_they_are_met() {
        let mut vocabulary = Vocabulary::default();
        let numbers = ["visit", "", "child", "visit", "", "visits"].map(|word| vocabulary.number(word, word.len()));
        assert_eq!(numbers, [0, 1, 2, 0, 1, 3]);
        assert_eq!(vocabulary.words().iter().collect::<Vec<_>>(), ["visit", "", "child", "visits"]);
    }

    #[test]
    fn words_of_all_lengths_are_told_apart() {
        let mut vocabulary = Vocabulary::default();
        let long = "grandparenthood";
        let mut words: Vec<String> = (0..=long.len()).map(|end| long[..end].to_owned()).collect();
        words.extend((0..long.len()).map(|at| format!("{}x{}", &long[..at], &long[at + 1..])));
        words.extend((1..9).map(|at| format!("{}x", &long[..at])));
        words.extend(["łódź", "łódz", "łodz", "中文", "中"].map(str::to_owned));
        let numbers: Vec<u32> = words.iter().map(|word| vocabulary.number(word, word.len())).collect();
        assert_eq!(numbers, (0..).take(words.len()).collect::<Vec<_>>());
        assert!(words.iter().map(|word| vocabulary.number(word, word.len())).eq(numbers));
        assert!(vocabulary.words().iter().eq(&words));
        // Whatever their hashes are.
        let heads: BTreeSet<u64> =
            words.iter().filter(|word| word.len() <= 8).map(|word| head(word.as_bytes(), word.len())).collect();
        assert_eq!(heads.len(), words.iter().filter(|word| word.len() <= 8).count());
        // And whatever follows them.
        for word in &words {
            for after in ["", " ", " and", " and others", "é"] {
                assert_eq!(head(format!("{word}{after}").as_bytes(), word.len()), head(word.as_bytes(), word.len()));
            }
        }
        assert!(
            words.iter().filter(|word| word.len() > 8).all(|word| !heads.contains(&head(word.as_bytes(), word.len())))
        );
    }

    #[test]
    fn all_readers_agree() {
        let all = AllWords::default();
        let (mut one, mut other) = (all.reader(), all.reader());
        assert_eq!(["visit", "child", "visit"].map(|word| one.number(word, word.len())), [0, 1, 0]);
        assert_eq!(["plan", "child", "plan", "visit"].map(|word| other.number(word, word.len())), [2, 1, 2, 0]);
        assert_eq!(one.number("plan", 4), 2);
        assert_eq!(all.with(|words| words.iter().map(str::to_owned).collect::<Vec<_>>()), ["visit", "child", "plan"]);
    }
}
