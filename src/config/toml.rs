//! TOML text → [`Located`] values. The one file that names the TOML parser.
//!
//! In: the text of one document. Out: values with their places, and every mistake the parser can recover from.
//! Dates become text, as in YAML; tables keep the order in which they are written.

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::value::{Data, Entry, Located};
use crate::diagnostics::{Code, Diagnostic, Extent, Span};

/// Deeper nesting than this is a mistake or an attack.
const DEEPEST: usize = 64;

/// Reads one document. `base` is where `text` begins in its file; `limit` the most bytes allowed.
/// Every mistake is reported; what could be read all the same is given.
pub fn read(file: &Arc<str>, text: &str, base: u32, limit: usize, problems: &mut Vec<Diagnostic>) -> Option<Located> {
    let place = Place { file, base: base as usize };
    if text.len() > limit {
        problems.push(
            Diagnostic::new(Code::TooLarge, format!("this is larger than {} KiB", limit / 1024))
                .at(place.span(0..0))
                .help("move text out of it, or split it into several files"),
        );
        return None;
    }
    if let Some(at) = too_deep(text) {
        problems.push(
            Diagnostic::new(Code::TomlSyntax, format!("this is nested more than {DEEPEST} levels deep"))
                .at(place.span(at..at + 1))
                .help("use fewer levels of tables and brackets"),
        );
        return None;
    }
    let (table, mut errors) = DeTable::parse_recoverable(text);
    errors.sort_by_key(|error| error.span().map(|span| span.start));
    // What follows the first mistake of a line is mostly its consequence.
    let line =
        |error: &toml::de::Error| error.span().map(|span| text[..span.start.min(text.len())].matches('\n').count());
    errors.dedup_by_key(|error| line(error));
    for error in &errors {
        problems.push(explain(error, text, &place));
    }
    Some(place.table(table.get_ref(), table.span()))
}

/// The parser goes down one call for each bracket, and for each dot in a key.
fn too_deep(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    let mut dots = 0usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            b'.' => dots += 1,
            b'\n' => dots = 0,
            byte if byte.is_ascii_whitespace() => dots = 0,
            _ => {}
        }
        if depth > DEEPEST || dots > DEEPEST {
            return Some(at);
        }
    }
    None
}

struct Place<'a> {
    file: &'a Arc<str>,
    base: usize,
}

impl Place<'_> {
    fn extent(&self, range: Range<usize>) -> Extent {
        Extent::new(self.base + range.start, self.base + range.end)
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, self.extent(range))
    }

    fn table(&self, table: &DeTable<'_>, range: Range<usize>) -> Located {
        let mut entries: Vec<Entry> = table
            .iter()
            .map(|(key, value)| Entry {
                key: key.get_ref().to_string(),
                key_extent: self.extent(key.span()),
                value: self.value(value),
            })
            .collect();
        entries.sort_by_key(|entry| entry.key_extent.start);
        Located { extent: self.extent(range), data: Data::Map(entries) }
    }

    fn value(&self, value: &Spanned<DeValue<'_>>) -> Located {
        let data = match value.get_ref() {
            DeValue::String(text) => Data::Text(text.to_string()),
            DeValue::Boolean(value) => Data::Bool(*value),
            DeValue::Integer(number) => whole(number.as_str(), number.radix()),
            DeValue::Float(number) => number
                .as_str()
                .parse()
                .ok()
                .filter(|float: &f64| float.to_string() == number.as_str())
                .map_or_else(|| Data::Text(number.as_str().to_owned()), Data::Float),
            DeValue::Datetime(date) => Data::Text(date.to_string()),
            DeValue::Array(items) => Data::List(items.iter().map(|item| self.value(item)).collect()),
            DeValue::Table(table) => return self.table(table, value.span()),
        };
        Located { extent: self.extent(value.span()), data }
    }
}

/// A number too large to count with stays text.
fn whole(digits: &str, radix: u32) -> Data {
    i64::from_str_radix(digits, radix).map_or_else(|_| Data::Text(digits.to_owned()), Data::Integer)
}

