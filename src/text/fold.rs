//! Folding: two spellings that somebody would take for one fold alike.
//!
//! In: a path, or a word. Out: what it is compared by. Only for comparing; what is printed keeps its own spelling.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Small letters that Unicode takes for signs of their own, and what is typed where a keyboard lacks them: `Straße` in
/// capitals is `STRASSE`, and families from Poland type `Lodz`.
pub const LETTERS: [(char, &str); 11] = [
    ('ß', "ss"),
    ('ς', "σ"),
    ('ł', "l"),
    ('ø', "o"),
    ('đ', "d"),
    ('ð', "d"),
    ('ħ', "h"),
    ('ı', "i"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('þ', "th"),
];

/// `Ärzte/` and `a\u{308}rzte/` fold to the same text.
pub fn fold_path(path: &str) -> String {
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    path.nfc().flat_map(char::to_lowercase).nfc().collect()
}

/// A word as search compares it: compatible forms joined (NFKD), lower case, without marks, apostrophes and a
/// possessive `'s`, with plain [`LETTERS`]. `Children’s` folds to `children`, `Łódź` to `lodz`. `static/theme/search.js` does the same.
pub fn fold_word(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) {
        return Cow::Borrowed(word);
    }
    let mut folded = String::new();
    fold_word_into(word, &mut folded);
    Cow::Owned(folded)
}

/// Adds a folded word to a text.
pub fn fold_word_into(word: &str, out: &mut String) {
    if word.bytes().all(|b| b.is_ascii_alphanumeric()) {
        let start = out.len();
        out.push_str(word);
        return out[start..].make_ascii_lowercase();
    }
    let straight = word.chars().map(|c| if is_apostrophe(c) { '\'' } else { c });
    let lower = straight.nfkd().collect::<String>().to_lowercase();
    let mut folded: String =
        lower.chars().filter(|c| (c.is_alphanumeric() || *c == '\'') && !is_combining_mark(*c)).collect();
    if folded.ends_with("'s") {
        folded.truncate(folded.len() - 2);
    }
    for c in folded.chars().filter(|c| *c != '\'') {
        match LETTERS.iter().find(|(letter, _)| *letter == c) {
            Some((_, plain)) => out.push_str(plain),
            None => out.push(c),
        }
    }
}

/// The signs people type for an apostrophe: straight, curly either way, modifier letter, full width.
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{02BC}' | '\u{FF07}')
}

/// Whether a sign belongs to the word around it without being a letter: accents of their own, soft hyphens, joiners.
pub fn is_inside_words(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200D}') || !c.is_ascii() && is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::{fold_path, fold_word};

    #[test]
    fn folds_words_for_search() {
        assert_eq!(fold_word("Children’s"), "children");
        assert_eq!(fold_word("O'Brien"), "obrien");
        assert_eq!(fold_word("don’t"), "dont");
        assert_eq!(fold_word("CAFE\u{301}"), "cafe");
        assert_eq!(fold_word("ﬁnd"), "find");
        assert_eq!(fold_word("ΣΟΦΟΣ"), fold_word("σοφος"));
        assert_eq!((fold_word("STRASSE"), fold_word("Łódź")), (fold_word("straße"), "lodz".into()));
        assert_eq!((fold_word("ŒUVRE"), fold_word("Þór")), ("oeuvre".into(), "thor".into()));
        assert_ne!(fold_word("its"), fold_word("it"));
    }

    #[test]
    fn joins_case_and_composition() {
        assert_eq!(fold_path("Ärzte/"), fold_path("a\u{308}rzte/"));
        assert_ne!(fold_path("a"), fold_path("ä"));
    }
}
