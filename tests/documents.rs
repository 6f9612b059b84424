//! The documents say what is true: examples are built, commands are run, lists are made from the program.
//!
//! In: README.md, CONTRIBUTING.md, ARCHITECTURE.md, CHANGELOG.md, docs/. Out: every place where one of them is wrong.
//! `UPDATE=1` rewrites printed outputs and generated lists; examples and links are mended by hand.

mod blocks;
mod generated;
mod links;
mod story;

use std::fs;
use std::path::{Path, PathBuf};

use guidepost::config::field_type::{FOREIGN_KEYS, KEYS};
use guidepost::markdown::directive::{Form, NAMES};

/// One document.
struct Document {
    /// From the root of the repository.
    path: String,
    text: String,
}

/// All of them, sorted.
fn documents() -> Vec<Document> {
    let mut paths: Vec<PathBuf> = ["", "docs"]
        .iter()
        .flat_map(|folder| fs::read_dir(root().join(folder)).unwrap())
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "md"));
    paths.sort();
    let name = |path: &Path| path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
    paths.iter().map(|path| Document { path: name(path), text: fs::read_to_string(path).unwrap() }).collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Fails with every finding. `rewritten` is what the document should be; `UPDATE=1` makes it so.
fn settle(document: &Document, rewritten: &str, findings: &mut Vec<String>) {
    if rewritten == document.text {
        return;
    }
    if std::env::var_os("UPDATE").is_some_and(|value| value == "1") {
        fs::write(root().join(&document.path), rewritten).unwrap();
        return;
    }
    let pair = document.text.lines().zip(rewritten.lines()).enumerate().find(|(_, (is, ought))| is != ought);
    let (line, (is, ought)) = pair.unwrap_or((0, ("its end", "another end")));
    findings.push(format!("{}:{}: says `{is}` instead of `{ought}`; UPDATE=1 rewrites it", document.path, line + 1));
}

#[track_caller]
fn holds(findings: &[String]) {
    assert!(findings.is_empty(), "{} findings\n{}\n", findings.len(), findings.join("\n"));
}

#[test]
fn documents_say_what_the_program_says() {
    let mut findings = Vec::new();
    for document in documents() {
        let told = story::run(&document.path, &document.text);
        findings.extend(told.findings);
        settle(&document, &generated::fill(&told.text), &mut findings);
    }
    holds(&findings);
}

#[test]
fn every_link_between_documents_leads_somewhere() {
    let documents = documents();
    holds(&documents.iter().flat_map(|document| links::dead(document, &documents)).collect::<Vec<_>>());
}

#[test]
fn what_an_author_can_write_is_described() {
    let text = fs::read_to_string(root().join("docs/writing.md")).unwrap();
    let code = |word: &str| text.contains(&format!("`{word}`"));
    let keys = KEYS
        .iter()
        .chain(&FOREIGN_KEYS)
        .filter(|key| !code(key))
        .map(|key| format!("docs/writing.md lacks the key `{key}`"));
    let mut findings: Vec<String> = keys.collect();
    for shape in NAMES {
        let written = match shape.form {
            Form::Container => format!("`:::{}`", shape.name),
            Form::Leaf => format!("`::{}", shape.name),
            Form::Inline => format!("`:{}[", shape.name),
        };
        let row = text.lines().find(|line| line.starts_with("| ") && line.contains(&written));
        let lacks = |attribute: &&&str| !row.is_some_and(|row| row.contains(&format!("`{attribute}`")));
        findings.extend(row.is_none().then(|| format!("docs/writing.md lacks the directive `{}`", shape.name)));
        findings.extend(
            shape
                .attributes
                .iter()
                .filter(lacks)
                .map(|attribute| format!("docs/writing.md: {} lacks `{attribute}`", shape.name)),
        );
    }
    for entry in fs::read_dir(root().join("templates/kinds")).unwrap() {
        let path = entry.unwrap().path();
        let kind = path.file_stem().unwrap().to_str().unwrap();
        if path.extension().is_some_and(|ending| ending == "yaml") && !code(kind) {
            findings.push(format!("docs/writing.md lacks the kind `{kind}`"));
        }
    }
    holds(&findings);
}

