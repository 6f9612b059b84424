//! What a query means: its words and phrases, each with the terms it may stand for.
//!
//! In: text as typed. Out: a [`Plan`] of units. Nothing is required: what nobody wrote is completed, divided or corrected,
//! else dropped and named.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::correction::{SHORTEST, completions, corrected, divided, length};
use super::index::Index;
use super::mending::{join_parts, joined, mend_synonym};
use super::phrases::is_quote;
use super::ranking::{LONGER, ONE_EDIT, STOP, TWO_EDITS, WEAK};
use super::stem::stem;
use crate::text::fold::fold_word;
use crate::text::words;

/// Words that every sentence has. They count a little, so that a query of nothing else still finds something.
pub(super) const SMALL: &str = include_str!("small-words.txt");
/// Words that questions are made of.
pub(super) const ASKING: &str = include_str!("asking-words.txt");

/// Whether somebody is still typing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typed {
    /// The query was sent off.
    Finished,
    /// The last word may be the beginning of another.
    Unfinished,
}

/// A word of a query and the terms it may stand for, each with its weight.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Word {
    /// How much of it counts.
    pub(super) factor: f64,
    /// Number and weight.
    pub(super) terms: Vec<(u32, f64)>,
}

/// A word, or a phrase that has synonyms.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Unit {
    /// The words as typed.
    pub(super) own: Vec<Word>,
    /// Phrases that mean the same.
    pub(super) alternatives: Vec<Vec<Word>>,
    /// What is to be said of its own words where even these find nothing.
    pub(super) untold: Notes,
}

/// What is to be said of how a query was understood.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Notes {
    /// What was typed and what was taken for it.
    pub(super) corrected: Vec<(String, String)>,
    /// What no page has.
    pub(super) dropped: Vec<String>,
}

impl Notes {
    /// Something was taken for something else.
    pub(super) fn correct(&mut self, typed: &str, meant: String) {
        match self.corrected.iter_mut().find(|(other, _)| other == typed) {
            Some((_, kept)) => *kept = meant,
            None => self.corrected.push((typed.to_owned(), meant)),
        }
    }

    /// Says as well what others say.
    pub(super) fn add(&mut self, others: &Self) {
        for (typed, meant) in &others.corrected {
            self.correct(typed, meant.clone());
        }
        self.dropped.extend_from_slice(&others.dropped);
    }
}

/// A query understood.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Plan {
    /// In the order typed.
    pub(super) units: Vec<Unit>,
    /// What is to be said of it, whatever is found.
    pub(super) notes: Notes,
}

/// A word as typed.
pub(super) struct Token<'a> {
    pub(super) text: &'a str,
    pub(super) word: String,
    /// In quotation marks: taken as written.
    pub(super) quoted: bool,
    /// How much it counts that longer words begin so: nothing but for the last word.
    rest: f64,
}

/// The words of a query.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let read = words::words(text).map(|word| {
        let after = &text[word.start + word.text.len()..];
        let quoted = text[..word.start].matches(is_quote).count() % 2 == 1 && after.contains(is_quote);
        Token { text: word.text, word: fold_word(word.text).into_owned(), quoted, rest: 0.0 }
    });
    read.filter(|token| !token.word.is_empty()).collect()
}

/// Whether a folded word is one of those every sentence has.
pub(super) fn is_small(word: &str) -> bool {
    static SET: LazyLock<HashSet<&str>> = LazyLock::new(|| SMALL.split_ascii_whitespace().collect());
    SET.contains(word)
}

/// Whether a folded word is one of those that questions are made of.
pub(super) fn is_asking(word: &str) -> bool {
    static SET: LazyLock<HashSet<&str>> = LazyLock::new(|| ASKING.split_ascii_whitespace().collect());
    SET.contains(word)
}

fn factor(word: &str) -> f64 {
    if is_small(word) {
        STOP
    } else if is_asking(word) {
        WEAK
    } else {
        1.0
    }
}

/// Whether a word is written anywhere, in this or another form.
pub(super) fn is_known(index: &Index, word: &str) -> bool {
    index.numbers.contains_key(&*stem(word)) || index.is_other_word(word)
}

/// Whether a phrase is worth looking for: "in care" is no more than "care".
fn tells(phrase: &[String]) -> bool {
    phrase.len() == 1 || telling(phrase).count() > 1
}

/// The words of a phrase that tell something.
fn telling(phrase: &[String]) -> impl Iterator<Item = &String> {
    phrase.iter().filter(|word| !is_small(word))
}

/// Whether pages have all words of a phrase that is worth looking for.
pub(super) fn finds(index: &Index, phrase: &[String]) -> bool {
    tells(phrase) && phrase.iter().all(|word| is_known(index, word))
}

