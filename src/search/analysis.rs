//! A document's words, counted once however many sites and builds hold it.
//!
//! In: a [`Document`]. Out: an [`Analysis`], which depends on no other page but for the numbers its words have got;
//! [`Analyses`] has those words, and keeps analyses by what the text is. What stays true: equal texts share one analysis,
//! whoever they belong to.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::document::Document;
use super::reader::{AllWords, Reader};
use super::symbols::{self, Symbol, symbols};
use crate::text::digest::QuickDigest;

/// The title among the texts of a page.
pub(super) const TITLE: usize = 0;
/// The keywords among the texts of a page.
pub(super) const KEYWORDS: usize = 2;
/// Texts of a page before those of its sections: title, summary, keywords.
const OF_PAGE: usize = 3;
/// Texts of a section: heading, anchor, text.
const OF_SECTION: usize = 3;

/// One document as numbers of words.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Analysis {
    /// Whether its words are stemmed.
    pub(super) english: bool,
    /// How many sections it has.
    pub(super) sections: usize,
    /// Title, summary, keywords; then heading, anchor and text of each section.
    bytes: Box<[u8]>,
}

/// Where a text of a document belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Title, summary or keywords, 0 to 2.
    Page(usize),
    /// Heading of a section, by its place in the document.
    Heading(usize),
    /// Id of that heading.
    Anchor(usize),
    /// Text of the section.
    Text(usize),
}

/// A section as it is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct SectionText {
    /// Empty for the text before the first heading.
    pub(super) heading: String,
    /// Empty where there is none.
    pub(super) anchor: String,
    /// Plain text.
    pub(super) text: String,
}

impl Analysis {
    /// Gives every word its number, writes down which stands where, and hands the numbers of each text to `count`.
    fn new(document: &Document<'_>, reader: &mut Reader<'_>, mut count: impl FnMut(Place, &[u32])) -> Self {
        let written: usize = document.sections.iter().map(|section| section.text.len()).sum();
        // Long enough for most; what is kept is a copy as long as it must be.
        let mut bytes = Vec::with_capacity(written / 2);
        for (field, text) in [&*document.title, &document.summary, &document.keywords].into_iter().enumerate() {
            symbols::write(text, reader, &mut bytes);
            count(Place::Page(field), reader.given());
        }
        for (at, section) in document.sections.iter().enumerate() {
            symbols::write(&section.heading, reader, &mut bytes);
            count(Place::Heading(at), reader.given());
            symbols::write_uncounted(short_anchor(&section.heading, &section.anchor), &mut bytes);
            symbols::write(&section.text, reader, &mut bytes);
            count(Place::Text(at), reader.given());
        }
        Self { english: document.english, sections: document.sections.len(), bytes: bytes.as_slice().into() }
    }

    /// Hands the numbers of each text to `count`, as when they were given.
    fn recount(&self, mut count: impl FnMut(Place, &[u32])) {
        let mut numbers = Vec::new();
        for (place, symbol) in self.symbols() {
            match symbol {
                Symbol::Word(number, _) => numbers.push(number),
                Symbol::Gap(_) => {}
                Symbol::End => {
                    count(place, &numbers);
                    numbers.clear();
                }
            }
        }
    }

    /// Its texts with other numbers for their words. Of title and keywords only the ends are there: the core of an index
    /// has the one, and nobody is shown the others. They begin with such an end, which no gzip member does: browsers tell
    /// the two apart by it.
    pub(super) fn renumbered(&self, numbers: &[u32]) -> Vec<u8> {
        let (mut rest, mut out) = (&*self.bytes, Vec::with_capacity(self.bytes.len()));
        for text in 0..OF_PAGE + OF_SECTION * self.sections {
            match place(text) {
                Place::Page(TITLE | KEYWORDS) => {
                    symbols::skip(&mut rest);
                    symbols::put(Symbol::End, &mut out);
                }
                _ => symbols::renumber(&mut rest, numbers, &mut out),
            }
        }
        out
    }

    /// Every symbol with the text it is part of, whose end is the last one of it.
    pub(super) fn symbols(&self) -> impl Iterator<Item = (Place, Symbol<'_>)> {
        let (mut text, mut here) = (0, place(0));
        symbols(&self.bytes).map(move |symbol| {
            let met = (here, symbol);
            if symbol == Symbol::End {
                text += 1;
                here = place(text);
            }
            met
        })
    }

