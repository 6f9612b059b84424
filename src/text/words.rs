//! Words of a text, for search and for marking what was found.
//!
//! In: any text. Out: each word with its place. Letters, digits, marks, and an apostrophe between letters make a word;
//! everything else divides, hyphens too. `static/theme/search.js` divides in the same way.

use wide::i8x16;

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
        let mut plain = true;
        loop {
            let length = match bytes.get(end).map(|byte| SORTS[usize::from(*byte)]) {
                Some(SMALL) => {
                    end += 1;
                    continue;
                }
                Some(LARGE) => 1,
                Some(UNSURE) => inside(&self.text[end..]),
                _ => 0,
            };
            if length == 0 {
                break;
            }
            (plain, end) = (false, end + length);
        }
        self.at = end;
        Some(Word { text: &self.text[start..end], start, plain })
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

/// A word as most are: small letters and digits, the first maybe a capital, fewer than sixteen, and a sign behind them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShortWord {
    /// Its bytes as folded, the first one lowest; zeros above them.
    pub folded: u128,
    /// How many bytes it has.
    pub length: usize,
    /// The first is a capital.
    pub capital: bool,
}

/// How many bytes are no part of any word at the beginning of a text; other such signs may follow them.
#[inline]
pub fn gap_before(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| SORTS[usize::from(**byte)] == GAP).count()
}

/// The short word that a text begins with. A build reads all text: sixteen bytes are looked at in one step, since a
/// processor guesses the end of a word wrong nearly every time. `None` says nothing: there may be a word of another sort.
#[inline]
pub fn short_word(bytes: &[u8]) -> Option<ShortWord> {
    let sixteen = bytes.first_chunk().copied().unwrap_or_else(|| end_of_text(bytes));
    let capital = sixteen[0].is_ascii_uppercase();
    let length = (small(sixteen) | u32::from(capital)).trailing_ones() as usize;
    // All sixteen may belong to the word, or none.
    if length == 0 || SORTS[usize::from(*sixteen.get(length)?)] != GAP {
        return None;
    }
    let folded = u128::from_le_bytes(sixteen) | u128::from(capital) << 5;
    Some(ShortWord { folded: folded & ((1 << (8 * length)) - 1), length, capital })
}

/// A bit for each of sixteen bytes, the first lowest: whether it is a small letter or a digit.
#[inline]
fn small(bytes: [u8; 16]) -> u32 {
    let bytes = i8x16::new(bytes.map(u8::cast_signed));
    // Ranges begin at the least number of all after this, so that one comparison does.
    let between = |first: u8, count: i8| {
        let moved = bytes + i8x16::splat(i8::MIN.wrapping_sub_unsigned(first));
        moved.simd_lt(i8x16::splat(i8::MIN + count))
    };
    (between(b'a', 26) | between(b'0', 10)).to_bitmask()
}

/// What is left of a text, with zeros behind it.
#[cold]
fn end_of_text(bytes: &[u8]) -> [u8; 16] {
    let mut sixteen = [0; 16];
    let length = bytes.len().min(sixteen.len());
    sixteen[..length].copy_from_slice(&bytes[..length]);
    sixteen
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
    use super::{ShortWord, gap_before, short_word, words};
    use crate::text::fold::fold_word;

    /// What there is to say of the first word, where it is a short one.
    fn expected(text: &str) -> Option<ShortWord> {
        let word = words(text).next().filter(|word| word.start == 0 && word.text.is_ascii())?;
        let (first, rest) = word.text.split_at(1);
        let small = rest.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
        let sure = text[word.text.len()..].chars().next().is_none_or(|c| c.is_ascii() && c != '\'');
        let folded = fold_word(word.text).bytes().rev().fold(0, |above: u128, byte| above << 8 | u128::from(byte));
        let capital = first.chars().all(|c| c.is_ascii_uppercase());
        let short = word.text.len() < 16 && small && sure;
        short.then_some(ShortWord { folded, length: word.text.len(), capital })
    }

    #[test]
    fn short_words_are_words() {
        let mut met = 0;
        for c in (0..=0x7F_u8).map(char::from).chain(['é', 'É', '’', '\u{301}', '–', '中', '𝒳']) {
            for first in ["", "z", "Q", "7"] {
                for before in 0..18 {
                    for after in 0..18 {
                        let text = format!("{first}{}{c}{}", "z".repeat(before), "0".repeat(after));
                        assert_eq!(short_word(text.as_bytes()), expected(&text), "{text:?}");
                        met += usize::from(expected(&text).is_some());
                    }
                }
            }
        }
        assert!(met > 10_000, "{met}");
    }

    #[test]
    fn a_gap_ends_where_a_word_may_begin() {
        for (text, gap) in [("", 0), (" a", 1), (", (A", 3), (" \u{2013} a", 1), ("a", 0), (" 'a'", 1), ("-", 1)] {
            assert_eq!(gap_before(text.as_bytes()), gap);
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
