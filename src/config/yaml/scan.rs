//! Finds keys, items and values in YAML text by its layout.
//!
//! In: one document. Out: a [`Node`] tree and every mistake seen on the way; after a mistake it goes on with the
//! next line. It never decides what a value *is*: that stays with the parser, and [`super::read`] compares the two.
//! Indentation is counted in spaces; a tab, which YAML forbids there, counts as two.

use std::collections::BTreeMap;
use std::ops::Range;

use super::key::{Key, named};
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
    pub(super) tabs_seen: usize,
    pub(super) faults: Vec<Fault>,
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
            b'@' | b'`' | b'%' => {
                self.faulty_line(format!("a value cannot start with {}", named(first)), "put the whole value in quotes")
            }
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
                    Some(column) if column > parent || (column == parent && inline && self.at_dash()) => {}
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
        Pair { key: key.text, key_place: key.place, value }
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

    /// A value that YAML would refuse, to the end of its line.
    pub(super) fn faulty_line(&mut self, message: impl Into<String>, help: impl Into<String>) -> Node {
        let place = self.pos..self.trimmed_line(self.pos);
        self.faults.push(Fault::suspected(place.clone(), message, help));
        self.skip_line();
        Node::faulty(place.clone(), &self.text[place])
    }
}
