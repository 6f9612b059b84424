//! YAML text → [`Located`] values. The only folder that knows YAML, and this file the only one that names its parser.
//!
//! In: the text of one document. Out: values with places, and every mistake that can be told apart in one run.
//! The parser has no places and stops at its first error, so a scanner ([`scan`]) finds keys, items and values by
//! layout, and its tree is laid over the parsed value. **Values always come from the parser.** Where the two
//! disagree, the place of the value around it is used. Where the parser refuses the text, each entry is parsed
//! alone, so that one mistake does not hide the next; what cannot be read goes on as the text it was written as,
//! and is always reported.

mod flow;
mod refusal;
mod scalar;
mod scan;
mod shape;

#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::Arc;

use serde_yaml::Value;

use self::scan::Scanner;
use self::shape::{Fault, Node, Pair, Shape};
use super::value::{Data, Entry, Located};
use crate::diagnostics::{Code, Diagnostic, Extent, Span};

/// Reads one document. `base` is where `text` begins in its file; `limit` the most bytes allowed.
/// Gives nothing only where no value at all can be had; that is always reported, except for an empty text.
pub fn read(
    file: &Arc<str>,
    text: &str,
    base: u32,
    limit: usize,
    problems: &mut Vec<Diagnostic>,
) -> Option<Located> {
    let mut reader = Reader {
        file,
        text,
        base: base as usize,
        problems,
    };
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
    let Scanner {
        mut faults,
        aliases,
        too_deep,
        ..
    } = scanner;
    faults.extend(document.second);
    reader.value(root, faults, document.range, aliases, too_deep)
}

/// The part of a text that is its first document.
struct Document {
    range: Range<usize>,
    second: Option<Fault>,
}

