//! Data records: `content/_data/*.yaml`, of one file, of one layer, of all layers.
//!
//! In: the located values of a file, and its name. Out: [`Records`]. A record is never mixed from two layers: that
//! of the upper layer stands in place of the whole lower one, and `status: absent` removes it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::contact::Contact;
use super::fields::{Fields, Spanned, text_of};
use super::record::Record;
pub use super::record::{Alert, AlertLevel, GlossaryTerm, RedirectRule};
use super::value::{Data, Entry, Located};
use super::vocabulary::Status;
use crate::diagnostics::{Code, Diagnostic, Extent, Span};

/// Records by key, in the order written; and the keys that a layer removes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shelf<T> {
    items: Vec<T>,
    places: BTreeMap<String, usize>,
    absent: BTreeSet<String>,
}

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            places: BTreeMap::new(),
            absent: BTreeSet::new(),
        }
    }
}

impl<T: Clone> Shelf<T> {
    /// The record of this key.
    pub fn get(&self, key: &str) -> Option<&T> {
        self.places.get(key).map(|place| &self.items[*place])
    }

    /// All records: those of the lowest layer first, each file in its own order.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.items.iter()
    }

    /// Every key, sorted.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.places.keys().map(String::as_str)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    fn put(&mut self, key: String, item: T) {
        if let Some(place) = self.places.get(&key) {
            self.items[*place] = item;
        } else {
            self.places.insert(key, self.items.len());
            self.items.push(item);
        }
    }

    fn laid_over(&self, upper: &Self) -> Self {
        let mut out = Self::default();
        let mut keys: Vec<(&String, &usize)> = self.places.iter().collect();
        keys.sort_by_key(|(_, place)| **place);
        for (key, place) in keys
            .into_iter()
            .filter(|(key, _)| !upper.absent.contains(*key))
        {
            out.put(key.clone(), self.items[*place].clone());
        }
        let mut keys: Vec<(&String, &usize)> = upper.places.iter().collect();
        keys.sort_by_key(|(_, place)| **place);
        for (key, place) in keys {
            out.put(key.clone(), upper.items[*place].clone());
        }
        // A third layer below is not brought back by a layer above this one.
        out.absent = self
            .absent
            .union(&upper.absent)
            .filter(|key| !out.places.contains_key(*key))
            .cloned()
            .collect();
        out
    }
}

/// All records of one layer, or of several laid over each other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Records {
    /// By id.
    pub contacts: Shelf<Contact>,
    /// By term.
    pub glossary: Shelf<GlossaryTerm>,
    /// Words and phrases that mean the same.
    pub synonyms: Vec<Vec<String>>,
    /// By id.
    pub alerts: Shelf<Alert>,
    /// By old address.
    pub redirects: Shelf<RedirectRule>,
    /// Files that others read, by name: `accessibility`, `search_tests`, the data of timelines.
    pub others: BTreeMap<String, (Arc<str>, Located)>,
}

impl Records {
    /// Reads one file. `name` is that of the file without its ending: `contacts`.
    pub fn read(
        name: &str,
        file: &Arc<str>,
        value: &Located,
        problems: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut records = Self::default();
        match name {
            "contacts" => records.contacts = read_contacts(file, value, problems),
            "glossary" => records.glossary = read_list(file, value, problems),
            "alerts" => records.alerts = read_list(file, value, problems),
            "redirects" => records.redirects = read_list(file, value, problems),
            "synonyms" => records.synonyms = read_synonyms(file, value, problems),
            _ => {
                records
                    .others
                    .insert(name.to_owned(), (Arc::clone(file), value.clone()));
            }
        }
        records
    }

    /// These records with those of an upper layer, or of another file of the same layer, over them.
    #[must_use]
    pub fn laid_over(&self, upper: Self) -> Self {
        let mut synonyms = self.synonyms.clone();
        synonyms.extend(upper.synonyms);
        let mut others = self.others.clone();
        others.extend(upper.others);
        Self {
            contacts: self.contacts.laid_over(&upper.contacts),
            glossary: self.glossary.laid_over(&upper.glossary),
            alerts: self.alerts.laid_over(&upper.alerts),
            redirects: self.redirects.laid_over(&upper.redirects),
            synonyms,
            others,
        }
    }
}

