//! What the search box would answer.
//!
//! In: an [`Index`] and a query. Out: an [`Answer`]: one row a page with its best section and an excerpt, what was
//! corrected or dropped, and reporting routes.

use std::collections::BTreeSet;

use super::danger::{Danger, Shown};
use super::excerpt::{Piece, excerpt};
use super::index::{Index, IndexedPage};
use super::phrases::{Looked, Phrases};
use super::query::{Plan, Typed, plan};
use super::ranking::{Norms, Ranked, STOP, rank};

/// Answers queries over one index.
#[derive(Debug)]
pub struct Engine<'a> {
    index: &'a Index,
    norms: Norms,
    danger: Danger<'a>,
}

/// The answer to one query.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer<'a> {
    /// Best first, at most as many as asked for.
    pub results: Vec<Found<'a>>,
    /// How many pages have anything of the query.
    pub total: usize,
    /// What was typed and what was taken for it.
    pub corrected: Vec<(String, String)>,
    /// Words that no page has, and phrases in quotation marks.
    pub dropped: Vec<String>,
    /// How many pages were looked at for what stands in quotation marks, where more have all its words.
    pub looked_at: Option<usize>,
    /// Reporting routes its words call for.
    pub routes: Vec<Shown<'a>>,
}

/// A page found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found<'a> {
    /// From the site's root, without fragment.
    pub url: &'a str,
    /// The page's title.
    pub title: &'a str,
    /// Its language, where that is not the site’s.
    pub lang: Option<&'a str>,
    /// Its kind.
    pub kind: &'a str,
    /// The heading of its best section; empty for the text before the first.
    pub heading: String,
    /// The id of that heading; empty where there is none.
    pub anchor: String,
    /// In thousandths.
    pub score: u64,
    /// Why it was found.
    pub excerpt: Vec<Piece>,
}

impl<'a> Engine<'a> {
    /// Over an index.
    pub fn new(index: &'a Index) -> Self {
        Self { index, norms: Norms::of(index), danger: Danger::of(index) }
    }

    /// The pages that are found first, without anything that is shown of them, and the routes that are called for.
    pub(super) fn first(&self, query: &str, limit: usize) -> (Vec<&'a IndexedPage>, Vec<Shown<'a>>) {
        let mut plan = plan(self.index, query, Typed::Finished);
        let (rows, _) = self.ranked(&mut plan, &Phrases::of(self.index, query), limit);
        let pages = rows.iter().take(limit).map(|row| &self.index.pages[row.page]).collect();
        (pages, self.danger.routes_for(query))
    }

    fn ranked(&self, plan: &mut Plan, phrases: &Phrases<'_>, limit: usize) -> (Vec<Ranked>, Looked) {
        let keep = |page| phrases.may_stand_on(page);
        let mut rows = rank(self.index, &self.norms, &plan.units, &mut plan.notes, keep);
        let looked = phrases.raise(&mut rows, limit);
        (rows, looked)
    }

    /// Answers a query with at most `limit` pages.
    pub fn answer(&self, query: &str, limit: usize, typed: Typed) -> Answer<'a> {
        let mut plan = plan(self.index, query, typed);
        let phrases = Phrases::of(self.index, query);
        let (rows, looked) = self.ranked(&mut plan, &phrases, limit);
        let wanted = self.wanted(&plan);
        let stems = phrases.stems();
        Answer {
            results: rows.iter().take(limit).map(|row| self.found(*row, &wanted, &stems)).collect(),
            total: rows.len(),
            corrected: plan.notes.corrected,
            dropped: [plan.notes.dropped, looked.missing].concat(),
            looked_at: looked.partly,
            routes: self.danger.routes_for(query),
        }
    }

    /// Stems to mark: of everything but the smallest words, unless there is nothing else.
    fn wanted(&self, plan: &Plan) -> BTreeSet<&'a str> {
        let words = || plan.units.iter().flat_map(|unit| unit.own.iter().chain(unit.alternatives.iter().flatten()));
        let telling = words().any(|word| word.factor > STOP);
        let numbers: BTreeSet<u32> = words()
            .filter(|word| !telling || word.factor > STOP)
            .flat_map(|word| word.terms.iter().map(|(term, _)| *term))
            .collect();
        self.index
            .numbers
            .iter()
            .filter(|(_, number)| numbers.contains(number))
            .map(|(stem, _)| stem.as_str())
            .collect()
    }

    fn found(&self, row: Ranked, wanted: &BTreeSet<&str>, phrases: &[&[String]]) -> Found<'a> {
        let page = &self.index.pages[row.page];
        let (summary, sections) = self.index.read(row.page);
        let place = row.section - self.index.sections_of(row.page).start;
        let section = sections.into_iter().nth(place).unwrap_or_default();
        let text = if section.text.is_empty() { &summary } else { &section.text };
        let excerpt = excerpt(text, wanted, phrases);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "scores are small and not negative")]
        let score = (row.score * 1000.0 + 0.5).floor() as u64;
        Found {
            url: &page.url,
            title: &page.title,
            lang: page.language.checked_sub(1).map(|at| self.index.languages[usize::from(at)].as_str()),
            kind: &self.index.kinds[usize::from(page.kind)].0,
            heading: section.heading,
            anchor: section.anchor,
            score,
            excerpt,
        }
    }
}
