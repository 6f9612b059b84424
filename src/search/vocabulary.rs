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
#[derive(Default)]
pub(super) struct Vocabulary {
    words: Words,
    places: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Vocabulary {
    /// The number of a word, a new one if it was not met before.
    pub(super) fn number(&mut self, word: &str) -> u32 {
        let Self { words, places, hasher } = self;
        let hash = hasher.hash_one(word.as_bytes());
        if let Some(number) = places.find(hash, |number| words.bytes(*number) == word.as_bytes()) {
            return *number;
        }
        let number = u32::try_from(words.len()).unwrap_or(u32::MAX);
        words.text.push_str(word);
        words.ends.push(u32::try_from(words.text.len()).unwrap_or(u32::MAX));
        places.insert_unique(hash, number, |number| hasher.hash_one(words.bytes(*number)));
        number
    }

    /// The words, by number.
    pub(super) fn words(&self) -> &Words {
        &self.words
    }

    /// Hands the words over and starts again with none.
    pub(super) fn take(&mut self) -> Words {
        self.places.clear();
        // A copy is exactly as long as its words; what stays is used again for the next document.
        let words = self.words.clone();
        self.words.text.clear();
        self.words.ends.clear();
        words
    }
}

#[cfg(test)]
mod tests {
    use super::Vocabulary;

    #[test]
    fn numbers_words_in_the_order_they_are_met() {
        let mut vocabulary = Vocabulary::default();
        let numbers = ["visit", "", "child", "visit", "", "visits"].map(|word| vocabulary.number(word));
        assert_eq!(numbers, [0, 1, 2, 0, 1, 3]);
        let words = vocabulary.take();
        assert_eq!(words.iter().collect::<Vec<_>>(), ["visit", "", "child", "visits"]);
        assert_eq!(vocabulary.number("child"), 0);
    }
}
