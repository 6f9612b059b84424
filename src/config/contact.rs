//! Contacts: who can be reached how, and who checked that when.
//!
//! In: one record of `contacts.yaml`. Out: a [`Contact`]. A contact that cannot be reached in any way is reported.

use std::sync::Arc;

use super::address::Phone;
use super::fields::{Fields, Spanned};
use super::vocabulary::Audience;
use crate::diagnostics::{Code, Diagnostic, Extent};
use crate::text::date::Date;

/// Somebody who can be reached.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Contact {
    /// What pages call it by.
    pub id: String,
    /// Its name for readers.
    pub name: String,
    /// What to reach it for.
    pub purposes: Vec<String>,
    /// Whom it is for.
    pub audience: Vec<Audience>,
    /// Telephone.
    pub phone: Option<Phone>,
    /// For people who type instead of speaking.
    pub textphone: Option<Phone>,
    /// How to reach it by Relay UK, as text.
    pub relay: Option<String>,
    /// For text messages.
    pub sms: Option<Phone>,
    /// E-mail.
    pub email: Option<Spanned<String>>,
    /// A form on the web.
    pub form_url: Option<Spanned<String>>,
    /// A postal or street address, lines as written.
    pub address: Option<String>,
    /// When it answers.
    pub hours: Option<String>,
    /// The id of the contact that answers when it does not.
    pub out_of_hours: Option<Spanned<String>>,
    /// Whether a call costs nothing; nothing where that is not known.
    pub free_to_call: Option<bool>,
    /// Whether one may stay nameless, in words.
    pub anonymous: Option<String>,
    /// Languages and interpreters.
    pub languages: Vec<String>,
    /// Where its details were found.
    pub source_url: Option<Spanned<String>>,
    /// When they were last compared with that.
    pub checked_on: Option<Date>,
    /// By whom.
    pub checked_by: Option<String>,
    /// From when they are no longer to be relied on.
    pub expires_on: Option<Date>,
    /// The file it stands in.
    pub file: Arc<str>,
    /// Where in it.
    pub extent: Extent,
}

impl Contact {
    /// Whether its details were checked and still hold on `day`. Otherwise pages say that they are unverified.
    pub fn is_verified(&self, day: Date) -> bool {
        self.checked_on.is_some_and(|checked| checked <= day) && self.expires_on.is_none_or(|end| day < end)
    }

    pub(super) fn read(id: &str, file: &Arc<str>, extent: Extent, fields: &mut Fields<'_>) -> Option<Self> {
        let name = fields.required("name", "write the name readers know it by", Fields::text);
        let contact = Self {
            id: id.to_owned(),
            name: String::new(),
            purposes: plain(fields.texts("for")),
            audience: fields.choices("audience", Audience::WORDS).into_iter().map(|word| word.value).collect(),
            phone: fields.phone("phone"),
            textphone: fields.phone("textphone"),
            relay: text(fields, "relay"),
            sms: fields.phone("sms"),
            email: fields.email("email"),
            form_url: fields.web("form_url"),
            address: text(fields, "address"),
            hours: text(fields, "hours"),
            out_of_hours: fields.text("out_of_hours"),
            free_to_call: fields.boolean("free_to_call").map(|word| word.value),
            anonymous: text(fields, "anonymous"),
            languages: plain(fields.texts("languages")),
            source_url: fields.web("source_url"),
            checked_on: None,
            checked_by: text(fields, "checked_by"),
            expires_on: None,
            file: Arc::clone(file),
            extent,
        };
        let (checked_on, expires_on) = dates(fields, "checked_on", "expires_on");
        contact.report_unreachable(fields);
        Some(Self { name: name?.value, checked_on, expires_on, ..contact })
    }

    fn report_unreachable(&self, fields: &mut Fields<'_>) {
        const WAYS: [&str; 7] = ["phone", "textphone", "relay", "sms", "email", "form_url", "address"];
        // A way that is there and wrong has been reported already.
        if WAYS.iter().all(|way| fields.raw(way).is_none()) {
            let extent = Extent { start: self.extent.start, end: self.extent.start };
            let message = format!("nobody can reach the contact `{}`", self.id);
            let help = "give it a `phone:`, `sms:`, `email:`, `form_url:` or `address:`";
            fields.report(Diagnostic::new(Code::NoWayToReach, message).help(help), extent);
        }
    }
}

/// Two dates of which the second may not come before the first.
pub(super) fn dates<'a>(fields: &mut Fields<'a>, first: &'a str, second: &'a str) -> (Option<Date>, Option<Date>) {
    let start = fields.date(first);
    let mut end = fields.date(second);
    if let (Some(start), Some(after)) = (&start, &end)
        && after.value < start.value
    {
        let message = format!("`{second}` ({}) comes before `{first}` ({})", after.value, start.value);
        fields.report(Diagnostic::new(Code::BadValue, message).help("check both dates"), after.extent);
        end = None;
    }
    (start.map(|date| date.value), end.map(|date| date.value))
}

pub(super) fn text<'a>(fields: &mut Fields<'a>, key: &'a str) -> Option<String> {
    fields.text(key).map(|text| text.value)
}

pub(super) fn plain(texts: Vec<Spanned<String>>) -> Vec<String> {
    texts.into_iter().map(|text| text.value).collect()
}
