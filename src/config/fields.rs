//! Typing: takes keys out of a map one by one, says what is wrong with each, and names the keys nobody asked for.
//!
//! In: a [`Located`] map. Out: typed values; problems go to the list it was given. A field with the wrong type is
//! reported once and read as absent, so that one run names every mistake.

use std::sync::Arc;

use super::value::{Data, Entry, Located};
use crate::diagnostics::{Code, Diagnostic, Extent, Span, suggest};
use crate::text::date::{Date, Interval};

/// A typed value and its place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands in its file.
    pub extent: Extent,
}

/// The keys of one map while they are being read.
pub struct Fields<'a> {
    file: &'a Arc<str>,
    extent: Extent,
    entries: &'a [Entry],
    /// Otherwise that has been reported, and it is of no use to name what it lacks.
    is_map: bool,
    asked: Vec<&'a str>,
    problems: &'a mut Vec<Diagnostic>,
}

impl<'a> Fields<'a> {
    /// Opens a map. Anything else is reported and read as an empty map; nothing at all is an empty map.
    pub fn open(file: &'a Arc<str>, value: &'a Located, what: &str, problems: &'a mut Vec<Diagnostic>) -> Self {
        let entries: &[Entry] = match &value.data {
            Data::Map(entries) => entries,
            Data::Null => &[],
            other => {
                problems.push(
                    Diagnostic::new(Code::WrongType, format!("{what} must be keys and values, not {}", other.sort()))
                        .at(Span::new(file, value.extent))
                        .help("write `key: value`, one to a line"),
                );
                &[]
            }
        };
        Self {
            file,
            extent: value.extent,
            entries,
            is_map: matches!(value.data, Data::Map(_) | Data::Null),
            asked: Vec::new(),
            problems,
        }
    }

    /// Where the whole map stands.
    pub fn extent(&self) -> Extent {
        self.extent
    }

