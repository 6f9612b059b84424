//! YAML text → [`Located`] values. The only folder that knows YAML.
//!
//! In: the text of one document. Out: values with places, and every mistake that can be told apart in one run.
//! The parser has no places and stops at its first error, so a scanner ([`scan`]) finds keys, items and values by
//! layout, and its tree is laid over the parsed value. **Values always come from the parser.** Where the two
//! disagree, the place of the value around it is used. Where the parser refuses the text, each entry is parsed
//! alone, so that one mistake does not hide the next; what cannot be read goes on as the text it was written as,
//! and is always reported.

mod cursor;
mod document;
mod flow;
mod key;
mod parser;
mod refusal;
mod salvage;
mod scalar;
mod scan;
mod shape;

#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::Arc;

use self::document::one_document;
use self::parser::{Refusal, Value, bare, number_as_written};
use self::scan::Scanner;
use self::shape::{Fault, Node, Pair, Shape};
use super::value::{Data, Entry, Located};
use crate::diagnostics::{Code, Diagnostic, Extent, Span};

/// Reads one document. `base` is where `text` begins in its file; `limit` the most bytes allowed.
/// Gives nothing only where no value at all can be had; that is always reported, except for an empty text.
pub fn read(file: &Arc<str>, text: &str, base: u32, limit: usize, problems: &mut Vec<Diagnostic>) -> Option<Located> {
    let mut reader = Reader { file, text, base: base as usize, problems };
    if text.len() > limit {
        let size = limit / 1024;
        reader.report(
            Diagnostic::new(Code::TooLarge, format!("this is larger than {size} KiB"))
                .help("move text out of it, or split it into several files"),
            0..0,
        );
        return None;
    }
    let document = one_document(text);
    let mut scanner = Scanner::new(text, document.range.start, document.range.end);
    let root = scanner.document();
    let Scanner { mut faults, aliases, too_deep, .. } = scanner;
    faults.extend(document.second);
    reader.value(root, faults, document.range, aliases, too_deep)
}

