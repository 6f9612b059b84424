//! The bench can be believed: the corpus keeps its shape and its text, as figures of different days are compared,
//! and costs are measured and summed up rightly.
//!
//! In: the parts of benches/build. Out: failures when a page loses a part, or a figure is wrong.

#[path = "../benches/build/corpus.rs"]
#[allow(dead_code, clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "shared with the bench")]
mod generator;
#[path = "../benches/build/prose.rs"]
#[allow(dead_code, clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "shared with the bench")]
mod prose;

#[path = "../benches/build/measure.rs"]
#[allow(clippy::cast_precision_loss, reason = "shared with the bench")]
mod measure;
#[path = "../benches/build/report.rs"]
mod report;

use std::collections::HashSet;
use std::fs;
use std::process::Command;

use generator::{Corpus, PAGE_WORDS, SECTION};
use measure::{Cost, run};
use report::{Pair, report};
use sha2::{Digest, Sha256};

fn body(page: &str) -> &str {
    page.splitn(3, "---\n").nth(2).expect("front matter")
}

fn lines(page: &str, start: &str) -> usize {
    body(page).lines().filter(|line| line.starts_with(start)).count()
}

#[test]
fn every_page_has_its_parts() {
    let corpus = Corpus::new(120, 7);
    for (number, page) in (0..120).map(|number| (number, corpus.page(number))) {
        let words = body(&page).split_whitespace().count();
        assert!((PAGE_WORDS..PAGE_WORDS + 250).contains(&words), "page {number} has {words} words");
        assert_eq!(lines(&page, "## ") + lines(&page, "### "), 5, "headings of page {number}");
        assert_eq!((lines(&page, "- "), lines(&page, "4. ")), (5, 1), "lists of page {number}");
        assert_eq!(page.matches(".md)").count(), 4, "links of page {number}");
        assert_eq!(lines(&page, "| --- ") == 1, number % 3 == 0, "table of page {number}");
        assert_eq!(lines(&page, "```") == 2, number % 10 == 0, "code of page {number}");
    }
}

#[test]
fn every_link_leads_to_a_page() {
    let folder = tempfile::tempdir().expect("a folder");
    let pages = SECTION * 2 + 7;
    Corpus::new(pages, 7).write(folder.path()).expect("written");
    let content = folder.path().join("content");
    let mut found = 0;
    for section in fs::read_dir(&content).expect("content").flatten().filter(|entry| entry.path().is_dir()) {
        for page in fs::read_dir(section.path()).expect("section").flatten() {
            let text = fs::read_to_string(page.path()).expect("page");
            for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
                assert!(section.path().join(target).is_file(), "{target} in {}", page.path().display());
                found += 1;
            }
        }
    }
    assert_eq!(found, pages * 4);
}

#[test]
fn words_follow_zipf() {
    let corpus = Corpus::new(1, 7);
    let text: String = (0..200).map(|page| body(&corpus.page(page)).to_lowercase()).collect();
    let words: Vec<&str> = text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty()).collect();
    let distinct = words.iter().collect::<HashSet<_>>().len();
    assert!((6_000..9_000).contains(&distinct), "{distinct} different words in {}", words.len());
    let letters = words.iter().map(|word| word.len()).sum::<usize>();
    let tenths = letters * 10 / words.len();
    assert!((45..65).contains(&tenths), "words have {tenths} tenths of a letter");
}

/// When this fails, either undo the change or write down that older figures do not compare.
#[test]
fn the_text_is_the_same_on_every_machine() {
    let hash = |page: &str| Sha256::digest(page)[..6].iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let page = Corpus::new(1_000, 7).page(42);
    assert_eq!(hash(&page), "57ffcfc8357b");
    let other_seed = Corpus::new(1_000, 8).page(42);
    assert_ne!(page, other_seed);
    // Another number of pages changes targets of links only.
    let without_links =
        |page: &str| page.split('[').map(|part| part.split(".md)").last().unwrap_or("").to_owned()).collect::<Vec<_>>();
    assert_eq!(without_links(&page), without_links(&Corpus::new(5_000, 7).page(42)));
}

#[test]
fn costs_are_those_of_the_command() {
    let script = "x=0; while [ $x -lt 60000 ]; do x=$((x+1)); done; sleep 0.2; echo done";
    let cost = run(Command::new("sh").args(["-c", script])).expect("sh runs");
    assert_eq!(cost.printed, "done\n");
    assert!((0.2..30.0).contains(&cost.wall), "{} s", cost.wall);
    if cfg!(target_os = "linux") {
        let (cpu, peak) = (cost.cpu.expect("CPU time"), cost.peak.expect("memory"));
        assert!(cpu > 0.0 && peak > 0.1 && peak < 100.0, "{cpu} s, {peak} MiB");
    }
}

#[test]
fn a_failed_run_has_no_cost() {
    assert!(run(Command::new("sh").args(["-c", "exit 3"])).is_err());
    assert!(run(&mut Command::new("no-such-program")).is_err());
}

#[test]
fn the_report_gives_medians_and_the_ratio_of_each_pair() {
    let cost = |wall, printed: &str| Cost { wall, cpu: None, peak: Some(wall * 10.0), printed: printed.to_owned() };
    let timings = |ms| format!("{{\"pages\":3,\"bytes\":9,\"stages\":{{\"load\":{ms}}},\"total_ms\":7}}\n");
    let pair = |floor, build, ms: u32| Pair { floor: cost(floor, "3\n"), build: cost(build, &timings(ms)) };
    let text = report(&[pair(1.0, 2.0, 4), pair(2.0, 3.0, 6), pair(1.0, 9.0, 5)]);
    let lines: Vec<String> = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    for line in
        ["floor 1.000 - 10.0", "guidepost 3.000 - 30.0", "wall median 2.00 (2.00 1.50 9.00)", "load 5.0", "total 7.0"]
    {
        assert!(lines.iter().any(|found| found == line), "{line} is not in\n{text}");
    }
    let silent = report(&[Pair { floor: cost(1.0, ""), build: cost(2.0, "built\n") }]);
    assert!(silent.contains("no stage timings were printed"), "{silent}");
}
