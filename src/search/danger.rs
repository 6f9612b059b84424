//! Words of danger: which reporting routes a query calls for.
//!
//! In: an index and a query. Out: the routes to show above the results. What stays true: a word of danger shows its route
//! wherever in the query it stands and however it is spelt, and moves no result.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::correction::{begin_alike, distance, edits_for, length};
use super::index::Index;
use super::query::{is_known, is_small, tokens};
use super::routes::{ANY, EDGE, KIN, Level, RouteWords, gist, is_fixed, telling};
use super::stem::stem;
use super::synonyms::key;

/// Words of so few letters are near to too many others to stand for their synonyms when misspelt: `rate`, `rape`.
const SHORT: usize = 4;

/// A route that a query calls for.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown<'a> {
    /// The route.
    pub route: &'a RouteWords,
    /// How near the danger is.
    pub level: Level,
}

/// The phrases of an index that queries are held against, with everything about them that no query changes.
#[derive(Debug)]
pub(super) struct Danger<'a> {
    index: &'a Index,
    routes: Vec<Called<'a>>,
    /// What means something else, as [`except`] has it.
    except: Vec<Vec<String>>,
    /// The stems of each phrase that has synonyms, and what these have to say.
    synonyms: Vec<(Vec<Word>, Vec<String>)>,
    /// All those stems.
    listed: BTreeSet<&'a str>,
}

/// A route and what calls for it.
#[derive(Debug)]
struct Called<'a> {
    route: &'a RouteWords,
    immediate: Vec<Phrase>,
    concern: Vec<Phrase>,
}

/// What a phrase has to say.
#[derive(Debug)]
struct Phrase {
    words: Vec<Word>,
    /// Its stems with single spaces.
    key: String,
    /// Its words run together: "killme". Nobody writes the sign before a phrase whose words must stand together.
    joined: String,
    /// How many of its words tell of danger.
    telling: usize,
    /// Whether they may stand anywhere.
    anywhere: bool,
}

#[derive(Debug)]
struct Word {
    text: String,
    stem: String,
    /// Which of [`KIN`] has it.
    kin: Option<usize>,
}

impl Word {
    fn of(text: &str) -> Self {
        Self { text: text.to_owned(), stem: stem(text).into_owned(), kin: kin(text) }
    }
}

impl Phrase {
    fn of(phrase: &[String]) -> Self {
        let gist = gist(phrase);
        let telling = telling(&gist).count();
        Self {
            key: key(&gist),
            joined: gist.concat(),
            telling,
            anywhere: telling > 1 && !is_fixed(&gist),
            words: gist.iter().map(|word| Word::of(word)).collect(),
        }
    }
}

impl<'a> Danger<'a> {
    /// Of an index.
    pub(super) fn of(index: &'a Index) -> Self {
        let phrases = |phrases: &[Vec<String>]| phrases.iter().map(|phrase| Phrase::of(phrase)).collect();
        let called = |route: &'a RouteWords| Called {
            route,
            immediate: phrases(&route.immediate),
            concern: phrases(&route.concern),
        };
        let synonyms = index.synonyms.phrases().map(|(phrase, groups)| {
            let same = groups.iter().flat_map(|group| &index.synonyms.groups[*group]);
            (phrase.split(' ').map(Word::of).collect(), same.map(|phrase| key(&gist(phrase))).collect())
        });
        Self {
            index,
            routes: index.routes.iter().map(called).collect(),
            except: index.routes.iter().flat_map(|route| &route.except).map(|phrase| except(phrase)).collect(),
            synonyms: synonyms.collect(),
            listed: index.synonyms.phrases().flat_map(|(phrase, _)| phrase.split(' ')).collect(),
        }
    }

    /// The stems of what means the same as a word.
    fn same(&self, stem: &str) -> Vec<String> {
        let groups = self.index.synonyms.groups_of(stem);
        groups.iter().flat_map(|group| &self.index.synonyms.groups[*group]).map(|phrase| key(phrase)).collect()
    }

    /// What means something else in a text, as the index has it.
    pub(super) fn exceptions_in(&self, text: &str) -> Vec<&'a [String]> {
        let (typed, stems) = words_and_stems(text);
        let written = self.index.routes.iter().flat_map(|route| &route.except);
        let said = self.except.iter().zip(written);
        let said = said.filter(|(phrase, _)| (0..typed.len()).any(|at| stands(phrase, &typed, &stems, at)));
        said.map(|(_, written)| &**written).collect()
    }

    /// The routes a query calls for: those for danger now first, then those of which more was said, then in their order.
    pub(super) fn routes_for(&self, text: &str) -> Vec<Shown<'a>> {
        let said = Said::new(self, text);
        let most = |phrases: &[Phrase]| phrases.iter().filter_map(|phrase| said.calls(phrase)).max();
        let level = |called: &Called<'_>| {
            let immediate = most(&called.immediate).map(|words| (Level::Immediate, Reverse(words)));
            immediate.or_else(|| most(&called.concern).map(|words| (Level::Concern, Reverse(words))))
        };
        let mut called: Vec<_> = self.routes.iter().filter_map(|called| Some((level(called)?, called.route))).collect();
        called.sort_by_key(|(order, _)| *order);
        called.into_iter().map(|((level, _), route)| Shown { route, level }).collect()
    }
}

/// What a query may mean.
#[derive(Default)]
struct Said {
    /// The words of the query; those of exceptions are empty.
    words: Vec<String>,
    stems: Vec<String>,
    /// Which of [`KIN`] has each of them.
    kin: Vec<Option<usize>>,
    /// The stems of what means the same as each of them.
    same: Vec<Vec<String>>,
    /// Words that are neither written on the site nor in its synonyms.
    unknown: Vec<String>,
    /// The stems, and the phrases that mean the same as a part of the query: what [`gist`] leaves of them, by their stems.
    meanings: BTreeSet<String>,
}

