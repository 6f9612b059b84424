//! The words around the content: `templates/locales/<language>.yaml`.
//!
//! In: located values. Out: [`Words`]: texts by key, month names, labels of fixed lists. No word a reader sees stands
//! in code or templates.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::fields::text_of;
use super::value::{Data, Located};
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::text::date::{Date, Interval, Unit};

/// The words of one language.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Words {
    /// Sentences and labels by key.
    #[serde(flatten)]
    texts: BTreeMap<String, String>,
    /// January first.
    months: Vec<String>,
    /// `audience: {families: Families}` and other lists.
    labels: BTreeMap<String, BTreeMap<String, String>>,
}

impl Words {
    /// Reads a locale file. Keys whose value is neither text, list nor group are reported.
    pub fn read(file: &Arc<str>, value: &Located, problems: &mut Vec<Diagnostic>) -> Self {
        let mut words = Self::default();
        let Data::Map(entries) = &value.data else { return words };
        for entry in entries {
            match &entry.value.data {
                Data::List(items) if entry.key == "months" => words.months = items.iter().filter_map(text_of).collect(),
                Data::Map(labels) => {
                    let labels =
                        labels.iter().filter_map(|label| Some((label.key.clone(), text_of(&label.value)?))).collect();
                    words.labels.insert(entry.key.clone(), labels);
                }
                _ => match text_of(&entry.value) {
                    Some(text) => {
                        words.texts.insert(entry.key.clone(), text);
                    }
                    None => problems.push(
                        Diagnostic::new(Code::WrongType, format!("`{}` must be text", entry.key))
                            .at(Span::new(file, entry.value.extent))
                            .help("write the words readers should see"),
                    ),
                },
            }
        }
        words
    }

    /// These words over `below`: a project may replace single words.
    pub fn laid_over(mut self, below: &Self) -> Self {
        for (key, text) in &below.texts {
            self.texts.entry(key.clone()).or_insert_with(|| text.clone());
        }
        if self.months.len() != 12 {
            self.months.clone_from(&below.months);
        }
        for (list, labels) in &below.labels {
            let own = self.labels.entry(list.clone()).or_default();
            for (id, label) in labels {
                own.entry(id.clone()).or_insert_with(|| label.clone());
            }
        }
        self
    }

    /// The text of a key; the key itself where nobody wrote one.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.texts.get(key).map_or(key, String::as_str)
    }

    /// A text with its `{placeholders}` filled.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        values.iter().fold(self.get(key).to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
    }

    /// The label of an item of a fixed list; the item itself where nobody wrote one.
    pub fn label<'a>(&'a self, list: &str, id: &'a str) -> &'a str {
        self.labels.get(list).and_then(|labels| labels.get(id)).map_or(id, String::as_str)
    }

    /// `1 May 2026`
    pub fn date(&self, date: Date) -> String {
        let (year, month, day) = date.parts();
        format!("{day} {} {year}", self.month(month))
    }

    /// `May 2026`
    pub fn month_and_year(&self, date: Date) -> String {
        let (year, month, _) = date.parts();
        format!("{} {year}", self.month(month))
    }

    /// `12 months`, with this language's units where it has them.
    pub fn interval(&self, interval: Interval) -> String {
        let unit = match interval.unit {
            Unit::Day => "day",
            Unit::Week => "week",
            Unit::Month => "month",
            Unit::Year => "year",
        };
        let key = if interval.count == 1 { unit.to_owned() } else { format!("{unit}s") };
        format!("{} {}", interval.count, self.label("units", &key))
    }

    fn month(&self, month: i8) -> String {
        usize::try_from(month - 1).ok().and_then(|at| self.months.get(at)).cloned().unwrap_or_else(|| month.to_string())
    }
}
