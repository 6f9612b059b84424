//! Any file may end anywhere: a page or a diagnostic, never a panic.
//!
//! In: every Markdown and YAML file of `tests/sites` and `tests/leaks`, cut after each of its bytes. Out: how often the
//! program fell over, which must be never. Files are cut at every byte for the stages that read them; whole sites are
//! printed for as many of the cuts as an optimised build manages in a minute.

use std::sync::Arc;

use guidepost::config::kind::Kinds;
use guidepost::config::project::Project;
use guidepost::config::records::Records;
use guidepost::config::yaml;
use guidepost::content::parse_document;
use guidepost::diagnostics::Diagnostic;
use guidepost::diagnostics::print::{Format, print};

use crate::built::{built, files_of, memory, options, repository};
use crate::sites::fixtures;

/// How many whole sites are built.
const SITES: usize = if cfg!(debug_assertions) { 40 } else { 1500 };

fn is_text(name: &str) -> bool {
    name.ends_with(".md") || name.ends_with(".yaml")
}

/// Every diagnostic is printed too: its place lies inside what is left of the file.
fn said(problems: &[Diagnostic], text: &str) {
    for form in [Format::Human, Format::Short, Format::Json] {
        let _ = print(problems, form, false, &|_| Some(text.to_owned()));
    }
}

fn read(name: &str, bytes: &[u8]) {
    let mut problems = Vec::new();
    let file: Arc<str> = Arc::from(name);
    let text = String::from_utf8_lossy(bytes);
    if name.ends_with(".md") {
        let _ = parse_document(file, name, bytes, &mut problems);
    } else if let Some(value) = yaml::read(&file, &text, 0, 1 << 20, &mut problems) {
        let stem = name.rsplit('/').next().unwrap().trim_end_matches(".yaml");
        let _ = Records::read(stem, &file, &value, &mut problems);
        let _ = Project::read(&file, &value, &mut problems);
        let _ = Kinds::read([(file, &text)], &mut problems);
    }
    said(&problems, &text);
}

#[test]
fn every_file_cut_at_every_byte_is_read() {
    let leaks = files_of(&repository("tests/leaks"));
    let all = fixtures().into_iter().flat_map(|(_, files, _)| files).chain(leaks);
    let mut cuts = 0;
    for (name, bytes) in all.filter(|(name, _)| is_text(name)) {
        for end in 0..=bytes.len() {
            read(&name, &bytes[..end]);
            cuts += 1;
        }
    }
    assert!(cuts > 5000, "only {cuts} cuts");
}

#[test]
fn sites_of_cut_files_are_printed() {
    let mut projects: Vec<_> = fixtures();
    projects.push(("leaks".to_owned(), files_of(&repository("tests/leaks")), options()));
    let all: usize = projects
        .iter()
        .flat_map(|(_, files, _)| files)
        .filter(|(name, _)| is_text(name))
        .map(|(_, bytes)| bytes.len())
        .sum();
    let step = all / SITES + 1;
    let mut at = 0;
    for (_, files, options) in &projects {
        for (name, bytes) in files.iter().filter(|(name, _)| is_text(name)) {
            for end in 0..bytes.len() {
                at += 1;
                if at % step != 0 {
                    continue;
                }
                let mut cut = files.clone();
                cut.insert(name.clone(), bytes[..end].to_vec());
                let site = built(&memory(cut), options);
                assert!(
                    site.has_errors()
                        || site.files.contains_key("404.html")
                        || !options.authorities.is_empty()
                        || site.paths().iter().any(|path| path.ends_with("/404.html")),
                    "{name} at {end}"
                );
                let _ = site.said(Format::Human);
            }
        }
    }
}