/// `---` may open the document; another one, or `...`, ends it.
fn one_document(text: &str) -> Document {
    let mut start = if text.starts_with('\u{FEFF}') { 3 } else { 0 };
    let mut begun = false;
    let mut at = start;
    for line in text[start..].split_inclusive(['\n', '\r']) {
        let mark = ["---", "..."].iter().any(|mark| {
            line.strip_prefix(mark)
                .is_some_and(|rest| rest.trim_start() != rest || rest.is_empty())
        });
        if mark && line.starts_with("---") && !begun {
            start = at + 3;
            begun = true;
        } else if mark {
            let rest = &text[at + 3..];
            let only_comments = rest.lines().all(|line| {
                line.trim().is_empty() || line.starts_with('#') || line.trim_end() == "..."
            });
            let second = (!only_comments).then(|| {
                Fault::certain(
                    Code::YamlSyntax,
                    at..at + 3,
                    "a second YAML document begins here",
                    "keep one document in a file: remove this line or move what follows into its own file",
                )
            });
            return Document {
                range: start..at,
                second,
            };
        } else if !(line.trim().is_empty() || line.starts_with(['#', '%'])) {
            begun = true;
        }
        at += line.len();
    }
    Document {
        range: start..text.len(),
        second: None,
    }
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
        self.problems
            .push(diagnostic.at(Span::new(self.file, extent)));
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
        let bottomless =
            !faults.is_empty() && bracket_depth(&self.text[range.clone()]) > DEEPEST_BRACKETS;
        let whole = if aliases || too_deep || bottomless {
            None
        } else {
            Some(self.parse(range.start, range.end))
        };
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
                Some((place, label)) => fault
                    .diagnostic
                    .also(Span::new(self.file, self.extent(place)), label),
                None => fault.diagnostic,
            };
            self.report(diagnostic, fault.place);
        }
    }

    /// Parses a stretch of the text. Its first line is padded, so that columns stay what they were.
    fn parse(&self, start: usize, end: usize) -> Result<Value, serde_yaml::Error> {
        let end = end + blank_lines(&self.text[end..]);
        let padding = padding(self.text, start);
        if padding == 0 {
            return serde_yaml::from_str(&self.text[start..end]);
        }
        serde_yaml::from_str(&format!(
            "{}{}",
            " ".repeat(padding),
            &self.text[start..end]
        ))
    }

    fn refuse(&mut self, error: &serde_yaml::Error, start: usize) {
        let place = error
            .location()
            .map_or((1, 1), |place| (place.line(), place.column()));
        let (diagnostic, place) = refusal::explain(&error.to_string(), self.text, start, place);
        self.report(diagnostic, place);
    }

    /// Every entry alone. `faults` are the places where mistakes were seen, in order: those entries are not parsed.
    fn salvage(&mut self, node: &Node, faults: &[usize]) -> Located {
        let data = match &node.shape {
            Shape::Map(pairs) => Data::Map(
                pairs
                    .iter()
                    .map(|pair| self.salvage_pair(pair, faults))
                    .collect(),
            ),
            Shape::List(items) => Data::List(
                items
                    .iter()
                    .map(|(dash, item)| self.salvage_item(*dash, item, faults))
                    .collect(),
            ),
            _ => unreadable(node, self.text),
        };
        Located {
            extent: self.extent(node.place.clone()),
            data,
        }
    }

    fn salvage_pair(&mut self, pair: &Pair, faults: &[usize]) -> Entry {
        let start = pair.key_place.start;
        let key_extent = self.extent(pair.key_place.clone());
        if sound(start, &pair.value, faults) {
            match self.parse(start, pair.value.place.end) {
                Ok(Value::Mapping(map)) if map.len() == 1 => {
                    if let Some((key, value)) = map.iter().next() {
                        return Entry {
                            key: self.key(key, pair),
                            key_extent,
                            value: self.lay(value, &pair.value),
                        };
                    }
                }
                Err(error) if is_leaf(&pair.value) => self.refuse(&error, start),
                _ => {}
            }
        }
        Entry {
            key: pair.key.clone(),
            key_extent,
            value: self.salvage(&pair.value, faults),
        }
    }

    fn salvage_item(&mut self, dash: usize, item: &Node, faults: &[usize]) -> Located {
        if sound(dash, item, faults) {
            match self.parse(dash, item.place.end) {
                Ok(Value::Sequence(values)) if values.len() == 1 => {
                    return self.lay(&values[0], item);
                }
                Err(error) if is_leaf(item) => self.refuse(&error, dash),
                _ => {}
            }
        }
        self.salvage(item, faults)
    }

    /// The value with the places of the node, as far as the two agree.
    fn lay(&mut self, value: &Value, node: &Node) -> Located {
        let extent = self.extent(node.place.clone());
        let data = match (value, &node.shape) {
            (Value::Sequence(values), Shape::FlowList(nodes)) if values.len() == nodes.len() => {
                Data::List(
                    values
                        .iter()
                        .zip(nodes)
                        .map(|(value, node)| self.lay(value, node))
                        .collect(),
                )
            }
            (Value::Sequence(values), Shape::List(nodes)) if values.len() == nodes.len() => {
                Data::List(
                    values
                        .iter()
                        .zip(nodes)
                        .map(|(value, (_, node))| self.lay(value, node))
                        .collect(),
                )
            }
            (Value::Mapping(map), Shape::Map(pairs) | Shape::FlowMap(pairs))
                if map.len() == pairs.len()
                    && map
                        .iter()
                        .zip(pairs)
                        .all(|((key, _), pair)| same_key(key, pair, self.text)) =>
            {
                let entries = map.iter().zip(pairs).map(|((key, value), pair)| Entry {
                    key: self.key(key, pair),
                    key_extent: self.extent(pair.key_place.clone()),
                    value: self.lay(value, &pair.value),
                });
                Data::Map(entries.collect())
            }
            (Value::Number(number), Shape::Scalar) => {
                number_as_written(number, &self.text[node.place.clone()])
            }
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
    line.chars()
        .map(|c| if c == '\t' { 2 } else { c.len_utf8() })
        .sum()
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

/// No mistake was seen in an entry that begins at `start`.
fn sound(start: usize, value: &Node, faults: &[usize]) -> bool {
    let first = faults.partition_point(|fault| *fault < start);
    value.meant.is_none()
        && faults
            .get(first)
            .is_none_or(|fault| *fault >= value.place.end.max(start + 1))
}

fn is_leaf(node: &Node) -> bool {
    !matches!(node.shape, Shape::Map(_) | Shape::List(_))
}

/// What stands for a value that cannot be read.
fn unreadable(node: &Node, text: &str) -> Data {
    match (&node.meant, &node.shape) {
        (Some(meant), _) => Data::Text(meant.clone()),
        (None, Shape::Empty) => Data::Null,
        (None, _) => Data::Text(text[node.place.clone()].to_owned()),
    }
}

/// Whether the parser's key is the one the scanner saw. Keys with escapes are taken on trust of their order.
fn same_key(key: &Value, pair: &Pair, text: &str) -> bool {
    match key {
        Value::String(key) => *key == pair.key || text[pair.key_place.clone()].contains('\\'),
        Value::Number(_) | Value::Bool(_) | Value::Null => true,
        Value::Sequence(_) | Value::Mapping(_) | Value::Tagged(_) => false,
    }
}

/// A number whose digits would be lost in counting with it (`+44`, `1.10`, `0x1F`) stays text.
fn number_as_written(number: &serde_yaml::Number, written: &str) -> Data {
    match (number.as_i64(), number.as_f64()) {
        (Some(whole), _) if whole.to_string() == written => Data::Integer(whole),
        (None, Some(fraction)) if fraction.to_string() == written && fraction.is_finite() => {
            Data::Float(fraction)
        }
        _ => Data::Text(written.to_owned()),
    }
}

/// A value all of whose parts have the same place.
fn bare(value: &Value, extent: Extent) -> Located {
    let data = match value {
        Value::Null => Data::Null,
        Value::Bool(value) => Data::Bool(*value),
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => Data::Integer(whole),
            (None, Some(fraction)) if fraction.is_finite() => Data::Float(fraction),
            _ => Data::Text(number.to_string()),
        },
        Value::String(text) => Data::Text(text.clone()),
        Value::Sequence(values) => {
            Data::List(values.iter().map(|value| bare(value, extent)).collect())
        }
        Value::Mapping(map) => {
            let mut entries: Vec<Entry> = Vec::new();
            for (key, value) in map {
                entries.push(Entry {
                    key: bare_key(key),
                    key_extent: extent,
                    value: bare(value, extent),
                });
            }
            let mut seen = std::collections::BTreeSet::new();
            entries.retain(|entry| seen.insert(entry.key.clone()));
            Data::Map(entries)
        }
        Value::Tagged(tagged) => return bare(&tagged.value, extent),
    };
    Located { extent, data }
}

fn bare_key(key: &Value) -> String {
    match key {
        Value::String(text) => text.clone(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Null | Value::Sequence(_) | Value::Mapping(_) | Value::Tagged(_) => {
            serde_yaml::to_string(key)
                .unwrap_or_default()
                .trim()
                .to_owned()
        }
    }
}
