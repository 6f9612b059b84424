//! Where the settings at the head of a page end and its text begins, and reading them.
//!
//! In: the text of a Markdown file. Out: the stretch of its front matter, the start of its body, and the settings as
//! [`Located`] values whose places are bytes of the file. A page whose settings could not be read in full is said
//! to be unreadable: it may be a draft or internal, so it must not be published.

use std::ops::Range;
use std::sync::Arc;

use super::value::{Data, Located};
use super::{toml, yaml};
use crate::diagnostics::{Code, Diagnostic, Extent, Severity, Span};

/// The most bytes front matter may have.
pub const LIMIT: usize = 64 * 1024;

/// How front matter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Between `---`.
    Yaml,
    /// Between `+++`.
    Toml,
}

/// A page divided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    /// The settings without their fences; nothing where the page begins with its text.
    pub front: Option<(Format, Range<usize>)>,
    /// Where the page's text begins.
    pub body_start: usize,
    /// The fence that opens the front matter and is never closed. Then `front` reaches as far as lines look like
    /// settings, and the text begins after them.
    pub unclosed: Option<Range<usize>>,
}

/// Divides a page. A first line of `---` that nothing like a setting follows is a rule of the text.
pub fn split(text: &str) -> Split {
    let start = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let none = Split { front: None, body_start: start, unclosed: None };
    let mut lines = Lines { text, at: start };
    let Some((first, opening)) = lines.next() else {
        return none;
    };
    let (format, fence) = match first.trim_end() {
        "---" => (Format::Yaml, "---"),
        "+++" => (Format::Toml, "+++"),
        _ => return none,
    };
    let inner = lines.at;
    if format == Format::Yaml && !begins_with_settings(&text[inner..]) {
        return none;
    }
    for (line, range) in &mut lines {
        let line = line.trim_end();
        if line == fence || (format == Format::Yaml && line == "...") {
            return Split { front: Some((format, inner..range.start)), body_start: range.end, unclosed: None };
        }
    }
    let end = inner + settings_length(&text[inner..]);
    let opening = opening.start..opening.start + fence.len();
    Split { front: Some((format, inner..end)), body_start: end, unclosed: Some(opening) }
}

/// Reads the front matter of a page: its settings, where its text begins, whether all of it could be read.
pub fn read(file: &Arc<str>, text: &str, problems: &mut Vec<Diagnostic>) -> (Option<Located>, usize, bool) {
    let split = split(text);
    let before = problems.len();
    if split.front.is_none() {
        problems.extend(missed_settings(file, text));
    }
    if problems.len() == before {
        report_lost_settings(file, text, split.body_start, problems);
    }
    let Some((format, range)) = split.front else {
        return (None, split.body_start, problems.len() == before);
    };
    if let Some(opening) = split.unclosed {
        let fence = &text[opening.clone()];
        problems.push(
            Diagnostic::new(
                Code::UnclosedFrontMatter,
                format!("the settings that begin here with `{fence}` are never closed"),
            )
            .at(Span::new(file, Extent::new(opening.start, opening.end)))
            .help(format!("write a line of `{fence}` between the settings and the text of the page")),
        );
    }
    let base = u32::try_from(range.start).unwrap_or(u32::MAX);
    let inner = &text[range];
    let mut value = match format {
        Format::Yaml => yaml::read(file, inner, base, LIMIT, problems),
        Format::Toml => toml::read(file, inner, base, LIMIT, problems),
    };
    if let Some(Located { extent, data }) = &value
        && !matches!(data, Data::Map(_) | Data::Null)
    {
        let sort = data.sort();
        problems.push(
            Diagnostic::new(Code::WrongType, format!("the settings of a page must be keys and values, not {sort}"))
                .at(Span::new(file, *extent))
                .help("write `key: value`, one to a line"),
        );
        value = None;
    }
    let readable = problems[before..].iter().all(|problem| problem.severity != Severity::Error);
    (value, split.body_start, readable)
}

