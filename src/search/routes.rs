//! Reporting routes and the words that call for them.
//!
//! In: pages of kind `route` with `show_for`. Out: [`RouteWords`]. What stays true: a word of danger shows its route
//! wherever in the query it stands and however it is spelt, and moves no result.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::correction::{begin_alike, distance, edits_for, length};
use super::fields::SHOW_FOR;
use super::index::Index;
use super::query::{is_asking, is_known, is_small, tokens};
use super::stem::stem;
use super::synonyms::key;
use crate::content::FieldValue;
use crate::site::{Page, PageId, Site};
use crate::text::words::folded;

/// Words of so few letters are near to too many others to stand for their synonyms when misspelt: `rate`, `rape`.
const SHORT: usize = 4;

/// At the beginning of an exception: whatever word stands there.
const ANY: &str = "…";

/// The ends of a search: of a phrase between two of them nothing else may be said. No word is like it.
const EDGE: &str = ".";

/// Small words that stand for one another in a phrase: people, denials, and what stands before a feeling.
pub(super) const KIN: [&str; 3] = [
    "i me my you your he him his she her it its we us our they them their",
    "not no never isnt arent wasnt werent hasnt havent dont doesnt didnt cant cannot couldnt wont wouldnt",
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
    /// Phrases of folded words; those between points are a whole search.
    pub immediate: Vec<Vec<String>>,
    /// Phrases of folded words.
    pub concern: Vec<Vec<String>>,
    /// Phrases of folded words that mean something else: "hit rate".
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
    let phrases = |wanted: &str| -> Vec<Vec<String>> {
        match show_for.iter().find(|(name, _)| name == wanted) {
            Some((_, FieldValue::List(items))) => items.iter().filter_map(phrase).collect(),
            _ => Vec::new(),
        }
    };
    // With its small words a phrase may be run together, too: "hurtingmymum". Those without any need not be written twice.
    let with_joined = |phrases: Vec<Vec<String>>| {
        let joined = phrases.iter().filter(|phrase| gist(phrase) != **phrase).map(|phrase| vec![phrase.concat()]);
        joined.collect::<Vec<_>>().into_iter().chain(phrases).collect::<Vec<_>>()
    };
    let edge = || vec![EDGE.to_owned()];
    let alone = phrases("alone").into_iter().map(|phrase| [edge(), phrase, edge()].concat()).collect();
    Some(RouteWords {
        id: entry.document.stem().to_owned(),
        title: entry.title.clone(),
        url: page.address.clone(),
        emergency: call(site, entry.field("emergency")),
        phone: daytime(site, page),
        immediate: [with_joined(phrases(Level::Immediate.word())), alone].concat(),
        concern: with_joined(phrases(Level::Concern.word())),
        except: phrases("except"),
    })
}

fn phrase(item: &FieldValue) -> Option<Vec<String>> {
    let FieldValue::Text(text) = item else { return None };
    let words = Some(folded(text)).filter(|words| !words.is_empty())?;
    let any = text.starts_with(['…', '.']).then(|| ANY.to_owned());
    Some(any.into_iter().chain(words).collect())
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

/// A route that a query calls for.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown<'a> {
    /// The route.
    pub route: &'a RouteWords,
    /// How near the danger is.
    pub level: Level,
}

/// The routes a query calls for: those for danger now first, then those of which more was said, then in their order.
pub(super) fn routes_for<'a>(index: &'a Index, text: &str) -> Vec<Shown<'a>> {
    let said = Said::new(index, text);
    let most = |phrases: &[Vec<String>]| phrases.iter().filter_map(|phrase| said.calls(phrase)).max();
    let level = |route: &RouteWords| {
        let immediate = most(&route.immediate).map(|words| (Level::Immediate, Reverse(words)));
        immediate.or_else(|| most(&route.concern).map(|words| (Level::Concern, Reverse(words))))
    };
    let mut called: Vec<_> = index.routes.iter().filter_map(|route| Some((level(route)?, route))).collect();
    called.sort_by_key(|(order, _)| *order);
    called.into_iter().map(|((level, _), route)| Shown { route, level }).collect()
}

/// What a query may mean.
struct Said<'a> {
    index: &'a Index,
    /// The words of the query; those of exceptions are empty.
    words: Vec<String>,
    stems: Vec<String>,
    /// Words that are neither written on the site nor in its synonyms.
    unknown: Vec<String>,
    /// The stems, and the phrases that mean the same as a part of the query: what [`gist`] leaves of them, by their stems.
    meanings: BTreeSet<String>,
}

impl<'a> Said<'a> {
    fn new(index: &'a Index, text: &str) -> Self {
        let edge = || EDGE.to_owned();
        let inside = tokens(text).into_iter().map(|token| token.word);
        let words: Vec<String> = std::iter::once(edge()).chain(inside).chain([edge()]).collect();
        let stems = words.iter().map(|word| stem(word).into_owned()).collect();
        let mut said = Self { index, words, stems, unknown: Vec::new(), meanings: BTreeSet::new() };
        said.take_out(index.routes.iter().flat_map(|route| &route.except));
        let listed: BTreeSet<&str> = index.synonyms.phrases().flat_map(|(phrase, _)| phrase.split(' ')).collect();
        let unknown = |word: &&String| {
            !word.is_empty() && !is_known(index, word) && !is_small(word) && !listed.contains(&*stem(word))
        };
        said.unknown = said.words.iter().filter(unknown).cloned().collect();
        let groups = index.synonyms.phrases().filter(|(phrase, _)| said.says(phrase)).flat_map(|(_, groups)| groups);
        let same = groups.flat_map(|group| &index.synonyms.groups[*group]).map(|phrase| key(&gist(phrase)));
        said.meanings = same.chain(said.stems.iter().cloned()).collect();
        said
    }