/// A piece of the parser's message, the sentence for it, the cure.
const REASONS: &[(&str, &str, &str)] = &[
    ("invalid unquoted key", "this character cannot stand in a key", "write `key = \"value\"`"),
    ("duplicate key", "this key is given twice", "keep one of the two and remove the other"),
    ("string values must be quoted", "a text needs quotes", "put the value in double quotes"),
    ("missing value", "there is no value after the `=`", "write the value after `=`, texts in double quotes"),
    (
        "invalid basic string, expected `\"`",
        "the quote of this text is never closed",
        "put another `\"` at the end of the text",
    ),
    (
        "invalid literal string, expected `'`",
        "the quote of this text is never closed",
        "put another `'` at the end of the text",
    ),
    (
        "invalid basic string",
        "this quoted text is not closed or holds a character it cannot hold",
        "close the quote on the same line, and write each backslash twice",
    ),
    ("invalid multiline basic string", "this text is not closed", "end it with three quotes"),
    ("invalid literal string", "this quoted text is not closed", "close the quote on the same line"),
    ("key with no value", "there is no `=` after this key", "write `key = \"value\"`"),
    ("extra `", "there is something here that does not belong", "remove it"),
    (
        "invalid array",
        "a list is not closed or lacks a comma",
        "separate the items with commas and end the list with `]`",
    ),
    ("unclosed array", "the list that opens here is never closed", "end the list with `]`"),
    ("missing comma", "there is no comma between two items", "separate the items with commas"),
    ("newline", "the line is not finished", "keep each `key = value` on one line"),
];

fn explain(error: &toml::de::Error, text: &str, place: &Place<'_>) -> Diagnostic {
    let message = error.message();
    let found = REASONS.iter().find(|(piece, ..)| message.contains(piece));
    let (sentence, help) = found
        .map_or(("this is not valid TOML", "write `key = \"value\"`, one to a line"), |(_, sentence, help)| {
            (*sentence, *help)
        });
    let code = match message {
        message if message.contains("duplicate key") => Code::YamlDuplicateKey,
        message if message.contains("string, expected `\"`") || message.contains("string, expected `'`") => {
            Code::UnclosedQuote
        }
        _ => Code::TomlSyntax,
    };
    let range = error.span().unwrap_or(0..0);
    let end = range.end.min(text.len());
    Diagnostic::new(code, sentence).at(place.span(range.start.min(end)..end)).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> (Option<Located>, Vec<Diagnostic>) {
        let mut problems = Vec::new();
        (read(&Arc::from("page.md"), text, 0, 65_536, &mut problems), problems)
    }

    #[test]
    fn keeps_order_places_and_dates() {
        let text = "title = \"T\"\nreviewed_on = 2026-05-01\norder = 3\ntopics = [\"a\", 'b']\n[search]\nboost = 2.5\n";
        let (value, problems) = read_text(text);
        assert_eq!(problems, vec![]);
        let Data::Map(entries) = value.unwrap().data else { panic!("a map") };
        let shown: Vec<(&str, &str)> =
            entries.iter().map(|entry| (entry.key.as_str(), &text[entry.value.extent.range()])).collect();
        assert_eq!(
            shown[..4],
            [("title", "\"T\""), ("reviewed_on", "2026-05-01"), ("order", "3"), ("topics", "[\"a\", 'b']")]
        );
        assert_eq!(entries[1].value.data, Data::Text("2026-05-01".into()));
        assert_eq!(entries[4].key, "search");
    }

    #[test]
    fn names_every_mistake_in_one_run() {
        for (text, told) in [
            ("a = \nb = 1\n", vec![("toml-syntax", 4)]),
            ("title = Safety first\n", vec![("toml-syntax", 8)]),
            ("a = 1\na = 2\n", vec![("duplicate-key", 6)]),
            ("title: x\n", vec![("toml-syntax", 5)]),
            ("a = \"x\nb = 1\n", vec![("unclosed-quote", 6)]),
            ("a = [1, 2\nb = 1\n", vec![("toml-syntax", 10)]),
        ] {
            let found: Vec<(&str, u32)> =
                read_text(text).1.iter().map(|p| (p.code.name(), p.span.as_ref().unwrap().extent.start)).collect();
            let messages: Vec<String> = read_text(text).1.into_iter().map(|p| p.message).collect();
            assert_eq!(found, told, "{text} {messages:?} {:?}", DeTable::parse_recoverable(text).1);
        }
    }

    #[test]
    fn refuses_depth_and_size() {
        for deep in ["a = ".to_owned() + &"[".repeat(50_000), "a.".repeat(30_000) + "b = 1"] {
            let (value, problems) = read_text(&deep);
            assert!(value.is_none(), "{problems:?}");
        }
        assert_eq!(read_text(&"#".repeat(70_000)).1[0].code, Code::TooLarge);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[a-z\\[\\]{}=\"'.,# \\n0-9:\\\\-]{0,80}") {
            let (value, problems) = read_text(&text);
            proptest::prop_assert!(value.is_some() || !problems.is_empty());
            proptest::prop_assert_eq!(problems.is_empty(), DeTable::parse(&text).is_ok());
        }
    }
}
