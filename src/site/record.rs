//! What data records say of each other and of pages.
//!
//! In: a placed site. Out: a diagnostic for each record that names what is not there, and for each contact whose details
//! nobody has checked. Every contact is printed on the page of contacts, so every one is looked at, once.

use super::declared::unknown_contact;
use super::find::{Found, find};
use super::page::Site;
use crate::config::contact::Contact;
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::text::date::Date;

/// Looks at the records of a site.
pub(super) fn check_records(site: &Site, problems: &mut Vec<Diagnostic>) {
    let records = &site.input.records;
    for contact in records.contacts.iter() {
        problems.extend(
            unverified(contact, site.edition.date).map(|problem| problem.at(Span::new(&contact.file, contact.extent))),
        );
        if let Some(other) = &contact.out_of_hours
            && records.contacts.get(&other.value).is_none()
        {
            problems.push(
                unknown_contact(&other.value, records.contacts.keys()).at(Span::new(&contact.file, other.extent)),
            );
        }
    }
    for term in records.glossary.iter() {
        if let Some(see) = &term.see
            && !see.value.contains(':')
            && matches!(find(site, "", see.value.split('#').next().unwrap_or_default()), Found::Nothing)
        {
            problems.push(
                Diagnostic::new(Code::BrokenLink, format!("`{}` leads nowhere: there is no such page", see.value))
                    .at(Span::new(&term.file, see.extent))
                    .help("write the content path of a page, such as faqs/families"),
            );
        }
    }
}

fn unverified(contact: &Contact, today: Date) -> Option<Diagnostic> {
    let id = &contact.id;
    let (message, help) = match (contact.checked_on, contact.expires_on) {
        (None, _) => (
            format!("nobody has checked the contact `{id}`; pages say so"),
            "ring the number, then write `checked_on:` and `checked_by:`",
        ),
        (Some(day), _) if day > today => (
            format!(
                "the contact `{id}` is said to be checked on {day}, which is still to come; pages say that it is unchecked"
            ),
            "write the day on which somebody last rang the number after `checked_on:`",
        ),
        (_, Some(day)) if day <= today => (
            format!("the check of the contact `{id}` ran out on {day}; pages say so"),
            "check the number again and write the new `checked_on:` and `expires_on:`",
        ),
        _ => return None,
    };
    Some(Diagnostic::new(Code::ContactUnverified, message).help(help))
}
