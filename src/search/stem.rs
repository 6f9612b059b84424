//! Stems of English words.
//!
//! In: a folded word. Out: the term it is indexed under. Words with anything but a–z in them are their own stems. The
//! browser's script holds the same rules; `tests/search` compares both over a large list.

use std::borrow::Cow;
use std::collections::BTreeMap;

use frostem::{Algorithm, Stemmer};

/// Plurals that no rule of endings joins to their singulars.
/// Of those that people write a possessive of without its sign, that, too.
const IRREGULAR: [(&str, &str); 20] = [
    ("children", "child"),
    ("childrens", "child"),
    ("men", "man"),
    ("mens", "man"),
    ("women", "woman"),
    ("womens", "woman"),
    ("people", "person"),
    ("peoples", "person"),
    ("feet", "foot"),
    ("teeth", "tooth"),
    ("mice", "mouse"),
    ("wives", "wife"),
    ("lives", "life"),
    ("knives", "knife"),
    ("thieves", "thief"),
    ("halves", "half"),
    ("selves", "self"),
    ("crises", "crisis"),
    ("grandchildren", "grandchild"),
    ("stepchildren", "stepchild"),
];

/// What the browser's stemmer needs beside its rules: words and endings, each with what takes its place (`-` for nothing)
/// and, after a stroke, the letters it has to stand behind.
/// From Snowball's English, <https://snowballstem.org/algorithms/english/stemmer.html>.
const TABLES: [(&str, &str); 4] = [
    (
        "special",
        "skis ski skies sky idly idl gently gentl ugly ugli early earli only onli singly singl andes andes atlas atlas \
         bias bias cosmos cosmos howe howe news news sky sky",
    ),
    (
        "step2",
        "tional tion enci ence anci ance abli able entli ent izer ize ization ize ational ate ation ate ator ate alism \
         al aliti al alli al fulness ful fulli ful ousli ous ousness ous iveness ive iviti ive biliti ble bli ble \
         ogist og ogi og/l lessli less li -/cdeghkmnrt",
    ),
    ("step3", "tional tion ational ate alize al icate ic iciti ic ical ic ful - ness - ative -"),
    (
        "step4",
        "al - ance - ence - er - ic - able - ible - ant - ement - ment - ent - ism - ate - iti - ous - ive - ize - ion -/st",
    ),
];

/// All tables of the browser's stemmer by name.
pub(super) fn tables() -> BTreeMap<&'static str, Vec<[String; 2]>> {
    let pairs = |table: &'static str| {
        let words: Vec<String> =
            table.split_ascii_whitespace().map(|word| word.replace('-', "").replace('/', " ")).collect();
        words.chunks_exact(2).map(|pair| [pair[0].clone(), pair[1].clone()]).collect()
    };
    let irregular = IRREGULAR.iter().map(|(plural, singular)| [(*plural).to_owned(), (*singular).to_owned()]).collect();
    TABLES.iter().map(|(name, table)| (*name, pairs(table))).chain([("irregular", irregular)]).collect()
}

/// The stem of a folded English word.
pub fn stem(word: &str) -> Cow<'_, str> {
    if word.len() < 3 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return Cow::Borrowed(word);
    }
    let singular = IRREGULAR.iter().find(|(plural, _)| *plural == word).map_or(word, |(_, singular)| singular);
    Stemmer::new(Algorithm::English).stem(singular)
}

/// Whether a language is stemmed.
pub(super) fn is_english(language: &str) -> bool {
    language == "en" || language.starts_with("en-")
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn joins_forms_of_one_word() {
        for (a, b) in [
            ("children", "child"),
            ("childrens", "child"),
            ("supervision", "supervisions"),
            ("women", "woman"),
            ("visiting", "visits"),
            ("people", "person"),
        ] {
            assert_eq!(stem(a), stem(b));
        }
        assert_ne!(stem("university"), stem("universe"));
        assert_eq!(stem("s47"), "s47");
        assert_eq!(stem("łodz"), "łodz");
    }

    /// The browser's stemmer is held against the same file by `tests/search/golden.mjs`: for each root the hash of the
    /// stems of all its forms, then hashes of stems of words that no language has.
    #[test]
    fn stems_are_those_of_the_browsers_list() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/search/stems.txt");
        let kept = std::fs::read_to_string(path).unwrap();
        let found: String = kept
            .lines()
            .map(|line| line.split(' ').next().unwrap())
            .map(|root| format!("{root} {:08x}\n", hash(forms(root))))
            .collect();
        if std::env::var_os("UPDATE_STEMS").is_some() {
            std::fs::write(path, &found).unwrap();
        }
        assert!(kept.lines().count() > 1000);
        for (kept, found) in kept.lines().zip(found.lines()) {
            assert_eq!(kept, found, "UPDATE_STEMS=1 writes the file anew");
        }
    }

    const ENDINGS: &str = "s es ed er ers ing ings ingly edly eed eedly ly li y ies ied ier iest ion ions ation ational ization izer ator \
        alism aliti alli ful fulness fulli ous ousli ousness ive iveness iviti biliti bli ogi ogist less lessli icate ative alize iciti ical \
        ness al ance ence able ible ant ement ment ent ism ate iti ize e l le st yed ying";

    /// A root with every ending; `#n` stands for a hundred made-up words.
    fn forms(root: &str) -> Vec<String> {
        let Some(seed) = root.strip_prefix('#') else {
            return std::iter::once(root.to_owned())
                .chain(ENDINGS.split_ascii_whitespace().map(|ending| format!("{root}{ending}")))
                .collect();
        };
        let mut state: u32 = seed.parse().unwrap();
        let mut next = |below: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) % below
        };
        (0..100)
            .map(|_| {
                (0..3 + next(9)).map(|_| char::from(b"aeiouybcdefghiklmnoprstuwyzsted"[next(31) as usize])).collect()
            })
            .collect()
    }

    /// FNV-1a over the stems, a line each.
    fn hash(words: Vec<String>) -> u32 {
        let lines: String = words.iter().map(|word| format!("{}\n", stem(word))).collect();
        lines.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
    }
}
