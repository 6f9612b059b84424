//! Values of a kind's own fields.
//!
//! In: a located value and a field type. Out: a [`FieldValue`] of that type, or a diagnostic that says which type the
//! field has. Names of other things stay [`Reference`]s until the site is known.

use std::sync::Arc;

use super::front_matter::Reference;
use crate::config::address;
use crate::config::field_type::{Field, FieldType};
use crate::config::fields::{Fields, Spanned, text_of};
use crate::config::value::{Data, Located};
use crate::diagnostics::{Code, Diagnostic, Extent, Span};
use crate::markdown;
use crate::markdown::tree::Tree;
use crate::text::date::{Date, Interval};

/// A typed value.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "one variant for each type of design section 1.4")]
pub enum FieldValue {
    Text(String),
    Markdown(MarkdownValue),
    Integer(i64),
    Boolean(bool),
    Date(Date),
    Duration(Interval),
    Choice { id: String, label: String },
    List(Vec<FieldValue>),
    Record(Vec<(String, FieldValue)>),
    Page(Reference),
    Contact(Reference),
    Role(Reference),
    File(Reference),
    Url(String),
    Email(String),
    Phone { text: String, dial: String },
}

/// Markdown in a field.
#[derive(Clone, Debug)]
pub struct MarkdownValue {
    /// The parsed text. Its extents are not those of the file: YAML folds and indents.
    pub tree: Arc<Tree>,
    /// Where the whole field stands.
    pub span: Span,
}

/// Reads the value of `field`, which must be one of the keys of `fields`.
pub(super) fn read_field<'a>(fields: &mut Fields<'a>, field: &'a Field) -> Option<FieldValue> {
    let value = fields.raw(&field.name)?;
    read_value(fields, &field.name, &field.field_type, value)
}

fn read_value(fields: &mut Fields<'_>, name: &str, field_type: &FieldType, value: &Located) -> Option<FieldValue> {
    match field_type {
        FieldType::List(item_type) => Some(FieldValue::List(read_items(fields, name, item_type, value))),
        FieldType::Record(record) => Some(FieldValue::Record(read_record(fields, name, record, value))),
        FieldType::Integer => match value.data {
            Data::Integer(number) => Some(FieldValue::Integer(number)),
            _ => wrong(fields, name, value, "a whole number", "write digits only, without quotes"),
        },
        FieldType::Boolean => match value.data {
            Data::Bool(flag) => Some(FieldValue::Boolean(flag)),
            _ => wrong(fields, name, value, "true or false", "write true or false, without quotes"),
        },
        _ => {
            let Some(text) = text_of(value).filter(|text| !text.trim().is_empty()) else {
                return wrong(
                    fields,
                    name,
                    value,
                    "text",
                    "put the text after the colon, in quotes if it holds a colon",
                );
            };
            read_text(fields, name, field_type, Spanned { value: text, extent: value.extent })
        }
    }
}

fn read_text(
    fields: &mut Fields<'_>,
    name: &str,
    field_type: &FieldType,
    found: Spanned<String>,
) -> Option<FieldValue> {
    let Spanned { value: text, extent } = found;
    let span = Span::new(fields.file(), extent);
    let reference = |text: String| Reference { text, span: span.clone() };
    match field_type {
        FieldType::Markdown => Some(FieldValue::Markdown(read_markdown(fields, &text, span))),
        FieldType::Date => match Date::parse(&text) {
            Some(date) => Some(FieldValue::Date(date)),
            None => refuse(
                fields,
                Code::BadDate,
                format!("`{name}` is `{text}`, which is not a date"),
                "write year, month and day like 2026-05-01",
                extent,
            ),
        },
        FieldType::Duration => match Interval::parse(&text) {
            Some(interval) => Some(FieldValue::Duration(interval)),
            None => refuse(
                fields,
                Code::WrongType,
                format!("`{name}` must be a length of time, not the text `{text}`"),
                "write a number and a unit: 6 weeks, 12 months, 2 years",
                extent,
            ),
        },
        FieldType::Choice(choices) => match choices.iter().find(|(id, _)| *id == text) {
            Some((id, label)) => Some(FieldValue::Choice { id: id.clone(), label: label.clone() }),
            None => {
                let names: Vec<&str> = choices.iter().map(|(id, _)| id.as_str()).collect();
                fields.report(crate::config::fields::unknown_choice(name, &text, &names), extent);
                None
            }
        },
        FieldType::Page => Some(FieldValue::Page(reference(text))),
        FieldType::Contact => Some(FieldValue::Contact(reference(text))),
        FieldType::Role => Some(FieldValue::Role(reference(text))),
        FieldType::File => Some(FieldValue::File(reference(text))),
        FieldType::Url if address::is_web(&text) => Some(FieldValue::Url(text)),
        FieldType::Url => refuse(
            fields,
            Code::BadValue,
            format!("`{name}` is `{text}`, which is not a web address"),
            "write the whole address, with https:// in front",
            extent,
        ),
        FieldType::Email if address::is_email(&text) => Some(FieldValue::Email(text)),
        FieldType::Email => refuse(
            fields,
            Code::BadValue,
            format!("`{name}` is `{text}`, which is not an e-mail address"),
            "write one address like team@example.gov.uk",
            extent,
        ),
        FieldType::Phone => match address::dial(&text) {
            Some(dial) => Some(FieldValue::Phone { text, dial }),
            None => refuse(
                fields,
                Code::BadValue,
                format!("`{name}` is `{text}`, which is not a UK telephone number"),
                "write digits in groups, like 020 7946 0123",
                extent,
            ),
        },
        _ => Some(FieldValue::Text(text)),
    }
}

