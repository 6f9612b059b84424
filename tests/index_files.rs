//! A published index, read from its files alone, as somebody would who looks for what should not be there.
//!
//! In: the files of a site. Out: every word of the index and every text that it shows. Written from the description in
//! `docs/search-index.md`, not with the program's own reader.

use std::io::Read;

use crate::built::Built;

/// The words of the index, then each text, a line each.
pub(crate) fn index_texts(site: &Built) -> String {
    let cores = site.files.iter().filter(|(path, _)| {
        let name = path.rsplit('/').next().unwrap();
        name.starts_with("search.") && name.ends_with(".bin")
    });
    let mut lines = Vec::new();
    for (path, packed) in cores {
        let mut core = Vec::new();
        flate2::read::GzDecoder::new(&**packed).read_to_end(&mut core).expect("gzip");
        let core = Core::read(&core);
        let root = path.split_once("assets/").expect("stands among the assets").0;
        let texts = site.files.iter().filter(|(path, _)| path.starts_with(&format!("{root}{}text-", core.folder)));
        lines.extend(core.words.clone());
        for (_, bytes) in texts {
            lines.extend(core.texts(bytes));
        }
    }
    lines.join("\n")
}

struct Core {
    words: Vec<String>,
    /// Frequent words first.
    ranked: Vec<String>,
    gaps: Vec<String>,
    folder: String,
}

impl Core {
    fn read(bytes: &[u8]) -> Self {
        assert_eq!(&bytes[..4], b"GPS1");
        let length = u32::from_le_bytes(bytes[4..8].try_into().unwrap()) as usize;
        let head: serde_json::Value = serde_json::from_slice(&bytes[8..8 + length]).unwrap();
        let sizes: Vec<usize> =
            head["lengths"].as_array().unwrap().iter().map(|size| size.as_u64().unwrap() as usize).collect();
        let blocks = &bytes[8 + length..];
        let words = words(&blocks[..sizes[0]], head["unstemmed"].as_u64().unwrap() as usize);
        let frequencies = &blocks[sizes[0]..sizes[0] + sizes[1]];
        assert_eq!(frequencies.len(), words.len());
        let mut ranked: Vec<(u8, String)> = frequencies.iter().copied().zip(words.clone()).collect();
        ranked.sort_by_key(|(frequency, _)| std::cmp::Reverse(*frequency));
        Self {
            words,
            ranked: ranked.into_iter().map(|(_, word)| word).collect(),
            gaps: head["gaps"].as_array().unwrap().iter().map(|gap| gap.as_str().unwrap().to_owned()).collect(),
            folder: head["folder"].as_str().unwrap().to_owned(),
        }
    }

    fn texts(&self, mut bytes: &[u8]) -> Vec<String> {
        let (mut texts, mut text, mut gap) = (Vec::new(), String::new(), "");
        let (mut form, mut spelt) = (0, None);
        while !bytes.is_empty() {
            match number(&mut bytes) {
                0 => {
                    texts.push(std::mem::take(&mut text));
                    gap = "";
                }
                1 => {
                    text += letters(&mut bytes);
                    gap = "";
                }
                2 => spelt = Some(letters(&mut bytes)),
                sign @ (3 | 4) => form = sign,
                sign if sign < 5 + self.gaps.len() => {
                    text += &self.gaps[sign - 5];
                    gap = "";
                }
                sign => {
                    let word = &self.ranked[sign - 5 - self.gaps.len()];
                    text += gap;
                    text += &match (spelt.take(), std::mem::take(&mut form)) {
                        (Some(spelt), _) => spelt.to_owned(),
                        (None, 3) => word[..1].to_uppercase() + &word[1..],
                        (None, 4) => word.to_uppercase(),
                        _ => word.clone(),
                    };
                    gap = " ";
                }
            }
        }
        texts
    }
}

/// Each: how many bytes it shares with the one before, then the rest.
fn words(bytes: &[u8], unstemmed: usize) -> Vec<String> {
    let mut words: Vec<Vec<u8>> = Vec::new();
    for byte in bytes {
        match (*byte, words.len()) {
            (shared @ 0..32, count) if count == unstemmed || count == 0 => {
                assert_eq!(shared, 0);
                words.push(Vec::new());
            }
            (shared @ 0..32, count) => words.push(words[count - 1][..usize::from(shared)].to_vec()),
            (byte, _) => words.last_mut().unwrap().push(byte),
        }
    }
    words.into_iter().map(|word| String::from_utf8(word).unwrap()).collect()
}

fn number(bytes: &mut &[u8]) -> usize {
    let (mut value, mut shift) = (0, 0);
    loop {
        let byte = bytes[0];
        *bytes = &bytes[1..];
        value += usize::from(byte & 0x7F) << shift;
        shift += 7;
        if byte < 0x80 {
            return value;
        }
    }
}

fn letters<'a>(bytes: &mut &'a [u8]) -> &'a str {
    let length = number(bytes);
    let (text, rest) = bytes.split_at(length);
    *bytes = rest;
    str::from_utf8(text).unwrap()
}
