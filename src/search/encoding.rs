//! The index as bytes for browsers.
//!
//! In: an [`Index`]. Out: one core file; beside it, once it is large, shards of postings by term; and the texts of pages
//! in bundles, fetched for excerpts only. Bytes are not yet compressed. What stays true: equal indexes give equal bytes.
//!
//! The core is `GPS1`, the length of a JSON object (u32, little endian), the object, then blocks whose lengths the
//! object lists. Numbers in blocks are bytes or LEB128.

use serde_json::{Value, json};

use super::index::{Index, Term};
use super::routes::{Call, RouteWords};
use crate::config::vocabulary::Audience;
use crate::site::Site;

/// Postings larger than this leave the core (raw bytes; they compress to about two thirds).
const INLINE: usize = 60_000;
/// The least a shard of postings holds, raw.
const SHARD: usize = 16_000;
/// The least a bundle of texts holds, raw. Measured on 130 and 1,000 pages: ten results cost the least bytes where each
/// bundle holds one page, and about half as many files where short pages share one.
const BUNDLE: usize = 4_000;

/// The bytes of an index.
#[derive(Debug, Default)]
pub struct Encoded {
    /// Everything that answers a query on a small site.
    pub core: Vec<u8>,
    /// Postings, each of a range of terms.
    pub shards: Vec<Vec<u8>>,
    /// Texts, each of a range of pages.
    pub texts: Vec<Vec<u8>>,
}

/// Encodes an index. `folder` is called with the shards and texts and names where they will stand.
pub fn encode(site: &Site, index: &Index, folder: impl FnOnce(&[Vec<u8>], &[Vec<u8>]) -> String) -> Encoded {
    let (firsts, mut shards) = shards(&index.terms);
    let inline = match shards.as_slice() {
        [] | [_] => shards.pop().unwrap_or_default(),
        _ => Vec::new(),
    };
    let (bundles, texts) = texts(index);
    let blocks = [
        words(index),
        index.words.iter().map(|word| word.frequency).collect(),
        pages(index),
        sections(index),
        inline,
        bundles,
    ];
    let head = json!({
        "lengths": blocks.iter().map(Vec::len).collect::<Vec<_>>(),
        "folder": folder(&shards, &texts),
        "shards": if shards.is_empty() { Vec::new() } else { firsts },
        "unstemmed": index.unstemmed,
        "kinds": index.kinds,
        "audiences": Audience::WORDS.iter().map(|(word, _)| (*word, site.input.words.label("audience", word))).collect::<Vec<_>>(),
        "urls": joined(index.pages.iter().map(|page| page.url.as_str())),
        "titles": joined(index.pages.iter().map(|page| page.title.as_str())),
        "mutual": index.synonyms.mutual,
        "synonyms": index.synonyms.groups.iter().map(|group| group.iter().map(|phrase| phrase.join(" ")).collect::<Vec<_>>()).collect::<Vec<_>>(),
        "routes": index.routes.iter().map(route).collect::<Vec<_>>(),
    });
    let head = head.to_string();
    let mut core = b"GPS1".to_vec();
    core.extend(u32::try_from(head.len()).unwrap_or(u32::MAX).to_le_bytes());
    core.extend(head.into_bytes());
    core.extend(blocks.concat());
    Encoded { core, shards, texts }
}

fn joined<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    lines.collect::<Vec<_>>().join("\n")
}

/// `=` where the browser can make the anchor of the heading itself.
fn anchor<'a>(heading: &str, anchor: &'a str) -> &'a str {
    let mut plain = String::new();
    for c in heading.chars().filter(|c| !matches!(c, '\'' | '’')) {
        if c.is_ascii_alphanumeric() {
            plain.push(c.to_ascii_lowercase());
        } else if !plain.is_empty() && !plain.ends_with('-') {
            plain.push('-');
        }
    }
    if !anchor.is_empty() && plain.trim_end_matches('-') == anchor { "=" } else { anchor }
}

fn call(call: &Call) -> Value {
    json!({ "name": call.name, "text": call.text, "href": call.href })
}

fn route(route: &RouteWords) -> Value {
    let phrases = |phrases: &[Vec<String>]| phrases.iter().map(|phrase| phrase.join(" ")).collect::<Vec<_>>();
    json!({
        "id": route.id, "title": route.title, "url": route.url,
        "emergency": route.emergency.as_ref().map(call), "phone": route.phone.as_ref().map(call),
        "immediate": phrases(&route.immediate), "concern": phrases(&route.concern),
    })
}

