//! The stretch of a text that shows why it was found.
//!
//! In: text and the stems asked for. Out: about thirty words of it, those asked for marked.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::stem::stem;
use crate::text::fold::fold_word;
use crate::text::words::{Word, words};

const WINDOW: usize = 30;
/// Words before the first that was asked for.
const LEAD: usize = 5;

/// A piece of an excerpt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its text.
    pub text: String,
    /// Whether it was asked for.
    pub mark: bool,
}

/// The stretch with a phrase and the most different words of the query. Phrases are stems.
pub(super) fn excerpt(text: &str, wanted: &BTreeSet<&str>, phrases: &[&[String]]) -> Vec<Piece> {
    let found: Vec<Word<'_>> = words(text).collect();
    let folded: Vec<_> = found.iter().map(|word| fold_word(word.text)).collect();
    let stems: Vec<_> = folded.iter().map(|word| stem(word)).collect();
    let hit =
        |(stem, word): (&Cow<'_, str>, &Cow<'_, str>)| wanted.get(&**stem).or_else(|| wanted.get(&**word)).copied();
    let hits: Vec<Option<&str>> = stems.iter().zip(&folded).map(hit).collect();
    // No phrase runs from one block into the next.
    let in_one_block = |at: usize, length: usize| !text[found[at].start..found[at + length - 1].start].contains('\n');
    let begin = |at: usize| phrases.iter().any(|phrase| begins(&stems[at..], phrase) && in_one_block(at, phrase.len()));
    let start = best_start(&hits, begin);
    let end = found.len().min(start + WINDOW);
    let mut pieces = Pieces::default();
    let mut at = if start > 0 { found[start].start } else { 0 };
    if start > 0 {
        pieces.put("… ", false);
    }
    for (word, hit) in found[start..end].iter().zip(&hits[start..end]) {
        pieces.put(&text[at..word.start], false);
        pieces.put(word.text, hit.is_some());
        at = word.start + word.text.len();
    }
    match found.get(end) {
        Some(next) => pieces.put(&format!("{} …", text[at..next.start].trim_end()), false),
        None => pieces.put(&text[at..], false),
    }
    pieces.0
}

fn begins(stems: &[Cow<'_, str>], phrase: &[String]) -> bool {
    stems.len() >= phrase.len() && stems.iter().zip(phrase).all(|(stem, part)| stem == part)
}

/// `begins` says whether a phrase begins at a word.
fn best_start(hits: &[Option<&str>], begins: impl Fn(usize) -> bool) -> usize {
    let (mut start, mut best) = (0, 0);
    for (at, hit) in hits.iter().enumerate() {
        let begins = begins(at);
        if hit.is_none() && !begins {
            continue;
        }
        let from = at.saturating_sub(LEAD).min(hits.len().saturating_sub(WINDOW));
        let inside: Vec<&str> = hits[from..hits.len().min(from + WINDOW)].iter().copied().flatten().collect();
        let value = usize::from(begins) * 10_000 + inside.iter().collect::<BTreeSet<_>>().len() * 100 + inside.len();
        if value > best {
            (start, best) = (from, value);
        }
    }
    start
}

#[derive(Default)]
struct Pieces(Vec<Piece>);

impl Pieces {
    fn put(&mut self, text: &str, mark: bool) {
        match self.0.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.mark == mark => last.text.push_str(&in_a_line(text)),
            _ => self.0.push(Piece { text: in_a_line(text), mark }),
        }
    }
}

/// Blocks end with a sign as well: a line is enough.
fn in_a_line(text: &str) -> String {
    text.replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, wanted: &[&str]) -> String {
        shown_with(text, wanted, &[])
    }

    fn shown_with(text: &str, wanted: &[&str], phrases: &[&[String]]) -> String {
        let pieces = excerpt(text, &wanted.iter().copied().collect(), phrases);
        pieces.iter().map(|piece| if piece.mark { format!("[{}]", piece.text) } else { piece.text.clone() }).collect()
    }

    #[test]
    fn marks_all_forms_of_a_word() {
        assert_eq!(shown("Children’s plans: a child.", &["child"]), "[Children’s] plans: a [child].");
        assert_eq!(shown("", &["child"]), "");
        assert_eq!(shown("Nothing here.", &["child"]), "Nothing here.");
        assert_eq!(shown("A plan;\na child.\nThe end", &["child"]), "A plan; a [child]. The end");
    }

    #[test]
    fn shows_the_densest_stretch() {
        let filler = "word ".repeat(100);
        let text = format!("child {filler} the plan for a child, today. {filler}");
        let shown = shown(&text, &["child", "plan"]);
        assert!(
            shown.starts_with("… ") && shown.ends_with(" …") && shown.contains("[plan] for a [child], today."),
            "{shown}"
        );
    }

    #[test]
    fn shows_where_a_phrase_stands() {
        let filler = "word ".repeat(100);
        let text = format!("A plan of the group, for the core of it: plans. {filler} In the core groups. {filler}");
        let phrase = ["the", "core", "group"].map(str::to_owned);
        let wanted = ["core", "group", "plan"];
        assert!(shown(&text, &wanted).starts_with("A [plan]"));
        let shown = shown_with(&text, &wanted, &[&phrase]);
        assert!(shown.contains("In the [core] [groups]."), "{shown}");
        let blocks = format!("the core;\ngroup {filler} In the core groups. {filler}");
        let shown = shown_with(&blocks, &wanted, &[&phrase]);
        assert!(shown.contains("In the [core] [groups]."), "{shown}");
    }
}
