//! The terms of an index, and where they stand.
//!
//! In: lists of places for each stretch of a site. Out: places of the whole site. What stays true:
//! they are as if there were one part, however many threads there are; nothing is copied before it is published.

use super::postings::{List, Pages, Sections};
use super::stretch::Stretch;

/// Terms by number.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    /// The number of each in the lists.
    met: Vec<u32>,
    /// In the order of the site.
    parts: Vec<Part>,
    /// A bit for each part, by number in the lists: whether pages there have the term, and whether sections have it. Most
    /// terms are rare, and to look into every part for them takes long.
    has: Vec<[u32; 2]>,
}

/// Where terms stand on some pages that follow each other, counted from the first of them.
#[derive(Clone, Debug)]
struct Part {
    first_page: u32,
    first_section: u32,
    /// Pages that have a term in title, summary or keywords.
    pages: Pages,
    /// Sections that have it in heading or text.
    sections: Sections,
}

impl Terms {
    /// Terms in order, by the numbers that they have in stretches, of which there are at most 32.
    pub(super) fn new(met: Vec<u32>, stretches: Vec<Stretch<'_>>) -> Self {
        let (mut first_page, mut first_section) = (0, 0);
        let part = |Stretch { lengths, in_pages, in_sections, .. }: Stretch<'_>| {
            let [pages, sections] = lengths.map(|length| u32::try_from(length).unwrap_or(u32::MAX));
            let part = Part { first_page, first_section, pages: in_pages, sections: in_sections };
            first_page += pages;
            first_section += sections;
            part
        };
        let parts: Vec<Part> = stretches.into_iter().map(part).collect();
        let mut has = vec![[0; 2]; met.iter().max().map_or(0, |last| *last as usize + 1)];
        for (at, part) in parts.iter().enumerate() {
            for (has, length) in has.iter_mut().zip(part.pages.lengths()) {
                has[0] |= u32::from(length > 0) << at;
            }
            for (has, length) in has.iter_mut().zip(part.sections.lengths()) {
                has[1] |= u32::from(length > 0) << at;
            }
        }
        Self { met, parts, has }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.met.len()
    }

    /// Pages that have a term in title, summary or keywords, with its counts there.
    pub(super) fn pages(&self, term: u32) -> impl Iterator<Item = (u32, u8)> {
        whole(self.pages_by_part(term))
    }

    /// Sections that have a term in heading or text, with its counts there.
    pub(super) fn sections(&self, term: u32) -> impl Iterator<Item = (u32, u8)> {
        whole(self.sections_by_part(term))
    }

    /// Adds a term's places to others.
    pub(super) fn add_to(&self, term: u32, pages: &mut Pages, sections: &mut Sections) {
        pages.add_joined(self.pages_by_part(term));
        sections.add_joined(self.sections_by_part(term));
    }

    fn pages_by_part(&self, term: u32) -> impl Iterator<Item = (u32, List<'_, { Pages::USUAL }>)> {
        let met = self.met[term as usize];
        let parts = self.parts_with(self.has[met as usize][0]);
        parts.map(move |part| (part.first_page, part.pages.list(met)))
    }

    fn sections_by_part(&self, term: u32) -> impl Iterator<Item = (u32, List<'_, { Sections::USUAL }>)> {
        let met = self.met[term as usize];
        let parts = self.parts_with(self.has[met as usize][1]);
        parts.map(move |part| (part.first_section, part.sections.list(met)))
    }

    /// The parts whose bits are set.
    fn parts_with(&self, mut bits: u32) -> impl Iterator<Item = &Part> {
        std::iter::from_fn(move || {
            let part = self.parts.get(bits.trailing_zeros() as usize)?;
            bits &= bits - 1;
            Some(part)
        })
    }
}

/// The places of one list, counted from the first of the site.
fn whole<'a, const USUAL: u8>(parts: impl Iterator<Item = (u32, List<'a, USUAL>)>) -> impl Iterator<Item = (u32, u8)> {
    parts.flat_map(|(first, list)| list.iter().map(move |(number, counts)| (first + number, counts)))
}
