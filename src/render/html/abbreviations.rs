//! The first use of each abbreviation says what it stands for.
//!
//! In: the abbreviations of the page and of the site, texts in the order of the page. Out: where each is first
//! used, as a whole word. The page's own meaning goes before the site's.

use std::ops::Range;

pub(super) struct Abbreviations<'a> {
    /// Those not used yet, the page's own first.
    left: Vec<(&'a str, &'a str)>,
    /// Which bytes any of them begins with: most words are passed over by this alone.
    first: [bool; 256],
}

impl<'a> Abbreviations<'a> {
    pub(super) fn new(own: &'a [(String, String)], shared: &'a [(String, String)]) -> Self {
        let mut first = [false; 256];
        let pairs = own.iter().chain(shared).filter(|(short, _)| !short.is_empty());
        let left: Vec<_> = pairs.map(|(short, long)| (short.as_str(), long.as_str())).collect();
        for (short, _) in &left {
            first[usize::from(short.as_bytes()[0])] = true;
        }
        Self { left, first }
    }

    /// The next first use in `text` from `from` on, and what it stands for. Each is found once.
    pub(super) fn next(&mut self, text: &str, from: usize) -> Option<(Range<usize>, &'a str)> {
        if self.left.is_empty() {
            return None;
        }
        let bytes = text.as_bytes();
        for at in from..bytes.len() {
            if !self.first[usize::from(bytes[at])] || !text.is_char_boundary(at) || is_word_before(text, at) {
                continue;
            }
            let rest = &text[at..];
            let fits = |short: &str| rest.starts_with(short) && !rest[short.len()..].starts_with(char::is_alphanumeric);
            // The longest; among equals the first.
            let found = self.left.iter().filter(|(short, _)| fits(short)).rev().max_by_key(|(short, _)| short.len());
            if let Some(&(short, long)) = found {
                self.left.retain(|(other, _)| *other != short);
                return Some((at..at + short.len(), long));
            }
        }
        None
    }
}

fn is_word_before(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_some_and(char::is_alphanumeric)
}
