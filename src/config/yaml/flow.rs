//! Where `[a, b]` and `{a: b}` begin and end, and what is inside them.
//!
//! In: the cursor on the opening bracket. Out: the place of every item; the cursor stands after the closing one.
//! An opening bracket that is never closed is reported where it stands, and reading goes on with the next line.

use std::collections::BTreeMap;

use super::scan::Scanner;
use super::shape::{Fault, Node, Pair, Shape};
use crate::diagnostics::Code;

/// A bracket is not closed.
struct Unclosed;

impl Scanner<'_> {
    /// A bracketed value and what wrongly follows it on its line.
    pub(super) fn flow_value(&mut self, parent: isize) -> Node {
        let start = self.pos;
        if self.text[start..].starts_with("{{") || self.text[start..].starts_with("{%") {
            let node = self.faulty_line("a value cannot start with `{{` or `{%`", "put the whole value in quotes");
            if let Some(fault) = self.faults.last_mut() {
                fault.certain = true;
            }
            return node;
        }
        let limit = self.flow_limit(start, parent);
        let Ok(node) = self.flow_node(limit) else {
            return self.unclosed_bracket(start);
        };
        if !self.skip_blanks() {
            return node;
        }
        let end = self.trimmed_line(self.pos);
        if self.byte(0) == Some(b':') {
            self.report_odd_key(node.place);
            self.skip_line();
            return Node::faulty(start..end, &self.text[start..end]);
        }
        self.faults.push(Fault::suspected(
            self.pos..end,
            "there is more text after the closing bracket",
            "put the whole value in quotes if it is meant as text",
        ));
        self.skip_line();
        Node::faulty(start..end, &self.text[start..end])
    }

    fn report_odd_key(&mut self, place: std::ops::Range<usize>) {
        self.faults.push(Fault::certain(
            Code::YamlSyntax,
            place,
            "a list or a group in brackets cannot be a key",
            "put the whole text in quotes",
        ));
    }

    fn unclosed_bracket(&mut self, start: usize) -> Node {
        let open = char::from(self.bytes[start]);
        let close = if open == '[' { ']' } else { '}' };
        if !self.too_deep {
            self.faults.push(Fault::suspected(
                start..start + 1,
                format!("the `{open}` that opens here is never closed"),
                format!("put `{close}` after the last item, or quotes around the value if it is meant as text"),
            ));
            self.pos = start;
        }
        let end = self.trimmed_line(start);
        self.skip_line();
        Node::faulty(start..end, &self.text[start..end])
    }

    /// How far brackets may reach: to the next line that is plainly a key or an item of the block around them.
    fn flow_limit(&self, start: usize, parent: isize) -> usize {
        let mut at = self.line_end(start);
        while at < self.bytes.len() && !self.entry_begins(at + 1, parent) {
            at = self.line_end(at + 1);
        }
        at
    }

    fn flow_node(&mut self, limit: usize) -> Result<Node, Unclosed> {
        if self.depth >= super::scan::DEEPEST {
            self.refuse_depth();
            return Err(Unclosed);
        }
        self.depth += 1;
        let node = self.flow_inside(limit);
        self.depth -= 1;
        node
    }

    fn flow_inside(&mut self, limit: usize) -> Result<Node, Unclosed> {
        let start = self.pos;
        match self.byte(0) {
            Some(b'[') => self.flow_list(limit),
            Some(b'{') => self.flow_map(limit),
            Some(quote @ (b'"' | b'\'')) => {
                self.pos = self.closing_quote(quote, start, limit, isize::MIN).ok_or(Unclosed)?;
                Ok(Node::new(start..self.pos, Shape::Scalar))
            }
            Some(mark @ (b'&' | b'*' | b'!')) => {
                let word = self.flow_plain_end(start, limit);
                let word = start + self.text[start..word].split(' ').next().map_or(0, str::len);
                self.report_property(mark, start..word);
                self.pos = word;
                if mark == b'*' {
                    return Ok(Node::new(start..word, Shape::Scalar));
                }
                self.flow_blanks(limit)?;
                self.flow_node(limit)
            }
            _ => {
                self.pos = self.flow_plain_end(start, limit);
                let end = start + self.text[start..self.pos].trim_end().len();
                Ok(Node::new(start..end, if end == start { Shape::Empty } else { Shape::Scalar }))
            }
        }
    }

    fn flow_list(&mut self, limit: usize) -> Result<Node, Unclosed> {
        let start = self.pos;
        self.pos += 1;
        let mut items = Vec::new();
        loop {
            match self.flow_blanks(limit)? {
                b']' => break,
                b',' => self.pos += 1,
                b'}' => return Err(Unclosed),
                _ => {
                    let item = self.flow_node(limit)?;
                    items.push(self.flow_single_pair(item, limit)?);
                    self.flow_separator(b']', limit)?;
                }
            }
        }
        self.pos += 1;
        Ok(Node::new(start..self.pos, Shape::FlowList(items)))
    }

    /// `[a: b]` is a list of one map.
    fn flow_single_pair(&mut self, item: Node, limit: usize) -> Result<Node, Unclosed> {
        if self.flow_blanks(limit)? != b':' {
            return Ok(item);
        }
        let start = item.place.start;
        let pair = self.flow_pair(item, limit)?;
        let end = pair.value.place.end.max(pair.key_place.end);
        Ok(Node::new(start..end, Shape::FlowMap(vec![pair])))
    }

    fn flow_map(&mut self, limit: usize) -> Result<Node, Unclosed> {
        let start = self.pos;
        self.pos += 1;
        let mut pairs = Vec::new();
        let mut seen = BTreeMap::new();
        loop {
            match self.flow_blanks(limit)? {
                b'}' => break,
                b',' => self.pos += 1,
                b']' => return Err(Unclosed),
                _ => {
                    let key = self.flow_node(limit)?;
                    let pair = self.flow_pair(key, limit)?;
                    if self.is_new(&pair, &mut seen) {
                        pairs.push(pair);
                    }
                    self.flow_separator(b'}', limit)?;
                }
            }
        }
        self.pos += 1;
        Ok(Node::new(start..self.pos, Shape::FlowMap(pairs)))
    }

    fn flow_pair(&mut self, key: Node, limit: usize) -> Result<Pair, Unclosed> {
        let written = &self.text[key.place.clone()];
        let text = written.trim_matches(['"', '\'']).to_owned();
        if !matches!(key.shape, Shape::Scalar | Shape::Empty) {
            self.report_odd_key(key.place.clone());
        }
        if text == "<<" {
            self.faults.push(Fault::certain(
                Code::YamlAlias,
                key.place.clone(),
                "`<<` merges other keys into this place, which is not allowed here",
                "write the keys out",
            ));
        }
        let value = if self.flow_blanks(limit)? == b':' {
            self.pos += 1;
            let after = self.pos;
            match self.flow_blanks(limit)? {
                b',' | b'}' | b']' => Node::new(after..after, Shape::Empty),
                _ => self.flow_node(limit)?,
            }
        } else {
            Node::new(key.place.end..key.place.end, Shape::Empty)
        };
        Ok(Pair { key: text, key_place: key.place, value })
    }

    /// After an item: a comma, or the closing bracket left for the caller. Anything else is left to the parser's
    /// message, and skipped so that the scan always moves on.
    fn flow_separator(&mut self, close: u8, limit: usize) -> Result<(), Unclosed> {
        let byte = self.flow_blanks(limit)?;
        if byte != close {
            self.pos += self.text[self.pos..].chars().next().map_or(1, char::len_utf8);
        }
        Ok(())
    }

    /// Over white space, breaks and comments to the next byte before `limit`.
    fn flow_blanks(&mut self, limit: usize) -> Result<u8, Unclosed> {
        while self.pos < limit {
            match self.bytes[self.pos] {
                b' ' | b'\t' | b'\n' | b'\r' => self.pos += 1,
                b'#' if self.blank_before(self.pos) => self.pos = self.line_end(self.pos),
                byte => return Ok(byte),
            }
        }
        Err(Unclosed)
    }

    fn flow_plain_end(&self, start: usize, limit: usize) -> usize {
        let mut at = start;
        while at < limit {
            let ends = match self.bytes[at] {
                b',' | b'[' | b']' | b'{' | b'}' => true,
                b':' => self.blank_at(at + 1) || matches!(self.bytes[at + 1], b',' | b'[' | b']' | b'{' | b'}'),
                b'#' => at > start && self.blank_before(at),
                _ => false,
            };
            if ends {
                return at;
            }
            at += 1;
        }
        limit
    }
}
