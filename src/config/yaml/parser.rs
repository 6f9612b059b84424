//! The YAML parser. The one file that names its crate.
//!
//! In: YAML text. Out: its values without places, or what the parser refused and where.

use std::collections::BTreeSet;

use serde_yaml::Number;
pub(super) use serde_yaml::Value;

use super::super::value::{Data, Entry, Located};
use crate::diagnostics::Extent;

/// What the parser says against a text.
pub(super) struct Refusal {
    /// In its words.
    pub(super) message: String,
    /// Line and column, from 1.
    pub(super) place: (usize, usize),
}

/// Parses one document.
pub(super) fn parse(text: &str) -> Result<Value, Refusal> {
    serde_yaml::from_str(text).map_err(|error| Refusal {
        message: error.to_string(),
        place: error.location().map_or((1, 1), |place| (place.line(), place.column())),
    })
}

/// A number whose digits would be lost in counting with it (`+44`, `1.10`, `0x1F`) stays text.
pub(super) fn number_as_written(number: &Number, written: &str) -> Data {
    match (number.as_i64(), number.as_f64()) {
        (Some(whole), _) if whole.to_string() == written => Data::Integer(whole),
        (None, Some(fraction)) if fraction.to_string() == written && fraction.is_finite() => Data::Float(fraction),
        _ => Data::Text(written.to_owned()),
    }
}

/// A value all of whose parts have the same place.
pub(super) fn bare(value: &Value, extent: Extent) -> Located {
    let data = match value {
        Value::Null => Data::Null,
        Value::Bool(value) => Data::Bool(*value),
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => Data::Integer(whole),
            (None, Some(fraction)) if fraction.is_finite() => Data::Float(fraction),
            _ => Data::Text(number.to_string()),
        },
        Value::String(text) => Data::Text(text.clone()),
        Value::Sequence(values) => Data::List(values.iter().map(|value| bare(value, extent)).collect()),
        Value::Mapping(map) => {
            let mut entries: Vec<Entry> = Vec::new();
            for (key, value) in map {
                entries.push(Entry { key: bare_key(key), key_extent: extent, value: bare(value, extent) });
            }
            let mut seen = BTreeSet::new();
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
            serde_yaml::to_string(key).unwrap_or_default().trim().to_owned()
        }
    }
}
