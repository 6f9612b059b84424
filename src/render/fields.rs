//! Values of a kind's own fields, as templates see them.
//!
//! In: typed values of one page. Out: one JSON map, described at [`PageView::fields`](super::view::PageView::fields).
//! Selection has left out the fields this edition may not see.

use serde_json::{Map, Value, json};

use super::body::Body;
use super::directives::named_file;
use super::records::date_view;
use crate::config::field_type::{Field, FieldType};
use crate::content::{FieldValue, Reference};

/// The fields of a page.
pub(super) fn fields_view(body: &Body<'_>) -> Value {
    let entry = &body.page.entry;
    if body.page.withdrawn { Value::Object(Map::new()) } else { record_view(body, &entry.kind.fields, &entry.fields) }
}

fn record_view(body: &Body<'_>, schema: &[Field], fields: &[(String, FieldValue)]) -> Value {
    let mut out = Map::new();
    for field in schema {
        let value = fields
            .iter()
            .find(|(name, _)| *name == field.name)
            .and_then(|(_, value)| view(body, &field.field_type, value));
        out.extend(value.map(|value| (field.name.clone(), value)));
    }
    Value::Object(out)
}

fn view(body: &Body<'_>, field_type: &FieldType, value: &FieldValue) -> Option<Value> {
    let site = body.renderer.site;
    Some(match value {
        FieldValue::Text(text) => json!(text),
        FieldValue::Markdown(markdown) => json!(body.field_html(&markdown.tree)),
        FieldValue::Integer(number) => json!(number),
        FieldValue::Boolean(flag) => json!(flag),
        FieldValue::Date(date) => json!(date_view(site, *date)),
        FieldValue::Duration(interval) => json!(site.input.words.interval(*interval)),
        FieldValue::Choice { id, label } => json!({ "id": id, "label": label }),
        FieldValue::List(items) => {
            let FieldType::List(item_type) = field_type else { return None };
            items.iter().filter_map(|item| view(body, item_type, item)).collect::<Vec<_>>().into()
        }
        FieldValue::Record(record) => {
            let FieldType::Record(schema) = field_type else { return None };
            record_view(body, schema, record)
        }
        FieldValue::Page(reference) => page_view(body, reference)?,
        FieldValue::Contact(reference) => json!(body.renderer.contact(&reference.text)?),
        FieldValue::Role(reference) => json!(site.input.facts.get(&format!("role_{}", reference.text))?.value),
        FieldValue::File(reference) => json!(named_file(body, &reference.text)?),
        FieldValue::Url(address) => json!({ "text": address, "href": address }),
        FieldValue::Email(address) => json!({ "text": address, "href": format!("mailto:{address}") }),
        FieldValue::Phone { text, dial } => json!({ "text": text, "href": format!("tel:{dial}") }),
    })
}

/// A page of this edition; one that is not here is left out, which resolving has already said.
fn page_view(body: &Body<'_>, reference: &Reference) -> Option<Value> {
    let page = body.renderer.site.page_at(&body.page.entry, &reference.text)?;
    let link = body.linker.link(page);
    let summary = &body.renderer.site.pages[page].entry.front.summary;
    Some(json!({ "title": link.title, "href": link.href, "summary": summary }))
}