impl Said {
    fn new(danger: &Danger<'_>, text: &str) -> Self {
        let (words, stems) = words_and_stems(text);
        let mut said = Self { words, stems, ..Self::default() };
        said.take_out(&danger.except);
        said.kin = said.words.iter().map(|word| kin(word)).collect();
        said.same = said.stems.iter().map(|stem| danger.same(stem)).collect();
        let unknown = |word: &&String| {
            !word.is_empty()
                && !is_known(danger.index, word)
                && !is_small(word)
                && !danger.listed.contains(&*stem(word))
        };
        said.unknown = said.words.iter().filter(unknown).cloned().collect();
        let same = danger.synonyms.iter().filter(|(phrase, _)| said.says(phrase)).flat_map(|(_, same)| same);
        said.meanings = same.chain(&said.stems).cloned().collect();
        said
    }

    /// Where a phrase begins of whose words each is said at its place.
    fn find(&self, length: usize, is_said: impl Fn(usize, usize) -> bool) -> Option<usize> {
        let last = (self.words.len() + 1).checked_sub(length)?;
        (0..last).find(|at| (0..length).all(|part| is_said(part, at + part)))
    }

    /// Takes out what means something else. Phrases may share words: "suicide prevention", "… training".
    fn take_out(&mut self, phrases: &[Vec<String>]) {
        let (typed, whole) = (self.words.clone(), self.stems.clone());
        for phrase in phrases {
            for at in 0..whole.len() {
                if stands(phrase, &typed, &whole, at) {
                    self.words[at..at + phrase.len()].fill_with(String::new);
                    self.stems[at..at + phrase.len()].fill_with(String::new);
                }
            }
        }
    }

    /// Whether a phrase that has synonyms stands in the query, perhaps misspelt.
    fn says(&self, wanted: &[Word]) -> bool {
        let is_said = |part: usize, at: usize| {
            let wanted = &wanted[part];
            let is_long = length(&wanted.text).max(length(&self.stems[at])) > SHORT;
            self.stems[at] == wanted.text || is_long && self.is_misspelt(wanted, at)
        };
        self.find(wanted.len(), is_said).is_some()
    }

    /// Whether an unknown word of the query may be this one.
    fn is_misspelt(&self, word: &Word, at: usize) -> bool {
        let typed = &self.words[at];
        self.unknown.contains(typed) && (is_near(typed, &word.text) || is_near(&self.stems[at], &word.stem))
    }

    /// How many telling words a phrase has, if it or all of them were said, perhaps misspelt.
    fn calls(&self, phrase: &Phrase) -> Option<usize> {
        let Phrase { words, key, joined, telling, anywhere } = phrase;
        let is_said = || match anywhere {
            true => words.iter().all(|word| self.has(word)),
            false => self.has_run(words),
        };
        (self.words.contains(joined) || self.meanings.contains(key) || is_said()).then_some((*telling).max(1))
    }

    /// Whether a word stands anywhere.
    fn has(&self, word: &Word) -> bool {
        let misspelt = |at| self.is_misspelt(word, at);
        self.meanings.contains(&word.stem) || (0..self.words.len()).any(misspelt)
    }

    /// Whether the words stand together, in this order: few of them tell anything, so that the small ones must be there,
    /// too. "hurts me" is "hurts us", not "it hurts".
    fn has_run(&self, words: &[Word]) -> bool {
        let is_said = |part: usize, at: usize| {
            let word = &words[part];
            word.text == ANY
                || self.stems[at] == word.stem
                || word.kin.is_some() && word.kin == self.kin[at]
                || self.same[at].contains(&word.stem)
                // Three letters alone may be anything.
                || (words.len() > 1 || length(&self.stems[at]) >= SHORT) && self.is_misspelt(word, at)
        };
        self.find(words.len(), is_said).is_some()
    }
}

/// The words of a text between its ends, and their stems.
fn words_and_stems(text: &str) -> (Vec<String>, Vec<String>) {
    let edge = || EDGE.to_owned();
    let inside = tokens(text).into_iter().map(|token| token.word);
    let words: Vec<String> = std::iter::once(edge()).chain(inside).chain([edge()]).collect();
    let stems = words.iter().map(|word| stem(word).into_owned()).collect();
    (words, stems)
}

/// What a phrase that means something else is found by. A word that is its stem, but for a letter, stands for all forms of
/// it ("hints", "gauge"), another, behind a sign, for itself and what is longer: "… training" is not "the train".
pub(super) fn except(phrase: &[String]) -> Vec<String> {
    let found_by = |word: &String| {
        let stem = stem(word);
        if stem.len() + 1 < word.len() { format!("={word}") } else { stem.into_owned() }
    };
    phrase.iter().map(found_by).collect()
}

/// Whether what means something else, as [`except`] has it, stands at a place of a text.
fn stands(phrase: &[String], typed: &[String], stems: &[String], at: usize) -> bool {
    phrase.iter().zip(at..).all(|(word, at)| match word.strip_prefix('=') {
        Some(word) => typed.get(at).is_some_and(|said| said.starts_with(word)),
        None => word == ANY || stems.get(at) == Some(word),
    })
}

/// Which of [`KIN`] has a word.
fn kin(word: &str) -> Option<usize> {
    KIN.iter().position(|kin| kin.split(' ').any(|other| other == word))
}

/// Whether a word may be another misspelt. Of a short word a letter may be missing.
fn is_near(typed: &str, word: &str) -> bool {
    let most = edits_for(if length(typed) < SHORT { word } else { typed });
    begin_alike(typed, word) && distance(typed, word, most) <= most
}
