//! Phrases in quotation marks: which pages may hold them, and which do.
//!
//! In: a query and its ranked pages. Out: the same pages, those that hold most phrases first. The index knows which words
//! stand in one text, the text alone in which order. So pages are read where all words of a phrase stand in one text, best
//! first, until enough of them hold every phrase to be shown. What stays true: what is shown is what reading every page would
//! show, unless so many pages had to be read that [`Looked::partly`] says it.

use std::collections::BTreeSet;

use super::index::Index;
use super::query::{exact_terms, is_known};
use super::ranking::{Ranked, in_order};
use super::stem::stem;
use crate::text::words::folded;

/// How many pages are read for the phrases of one query: a browser loads a file for nearly each.
pub(super) const MOST: usize = 100;

/// The phrases of a query.
#[derive(Debug)]
pub(super) struct Phrases<'a> {
    index: &'a Index,
    all: Vec<Phrase>,
    /// Pages that may hold some of them.
    may: BTreeSet<usize>,
}

/// Two words or more. Each may have another ending in a text, as everywhere in a search: "page bundle" stands in "Page bundles".
#[derive(Debug)]
struct Phrase {
    typed: String,
    words: Vec<String>,
    stems: Vec<String>,
}

/// What came of looking for phrases.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Looked {
    /// Phrases that no page holds, as typed. Those with a word that no page has are not named once more.
    pub(super) missing: Vec<String>,
    /// How many pages were read, where there were more to read.
    pub(super) partly: Option<usize>,
}

impl<'a> Phrases<'a> {
    /// Of a query.
    pub(super) fn of(index: &'a Index, query: &str) -> Self {
        let all: Vec<Phrase> = quoted(query).map(Phrase::of).filter(|phrase| phrase.words.len() > 1).collect();
        let may = all.iter().flat_map(|phrase| phrase.pages(index)).collect();
        Self { index, all, may }
    }

    /// Whether a page has all words of a phrase in one text.
    pub(super) fn may_stand_on(&self, page: usize) -> bool {
        self.may.contains(&page)
    }

    /// The stems of each phrase.
    pub(super) fn stems(&self) -> Vec<&[String]> {
        self.all.iter().map(|phrase| phrase.stems.as_slice()).collect()
    }

    /// Puts pages first that hold phrases, so that the first `limit` of ordered rows are right: for each phrase a page gains
    /// what the best has, and is shown where it stands.
    pub(super) fn raise(&self, rows: &mut [Ranked], limit: usize) -> Looked {
        if self.all.is_empty() {
            return Looked::default();
        }
        let best = rows.iter().fold(0.0, |best: f64, row| best.max(row.score));
        let (mut full, mut read, mut more, mut held) = (0, 0, false, BTreeSet::new());
        for row in rows.iter_mut().filter(|row| self.may_stand_on(row.page)) {
            more = read == MOST;
            if full == limit || more {
                break;
            }
            read += 1;
            let here = self.raise_one(row, best);
            full += usize::from(here.len() == self.all.len());
            held.extend(here);
        }
        in_order(self.index, rows);
        if more && full < limit {
            return Looked { partly: Some(MOST), ..Looked::default() };
        }
        let missing = |(at, phrase): &(usize, &Phrase)| {
            !held.contains(at) && phrase.words.iter().all(|word| is_known(self.index, word))
        };
        let missing = self.all.iter().enumerate().filter(missing).map(|(_, phrase)| phrase.typed.clone());
        Looked { missing: missing.collect(), partly: None }
    }

    /// Raises a page by `gain` for each phrase it holds, and says which. The section that was to be shown is looked at before
    /// the others.
    fn raise_one(&self, row: &mut Ranked, gain: f64) -> Vec<usize> {
        let (summary, sections) = self.index.read(row.page);
        let first = self.index.sections_of(row.page).start;
        let mut texts = vec![(None, stems_of(&self.index.pages[row.page].title)), (None, stems_of(&summary))];
        for (section, read) in (first..).zip(&sections) {
            texts.extend([(Some(section), stems_of(&read.heading)), (Some(section), stems_of(&read.text))]);
        }
        let shown = row.section;
        texts.sort_by_key(|(section, _)| *section != Some(shown));
        let mut held = Vec::new();
        for (at, phrase) in self.all.iter().enumerate() {
            let Some((section, _)) = texts.iter().find(|(_, text)| phrase.stands_in(text)) else { continue };
            row.score += gain;
            row.section = section.unwrap_or(row.section);
            held.push(at);
        }
        held
    }
}

impl Phrase {
    fn of(typed: &str) -> Self {
        let words = folded(typed);
        let stems = words.iter().map(|word| stem(word).into_owned()).collect();
        Self { typed: typed.to_owned(), words, stems }
    }

    /// Pages that have all its words in one text: those of a section, or above all sections.
    fn pages(&self, index: &Index) -> BTreeSet<usize> {
        let texts = |word: &String| -> BTreeSet<(bool, u32)> {
            let terms = exact_terms(index, word).into_iter();
            terms
                .flat_map(|(term, _)| {
                    let sections = index.terms.sections(term).map(|(section, _)| (true, section));
                    sections.chain(index.terms.pages(term).map(|(page, _)| (false, page)))
                })
                .collect()
        };
        let all = self.words.iter().map(texts).reduce(|some, more| &some & &more).unwrap_or_default();
        let page = |(is_section, number): (bool, u32)| {
            if is_section { index.sections[number as usize].page as usize } else { number as usize }
        };
        all.into_iter().map(page).collect()
    }

    fn stands_in(&self, stems: &[String]) -> bool {
        stems.windows(self.stems.len()).any(|stretch| stretch == self.stems)
    }
}

/// The stems of a text, with one that is none between two blocks.
fn stems_of(text: &str) -> Vec<String> {
    let of_block = |block| folded(block).iter().map(|word| stem(word).into_owned()).collect();
    text.split('\n').map(of_block).collect::<Vec<Vec<String>>>().join(&String::new())
}

/// Quotation marks, straight and curly.
pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201C}' | '\u{201D}' | '\u{201E}' | '\u{201F}' | '\u{AB}' | '\u{BB}')
}

/// What stands in quotation marks, straight or curly: between each that opens and the next.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    // What follows the last mark is not closed.
    let closed = text.matches(is_quote).count();
    text.split(is_quote).take(closed).skip(1).step_by(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_is_quoted_in_any_marks() {
        let all = |text| quoted(text).collect::<Vec<_>>();
        assert_eq!(all("“core group” and \"child’s plan\""), ["core group", "child’s plan"]);
        assert_eq!(all("\"one\" \"not closed here"), ["one"]);
        assert_eq!(all("\"\"core group\""), [""], "the second mark closes");
        assert_eq!(all("\""), [""; 0]);
    }

    #[test]
    fn words_stand_in_a_text_in_their_order() {
        let phrase = Phrase::of("core group");
        assert!(phrase.stands_in(&stems_of("The Core Group meets")));
        assert!(phrase.stands_in(&stems_of("All core groups")));
        assert!(!phrase.stands_in(&stems_of("The score groups")));
        assert!(!phrase.stands_in(&stems_of("The group’s core")));
        assert!(phrase.stands_in(&stems_of("The core: group")));
        assert!(!phrase.stands_in(&stems_of("The core:\ngroup")), "from one block into the next");
    }
}
