//! What the YAML parser refused, in plain words.
//!
//! In: its message and place. Out: a diagnostic that says what is wrong with the author's line, and where.

use std::ops::Range;

use crate::diagnostics::{Code, Diagnostic};

/// A piece of the parser's message, the sentence for it, the cure.
const REASONS: &[(&str, &str, &str)] = &[
    (
        "block scalar",
        "the text after `|` or `>` cannot be read",
        "begin the text on the next line, indented by two spaces",
    ),
    (
        "mapping values are not allowed",
        "YAML does not expect a colon here",
        "put a text with a colon in it in quotes, or check the indentation of this line",
    ),
    (
        "unknown escape character",
        "a backslash in double quotes begins a special character, and this is none",
        "use single quotes, or write each backslash twice",
    ),
    (
        "while parsing a quoted scalar",
        "this quoted text cannot be read",
        "use single quotes, or write each backslash twice",
    ),
    ("unexpected end of stream", "a quote is opened and never closed", "put the closing quote at the end of the text"),
    ("cannot start any token", "a value cannot start with this character", "put the whole value in quotes"),
    (
        "did not find expected ',' or ']'",
        "a list in square brackets is not closed or lacks a comma",
        "separate the items with commas and end the list with `]`",
    ),
    (
        "did not find expected ',' or '}'",
        "a group in curly brackets is not closed or lacks a comma",
        "separate the entries with commas and end the group with `}`",
    ),
    (
        "could not find expected ':'",
        "this line has no colon after its key",
        "write `key: value`, with a space after the colon",
    ),
    (
        "block sequence entries are not allowed",
        "a list item cannot begin here",
        "put each `- item` on a line of its own below the key",
    ),
    (
        "did not find expected '-' indicator",
        "this line stands among list items and is none",
        "begin it with `- `, or check its indentation",
    ),
    ("did not find expected key", "this line does not fit the lines around it", "check its indentation and its quotes"),
    (
        "did not find expected",
        "this line does not fit the lines around it",
        "check its indentation, brackets and quotes",
    ),
    ("tab character", "this line is indented with a tab", "indent with spaces, two for each level"),
    (
        "control characters",
        "there is an invisible control character here",
        "delete the character and type the text again",
    ),
    ("duplicate entry", "a key is given twice", "keep one of the two and remove the other"),
    ("recursion limit", "this is nested too deeply", "use fewer levels of indentation and brackets"),
    (
        "unknown anchor",
        "this refers to a YAML anchor that does not exist",
        "put the value in quotes if it is meant as text",
    ),
];

/// `start` is where the parsed stretch began; `place` is the parser's line and column in it, from 1.
pub(super) fn explain(message: &str, text: &str, start: usize, place: (usize, usize)) -> (Diagnostic, Range<usize>) {
    let found = REASONS.iter().find(|(piece, ..)| message.contains(piece));
    let (sentence, help) = found.map_or(
        ("this is not valid YAML", "check the quotes, colons and indentation of this line and the one above"),
        |(_, sentence, help)| (*sentence, *help),
    );
    let code = if message.contains("duplicate entry") { Code::YamlDuplicateKey } else { Code::YamlSyntax };
    let place = control_character(&text[start..])
        .filter(|_| message.contains("control characters"))
        .map_or_else(|| locate(text, start, place), |at| start + at.start..start + at.end);
    (Diagnostic::new(code, sentence).help(help), place)
}

/// The parser does not say where the character is.
fn control_character(text: &str) -> Option<Range<usize>> {
    let (at, c) = text.char_indices().find(|(_, c)| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{85}'))?;
    Some(at..at + c.len_utf8())
}

/// The character at a line and column of a stretch whose first line keeps its column in the file.
fn locate(text: &str, start: usize, (line, column): (usize, usize)) -> Range<usize> {
    let mut from = text[..start].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    for _ in 1..line {
        match text[from..].find('\n') {
            Some(at) => from += at + 1,
            None => from = text.len(),
        }
    }
    let at = text[from..].char_indices().nth(column.saturating_sub(1)).map_or(text.len(), |(at, _)| from + at);
    let at = at.max(start).min(text.trim_end().len().max(start));
    at..at + text[at..].chars().next().filter(|c| !c.is_whitespace()).map_or(0, char::len_utf8)
}
