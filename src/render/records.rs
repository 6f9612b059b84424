//! Views of data records: contacts, routes, alerts.
//!
//! In: records and the build day. Out: views. What stays true: a contact nobody has checked, or whose check has run
//! out on the build day, says so wherever it is shown.

use super::view::{
    AlertView, ContactView, DateView, MenuView, OnlineView, OtherContact, ReachView, RouteView, WayView,
};
use crate::config::address::Phone;
use crate::config::contact::Contact;
use crate::config::records::Alert;
use crate::content::FieldValue;
use crate::site::{Hidden, Page, Route, Site, Target, wording};
use crate::text::date::Date;

/// A day in the site's language.
pub(super) fn date_view(site: &Site, date: Date) -> DateView {
    DateView { iso: date.to_string(), text: site.input.words.date(date) }
}

/// The view of a contact.
pub(super) fn contact_view(site: &Site, id: &str, contact: &Contact) -> ContactView {
    let reach = |phone: &Option<Phone>, scheme: &str| {
        phone.as_ref().map(|phone| ReachView { text: phone.printed.clone(), href: format!("{scheme}:{}", phone.dial) })
    };
    let other = contact.out_of_hours.as_ref().and_then(|other| site.input.records.contacts.get(other.value.as_str()));
    ContactView {
        id: id.to_owned(),
        name: contact.name.clone(),
        purposes: contact.purposes.clone(),
        phone: reach(&contact.phone, "tel"),
        textphone: reach(&contact.textphone, "tel"),
        relay: contact.relay.clone(),
        sms: reach(&contact.sms, "sms"),
        email: contact
            .email
            .as_ref()
            .map(|email| ReachView { text: email.value.clone(), href: format!("mailto:{}", email.value) }),
        form: contact.form_url.as_ref().map(|url| ReachView { text: url.value.clone(), href: url.value.clone() }),
        address: contact
            .address
            .iter()
            .flat_map(|address| address.lines())
            .map(|line| line.trim().to_owned())
            .filter(|line| !line.is_empty())
            .collect(),
        hours: contact.hours.clone(),
        out_of_hours: other.map(|other| OtherContact { name: other.name.clone(), phone: reach(&other.phone, "tel") }),
        free_to_call: contact.free_to_call == Some(true),
        anonymous: contact.anonymous.clone(),
        languages: contact.languages.clone(),
        checked_on: contact.checked_on.map(|date| date_view(site, date)),
        unverified: !contact.is_verified(site.edition.date),
    }
}

/// The view of a reporting route.
pub(super) fn route_view(site: &Site, route: &Route) -> RouteView {
    let page = &site.pages[route.page];
    let entry = &*page.entry;
    RouteView {
        id: route.id.clone(),
        title: entry.title.clone(),
        summary: entry.front.summary.clone(),
        path: page.address.clone(),
        concern: entry.field("for").and_then(|value| text(site, value)),
        emergency: entry.field("emergency").and_then(|value| contact(site, value)),
        emergency_if: entry.field("emergency_if").map(|value| texts(site, value)).unwrap_or_default(),
        daytime: entry.field("daytime").and_then(|value| way(site, value)),
        out_of_hours: entry.field("out_of_hours").and_then(|value| way(site, value)),
        online: entry.field("online").and_then(|value| online(site, value)),
        other: match entry.field("other") {
            Some(FieldValue::List(items)) => items.iter().filter_map(|item| way(site, item)).collect(),
            _ => Vec::new(),
        },
    }
}

fn contact(site: &Site, value: &FieldValue) -> Option<ContactView> {
    let FieldValue::Contact(reference) = value else { return None };
    let contact = site.input.records.contacts.get(reference.text.as_str())?;
    Some(contact_view(site, &reference.text, contact))
}

fn part<'a>(value: &'a FieldValue, name: &str) -> Option<&'a FieldValue> {
    let FieldValue::Record(record) = value else { return None };
    record.iter().find(|(key, _)| key == name).map(|(_, value)| value)
}

fn way(site: &Site, value: &FieldValue) -> Option<WayView> {
    Some(WayView { contact: contact(site, part(value, "contact")?)?, note: words(site, value, "note") })
}

fn online(site: &Site, value: &FieldValue) -> Option<OnlineView> {
    let href = words(site, value, "url")?;
    let label = words(site, value, "label").unwrap_or_else(|| site.input.words.get("online_form").to_owned());
    Some(OnlineView { href, label, note: words(site, value, "note") })
}

/// The text of a part of a record.
fn words(site: &Site, record: &FieldValue, name: &str) -> Option<String> {
    text(site, part(record, name)?)
}

/// Readable text of a simple value, as the edition of `site` may read it.
pub(super) fn text(site: &Site, value: &FieldValue) -> Option<String> {
    match value {
        FieldValue::Text(text) | FieldValue::Url(text) | FieldValue::Email(text) => Some(text.clone()),
        FieldValue::Choice { id, .. } => Some(id.clone()),
        FieldValue::Markdown(markdown) => {
            let tree = &markdown.tree;
            Some(wording(tree, 0..tree.nodes.len(), &Hidden::of(tree, &site.edition), &site.input))
        }
        _ => None,
    }
}

fn texts(site: &Site, value: &FieldValue) -> Vec<String> {
    match value {
        FieldValue::List(items) => items.iter().filter_map(|item| text(site, item)).collect(),
        single => text(site, single).into_iter().collect(),
    }
}

/// Alerts of the build day, strongest first.
pub(super) fn alerts(site: &Site) -> Vec<AlertView> {
    let today = site.edition.date;
    let live =
        |alert: &&Alert| alert.from.is_none_or(|from| from <= today) && alert.until.is_none_or(|until| until >= today);
    let mut alerts: Vec<&Alert> = site.input.records.alerts.iter().filter(live).collect();
    alerts.sort_by(|a, b| b.level.cmp(&a.level).then_with(|| b.from.cmp(&a.from)).then_with(|| a.id.cmp(&b.id)));
    alerts.into_iter().map(|alert| alert_view(site, alert)).collect()
}

fn alert_view(site: &Site, alert: &Alert) -> AlertView {
    AlertView {
        id: alert.id.clone(),
        level: alert.level.word().to_owned(),
        title: alert.title.clone(),
        text: alert.text.clone(),
        link: alert.link.as_ref().and_then(|link| menu_view(site, &link.label, site.link_to(&link.to.value).as_ref()?)),
        until: alert.until.map(|date| date.to_string()),
        paths: alert.paths.iter().map(|path| path.value.clone()).collect(),
    }
}

/// Whether an alert is for a page.
pub(super) fn concerns(alert: &AlertView, page: &Page) -> bool {
    let address = format!("/{}", page.address);
    // `/faqs` means the section and not also `/faqs-for-schools/`.
    let below = |path: &String| address.starts_with(&format!("{}/", path.trim_end_matches('/')));
    alert.paths.is_empty() || alert.paths.iter().any(below)
}

/// A link of the shared value.
pub(super) fn menu_view(site: &Site, label: &str, target: &Target) -> Option<MenuView> {
    let (path, external) = match target {
        Target::Page(page, None) => (site.pages[*page].address.clone(), false),
        Target::Page(page, Some(fragment)) => (format!("{}#{fragment}", site.pages[*page].address), false),
        Target::Static(path) => (path.to_string(), false),
        Target::Outside(address) => (address.to_string(), true),
        Target::Asset(_) | Target::Fragment(_) | Target::Text => return None,
    };
    Some(MenuView { label: label.to_owned(), path, external })
}
