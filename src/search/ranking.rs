//! Pages by score.
//!
//! In: units of a query. Out: pages, best first, each with its best section. BM25 over fields (Robertson, Zaragoza,
//! Taylor, "Simple BM25 extension to multiple weighted fields", 2004) with one rarity for each word over all it may
//! stand for. `static/theme/search.js` computes the same: numbers are only added, multiplied and divided, in this order.

use super::index::{Index, length_of_code};
use super::query::{Notes, Unit, Word};

// One set of constants for every site; browsers get them with the index.
const SATURATION: f64 = 3.0;
const BODY_NORM: f64 = 0.45;
const FIELD_NORM: f64 = 0.7;
const TITLE: f64 = 7.0;
const HEADING: f64 = 3.0;
const SUMMARY: f64 = 1.5;
const KEYWORDS: f64 = 2.0;
const BODY: f64 = 1.0;
const SECTION: f64 = 0.1;
const TITLE_COVER: f64 = 0.1;
const COVER_BASE: f64 = 0.7;
const COVER_SHARE: f64 = 0.3;
const SYNONYM: f64 = 0.8;
const FLOOR: f64 = 0.1;
/// The share of a query from which on a title that holds it was asked for: a synonym is worth 0.8.
const WHOLE: f64 = 0.75;
/// What the beginning of a word is worth.
pub(super) const PREFIX: f64 = 0.7;
/// What a longer word is worth against that where the last word of a query is written as it stands: people do not always
/// type to the end.
pub(super) const LONGER: f64 = 0.2;
/// What a word one edit away is worth.
pub(super) const ONE_EDIT: f64 = 0.9;
/// What a word two edits away is worth.
pub(super) const TWO_EDITS: f64 = 0.7;
/// What the words every sentence has are worth.
pub(super) const STOP: f64 = 0.05;
/// What the words of questions are worth.
pub(super) const WEAK: f64 = 0.1;

/// All of them by the names the browser's script knows them by.
pub(super) const CONSTANTS: [(&str, f64); 21] = [
    ("saturation", SATURATION),
    ("bodyNorm", BODY_NORM),
    ("fieldNorm", FIELD_NORM),
    ("title", TITLE),
    ("heading", HEADING),
    ("summary", SUMMARY),
    ("keywords", KEYWORDS),
    ("body", BODY),
    ("section", SECTION),
    ("titleCover", TITLE_COVER),
    ("coverBase", COVER_BASE),
    ("coverShare", COVER_SHARE),
    ("synonym", SYNONYM),
    ("floor", FLOOR),
    ("whole", WHOLE),
    ("prefix", PREFIX),
    ("longer", LONGER),
    ("oneEdit", ONE_EDIT),
    ("twoEdits", TWO_EDITS),
    ("small", STOP),
    ("asking", WEAK),
];

/// A page found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Ranked {
    pub(super) page: usize,
    pub(super) section: usize,
    pub(super) score: f64,
}

/// Lengths against the average: shorter texts say more with one word.
#[derive(Debug)]
pub(super) struct Norms {
    body: Vec<f64>,
    section: Vec<f64>,
    heading: Vec<f64>,
    fields: [Vec<f64>; 3],
}

impl Norms {
    /// Of an index.
    pub(super) fn of(index: &Index) -> Self {
        let lengths: Vec<u32> = index.sections.iter().map(|section| length_of_code(section.length)).collect();
        let body: Vec<u32> = (0..index.pages.len()).map(|page| lengths[index.sections_of(page)].iter().sum()).collect();
        let headings: Vec<u32> = index.sections.iter().map(|section| u32::from(section.heading_length)).collect();
        let field = |field: usize| {
            relative(&index.pages.iter().map(|page| u32::from(page.lengths[field])).collect::<Vec<_>>(), FIELD_NORM)
        };
        Self {
            body: relative(&body, BODY_NORM),
            section: relative(&lengths, BODY_NORM),
            heading: relative(&headings, FIELD_NORM),
            fields: [field(0), field(1), field(2)],
        }
    }
}

fn relative(values: &[u32], share: f64) -> Vec<f64> {
    let sum: u64 = values.iter().map(|value| u64::from(*value)).sum();
    let average = number(sum) / number(values.len().max(1) as u64);
    let average = if average == 0.0 { 1.0 } else { average };
    values.iter().map(|value| 1.0 - share + share * f64::from(*value) / average).collect()
}

#[allow(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
fn number(count: u64) -> f64 {
    count as f64
}

/// ln(x) for x ≥ 1 by adding, multiplying and dividing alone, so that every machine agrees.
fn ln(mut x: f64) -> f64 {
    let mut halvings = 0.0;
    while x >= 2.0 {
        x /= 2.0;
        halvings += 1.0;
    }
    let t = (x - 1.0) / (x + 1.0);
    let q = t * t;
    #[allow(clippy::approx_constant, reason = "the digits are those of the browser's script")]
    let ln2 = 0.693_147_180_559_945_3;
    halvings * ln2 + 2.0 * t * (1.0 + q * (1.0 / 3.0 + q * (1.0 / 5.0 + q * (1.0 / 7.0 + q * (1.0 / 9.0)))))
}

