//! Where terms stand.
//!
//! In: pages or sections in order, each with counts. Out: the same, from bytes that are published as they are. Ten
//! thousand pages have millions of postings; like this one takes less than two bytes.

use super::number;

/// Lists of pages or sections, one after another, one for each term. `USUAL` are the counts that most of them have.
#[derive(Clone, Debug, Default)]
pub(super) struct Lists<const USUAL: u8> {
    /// For each page or section the step from the one before; its lowest bit says that its counts are not the usual ones.
    steps: Vec<u8>,
    /// Those counts.
    counts: Vec<u8>,
    ends: Vec<End>,
}

/// Pages: how often the term stands in title, summary and keywords, two bits each; most have it once in the title.
pub(super) type Pages = Lists<1>;
/// Sections: how often it stands in the heading, two bits, and in the text; most have it once in the text.
pub(super) type Sections = Lists<4>;

/// Where a list ends in those of all.
#[derive(Clone, Copy, Debug, Default)]
struct End {
    steps: u32,
    counts: u32,
    /// The last page or section of the list.
    last: u32,
    /// How many it has.
    length: u32,
}

/// One of [`Lists`].
#[derive(Clone, Copy, Debug)]
pub(super) struct List<'a, const USUAL: u8> {
    steps: &'a [u8],
    counts: &'a [u8],
    last: u32,
    length: u32,
}

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

impl<const USUAL: u8> Lists<USUAL> {
    /// The counts that most have.
    pub(super) const USUAL: u8 = USUAL;

    /// With room for so many lists of so many places in all.
    pub(super) fn with_room(lists: usize, places: usize) -> Self {
        let (steps, counts) = (Vec::with_capacity(places + places / 2), Vec::with_capacity(places));
        Self { steps, counts, ends: Vec::with_capacity(lists) }
    }

    /// Without any list again, with the memory that there is.
    pub(super) fn clear(&mut self) {
        self.steps.clear();
        self.counts.clear();
        self.ends.clear();
    }

    /// Adds the next list.
    pub(super) fn add(&mut self, list: impl Iterator<Item = (u32, u8)>) {
        let (mut last, mut length) = (0, 0);
        for (number, counts) in list {
            let is_unusual = counts != USUAL;
            number::put((number - last) << 1 | u32::from(is_unusual), &mut self.steps);
            // What a processor could not guess is written, then taken back.
            let end = self.counts.len() + usize::from(is_unusual);
            self.counts.push(counts);
            self.counts.truncate(end);
            (last, length) = (number, length + 1);
        }
        self.end(last, length);
    }

    /// Adds a list of those that follow each other; with each stands what its numbers are counted from.
    pub(super) fn add_joined<'a>(&mut self, lists: impl Iterator<Item = (u32, List<'a, USUAL>)>) {
        let (mut last, mut length) = (0, 0);
        for (first, list) in lists {
            let mut rest = list.steps;
            let Some(step) = number::take(&mut rest) else { continue };
            // The first step begins elsewhere now; the others and all counts are what they were.
            number::put((first + (step >> 1) - last) << 1 | step & 1, &mut self.steps);
            self.steps.extend_from_slice(rest);
            self.counts.extend_from_slice(list.counts);
            (last, length) = (first + list.last, length + list.length);
        }
        self.end(last, length);
    }

    fn end(&mut self, last: u32, length: u32) {
        let place = |bytes: &Vec<u8>| u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        self.ends.push(End { steps: place(&self.steps), counts: place(&self.counts), last, length });
    }

    /// One of the lists; empty beyond the last.
    pub(super) fn list(&self, at: u32) -> List<'_, USUAL> {
        let at = at as usize;
        let begin = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        let end = self.ends.get(at).copied().unwrap_or(End { last: 0, length: 0, ..begin });
        List {
            steps: &self.steps[begin.steps as usize..end.steps as usize],
            counts: &self.counts[begin.counts as usize..end.counts as usize],
            last: end.last,
            length: end.length,
        }
    }

    /// How long each list is.
    pub(super) fn lengths(&self) -> impl Iterator<Item = u32> {
        self.ends.iter().map(|end| end.length)
    }

    /// How many bytes all take.
    pub(super) fn size(&self) -> usize {
        self.steps.len() + self.counts.len()
    }

    /// The steps of all as they are published.
    pub(super) fn steps(&self) -> &[u8] {
        &self.steps
    }

    /// The counts of all that are not the usual ones, as they are published.
    pub(super) fn counts(&self) -> &[u8] {
        &self.counts
    }
}

