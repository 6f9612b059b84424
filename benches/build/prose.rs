//! Made-up prose: a random source of our own, a vocabulary of syllables, sentences whose words follow Zipf's law.
//!
//! In: a seed. Out: words, sentences, paragraphs in Markdown. The same seed gives the same text on every machine
//! and in every version, so that figures of different days can be compared.

use std::collections::HashSet;

/// Words in the vocabulary: about what a practice guide of some hundred pages uses.
pub(crate) const WORDS: usize = 8_000;

/// SplitMix64 (Steele, Lea and Flood, 2014): small, good enough for prose, and ours to keep unchanged.
pub(crate) struct Rng(u64);

impl Rng {
    /// A stream of its own for every purpose and index.
    pub(crate) fn keyed(seed: u64, purpose: &str, index: usize) -> Self {
        let mut rng = Self(seed);
        for byte in purpose.bytes() {
            rng.0 = rng.next() ^ u64::from(byte);
        }
        rng.0 = rng.next() ^ index as u64;
        rng
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Evenly from 0 up to, not including, `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.next()) * end as u128) >> 64) as usize
    }

    /// Evenly from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high - low + 1)
    }

    /// Evenly from 0 to 1.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// One of a list that is not empty.
    pub(crate) fn pick<'a, T: ?Sized>(&mut self, list: &[&'a T]) -> &'a T {
        list[self.below(list.len())]
    }
}

const ONSETS: [&str; 24] = [
    "b", "c", "d", "f", "g", "h", "l", "m", "n", "p", "r", "s", "t", "v", "w", "st", "tr", "pr", "ch", "sh", "gr",
    "pl", "br", "",
];
const NUCLEI: [&str; 9] = ["a", "e", "i", "o", "u", "ea", "ai", "ou", "ie"];
const CODAS: [&str; 12] = ["", "", "", "n", "r", "s", "t", "l", "d", "m", "ng", "ck"];

/// Words from the most to the least frequent, and their summed weights.
pub(crate) struct Vocabulary {
    words: Vec<String>,
    summed: Vec<f64>,
}

impl Vocabulary {
    /// Always the same words: frequent ones are short, as in English.
    pub(crate) fn new() -> Self {
        let mut rng = Rng::keyed(0, "vocabulary", 0);
        let mut seen = HashSet::new();
        let mut words = Vec::with_capacity(WORDS);
        while words.len() < WORDS {
            let syllables = match words.len() {
                0..40 => 1,
                40..250 => rng.between(1, 2),
                250..1_000 => rng.between(2, 3),
                _ => rng.between(2, 4),
            };
            let mut word = String::new();
            for _ in 0..syllables {
                word.push_str(rng.pick(&ONSETS));
                word.push_str(rng.pick(&NUCLEI));
            }
            word.push_str(rng.pick(&CODAS));
            if seen.insert(word.clone()) {
                words.push(word);
            }
        }
        // Zipf and Mandelbrot: the weight of rank r is 1 / (r + 2.7).
        let mut sum = 0.0;
        let weights = (0..WORDS).map(|rank| 1.0 / (rank as f64 + 2.7));
        let summed = weights
            .map(|weight| {
                sum += weight;
                sum
            })
            .collect();
        Self { words, summed }
    }

    fn draw(&self, rng: &mut Rng) -> &str {
        let at = rng.unit() * self.summed[WORDS - 1];
        &self.words[self.summed.partition_point(|sum| *sum <= at).min(WORDS - 1)]
    }
}

/// Somebody who writes prose of this vocabulary.
pub(crate) struct Writer<'a> {
    vocabulary: &'a Vocabulary,
    /// The random source, also for what is decided around the prose.
    pub(crate) rng: Rng,
}

impl<'a> Writer<'a> {
    /// A writer at the start of a stream.
    pub(crate) fn new(vocabulary: &'a Vocabulary, rng: Rng) -> Self {
        Self { vocabulary, rng }
    }

    /// `count` words.
    pub(crate) fn words(&mut self, count: usize) -> Vec<String> {
        (0..count).map(|_| self.vocabulary.draw(&mut self.rng).to_owned()).collect()
    }

    /// A phrase with a capital and no full stop.
    pub(crate) fn phrase(&mut self, count: usize) -> String {
        capital(&self.words(count).join(" "))
    }

    /// A sentence of so many words; one in eight has a word in bold or italics.
    pub(crate) fn sentence(&mut self, low: usize, high: usize) -> String {
        let count = self.rng.between(low, high);
        let mut words = self.words(count);
        words[0] = capital(&words[0]);
        let marked = self.rng.below(count);
        match self.rng.below(100) {
            0..8 => words[marked] = format!("**{}**", words[marked]),
            8..12 => words[marked] = format!("*{}*", words[marked]),
            _ => {}
        }
        if count > 12 {
            words[count / 2].push(',');
        }
        words.join(" ") + "."
    }

    /// So many sentences of ordinary length.
    pub(crate) fn paragraph(&mut self, sentences: usize) -> String {
        (0..sentences).map(|_| self.sentence(8, 22)).collect::<Vec<_>>().join(" ")
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
