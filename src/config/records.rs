//! Data records: `content/_data/*.yaml`, of one file, of one layer, of all layers.
//!
//! In: the located values of a file, and its name. Out: [`Records`]. A record is never mixed from two layers: that
//! of the upper layer stands in place of the whole lower one, and `status: absent` removes it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::contact::Contact;
use super::fields::{Fields, Spanned};
use super::record::Record;
pub use super::record::{Alert, AlertLevel, GlossaryTerm, RedirectRule};
pub use super::shelf::Shelf;
use super::synonyms::Synonyms;
use super::value::{Data, Entry, Located};
use super::vocabulary::Status;
use crate::diagnostics::{Code, Diagnostic, Extent, Span};

/// All records of one layer, or of several laid over each other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Records {
    /// By id.
    pub contacts: Shelf<Contact>,
    /// By term.
    pub glossary: Shelf<GlossaryTerm>,
    /// Words and phrases that mean the same.
    pub synonyms: Synonyms,
    /// By id.
    pub alerts: Shelf<Alert>,
    /// By old address.
    pub redirects: Shelf<RedirectRule>,
    /// Files that others read, by name: `accessibility`, `search_tests`, the data of timelines.
    pub others: BTreeMap<String, (Arc<str>, Located)>,
}

impl Records {
    /// Reads one file. `name` is that of the file without its ending: `contacts`.
    pub fn read(name: &str, file: &Arc<str>, value: &Located, problems: &mut Vec<Diagnostic>) -> Self {
        let mut records = Self::default();
        match name {
            "contacts" => records.contacts = read_contacts(file, value, problems),
            "glossary" => records.glossary = read_list(file, value, problems),
            "alerts" => records.alerts = read_list(file, value, problems),
            "redirects" => records.redirects = read_list(file, value, problems),
            "synonyms" => records.synonyms = Synonyms::read(file, value, problems),
            _ => {
                records.others.insert(name.to_owned(), (Arc::clone(file), value.clone()));
            }
        }
        records
    }

    /// These records with those of an upper layer, or of another file of the same layer, over them.
    #[must_use]
    pub fn laid_over(&self, upper: Self) -> Self {
        let mut others = self.others.clone();
        others.extend(upper.others);
        Self {
            contacts: self.contacts.laid_over(&upper.contacts),
            glossary: self.glossary.laid_over(&upper.glossary),
            alerts: self.alerts.laid_over(&upper.alerts),
            redirects: self.redirects.laid_over(&upper.redirects),
            synonyms: self.synonyms.laid_over(upper.synonyms),
            others,
        }
    }
}

/// A map by id, or a list of records with `id`.
fn read_contacts(file: &Arc<str>, value: &Located, problems: &mut Vec<Diagnostic>) -> Shelf<Contact> {
    if matches!(value.data, Data::List(_)) {
        return read_list(file, value, problems);
    }
    let mut shelf = Shelf::default();
    let mut map = Fields::open(file, value, "contacts.yaml", problems);
    for Entry { key, key_extent, value } in map.entries() {
        let mut fields = map.open_item(value, &format!("the contact `{key}`"));
        // The record begins with its id: what is missing is shown there.
        let extent = Extent { start: key_extent.start, end: value.extent.end.max(key_extent.end) };
        if is_absent(&mut fields) {
            shelf.remove(key.clone());
            continue;
        }
        if let Some(id) = fields.text("id").filter(|id| id.value != *key) {
            let message = format!("this contact is called `{key}` and `{}`", id.value);
            fields.report(Diagnostic::new(Code::BadValue, message).help("remove the line with `id:`"), id.extent);
        }
        let contact = Contact::read(key, file, extent, &mut fields);
        fields.finish();
        if let Some(contact) = contact {
            shelf.put(key.clone(), contact);
        }
    }
    shelf
}

impl Record for Contact {
    const KEY: &'static str = "id";
    const WHAT: &'static str = "a contact";

    fn read(key: Spanned<String>, file: &Arc<str>, extent: Extent, fields: &mut Fields<'_>) -> Option<Self> {
        Contact::read(&key.value, file, extent, fields)
    }
}

fn read_list<T: Record + Clone>(file: &Arc<str>, value: &Located, problems: &mut Vec<Diagnostic>) -> Shelf<T> {
    let mut shelf = Shelf::default();
    let mut seen: BTreeMap<String, Extent> = BTreeMap::new();
    for item in items(file, value, problems) {
        let mut fields = Fields::open(file, item, T::WHAT, problems);
        let help = format!("every record of this file begins with `{}:`", T::KEY);
        let Some(key) = fields.required(T::KEY, &help, Fields::text) else {
            continue;
        };
        if let Some(first) = seen.get(&key.value) {
            let message = format!("`{}` is here twice", key.value);
            let first = Span::new(file, *first);
            let problem = Diagnostic::new(Code::DuplicateRecord, message).also(first, "it was given here first");
            fields.report(problem.help("keep one of the two and remove the other"), key.extent);
            continue;
        }
        seen.insert(key.value.clone(), key.extent);
        if is_absent(&mut fields) {
            shelf.remove(key.value);
            continue;
        }
        let name = key.value.clone();
        let record = T::read(key, file, item.extent, &mut fields);
        fields.finish();
        if let Some(record) = record {
            shelf.put(name, record);
        }
    }
    shelf
}

/// `status: absent`; no other status means anything for a record.
fn is_absent(fields: &mut Fields<'_>) -> bool {
    fields
        .choice("status", &[("absent", Status::Absent), ("live", Status::Live)])
        .is_some_and(|word| word.value == Status::Absent)
}

/// The items of a file that is a list.
pub(super) fn items<'a>(file: &Arc<str>, value: &'a Located, problems: &mut Vec<Diagnostic>) -> &'a [Located] {
    match &value.data {
        Data::List(items) => items,
        Data::Null => &[],
        other => {
            let message = format!("this file must be a list, not {}", other.sort());
            let problem = Diagnostic::new(Code::WrongType, message).at(Span::new(file, value.extent));
            problems.push(problem.help("begin each record with `- `"));
            &[]
        }
    }
}

#[cfg(test)]
mod tests;
