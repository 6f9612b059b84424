//! Any file may end anywhere: a page or a diagnostic, never a panic.
//!
//! In: every Markdown and YAML file of `tests/sites` and `tests/leaks`, cut after each of its bytes. Out: how often the
//! program fell over, which must be never. A cut page goes through every stage up to resolved links. An optimised build
//! cuts at every byte and prints every cut; a plain one takes every fifth byte and prints some, which takes seconds.
//! Whole projects are built for some of the cuts.

use std::collections::BTreeMap;
use std::sync::Arc;

use guidepost::config::authority::Authority;
use guidepost::config::kind::Kinds;
use guidepost::config::project::Project;
use guidepost::config::records::Records;
use guidepost::config::words::Words;
use guidepost::config::yaml;
use guidepost::content::{Layer, Library, Typing, parse_document};
use guidepost::diagnostics::Diagnostic;
use guidepost::diagnostics::print::{Format, print};
use guidepost::output::{Plan, Printer};
use guidepost::render::linker::Naming;
use guidepost::render::templates::Templates;
use guidepost::site::{Edition, Site, SiteInput, place, resolve, select};
use guidepost::source::{Memory, builtin};

use crate::built::{built, files_of, memory, options, repository};
use crate::sites::fixtures;

/// How many whole projects are built.
const SITES: usize = if cfg!(debug_assertions) { 20 } else { 500 };
/// Files are cut after so many bytes, and so many more.
const STEP: usize = if cfg!(debug_assertions) { 5 } else { 1 };
/// Of so many cuts of pages one is printed.
const PRINTED: usize = if cfg!(debug_assertions) { 20 } else { 1 };

fn is_text(name: &str) -> bool {
    name.ends_with(".md") || name.ends_with(".yaml")
}

/// Every diagnostic is printed too: its place lies inside what is left of the file.
fn said(problems: &[Diagnostic], text: &str) {
    for form in [Format::Human, Format::Short, Format::Json] {
        let _ = print(problems, form, false, &|_| Some(text.into()));
    }
}

fn read_data(name: &str, bytes: &[u8]) {
    let mut problems = Vec::new();
    let file: Arc<str> = Arc::from(name);
    let text = String::from_utf8_lossy(bytes);
    if let Some(value) = yaml::read(&file, &text, 0, 1 << 20, &mut problems) {
        let stem = name.rsplit('/').next().unwrap().trim_end_matches(".yaml");
        let _ = Records::read(stem, &file, &value, &mut problems);
        let project = Project::read(&file, &value, &mut problems);
        let _ = Authority::read("a", &file, &value, &project, &mut problems);
        let _ = Kinds::read([(file, &text)], &mut problems);
    }
    said(&problems, &text);
}

/// What pages of one fixture are made with, read once.
struct Press {
    kinds: Kinds,
    input: Arc<SiteInput>,
    templates: Arc<Templates>,
    edition: Edition,
}

impl Press {
    fn of(files: &BTreeMap<String, Vec<u8>>, templates: &Arc<Templates>) -> Self {
        let mut problems = Vec::new();
        let mut texts: BTreeMap<String, String> = builtin::below("templates/kinds").map(owned).collect();
        let own = files.iter().filter_map(|(name, bytes)| Some(owned((name.strip_prefix("templates/kinds/")?, bytes))));
        texts.extend(own);
        let yaml_files = texts.iter().filter(|(name, _)| name.ends_with(".yaml"));
        let kinds = Kinds::read(yaml_files.map(|(name, text)| (Arc::from(name.as_str()), text)), &mut problems);
        let mut records = Records::default();
        for (name, bytes) in files.iter().filter(|(name, _)| name.starts_with("content/_data/")) {
            let (file, text) = (Arc::from(name.as_str()), String::from_utf8_lossy(bytes));
            let stem = name["content/_data/".len()..].trim_end_matches(".yaml");
            if let Some(value) = yaml::read(&file, &text, 0, 1 << 20, &mut problems) {
                records = records.laid_over(Records::read(stem, &file, &value, &mut problems));
            }
        }
        let project = Project::default_for("cut");
        let input = SiteInput {
            organisation: "Council".to_owned(),
            base_url: Some("https://example.gov.uk/".to_owned()),
            facts: Arc::default(),
            brand: Arc::new(project.brand.clone()),
            records: Arc::new(records),
            kinds: Arc::new(kinds.clone()),
            files: Arc::default(),
            words: Arc::new(words()),
            project: Arc::new(project),
        };
        let edition = Edition {
            authority: None,
            visibility: options().visibility,
            date: options().date,
            language: "en-GB".to_owned(),
            preview: false,
            portable: false,
        };
        Self { kinds, input: Arc::new(input), templates: Arc::clone(templates), edition }
    }

