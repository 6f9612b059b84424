//! A document as a story: its examples are written into a project, its commands are run there, in order.
//!
//! In: Markdown. Out: what was wrong, and the document with what the commands really printed. A block of `yaml`,
//! `markdown`, `toml`, `html` or `css` names its file after the language; in a YAML file that exists already its top
//! keys replace those of the same name, and its items are added. A block of `console` holds commands after `$ ` and what they print. At the end
//! the project must be without a diagnostic.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use guidepost::config::vocabulary::Visibility;
use guidepost::pipeline::{self, Options, Timings, print_all};
use guidepost::source::load::Disk;
use guidepost::text::date::Date;
use tempfile::TempDir;

use super::blocks::{Block, blocks, prose};

/// 22 November 2026, midnight.
const EPOCH: &str = "1795305600";

/// What came of a document.
pub(super) struct Told {
    pub(super) findings: Vec<String>,
    pub(super) text: String,
}

/// Runs a document. README.md begins in an empty folder, others in a project that has just been started.
pub(super) fn run(path: &str, text: &str) -> Told {
    let folder = tempfile::tempdir().unwrap();
    if path != "README.md" {
        print(&folder, "guidepost new . --quiet");
    }
    let mut told = Told { findings: Vec::new(), text: String::new() };
    let (mut at, mut examples) = (0, false);
    for block in blocks(text) {
        let place = format!("{path}:{}", block.line);
        match block.language {
            "yaml" | "markdown" | "toml" | "html" | "css" => {
                examples = true;
                match block.file {
                    Some(file) => write(&folder.path().join(file), &block),
                    None => told.findings.push(format!("{place}: this example names no file")),
                }
            }
            "console" => {
                told.text.push_str(&text[at..block.range.start]);
                told.text.push_str(&converse(&folder, &block, &place, &mut told.findings));
                at = block.range.end;
            }
            _ => {}
        }
    }
    told.text.push_str(&text[at..]);
    if examples {
        let project = if path == "README.md" { folder.path().join("my-guidance") } else { folder.path().to_owned() };
        told.findings.extend(diagnostics(&project).into_iter().map(|found| format!("{path}: {found}")));
    }
    told
}

/// The commands there are, as the program itself lists them.
pub(super) fn commands() -> Vec<String> {
    let help = print(&tempfile::tempdir().unwrap(), "guidepost -h");
    let list = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let names = list.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    names.map(|line| line.split_whitespace().next().unwrap().to_owned()).collect()
}

/// Lines that a reader types into a shell, and that are not run here.
pub(super) fn shell_lines(text: &str) -> Vec<&str> {
    blocks(text).into_iter().filter(|block| block.language == "sh").flat_map(|block| block.text.lines()).collect()
}

/// The commands a document speaks of in code.
pub(super) fn named_commands(text: &str) -> Vec<String> {
    let prose = prose(text);
    let spans = prose.split('`').skip(1).step_by(2);
    let lines = shell_lines(text);
    let calls = spans
        .chain(lines)
        .filter_map(|line| line.strip_prefix("guidepost ").or_else(|| line.strip_prefix("cargo run --release -- ")));
    let names = calls.filter_map(|rest| rest.split_whitespace().next());
    names
        .filter(|name| name.starts_with(|c: char| c.is_ascii_lowercase()))
        .map(|name| name.trim_end_matches('|').to_owned())
        .collect()
}

fn write(path: &Path, block: &Block<'_>) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let text = match fs::read_to_string(path) {
        Ok(old) if block.language == "yaml" => merged(&old, block.text),
        _ => block.text.to_owned(),
    };
    fs::write(path, text).unwrap();
}

/// Puts the top keys of `new` in place of those of the same name; items of a list are added.
fn merged(old: &str, new: &str) -> String {
    let key =
        |part: &str| part.split(if part.starts_with('-') { '\n' } else { ':' }).next().unwrap_or_default().to_owned();
    let replaced: Vec<String> = parts(new).iter().map(|part| key(part)).collect();
    let kept = parts(old).into_iter().filter(|part| !replaced.contains(&key(part)));
    kept.collect::<String>().trim_end().to_owned() + "\n" + new
}