/// What a word gives each page and each section.
struct Evaluated {
    page: Vec<f64>,
    section: Vec<f64>,
    title: Vec<f64>,
    /// Whether the word stands in the title, the summary or the keywords of each page.
    above: Vec<bool>,
    weight: f64,
}

fn evaluate(index: &Index, norms: &Norms, word: &Word) -> Evaluated {
    let (pages, sections) = (index.pages.len(), index.sections.len());
    let (mut page, mut section, mut title) = (vec![0.0; pages], vec![0.0; sections], vec![0.0; pages]);
    let (mut body, mut heading, mut sums) = (vec![0.0; sections], vec![0.0; pages], vec![0.0; pages]);
    let mut above = vec![false; pages];
    for (term, weight) in &word.terms {
        for (p, counts) in index.terms.pages(*term) {
            let p = p as usize;
            let [in_title, in_summary, in_keywords] = [counts & 3, counts >> 2 & 3, counts >> 4].map(f64::from);
            let value = weight
                * (TITLE * in_title / norms.fields[0][p]
                    + SUMMARY * in_summary / norms.fields[1][p]
                    + KEYWORDS * in_keywords / norms.fields[2][p]);
            page[p] = value.max(page[p]);
            above[p] = true;
            if in_title > 0.0 {
                title[p] = weight.max(title[p]);
            }
        }
        for (s, counts) in index.terms.sections(*term) {
            let s = s as usize;
            let [in_heading, in_body] = [counts & 3, counts >> 2].map(f64::from);
            let in_heading = weight * HEADING * in_heading / norms.heading[s];
            let in_body = weight * BODY * in_body;
            let p = index.sections[s].page as usize;
            heading[p] = in_heading.max(heading[p]);
            body[s] = in_body.max(body[s]);
            section[s] = (in_heading + in_body).max(section[s]);
        }
    }
    for (value, section) in body.iter().zip(&index.sections) {
        sums[section.page as usize] += value;
    }
    for (p, value) in page.iter_mut().enumerate() {
        *value += heading[p] + sums[p] / norms.body[p];
    }
    let found = number(page.iter().filter(|value| **value > 0.0).count() as u64);
    let weight = word.factor * rarity(index, found);
    for value in &mut page {
        *value = weight * *value / (SATURATION + *value);
    }
    for (value, norm) in section.iter_mut().zip(&norms.section) {
        let relative = *value / norm;
        *value = weight * relative / (SATURATION + relative);
    }
    Evaluated { page, section, title, above, weight }
}

/// How much it tells that something is on so many pages.
fn rarity(index: &Index, found: f64) -> f64 {
    ln(1.0 + (number(index.pages.len() as u64) - found + 0.5) / (found + 0.5))
}

/// A phrase that means the same as what was typed.
struct Phrase {
    words: Vec<Evaluated>,
    /// Those with all its words near each other: in one section, or above all of them.
    pages: Vec<usize>,
}

impl Phrase {
    fn new(index: &Index, norms: &Norms, words: &[Word]) -> Self {
        let words: Vec<Evaluated> = words.iter().map(|word| evaluate(index, norms, word)).collect();
        let inside = |s: usize, p: usize| words.iter().all(|word| word.section[s] > 0.0 || word.title[p] > 0.0);
        let together = |p: &usize| {
            words.iter().all(|word| word.page[*p] > 0.0)
                && (words.iter().all(|word| word.above[*p]) || index.sections_of(*p).any(|s| inside(s, *p)))
        };
        let pages = (0..index.pages.len()).filter(together).collect();
        Self { words, pages }
    }
}

/// What a unit gives: the sum of its own words, or a phrase that means the same where all of that is on the page.
struct Total {
    page: Vec<f64>,
    section: Vec<f64>,
    title: Vec<f64>,
    share: Vec<f64>,
    weight: f64,
}

impl Total {
    fn new(index: &Index) -> Self {
        let (pages, sections) = (index.pages.len(), index.sections.len());
        Self {
            page: vec![0.0; pages],
            section: vec![0.0; sections],
            title: vec![0.0; pages],
            share: vec![0.0; pages],
            weight: 0.0,
        }
    }

    fn add_word(&mut self, found: &Evaluated) {
        self.weight += found.weight;
        for p in 0..self.page.len() {
            if found.page[p] > 0.0 {
                self.page[p] += found.page[p];
                self.share[p] += found.weight;
                self.title[p] += found.title[p] * found.weight;
            }
        }
        add(&mut self.section, &found.section);
    }

