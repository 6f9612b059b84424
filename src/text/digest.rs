//! Digests: one hash for names of assets, stamps and comparisons.
//!
//! In: bytes, whole or in pieces. Out: SHA-256 in lower-case hexadecimal (FIPS 180-4).

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

#[cfg(test)]
mod tests {
    use super::Digest;

    #[test]
    fn digests_pieces_as_the_whole() {
        let mut pieces = Digest::default();
        pieces.add(b"a");
        pieces.add(b"bc");
        assert_eq!(pieces.finish(), Digest::of(b"abc"));
        assert!(Digest::of(b"abc").starts_with("ba7816bf8f01cfea"));
    }
}
