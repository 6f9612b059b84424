//! Worse shapes of a query, as people type them.
//!
//! In: a query. Out: the same asked as a question, with a word no page has, misspelt, cut short, turned round, shouted,
//! in curly quotation marks. The misspelling of a query is the same on every day.

/// Turns a query into a worse one.
type Shape = fn(&str) -> String;

/// Name and shape; the first leaves the query as typed.
pub(crate) const SHAPES: [(&str, Shape); 9] = [
    ("as typed", str::to_owned),
    ("what is a", |query| format!("what is a {query}")),
    ("how do I use", |query| format!("how do I use {query}")),
    ("unknown word", |query| format!("{query} ptarmigan")),
    ("one typo", typo),
    ("cut to four", cut),
    ("reversed", |query| query.split_whitespace().rev().collect::<Vec<_>>().join(" ")),
    ("upper case", str::to_uppercase),
    ("curly quotes", |query| format!("“{query}”")),
];

fn letters(word: &str) -> usize {
    word.chars().filter(|c| c.is_alphabetic()).count()
}

/// One letter missing, added, changed or exchanged with the next, in the longest word, never the first letter.
fn typo(query: &str) -> String {
    let words: Vec<&str> = query.split_whitespace().collect();
    let Some(longest) = (0..words.len()).rev().max_by_key(|at| letters(words[*at])) else { return String::new() };
    let mut spelt: Vec<char> = words[longest].chars().collect();
    if spelt.len() >= 4 {
        let seed = query.bytes().fold(7_u32, |seed, byte| seed.wrapping_mul(31).wrapping_add(u32::from(byte)));
        let mut state = seed;
        let mut next = |below: usize| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) as usize % below
        };
        let at = 1 + next(spelt.len() - 2);
        let letter = char::from(b'a' + u8::try_from(next(26)).unwrap_or(0));
        match next(4) {
            0 => drop(spelt.remove(at)),
            1 => spelt.insert(at, letter),
            2 => spelt[at] = letter,
            _ => spelt.swap(at, at + 1),
        }
    }
    let misspelt: String = spelt.into_iter().collect();
    words
        .iter()
        .enumerate()
        .map(|(at, word)| if at == longest { misspelt.as_str() } else { word })
        .collect::<Vec<_>>()
        .join(" ")
}

fn cut(query: &str) -> String {
    let mut words: Vec<String> = query.split_whitespace().map(str::to_owned).collect();
    if let Some(last) = words.last_mut() {
        *last = last.chars().take(4).collect();
    }
    words.join(" ")
}
