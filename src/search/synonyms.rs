//! Words and phrases that mean the same.
//!
//! In: the site's synonyms, short forms and other names of the glossary. Out: [`Synonyms`]: groups of phrases, found by
//! their stems; first those that any of their phrases finds, then those that only their first one does. A phrase may
//! stand in several groups.

use std::collections::{BTreeMap, BTreeSet};

use super::routes::RouteWords;
use super::stem::stem;
use crate::site::Site;
use crate::text::words::folded;

/// Groups of phrases that mean the same.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Synonyms {
    /// Each phrase as folded words, as browsers get them.
    pub groups: Vec<Vec<Vec<String>>>,
    /// How many of them any of their phrases finds.
    pub mutual: usize,
    /// Which groups hold a phrase, by its stems with single spaces.
    by_phrase: BTreeMap<String, Vec<usize>>,
    longest: usize,
    /// Single words that find something, sorted as browsers sort; they need not be on any page.
    pub(super) lone: Vec<String>,
}

impl Synonyms {
    /// The groups of a site.
    pub(super) fn of(site: &Site) -> Self {
        let records = &site.input.records;
        let glossary = records.glossary.iter().map(|term| {
            std::iter::once(&term.term).chain(&term.abbreviation).chain(&term.also).cloned().collect::<Vec<String>>()
        });
        let groups: Vec<Vec<String>> = records.synonyms.groups.iter().cloned().chain(glossary).collect();
        Self::new(&groups, &records.synonyms.names)
    }

    /// Groups of phrases as written, and names with what each finds. What has fewer than two different phrases is no
    /// group.
    pub fn new(groups: &[Vec<String>], names: &[Vec<String>]) -> Self {
        let groups = without_parts(groups.iter().filter_map(|group| different(group)).collect());
        let mut synonyms = Self { groups, ..Self::default() };
        synonyms.mutual = synonyms.groups.len();
        synonyms.groups.extend(names.iter().filter_map(|name| different(name)));
        synonyms.number();
        synonyms
    }

    fn number(&mut self) {
        self.by_phrase.clear();
        self.longest = 0;
        for (at, group) in self.groups.iter().enumerate() {
            let found_by = if at < self.mutual { group.len() } else { 1 };
            for phrase in &group[..found_by] {
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
        let leads = |group: &Vec<Vec<String>>| group.iter().any(|phrase| phrase.iter().all(known));
        let mutual = self.groups[..self.mutual].iter().filter(|group| leads(group)).count();
        self.groups.retain(leads);
        self.mutual = mutual;
        self.number();
    }

    /// The most words a phrase has.
    pub fn longest(&self) -> usize {
        self.longest
    }

    /// Every phrase that finds groups, as its stems with single spaces.
    pub(super) fn phrases(&self) -> impl Iterator<Item = (&str, &[usize])> {
        self.by_phrase.iter().map(|(phrase, groups)| (phrase.as_str(), groups.as_slice()))
    }

    /// The groups that hold a phrase of these stems.
    pub fn groups_of(&self, stems: &str) -> &[usize] {
        self.by_phrase.get(stems).map_or(&[], Vec::as_slice)
    }
}

/// Leaves out groups that another holds whole: they say nothing more, and a project repeats what is known anyway.
fn without_parts(groups: Vec<Vec<Vec<String>>>) -> Vec<Vec<Vec<String>>> {
    let keys: Vec<BTreeSet<String>> =
        groups.iter().map(|group| group.iter().map(|phrase| key(phrase)).collect()).collect();
    let mut by_phrase: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, phrases) in keys.iter().enumerate() {
        phrases.iter().for_each(|phrase| by_phrase.entry(phrase).or_default().push(at));
    }
    let is_part = |at: usize| {
        let holds = |other: usize| keys[at].is_subset(&keys[other]) && (keys[at] != keys[other] || other < at);
        // What holds all of its phrases holds the first.
        let others = keys[at].first().map_or(&[][..], |phrase| &by_phrase[phrase.as_str()]);
        others.iter().any(|other| *other != at && holds(*other))
    };
    let own: Vec<bool> = (0..keys.len()).map(|at| !is_part(at)).collect();
    groups.into_iter().zip(own).filter_map(|(group, own)| own.then_some(group)).collect()
}

/// The phrases of a group as folded words, each once by its stems.
fn different(group: &[String]) -> Option<Vec<Vec<String>>> {
    let mut seen = BTreeSet::new();
    let phrases: Vec<Vec<String>> = group
        .iter()
        .map(|phrase| folded(phrase))
        .filter(|words| !words.is_empty() && seen.insert(key(words)))
        .collect();
    (phrases.len() > 1).then_some(phrases)
}

/// The stems of a phrase with single spaces.
pub(super) fn key(phrase: &[String]) -> String {
    phrase.iter().map(|word| stem(word)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::Synonyms;

    fn group(phrases: &[&str]) -> Vec<String> {
        phrases.iter().map(|phrase| (*phrase).to_owned()).collect()
    }

    #[test]
    fn finds_groups_by_stems() {
        let groups = [group(&["Children Looked After", "CLA"]), group(&["kids", "children"])];
        let synonyms = Synonyms::new(&groups, &[]);
        assert_eq!(synonyms.groups_of("child look after"), [0]);
        assert_eq!(synonyms.groups_of("cla"), [0]);
        assert_eq!(synonyms.groups_of("child"), [1]);
        assert_eq!(synonyms.groups_of("nothing"), [0; 0]);
        assert_eq!(synonyms.longest(), 3);
    }

    #[test]
    fn a_name_is_found_by_itself_alone() {
        let synonyms = Synonyms::new(&[group(&["kids", "children"])], &[group(&["MASH", "Front Door", "hub"])]);
        assert_eq!((synonyms.mutual, synonyms.groups_of("mash")), (1, [1].as_slice()));
        assert_eq!(synonyms.groups_of("front door"), [0; 0]);
    }

    #[test]
    fn a_part_of_another_group_says_nothing_more() {
        let groups = [
            group(&["kids", "children"]),
            group(&["child", "kid", "son"]),
            group(&["son", "child", "kids"]),
            group(&["son", "heir"]),
        ];
        let synonyms = Synonyms::new(&groups, &[]);
        assert_eq!((synonyms.groups.len(), synonyms.mutual, synonyms.groups_of("son")), (2, 2, [0, 1].as_slice()));
    }

    #[test]
    fn one_phrase_is_no_group() {
        assert!(Synonyms::new(&[group(&["visit", "visits"]), group(&["…"])], &[]).groups.is_empty());
    }
}
