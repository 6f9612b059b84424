//! Settling diagnostics: levels applied, the same problem of several editions joined, all in reading order.
//!
//! In: what the stages found. Out: what is printed. What stays true: codes that guard safety keep their severity; what
//! only follows from a file that cannot be read is not said, since mending the file mends it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostics::{Code, Diagnostic, Severity, Span};

/// Applies the project's levels and `--strict`, joins equal problems, sorts. A problem found in all of `editions` names
/// none of them.
pub fn settle(
    problems: Vec<Diagnostic>,
    levels: &[(Code, Severity)],
    strict: bool,
    editions: usize,
) -> Vec<Diagnostic> {
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
    let unreadable = unreadable_files(joined.values());
    joined.retain(|(span, code, _), _| {
        !(FOLLOWING.contains(code) && span.as_ref().is_some_and(|span| unreadable.contains(&span.file)))
    });
    let mut settled: Vec<Diagnostic> = joined.into_values().collect();
    for problem in &mut settled {
        if problem.editions.len() >= editions {
            problem.editions.clear();
        }
    }
    settled
}

/// Codes that say a file cannot be read whole.
const READING: [Code; 10] = [
    Code::YamlSyntax,
    Code::YamlTab,
    Code::YamlAlias,
    Code::YamlTag,
    Code::UnclosedQuote,
    Code::TomlSyntax,
    Code::UnclosedFrontMatter,
    Code::FrontMatterUnreadable,
    Code::NotUtf8,
    Code::TooLarge,
];

/// Codes that say something is missing. In a file that cannot be read whole it may well be there.
const FOLLOWING: [Code; 4] =
    [Code::MissingField, Code::NoWayToReach, Code::TitleFromFileName, Code::RouteWithoutEmergency];

fn unreadable_files<'a>(problems: impl Iterator<Item = &'a Diagnostic>) -> BTreeSet<Arc<str>> {
    let unread = problems.filter(|problem| problem.severity == Severity::Error && READING.contains(&problem.code));
    unread.filter_map(|problem| Some(Arc::clone(&problem.span.as_ref()?.file))).collect()
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