/// A map by id, or a list of records with `id`.
fn read_contacts(
    file: &Arc<str>,
    value: &Located,
    problems: &mut Vec<Diagnostic>,
) -> Shelf<Contact> {
    if matches!(value.data, Data::List(_)) {
        return read_list(file, value, problems);
    }
    let mut shelf = Shelf::default();
    let mut map = Fields::open(file, value, "contacts.yaml", problems);
    for Entry {
        key,
        key_extent,
        value,
    } in map.entries()
    {
        let mut fields = map.open_item(value, &format!("the contact `{key}`"));
        // The record begins with its id: what is missing is shown there.
        let extent = Extent {
            start: key_extent.start,
            end: value.extent.end.max(key_extent.end),
        };
        if is_absent(&mut fields) {
            shelf.absent.insert(key.clone());
            continue;
        }
        if let Some(id) = fields.text("id").filter(|id| id.value != *key) {
            let message = format!("this contact is called `{key}` and `{}`", id.value);
            fields.report(
                Diagnostic::new(Code::BadValue, message).help("remove the line with `id:`"),
                id.extent,
            );
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

    fn read(
        key: Spanned<String>,
        file: &Arc<str>,
        extent: Extent,
        fields: &mut Fields<'_>,
    ) -> Option<Self> {
        Contact::read(&key.value, file, extent, fields)
    }
}

fn read_list<T: Record + Clone>(
    file: &Arc<str>,
    value: &Located,
    problems: &mut Vec<Diagnostic>,
) -> Shelf<T> {
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
            let problem = Diagnostic::new(Code::DuplicateRecord, message)
                .also(first, "it was given here first");
            fields.report(
                problem.help("keep one of the two and remove the other"),
                key.extent,
            );
            continue;
        }
        seen.insert(key.value.clone(), key.extent);
        if is_absent(&mut fields) {
            shelf.absent.insert(key.value);
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
        .choice(
            "status",
            &[("absent", Status::Absent), ("live", Status::Live)],
        )
        .is_some_and(|word| word.value == Status::Absent)
}

fn items<'a>(file: &Arc<str>, value: &'a Located, problems: &mut Vec<Diagnostic>) -> &'a [Located] {
    match &value.data {
        Data::List(items) => items,
        Data::Null => &[],
        other => {
            let message = format!("this file must be a list, not {}", other.sort());
            let problem =
                Diagnostic::new(Code::WrongType, message).at(Span::new(file, value.extent));
            problems.push(problem.help("begin each record with `- `"));
            &[]
        }
    }
}