/// Each top key or item with what belongs to it.
fn parts(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for line in text.split_inclusive('\n') {
        let begins = line.starts_with(|c: char| c.is_alphanumeric() || c == '-' || c == '"');
        match parts.last_mut() {
            Some(part) if !begins => part.push_str(line),
            _ => parts.push(line.to_owned()),
        }
    }
    parts
}

/// The block with what is really printed. Times differ from run to run and are left as they were written.
fn converse(folder: &TempDir, block: &Block<'_>, place: &str, findings: &mut Vec<String>) -> String {
    let mut out = String::new();
    for exchange in format!("\n{}", block.text).split("\n$ ").skip(1) {
        let (command, written) = exchange.split_once('\n').unwrap_or((exchange, ""));
        if !command.starts_with("guidepost ") {
            findings.push(format!("{place}: `{command}` is not run here; write it in a block of `sh`"));
        } else if !commands_or_option(command) {
            findings.push(format!("{place}: there is no command `{command}`"));
        }
        let printed = if command.starts_with("guidepost ") { print(folder, command) } else { written.to_owned() };
        let printed = printed.trim_end();
        let same = timeless(printed) == timeless(written.trim_end());
        out.push_str(&format!("$ {command}\n"));
        let shown = if same { written.trim_end() } else { printed };
        if !shown.is_empty() {
            out.push_str(shown);
            out.push('\n');
        }
    }
    out
}

fn commands_or_option(command: &str) -> bool {
    let word = command.split_whitespace().nth(1).unwrap_or_default();
    word.starts_with('-') || commands().iter().any(|name| name == word)
}

/// Runs the program and gives everything it prints, results first.
fn print(folder: &TempDir, command: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_guidepost"))
        .args(words(command).skip(1))
        .current_dir(folder.path())
        .env("SOURCE_DATE_EPOCH", EPOCH)
        .env("NO_COLOR", "1")
        .env_remove("COLUMNS")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
}

/// The words of a command line; double quotes hold a word together.
fn words(command: &str) -> impl Iterator<Item = String> {
    let mut words = vec![String::new()];
    for (n, piece) in command.split('"').enumerate() {
        for (m, word) in if n % 2 == 1 { vec![piece] } else { piece.split(' ').collect() }.into_iter().enumerate() {
            if m > 0 {
                words.push(String::new());
            }
            words.last_mut().unwrap().push_str(word);
        }
    }
    words.into_iter().filter(|word| !word.is_empty())
}

fn timeless(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let is_time = |n: usize| {
        words.get(n + 1).is_some_and(|unit| ["ms", "ms;", "s;"].contains(&unit.split('\n').next().unwrap_or_default()))
    };
    words.iter().enumerate().map(|(n, word)| if is_time(n) { "…" } else { word }).collect::<Vec<_>>().join(" ")
}

/// What the program finds in a project, printing every page.
fn diagnostics(project: &Path) -> Vec<String> {
    let origin = Disk::open(project, &[project.join("dist")]).unwrap();
    let options = Options {
        folder_name: "my-guidance".into(),
        config: None,
        authorities: Vec::new(),
        visibility: Visibility::Public,
        date: Date::parse("2026-11-22").unwrap(),
        base_url: None,
        preview: false,
        portable: false,
        strict: false,
    };
    let mut build = pipeline::build(&origin, &options, None, Timings::new(Default::default)).unwrap();
    let mut problems = std::mem::take(&mut build.problems);
    for site in &build.sites {
        problems.extend(print_all(site, &origin, |_, _| Ok(()), |_, error| error).unwrap());
    }
    let place = |file: Option<&str>| file.unwrap_or("the project").to_owned();
    problems
        .iter()
        .map(|found| {
            format!("{}: {}: {}", place(found.span.as_ref().map(|span| &*span.file)), found.code.name(), found.message)
        })
        .collect()
}
