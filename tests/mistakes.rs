//! The mistakes people make, each with the exact words they are answered with: `tests/mistakes/*.md`.
//!
//! In: documents that are prose and test at once. Each `## heading` is a mistake; its blocks are files of a project
//! (```` ```md content/page.md ````), options (```` ```options ````) and the answer in one of the forms of `--format`
//! (```` ```short ````, ```` ```human ````, ```` ```json ````). A file block whose first word is `bytes` may hold
//! `\xFF`, in its name too. Out: the mistakes that are answered otherwise. What stays true: the whole program runs, from files to printed
//! pages; `UPDATE=1` rewrites the answers.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use guidepost::diagnostics::print::Format;
use guidepost::diagnostics::{Code, Diagnostic, Severity};

use crate::built::{Built, built, files_of, is_updating, memory, options, repository, set_option};

/// Codes that only a disk or a whole machine can bring about; they are tested where that is.
const ELSEWHERE: [Code; 5] =
    [Code::NotAFile, Code::NameNotUtf8, Code::FileUnreadable, Code::MarkdownUnreadable, Code::TooLarge];

/// A fenced block and where its text stands in the document.
struct Block {
    info: String,
    lines: std::ops::Range<usize>,
}

/// One mistake.
struct Mistake {
    title: String,
    blocks: Vec<Block>,
}

fn documents() -> Vec<(PathBuf, Vec<String>)> {
    let folder = repository("tests/mistakes");
    let documents = files_of(&folder).into_iter().filter(|(name, _)| name.ends_with(".md"));
    documents
        .map(|(name, bytes)| {
            (folder.join(name), String::from_utf8(bytes).unwrap().lines().map(str::to_owned).collect())
        })
        .collect()
}

fn mistakes(lines: &[String]) -> Vec<Mistake> {
    let mut found: Vec<Mistake> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let line = &lines[at];
        let ticks = line.len() - line.trim_start_matches('`').len();
        if let Some(title) = line.strip_prefix("## ") {
            found.push(Mistake { title: title.to_owned(), blocks: Vec::new() });
        } else if ticks >= 3 {
            let fence = "`".repeat(ticks);
            let length = lines[at + 1..].iter().position(|line| *line == fence).expect("the fence is closed");
            let info = line[ticks..].to_owned();
            found.last_mut().unwrap().blocks.push(Block { info, lines: at + 1..at + 1 + length });
            at += length + 1;
        }
        at += 1;
    }
    found
}

impl Mistake {
    fn build(&self, lines: &[String]) -> Built {
        let mut files = BTreeMap::from([("guidepost.yaml".to_owned(), b"title: Practice guidance\n".to_vec())]);
        let mut options = options();
        for block in &self.blocks {
            let text: String = lines[block.lines.clone()].iter().map(|line| format!("{line}\n")).collect();
            match block.info.split_once(' ') {
                Some(("bytes", path)) => {
                    let path = String::from_utf8(unescaped(path)).unwrap();
                    files.insert(path, unescaped(&text));
                }
                Some((_, path)) => drop(files.insert(path.to_owned(), text.into_bytes())),
                None if block.info == "options" => {
                    let pairs = text.lines().map(|line| line.split_once(": ").expect("`key: value`"));
                    pairs.for_each(|(key, value)| set_option(&mut options, key, value));
                }
                None => assert!(form(&block.info).is_some(), "`{}` in “{}”", block.info, self.title),
            }
        }
        built(&memory(files), &options)
    }
}

fn form(info: &str) -> Option<Format> {
    match info {
        "short" => Some(Format::Short),
        "human" => Some(Format::Human),
        "json" => Some(Format::Json),
        _ => None,
    }
}

/// `\xFF` → that byte.
fn unescaped(text: &str) -> Vec<u8> {
    let mut parts = text.split("\\x");
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).expect("two hex digits"));
        bytes.extend(&part.as_bytes()[2..]);
    }
    bytes
}

