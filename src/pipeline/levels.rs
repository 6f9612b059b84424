//! Settling diagnostics: levels applied, the same problem of several editions joined, all in reading order.
//!
//! In: what the stages found. Out: what is printed. What stays true: codes that guard safety keep their severity.

use std::collections::BTreeMap;

use crate::diagnostics::{Code, Diagnostic, Severity, Span};

/// Applies the project's levels and `--strict`, joins equal problems, sorts. A problem found in all of `editions` names
/// none of them.
pub fn settle(problems: Vec<Diagnostic>, levels: &[(Code, Severity)], strict: bool, editions: usize) -> Vec<Diagnostic> {
    let mut joined: BTreeMap<(Option<Span>, Code, String), Diagnostic> = BTreeMap::new();
    for mut problem in problems {
        problem.severity = level(&problem, levels, strict);
        if problem.severity == Severity::Off {
            continue;
        }
        let key = (problem.span.clone(), problem.code, problem.message.clone());
        match joined.get_mut(&key) {
            Some(first) => {
                let new = problem.editions.into_iter().filter(|edition| !first.editions.contains(edition));
                let new: Vec<String> = new.collect();
                first.editions.extend(new);
            }
            None => {
                joined.insert(key, problem);
            }
        }
    }
    let mut settled: Vec<Diagnostic> = joined.into_values().collect();
    for problem in &mut settled {
        if problem.editions.len() >= editions {
            problem.editions.clear();
        }
    }
    settled
}

fn level(problem: &Diagnostic, levels: &[(Code, Severity)], strict: bool) -> Severity {
    let chosen = levels.iter().rev().find(|(code, _)| *code == problem.code).map(|(_, severity)| *severity);
    let severity = match chosen {
        Some(chosen) if problem.code.guarded() => chosen.min(problem.severity),
        Some(chosen) => chosen,
        None => problem.severity,
    };
    if strict && severity == Severity::Warning { Severity::Error } else { severity }
}
