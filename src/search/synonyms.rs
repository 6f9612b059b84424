//! Words and phrases that mean the same.
//!
//! In: the shipped list (`templates/search/synonyms.yaml`), the site's `synonyms.yaml`, short forms and other names of
//! the glossary. Out: [`Synonyms`]: groups of phrases, each phrase as stems. A phrase may stand in several groups.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::routes::RouteWords;
use super::stem::stem;
use crate::config::records::Records;
use crate::config::yaml;
use crate::site::Site;
use crate::source::builtin;
use crate::text::fold::fold_word;
use crate::text::words::words;

/// The most bytes the shipped list may have.
const LIMIT: usize = 256 * 1024;

/// Groups of phrases that mean the same.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Synonyms {
    /// Each phrase as folded words, as browsers get them.
    pub groups: Vec<Vec<Vec<String>>>,
    /// Which groups hold a phrase, by its stems with single spaces.
    by_phrase: BTreeMap<String, Vec<usize>>,
    longest: usize,
}

impl Synonyms {
    /// The groups of a site.
    pub(super) fn of(site: &Site) -> Self {
        let records = &site.input.records;
        let glossary = records.glossary.iter().map(|term| {
            std::iter::once(&term.term).chain(&term.abbreviation).chain(&term.also).cloned().collect::<Vec<String>>()
        });
        Self::new(shipped().into_iter().chain(records.synonyms.iter().cloned()).chain(glossary))
    }

    /// Groups of phrases as written. What has fewer than two different phrases is no group.
    pub fn new(groups: impl IntoIterator<Item = Vec<String>>) -> Self {
        let mut synonyms = Self::default();
        for group in groups {
            let mut phrases: Vec<Vec<String>> = Vec::new();
            let mut seen = BTreeSet::new();
            for phrase in group {
                let folded: Vec<String> = words(&phrase)
                    .map(|word| fold_word(word.text).into_owned())
                    .filter(|word| !word.is_empty())
                    .collect();
                if !folded.is_empty() && seen.insert(key(&folded)) {
                    phrases.push(folded);
                }
            }
            if phrases.len() > 1 {
                synonyms.groups.push(phrases);
            }
        }
        synonyms.number();
        synonyms
    }

    fn number(&mut self) {
        self.by_phrase.clear();
        self.longest = 0;
        for (at, group) in self.groups.iter().enumerate() {
            for phrase in group {
                self.longest = self.longest.max(phrase.len());
                self.by_phrase.entry(key(phrase)).or_default().push(at);
            }
        }
    }

    /// Leaves out groups that lead to nothing on the site: a group needs a phrase whose words are all written there or
    /// called for by a reporting route.
    pub(super) fn keep_known(&mut self, numbers: &BTreeMap<String, u32>, routes: &[RouteWords]) {
        let called: BTreeSet<String> = routes
            .iter()
            .flat_map(|route| route.phrases())
            .flat_map(|phrase| phrase.iter().map(|word| stem(word).into_owned()))
            .collect();
        let known = |word: &String| {
            let stem = stem(word);
            numbers.contains_key(&*stem) || called.contains(&*stem)
        };
        self.groups.retain(|group| group.iter().any(|phrase| phrase.iter().all(known)));
        self.number();
    }

    /// The most words a phrase has.
    pub fn longest(&self) -> usize {
        self.longest
    }

    /// The groups that hold a phrase of these stems.
    pub fn groups_of(&self, stems: &str) -> &[usize] {
        self.by_phrase.get(stems).map_or(&[], Vec::as_slice)
    }
}

/// The stems of a phrase with single spaces.
pub(super) fn key(phrase: &[String]) -> String {
    phrase.iter().map(|word| stem(word)).collect::<Vec<_>>().join(" ")
}

fn shipped() -> Vec<Vec<String>> {
    let Some((name, bytes)) = builtin::below("templates/search").find(|(name, _)| *name == "synonyms.yaml") else {
        return Vec::new();
    };
    let file: Arc<str> = Arc::from(format!("templates/search/{name}"));
    let text = String::from_utf8_lossy(bytes);
    // The shipped list is right: a test reads it.
    let mut problems = Vec::new();
    yaml::read(&file, &text, 0, LIMIT, &mut problems)
        .map(|value| Records::read("synonyms", &file, &value, &mut problems).synonyms)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Synonyms, shipped};

    fn group(phrases: &[&str]) -> Vec<String> {
        phrases.iter().map(|phrase| (*phrase).to_owned()).collect()
    }

    #[test]
    fn the_shipped_list_can_be_read() {
        assert!(shipped().len() > 100);
        for group in shipped() {
            assert_eq!(Synonyms::new([group.clone()]).groups.len(), 1, "all of {group:?} is one phrase");
        }
    }

    #[test]
    fn finds_groups_by_stems() {
        let synonyms = Synonyms::new([group(&["Children Looked After", "CLA"]), group(&["kids", "children"])]);
        assert_eq!(synonyms.groups_of("child look after"), [0]);
        assert_eq!(synonyms.groups_of("cla"), [0]);
        assert_eq!(synonyms.groups_of("child"), [1]);
        assert_eq!(synonyms.groups_of("nothing"), [0; 0]);
        assert_eq!(synonyms.longest(), 3);
    }

    #[test]
    fn one_phrase_is_no_group() {
        assert!(Synonyms::new([group(&["visit", "visits"]), group(&["…"])]).groups.is_empty());
    }
}
