//! Projects built in memory, for the tests that look at whole sites.
//!
//! In: files by name and what is asked for. Out: every byte of the sites, and every diagnostic, in the forms people
//! read. Nothing touches the disk but [`files_of`], which reads fixtures.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use guidepost::config::vocabulary::Visibility;
use guidepost::diagnostics::print::{Format, print};
use guidepost::diagnostics::{Diagnostic, Severity};
use guidepost::pipeline::{BuiltSite, Memo, Options, Timings, build, print_all, settle};
use guidepost::source::{Memory, Origin, builtin};
use guidepost::text::date::Date;

/// Sites and what was said about them.
#[derive(Debug)]
pub(crate) struct Built {
    /// By path; the sites of authorities stand in folders of their ids.
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    /// Those that come with the theme and differ with it.
    pub(crate) theme: Vec<String>,
    pub(crate) problems: Vec<Diagnostic>,
    origin: Memory,
}

/// What a test asks for when it asks for nothing: the public sites of a day in November.
pub(crate) fn options() -> Options {
    Options {
        folder_name: "guidance".to_owned(),
        config: None,
        authorities: Vec::new(),
        visibility: Visibility::Public,
        date: Date::parse("2026-11-16").unwrap(),
        base_url: None,
        preview: false,
        portable: false,
        strict: false,
    }
}

/// Runs every stage and prints every path, also when there are errors.
pub(crate) fn built(origin: &Memory, options: &Options) -> Built {
    built_after(&Memo::default(), origin, options)
}

/// The same after other builds, which are remembered.
pub(crate) fn built_after(memo: &Memo, origin: &Memory, options: &Options) -> Built {
    let build = build(origin, options, Some(memo), Timings::new(|| Duration::ZERO)).expect("memory can be read");
    let mut problems = build.problems.clone();
    let mut out = Built { files: BTreeMap::new(), theme: Vec::new(), problems: Vec::new(), origin: origin.clone() };
    for site in &build.sites {
        problems.extend(print_site(site, origin, &mut out));
    }
    out.problems = settle(problems, &build.project.levels, options.strict, build.sites.len());
    out
}

fn print_site(site: &BuiltSite, origin: &Memory, out: &mut Built) -> Vec<Diagnostic> {
    let folder = site.site.edition.authority.as_ref().map_or_else(String::new, |id| format!("{id}/"));
    let files = Mutex::new(BTreeMap::new());
    let put = |path: &str, bytes: &[u8]| -> Result<(), String> {
        files.lock().unwrap().insert(format!("{folder}{path}"), bytes.to_vec());
        Ok(())
    };
    let found = print_all(site, origin, put, |path, error| format!("{path}: {error}")).expect("memory can be read");
    out.files.append(&mut files.into_inner().unwrap());
    out.theme.extend(site.plan.assets.theme.values().map(|path| format!("{folder}{path}")));
    let edition = site.site.edition.label();
    found.into_iter().map(|problem| Diagnostic { editions: vec![edition.clone()], ..problem }).collect()
}

impl Built {
    /// The diagnostics in a form of `--format`, without colour.
    pub(crate) fn said(&self, format: Format) -> String {
        print(&self.problems, format, false, &|name| {
            let theme = || builtin::FILES.iter().find(|(file, _)| *file == name).map(|(_, bytes)| bytes.to_vec());
            let bytes = self.origin.read(name).ok().or_else(theme)?;
            Some(String::from_utf8_lossy(&bytes).into())
        })
    }

    /// The text of a file of the output.
    #[track_caller]
    pub(crate) fn text(&self, path: &str) -> &str {
        let bytes = self.files.get(path);
        let bytes = bytes.unwrap_or_else(|| panic!("there is no `{path}` in {:?}", self.paths()));
        std::str::from_utf8(bytes).unwrap()
    }

    /// Every path.
    pub(crate) fn paths(&self) -> Vec<&str> {
        self.files.keys().map(String::as_str).collect()
    }

    /// Whether anything keeps it from being published.
    pub(crate) fn has_errors(&self) -> bool {
        self.problems.iter().any(|problem| problem.severity == Severity::Error)
    }
}

/// A folder of this repository.
pub(crate) fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// All files below a folder with their names below it, sorted; none when the folder is not there.
pub(crate) fn files_of(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}

/// A project of files.
pub(crate) fn memory(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Memory {
    Memory(files.into_iter().map(|(name, bytes)| (Arc::from(name), bytes)).collect())
}

/// One line of settings of a fixture: `date: 2026-05-01`.
pub(crate) fn set_option(options: &mut Options, key: &str, value: &str) {
    match key {
        "date" => options.date = Date::parse(value).unwrap_or_else(|| panic!("`{value}` is not a date")),
        "visibility" => {
            options.visibility = if value == "internal" { Visibility::Internal } else { Visibility::Public }
        }
        "authority" => options.authorities.push(value.to_owned()),
        "base_url" => options.base_url = Some(value.to_owned()),
        "portable" => options.portable = value == "true",
        "preview" => options.preview = value == "true",
        "strict" => options.strict = value == "true",
        "folder" => value.clone_into(&mut options.folder_name),
        _ => panic!("there is no option `{key}` of a fixture"),
    }
}

/// Whether expectations are to be rewritten: `UPDATE=1 cargo test`.
pub(crate) fn is_updating() -> bool {
    std::env::var_os("UPDATE").is_some_and(|value| value == "1")
}
