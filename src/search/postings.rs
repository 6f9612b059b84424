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

/// Counts in one byte, each at most what its bits can say.
fn packed<const FIELDS: usize>(counts: [u32; FIELDS], bits: [u32; FIELDS]) -> u8 {
    let (mut byte, mut shift) = (0, 0);
    for (count, bits) in counts.into_iter().zip(bits) {
        byte |= count.min((1 << bits) - 1) << shift;
        shift += bits;
    }
    byte as u8
}

/// Adds so many to the counts of a field.
pub(super) fn more<const FIELDS: usize>(times: u8, field: usize, bits: [u32; FIELDS]) -> impl Fn(u8) -> u8 {
    let shift: u32 = bits[..field].iter().sum();
    let most = (1 << bits[field]) - 1;
    move |counts| {
        let count = counts >> shift & most;
        counts + (times.min(most - count) << shift)
    }
}

/// The counts of both.
pub(super) fn added<const FIELDS: usize>(one: u8, other: u8, bits: [u32; FIELDS]) -> u8 {
    let mut shift = 0;
    let counts = bits.map(|bits| {
        let count = |byte: u8| u32::from(byte) >> shift & ((1 << bits) - 1);
        let sum = count(one) + count(other);
        shift += bits;
        sum
    });
    packed(counts, bits)
}

impl<const USUAL: u8> Postings<USUAL> {
    /// With room for about so many.
    pub(super) fn with_room(count: usize) -> Self {
        Self { steps: Vec::with_capacity(2 * count), counts: Vec::with_capacity(count / 2), ..Self::default() }
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

    /// Gives room back that was kept for more.
    pub(super) fn shrink_to_fit(&mut self) {
        self.steps.shrink_to_fit();
        self.counts.shrink_to_fit();
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
    use super::{OF_PAGE, OF_SECTION, Sections, added, more, packed};

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
        assert_eq!(added(4, 4, OF_SECTION), 2 << 2);
        assert_eq!(added(2 | 40 << 2, 2 | 30 << 2, OF_SECTION), 3 | 63 << 2);
        assert_eq!([0, 4 | 1, 4 | 3].map(more(1, 0, OF_SECTION)), [1, 4 | 2, 4 | 3]);
        assert_eq!([0, 4 | 1, 63 << 2].map(more(1, 1, OF_SECTION)), [4, 8 | 1, 63 << 2]);
        assert_eq!(more(1, 2, OF_PAGE)(1 | 3 << 2), 1 | 3 << 2 | 1 << 4);
        assert_eq!([0, 4 | 1, 62 << 2].map(more(2, 1, OF_SECTION)), [8, 12 | 1, 63 << 2]);
        assert_eq!(packed([5, 1], OF_SECTION), 3 | 1 << 2);
        assert_eq!(packed([1, 9, 2], OF_PAGE), 1 | 3 << 2 | 2 << 4);
    }
}