    /// Where a phrase begins of whose words each is said at its place.
    fn find(&self, length: usize, is_said: impl Fn(usize, usize) -> bool) -> Option<usize> {
        let last = (self.words.len() + 1).checked_sub(length)?;
        (0..last).find(|at| (0..length).all(|part| is_said(part, at + part)))
    }

    /// Takes out what means something else. Phrases may share words: "suicide prevention", "… training".
    fn take_out<'p>(&mut self, phrases: impl Iterator<Item = &'p Vec<String>>) {
        let whole = self.stems.clone();
        let is_said = |word: &String, at: usize| word == ANY || whole.get(at).is_some_and(|said| *said == *stem(word));
        for phrase in phrases {
            for at in 0..whole.len() {
                if phrase.iter().zip(at..).all(|(word, at)| is_said(word, at)) {
                    self.words[at..at + phrase.len()].fill_with(String::new);
                    self.stems[at..at + phrase.len()].fill_with(String::new);
                }
            }
        }
    }

    /// Whether a phrase that has synonyms stands in the query, perhaps misspelt.
    fn says(&self, phrase: &str) -> bool {
        let wanted: Vec<&str> = phrase.split(' ').collect();
        let is_said = |part: usize, at: usize| {
            let (wanted, stem) = (wanted[part], &self.stems[at]);
            let long = length(wanted) > SHORT;
            stem == wanted || long && self.is_misspelt(wanted, at)
        };
        self.find(wanted.len(), is_said).is_some()
    }

    /// Whether an unknown word of the query may be this one.
    fn is_misspelt(&self, word: &str, at: usize) -> bool {
        self.unknown.contains(&self.words[at]) && is_near(&self.words[at], word)
    }

    /// How many telling words a phrase has, if it or all of them were said, perhaps misspelt.
    fn calls(&self, phrase: &[String]) -> Option<usize> {
        let gist = gist(phrase);
        let count = telling(&gist).count();
        let anywhere = count > 1 && !is_whole(&gist);
        let all = if anywhere { gist.iter().all(|word| self.has(word)) } else { self.has_run(&gist) };
        // It may be run together: "killme".
        let joined = self.words.contains(&gist.concat());
        (joined || self.meanings.contains(&key(&gist)) || all).then_some(count.max(1))
    }

    /// Whether a word stands anywhere.
    fn has(&self, word: &str) -> bool {
        self.meanings.contains(&*stem(word)) || (0..self.words.len()).any(|at| self.is_misspelt(word, at))
    }

    /// Whether the words stand together, in this order: few of them tell anything, so that the small ones must be there,
    /// too. "hurts me" is "hurts us", not "it hurts".
    fn has_run(&self, words: &[String]) -> bool {
        let is_said = |part: usize, at: usize| {
            let word = &words[part];
            let groups = self.index.synonyms.groups_of(&self.stems[at]);
            let mut same = groups.iter().flat_map(|group| &self.index.synonyms.groups[*group]);
            self.stems[at] == *stem(word)
                || are_kin(word, &self.words[at])
                || same.any(|phrase| key(phrase) == *stem(word))
                // Three letters alone may be anything.
                || (words.len() > 1 || length(&self.stems[at]) >= SHORT) && self.is_misspelt(word, at)
        };
        self.find(words.len(), is_said).is_some()
    }
}

fn are_kin(word: &str, other: &str) -> bool {
    KIN.iter().any(|kin| [word, other].iter().all(|one| kin.split(' ').any(|word| word == *one)))
}

/// Whether a phrase is a whole search.
fn is_whole(phrase: &[String]) -> bool {
    phrase.first().is_some_and(|first| first == EDGE)
}

/// What a phrase has to say: its telling words if it has several, else all of it, as of a whole search.
pub(super) fn gist(phrase: &[String]) -> Vec<String> {
    let telling: Vec<String> = telling(phrase).cloned().collect();
    if telling.len() > 1 && !is_whole(phrase) { telling } else { phrase.to_vec() }
}

/// The words of a phrase that tell of danger: neither small words nor those that questions are made of ("where do you
/// want to live").
fn telling(phrase: &[String]) -> impl Iterator<Item = &String> {
    phrase.iter().filter(|word| !is_small(word) && !is_asking(word))
}

/// Whether a word may be another misspelt, in its own form or in one with another ending. Of a short word a letter may be
/// missing.
fn is_near(typed: &str, word: &str) -> bool {
    let near = |typed: &str, word: &str| {
        let most = edits_for(if length(typed) < SHORT { word } else { typed });
        begin_alike(typed, word) && distance(typed, word, most) <= most
    };
    near(typed, word) || near(&stem(typed), &stem(word))
}