impl<'a, const USUAL: u8> List<'a, USUAL> {
    /// Number and counts of each, in order.
    pub(super) fn iter(self) -> impl Iterator<Item = (u32, u8)> + 'a {
        let (mut rest, mut counts, mut last) = (self.steps, self.counts.iter(), 0);
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

    /// What stands in each of some lists.
    fn read(lists: &Sections) -> Vec<Vec<(u32, u8)>> {
        (0..).zip(lists.lengths()).map(|(at, _)| lists.list(at).iter().collect()).collect()
    }

    #[test]
    fn what_was_added_is_read() {
        let given = [vec![(0, 4), (1, 4), (7, 9), (300, 255), (301, 0), (100_000, 4)], vec![], vec![(5, 4)]];
        let mut lists = Sections::default();
        for _ in 0..2 {
            lists.clear();
            given.iter().for_each(|list| lists.add(list.iter().copied()));
            assert_eq!(read(&lists), given);
            assert_eq!(lists.lengths().collect::<Vec<_>>(), [6, 0, 1]);
            assert_eq!((lists.steps().len(), lists.counts()), (10, [9, 255, 0].as_slice()));
            assert_eq!(lists.list(3).iter().count(), 0);
        }
    }

    #[test]
    fn joined_lists_are_as_if_added_whole() {
        let parts = [
            vec![vec![(0, 4), (7, 9)], vec![], vec![(70_000, 255)], vec![]],
            vec![vec![], vec![], vec![(0, 4), (2, 1)]],
            vec![vec![(1, 4)], vec![], vec![(0, 1)], vec![]],
        ];
        let firsts = [0, 100_000, 100_003];
        let (mut whole, mut joined) = (Sections::default(), Sections::default());
        let lists = parts.clone().map(|part| {
            let mut lists = Sections::default();
            part.into_iter().for_each(|list| lists.add(list.into_iter()));
            lists
        });
        for term in 0..4 {
            joined.add_joined(firsts.into_iter().zip(lists.iter().map(|part| part.list(term))));
            let moved = firsts.into_iter().zip(&parts).flat_map(|(first, part)| {
                part.get(term as usize).into_iter().flatten().map(move |(number, counts)| (first + number, *counts))
            });
            whole.add(moved);
        }
        assert_eq!(read(&joined)[0], [(0, 4), (7, 9), (100_004, 4)]);
        assert_eq!(read(&joined), read(&whole));
        assert_eq!((joined.steps(), joined.counts()), (whole.steps(), whole.counts()));
        assert!(joined.lengths().eq(whole.lengths()));
    }

    #[test]
    fn counts_are_added() {
        assert_eq!([0, 4 | 1, 4 | 3].map(more(1, 0, OF_SECTION)), [1, 4 | 2, 4 | 3]);
        assert_eq!([0, 4 | 1, 63 << 2].map(more(1, 1, OF_SECTION)), [4, 8 | 1, 63 << 2]);
        assert_eq!(more(1, 2, OF_PAGE)(1 | 3 << 2), 1 | 3 << 2 | 1 << 4);
        assert_eq!([0, 4 | 1, 62 << 2].map(more(2, 1, OF_SECTION)), [8, 12 | 1, 63 << 2]);
    }
}
