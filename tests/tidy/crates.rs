//! Where outside crates may be named, and which may not be there at all.
//!
//! In: files below src, Cargo.toml, Cargo.lock. Out: crates named in more files than decided, crates nobody has
//! decided on, and crates that need more than a Rust compiler.

use super::repository::{File, repository};
use super::rust_source::{code, is_word, words};
use super::{holds, notices};

/// A crate, the folder that may name it and in how many files. To be named in one file is to be replaceable.
const NAMED: [(&str, &str, usize); 29] = [
    ("pulldown_cmark", "src/markdown/", 1),
    ("tera", "src/render/", 1),
    ("syntect", "src/render/", 1),
    ("two_face", "src/render/", 1),
    ("serde_yaml", "src/config/", 1),
    ("toml", "src/config/", 1),
    ("csscolorparser", "src/config/", 1),
    ("annotate_snippets", "src/diagnostics/", 1),
    ("strsim", "src/diagnostics/", 1),
    ("jiff", "src/text/", 1),
    ("deunicode", "src/text/", 1),
    ("unicode_normalization", "src/text/", 1),
    ("wide", "src/text/", 1),
    ("walkdir", "src/source/", 1),
    ("percent_encoding", "src/site/", 1),
    ("html5gum", "src/markdown/", 1),
    ("imagesize", "src/", 1),
    ("frostem", "src/search/", 1),
    ("flate2", "src/output/", 1),
    ("hashbrown", "src/", 3),
    ("sha2", "src/", 1),
    // The lock and the swap.
    ("rustix", "src/publish/", 2),
    ("notify", "src/serve/", 1),
    ("tiny_http", "src/serve/", 1),
    ("anstream", "src/", 2),
    ("rayon", "src/", 13),
    // One command a file.
    ("clap", "src/cli/", 16),
    // Derives are everywhere; the trait's own functions are not.
    ("serde", "src/", usize::MAX),
    ("serde_json", "src/", 16),
];

/// Each compiles C or looks for a C library: `cargo install` shall need Rust alone.
const NOT_RUST: [&str; 6] = ["cc", "cmake", "bindgen", "pkg-config", "onig_sys", "openssl-sys"];

/// Whether a file names a crate, its tests apart. A module of ours may have the same name (`config::toml`): in a
/// file that declares or imports such a module, only `::toml` means the crate.
fn names(file: &File, name: &str) -> bool {
    let code = code(file.product());
    let ours = code.split(';').any(|statement| {
        let of_ours = ["super::", "self::", "crate::"].iter().any(|start| statement.contains(start));
        let import = words(statement, "use").first().is_some_and(|at| !words(&statement[*at..], name).is_empty());
        let declared = words(statement, "mod").last().is_some_and(|at| statement[at + 3..].trim() == name);
        declared || (import && of_ours)
    });
    let bytes = code.as_bytes();
    words(&code, name).into_iter().any(|at| {
        let before = code[..at].strip_suffix("::");
        let absolute = before.is_some_and(|before| !before.bytes().last().is_some_and(is_word));
        let path = bytes[at + name.len()..].starts_with(b"::");
        let import = code[..at].trim_end().ends_with("use") && !path;
        absolute || (before.is_none() && !ours && (path || import))
    })
}

/// Crates of Cargo.toml without a row in the table, and rows without a crate.
fn undecided(manifest: &File) -> Vec<String> {
    let table: toml::Table = manifest.text.parse().expect("Cargo.toml is TOML");
    let keys = table["dependencies"].as_table().into_iter().flat_map(|map| map.keys());
    let present: Vec<String> = keys.map(|name| name.replace('-', "_")).collect();
    let unknown = present.iter().filter(|name| !NAMED.iter().any(|(known, ..)| known == name));
    let stale = NAMED.iter().map(|(known, ..)| *known).filter(|known| !present.iter().any(|name| name == known));
    let unknown =
        unknown.map(|name| format!("Cargo.toml: decide in tests/tidy/crates.rs which files may name `{name}`"));
    unknown.chain(stale.map(|name| format!("tests/tidy/crates.rs: `{name}` is not a dependency any more"))).collect()
}

/// Packages in the lock file that need more than Rust.
fn needs_more_than_rust(lock: &File) -> Vec<String> {
    let locked = |name: &str| lock.text.contains(&format!("name = \"{name}\"\n"));
    NOT_RUST
        .iter()
        .filter(|name| locked(name))
        .map(|name| format!("Cargo.lock: `{name}` needs more than Rust"))
        .collect()
}

fn crate_findings(files: &[File]) -> Vec<String> {
    let sources: Vec<&File> = files.iter().filter(|file| file.below(&["src/"]) && file.is("rs")).collect();
    let mut findings = Vec::new();
    for (name, folder, most) in NAMED {
        let found: Vec<&str> = sources.iter().filter(|file| names(file, name)).map(|file| file.path.as_str()).collect();
        let strays = found.iter().filter(|path| !path.starts_with(folder));
        findings.extend(strays.map(|path| format!("{path}: names `{name}`, which belongs to {folder}")));
        if found.len() > most {
            findings.push(format!("`{name}` is named in {} files, not {most}: {}", found.len(), found.join(", ")));
        }
    }
    findings
}

#[test]
fn each_crate_is_named_where_it_was_decided() {
    holds(crate_findings(repository()));
    let bad = |path: &str, text: &str| crate_findings(&[File::new(path, text)]).len();
    assert_eq!(bad("src/site/mod.rs", "use tera::Tera;"), 1);
    assert_eq!(bad("src/site/mod.rs", "let x = tera::Tera::new();"), 1);
    assert_eq!(bad("src/site/mod.rs", "use ::toml;"), 1);
    assert_eq!(bad("src/config/yaml.rs", "use super::toml;\nlet x = toml::read();"), 0);
    assert_eq!(bad("src/config/mod.rs", "pub mod toml;\npub use toml::read;"), 0);
    assert_eq!(bad("src/site/mod.rs", "// tera::Tera\nlet tera = 1;"), 0);
    assert_eq!(bad("src/site/mod.rs", "#[cfg(test)]\nmod tests { use tera::Tera; }"), 0);
    let twice = ["src/render/a.rs", "src/render/b.rs"].map(|path| File::new(path, "use tera::Context;"));
    assert_eq!(crate_findings(&twice).len(), 1);
}

#[test]
fn every_crate_is_decided_on_and_pure_rust() {
    let file = |path: &str| repository().iter().find(|file| file.path == path).expect("it is there");
    holds(undecided(file("Cargo.toml")));
    holds(needs_more_than_rust(file("Cargo.lock")));
    let manifest = |rows: String| {
        File::new(
            "Cargo.toml",
            &format!(
                "[dependencies]
{rows}"
            ),
        )
    };
    let all: String = NAMED
        .iter()
        .map(|(name, ..)| {
            format!(
                "{name} = \"1\"
"
            )
        })
        .collect();
    assert_eq!(undecided(&manifest(all.clone())), [""; 0]);
    assert_eq!(
        undecided(&manifest(
            all.clone()
                + "left-pad = \"1\"
"
        ))
        .len(),
        1
    );
    assert_eq!(
        undecided(&manifest(all.replace(
            "tera = \"1\"
",
            ""
        )))
        .len(),
        1
    );
    notices(2, needs_more_than_rust, "Cargo.lock", "name = \"cc\"\n\nname = \"cmake\"\n\nname = \"cc2\"\n");
}