#[test]
fn every_command_is_described_and_every_command_described_exists() {
    let commands = story::commands();
    let text = fs::read_to_string(root().join("docs/commands.md")).unwrap();
    let missing = commands.iter().filter(|name| !text.contains(&format!("$ guidepost {name} -h")));
    let mut findings: Vec<String> = missing.map(|name| format!("docs/commands.md lacks `guidepost {name}`")).collect();
    for document in documents() {
        let unknown = story::named_commands(&document.text).into_iter().filter(|name| !commands.contains(name));
        findings.extend(unknown.map(|name| format!("{}: there is no command `guidepost {name}`", document.path)));
        let scripts = story::shell_lines(&document.text)
            .into_iter()
            .filter_map(|line| line.strip_prefix("./")?.split_whitespace().next());
        let missing = scripts.filter(|script| !root().join(script).is_file());
        findings.extend(missing.map(|script| format!("{}: there is no script `{script}`", document.path)));
    }
    holds(&findings);
}

#[test]
fn the_tests_named_here_exist() {
    let architecture = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let is_test =
        |name: &&str| name.matches('_').count() > 2 && name.chars().all(|c| c == '_' || c.is_ascii_lowercase());
    let named: Vec<&str> = architecture.split('`').skip(1).step_by(2).filter(is_test).collect();
    assert!(named.len() > 20, "the table of invariants was not found");
    let sources: Vec<String> = ["src", "tests"].iter().flat_map(|folder| rust_files(&root().join(folder))).collect();
    let missing = named.iter().filter(|name| !sources.iter().any(|source| source.contains(&format!("fn {name}("))));
    holds(&missing.map(|name| format!("ARCHITECTURE.md: there is no test `{name}`")).collect::<Vec<_>>());
}

fn rust_files(folder: &Path) -> Vec<String> {
    let files = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.unwrap().into_path());
    files
        .filter(|path| path.extension().is_some_and(|ending| ending == "rs"))
        .map(|path| fs::read_to_string(path).unwrap())
        .collect()
}

#[test]
fn pictures_are_small() {
    let images = fs::read_dir(root().join("docs/images")).unwrap().map(|entry| entry.unwrap());
    let large = images.filter(|entry| entry.metadata().unwrap().len() > 250_000);
    holds(&large.map(|entry| format!("{} has more than 250 kB", entry.path().display())).collect::<Vec<_>>());
}

#[test]
fn a_document_that_is_wrong_is_noticed() {
    let findings = |text: &str| {
        let told = story::run("docs/a.md", text);
        let rewritten = usize::from(told.text != text);
        told.findings.len() + rewritten
    };
    assert_eq!(findings("```markdown content/a.md\n---\ntitle: A\n---\n\nText.\n```\n"), 0);
    assert_eq!(
        findings("```markdown content/a.md\n---\ntitel: A\n---\n\n[B](b.md)\n```\n"),
        3,
        "a key, a title and a link"
    );
    assert_eq!(findings("```yaml\nbrand: {primary: red}\n```\n"), 1, "no file name");
    assert_eq!(findings("```yaml guidepost.yaml\nbrand: {primary: reddish}\n```\n"), 1);
    assert_eq!(findings("```console\n$ guidepost explain bad-date\nnonsense\n```\n"), 1);
    assert_eq!(findings("```console\n$ guidepost sing\n```\n"), 2, "no command, and something is printed");
    assert_eq!(findings("```console\n$ rm -r content\n```\n"), 1);
    assert_eq!(
        story::named_commands("`guidepost fly --away` and\n\n```sh\ncargo run --release -- sing\n```\n"),
        ["fly", "sing"]
    );
    let linking =
        |text: &str| links::dead(&Document { path: "docs/a.md".into(), text: text.into() }, &documents()).len();
    assert_eq!(linking("[a](../README.md) ![b](../docs/writing.md) [c](https://example.org) `[d](e.md)`"), 0);
    assert_eq!(linking("[a](README.md) ![b](images/none.png) [c](../README.md#no-such-heading)"), 3);
    let listed = generated::fill("<!-- generated: diagnostics -->\nold\n<!-- end -->\nrest\n");
    assert!(
        listed.contains("### `broken-link`") && !listed.contains("old\n") && listed.ends_with("<!-- end -->\nrest\n")
    );
}
