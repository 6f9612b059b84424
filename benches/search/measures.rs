//! Measures of retrieval.
//!
//! In: for each query the documents found, best first, and the grades people gave. Out: means over all queries.

use super::collection::{Collection, Query};

/// How many results count.
const TOP: usize = 10;

/// Means over the queries.
#[derive(Debug, Default)]
pub(crate) struct Measures {
    /// Discounted gain of the first ten against the best possible order.
    pub ndcg: f64,
    /// One over the place of the first right answer among ten.
    pub mrr: f64,
    /// The first answer is right.
    pub first: f64,
    /// Right answers among the first ten.
    pub recall: f64,
    /// Mean precision at each right answer, over the first hundred.
    pub map: f64,
    /// Queries without any result.
    pub none: usize,
}

/// Measures all answers.
pub(crate) fn measure(collection: &Collection, answers: &[Vec<usize>]) -> Measures {
    let mut sum = Measures::default();
    let count = collection.queries.len().max(1) as f64;
    for (query, found) in collection.queries.iter().zip(answers) {
        let grade = |document: &usize| query.grades.get(document).copied().unwrap_or(0.0);
        let right: Vec<usize> =
            found.iter().enumerate().filter(|(_, document)| grade(document) > 0.0).map(|(place, _)| place).collect();
        sum.ndcg += gain(found.iter().map(grade)) / best_gain(query) / count;
        sum.mrr += right.first().filter(|place| **place < TOP).map_or(0.0, |place| 1.0 / (place + 1) as f64) / count;
        sum.first += f64::from(u8::from(right.first() == Some(&0))) / count;
        sum.recall += right.iter().filter(|place| **place < TOP).count() as f64 / query.grades.len() as f64 / count;
        let precision: f64 =
            right.iter().enumerate().map(|(before, place)| (before + 1) as f64 / (place + 1) as f64).sum();
        sum.map += precision / query.grades.len() as f64 / count;
        sum.none += usize::from(found.is_empty());
    }
    sum
}

fn gain(grades: impl Iterator<Item = f64>) -> f64 {
    grades.take(TOP).enumerate().map(|(place, grade)| grade / ((place + 2) as f64).log2()).sum()
}

fn best_gain(query: &Query) -> f64 {
    let mut grades: Vec<f64> = query.grades.values().copied().collect();
    grades.sort_by(|a, b| b.total_cmp(a));
    gain(grades.into_iter())
}
