//! Finds keys, items and values in YAML text by its layout.
//!
//! In: one document. Out: a [`Node`] tree and every mistake seen on the way; after a mistake it goes on with the
//! next line. It never decides what a value *is*: that stays with the parser, and [`super::read`] compares the two.
//! Indentation is counted in spaces; a tab, which YAML forbids there, counts as two.

use std::collections::BTreeMap;
use std::ops::Range;

use super::shape::{Fault, Node, Pair, Shape};
use crate::diagnostics::Code;

/// Deeper nesting than this is a mistake or an attack.
pub(super) const DEEPEST: usize = 64;

/// A cursor over one document.
pub(super) struct Scanner<'a> {
    pub(super) text: &'a str,
    pub(super) bytes: &'a [u8],
    pub(super) pos: usize,
    /// Only white space lies between the start of the line and the cursor.
    pub(super) fresh: bool,
    /// Nesting so far.
    pub(super) depth: usize,
    /// Nested too deeply to be read at all.
    pub(super) too_deep: bool,
    /// Aliases were seen: the text must not be given to the parser as a whole.
    pub(super) aliases: bool,
    /// Tabs before this place have been reported.
    tabs_seen: usize,
    pub(super) faults: Vec<Fault>,
}

/// A key found on a line.
struct Key {
    place: Range<usize>,
    text: String,
    /// One past the colon.
    after: usize,
    broken: bool,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str, start: usize, end: usize) -> Self {
        let text = &text[..end];
        Self {
            text,
            bytes: text.as_bytes(),
            pos: start,
            fresh: true,
            depth: 0,
            too_deep: false,
            aliases: false,
            tabs_seen: 0,
            faults: Vec::new(),
        }
    }

    /// The whole document; nothing where there is nothing but comments.
    pub(super) fn document(&mut self) -> Option<Node> {
        self.peek()?;
        let root = self.node(-1, false);
        if self.peek().is_some() {
            self.faults.push(Fault::suspected(
                self.pos..self.line_end(self.pos),
                "this line does not belong to what stands above it",
                "give it the same indentation and the same form as the lines above",
            ));
        }
        Some(root)
    }

    /// Moves to the next thing written, over white space and comments. Gives its column, or nothing at the end.
    pub(super) fn peek(&mut self) -> Option<isize> {
        loop {
            match self.byte(0)? {
                b' ' | b'\t' => self.pos += 1,
                b'\n' | b'\r' => {
                    self.pos += 1;
                    self.fresh = true;
                }
                b'#' if self.pos == 0 || self.blank_before(self.pos) => {
                    self.pos = self.line_end(self.pos)
                }
                _ => break,
            }
        }
        let column = self.column();
        if self.fresh {
            self.report_tab();
        }
        Some(column)
    }

    /// Any value. `parent` is the column it must be right of; `inline` means that it stands on the line of its key,
    /// where neither keys nor list items may begin.
    pub(super) fn node(&mut self, parent: isize, inline: bool) -> Node {
        if self.depth >= DEEPEST {
            return self.refuse_depth();
        }
        self.depth += 1;
        let node = self.node_inside(parent, inline);
        self.depth -= 1;
        node
    }

    pub(super) fn refuse_depth(&mut self) -> Node {
        if !self.too_deep {
            self.faults.push(Fault::certain(
                Code::YamlSyntax,
                self.pos..self.pos + 1,
                format!("this is nested more than {DEEPEST} levels deep"),
                "use fewer levels of indentation and brackets",
            ));
        }
        self.too_deep = true;
        self.pos = self.bytes.len();
        Node::new(self.pos..self.pos, Shape::Empty)
    }

    fn node_inside(&mut self, parent: isize, inline: bool) -> Node {
        let start = self.pos;
        if let Some(node) = self.properties(parent, inline) {
            return node;
        }
        let inline = inline && !self.fresh;
        if self.at_dash() {
            if !inline {
                return self.block_list(self.column());
            }
            return self.faulty_line(
                "a list cannot begin on the line of its key",
                "put each `- item` on a line of its own below the key, or write `[item, item]`",
            );
        }
        let Some(first) = self.byte(0) else {
            return Node::new(start..start, Shape::Empty);
        };
        // Inside a list `a:b` may well be meant as text; a document is never just that.
        if !inline && self.key().is_some_and(|key| !key.broken || parent < 0) {
            return self.block_map(self.column());
        }
        match first {
            b'|' | b'>' => self.block_scalar(parent),
            b'"' | b'\'' => self.quoted_value(parent),
            b'[' | b'{' => self.flow_value(parent),
            b'@' | b'`' | b'%' => self.faulty_line(
                format!("a value cannot start with {}", named(first)),
                "put the whole value in quotes",
            ),
            b'?' if self.blank_at(self.pos + 1) => self.faulty_line(
                "keys must be plain texts; `?` is not supported here",
                "write `key: value`, or put a text that starts with `?` in quotes",
            ),
            _ => self.plain(parent, inline),
        }
    }

    /// Skips and reports anchors, tags and aliases. An alias is the whole value.
    fn properties(&mut self, parent: isize, inline: bool) -> Option<Node> {
        while let Some(mark @ (b'&' | b'*' | b'!')) = self.byte(0) {
            let start = self.pos;
            let word = self.word_end(start);
            self.report_property(mark, start..word);
            if mark == b'*' {
                let line = self.trimmed_line(start);
                self.skip_line();
                return Some(Node::faulty(start..line, &self.text[start..line]));
            }
            self.pos = word;
            self.fresh = false;
            let stays = self.skip_blanks();
            if !stays {
                match self.peek() {
                    Some(column)
                        if column > parent || (column == parent && inline && self.at_dash()) => {}
                    _ => return Some(Node::new(word..word, Shape::Empty)),
                }
            }
        }
        None
    }

    pub(super) fn report_property(&mut self, mark: u8, place: Range<usize>) {
        let word = &self.text[place.clone()];
        let quotes = "if it is meant as text, put the whole value in quotes";
        let (code, message, help) = match mark {
            b'&' => (
                Code::YamlAlias,
                format!("`{word}` is a YAML anchor, which is not allowed here"),
                format!("write each value out; {quotes}"),
            ),
            b'*' => (
                Code::YamlAlias,
                format!("`{word}` is a YAML alias, which is not allowed here"),
                format!("write the value out; {quotes}"),
            ),
            _ => (
                Code::YamlTag,
                format!("`{word}` is a YAML tag, which is not allowed here"),
                format!("remove it; {quotes}"),
            ),
        };
        self.aliases |= mark == b'*';
        self.faults.push(Fault::certain(code, place, message, help));
    }

    fn block_map(&mut self, column: isize) -> Node {
        let start = self.pos;
        let mut pairs: Vec<Pair> = Vec::new();
        let mut seen: BTreeMap<String, Range<usize>> = BTreeMap::new();
        let mut end = start;
        loop {
            match self.key() {
                Some(key) => {
                    let pair = self.pair(key, column);
                    end = pair.value.place.end.max(pair.key_place.end);
                    if self.is_new(&pair, &mut seen) && pair.key != "<<" {
                        pairs.push(pair);
                    }
                }
                None => self.report_keyless_line(),
            }
            if !self.next_line_at(column) {
                break;
            }
        }
        Node::new(start..end, Shape::Map(pairs))
    }

    /// Moves to the next line of a block at `column`. Lines further in belong nowhere and are reported.
    fn next_line_at(&mut self, column: isize) -> bool {
        let mut reported = false;
        loop {
            match self.peek() {
                Some(here) if here == column && self.fresh => return true,
                Some(here) if here > column || !self.fresh => {
                    if !reported {
                        self.faults.push(Fault::suspected(
                            self.pos..self.trimmed_line(self.pos),
                            "this line is indented differently from the lines around it",
                            "begin it in the same column as the line it belongs with, using spaces",
                        ));
                    }
                    reported = true;
                    self.skip_line();
                }
                _ => return false,
            }
        }
    }

    fn pair(&mut self, key: Key, column: isize) -> Pair {
        if key.broken {
            return self.broken_pair(key);
        }
        let at = key.after;
        self.pos = at;
        self.fresh = false;
        if key.text == "<<" {
            self.faults.push(Fault::certain(
                Code::YamlAlias,
                key.place.clone(),
                "`<<` merges other keys into this place, which is not allowed here",
                "write the keys out",
            ));
        }
        let value = if self.skip_blanks() {
            self.node(column, true)
        } else {
            match self.peek() {
                Some(here) if here > column => self.node(column, false),
                Some(here) if here == column && self.at_dash() => self.deeper_list(column),
                _ => Node::new(at..at, Shape::Empty),
            }
        };
        Pair {
            key: key.text,
            key_place: key.place,
            value,
        }
    }

    /// A list in the same column as its key, which YAML allows.
    fn deeper_list(&mut self, column: isize) -> Node {
        if self.depth >= DEEPEST {
            return self.refuse_depth();
        }
        self.depth += 1;
        let node = self.block_list(column);
        self.depth -= 1;
        node
    }

    fn block_list(&mut self, column: isize) -> Node {
        let start = self.pos;
        let mut items = Vec::new();
        let mut end = start;
        loop {
            let dash = self.pos;
            self.pos += 1;
            self.fresh = false;
            let item = if self.skip_blanks() {
                self.node(column, false)
            } else {
                match self.peek() {
                    Some(here) if here > column => self.node(column, false),
                    _ => Node::new(dash + 1..dash + 1, Shape::Empty),
                }
            };
            end = end.max(item.place.end);
            items.push((dash, item));
            if !(self.next_line_at(column) && self.at_dash()) {
                break;
            }
        }
        Node::new(start..end, Shape::List(items))
    }

    /// False, and reported, where the map has this key already.
    pub(super) fn is_new(
        &mut self,
        pair: &Pair,
        seen: &mut BTreeMap<String, Range<usize>>,
    ) -> bool {
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

    /// The key of the line at the cursor.
    fn key(&self) -> Option<Key> {
        let start = self.pos;
        let line = self.line_end(start);
        match self.byte(0)? {
            quote @ (b'"' | b'\'') => {
                let end = self.closing_quote(quote, start, line, isize::MIN)?;
                let colon = end
                    + self.bytes[end..line]
                        .iter()
                        .take_while(|byte| matches!(byte, b' ' | b'\t'))
                        .count();
                let inner = &self.text[start + 1..end - 1];
                let text = if quote == b'\'' {
                    inner.replace("''", "'")
                } else {
                    inner.to_owned()
                };
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
        Key {
            place: start..start + text.len(),
            text: text.to_owned(),
            after,
            broken: broken || bad_start,
        }
    }

    /// A line among keys that has none.
    fn report_keyless_line(&mut self) {
        let place = self.pos..self.trimmed_line(self.pos);
        let (message, help) = if self.at_dash() {
            (
                "a list item stands among keys",
                "put the item below the key of its list, or remove the text after that key",
            )
        } else {
            (
                "this line has no `key:` in front",
                "write `key: value`, or indent the line if it continues the text above",
            )
        };
        self.faults.push(Fault::suspected(place, message, help));
        self.skip_line();
    }

    /// Reports a key written so that YAML does not take it for one. What follows it is read as text.
    fn broken_pair(&mut self, key: Key) -> Pair {
        let place = key.place.clone();
        let value_start = key.after + self.text[key.after..].len()
            - self.text[key.after..].trim_start_matches([' ', '\t']).len();
        let value_end = self.trimmed_line(value_start);
        let meant = self.text[value_start..value_end]
            .trim_matches(['"', '\''])
            .to_owned();
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
                format!(
                    "`{}` is followed by `=`; a key is followed by a colon",
                    key.text
                ),
                format!("write `{}: {meant}`", key.text),
            ),
            _ => (
                format!("there is no space after the colon of `{}`", key.text),
                format!("write `{}: {meant}`", key.text),
            ),
        };
        if !message.is_empty() {
            self.faults.push(Fault::certain(
                Code::YamlSyntax,
                place.start..key.after,
                message,
                help,
            ));
        }
        self.skip_line();
        Pair {
            key: key.text,
            key_place: place,
            value: Node::faulty(value_start..value_end, meant),
        }
    }

    fn report_tab(&mut self) {
        let line = self.line_start(self.pos);
        if self.pos <= self.tabs_seen && self.tabs_seen > 0 {
            return;
        }
        if let Some(tab) = self.bytes[line..self.pos]
            .iter()
            .position(|byte| *byte == b'\t')
        {
            self.tabs_seen = self.pos;
            self.faults.push(Fault::certain(
                Code::YamlTab,
                line + tab..line + tab + 1,
                "this line is indented with a tab",
                "indent with spaces, two for each level",
            ));
        }
    }

    /// A value that YAML would refuse, to the end of its line.
    pub(super) fn faulty_line(
        &mut self,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Node {
        let place = self.pos..self.trimmed_line(self.pos);
        self.faults
            .push(Fault::suspected(place.clone(), message, help));
        self.skip_line();
        Node::faulty(place.clone(), &self.text[place])
    }

    /// Skips blanks on this line; false where nothing but a comment follows.
    pub(super) fn skip_blanks(&mut self) -> bool {
        while matches!(self.byte(0), Some(b' ' | b'\t')) {
            self.pos += 1;
        }
        match self.byte(0) {
            None | Some(b'\n' | b'\r') => false,
            Some(b'#') => !self.blank_before(self.pos),
            Some(_) => true,
        }
    }

    pub(super) fn byte(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.pos + ahead).copied()
    }

    /// `- ` at the cursor.
    pub(super) fn at_dash(&self) -> bool {
        self.byte(0) == Some(b'-') && self.blank_at(self.pos + 1)
    }

    /// White space, a line break or the end.
    pub(super) fn blank_at(&self, at: usize) -> bool {
        self.bytes
            .get(at)
            .is_none_or(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))
    }

    pub(super) fn blank_before(&self, at: usize) -> bool {
        at == 0 || self.blank_at(at - 1)
    }

    pub(super) fn line_end(&self, at: usize) -> usize {
        self.bytes[at..]
            .iter()
            .position(|byte| matches!(byte, b'\n' | b'\r'))
            .map_or(self.bytes.len(), |n| at + n)
    }

    fn line_start(&self, at: usize) -> usize {
        self.bytes[..at]
            .iter()
            .rposition(|byte| matches!(byte, b'\n' | b'\r'))
            .map_or(0, |n| n + 1)
    }

    /// Where the line ends without its trailing blanks.
    pub(super) fn trimmed_line(&self, at: usize) -> usize {
        at + self.text[at..self.line_end(at)].trim_end().len()
    }

    fn word_end(&self, at: usize) -> usize {
        (at..self.bytes.len())
            .find(|n| self.blank_at(*n))
            .unwrap_or(self.bytes.len())
    }

    pub(super) fn skip_line(&mut self) {
        self.pos = self.line_end(self.pos);
        self.fresh = false;
    }

    /// The column of the cursor; a tab counts as two.
    pub(super) fn column(&self) -> isize {
        let line = &self.bytes[self.line_start(self.pos)..self.pos];
        let indentation = line.iter().take_while(|byte| matches!(byte, b' ' | b'\t'));
        let tabs = indentation.filter(|byte| **byte == b'\t').count();
        isize::try_from(line.len() + tabs).unwrap_or(isize::MAX)
    }
}

/// A character in a message.
fn named(byte: u8) -> String {
    if byte == b'`' {
        "a backtick".to_owned()
    } else {
        format!("`{}`", char::from(byte))
    }
}

/// A name as keys have it.
fn is_word(bytes: &[u8]) -> bool {
    bytes
        .first()
        .is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'_')
        && bytes
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}
