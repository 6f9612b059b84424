//! Data of the pages the program makes: A to Z, contacts, words, changes, topics.
//!
//! In: a site. Out: JSON that their templates print as `data`. Lists hold listed pages only.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::linker::Linker;
use super::records::date_view;
use super::renderer::Renderer;
use super::views::cards;
use crate::site::{Generated, Noted, PageId, Site, all_changes};

/// What the template of a generated page sees as `data`.
pub(super) fn data(renderer: &Renderer<'_>, which: Generated, linker: &Linker<'_>) -> Value {
    let site = renderer.site;
    match which {
        Generated::AToZ => json!({ "letters": letters(site, linker) }),
        Generated::Search => json!({ "letters": letters(site, linker), "questions": questions(site, linker) }),
        Generated::Contacts => json!({ "groups": contact_groups(renderer) }),
        Generated::Words => json!({ "letters": terms(site, linker) }),
        Generated::Changes => json!({ "months": months(site, linker) }),
        Generated::Topics => {
            let topics = site.topics.iter().map(|topic| {
                json!({ "title": topic.title, "href": linker.path(&format!("topics/{}/", topic.slug)), "count": topic.pages.len() })
            });
            json!({ "topics": topics.collect::<Vec<_>>() })
        }
        Generated::Topic(topic) => json!({ "cards": cards(renderer, linker, &site.topics[topic].pages) }),
    }
}

/// Groups by first letter; what begins with none comes last, under `#`.
fn by_letter<T>(items: impl Iterator<Item = (String, T)>) -> BTreeMap<(bool, char), Vec<(String, T)>> {
    let mut letters: BTreeMap<(bool, char), Vec<(String, T)>> = BTreeMap::new();
    for (title, item) in items {
        let first = crate::text::slug::slug(&title).chars().next().unwrap_or('#').to_ascii_uppercase();
        let letter = if first.is_ascii_alphabetic() { (false, first) } else { (true, '#') };
        letters.entry(letter).or_default().push((title, item));
    }
    for group in letters.values_mut() {
        group.sort_by_key(|(title, _)| title.to_lowercase());
    }
    letters
}

/// The id of a letter's heading.
fn letter_id(letter: char) -> String {
    if letter == '#' { "other".to_owned() } else { letter.to_ascii_lowercase().to_string() }
}

fn letters(site: &Site, linker: &Linker<'_>) -> Vec<Value> {
    let listed = (1..site.pages.len()).filter(|page| {
        let page = &site.pages[*page];
        page.is_listed() && !page.withdrawn
    });
    let groups = by_letter(listed.map(|page| (site.pages[page].entry.title.clone(), page)));
    let group = |((_, letter), pages): ((bool, char), Vec<(String, PageId)>)| {
        let entries: Vec<Value> = pages
            .into_iter()
            .map(|(title, page)| {
                let section = site.pages[page]
                    .parent
                    .filter(|parent| *parent != 0)
                    .map(|parent| site.pages[parent].entry.title.clone());
                json!({ "title": title, "href": linker.page(page), "note": section })
            })
            .collect();
        json!({ "letter": letter.to_string(), "id": letter_id(letter), "entries": entries })
    };
    groups.into_iter().map(group).collect()
}

fn questions(site: &Site, linker: &Linker<'_>) -> Vec<Value> {
    let pages = site
        .pages
        .iter()
        .enumerate()
        .filter(|(_, page)| page.entry.kind.name == "faq" && page.is_listed() && !page.withdrawn);
    pages
        .flat_map(|(id, page)| {
            let headings = page.outline.headings.iter().filter(|heading| heading.level == 2);
            headings.map(
                move |heading| json!({ "title": heading.text, "href": format!("{}#{}", linker.page(id), heading.id) }),
            )
        })
        .collect()
}

fn contact_groups(renderer: &Renderer<'_>) -> Vec<Value> {
    let site = renderer.site;
    let mut groups: Vec<(String, Vec<Value>)> = Vec::new();
    for contact in site.input.records.contacts.iter() {
        let key = contact.purposes.first().cloned().unwrap_or_default();
        let view = json!(renderer.contact(&contact.id));
        match groups.iter_mut().find(|(group, _)| *group == key) {
            Some((_, contacts)) => contacts.push(view),
            None => groups.push((key, vec![view])),
        }
    }
    groups
        .into_iter()
        .map(|(key, contacts)| {
            let title = match site.input.words.label("concern", &key) {
                "" => site.input.words.get("other_contacts").to_owned(),
                label => capitalised(label),
            };
            let id = crate::text::slug::slug(&title);
            json!({ "title": title, "id": id, "contacts": contacts })
        })
        .collect()
}

fn capitalised(text: &str) -> String {
    let words = text.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn terms(site: &Site, linker: &Linker<'_>) -> Vec<Value> {
    let groups = by_letter(site.input.records.glossary.iter().map(|term| (term.term.clone(), term)));
    groups
        .into_iter()
        .map(|((_, letter), terms)| {
            let terms: Vec<Value> = terms
                .into_iter()
                .map(|(_, term)| {
                    let see =
                        term.see.as_ref().and_then(|see| site.page_from_root(&see.value)).map(|page| linker.link(page));
                    json!({
                        "term": term.term, "abbreviation": term.abbreviation, "definition": term.definition,
                        "also": term.also, "id": term.anchor(), "see": see,
                    })
                })
                .collect();
            json!({ "letter": letter.to_string(), "id": letter_id(letter), "terms": terms })
        })
        .collect()
}

/// Change notes of listed pages, newest month first.
fn months(site: &Site, linker: &Linker<'_>) -> Vec<Value> {
    let mut months: Vec<(String, String, Vec<Value>)> = Vec::new();
    for Noted { page, change, is_new } in all_changes(site) {
        let (year, month, _) = change.on.parts();
        let id = format!("{year:04}-{month:02}");
        let note = json!({
            "on": date_view(site, change.on), "note": change.note, "important": change.important,
            "title": site.pages[page].entry.title, "href": linker.page(page), "is_new": is_new,
        });
        match months.last_mut().filter(|(_, last, _)| *last == id) {
            Some((_, _, changes)) => changes.push(note),
            None => months.push((site.input.words.month_and_year(change.on), id, vec![note])),
        }
    }
    months.into_iter().map(|(title, id, changes)| json!({ "title": title, "id": id, "changes": changes })).collect()
}
