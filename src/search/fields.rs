//! Text of a page that does not stand in its body: fields of its kind, contacts, words of the glossary.
//!
//! In: a page. Out: sections of it, for what this edition may show.

use super::blocks::joined;
use super::document::{Section, plain};
use crate::config::contact::Contact;
use crate::config::field_type::{Field, FieldType};
use crate::config::kind::ListStyle;
use crate::content::FieldValue;
use crate::site::{Generated, Page, Site, may_see};

/// Words that choose a route are no text of it: they are matched on their own.
pub(super) const SHOW_FOR: &str = "show_for";

/// Adds what the page shows beside its body.
pub(super) fn add<'a>(site: &'a Site, page: &'a Page, sections: &mut Vec<Section<'a>>) {
    let entry = &*page.entry;
    for field in
        entry.kind.fields.iter().filter(|field| field.name != SHOW_FOR && may_see(field.visibility, &site.edition))
    {
        let Some(value) = entry.field(&field.name) else { continue };
        let text = text(site, page, &field.field_type, value);
        if !text.trim().is_empty() {
            let (heading, anchor) = (field.label.as_str().into(), anchor(page, field, value).into());
            sections.push(Section { heading, is_label: true, anchor, text });
        }
    }
    match page.generated {
        Some(Generated::Contacts) => sections.extend(site.input.records.contacts.iter().map(|contact| Section {
            heading: contact.name.as_str().into(),
            is_label: false,
            anchor: format!("contact-{}", contact.id).into(),
            text: contact_text(contact),
        })),
        Some(Generated::Words) => sections.extend(site.input.records.glossary.iter().map(|term| {
            Section {
                heading: term
                    .abbreviation
                    .as_ref()
                    .filter(|short| **short != term.term)
                    .map_or_else(|| term.term.as_str().into(), |short| format!("{} ({short})", term.term).into()),
                is_label: false,
                anchor: term.anchor().into(),
                text: joined([&term.definition, &joined(&term.also, ';')], '.'),
            }
        })),
        _ => {}
    }
}

/// Templates give long fields a heading with this id; short ones stand in a box without one.
fn anchor(page: &Page, field: &Field, value: &FieldValue) -> String {
    let long = matches!(value, FieldValue::Markdown(_) | FieldValue::List(_) | FieldValue::Record(_));
    if long && page.entry.kind.list != ListStyle::Routes {
        format!("guide-{}", field.name.replace('_', "-"))
    } else {
        String::new()
    }
}

/// What a contact is found by.
pub(super) fn contact_text(contact: &Contact) -> String {
    let phone = contact.phone.iter().map(|phone| phone.printed.as_str());
    let parts = phone
        .chain(contact.email.iter().map(|email| email.value.as_str()))
        .chain(contact.hours.as_deref())
        .chain(contact.anonymous.as_deref());
    joined([contact.name.as_str(), &joined(parts, ';')], ':')
}

fn text(site: &Site, page: &Page, field_type: &FieldType, value: &FieldValue) -> String {
    match (value, field_type) {
        (
            FieldValue::Text(text) | FieldValue::Url(text) | FieldValue::Email(text) | FieldValue::Phone { text, .. },
            _,
        ) => text.clone(),
        (FieldValue::Choice { label, .. }, _) => label.clone(),
        (FieldValue::Markdown(markdown), _) => plain(site, page, &markdown.tree),
        (FieldValue::Integer(number), _) => number.to_string(),
        (FieldValue::Date(date), _) => site.input.words.date(*date),
        (FieldValue::Duration(interval), _) => site.input.words.interval(*interval),
        (FieldValue::List(items), FieldType::List(item_type)) => {
            let sign = if matches!(**item_type, FieldType::Record(_)) { '.' } else { ';' };
            joined(items.iter().map(|item| text(site, page, item_type, item)), sign)
        }
        (FieldValue::Record(parts), FieldType::Record(fields)) => {
            // A part has a visibility of its own; one that the kind does not know is not shown either.
            let shown = parts.iter().filter_map(|(name, part)| {
                let field =
                    fields.iter().find(|field| field.name == *name && may_see(field.visibility, &site.edition))?;
                Some(text(site, page, &field.field_type, part))
            });
            joined(shown, ';')
        }
        (FieldValue::Contact(reference), _) => {
            site.input.records.contacts.get(reference.text.as_str()).map(contact_text).unwrap_or_default()
        }
        (FieldValue::Page(reference), _) => site
            .page_at(&page.entry, &reference.text)
            .map(|page| site.pages[page].entry.title.clone())
            .unwrap_or_default(),
        (FieldValue::Role(reference), _) => {
            site.input.facts.get(&format!("role_{}", reference.text)).map(|fact| fact.value.clone()).unwrap_or_default()
        }
        _ => String::new(),
    }
}
