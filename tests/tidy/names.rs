//! Names and words that do not belong into the repository.
//!
//! In: every file. Out: vague file names, authorities named in the program or its theme, notes to oneself and
//! paths of one machine.

use super::repository::{File, repository};
use super::rust_source::words;
use super::{holds, notices};

/// Names that gather what has no place.
const VAGUE: [&str; 8] = ["util", "utils", "common", "helper", "helpers", "type", "types", "manager"];

/// Authorities known for this practice model; the sample's own come from its files.
const AUTHORITIES: [&str; 10] = [
    "Wandsworth",
    "Walsall",
    "Hertfordshire",
    "Example Borough",
    "Peterborough",
    "Cambridgeshire",
    "Bracknell Forest",
    "West Berkshire",
    "Luton",
    "Telford",
];

/// What the starter calls the council of whoever uses it.
const PLACEHOLDER: &str = "Example Borough";

/// What authors write: addresses and titles are theirs to choose.
const WRITTEN: [&str; 3] = ["content/", "authorities/", "templates/starter/"];

fn vague(file: &File) -> Vec<String> {
    if file.below(&WRITTEN) {
        return Vec::new();
    }
    let parts = file.path.split('/').map(|part| part.split('.').next().unwrap_or(part));
    parts.filter(|part| VAGUE.contains(part)).map(|part| file.at(0, format!("`{part}` says nothing"))).collect()
}

/// The names by which this repository's sample calls its authorities.
fn sample_names(files: &[File]) -> Vec<String> {
    let declares = |file: &&File| file.path == "guidepost.yaml" || file.path.ends_with("/authority.yaml");
    let lines = files.iter().filter(declares).flat_map(|file| file.text.lines());
    let values = lines.filter_map(|line| line.strip_prefix("name:").or_else(|| line.strip_prefix("  area:")));
    let names = values.map(|value| value.split('#').next().unwrap_or(value).trim().trim_matches(['"', '\'']));
    let short = names.map(|name| name.trim_end_matches(" Council").trim_end_matches(" City"));
    short.filter(|name| !name.is_empty() && !name.starts_with('{')).map(str::to_owned).collect()
}

/// Authorities named in Rust or in the built-in theme, in any case, also as `walsall` or `example-borough`.
fn authorities(file: &File, names: &[String]) -> Vec<String> {
    if !file.below(&["src/", "templates/", "static/", "build.rs"]) {
        return Vec::new();
    }
    let text = file.text.to_ascii_lowercase().replace(['-', '_'], " ");
    let starter = file.path.starts_with("templates/starter/");
    let searched = names.iter().filter(|name| !(starter && *name == PLACEHOLDER));
    let found =
        searched.flat_map(|name| words(&text, &name.to_ascii_lowercase()).into_iter().map(move |at| (at, name)));
    found.map(|(at, name)| file.at(at, format!("names the authority {name}"))).collect()
}

/// Notes to oneself, and paths that exist on one machine only.
fn leftovers(file: &File) -> Vec<String> {
    // Put together here, as this file is searched too.
    let notes = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")];
    let homes = ["work", "root", "home", "Users"];
    let mut found: Vec<(usize, String)> = Vec::new();
    for note in notes {
        found.extend(words(&file.text, note).into_iter().map(|at| (at, note.to_owned())));
    }
    // In what authors write, these are addresses of pages.
    for home in homes.iter().filter(|_| !file.below(&WRITTEN)) {
        let path = format!("/{home}/");
        found.extend(
            file.text
                .match_indices(&path)
                .filter(|(at, _)| is_machine_path(&file.text, *at, &path))
                .map(|(at, path)| (at, path.to_owned())),
        );
    }
    found.into_iter().map(|(at, what)| file.at(at, format!("`{what}` does not belong here"))).collect()
}

/// An absolute path with a name in it, not the middle of an address or of a relative path.
fn is_machine_path(text: &str, at: usize, path: &str) -> bool {
    let before = text[..at].bytes().last();
    let after = text[at + path.len()..].bytes().next();
    let starts = before.is_none_or(|byte| byte.is_ascii_whitespace() || b"\"'`(=:".contains(&byte));
    starts && after.is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'.')
}

#[test]
fn file_names_say_something() {
    holds(repository().iter().flat_map(vague));
    notices(1, vague, "src/utils.rs", "");
    notices(1, vague, "src/site/helpers/mod.rs", "");
    notices(1, vague, "static/common.css", "");
    notices(0, vague, "tests/cases/commonmark.md", "");
}

#[test]
fn program_and_theme_name_no_authority() {
    let mut names = sample_names(repository());
    names.extend(AUTHORITIES.map(str::to_owned));
    holds(repository().iter().flat_map(|file| authorities(file, &names)));
}

#[test]
fn a_named_authority_is_noticed() {
    let sample = [File::new(
        "guidepost.yaml",
        "title: A guide\nname: \"Mereside City Council\" # fictional\n  name: Case holder\n",
    )];
    let mut names = sample_names(&sample);
    assert_eq!(names, ["Mereside"]);
    names.push(PLACEHOLDER.to_owned());
    let rule = |file: &File| authorities(file, &names);
    notices(1, rule, "src/site/mod.rs", "// as in Mereside");
    notices(1, rule, "templates/base.html", "<p>mereside council</p>");
    notices(1, rule, "static/brand.css", ".example-borough { }");
    notices(1, rule, "templates/starter/guidepost.yaml", "name: Mereside");
    notices(0, rule, "templates/starter/guidepost.yaml", "name: Example Borough");
    notices(0, rule, "src/site/mod.rs", "let meresides = 1;");
    notices(0, rule, "content/about.md", "Mereside");
}

#[test]
fn nothing_is_left_over() {
    holds(repository().iter().filter(|file| file.path != "Cargo.lock").flat_map(leftovers));
    notices(2, leftovers, "src/a.rs", concat!("// TO", "DO: later\n// FIX", "ME"));
    notices(1, leftovers, "docs/a.md", concat!("run `/ho", "me/anna/guidepost build`"));
    notices(2, leftovers, "tests/run", concat!("x=/wo", "rk/main\n/ro", "ot/.cargo/bin/cargo"));
    notices(
        0,
        leftovers,
        "content/a.md",
        concat!("[work](https://a.example/wo", "rk/x) [x](../wo", "rk/y.md) (/wo", "rk/)"),
    );
}
