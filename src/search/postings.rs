//! Where a term stands.
//!
//! In: pages or sections in order, each with counts. Out: the same, from bytes that are published as they are. Ten
//! thousand pages have millions of postings; like this one takes less than two bytes.

use super::number;

/// Pages or sections that hold a term. `USUAL` are the counts that most of them have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Postings<const USUAL: u8> {
    count: u32,
    last: u32,
    /// For each the step from the one before; its lowest bit says that its counts are not the usual ones.
    steps: Vec<u8>,
    /// Those counts.
    counts: Vec<u8>,
}

/// Pages: how often the term stands in title, summary and keywords, two bits each; most have it once in the title.
pub(super) type Pages = Postings<1>;
/// Sections: how often it stands in the heading, two bits, and in the text; most have it once in the text.
pub(super) type Sections = Postings<4>;

/// How many bits each of a page's counts has, the lowest first.
pub(super) const OF_PAGE: [u32; 3] = [2, 2, 2];
/// The same of a section.
pub(super) const OF_SECTION: [u32; 2] = [2, 6];

/// Adds so many to the counts of a field.
pub(super) fn more<const FIELDS: usize>(times: u8, field: usize, bits: [u32; FIELDS]) -> impl Fn(u8) -> u8 {
    let shift: u32 = bits[..field].iter().sum();
    let most = (1 << bits[field]) - 1;
    move |counts| {
        let count = counts >> shift & most;
        counts + (times.min(most - count) << shift)
    }
}

impl<const USUAL: u8> Postings<USUAL> {
    /// Empty again, with the memory that there is.
    pub(super) fn clear(&mut self) {
        (self.count, self.last) = (0, 0);
        self.steps.clear();
        self.counts.clear();
    }

    /// Adds what comes after all that is there.
    pub(super) fn push(&mut self, number: u32, counts: u8) {
        number::put((number - self.last) << 1 | u32::from(counts != USUAL), &mut self.steps);
        if counts != USUAL {
            self.counts.push(counts);
        }
        self.last = number;
        self.count += 1;
    }

    /// How many there are.
    pub(super) fn count(&self) -> u32 {
        self.count
    }

    /// The steps as they are published.
    pub(super) fn steps(&self) -> &[u8] {
        &self.steps
    }

    /// The counts that are not the usual ones, as they are published.
    pub(super) fn counts(&self) -> &[u8] {
        &self.counts
    }

    /// Number and counts of each, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, u8)> {
        let (mut rest, mut counts, mut last) = (self.steps.as_slice(), self.counts.iter(), 0);
        std::iter::from_fn(move || {
            let step = number::take(&mut rest)?;
            last += step >> 1;
            Some((last, if step & 1 == 0 { USUAL } else { *counts.next()? }))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{OF_PAGE, OF_SECTION, Sections, more};

    #[test]
    fn what_was_pushed_is_read() {
        let given = [(0, 4), (1, 4), (7, 9), (300, 255), (301, 0), (100_000, 4)];
        let mut postings = Sections::default();
        for (number, counts) in given {
            postings.push(number, counts);
        }
        assert_eq!(postings.iter().collect::<Vec<_>>(), given);
        assert_eq!((postings.count(), postings.steps().len(), postings.counts()), (6, 9, [9, 255, 0].as_slice()));
    }

    #[test]
    fn counts_are_added() {
        assert_eq!([0, 4 | 1, 4 | 3].map(more(1, 0, OF_SECTION)), [1, 4 | 2, 4 | 3]);
        assert_eq!([0, 4 | 1, 63 << 2].map(more(1, 1, OF_SECTION)), [4, 8 | 1, 63 << 2]);
        assert_eq!(more(1, 2, OF_PAGE)(1 | 3 << 2), 1 | 3 << 2 | 1 << 4);
        assert_eq!([0, 4 | 1, 62 << 2].map(more(2, 1, OF_SECTION)), [8, 12 | 1, 63 << 2]);
    }
}
