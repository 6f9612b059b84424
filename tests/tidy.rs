//! The rules of the repository, held by tests instead of by advice.
//!
//! In: every file of the repository. Out: a list of findings with file and line, which must be empty. Each rule is
//! a function over one file (path and text), and each has a test of its own that shows it fails on a bad example.

mod browser;
mod codes;
mod crates;
mod documents;
mod imports;
mod names;
mod repository;
mod rust_source;

use repository::{File, repository};

/// Fails with every finding, not only the first.
#[track_caller]
fn holds(findings: impl IntoIterator<Item = String>) {
    let findings: Vec<String> = findings.into_iter().collect();
    assert!(findings.is_empty(), "{} findings\n{}\n", findings.len(), findings.join("\n"));
}

/// Fails unless the rule finds exactly so many faults in a bad example.
#[track_caller]
fn notices(count: usize, rule: impl Fn(&File) -> Vec<String>, path: &str, text: &str) {
    let findings = rule(&File::new(path, text));
    assert_eq!(findings.len(), count, "in\n{text}\nfound {findings:#?}");
}

/// Rust files open with what comes in, what goes out and what stays true.
fn described(file: &File) -> Vec<String> {
    let missing = file.is("rs") && !file.text.starts_with("//! ");
    missing.then(|| file.at(0, "does not open with `//!`")).into_iter().collect()
}

#[test]
fn every_rust_file_says_what_it_is() {
    holds(repository().iter().flat_map(described));
    notices(1, described, "src/a.rs", "use std::fmt;\n");
    notices(1, described, "src/a.rs", "");
    notices(1, described, "src/a.rs", "\n//! Late.\n");
    notices(0, described, "src/a.rs", "//! In, out.\n");
    notices(0, described, "README.md", "# Guidepost\n");
}