#[test]
fn every_mistake_is_answered_in_these_words() {
    let mut failures = Vec::new();
    for (path, mut lines) in documents() {
        let mut answers = Vec::new();
        for mistake in mistakes(&lines) {
            let built = mistake.build(&lines);
            assert!(
                mistake.blocks.iter().any(|block| form(&block.info).is_some()),
                "“{}” has no answer",
                mistake.title
            );
            for block in &mistake.blocks {
                let Some(form) = form(&block.info) else { continue };
                let said = built.said(form);
                let said: Vec<String> = said.trim_end().lines().map(|line| line.trim_end().to_owned()).collect();
                if said != lines[block.lines.clone()] {
                    failures.push(format!(
                        "{}: “{}”\n  expected:\n{}\n  found:\n{}\n",
                        path.file_name().unwrap().to_string_lossy(),
                        mistake.title,
                        lines[block.lines.clone()].join("\n"),
                        said.join("\n")
                    ));
                    answers.push((block.lines.clone(), said));
                }
            }
        }
        if is_updating() {
            for (range, said) in answers.into_iter().rev() {
                lines.splice(range, said);
            }
            fs::write(path, lines.join("\n") + "\n").unwrap();
        }
    }
    assert!(failures.is_empty() || is_updating(), "{}", failures.join("\n"));
}

/// Everything the documents make the program say.
fn everything_said() -> Vec<(String, Diagnostic)> {
    let mut said = Vec::new();
    for (_, lines) in documents() {
        for mistake in mistakes(&lines) {
            let built = mistake.build(&lines);
            assert!(!built.problems.is_empty(), "“{}” is no mistake to the program", mistake.title);
            said.extend(built.problems.into_iter().map(|problem| (mistake.title.clone(), problem)));
        }
    }
    said
}

#[test]
fn every_code_is_met_and_every_answer_can_be_read() {
    const JARGON: [&str; 16] = [
        "None", "Some(", "parse", "token", "struct", "unwrap", "panic", "Err", "null", "string", "boolean", "integer",
        "UTF8", "regex", "scalar", "mapping",
    ];
    let said = everything_said();
    let unmet: Vec<&str> = Code::ALL
        .iter()
        .filter(|code| !ELSEWHERE.contains(code) && !said.iter().any(|(_, problem)| problem.code == **code))
        .map(|code| code.name())
        .collect();
    assert!(unmet.is_empty(), "no mistake leads to {}", unmet.join(", "));
    let mut odd = Vec::new();
    for (title, problem) in &said {
        let help = problem.help.as_deref().unwrap_or_default();
        let message = problem.message.as_str();
        // What the author wrote stands between backticks and may be anything.
        let own: String = message.split('`').step_by(2).chain(help.split('`').step_by(2)).collect();
        if message.ends_with('.') || help.ends_with('.') {
            odd.push(format!("“{title}”: ends with a full stop: {message}; {help}"));
        }
        if let Some(word) =
            JARGON.iter().find(|word| own.split(|c: char| !c.is_alphanumeric()).any(|own| own == **word))
        {
            odd.push(format!("“{title}”: says `{word}`: {message}; {help}"));
        }
        if help.is_empty() && problem.severity <= Severity::Warning {
            odd.push(format!("“{title}”: offers no cure: {message}"));
        }
        if problem.span.is_none()
            && problem.severity == Severity::Error
            && !["unknown-authority", "authority-without-file"].contains(&problem.code.name())
        {
            odd.push(format!("“{title}”: names no place: {message}"));
        }
    }
    assert!(odd.is_empty(), "{}", odd.join("\n"));
}

#[test]
fn there_are_at_least_forty_kinds_of_mistake() {
    let documents = documents();
    let mut titles: Vec<String> =
        documents.iter().flat_map(|(_, lines)| mistakes(lines)).map(|mistake| mistake.title).collect();
    let all = titles.len();
    titles.sort();
    titles.dedup();
    assert_eq!(titles.len(), all, "two mistakes share a heading");
    assert!(all >= 40, "only {all}");
}

#[test]
fn what_is_too_large_is_refused() {
    let page = |text: String| ("content/large.md".to_owned(), text.into_bytes());
    let settings = ("guidepost.yaml".to_owned(), b"title: Practice guidance\n".to_vec());
    let large = built(&memory([settings.clone(), page("x".repeat(5 * 1024 * 1024))]), &options());
    assert_eq!(
        large.said(Format::Short),
        "content/large.md:1:1: error[too-large]: `content/large.md` has 5 MiB; the most that is read is 4; help: divide \
         the page, or put pictures into files of their own\n"
    );
    assert!(!large.files.contains_key("large/index.html"));
    let front = format!("---\ntitle: Large\nsummary: {}\n---\n", "x".repeat(70 * 1024));
    let large = built(&memory([settings, page(front)]), &options());
    assert!(
        large.said(Format::Short).starts_with("content/large.md:2:1: error[too-large]: "),
        "{}",
        large.said(Format::Short)
    );
    assert!(!large.files.contains_key("large/index.html"));
}
