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

    fn next(&mut self) -> Option<Word<'a>> {
        let start = self.at + self.text[self.at..].find(char::is_alphanumeric)?;
        let mut end = start;
        let mut rest = self.text[start..].chars();
        while let Some(c) = rest.next() {
            let inside = c.is_alphanumeric() || is_inside_words(c);
            let joins = is_apostrophe(c) && rest.clone().next().is_some_and(char::is_alphanumeric);
            if !inside && !joins {
                break;
            }
            end += c.len_utf8();
        }
        self.at = end;
        Some(Word { text: &self.text[start..end], start })
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    fn texts(text: &str) -> Vec<&str> {
        words(text).map(|word| word.text).collect()
    }

    #[test]
    fn divides_text() {
        assert_eq!(texts("Multi-agency: don’t 'wait' (s47/CLA)."), ["Multi", "agency", "don’t", "wait", "s47", "CLA"]);
        assert_eq!(texts("parents' plan"), ["parents", "plan"]);
        assert_eq!(texts("a_b cafe\u{301}s"), ["a", "b", "cafe\u{301}s"]);
        assert_eq!(texts("… – !"), [""; 0]);
    }
}
