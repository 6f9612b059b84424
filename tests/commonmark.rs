//! CommonMark's own examples, through this crate's tree and writer in the profile that adds nothing.
//!
//! In: the file named by `COMMONMARK_SPEC`, the specification's `spec.txt` or its examples as `spec.json` (neither
//! is part of this repository: npm has them as `commonmark-spec`). Out: 652 of 652, or the list of what differs.
#![allow(clippy::print_stderr, reason = "a test that is skipped says so aloud")]

use std::fs;
use std::sync::Arc;

use guidepost::markdown::{Profile, parse_profile};
use guidepost::render::html::{Reference, write};

struct Example {
    number: usize,
    markdown: String,
    html: String,
}

#[test]
fn every_example_of_the_specification() {
    let Some(path) = std::env::var_os("COMMONMARK_SPEC") else {
        eprintln!("SKIPPED: set COMMONMARK_SPEC to spec.txt or spec.json to hold the parser against CommonMark");
        return;
    };
    let text = fs::read_to_string(&path).expect("COMMONMARK_SPEC names a readable file");
    let examples = if text.trim_start().starts_with('[') { from_json(&text) } else { from_text(&text) };
    assert!(examples.len() > 600, "only {} examples found", examples.len());
    let failures: Vec<String> = examples.iter().filter_map(difference).collect();
    let passed = examples.len() - failures.len();
    assert!(failures.is_empty(), "{passed} of {} examples\n{}", examples.len(), failures.join("\n"));
    eprintln!("CommonMark: {passed} of {}", examples.len());
}

fn difference(example: &Example) -> Option<String> {
    let mut problems = Vec::new();
    let tree = parse_profile(Profile::CommonMark, &Arc::from("spec.txt"), &example.markdown, 0, &mut problems);
    let mut html = String::new();
    write(&tree, 0..tree.nodes.len(), &Reference, &mut html);
    (html != example.html || !problems.is_empty()).then(|| {
        let Example { number, markdown, html: wanted } = example;
        format!("example {number}\n  text   {markdown:?}\n  wanted {wanted:?}\n  found  {html:?}\n  {problems:?}")
    })
}

fn from_json(text: &str) -> Vec<Example> {
    let values: Vec<serde_json::Value> = serde_json::from_str(text).expect("a list of examples");
    let field = |value: &serde_json::Value, key: &str| value[key].as_str().expect("a text").to_owned();
    let example = |(index, value): (usize, &serde_json::Value)| Example {
        number: index + 1,
        markdown: field(value, "markdown"),
        html: field(value, "html"),
    };
    values.iter().enumerate().map(example).collect()
}

/// Examples stand between lines of 32 backticks, text and HTML divided by a line `.`; arrows mean tabs.
fn from_text(text: &str) -> Vec<Example> {
    let fence = "`".repeat(32);
    let opening = format!("{fence} example");
    let mut examples = Vec::new();
    let mut lines = text.lines();
    while lines.any(|line| line == opening) {
        let example: Vec<&str> = lines.by_ref().take_while(|line| *line != fence).collect();
        let middle = example.iter().position(|line| *line == ".").expect("a line that divides text and HTML");
        let joined = |lines: &[&str]| lines.iter().map(|line| line.replace('→', "\t") + "\n").collect::<String>();
        examples.push(Example {
            number: examples.len() + 1,
            markdown: joined(&example[..middle]),
            html: joined(&example[middle + 1..]),
        });
    }
    examples
}