fn read_synonyms(
    file: &Arc<str>,
    value: &Located,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Vec<String>> {
    let mut out = Vec::new();
    for item in items(file, value, problems) {
        let words: Vec<Option<String>> = match &item.data {
            Data::List(words) => words.iter().map(text_of).collect(),
            _ => Vec::new(),
        };
        match words.into_iter().collect::<Option<Vec<String>>>() {
            Some(words) if words.len() > 1 => out.push(words),
            _ => {
                let problem = Diagnostic::new(
                    Code::WrongType,
                    "synonyms are lists of two or more words or phrases",
                );
                let problem = problem.at(Span::new(file, item.extent));
                problems.push(
                    problem.help(
                        "write the words that mean the same in one list: `- [kids, children]`",
                    ),
                );
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::yaml;
    use super::*;
    use crate::text::date::Date;

    fn read_text(name: &str, text: &str) -> (Records, Vec<String>) {
        let file: Arc<str> = Arc::from(format!("content/_data/{name}.yaml"));
        let mut problems = Vec::new();
        let value = yaml::read(&file, text, 0, 4 << 20, &mut problems).expect("a value");
        let records = Records::read(name, &file, &value, &mut problems);
        let place = |p: &Diagnostic| {
            let before = &text[..p.span.as_ref().unwrap().extent.start as usize];
            format!(
                "{}:{}",
                before.matches('\n').count() + 1,
                before.rsplit('\n').next().unwrap_or("").chars().count() + 1
            )
        };
        let tell = |p: &Diagnostic| {
            assert!(p.help.is_some());
            format!("{} {} {}", p.code.name(), place(p), p.message)
        };
        (records, problems.iter().map(tell).collect())
    }

    const DUTY: &str = "duty:\n  name: Duty team\n  for: [Nights]\n  audience: [everyone]\n  phone: 020 7946 0111\n  checked_on: 2026-05-01\n  expires_on: 2027-05-01\n";

    #[test]
    fn reads_contacts_as_a_map_and_as_a_list() {
        let list = format!("- id: duty\n{}", DUTY.strip_prefix("duty:\n").unwrap());
        for text in [DUTY, &list] {
            let (records, problems) = read_text("contacts", text);
            assert_eq!(problems, Vec::<String>::new());
            let duty = records.contacts.get("duty").unwrap();
            assert_eq!(
                (
                    duty.name.as_str(),
                    duty.phone.as_ref().unwrap().dial.as_str()
                ),
                ("Duty team", "+442079460111")
            );
            let day = |text| Date::parse(text).unwrap();
            assert!(duty.is_verified(day("2027-04-30")));
            assert!(
                !duty.is_verified(day("2027-05-01")),
                "from the day it expires"
            );
            assert!(
                !duty.is_verified(day("2026-04-30")),
                "before it was checked"
            );
        }
    }

    #[test]
    fn a_number_keeps_its_digits_without_quotes() {
        let (records, problems) = read_text(
            "contacts",
            "a:\n  name: A\n  phone: 999\nb:\n  name: B\n  phone: +442079460111\nc:\n  name: C\n  phone: 08001111\n",
        );
        assert_eq!(problems, Vec::<String>::new());
        let dials: Vec<&str> = records
            .contacts
            .iter()
            .map(|c| c.phone.as_ref().unwrap().dial.as_str())
            .collect();
        assert_eq!(dials, ["999", "+442079460111", "+448001111"]);
    }

    #[test]
    fn an_upper_record_replaces_the_lower_one_whole() {
        let (base, _) = read_text(
            "contacts",
            &format!(
                "{DUTY}  email: duty@example.gov.uk\ngone:\n  name: G\n  phone: \"101\"\nkept:\n  name: K\n  phone: \"111\"\n"
            ),
        );
        let (upper, problems) = read_text(
            "contacts",
            "duty:\n  name: Local duty\n  sms: 07700 900123\ngone: {status: absent}\nnew:\n  name: N\n  phone: \"999\"\n",
        );
        assert_eq!(problems, Vec::<String>::new());
        let all = base.laid_over(upper);
        assert_eq!(
            all.contacts
                .iter()
                .map(|c| c.id.as_str())
                .collect::<Vec<_>>(),
            ["duty", "kept", "new"]
        );
        let duty = all.contacts.get("duty").unwrap();
        assert!(
            duty.phone.is_none() && duty.email.is_none(),
            "a base number never mixes into a local record"
        );
        let (again, _) = read_text("contacts", "gone:\n  name: Back\n  phone: \"111\"\n");
        assert_eq!(
            all.laid_over(again).contacts.get("gone").unwrap().name,
            "Back"
        );
    }

    #[test]
    fn names_every_mistake_in_contacts() {
        for (text, told) in [
            (
                "a:\n  phone: \"999\"\n",
                "missing-field 2:3 `name` is missing",
            ),
            (
                "a:\n  name: A\n",
                "contact-unreachable 1:1 nobody can reach the contact `a`",
            ),
            (
                "a:\n  name: A\n  phone: 020-7946-0110\n",
                "bad-value 3:10 `phone` is `020-7946-0110`, which is not a UK telephone number",
            ),
            (
                "a:\n  name: A\n  phone: 12\n",
                "bad-value 3:10 `phone` is `12`, which is not a UK telephone number",
            ),
            (
                "a:\n  name: A\n  email: a at b\n",
                "bad-value 3:10 `email` is `a at b`, which is not an e-mail address",
            ),
            (
                "a:\n  name: A\n  form_url: javascript:alert(1)\n",
                "bad-value 3:13 `form_url` is `javascript:alert(1)`, which is not a web address",
            ),
            (
                "a:\n  name: A\n  phone: \"999\"\n  checked_on: 1/5/2026\n",
                "bad-date 4:15 `checked_on` is `1/5/2026`, which is not a date",
            ),
            (
                "a:\n  name: A\n  phone: \"999\"\n  checked_on: 2026-05-01\n  expires_on: 2026-04-30\n",
                "bad-value 5:15 `expires_on` (2026-04-30) comes before `checked_on` (2026-05-01)",
            ),
            (
                "a:\n  name: A\n  phone: \"999\"\n  audience: [all]\n",
                "unknown-choice 4:14 `audience` cannot be `all`",
            ),
            (
                "a:\n  name: A\n  phone: \"999\"\n  free_to_call: yes\n",
                "wrong-type 4:17 `free_to_call` must be true or false, not the text `yes`",
            ),
            (
                "a:\n  name: A\n  phon: \"999\"\n  email: a@b.cd\n",
                "unknown-key 3:3 there is no key `phon` here",
            ),
            (
                "a: x\n",
                "wrong-type 1:4 the contact `a` must be keys and values, not text",
            ),
            (
                "- name: A\n  phone: \"999\"\n",
                "missing-field 1:3 `id` is missing",
            ),
            (
                "- {id: a, name: A, phone: \"999\"}\n- {id: a, name: B, phone: \"999\"}\n",
                "duplicate-record 2:8 `a` is here twice",
            ),
            (
                "a: {status: gone, name: A, phone: \"999\"}\n",
                "unknown-choice 1:13 `status` cannot be `gone`",
            ),
            (
                "a: {id: b, name: A, phone: \"999\"}\n",
                "bad-value 1:9 this contact is called `a` and `b`",
            ),
        ] {
            let (_, problems) = read_text("contacts", text);
            assert_eq!(problems.first().map(String::as_str), Some(told), "{text}");
        }
    }

    #[test]
    fn names_every_mistake_in_the_other_records() {
        for (name, text, told) in [
            (
                "glossary",
                "- {term: MASH}\n",
                "missing-field 1:3 `definition` is missing",
            ),
            (
                "glossary",
                "- {definition: x}\n",
                "missing-field 1:3 `term` is missing",
            ),
            (
                "glossary",
                "term: x\n",
                "wrong-type 1:1 this file must be a list, not a group of keys",
            ),
            (
                "glossary",
                "- {term: A, definition: x}\n- {term: A, definition: y}\n",
                "duplicate-record 2:10 `A` is here twice",
            ),
            (
                "synonyms",
                "- [kids]\n",
                "wrong-type 1:3 synonyms are lists of two or more words or phrases",
            ),
            (
                "synonyms",
                "- kids\n",
                "wrong-type 1:3 synonyms are lists of two or more words or phrases",
            ),
            (
                "alerts",
                "- {id: a, level: loud, title: T}\n",
                "unknown-choice 1:18 `level` cannot be `loud`",
            ),
            (
                "alerts",
                "- {id: a, level: minor}\n",
                "missing-field 1:3 `title` is missing",
            ),
            (
                "alerts",
                "- {id: a, level: minor, title: T, from: 2026-05-02, until: 2026-05-01}\n",
                "bad-value 1:60 `until` (2026-05-01) comes before `from` (2026-05-02)",
            ),
            (
                "alerts",
                "- {id: a, level: minor, title: T, paths: [faqs]}\n",
                "bad-value 1:43 `faqs` is not an address on this site",
            ),
            (
                "alerts",
                "- {id: a, level: minor, title: T, link: {label: L, to: \"javascript:x\"}}\n",
                "bad-value 1:56 `to` is `javascript:x`, which is not a place a link can lead to",
            ),
            (
                "redirects",
                "- {from: old, to: /new/}\n",
                "bad-value 1:10 `old` is not an address on this site",
            ),
            (
                "redirects",
                "- {from: /a/, to: /a/}\n",
                "bad-value 1:19 `/a/` leads to itself",
            ),
            (
                "redirects",
                "- {from: /a/}\n",
                "missing-field 1:3 `to` is missing",
            ),
            (
                "redirects",
                "- {from: /../a, to: x}\n",
                "bad-value 1:10 `/../a` is not an address on this site",
            ),
        ] {
            let (_, problems) = read_text(name, text);
            assert_eq!(problems.first().map(String::as_str), Some(told), "{text}");
        }
    }

    #[test]
    fn keeps_files_that_others_read() {
        let (records, problems) = read_text("search_tests", "- {query: MI, page: components/mi}\n");
        assert!(problems.is_empty() && records.others.contains_key("search_tests"));
    }
}
