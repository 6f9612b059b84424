//! The index as bytes for browsers.
//!
//! In: an [`Index`]. Out: one core file; beside it, once it is large, shards of postings by term; and the texts of pages
//! in bundles, fetched for excerpts only. Only the core gets shorter by gzip. What stays true: equal indexes give equal bytes.
//!
//! The core is `GPS1`, the length of a JSON object (u32, little endian), the object, then blocks whose lengths the
//! object lists. Numbers in blocks are bytes or LEB128.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use serde_json::{Value, json};

use super::danger::except;
use super::index::{Index, IndexedWord};
use super::number;
use super::postings::{Pages, Sections};
use super::query::{ASKING, SMALL};
use super::ranking;
use super::routes::{Call, KIN, RouteWords, gist};
use super::stem;
use super::symbols::GAPS;
use super::terms::Terms;
use crate::config::vocabulary::Audience;
use crate::site::Site;
use crate::text::fold::LETTERS;
use crate::text::language::direction;

/// Postings larger than this leave the core.
const INLINE: usize = 40_000;
/// The least a shard of postings holds.
const SHARD: usize = 8_000;
/// The least a bundle of texts holds. Ten results cost the least bytes where each bundle holds one page; short pages may
/// share one without costing much: on the sample a median of 13.8 thousand bytes in 9 files, with bundles of one page
/// 12.8 in 10, with bundles of at least 1,400 bytes 17.7 in 8.
const BUNDLE: usize = 800;
/// How many bundles there are at most, or nearly: files take time to publish.
const BUNDLES: usize = 8_192;

/// The bytes of an index.
#[derive(Debug, Default)]
pub struct Encoded {
    /// Everything that answers a query on a small site.
    pub core: Vec<u8>,
    /// Postings, each of a range of terms.
    pub shards: Vec<Arc<[u8]>>,
    /// Texts, each of a range of pages.
    pub texts: Vec<Arc<[u8]>>,
}

/// Encodes an index. `folder` is called with the shards and texts and names where they will stand.
pub fn encode(site: &Site, index: &Index, folder: impl FnOnce(&[Arc<[u8]>], &[Arc<[u8]>]) -> String + Send) -> Encoded {
    let ((firsts, mut shards), (bundles, texts)) = rayon::join(|| shards(&index.terms), || texts(index));
    let inline = match shards.as_slice() {
        [] | [_] => shards.pop().unwrap_or_default().to_vec(),
        _ => Vec::new(),
    };
    let (folder, mut head) = rayon::join(|| folder(&shards, &texts), || head(site, index));
    let blocks = [
        words(index),
        index.words.iter().map(|word| word.frequency).collect(),
        pages(index),
        sections(index),
        inline,
        bundles,
        languages(index),
    ];
    head["lengths"] = blocks.iter().map(Vec::len).collect();
    head["folder"] = folder.into();
    head["shards"] = if shards.is_empty() { Value::Array(Vec::new()) } else { firsts.into() };
    let head = head.to_string();
    let mut core = b"GPS1".to_vec();
    core.extend(u32::try_from(head.len()).unwrap_or(u32::MAX).to_le_bytes());
    core.extend(head.into_bytes());
    core.extend(blocks.concat());
    Encoded { core, shards, texts }
}

/// What the browser stems and folds words with.
fn tables() -> BTreeMap<&'static str, Vec<[String; 2]>> {
    let mut tables = stem::tables();
    tables.insert("letters", LETTERS.iter().map(|(letter, plain)| [letter.to_string(), (*plain).to_owned()]).collect());
    tables
}

/// What the object says of the index itself; of its blocks and files it says nothing yet.
fn head(site: &Site, index: &Index) -> Value {
    json!({
        "unstemmed": index.unstemmed,
        "gaps": GAPS,
        "languages": index.languages.iter().map(|lang| json!({ "lang": lang, "dir": direction(lang) })).collect::<Vec<_>>(),
        "kinds": index.kinds,
        "audiences": Audience::WORDS.iter().map(|(word, _)| (*word, site.input.words.label("audience", word))).collect::<Vec<_>>(),
        "urls": index.pages.iter().map(|page| page.url.as_str()).collect::<Vec<_>>(),
        "titles": index.pages.iter().map(|page| page.title.as_str()).collect::<Vec<_>>(),
        "mutual": index.synonyms.mutual,
        "synonyms": index.synonyms.groups.iter().map(|group| group.iter().map(|phrase| phrase.join(" ")).collect::<Vec<_>>().join("|")).collect::<Vec<_>>(),
        "routes": index.routes.iter().map(route).collect::<Vec<_>>(),
        "kin": KIN.map(|words| words.split(' ').collect::<Vec<_>>()),
        "except": index.routes.iter().flat_map(|route| &route.except).map(|phrase| except(phrase).join(" ")).collect::<BTreeSet<_>>(),
        "constants": BTreeMap::from(ranking::CONSTANTS),
        "small": SMALL.split_ascii_whitespace().collect::<Vec<_>>(),
        "asking": ASKING.split_ascii_whitespace().collect::<Vec<_>>(),
        "tables": tables(),
    })
}

fn call(call: &Call) -> Value {
    json!({ "name": call.name, "text": call.text, "href": call.href })
}