/// Understands a query.
pub(super) fn plan(index: &Index, text: &str, typed: Typed) -> Plan {
    let mut tokens = tokens(text);
    let mut plan = Plan::default();
    join_parts(index, &mut tokens);
    if let Some(last) = tokens.last_mut() {
        let open = typed == Typed::Unfinished && text.ends_with(char::is_alphanumeric);
        last.rest = if open { 1.0 } else { LONGER };
    }
    let mut stems: Vec<String> = tokens.iter().map(|token| stem(&token.word).into_owned()).collect();
    let mut at = 0;
    while at < tokens.len() {
        let (length, mut groups) = longest_phrase(index, &tokens, &stems, at);
        if length == 1 && mend_synonym(index, &mut tokens[at], &mut plan.notes) {
            stems[at] = stem(&tokens[at].word).into_owned();
            groups = longest_phrase(index, &tokens[..=at], &stems, at).1;
        }
        let own = stems[at..at + length].join(" ");
        let phrases = groups.iter().flat_map(|group| &index.synonyms.groups[*group]);
        let mut alternatives: Vec<Vec<String>> =
            phrases.filter(|phrase| super::synonyms::key(phrase) != own && finds(index, phrase)).cloned().collect();
        // "work book" for "workbook".
        if length == 1 && at + 1 < tokens.len() {
            alternatives.extend(joined(index, &tokens[at], &tokens[at + 1]).map(|word| vec![word]));
        }
        let mut quiet = Notes::default();
        let notes = if alternatives.is_empty() { &mut plan.notes } else { &mut quiet };
        let own = tokens[at..at + length].iter().flat_map(|token| resolve(index, token, notes)).collect();
        let exact = |word: &String| Word { factor: factor(word), terms: exact_terms(index, word) };
        let alternatives = alternatives.iter().map(|phrase| phrase.iter().map(exact).collect()).collect();
        plan.units.push(Unit { own, alternatives, untold: quiet });
        at += length;
    }
    plan
}

/// The longest phrase from here that has synonyms; one word where there is none.
fn longest_phrase<'a>(index: &'a Index, tokens: &[Token<'_>], stems: &[String], at: usize) -> (usize, &'a [usize]) {
    for length in (1..=index.synonyms.longest().min(tokens.len() - at)).rev() {
        if length == 1 && is_small(&tokens[at].word) {
            continue;
        }
        let groups = index.synonyms.groups_of(&stems[at..at + length].join(" "));
        if !groups.is_empty() {
            return (length, groups);
        }
    }
    (1, &[])
}

/// The terms of a word as it is written.
pub(super) fn exact_terms(index: &Index, word: &str) -> Vec<(u32, f64)> {
    let number = index.numbers.get(&*stem(word)).copied();
    let other = index.numbers.get(word).copied().filter(|other| index.is_other_word(word) && Some(*other) != number);
    number.into_iter().chain(other).map(|number| (number, 1.0)).collect()
}

fn resolve(index: &Index, token: &Token<'_>, notes: &mut Notes) -> Vec<Word> {
    let word = &token.word;
    let exact = |word: &str, weight: f64| Word { factor: factor(word) * weight, terms: exact_terms(index, word) };
    let mut own = exact(word, 1.0);
    let may_be_longer = token.rest > 0.0 && !own.terms.is_empty() && !token.quoted && !is_small(word);
    if token.rest == 1.0 || may_be_longer && length(word) >= SHORTEST {
        let known: Vec<u32> = own.terms.iter().map(|(term, _)| *term).collect();
        let longer = completions(index, word).into_iter().filter(|(term, _)| !known.contains(term));
        own.terms.extend(longer.map(|(term, weight)| (term, weight * token.rest)));
    }
    if !own.terms.is_empty() {
        return vec![own];
    }
    if !token.quoted && !is_small(word) && length(word) >= SHORTEST {
        let terms = completions(index, word);
        if !terms.is_empty() {
            return vec![Word { factor: factor(word), terms }];
        }
    }
    if token.quoted {
        notes.dropped.push(token.text.to_owned());
        return Vec::new();
    }
    // "someone" is not "some one" where no page has it, and nothing that has to be named.
    if is_small(word) || is_asking(word) {
        return Vec::new();
    }
    // One slip is likelier than a missing space, a missing space likelier than two slips.
    let near = corrected(index, word);
    let slip = near.is_some_and(|(_, edits)| edits == 1);
    if let Some(parts) = divided(index, word).filter(|_| !slip) {
        notes.correct(token.text, format!("{} {}", parts[0], parts[1]));
        return parts.iter().map(|part| exact(part, 1.0)).collect();
    }
    if let Some((meant, edits)) = near {
        notes.correct(token.text, meant.to_owned());
        return vec![exact(meant, if edits == 1 { ONE_EDIT } else { TWO_EDITS })];
    }
    notes.dropped.push(token.text.to_owned());
    Vec::new()
}