/// Each word: how many bytes it shares with the one before (at most 31), then the rest. Words hold no byte below 32.
fn words(index: &Index) -> Vec<u8> {
    let mut out = Vec::new();
    let mut last = "";
    for (at, word) in index.words.iter().enumerate() {
        if at == index.unstemmed {
            last = "";
        }
        let mut shared = last.bytes().zip(word.text.bytes()).take(31).take_while(|(a, b)| a == b).count();
        while !word.text.is_char_boundary(shared) {
            shared -= 1;
        }
        out.push(u8::try_from(shared).unwrap_or(0));
        out.extend(&word.text.as_bytes()[shared..]);
        last = &word.text;
    }
    out
}

/// Columns: three lengths, kind, audience, prior, withdrawn, parent (+1, 0 for none), number of sections.
fn pages(index: &Index) -> Vec<u8> {
    let mut out = Vec::new();
    for field in 0..3 {
        out.extend(index.pages.iter().map(|page| page.lengths[field]));
    }
    out.extend(index.pages.iter().map(|page| page.kind));
    out.extend(index.pages.iter().map(|page| page.audience));
    out.extend(index.pages.iter().map(|page| page.prior));
    out.extend(index.pages.iter().map(|page| u8::from(page.withdrawn)));
    for page in &index.pages {
        varint(page.parent.map_or(0, |parent| parent + 1), &mut out);
    }
    let ends = index
        .pages
        .iter()
        .skip(1)
        .map(|page| page.first_section)
        .chain([u32::try_from(index.sections.len()).unwrap_or(u32::MAX)]);
    for (page, end) in index.pages.iter().zip(ends) {
        varint(end - page.first_section, &mut out);
    }
    out
}

fn sections(index: &Index) -> Vec<u8> {
    index
        .sections
        .iter()
        .map(|section| section.heading_length)
        .chain(index.sections.iter().map(|section| section.length))
        .collect()
}

/// The first term of each shard, and the shards.
fn shards(terms: &[Term]) -> (Vec<usize>, Vec<Vec<u8>>) {
    let size = |term: &Term| 2 + 3 * (term.pages.len() + term.sections.len());
    let all: usize = terms.iter().map(size).sum();
    let most = if all <= INLINE { usize::MAX } else { SHARD };
    let (mut firsts, mut shards) = (Vec::new(), Vec::new());
    let (mut first, mut held) = (0, 0);
    for (at, term) in terms.iter().enumerate() {
        held += size(term);
        if held >= most || at + 1 == terms.len() {
            firsts.push(first);
            shards.push(shard(&terms[first..=at]));
            (first, held) = (at + 1, 0);
        }
    }
    (firsts, shards)
}

/// Three columns, each after its length: how many pages and sections; steps from one to the next; counts.
fn shard(terms: &[Term]) -> Vec<u8> {
    let (mut sizes, mut steps, mut counts) = (Vec::new(), Vec::new(), Vec::new());
    for term in terms {
        varint(u32::try_from(term.pages.len()).unwrap_or(u32::MAX), &mut sizes);
        varint(u32::try_from(term.sections.len()).unwrap_or(u32::MAX), &mut sizes);
        let mut last = 0;
        for (page, [title, summary, keywords]) in &term.pages {
            varint(page - last, &mut steps);
            last = *page;
            counts.push(title | summary << 2 | keywords << 4);
        }
        last = 0;
        for (section, [heading, text]) in &term.sections {
            varint(section - last, &mut steps);
            last = *section;
            counts.push(heading | text << 2);
        }
    }
    let mut out = Vec::new();
    for column in [sizes, steps, counts] {
        varint(u32::try_from(column.len()).unwrap_or(u32::MAX), &mut out);
        out.extend(column);
    }
    out
}

/// How many pages each bundle holds, and the bundles: for each page its summary, then heading, anchor and text of each
/// section. Headings are no part of the core: only those of results are shown.
fn texts(index: &Index) -> (Vec<u8>, Vec<Vec<u8>>) {
    let (mut sizes, mut bundles) = (Vec::new(), Vec::new());
    let (mut pages, mut held): (Vec<Value>, usize) = (Vec::new(), 0);
    for (at, page) in index.pages.iter().enumerate() {
        let sections = &index.sections[index.sections_of(at)];
        let written = sections
            .iter()
            .map(|section| json!([section.heading, anchor(&section.heading, &section.anchor), section.text]));
        held += sections.iter().map(|section| section.text.len()).sum::<usize>();
        pages.push(std::iter::once(json!(page.summary)).chain(written).collect());
        if held >= BUNDLE || at + 1 == index.pages.len() {
            varint(u32::try_from(pages.len()).unwrap_or(u32::MAX), &mut sizes);
            bundles.push(Value::from(std::mem::take(&mut pages)).to_string().into_bytes());
            held = 0;
        }
    }
    (sizes, bundles)
}

fn varint(mut number: u32, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(u8::try_from(number & 0x7F).unwrap_or(0) | 0x80);
        number >>= 7;
    }
    out.push(u8::try_from(number).unwrap_or(0));
}
