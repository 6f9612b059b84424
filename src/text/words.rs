//! Words of a text, for search and for marking what was found.
//!
//! In: any text. Out: each word with its place. Letters, digits, marks, and an apostrophe between letters make a word;
//! everything else divides, hyphens too. `static/theme/search.js` divides in the same way.

use super::fold::{fold_word, is_apostrophe, is_inside_words};

/// One word where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    /// As written.
    pub text: &'a str,
    /// First byte in the text.
    pub start: usize,
    /// It has only letters a to z and digits, so that it is folded already.
    pub plain: bool,
}

/// The words of a text in order.
pub fn words(text: &str) -> Words<'_> {
    Words { text, at: 0 }
}

/// The words of a text as search compares them.
pub fn folded(text: &str) -> Vec<String> {
    words(text).map(|word| fold_word(word.text).into_owned()).filter(|word| !word.is_empty()).collect()
}

/// Iterates over words.
pub struct Words<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Words<'a> {
    type Item = Word<'a>;

    #[inline]
    fn next(&mut self) -> Option<Word<'a>> {
        // Most text is ASCII, and a build reads all of it: characters are only taken apart where bytes do not say enough.
        let bytes = self.text.as_bytes();
        let mut start = self.at;
        loop {
            match SORTS[usize::from(*bytes.get(start)?)] {
                SMALL | LARGE => break,
                GAP => start += 1,
                _ => match self.text[start..].chars().next()? {
                    c if c.is_alphanumeric() => break,
                    c => start += c.len_utf8(),
                },
            }
        }
        let mut end = start;
        let mut met = SMALL;
        loop {
            end += small_run(&bytes[end..]);
            let (sort, length) = match bytes.get(end).map(|byte| SORTS[usize::from(*byte)]) {
                Some(LARGE) => (LARGE, 1),
                Some(UNSURE) => (UNSURE, inside(&self.text[end..])),
                _ => break,
            };
            if length == 0 {
                break;
            }
            (met, end) = (sort, end + length);
        }
        self.at = end;
        Some(Word { text: &self.text[start..end], start, plain: met == SMALL })
    }
}

// What a byte may be: a sign between words, a small letter or digit, a capital, or something to look at more closely.
const GAP: u8 = 0;
const SMALL: u8 = 1;
const LARGE: u8 = 2;
const UNSURE: u8 = 3;
static SORTS: [u8; 256] = sorts();

const fn sorts() -> [u8; 256] {
    let mut sorts = [GAP; 256];
    let mut byte = 0;
    while byte < 256 {
        sorts[byte] = match byte as u8 {
            b'a'..=b'z' | b'0'..=b'9' => SMALL,
            b'A'..=b'Z' => LARGE,
            b'\'' | 0x80.. => UNSURE,
            _ => GAP,
        };
        byte += 1;
    }
    sorts
}

/// How many small letters and digits bytes begin with. Most words end within the first eight, which are asked at once:
/// a processor guesses the end of a word wrong nearly every time.
fn small_run(bytes: &[u8]) -> usize {
    let mut run = 0;
    while let Some(eight) = bytes[run..].first_chunk() {
        let others = HIGH & !small_bytes(u64::from_le_bytes(*eight));
        if others != 0 {
            return run + others.trailing_zeros() as usize / 8;
        }
        run += 8;
    }
    run + bytes[run..].iter().take_while(|byte| SORTS[usize::from(**byte)] == SMALL).count()
}

/// The highest bit of each of eight bytes.
const HIGH: u64 = each(0x80);

/// Eight times the same byte.
const fn each(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// The highest bit of those bytes that are small letters or digits. A sum reaches the highest bit from a certain byte on,
/// and never the byte above.
const fn small_bytes(eight: u64) -> u64 {
    let low = eight & !HIGH;
    let letters = (low + each(0x80 - b'a')) & !(low + each(0x7F - b'z'));
    let digits = (low + each(0x80 - b'0')) & !(low + each(0x7F - b'9'));
    (letters | digits) & !eight & HIGH
}

/// The bytes of a text's first character, if that belongs to the word before it.
fn inside(text: &str) -> usize {
    let mut chars = text.chars();
    let Some(c) = chars.next() else { return 0 };
    let joins = is_apostrophe(c) && chars.next().is_some_and(char::is_alphanumeric);
    if joins || c.is_alphanumeric() || is_inside_words(c) { c.len_utf8() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::{SMALL, SORTS, small_run, words};

    #[test]
    fn runs_end_at_the_first_other_byte() {
        for byte in 0..=u8::MAX {
            for before in 0..20 {
                for after in 0..10 {
                    let bytes = [vec![b'z'; before], vec![byte], vec![b'0'; after]].concat();
                    let expected = if SORTS[usize::from(byte)] == SMALL { bytes.len() } else { before };
                    assert_eq!(small_run(&bytes), expected, "{bytes:?}");
                }
            }
        }
    }

    fn texts(text: &str) -> Vec<&str> {
        words(text).map(|word| word.text).collect()
    }

    #[test]
    fn plain_words_are_folded_already() {
        let text = "child s47 don't Child CLA café über 'quoted' x\u{301} x";
        for word in words(text) {
            assert_eq!(word.plain, crate::text::fold::fold_word(word.text) == word.text && word.text.is_ascii());
        }
    }

    #[test]
    fn divides_text() {
        assert_eq!(texts("Multi-agency: don’t 'wait' (s47/CLA)."), ["Multi", "agency", "don’t", "wait", "s47", "CLA"]);
        assert_eq!(texts("parents' plan"), ["parents", "plan"]);
        assert_eq!(texts("a_b cafe\u{301}s"), ["a", "b", "cafe\u{301}s"]);
        assert_eq!(texts("… – !"), [""; 0]);
    }
}
