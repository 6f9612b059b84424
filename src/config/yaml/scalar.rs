//! Where one-piece values begin and end: plain, quoted, and `|` or `>` blocks.
//!
//! In: the cursor on the first byte of the value. Out: its place; the cursor stands after it. Mistakes that YAML
//! would explain badly (an unquoted colon, an unclosed quote, text after a quote) are reported here.

use super::scan::Scanner;
use super::shape::{Fault, Node, Shape};
use crate::diagnostics::Code;

impl Scanner<'_> {
    /// Text without quotes, over as many lines as are indented more than `parent`.
    pub(super) fn plain(&mut self, parent: isize, inline: bool) -> Node {
        let start = self.pos;
        let line = self.line_end(start);
        let (mut end, colon, mut comment) = self.plain_line(start, line);
        if let Some(colon) = colon {
            return self.unquoted_colon(start, colon, inline);
        }
        self.pos = line;
        self.fresh = false;
        while let Some(next) = self.continuation(parent).filter(|_| !comment) {
            let line = self.line_end(next);
            let (line_end, colon, ends) = self.plain_line(next, line);
            if colon.is_some() {
                self.faults.push(Fault::suspected(
                    next..line_end,
                    "this line is indented as if it continued the text above it",
                    "begin it in the same column as the key above, or put the whole text in quotes",
                ));
                self.skip_further_in(parent);
                return Node::faulty(start..end, &self.text[start..end]);
            }
            comment = ends;
            end = line_end;
            self.pos = line;
        }
        Node::new(start..end, Shape::Scalar)
    }

    /// Of a line of plain text: its end, a colon that YAML would take for a key's, whether a comment follows.
    fn plain_line(&self, start: usize, line: usize) -> (usize, Option<usize>, bool) {
        let comment = (start + 1..line).find(|at| self.bytes[*at] == b'#' && self.blank_before(*at));
        let stop = comment.unwrap_or(line);
        let end = start + self.text[start..stop].trim_end().len();
        let colon = (start..end).find(|at| self.bytes[*at] == b':' && self.blank_at(*at + 1));
        (end, colon, comment.is_some())
    }

    fn unquoted_colon(&mut self, start: usize, colon: usize, inline: bool) -> Node {
        let (end, ..) = self.plain_line(start, self.line_end(start));
        let written = &self.text[start..end];
        let quoted =
            if written.contains('"') { format!("'{}'", written.replace('\'', "''")) } else { format!("\"{written}\"") };
        let help =
            if inline { format!("put the value in quotes: `{quoted}`") } else { "put the text in quotes".to_owned() };
        self.faults.push(Fault::suspected(
            colon..colon + 1,
            "a text with a colon and a space in it needs quotes",
            help,
        ));
        self.skip_line();
        Node::faulty(start..end, written)
    }

    /// The first byte of the next line that is not blank, if it continues a text right of `parent`.
    fn continuation(&mut self, parent: isize) -> Option<usize> {
        let (pos, fresh) = (self.pos, self.fresh);
        loop {
            match self.byte(0) {
                Some(b' ' | b'\t') => self.pos += 1,
                Some(b'\n' | b'\r') => {
                    self.pos += 1;
                    self.fresh = true;
                }
                _ => break,
            }
        }
        let next = self.pos;
        let continues = self.fresh && self.byte(0).is_some_and(|byte| byte != b'#') && self.column() > parent;
        if continues {
            self.peek();
            return Some(next);
        }
        (self.pos, self.fresh) = (pos, fresh);
        None
    }

    fn skip_further_in(&mut self, parent: isize) {
        self.skip_line();
        while self.continuation(parent).is_some() {
            self.skip_line();
        }
    }

    /// A quoted value and what wrongly follows it on its line.
    pub(super) fn quoted_value(&mut self, parent: isize) -> Node {
        let start = self.pos;
        let node = self.quoted(parent);
        if node.meant.is_some() || !self.skip_blanks() {
            return node;
        }
        if self.text[start..self.pos].contains('\n') {
            return self.unclosed_quote(start, parent);
        }
        let end = self.trimmed_line(self.pos);
        self.faults.push(Fault::suspected(
            self.pos..end,
            "there is more text after the closing quote",
            "put one pair of double quotes around the whole value, and write quotes inside it as ‘ and ’",
        ));
        self.skip_line();
        Node::faulty(start..end, &self.text[start..end])
    }

    /// A quoted value alone.
    pub(super) fn quoted(&mut self, parent: isize) -> Node {
        let start = self.pos;
        let quote = self.bytes[start];
        match self.closing_quote(quote, start, self.bytes.len(), parent) {
            Some(end) => {
                self.pos = end;
                self.fresh = false;
                Node::new(start..end, Shape::Scalar)
            }
            None => self.unclosed_quote(start, parent),
        }
    }

    /// One past the quote that closes the one at `start`, before `limit` and before a line that is plainly a key or
    /// an item of the block around it.
    pub(super) fn closing_quote(&self, quote: u8, start: usize, limit: usize, parent: isize) -> Option<usize> {
        let mut at = start + 1;
        while at < limit {
            match self.bytes[at] {
                b'\\' if quote == b'"' => at += 1,
                b'\'' if quote == b'\'' && at + 1 < limit && self.bytes[at + 1] == b'\'' => at += 1,
                byte if byte == quote => return Some(at + 1),
                b'\n' | b'\r' if self.entry_begins(at + 1, parent) => return None,
                _ => {}
            }
            at += 1;
        }
        None
    }

    /// `key:` or `- ` begins the line at `line`, no further in than `parent`.
    pub(super) fn entry_begins(&self, line: usize, parent: isize) -> bool {
        let spaces = self.bytes[line..].iter().take_while(|byte| **byte == b' ').count();
        if isize::try_from(spaces).unwrap_or(isize::MAX) > parent {
            return false;
        }
        let line = &self.text[line + spaces..self.line_end(line)];
        if line.starts_with("- ") {
            return true;
        }
        line.split_once(':').is_some_and(|(key, rest)| {
            let word = key.trim_matches(['"', '\'']);
            !word.is_empty() && !word.contains([' ', '"', '\'']) && (rest.is_empty() || rest.starts_with([' ', '\t']))
        })
    }

    fn unclosed_quote(&mut self, start: usize, parent: isize) -> Node {
        self.faults.push(Fault::certain(
            Code::UnclosedQuote,
            start..start + 1,
            "the quote that opens here is never closed",
            format!("put another `{}` at the end of the text", char::from(self.bytes[start])),
        ));
        self.pos = start;
        let end = self.trimmed_line(start);
        self.skip_further_in(parent);
        Node::faulty(start..end, self.text[start + 1..end].trim())
    }

    /// `|` or `>`: every following line that is indented more than `parent`.
    pub(super) fn block_scalar(&mut self, parent: isize) -> Node {
        let start = self.pos;
        let mut end = self.trimmed_line(start);
        let header = &self.text[start + 1..end];
        let header = header.split([' ', '\t', '#']).next().unwrap_or_default();
        let outer = usize::try_from(parent).unwrap_or(0);
        let mut indent = header.bytes().find(u8::is_ascii_digit).map(|digit| outer + usize::from(digit - b'0'));
        self.skip_line();
        let mut at = self.pos;
        while at < self.bytes.len() {
            let line = at + 1;
            let line_end = self.line_end(line);
            let content = self.text[line..line_end].trim_start_matches(' ');
            let spaces = line_end - line - content.len();
            if !content.trim().is_empty() {
                let least = indent.unwrap_or_else(|| usize::try_from(parent + 1).unwrap_or(0).max(spaces));
                if spaces < least {
                    break;
                }
                indent = Some(least);
                end = line + self.text[line..line_end].trim_end().len();
            }
            at = line_end;
            self.pos = at;
        }
        Node::new(start..end, Shape::Scalar)
    }
}
