//! Sites with very many of something: what is said stays right, and the work stays in proportion.
//!
//! In: projects built in memory. Out: their diagnostics. Nothing here looks at a clock.

use std::collections::BTreeMap;

use guidepost::diagnostics::Code;

use crate::built::{built, memory, options};

/// The cures of all dead links on a page that links to `targets`, beside 300 pages in a folder `new`.
fn cures(targets: impl Iterator<Item = String>) -> Vec<String> {
    let page = |title: &str, body: &str| format!("---\ntitle: {title}\nsummary: One.\n---\n{body}\n").into_bytes();
    let mut files: BTreeMap<String, Vec<u8>> =
        (100..400).map(|n| (format!("content/new/step-{n}.md"), page(&format!("Step {n}"), "Text."))).collect();
    let links: String = targets.map(|target| format!("[words]({target})\n\n")).collect();
    files.insert("content/links.md".to_owned(), page("Links", &links));
    files.insert("guidepost.yaml".to_owned(), b"title: Guidance\n".to_vec());
    let mut problems = built(&memory(files), &options()).problems;
    problems.retain(|problem| problem.code == Code::BrokenLink);
    problems.into_iter().filter_map(|problem| problem.help).collect()
}

#[test]
fn every_link_into_a_moved_folder_is_answered() {
    let cures = cures((100..400).map(|n| format!("practice/old/step-{n}.md")));
    let expected: Vec<String> = (100..400).map(|n| format!("did you mean `new/step-{n}.md`?")).collect();
    assert_eq!(cures, expected);
}

#[test]
fn so_many_misspelt_links_are_guessed_and_no_more() {
    // The one that is misspelt twice counts once.
    let misspelt = (100..250).chain([100]).map(|n| format!("new/stepp-{n}.md"));
    let cures = cures(misspelt);
    let guessed = cures.iter().filter(|cure| cure.starts_with("did you mean `new/step-")).count();
    assert_eq!((guessed, cures.len()), (101, 151));
    assert_eq!(cures.first(), cures.last());
}

#[test]
fn a_link_in_other_letters_is_answered_however_many_there_are() {
    let cures = cures((100..400).map(|n| format!("New/STEP-{n}.md")));
    assert!(cures.iter().all(|cure| cure.starts_with("did you mean `new/step-")), "{cures:?}");
    assert_eq!(cures.len(), 300);
}
