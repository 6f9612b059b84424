//! Keys of block maps: finding them on a line, and those written so that YAML does not see them.
//!
//! In: the scanner's cursor at the start of an entry. Out: the key's place and text.

use std::collections::BTreeMap;
use std::ops::Range;

use super::scan::Scanner;
use super::shape::{Fault, Node, Pair};
use crate::diagnostics::Code;

/// A key found on a line.
pub(super) struct Key {
    pub(super) place: Range<usize>,
    pub(super) text: String,
    /// One past the colon.
    pub(super) after: usize,
    pub(super) broken: bool,
}

impl Scanner<'_> {
    /// The key of the line at the cursor.
    pub(super) fn key(&self) -> Option<Key> {
        let start = self.pos;
        let line = self.line_end(start);
        match self.byte(0)? {
            quote @ (b'"' | b'\'') => {
                let end = self.closing_quote(quote, start, line, isize::MIN)?;
                let colon = end + self.bytes[end..line].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
                let inner = &self.text[start + 1..end - 1];
                let text = if quote == b'\'' { inner.replace("''", "'") } else { inner.to_owned() };
                (self.bytes.get(colon) == Some(&b':') && self.blank_at(colon + 1)).then_some(Key {
                    place: start..end,
                    text,
                    after: colon + 1,
                    broken: false,
                })
            }
            b'[' | b'{' | b'|' | b'>' | b'#' | b',' | b']' | b'}' => None,
            b'-' | b'?' if self.blank_at(start + 1) => None,
            _ => self.plain_key(start, line),
        }
    }

    fn plain_key(&self, start: usize, line: usize) -> Option<Key> {
        let mut loose = None;
        for at in start..line {
            match self.bytes[at] {
                b'#' if self.blank_before(at) => break,
                b':' if self.blank_at(at + 1) => {
                    return Some(self.key_until(start, at, at + 1, false));
                }
                b':' if loose.is_none()
                    && is_word(&self.bytes[start..at])
                    && !matches!(self.bytes[at + 1], b'/' | b':') =>
                {
                    loose = Some(self.key_until(start, at, at + 1, true));
                }
                b'=' if loose.is_none() && is_word(self.text[start..at].trim_end().as_bytes()) => {
                    loose = Some(self.key_until(start, at, at + 1, true));
                }
                _ => {}
            }
        }
        loose
    }

    fn key_until(&self, start: usize, end: usize, after: usize, broken: bool) -> Key {
        let text = self.text[start..end].trim_end();
        let bad_start = matches!(self.bytes[start], b'@' | b'`' | b'%' | b'&' | b'*' | b'!');
        Key { place: start..start + text.len(), text: text.to_owned(), after, broken: broken || bad_start }
    }

    /// Reports a key written so that YAML does not take it for one. What follows it is read as text.
    pub(super) fn broken_pair(&mut self, key: Key) -> Pair {
        let place = key.place.clone();
        let value_start =
            key.after + self.text[key.after..].len() - self.text[key.after..].trim_start_matches([' ', '\t']).len();
        let value_end = self.trimmed_line(value_start);
        let meant = self.text[value_start..value_end].trim_matches(['"', '\'']).to_owned();
        let (message, help) = match (self.bytes[place.start], self.bytes[key.after - 1]) {
            (mark @ (b'&' | b'*' | b'!'), _) => {
                self.report_property(mark, place.start..self.word_end(place.start));
                (String::new(), String::new())
            }
            (mark @ (b'@' | b'`' | b'%'), _) => (
                format!("a key cannot start with {}", named(mark)),
                "start the key with a letter, or put it in quotes".to_owned(),
            ),
            (_, b'=') => (
                format!("`{}` is followed by `=`; a key is followed by a colon", key.text),
                format!("write `{}: {meant}`", key.text),
            ),
            _ => (
                format!("there is no space after the colon of `{}`", key.text),
                format!("write `{}: {meant}`", key.text),
            ),
        };
        if !message.is_empty() {
            self.faults.push(Fault::certain(Code::YamlSyntax, place.start..key.after, message, help));
        }
        self.skip_line();
        Pair { key: key.text, key_place: place, value: Node::faulty(value_start..value_end, meant) }
    }

    /// False, and reported, where the map has this key already.
    pub(super) fn is_new(&mut self, pair: &Pair, seen: &mut BTreeMap<String, Range<usize>>) -> bool {
        let Some(first) = seen.get(&pair.key) else {
            seen.insert(pair.key.clone(), pair.key_place.clone());
            return true;
        };
        let mut fault = Fault::certain(
            Code::YamlDuplicateKey,
            pair.key_place.clone(),
            format!("`{}` is given twice", pair.key),
            "keep one of the two lines and remove the other",
        );
        fault.also = Some((first.clone(), "it was given here first"));
        self.faults.push(fault);
        false
    }
}

/// A name as keys have it.
fn is_word(bytes: &[u8]) -> bool {
    bytes.first().is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'_')
        && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

/// A character in a message.
pub(super) fn named(byte: u8) -> String {
    if byte == b'`' { "a backtick".to_owned() } else { format!("`{}`", char::from(byte)) }
}
