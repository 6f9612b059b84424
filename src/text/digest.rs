//! Digests: one hash for names of assets, stamps and comparisons.
//!
//! In: bytes, whole or in pieces. Out: SHA-256 in lower-case hexadecimal (FIPS 180-4); or, for what one run remembers, a
//! number that is made many times as fast.

use std::hash::{BuildHasher, Hasher};

use hashbrown::DefaultHashBuilder;
use sha2::{Digest as _, Sha256};

/// A digest being made of pieces.
#[derive(Default)]
pub struct Digest(Sha256);

impl Digest {
    /// The digest of all bytes at once, 64 hexadecimal digits.
    pub fn of(bytes: &[u8]) -> String {
        let mut digest = Self::default();
        digest.add(bytes);
        digest.finish()
    }

    /// Adds the next piece.
    pub fn add(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// 64 hexadecimal digits.
    pub fn finish(self) -> String {
        const DIGITS: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
        let bytes = self.0.finalize();
        bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|digit| DIGITS[usize::from(digit)]).collect()
    }
}

/// Digests that are only compared within one run. They never leave it, and nobody outside can foresee them, so that a quick
/// hash is as good as a cryptographic one; two of 64 bits are enough for any number of texts.
#[derive(Clone, Debug, Default)]
pub struct QuickDigest(DefaultHashBuilder);

impl QuickDigest {
    /// Of some texts, each with its length, so that no other texts have the same when joined.
    pub fn of<'a>(&self, texts: impl Iterator<Item = &'a [u8]> + Clone) -> u128 {
        let [low, high] = [0, 1].map(|half| {
            let mut hasher = self.0.build_hasher();
            // Written as a text: what `write_u8` is given would be mixed in only at the end, alike for both halves.
            hasher.write(&[half]);
            for text in texts.clone() {
                hasher.write_usize(text.len());
                hasher.write(text);
            }
            hasher.finish()
        });
        u128::from(high) << 64 | u128::from(low)
    }
}

#[cfg(test)]
mod tests {
    use super::{Digest, QuickDigest};

    #[test]
    fn quick_digests_tell_texts_apart_where_they_part() {
        let quick = QuickDigest::default();
        let of = |texts: &[&'static str]| quick.of(texts.iter().map(|text| text.as_bytes()));
        assert_eq!(of(&["ab", "c"]), of(&["ab", "c"]));
        let all = [of(&["ab", "c"]), of(&["a", "bc"]), of(&["abc"]), of(&["abc", ""]), of(&[])];
        for (at, one) in all.iter().enumerate() {
            assert!(all[..at].iter().all(|other| other != one));
            assert_ne!(*one as u64, (one >> 64) as u64, "two halves");
        }
    }

    #[test]
    fn digests_pieces_as_the_whole() {
        let mut pieces = Digest::default();
        pieces.add(b"a");
        pieces.add(b"bc");
        assert_eq!(pieces.finish(), Digest::of(b"abc"));
        assert!(Digest::of(b"abc").starts_with("ba7816bf8f01cfea"));
    }
}
