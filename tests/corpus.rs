//! The corpus of the benches keeps its shape: figures of different days are compared.
//!
//! In: the generator of benches/build. Out: failures when a page loses a part, or when its text changes.

#[path = "../benches/build/corpus.rs"]
#[allow(
    dead_code,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "shared with the bench"
)]
mod generator;
#[path = "../benches/build/prose.rs"]
#[allow(
    dead_code,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "shared with the bench"
)]
mod prose;

use std::collections::HashSet;
use std::fs;

use generator::{Corpus, PAGE_WORDS, SECTION};
use sha2::{Digest, Sha256};

fn body(page: &str) -> &str {
    page.splitn(3, "---\n").nth(2).expect("front matter")
}

fn lines(page: &str, start: &str) -> usize {
    body(page)
        .lines()
        .filter(|line| line.starts_with(start))
        .count()
}

#[test]
fn every_page_has_its_parts() {
    let corpus = Corpus::new(120, 7);
    for (number, page) in (0..120).map(|number| (number, corpus.page(number))) {
        let words = body(&page).split_whitespace().count();
        assert!(
            (PAGE_WORDS..PAGE_WORDS + 250).contains(&words),
            "page {number} has {words} words"
        );
        assert_eq!(
            lines(&page, "## ") + lines(&page, "### "),
            5,
            "headings of page {number}"
        );
        assert_eq!(
            (lines(&page, "- "), lines(&page, "4. ")),
            (5, 1),
            "lists of page {number}"
        );
        assert_eq!(page.matches(".md)").count(), 4, "links of page {number}");
        assert_eq!(
            lines(&page, "| --- ") == 1,
            number % 3 == 0,
            "table of page {number}"
        );
        assert_eq!(
            lines(&page, "```") == 2,
            number % 10 == 0,
            "code of page {number}"
        );
    }
}

#[test]
fn every_link_leads_to_a_page() {
    let folder = tempfile::tempdir().expect("a folder");
    let pages = SECTION * 2 + 7;
    Corpus::new(pages, 7).write(folder.path()).expect("written");
    let content = folder.path().join("content");
    let mut found = 0;
    for section in fs::read_dir(&content)
        .expect("content")
        .flatten()
        .filter(|entry| entry.path().is_dir())
    {
        for page in fs::read_dir(section.path()).expect("section").flatten() {
            let text = fs::read_to_string(page.path()).expect("page");
            for target in text
                .split("](")
                .skip(1)
                .filter_map(|rest| rest.split(')').next())
            {
                assert!(
                    section.path().join(target).is_file(),
                    "{target} in {}",
                    page.path().display()
                );
                found += 1;
            }
        }
    }
    assert_eq!(found, pages * 4);
}

#[test]
fn words_follow_zipf() {
    let corpus = Corpus::new(1, 7);
    let text: String = (0..200)
        .map(|page| body(&corpus.page(page)).to_lowercase())
        .collect();
    let words: Vec<&str> = text
        .split(|c: char| !c.is_ascii_alphabetic())
        .filter(|word| !word.is_empty())
        .collect();
    let distinct = words.iter().collect::<HashSet<_>>().len();
    assert!(
        (6_000..9_000).contains(&distinct),
        "{distinct} different words in {}",
        words.len()
    );
    let letters = words.iter().map(|word| word.len()).sum::<usize>();
    let tenths = letters * 10 / words.len();
    assert!(
        (45..65).contains(&tenths),
        "words have {tenths} tenths of a letter"
    );
}

/// When this fails, either undo the change or write down that older figures do not compare.
#[test]
fn the_text_is_the_same_on_every_machine() {
    let hash = |page: &str| {
        Sha256::digest(page)[..6]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect::<String>()
    };
    let page = Corpus::new(1_000, 7).page(42);
    assert_eq!(hash(&page), "57ffcfc8357b");
    let other_seed = Corpus::new(1_000, 8).page(42);
    assert_ne!(page, other_seed);
    // Another number of pages changes targets of links only.
    let without_links = |page: &str| {
        page.split('[')
            .map(|part| part.split(".md)").last().unwrap_or("").to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        without_links(&page),
        without_links(&Corpus::new(5_000, 7).page(42))
    );
}
