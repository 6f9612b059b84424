//! Words by number.
//!
//! In: words. Out: a number for each, in the order they were first met. What stays true: the words stand one after
//! another in one text, so that a vocabulary is two allocations and not one for each word.

use std::hash::BuildHasher;

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

    /// In order of their numbers.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|number| self.get(u32::try_from(number).unwrap_or(u32::MAX)))
    }
}

/// Words that are being numbered.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    pub(super) words: Words,
    /// The number of each, by its text.
    numbers: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Vocabulary {
    /// The number of a word; a new one if it was not met before.
    pub(super) fn number(&mut self, word: &str) -> u32 {
        let Self { words, numbers, hasher } = self;
        let hash = hasher.hash_one(word);
        if let Some(number) = numbers.find(hash, |number| words.get(*number) == word) {
            return *number;
        }
        let number = u32::try_from(words.len()).unwrap_or(u32::MAX);
        words.text.push_str(word);
        words.ends.push(u32::try_from(words.text.len()).unwrap_or(u32::MAX));
        numbers.insert_unique(hash, number, |number| hasher.hash_one(words.get(*number)));
        number
    }
}