struct Reader<'a> {
    file: &'a Arc<str>,
    text: &'a str,
    base: usize,
    problems: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn extent(&self, place: Range<usize>) -> Extent {
        Extent::new(self.base + place.start, self.base + place.end)
    }

    fn report(&mut self, diagnostic: Diagnostic, place: Range<usize>) {
        let extent = self.extent(place);
        self.problems.push(diagnostic.at(Span::new(self.file, extent)));
    }

    fn value(
        &mut self,
        root: Option<Node>,
        mut faults: Vec<Fault>,
        range: Range<usize>,
        aliases: bool,
        too_deep: bool,
    ) -> Option<Located> {
        let certain = faults.iter().any(|fault| fault.certain);
        let bottomless = !faults.is_empty() && bracket_depth(&self.text[range.clone()]) > DEEPEST_BRACKETS;
        let whole = if aliases || too_deep || bottomless { None } else { Some(self.parse(range.start, range.end)) };
        if let Some(Ok(value)) = &whole
            && !certain
        {
            return Some(match root {
                Some(root) => self.lay(value, &root),
                None => bare(value, self.extent(range.start..range.start)),
            });
        }
        // What the parser reads without a murmur was no mistake, only unusual.
        if matches!(whole, Some(Ok(_))) {
            faults.retain(|fault| fault.certain);
        }
        faults.sort_by_key(|fault| fault.place.start);
        let before = self.problems.len();
        let starts: Vec<usize> = faults.iter().map(|fault| fault.place.start).collect();
        self.report_faults(faults);
        let value = match root {
            Some(root) if !too_deep && matches!(root.shape, Shape::Map(_) | Shape::List(_)) => {
                Some(self.salvage(&root, &starts))
            }
            _ => None,
        };
        if let Some(Err(error)) = whole
            && self.problems.len() == before
        {
            self.refuse(&error, range.start);
        }
        value
    }

    fn report_faults(&mut self, faults: Vec<Fault>) {
        for fault in faults {
            let diagnostic = match fault.also {
                Some((place, label)) => fault.diagnostic.also(Span::new(self.file, self.extent(place)), label),
                None => fault.diagnostic,
            };
            self.report(diagnostic, fault.place);
        }
    }

    /// Parses a stretch of the text. Its first line is padded, so that columns stay what they were.
    fn parse(&self, start: usize, end: usize) -> Result<Value, Refusal> {
        let end = end + blank_lines(&self.text[end..]);
        let padding = padding(self.text, start);
        if padding == 0 {
            return parser::parse(&self.text[start..end]);
        }
        parser::parse(&format!("{}{}", " ".repeat(padding), &self.text[start..end]))
    }

    fn refuse(&mut self, error: &Refusal, start: usize) {
        let (diagnostic, place) = refusal::explain(&error.message, self.text, start, error.place);
        self.report(diagnostic, place);
    }

    /// The value with the places of the node, as far as the two agree.
    fn lay(&mut self, value: &Value, node: &Node) -> Located {
        let extent = self.extent(node.place.clone());
        let data = match (value, &node.shape) {
            (Value::Sequence(values), Shape::FlowList(nodes)) if values.len() == nodes.len() => {
                Data::List(values.iter().zip(nodes).map(|(value, node)| self.lay(value, node)).collect())
            }
            (Value::Sequence(values), Shape::List(nodes)) if values.len() == nodes.len() => {
                Data::List(values.iter().zip(nodes).map(|(value, (_, node))| self.lay(value, node)).collect())
            }
            (Value::Mapping(map), Shape::Map(pairs) | Shape::FlowMap(pairs))
                if map.len() == pairs.len()
                    && map.iter().zip(pairs).all(|((key, _), pair)| same_key(key, pair, self.text)) =>
            {
                let entries = map.iter().zip(pairs).map(|((key, value), pair)| Entry {
                    key: self.key(key, pair),
                    key_extent: self.extent(pair.key_place.clone()),
                    value: self.lay(value, &pair.value),
                });
                Data::Map(entries.collect())
            }
            (Value::Number(number), Shape::Scalar) => number_as_written(number, &self.text[node.place.clone()]),
            _ => return bare(value, extent),
        };
        Located { extent, data }
    }

    /// The key as text: numbers and words as they are written.
    fn key(&self, key: &Value, pair: &Pair) -> String {
        match key {
            Value::String(text) => text.clone(),
            _ => self.text[pair.key_place.clone()].to_owned(),
        }
    }
}

/// The rest of the line and the blank lines after it: text blocks ask how many there are.
fn blank_lines(rest: &str) -> usize {
    let blank = &rest[..rest.len() - rest.trim_start().len()];
    blank.rfind(['\n', '\r']).map_or(0, |at| at + 1)
}

/// How far the line of `start` is already written: bytes, a tab counting as two.
fn padding(text: &str, start: usize) -> usize {
    let line = &text[text[..start].rfind(['\n', '\r']).map_or(0, |at| at + 1)..start];
    line.chars().map(|c| if c == '\t' { 2 } else { c.len_utf8() }).sum()
}

/// The most brackets open at once in a text that has mistakes, for it to be given to the parser as a whole: its time
/// grows with the square of them.
const DEEPEST_BRACKETS: usize = 256;

/// How many brackets are open at once, quotes or not.
fn bracket_depth(text: &str) -> usize {
    let mut depth = 0usize;
    let mut deepest = 0;
    for byte in text.bytes() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// Whether the parser's key is the one the scanner saw. Keys with escapes are taken on trust of their order.
fn same_key(key: &Value, pair: &Pair, text: &str) -> bool {
    match key {
        Value::String(key) => *key == pair.key || text[pair.key_place.clone()].contains('\\'),
        Value::Number(_) | Value::Bool(_) | Value::Null => true,
        Value::Sequence(_) | Value::Mapping(_) | Value::Tagged(_) => false,
    }
}