/// Settings that are no settings because of how they begin: after an empty line, with a dash that a word processor made
/// of three, or with the line ends of an old Mac. Read as text, the page would be public whatever they say.
fn missed_settings(file: &Arc<str>, text: &str) -> Option<Diagnostic> {
    let inner = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    let start = text.len() - inner.len();
    let first = inner.split(['\n', '\r']).next().unwrap_or_default();
    let fence = !first.trim().is_empty()
        && first.trim().chars().all(|c| matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '+'));
    let mut lines = inner[first.len()..].split(['\n', '\r']).filter(|line| !line.trim().is_empty());
    if !fence || !lines.next().is_some_and(is_setting) {
        return None;
    }
    let (message, help) = match first.trim() {
        "---" | "+++" if inner[first.len()..].starts_with('\r') && !inner[first.len()..].starts_with("\r\n") => (
            "the lines of this file end as on an old Mac, so its settings cannot be read".to_owned(),
            "save the file again with the line ends of Windows or Unix; most editors offer both",
        ),
        "---" | "+++" => (
            "the settings of a page must begin on its very first line".to_owned(),
            "remove what stands before these dashes, also empty lines and spaces",
        ),
        other => (
            format!("settings seem to begin with `{other}` here"),
            "write exactly three hyphens, `---`, before and after the settings",
        ),
    };
    Some(
        Diagnostic::new(Code::FrontMatterUnreadable, message)
            .at(Span::new(file, Extent::new(start, start + first.len())))
            .help(help),
    )
}

/// How many lines of a page's text are searched for settings that were meant to stand above it.
const HEAD: usize = 20;

/// Settings that decide who sees a page and when, in its text: they stand below the first heading, or between lines
/// that are not quite `---`, and would be printed instead of obeyed.
fn report_lost_settings(file: &Arc<str>, text: &str, body_start: usize, problems: &mut Vec<Diagnostic>) {
    let mut at = body_start;
    let mut in_code = false;
    for line in text[body_start..].split_inclusive(['\n', '\r']).take(HEAD) {
        let written = line.trim();
        if written.starts_with("```") || written.starts_with("~~~") {
            in_code = !in_code;
        } else if !in_code && holds_back(written) {
            let start = at + line.len() - line.trim_start().len();
            problems.push(
                Diagnostic::new(
                    Code::NearMiss,
                    format!("`{written}` stands in the text of the page, where it is not read as a setting"),
                )
                .at(Span::new(file, Extent::new(start, start + written.len())))
                .help("put the settings between two lines of `---`, at the very top of the file"),
            );
        }
        at += line.len();
    }
}

/// Whether a line is nothing but a setting that holds a page back: `visibility: internal`, `"draft": true`.
fn holds_back(line: &str) -> bool {
    let plain = |text: &str| text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let Some((key, value)) = line.split_once([':', '=']) else { return false };
    let value = plain(value);
    match plain(key).as_str() {
        "visibility" => value == "internal",
        "status" => ["draft", "withdrawn", "absent"].contains(&value.as_str()),
        "draft" => ["true", "yes"].contains(&value.as_str()),
        "publish_on" | "expires_on" | "publishdate" | "expirydate" => value.starts_with(|c: char| c.is_ascii_digit()),
        _ => false,
    }
}

/// Lines with their places, line ends included in the place.
struct Lines<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Lines<'a> {
    type Item = (&'a str, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = &self.text[self.at..];
        let line = rest.split_inclusive('\n').next()?;
        let range = self.at..self.at + line.len();
        self.at = range.end;
        Some((line, range))
    }
}

/// Whether the first thing after the fence is a key, a comment or the closing fence.
fn begins_with_settings(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim_end).filter(|line| !line.trim().is_empty());
    let first = lines.find(|line| !line.trim_start().starts_with("# ") && *line != "#");
    match first {
        None => false,
        Some("---" | "...") => true,
        Some(line) => is_setting(line) || text.lines().any(|line| line.trim_end() == "---"),
    }
}

/// How far lines look like settings: to the first heading or text after an empty line.
fn settings_length(text: &str) -> usize {
    let mut end = 0;
    let mut after_gap = false;
    for (line, range) in (Lines { text, at: 0 }) {
        let trimmed = line.trim_end();
        let inside = line.starts_with([' ', '\t']) || trimmed.starts_with("- ") || trimmed.starts_with('[');
        if trimmed.is_empty() {
            after_gap = true;
            continue;
        }
        if trimmed.starts_with('#') || (after_gap && !is_setting(trimmed) && !inside) {
            break;
        }
        after_gap = false;
        end = range.end;
    }
    end
}

