//! How a directive is spelt: `name[label]{key=value}`.
//!
//! In: text and a position in it. Out: [`Written`], slices of that text, nothing copied; and the attributes with
//! their places. Reading is bounded: labels and attributes longer than [`LONGEST`] bytes are not directives.

use std::ops::Range;

use super::Source;
use super::tree::Attribute;
use crate::diagnostics::{Code, Diagnostic};

/// The longest label or list of attributes, in bytes, so that hostile text costs no more than its length.
const LONGEST: usize = 2000;

/// A directive as it stands in the text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Written<'a> {
    /// The name; empty when there is none.
    pub(super) name: &'a str,
    /// What stands between the brackets.
    pub(super) label: Option<&'a str>,
    /// What follows the name without brackets, on the same line.
    pub(super) title: Option<&'a str>,
    /// What stands between the braces, and where.
    pub(super) braces: Option<Range<usize>>,
    /// Brackets or braces that are opened and not closed.
    pub(super) broken: bool,
    /// From the first colon to the end.
    pub(super) range: Range<usize>,
    name_at: usize,
}

impl Written<'_> {
    /// Where the name stands; where there is none, all of it.
    pub(super) fn name_range(&self) -> Range<usize> {
        if self.name.is_empty() { self.range.clone() } else { self.name_at..self.name_at + self.name.len() }
    }
}

/// Reads `name[label]{…}` at `at`, no further than `limit`. `start` is where the colons begin.
pub(super) fn read(text: &str, start: usize, at: usize, limit: usize) -> Written<'_> {
    let name = &text[at..at + name_length(&text.as_bytes()[at..limit])];
    let mut written =
        Written { name, label: None, title: None, braces: None, broken: false, range: start..limit, name_at: at };
    let mut end = at + name.len();
    if text.as_bytes()[..limit].get(end) == Some(&b'[') {
        match closing_bracket(text.as_bytes(), end, limit) {
            Some(close) => {
                written.label = Some(text[end + 1..close].trim());
                end = close + 1;
            }
            None => written.broken = true,
        }
    }
    if text.as_bytes()[..limit].get(end) == Some(&b'{') {
        match closing_brace(text.as_bytes(), end, limit) {
            Some(close) => {
                written.braces = Some(end + 1..close);
                end = close + 1;
            }
            None => written.broken = true,
        }
    }
    written.range.end = end;
    written
}

/// Reads the line of a container: as [`read`], and a bare title after the name, as other generators write it.
pub(super) fn read_opening(text: &str, start: usize, at: usize, limit: usize) -> Written<'_> {
    let at = at + spaces(&text[at..limit]);
    let mut written = read(text, start, at, limit);
    // `:::{note} Title`: the name in braces.
    if let (true, Some(braces)) = (written.name.is_empty(), written.braces.clone()) {
        let inner = text[braces.clone()].trim();
        if name_length(inner.as_bytes()) == inner.len() {
            written.name = inner;
            written.name_at = braces.start + spaces(&text[braces]);
            written.braces = None;
        }
    }
    let rest = &text[written.range.end..limit];
    let rest_at = written.range.end + spaces(rest);
    let rest = rest.trim();
    let open = rest.rfind('{').filter(|_| written.braces.is_none() && rest.ends_with('}'));
    if let Some(open) = open {
        written.braces = Some(rest_at + open + 1..rest_at + rest.len() - 1);
    }
    let title = rest[..open.unwrap_or(rest.len())].trim();
    written.title = Some(title).filter(|title| !title.is_empty());
    written.range.end = rest_at + rest.len();
    written
}

fn spaces(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// The length of a name: a letter, then letters, digits, `-` and `_`.
pub(super) fn name_length(bytes: &[u8]) -> usize {
    match bytes.first() {
        Some(first) if first.is_ascii_alphabetic() => {
            bytes.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')).count()
        }
        _ => 0,
    }
}

/// The bracket that closes the one at `open`; brackets inside count, escaped ones do not.
fn closing_bracket(bytes: &[u8], open: usize, limit: usize) -> Option<usize> {
    let mut depth = 0usize;
    let mut at = open;
    while at < limit.min(open + LONGEST) {
        match bytes[at] {
            b'\\' => at += 1,
            b'[' => depth += 1,
            b']' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// The brace that closes the one at `open`; braces between quotes do not count.
fn closing_brace(bytes: &[u8], open: usize, limit: usize) -> Option<usize> {
    let mut quote = None;
    for at in open + 1..limit.min(open + LONGEST) {
        let byte = bytes[at];
        match (byte, quote) {
            (b'}', None) => return Some(at),
            // An apostrophe inside a word opens nothing.
            (b'"' | b'\'', None) if bytes[at - 1] == b'=' => quote = Some(byte),
            (_, Some(open)) if byte == open => quote = None,
            _ => {}
        }
    }
    None
}

/// Reads `key=value key="two words" bare #id .class`; ids and classes are passed over.
pub(super) fn attributes(source: Source<'_>, written: &Written<'_>, problems: &mut Vec<Diagnostic>) -> Vec<Attribute> {
    if written.broken {
        problems.push(
            Diagnostic::new(
                Code::DirectiveMalformed,
                format!("a bracket or brace of `{}` is not closed", written.name),
            )
            .at(source.span(written.range.clone()))
            .help("close it on the same line: `[…]` for the text, `{…}` for the settings"),
        );
    }
    let Some(braces) = written.braces.clone() else {
        return Vec::new();
    };
    let mut found: Vec<Attribute> = Vec::new();
    let mut at = braces.start;
    while at < braces.end {
        let rest = &source.text[at..braces.end];
        let gap = spaces(rest);
        if gap > 0 {
            at += gap;
            continue;
        }
        let (key, value, length) = pair(rest);
        let range = at..at + length;
        at = range.end;
        if key.starts_with(['#', '.']) {
            continue;
        }
        if key.is_empty() || found.iter().any(|other| other.key == key) {
            let message = match key {
                "" => format!("`{}` has no name before the `=`", &source.text[range.clone()]),
                key => format!("`{key}` is given twice"),
            };
            problems.push(
                Diagnostic::new(Code::DirectiveMalformed, message)
                    .at(source.span(range))
                    .help("write each setting once, as `name=value` or `name=\"two words\"`"),
            );
            continue;
        }
        found.push(Attribute { key: key.to_owned(), value: value.to_owned(), extent: source.extent(range) });
    }
    found
}

/// One `key=value` at the start of `text`, which does not start with a space, and its length (never 0).
fn pair(text: &str) -> (&str, &str, usize) {
    let word = text.find(char::is_whitespace).unwrap_or(text.len());
    let Some(equals) = text[..word].find('=') else {
        return (&text[..word], "", word);
    };
    let value_at = equals + 1;
    let quote = text[value_at..].chars().next().filter(|c| matches!(c, '"' | '\''));
    let quoted =
        quote.and_then(|quote| text[value_at + 1..].find(quote).map(|length| value_at + 1..value_at + 1 + length));
    match quoted {
        Some(value) => (&text[..equals], &text[value.clone()], value.end + 1),
        None => (&text[..equals], &text[value_at..word], word),
    }
}