    /// Its summary and its sections as they are read. `word` knows the words by number.
    pub(super) fn read<'a>(&self, word: impl Fn(u32) -> &'a str) -> (String, Vec<SectionText>) {
        let mut texts = symbols::texts(&self.bytes, word).into_iter().skip(1);
        let summary = texts.next().unwrap_or_default();
        let mut texts = texts.skip(1);
        let mut sections = Vec::new();
        while let (Some(heading), Some(short), Some(text)) = (texts.next(), texts.next(), texts.next()) {
            let anchor = if short == "=" { plain_anchor(&heading) } else { short };
            sections.push(SectionText { heading, anchor, text });
        }
        (summary, sections)
    }
}

fn place(text: usize) -> Place {
    let Some(of_section) = text.checked_sub(OF_PAGE) else { return Place::Page(text) };
    let section = of_section / OF_SECTION;
    match of_section % OF_SECTION {
        0 => Place::Heading(section),
        1 => Place::Anchor(section),
        _ => Place::Text(section),
    }
}

/// `=` where the anchor can be made of the heading itself.
fn short_anchor<'a>(heading: &str, anchor: &'a str) -> &'a str {
    if !anchor.is_empty() && plain_letters(heading).eq(anchor.chars()) { "=" } else { anchor }
}

/// The anchor most headings have; the browser makes the same.
fn plain_anchor(heading: &str) -> String {
    plain_letters(heading).collect()
}

/// Its letters, and a hyphen between two that are parted by anything but apostrophes.
fn plain_letters(heading: &str) -> impl Iterator<Item = char> {
    let (mut begun, mut parted) = (false, false);
    let letters = heading.chars().filter(|c| !matches!(c, '\'' | '’')).map(move |c| {
        let letter = c.is_ascii_alphanumeric();
        let hyphen = letter && begun && parted;
        (begun, parted) = (begun || letter, !letter);
        [hyphen.then_some('-'), letter.then_some(c.to_ascii_lowercase())]
    });
    letters.flatten().flatten()
}

/// Analyses of texts seen before: by other sites of this build, and by the builds before it.
#[derive(Debug)]
pub struct Analyses {
    words: AllWords,
    /// By the digest of their texts; `None` where nobody will ask again.
    kept: Option<Mutex<Kept>>,
    quick: QuickDigest,
}

/// Analyses, and whether somebody has asked for them since the last call of [`Analyses::forget_unused`].
type Kept = HashMap<u128, (Arc<Analysis>, bool)>;

impl Default for Analyses {
    fn default() -> Self {
        Self { words: AllWords::default(), kept: Some(Mutex::default()), quick: QuickDigest::default() }
    }
}

impl Analyses {
    /// For one build of so many sites: a single one has nobody to share with.
    pub fn of_one_build(sites: usize) -> Self {
        let all = Self::default();
        if sites > 1 { all } else { Self { kept: None, ..all } }
    }

    /// The words that analyses have the numbers of.
    pub(super) fn words(&self) -> &AllWords {
        &self.words
    }

    /// The analysis of a document, remembered or made by a reader of [`words`](Self::words). The numbers of each text's
    /// words are handed to `count`.
    pub(super) fn analysis(
        &self,
        document: &Document<'_>,
        reader: &mut Reader<'_>,
        count: impl FnMut(Place, &[u32]),
    ) -> Arc<Analysis> {
        if self.kept.is_none() {
            return Arc::new(Analysis::new(document, reader, count));
        }
        let digest = self.digest(document);
        let remembered = self.with_kept(|kept| {
            kept.get_mut(&digest).map(|(analysis, used)| {
                *used = true;
                Arc::clone(analysis)
            })
        });
        if let Some(analysis) = remembered {
            analysis.recount(count);
            return analysis;
        }
        let analysis = Arc::new(Analysis::new(document, reader, count));
        self.with_kept(|kept| _ = kept.insert(digest, (Arc::clone(&analysis), true)));
        analysis
    }