/// Phrases have the words that have to be said. Their order says nothing; sorted they compress better.
fn route(route: &RouteWords) -> Value {
    let phrases =
        |phrases: &[Vec<String>]| phrases.iter().map(|phrase| gist(phrase).join(" ")).collect::<BTreeSet<_>>();
    let mut out = json!({
        "id": route.id, "title": route.title, "url": route.url,
        "immediate": phrases(&route.immediate), "concern": phrases(&route.concern),
    });
    for (name, contact) in [("emergency", &route.emergency), ("phone", &route.phone)] {
        if let Some(contact) = contact {
            out[name] = call(contact);
        }
    }
    out
}

/// Each word: how many letters it shares with the one before (in UTF-16, at most 31), then the rest. Words hold no byte
/// below 32.
fn words(index: &Index) -> Vec<u8> {
    let mut out = Vec::new();
    let mut last = "";
    for (at, word) in index.words.iter().enumerate() {
        if at == index.unstemmed {
            last = "";
        }
        let (mut shared, mut bytes) = (0, 0);
        for (letter, _) in word.text.chars().zip(last.chars()).take_while(|(a, b)| a == b) {
            if shared + letter.len_utf16() > 31 {
                break;
            }
            shared += letter.len_utf16();
            bytes += letter.len_utf8();
        }
        out.push(u8::try_from(shared).unwrap_or(0));
        out.extend(&word.text.as_bytes()[bytes..]);
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
        number::put(page.parent.map_or(0, |parent| parent + 1), &mut out);
    }
    let ends = index
        .pages
        .iter()
        .skip(1)
        .map(|page| page.first_section)
        .chain([u32::try_from(index.sections.len()).unwrap_or(u32::MAX)]);
    for (page, end) in index.pages.iter().zip(ends) {
        number::put(end - page.first_section, &mut out);
    }
    out
}

/// The language of each page, where not all have the site's own.
fn languages(index: &Index) -> Vec<u8> {
    let pages = index.pages.iter().filter(|_| !index.languages.is_empty());
    pages.map(|page| page.language).collect()
}

fn sections(index: &Index) -> Vec<u8> {
    index
        .sections
        .iter()
        .map(|section| section.heading_length)
        .chain(index.sections.iter().map(|section| section.length))
        .collect()
}

/// The first term of each shard, and the shards: one if all fits into the core.
fn shards(terms: &Terms) -> (Vec<u32>, Vec<Arc<[u8]>>) {
    let (firsts, shards) = divided(terms, SHARD);
    let is_small = shards.iter().map(|shard| shard.len()).sum::<usize>() <= INLINE;
    if is_small { divided(terms, usize::MAX) } else { (firsts, shards) }
}

/// The same, where each shard but the last holds so many bytes at least.
fn divided(terms: &Terms, least: usize) -> (Vec<u32>, Vec<Arc<[u8]>>) {
    let (mut firsts, mut shards) = (Vec::new(), Vec::new());
    let (mut pages, mut sections) = (Pages::default(), Sections::default());
    let mut first = 0;
    for (left, term) in (0..terms.len()).rev().zip(0..) {
        terms.add_to(term, &mut pages, &mut sections);
        if left == 0 || 2 * (term + 1 - first) as usize + pages.size() + sections.size() >= least {
            firsts.push(first);
            shards.push(columns(&pages, &sections).into());
            first = term + 1;
            pages.clear();
            sections.clear();
        }
    }
    (firsts, shards)
}

/// Where terms stand, column by column: equal things beside each other are packed into less.
fn columns(pages: &Pages, sections: &Sections) -> Vec<u8> {
    let mut out = Vec::with_capacity(pages.size() + sections.size());
    pages.lengths().chain(sections.lengths()).for_each(|length| number::put(length, &mut out));
    out.extend(pages.steps());
    out.extend(sections.steps());
    out.extend(pages.counts());
    out.extend(sections.counts());
    out
}

/// How many pages each bundle holds, and the bundles: for each page its summary, then heading, anchor and text of each
/// section, as symbols whose words are numbered by rank. Headings are no part of the core: only those of results are shown.
fn texts(index: &Index) -> (Vec<u8>, Vec<Arc<[u8]>>) {
    let ranks = ranks(&index.words);
    let numbers = index.places.map(|place| ranks.get(place as usize).copied().unwrap_or(0));
    let pages: Vec<Vec<u8>> =
        index.documents.par_iter().map(|document| document.renumbered(numbers.of(document))).collect();
    let least = BUNDLE.max(pages.iter().map(Vec::len).sum::<usize>() / BUNDLES);
    let mut bundles: Vec<&[Vec<u8>]> = Vec::new();
    let (mut first, mut length) = (0, 0);
    for (at, page) in pages.iter().enumerate() {
        length += page.len();
        if length >= least || at + 1 == pages.len() {
            bundles.push(&pages[first..=at]);
            (first, length) = (at + 1, 0);
        }
    }
    let mut sizes = Vec::new();
    bundles.iter().for_each(|bundle| number::put(u32::try_from(bundle.len()).unwrap_or(u32::MAX), &mut sizes));
    (sizes, bundles.par_iter().map(|bundle| bundle.concat().into()).collect())
}

/// The place of each word when frequent words come first: small numbers are short. The browser sorts in the same way.
fn ranks(words: &[IndexedWord]) -> Vec<u32> {
    let mut places: Vec<usize> = (0..words.len()).collect();
    places.sort_by_key(|place| std::cmp::Reverse(words[*place].frequency));
    let mut ranks = vec![0; words.len()];
    for (place, rank) in places.into_iter().zip(0..) {
        ranks[place] = rank;
    }
    ranks
}
