//! Reporting routes and the words that call for them.
//!
//! In: pages of kind `route` with `show_for`. Out: [`RouteWords`]. What stays true: of a phrase its telling words have to be
//! said; where it has one alone, must stand together or is a whole search, all its words.

use super::fields::SHOW_FOR;
use super::query::{is_asking, is_small};
use crate::content::FieldValue;
use crate::site::{Page, PageId, Site};
use crate::text::words::folded;

/// At the beginning of a phrase: whatever word stands there. The rest stands as it is written, one word after another. No
/// word is like it.
pub(super) const ANY: &str = "*";

/// The ends of a search: of a phrase between two of them nothing else may be said. No word is like it, either.
pub(super) const EDGE: &str = ".";

/// Small words that stand for one another in a phrase: people, denials, and what stands before a feeling.
pub(super) const KIN: [&str; 3] = [
    "i me my you your he him his she her it its we us our they them their",
    "not no never isnt arent wasnt werent hasnt havent hadnt aint dont doesnt didnt cant cannot couldnt wont wouldnt",
    "am im is are was were been so very really too",
];

/// How near the danger is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Now: the emergency number comes first.
    Immediate,
    /// A worry.
    Concern,
}

impl Level {
    /// The word browsers and programs get.
    pub fn word(self) -> &'static str {
        match self {
            Self::Immediate => "immediate",
            Self::Concern => "concern",
        }
    }
}

/// A number to call.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// Who answers.
    pub name: String,
    /// The number as printed.
    pub text: String,
    /// `tel:…`
    pub href: String,
}

/// A reporting route.
#[derive(Clone, Debug, PartialEq)]
pub struct RouteWords {
    /// `worried-about-a-child`
    pub id: String,
    /// Its title.
    pub title: String,
    /// From the site's root.
    pub url: String,
    /// For danger now.
    pub emergency: Option<Call>,
    /// In the daytime.
    pub phone: Option<Call>,
    /// Phrases of folded words; those between points are a whole search, those behind a star must stand together.
    pub immediate: Vec<Vec<String>>,
    /// The same.
    pub concern: Vec<Vec<String>>,
    /// Phrases of folded words that mean something else: "hit rate". A star is any word.
    pub except: Vec<Vec<String>>,
}

impl RouteWords {
    /// All its phrases.
    pub fn phrases(&self) -> impl Iterator<Item = &Vec<String>> {
        self.immediate.iter().chain(&self.concern)
    }
}

/// The routes of a site: those it shows everywhere in its order, then the others.
pub(super) fn of(site: &Site) -> Vec<RouteWords> {
    let shown: Vec<PageId> = site.routes.iter().map(|route| route.page).collect();
    let others = (0..site.pages.len()).filter(|page| !shown.contains(page));
    shown.iter().copied().chain(others).filter_map(|page| route(site, page)).collect()
}

fn route(site: &Site, id: PageId) -> Option<RouteWords> {
    let page = &site.pages[id];
    let entry = &*page.entry;
    if page.withdrawn {
        return None;
    }
    let FieldValue::Record(show_for) = entry.field(SHOW_FOR)? else { return None };
    let items = |wanted: &str| {
        let list = show_for.iter().find(|(name, _)| name == wanted).map(|(_, list)| list);
        let items = list.map_or(&[][..], |list| if let FieldValue::List(items) = list { items } else { &[] });
        items.iter().filter_map(|item| if let FieldValue::Text(text) = item { Some(text.as_str()) } else { None })
    };
    let phrases = |wanted: &str| items(wanted).filter_map(phrase).collect::<Vec<Vec<String>>>();
    let edge = || vec![EDGE.to_owned()];
    let alone = phrases("alone").into_iter().map(|phrase| [edge(), phrase, edge()].concat()).collect();
    let any = || vec![ANY.to_owned()];
    let together = |wanted| phrases(wanted).into_iter().map(|phrase| [any(), phrase].concat()).collect::<Vec<_>>();
    Some(RouteWords {
        id: entry.document.stem().to_owned(),
        title: entry.title.clone(),
        url: page.address.clone(),
        emergency: call(site, entry.field("emergency")),
        phone: daytime(site, page),
        immediate: [phrases(Level::Immediate.word()), alone, together("together")].concat(),
        concern: [phrases(Level::Concern.word()), together("concern_together")].concat(),
        except: items("except").filter_map(exception).collect(),
    })
}

/// The words of a phrase, if it has any.
fn phrase(text: &str) -> Option<Vec<String>> {
    Some(folded(text)).filter(|words| !words.is_empty())
}

/// What means something else. It may begin with any word: `… training`.
pub(super) fn exception(text: &str) -> Option<Vec<String>> {
    let any = text.starts_with(['…', '.']).then(|| ANY.to_owned());
    Some(any.into_iter().chain(phrase(text)?).collect())
}

fn daytime(site: &Site, page: &Page) -> Option<Call> {
    let FieldValue::Record(parts) = page.entry.field("daytime")? else { return None };
    call(site, parts.iter().find(|(name, _)| name == "contact").map(|(_, contact)| contact))
}

fn call(site: &Site, contact: Option<&FieldValue>) -> Option<Call> {
    let FieldValue::Contact(reference) = contact? else { return None };
    let contact = site.input.records.contacts.get(reference.text.as_str())?;
    let phone = contact.phone.as_ref()?;
    Some(Call { name: contact.name.clone(), text: phone.printed.clone(), href: format!("tel:{}", phone.dial) })
}

/// Whether the words of a phrase must stand together, or are a whole search.
pub(super) fn is_fixed(phrase: &[String]) -> bool {
    phrase.first().is_some_and(|first| first == EDGE || first == ANY)
}

/// What a phrase has to say: its telling words if it has several, else all of it, as of one whose words must stand as they
/// are written.
pub(super) fn gist(phrase: &[String]) -> Vec<String> {
    let telling: Vec<String> = telling(phrase).cloned().collect();
    if telling.len() > 1 && !is_fixed(phrase) { telling } else { phrase.to_vec() }
}

/// The words of a phrase that tell of danger: neither small words nor those that questions are made of ("where do you
/// want to live").
pub(super) fn telling(phrase: &[String]) -> impl Iterator<Item = &String> {
    phrase.iter().filter(|word| !is_small(word) && !is_asking(word))
}