    /// Calls a function with what is kept. A thread that panicked while it held this has left it whole.
    fn with_kept<T: Default>(&self, run: impl FnOnce(&mut Kept) -> T) -> T {
        let kept = self.kept.as_ref().map(|kept| kept.lock().unwrap_or_else(PoisonError::into_inner));
        kept.map_or_else(T::default, |mut kept| run(&mut kept))
    }

    /// Of everything that an analysis is made of.
    fn digest(&self, document: &Document<'_>) -> u128 {
        let sections = document.sections.iter().flat_map(|section| [&*section.heading, &section.anchor, &section.text]);
        let texts = [&*document.title, &document.summary, &document.keywords].into_iter().chain(sections);
        let english: &[u8] = if document.english { &[1] } else { &[0] };
        self.quick.of(std::iter::once(english).chain(texts.map(|text| text.as_bytes())))
    }

    /// Drops what nothing has asked for since the last call.
    pub fn forget_unused(&self) {
        self.with_kept(|kept| kept.retain(|_, (_, used)| std::mem::take(used)));
    }

    /// How many texts are remembered.
    pub fn len(&self) -> usize {
        self.with_kept(|kept| kept.len())
    }

    /// Whether nothing is remembered.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::document::{Document, Section};
    use super::{Analyses, plain_anchor};

    fn document<'a>(title: &'a str, sections: &[[&'a str; 3]]) -> Document<'a> {
        let sections = sections.iter().map(|[heading, anchor, text]| Section {
            heading: (*heading).into(),
            is_label: false,
            anchor: (*anchor).into(),
            text: (*text).to_owned(),
        });
        Document {
            title: title.into(),
            summary: "A summary.".into(),
            keywords: "MI".to_owned(),
            sections: sections.collect(),
            english: true,
        }
    }

    #[test]
    fn gives_back_what_is_shown() {
        let sections = [["", "", "Before."], ["What to do?", "what-to-do", "Do it."], ["Twice", "twice-2", ""]];
        let given = document("Visits", &sections);
        let analyses = Analyses::default();
        let analysis = analyses.analysis(&given, &mut analyses.words().reader(), |_, _| {});
        let (summary, read) = analyses.words().with(|words| analysis.read(|number| words.get(number)));
        assert_eq!(summary, "A summary.");
        let read: Vec<[&str; 3]> =
            read.iter().map(|section| [&*section.heading, &*section.anchor, &*section.text]).collect();
        assert_eq!(read, sections);
    }

    #[test]
    fn equal_texts_are_read_once_and_forgotten_when_gone() {
        let analyses = Analyses::default();
        let mut reader = analyses.words().reader();
        let one = analyses.analysis(&document("One", &[["", "", "text"]]), &mut reader, |_, _| {});
        let same = analyses.analysis(&document("One", &[["", "", "text"]]), &mut reader, |_, _| {});
        let other = analyses.analysis(&document("One", &[["", "text", ""]]), &mut reader, |_, _| {});
        assert!(Arc::ptr_eq(&one, &same) && !Arc::ptr_eq(&one, &other));
        analyses.forget_unused();
        assert_eq!(analyses.len(), 2);
        let _ = analyses.analysis(&document("One", &[["", "", "text"]]), &mut reader, |_, _| {});
        analyses.forget_unused();
        assert_eq!(analyses.len(), 1);
        analyses.forget_unused();
        assert!(analyses.is_empty());
    }

    #[test]
    fn one_build_of_one_site_remembers_nothing() {
        for (sites, kept) in [(0, 0), (1, 0), (2, 1)] {
            let analyses = Analyses::of_one_build(sites);
            let mut reader = analyses.words().reader();
            let read =
                [(); 2].map(|()| analyses.analysis(&document("One", &[["", "", "text"]]), &mut reader, |_, _| {}));
            assert_eq!(read[0], read[1]);
            assert_eq!(analyses.len(), kept);
            analyses.forget_unused();
        }
    }

    #[test]
    fn anchors_of_headings() {
        assert_eq!(plain_anchor("Don’t wait: what’s next?"), "dont-wait-whats-next");
        assert_eq!(plain_anchor(" (A) – b-2 "), "a-b-2");
        assert_eq!(plain_anchor("…"), "");
    }
}
