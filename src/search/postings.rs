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

impl<const USUAL: u8> Postings<USUAL> {
    /// Adds what comes after all that is there.
    pub(super) fn push(&mut self, number: u32, counts: u8) {
        number::put((number - self.last) << 1 | u32::from(counts != USUAL), &mut self.steps);
        if counts != USUAL {
            self.counts.push(counts);
        }
        self.last = number;
        self.count += 1;
    }

    /// All that `parts` hold, one after another; each begins after all that the one before it has.
    pub(super) fn joined<'a>(parts: impl Iterator<Item = &'a Self> + Clone) -> Self {
        // The first step of a part becomes shorter.
        let most = parts.clone().map(|part| part.steps.len()).sum();
        let counts = parts.clone().map(|part| part.counts.len()).sum();
        let mut all = Self { steps: Vec::with_capacity(most), counts: Vec::with_capacity(counts), ..Self::default() };
        for part in parts {
            let mut rest = part.steps.as_slice();
            let Some(first) = number::take(&mut rest) else { continue };
            number::put(first - (all.last << 1), &mut all.steps);
            all.steps.extend(rest);
            all.counts.extend(&part.counts);
            all.last = part.last;
            all.count += part.count;
        }
        all
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
    use super::Sections;

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
    fn parts_are_joined_as_if_pushed_at_once() {
        let given = [(0, 4), (1, 9), (7, 9), (300, 255), (301, 0), (100_000, 4)];
        let pushed = |some: &[(u32, u8)]| {
            let mut postings = Sections::default();
            some.iter().for_each(|(number, counts)| postings.push(*number, *counts));
            postings
        };
        for first in 0..=given.len() {
            for second in first..=given.len() {
                let parts = [&given[..first], &given[first..second], &given[second..]].map(pushed);
                assert_eq!(Sections::joined(parts.iter()), pushed(&given));
            }
        }
    }
}