    /// One page through every stage; `path` is its path in the content folder.
    fn run(&self, path: &str, bytes: &[u8], prints: bool) {
        let mut problems = Vec::new();
        let document = parse_document(Arc::from(path), path, bytes, &mut problems);
        let id = Arc::clone(&document.id);
        let layer = Layer::new(vec![Arc::new(document)], &mut problems);
        let typing = Typing::new(&self.kinds, &self.input.project.front_matter);
        let library = Library::build(&[&layer], &typing, &mut problems);
        let site = place(select(&library, &self.edition), &self.edition, &self.input, &mut problems);
        let site = resolve(site, &mut problems);
        let removed = !library.entries.contains_key(&id);
        assert!(
            removed || site.by_id.contains_key(&id) || site.absent.contains_key(&id) || !problems.is_empty(),
            "{path} at {}: no page and not a word",
            bytes.len()
        );
        if prints {
            self.print(&site, &mut problems);
        }
        said(&problems, &String::from_utf8_lossy(bytes));
    }

    fn print(&self, site: &Site, problems: &mut Vec<Diagnostic>) {
        let origin = Memory::default();
        let index = guidepost::search::index(site, &guidepost::search::Analyses::default());
        let plan = Plan::new(site, &index, &self.templates, &origin, problems).unwrap();
        let printer = Printer::new(site, &plan, &self.templates, &origin);
        for path in plan.items.keys().filter(|path| path.ends_with(".html")) {
            let _ = printer.make(path, problems).unwrap();
        }
    }
}

fn owned((name, bytes): (&str, impl AsRef<[u8]>)) -> (String, String) {
    (name.to_owned(), String::from_utf8_lossy(bytes.as_ref()).into_owned())
}

fn theme() -> Arc<Templates> {
    let files =
        builtin::below("templates").filter(|(name, _)| name.ends_with(".html") && !name.starts_with("starter/"));
    let files = files.map(owned).map(|(name, text)| (name.clone(), Arc::from(name), text)).collect();
    Arc::new(Templates::parse(files, Naming::Folder, &mut Vec::new()).expect("the theme can be read"))
}

fn words() -> Words {
    let (name, bytes) = builtin::below("templates/locales").next().expect("there are words");
    let (file, mut problems) = (Arc::from(name), Vec::new());
    let value = yaml::read(&file, &String::from_utf8_lossy(bytes), 0, 1 << 20, &mut problems).unwrap();
    Words::read(&file, &value, &mut problems)
}

#[test]
fn every_file_cut_at_every_byte_is_a_page_or_a_diagnostic() {
    let mut projects: Vec<_> = fixtures().into_iter().map(|(_, files, _)| files).collect();
    projects.push(files_of(&repository("tests/leaks")));
    let templates = theme();
    let mut cuts = 0usize;
    for files in &projects {
        let press = Press::of(files, &templates);
        for (name, bytes) in files.iter().filter(|(name, _)| is_text(name)) {
            for end in (0..=bytes.len()).step_by(STEP) {
                cuts += 1;
                match name.strip_prefix("content/").filter(|path| path.ends_with(".md")) {
                    Some(path) => press.run(path, &bytes[..end], cuts.is_multiple_of(PRINTED)),
                    None => read_data(name, &bytes[..end]),
                }
            }
        }
    }
    assert!(cuts * STEP > 20_000, "only {cuts} cuts");
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
