//! Fenced code blocks of a document.
//!
//! In: Markdown. Out: each block with its language, the file it stands for and its place.

use std::ops::Range;

/// One fenced block that stands at the left margin.
pub(super) struct Block<'a> {
    /// `yaml`, `console`, …
    pub(super) language: &'a str,
    /// The second word of the opening line: the file that the example is.
    pub(super) file: Option<&'a str>,
    /// Between the fences.
    pub(super) text: &'a str,
    /// Where that is in the document.
    pub(super) range: Range<usize>,
    /// Counted from 1.
    pub(super) line: usize,
}

/// Every block. A block ends with as many marks as it began with, so that Markdown can show Markdown.
pub(super) fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut found = Vec::new();
    let mut open: Option<(&str, &str, usize, usize)> = None;
    let mut at = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let marks = line.len() - line.trim_start_matches('`').len();
        let (fence, rest) = line.split_at(marks);
        match open {
            None if marks >= 3 => open = Some((fence, rest.trim(), at + line.len(), number + 1)),
            Some((opening, info, start, line)) if fence == opening && rest.trim().is_empty() => {
                let mut words = info.split_whitespace();
                let (language, file) = (words.next().unwrap_or_default(), words.next());
                found.push(Block { language, file, text: &text[start..at], range: start..at, line });
                open = None;
            }
            _ => {}
        }
        at += line.len();
    }
    found
}

/// The document without its blocks.
pub(super) fn prose(text: &str) -> String {
    let mut prose = String::new();
    let mut at = 0;
    for block in blocks(text) {
        prose.push_str(&text[at..block.range.start]);
        at = block.range.end;
    }
    prose + &text[at..]
}
