//! Links and pictures of documents.
//!
//! In: a document and all others. Out: targets in the repository that do not exist, and headings nobody wrote.

use super::blocks::prose;
use super::{Document, root};

/// Links that lead nowhere. Addresses of other sites are not followed.
pub(super) fn dead(document: &Document, all: &[Document]) -> Vec<String> {
    let prose = prose(&document.text);
    let outside_code: String = prose.split('`').step_by(2).collect();
    let targets = outside_code.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let inside = targets.filter(|target| !target.contains("://") && !target.starts_with("mailto:"));
    inside
        .filter(|target| !leads_somewhere(document, target, all))
        .map(|target| format!("{}: `{target}` leads nowhere", document.path))
        .collect()
}

fn leads_somewhere(document: &Document, target: &str, all: &[Document]) -> bool {
    let (path, heading) = target.split_once('#').map_or((target, None), |(path, heading)| (path, Some(heading)));
    let path = if path.is_empty() { document.path.clone() } else { joined(&document.path, path) };
    let other = if path == document.path { Some(document) } else { all.iter().find(|other| other.path == path) };
    match heading {
        Some(heading) => other.is_some_and(|other| headings(&other.text).any(|found| found == heading)),
        None => root().join(&path).exists(),
    }
}

/// `docs/a.md` and `../b.md` → `b.md`
fn joined(from: &str, to: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in to.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The ids that forges give to headings: small letters, hyphens for spaces, no punctuation.
fn headings(text: &str) -> impl Iterator<Item = String> {
    let lines: Vec<String> = prose(text).lines().filter(|line| line.starts_with('#')).map(str::to_owned).collect();
    lines.into_iter().map(|line| {
        let title = line.trim_start_matches('#').trim().to_lowercase();
        title
            .chars()
            .filter(|c| c.is_alphanumeric() || "-_ ".contains(*c))
            .map(|c| if c == ' ' { '-' } else { c })
            .collect()
    })
}
