//! Words of a query that are mended before they are looked up.
//!
//! In: words as typed. Out: the same; two that pages write as one are one, and a word that only synonyms have is spelt as
//! there. What stays true: words in quotation marks stay as they are.

use super::correction::{completions, corrected, corrected_by_synonyms, edits_for};
use super::index::Index;
use super::query::{Notes, Token, finds, is_known, is_small};
use super::stem::stem;

/// Two words written as one, where pages do so.
pub(super) fn joined(index: &Index, first: &Token<'_>, second: &Token<'_>) -> Option<String> {
    let fixed = |token: &Token<'_>| token.quoted || is_small(&token.word);
    let word = format!("{}{}", first.word, second.word);
    (!fixed(first) && !fixed(second) && index.place(&word).is_some()).then_some(word)
}

/// "e-mail" is "email", and "s 47" is "s47", where pages have that and not both of its parts.
pub(super) fn join_parts(index: &Index, tokens: &mut Vec<Token<'_>>) {
    let mut at = 1;
    while at < tokens.len() {
        let [first, second] = [&tokens[at - 1], &tokens[at]];
        let apart = is_known(index, &first.word) && is_known(index, &second.word);
        match joined(index, first, second).filter(|_| !apart) {
            Some(word) => {
                tokens[at].word = word;
                tokens.remove(at - 1);
            }
            None => at += 1,
        }
    }
}

/// A slip in a long word that only synonyms have, if it is none in a word of pages. Too many short words are one slip away
/// from each other: "strange" is not "strangle". Says whether it was one.
pub(super) fn mend_synonym(index: &Index, token: &mut Token<'_>, notes: &mut Notes) -> bool {
    let word = &token.word;
    let has_synonyms = || !index.synonyms.groups_of(&stem(word)).is_empty();
    if token.quoted || edits_for(word) < 2 || is_known(index, word) || has_synonyms() {
        return false;
    }
    let Some(meant) = corrected_by_synonyms(index, word) else { return false };
    let is_slip = corrected(index, word).is_some_and(|(_, edits)| edits == 1);
    if is_slip || !completions(index, word).is_empty() {
        return false;
    }
    notes.correct(token.text, meant.to_owned());
    token.word = meant.to_owned();
    true
}

/// What [`Synonyms::lone`](super::synonyms::Synonyms) of an index are.
pub(super) fn lone_words(index: &Index) -> Vec<String> {
    let groups = &index.synonyms.groups;
    let finds_something = |word: &&String| {
        let of_word = index.synonyms.groups_of(&stem(word));
        of_word.iter().flat_map(|group| &groups[*group]).any(|phrase| finds(index, phrase))
    };
    let single = groups.iter().flatten().filter(|phrase| phrase.len() == 1).flatten();
    let mut lone: Vec<String> = single.filter(finds_something).cloned().collect();
    lone.sort_by(|a, b| a.encode_utf16().cmp(b.encode_utf16()));
    lone
}
