//! The documents exist, and what they say is where they say it.
//!
//! In: README.md, ARCHITECTURE.md, CONTRIBUTING.md. Out: paths in backticks that lead nowhere.

use super::repository::{File, repository, root};
use super::{holds, notices};

const REQUIRED: [&str; 7] =
    ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE", "deny.toml"];

/// A path in the repository begins with one of these; `dist/` or `/faqs/` are not in it.
const FOLDERS: [&str; 10] =
    ["src", "tests", "benches", "examples", "templates", "static", "content", "authorities", "docs", ".ci"];

/// Files at the root with small letters; documents are in capitals. Other names without a folder, such as
/// `_index.md`, are what an author writes.
const AT_ROOT: [&str; 4] = ["build.rs", "deny.toml", "clippy.toml", "rustfmt.toml"];

/// Paths in backticks that do not exist.
fn dead_paths(file: &File, exists: impl Fn(&str) -> bool) -> Vec<String> {
    if !["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"].contains(&file.path.as_str()) {
        return Vec::new();
    }
    let spans = code_spans(&file.text).into_iter().filter_map(|(at, span)| Some((at, path(span)?)));
    let dead = spans.filter(|(_, path)| !exists(path));
    dead.map(|(at, path)| file.at(at, format!("there is no `{path}`"))).collect()
}

/// The path that a code span means, without a line number or an anchor.
fn path(span: &str) -> Option<&str> {
    let span = span.split([':', '#']).next().unwrap_or(span).trim_end_matches('/');
    let name = |c: char| c.is_alphanumeric() || "-_./".contains(c);
    if span.is_empty() || !span.chars().all(name) || span.contains("..") {
        return None;
    }
    let inside = span.split_once('/').is_some_and(|(first, _)| FOLDERS.contains(&first)) || FOLDERS.contains(&span);
    let document =
        [".md", ".toml", ".lock"].iter().any(|end| span.ends_with(end)) && span.starts_with(char::is_uppercase);
    let at_root = !span.contains('/') && (document || AT_ROOT.contains(&span));
    (inside || at_root).then_some(span)
}

/// What stands between single backticks in lines outside fences.
fn code_spans(text: &str) -> Vec<(usize, &str)> {
    let (mut fenced, mut start, mut found) = (false, 0, Vec::new());
    for line in text.split_inclusive('\n') {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            let mut at = start;
            for (part, piece) in line.split('`').enumerate() {
                if part % 2 == 1 {
                    found.push((at, piece));
                }
                at += piece.len() + 1;
            }
        }
        start += line.len();
    }
    found
}

#[test]
fn the_documents_exist() {
    holds(REQUIRED.iter().filter(|name| !root().join(name).is_file()).map(|name| format!("{name} is missing")));
}

#[test]
fn every_path_in_the_documents_exists() {
    holds(repository().iter().flat_map(|file| dead_paths(file, |path| root().join(path).exists())));
}

#[test]
fn a_dead_path_is_noticed() {
    let rule = |file: &File| dead_paths(file, |path| ["src", "src/site", "src/lib.rs", "CHANGELOG.md"].contains(&path));
    notices(1, rule, "ARCHITECTURE.md", "See `src/gone.rs` and `src/lib.rs:12`.");
    notices(1, rule, "README.md", "See `HISTORY.md` and `CHANGELOG.md`.");
    notices(1, rule, "CONTRIBUTING.md", "a\n`tests/sites/`\n");
    notices(
        0,
        rule,
        "ARCHITECTURE.md",
        "`src/site/`, `src/check/rules/<name>.md`, `dist/`, `x/index.md`, `_index.md`, `cargo test`",
    );
    notices(0, rule, "README.md", "```\n`src/gone.rs`\n```\n");
    notices(0, rule, "CHANGELOG.md", "`src/gone.rs`");
}
