//! Small projects with the sites they must become: `tests/sites/<feature>/<case>/`.
//!
//! In: the files of a case; `case.txt` with options, a line each; `expected/` with the files the case is about, and
//! `expected/diagnostics.txt` where something is said. Out: the first differing line of every case that differs. What
//! stays true: an expectation nothing answers to is a failure; `UPDATE=1` rewrites those that are there.
//!
//! Pages are printed through `tests/sites/plain/`, which shows every value of a page on a line of its own, so that a
//! case is about the program and not about the theme. `theme: built-in` in `case.txt` prints them as readers see them;
//! then only `<main>` is compared. `expected/paths.txt` is the list of all paths but the theme's.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use guidepost::diagnostics::print::Format;
use guidepost::pipeline::Options;
use guidepost::source::builtin;

use crate::built::{Built, built, files_of, is_updating, memory, options, repository, set_option};

/// One folder of fixtures.
struct Case {
    folder: PathBuf,
    input: BTreeMap<String, Vec<u8>>,
    options: Options,
    plain: bool,
}

/// Every case, by name.
fn cases() -> BTreeMap<String, Case> {
    let root = repository("tests/sites");
    let mut cases: BTreeMap<String, Case> = BTreeMap::new();
    for feature in folders(&root).into_iter().filter(|feature| !feature.ends_with("plain")) {
        for folder in folders(&feature) {
            let name = folder.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
            cases.insert(name, Case::read(folder));
        }
    }
    assert!(!cases.is_empty());
    cases
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect()
}

impl Case {
    fn read(folder: PathBuf) -> Self {
        let mut input = files_of(&folder);
        input.retain(|name, _| !name.starts_with("expected/"));
        let mut case = Self { options: options(), plain: true, input, folder };
        let settings = case.input.remove("case.txt").unwrap_or_default();
        for line in String::from_utf8(settings).unwrap().lines().filter(|line| !line.starts_with('#')) {
            match line.split_once(": ") {
                Some(("theme", "built-in")) => case.plain = false,
                Some((key, value)) => set_option(&mut case.options, key, value),
                None => panic!("`{line}` in {}", case.folder.display()),
            }
        }
        case
    }

    fn build(&self) -> Built {
        let mut files = if self.plain { plain_theme() } else { BTreeMap::new() };
        files.extend(self.input.clone());
        built(&memory(files), &self.options)
    }

    /// What the case says about a built site: the answer to each of its expectations.
    fn actual(&self, built: &Built, expected: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Option<Vec<u8>>> {
        let said = built.said(Format::Short);
        let mut actual: BTreeMap<_, _> = expected.keys().map(|name| (name.clone(), self.answer(built, name))).collect();
        actual.insert("diagnostics.txt".to_owned(), Some(said.into_bytes()).filter(|said| !said.is_empty()));
        actual
    }

    fn answer(&self, built: &Built, name: &str) -> Option<Vec<u8>> {
        if name == "paths.txt" {
            // The theme and the search index are in every site, under names that follow their bytes.
            let everywhere =
                |path: &str| path.contains("assets/search") || built.theme.iter().any(|theme| theme == path);
            let paths = built.paths().into_iter().filter(|path| !everywhere(path));
            return Some(paths.fold(String::new(), |list, path| list + path + "\n").into_bytes());
        }
        let bytes = built.files.get(name)?;
        let main = || {
            let text = std::str::from_utf8(bytes).ok()?;
            let start = text.find("<main")?;
            Some(format!("{}\n", &text[start..text.find("</main>")? + "</main>".len()]).into_bytes())
        };
        let whole = self.plain || !name.ends_with(".html");
        if whole { Some(bytes.clone()) } else { main() }
    }

    fn update(&self, actual: BTreeMap<String, Option<Vec<u8>>>) {
        for (name, bytes) in actual {
            let path = self.folder.join("expected").join(name);
            match bytes {
                Some(bytes) => {
                    fs::create_dir_all(path.parent().unwrap()).unwrap();
                    fs::write(path, bytes).unwrap();
                }
                None => drop(fs::remove_file(path)),
            }
        }
    }
}

/// Templates that print the values of a page, for every kind and every page the program makes.
fn plain_theme() -> BTreeMap<String, Vec<u8>> {
    let plain = files_of(&repository("tests/sites/plain"));
    let pages = builtin::below("templates").map(|(name, _)| name).filter(|name| {
        let page = name.starts_with("kinds/") || name.starts_with("generated/");
        page && name.ends_with(".html") && *name != "generated/redirect.html"
    });
    let mut theme: BTreeMap<_, _> =
        pages.map(|name| (format!("templates/{name}"), plain["page.html"].clone())).collect();
    for (name, bytes) in &plain {
        theme.insert(format!("templates/{name}"), bytes.clone());
    }
    theme
}

/// The first line that differs.
fn difference(name: &str, expected: Option<&[u8]>, actual: Option<&[u8]>) -> Option<String> {
    if expected == actual {
        return None;
    }
    let (Some(expected), Some(actual)) = (expected, actual) else {
        let text = String::from_utf8_lossy(actual.or(expected).unwrap_or_default()).into_owned();
        let what = if actual.is_none() { "is expected and not there" } else { "is there and not expected" };
        return Some(format!("{name} {what}:\n{text}"));
    };
    let (expected, actual) = (String::from_utf8_lossy(expected), String::from_utf8_lossy(actual));
    let (mut left, mut right) = (expected.lines(), actual.lines());
    for line in 1.. {
        match (left.next(), right.next()) {
            (None, None) => return Some(format!("{name}: line ends differ")),
            (a, b) if a != b => {
                return Some(format!(
                    "{name}:{line}\n  expected: {}\n  found:    {}",
                    a.unwrap_or("(end)"),
                    b.unwrap_or("(end)")
                ));
            }
            _ => {}
        }
    }
    None
}

#[test]
fn every_site_is_as_expected() {
    let mut failures = String::new();
    for (name, case) in cases() {
        let expected = files_of(&case.folder.join("expected"));
        let built = case.build();
        let actual = case.actual(&built, &expected);
        if is_updating() {
            case.update(actual);
            continue;
        }
        for (file, bytes) in &actual {
            if let Some(found) = difference(file, expected.get(file).map(Vec::as_slice), bytes.as_deref()) {
                let _ = writeln!(failures, "{name}: {found}\n");
            }
        }
    }
    assert!(failures.is_empty(), "{failures}UPDATE=1 rewrites expectations, once they are right");
}

#[test]
fn an_expectation_without_an_answer_fails() {
    assert!(difference("a.html", Some(b"x"), None).unwrap().contains("not there"));
    assert!(difference("diagnostics.txt", None, Some(b"x")).unwrap().contains("not expected"));
    assert!(difference("a.html", Some(b"a\nb\n"), Some(b"a\nc\n")).unwrap().starts_with("a.html:2\n"));
    assert!(difference("a.html", Some(b"a\r\n"), Some(b"a\n")).is_some());
    assert_eq!(difference("a.html", Some(b"a\n"), Some(b"a\n")), None);
}

/// Markdown and YAML of every case, for the tests that break them.
pub(crate) fn fixtures() -> Vec<(String, BTreeMap<String, Vec<u8>>, Options)> {
    cases().into_iter().map(|(name, case)| (name, case.input, case.options)).collect()
}
