//! The word that was meant by one that nobody wrote.
//!
//! In: a folded word that the index lacks. Out: words that begin so, two words written as one, or the nearest word.

use std::cmp::Reverse;

use super::index::Index;
use super::query::is_small;
use super::ranking::PREFIX;

/// Fewer letters begin too many words, and are part of too many to be one of two or what was meant.
pub(super) const SHORTEST: usize = 3;

/// Terms of words that begin so, the likelier the shorter their rest.
pub(super) fn completions(index: &Index, start: &str) -> Vec<(u32, f64)> {
    let length = |word: &str| u32::try_from(length(word)).unwrap_or(u32::MAX);
    let mut found: Vec<(u32, f64)> = index
        .words
        .iter()
        .filter(|word| word.text.starts_with(start))
        .map(|word| (word.term, PREFIX * f64::from(length(start) + 1) / f64::from(length(&word.text) + 1)))
        .collect();
    found.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    found.dedup_by_key(|(term, _)| *term);
    found
}

/// Two words written as one, or a word and a number; of several ways the one whose rarer word is most frequent. A short
/// beginning counts if it tells something: "email" is "e-mail", but "aplan" is not "a plan".
pub(super) fn divided<'a>(index: &Index, word: &'a str) -> Option<[&'a str; 2]> {
    if !word.contains(char::is_alphabetic) {
        return None;
    }
    let mut best: Option<([&str; 2], u8)> = None;
    for (at, _) in word.char_indices().skip(1) {
        let parts = [&word[..at], &word[at..]];
        let long = |part: &str| length(part) >= SHORTEST;
        if !parts[1].starts_with(char::is_numeric) && !(long(parts[1]) && (long(parts[0]) || !is_small(parts[0]))) {
            continue;
        }
        let [Some(first), Some(second)] = parts.map(|part| index.place(part)) else { continue };
        let rarest = index.words[first].frequency.min(index.words[second].frequency);
        if best.is_none_or(|(_, other)| rarest > other) {
            best = Some((parts, rarest));
        }
    }
    best.map(|(parts, _)| parts)
}

/// How many letters a word has. Those that few alphabets need are two, as in browsers.
pub(super) fn length(word: &str) -> usize {
    word.encode_utf16().count()
}

/// Whether two words have the same first letter.
pub(super) fn begin_alike(a: &str, b: &str) -> bool {
    a.encode_utf16().next() == b.encode_utf16().next()
}

/// How many edits a word of this many letters may be away.
pub(super) fn edits_for(word: &str) -> usize {
    match length(word) {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}

/// The nearest word with the same first letter and its distance. Of equally near ones those that tell something come
/// before small words, then the likeliest, then the first. Digits are never corrected: another number is another thing.
pub(super) fn corrected<'a>(index: &'a Index, word: &str) -> Option<(&'a str, usize)> {
    nearest(index, word, index.words.iter().map(|word| word.text.as_str()))
}

/// The word of synonyms that somebody meant who made one slip; it need not be on any page.
pub(super) fn corrected_by_synonyms<'a>(index: &'a Index, word: &str) -> Option<&'a str> {
    let near = nearest(index, word, index.synonyms.lone.iter().map(String::as_str));
    near.filter(|(_, edits)| *edits == 1).map(|(meant, _)| meant)
}

fn nearest<'a>(index: &Index, word: &str, among: impl Iterator<Item = &'a str>) -> Option<(&'a str, usize)> {
    let most = edits_for(word);
    if most == 0 {
        return None;
    }
    let frequency = |other: &str| index.place(other).map_or(0, |place| index.words[place].frequency);
    let near = among.filter(|other| begin_alike(other, word) && length(other) >= SHORTEST);
    let ranked = near.filter_map(|other| {
        let edits = distance(word, other, most);
        let may_be = edits <= most && digits(word).eq(digits(other));
        may_be.then(|| ((edits, is_small(other), Reverse(frequency(other))), other))
    });
    ranked.min_by_key(|(rank, _)| *rank).map(|((edits, ..), other)| (other, edits))
}

fn digits(word: &str) -> impl Iterator<Item = char> {
    word.chars().filter(|c| c.is_numeric())
}

/// Optimal string alignment: letters missing, added, changed, or two exchanged. More than `most` gives `most + 1`.
pub(super) fn distance(a: &str, b: &str, most: usize) -> usize {
    let (a, b): (Vec<u16>, Vec<u16>) = (a.encode_utf16().collect(), b.encode_utf16().collect());
    if a.len().abs_diff(b.len()) > most {
        return most + 1;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let mut cost = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + usize::from(a[i - 1] != b[j - 1]));
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                cost = cost.min(before[j - 2] + 1);
            }
            row.push(cost);
        }
        if row.iter().all(|cost| *cost > most) {
            return most + 1;
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn counts_edits() {
        assert_eq!(distance("neglict", "neglect", 1), 1);
        assert_eq!(distance("supervison", "supervision", 2), 1);
        assert_eq!(distance("abues", "abuse", 1), 1);
        assert_eq!(distance("abc", "cba", 2), 2);
        assert_eq!(distance("abuse", "about", 1), 2);
        assert_eq!(distance("a", "abcdef", 2), 3);
        assert_eq!(distance("", "", 0), 0);
    }
}