/// `key:` or `key =` at the start of a line.
fn is_setting(line: &str) -> bool {
    let line = line.trim_start().trim_start_matches(['"', '\'']);
    let key = line.len() - line.trim_start_matches(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.')).len();
    let rest = line[key..].trim_start_matches(['"', '\'']).trim_start();
    key > 0 && rest.starts_with([':', '=']) && !rest.starts_with("://")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The settings, the text, and whether the fence is closed.
    fn divided(text: &str) -> (Option<&str>, &str, bool) {
        let split = split(text);
        (split.front.map(|(_, range)| &text[range]), &text[split.body_start..], split.unclosed.is_none())
    }

    #[test]
    fn finds_settings_and_text() {
        for (text, expected) in [
            ("---\ntitle: A\n---\nText", (Some("title: A\n"), "Text", true)),
            ("+++\ntitle = 'A'\n+++\nText", (Some("title = 'A'\n"), "Text", true)),
            ("\u{FEFF}---\r\ntitle: A\r\n---  \r\nText", (Some("title: A\r\n"), "Text", true)),
            ("---\n---\nText", (Some(""), "Text", true)),
            ("---\n# about\ntitle: A\n---", (Some("# about\ntitle: A\n"), "", true)),
            ("---\ntitle: A\n...\nText", (Some("title: A\n"), "Text", true)),
            ("---\n- a\n---\nText", (Some("- a\n"), "Text", true)),
            ("No settings\n---\n", (None, "No settings\n---\n", true)),
            ("---\n\nA rule and a paragraph.\n", (None, "---\n\nA rule and a paragraph.\n", true)),
            ("---\nSee https://example.org\n", (None, "---\nSee https://example.org\n", true)),
            ("---", (None, "---", true)),
            (" ---\ntitle: A\n---\n", (None, " ---\ntitle: A\n---\n", true)),
            ("----\ntitle: A\n", (None, "----\ntitle: A\n", true)),
            ("", (None, "", true)),
            ("---\ntitle: A\n\n# Heading\n\nText", (Some("title: A\n"), "\n# Heading\n\nText", false)),
            ("---\ntitle: A\nlist:\n- b\n\nText here.", (Some("title: A\nlist:\n- b\n"), "\nText here.", false)),
            ("+++\ntitle = 'A'\n", (Some("title = 'A'\n"), "", false)),
        ] {
            assert_eq!(divided(text), expected, "{text:?}");
        }
    }

    #[test]
    fn says_what_is_unreadable() {
        let file: Arc<str> = Arc::from("page.md");
        for (text, codes, place, readable) in [
            ("---\ntitle: A\n---\nText", vec![], 0, true),
            ("---\ntitle: A\n\n# Text", vec!["unclosed-front-matter"], 0, false),
            ("---\ntitle: \"A\nvisibility: internal\n---\n", vec!["unclosed-quote"], 11, false),
            ("---\n- a\n---\n", vec!["wrong-type"], 4, false),
            ("---\njust text\n---\n", vec!["wrong-type"], 4, false),
            ("+++\ntitle = A B\n+++\n", vec!["toml-syntax"], 12, false),
            ("\u{FEFF}---\r\n\ttitle: A\r\n---\r\n", vec!["yaml-tab"], 8, false),
            ("# A\n---\ndraft: true\n---\n", vec!["near-miss"], 8, false),
            ("---\ntitle: A\n---\n---\npublish_on: 2030-01-01\n---\n", vec!["near-miss"], 21, false),
            ("{\n  \"visibility\": \"internal\",\n}\n", vec!["near-miss"], 4, false),
            ("```yaml\nvisibility: internal\n```\n", vec![], 0, true),
            ("Status: draft and final reports\n", vec![], 0, true),
        ] {
            let mut problems = Vec::new();
            let (_, _, is_readable) = read(&file, text, &mut problems);
            let found: Vec<&str> = problems.iter().map(|problem| problem.code.name()).collect();
            assert_eq!((found, is_readable), (codes, readable), "{text:?} {problems:?}");
            assert_eq!(problems.first().map_or(0, |p| p.span.as_ref().unwrap().extent.start), place, "{text:?}");
        }
        let mut problems = Vec::new();
        let large = format!("---\ntitle: {}\n---\n", "x".repeat(LIMIT));
        assert!(!read(&file, &large, &mut problems).2);
        assert_eq!(problems[0].code, Code::TooLarge);
    }

    proptest::proptest! {
        #[test]
        fn any_page_is_divided(text in "\u{FEFF}?(---|\\+\\+\\+)?[ \\r]{0,2}\n[\\PC\n]{0,40}((---|\\+\\+\\+)\n[a-z:# \n]{0,9})?") {
            let mut problems = Vec::new();
            let (value, body, readable) = read(&Arc::from("page.md"), &text, &mut problems);
            proptest::prop_assert!(text.is_char_boundary(body));
            proptest::prop_assert!(readable || !problems.is_empty());
            proptest::prop_assert!(value.is_none() || split(&text).front.is_some());
        }
    }
}