    /// One word and what means the same are as rare as all of it together.
    fn share_rarity(&mut self, index: &Index, factor: f64, phrases: &[Phrase]) {
        let mut has: Vec<bool> = self.page.iter().map(|value| *value > 0.0).collect();
        phrases.iter().flat_map(|phrase| &phrase.pages).for_each(|page| has[*page] = true);
        let found = has.into_iter().filter(|has| *has).count() as u64;
        let weight = factor * rarity(index, number(found));
        let scale = if self.weight > 0.0 { weight / self.weight } else { 0.0 };
        self.weight = weight;
        for values in [&mut self.page, &mut self.section, &mut self.title, &mut self.share] {
            values.iter_mut().for_each(|value| *value *= scale);
        }
    }

    fn add_phrase(&mut self, index: &Index, phrase: &Phrase) {
        let found = &phrase.words;
        let sum = found.iter().fold(0.0, |sum, word| sum + word.weight);
        let scale = SYNONYM * self.weight / sum;
        for p in phrase.pages.iter().copied() {
            let value = found.iter().fold(0.0, |value, word| value + word.page[p]);
            let title = found.iter().fold(0.0, |title, word| title + word.title[p] * word.weight);
            self.page[p] = self.page[p].max(value * scale);
            self.title[p] = self.title[p].max(title * scale);
            self.share[p] = self.weight;
            for s in index.sections_of(p) {
                let part = found.iter().fold(0.0, |part, word| part + word.section[s]);
                self.section[s] = self.section[s].max(part * scale);
            }
        }
    }
}

fn add(sums: &mut [f64], values: &[f64]) {
    sums.iter_mut().zip(values).for_each(|(sum, value)| *sum += value);
}

/// Ranks all pages that have anything of the query, without those that have little of it and need not be kept. Withdrawn
/// pages come last; equal scores go by number. Notes what was to be left unsaid of a unit where no page has what means
/// the same: the words of such a phrase may all be there, and nowhere together.
pub(super) fn rank(
    index: &Index,
    norms: &Norms,
    units: &[Unit],
    notes: &mut Notes,
    keep: impl Fn(usize) -> bool,
) -> Vec<Ranked> {
    let mut all = Total::new(index);
    for unit in units {
        let mut total = Total::new(index);
        for word in &unit.own {
            total.add_word(&evaluate(index, norms, word));
        }
        let phrases: Vec<Phrase> = unit.alternatives.iter().map(|words| Phrase::new(index, norms, words)).collect();
        if unit.own.len() <= 1 && !phrases.is_empty() {
            total.share_rarity(index, unit.own.first().map_or(1.0, |word| word.factor), &phrases);
        }
        for phrase in &phrases {
            total.add_phrase(index, phrase);
        }
        if phrases.iter().all(|phrase| phrase.pages.is_empty()) {
            notes.add(&unit.untold);
        }
        all.weight += total.weight;
        add(&mut all.page, &total.page);
        add(&mut all.share, &total.share);
        add(&mut all.title, &total.title);
        add(&mut all.section, &total.section);
    }
    let telling = number(units.iter().flat_map(|unit| &unit.own).filter(|word| word.factor > STOP).count() as u64);
    let found = (0..index.pages.len()).filter(|page| all.page[*page] > 0.0);
    let ranked: Vec<Ranked> = found.map(|page| score(index, &all, telling, page)).collect();
    let best = ranked.iter().fold(0.0, |best: f64, row| best.max(row.score));
    let mut kept: Vec<Ranked> = ranked.into_iter().filter(|row| row.score >= best * FLOOR || keep(row.page)).collect();
    in_order(index, &mut kept);
    kept
}

/// Withdrawn pages last, then by score, then by number.
pub(super) fn in_order(index: &Index, rows: &mut [Ranked]) {
    let withdrawn = |row: &Ranked| index.pages[row.page].withdrawn;
    rows.sort_by(|a, b| withdrawn(a).cmp(&withdrawn(b)).then(b.score.total_cmp(&a.score)).then(a.page.cmp(&b.page)));
}

fn score(index: &Index, all: &Total, telling: f64, page: usize) -> Ranked {
    let sections = index.sections_of(page);
    let first = sections.start;
    let top = sections.fold(first, |top, section| if all.section[section] > all.section[top] { section } else { top });
    let in_title = all.title[page] / all.weight;
    // The share of the title that was asked for, squared: one word of a long title says little.
    let held = (in_title * telling / f64::from(index.pages[page].lengths[0].max(1))).min(1.0);
    let value = all.page[page] + SECTION * all.section[top] + TITLE_COVER * all.weight * in_title * held * held;
    let score =
        value * (COVER_BASE + COVER_SHARE * all.share[page] / all.weight) * f64::from(index.pages[page].prior) / 100.0;
    // Who asked for the title is shown the top of the page.
    Ranked { page, section: if in_title < WHOLE { top } else { first }, score }
}

#[cfg(test)]
mod tests {
    use super::ln;

    #[test]
    fn the_logarithm_is_near_enough() {
        for x in [1.0, 1.1, 1.999, 2.0, 3.7, 100.0, 20_000.0_f64] {
            assert!((ln(x) - x.ln()).abs() < 1e-4, "{x}");
        }
    }
}