fn read_items(fields: &mut Fields<'_>, name: &str, item_type: &FieldType, value: &Located) -> Vec<FieldValue> {
    let items = match &value.data {
        Data::List(items) => items.as_slice(),
        _ => std::slice::from_ref(value),
    };
    items.iter().filter_map(|item| read_value(fields, name, item_type, item)).collect()
}

fn read_record(fields: &mut Fields<'_>, name: &str, record: &[Field], value: &Located) -> Vec<(String, FieldValue)> {
    let mut map = fields.open_item(value, &format!("`{name}`"));
    let mut out = Vec::new();
    for field in record {
        let found = match field.required {
            true => map.required(&field.name, &required_help(field), |map, _| read_field(map, field)),
            false => read_field(&mut map, field),
        };
        out.extend(found.map(|value| (field.name.clone(), value)));
    }
    map.finish();
    out
}

/// The cure for a missing field: what the kind says about it, else its name with a colon.
pub(super) fn required_help(field: &Field) -> String {
    match &field.help {
        Some(help) => format!("add `{}: {}` ({})", field.name, example(&field.field_type), help.trim_end_matches('.')),
        None => {
            format!("add `{}: {}`, which is printed under “{}”", field.name, example(&field.field_type), field.label)
        }
    }
}

/// What a value of a type looks like.
fn example(field_type: &FieldType) -> &str {
    match field_type {
        FieldType::Integer => "3",
        FieldType::Boolean => "true",
        FieldType::Date => "2026-05-01",
        FieldType::Duration => "6 weeks",
        FieldType::Choice(choices) => choices.first().map_or("…", |(id, _)| id.as_str()),
        FieldType::Page => "faqs/families",
        FieldType::File => "leaflet.pdf",
        FieldType::Url => "https://www.example.gov.uk/",
        FieldType::Email => "team@example.gov.uk",
        FieldType::Phone => "020 7946 0123",
        _ => "…",
    }
}

fn read_markdown(fields: &mut Fields<'_>, text: &str, span: Span) -> MarkdownValue {
    let mut problems = Vec::new();
    let tree = markdown::parse(fields.file(), text, 0, &mut problems);
    for problem in problems {
        // The text inside YAML is folded and indented, so only the field as a whole can be pointed at.
        fields.report(problem, span.extent);
    }
    MarkdownValue { tree: Arc::new(tree), span }
}

fn wrong<T>(fields: &mut Fields<'_>, name: &str, value: &Located, wanted: &str, help: &str) -> Option<T> {
    let given = match &value.data {
        Data::Text(text) if text.trim().is_empty() => "empty text".to_owned(),
        Data::Text(text) => format!("the text `{text}`"),
        other => other.sort().to_owned(),
    };
    refuse(fields, Code::WrongType, format!("`{name}` must be {wanted}, not {given}"), help, value.extent)
}

fn refuse<T>(fields: &mut Fields<'_>, code: Code, message: String, help: &str, extent: Extent) -> Option<T> {
    fields.report(Diagnostic::new(code, message).help(help), extent);
    None
}