    /// The file the map stands in.
    pub fn file(&self) -> &'a Arc<str> {
        self.file
    }

    /// Reports a problem at a place in this file.
    pub fn report(&mut self, diagnostic: Diagnostic, extent: Extent) {
        self.problems.push(diagnostic.at(Span::new(self.file, extent)));
    }

    /// The raw value of a key, marked as read. `null` counts as absent.
    pub fn raw(&mut self, key: &'a str) -> Option<&'a Located> {
        self.entry(key).map(|entry| &entry.value).filter(|value| value.data != Data::Null)
    }

    /// The whole entry of a key, marked as read.
    pub fn entry(&mut self, key: &'a str) -> Option<&'a Entry> {
        self.asked.push(key);
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// Every entry, for maps whose keys are names chosen by the author. All count as read.
    pub fn entries(&mut self) -> &'a [Entry] {
        self.asked.extend(self.entries.iter().map(|entry| entry.key.as_str()));
        self.entries
    }

    /// Text; a number or a boolean is taken as it is written. Empty text is reported.
    pub fn text(&mut self, key: &'a str) -> Option<Spanned<String>> {
        let value = self.raw(key)?;
        let text = text_of(value).or_else(|| {
            self.wrong(key, value, "text", "put the text after the colon, in quotes if it holds a colon")
        })?;
        if text.trim().is_empty() {
            self.report(
                Diagnostic::new(Code::EmptyValue, format!("`{key}` is empty"))
                    .help(format!("write something after `{key}:`, or remove the line")),
                value.extent,
            );
            return None;
        }
        Some(Spanned { value: text, extent: value.extent })
    }

    /// `true` or `false`.
    pub fn boolean(&mut self, key: &'a str) -> Option<Spanned<bool>> {
        let value = self.raw(key)?;
        match value.data {
            Data::Bool(value_) => Some(Spanned { value: value_, extent: value.extent }),
            _ => self.wrong(key, value, "true or false", "write true or false, without quotes"),
        }
    }

    /// A whole number.
    pub fn integer(&mut self, key: &'a str) -> Option<Spanned<i64>> {
        let value = self.raw(key)?;
        match value.data {
            Data::Integer(number) => Some(Spanned { value: number, extent: value.extent }),
            _ => self.wrong(key, value, "a whole number", "write digits only, without quotes"),
        }
    }

    /// A number, whole or not.
    pub fn number(&mut self, key: &'a str) -> Option<Spanned<f64>> {
        let value = self.raw(key)?;
        match value.data {
            #[allow(clippy::cast_precision_loss, reason = "settings are small numbers")]
            Data::Integer(number) => Some(Spanned { value: number as f64, extent: value.extent }),
            Data::Text(ref text) if is_decimal(text) => {
                text.parse().ok().map(|number| Spanned { value: number, extent: value.extent })
            }
            Data::Float(number) => Some(Spanned { value: number, extent: value.extent }),
            _ => self.wrong(key, value, "a number", "write digits, without quotes"),
        }
    }

    /// `2026-05-01`
    pub fn date(&mut self, key: &'a str) -> Option<Spanned<Date>> {
        let value = self.raw(key)?;
        let text = text_of(value).unwrap_or_default();
        match Date::parse(&text) {
            Some(date) => Some(Spanned { value: date, extent: value.extent }),
            None => {
                let shown = if text.is_empty() { value.data.sort().to_owned() } else { format!("`{text}`") };
                self.report(
                    Diagnostic::new(Code::BadDate, format!("`{key}` is {shown}, which is not a date"))
                        .help("write year, month and day like 2026-05-01"),
                    value.extent,
                );
                None
            }
        }
    }

    /// `12 months`
    pub fn interval(&mut self, key: &'a str) -> Option<Spanned<Interval>> {
        let value = self.raw(key)?;
        match text_of(value).as_deref().and_then(Interval::parse) {
            Some(interval) => Some(Spanned { value: interval, extent: value.extent }),
            None => {
                self.wrong(key, value, "a length of time", "write a number and a unit: 6 weeks, 12 months, 2 years")
            }
        }
    }

    /// One of a fixed list of words.
    pub fn choice<T: Copy>(&mut self, key: &'a str, choices: &[(&str, T)]) -> Option<Spanned<T>> {
        let value = self.raw(key)?;
        let text = text_of(value).unwrap_or_default();
        if let Some((_, choice)) = choices.iter().find(|(name, _)| *name == text) {
            return Some(Spanned { value: *choice, extent: value.extent });
        }
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        self.report(unknown_choice(key, &text, &names), value.extent);
        None
    }

    /// A list of words, each one of a fixed list.
    pub fn choices<T: Copy>(&mut self, key: &'a str, choices: &[(&str, T)]) -> Vec<Spanned<T>> {
        let mut out = Vec::new();
        for text in self.texts(key) {
            match choices.iter().find(|(name, _)| *name == text.value) {
                Some((_, choice)) => out.push(Spanned { value: *choice, extent: text.extent }),
                None => {
                    let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
                    self.report(unknown_choice(key, &text.value, &names), text.extent);
                }
            }
        }
        out
    }

    /// A list of texts; one text alone is a list of one.
    pub fn texts(&mut self, key: &'a str) -> Vec<Spanned<String>> {
        let mut out = Vec::new();
        for item in self.list(key) {
            match text_of(item) {
                Some(text) if !text.trim().is_empty() => out.push(Spanned { value: text, extent: item.extent }),
                _ => {
                    self.wrong::<()>(key, item, "text", "each item of the list is one text");
                }
            }
        }
        out
    }

    /// The items of a list; a single value is a list of one.
    pub fn list(&mut self, key: &'a str) -> &'a [Located] {
        match self.raw(key) {
            Some(Located { data: Data::List(items), .. }) => items,
            Some(single) => std::slice::from_ref(single),
            None => &[],
        }
    }

    /// A map below a key.
    pub fn map(&mut self, key: &'a str) -> Option<Fields<'_>> {
        let value = self.raw(key)?;
        Some(Fields::open(self.file, value, &format!("`{key}`"), self.problems))
    }

    /// A map that is an item of a list.
    pub fn open_item<'b>(&'b mut self, item: &'b Located, what: &str) -> Fields<'b> {
        Fields::open(self.file, item, what, self.problems)
    }

    /// A required key: `read` is called and its absence reported, unless the key is there and already reported.
    pub fn required<T>(
        &mut self,
        key: &'a str,
        help: &str,
        read: impl FnOnce(&mut Self, &'a str) -> Option<T>,
    ) -> Option<T> {
        let before = self.problems.len();
        let found = read(self, key);
        if found.is_none() && self.is_map && self.problems.len() == before {
            let extent = self.extent;
            self.report(
                Diagnostic::new(Code::MissingField, format!("`{key}` is missing")).help(help),
                Extent { start: extent.start, end: extent.start },
            );
        }
        found
    }

    /// Names every key nobody asked for. Call it last.
    pub fn finish(self) {
        for entry in self.entries {
            if !self.asked.contains(&entry.key.as_str()) {
                let near = suggest(&entry.key, self.asked.iter().copied());
                let help = near.map_or_else(
                    || format!("the keys here are {}", spoken_list(&self.asked)),
                    |near| format!("did you mean `{near}`?"),
                );
                self.problems.push(
                    Diagnostic::new(Code::UnknownKey, format!("there is no key `{}` here", entry.key))
                        .at(Span::new(self.file, entry.key_extent))
                        .help(help),
                );
            }
        }
    }

    fn wrong<T>(&mut self, key: &str, value: &Located, wanted: &str, help: &str) -> Option<T> {
        let given = match &value.data {
            Data::Text(text) => format!("the text `{text}`"),
            other => other.sort().to_owned(),
        };
        self.report(
            Diagnostic::new(Code::WrongType, format!("`{key}` must be {wanted}, not {given}")).help(help),
            value.extent,
        );
        None
    }
}

/// `2.0`: digits that would be lost in a number are kept as text by the readers.
fn is_decimal(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && text.bytes().any(|byte| byte.is_ascii_digit())
        && text.matches('.').count() <= 1
}

/// A scalar as text; lists, maps and nothing have none.
pub fn text_of(value: &Located) -> Option<String> {
    match &value.data {
        Data::Text(text) => Some(text.clone()),
        Data::Integer(number) => Some(number.to_string()),
        Data::Float(number) => Some(number.to_string()),
        Data::Bool(value) => Some(value.to_string()),
        Data::Null | Data::List(_) | Data::Map(_) => None,
    }
}

/// A word that is not one of a fixed list.
pub fn unknown_choice(key: &str, given: &str, names: &[&str]) -> Diagnostic {
    let help = suggest(given, names.iter().copied())
        .map_or_else(|| format!("write one of {}", spoken_list(names)), |near| format!("did you mean `{near}`?"));
    Diagnostic::new(Code::UnknownChoice, format!("`{key}` cannot be `{given}`")).help(help)
}

/// `a`, `b` and `c`, sorted, each once.
pub fn spoken_list(names: &[&str]) -> String {
    let mut names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.sort();
    names.dedup();
    match names.split_last() {
        None => "none".to_owned(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}
